//! Whether a column writes the day before the month: found in its own dates, else taken from
//! the other columns of the file, else asked.

use std::collections::BTreeMap;

use super::columns::Columns;
use crate::exchange::caps;
use crate::exchange::dates::{self, DayOrder, OrderVote};
use crate::exchange::read_error::ReadError;
use crate::exchange::table::Table;

/// The order of each column of dates that shows one.
#[derive(Debug, Clone, Default)]
pub(super) struct Orders {
    found: BTreeMap<usize, DayOrder>,
    elsewhere: Option<DayOrder>,
}

impl Orders {
    /// The same order for every column.
    pub fn told(order: DayOrder) -> Self {
        Self { found: BTreeMap::new(), elsewhere: Some(order) }
    }

    pub fn of(&self, column: usize) -> Option<DayOrder> {
        self.found.get(&column).copied().or(self.elsewhere)
    }

    /// Reads ahead as far as needed and goes back to the first row.
    ///
    /// # Errors
    /// When no date of the file tells day and month apart, or the file cannot be read.
    pub fn find(table: &mut Table, columns: &Columns) -> Result<Self, ReadError> {
        let days: Vec<usize> = columns.days().collect();
        let mut tally = Tally::default();
        let mut rows = 0;
        while let Some(record) = table.next_record()? {
            rows += 1;
            for column in &days {
                tally.count(*column, record.get(*column).unwrap_or(""));
            }
            if rows >= caps::DATE_ROWS && tally.in_doubt().is_empty() {
                break;
            }
        }
        table.rewind()?;
        tally.verdict(columns)
    }
}

#[derive(Debug, Default)]
struct Tally {
    found: BTreeMap<usize, DayOrder>,
    either: Vec<usize>,
}

impl Tally {
    fn count(&mut self, column: usize, cell: &str) {
        if self.found.contains_key(&column) || cell.trim().is_empty() {
            return;
        }
        match dates::vote(cell) {
            Some(OrderVote::For(order)) => {
                self.found.insert(column, order);
            }
            Some(OrderVote::Either) if !self.either.contains(&column) => self.either.push(column),
            Some(OrderVote::Either | OrderVote::Clear) | None => {}
        }
    }

    fn in_doubt(&self) -> Vec<usize> {
        let open = |column: &&usize| !self.found.contains_key(column);
        self.either.iter().filter(open).copied().collect()
    }

    fn verdict(self, columns: &Columns) -> Result<Orders, ReadError> {
        let in_doubt = self.in_doubt();
        let mut others = self.found.values().copied();
        let first = others.next();
        let elsewhere = first.filter(|first| others.all(|other| other == *first));
        if elsewhere.is_none() && !in_doubt.is_empty() {
            let names = in_doubt.iter().map(|column| columns.name(*column).to_owned());
            return Err(ReadError::DayOrder { columns: names.collect() });
        }
        Ok(Orders { found: self.found, elsewhere })
    }
}
