//! What we know and how well: evidence by kind, segment and stage, what it says for and against a
//! claim, and the figures that rest on it (`spec/3-model.md §3.4`). Opinions count nothing.

pub mod balance;
pub mod cadence;
pub mod claim;
pub mod experiment;
pub mod insight;
pub mod matrix;
pub mod median;
pub mod moment;
pub mod objection;
pub mod pipeline;
pub mod segment;

use chrono::NaiveDate;

use super::slugs::slugs;

slugs! {
    /// Where a piece of evidence comes from.
    EvidenceKind {
        Quote => "quote", "quote";
        Call => "call", "call";
        Interview => "interview", "interview";
        Deal => "deal", "deal";
        Ticket => "ticket", "ticket";
        Metric => "metric", "figure";
        Survey => "survey", "survey answer";
        Analyst => "analyst", "analyst note";
        Competitor => "competitor", "competitor note";
        Opinion => "opinion", "opinion";
    }
}

slugs! {
    /// What it is about: the user, or the market.
    Class {
        User => "user", "user";
        Market => "market", "market";
    }
}

slugs! {
    /// What it says about a claim.
    Polarity {
        For => "for", "for";
        Against => "against", "against";
        Neutral => "neutral", "neither";
    }
}

slugs! {
    /// The buying stages, in their order; `unknown` is said, never assumed.
    Stage {
        Unaware => "unaware", "unaware";
        Problem => "problem", "problem";
        Solution => "solution", "solution";
        Proposal => "proposal", "proposal";
        Negotiation => "negotiation", "negotiation";
        Onboarding => "onboarding", "onboarding";
        Renewal => "renewal", "renewal";
        Unknown => "unknown", "unknown";
    }
}

impl EvidenceKind {
    /// The class it has unless somebody says otherwise.
    #[must_use]
    pub fn usual_class(self) -> Class {
        match self {
            Self::Quote
            | Self::Call
            | Self::Interview
            | Self::Ticket
            | Self::Metric
            | Self::Survey
            | Self::Opinion => Class::User,
            Self::Deal | Self::Analyst | Self::Competitor => Class::Market,
        }
    }
}

/// One piece, as the figures see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    pub kind: EvidenceKind,
    pub polarity: Polarity,
    pub account: Option<String>,
    /// Nothing when it is not known.
    pub segment: Option<String>,
    pub stage: Stage,
    pub observed_on: NaiveDate,
    pub captured_on: NaiveDate,
}

impl Piece {
    /// Whether it counts: an opinion does not.
    #[must_use]
    pub fn counts(&self) -> bool {
        self.kind != EvidenceKind::Opinion
    }

    /// Its place in the matrix, when both parts are known.
    #[must_use]
    pub fn cell(&self) -> Option<(&str, Stage)> {
        let segment = self.segment.as_deref()?;
        (self.stage != Stage::Unknown).then_some((segment, self.stage))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::nouns::STAGES;

    #[test]
    fn the_stages_are_those_of_the_fields() {
        let slugs: Vec<&str> = Stage::ALL.iter().map(|stage| stage.slug()).collect();
        assert_eq!(slugs, STAGES);
    }
}
