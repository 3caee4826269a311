//! What the cells of a column say together about how it is written, where one cell alone can be
//! read two ways: by its own cells, else by the other columns of the file, else it is asked.

use std::collections::BTreeMap;

use super::dates::{self, DayOrder, OrderVote};

/// What one cell says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Vote<T> {
    /// It reads the same in every way.
    Clear,
    For(T),
    Either,
}

/// The votes of the columns of a table.
#[derive(Debug, Clone)]
pub struct Votes<T> {
    found: BTreeMap<usize, T>,
    either: Vec<usize>,
}

/// How each column is written.
#[derive(Debug, Clone)]
pub struct Verdicts<T> {
    found: BTreeMap<usize, T>,
    elsewhere: Option<T>,
}

impl<T> Default for Votes<T> {
    fn default() -> Self {
        Self { found: BTreeMap::new(), either: Vec::new() }
    }
}

impl<T: Copy + PartialEq> Votes<T> {
    /// Counts what a cell says; `None` for a cell that says nothing at all.
    pub fn count(&mut self, column: usize, vote: Option<Vote<T>>) {
        match vote {
            Some(Vote::For(way)) => {
                self.found.entry(column).or_insert(way);
            }
            Some(Vote::Either) if !self.either.contains(&column) => self.either.push(column),
            Some(Vote::Either | Vote::Clear) | None => {}
        }
    }

    /// Columns that have cells of two readings and none that decides.
    #[must_use]
    pub fn in_doubt(&self) -> Vec<usize> {
        let open = |column: &&usize| !self.found.contains_key(column);
        self.either.iter().filter(open).copied().collect()
    }

    /// # Errors
    /// The columns that stay in doubt, when the others do not agree on one way.
    pub fn verdict(self) -> Result<Verdicts<T>, Vec<usize>> {
        let in_doubt = self.in_doubt();
        let verdicts = self.left_open();
        if verdicts.elsewhere.is_none() && !in_doubt.is_empty() {
            return Err(in_doubt);
        }
        Ok(verdicts)
    }

    /// The same with the columns in doubt left open, so that only their own cells cannot be read.
    #[must_use]
    pub fn left_open(self) -> Verdicts<T> {
        let mut others = self.found.values().copied();
        let first = others.next();
        let elsewhere = first.filter(|first| others.all(|other| other == *first));
        Verdicts { found: self.found, elsewhere }
    }
}

impl<T: Copy> Verdicts<T> {
    /// The same for every column.
    #[must_use]
    pub fn told(way: T) -> Self {
        Self { found: BTreeMap::new(), elsewhere: Some(way) }
    }

    #[must_use]
    pub fn of(&self, column: usize) -> Option<T> {
        self.found.get(&column).copied().or(self.elsewhere)
    }
}

/// What a date says about the order of day and month.
#[must_use]
pub fn of_day(cell: &str) -> Option<Vote<DayOrder>> {
    dates::vote(cell).map(|vote| match vote {
        OrderVote::Clear => Vote::Clear,
        OrderVote::For(order) => Vote::For(order),
        OrderVote::Either => Vote::Either,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn votes(cells: &[(usize, &str)]) -> Votes<DayOrder> {
        let mut votes = Votes::default();
        for (column, cell) in cells {
            votes.count(*column, of_day(cell));
        }
        votes
    }

    #[test]
    fn a_column_decides_by_its_own_cells_then_by_the_others() {
        let own = votes(&[(0, "6/7/2026"), (0, "6/18/2026"), (1, "3/4/2026")]).verdict().unwrap();
        assert_eq!(own.of(0), Some(DayOrder::MonthFirst));
        assert_eq!(own.of(1), Some(DayOrder::MonthFirst));
        assert_eq!(votes(&[(0, "2026-05-04")]).verdict().unwrap().of(0), None);
    }

    #[test]
    fn what_nobody_decides_is_asked() {
        assert_eq!(votes(&[(2, "6/7/2026")]).verdict().unwrap_err(), [2]);
        let torn = votes(&[(0, "6/18/2026"), (1, "18/6/2026"), (2, "6/7/2026")]);
        assert_eq!(torn.clone().verdict().unwrap_err(), [2]);
        let open = torn.left_open();
        assert_eq!(
            [open.of(0), open.of(1), open.of(2)],
            [Some(DayOrder::MonthFirst), Some(DayOrder::DayFirst), None]
        );
    }
}
