//! A change as the items have it that it is about.

use crate::domain::change::{Change, Edit, Input};
use crate::domain::item::Item;
use crate::domain::kind::Kind;
use crate::domain::refusal::Refusal;
use crate::domain::value::Value;

use super::super::error::Result;

/// The change as a kind has it: several kinds may be changed at once, and what one calls `due` is
/// `wanted_by` of another. A kind without the field refuses for all.
pub(super) fn of_kind(kind: Kind, change: &Change) -> Result<Change> {
    let noun = kind.noun();
    let mut words = std::iter::once(change.field.name).chain(change.field.aliases.iter().copied());
    let Some(field) = words.find_map(|word| noun.answering(word)) else {
        let what = format!("{} has no {}", noun.one(), change.field.label);
        return Err(Refusal::input(what).into());
    };
    Ok(Change { field, edit: change.edit.clone() })
}

/// The changes without the removal of tags that no item had, so that the label claims nothing.
pub(super) fn effective(before: &[Item], changes: &[Change]) -> Vec<Change> {
    let had = |tag: &String| {
        before
            .iter()
            .any(|item| matches!(item.get("tags"), Value::Tags(tags) if tags.contains(tag)))
    };
    let told = changes.iter().filter(|change| match &change.edit {
        Edit::Remove(Input::Value(Value::Tags(tags))) => tags.iter().any(had),
        Edit::Set(_) | Edit::Add(_) | Edit::Remove(_) | Edit::Clear => true,
    });
    told.cloned().collect()
}
