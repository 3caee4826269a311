//! Calendars as Outlook and Google write them into CSV: one row an event, nothing recurs, times
//! on the wall clock of the person.

use std::collections::HashMap;

use crate::domain::zone::Zone;
use chrono::{NaiveDate, NaiveDateTime, NaiveTime};

use super::dates::{self, DayOrder, End, OrderVote};
use super::event::{Event, Presence, Rows, Standing, TimeError, When};
use super::input::Input;
use super::names::{hex, normal};
use super::read_error::ReadError;
use super::record::Record;
use super::table::{ReadOptions, Table};
use super::wall_time;
use crate::domain::week::{Span, zone};

/// A column and the names it goes by, in the form of [`normal`], in English, German and French.
#[rustfmt::skip]
const COLUMNS: [(Column, &[&str]); 13] = [
    (Column::Subject, &["subject", "betreff", "objet", "title"]),
    (Column::StartDate, &["startdate", "beginntam", "datededébut", "débutle"]),
    (Column::StartTime, &["starttime", "beginntum", "heurededébut", "débutà"]),
    (Column::EndDate, &["enddate", "endetam", "datedefin", "finle"]),
    (Column::EndTime, &["endtime", "endetum", "heuredefin", "finà"]),
    (Column::AllDay, &["alldayevent", "ganztägigesereignis", "journéeentière", "allday"]),
    (Column::Note, &["description", "beschreibung", "notes", "notizen"]),
    (Column::Private, &["private", "privat", "privé"]),
    (Column::Organiser, &["meetingorganizer", "besprechungsplanung", "organisateurdelaréunion", "organizer"]),
    (Column::Required, &["requiredattendees", "erforderlicheteilnehmer", "participantsobligatoires"]),
    (Column::Optional, &["optionalattendees", "optionaleteilnehmer", "participantsfacultatifs"]),
    (Column::Categories, &["categories", "kategorien", "catégories"]),
    (Column::ShowAs, &["showtimeas", "zeitspannezeigenals", "afficherladisponibilité"]),
];

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Column {
    Subject,
    StartDate,
    StartTime,
    EndDate,
    EndTime,
    AllDay,
    Note,
    Private,
    Organiser,
    Required,
    Optional,
    Categories,
    ShowAs,
}

fn column(name: &str) -> Option<Column> {
    let name = normal(name);
    COLUMNS.iter().find(|(_, names)| names.contains(&name.as_str())).map(|(column, _)| *column)
}

/// How many columns of a calendar a header row has.
pub(super) fn score(cells: &[&str]) -> usize {
    cells.iter().filter(|cell| column(cell).is_some()).count()
}

/// Whether the header is that of a calendar.
pub(super) fn is_header(header: &[String]) -> bool {
    let has = |wanted| header.iter().any(|name| column(name) == Some(wanted));
    has(Column::Subject) && has(Column::StartDate) && has(Column::EndDate)
}

/// What the caller knows better than the file.
#[derive(Debug, Clone, Copy)]
pub struct Reading<'a> {
    /// The zone in which the file was written.
    pub home: Zone,
    /// The order of day and month, when the file does not tell.
    pub order: Option<DayOrder>,
    /// The person's own addresses and names.
    pub me: &'a [String],
}

/// Reads all events of the file.
///
/// # Errors
/// When it is no such table; a row that cannot be read is among the bad ones.
pub fn read(input: Input, reading: &Reading<'_>) -> Result<Rows<Event>, TimeError> {
    let options = ReadOptions { score: &score, ..ReadOptions::default() };
    let mut table = Table::from_input(input, &options)?;
    if !is_header(table.header()) {
        return Err(TimeError::Unknown);
    }
    let (order, is_shown) = order(&mut table, reading.order)?;
    let columns: Vec<Option<Column>> = table.header().iter().map(|name| column(name)).collect();
    let mut rows = Rows { month_first: !is_shown, ..Rows::default() };
    let mut seen: HashMap<String, u32> = HashMap::new();
    table.rewind()?;
    while let Some(record) = table.next_record()? {
        match row(record, &columns, order, reading) {
            Ok(mut event) => {
                let times = seen.entry(event.uid.clone()).or_default();
                *times += 1;
                if *times > 1 {
                    event.uid = format!("{}-{times}", event.uid);
                }
                rows.found.push(event);
            }
            Err(why) => rows.cannot_read(record.line(), why),
        }
    }
    Ok(rows)
}

/// The order of day and month that the dates of the file agree on, and whether they show it.
fn order(table: &mut Table, said: Option<DayOrder>) -> Result<(Option<DayOrder>, bool), TimeError> {
    if said.is_some() {
        return Ok((said, true));
    }
    let dates: Vec<usize> = (0..table.header().len())
        .filter(|place| {
            let column = column(&table.header()[*place]);
            matches!(column, Some(Column::StartDate | Column::EndDate))
        })
        .collect();
    let times: Vec<usize> = (0..table.header().len())
        .filter(|place| {
            let column = column(&table.header()[*place]);
            matches!(column, Some(Column::StartTime | Column::EndTime))
        })
        .collect();
    let (mut doubtful, mut halves) = (false, false);
    while let Some(record) = table.next_record()? {
        for cell in dates.iter().filter_map(|place| record.get(*place)) {
            match dates::vote(cell) {
                Some(OrderVote::For(order)) => return Ok((Some(order), true)),
                Some(OrderVote::Either) => doubtful = true,
                Some(OrderVote::Clear) | None => {}
            }
        }
        let mut told = times.iter().filter_map(|place| record.get(*place));
        halves |= told.any(wall_time::names_its_half);
    }
    // Whoever writes 2:00 PM writes the month first.
    if doubtful && halves {
        return Ok((Some(DayOrder::MonthFirst), false));
    }
    if doubtful {
        let columns = dates.iter().map(|place| table.header()[*place].clone()).collect();
        return Err(ReadError::DayOrder { columns }.into());
    }
    Ok((None, true))
}

fn row(
    record: &Record,
    columns: &[Option<Column>],
    order: Option<DayOrder>,
    reading: &Reading<'_>,
) -> Result<Event, String> {
    if let Some(flaw) = record.flaw() {
        return Err(flaw.to_string());
    }
    let cell = |wanted: Column| {
        let place = columns.iter().position(|column| *column == Some(wanted));
        place.and_then(|place| record.get(place)).map(str::trim).unwrap_or_default()
    };
    let start = moment(cell(Column::StartDate), cell(Column::StartTime), order)?;
    let end_date = Some(cell(Column::EndDate)).filter(|text| !text.is_empty());
    let end_date = end_date.unwrap_or(cell(Column::StartDate));
    let end = moment(end_date, cell(Column::EndTime), order)?;
    let all_day = is_yes(cell(Column::AllDay)) || cell(Column::StartTime).is_empty();
    let when = if all_day { days(start, end)? } else { timed(start, end, reading.home)? };
    let title = cell(Column::Subject).to_owned();
    let organiser = cell(Column::Organiser);
    let people = [organiser, cell(Column::Required), cell(Column::Optional)]
        .into_iter()
        .flat_map(|cell| cell.split(';'))
        .map(|name| name.trim().to_lowercase())
        .filter(|name| !name.is_empty() && !reading.me.iter().any(|me| me.to_lowercase() == *name))
        .collect();
    Ok(Event {
        uid: uid(start, &title),
        recurrence: None,
        when,
        zone: reading.home,
        title,
        note: cell(Column::Note).to_owned(),
        calendar: None,
        organiser: Some(organiser.to_owned()).filter(|name| !name.is_empty()),
        people,
        categories: cell(Column::Categories)
            .split([';', ','])
            .map(|name| name.trim().to_owned())
            .filter(|name| !name.is_empty())
            .collect(),
        presence: presence(cell(Column::ShowAs)),
        standing: if cell(Column::ShowAs) == "1" {
            Standing::Tentative
        } else {
            Standing::Confirmed
        },
        declined: false,
        private: is_yes(cell(Column::Private)),
        line: record.line(),
    })
}

fn moment(
    date: &str,
    time: &str,
    order: Option<DayOrder>,
) -> Result<(NaiveDate, Option<NaiveTime>), String> {
    let day = dates::read(date, order, End::First)
        .map_err(|error| format!("“{date}” {}", error.why()))?;
    if time.is_empty() {
        return Ok((day, None));
    }
    let time = wall_time::read(time).ok_or_else(|| format!("“{time}” is not a time of day"))?;
    Ok((day, Some(time)))
}

type Moment = (NaiveDate, Option<NaiveTime>);

fn days(start: Moment, end: Moment) -> Result<When, String> {
    // Outlook ends a day at the midnight after it, Google on the day itself.
    let midnight = end.1 == Some(NaiveTime::MIN) && end.0 > start.0;
    let days = end.0.signed_duration_since(start.0).num_days() + i64::from(!midnight);
    let days = u32::try_from(days).ok().filter(|days| *days > 0);
    days.map(|days| When::AllDay { first: start.0, days }).ok_or_else(backwards)
}

fn timed(start: Moment, end: Moment, home: Zone) -> Result<When, String> {
    let at = |moment: Moment| NaiveDateTime::new(moment.0, moment.1.unwrap_or(NaiveTime::MIN));
    if at(end) < at(start) {
        return Err(backwards());
    }
    Ok(When::Timed(Span::between(zone::instant(at(start), home), zone::instant(at(end), home))))
}

fn backwards() -> String {
    "it ends before it begins".to_owned()
}

/// What is the same in every export of the event.
fn uid(start: Moment, title: &str) -> String {
    use sha2::{Digest, Sha256};
    let time = start.1.unwrap_or(NaiveTime::MIN);
    hex(&Sha256::digest(format!("{} {time} {title}", start.0)))[..32].to_owned()
}

fn is_yes(text: &str) -> bool {
    ["true", "yes", "1", "wahr", "ein", "vrai", "oui"].contains(&text.to_lowercase().as_str())
}

/// Outlook writes 1 for tentative, 2 for busy, 3 for free, 4 for out of the office and 5 for working
/// elsewhere, which takes no time.
fn presence(text: &str) -> Presence {
    match text.to_lowercase().as_str() {
        "3" | "free" | "5" | "working elsewhere" => Presence::Free,
        "4" | "out of office" | "oof" => Presence::Away,
        _ => Presence::Busy,
    }
}

#[cfg(test)]
mod tests {
    use super::super::caps;
    use super::*;
    use crate::domain::zone::zone;

    fn read_order(text: &str, order: Option<DayOrder>) -> Result<Vec<Event>, String> {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), text).unwrap();
        let input = Input::open(file.path(), caps::FILE_BYTES).unwrap();
        let me = ["Maya Chen".to_owned()];
        read(input, &Reading { home: zone("Europe/Berlin"), order, me: &me })
            .map_err(|error| error.to_string())?
            .sound()
    }

    fn whens(events: &[Event]) -> Vec<String> {
        let show = |event: &Event| match event.when {
            When::Timed(span) => format!("{} {}", span.start.format("%m-%dT%H:%MZ"), span.minutes),
            When::AllDay { first, days } => format!("{first} {days} d"),
        };
        events.iter().map(show).collect()
    }

    #[test]
    fn an_outlook_export_is_read() {
        let text = include_str!("../../tests/fixtures/calendar/outlook.csv");
        let events = read_order(text, None).unwrap();
        assert_eq!(
            whens(&events),
            ["05-04T07:30Z 30", "05-14T12:00Z 60", "2026-05-18 2 d", "05-05T22:15Z 30"]
        );
        assert_eq!(events[0].title, "Deal desk, Aurora Bank");
        assert_eq!(events[0].people, ["jon ito", "sam@example.com"]);
        assert_eq!(events[0].categories, ["Sales", "Red"]);
        assert_eq!(events[1].presence, Presence::Free);
        assert!(events[2].working_time().is_none() && events[2].private);
        assert_eq!(events[0].working_time().unwrap().minutes, 30);
    }

    #[test]
    fn a_google_template_is_read() {
        let text = "Subject,Start Date,Start Time,End Date,End Time,All Day Event,Description,Location,Private\n\
                    Plan,05/30/2026,9:00 AM,05/30/2026,10:00 AM,False,,,False\n\
                    Off,05/31/2026,,05/31/2026,,True,,,False\n";
        let events = read_order(text, None).unwrap();
        assert_eq!(whens(&events), ["05-30T07:00Z 60", "2026-05-31 1 d"]);
    }

    #[test]
    fn dates_beside_am_and_pm_have_the_month_first_unless_they_say_otherwise() {
        let read = |row: &str| {
            let text = format!("Subject,Start Date,Start Time,End Date,End Time\n{row}");
            whens(&read_order(&text, None).unwrap())
        };
        assert_eq!(read("A,5/4/2026,2:00 PM,5/4/2026,3:30 PM\n"), ["05-04T12:00Z 90"]);
        assert_eq!(read("A,20/4/2026,2:00 PM,20/4/2026,3:30 PM\n"), ["04-20T12:00Z 90"]);
    }

    #[test]
    fn equal_events_stay_apart_and_keep_their_names() {
        let row = "Sync,30.05.2026,9:00,30.05.2026,9:30\n";
        let text = format!("Subject,Start Date,Start Time,End Date,End Time\n{row}{row}");
        let events = read_order(&text, None).unwrap();
        assert_eq!(events[1].uid, format!("{}-2", events[0].uid));
        assert_eq!(read_order(&text, None).unwrap()[1].uid, events[1].uid);
    }

    #[test]
    fn a_file_with_a_bad_row_is_refused() {
        let text = "Subject,Start Date,Start Time,End Date,End Time\n\
                    A,31.02.2026,9:00,30.05.2026,9:30\nB,30.05.2026,late,30.05.2026,9:30\n\
                    C,30.05.2026,9:00,29.05.2026,9:30\nD,30.05.2026,9:00\n";
        assert_eq!(
            read_order(text, None).unwrap_err(),
            "line 2: “31.02.2026” is not a date\nline 3: “late” is not a time of day\n\
             line 4: it ends before it begins\nline 5: it has 3 cells, the header has 5"
        );
    }

    #[test]
    fn a_doubtful_order_is_asked_for() {
        let text =
            "Subject,Start Date,Start Time,End Date,End Time\nA,5/4/2026,9:00,5/4/2026,9:30\n";
        let error = read_order(text, None).unwrap_err();
        assert!(error.starts_with("day and month cannot be told apart in “Start Date”"), "{error}");
        let events = read_order(text, Some(DayOrder::MonthFirst)).unwrap();
        assert_eq!(whens(&events), ["05-04T07:00Z 30"]);
    }
}
