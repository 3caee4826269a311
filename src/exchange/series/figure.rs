//! A figure as a file writes it, and what it means to a metric: `31.2 %` of a share is 0.312, and
//! a bare 31.2 is asked about once.

use crate::domain::metric::reading::Reading;
use crate::domain::metric::typed::within;
use crate::domain::metric::unit::Unit;
use crate::domain::refusal::{Refusal, Unclear};
use crate::exchange::numbers::{self, Marks, NoNumber, Percent};

/// What stands in a cell.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Figure {
    /// With its sign, and reckoned: 0.312.
    Percent(f64),
    Bare(f64),
    Counted {
        k: u32,
        n: u32,
    },
}

/// What a bare number in a column of shares means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RateAnswer {
    /// 31.2 is 31.2 %.
    Percent,
    /// 0.312 is 31.2 %.
    Fraction,
}

/// To be asked once for a metric, and remembered.
#[derive(Debug, Clone, PartialEq)]
pub struct Question {
    pub metric: String,
    /// The first number that needs the answer.
    pub example: f64,
}

impl Question {
    #[must_use]
    pub fn words(&self) -> String {
        let Self { metric, example } = self;
        format!("{metric} holds {example}: is that {example} %, or a fraction of 1?")
    }
}

/// Why a cell holds no figure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Why {
    /// The end of a sentence that begins with it.
    pub words: &'static str,
    pub unclear: Option<Unclear>,
}

impl From<NoNumber> for Why {
    fn from(error: NoNumber) -> Self {
        let unclear = (error == NoNumber::Ambiguous).then_some(Unclear::Marks);
        Self { words: error.why(), unclear }
    }
}

/// Reads `31.2%`, `14`, `7/12` and `7 of 12`.
///
/// # Errors
/// When it is none of these.
pub(super) fn read(text: &str, marks: Option<Marks>) -> Result<Figure, Why> {
    if let Some((k, n)) = numbers::k_of_n(text) {
        Reading::share(k, n).map_err(|_| Why { words: "is more than all", unclear: None })?;
        return Ok(Figure::Counted { k, n });
    }
    let written = numbers::read(text, marks)?;
    let value = written.value();
    if !value.is_finite() {
        return Err(NoNumber::TooLarge.into());
    }
    Ok(match written.percent {
        Percent::Signed => Figure::Percent(value),
        Percent::Bare => Figure::Bare(value),
    })
}

impl Figure {
    /// The reading of a metric of this unit.
    ///
    /// # Errors
    /// A per cent sign or k of n where no share is measured, a share above 1 that was said to be
    /// a fraction, a bare number of a share without an answer.
    pub fn reading(self, unit: Unit, answer: Option<RateAnswer>) -> Result<Reading, Refusal> {
        let share = unit == Unit::Share;
        match (self, answer) {
            (Self::Counted { k, n }, _) if share => Reading::share(k, n),
            (Self::Counted { .. }, _) => {
                Err(Refusal::input(format!("k of n is no figure in {}", unit.slug())))
            }
            (Self::Percent(value), _) if share => within(value),
            // Points of a per cent are points: 3 % of margin is 3 points.
            (Self::Percent(value), _) if unit == Unit::Points => Reading::number(value * 100.0),
            (Self::Percent(_), _) => {
                Err(Refusal::input(format!("a percentage is no figure in {}", unit.slug())))
            }
            (Self::Bare(value), _) if !share => Reading::number(value),
            (Self::Bare(value), Some(RateAnswer::Percent)) => within(value / 100.0),
            (Self::Bare(value), Some(RateAnswer::Fraction)) => within(value),
            (Self::Bare(value), None) => {
                Err(Refusal::input(format!("{value} may be a percentage or a fraction of 1"))
                    .hint("write it with its sign, as 31.2%"))
            }
        }
    }
}

/// The question that these figures of a share raise; `None` when all are plain. 0 is 0 either way.
pub(super) fn question(
    metric: &str,
    figures: impl IntoIterator<Item = Figure>,
) -> Option<Question> {
    let example = figures.into_iter().find_map(|figure| match figure {
        Figure::Bare(value) if value != 0.0 => Some(value),
        Figure::Bare(_) | Figure::Percent(_) | Figure::Counted { .. } => None,
    })?;
    Some(Question { metric: metric.to_owned(), example })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(text: &str, unit: Unit, answer: Option<RateAnswer>) -> Option<f64> {
        read(text, None).unwrap().reading(unit, answer).ok()?.value()
    }

    #[test]
    fn a_percentage_is_a_share_and_a_bare_number_is_asked_about() {
        assert_eq!(value("31.2%", Unit::Share, None), Some(0.312));
        assert_eq!(value("31.2", Unit::Share, None), None);
        assert_eq!(value("31.2", Unit::Share, Some(RateAnswer::Percent)), Some(0.312));
        assert_eq!(value("0.312", Unit::Share, Some(RateAnswer::Fraction)), Some(0.312));
        assert_eq!(value("31.2", Unit::Share, Some(RateAnswer::Fraction)), None);
        assert_eq!(value("120%", Unit::Share, None), None);
        assert_eq!(value("7/12", Unit::Share, None), Some(7.0 / 12.0));
        assert_eq!(value("7/12", Unit::Days, None), None);
        assert_eq!(value("3%", Unit::Days, None), None);
        assert_eq!(value("3%", Unit::Points, None), Some(3.0));
        assert_eq!(value("35", Unit::Days, None), Some(35.0));
        assert!(read("8/7", None).is_err());
        assert!(read("1e309", None).is_err());
    }

    #[test]
    fn the_question_is_raised_once_and_only_where_it_matters() {
        let asked = question("Activation", [Figure::Percent(0.3), Figure::Bare(31.2)]).unwrap();
        assert_eq!(asked.words(), "Activation holds 31.2: is that 31.2 %, or a fraction of 1?");
        assert_eq!(question("x", [Figure::Percent(0.3), Figure::Bare(0.0)]), None);
    }
}
