//! Day before month or month before day: what one date says about its column, and a column
//! about its dates.

use std::str::FromStr;

use super::shape::{Shape, Written};
use crate::exchange::read_error::ReadError;

/// The order in which a column writes day and month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DayOrder {
    DayFirst,
    MonthFirst,
}

impl FromStr for DayOrder {
    type Err = ReadError;

    /// Reads `dmy` and `mdy`.
    fn from_str(text: &str) -> Result<Self, ReadError> {
        match text.to_ascii_lowercase().as_str() {
            "dmy" => Ok(Self::DayFirst),
            "mdy" => Ok(Self::MonthFirst),
            _ => Err(ReadError::UnknownWord {
                what: "order of day and month",
                name: text.to_owned(),
                candidates: vec!["dmy".to_owned(), "mdy".to_owned()],
            }),
        }
    }
}

/// What one date says about the order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OrderVote {
    /// It needs no order.
    Clear,
    For(DayOrder),
    Either,
}

const MONTHS: u32 = 12;

pub fn vote(shape: &Shape) -> OrderVote {
    let Written::Unnamed { first, second, .. } = shape.written else {
        return OrderVote::Clear;
    };
    match (first > MONTHS, second > MONTHS) {
        (true, false) => OrderVote::For(DayOrder::DayFirst),
        (false, true) => OrderVote::For(DayOrder::MonthFirst),
        (false, false) if first != second => OrderVote::Either,
        (true, true) | (false, false) => OrderVote::Clear,
    }
}

/// Year, month and day; `None` when they could be read both ways.
pub fn arrange(shape: &Shape, order: Option<DayOrder>) -> Option<(u32, u32, u32)> {
    let (first, second, year) = match shape.written {
        Written::Named { year, month, day } => return Some((year, month, day)),
        Written::Unnamed { first, second, year } => (first, second, year),
    };
    let order = match (order, vote(shape)) {
        (Some(order), _) | (None, OrderVote::For(order)) => order,
        (None, OrderVote::Clear) => DayOrder::DayFirst,
        (None, OrderVote::Either) => return None,
    };
    Some(match order {
        DayOrder::DayFirst => (year, second, first),
        DayOrder::MonthFirst => (year, first, second),
    })
}
