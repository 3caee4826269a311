//! Deals and what can be counted on them: who won, how long it took, what it was worth, and
//! where they stall (`spec/3-model.md §3.4`). Open deals' close dates are guesses and count nowhere.

pub mod flow;
pub mod money;
pub mod rates;
pub mod stages;

use chrono::NaiveDate;

pub use flow::{Flow, Ways};
pub use money::{Currency, Money};
pub use rates::Rate;

use super::period::Period;

/// Where a deal stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Standing {
    Open,
    Won,
    Lost,
}

impl Standing {
    pub const ALL: [Self; 3] = [Self::Open, Self::Won, Self::Lost];

    #[must_use]
    pub fn slug(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Won => "won",
            Self::Lost => "lost",
        }
    }

    #[must_use]
    pub fn from_slug(slug: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|standing| standing.slug() == slug)
    }
}

/// Whether a deal is with a new customer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Business {
    New,
    Expansion,
}

impl Business {
    #[must_use]
    pub fn slug(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Expansion => "expansion",
        }
    }

    #[must_use]
    pub fn from_slug(slug: &str) -> Option<Self> {
        [Self::New, Self::Expansion].into_iter().find(|one| one.slug() == slug)
    }
}

/// A deal as a CRM tells it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deal {
    /// Stable for its source: the same export gives the same ids again.
    pub external_id: String,
    pub name: String,
    pub account: Option<String>,
    pub segment: Option<String>,
    pub owner: Option<String>,
    pub amount: Option<Money>,
    pub created: Option<NaiveDate>,
    /// Of an open deal, when somebody hopes to close it.
    pub closed: Option<NaiveDate>,
    pub stage: String,
    pub standing: Standing,
    pub reason: Option<String>,
    pub competitor: Option<String>,
    pub pipeline: Option<String>,
    pub business: Option<Business>,
}

impl Deal {
    /// Whether it ended in this period.
    #[must_use]
    pub fn ended_in(&self, period: Period) -> bool {
        self.standing != Standing::Open && self.closed.is_some_and(|day| period.holds(day))
    }

    /// Whether it was created in this period.
    #[must_use]
    pub fn began_in(&self, period: Period) -> bool {
        self.created.is_some_and(|day| period.holds(day))
    }

    /// Whether it is of one of these segments; no segments are all.
    #[must_use]
    pub fn is_in(&self, segments: &[String]) -> bool {
        let own = self.segment.as_deref().unwrap_or("");
        segments.is_empty() || segments.iter().any(|segment| same(segment, own))
    }

    /// Whether this rival was named on it; no rival is any.
    #[must_use]
    pub fn names(&self, rival: Option<&str>) -> bool {
        let named = self.competitor.as_deref().unwrap_or("").trim();
        match rival {
            Some(rival) => named.split([',', ';']).any(|one| same(one, rival)),
            None => !named.is_empty(),
        }
    }
}

/// A deal came into a stage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StageEvent {
    /// The external id of the deal.
    pub deal: String,
    pub stage: String,
    pub entered: NaiveDate,
}

/// Names that people type are the same whatever their case and white space.
fn same(one: &str, other: &str) -> bool {
    one.trim().to_lowercase() == other.trim().to_lowercase()
}

#[cfg(test)]
mod fixture {
    use super::super::fixture::day;
    use super::{Deal, Money, StageEvent, Standing};

    /// `won 2026-02-03 2026-05-18 48000` after the id: created, closed, amount in euros.
    pub fn deal(id: &str, told: &str) -> Deal {
        let words: Vec<&str> = told.split(' ').collect();
        Deal {
            external_id: id.to_owned(),
            name: format!("Deal {id}"),
            account: None,
            segment: None,
            owner: None,
            amount: words.get(3).map(|text| Money::new(text.parse::<i64>().unwrap() * 100, "EUR")),
            created: Some(day(words[1])),
            closed: Some(day(words[2])),
            stage: words[0].to_owned(),
            standing: Standing::from_slug(words[0]).unwrap(),
            reason: None,
            competitor: None,
            pipeline: None,
            business: None,
        }
    }

    pub fn event(deal: &str, stage: &str, entered: &str) -> StageEvent {
        StageEvent { deal: deal.to_owned(), stage: stage.to_owned(), entered: day(entered) }
    }
}
