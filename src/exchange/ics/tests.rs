//! Calendars as programs write them, what is refused with its line, and bombs.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::domain::zone::{Zone, zone};
use proptest::prelude::*;

use super::*;
use crate::exchange::caps;
use crate::exchange::event::{Presence, Standing, When};

mod oracle;

const GOOGLE: &str = include_str!("../../../tests/fixtures/calendar/google.ics");
const OUTLOOK: &str = include_str!("../../../tests/fixtures/calendar/outlook.ics");

fn reading(text: &str, from: &str, to: &str) -> Result<Reading, String> {
    let (me, zones) = (["Maya@Example.com".to_owned()], BTreeMap::new());
    let (from, to) = (from.parse().unwrap(), to.parse().unwrap());
    let wanted = Wanted { from, to, home: zone("Europe/Berlin"), me: &me, zones: &zones };
    read_text(text, &wanted).map_err(|error| error.to_string())
}

fn calendar(text: &str, from: &str, to: &str) -> Calendar {
    match reading(text, from, to) {
        Ok(Reading::Calendar(calendar)) => calendar,
        other => panic!("{other:?}"),
    }
}

fn look(event: &Event) -> String {
    let when = match event.when {
        When::Timed(span) => format!("{} {}", span.start.format("%m-%dT%H:%MZ"), span.minutes),
        When::AllDay { first, days } => format!("{first} {days} d"),
    };
    format!("{when} {}", event.key())
}

fn looks(calendar: &Calendar) -> Vec<String> {
    calendar.events.iter().map(look).collect()
}

/// A calendar of one event with these lines.
fn event(lines: &str) -> String {
    format!("BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:u\n{lines}\nEND:VEVENT\nEND:VCALENDAR\n")
}

fn refused(text: &str) -> String {
    reading(text, "2026-05-04", "2026-05-10").unwrap_err()
}

#[test]
fn a_google_calendar_is_read() {
    let found = calendar(GOOGLE, "2026-05-01", "2026-05-07");
    assert_eq!(found.name.as_deref(), Some("Maya, PMM"));
    assert_eq!(
        looks(&found),
        [
            "2026-05-01 1 d holiday@google.com/20260501",
            "05-04T07:30Z 30 deal-desk@google.com",
            "05-05T12:00Z 60 no@google.com",
            "05-06T12:00Z 60 hidden@google.com",
        ]
    );
    let desk = &found.events[1];
    assert_eq!(desk.title, "Deal desk, Aurora Bank");
    assert_eq!(desk.note, "Agenda\none & two");
    assert_eq!(desk.organiser.as_deref(), Some("Jon Ito"));
    assert_eq!(desk.people, ["jon@example.com", "sam@example.com"]);
    assert_eq!(desk.zone, zone("Europe/Berlin"));
    let working: Vec<bool> =
        found.events.iter().map(|event| event.working_time().is_some()).collect();
    assert_eq!(working, [false, true, false, true]);
    assert!(found.events[2].declined);
    assert!(found.events[3].private && found.events[3].title.is_empty());
    let left = found.left_out;
    assert_eq!((left.components, left.alarms, left.attachments, left.outside), (1, 1, 1, 3));
}

#[test]
fn a_series_keeps_its_wall_clock_and_its_changes() {
    let found = calendar(GOOGLE, "2026-03-23", "2026-04-30");
    // Six Mondays at nine: one is moved, one taken out, one cancelled; the clocks change after
    // the first.
    assert_eq!(
        looks(&found),
        [
            "03-23T08:00Z 30 standup@google.com/20260323T080000Z",
            "03-30T07:00Z 30 standup@google.com/20260330T070000Z",
            "04-07T08:00Z 15 standup@google.com/20260406T070000Z",
            "04-20T07:00Z 30 standup@google.com/20260420T070000Z",
            "04-27T07:00Z 30 standup@google.com/20260427T070000Z",
        ]
    );
    assert_eq!(found.events[2].title, "Launch standup (moved)");
    assert_eq!(found.events[3].standing, Standing::Cancelled);
    assert!(found.events[3].working_time().is_none());
}

#[test]
fn an_outlook_calendar_is_read() {
    let found = calendar(OUTLOOK, "2026-05-04", "2026-07-31");
    let looks = looks(&found);
    assert_eq!(looks[0], "05-05T12:00Z 60 0400000082@outlook/20260505T120000Z");
    assert_eq!(looks[1], "05-06T08:00Z 60 0400000083@outlook");
    assert_eq!(looks[2], "05-07T16:00Z 90 0400000084@outlook");
    // Two are taken out; the last is that of the end itself.
    assert_eq!(looks[3], "05-26T12:00Z 60 0400000082@outlook/20260526T120000Z");
    assert_eq!(looks.last().unwrap(), "06-30T12:00Z 60 0400000082@outlook/20260630T120000Z");
    assert_eq!(looks.len(), 9);
    assert_eq!(found.events[1].presence, Presence::Free);
    assert_eq!(found.events[2].presence, Presence::Away);
}

#[test]
fn an_unknown_zone_is_asked_for() {
    let text = event("DTSTART;TZID=Customized Time Zone:20260505T090000");
    let Ok(Reading::Asks(questions)) = reading(&text, "2026-05-04", "2026-05-10") else {
        panic!("no question");
    };
    assert_eq!((questions[0].name.as_str(), questions[0].line), ("Customized Time Zone", 4));
    let zones = BTreeMap::from([("Customized Time Zone".to_owned(), zone("Asia/Tokyo"))]);
    let day = "2026-05-05".parse().unwrap();
    let wanted = Wanted { from: day, to: day, home: Zone::UTC, me: &[], zones: &zones };
    let Ok(Reading::Calendar(found)) = read_text(&text, &wanted) else {
        panic!("still asks");
    };
    assert_eq!(looks(&found), ["05-05T00:00Z 0 u"]);
}

#[test]
fn times_without_a_zone_are_those_of_the_calendar_or_of_the_person() {
    let plain = event("DTSTART:20260505T090000\nDURATION:PT1H");
    assert_eq!(looks(&calendar(&plain, "2026-05-05", "2026-05-05")), ["05-05T07:00Z 60 u"]);
    let named = plain.replace("BEGIN:VEVENT", "X-WR-TIMEZONE:America/New_York\nBEGIN:VEVENT");
    assert_eq!(looks(&calendar(&named, "2026-05-05", "2026-05-05")), ["05-05T13:00Z 60 u"]);
}

#[test]
fn nights_of_a_clock_change_have_real_minutes() {
    let zone = "TZID=Europe/Berlin";
    let night = |date: &str, from: &str, to: &str| {
        let text = event(&format!("DTSTART;{zone}:{date}T{from}00\nDTEND;{zone}:{date}T{to}00"));
        looks(&calendar(&text, "2026-01-01", "2026-12-31")).remove(0)
    };
    assert_eq!(night("20260329", "0100", "0400"), "03-29T00:00Z 120 u");
    assert_eq!(night("20261025", "0100", "0400"), "10-24T23:00Z 240 u");
    // A start that does not exist moves and takes its end along.
    assert_eq!(night("20260329", "0230", "0300"), "03-29T01:30Z 30 u");
    assert_eq!(night("20261025", "0130", "0230"), "10-24T23:30Z 60 u");
}

#[test]
fn added_and_replaced_days_are_found() {
    let text = event(
        "DTSTART;VALUE=DATE:20260504\nDTEND;VALUE=DATE:20260506\nRRULE:FREQ=WEEKLY;COUNT=3\n\
         RDATE;VALUE=DATE:20260514\nEXDATE:20260511T120000Z",
    );
    let found = calendar(&text, "2026-05-01", "2026-05-31");
    let expected =
        ["2026-05-04 2 d u/20260504", "2026-05-14 2 d u/20260514", "2026-05-18 2 d u/20260518"];
    assert_eq!(looks(&found), expected);
    // The second day of an event is in the window, though its first is not.
    assert_eq!(calendar(&text, "2026-05-05", "2026-05-05").events.len(), 1);
    assert_eq!(calendar(&text, "2026-05-06", "2026-05-06").events.len(), 0);
}

#[test]
fn a_change_of_all_later_instances_moves_them() {
    let text = "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:u\nDTSTART:20260504T090000Z\nDTEND:20260504T093000Z\n\
        RRULE:FREQ=DAILY;COUNT=4\nSUMMARY:old\nEND:VEVENT\nBEGIN:VEVENT\nUID:u\n\
        RECURRENCE-ID;RANGE=THISANDFUTURE:20260506T090000Z\nDTSTART:20260506T110000Z\n\
        DTEND:20260506T120000Z\nSUMMARY:new\nEND:VEVENT\nEND:VCALENDAR";
    let found = calendar(text, "2026-05-01", "2026-05-31");
    assert_eq!(
        looks(&found),
        [
            "05-04T09:00Z 30 u/20260504T090000Z",
            "05-05T09:00Z 30 u/20260505T090000Z",
            "05-06T11:00Z 60 u/20260506T090000Z",
            "05-07T11:00Z 60 u/20260507T090000Z",
        ]
    );
    assert_eq!((found.events[1].title.as_str(), found.events[2].title.as_str()), ("old", "new"));
}

#[test]
fn the_newest_version_of_an_event_counts() {
    let one = |sequence: u32, hour: u32| {
        format!(
            "BEGIN:VEVENT\nUID:u\nSEQUENCE:{sequence}\nDTSTART:20260505T{hour:02}0000Z\nEND:VEVENT\n"
        )
    };
    let text = format!("BEGIN:VCALENDAR\n{}{}{}END:VCALENDAR", one(2, 9), one(3, 10), one(1, 11));
    assert_eq!(looks(&calendar(&text, "2026-05-05", "2026-05-05")), ["05-05T10:00Z 0 u"]);
}

#[test]
fn what_is_no_calendar_is_refused_with_its_line() {
    for (text, why) in [
        ("", "line 1: there is no BEGIN:VCALENDAR"),
        ("BEGIN:VEVENT\nEND:VEVENT", "line 1: there is no BEGIN:VCALENDAR before it"),
        ("BEGIN:VCALENDAR\nVERSION:2.0", "line 2: the VCALENDAR of line 1 is never closed"),
        ("BEGIN:VCALENDAR\nEND:VEVENT", "line 2: END:VEVENT where the VCALENDAR of line 1 is open"),
        ("BEGIN:VCALENDAR\nEND:VCALENDAR\nX:1", "line 3: X stands outside of a calendar"),
        ("BEGIN:VCALENDAR\n\nVERSION", "line 3: it has no colon and so no value"),
        ("BEGIN:VCALENDAR\nBEGIN:VEVENT\nBEGIN:VEVENT\n", "line 3: a VEVENT cannot stand here"),
    ] {
        assert_eq!(refused(text), why);
    }
    for (lines, why) in [
        ("SUMMARY:x", "line 2: the event has no DTSTART"),
        ("DTSTART:20260505\nDTSTART:20260506", "line 5: a second DTSTART in one event"),
        (
            "DTSTART:20260505T090000Z\nDTEND:20260505T080000Z",
            "line 5: the event ends before it begins",
        ),
        (
            "DTSTART:20260505\nDTEND:20260505T080000Z",
            "line 5: the event begins on a day and ends at a time, or the reverse",
        ),
        ("DTSTART:20260505\nDURATION:soon", "line 5: “soon” is not the length of an event"),
        (
            "DTSTART:20260505\nEXRULE:FREQ=DAILY",
            "line 5: EXRULE is not followed; save the event with EXDATE",
        ),
    ] {
        assert_eq!(refused(&event(lines)), why);
    }
}

#[test]
fn a_vendors_own_lines_may_be_anything() {
    let text = event("DTSTART:20260505\nX-RADIUS=49.9\nX-TITLE;A=\"b:c");
    assert_eq!(calendar(&text, "2026-05-05", "2026-05-05").left_out.malformed, 2);
}

#[test]
fn bombs_are_refused_by_name() {
    let often = event(
        "DTSTART:20200101T000000Z\nRRULE:FREQ=DAILY;BYHOUR=0,1,2,3;BYMINUTE=0,10,20,30,40,50",
    );
    let error = reading(&often, "2026-01-01", "2026-12-31").unwrap_err();
    assert_eq!(error, "line 2: the event happens more than 5000 times in the window");
    assert!(reading(&often, "2026-01-01", "2026-06-30").is_ok());

    let deep = "BEGIN:VCALENDAR\n".to_owned() + &"BEGIN:X\n".repeat(caps::ICS_DEPTH - 1);
    assert!(refused(&deep).ends_with("is never closed"));
    assert_eq!(refused(&format!("{deep}BEGIN:X\n")), "line 9: components lie deeper than 8 levels");

    let one = "BEGIN:VEVENT\nDTSTART:20200101\nEND:VEVENT\n";
    let many = |count| format!("BEGIN:VCALENDAR\n{}END:VCALENDAR", one.repeat(count));
    assert!(reading(&many(caps::ICS_EVENTS), "2026-05-04", "2026-05-10").is_ok());
    assert!(refused(&many(caps::ICS_EVENTS + 1)).ends_with("more than 20000 events"));

    // Each rule is small; together they are not.
    let mut text = "BEGIN:VCALENDAR\n".to_owned();
    for number in 0..300 {
        let _ = write!(
            text,
            "BEGIN:VEVENT\nUID:{number}\nDTSTART:20200101\nRRULE:FREQ=DAILY\nEND:VEVENT\n"
        );
    }
    text.push_str("END:VCALENDAR");
    assert!(reading(&text, "2026-01-01", "2026-10-01").is_ok());
    let error = reading(&text, "2026-01-01", "2026-12-31").unwrap_err();
    assert!(error.ends_with("there are more than 100000 in the window"), "{error}");

    let mut text = "BEGIN:VCALENDAR\n".to_owned();
    for number in 0..caps::ICS_EVENTS {
        let _ = write!(
            text,
            "BEGIN:VEVENT\nUID:{number}\nDTSTART:16000101\nRRULE:FREQ=YEARLY;COUNT=9999;BYMONTH=2;\
             BYMONTHDAY=30\nEND:VEVENT\n"
        );
    }
    text.push_str("END:VCALENDAR");
    assert!(refused(&text).ends_with("the rules of this file take too long to follow"));
}

proptest! {
    /// Whatever was broken in a file, reading ends, and never with a panic.
    #[test]
    fn a_broken_file_is_refused_or_read(
        cut in 0_usize..GOOGLE.len(), length in 0_usize..60, put in "[\\PC\n:;=,\"]{0,20}",
    ) {
        let mut bytes = GOOGLE.as_bytes().to_vec();
        let end = (cut + length).min(bytes.len());
        bytes.splice(cut..end, put.into_bytes());
        let text = String::from_utf8_lossy(&bytes);
        let _ = reading(&text, "2026-05-01", "2026-05-31");
    }

    #[test]
    fn any_text_is_refused_or_read(text in "(BEGIN|END|VEVENT|VCALENDAR|DTSTART|RRULE|FREQ|DAILY|[:;=\n\r \t]|20260504|\\PC){0,60}") {
        let _ = reading(&text, "2026-05-01", "2026-05-31");
    }
}
