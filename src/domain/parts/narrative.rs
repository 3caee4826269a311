//! What a figure means: what the data says, what changes in the market, what should be decided.

use crate::domain::field::{Entry, Field, FieldKind};
use crate::domain::kind::Kind;
use crate::domain::part::{Finish, PartKey, PartKind, PartNoun};

/// The slugs of `domain::ritual::impact::Recommendation`, held together by a test.
const RECOMMENDATIONS: &[&str] = &["messaging", "onboarding", "segment-focus", "product-scope"];

#[must_use]
pub fn noun() -> PartNoun {
    PartNoun {
        kind: PartKind::Narrative,
        name: "narrative",
        label: "narrative",
        plural: "narratives",
        table: "narrative",
        what: "For a period: what the data means, what changes in the market, what to decide.",
        owners: &[Kind::Metric],
        key: PartKey::Field("period"),
        main: "period",
        entry: Entry::Free,
        finish: Finish::Never,
        fields: vec![
            Field::new("period", "period", FieldKind::Line, "The period, such as 2026-W19."),
            Field::new("notes", "meaning", FieldKind::Line, "What the data means.")
                .aliases(&["means", "meaning"]),
            Field::new("market", "market", FieldKind::Line, "What changes in the market."),
            Field::new("decide", "decision", FieldKind::Line, "Which decision should follow.")
                .aliases(&["decision"]),
            Field::new(
                "recommends",
                "recommends",
                FieldKind::Choice(RECOMMENDATIONS),
                "Which of the four an off-track figure asks for.",
            ),
        ],
    }
}

#[cfg(test)]
mod tests {
    use super::RECOMMENDATIONS;
    use crate::domain::ritual::impact::Recommendation;

    #[test]
    fn the_recommendations_are_the_four() {
        let slugs: Vec<&str> = Recommendation::ALL.iter().map(|one| one.slug()).collect();
        assert_eq!(slugs, RECOMMENDATIONS);
    }
}
