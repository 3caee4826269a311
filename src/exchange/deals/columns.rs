//! Which column of an export feeds which meaning: by the names that CRMs use, in the languages
//! they use them, then by what the user says.

use std::collections::{BTreeMap, BTreeSet};

use super::slot::{DealMapping, DealSlot};
use super::source::DealSource;
use super::{hubspot, salesforce};
use crate::exchange::names::{nearest, normal};
use crate::exchange::read_error::ReadError;

/// Normal names and their meaning; of several for one meaning the first that is there.
pub(super) type Names = &'static [(&'static str, DealSlot)];

/// Names that people give such columns in tables of their own, and that CRMs share.
const PLAIN: Names = &[
    ("id", DealSlot::Id),
    ("deal", DealSlot::Name),
    ("opportunity", DealSlot::Name),
    ("name", DealSlot::Name),
    ("stage", DealSlot::Stage),
    ("status", DealSlot::Stage),
    ("created", DealSlot::Created),
    ("createdon", DealSlot::Created),
    ("closed", DealSlot::Closed),
    ("closedon", DealSlot::Closed),
    ("value", DealSlot::Amount),
    ("currency", DealSlot::Currency),
    ("account", DealSlot::Account),
    ("company", DealSlot::Account),
    ("customer", DealSlot::Account),
    ("segment", DealSlot::Segment),
    ("marketsegment", DealSlot::Segment),
    ("industry", DealSlot::Segment),
    ("owner", DealSlot::Owner),
    ("pipeline", DealSlot::Pipeline),
    ("lostreason", DealSlot::LostReason),
    ("reason", DealSlot::LostReason),
    ("competitor", DealSlot::Competitor),
    ("competitors", DealSlot::Competitor),
    ("maincompetitor", DealSlot::Competitor),
    ("maincompetitor(s)", DealSlot::Competitor),
    ("primarycompetitor", DealSlot::Competitor),
    ("rival", DealSlot::Competitor),
    ("won", DealSlot::IsWon),
    ("lost", DealSlot::IsLost),
    // Salesforce's box, where another column holds the day.
    ("closed", DealSlot::IsClosed),
];

const ALL: [Names; 3] = [hubspot::NAMES, salesforce::NAMES, PLAIN];

/// The columns of one table.
#[derive(Debug, Clone)]
pub(super) struct Columns {
    names: Vec<String>,
    by_slot: BTreeMap<DealSlot, usize>,
    /// Columns that say when a deal came into a stage.
    entered: Vec<(usize, String)>,
}

impl Columns {
    /// # Errors
    /// When a mapping names a column that the table does not have.
    pub fn new(header: &[String], map: &[DealMapping]) -> Result<Self, ReadError> {
        let names: Vec<String> = header.iter().map(|name| normal(name)).collect();
        let mut by_slot = BTreeMap::new();
        for (alias, slot) in ALL.into_iter().flatten() {
            let alias = normal(alias);
            let free = |column: &usize| !by_slot.values().any(|taken| taken == column);
            let found = names.iter().position(|name| *name == alias).filter(free);
            if let (Some(column), false) = (found, by_slot.contains_key(slot)) {
                by_slot.insert(*slot, column);
            }
        }
        let entered = header.iter().enumerate();
        let entered = entered
            .filter(|(column, _)| !by_slot.values().any(|taken| taken == column))
            .filter_map(|(column, name)| Some((column, hubspot::stage_entered(name)?)))
            .collect();
        let mut columns = Self { names: header.to_vec(), by_slot, entered };
        for mapping in map {
            columns.obey(mapping)?;
        }
        Ok(columns)
    }

    fn obey(&mut self, mapping: &DealMapping) -> Result<(), ReadError> {
        let wanted = normal(&mapping.column);
        let found = self.names.iter().position(|name| normal(name) == wanted);
        let column = found.ok_or_else(|| ReadError::UnknownColumn {
            name: mapping.column.clone(),
            candidates: nearest(&mapping.column, self.names.iter().map(String::as_str)),
        })?;
        self.by_slot.retain(|_, taken| *taken != column);
        self.entered.retain(|(taken, _)| *taken != column);
        if let Some(slot) = mapping.slot {
            self.by_slot.insert(slot, column);
        }
        Ok(())
    }

    /// # Errors
    /// When a column is missing without which nothing can be read.
    pub fn check(&self, source: DealSource) -> Result<(), ReadError> {
        let needed: &[(&[DealSlot], &'static str)] = if source == DealSource::SalesforceHistory {
            &[(&[DealSlot::ToStage], "the new stage"), (&[DealSlot::ChangedOn], "the day")]
        } else if source == DealSource::SalesforceFields {
            &[(&[DealSlot::NewValue], "the new value"), (&[DealSlot::ChangedOn], "the day")]
        } else {
            &[(&[DealSlot::Stage, DealSlot::IsWon, DealSlot::IsClosed], "the stage")]
        };
        let name = (&[DealSlot::Name, DealSlot::Id][..], "the name of the deal");
        for (slots, what) in std::iter::once(&name).chain(needed) {
            if !slots.iter().any(|slot| self.by_slot.contains_key(slot)) {
                let hint = "say which with `--map \"Column=field\"`";
                return Err(ReadError::NoColumn { what, columns: self.names.clone(), hint });
            }
        }
        Ok(())
    }

    pub fn of(&self, slot: DealSlot) -> Option<usize> {
        self.by_slot.get(&slot).copied()
    }

    pub fn has(&self, slot: DealSlot) -> bool {
        self.by_slot.contains_key(&slot)
    }

    /// Each column of a day of coming into a stage, with the stage.
    pub fn entered(&self) -> &[(usize, String)] {
        &self.entered
    }

    pub fn name(&self, column: usize) -> &str {
        self.names.get(column).map_or("", String::as_str)
    }

    pub fn width(&self) -> usize {
        self.names.len()
    }

    pub fn days(&self) -> Vec<usize> {
        let named = self.by_slot.iter().filter(|(slot, _)| slot.is_day()).map(|(_, one)| *one);
        named.chain(self.entered.iter().map(|(column, _)| *column)).collect()
    }

    pub fn amounts(&self) -> Vec<usize> {
        self.of(DealSlot::Amount).into_iter().collect()
    }

    /// Each column with the name of its meaning.
    pub fn mapping(&self) -> Vec<(String, Option<&'static str>)> {
        let meaning = |column: usize| {
            let slot = self.by_slot.iter().find(|(_, taken)| **taken == column);
            let entered = self.entered.iter().any(|(taken, _)| *taken == column);
            slot.map(|(slot, _)| slot.name()).or(entered.then_some("stage_entered"))
        };
        let names = self.names.iter().enumerate();
        names.map(|(column, name)| (name.clone(), meaning(column))).collect()
    }
}

/// The normal names of columns in any CRM.
pub(super) fn all_names() -> BTreeSet<String> {
    ALL.into_iter().flatten().map(|(alias, _)| normal(alias)).collect()
}

/// How many of the cells are among these names.
pub(super) fn known(cells: &[&str], names: &BTreeSet<String>) -> usize {
    let known = |name: &String| names.contains(name);
    cells.iter().filter(|cell| cell.len() < 100).map(|cell| normal(cell)).filter(known).count()
}
