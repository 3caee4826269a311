//! The detailed report of Toggl as CSV: one row a stretch of time, on the wall clock of the
//! person.

use std::collections::HashMap;

use crate::domain::zone::Zone;
use chrono::NaiveDateTime;

use super::dates::{self, DayOrder, End};
use super::event::{Logged, Rows, TimeError};
use super::input::Input;
use super::names::{hex, normal};
use super::record::Record;
use super::table::{ReadOptions, Table};
use super::wall_time;
use crate::domain::week::{Span, zone};

/// The columns that are read, in the form of [`normal`].
const COLUMNS: [&str; 12] = [
    "user",
    "email",
    "client",
    "project",
    "task",
    "description",
    "startdate",
    "starttime",
    "enddate",
    "endtime",
    "duration",
    "tags",
];

pub(super) fn score(cells: &[&str]) -> usize {
    cells.iter().filter(|cell| COLUMNS.contains(&normal(cell).as_str())).count()
}

/// Whether the header is that of a detailed report.
pub(super) fn is_header(header: &[String]) -> bool {
    let names: Vec<String> = header.iter().map(|name| normal(name)).collect();
    ["description", "startdate", "starttime", "duration"]
        .iter()
        .all(|wanted| names.iter().any(|name| name == wanted))
}

/// Reads all time of the report.
///
/// # Errors
/// When it is no such table; a row that cannot be read is among the bad ones.
pub fn read(input: Input, home: Zone, order: Option<DayOrder>) -> Result<Rows<Logged>, TimeError> {
    let options = ReadOptions { score: &score, ..ReadOptions::default() };
    let mut table = Table::from_input(input, &options)?;
    if !is_header(table.header()) {
        return Err(TimeError::Unknown);
    }
    let names: Vec<String> = table.header().iter().map(|name| normal(name)).collect();
    let mut rows = Rows::default();
    let mut seen: HashMap<String, u32> = HashMap::new();
    while let Some(record) = table.next_record()? {
        match row(record, &names, home, order) {
            Ok(mut logged) => {
                let times = seen.entry(logged.key.clone()).or_default();
                *times += 1;
                if *times > 1 {
                    logged.key = format!("{}-{times}", logged.key);
                }
                rows.found.push(logged);
            }
            Err(why) => rows.cannot_read(record.line(), why),
        }
    }
    Ok(rows)
}

fn row(
    record: &Record,
    names: &[String],
    home: Zone,
    order: Option<DayOrder>,
) -> Result<Logged, String> {
    if let Some(flaw) = record.flaw() {
        return Err(flaw.to_string());
    }
    let cell = |wanted: &str| {
        let place = names.iter().position(|name| name == wanted);
        place.and_then(|place| record.get(place)).map(str::trim).unwrap_or_default()
    };
    let optional = |wanted: &str| Some(cell(wanted).to_owned()).filter(|text| !text.is_empty());
    let at = |date: &str, time: &str| -> Result<NaiveDateTime, String> {
        let day = dates::read(date, order, End::First)
            .map_err(|error| format!("“{date}” {}", error.why()))?;
        let time = wall_time::read(time).ok_or_else(|| format!("“{time}” is not a time of day"))?;
        Ok(day.and_time(time))
    };
    let start = at(cell("startdate"), cell("starttime"))?;
    let minutes = match (cell("duration"), cell("enddate"), cell("endtime")) {
        ("", "", "") => None,
        ("", date, time) => {
            let date = if date.is_empty() { cell("startdate") } else { date };
            let (start, end) = (zone::instant(start, home), zone::instant(at(date, time)?, home));
            if end < start {
                return Err("it ends before it begins".to_owned());
            }
            Some(Span::between(start, end).minutes)
        }
        (duration, ..) => Some(length(duration)?),
    };
    let title = optional("description").or_else(|| optional("task")).unwrap_or_default();
    let person = optional("email").or_else(|| optional("user"));
    let what = format!("{start} {} {}", person.as_deref().unwrap_or_default(), title);
    Ok(Logged {
        key: key(&what),
        start: zone::instant(start, home),
        minutes,
        title,
        project: optional("project"),
        client: optional("client"),
        tags: cell("tags")
            .split(',')
            .map(|tag| tag.trim().to_owned())
            .filter(|tag| !tag.is_empty())
            .collect(),
        called: optional("user").filter(|_| person.is_some()),
        person,
        line: record.line(),
    })
}

fn key(what: &str) -> String {
    use sha2::{Digest, Sha256};
    hex(&Sha256::digest(what))[..32].to_owned()
}

/// `01:30:00` or `1:30` as minutes, half a minute rounded up.
fn length(text: &str) -> Result<i64, String> {
    let bad = || format!("“{text}” is not a length of time");
    let mut parts = text.split(':').map(|part| {
        let digits = !part.is_empty() && part.len() <= 4;
        let digits = digits && part.bytes().all(|byte| byte.is_ascii_digit());
        digits.then(|| part.parse::<i64>().ok()).flatten().ok_or_else(bad)
    });
    let hours = parts.next().ok_or_else(bad)??;
    let minutes = parts.next().ok_or_else(bad)??;
    let seconds = parts.next().unwrap_or(Ok(0))?;
    if parts.next().is_some() || minutes > 59 || seconds > 59 {
        return Err(bad());
    }
    Ok(hours * 60 + minutes + i64::from(seconds >= 30))
}

#[cfg(test)]
mod tests {
    use super::super::caps;
    use super::*;
    use crate::domain::zone::zone;

    const HEADER: &str = "\u{feff}\"User\",\"Email\",\"Client\",\"Project\",\"Task\",\"Description\",\
        \"Billable\",\"Start date\",\"Start time\",\"End date\",\"End time\",\"Duration\",\"Tags\"\n";

    fn sheet(rows: &str) -> Result<Vec<Logged>, String> {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), format!("{HEADER}{rows}")).unwrap();
        let input = Input::open(file.path(), caps::FILE_BYTES).unwrap();
        read(input, zone("Europe/Berlin"), None).map_err(|error| error.to_string())?.sound()
    }

    #[test]
    fn a_detailed_report_is_read() {
        let row = "Maya,maya@example.com,Acme,PMM,,\"Segment memo, draft\",No,2026-05-04,09:00:00,\
                   2026-05-04,10:30:29,01:30:29,\"deep, S\"\n";
        let night = "Maya,maya@example.com,,,,,No,2026-03-28,23:00:00,2026-03-29,07:00:00,,\n";
        let found = sheet(&format!("{row}{row}{night}")).unwrap();
        let first = &found[0];
        assert_eq!(first.start.to_rfc3339(), "2026-05-04T07:00:00+00:00");
        assert_eq!((first.minutes, first.title.as_str()), (Some(90), "Segment memo, draft"));
        assert_eq!(first.tags, ["deep", "S"]);
        assert_eq!(first.project.as_deref(), Some("PMM"));
        assert_eq!(found[1].key, format!("{}-2", first.key));
        // Over the spring night eight hours on the wall are seven.
        assert_eq!(found[2].minutes, Some(420));
    }

    #[test]
    fn bad_rows_refuse_the_sheet() {
        let error = sheet(
            "M,m,,,,x,No,2026-05-04,09:00,2026-05-04,08:00,,\nM,m,,,,x,No,soon,09:00,,,01:00:00,\nM,m,,,,x,No,2026-05-04,09:00,,,1h,\n",
        );
        assert_eq!(
            error.unwrap_err(),
            "line 2: it ends before it begins\nline 3: “soon” is not a date\n\
             line 4: “1h” is not a length of time"
        );
    }
}
