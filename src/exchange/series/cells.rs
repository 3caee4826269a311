//! The figures of a table, cell by cell, with every cell that holds none. An empty cell is a gap.

use super::figure::{self, Figure, Why};
use super::shape::{SeriesSource, Shape};
use super::when::{self, When};
use super::{Found, Keep, SeriesOptions, Whose, Yield};
use crate::domain::refusal::Unclear;
use crate::exchange::backlog::BadCell;
use crate::exchange::caps;
use crate::exchange::dates::{DayOrder, NoDate};
use crate::exchange::numbers::{self, Marks};
use crate::exchange::read_error::ReadError;
use crate::exchange::record::Record;
use crate::exchange::table::Table;
use crate::exchange::votes::{self, Verdicts, Votes};

/// What one row comes to.
#[derive(Default)]
struct Row {
    found: Vec<Found>,
    spoilt: Vec<(Whose, BadCell)>,
}

/// What is needed to read the cells of a table.
struct Sheet<'a> {
    shape: &'a Shape,
    header: Vec<String>,
    order: Option<DayOrder>,
    marks: Verdicts<Marks>,
    fiscal_start_month: u32,
}

/// # Errors
/// When days or numbers can be read two ways, or the file as a whole cannot be read.
pub(super) fn read(
    table: &mut Table,
    shape: &Shape,
    options: &SeriesOptions,
) -> Result<Yield, ReadError> {
    let sheet = sheet(table, shape, options)?;
    let mut yielded = Yield::default();
    let across = sheet.across()?;
    while let Some(record) = table.next_record()? {
        if shape.source == SeriesSource::Amplitude && sheet.is_previous(record) {
            yielded.left_out += 1;
            continue;
        }
        let line = record.line();
        let row = sheet.row(record, &across);
        let is_sound = row.spoilt.is_empty();
        if !is_sound {
            yielded.refuse(line, row.spoilt);
        }
        if is_sound || options.keep == Keep::Cells {
            for found in row.found {
                yielded.push(found)?;
            }
        }
    }
    Ok(yielded)
}

/// Finds out how the columns write days and numbers.
fn sheet<'a>(
    table: &mut Table,
    shape: &'a Shape,
    options: &SeriesOptions,
) -> Result<Sheet<'a>, ReadError> {
    let header = table.header().to_vec();
    let mut orders = Votes::default();
    let mut marks = Votes::default();
    for column in &shape.values {
        orders.count(0, votes::of_day(&header[*column]));
    }
    if shape.when.is_some() {
        orders = Votes::default();
    }
    let mut rows = 0;
    while let Some(record) = table.next_record()? {
        rows += 1;
        let cell = |column: usize| record.get(column).unwrap_or("").trim();
        if let Some(column) = shape.when {
            orders.count(column, votes::of_day(cell(column)));
        }
        for column in shape.values.iter().copied() {
            // With dates across, all columns write numbers alike.
            let voter = if shape.when.is_some() { column } else { 0 };
            if numbers::k_of_n(cell(column)).is_none() {
                marks.count(voter, numbers::vote(cell(column)));
            }
        }
        let sure = orders.in_doubt().is_empty() && marks.in_doubt().is_empty();
        if rows >= caps::DATE_ROWS && sure {
            break;
        }
    }
    table.rewind()?;
    let name = |column: &usize| header.get(*column).cloned().unwrap_or_default();
    let orders = match options.dates {
        Some(order) => Verdicts::told(order),
        None => orders
            .verdict()
            .map_err(|doubt| ReadError::DayOrder { columns: doubt.iter().map(name).collect() })?,
    };
    let marks = match (options.marks, shape.source) {
        (Some(way), _) => Verdicts::told(way),
        // These two write numbers in one way, whoever exports.
        (None, SeriesSource::Amplitude | SeriesSource::MixpanelInsights) => {
            Verdicts::told(Marks::Point)
        }
        // What one column leaves open is nothing against the others, where each cell counts alone.
        (None, _) if options.keep == Keep::Cells => marks.left_open(),
        (None, _) => marks.verdict().map_err(|doubt| ReadError::Marks {
            columns: doubt
                .iter()
                .map(|column| match shape.when {
                    Some(_) => name(column),
                    None => shape.values.first().map(name).unwrap_or_default(),
                })
                .collect(),
        })?,
    };
    let order = orders.of(shape.when.unwrap_or(0));
    let fiscal_start_month = options.fiscal_start_month;
    Ok(Sheet { shape, header, order, marks, fiscal_start_month })
}

impl Sheet<'_> {
    /// When the columns were measured, where the dates lie across.
    fn across(&self) -> Result<Vec<(usize, When)>, ReadError> {
        if self.shape.when.is_some() {
            return Ok(Vec::new());
        }
        let mut across = Vec::new();
        for column in &self.shape.values {
            match when::read(&self.header[*column], self.order, self.fiscal_start_month) {
                Ok(when) => across.push((*column, when)),
                Err(NoDate::Ambiguous) => {
                    return Err(ReadError::DayOrder {
                        columns: vec![self.header[*column].clone()],
                    });
                }
                Err(NoDate::NotADate | NoDate::OutOfRange) => {
                    let columns = vec![self.header[*column].clone()];
                    let hint = "write the date as 2026-05-04";
                    return Err(ReadError::NoColumn { what: "a date that exists", columns, hint });
                }
            }
        }
        Ok(across)
    }

    /// Amplitude's rows of the time span before.
    fn is_previous(&self, record: &Record) -> bool {
        let labels = self.shape.segments.iter();
        labels.filter_map(|column| record.get(*column)).any(|label| label.contains("[Previous]"))
    }

    /// The figures of one row, and what of it cannot be read.
    fn row(&self, record: &Record, across: &[(usize, When)]) -> Row {
        let mut row = Row::default();
        if let Some(flaw) = record.flaw() {
            row.spoilt.push((None, BadCell::of_row(flaw.to_string())));
            return row;
        }
        let cell = |column: usize| record.get(column).unwrap_or("").trim();
        let segment = self.segment(record);
        let whose = |metric: String| Some((metric, segment.clone()));
        let own = match self.shape.when {
            None => None,
            Some(column) => match when::read(cell(column), self.order, self.fiscal_start_month) {
                Ok(when) => Some(when),
                Err(error) => {
                    // A row of one figure is of one metric; else nobody has a day.
                    let one = self.shape.metric.map(|_| self.metric(record, column));
                    let problem = BadCell::new(&self.header[column], cell(column), error.why());
                    let unclear = (error == NoDate::Ambiguous).then_some(Unclear::Dates);
                    let problem = problem.unclear(unclear);
                    row.spoilt.push((one.and_then(whose), problem));
                    None
                }
            },
        };
        for (column, figure) in self.figures(record) {
            let metric = self.metric(record, column);
            if metric.is_empty() {
                row.spoilt.push((None, BadCell::new("metric", "", "it is empty")));
            }
            let when = own.or_else(|| across.iter().find(|one| one.0 == column).map(|one| one.1));
            match (figure, when) {
                (Err(problem), _) => row.spoilt.push((whose(metric), problem)),
                (Ok(figure), Some(when)) if !metric.is_empty() => {
                    let (line, segment) = (record.line(), segment.clone());
                    row.found.push(Found { line, column, metric, segment, when, figure });
                }
                (Ok(_), _) => {}
            }
        }
        row
    }

    /// What stands in the columns of figures; an empty one says nothing.
    fn figures(&self, record: &Record) -> Vec<(usize, Result<Figure, BadCell>)> {
        let cell = |column: usize| record.get(column).unwrap_or("").trim();
        if let Some((k, n)) = self.shape.counts {
            if cell(k).is_empty() && cell(n).is_empty() {
                return Vec::new();
            }
            return match figure::read(&format!("{}/{}", cell(k), cell(n)), None) {
                Ok(figure @ Figure::Counted { .. }) => vec![(k, Ok(figure))],
                Ok(_) => Vec::new(),
                Err(why) => {
                    let text = format!("{} of {}", cell(k), cell(n));
                    vec![(k, Err(spoilt(&self.header[k], &text, &why)))]
                }
            };
        }
        let mut found = Vec::new();
        for column in self.shape.values.iter().copied() {
            let text = cell(column);
            if text.is_empty() || ["-", "–", "n/a", "N/A"].contains(&text) {
                continue;
            }
            let voter = if self.shape.when.is_some() { column } else { 0 };
            let figure = figure::read(text, self.marks.of(voter));
            let figure = figure.map_err(|why| spoilt(&self.header[column], text, &why));
            found.push((column, figure));
        }
        found
    }

    fn metric(&self, record: &Record, column: usize) -> String {
        let named = self.shape.metric.map(|at| record.get(at).unwrap_or("").trim().to_owned());
        let titled = || self.shape.title.clone();
        let own = || match self.shape.source {
            SeriesSource::Wide => self.header[column].clone(),
            SeriesSource::Amplitude => "chart".to_owned(),
            SeriesSource::MixpanelEvents
            | SeriesSource::MixpanelInsights
            | SeriesSource::Tall
            | SeriesSource::Across => String::new(),
        };
        named.or_else(titled).unwrap_or_else(own)
    }

    /// What parts this row from others of the metric; `None` for all together.
    fn segment(&self, record: &Record) -> Option<String> {
        const WHOLE: [&str; 5] = ["", "all users", "all", "overall", "$overall"];
        let labels = self.shape.segments.iter().filter_map(|column| record.get(*column));
        let parts: Vec<&str> = labels
            .map(str::trim)
            .filter(|label| !WHOLE.contains(&label.to_lowercase().as_str()))
            .collect();
        (!parts.is_empty()).then(|| parts.join(" · "))
    }
}

fn spoilt(column: &str, text: &str, why: &Why) -> BadCell {
    BadCell::new(column, text, why.words).unclear(why.unclear)
}
