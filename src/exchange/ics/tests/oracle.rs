//! What recurs, against an independent implementation: whole series with exceptions, additions and
//! instances that were moved, in many zones; and, when asked, calendars of other projects.

use std::collections::BTreeMap;
use std::path::Path;

use crate::domain::zone::Zone;
use chrono::{Days, NaiveDate};

use super::super::{Reading, Wanted, read_text};
use crate::exchange::event::When;

/// A window, the events, and below the dashes when they happen there; made with Python's
/// recurring-ical-events, which shares no code with us.
const SERIES: &str = include_str!("../../../../tests/fixtures/calendar/series.txt");
const MARGIN: Days = Days::new(3);

/// What begins in the window, as the oracle writes it.
fn happens(text: &str, (from, to): (NaiveDate, NaiveDate)) -> Result<Vec<String>, String> {
    let zones = BTreeMap::new();
    let (first, last) = (from - MARGIN, to + MARGIN);
    let wanted = Wanted { from: first, to: last, home: Zone::UTC, me: &[], zones: &zones };
    let calendar = match read_text(text, &wanted) {
        Ok(Reading::Calendar(calendar)) => calendar,
        Ok(Reading::Asks(questions)) => return Err(format!("asks {}", questions[0].name)),
        Err(error) => return Err(error.to_string()),
    };
    let mut found = Vec::new();
    for event in &calendar.events {
        let (begins, words) = match event.when {
            When::Timed(span) => {
                let shown =
                    |at: chrono::DateTime<chrono::Utc>| at.format("%Y%m%dT%H%M").to_string();
                (span.start.date_naive(), format!("{}/{}", shown(span.start), shown(span.end())))
            }
            When::AllDay { first, days } => (first, format!("{}+{days}", first.format("%Y%m%d"))),
        };
        if (from..to).contains(&begins) {
            found.push(format!("{words} {}", event.title).trim().to_owned());
        }
    }
    found.sort();
    Ok(found)
}

fn days(line: &str) -> (NaiveDate, NaiveDate) {
    let (from, to) = line.trim().split_once(' ').unwrap();
    (from.parse().unwrap(), to.parse().unwrap())
}

#[test]
fn series_happen_when_another_implementation_says_so() {
    let mut count = 0;
    for case in SERIES.split("=== ").filter(|case| !case.trim().is_empty()) {
        let (asked, expected) = case.split_once("---\n").unwrap();
        let (window, lines) = asked.split_once('\n').unwrap();
        let text = format!("BEGIN:VCALENDAR\r\n{}END:VCALENDAR\r\n", lines.replace('\n', "\r\n"));
        let expected: Vec<&str> = expected.lines().map(str::trim).collect();
        assert_eq!(happens(&text, days(window)).unwrap(), expected, "{case}");
        count += 1;
    }
    assert!(count >= 200, "{count}");
}

/// `PREWIRE_CALENDARS=FOLDER` with `name.ics` and `name.txt`, as the oracle tells them.
#[test]
fn calendars_of_others_happen_when_another_implementation_says_so() {
    let Ok(folder) = std::env::var("PREWIRE_CALENDARS") else { return };
    let mut wrong = Vec::new();
    for entry in std::fs::read_dir(Path::new(&folder)).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|end| end != "ics") {
            continue;
        }
        let told = std::fs::read_to_string(path.with_extension("txt")).unwrap();
        let (window, expected) = told.split_once('\n').unwrap();
        let expected: Vec<&str> =
            expected.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
        let found = happens(&std::fs::read_to_string(&path).unwrap(), days(window));
        if found.as_ref().is_ok_and(|found| *found == expected) {
            continue;
        }
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        wrong.push(format!("{name}\n  ours {found:?}\n  theirs {expected:?}"));
    }
    assert!(wrong.is_empty(), "{} differ\n{}", wrong.len(), wrong.join("\n"));
}
