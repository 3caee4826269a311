//! Instants as files hold them: UTC, milliseconds, `Z`, within the years that prewire knows.

use chrono::{DateTime, Datelike, SecondsFormat, Utc};

use crate::domain::day::YEARS;

/// `2026-05-06T09:00:00.000Z`.
#[must_use]
pub fn write(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Millis, true)
}

/// The instant that the text means.
///
/// # Errors
/// The end of a sentence that begins with the text.
pub fn read(text: &str) -> Result<DateTime<Utc>, &'static str> {
    let at = DateTime::parse_from_rfc3339(text).map_err(|_| "is not an instant")?;
    let at = at.with_timezone(&Utc);
    if YEARS.contains(&at.year()) { Ok(at) } else { Err("is not between 1970 and 2100") }
}
