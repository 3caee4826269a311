//! Twelve questions about how the work is done, and the answers laid against what the file shows
//! (`spec/3-model.md §3.4`). Questions, levels, bands and bars are data.

pub mod figure;
pub mod questions;

use std::collections::{BTreeMap, BTreeSet};

use super::week::share::Share;

pub use figure::{Bar, Figure, Figures, Measured};
pub use questions::{Question, Questions};

/// From this answer on, a figure that misses its bar is a mismatch.
pub const CLAIMED_FROM: u8 = 3;

/// Parts of a point in which means are compared.
const PARTS: i64 = 27_720;

/// The answers of one sitting, by the key of the question.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Assessment {
    pub answers: BTreeMap<String, u8>,
    /// The keys of answers that the file did not bear out.
    pub doubted: BTreeSet<String>,
}

/// What the file says of an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Checked {
    /// Every figure reaches its bar, or the answer claims little.
    Fine,
    /// The answer claims much, and a figure misses its bar.
    Mismatch(Vec<String>),
    /// The answer claims much, and the file has no data for these figures.
    Unchecked(Vec<Figure>),
}

impl Questions {
    /// The mean of all answers, as a sum of how many; no data until every question is answered.
    #[must_use]
    pub fn mean(&self, sitting: &Assessment) -> Share {
        let answers: Vec<i64> =
            self.questions.iter().filter_map(|one| sitting.answer(one)).map(i64::from).collect();
        if answers.len() < self.questions.len() {
            return Share::new(0, 0);
        }
        Share::new(answers.iter().sum(), i64::try_from(answers.len()).unwrap_or(i64::MAX))
    }

    /// The band of the mean.
    #[must_use]
    pub fn band(&self, sitting: &Assessment) -> Option<&str> {
        let mean = self.mean(sitting);
        if mean.whole == 0 {
            return None;
        }
        // sum/n < tenths/10, in whole numbers.
        let below = |tenths: i64| mean.part * 10 < tenths * mean.whole;
        let band = self.bands.iter().find(|band| band.below_tenths.is_none_or(below));
        band.map(|band| band.name.as_str())
    }

    /// The question to begin with: the lowest answer of the lowest dimension, of equals the one that
    /// the file does not bear out, then the first. Nothing before all are answered, and nothing
    /// where all stand at the top and the file agrees.
    #[must_use]
    pub fn weakest(&self, sitting: &Assessment) -> Option<&Question> {
        if self.mean(sitting).whole == 0 {
            return None;
        }
        let is_sound = |one: &Question| !sitting.doubted.contains(&one.key);
        // Twelfths and less are exact in this many parts.
        let mean = |dimension: &str| {
            let own = self.questions.iter().filter(|one| one.dimension() == dimension);
            let own: Vec<i64> = own.filter_map(|one| sitting.answer(one)).map(i64::from).collect();
            own.iter().sum::<i64>() * PARTS / i64::try_from(own.len()).unwrap_or(1).max(1)
        };
        let is_open =
            |one: &&Question| sitting.answer(one) != Some(questions::HIGHEST) || !is_sound(one);
        let sound = |dimension: &str| {
            let mut own = self.questions.iter().filter(|one| one.dimension() == dimension);
            own.all(is_sound)
        };
        self.questions.iter().filter(is_open).min_by_key(|one| {
            let dimension = one.dimension();
            let first = self.questions.iter().position(|one| one.dimension() == dimension);
            (mean(dimension), sound(dimension), first, sitting.answer(one), is_sound(one))
        })
    }

    /// The mean in words: `1.9 of 4 · responsive`, or how many are answered.
    #[must_use]
    pub fn words(&self, sitting: &Assessment) -> String {
        let mean = self.mean(sitting);
        if let (Some(parts), Some(band)) = (mean.in_parts(100), self.band(sitting)) {
            // 2.75 rounded up would read like the limit of the next band.
            let is_between = parts % 10 == 5;
            let tenths = mean.in_parts(10).unwrap_or(parts / 10);
            return if is_between {
                format!("{}.{:02} of 4 · {band}", parts / 100, parts % 100)
            } else {
                format!("{}.{} of 4 · {band}", tenths / 10, tenths % 10)
            };
        }
        let answered = self.questions.iter().filter(|one| sitting.answer(one).is_some()).count();
        format!("{answered} of {} answered", self.questions.len())
    }
}

impl Assessment {
    #[must_use]
    pub fn answer(&self, question: &Question) -> Option<u8> {
        self.answers.get(&question.key).copied().filter(|answer| *answer <= questions::HIGHEST)
    }

    /// The answer to this question against the figures of the file.
    #[must_use]
    pub fn check(&self, question: &Question, figures: &dyn Figures) -> Checked {
        let Some(answer) = self.answer(question).filter(|answer| *answer >= CLAIMED_FROM) else {
            return Checked::Fine;
        };
        let (mut missed, mut unknown) = (Vec::new(), Vec::new());
        for bar in &question.bars {
            let Some(measured) = figures.measured(bar.figure).filter(|one| one.is_known()) else {
                unknown.push(bar.figure);
                continue;
            };
            if !bar.is_reached_by(measured) {
                let (key, said) = (&question.key, bar.missed_in_words(measured));
                missed.push(format!("{key}: you answered {answer}, and {said}"));
            }
        }
        match (missed.is_empty(), unknown.is_empty()) {
            (false, true | false) => Checked::Mismatch(missed),
            (true, false) => Checked::Unchecked(unknown),
            (true, true) => Checked::Fine,
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn questions() -> Questions {
        Questions::read(questions::SHIPPED).unwrap_or_else(|fault| panic!("{fault}"))
    }

    fn sitting(answers: [u8; 12]) -> Assessment {
        let keys = questions().questions.into_iter().map(|one| one.key);
        Assessment { answers: keys.zip(answers).collect(), ..Assessment::default() }
    }

    /// A file that shows the same for everything.
    struct File(Option<Measured>);

    impl Figures for File {
        fn measured(&self, _: Figure) -> Option<Measured> {
            self.0
        }
    }

    #[test]
    fn the_mean_has_a_band() {
        let questions = questions();
        let words = |answers| questions.words(&sitting(answers));
        assert_eq!(words([0; 12]), "0.0 of 4 · order taker");
        assert_eq!(words([1; 12]), "1.0 of 4 · responsive");
        assert_eq!(words([2; 12]), "2.0 of 4 · emerging");
        assert_eq!(words([4, 4, 4, 3, 3, 3, 3, 2, 2, 2, 2, 1]), "2.75 of 4 · emerging");
        assert_eq!(words([4, 4, 4, 3, 3, 3, 3, 3, 2, 2, 2, 1]), "2.8 of 4 · operating");
        assert_eq!(words([4, 4, 4, 4, 4, 4, 3, 3, 3, 3, 3, 3]), "3.5 of 4 · shaping");
        let mut half = sitting([4; 12]);
        half.answers.remove("pull");
        half.answers.insert("focus".to_owned(), 9);
        assert_eq!(questions.words(&half), "10 of 12 answered");
        assert_eq!((questions.band(&half), questions.weakest(&half)), (None, None));
    }

    #[test]
    fn the_weakest_suggests_one_milestone() {
        let questions = questions();
        let weakest = questions.weakest(&sitting([3, 3, 2, 4, 1, 3, 3, 1, 4, 4, 4, 2])).unwrap();
        assert_eq!(weakest.key, "visibility", "the first of two ones");
        assert_eq!(weakest.milestone.title, "Four artefacts in four weeks");
        assert_eq!(weakest.milestone.due_day, 30);
        // Time has two questions: 2 and 1 are 1.5, and focus with its 1 is below that.
        let focus = sitting([3, 3, 2, 1, 3, 3, 3, 3, 1, 3, 3, 3]);
        assert_eq!(questions.weakest(&focus).unwrap().key, "focus");
        let time = sitting([3, 3, 2, 0, 3, 3, 3, 3, 2, 3, 3, 3]);
        assert_eq!(questions.weakest(&time).unwrap().key, "time-escalation");
        // Where all is said to be done, what the file does not bear out comes first, or nothing.
        let mut top = sitting([4; 12]);
        assert_eq!(questions.weakest(&top), None);
        top.doubted.insert("evidence".to_owned());
        assert_eq!(questions.weakest(&top).unwrap().key, "evidence");
    }

    #[test]
    fn a_claim_that_the_file_does_not_bear_out_is_named() {
        let questions = questions();
        let planning = &questions.questions[0];
        let low = File(Some(Measured::Share(Share::new(41, 100))));
        let of = |answer, file: &File| sitting([answer; 12]).check(planning, file);
        assert_eq!(of(2, &low), Checked::Fine);
        assert_eq!(
            of(3, &low),
            Checked::Mismatch(vec![
                "planning: you answered 3, and work tied to outcomes is 41.0%, below 70%"
                    .to_owned()
            ])
        );
        let bar = File(Some(Measured::Share(Share::new(70, 100))));
        assert_eq!(of(4, &bar), Checked::Fine);
        assert_eq!(of(4, &File(None)), Checked::Unchecked(vec![Figure::ShareTied]));
        let empty = File(Some(Measured::Share(Share::new(0, 0))));
        assert_eq!(
            of(4, &empty),
            Checked::Unchecked(vec![Figure::ShareTied]),
            "no data is not low"
        );
    }

    proptest! {
        #[test]
        fn a_better_answer_never_lowers_the_mean(answers in prop::array::uniform12(0_u8..4), raised in 0_usize..12) {
            let questions = questions();
            let mut better = answers;
            better[raised] += 1;
            let (one, other) = (questions.mean(&sitting(answers)), questions.mean(&sitting(better)));
            prop_assert!(other.part > one.part && other.part <= 48);
            let place = |sitting: &Assessment| questions.bands.iter().position(|band| Some(band.name.as_str()) == questions.band(sitting));
            prop_assert!(place(&sitting(better)) >= place(&sitting(answers)));
        }
    }
}
