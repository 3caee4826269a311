//! What was said of a figure: what the data means, what changes in the market, which decision should
//! follow. A figure that is off track and of whose period not all three are said is called out.

use crate::domain::metric::Account;
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
        let newest = of_kind(parts, PartKind::Narrative).max_by_key(|part| part.text("period"));
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
        Self { meaning: said("notes"), market: said("market"), decide: said("decide"), untold }
    }
}
