//! What of JSON that is given is refused as a whole, and what is said then.

use serde_json::Value as Json;

use super::{Object, typed};
use crate::domain::field::{Entry, Field};
use crate::domain::kind::Kind;
use crate::domain::nearest::nearest;
use crate::domain::part::PartKind;
use crate::domain::refusal::Refusal;

/// What is told by name of all that verbs set.
const NAMED: usize = 3;

/// The refusal of an item that is to be made and says already what only verbs say: it is one that
/// was printed after them. `None` when it says nothing of the kind.
pub(super) fn set_by_verbs(object: &Object, kind: Kind) -> Option<Refusal> {
    let noun = kind.noun();
    let says = |value: &Json| match value {
        Json::Array(list) => !list.is_empty(),
        other => typed(other).is_ok_and(|text| text.is_some()),
    };
    let label = |name: &str| -> Option<String> {
        if let Some(field) = noun.answering(name) {
            let is_set = field.entry == Entry::ByVerb && field.name != "rank";
            return is_set.then(|| field.label.to_owned());
        }
        let part = PartKind::of(kind).map(PartKind::noun).find(|part| part.plural == name)?;
        (part.entry == Entry::ByVerb).then(|| part.several())
    };
    let said = object.iter().filter(|(_, value)| says(value));
    let labels: Vec<String> = said.filter_map(|(name, _)| label(name)).collect();
    let named = labels.iter().take(NAMED).cloned().collect::<Vec<_>>().join(", ");
    let more = match labels.len().saturating_sub(NAMED) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    // One alone is refused with the verb that sets it.
    (labels.len() > 1).then(|| {
        Refusal::input(format!("{named}{more} are set by verbs and not added")).hint(format!(
            "leave that out and say it again with the verbs, or bring {} in as it stands: prewire export json there, prewire import FILE here",
            noun.one()
        ))
    })
}

pub(super) fn unknown(name: &str, kind: Kind) -> Refusal {
    let noun = kind.noun();
    let parts: Vec<&str> = PartKind::of(kind).map(|part| part.noun().plural).collect();
    let names =
        noun.fields.iter().filter(|field| field.entry == Entry::Free).map(|field| field.name);
    let near = nearest(name, names.chain(parts));
    let refusal = Refusal::input(format!("“{name}” is not a field of {}", noun.one()));
    match near {
        Some(near) => refusal.hint(format!("did you mean {near}?")),
        None => refusal.hint(format!("prewire {} add --help names them", noun.name)),
    }
}

pub(super) fn unknown_of<'a>(
    name: &str,
    of: &str,
    fields: impl Iterator<Item = &'a Field>,
) -> Refusal {
    let names: Vec<&str> = fields.map(|field| field.name).collect();
    let refusal = Refusal::input(format!("“{name}” is not a field of {of}"));
    match nearest(name, names.iter().copied()) {
        Some(near) => refusal.hint(format!("did you mean {near}?")),
        None => refusal.hint(format!("there are {}", names.join(", "))),
    }
}
