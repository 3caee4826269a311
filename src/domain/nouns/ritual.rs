//! A run of a ritual: a standup, a check-in, a review; what was said in it hangs on it.

use super::{state, title};
use crate::domain::field::{Field, FieldKind};
use crate::domain::kind::Kind;
use crate::domain::noun::{Noun, State};

const STATES: &[State] = &[State::open("running").by_verb(), State::closed("finished").by_verb()];
/// The rituals, as `RitualKind` has them.
const RITUALS: &[&str] =
    &["checkin", "monday", "midweek", "friday", "month", "quarter", "standup", "maturity"];
/// What a standup goes through.
pub const ABOUT: &[&str] = &["decisions", "assets"];

#[must_use]
pub fn noun() -> Noun {
    let whole = FieldKind::Whole { least: 0, most: i64::MAX };
    Noun {
        kind: Kind::Ritual,
        letter: "z",
        name: "ritual",
        plural: "rituals",
        what: "A run of a ritual: a standup, a check-in; with what was said in it.",
        example: "Standup, 12 May",
        states: STATES,
        fields: vec![
            title("ritual", "Which ritual, and of what day."),
            state("running"),
            Field::new("ritual", "ritual", FieldKind::Choice(RITUALS), "Which beat it is.")
                .by_verb(),
            Field::new("about", "about", FieldKind::Choice(ABOUT), "What it goes through.")
                .by_verb(),
            Field::new("period", "period", FieldKind::Line, "The day, week or month it is for.")
                .by_verb(),
            Field::new("began_on", "began on", FieldKind::PastDay, "The day it began.").by_verb(),
            Field::new("finished_on", "finished on", FieldKind::PastDay, "The day it ended.")
                .by_verb(),
            Field::new("seconds", "seconds", whole, "The time on the screen.").by_verb(),
            Field::new("note", "minutes", FieldKind::Text, "What came of it, in Markdown.")
                .shared(),
        ],
        due: None,
        columns: &["period", "state"],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ritual::RitualKind;

    #[test]
    fn every_ritual_has_its_slug() {
        let slugs: Vec<&str> = RitualKind::ALL.iter().map(|kind| kind.slug()).collect();
        assert_eq!(slugs, RITUALS);
    }
}
