//! What a copy of the workspace says of an item that is known here: whether it differs, and what of
//! a decision stands still whatever it says.

use crate::domain::decision::frozen;
use crate::domain::item::Item;
use crate::domain::part::Part;
use crate::domain::refusal::Refusal;
use crate::domain::value::Value;

use super::super::error::Result;
use super::Fate;

/// What was decided here stays as it is (I4), whatever the file says; in words, where it says
/// otherwise.
pub(super) fn held(
    before: Option<&Item>,
    item: &mut Item,
    own: Option<&Vec<Part>>,
    parts: &mut Vec<Part>,
) -> Option<String> {
    let before = before.filter(|before| before.kind() == item.kind())?;
    let own = own.map_or(&[][..], Vec::as_slice);
    let label = frozen::hold_whole((before, own), (item, parts))?;
    let reference = before.reference;
    Some(format!("{reference} was decided here, so its {label} stays as it is (I4)"))
}

/// What becomes of an item of a file.
///
/// # Errors
/// When the id belongs to something of another kind here.
pub(super) fn fate(
    before: Option<&Item>,
    item: &Item,
    parts_before: Option<&Vec<Part>>,
    parts: &[Part],
) -> Result<Fate> {
    let Some(before) = before else { return Ok(Fate::New) };
    if before.kind() != item.kind() {
        return Err(Refusal::input(format!(
            "{} of the file has the id of {} here",
            item.reference, before.reference
        ))
        .into());
    }
    let same_parts = parts_before.map_or(&[][..], Vec::as_slice) == parts;
    Ok(if same_parts && says_the_same(before, item) { Fate::Unchanged } else { Fate::Changed })
}

/// Whether all fields are equal, the order of links apart.
fn says_the_same(before: &Item, item: &Item) -> bool {
    let sorted = |value: &Value| {
        let mut ids = value.ids().to_vec();
        ids.sort_unstable();
        ids
    };
    before.deleted_at == item.deleted_at
        && before.entries().zip(item.entries()).all(|((_, one), (_, other))| match one {
            Value::Items(_) | Value::Nothing => {
                sorted(one) == sorted(other) && one.is_nothing() == other.is_nothing()
            }
            _ => one == other,
        })
}
