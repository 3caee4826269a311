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
    pub categories: &'a [&'a str],
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
