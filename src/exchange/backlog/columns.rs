//! Which column of a table feeds which meaning: by the names that its source uses, then by
//! what the user says.

use std::collections::BTreeMap;

use super::slot::{Mapping, Room, Slot};
use super::source::Layout;
use crate::exchange::names::{nearest, normal};
use crate::exchange::read_error::ReadError;

/// The columns of one table.
#[derive(Debug, Clone)]
pub(super) struct Columns {
    names: Vec<String>,
    by_slot: BTreeMap<Slot, Vec<usize>>,
    told: Vec<usize>,
    left_out: Vec<usize>,
}

impl Columns {
    /// # Errors
    /// When a mapping names a column that the table does not have.
    pub fn new(header: &[String], layout: &Layout, map: &[Mapping]) -> Result<Self, ReadError> {
        let mut columns = Self {
            names: header.to_vec(),
            by_slot: BTreeMap::new(),
            told: Vec::new(),
            left_out: Vec::new(),
        };
        columns.find(layout);
        for mapping in map {
            columns.obey(mapping)?;
        }
        Ok(columns)
    }

    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// Each column with the name of its meaning.
    pub fn mapping(&self) -> Vec<(String, Option<&'static str>)> {
        let names = self.names.iter().enumerate();
        names.map(|(column, name)| (name.clone(), self.slot_of(column).map(Slot::name))).collect()
    }

    pub fn name(&self, column: usize) -> &str {
        self.names.get(column).map_or("", String::as_str)
    }

    pub fn of(&self, slot: Slot) -> &[usize] {
        self.by_slot.get(&slot).map_or(&[], Vec::as_slice)
    }

    /// The fields that only some of the kinds have and a column was told to be.
    pub fn fields(&self) -> Vec<&'static str> {
        let field = |slot: &Slot| if let Slot::Field(name) = slot { Some(*name) } else { None };
        self.by_slot.keys().filter_map(field).collect()
    }

    /// Whether the user said what this column is.
    pub fn is_told(&self, column: usize) -> bool {
        self.told.contains(&column)
    }

    pub fn days(&self) -> impl Iterator<Item = usize> {
        self.by_slot.iter().filter(|(slot, _)| slot.is_day()).flat_map(|(_, found)| found).copied()
    }

    /// Names of columns that nothing is read from, each once.
    pub fn unmapped(&self) -> Vec<String> {
        let mut names: Vec<String> = Vec::new();
        for (column, name) in self.names.iter().enumerate() {
            let used = self.slot_of(column).is_some() || self.left_out.contains(&column);
            if !used && !name.is_empty() && !names.contains(name) {
                names.push(name.clone());
            }
        }
        names
    }

    fn slot_of(&self, column: usize) -> Option<Slot> {
        let found = self.by_slot.iter().find(|(_, columns)| columns.contains(&column));
        found.map(|(slot, _)| *slot)
    }

    fn find(&mut self, layout: &Layout) {
        let names: Vec<String> = self.names.iter().map(|name| normal(name)).collect();
        for (alias, slot) in layout.columns {
            let found: Vec<usize> =
                (0..names.len()).filter(|column| names[*column] == *alias).collect();
            let taken = self.by_slot.contains_key(slot) && slot.room() == Room::One;
            if !found.is_empty() && !taken {
                self.by_slot.entry(*slot).or_default().extend(found);
            }
        }
    }

    fn obey(&mut self, mapping: &Mapping) -> Result<(), ReadError> {
        let wanted = normal(&mapping.column);
        let found: Vec<usize> =
            (0..self.names.len()).filter(|column| normal(&self.names[*column]) == wanted).collect();
        if found.is_empty() {
            return Err(ReadError::UnknownColumn {
                name: mapping.column.clone(),
                candidates: nearest(&mapping.column, self.names.iter().map(String::as_str)),
            });
        }
        for columns in self.by_slot.values_mut() {
            columns.retain(|column| !found.contains(column));
        }
        let Some(slot) = mapping.slot else {
            self.left_out.extend(found);
            return Ok(());
        };
        let columns = self.by_slot.entry(slot).or_default();
        if slot.room() == Room::One {
            columns.retain(|column| self.told.contains(column));
        }
        columns.extend(&found);
        self.told.extend(found);
        Ok(())
    }
}
