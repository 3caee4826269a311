//! What the keys do in whatever stands above the screen: a line, a menu, a form, a ritual.

use super::Hint;
use crate::app::keys::Key;
use crate::app::menu::Purpose;
use crate::app::model::Model;
use crate::app::mouse::Target;
use crate::app::popup::{Popup, Sheet};
use crate::app::prompt::{Prompt, PromptFor};
use crate::app::writing::Goal;

/// The keys on a swap test.
const JUDGING: [(&str, &str); 5] = [
    ("y", "still works"),
    ("n", "is ours alone"),
    ("j k", "move"),
    ("esc", "closes"),
    ("u", "undo"),
];
/// Where a line of a ritual is typed.
const TYPED: &[(&str, &str)] = &[
    ("enter", "adds it; an empty line goes on"),
    ("esc", "to the lines above"),
    ("!", "in front: blocked"),
];

/// What the keys do in the form of a decision, which leads to its frame.
const TO_FRAME: [(&str, &str); 5] = [
    ("enter", "next"),
    ("ctrl-s", "saves"),
    ("esc", "leaves"),
    ("ctrl-f", "saves, then the frame"),
    ("up down tab", "move"),
];

/// What the keys do in the line of the filter, which has its effect while it is typed.
const FILTERED: &[(&str, &str)] = &[
    ("enter", "keeps the filter"),
    ("esc", "takes it away"),
    ("tab", "completes"),
    ("up", "earlier lines"),
];

/// The same where a filter was there before.
const FILTERED_AGAIN: &[(&str, &str)] = &[
    ("enter", "keeps the filter"),
    ("esc", "back to the one before"),
    ("tab", "completes"),
    ("up", "earlier lines"),
];

/// What the keys do in any other line.
const LINE: &[(&str, &str)] = &[
    ("enter", "takes it"),
    ("esc", "keeps it for later"),
    ("tab", "completes"),
    ("up", "earlier lines"),
];

/// A chord is begun, and what may follow is shown.
const CHORD: &[(&str, &str)] = &[("a letter", "goes on"), ("esc", "closes")];

/// Figures are read, and open what stands behind them.
const OPENING: &[(&str, &str)] =
    &[("enter", "shows what is behind it"), ("j k", "move"), ("esc", "closes")];

/// What is read, and opens something or not.
fn read(sheet: &Sheet) -> &'static [(&'static str, &'static str)] {
    if sheet.at.is_some() { OPENING } else { &[("j k", "scroll"), ("esc", "closes")] }
}

/// The hints; `None` where they are those of the place.
pub(super) fn hints(model: &Model) -> Option<Vec<Hint>> {
    if model.hint_pending {
        return Some(worded(CHORD));
    }
    let hints: &[(&str, &str)] = match model.popups.last()? {
        Popup::Prompt(prompt) if prompt.asks_day() => &[
            ("enter", "takes it"),
            ("down", "opens a month"),
            ("esc", "keeps it for later"),
            ("up", "earlier lines"),
        ],
        Popup::Prompt(Prompt { purpose: PromptFor::Filter { before, .. }, .. }) => {
            if before.is_empty() { FILTERED } else { FILTERED_AGAIN }
        }
        Popup::Prompt(prompt) if is_of_ritual(&prompt.purpose) => TYPED,
        Popup::Prompt(Prompt { purpose: PromptFor::Why(_), .. }) => {
            &[("a word", "says why it moved"), ("enter", "keeps it"), ("esc", "leaves it unsaid")]
        }
        Popup::Prompt(_) => LINE,
        Popup::Menu(menu) if menu.letters => {
            &[("a letter", "chooses"), ("esc", "closes"), ("j k", "move"), ("enter", "chooses")]
        }
        Popup::Menu(menu) if menu.purpose == Purpose::Confirm => {
            &[("enter", "chooses"), ("esc", "goes back"), ("up down", "move")]
        }
        Popup::Menu(_) => {
            &[("enter", "chooses"), ("esc", "closes"), ("type", "to filter"), ("up down", "move")]
        }
        Popup::Form(form) if !form.suggestions.is_empty() => &[
            ("type", "to filter"),
            ("up down", "move"),
            ("enter", "takes it"),
            ("tab", "completes"),
            ("esc", "closes"),
        ],
        Popup::Form(form) if form.is_on_text() => &[
            ("type", "to write"),
            ("enter", "next"),
            ("ctrl-s", "saves"),
            ("ctrl-o", "your editor"),
            ("esc", "leaves"),
        ],
        Popup::Form(form) if form.is_chosen() => &[
            ("enter", "next"),
            ("down", "chooses"),
            ("ctrl-s", "saves"),
            ("tab", "moves"),
            ("esc", "leaves"),
        ],
        Popup::Writing(writing) => match writing.goal {
            Goal::Item { .. } | Goal::Policy | Goal::Day(_) => &[
                ("ctrl-s", "saves"),
                ("ctrl-z", "undoes"),
                ("ctrl-o", "your editor"),
                ("esc", "leaves"),
            ],
            Goal::Field => &[
                ("esc", "back to the form"),
                ("ctrl-s", "saves it all"),
                ("ctrl-o", "your editor"),
            ],
        },
        Popup::Grid(_) => &[
            ("h j k l", "day, week"),
            ("{ }", "month"),
            (".", "today"),
            ("enter", "takes it"),
            ("esc", "back"),
        ],
        Popup::Conflict(_) => &[
            ("m", "mine"),
            ("t", "theirs"),
            ("M T", "all"),
            ("j k", "move"),
            ("enter", "saves"),
            ("esc", "back"),
        ],
        Popup::Form(form) if form.leads_to_frame() => &TO_FRAME,
        Popup::Form(_) => {
            &[("enter", "next"), ("ctrl-s", "saves"), ("esc", "leaves"), ("up down tab", "move")]
        }
        Popup::Import(preview) => &preview.hints_within(model.width),
        Popup::Settings(settings) if settings.line.is_some() => {
            &[("enter", "takes it"), ("esc", "leaves it")]
        }
        Popup::Settings(_) => {
            &[("h l", "change"), ("enter", "keeps"), ("esc", "takes it back"), ("j k", "move")]
        }
        Popup::Sheet(sheet) => read(sheet),
        Popup::Ritual(rite) => super::rituals::hints(rite),
        Popup::Judging(_) => &JUDGING,
        Popup::Card(_) => &[
            ("j k", "next, previous"),
            ("esc", "ends the walk"),
            ("u", "undo"),
            ("?", "what each does"),
            ("pgdn", "more"),
            ("+", "capture"),
        ],
    };
    Some(worded(hints))
}

fn worded(hints: &[(&str, &str)]) -> Vec<Hint> {
    let hint = |(key, name): &(&str, &str)| Hint {
        key: (*key).to_owned(),
        name: (*name).to_owned(),
        target: Key::read(key).map(Target::Press),
    };
    hints.iter().map(hint).collect()
}

fn is_of_ritual(purpose: &PromptFor) -> bool {
    matches!(purpose, PromptFor::Ritual { held: None, .. })
}
