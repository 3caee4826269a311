//! Keys on the swap test: `y` and `n` answer and go on, motion moves, `u U` take back and again.

use crate::domain::item::ItemId;
use crate::ops::evidence::swap::SwapLine;

use super::super::action::Action;
use super::super::bindings::Found;
use super::super::effect::{Effect, Load};
use super::super::judging::Judging;
use super::super::keys::{Code, Key, Modifier};
use super::super::model::{Model, Tone};
use super::super::popup::Popup;
use super::{act, close, forget_pending, meaning, open};

/// The lines came: the test opens, or goes on where it stood.
pub fn take(model: &mut Model, item: ItemId, lines: Vec<SwapLine>) {
    match judging(model) {
        Some(open) if open.item == item => open.renew(lines),
        _ => open(model, Popup::Judging(Box::new(Judging::new(item, lines)))),
    }
}

/// Something was done while the test is open: its lines are read again.
pub fn done(model: &mut Model) -> Option<Effect> {
    judging(model).map(|open| Effect::Load(Load::Swaps(open.item)))
}

fn judging(model: &mut Model) -> Option<&mut Judging> {
    model.popups.iter_mut().find_map(|popup| match popup {
        Popup::Judging(judging) => Some(judging.as_mut()),
        _ => None,
    })
}

pub fn press(model: &mut Model, key: Key) -> Vec<Effect> {
    let plain = key.latin().unwrap_or(key);
    let is_letter = plain.modifier == Modifier::None && model.pending.is_empty();
    match plain.code {
        Code::Esc | Code::Char('q') if is_letter => {
            close(model);
            return Vec::new();
        }
        Code::Char('y' | 'n') if is_letter => return answer(model, plain.code),
        Code::Enter => {
            step(model, 1);
            return Vec::new();
        }
        _ => {}
    }
    let action = match meaning(model, key) {
        Found::Prefix => return Vec::new(),
        Found::Action(action) => action,
        Found::Nothing => {
            forget_pending(model);
            model.say("y: it still works; n: it is ours alone; esc closes", Tone::Refused);
            return Vec::new();
        }
    };
    forget_pending(model);
    match action {
        Action::Down => step(model, 1),
        Action::Up => step(model, -1),
        Action::HalfDown | Action::PageDown => step(model, 5),
        Action::HalfUp | Action::PageUp => step(model, -5),
        Action::Top => step(model, isize::MIN),
        Action::Bottom => step(model, isize::MAX),
        Action::Undo | Action::Redo | Action::Redraw | Action::Messages | Action::Suspend => {
            return act::run(model, action);
        }
        action => {
            let words =
                format!("{} waits until the test is closed; esc closes it", action.about().name);
            model.say(words, Tone::Refused);
        }
    }
    Vec::new()
}

fn step(model: &mut Model, by: isize) {
    if let Some(open) = judging(model) {
        open.step(by);
    }
}

fn answer(model: &mut Model, code: Code) -> Vec<Effect> {
    let Some(open) = judging(model) else { return Vec::new() };
    let Some(line) = open.line() else { return Vec::new() };
    let op = if code == Code::Char('y') { line.survives.clone() } else { line.ours.clone() };
    open.go_on();
    vec![Effect::Run(op)]
}
