//! The mouse: the wheel scrolls what lies under it, a click selects, the second click opens, a click
//! on a tab or a hint does what it says. Everything here has a key too.

use super::super::action::Action;
use super::super::effect::Effect;
use super::super::keys::{Code, Key};
use super::super::list::Toward;
use super::super::menu::Purpose;
use super::super::model::{Model, Pane};
use super::super::mouse::{Gesture, Target};
use super::super::popup::Popup;
use super::super::rows::Line;
use super::super::writing::room;
use super::{act, forget_pending, press, typing, write};

/// Rows that one notch of the wheel moves.
const NOTCH: isize = 3;

/// Takes a gesture on what lay under the pointer.
pub fn take(model: &mut Model, gesture: Gesture, target: Option<Target>) -> Vec<Effect> {
    if model.progress.is_some() {
        return Vec::new();
    }
    match gesture {
        Gesture::WheelUp => wheel(model, target, -NOTCH),
        Gesture::WheelDown => wheel(model, target, NOTCH),
        Gesture::Click => {
            model.toast = None;
            click(model, target)
        }
    }
}

fn wheel(model: &mut Model, target: Option<Target>, by: isize) -> Vec<Effect> {
    if model.popups.is_empty() {
        if target == Some(Target::Detail) || model.is_zoomed() {
            let top = model.detail_top.min(model.detail_last);
            model.detail_top = top.saturating_add_signed(by).min(model.detail_last);
        } else if model.is_board() {
            let cards = model.cards();
            model.list_mut().board.step(by.signum(), cards);
        } else {
            let height = model.rows();
            model.list_mut().wheel(by, height);
        }
        return Vec::new();
    }
    let key = Key::plain(if by < 0 { Code::Up } else { Code::Down });
    match model.popups.last_mut() {
        Some(Popup::Menu(_) | Popup::Settings(_) | Popup::Grid(_) | Popup::Conflict(_)) => {
            press(model, key)
        }
        Some(Popup::Writing(_)) => (0..by.unsigned_abs()).flat_map(|_| press(model, key)).collect(),
        Some(Popup::Sheet(_)) => (0..by.unsigned_abs()).flat_map(|_| press(model, key)).collect(),
        Some(Popup::Card(_)) => {
            model.detail_top = model.detail_top.saturating_add_signed(by);
            Vec::new()
        }
        Some(Popup::Ritual(_) | Popup::Judging(_)) => press(model, key),
        // A line or a form that is being written stays where it is.
        Some(Popup::Prompt(_) | Popup::Form(_) | Popup::Import(_)) | None => Vec::new(),
    }
}

fn click(model: &mut Model, target: Option<Target>) -> Vec<Effect> {
    let is_above = !model.popups.is_empty();
    if !matches!(target, Some(Target::Press(_))) {
        forget_pending(model);
    }
    match target {
        Some(Target::Press(key)) => press(model, key),
        Some(Target::Entry(place)) => entry(model, place),
        Some(Target::Offer(place)) => offer(model, place),
        Some(Target::Day(day)) => write::day(model, day),
        Some(Target::Whose(clash, whose)) => {
            if let Some(Popup::Conflict(conflict)) = model.popups.last_mut() {
                conflict.cursor = clash;
                conflict.choose(whose);
            }
            Vec::new()
        }
        Some(Target::Text(row, column)) => {
            let width = room(model.width);
            if let Some(Popup::Writing(writing)) = model.popups.last_mut() {
                writing.text.go(row, column, width);
            }
            Vec::new()
        }
        Some(Target::Popup) => Vec::new(),
        _ if is_above => outside(model),
        Some(Target::Go(place)) => act::run(model, Action::Go(place)),
        Some(Target::Do(action)) => act::run(model, action),
        Some(Target::Row(place)) => select(model, place),
        Some(Target::Card(lane, place)) => select_card(model, lane, place),
        Some(Target::Chip(place)) => act::drop_term(model, Some(place)),
        Some(Target::Detail) => {
            model.pane = Pane::Detail;
            Vec::new()
        }
        Some(Target::List) | None => {
            model.pane = Pane::List;
            Vec::new()
        }
    }
}

/// The first click selects a row, the second opens it.
fn select(model: &mut Model, place: usize) -> Vec<Effect> {
    model.pane = Pane::List;
    let list = model.list_mut();
    if !list.line(place).is_some_and(Line::is_choosable) {
        return Vec::new();
    }
    if list.cursor == place {
        return act::run(model, Action::Open);
    }
    list.move_to(place, Toward::Down);
    Vec::new()
}

/// The same on a board.
fn select_card(model: &mut Model, lane: usize, place: usize) -> Vec<Effect> {
    model.pane = Pane::List;
    let cards = model.cards();
    let board = &mut model.list_mut().board;
    if board.at == lane && board.lane().is_some_and(|lane| lane.cursor == place) {
        return act::run(model, Action::Open);
    }
    board.at = lane.min(board.lanes.len().saturating_sub(1));
    board.jump(place, cards);
    Vec::new()
}

/// An entry of whatever stands on top. The first click goes there; the second does what the entry
/// is for.
fn entry(model: &mut Model, place: usize) -> Vec<Effect> {
    let calendar = model.calendar;
    let key = match model.popups.last_mut() {
        Some(Popup::Menu(_)) => return choose(model, place),
        Some(Popup::Form(form)) if form.focus == place => Key::ctrl('g'),
        Some(Popup::Form(form)) => {
            form.go(place, &calendar);
            return Vec::new();
        }
        Some(Popup::Settings(settings)) if settings.line.is_some() => return Vec::new(),
        Some(Popup::Settings(settings)) if settings.cursor == place => Key::char('l'),
        Some(Popup::Settings(settings)) => {
            settings.cursor = place;
            return Vec::new();
        }
        Some(Popup::Import(preview)) if preview.cursor == place => Key::char('f'),
        Some(Popup::Import(preview)) => {
            preview.cursor = place;
            return Vec::new();
        }
        Some(Popup::Ritual(rite)) => {
            rite.cursor = place;
            rite.step(0);
            return Vec::new();
        }
        Some(Popup::Judging(judging)) => {
            judging.go(place);
            return Vec::new();
        }
        Some(
            Popup::Prompt(_)
            | Popup::Sheet(_)
            | Popup::Card(_)
            | Popup::Grid(_)
            | Popup::Writing(_)
            | Popup::Conflict(_),
        )
        | None => return Vec::new(),
    };
    press(model, key)
}

/// What is offered for a field or a line takes the place of what is typed there.
fn offer(model: &mut Model, place: usize) -> Vec<Effect> {
    let calendar = model.calendar;
    match model.popups.last_mut() {
        Some(Popup::Form(form)) => form.take_offer(place, &calendar),
        Some(Popup::Prompt(prompt)) => {
            if let Some(mut offers) = prompt.offers.take() {
                offers.at = place.min(offers.candidates.len().saturating_sub(1));
                prompt.line.set(&offers.line());
                prompt.read(&calendar);
                return typing::filter_now(model);
            }
        }
        _ => {}
    }
    Vec::new()
}

fn choose(model: &mut Model, place: usize) -> Vec<Effect> {
    let Some(Popup::Menu(menu)) = model.popups.last_mut() else { return Vec::new() };
    if place >= menu.shown.len() {
        return Vec::new();
    }
    // What would be lost for good takes two clicks, as it takes two keys.
    let chosen = menu.purpose != Purpose::Confirm || menu.cursor == place;
    menu.cursor = place;
    if !chosen {
        return Vec::new();
    }
    typing::press(model, Key::plain(Code::Enter)).unwrap_or_default()
}

/// A click beside what stands above the screen closes it, unless something is being written there.
fn outside(model: &mut Model) -> Vec<Effect> {
    match model.popups.last() {
        Some(Popup::Menu(_) | Popup::Sheet(_)) => press(model, Key::plain(Code::Esc)),
        Some(
            Popup::Prompt(_)
            | Popup::Form(_)
            | Popup::Import(_)
            | Popup::Card(_)
            | Popup::Ritual(_)
            | Popup::Judging(_)
            | Popup::Settings(_)
            | Popup::Grid(_)
            | Popup::Writing(_)
            | Popup::Conflict(_),
        )
        | None => Vec::new(),
    }
}
