//! The one thing to do next, and why.

use chrono::{Days, NaiveDate};

use super::super::error::Result;
use super::super::page::Row;
use super::super::workspace::Workspace;
use super::{SOON_DAYS, Section};
use crate::store::NameTable;

impl Workspace {
    /// The one thing to do next: the decision at the top, else the asset in hand that nothing
    /// blocks, else the oldest request; with why. `None` when there is nothing to do.
    ///
    /// # Errors
    /// A storage error.
    pub fn next_thing(&self) -> Result<Option<(Row, NameTable, String)>> {
        let today = self.today()?;
        let pick = |section: Section| today.parts.iter().find(|part| part.section == section);
        let soon = today.day.checked_add_days(Days::new(SOON_DAYS)).unwrap_or(today.day);
        let pressing = |row: &&Row| {
            let due = row.item.kind().noun().due.and_then(|name| row.item.day(name));
            row.late || row.holds > 0 || due.is_some_and(|due| due <= soon)
        };
        let decision = pick(Section::Decide).and_then(|part| part.rows.iter().find(pressing));
        let asset = pick(Section::Make)
            .and_then(|part| part.rows.iter().find(|row| row.blockers.is_empty()));
        let request = pick(Section::Triage).and_then(|part| part.rows.first());
        let any = pick(Section::Decide).and_then(|part| part.rows.first());
        let Some(row) = decision.or(asset).or(request).or(any).cloned() else { return Ok(None) };
        let mut why = self.why(&row, &today.names)?;
        if why.is_empty() {
            why = Self::first_words(&row, today.day);
        }
        Ok(Some((row, today.names, why)))
    }

    /// Why a row comes first that nothing presses: its day, or that nothing blocks it.
    fn first_words(row: &Row, today: NaiveDate) -> String {
        let due = row.item.kind().noun().due.and_then(|name| row.item.day(name));
        due.map_or_else(
            || "nothing blocks it, and nothing else presses".to_owned(),
            |date| format!("due {}", crate::domain::day::short(date, today)),
        )
    }
}
