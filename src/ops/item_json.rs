//! Items as JSON: the envelope that scripts rely on, and the value of each field. People stand by
//! name, other items by ref, days as `YYYY-MM-DD`, time in minutes.

use serde_json::{Map, Value as Json, json};

use crate::domain::field::{Field, FieldKind, Names};
use crate::domain::item::Item;
use crate::domain::metric::terms::{fraction, is_aim_of_share};
use crate::domain::part::{Part, PartKind, of_kind};
use crate::domain::value::Value;
use crate::store::part::PartTable;
use crate::store::sql::write_instant;

/// The number of this contract.
pub const SCHEMA: u32 = 1;

/// An item with every field of its description, and its parts as lists.
#[must_use]
pub fn whole(item: &Item, parts: &PartTable, names: &impl Names) -> Json {
    let mut json = self::item(item, names);
    let Json::Object(object) = &mut json else { return json };
    let own = parts.get(&item.id).map_or(&[][..], Vec::as_slice);
    for kind in PartKind::of(item.kind()) {
        let list = of_kind(own, kind).map(|part| self::part(part, names)).collect();
        object.insert(kind.noun().plural.to_owned(), Json::Array(list));
    }
    json
}

/// A part with its key and every field of its description.
#[must_use]
pub fn part(part: &Part, names: &impl Names) -> Json {
    let mut object = Map::new();
    object.insert("key".to_owned(), json!(part.key(names)));
    object.insert("id".to_owned(), json!(part.id.to_string()));
    for (field, value) in part.entries() {
        object.insert(field.name.to_owned(), field_json(field, value, names));
    }
    Json::Object(object)
}

/// An item with every field of its description.
#[must_use]
pub fn item(item: &Item, names: &impl Names) -> Json {
    let mut object = Map::new();
    object.insert("ref".to_owned(), json!(item.reference.to_string()));
    object.insert("id".to_owned(), json!(item.id.to_string()));
    object.insert("type".to_owned(), json!(item.kind().slug()));
    for (field, value) in item.entries() {
        let told = match value {
            // The figures of a share are fractions of 1, and so is what they are to become.
            Value::Real(number) if is_aim_of_share(item, field.name) => json!(fraction(*number)),
            value => field_json(field, value, names),
        };
        object.insert(field.name.to_owned(), told);
    }
    object.insert("created_at".to_owned(), json!(write_instant(item.created_at)));
    object.insert("updated_at".to_owned(), json!(write_instant(item.updated_at)));
    object.insert("author".to_owned(), json!(item.author));
    object.insert("deleted_at".to_owned(), json!(item.deleted_at.map(write_instant)));
    Json::Object(object)
}

fn field_json(field: &Field, value: &Value, names: &impl Names) -> Json {
    match value {
        Value::Nothing if matches!(field.kind, FieldKind::Many(_) | FieldKind::Tags) => json!([]),
        Value::Nothing => Json::Null,
        Value::Text(text) => json!(text),
        Value::Whole(number) => json!(number),
        Value::Real(number) => json!(number),
        Value::Day(day) => json!(day.to_string()),
        Value::Item(id) => json!(field.called(*id, names)),
        Value::Items(ids) => {
            json!(ids.iter().map(|id| field.called(*id, names)).collect::<Vec<_>>())
        }
        Value::Tags(tags) => json!(tags),
    }
}
