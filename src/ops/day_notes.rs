//! The notes of days: lines added in passing, the note of a day written anew, all of them to read.

use chrono::NaiveDate;

use crate::domain::day;
use crate::domain::day_note::{day_of, setting, with};
use crate::domain::refusal::Refusal;
use crate::store::Write;

use super::error::Result;
use super::op::Outcome;
use super::workspace::Workspace;

/// Longest note of a day, in characters.
const MOST: usize = 100_000;

impl Workspace {
    /// The note of a day, with its lines; empty where nothing was noted.
    ///
    /// # Errors
    /// A storage error.
    pub fn day_note(&self, day: NaiveDate) -> Result<String> {
        Ok(self.store.setting(&setting(day))?.unwrap_or_default())
    }

    /// Every day that has a note, the latest first.
    ///
    /// # Errors
    /// A storage error.
    pub fn day_notes(&self) -> Result<Vec<(NaiveDate, String)>> {
        let kept = self.store.settings()?.into_iter();
        let mut notes: Vec<_> =
            kept.filter_map(|(name, text)| Some((day_of(&name)?, text))).collect();
        notes.sort_by_key(|(day, _)| std::cmp::Reverse(*day));
        Ok(notes)
    }

    /// The same as lines: a day, and below it what was noted.
    ///
    /// # Errors
    /// A storage error.
    pub fn day_note_lines(&self) -> Result<Vec<String>> {
        let today = self.clock.today();
        let mut lines = Vec::new();
        for (on, text) in self.day_notes()? {
            lines.push(day::echo(on, today));
            lines.extend(text.lines().map(|line| format!("   {line}")));
        }
        if lines.is_empty() {
            lines.push("Nothing was noted yet; + n and a line notes it on today.".to_owned());
        }
        Ok(lines)
    }
}

/// Adds lines to the note of a day.
pub(super) fn add(
    write: &Write<'_>,
    on: NaiveDate,
    lines: &[String],
    today: NaiveDate,
) -> Result<Outcome> {
    let name = setting(on);
    let kept = write.settings()?.into_iter().find(|(other, _)| *other == name);
    let text = with(kept.as_ref().map(|(_, text)| text.as_str()), lines);
    let label = match lines {
        [line] => format!("noted on {}: “{}”", day::lasting(on, today), line.trim()),
        lines => format!("noted {} lines on {}", lines.len(), day::lasting(on, today)),
    };
    put(write, &name, &text)?;
    Ok(Outcome { label, items: Vec::new(), notices: Vec::new() })
}

/// Writes the note of a day anew. What somebody else noted since `was` was read is a conflict.
pub(super) fn rewrite(
    write: &Write<'_>,
    on: NaiveDate,
    (was, text): (&str, &str),
    today: NaiveDate,
) -> Result<Outcome> {
    let name = setting(on);
    let kept = write.settings()?.into_iter().find(|(other, _)| *other == name);
    if kept.map(|(_, text)| text).unwrap_or_default() != was {
        return Err(Refusal::conflict("something else was noted on this day meanwhile")
            .hint("copy what you wrote, leave, and open the note again")
            .into());
    }
    put(write, &name, text.trim_end())?;
    let done = if text.trim().is_empty() { "taken away" } else { "written" };
    let label = format!("note of {} {done}", day::lasting(on, today));
    Ok(Outcome { label, items: Vec::new(), notices: Vec::new() })
}

fn put(write: &Write<'_>, name: &str, text: &str) -> Result<()> {
    if text.chars().count() > MOST {
        return Err(Refusal::input("the note of one day is too long")
            .hint("an artefact or an item takes more: a adds one")
            .into());
    }
    if let Some(wrong) = text.chars().find(|letter| *letter == '\0') {
        return Err(Refusal::input(format!("a note cannot hold {wrong:?}")).into());
    }
    write.set_setting(name, Some(text).filter(|text| !text.trim().is_empty()))?;
    Ok(())
}
