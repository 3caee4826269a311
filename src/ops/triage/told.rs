//! Triage in lines, for the card, the detail, the command line and whoever reads it aloud; and as
//! data.

use chrono::NaiveDate;
use serde_json::{Value as Json, json};

use crate::domain::day;
use crate::domain::item::Item;

use super::{Called, Slip, Triage};

/// Most of what would slip that is named.
const MOST: usize = 4;

impl Triage {
    /// A label and what stands behind it, in the order in which they decide.
    #[must_use]
    pub fn lines(&self, today: NaiveDate) -> Vec<(&'static str, String)> {
        let mut lines = vec![("Leads to", self.serves_words())];
        match self.rules.split_first() {
            None => lines.push(("Rule", "none of the intake policy stands against it".to_owned())),
            Some((first, rest)) => {
                lines.push(("Rule", first.line()));
                lines.extend(rest.iter().map(|rule| ("", rule.line())));
            }
        }
        lines.push(("Budget", self.budget_words()));
        let mut label = if self.is_answered { "Gave way" } else { "Would slip" };
        for slip in self.displaced.iter().take(MOST) {
            lines.push((label, slip.words(today)));
            label = "";
        }
        let (more, rest) = self
            .displaced
            .iter()
            .skip(MOST)
            .fold((0, 0), |(more, rest), slip| (more + 1, rest + slip.minutes));
        if more > 0 {
            lines.push((label, format!("and {more} more · {}", day::show_minutes(rest))));
        }
        if self.overflow > 0 && self.displaced.is_empty() && !self.is_answered {
            lines.push((label, "nothing planned in that week can give way".to_owned()));
        }
        if let Some(last) = self.answer_by.filter(|_| !self.is_answered) {
            let by = day::echo(last, today);
            let words = if self.is_overdue {
                let days = (today - last).num_days();
                format!("was due {by}, {days} d ago by the intake policy")
            } else {
                format!("due {by} by the intake policy")
            };
            lines.push(("Answer", words));
        }
        if !self.is_answered {
            lines.push(("Suggested", self.suggested.name().to_owned()));
        }
        lines
    }

    /// All of it as data.
    #[must_use]
    pub fn json(&self, request: &Item) -> Json {
        let called = |one: &Called| json!({ "ref": one.reference.to_string(), "title": one.title });
        let date = |day: Option<NaiveDate>| day.map(|day| day.to_string());
        let slip = |slip: &Slip| {
            json!({
                "ref": slip.what.reference.to_string(), "title": slip.what.title,
                "minutes": slip.minutes, "from": date(slip.from), "to": date(slip.to),
                "due": date(slip.due), "days": slip.days(),
                "outcome": slip.outcome.as_ref().map(called),
            })
        };
        let rules = self
            .rules
            .iter()
            .map(|rule| json!({ "number": rule.number, "words": rule.words, "ready": rule.place }));
        json!({
            "ref": request.reference.to_string(), "id": request.id.to_string(),
            "title": request.title(), "state": request.state().slug,
            "week": self.week.to_string(), "estimate": self.estimate,
            "budget": self.budget, "left": self.left, "overflow": self.overflow,
            "serves": self.serves.as_ref().map(called),
            "nearest": self.nearest.as_ref().map(called),
            "rules": rules.collect::<Vec<_>>(),
            "displaced": self.displaced.iter().map(slip).collect::<Vec<_>>(),
            "candidates": self.candidates.iter().map(slip).collect::<Vec<_>>(),
            "answer_by": date(self.answer_by), "overdue": self.is_overdue,
            "suggested": self.suggested.name(), "decision": self.decision, "signal": self.signal,
            "reply": self.reply, "answered": self.is_answered,
        })
    }
}
