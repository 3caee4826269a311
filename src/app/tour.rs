//! The first steps in an empty workspace, one line at a time: an outcome, a decision, an asset that
//! waits for it, and taking it back. Each is done by really doing it; nothing is ever acted out.

use super::action::Action;
use super::model::Model;
use super::place::Place;
use super::popup::Popup;
use super::prompt::{Prompt, PromptFor};
use crate::domain::grammar::{Mode, QuickAdd};
use crate::domain::item::Ref;
use crate::domain::kind::Kind;

/// Whether the first steps are being taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Tour {
    #[default]
    Off,
    /// It begins when the workspace turns out to be empty.
    Offered,
    At(Step),
}

/// One of the first steps.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    Outcome,
    Decision,
    /// An asset that waits for this decision.
    Asset(Ref),
    Undo,
}

/// How many steps there are.
pub const STEPS: usize = 4;

impl Tour {
    #[must_use]
    pub fn is_on(self) -> bool {
        matches!(self, Self::At(_))
    }
}

impl Step {
    /// Its number, from 1.
    #[must_use]
    pub fn number(self) -> usize {
        match self {
            Self::Outcome => 1,
            Self::Decision => 2,
            Self::Asset(_) => 3,
            Self::Undo => 4,
        }
    }

    /// The step after this one, once an operation with this label was done, which made something
    /// wait or not; itself when it was another one. `None` after the last.
    #[must_use]
    pub fn after(self, label: &str, waits: bool) -> Option<Self> {
        let added = label.strip_prefix("added ").and_then(|rest| rest.split(' ').next());
        let added = added.and_then(Ref::parse);
        let is = |kind: Kind| added.is_some_and(|added| added.kind == kind);
        match self {
            Self::Outcome if is(Kind::Outcome) => Some(Self::Decision),
            Self::Decision if is(Kind::Decision) => added.map(Self::Asset),
            Self::Asset(_) if (is(Kind::Asset) && waits) || ties(label) => Some(Self::Undo),
            Self::Undo if label.starts_with("undid") => None,
            same => Some(same),
        }
    }

    /// A line that would do, for whoever would rather see than write.
    #[must_use]
    fn example(self) -> Option<String> {
        match self {
            Self::Outcome => Some("Win one more deal in five in the mid-market due:eoq".to_owned()),
            Self::Decision => Some("Who is our ideal customer? due:fri".to_owned()),
            Self::Asset(decision) => Some(format!("a Battlecard against the rival by:{decision}")),
            Self::Undo => None,
        }
    }
}

/// Whether an asset that was there already was made to wait: `a1 “Battlecard”: blocked by → d1`.
fn ties(label: &str) -> bool {
    let item = label.split(' ').next().and_then(Ref::parse);
    let is_asset = item.is_some_and(|item| item.kind == Kind::Asset);
    is_asset && label.rsplit_once("”: blocked by → ").is_some_and(|(_, to)| !to.is_empty())
}

/// Whether what is added by a line or a form waits for something.
#[must_use]
pub fn waits(model: &Model, sent: &Popup) -> bool {
    const WAITS: &str = "blocked_by";
    match sent {
        Popup::Prompt(prompt) => {
            let line = prompt.line.text();
            let read = QuickAdd::read(line, Kind::Asset, &model.calendar, Mode::Add);
            read.changes.iter().any(|change| change.field.name == WAITS)
        }
        Popup::Form(form) => form
            .entries
            .iter()
            .any(|entry| entry.field.name == WAITS && !entry.line.text().trim().is_empty()),
        _ => false,
    }
}

/// The example for a line that is empty, while the first steps are taken.
#[must_use]
pub fn example(model: &Model, prompt: &Prompt) -> Option<String> {
    let Tour::At(step) = model.tour else { return None };
    let is_empty = prompt.line.text().is_empty() && prompt.pasted.is_empty();
    let example = step.example().filter(|_| is_empty)?;
    match (step, &prompt.purpose) {
        (Step::Outcome, PromptFor::Add(Kind::Outcome))
        | (Step::Decision, PromptFor::Add(Kind::Decision))
        | (Step::Asset(_), PromptFor::Capture(_)) => Some(example),
        (Step::Asset(_), PromptFor::Add(Kind::Asset)) => {
            Some(example.trim_start_matches("a ").to_owned())
        }
        _ => None,
    }
}

/// What to do next, where it is done, by the keys of each action.
#[must_use]
pub fn words(model: &Model) -> Option<String> {
    let key = |action: Action| model.keys().shown(action).unwrap_or_default();
    words_by(model, key, "tab takes an example")
}

/// The same, by whatever an action is called, and with the words for taking an example.
#[must_use]
pub fn words_by(
    model: &Model,
    key: impl Fn(Action) -> String,
    takes_example: &str,
) -> Option<String> {
    let Tour::At(step) = model.tour else { return None };
    let adds = key(Action::Add);
    let go = |place: Place| key(Action::Go(place));
    let text = match model.popups.last() {
        Some(Popup::Prompt(prompt)) if example(model, prompt).is_some() => match step {
            Step::Asset(decision) => {
                format!("{takes_example}, by:{decision} says what it waits for; enter adds it")
            }
            Step::Outcome | Step::Decision | Step::Undo => {
                format!("write it, or {takes_example}; enter adds it")
            }
        },
        Some(Popup::Prompt(Prompt {
            purpose: PromptFor::Add(_) | PromptFor::Capture(_), ..
        })) => "enter adds it".to_owned(),
        Some(_) => return None,
        None => match step {
            Step::Outcome if model.place == Place::Outcomes => {
                format!("{adds} adds an outcome: what all the work is for")
            }
            Step::Outcome => format!("{} goes to Outcomes, which come first", go(Place::Outcomes)),
            Step::Decision if model.place == Place::Decisions => {
                format!("{adds} adds a decision: a question that holds work up")
            }
            Step::Decision => format!("{} goes to Decisions", go(Place::Decisions)),
            Step::Asset(decision) => {
                let key = key(Action::Capture);
                format!("{key} captures anything: an asset waiting for {decision}")
            }
            Step::Undo => format!("{} takes the last step back, as it does any", key(Action::Undo)),
        },
    };
    Some(format!("first steps {}/{STEPS} · {text}", step.number()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_is_over_when_it_was_really_done() {
        let decision = Ref { kind: Kind::Decision, number: 7 };
        assert_eq!(Step::Outcome.after("added d7 “Who?”", false), Some(Step::Outcome));
        assert_eq!(Step::Outcome.after("added o1 “More”", false), Some(Step::Decision));
        assert_eq!(Step::Decision.after("added d7 “Who?”", false), Some(Step::Asset(decision)));
        assert_eq!(Step::Asset(decision).after("d7 → decided", false), Some(Step::Asset(decision)));
        let asset = Step::Asset(decision);
        assert_eq!(asset.after("added a1 “Deck”", false), Some(asset), "it waits for nothing");
        assert_eq!(asset.after("added a1 “Deck”", true), Some(Step::Undo));
        assert_eq!(asset.after("a1 “Deck”: blocked by → d7", false), Some(Step::Undo));
        assert_eq!(asset.after("a1 “Deck”: blocked by → ", false), Some(asset), "no more");
        assert_eq!(asset.after("d9 “Who?”: blocked by → d7", false), Some(asset));
        assert_eq!(Step::Undo.after("undid: added a1 “Deck”", false), None);
    }
}
