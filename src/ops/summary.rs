//! The words of steps: what history, toast and undo call them, and what follows from them.

use std::collections::HashSet;

use crate::domain::change::{Change, Edit, Input};
use crate::domain::field::FieldKind;
use crate::domain::item::{Item, ItemId};
use crate::domain::kind::Kind;
use crate::domain::noun::Shelf;
use crate::domain::value::Value;
use crate::domain::verb::Verb;
use crate::domain::week::Week;
use crate::store::Write;
use crate::store::history::FieldChange;
use crate::store::lookup::Lookup;

use super::error::Result;
use super::metric::watch::Watch;
use super::workspace::Workspace;

/// Longest title within a label, in characters.
const TITLE: usize = 48;

/// `d12 “Which tier is the Atlas launch?”`, or `3 decisions`.
#[must_use]
pub fn called(items: &[Item]) -> String {
    match items {
        [] => "nothing".to_owned(),
        [one] => format!("{} “{}”", one.reference, short(one.title())),
        [first, ..] => {
            let kinds: HashSet<_> = items.iter().map(Item::kind).collect();
            let noun = if kinds.len() == 1 { first.kind().noun().plural } else { "items" };
            format!("{} {noun}", items.len())
        }
    }
}

pub(super) fn short(title: &str) -> String {
    if title.chars().count() <= TITLE {
        return title.to_owned();
    }
    let cut: String = title.chars().take(TITLE - 1).collect();
    format!("{}…", cut.trim_end())
}

pub(super) fn added(items: &[Item]) -> String {
    format!("added {}", called(items))
}

pub(super) fn verb(items: &[Item], verb: Verb) -> String {
    format!("{} → {}", called(items), verb.done())
}

pub(super) fn turned(made: &[(Item, Item)]) -> String {
    match made {
        [(before, after)] => {
            format!("{} → {} “{}”", before.reference, after.reference, short(after.title()))
        }
        several => format!("turned {} items", several.len()),
    }
}

/// `d12 “…” needed by → 2026-11-27`, `approver of 3 decisions → Dana`.
pub(super) fn changed(write: &Write<'_>, items: &[Item], changes: &[Change]) -> Result<String> {
    let who = called(items);
    let [change] = changes else {
        let today = write.at.date_naive();
        let places = changes.iter().map(|change| moved(&items[0], change.field.name, today));
        if let Some(places) = places.collect::<Option<Vec<_>>>() {
            return Ok(format!("moved {who} to {}", places.join(", ")));
        }
        let mut labels: Vec<String> = changes.iter().map(touched).collect();
        labels.dedup();
        return Ok(format!("{who}: {}", labels.join(", ")));
    };
    let field = change.field;
    let adjusts = matches!(change.edit, Edit::Add(_) | Edit::Remove(_));
    if adjusts && (field.kind == FieldKind::Tags || items.len() > 1) {
        return Ok(format!("{who}: {}", touched(change)));
    }
    if field.kind == FieldKind::State {
        return Ok(format!("{who} → {}", items[0].state().slug));
    }
    if matches!(field.kind, FieldKind::Text) {
        return Ok(format!("{who}: {}", field.label));
    }
    let names = write.names_for(&items[..1])?;
    let value = match Watch::of(&items[0]).filter(|_| field.name == "watch") {
        Some(source) => source.words(),
        None => field.told(items[0].get(field.name), &names, write.at.date_naive()),
    };
    if let Some(moved) = moved(&items[0], field.name, write.at.date_naive()) {
        return Ok(format!("moved {who} to {moved}"));
    }
    Ok(match (&change.edit, value.is_empty()) {
        (Edit::Clear, _) | (_, true) => format!("{who}: no {}", field.label),
        _ if field.name == "title" => format!("{} renamed “{}”", items[0].reference, short(&value)),
        _ => format!("{who}: {} → {}", field.label, short(&value)),
    })
}

/// Where time was moved: to a day, with its week where that is not the running one, or to a time.
fn moved(item: &Item, field: &str, today: chrono::NaiveDate) -> Option<String> {
    if !matches!(item.kind(), Kind::Block | Kind::Entry) {
        return None;
    }
    match (field, item.get(field)) {
        ("on", Value::Day(day)) => {
            let week = Week::of(*day);
            let words = day.format("%a %-d %b").to_string();
            Some(if week.holds(today) {
                words
            } else {
                format!("{words}, {}", &week.to_string()[5..])
            })
        }
        ("at", Value::Text(at)) if !at.is_empty() => Some(at.clone()),
        _ => None,
    }
}

/// What one of several changes touches: `+launch`, `-launch`, or the field.
fn touched(change: &Change) -> String {
    let tags = |sign: &str, tags: &[String]| {
        let signed: Vec<String> = tags.iter().map(|tag| format!("{sign}{tag}")).collect();
        signed.join(", ")
    };
    match &change.edit {
        Edit::Add(Input::Value(Value::Tags(added))) => tags("+", added),
        Edit::Remove(Input::Value(Value::Tags(removed))) => tags("-", removed),
        _ if change.field.name == "title" => "name".to_owned(),
        _ => change.field.label.to_owned(),
    }
}

/// `d3 superseded`: what a decision closed that stands in its place.
pub(super) fn closed(write: &Write<'_>, ids: &[ItemId]) -> Result<Vec<String>> {
    let items = write.items(ids)?;
    Ok(items.iter().map(|item| format!("{} {}", item.reference, item.state().slug)).collect())
}

pub(super) fn made_people(write: &Write<'_>, made: &[ItemId]) -> Result<Vec<String>> {
    if made.is_empty() {
        return Ok(Vec::new());
    }
    let mut said = Vec::new();
    let items = write.items(made)?;
    for kind in Kind::ALL {
        let of_kind: Vec<&Item> = items.iter().filter(|item| item.kind() == kind).collect();
        if of_kind.len() > 3 {
            said.push(format!("added {} {}", of_kind.len(), kind.noun().plural));
            continue;
        }
        let name = kind.noun().name;
        let told = |item: &&Item| format!("new {name} {} {}", item.reference, item.title());
        said.extend(of_kind.iter().map(told));
    }
    Ok(said)
}

/// `a4, a7 unblocked`: what had an open blocker until step `seq` closed it, and has none now.
///
/// # Errors
/// A storage error.
pub fn unblocked(workspace: &Workspace, seq: i64, touched: &[ItemId]) -> Result<Option<String>> {
    if touched.len() > 500 {
        return Ok(None);
    }
    let closed = workspace.store.items(touched)?;
    let mut free = Vec::new();
    for item in closed.iter().filter(|item| item.shelf() != Shelf::Open) {
        let noun = item.kind().noun();
        let was_open = |change: &FieldChange| match change.column.as_str() {
            "state" => noun.state(change.old.as_deref().unwrap_or("")).shelf == Shelf::Open,
            column => column == "deleted_at",
        };
        if !workspace.store.changes_of(seq, item.id)?.iter().any(was_open) {
            continue;
        }
        for target in workspace.store.items(item.links("blocks"))? {
            let held = !workspace.store.blockers(target.id)?.is_empty();
            if target.shelf() == Shelf::Open && !held && !free.contains(&target.reference) {
                free.push(target.reference);
            }
        }
    }
    if free.is_empty() {
        return Ok(None);
    }
    free.sort();
    let refs: Vec<String> = free.iter().map(ToString::to_string).collect();
    Ok(Some(format!("{} unblocked", refs.join(", "))))
}
