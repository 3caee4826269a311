//! How far a narrative is in use, by stage, from scored calls (`spec/3-model.md §3.4`).

use std::collections::{BTreeMap, BTreeSet};

use super::super::evidence::Stage;
use super::super::slugs::slugs;
use super::super::week::share::Share;

slugs! {
    /// How an element was said in a call, or on a surface.
    Score {
        Absent => "0", "absent";
        Partly => "1", "partly";
        Whole => "2", "as agreed";
    }
}

/// The points of an element that is said as agreed.
pub const MOST_POINTS: i64 = 2;

impl Score {
    #[must_use]
    pub fn points(self) -> i64 {
        match self {
            Self::Absent => 0,
            Self::Partly => 1,
            Self::Whole => MOST_POINTS,
        }
    }
}

/// One call that was listened to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScoredCall {
    pub stage: Stage,
    pub rep: String,
    /// Element and score; an expected element without a score counts as absent.
    pub scores: Vec<(String, Score)>,
}

/// The adoption at one stage, and what it rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Adoption {
    /// Points, of two for each expected element in each call.
    pub share: Share,
    pub calls: usize,
    pub reps: usize,
}

impl Adoption {
    #[must_use]
    pub fn words(self) -> String {
        let many = |count: usize, name: &str| {
            format!("{count} {name}{}", if count == 1 { "" } else { "s" })
        };
        let (calls, reps) = (many(self.calls, "call"), many(self.reps, "rep"));
        format!("{} · {calls}, {reps}", self.share.in_points(self.calls))
    }
}

/// The adoption at each stage for which elements are expected; scores of other elements are not
/// counted, and of two scores of one element in a call the last counts.
#[must_use]
pub fn by_stage(
    expected: &BTreeMap<Stage, BTreeSet<String>>,
    calls: &[ScoredCall],
) -> BTreeMap<Stage, Adoption> {
    expected.iter().map(|(stage, elements)| (*stage, at(*stage, elements, calls))).collect()
}

fn at(stage: Stage, elements: &BTreeSet<String>, calls: &[ScoredCall]) -> Adoption {
    let here: Vec<&ScoredCall> = calls.iter().filter(|call| call.stage == stage).collect();
    let points = |call: &&ScoredCall| -> i64 {
        let scores: BTreeMap<&str, Score> = call
            .scores
            .iter()
            .filter(|(element, _)| elements.contains(element))
            .map(|(element, score)| (element.as_str(), *score))
            .collect();
        scores.values().map(|score| score.points()).sum()
    };
    let most = MOST_POINTS * count(elements.len()) * count(here.len());
    let reps: BTreeSet<&str> = here.iter().map(|call| call.rep.as_str()).collect();
    Adoption {
        share: Share::new(here.iter().map(points).sum(), most),
        calls: here.len(),
        reps: reps.len(),
    }
}

fn count(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn call(stage: Stage, rep: &str, scores: &[(&str, Score)]) -> ScoredCall {
        let scores =
            scores.iter().map(|(element, score)| ((*element).to_owned(), *score)).collect();
        ScoredCall { stage, rep: rep.to_owned(), scores }
    }

    fn expected(stages: &[(Stage, &[&str])]) -> BTreeMap<Stage, BTreeSet<String>> {
        let set = |elements: &[&str]| elements.iter().map(|one| (*one).to_owned()).collect();
        stages.iter().map(|(stage, elements)| (*stage, set(elements))).collect()
    }

    #[test]
    fn points_of_what_could_be_said() {
        let expected =
            expected(&[(Stage::Proposal, &["problem", "path"]), (Stage::Solution, &["problem"])]);
        let calls = [
            call(Stage::Proposal, "Ana", &[("problem", Score::Whole), ("path", Score::Partly)]),
            call(Stage::Proposal, "Ana", &[("problem", Score::Partly), ("value", Score::Whole)]),
            call(Stage::Proposal, "Ben", &[("problem", Score::Absent), ("problem", Score::Whole)]),
            call(Stage::Renewal, "Ben", &[("problem", Score::Whole)]),
        ];
        let found = by_stage(&expected, &calls);
        let proposal = found[&Stage::Proposal];
        assert_eq!(proposal.share, Share::new(3 + 1 + 2, 12));
        assert_eq!(proposal.words(), "6 of 12 points · 3 calls, 2 reps");
        assert_eq!(found[&Stage::Solution].words(), "no data · 0 calls, 0 reps");
        assert_eq!(found.len(), 2, "nothing is expected at renewal");
    }

    proptest! {
        #[test]
        fn it_is_never_more_than_whole(scores in prop::collection::vec(prop::collection::vec(("[abc]", prop::sample::select(Score::ALL)), 0..5), 0..9)) {
            let calls: Vec<ScoredCall> = scores
                .into_iter()
                .map(|scores| ScoredCall { stage: Stage::Proposal, rep: "Ana".to_owned(), scores })
                .collect();
            let share = by_stage(&expected(&[(Stage::Proposal, &["a", "b"])]), &calls)[&Stage::Proposal].share;
            prop_assert!(share.part >= 0 && share.part <= share.whole);
        }
    }
}
