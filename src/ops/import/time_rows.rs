//! Writing a calendar or a time sheet: what is new is added, what its source changed is changed in
//! place, what it has no more goes into the Trash. What a person said stays: band, link, note.

use std::collections::{BTreeMap, HashSet};

use crate::domain::item::{Item, ItemId};
use crate::domain::kind::Kind;
use crate::domain::value::Value;
use crate::store::bulk::Bulk;
use crate::store::origin::{Origin, OriginRow};
use crate::store::{OpKind, Write};

use super::super::error::Result;
use super::super::guesses;
use super::super::mine;
use super::super::op::Outcome;
use super::super::stretch;
use super::super::workspace::{Settings, Workspace};
use super::people::People;
use super::time_source::{Incoming, TimeSource};
use super::zones::ZONES;
use super::{Fate, ImportDone, ImportPlan, PREVIEW, PreviewRow, Progress, Tally, go_on, survey};

/// The digest of what its source had no more, so that it comes back when the source has it again.
pub const GONE: &str = "gone";
/// Rows between two looks whether to go on.
const STRIDE: usize = 256;

/// Says what the import would do.
///
/// # Errors
/// `Interrupted`, or a storage error.
pub(super) fn plan(
    workspace: &Workspace,
    file: &TimeSource,
    progress: &mut Progress<'_>,
) -> Result<ImportPlan> {
    let rules = guesses::rules(&workspace.store)?;
    let mut plan = ImportPlan {
        source: file.label.clone(),
        file: file.name.clone(),
        rows: file.rows.len() as u64 + file.bad_total,
        bad: file.bad.clone(),
        bad_total: file.bad_total,
        warnings: file.warnings.clone(),
        ..ImportPlan::default()
    };
    let ours = ours(&workspace.store, &file.ours)?;
    let count = file.rows.iter().filter(|row| is_ours(row, &ours)).count();
    if count > 0 {
        let words = if count == 1 { "1 is a block" } else { &format!("{count} are blocks") };
        plan.warnings.push(format!("{words} of this workspace, and what stands here holds"));
    }
    for (at, row) in file.rows.iter().enumerate() {
        if at % STRIDE == 0 {
            go_on(progress, at as u64, file.rows.len() as u64)?;
        }
        if is_ours(row, &ours) {
            continue;
        }
        let origin = workspace.store.origin_of(&file.namespace, &row.external_id)?;
        let fate = fate(row, origin.as_ref());
        survey::add(plan.tallies.entry(row.kind).or_default(), fate);
        if plan.preview.len() < PREVIEW {
            let item = origin.map(|origin| workspace.store.item(origin.item)).transpose()?;
            plan.preview.push(PreviewRow {
                line: row.line,
                kind: row.kind,
                why: guesses::guessed(&rules, row.kind, &row.title, &row.values),
                title: row.title.clone(),
                fate,
                reference: item.flatten().map(|item| item.reference),
                fields: shown(row),
                rewrites: Vec::new(),
            });
        }
    }
    if file.is_whole {
        let gone = gone(&workspace.store, file)?;
        plan.tallies.entry(Kind::Meeting).or_default().gone = gone.len();
    }
    Ok(plan)
}

fn shown(row: &Incoming) -> Vec<(&'static str, String)> {
    let noun = row.kind.noun();
    let wanted = ["on", "at", "minutes", "rule", "counts"];
    let told =
        row.values.iter().filter(|(name, value)| wanted.contains(name) && !value.is_nothing());
    told.map(|(name, value)| {
        let field = noun.field(name);
        (field.label, field.typed(value, &crate::domain::field::NoNames))
    })
    .collect()
}

fn fate(row: &Incoming, origin: Option<&Origin>) -> Fate {
    match origin {
        None => Fate::New,
        Some(origin) if origin.digest == row.digest => Fate::Unchanged,
        Some(_) => Fate::Changed,
    }
}

/// The blocks of this workspace that the file brings back.
fn ours(lookup: &impl Bulk, ids: &[ItemId]) -> Result<HashSet<ItemId>> {
    let items = lookup.some(ids)?;
    Ok(items.iter().filter(|item| item.kind() == Kind::Block).map(|item| item.id).collect())
}

fn is_ours(row: &Incoming, ours: &HashSet<ItemId>) -> bool {
    let id = row.external_id.strip_suffix(super::time_source::OURS);
    !ours.is_empty() && id.and_then(|id| id.parse().ok()).is_some_and(|id| ours.contains(&id))
}

/// What came from this calendar before and is not in it any more.
fn gone(store: &crate::store::Store, file: &TimeSource) -> Result<Vec<OriginRow>> {
    let here: HashSet<&str> = file.rows.iter().map(|row| row.external_id.as_str()).collect();
    let earlier = store.origins_from(&file.namespace)?;
    // Two calendars may have one name: a file that has nothing in common with the earlier one is
    // another, and takes nothing of it away.
    let same = earlier.iter().any(|row| here.contains(row.external_id.as_str()));
    if !same && !file.is_watched && !here.is_empty() {
        return Ok(Vec::new());
    }
    let missing = earlier
        .into_iter()
        .filter(|row| row.digest != GONE && !here.contains(row.external_id.as_str()));
    Ok(missing.collect())
}

/// Writes what was planned.
///
/// # Errors
/// `Interrupted` or a storage error; nothing has changed then.
pub(super) fn load(
    workspace: &mut Workspace,
    file: &TimeSource,
    plan: &ImportPlan,
    progress: &mut Progress<'_>,
) -> Result<ImportDone> {
    let missing = if file.is_whole { gone(&workspace.store, file)? } else { Vec::new() };
    let mut tallies: BTreeMap<Kind, Tally> = BTreeMap::new();
    let settings = workspace.settings().clone();
    let done = workspace.transact(OpKind::Do, |write| {
        let mut me: Option<(Option<ItemId>, Vec<String>)> = None;
        let ours = ours(write, &file.ours)?;
        let mut items = Vec::new();
        let mut people = People::default();
        for (at, row) in file.rows.iter().enumerate() {
            if at % STRIDE == 0 {
                go_on(progress, at as u64, file.rows.len() as u64)?;
            }
            if is_ours(row, &ours) {
                continue;
            }
            let whose = row.person.as_deref();
            let whose = whose
                .map(|name| people.meet_or_make_called(write, name, row.called.as_deref()))
                .transpose()?;
            let origin = write.origin(&file.namespace, &row.external_id)?;
            let fate = fate(row, origin.as_ref());
            survey::add(tallies.entry(row.kind).or_default(), fate);
            match (fate, origin) {
                (Fate::Unchanged, _) => {}
                (_, None) => {
                    if whose.is_none() && me.is_none() && stretch::is_time(row.kind) {
                        me = Some(mine::made(write, &settings)?);
                    }
                    let mine = me.as_ref().and_then(|(id, _)| *id);
                    items.push(add(write, file, (row, whose.or(mine)))?);
                }
                (_, Some(origin)) => items.extend(change(write, file, (row, whose), &origin)?),
            }
        }
        for row in &missing {
            if let Some(before) = write.items(&[row.item])?.pop() {
                let mut after = before.clone();
                after.deleted_at = after.deleted_at.or(Some(write.at));
                write.update(&before, &after)?;
                items.push(before.id);
            }
            write.set_origin(&OriginRow { digest: GONE.to_owned(), ..row.clone() }.as_new())?;
        }
        if !missing.is_empty() {
            tallies.entry(Kind::Meeting).or_default().gone = missing.len();
        }
        if let Some(answers) = &file.answers {
            write.set_setting(ZONES, Some(answers))?;
        }
        let notices = me.map(|(_, made)| made).unwrap_or_default();
        Ok(Outcome { label: label(&tallies, plan), items, notices })
    })?;
    Ok(ImportDone {
        done,
        source: plan.source.clone(),
        file: plan.file.clone(),
        tallies,
        warnings: plan.warnings.clone(),
        encoding: plan.encoding.clone(),
        unmapped: plan.unmapped.clone(),
        ..ImportDone::default()
    })
}

/// Adds the events of a calendar's text, all of them new, within a step of somebody else.
///
/// # Errors
/// A text that is no calendar; a storage error.
pub(in crate::ops) fn write_calendar(
    write: &Write<'_>,
    text: &str,
    calendar: &str,
    settings: &Settings,
) -> Result<Vec<ItemId>> {
    let file = TimeSource::of_text(text, calendar, settings)?;
    file.rows.iter().map(|row| add(write, &file, (row, None))).collect()
}

fn add(
    write: &Write<'_>,
    file: &TimeSource,
    (row, whose): (&Incoming, Option<ItemId>),
) -> Result<ItemId> {
    let mut item =
        Item::new(ItemId(write.new_id()), write.next_ref(row.kind)?, write.at, &write.actor);
    fill(&mut item, row);
    if stretch::is_time(row.kind) {
        item.set("person", whose.map_or(Value::Nothing, Value::Item));
    }
    write.insert(&item)?;
    write.add_origin(&origin(file, row, item.id).as_new())?;
    Ok(item.id)
}

fn change(
    write: &Write<'_>,
    file: &TimeSource,
    (row, whose): (&Incoming, Option<ItemId>),
    origin_row: &Origin,
) -> Result<Option<ItemId>> {
    write.set_origin(&origin(file, row, origin_row.item).as_new())?;
    let Some(before) = write.items(&[origin_row.item])?.pop() else { return Ok(None) };
    let mut after = before.clone();
    let (note, tags) = (before.get("note").clone(), before.get("tags").clone());
    fill(&mut after, row);
    if whose.is_some() {
        after.set("person", whose.map_or(Value::Nothing, Value::Item));
    }
    // What somebody wrote about it is theirs.
    for (name, value) in [("note", note), ("tags", tags)] {
        if !value.is_nothing() {
            after.set(name, value);
        }
    }
    if origin_row.digest == GONE {
        after.deleted_at = None;
    }
    write.update(&before, &after)?;
    Ok(Some(before.id))
}

fn fill(item: &mut Item, row: &Incoming) {
    item.set("title", Value::Text(row.title.clone()));
    for (name, value) in &row.values {
        item.set(name, value.clone());
    }
}

fn origin(file: &TimeSource, row: &Incoming, item: ItemId) -> OriginRow {
    OriginRow {
        source: file.namespace.clone(),
        external_id: row.external_id.clone(),
        item,
        digest: row.digest.clone(),
    }
}

/// `imported 12 meetings, 2 changed, 1 gone from a calendar (work.ics)`.
fn label(tallies: &BTreeMap<Kind, Tally>, plan: &ImportPlan) -> String {
    let mut parts = Vec::new();
    for (kind, tally) in tallies {
        let noun = kind.noun();
        for (count, word) in [(tally.new, ""), (tally.changed, " changed"), (tally.gone, " gone")] {
            if count > 0 && parts.is_empty() {
                parts.push(format!("{count} {}{word}", noun.counted(count)));
            } else if count > 0 {
                parts.push(format!("{count}{word}"));
            }
        }
    }
    if parts.is_empty() {
        parts.push("settings".to_owned());
    }
    let only_gone = tallies.values().all(|tally| tally.new + tally.changed == 0);
    if only_gone && tallies.values().any(|tally| tally.gone > 0) {
        return format!("took away {} from {} ({})", parts.join(", "), plan.source, plan.file);
    }
    format!("imported {} from {} ({})", parts.join(", "), plan.source, plan.file)
}
