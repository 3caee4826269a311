//! Writing a bundle as a stream, one entry a line, in the one order that makes the same workspace
//! the same bytes.

use std::io::{self, Write};

use serde_json::{Map, Value as Json, json};

use super::{FORMAT, KIND, OriginLine, SCHEMA, part};
use crate::domain::field::{Field, FieldKind, Names, Place};
use crate::domain::item::{Item, ItemId};
use crate::domain::part::Part;
use crate::domain::shown::escape_json;
use crate::domain::value::Value;
use crate::exchange::instant;

/// A bundle that is being written. The parts come in this order: counters, items, origins,
/// settings; each may be empty.
pub struct Writer<'a> {
    out: &'a mut dyn Write,
    lines: usize,
}

impl<'a> Writer<'a> {
    /// Writes the head, up to the counters.
    ///
    /// # Errors
    /// When `out` does not take it.
    pub fn start(out: &'a mut dyn Write) -> io::Result<Self> {
        write!(
            out,
            "{{\"schema\":{SCHEMA},\"kind\":\"{KIND}\",\"format\":{FORMAT},\n\"counters\":["
        )?;
        Ok(Self { out, lines: 0 })
    }

    /// Ends a part and begins the next: `items`, `origins`, `settings`.
    ///
    /// # Errors
    /// When `out` does not take it.
    pub fn part(&mut self, name: &str) -> io::Result<()> {
        self.lines = 0;
        write!(self.out, "],\n\"{name}\":[")
    }

    /// Writes the next number of a kind's refs.
    ///
    /// # Errors
    /// When `out` does not take it.
    pub fn counter(&mut self, kind: &str, next: i64) -> io::Result<()> {
        self.line(&json!({ "kind": kind, "next": next }))
    }

    /// Writes an item.
    ///
    /// # Errors
    /// When `out` does not take it.
    pub fn item(&mut self, item: &Item, parts: &[Part], names: &impl Names) -> io::Result<()> {
        self.line(&item_line(item, parts, names))
    }

    /// Writes where an item came from.
    ///
    /// # Errors
    /// When `out` does not take it.
    pub fn origin(&mut self, origin: &OriginLine) -> io::Result<()> {
        self.line(&json!({
            "source": origin.source,
            "external_id": origin.external_id,
            "item": origin.item.to_string(),
            "digest": origin.digest,
        }))
    }

    /// Writes a setting.
    ///
    /// # Errors
    /// When `out` does not take it.
    pub fn setting(&mut self, name: &str, value: &str) -> io::Result<()> {
        self.line(&json!({ "name": name, "value": value }))
    }

    /// Writes the end.
    ///
    /// # Errors
    /// When `out` does not take it.
    pub fn end(self) -> io::Result<()> {
        self.out.write_all(b"]}\n")
    }

    fn line(&mut self, entry: &Json) -> io::Result<()> {
        self.out.write_all(if self.lines == 0 { b"\n" } else { b",\n" })?;
        self.lines += 1;
        self.out.write_all(escape_json(&entry.to_string()).as_bytes())
    }
}

/// An item with every field of its description; links as ids, with the refs beside them.
#[must_use]
pub fn item_line(item: &Item, parts: &[Part], names: &impl Names) -> Json {
    let mut object = Map::new();
    object.insert("ref".to_owned(), json!(item.reference.to_string()));
    object.insert("id".to_owned(), json!(item.id.to_string()));
    object.insert("type".to_owned(), json!(item.kind().slug()));
    for (field, value) in item.entries() {
        object.insert(field.name.to_owned(), value_json(field, value, names));
    }
    part::write(&mut object, item, parts, names);
    object.insert("created_at".to_owned(), json!(instant::write(item.created_at)));
    object.insert("updated_at".to_owned(), json!(instant::write(item.updated_at)));
    object.insert("author".to_owned(), json!(item.author));
    object.insert("deleted_at".to_owned(), json!(item.deleted_at.map(instant::write)));
    Json::Object(object)
}

pub(super) fn value_json(field: &Field, value: &Value, names: &impl Names) -> Json {
    match value {
        Value::Nothing if matches!(field.kind, FieldKind::Many(_) | FieldKind::Tags) => json!([]),
        Value::Nothing => Json::Null,
        Value::Text(text) => json!(text),
        Value::Whole(number) => json!(number),
        Value::Real(number) => json!(number),
        Value::Day(day) => json!(day.to_string()),
        Value::Item(id) => link(*id, names),
        Value::Items(ids) => {
            let mut ids = ids.clone();
            // What leaves an item keeps its order; what arrives is told by the other end, so it
            // stands in the order of the file.
            if matches!(field.place, Place::EdgeIn(_)) {
                ids.sort_by_key(|id| {
                    names.reference(*id).map(|found| (found.kind.slug(), found.number))
                });
            }
            Json::Array(ids.iter().map(|id| link(*id, names)).collect())
        }
        Value::Tags(tags) => json!(tags),
    }
}

fn link(id: ItemId, names: &impl Names) -> Json {
    let reference = names.reference(id).map(|found| found.to_string());
    json!({ "id": id.to_string(), "ref": reference })
}
