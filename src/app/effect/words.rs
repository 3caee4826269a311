//! Small values that messages carry: what a sheet tells, how far a detail is scrolled, what went wrong.

use super::Answer;
use crate::app::place::Place;
use crate::domain::item::ItemId;
use crate::domain::sheet::Fault;
use crate::ops::pages::Form;
use crate::ops::plan::Choice;

/// What a sheet tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Told {
    /// Why an item stands where it stands, with the figures behind it.
    Why(ItemId),
    /// How the decisions go.
    Figures,
    /// The figures of a view of what is known.
    View(Place),
}

/// Where a page goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Out {
    /// The clipboard, in Markdown.
    Copy,
    /// The screen, as plain words.
    Read,
    /// A file, which must not be there yet.
    File { path: String, form: Form },
}

/// How far a detail is scrolled, and the furthest that it scrolls.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Scroll {
    pub top: usize,
    pub last: usize,
}

/// A refusal or a fault, in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    pub what: String,
    pub hint: Option<String>,
    /// The change was not saved; shown as a banner rather than a toast.
    pub lasting: bool,
    /// The answer to an operation, not to a question.
    pub of_change: bool,
}

impl Answer {
    /// A text to be copied.
    #[must_use]
    pub fn copied(text: String) -> Self {
        Self::Copied { text, said: None }
    }

    /// The templates that there are, and what of the user's own is left out, in words.
    #[must_use]
    pub fn templates(choices: Vec<Choice>, faults: &[Fault]) -> Self {
        let faults = faults.iter().map(|fault| format!("{fault}; it is left out")).collect();
        Self::PlanTemplates { choices, faults }
    }
}
