//! The backlog as a page for people: decisions first, with what they hold, then assets by state,
//! requests, and the outcomes with what serves them.

use std::collections::HashMap;
use std::io::Write;

use crate::domain::field::Names;
use crate::domain::item::{Item, ItemId};
use crate::domain::kind::Kind;
use crate::domain::noun::Shelf;
use crate::exchange::markdown;
use crate::store::Store;
use crate::store::lookup::Lookup;

use super::super::error::Result;
use super::super::page::ListQuery;
use super::super::workspace::Workspace;
use super::{BATCH, Exported};

/// What hangs on an outcome or a bet: words, and what to look under.
type Serving = HashMap<ItemId, Vec<(ItemId, String)>>;

/// Writes the report; with a list, only its table.
///
/// # Errors
/// A refusal of the filter; `Output`; a storage error.
pub(super) fn write(
    workspace: &mut Workspace,
    query: Option<&ListQuery>,
    out: &mut dyn Write,
) -> Result<Exported> {
    let today = workspace.clock().today();
    if let Some(query) = query {
        let ids = workspace.all_ids(query)?;
        let plural = query.kind.noun().plural;
        markdown::heading(out, 1, &format!("{}, {today}", capitalised(plural)))?;
        return workspace.store.reading(|store| {
            table(store, out, query.kind, &ids)?;
            Ok(Exported { items: ids.len() })
        });
    }
    let mut lists: HashMap<Kind, Vec<ItemId>> = HashMap::new();
    for kind in [Kind::Decision, Kind::Asset, Kind::Request, Kind::Outcome, Kind::Bet] {
        lists.insert(kind, workspace.all_ids(&ListQuery::all(kind))?);
    }
    markdown::heading(out, 1, &format!("Backlog, {today}"))?;
    workspace.store.reading(|store| whole(store, out, &lists))
}

fn whole(
    store: &Store,
    out: &mut dyn Write,
    lists: &HashMap<Kind, Vec<ItemId>>,
) -> Result<Exported> {
    let of = |kind: Kind| lists.get(&kind).map_or(&[][..], Vec::as_slice);
    markdown::heading(out, 2, "Decisions")?;
    table(store, out, Kind::Decision, of(Kind::Decision))?;
    assets(store, out, of(Kind::Asset))?;
    markdown::heading(out, 2, "Requests")?;
    table(store, out, Kind::Request, of(Kind::Request))?;
    markdown::heading(out, 2, "Outcomes")?;
    outcomes(store, out, lists)?;
    Ok(Exported { items: lists.values().map(Vec::len).sum() })
}

/// Open assets under their states, the furthest first.
fn assets(store: &Store, out: &mut dyn Write, ids: &[ItemId]) -> Result<()> {
    let mut by_state: HashMap<&'static str, Vec<ItemId>> = HashMap::new();
    for batch in ids.chunks(BATCH) {
        for item in store.items(batch)? {
            by_state.entry(item.state().slug).or_default().push(item.id);
        }
    }
    if ids.is_empty() {
        markdown::heading(out, 2, "Assets")?;
        return table(store, out, Kind::Asset, ids);
    }
    let open = Kind::Asset.noun().states.iter().rev().filter(|state| state.shelf == Shelf::Open);
    for state in open {
        if let Some(ids) = by_state.get(state.slug) {
            markdown::heading(out, 2, &format!("Assets: {}", state.slug))?;
            table(store, out, Kind::Asset, ids)?;
        }
    }
    Ok(())
}

/// The columns of a kind's table after ref and title.
fn columns(kind: Kind) -> &'static [&'static str] {
    const TOLD: [(Kind, &[&str]); 3] = [
        (Kind::Decision, &["needed_by", "approver", "state", "blocks"]),
        (Kind::Asset, &["due", "owner", "for", "kind", "blocked_by"]),
        (Kind::Request, &["wanted_by", "from", "estimate", "state"]),
    ];
    let told = TOLD.iter().find(|(of, _)| *of == kind);
    told.map_or(kind.noun().columns, |(_, columns)| columns)
}

fn table(store: &Store, out: &mut dyn Write, kind: Kind, ids: &[ItemId]) -> Result<()> {
    let noun = kind.noun();
    if ids.is_empty() {
        writeln!(out, "None.\n")?;
        return Ok(());
    }
    let labels = columns(kind).iter().map(|name| noun.field(name).label);
    let head: Vec<&str> = ["ref", noun.field("title").label].into_iter().chain(labels).collect();
    markdown::table(out, &head)?;
    for batch in ids.chunks(BATCH) {
        let items = store.items(batch)?;
        let names = store.names_for(&items)?;
        for item in &items {
            let mut cells = vec![item.reference.to_string(), item.title().to_owned()];
            for name in columns(kind) {
                cells.push(cell(item, name, &names));
            }
            markdown::row(out, &cells)?;
        }
    }
    writeln!(out)?;
    Ok(())
}

/// Days in full and links with their titles, since the page is read far from the workspace.
fn cell(item: &Item, name: &str, names: &impl Names) -> String {
    let field = item.kind().noun().field(name);
    let value = item.get(name);
    if field.targets().is_empty() || field.is_person() {
        return field.typed(value, names);
    }
    let called = |id: &ItemId| {
        let title = names.title(*id).unwrap_or_default();
        format!("{} {title}", field.called(*id, names))
    };
    value.ids().iter().map(called).collect::<Vec<_>>().join("; ")
}

fn outcomes(store: &Store, out: &mut dyn Write, lists: &HashMap<Kind, Vec<ItemId>>) -> Result<()> {
    let mut serving = Serving::new();
    for kind in [Kind::Bet, Kind::Decision, Kind::Asset] {
        for batch in lists.get(&kind).map_or(&[][..], Vec::as_slice).chunks(BATCH) {
            for item in store.items(batch)? {
                if let Some(serves) = item.link("for") {
                    serving.entry(serves).or_default().push((item.id, words(&item)));
                }
            }
        }
    }
    let ids = lists.get(&Kind::Outcome).map_or(&[][..], Vec::as_slice);
    if ids.is_empty() {
        writeln!(out, "None.")?;
    }
    for item in store.items(ids)? {
        markdown::member(out, 0, &words(&item))?;
        for (id, bet) in serving.get(&item.id).into_iter().flatten() {
            markdown::member(out, 1, bet)?;
            for (_, served) in serving.get(id).into_iter().flatten() {
                markdown::member(out, 2, served)?;
            }
        }
    }
    Ok(())
}

/// `o1 Improve win rate (24 → 30 %, due 2026-06-30, active)`.
fn words(item: &Item) -> String {
    let mut parts = Vec::new();
    if let (Some(from), Some(to)) = (figure(item, "baseline"), figure(item, "target")) {
        let unit = item.text("unit");
        parts.push(format!("{from} → {to} {unit}").trim_end().to_owned());
    }
    if let Some(sure) = item.whole("confidence") {
        parts.push(format!("{sure} % sure"));
    }
    if let Some(due) = item.kind().noun().due.and_then(|name| item.day(name)) {
        parts.push(format!("due {due}"));
    }
    parts.push(item.state().slug.to_owned());
    format!("{} {} ({})", item.reference, item.title(), parts.join(", "))
}

fn figure(item: &Item, name: &str) -> Option<String> {
    match item.get(name) {
        crate::domain::value::Value::Real(number) => Some(number.to_string()),
        _ => None,
    }
}

fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().to_string())
        + letters.as_str()
}
