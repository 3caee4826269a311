//! Keys on the part that is chosen in the detail: change it, take it away, end it, move it, add one
//! beside it. The same for every kind of part of every kind of item, by its description.

use crate::domain::decision::frozen;
use crate::domain::field::Entry;
use crate::domain::item::Item;
use crate::domain::part::{Finish, Part, PartKey, PartKind};
use crate::ops::{Op, PartStep, Way};

use super::super::action::Action;
use super::super::choices;
use super::super::effect::{Effect, Load};
use super::super::form::Scope;
use super::super::model::{Begin, Model};
use super::super::popup::Popup;
use super::open;

/// Whether an action means the chosen part rather than the row.
#[must_use]
pub fn is_for_part(model: &Model, action: Action) -> bool {
    let acts = matches!(
        action,
        Action::Open
            | Action::Edit
            | Action::Trash
            | Action::Finish
            | Action::MoveDown
            | Action::MoveUp
            | Action::Add
            | Action::AddForm
    );
    acts && model.chosen_part().is_some()
}

/// Why it is not possible on the chosen part; `None` when it is.
#[must_use]
pub fn refusal(model: &Model, action: Action) -> Option<String> {
    let (part, item) = (model.chosen_part()?, &model.detail.as_ref()?.row.item);
    if matches!(action, Action::Add | Action::AddForm) {
        return None;
    }
    let noun = part.kind.noun();
    if noun.entry == Entry::ByVerb {
        return Some(format!("{} is kept as it is: a verb made it", noun.one()));
    }
    if let Some(refusal) = frozen::refuse_change(item, part) {
        return Some(refusal.what);
    }
    match action {
        Action::Finish if noun.finish == Finish::Never => {
            Some(format!("nothing ends {}; {} changes it", noun.one(), way(model, Action::Edit)))
        }
        Action::MoveDown | Action::MoveUp if matches!(noun.key, PartKey::Field(_)) => {
            Some(format!("{} stand by their {}s", noun.several(), noun.field(key(part.kind)).label))
        }
        _ => None,
    }
}

/// The field that names a kind of part.
fn key(kind: PartKind) -> &'static str {
    match kind.noun().key {
        PartKey::Field(name) => name,
        PartKey::Letter { .. } | PartKey::Number => kind.noun().main,
    }
}

fn way(model: &Model, action: Action) -> String {
    model.keys().way(action)
}

/// Carries out an action on the chosen part.
pub fn run(model: &mut Model, action: Action) -> Vec<Effect> {
    let (Some(part), Some(detail)) = (model.chosen_part().cloned(), &model.detail) else {
        return Vec::new();
    };
    let item = detail.row.item.clone();
    match action {
        Action::Finish => finish(model, &item, &part),
        Action::Trash => {
            // Whoever removes goes on with the next.
            if !model.step_part(1) {
                model.step_part(-1);
            }
            let step = PartStep::Remove { kind: part.kind, key: part.id.to_string() };
            run_on(&item, step)
        }
        Action::MoveDown | Action::MoveUp => {
            let way = if action == Action::MoveUp { Way::Up } else { Way::Down };
            // What they say changes places, and the choice goes with it.
            let same = |other: &&Part| other.kind == part.kind;
            let all: Vec<_> = model.parts().into_iter().filter(same).map(|part| part.id).collect();
            let at = all.iter().position(|id| *id == part.id);
            let to =
                at.and_then(|at| if way == Way::Up { at.checked_sub(1) } else { Some(at + 1) });
            if let Some(beside) = to.and_then(|to| all.get(to)) {
                model.part = Some(*beside);
            }
            run_on(&item, PartStep::Move { kind: part.kind, key: part.id.to_string(), way })
        }
        Action::Add | Action::AddForm => {
            let menu = choices::parts(&item, Some(part.kind));
            open(model, Popup::Menu(menu));
            Vec::new()
        }
        _ => form(&item, &part),
    }
}

fn run_on(item: &Item, step: PartStep) -> Vec<Effect> {
    vec![Effect::Run(Op::Parts { owner: item.id, steps: vec![step] })]
}

fn form(item: &Item, part: &Part) -> Vec<Effect> {
    vec![Effect::Load(Load::Form(item.id, Scope::Part { kind: part.kind, id: Some(part.id) }))]
}

fn finish(model: &mut Model, item: &Item, part: &Part) -> Vec<Effect> {
    let begin = match part.kind.noun().finish {
        Finish::Never => return Vec::new(),
        Finish::Recommend => {
            return run_on(item, PartStep::Recommend(Some(part.id.to_string())));
        }
        // What is said already stays.
        Finish::Fill { field, then, .. } if is_ended(part, field) => {
            Begin { fill: None, focus: then }
        }
        Finish::Fill { field, text, then } => Begin { fill: Some((field, text)), focus: then },
        Finish::Ask(field) => Begin { fill: None, focus: field },
    };
    model.begin = Some(begin);
    form(item, part)
}

/// Whether the field that ends a part says something beyond what it was born with.
fn is_ended(part: &Part, name: &str) -> bool {
    let value = part.get(name);
    !value.is_nothing() && *value != part.kind.noun().field(name).default_value()
}
