//! The board: asked for, filled, walked through; cards that go one step on or are ordered by hand.

use crate::domain::change::{Change, Edit, Input};
use crate::domain::item::{Item, ItemId};
use crate::domain::noun::{State, StateEntry};
use crate::domain::part::PartKind;
use crate::domain::value::Value;
use crate::domain::verb::{self, Verb};
use crate::ops::Op;
use crate::ops::board::BY_HAND;
use crate::ops::by_hand::{Scope, Side};

use super::super::action::Action;
use super::super::effect::{Effect, Load};
use super::super::form;
use super::super::layout::Layout;
use super::super::model::{Model, Tone};
use super::super::place::Place;
use super::super::rows::Line;
use super::{answer, compose, row};

/// From the table to the board and back; the cursor stays on its item.
pub fn switch(model: &mut Model) -> Vec<Effect> {
    let place = model.place;
    let kept = model.list().selected();
    let list = model.list_mut();
    list.layout = match list.layout {
        Layout::Table => Layout::Board,
        Layout::Board => Layout::Table,
    };
    list.seen = None;
    answer::ask_page(model, place, kept)
}

/// Asks for what the board shows, around an item when there is one to be kept.
pub fn ask(model: &mut Model, place: Place, wanted: Option<ItemId>) -> Vec<Effect> {
    let serial = model.next_serial();
    let (shown, cards) = (model.lanes_shown(), model.cards());
    let list = model.list_at(place);
    list.serial = serial;
    list.asked = Some(list.cursor);
    let keep = wanted.or_else(|| list.selected());
    let (query, spans) = (list.query.clone(), list.board.spans(shown, cards));
    vec![Effect::Load(Load::Board { place, query, spans, keep, serial })]
}

/// Takes a board into the model.
pub fn take(model: &mut Model, place: Place, read: crate::ops::board::Board, serial: u64) {
    let (shown, cards) = (model.lanes_shown(), model.cards());
    let list = model.list_at(place);
    if serial != list.serial {
        return;
    }
    list.asked = None;
    list.loaded = true;
    // What is told of the whole list is told of the board now: the table's rows are read again.
    list.seen = None;
    list.names.clone_from(&read.names);
    list.warnings.clone_from(&read.warnings);
    list.closed_matches = read.closed_matches;
    list.board.take(read, cards);
    list.board.scroll(shown);
    list.total = list.board.total();
    let sought = model.wanted.take();
    let list = model.list();
    if sought.is_some_and(|id| list.selected() != Some(id)) {
        let words = if list.is_filtered() {
            "hidden by the filter".to_owned()
        } else {
            format!("it left the board, {} shows it", model.keys().way(Action::Closed))
        };
        model.list_mut().board.is_strange = true;
        answer::say_too(model, &words);
    }
}

/// After every message: the cursor is in sight; cards that are missing are asked for.
pub fn settle(model: &mut Model) -> Vec<Effect> {
    let (shown, cards) = (model.lanes_shown(), model.cards());
    let place = model.place;
    let list = model.list_mut();
    list.board.step(0, cards);
    list.board.scroll(shown);
    if !list.loaded || list.asked.is_some() || !list.board.is_missing(shown, cards) {
        return Vec::new();
    }
    // Around what is in sight, not around the card: another column may be the one that misses.
    ask_anew(model, place)
}

/// Asks for what is in sight, whatever card has the cursor.
pub fn ask_anew(model: &mut Model, place: Place) -> Vec<Effect> {
    let mut effects = ask(model, place, None);
    for effect in &mut effects {
        if let Effect::Load(Load::Board { keep, .. }) = effect {
            *keep = None;
        }
    }
    effects
}

/// `h` and `l`: the column beside.
pub fn turn(model: &mut Model, by: isize) {
    let cards = model.cards();
    model.list_mut().board.turn(by, cards);
}

/// `H` and `L`: the card goes one state back or on, by the verb that leads there if it takes one.
pub fn move_card(model: &mut Model, item: &Item, by: isize) -> Vec<Effect> {
    let targets = model.targets();
    // Whoever holds the key down does not mean the card that has taken the place of the one before.
    if model.list().board.is_strange && model.list().marks.is_empty() {
        let words = format!(
            "{} has come under the cursor; a motion, such as j or k, chooses it",
            item.reference
        );
        model.list_mut().board.is_strange = false;
        model.say(words, Tone::Refused);
        return Vec::new();
    }
    if targets.len() > 1 && model.marked().any(|other| other.state() != item.state()) {
        let way = model.keys().way(Action::State);
        let words = format!("the marked cards stand in several columns; {way} gives all one state");
        model.say(words, Tone::Refused);
        return Vec::new();
    }
    match step(item, by) {
        Ok(Step::To(next)) => {
            let field = item.kind().noun().field("state");
            let edit = Edit::Set(Input::Value(Value::Text(next.slug.to_owned())));
            model.list_mut().spend_marks();
            let changes = vec![Change { field, edit }];
            vec![Effect::Run(Op::Edit { items: targets, changes })]
        }
        Ok(Step::By(verb)) => row::ask(model, verb, item, targets),
        Ok(Step::Frame) => vec![Effect::Load(Load::Form(item.id, form::Scope::Frame))],
        Ok(Step::Prewire) => compose::part(item.id, PartKind::Prewire),
        Err(why) => {
            model.say(why, Tone::Refused);
            Vec::new()
        }
    }
}

/// How a card goes on.
enum Step {
    To(&'static State),
    By(Verb),
    /// What the record lacks for the next state is asked for.
    Frame,
    Prewire,
}

/// How a card goes one state back or on.
///
/// # Errors
/// Why no hand takes it there.
fn step(item: &Item, by: isize) -> Result<Step, String> {
    // A card goes along the way of its kind; what stands beside it, such as deferred, has a verb.
    let is_on_way = |state: &&State| *state == item.state() || !state.is_aside;
    let states: Vec<&'static State> = item.kind().noun().states.iter().filter(is_on_way).collect();
    let at = states.iter().position(|state| *state == item.state()).unwrap_or(0);
    let Some(next) = at.checked_add_signed(by).and_then(|at| states.get(at)).copied() else {
        let end = if by < 0 { "first" } else { "last" };
        return Err(format!("{} is in the {end} state", item.reference));
    };
    let verb = verb::of(item.kind()).find(|verb| verb.done() == next.slug);
    match (next.entry, verb) {
        (StateEntry::Chosen, _) if !(next.follows && item.state().follows) => Ok(Step::To(next)),
        (StateEntry::ByVerb | StateEntry::Derived, Some(verb)) => Ok(Step::By(verb)),
        (StateEntry::Derived, None) if by > 0 && next.slug == "framed" => Ok(Step::Frame),
        (StateEntry::Derived, None) if by > 0 => Ok(Step::Prewire),
        _ => Err(why_not(item, next)),
    }
}

/// Why no card can be moved with this action here; `None` when the chosen one can, or many are.
#[must_use]
pub fn step_refusal(model: &Model, item: &Item, action: Action) -> Option<String> {
    let by = if action == Action::StepRight { 1 } else { -1 };
    let is_settled = model.list().marks.is_empty() && !model.list().board.is_strange;
    step(item, by).err().filter(|_| is_settled)
}

/// Why no hand puts a card there, and what can be done instead.
fn why_not(item: &Item, next: &State) -> String {
    let instead = match Verb::finishing(item.kind()) {
        Some(verb) => format!("; x {}s it, ; shows its verbs", verb.name()),
        None => "; ; shows its verbs".to_owned(),
    };
    if next.follows || next.entry == StateEntry::Derived {
        return format!("{} follows from the record{instead}", next.slug);
    }
    format!("no key leads to {}{instead}", next.slug)
}

/// `J` and `K`: the row goes one place down or up in the order by hand.
pub fn reorder(model: &mut Model, item: &Item, action: Action) -> Vec<Effect> {
    let down = action == Action::MoveDown;
    let by = if down { 1 } else { -1 };
    let list = model.list();
    let (beside, scope) = match list.layout {
        Layout::Board => (list.board.beside(by), Scope::State),
        Layout::Table => {
            let place = list.cursor.checked_add_signed(by);
            (place.and_then(|place| list.line(place)), Scope::Kind)
        }
    };
    let Some(beside) = beside.and_then(Line::id) else {
        let end = if down { "last" } else { "first" };
        model.say(format!("{} is the {end} here", item.reference), Tone::Refused);
        return Vec::new();
    };
    let side = if down { Side::After } else { Side::Before };
    vec![Effect::Run(Op::Place { item: item.id, side, beside, scope })]
}

const BY_HAND_ELSEWHERE: &str = "rows are ordered by hand on a board, V, or sorted by hand, S";

/// Why rows are not ordered by hand here; `None` when they are.
#[must_use]
pub fn reorder_refusal(model: &Model) -> Option<&'static str> {
    let list = model.list();
    if model.place.kind().is_none() {
        return Some("these stand in the order of what presses most");
    }
    let is_by_hand = list.layout == Layout::Board || list.query.sort == BY_HAND;
    let Some(kind) = model.place.kind() else { return Some(BY_HAND_ELSEWHERE) };
    if !kind.noun().fields.iter().any(|field| field.name == "rank") {
        return Some("these have an order of their own, not one by hand");
    }
    (!is_by_hand).then_some(BY_HAND_ELSEWHERE)
}
