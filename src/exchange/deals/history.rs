//! Salesforce's histories: one row for each change. Rows of other fields, and rows that say from
//! a stage to the same one because the amount changed, are left out.

use chrono::NaiveDate;

use super::row::{Cells, Sheet};
use super::slot::DealSlot;
use crate::domain::metric::deals::Standing;
use crate::exchange::backlog::BadCell;
use crate::exchange::names::normal;
use crate::exchange::record::Record;

/// A deal went into a stage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    pub line: u64,
    /// The id of the deal, when the report has one.
    pub id: Option<String>,
    pub name: Option<String>,
    pub from: Option<String>,
    pub to: String,
    pub on: NaiveDate,
    /// Whether the stage is an end.
    pub standing: Standing,
}

/// Reads one row; `None` when it is about no change of the stage.
///
/// # Errors
/// Every problem of the row.
pub(super) fn read(sheet: &Sheet<'_>, record: &Record) -> Result<Option<Change>, Vec<BadCell>> {
    let mut cells = Cells::of(sheet, record)?;
    let field = cells.line(DealSlot::ChangedField);
    if field.is_some_and(|field| !is_stage(&field)) {
        return Ok(None);
    }
    let to = cells.line(DealSlot::ToStage).or_else(|| cells.line(DealSlot::NewValue));
    let from = cells.line(DealSlot::FromStage).or_else(|| cells.line(DealSlot::OldValue));
    let (id, name) = (cells.line(DealSlot::Id), cells.line(DealSlot::Name));
    let on = cells.day(DealSlot::ChangedOn);
    if id.is_none() && name.is_none() {
        cells.problems.push(BadCell::new("name", "", "it is empty"));
    }
    if on.is_none() && cells.problems.is_empty() {
        cells.problems.push(BadCell::new("changed_on", "", "it is empty"));
    }
    if !cells.problems.is_empty() {
        return Err(cells.problems);
    }
    let (Some(to), Some(on)) = (to, on) else {
        return Ok(None);
    };
    if from.as_ref().is_some_and(|from| normal(from) == normal(&to)) {
        return Ok(None);
    }
    let standing = sheet.ends.standing(&to);
    Ok(Some(Change { line: record.line(), id, name, from, to, on, standing }))
}

fn is_stage(field: &str) -> bool {
    ["stage", "stagename", "phase", "étape", "etapa", "fase", "フェーズ"]
        .contains(&normal(field).as_str())
}
