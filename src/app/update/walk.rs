//! Keys on a card, and what the walk makes of their answers (`spec/4-interface.md §4.2a`): the
//! letters of the verbs, motion between cards, `u U ? : +`, and Esc to end.

use crate::domain::item::ItemId;
use crate::ops::Done;

use super::super::action::Action;
use super::super::bindings::Found;
use super::super::card::{Card, Then, Verdict};
use super::super::choices;
use super::super::effect::{Effect, Load};
use super::super::keys::{Code, Key};
use super::super::list::List;
use super::super::menu::Pick;
use super::super::model::{Model, Tone};
use super::super::popup::Popup;
use super::super::rows::Line;
use super::{act, answer, forget_pending, meaning, open, parts, row};

/// Begins a walk: through all marked, or through all that the list shows.
pub fn begin(model: &mut Model) -> Vec<Effect> {
    let list = model.list();
    if list.marks.is_empty() && model.place.kind().is_some() {
        return vec![Effect::Load(Load::Queue(list.query.clone()))];
    }
    let queue = if list.marks.is_empty() { shown(list) } else { marked(list) };
    start(model, queue)
}

/// Shows the first card.
pub fn start(model: &mut Model, queue: Vec<ItemId>) -> Vec<Effect> {
    let title = format!("Walk through {}", model.place.title());
    show(model, title, queue);
    Vec::new()
}

/// The cards of the requests that wait for triage.
pub fn triage(model: &mut Model, queue: Vec<ItemId>) {
    if queue.is_empty() {
        model.say("no request waits for triage", Tone::Refused);
        return;
    }
    show(model, "Triage".to_owned(), queue);
}

fn show(model: &mut Model, title: String, queue: Vec<ItemId>) {
    match Card::new(title, queue) {
        Some(card) => {
            model.detail_top = 0;
            open(model, Popup::Card(Box::new(card)));
        }
        None => model.say("there are no rows to walk through", Tone::Refused),
    }
}

fn shown(list: &List) -> Vec<ItemId> {
    list.lines.iter().filter_map(Line::id).collect()
}

/// The marked rows in the order of the list, as far as it is loaded.
fn marked(list: &List) -> Vec<ItemId> {
    let loaded: Vec<ItemId> =
        shown(list).into_iter().filter(|id| list.marks.contains(id)).collect();
    let others = list.marks.iter().copied().filter(|id| !loaded.contains(id)).collect::<Vec<_>>();
    loaded.into_iter().chain(others).collect()
}

/// Takes a key for the card.
pub fn press(model: &mut Model, key: Key) -> Vec<Effect> {
    if key.code == Code::Esc && model.pending.is_empty() {
        return end(model);
    }
    let Some(item) = model.subject_item().cloned() else { return command(model, key) };
    let letter = [Some(key), key.latin()].into_iter().flatten().find_map(|key| {
        let wanted = key.to_string();
        choices::verbs_of(model, &item).into_iter().find(|entry| entry.side == wanted)
    });
    let Some(entry) = letter.filter(|_| model.pending.is_empty()) else {
        return command(model, key);
    };
    if let Some(refusal) = entry.refusal {
        model.say(refusal, Tone::Refused);
        return Vec::new();
    }
    // Editing the reply is no verdict.
    let judges = entry.pick != Pick::Action(Action::Change(super::super::action::Field::Reply));
    if let Some(card) = model.card_mut() {
        card.begun = judges;
    }
    match entry.pick {
        Pick::Keep => judge(model, Verdict::Kept),
        Pick::Verb(verb) => row::ask(model, verb, &item, vec![item.id]),
        Pick::Part(part) => {
            parts::ask(model, part, &item);
            Vec::new()
        }
        Pick::Action(action) => act::run(model, action),
        _ => Vec::new(),
    }
}

/// A key that is no verb of the row: what it means on the screen, as far as a card has it.
fn command(model: &mut Model, key: Key) -> Vec<Effect> {
    let action = match meaning(model, key) {
        Found::Prefix => return Vec::new(),
        Found::Action(action) => action,
        Found::Nothing => {
            let pressed = std::mem::take(&mut model.pending);
            model.hint_pending = false;
            let words = super::no_meaning(model, &pressed);
            model.say(words, Tone::Refused);
            return Vec::new();
        }
    };
    forget_pending(model);
    if let Some(card) = model.card_mut() {
        card.begun = false;
    }
    match action {
        Action::Down | Action::NextMatch => step(model, 1),
        Action::Up | Action::PreviousMatch => step(model, -1),
        Action::Top => step(model, isize::MIN),
        Action::Bottom => step(model, isize::MAX),
        Action::HalfDown | Action::PageDown => scroll(model, 5),
        Action::HalfUp | Action::PageUp => scroll(model, -5),
        Action::Help | Action::Verbs => return act::run(model, Action::Verbs),
        Action::Trash => {
            let undo = model.keys().way(Action::Undo);
            let words = format!("{key} does nothing on a card; X gives a row up, {undo} undoes");
            model.say(words, Tone::Refused);
        }
        Action::Undo
        | Action::Redo
        | Action::Palette
        | Action::Capture
        | Action::Redraw
        | Action::Messages
        | Action::Suspend => return act::run(model, action),
        action if action.is_on_row() && action != Action::Open => return act::run(model, action),
        action => {
            let words =
                format!("{} waits until the walk is over; esc ends it", action.about().name);
            model.say(words, Tone::Refused);
        }
    }
    Vec::new()
}

fn step(model: &mut Model, by: isize) {
    model.detail_top = 0;
    if let Some(card) = model.card_mut() {
        card.step(by);
    }
}

fn scroll(model: &mut Model, by: isize) {
    model.detail_top = model.detail_top.saturating_add_signed(by);
}

fn judge(model: &mut Model, verdict: Verdict) -> Vec<Effect> {
    model.detail_top = 0;
    match model.card_mut().map(|card| card.judge(verdict)) {
        Some(Then::End) => end(model),
        Some(Then::Next) | None => Vec::new(),
    }
}

/// Something was done while the card is open: its own verb brings the next one, undo the last.
pub fn done(model: &mut Model, done: &Done) -> Vec<Effect> {
    let Some(card) = model.card_mut() else { return Vec::new() };
    if done.label.starts_with("undid") {
        card.taken_back(&done.items);
    } else if card.begun && done.items.contains(&card.item()) {
        return judge(model, Verdict::Answered);
    }
    Vec::new()
}

/// Ends the walk on the row where it stood, and says what came of it.
fn end(model: &mut Model) -> Vec<Effect> {
    let Some(card) = model.card_mut().cloned() else { return Vec::new() };
    model.popups.retain(|popup| !matches!(popup, Popup::Card(_)));
    let words = format!("walked: {}", card.tally());
    match model.toast.take() {
        // The last verdict keeps its name and its undo.
        Some(toast) if toast.tone == Tone::Done => {
            model.say(format!("{} · {words}", toast.text), Tone::Done);
        }
        _ => model.say(words, Tone::Plain),
    }
    let place = model.place;
    model.wanted = Some(card.item());
    answer::ask_kept(model, place, card.item())
}
