//! What was said once of a file of figures: what a bare number of a share means, which metric a name
//! is, the order of day and month. It is kept under the names of the file, and used for the next.

use std::path::Path;

use serde_json::{Value as Json, json};

use crate::domain::item::Ref;
use crate::exchange::dates::DayOrder;
use crate::exchange::encoding::Encoding;
use crate::exchange::numbers::Marks;
use crate::exchange::series::{RateAnswer, SeriesSource};
use crate::exchange::{known_table, names};

use super::super::error::Result;
use super::super::workspace::Workspace;
use super::import::FigureRequest;

/// The settings of the workspace under which it is kept.
const PREFIX: &str = "import.figures.";

/// A setting to keep with the figures.
pub type Told = (String, String);

/// What is known of a name of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Known {
    pub rates: Option<RateAnswer>,
    pub metric: Option<Ref>,
}

impl Known {
    /// Whether it says anything.
    pub fn is_something(self) -> bool {
        self != Self::default()
    }
}

/// The setting of a name in files of this shape.
fn of_name(source: SeriesSource, name: &str) -> String {
    let name = name.trim().to_lowercase();
    format!("{PREFIX}{}", names::fingerprint([format!("{} {name}", source.name()).as_str()]))
}

/// The setting of a file with these columns.
fn of_columns(path: &Path, encoding: Option<Encoding>) -> Option<String> {
    let header = known_table::header(path, encoding)?;
    Some(format!("{PREFIX}columns.{}", names::fingerprint(header.iter().map(String::as_str))))
}

/// What is to be kept of a name.
pub fn told(source: SeriesSource, name: &str, known: Known) -> Told {
    let rates = known.rates.map(|rates| match rates {
        RateAnswer::Percent => "percent",
        RateAnswer::Fraction => "fraction",
    });
    let metric = known.metric.map(|metric| metric.to_string());
    (of_name(source, name), json!({ "rates": rates, "metric": metric }).to_string())
}

impl Workspace {
    /// What was said of a name in files of this shape.
    ///
    /// # Errors
    /// A storage error.
    pub(super) fn known_name(&self, source: SeriesSource, name: &str) -> Result<Known> {
        let Some(value) = self.store.setting(&of_name(source, name))? else {
            return Ok(Known::default());
        };
        // Somebody else may have written the setting; what cannot be read is not used.
        let told = serde_json::from_str::<Json>(&value).unwrap_or_default();
        let rates = match told["rates"].as_str() {
            Some("percent") => Some(RateAnswer::Percent),
            Some("fraction") => Some(RateAnswer::Fraction),
            Some(_) | None => None,
        };
        Ok(Known { rates, metric: told["metric"].as_str().and_then(Ref::parse) })
    }

    /// The request with what was said before of files with these columns; what is said now goes
    /// before, and is answered to be kept.
    ///
    /// # Errors
    /// A storage error.
    pub(super) fn with_columns(
        &self,
        request: &FigureRequest,
    ) -> Result<(FigureRequest, Option<Told>)> {
        let Some(setting) = of_columns(&request.path, request.encoding) else {
            return Ok((request.clone(), None));
        };
        let before = self.store.setting(&setting)?;
        let before = before.and_then(|value| serde_json::from_str::<Json>(&value).ok());
        let before = before.unwrap_or_default();
        let said = |name: &str| before[name].as_str();
        let known = FigureRequest {
            dates: request.dates.or_else(|| said("dates")?.parse().ok()),
            marks: request.marks.or_else(|| said("marks")?.parse().ok()),
            ..request.clone()
        };
        if request.dates.is_none() && request.marks.is_none() {
            return Ok((known, None));
        }
        let value = json!({
            "dates": known.dates.map(|order| match order {
                DayOrder::DayFirst => "dmy",
                DayOrder::MonthFirst => "mdy",
            }),
            "marks": known.marks.map(|marks| match marks {
                Marks::Point => "point",
                Marks::Comma => "comma",
            }),
        });
        Ok((known, Some((setting, value.to_string()))))
    }
}
