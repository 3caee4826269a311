//! Figures of metrics out of a file: Amplitude's charts, Mixpanel's events and insights, and
//! tables that lie tall, wide or with the dates across. Every figure keeps its line, and one whose
//! period is not over is marked. Which metrics exist is not known here.

use std::collections::BTreeMap;
use std::path::Path;

use chrono::NaiveDate;

use super::backlog::{BadCell, BadRow};
use super::dates::DayOrder;
use super::delimiter::Delimiter;
use super::encoding::Encoding;
use super::numbers::Marks;
use super::read_error::ReadError;
use super::table::{ReadOptions, Table};
use super::{caps, names};
use crate::domain::metric::period::{Cadence, Period};

pub mod answer;
mod cells;
mod events;
pub mod figure;
mod header;
mod shape;
mod title;
mod when;

pub use figure::{Figure, Question, RateAnswer};
pub use shape::SeriesSource;
use shape::Shape;
use when::{Beginning, Pool, When};

use crate::domain::metric::computed::{Stand, stand};

/// Bad rows that are named; the others are counted.
const NAMED: usize = 20;

/// What becomes of the sound cells of a row in which another cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Keep {
    /// The row is bad as a whole.
    #[default]
    Rows,
    /// They are read all the same.
    Cells,
}

/// Whose figure a bad cell would have been, by metric and segment; `None` where it spoils the row
/// for all of them.
pub type Whose = Option<(String, Option<String>)>;

/// What the user says beside the file.
#[derive(Debug, Clone)]
pub struct SeriesOptions {
    pub today: NaiveDate,
    pub fiscal_start_month: u32,
    pub encoding: Option<Encoding>,
    pub delimiter: Option<Delimiter>,
    pub dates: Option<DayOrder>,
    pub marks: Option<Marks>,
    /// How often the metrics are measured, when the dates cannot tell; of raw events always.
    pub cadence: Option<Cadence>,
    pub keep: Keep,
}

impl SeriesOptions {
    /// Nothing is known but the day.
    #[must_use]
    pub fn on(today: NaiveDate) -> Self {
        Self {
            today,
            fiscal_start_month: 1,
            encoding: None,
            delimiter: None,
            dates: None,
            marks: None,
            cadence: None,
            keep: Keep::Rows,
        }
    }
}

/// One figure of one period.
#[derive(Debug, Clone, PartialEq)]
pub struct Point {
    pub line: u64,
    /// The name of the column it stands in.
    pub column: String,
    /// As the file names it.
    pub metric: String,
    pub segment: Option<String>,
    pub period: Period,
    pub figure: Figure,
    /// Whether the period is over: a running one may still change.
    pub stand: Stand,
}

/// What a file holds.
#[derive(Debug, Clone)]
pub struct Series {
    pub source: SeriesSource,
    pub encoding: Encoding,
    pub delimiter: Delimiter,
    /// SHA-256 of the file, and over the names of its columns.
    pub sha256: String,
    pub fingerprint: String,
    pub points: Vec<Point>,
    /// The first bad rows, and how many there are.
    pub bad: Vec<BadRow>,
    pub bad_total: u64,
    /// The first that cannot be read of each metric.
    pub spoilt: BTreeMap<Whose, BadRow>,
    /// Columns that nothing is read from.
    pub unmapped: Vec<String>,
    /// Totals, footers and rows of an earlier time span that were left out.
    pub left_out: u64,
}

/// A figure before it is known how often its metric is measured.
pub(in crate::exchange::series) struct Found {
    pub line: u64,
    pub column: usize,
    pub metric: String,
    pub segment: Option<String>,
    pub when: When,
    pub figure: Figure,
}

/// What the rows of one file come to.
#[derive(Default)]
pub(in crate::exchange::series) struct Yield {
    pub found: Vec<Found>,
    pub bad: Vec<BadRow>,
    pub bad_total: u64,
    pub spoilt: BTreeMap<Whose, BadRow>,
    pub left_out: u64,
    /// The day after the last one that the file knows of, where it is not the running one.
    pub until: Option<NaiveDate>,
}

impl Yield {
    /// # Errors
    /// When there are more figures than prewire takes.
    pub fn push(&mut self, found: Found) -> Result<(), ReadError> {
        if self.found.len() >= caps::FIGURES {
            return Err(ReadError::ManyFigures);
        }
        self.found.push(found);
        Ok(())
    }

    pub fn refuse(&mut self, line: u64, spoilt: Vec<(Whose, BadCell)>) {
        let mut problems = Vec::new();
        for (whose, problem) in spoilt {
            let row = || BadRow { line, problems: vec![problem.clone()] };
            self.spoilt.entry(whose).or_insert_with(row);
            problems.push(problem);
        }
        self.bad_total += 1;
        if self.bad.len() < NAMED {
            self.bad.push(BadRow { line, problems });
        }
    }
}

impl Series {
    /// Reads the whole file.
    ///
    /// # Errors
    /// When it cannot be read, has no column of days, or days, numbers or the cadence can be
    /// read two ways.
    pub fn read(path: &Path, options: &SeriesOptions) -> Result<Self, ReadError> {
        let (encoding, delimiter) = (options.encoding, options.delimiter);
        let reading = ReadOptions { encoding, delimiter, score: &header::score };
        let mut table = Table::open(path, &reading)?;
        let title = title::read(path, &table)?;
        let shape = Shape::of(&mut table, &title)?;
        let mut yielded = match shape.source {
            SeriesSource::MixpanelEvents => events::read(&mut table, &shape, options)?,
            SeriesSource::Amplitude
            | SeriesSource::MixpanelInsights
            | SeriesSource::Tall
            | SeriesSource::Wide
            | SeriesSource::Across => cells::read(&mut table, &shape, options)?,
        };
        yielded.left_out += table.left_out();
        let header = table.header();
        let mut series = Self {
            source: shape.source,
            encoding: table.encoding(),
            delimiter: table.delimiter(),
            sha256: table.sha256().to_owned(),
            fingerprint: names::fingerprint(header.iter().map(String::as_str)),
            points: Vec::new(),
            unmapped: shape.unmapped(header),
            left_out: yielded.left_out,
            bad: Vec::new(),
            bad_total: 0,
            spoilt: BTreeMap::new(),
        };
        series.settle(yielded, header, options)?;
        Ok(series)
    }

    /// Makes points out of what was found: each with its period, no period twice.
    fn settle(
        &mut self,
        mut yielded: Yield,
        header: &[String],
        options: &SeriesOptions,
    ) -> Result<(), ReadError> {
        let pool = match self.source {
            SeriesSource::Amplitude | SeriesSource::Across | SeriesSource::Wide => Pool::File,
            SeriesSource::MixpanelEvents | SeriesSource::MixpanelInsights | SeriesSource::Tall => {
                Pool::Metric
            }
        };
        let cadences = when::cadences(&yielded.found, options.cadence, pool)?;
        let today = yielded.until.map_or(options.today, |until| until.min(options.today));
        let beginning = match self.source {
            SeriesSource::Amplitude
            | SeriesSource::MixpanelEvents
            | SeriesSource::MixpanelInsights => Beginning::FirstDay,
            SeriesSource::Tall | SeriesSource::Wide | SeriesSource::Across => Beginning::AnyDay,
        };
        let mut seen: BTreeMap<(String, Option<String>, Period), u64> = BTreeMap::new();
        let found = std::mem::take(&mut yielded.found);
        for one in found {
            let column = header.get(one.column).map_or("", String::as_str);
            let cadence = cadences.get(&one.metric).copied().unwrap_or(Cadence::Weekly);
            let period = one.when.period(cadence, beginning, options.fiscal_start_month);
            let key = (one.metric.clone(), one.segment.clone(), period);
            if let Some(earlier) = seen.get(&key) {
                let when = period.key(options.fiscal_start_month);
                let why = format!("“{}” has {when} in row {earlier} already", one.metric);
                let whose = Some((one.metric, one.segment));
                yielded.refuse(one.line, vec![(whose, BadCell::new(column, "", why))]);
                continue;
            }
            seen.insert(key, one.line);
            self.points.push(Point {
                line: one.line,
                column: column.to_owned(),
                metric: one.metric,
                segment: one.segment,
                stand: stand(period, today),
                period,
                figure: one.figure,
            });
        }
        (self.bad, self.bad_total) = (yielded.bad, yielded.bad_total);
        self.spoilt = yielded.spoilt;
        self.bad.sort_by_key(|row| row.line);
        Ok(())
    }

    /// The names of the metrics in the file, in their order.
    #[must_use]
    pub fn metrics(&self) -> Vec<&str> {
        let mut names: Vec<&str> = Vec::new();
        for point in &self.points {
            if names.last() != Some(&point.metric.as_str())
                && !names.contains(&point.metric.as_str())
            {
                names.push(&point.metric);
            }
        }
        names
    }

    /// What must be asked before the figures of this metric can be taken as shares.
    #[must_use]
    pub fn question(&self, metric: &str) -> Option<Question> {
        let of = self.points.iter().filter(|point| point.metric == metric);
        figure::question(metric, of.map(|point| point.figure))
    }
}

#[cfg(test)]
mod tests;
