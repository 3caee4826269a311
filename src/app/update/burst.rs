//! Keys that came at once, where they are not clearly keys: nothing is done before somebody says.

use super::super::action::Action;
use super::super::burst::{self, Meant};
use super::super::effect::Effect;
use super::super::keys::Key;
use super::super::model::Model;
use super::super::popup::Popup;
use super::{act, open, typing};

/// Takes keys that came at once.
pub fn take(model: &mut Model, keys: Vec<Key>) -> Vec<Effect> {
    match burst::meant(model, &keys) {
        Meant::Keys => again(model, keys),
        Meant::Lines => typing::paste(model, &burst::text(&keys)),
        Meant::Unclear => {
            model.pending.clear();
            model.hint_pending = false;
            let menu = burst::question(&keys, burst::can_add(model));
            open(model, Popup::Menu(menu));
            Vec::new()
        }
    }
}

/// They are keys, one after the other.
pub fn again(model: &mut Model, keys: Vec<Key>) -> Vec<Effect> {
    model.typeahead.ahead(keys);
    Vec::new()
}

/// They are text: the line that adds is opened with it, and adds nothing before enter.
pub fn pasted(model: &mut Model, text: &str) -> Vec<Effect> {
    // On a card, and in a ritual, a line is captured.
    let is_place = model.popups.is_empty();
    let mut effects = if is_place { act::run(model, Action::Add) } else { Vec::new() };
    if !matches!(model.popups.last(), Some(Popup::Prompt(_))) {
        model.toast = None;
        effects.extend(act::run(model, Action::Capture));
    }
    if matches!(model.popups.last(), Some(Popup::Prompt(_))) {
        effects.extend(typing::paste(model, text));
    }
    effects
}
