//! What a decision is tied to, out and in: what it serves, blocks and waits for, and the evidence that
//! it rests on. Coming in, each is found by its ref and its title together, among the files or in the
//! workspace; what is not here is kept in the note by its words, and goes out again from there.

use std::collections::HashMap;

use crate::domain::decision::Record;
use crate::domain::field::{Field, FieldKind};
use crate::domain::item::{Item, ItemId, Ref};
use crate::domain::kind::Kind;
use crate::domain::part::{Part, PartKind, free_position, of_kind};
use crate::domain::value::Value;
use crate::exchange::madr::{Madr, MadrTold};
use crate::store::Write;
use crate::store::bulk::Bulk;
use crate::store::lookup::Lookup;
use crate::store::part::Parts;

use super::super::error::{Error, Result};
use super::super::resolve::refuse_circle;
use super::told::{linked, number};
use super::{MadrFile, chain};

pub(super) mod absent;

/// The headings that they stand under.
const TIES: &str = "ties";
const EVIDENCE: &str = "evidence";
const FIELDS: [&str; 4] = ["for", "blocks", "blocked_by", "superseded_by"];
/// What is said of a piece of evidence.
const SAID: [&str; 5] = ["polarity", "option", "linked_at", "late", "note"];

/// What a decision names, by ref and title.
#[derive(Debug, Default)]
pub(super) struct Around(HashMap<ItemId, (Ref, String)>);

impl Around {
    /// # Errors
    /// A storage error.
    pub(super) fn of(from: &impl Bulk, record: &Record) -> Result<Self> {
        let item = &record.item;
        let mut ids: Vec<ItemId> =
            FIELDS.iter().flat_map(|name| item.get(name).ids()).copied().collect();
        ids.extend(item.link("superseded_by"));
        ids.extend(of_kind(&record.parts, PartKind::Basis).filter_map(|part| part.link("item")));
        let rests_on = |id: ItemId| {
            of_kind(&record.parts, PartKind::Basis).any(|part| part.link("item") == Some(id))
        };
        let all = from.some(&ids)?.into_iter();
        let all = all.filter(|item| item.deleted_at.is_none() || rests_on(item.id));
        Ok(Self(all.map(|item| (item.id, (item.reference, item.title().to_owned()))).collect()))
    }

    /// What stands in its place: `[d12](d12-which-tier.md)`.
    pub(super) fn successor(&self, item: &Item) -> Option<String> {
        let (reference, title) = self.0.get(&item.link("superseded_by")?)?;
        Some(linked(*reference, title))
    }

    fn words(&self, id: ItemId) -> Option<(String, String)> {
        self.0.get(&id).map(|(reference, title)| (reference.to_string(), title.clone()))
    }
}

fn field(name: &str) -> &'static Field {
    Kind::Decision.noun().field(name)
}

/// What a decision tells of all that.
pub(super) fn told(record: &Record, around: &Around) -> Vec<MadrTold> {
    let (_, absent) = absent::parted(record.item.text("note"));
    let of_field = |name: &&str| {
        let head = field(name).label.to_owned();
        // Of what was superseded already its status says it.
        let is_said = *name == "superseded_by" && record.item.state().slug == "superseded";
        let ids = if is_said { &[] } else { record.item.get(name).ids() };
        let mut rest: Vec<_> = ids.iter().filter_map(|id| around.words(*id)).collect();
        rest.extend(absent.iter().filter(|one| one.head == head).flat_map(|one| one.rest.clone()));
        rest.sort_by_key(|(reference, _)| {
            Ref::parse(reference).map(|reference| (reference.kind.letter(), reference.number))
        });
        MadrTold { section: TIES.to_owned(), head, rest }
    };
    let mut all: Vec<MadrTold> = FIELDS.iter().map(of_field).collect();
    all.retain(|one| !one.rest.is_empty());
    let pieces = of_kind(&record.parts, PartKind::Basis);
    all.extend(pieces.filter_map(|part| {
        let (reference, title) = around.words(part.link("item")?)?;
        let said = SAID.iter().map(|name| {
            let label = PartKind::Basis.noun().field(name).label;
            (label.to_owned(), part.text(name).to_owned())
        });
        Some(MadrTold {
            section: EVIDENCE.to_owned(),
            head: format!("{reference}: {title}"),
            rest: said.filter(|(_, words)| !words.is_empty()).collect(),
        })
    }));
    all.extend(absent.into_iter().filter(|one| one.section == EVIDENCE));
    all
}

/// The files that came, and what each of them is here.
type Here<'a> = (&'a [&'a MadrFile], &'a [(String, ItemId)]);

/// Ties what was made or changed to what is here.
///
/// # Errors
/// A storage error.
pub(super) fn tie(
    write: &Write<'_>,
    here: Here<'_>,
    touched: &[ItemId],
    notices: &mut Vec<String>,
) -> Result<()> {
    let (files, ids) = here;
    for file in files {
        let id = ids.iter().find(|(name, _)| *name == file.name).map(|(_, id)| *id);
        let Some(id) = id.filter(|id| touched.contains(id)) else { continue };
        let Some(item) = write.items(&[id])?.pop() else { continue };
        let mut absent = of_fields(write, &item, &file.record, here, notices)?;
        absent.extend(of_evidence(write, &item, &file.record)?);
        note(write, item.id, &absent)?;
    }
    Ok(())
}

/// Ties the fields; what is not here in words.
fn of_fields(
    write: &Write<'_>,
    item: &Item,
    from: &Madr,
    here: Here<'_>,
    notices: &mut Vec<String>,
) -> Result<Vec<String>> {
    let mut absent = Vec::new();
    for told in from.told.iter().filter(|told| told.section == TIES) {
        let Some(name) = FIELDS.into_iter().find(|name| field(name).label == told.head) else {
            continue;
        };
        for (reference, title) in &told.rest {
            match found(write, here, reference, title)? {
                Some(id) => notices.extend(add(write, item.id, field(name), id)?),
                None => absent.push(absent::tie(&told.head, reference, title)),
            }
        }
    }
    Ok(absent)
}

/// Adds one tie; why not, where it would be a circle.
fn add(write: &Write<'_>, own: ItemId, field: &Field, id: ItemId) -> Result<Option<String>> {
    let Some(before) = write.items(&[own])?.pop() else { return Ok(None) };
    let ids = before.get(field.name).ids();
    let is_one = matches!(field.kind, FieldKind::One(_));
    let leads_back = field.name == "superseded_by" && chain::leads_to(write, id, own)?;
    if id == own || ids.contains(&id) || leads_back || is_one && !ids.is_empty() {
        return Ok(None);
    }
    let mut after = before.clone();
    let all = ids.iter().copied().chain([id]).collect();
    after.set(field.name, if is_one { Value::Item(id) } else { Value::Items(all) });
    write.update(&before, &after)?;
    match refuse_circle(write, &after) {
        Err(Error::Refused(refusal)) => {
            write.update(&after, &before)?;
            Ok(Some(format!("{}: {}; it was left out", before.reference, refusal.what)))
        }
        other => other.map(|()| None),
    }
}

/// Links the evidence that is here; what is not, in words.
fn of_evidence(write: &Write<'_>, item: &Item, from: &Madr) -> Result<Vec<String>> {
    let before = write.parts_of(item)?;
    let (mut after, mut absent) = (before.clone(), Vec::new());
    for told in from.told.iter().filter(|told| told.section == EVIDENCE) {
        let Some((reference, title)) = told.head.split_once(": ") else { continue };
        let Some(id) = found(write, (&[], &[]), reference, title)? else {
            absent.push(absent::piece(told));
            continue;
        };
        if of_kind(&after, PartKind::Basis).any(|part| part.link("item") == Some(id)) {
            continue;
        }
        let taken: Vec<i64> = of_kind(&after, PartKind::Basis).map(|part| part.position).collect();
        let position = free_position(&taken);
        let mut part = Part::new(write.new_part_id(), PartKind::Basis, item.id, position);
        part.set("item", Value::Item(id));
        for (label, words) in &told.rest {
            let noun = PartKind::Basis.noun();
            let name = SAID.into_iter().find(|name| noun.field(name).label == label.as_str());
            if let Some(name) = name.filter(|name| takes(noun.field(name), words)) {
                part.set(name, Value::Text(words.clone()));
            }
        }
        after.push(part);
    }
    write.update_parts(&before, &after)?;
    Ok(absent)
}

/// Whether a field of a piece takes these words.
fn takes(field: &Field, words: &str) -> bool {
    match field.kind {
        FieldKind::Choice(slugs) => slugs.contains(&words),
        _ if field.name == "linked_at" => words.parse::<chrono::DateTime<chrono::Utc>>().is_ok(),
        _ => true,
    }
}

/// The item that bears this ref and this title: among the files that came, else here.
fn found(
    write: &Write<'_>,
    (files, made): Here<'_>,
    reference: &str,
    title: &str,
) -> Result<Option<ItemId>> {
    let Some(reference) = Ref::parse(reference) else { return Ok(None) };
    let is_meant = |file: &&&MadrFile| {
        let numbered = number(&file.record) == Some(reference.number);
        reference.kind == Kind::Decision && numbered && file.record.title == title
    };
    if let Some(file) = files.iter().find(is_meant) {
        return Ok(made.iter().find(|(name, _)| *name == file.name).map(|(_, id)| *id));
    }
    let Some(id) = write.by_ref(reference)? else { return Ok(None) };
    let found = write.items(&[id])?.pop();
    let is_it = |item: &Item| item.deleted_at.is_none() && item.title() == title;
    Ok(found.filter(is_it).map(|item| item.id))
}

/// Keeps in the note what is not here.
fn note(write: &Write<'_>, id: ItemId, absent: &[String]) -> Result<()> {
    let Some(before) = write.items(&[id])?.pop() else { return Ok(()) };
    let mut note = before.text("note").to_owned();
    for words in absent.iter().filter(|words| !before.text("note").contains(words.as_str())) {
        let gap = if note.is_empty() { "" } else { "\n\n" };
        note = format!("{note}{gap}{words}");
    }
    if note != before.text("note") {
        let mut after = before.clone();
        after.set("note", Value::Text(note));
        write.update(&before, &after)?;
    }
    Ok(())
}
