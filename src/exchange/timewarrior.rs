//! What `timew export` prints: a list of intervals in UTC with tags; one without an end still
//! runs.

use chrono::{DateTime, Datelike, NaiveDateTime, Utc};
use serde::{Deserialize, Deserializer};

use super::caps;
use super::event::{Logged, Rows, TimeError};
use super::input::Input;
use super::json;
use super::read_error::ReadError;
use crate::domain::day::YEARS;
use crate::domain::week::Span;

#[derive(Debug, Deserialize)]
#[serde(transparent)]
struct Sheet(#[serde(deserialize_with = "intervals")] Vec<Interval>);

/// Unknown members are skipped: extensions add their own.
#[derive(Debug, Deserialize)]
struct Interval {
    start: String,
    end: Option<String>,
    #[serde(default, deserialize_with = "tags")]
    tags: Vec<String>,
    #[serde(default)]
    annotation: Option<String>,
}

fn intervals<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<Interval>, D::Error> {
    json::at_most(from, caps::TIME_ENTRIES)
}

fn tags<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<String>, D::Error> {
    json::at_most(from, caps::JSON_PARTS)
}

/// Reads all intervals. An interval keeps its name when it is tagged anew, since that hangs on
/// its start alone; no two can start at once.
///
/// # Errors
/// When it is no such JSON; an interval that cannot be read is among the bad ones.
pub fn read(mut input: Input) -> Result<Rows<Logged>, TimeError> {
    let Sheet(list) = json::read(&mut input).map_err(|error| match error {
        ReadError::Json { line, why, .. } => {
            TimeError::at(line as u64, format!("this is no export of Timewarrior: {why}"))
        }
        other => other.into(),
    })?;
    let mut rows = Rows::default();
    for (number, interval) in (1..).zip(list) {
        match one(interval, number) {
            Ok(logged) => rows.found.push(logged),
            Err(why) => rows.cannot_read(number, why),
        }
    }
    Ok(rows)
}

fn one(interval: Interval, number: u64) -> Result<Logged, String> {
    let start = instant(&interval.start)?;
    let minutes = match interval.end.as_deref() {
        None => None,
        Some(end) => {
            let end = instant(end)?;
            if end < start {
                return Err("it ends before it begins".to_owned());
            }
            Some(Span::between(start, end).minutes)
        }
    };
    let note = interval.annotation.filter(|note| !note.trim().is_empty());
    Ok(Logged {
        key: format!("timewarrior/{}", interval.start),
        start,
        minutes,
        title: note.unwrap_or_else(|| interval.tags.join(", ")),
        project: None,
        client: None,
        tags: interval.tags,
        person: None,
        called: None,
        line: number,
    })
}

fn instant(text: &str) -> Result<DateTime<Utc>, String> {
    let wall = NaiveDateTime::parse_from_str(text, "%Y%m%dT%H%M%SZ");
    let wall = wall.map_err(|_| format!("“{text}” is not an instant"))?;
    if !YEARS.contains(&wall.year()) {
        return Err(format!("“{text}” is not between 1970 and 2100"));
    }
    Ok(wall.and_utc())
}

/// Whether the text looks like such a list.
pub(super) fn is_sheet(start: &str) -> bool {
    let bare: String = start.chars().filter(|letter| !letter.is_whitespace()).collect();
    bare.starts_with("[]") || (bare.starts_with("[{") && bare.contains("\"start\":\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sheet(text: &str) -> Result<Vec<Logged>, String> {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), text).unwrap();
        read(Input::open(file.path(), caps::JSON_BYTES).unwrap())
            .map_err(|error| error.to_string())?
            .sound()
    }

    #[test]
    fn an_export_is_read() {
        let text = r#"[{"id":2,"start":"20260504T070000Z","end":"20260504T083030Z","tags":["work","memo"],"annotation":"Segment memo"},
            {"id":1,"start":"20260504T090000Z","tags":["work"],"colour":"red"}]"#;
        let found = sheet(text).unwrap();
        assert_eq!((found[0].minutes, found[0].title.as_str()), (Some(90), "Segment memo"));
        assert_eq!((found[1].minutes, found[1].title.as_str()), (None, "work"));
        assert_eq!(found[0].key, "timewarrior/20260504T070000Z");
        assert_eq!(sheet("[]"), Ok(Vec::new()));
    }

    #[test]
    fn what_is_no_interval_refuses_the_file() {
        let error = sheet(r#"[{"start":"21500504T070000Z"}]"#).unwrap_err();
        assert_eq!(error, "line 1: “21500504T070000Z” is not between 1970 and 2100");
        let error = sheet(r#"[{"start":"20260504T070000Z"},{"start":"yesterday"}]"#).unwrap_err();
        assert_eq!(error, "line 2: “yesterday” is not an instant");
        let error =
            sheet(r#"[{"start":"20260504T070000Z","end":"20260504T060000Z"}]"#).unwrap_err();
        assert_eq!(error, "line 1: it ends before it begins");
        let error = sheet("[\n{\"end\":\"20260504T070000Z\"}]").unwrap_err();
        assert_eq!(error, "line 2: this is no export of Timewarrior: “start” is missing");
        assert!(sheet(&"[".repeat(100)).unwrap_err().contains("deeper than 64"));
    }
}
