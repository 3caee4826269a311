//! The questions as data: levels, bands, bars, and the milestone that each suggests when it is the
//! weakest. What is wrong with a version of the user's own is named with its line.

use std::collections::BTreeSet;

use serde::Deserialize;
use toml::Spanned;

use super::super::plan::{Criterion, Milestone};
use super::super::sheet::{Fault, Sheet};
use super::figure::{Bar, Figure, Side};

/// The questions that ship.
pub const SHIPPED: Sheet<'static> =
    Sheet::new("maturity/questions.toml", include_str!("../../../assets/maturity/questions.toml"));

/// The highest answer.
pub const HIGHEST: u8 = 4;

/// One question.
#[derive(Debug, Clone, PartialEq)]
pub struct Question {
    pub key: String,
    pub text: String,
    pub bars: Vec<Bar>,
    /// What next month's item would be.
    pub milestone: Milestone,
}

impl Question {
    /// What it is about; several questions can be: `time` of `time-escalation`.
    #[must_use]
    pub fn dimension(&self) -> &str {
        self.key.split_once('-').map_or(self.key.as_str(), |(first, _)| first)
    }
}

/// A band of the mean.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Band {
    pub name: String,
    /// Its end, in tenths; nothing for the last.
    pub below_tenths: Option<i64>,
}

/// All of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Questions {
    /// What the answers 0 to 4 mean.
    pub levels: Vec<String>,
    pub bands: Vec<Band>,
    pub questions: Vec<Question>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    level: Vec<WrittenLevel>,
    band: Vec<Spanned<Band>>,
    question: Vec<WrittenQuestion>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenLevel {
    means: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenQuestion {
    key: Spanned<String>,
    text: String,
    check: Vec<Spanned<WrittenBar>>,
    milestone: WrittenMilestone,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenBar {
    figure: Figure,
    at_least: Option<i64>,
    at_most: Option<i64>,
    below: Option<i64>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenMilestone {
    title: String,
    day: u32,
    exit: Vec<Spanned<String>>,
}

impl Questions {
    /// Reads the questions.
    ///
    /// # Errors
    /// The first thing that is wrong with them, with its line.
    pub fn read(sheet: Sheet<'_>) -> Result<Self, Fault> {
        let Written { level, band, question } = sheet.read()?;
        if level.len() != usize::from(HIGHEST) + 1 {
            return Err(
                sheet.fault(0..0, format!("there are {} levels, 0 to {HIGHEST}", HIGHEST + 1))
            );
        }
        if question.is_empty() {
            return Err(sheet.fault(0..0, "there is at least one question"));
        }
        let mut seen = BTreeSet::new();
        let mut questions = Vec::with_capacity(question.len());
        for one in question {
            if !seen.insert(one.key.get_ref().clone()) {
                let what = format!("“{}” stands twice", one.key.get_ref());
                return Err(sheet.fault(one.key.span(), what));
            }
            questions.push(read_question(sheet, one)?);
        }
        let levels = level.into_iter().map(|level| level.means).collect();
        Ok(Self { levels, bands: bands(sheet, band)?, questions })
    }
}

/// The bands rise, and only the last is without an end.
fn bands(sheet: Sheet<'_>, written: Vec<Spanned<Band>>) -> Result<Vec<Band>, Fault> {
    let mut before = 0;
    let last = written.len().saturating_sub(1);
    for (place, band) in written.iter().enumerate() {
        match band.get_ref().below_tenths {
            None if place == last => {}
            Some(end) if place < last && end > before => before = end,
            None | Some(_) => {
                let what = "each band ends above the one before it, and the last has no end";
                return Err(sheet.fault(band.span(), what));
            }
        }
    }
    if written.is_empty() {
        return Err(sheet.fault(0..0, "there is at least one band"));
    }
    Ok(written.into_iter().map(Spanned::into_inner).collect())
}

fn read_question(sheet: Sheet<'_>, written: WrittenQuestion) -> Result<Question, Fault> {
    let WrittenQuestion { key, text, check, milestone } = written;
    let key = key.into_inner();
    let bars = check.iter().map(|one| bar(sheet, one)).collect::<Result<Vec<Bar>, Fault>>()?;
    let mut criteria = Vec::with_capacity(milestone.exit.len());
    for exit in &milestone.exit {
        let read = Criterion::parse(exit.get_ref());
        criteria.push(read.map_err(|what| sheet.fault(exit.span(), what))?);
    }
    let milestone = Milestone {
        key: format!("maturity-{key}"),
        title: milestone.title,
        due_day: milestone.day,
        weight: 1,
        gate: false,
        criteria,
        done_on: None,
    };
    Ok(Question { key, text, bars, milestone })
}

fn bar(sheet: Sheet<'_>, written: &Spanned<WrittenBar>) -> Result<Bar, Fault> {
    let one = written.get_ref();
    let (side, number) = match (one.at_least, one.at_most, one.below) {
        (Some(number), None, None) => (Side::AtLeast, number),
        (None, Some(number), None) => (Side::AtMost, number),
        (None, None, Some(number)) => (Side::Below, number),
        (None | Some(_), None | Some(_), None | Some(_)) => {
            let what = "a bar has one of at_least, at_most and below";
            return Err(sheet.fault(written.span(), what));
        }
    };
    Ok(Bar { figure: one.figure, side, number })
}

#[cfg(test)]
mod tests {
    use super::*;
    use {Figure as F, Side as S};

    #[test]
    fn twelve_questions_each_with_a_bar_and_a_milestone() {
        let questions = Questions::read(SHIPPED).unwrap();
        assert_eq!(questions.questions.len(), 12);
        for one in &questions.questions {
            assert!(one.text.ends_with('?') && !one.bars.is_empty(), "{}", one.key);
            assert!(!one.milestone.criteria.is_empty() && one.milestone.due_day <= 30);
        }
        let bars: Vec<(Figure, Side, i64)> = questions
            .questions
            .iter()
            .flat_map(|one| &one.bars)
            .map(|bar| (bar.figure, bar.side, bar.number))
            .collect();
        assert_eq!(
            bars,
            [
                (F::ShareTied, S::AtLeast, 70),
                (F::DecisionsShown, S::AtLeast, 2),
                (F::PlanDeviation, S::AtMost, 10),
                (F::BreachesWithoutMemo, S::AtMost, 0),
                (F::ArtefactStreak, S::AtLeast, 4),
                (F::CadenceGap, S::AtMost, 0),
                (F::FlaggedClaims, S::Below, 20),
                (F::FramedShare, S::AtLeast, 80),
                (F::PrewiredShare, S::AtLeast, 80),
                (F::NoAndTrade, S::AtLeast, 15),
                (F::LaunchesDiagnosed, S::AtLeast, 100),
                (F::CallsScored, S::AtLeast, 10),
                (F::EarlyRate, S::AtLeast, 60),
            ]
        );
        assert_eq!(bars.len(), Figure::ALL.len());
        assert_eq!(questions.levels[2], "usually");
    }

    #[test]
    fn a_broken_version_names_its_line() {
        let broken = |from: &str, to: &str| {
            let text = SHIPPED.text.replacen(from, to, 1);
            assert_ne!(text, SHIPPED.text);
            let line = SHIPPED.text[..SHIPPED.text.find(from).unwrap()].matches('\n').count() + 1;
            let fault = Questions::read(Sheet::new("maturity/mine.toml", &text)).unwrap_err();
            assert_eq!(fault.line, line, "{fault}");
            fault.what
        };
        assert!(broken("share-tied", "mood").contains("“mood” is none of share-tied"));
        assert_eq!(
            broken("{ figure = \"early-rate\", at_least = 60 }", "{ figure = \"early-rate\" }"),
            "a bar has one of at_least, at_most and below"
        );
        assert_eq!(broken("key = \"pull\"", "key = \"launch\""), "“launch” stands twice");
        assert!(broken("ritual monday held 4", "ritual monday danced").contains("no condition"));
    }
}
