//! What lets go a figure that holds the review: three lines and one of the four recommendations, kept
//! with the metric; or a waiver, always with a person, a day and a reason (I13).

use crate::domain::change::{Change, Edit, Input};
use crate::domain::part::PartKind;
use crate::domain::refusal::Refusal;
use crate::domain::ritual::impact::Recommendation;
use crate::domain::ritual::run::{Held, HoldAnswer, Progress};
use crate::domain::ritual::{Mark, Said};
use crate::domain::value::Value;

use super::super::super::op::{Op, PartStep};
use super::super::{RitualStep, Sitting, Untold};

/// What is asked of a figure that is off track, one after the other.
pub const QUESTIONS: [&str; 4] = [
    "what the data means",
    "what changes in the market",
    "which decision follows",
    "messaging/onboarding/segment/scope",
];

impl Sitting {
    /// The words of what holds a section, the first of it.
    #[must_use]
    pub fn holding<'a>(&self, section: &'a Progress) -> Option<&'a Held> {
        section.held.iter().find(|held| held.answer.is_none())
    }

    /// Refuses to leave a section that something holds.
    ///
    /// # Errors
    /// While an off-track figure is neither explained nor waived.
    pub fn let_leave(&self, section: &Progress) -> Result<(), Refusal> {
        match self.holding(section) {
            None => Ok(()),
            Some(held) => Err(Refusal::input(format!(
                "{} holds the review until it is explained or waived",
                held.about
            ))),
        }
    }

    /// Explains a figure: what the data means, what changes in the market, which decision follows,
    /// and which of the four is recommended.
    ///
    /// # Errors
    /// What is missing, or a recommendation that is none of the four.
    pub fn explaining(
        &self,
        section: &Progress,
        held: &Held,
        told: &[String],
    ) -> Result<RitualStep, Refusal> {
        let said = |at: usize| told.get(at).map(|text| text.trim().to_owned()).unwrap_or_default();
        let recommends = match said(3).as_str() {
            "" if said(2).is_empty() => None,
            "" => {
                return Err(Refusal::input(format!("{} still wants one of the four", held.name))
                    .hint("messaging, onboarding, segment or scope: what is to change"));
            }
            word => Some(Recommendation::named(word).ok_or_else(|| {
                Refusal::input(format!("“{word}” is none of the four"))
                    .hint("messaging, onboarding, segment focus or product scope")
            })?),
        };
        let answer = HoldAnswer::Explained { meaning: said(0), market: said(1), decision: said(2) };
        if let Some(missing) = answer.missing().first() {
            return Err(Refusal::input(format!("{} still wants {missing}", held.name)));
        }
        let gone = || Refusal::missing("this metric is not there any more");
        let owner = self.id_of(Some(&held.about)).ok_or_else(gone)?;
        let Untold { period, begun } = self.untold.get(&held.about).ok_or_else(gone)?;
        let noun = PartKind::Narrative.noun();
        let set = |field: &str, text: String| Change {
            field: noun.field(field),
            edit: Edit::Set(Input::Value(Value::Text(text))),
        };
        let mut changes = vec![
            set("period", period.clone()),
            set("notes", said(0)),
            set("market", said(1)),
            set("decide", said(2)),
        ];
        changes.extend(recommends.map(|one| set("recommends", one.slug().to_owned())));
        let (kind, key) = (PartKind::Narrative, period.clone());
        let step = if *begun {
            PartStep::Edit { kind, key, changes }
        } else {
            PartStep::Add { kind, changes }
        };
        let steps = vec![step];
        let mut words = answer.words();
        if let Some(one) = recommends {
            words = format!("{words} / {one}");
        }
        let step =
            self.saying(vec![answered(section, held, words)], Some(Op::Parts { owner, steps }));
        Ok(RitualStep { subject: Some(owner), ..step })
    }

    /// What is asked of a waiver; who gives it too, where nobody is known.
    #[must_use]
    pub fn waiver(&self) -> &'static str {
        if self.me.is_empty() { "waived, who: why" } else { "waived, why" }
    }

    /// Waives it.
    ///
    /// # Errors
    /// Without a reason, or without anybody who gives it (I13).
    pub fn waiving(
        &self,
        section: &Progress,
        held: &Held,
        reason: &str,
    ) -> Result<RitualStep, Refusal> {
        let (by, reason) = match reason.trim().split_once(": ") {
            _ if !self.me.is_empty() => (self.me.as_str(), reason.trim()),
            Some((by, reason)) => (by.trim().trim_start_matches('@'), reason.trim()),
            None => {
                return Err(Refusal::input("a waiver says who gives it, and nobody is known here")
                    .hint(
                        "put the name in front, Maya: why; or once: prewire config set me NAME",
                    ));
            }
        };
        let (by, on, reason) = (by.to_owned(), self.calendar.today, reason.to_owned());
        let answer = HoldAnswer::Waived { by, on, reason };
        if let Some(missing) = answer.missing().first() {
            return Err(Refusal::input(format!("{} still wants {missing}", held.name)));
        }
        Ok(self.saying(vec![answered(section, held, answer.words())], None))
    }
}

fn answered(section: &Progress, held: &Held, words: String) -> Said {
    Said {
        section: section.key.clone(),
        about: Some(held.about.clone()),
        text: held.name.clone(),
        mark: Mark::Answered,
        words,
        driver: String::new(),
    }
}
