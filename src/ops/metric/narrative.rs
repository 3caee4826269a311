//! What was said of a figure: what the data means, what changes in the market, which decision should
//! follow. A figure that is off track and of whose period not all three are said is called out.

use crate::domain::metric::{Account, Period};
use crate::domain::part::{Part, PartKind, of_kind};

/// The three that are to be said of a figure, with their labels.
pub const ASKED: [(&str, &str); 3] = [
    ("notes", "what it means"),
    ("market", "what changes in the market"),
    ("decide", "what to decide"),
];

/// What was said last.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Narrative {
    pub meaning: String,
    pub market: String,
    pub decide: String,
    /// The period that it was said of.
    pub period: Option<String>,
    /// Whether there is a figure of a later period meanwhile.
    pub is_old: bool,
    /// The figure is off track and not all is said of it.
    pub untold: Option<Untold>,
}

/// A period of which something is not said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Untold {
    pub period: String,
    /// Labels of what is missing.
    pub missing: Vec<&'static str>,
}

impl Untold {
    /// ` --market '…' --decide '…'`: what is missing, as it is said on the command line.
    #[must_use]
    pub fn flags(&self) -> String {
        let is_missing = |label: &str| self.missing.contains(&label);
        let asked = ASKED.iter().filter(|(_, label)| is_missing(label));
        asked.map(|(field, _)| format!(" --{field} '…'")).collect::<Vec<_>>().concat()
    }

    /// `off track in 2026-W18, not said: what to decide`.
    #[must_use]
    pub fn words(&self) -> String {
        let missing = if self.missing.len() == ASKED.len() {
            "what it means, what changes, what to decide".to_owned()
        } else {
            self.missing.join(", ")
        };
        format!("off track in {}, not said: {missing}", self.period)
    }
}

impl Narrative {
    #[must_use]
    pub fn of(account: &Account, parts: &[Part], fiscal_start_month: u32) -> Self {
        // What was said of periods of another rhythm went with their figures.
        let of = |part: &Part| {
            Period::parse(part.text("period"), fiscal_start_month)
                .filter(|period| period.cadence() == account.terms.cadence)
        };
        let newest = of_kind(parts, PartKind::Narrative)
            .filter_map(|part| Some((of(part)?, part)))
            .max_by_key(|(period, _)| period.first());
        let (period, newest) = newest.unzip();
        let figure = account.newest.map(|one| one.period.first());
        let is_old = period.zip(figure).is_some_and(|(said, figure)| said.first() < figure);
        let said =
            |field: &str| newest.map_or_else(String::new, |part| part.text(field).to_owned());
        // Nothing is asked of a period that still runs.
        let off = account.newest.filter(|_| account.is_off_track() && !account.running);
        let untold = off.and_then(|newest| {
            let period = newest.period.key(fiscal_start_month);
            let told =
                || of_kind(parts, PartKind::Narrative).filter(|part| part.text("period") == period);
            let is_missing = |field: &str| told().all(|part| part.text(field).trim().is_empty());
            let missing: Vec<_> = ASKED
                .iter()
                .filter(|(field, _)| is_missing(field))
                .map(|(_, label)| *label)
                .collect();
            (!missing.is_empty()).then_some(Untold { period, missing })
        });
        let period = period.map(|period| period.key(fiscal_start_month));
        let (meaning, market, decide) = (said("notes"), said("market"), said("decide"));
        Self { meaning, market, decide, period, is_old, untold }
    }

    /// What it means, with the period that this was said of where it is not that of the figure.
    #[must_use]
    pub fn meant(&self) -> String {
        match &self.period {
            Some(period) if self.is_old && !self.meaning.is_empty() => {
                format!("said of {period}: {}", self.meaning)
            }
            Some(_) | None => self.meaning.clone(),
        }
    }
}
