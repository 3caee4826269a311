//! The parts of an item in a bundle: a list for each kind of part that it may have, each part with
//! its id, its position and every field of its description.

use serde_json::{Map, Value as Json, json};

use super::LinkTo;
use super::item::value;
use super::raw::{Members, Raw};
use super::write::value_json;
use crate::domain::field::Names;
use crate::domain::item::Item;
use crate::domain::part::{Part, PartId, PartKey, PartKind, of_kind};

/// The most parts of one kind that an item has.
const MOST: i64 = 10_000;

/// Takes all lists of parts out of the members of an item.
///
/// # Errors
/// A sentence that names the item and the part.
pub(super) fn read_all(
    members: &mut Members,
    item: &Item,
    links: &mut Vec<LinkTo>,
) -> Result<Vec<Part>, String> {
    let mut parts = Vec::new();
    for kind in PartKind::of(item.kind()) {
        let noun = kind.noun();
        let list = match members.take(noun.plural) {
            Some(Raw::List(list)) => list,
            Some(_) => return Err(format!("{}: “{}” is no list", item.reference, noun.plural)),
            None => return Err(format!("{}: “{}” is missing", item.reference, noun.plural)),
        };
        let mut last = 0;
        for raw in list {
            let wrong = |why: String| format!("{}, {}: {why}", item.reference, noun.plural);
            let Raw::Part(members) = raw else {
                return Err(wrong("only parts belong into this list".to_owned()));
            };
            let part = read(members, kind, item, links).map_err(wrong)?;
            if part.position <= last {
                return Err(wrong("the positions do not grow".to_owned()));
            }
            last = part.position;
            parts.push(part);
        }
    }
    Ok(parts)
}

fn read(
    mut members: Members,
    kind: PartKind,
    item: &Item,
    links: &mut Vec<LinkTo>,
) -> Result<Part, String> {
    let noun = kind.noun();
    let text = members.text("id")?;
    let id: PartId = text.parse().map_err(|_| format!("“{text}” is not an id"))?;
    if id.to_string() != text {
        return Err(format!("“{text}” is not an id as written"));
    }
    let most = match noun.key {
        PartKey::Letter { most } => most,
        PartKey::Field(_) | PartKey::Number => MOST,
    };
    let position = match members.take("position") {
        Some(Raw::Whole(position)) if (1..=most).contains(&position) => position,
        _ => return Err(format!("“position” is no number from 1 to {most}")),
    };
    let mut part = Part::new(id, kind, item.id, position);
    for field in &noun.fields {
        let raw = members.take(field.name).ok_or_else(|| format!("“{}” is missing", field.name))?;
        let value =
            value(None, field, raw, links).map_err(|why| format!("field {}: {why}", field.name))?;
        if field.name == noun.main && value.is_nothing() {
            return Err(format!("field {}: it is empty", field.name));
        }
        part.set(field.name, value);
    }
    members.done(&noun.one())?;
    Ok(part)
}

/// Adds the parts of an item to its line.
pub(super) fn write(
    object: &mut Map<String, Json>,
    item: &Item,
    parts: &[Part],
    names: &impl Names,
) {
    for kind in PartKind::of(item.kind()) {
        let list = of_kind(parts, kind).map(|part| {
            let mut object = Map::new();
            object.insert("id".to_owned(), json!(part.id.to_string()));
            object.insert("position".to_owned(), json!(part.position));
            for (field, value) in part.entries() {
                object.insert(field.name.to_owned(), value_json(field, value, names));
            }
            Json::Object(object)
        });
        object.insert(kind.noun().plural.to_owned(), Json::Array(list.collect()));
    }
}
