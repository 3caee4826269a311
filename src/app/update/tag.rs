//! The tags that a new item lacks: asked one after the other, the line kept until it is whole.

use crate::domain::change::{Change, Draft, Edit, Input};
use crate::domain::field::Field;
use crate::domain::value::Value;
use crate::ops::Op;

use super::super::effect::Effect;
use super::super::menu::{Menu, Pick};
use super::super::model::Model;

/// A new item with the tag that it lacked; the line is kept as long as another one is missing.
pub(super) fn chosen(
    model: &mut Model,
    menu: &Menu,
    (draft, field): (&Draft, &'static Field),
    pick: &Pick,
) -> Vec<Effect> {
    let input = match pick {
        Pick::Item(id) => Input::Known(*id),
        Pick::Slug(slug) if field.targets().is_empty() => {
            Input::Value(Value::Text((*slug).to_owned()))
        }
        Pick::Slug(word) => Input::Reference((*word).to_owned()),
        Pick::New => Input::Reference(menu.line.text().trim().to_owned()),
        _ => return Vec::new(),
    };
    let mut draft = draft.clone();
    draft.changes.retain(|change| change.field.name != field.name);
    draft.changes.push(Change { field, edit: Edit::Set(input) });
    let says = |name: &str| draft.changes.iter().any(|change| change.field.name == name);
    if says("segment") && says("stage") {
        model.unsaved.retain(|kept| !kept.line().contains(&draft.title));
    }
    vec![Effect::Run(Op::Add(vec![draft]))]
}
