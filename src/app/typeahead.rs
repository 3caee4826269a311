//! Keys that come faster than the answers: each waits for what could change its meaning, so that
//! keys sent fast and keys sent slowly end in the same place. Motion and typing wait for as little
//! as they can, because whoever holds a key down wants no pauses.

use std::collections::VecDeque;

use super::action::Action;
use super::bindings::Found;
use super::effect::{Effect, Load, Msg};
use super::keys::{Code, Key, Modifier};
use super::menu::Purpose;
use super::model::Model;
use super::mouse::Gesture;
use super::popup::Popup;

/// Most that is held; nobody types more while the disk is busy.
const MOST: usize = 4_096;

/// What an answer on its way may change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Weight {
    /// What is shown beside the list, names for completion.
    Beside,
    /// The rows of a list, or of a picker.
    Rows,
    /// Whatever: something is written, or will open.
    All,
}

/// What was asked and not answered, and the keys that wait for it.
#[derive(Debug, Default)]
pub struct Typeahead {
    /// In the order in which it was asked, which is that of the answers; without what nobody waits for.
    awaited: VecDeque<Weight>,
    held: VecDeque<Msg>,
}

impl Typeahead {
    /// Keys that go before whatever is held.
    pub(super) fn ahead(&mut self, keys: Vec<Key>) {
        for key in keys.into_iter().rev() {
            self.held.push_front(Msg::Key(key));
        }
    }

    /// Notes what an effect will be answered with; `follows` is what the cursor alone asked for.
    pub(super) fn asked(&mut self, effect: &Effect, follows: Follows, completes: Completes) {
        let weight = match effect {
            _ if !effect.is_waited_for() => return,
            Effect::Run(_) | Effect::Import(_) => Weight::All,
            Effect::Load(load) => match (load, follows) {
                (Load::Candidates { .. } | Load::Paths { .. }, _)
                    if completes == Completes::Line =>
                {
                    Weight::All
                }
                (_, Follows::Cursor) => Weight::Beside,
                (load, Follows::Key) => weight(load),
            },
            Effect::Ahead(_)
            | Effect::LineUp
            | Effect::AskSources(_)
            | Effect::Interrupt
            | Effect::Editor { .. }
            | Effect::TourEnded
            | Effect::Copy(_)
            | Effect::OpenLink(_)
            | Effect::Preview(_)
            | Effect::Configure(_)
            | Effect::Follow(_)
            | Effect::Redraw
            | Effect::Suspend
            | Effect::Quit => return,
        };
        self.awaited.push_back(weight);
    }

    /// An answer has come.
    pub(super) fn answered(&mut self) {
        self.awaited.pop_front();
    }

    /// A question came up that nobody could foresee: what was typed was not meant for it.
    pub(super) fn forget(&mut self) {
        self.held.clear();
    }

    pub(super) fn hold(&mut self, msg: Msg) {
        if self.held.len() < MOST {
            self.held.push_back(msg);
        }
    }

    fn heaviest(&self) -> Option<Weight> {
        self.awaited.iter().copied().max()
    }
}

/// What found items go into: a line that is being typed, or a list below the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Completes {
    Line,
    List,
}

/// Whether a key asked for something, or the place where the cursor stands now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Follows {
    Key,
    Cursor,
}

fn weight(load: &Load) -> Weight {
    match load {
        Load::Detail(_)
        | Load::Card { .. }
        | Load::Live { .. }
        | Load::Standing { .. }
        | Load::Vocabulary
        | Load::More { .. }
        | Load::Status => Weight::Beside,
        Load::Page { .. }
        | Load::Board { .. }
        | Load::Today(_)
        | Load::Tree { .. }
        | Load::Week(_)
        | Load::Plan(_)
        | Load::Matrix
        | Load::Scorecard
        | Load::Trash
        | Load::History
        | Load::Candidates { .. }
        | Load::Paths { .. } => Weight::Rows,
        Load::ItemHistory(_)
        | Load::PlanTemplates
        | Load::Form(..)
        | Load::Options(_)
        | Load::Sheet(_)
        | Load::Announcement(_)
        | Load::Templates(_)
        | Load::Swaps(_)
        | Load::Prompt { .. }
        | Load::Paper { .. }
        | Load::AllIds(_)
        | Load::Queue(_)
        | Load::Triage(_)
        | Load::Policy
        | Load::DayNote(_)
        | Load::DayNotes
        | Load::RequestLog
        | Load::DealFigures
        | Load::Signals
        | Load::DealsBehind(_)
        | Load::Sit { .. }
        | Load::Lines { .. }
        | Load::Minutes { .. }
        | Load::Rules
        | Load::Publish
        | Load::ImportPlan(_) => Weight::All,
    }
}

/// Whether a message of the user has to wait, now or behind others that do.
#[must_use]
pub(super) fn waits(model: &Model, msg: &Msg) -> bool {
    let is_typed = matches!(msg, Msg::Key(_) | Msg::Burst(_) | Msg::Paste(_) | Msg::Mouse(..));
    is_typed && (!model.typeahead.held.is_empty() || !may_pass(model, msg))
}

/// The next that was held and need not wait any more.
pub(super) fn next(model: &mut Model) -> Option<Msg> {
    let first = model.typeahead.held.front()?;
    // How far a new detail scrolls is known when it is drawn.
    let is_undrawn = model.scrolls_detail() && model.detail_last == usize::MAX;
    let scrolls = is_undrawn && matches!(first, Msg::Key(key) if regards(model, *key).is_some());
    if scrolls || !may_pass(model, first) {
        return None;
    }
    model.typeahead.held.pop_front()
}

/// Whether no answer on its way can change what a message means.
fn may_pass(model: &Model, msg: &Msg) -> bool {
    let Some(heaviest) = model.typeahead.heaviest() else { return true };
    // While something is imported keys say so, and one breaks it off.
    if model.progress.is_some() {
        return true;
    }
    let regards = match msg {
        Msg::Key(key) => regards(model, *key),
        Msg::Paste(_) | Msg::Burst(_) if is_text(model) => Some(Weight::All),
        Msg::Mouse(Gesture::WheelUp | Gesture::WheelDown, _) if model.popups.is_empty() => {
            Some(Weight::Rows)
        }
        _ => None,
    };
    regards.is_some_and(|least| heaviest < least)
}

/// The least weight that a key waits for; `None`: it waits for everything.
fn regards(model: &Model, key: Key) -> Option<Weight> {
    if is_text(model) {
        let is_typed = key.typed().is_some()
            || key.modifier == Modifier::None
                && matches!(
                    key.code,
                    Code::Backspace
                        | Code::Delete
                        | Code::Left
                        | Code::Right
                        | Code::Home
                        | Code::End
                );
        return is_typed.then_some(Weight::All);
    }
    if !model.popups.is_empty() {
        return None;
    }
    let meant = |key: Key| {
        let mut chord = model.pending.clone();
        chord.push(key);
        model.keys().find(&chord)
    };
    let found = match (meant(key), key.latin()) {
        (Found::Nothing, Some(latin)) => meant(latin),
        (found, _) => found,
    };
    match found {
        Found::Prefix => Some(Weight::Rows),
        Found::Action(action) if is_motion(action) && !model.scrolls_detail() => Some(Weight::Rows),
        Found::Action(action) if is_motion(action) => Some(Weight::Beside),
        Found::Action(_) | Found::Nothing => None,
    }
}

fn is_motion(action: Action) -> bool {
    matches!(
        action,
        Action::Down
            | Action::Up
            | Action::HalfDown
            | Action::HalfUp
            | Action::PageDown
            | Action::PageUp
            | Action::Top
            | Action::Bottom
            | Action::NextMatch
            | Action::PreviousMatch
    )
}

/// Whether letters go into a text now.
fn is_text(model: &Model) -> bool {
    match model.popups.last() {
        Some(Popup::Prompt(_) | Popup::Form(_) | Popup::Writing(_)) => true,
        Some(Popup::Menu(menu)) => menu.is_typed(),
        Some(
            Popup::Sheet(_)
            | Popup::Import(_)
            | Popup::Grid(_)
            | Popup::Card(_)
            | Popup::Ritual(_)
            | Popup::Judging(_)
            | Popup::Settings(_)
            | Popup::Conflict(_),
        )
        | None => false,
    }
}

/// Questions above the screen that what was typed before they came must not answer.
#[must_use]
pub(super) fn questions(model: &Model) -> usize {
    let asks = |popup: &&Popup| match popup {
        Popup::Menu(menu) => {
            matches!(menu.purpose, Purpose::Confirm | Purpose::Outcome { .. } | Purpose::Tag { .. })
        }
        Popup::Conflict(_) => true,
        Popup::Prompt(_)
        | Popup::Form(_)
        | Popup::Sheet(_)
        | Popup::Import(_)
        | Popup::Grid(_)
        | Popup::Writing(_)
        | Popup::Card(_)
        | Popup::Ritual(_)
        | Popup::Judging(_)
        | Popup::Settings(_) => false,
    };
    model.popups.iter().filter(asks).count()
}
