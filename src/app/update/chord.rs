//! Chords: what the keys pressed so far mean together, and what is said where they mean nothing.

use super::super::action::Action;
use super::super::bindings::Found;
use super::super::keys::{Key, chord_words};
use super::super::model::Model;

/// What the key means behind those that are pending. A letter that no key of the program is stands
/// for the Latin one in its place on the keyboard.
pub(super) fn meaning(model: &mut Model, key: Key) -> Found {
    model.pending.push(key);
    let found = model.keys().find(&model.pending);
    let latin = key.latin().filter(|_| found == Found::Nothing);
    let Some(latin) = latin else { return found };
    let last = model.pending.len() - 1;
    model.pending[last] = latin;
    model.keys().find(&model.pending)
}

/// Where a chord ends that means nothing: what its beginning leads to, or where help is.
pub(super) fn no_meaning(model: &Model, pressed: &[Key]) -> String {
    let chord = chord_words(pressed);
    let prefix = &pressed[..pressed.len() - 1];
    let next: Vec<String> =
        model.keys().continuations(prefix).map(|(rest, _)| chord_words(rest)).collect();
    if prefix.is_empty() || next.is_empty() {
        let help = model.keys().way(Action::Help);
        return format!("{chord} has no meaning here; {help} shows what has");
    }
    format!("{chord} has no meaning; after {} comes {}", chord_words(prefix), next.join(" "))
}

pub(super) fn forget_pending(model: &mut Model) {
    model.pending.clear();
    model.hint_pending = false;
}
