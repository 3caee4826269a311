//! The figures of the file that check an answer, and the bars that they are to reach
//! (`spec/6-content.md §6.9`). How a figure is found is not known here.

use super::super::slugs::slugs;
use super::super::week::share::Share;

slugs! {
    /// What is measured.
    Figure {
        ShareTied => "share-tied", "work tied to outcomes";
        DecisionsShown => "decisions-shown", "the number of the last two meetings that saw the decisions";
        PlanDeviation => "plan-deviation", "the largest deviation from the planned split, in points,";
        BreachesWithoutMemo => "breaches-without-memo", "the number of open breaches without a memo";
        ArtefactStreak => "artefact-streak", "the artefact streak, in weeks,";
        CadenceGap => "cadence-gap", "the gap in calls and interviews";
        FlaggedClaims => "flagged-claims", "the share of claims with a flag";
        FramedShare => "framed-share", "the share of decisions framed";
        PrewiredShare => "prewired-share", "the share of high-stake decisions pre-wired";
        NoAndTrade => "no-and-trade", "the share of requests declined or traded";
        LaunchesDiagnosed => "launches-diagnosed", "the share of launches closed with their reviews (launches are not kept here yet)";
        CallsScored => "calls-scored", "the number of calls scored in the month";
        EarlyRate => "early-rate", "the early-involvement rate";
    }
}

/// A figure as it was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Measured {
    /// In per cent against the bar.
    Share(Share),
    Count(i64),
}

/// What the file answers.
pub trait Figures {
    /// The figure, over the period that the setting of its bar means; nothing without data.
    fn measured(&self, figure: Figure) -> Option<Measured>;
}

/// On which side of its number a figure is to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    AtLeast,
    AtMost,
    Below,
}

/// What a figure is to reach.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bar {
    pub figure: Figure,
    pub side: Side,
    pub number: i64,
}

impl Measured {
    /// Whether there is anything to compare.
    #[must_use]
    pub fn is_known(self) -> bool {
        match self {
            Self::Share(share) => share.whole > 0,
            Self::Count(_) => true,
        }
    }
}

impl Bar {
    /// Exactly: nothing is rounded before it is compared.
    #[must_use]
    pub fn is_reached_by(self, measured: Measured) -> bool {
        let (found, wanted) = match measured {
            Measured::Share(share) => {
                (i128::from(share.part) * 100, i128::from(share.whole) * i128::from(self.number))
            }
            Measured::Count(count) => (i128::from(count), i128::from(self.number)),
        };
        match self.side {
            Side::AtLeast => found >= wanted,
            Side::AtMost => found <= wanted,
            Side::Below => found < wanted,
        }
    }

    /// `work tied to outcomes is 41.0%, below 70%`.
    #[must_use]
    pub fn missed_in_words(self, measured: Measured) -> String {
        let side = match self.side {
            Side::AtLeast => "below",
            Side::AtMost => "above",
            Side::Below => "not below",
        };
        match measured {
            Measured::Share(share) => {
                format!("{} is {}, {side} {}%", self.figure, share.counted(), self.number)
            }
            Measured::Count(count) => {
                format!("{} is {count}, {side} {}", self.figure, self.number)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bar(figure: Figure, side: Side, number: i64) -> Bar {
        Bar { figure, side, number }
    }

    #[test]
    fn a_bar_is_reached_or_missed_at_its_number() {
        let share = |part, whole| Measured::Share(Share::new(part, whole));
        let early = bar(Figure::EarlyRate, Side::AtLeast, 60);
        assert!(early.is_reached_by(share(3, 5)) && !early.is_reached_by(share(2_999, 5_000)));
        let flagged = bar(Figure::FlaggedClaims, Side::Below, 20);
        assert!(!flagged.is_reached_by(share(1, 5)) && flagged.is_reached_by(share(19, 100)));
        let open = bar(Figure::BreachesWithoutMemo, Side::AtMost, 0);
        assert!(open.is_reached_by(Measured::Count(0)) && !open.is_reached_by(Measured::Count(1)));
        assert_eq!(
            open.missed_in_words(Measured::Count(1)),
            "the number of open breaches without a memo is 1, above 0"
        );
        assert_eq!(
            flagged.missed_in_words(share(1, 5)),
            "the share of claims with a flag is 1 of 5, not below 20%"
        );
    }
}
