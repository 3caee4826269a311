//! Planned blocks as a calendar that others can subscribe to: times in UTC, names that stay the
//! same, and text that can be nothing but text.

use std::fmt::Write as _;
use std::io::{self, Write};

use chrono::{DateTime, Days, Utc};

use crate::exchange::chips::chipped;
use crate::exchange::event::When;

/// Octets of a line, its end not counted.
const FOLD: usize = 75;

/// One event to write.
#[derive(Debug, Clone, Copy)]
pub struct Outgoing<'a> {
    /// Never changes: the id of the block.
    pub uid: &'a str,
    /// Grows with every change, so that a calendar takes the newer one.
    pub sequence: i64,
    pub changed: DateTime<Utc>,
    pub when: When,
    pub title: &'a str,
    pub note: &'a str,
    pub categories: &'a [String],
    /// Minutes before the start at which to remind.
    pub reminder: Option<u32>,
}

/// Writes a calendar with these events. One event makes a file for a watched folder.
///
/// # Errors
/// When `out` does not take it.
pub fn write(out: &mut dyn Write, name: &str, events: &[Outgoing<'_>]) -> io::Result<()> {
    line(out, "BEGIN:VCALENDAR")?;
    line(out, "VERSION:2.0")?;
    line(out, concat!("PRODID:-//prewire//prewire ", env!("CARGO_PKG_VERSION"), "//EN"))?;
    line(out, "CALSCALE:GREGORIAN")?;
    if !name.is_empty() {
        line(out, &format!("X-WR-CALNAME:{}", escaped(name)))?;
    }
    for event in events {
        one(out, event)?;
    }
    line(out, "END:VCALENDAR")
}

fn one(out: &mut dyn Write, event: &Outgoing<'_>) -> io::Result<()> {
    line(out, "BEGIN:VEVENT")?;
    line(out, &format!("UID:{}", escaped(event.uid)))?;
    line(out, &format!("DTSTAMP:{}", instant(event.changed)))?;
    line(out, &format!("LAST-MODIFIED:{}", instant(event.changed)))?;
    line(out, &format!("SEQUENCE:{}", event.sequence.max(0)))?;
    match event.when {
        When::Timed(span) => {
            line(out, &format!("DTSTART:{}", instant(span.start)))?;
            line(out, &format!("DTEND:{}", instant(span.end())))?;
        }
        When::AllDay { first, days } => {
            // The end of a day is the day after.
            let end = first.checked_add_days(Days::new(days.max(1).into())).unwrap_or(first);
            line(out, &format!("DTSTART;VALUE=DATE:{}", first.format("%Y%m%d")))?;
            line(out, &format!("DTEND;VALUE=DATE:{}", end.format("%Y%m%d")))?;
        }
    }
    line(out, &format!("SUMMARY:{}", escaped(event.title)))?;
    if !event.note.is_empty() {
        line(out, &format!("DESCRIPTION:{}", escaped(event.note)))?;
    }
    if !event.categories.is_empty() {
        let names: Vec<String> = event.categories.iter().map(|name| escaped(name)).collect();
        line(out, &format!("CATEGORIES:{}", names.join(",")))?;
    }
    line(out, "TRANSP:OPAQUE")?;
    if let Some(minutes) = event.reminder {
        line(out, "BEGIN:VALARM")?;
        line(out, "ACTION:DISPLAY")?;
        line(out, &format!("DESCRIPTION:{}", escaped(event.title)))?;
        line(out, &format!("TRIGGER:-PT{minutes}M"))?;
        line(out, "END:VALARM")?;
    }
    line(out, "END:VEVENT")
}

fn instant(at: DateTime<Utc>) -> impl std::fmt::Display {
    at.format("%Y%m%dT%H%M%SZ")
}

/// Text that cannot end its line or its value: controls go, line breaks and marks are escaped,
/// and what would turn the direction of writing is visible.
fn escaped(text: &str) -> String {
    let lines = text.replace("\r\n", "\n").replace(['\r', '\u{2028}', '\u{2029}'], "\n");
    let mut out = String::with_capacity(lines.len() + 8);
    for letter in lines.chars() {
        match letter {
            '\\' | ';' | ',' => out.extend(['\\', letter]),
            '\n' => out.push_str("\\n"),
            '\t' => out.push(' '),
            letter if letter.is_control() => {}
            letter => out.push(letter),
        }
    }
    chipped(&out).into_owned()
}

/// Writes a line, folded so that no piece is longer than 75 octets and no letter is cut.
fn line(out: &mut dyn Write, text: &str) -> io::Result<()> {
    let mut folded = String::with_capacity(text.len() + text.len() / FOLD * 3 + 2);
    let mut room = FOLD;
    for letter in text.chars() {
        if letter.len_utf8() > room {
            folded.push_str("\r\n ");
            room = FOLD - 1;
        }
        room -= letter.len_utf8();
        // Writing to a string cannot fail.
        let _ = folded.write_char(letter);
    }
    folded.push_str("\r\n");
    out.write_all(folded.as_bytes())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use crate::domain::zone::Zone;
    use chrono::TimeZone;
    use proptest::prelude::*;

    use super::super::{Reading, Wanted, read_text};
    use super::*;
    use crate::domain::week::Span;
    use crate::exchange::event::Event;

    fn strategic() -> &'static [String] {
        static BAND: std::sync::LazyLock<Vec<String>> =
            std::sync::LazyLock::new(|| vec!["strategic".to_owned()]);
        &BAND
    }

    fn block<'a>(uid: &'a str, title: &'a str, note: &'a str, start: i64) -> Outgoing<'a> {
        let changed = Utc.timestamp_opt(1_777_852_800, 0).unwrap();
        let start = Utc.timestamp_opt(1_777_852_800 + start * 60, 0).unwrap();
        Outgoing {
            uid,
            sequence: 2,
            changed,
            when: When::Timed(Span::new(start, 90)),
            title,
            note,
            categories: strategic(),
            reminder: None,
        }
    }

    fn written(events: &[Outgoing<'_>]) -> String {
        let mut out = Vec::new();
        write(&mut out, "prewire", events).unwrap();
        String::from_utf8(out).unwrap()
    }

    fn back(text: &str) -> Vec<Event> {
        let zones = BTreeMap::new();
        let wanted = Wanted {
            from: "1970-01-01".parse().unwrap(),
            to: "2100-12-31".parse().unwrap(),
            home: Zone::UTC,
            me: &[],
            zones: &zones,
        };
        match read_text(text, &wanted) {
            Ok(Reading::Calendar(calendar)) => calendar.events,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_block_is_an_event() {
        let text =
            written(&[Outgoing { reminder: Some(10), ..block("k1", "Segment; memo", "", 0) }]);
        assert_eq!(
            text.lines().skip(2).collect::<Vec<_>>(),
            [
                concat!("PRODID:-//prewire//prewire ", env!("CARGO_PKG_VERSION"), "//EN"),
                "CALSCALE:GREGORIAN",
                "X-WR-CALNAME:prewire",
                "BEGIN:VEVENT",
                "UID:k1",
                "DTSTAMP:20260504T000000Z",
                "LAST-MODIFIED:20260504T000000Z",
                "SEQUENCE:2",
                "DTSTART:20260504T000000Z",
                "DTEND:20260504T013000Z",
                "SUMMARY:Segment\\; memo",
                "CATEGORIES:strategic",
                "TRANSP:OPAQUE",
                "BEGIN:VALARM",
                "ACTION:DISPLAY",
                "DESCRIPTION:Segment\\; memo",
                "TRIGGER:-PT10M",
                "END:VALARM",
                "END:VEVENT",
                "END:VCALENDAR",
            ]
        );
        assert!(text.split("\r\n").all(|line| !line.contains('\n')));
    }

    #[test]
    fn text_is_never_a_property() {
        let title =
            "x\r\nATTACH:file:///etc/passwd\u{1b}\u{85}\nBEGIN:VALARM\u{2028}RRULE:\u{202e}";
        let text = written(&[block("k1\r\nX:1", title, "a\nb", 0)]);
        let names: Vec<&str> =
            text.lines().filter_map(|line| line.split([':', ';']).next()).collect();
        assert!(!names.contains(&"ATTACH") && !names.contains(&"RRULE") && !names.contains(&"X"));
        assert!(!names.contains(&"BEGIN:VALARM"));
        let events = back(&text);
        assert_eq!(events.len(), 1);
        assert_eq!(events[0].title, "x\nATTACH:file:///etc/passwd\nBEGIN:VALARM\nRRULE:⟨202E⟩");
    }

    #[test]
    fn days_are_days() {
        let when = When::AllDay { first: "2026-12-31".parse().unwrap(), days: 2 };
        let text = written(&[Outgoing { when, ..block("k1", "Leave", "", 0) }]);
        assert!(text.contains("DTSTART;VALUE=DATE:20261231\r\nDTEND;VALUE=DATE:20270102\r\n"));
        assert_eq!(back(&text)[0].when, when);
    }

    proptest! {
        #[test]
        fn what_is_written_is_read(
            list in prop::collection::vec(("[\\PC ,;:\\\\\"]{1,90}", "[\\PC\n\t,;\\\\]{0,200}", 0_i64..1_000_000), 0..5),
        ) {
            let uids: Vec<String> = (0..list.len()).map(|number| format!("k{number}@prewire")).collect();
            let events: Vec<Outgoing<'_>> = list.iter().zip(&uids)
                .map(|((title, note, start), uid)| block(uid, title, note, *start))
                .collect();
            let text = written(&events);
            for line in text.split("\r\n") {
                prop_assert!(line.len() <= FOLD, "{} octets", line.len());
                prop_assert!(!line.contains(['\r', '\n']));
            }
            let mut found = back(&text);
            found.sort_by(|one, other| one.uid.cmp(&other.uid));
            prop_assert_eq!(found.len(), events.len());
            for (event, written) in found.iter().zip(&events) {
                prop_assert_eq!(&event.uid, written.uid);
                prop_assert_eq!(event.when, written.when);
                let lines = written.title.replace(['\u{2028}', '\u{2029}'], "\n");
                let shown = chipped(&lines);
                prop_assert_eq!(event.title.as_str(), shown.trim());
            }
        }
    }
}
