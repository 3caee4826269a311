//! Mixpanel's raw events, counted: how many of each and by how many people, in each period.
//! Seconds since 1970 are read as the civil time of the project, which is how it writes them.

use std::collections::{BTreeMap, HashSet};
use std::hash::{BuildHasher, RandomState};

use chrono::{DateTime, NaiveDate};

use super::figure::Figure;
use super::shape::Shape;
use super::when::When;
use super::{Found, SeriesOptions, Yield};
use crate::domain::metric::period::{Cadence, Period};
use crate::exchange::backlog::BadCell;
use crate::exchange::dates::{self, End};
use crate::exchange::read_error::ReadError;
use crate::exchange::record::Record;
use crate::exchange::table::Table;

#[derive(Default)]
struct Count {
    line: u64,
    events: u32,
    people: u32,
}

/// One event.
struct Event<'a> {
    name: &'a str,
    day: NaiveDate,
    person: &'a str,
    insert: &'a str,
}

/// # Errors
/// When the file as a whole cannot be read.
pub(super) fn read(
    table: &mut Table,
    shape: &Shape,
    options: &SeriesOptions,
) -> Result<Yield, ReadError> {
    let cadence = options.cadence.unwrap_or(Cadence::Weekly);
    let header = table.header().to_vec();
    let state = RandomState::new();
    let mut inserted: HashSet<u64> = HashSet::new();
    let mut people: HashSet<u64> = HashSet::new();
    let mut counts: BTreeMap<(String, Period), Count> = BTreeMap::new();
    let mut yielded = Yield::default();
    while let Some(record) = table.next_record()? {
        let event = match event(record, shape, &header) {
            Ok(event) => event,
            Err(problem) => {
                yielded.refuse(record.line(), vec![(None, problem)]);
                continue;
            }
        };
        let again = !event.insert.is_empty() && !inserted.insert(state.hash_one(event.insert));
        if again {
            yielded.left_out += 1;
            continue;
        }
        yielded.until = yielded.until.max(event.day.succ_opt());
        let period = Period::of(event.day, cadence, options.fiscal_start_month);
        let count = counts.entry((event.name.to_owned(), period)).or_default();
        if count.line == 0 {
            count.line = record.line();
        }
        count.events = count.events.saturating_add(1);
        let known = event.person.is_empty()
            || !people.insert(state.hash_one((event.name, period, event.person)));
        count.people += u32::from(!known);
    }
    let column = shape.metric.unwrap_or(0);
    for ((name, period), count) in counts {
        let unique = format!("{name} - Unique");
        for (metric, number) in [(name, count.events), (unique, count.people)] {
            yielded.push(Found {
                line: count.line,
                column,
                metric,
                segment: None,
                when: When::Key(period),
                figure: Figure::Bare(f64::from(number)),
            })?;
        }
    }
    Ok(yielded)
}

fn event<'a>(record: &'a Record, shape: &Shape, header: &[String]) -> Result<Event<'a>, BadCell> {
    if let Some(flaw) = record.flaw() {
        return Err(BadCell::of_row(flaw.to_string()));
    }
    let cell =
        |column: Option<usize>| column.and_then(|column| record.get(column)).unwrap_or("").trim();
    let named = |column: Option<usize>| {
        column.and_then(|column| header.get(column)).map_or("", String::as_str)
    };
    let (name, time) = (cell(shape.metric), cell(shape.when));
    if name.is_empty() {
        return Err(BadCell::new(named(shape.metric), "", "it is empty"));
    }
    let day = day(time).ok_or_else(|| BadCell::new(named(shape.when), time, "is not a time"))?;
    Ok(Event { name, day, person: cell(shape.person), insert: cell(shape.insert) })
}

/// Seconds or milliseconds since 1970, or a date.
fn day(text: &str) -> Option<NaiveDate> {
    const MILLISECONDS: i64 = 100_000_000_000;
    if let Ok(seconds) = text.parse::<i64>() {
        let seconds = if seconds > MILLISECONDS { seconds / 1000 } else { seconds };
        let day = DateTime::from_timestamp(seconds, 0)?.date_naive();
        return dates::read(&day.to_string(), None, End::First).ok();
    }
    dates::read(text, None, End::First).ok()
}
