//! What changed in the business: the three questions of the month, answered by what is on record
//! and by nothing else, and the recommendation that an off-track figure must carry.

use super::super::slugs::slugs;

slugs! {
    /// What kind of change in the business it was.
    ImpactKind {
        Revenue => "revenue", "revenue";
        Pipeline => "pipeline", "pipeline";
        Win => "win", "competitive win";
        Margin => "margin", "margin";
        Cycle => "cycle", "sales cycle";
        Adoption => "adoption", "adoption";
        Perception => "perception", "perception";
        Roadmap => "roadmap", "roadmap";
    }
}

slugs! {
    /// The three questions that the month asks.
    Question {
        Perception => "perception", "Did we shift how the market sees us?";
        Deals => "deals", "Did we help close more high-value deals?";
        Roadmap => "roadmap", "Did we influence a roadmap that drives adoption?";
    }
}

slugs! {
    /// What an off-track figure asks for: recommendations, not results.
    Recommendation {
        Messaging => "messaging", "change the messaging";
        Onboarding => "onboarding", "change the onboarding";
        SegmentFocus => "segment-focus", "change the segment focus";
        ProductScope => "product-scope", "change the product scope";
    }
}

impl Recommendation {
    /// By its name, or the beginning of one; `segment focus` as `segment-focus`.
    #[must_use]
    pub fn named(word: &str) -> Option<Self> {
        let word = word.trim().to_lowercase().replace(' ', "-");
        let begins = |one: &&Self| one.slug().starts_with(&word) && !word.is_empty();
        let scope = "scope".starts_with(&word) && word.len() > 1;
        let found = Self::ALL.iter().find(begins).copied();
        found.or(scope.then_some(Self::ProductScope))
    }
}

/// What stands under a question without a change on record.
pub const NO_EVIDENCE: &str = "no evidence";

/// A change on record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Impact {
    pub kind: ImpactKind,
    pub change: String,
}

impl Question {
    /// Whether a change of this kind answers it.
    #[must_use]
    pub fn is_answered_by(self, kind: ImpactKind) -> bool {
        let answers = match kind {
            ImpactKind::Perception => Self::Perception,
            ImpactKind::Revenue
            | ImpactKind::Pipeline
            | ImpactKind::Win
            | ImpactKind::Margin
            | ImpactKind::Cycle => Self::Deals,
            ImpactKind::Adoption | ImpactKind::Roadmap => Self::Roadmap,
        };
        self == answers
    }

    /// The changes that answer it, or that there is no evidence.
    #[must_use]
    pub fn answers(self, impacts: &[Impact]) -> Vec<&str> {
        let found: Vec<&str> = impacts
            .iter()
            .filter(|impact| self.is_answered_by(impact.kind))
            .map(|impact| impact.change.as_str())
            .collect();
        if found.is_empty() { vec![NO_EVIDENCE] } else { found }
    }
}

/// The first line of every review: what changed, before anything that was made.
#[must_use]
pub fn opening(changes: usize) -> String {
    match changes {
        1 => "1 change evidenced".to_owned(),
        count => format!("{count} changes evidenced"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_answers_one_question() {
        for kind in ImpactKind::ALL {
            let count =
                Question::ALL.iter().filter(|question| question.is_answered_by(*kind)).count();
            assert_eq!(count, 1, "{kind}");
        }
    }

    #[test]
    fn a_recommendation_is_known_by_how_it_begins() {
        let named = Recommendation::named;
        assert_eq!(named("m"), Some(Recommendation::Messaging));
        assert_eq!(named("Segment focus"), Some(Recommendation::SegmentFocus));
        assert_eq!(named("scope"), Some(Recommendation::ProductScope));
        assert_eq!((named(""), named("more campaigns")), (None, None));
    }

    #[test]
    fn a_question_without_a_change_says_so() {
        assert_eq!(opening(0), "0 changes evidenced");
        let impacts = [Impact { kind: ImpactKind::Win, change: "Acme over Rivo".to_owned() }];
        assert_eq!(opening(impacts.len()), "1 change evidenced");
        assert_eq!(Question::Deals.answers(&impacts), ["Acme over Rivo"]);
        assert_eq!(Question::Perception.answers(&impacts), ["no evidence"]);
    }
}
