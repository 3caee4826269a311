//! A row of a file as what it wants of an item: fields with values of their type, names still
//! names. Pure; whether the item exists is asked later.

use crate::domain::field::{Field, FieldKind, TAG_MAX};
use crate::domain::item::{ItemId, Ref};
use crate::domain::kind::Kind;
use crate::domain::value::Value;
use crate::exchange::backlog::{BadCell, BadRow, Link, Row};
use crate::exchange::instant;

use super::digest::Digest;
use super::value::{self, Wanted};

/// Columns of prewire's own CSV that are no fields.
const BESIDE: [&str; 3] = ["ref", "created_at", "updated_at"];

/// Whose file a row stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Whose {
    Ours,
    Theirs,
}

/// One field that the row sets.
#[derive(Debug, Clone)]
pub(super) struct Want {
    pub field: &'static Field,
    pub wanted: Wanted,
    /// As the file says it, for the preview.
    pub text: String,
}

/// A row that can be taken.
#[derive(Debug, Clone)]
pub(super) struct Prepared {
    pub line: u64,
    pub external_id: String,
    pub kind: Kind,
    pub why: &'static str,
    pub title: String,
    /// The title, the note and the tags stand here too.
    pub wants: Vec<Want>,
    pub blocked_by: Vec<Link>,
    pub blocks: Vec<Link>,
    pub digest: Digest,
    /// The digest as it is kept.
    pub stored: String,
    /// Of prewire's own CSV: who the row is.
    pub own: Option<Own>,
}

impl Prepared {
    /// Bytes of the texts in it.
    pub fn texts(&self) -> usize {
        self.wants.iter().map(|want| want.text.len()).sum()
    }
}

/// What a row of prewire's own CSV says about the item itself.
#[derive(Debug, Clone, Default)]
pub(super) struct Own {
    pub id: Option<ItemId>,
    pub reference: Option<Ref>,
    pub created_at: Option<chrono::DateTime<chrono::Utc>>,
    pub updated_at: Option<chrono::DateTime<chrono::Utc>>,
    /// The file has a column for it, so an empty cell unties.
    pub says_blocked_by: bool,
    pub says_blocks: bool,
}

/// What the row wants.
///
/// # Errors
/// The row with every cell that cannot be taken.
pub(super) fn prepare(row: Row, whose: Whose, columns: &[String]) -> Result<Prepared, BadRow> {
    let kind = row.kind;
    let is_mixed = whose == Whose::Ours && row.field("kind") == Some(kind.slug());
    let mut problems = Vec::new();
    let digest = digest(&row);
    let mut wants = Vec::with_capacity(row.fields.len() + 3);
    let noun = kind.noun();
    let mut want = |name: &str, text: String, problems: &mut Vec<BadCell>| {
        let Some(field) = noun.fields.iter().find(|field| field.name == name) else {
            if whose == Whose::Ours {
                problems.push(BadCell::new(name, &text, "stands where no field is"));
            }
            return;
        };
        if field.kind == FieldKind::State && noun.find_state(&text).is_none() {
            problems.push(BadCell::new(name, &text, format!("is no state of {}", noun.one())));
            return;
        }
        match value::read(field, &text, whose) {
            Ok(wanted) => wants.push(Want { field, wanted, text }),
            Err(why) => problems.push(BadCell::new(name, &text, why)),
        }
    };
    want("title", row.title.clone(), &mut problems);
    for (name, text) in &row.fields {
        let is_sort = is_mixed && name == "kind";
        if !is_sort && !BESIDE.contains(&name.as_ref()) {
            want(name, text.clone(), &mut problems);
        }
    }
    if let Some(note) = &row.note {
        want("note", note.clone(), &mut problems);
    }
    match tags(kind, &row.tags) {
        Ok(tags) => wants.extend(tags),
        Err(problem) => problems.push(problem),
    }
    let own = (whose == Whose::Ours).then(|| own(&row, columns, &mut problems));
    if whose == Whose::Ours {
        // In a list of several nouns no column is the sort of a row.
        let said = columns.iter().filter(|column| !(is_mixed && *column == "kind"));
        clear_empty(kind, &said, &mut wants);
    }
    if !problems.is_empty() {
        return Err(BadRow { line: row.line, problems });
    }
    Ok(Prepared {
        line: row.line,
        external_id: row.external_id,
        kind,
        why: row.why_kind,
        title: row.title,
        wants,
        blocked_by: row.blocked_by,
        blocks: row.blocks,
        stored: digest.stored_as(kind),
        digest,
        own,
    })
}

fn digest(row: &Row) -> Digest {
    let mut digest = Digest::default();
    digest.add("title", [row.title.as_str()]);
    for (name, text) in &row.fields {
        digest.add(name, [text.as_str()]);
    }
    digest.add("note", row.note.as_deref());
    digest.add("tags", row.tags.iter().map(String::as_str));
    digest.add("blocked_by", row.blocked_by.iter().map(named));
    digest.add("blocks", row.blocks.iter().map(named));
    digest
}

/// The name by which a link was given.
pub(super) fn named(link: &Link) -> &str {
    match link {
        Link::ExternalId(name) | Link::Title(name) => name,
    }
}

fn tags(kind: Kind, tags: &[String]) -> Result<Option<Want>, BadCell> {
    let Some(field) = kind.noun().fields.iter().find(|field| field.kind == FieldKind::Tags) else {
        return Ok(None);
    };
    for tag in tags {
        if tag.chars().count() > TAG_MAX {
            return Err(BadCell::new("tags", tag, format!("has more than {TAG_MAX} characters")));
        }
        if tag.contains('\0') {
            return Err(BadCell::new("tags", "", "holds a NUL character"));
        }
    }
    if tags.is_empty() {
        return Ok(None);
    }
    let mut sorted = tags.to_vec();
    sorted.sort();
    sorted.dedup();
    let text = sorted.join(", ");
    let wanted = Wanted::Value(Value::Tags(sorted));
    Ok(Some(Want { field, wanted, text }))
}

/// In prewire's own CSV an empty cell of a column means that there is nothing.
fn clear_empty<'a>(
    kind: Kind,
    columns: &(impl Iterator<Item = &'a String> + Clone),
    wants: &mut Vec<Want>,
) {
    for field in &kind.noun().fields {
        let kept = ["title", "state", "blocks", "blocked_by"].contains(&field.name);
        let told = wants.iter().any(|want| want.field.name == field.name);
        if !kept && !told && columns.clone().any(|column| column == field.name) {
            wants.push(Want { field, wanted: Wanted::Value(Value::Nothing), text: String::new() });
        }
    }
}

fn own(row: &Row, columns: &[String], problems: &mut Vec<BadCell>) -> Own {
    let says = |name: &str| columns.iter().any(|column| column == name);
    let mut at = |name: &str| {
        let text = row.field(name)?;
        match instant::read(text) {
            Ok(at) => Some(at),
            Err(why) => {
                problems.push(BadCell::new(name, text, why));
                None
            }
        }
    };
    Own {
        created_at: at("created_at"),
        updated_at: at("updated_at"),
        id: row.external_id.parse().ok(),
        says_blocked_by: says("blocked_by"),
        says_blocks: says("blocks"),
        reference: row.field("ref").and_then(Ref::parse),
    }
}
