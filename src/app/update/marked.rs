//! A marked row that is not loaded: it is read, and what was to be done to it is done when it has
//! come under the cursor. Also what is found by its name and done to the row or to all marked.

use crate::domain::item::ItemId;

use super::super::action::Action;
use super::super::effect::Effect;
use super::super::menu::Pick;
use super::super::model::{Model, Tone};
use super::{act, answer, parts, submit};

/// The only marked row comes under the cursor, so that all that follows is about it; the effects,
/// where it has to be read first.
pub fn first(model: &mut Model, action: Action) -> Option<Vec<Effect>> {
    let [only] = *model.targets() else { return None };
    if !model.acts_on_marks(action) || model.subject() == Some(only) {
        return None;
    }
    let cards = model.cards();
    let is_here = model.list_mut().select(only, cards);
    (!is_here).then(|| bring(model, only, action))
}

/// What was found by its name in help or the palette is done to the row or to all marked, as the menu
/// of verbs does it; on a card it is the verdict.
pub fn found(model: &mut Model, pick: &Pick) -> Vec<Effect> {
    if let Some(effects) = first(model, Action::Verbs) {
        return effects;
    }
    if let Some(card) = model.card_mut() {
        card.begun = true;
    }
    if let Some(rite) = model.rite_mut() {
        rite.begun = true;
    }
    let targets = model.targets();
    match pick {
        Pick::Verb(verb) => submit::verb_of(model, *verb, targets),
        Pick::Part(part) => {
            if let Some(item) = model.subject_item().cloned() {
                parts::ask(model, *part, &item);
            }
            Vec::new()
        }
        _ => Vec::new(),
    }
}

/// A marked row far from here is read first; what was to be done to it is done when it has come.
fn bring(model: &mut Model, id: ItemId, action: Action) -> Vec<Effect> {
    model.acting = Some((id, action));
    answer::ask_kept(model, model.place, id)
}

/// A list was read: what waits for a row of it goes on.
pub fn brought(model: &mut Model) -> Vec<Effect> {
    if model.list().asked.is_some() {
        return Vec::new();
    }
    let Some((id, action)) = model.acting.take() else { return Vec::new() };
    if model.list().selected() == Some(id) {
        return act::run(model, action);
    }
    let back = model.keys().way(Action::Back);
    model.say(
        format!("the marked row is not shown here; {back} takes back filter and mark"),
        Tone::Refused,
    );
    Vec::new()
}
