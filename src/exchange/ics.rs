//! iCalendar (RFC 5545) in and out. A file is read strictly and refused whole with its line; of
//! what is in it, only events count: alarms, attachments, links and the rules of zones are
//! skipped and counted, never run, fetched or believed; where a name is of no use, a zone with the
//! same clock stands for it.

mod clock;
mod component;
mod expand;
mod fold;
mod kept;
mod occurrences;
mod often;
mod property;
mod read;
mod rule;
mod series;
mod text;
mod when;
mod words;
mod write;
mod zones;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use crate::domain::zone::Zone;
use chrono::NaiveDate;

use super::event::{Event, ZoneQuestion};

pub use kept::{Kept, KeptReading, keep, of_event, ready};
pub use read::{Ready, read, read_text, text_of};
pub use write::{Outgoing, write};
pub use zones::{nearest_zone, windows_zone};

/// What the caller wants of a calendar, and knows better than the file.
#[derive(Debug, Clone, Copy)]
pub struct Wanted<'a> {
    /// First civil day of the window.
    pub from: NaiveDate,
    /// Last civil day of the window.
    pub to: NaiveDate,
    /// The zone of the person, for times without one.
    pub home: Zone,
    /// The person's own addresses.
    pub me: &'a [String],
    /// Answers to earlier questions: zone names as files write them.
    pub zones: &'a BTreeMap<String, Zone>,
}

/// What a file gives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reading {
    Calendar(Calendar),
    /// It can be read once these are answered.
    Asks(Vec<ZoneQuestion>),
}

/// The events of a file within the window, ordered by start.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Calendar {
    pub name: Option<String>,
    pub events: Vec<Event>,
    pub left_out: LeftOut,
}

/// What was seen and not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct LeftOut {
    /// Tasks, journals, free and busy times.
    pub components: usize,
    pub alarms: usize,
    pub attachments: usize,
    /// Lines that a vendor added and that are not even well formed.
    pub malformed: usize,
    /// Events without an instance in the window.
    pub outside: usize,
}
