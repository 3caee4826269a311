//! Presenting a review: one section a screen, decisions first; what the room decides is taken down
//! while it is said.

use super::super::super::action::Action;
use super::super::super::bindings::Found;
use super::super::super::effect::Effect;
use super::super::super::keys::{Code, Key};
use super::super::super::model::{Model, Tone};
use super::super::{act, forget_pending, meaning};
use super::section::ask_for;

/// Where the decisions of the room are taken down.
const ROOM: &str = "asked";

pub(super) fn begin(model: &mut Model) {
    if let Some(rite) = model.rite_mut() {
        rite.presented = Some(0);
        rite.top = 0;
    }
}

/// A key while it is presented.
pub(super) fn press(model: &mut Model, key: Key) -> Vec<Effect> {
    let key = key.latin().unwrap_or(key);
    match key.code {
        Code::Esc | Code::Char('z' | 'q') => end(model),
        Code::Enter | Code::Right | Code::PageDown | Code::Char('l' | ' ' | 'n') => turn(model, 1),
        Code::Left | Code::PageUp | Code::Backspace | Code::Char('h' | 'p') => turn(model, -1),
        Code::Down | Code::Char('j') => scroll(model, 1),
        Code::Up | Code::Char('k') => scroll(model, -1),
        Code::Char('+' | 'a') => ask_for(model, ROOM, "decision"),
        _ => return other(model, key),
    }
    Vec::new()
}

fn other(model: &mut Model, key: Key) -> Vec<Effect> {
    let found = meaning(model, key);
    forget_pending(model);
    match found {
        Found::Action(
            action @ (Action::Undo | Action::Redo | Action::Redraw | Action::Messages),
        ) => act::run(model, action),
        Found::Action(_) | Found::Prefix | Found::Nothing => {
            let words = "enter goes on, h back, + takes a decision down, esc ends";
            model.say(words, Tone::Refused);
            Vec::new()
        }
    }
}

fn turn(model: &mut Model, by: isize) {
    if let Some(rite) = model.rite_mut() {
        let last = rite.sitting.run.sections.len().saturating_sub(1);
        let at = rite.presented.unwrap_or(0);
        rite.presented = Some(at.saturating_add_signed(by).min(last));
        rite.top = 0;
    }
}

fn scroll(model: &mut Model, by: isize) {
    if let Some(rite) = model.rite_mut() {
        rite.top = rite.top.saturating_add_signed(by);
    }
}

fn end(model: &mut Model) {
    if let Some(rite) = model.rite_mut() {
        rite.presented = None;
        rite.top = 0;
    }
}
