//! Writing an export of deals: what is new is added, what the file changed since is changed, and
//! whatever a person said otherwise stays. A history adds the stages that its deals came into.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::domain::field::NoNames;
use crate::domain::item::{Item, ItemId, Ref};
use crate::domain::metric::deals::{Standing, stages};
use crate::domain::value::Value;
use crate::exchange::deals::Change;
use crate::store::bulk::Bulk;
use crate::store::origin::{NewOrigin, Origin};
use crate::store::{OpKind, Write};

use super::super::error::Result;
use super::super::op::{Done, Outcome};
use super::super::workspace::Workspace;
use super::deal_digest::{changed, digest};
use super::deal_file::{DealTable, FIELDS, Incoming, KIND};
use super::{
    BadRows, Fate, ImportDone, ImportPlan, ImportRequest, PREVIEW, PreviewRow, Progress, Tally,
    Warnings, go_on, refused, survey,
};

/// Rows between two looks whether to go on.
const STRIDE: usize = 256;
/// Where a field that is looked at stands among `FIELDS`.
const TITLE: usize = 0;
const STAGES: usize = FIELDS.len() - 1;

/// Says what the import would do.
///
/// # Errors
/// `Interrupted`, or a storage error.
pub(super) fn plan(
    workspace: &Workspace,
    table: &DealTable,
    progress: &mut Progress<'_>,
) -> Result<ImportPlan> {
    let mut plan = ImportPlan {
        source: table.label.to_owned(),
        file: table.name.clone(),
        encoding: table.encoding.clone(),
        delimiter: Some(table.delimiter.clone()),
        columns: table.columns.clone(),
        remembered: table.remembered,
        unmapped: table.unmapped.clone(),
        rows: (table.rows.len() + table.changes.len()) as u64 + table.bad.total,
        left_out: table.left_out,
        bad: table.bad.named.clone(),
        bad_total: table.bad.total,
        warnings: table.warnings.clone(),
        others: table.told.len(),
        ..ImportPlan::default()
    };
    let met = workspace.store.has_origins(&table.namespace)?;
    for (at, row) in table.rows.iter().enumerate() {
        if at % STRIDE == 0 {
            go_on(progress, at as u64, table.rows.len() as u64)?;
        }
        let origin = found(&workspace.store, table, row, met)?;
        let fate = fate(row, origin.as_ref());
        survey::add(plan.tallies.entry(KIND).or_default(), fate);
        if plan.preview.len() < PREVIEW {
            let item = origin.map(|origin| workspace.store.item(origin.item)).transpose()?;
            plan.preview.push(preview(row, fate, item.flatten().map(|item| item.reference)));
        }
    }
    let mut warnings = Warnings::default();
    let ways = ways(&workspace.store, table, &mut warnings)?;
    let tally = plan.tallies.entry(KIND).or_default();
    for (id, changes) in &ways {
        let Some(item) = workspace.store.item(*id)? else { continue };
        let fate = if after(&item, changes).is_some() { Fate::Changed } else { Fate::Unchanged };
        survey::add(tally, fate);
    }
    plan.warnings.extend(warnings.finish());
    Ok(plan)
}

fn preview(row: &Incoming, fate: Fate, reference: Option<Ref>) -> PreviewRow {
    let noun = KIND.noun();
    let told = FIELDS.iter().zip(&row.values).skip(1).filter_map(|(name, value)| {
        let value = value.as_ref().filter(|value| !value.is_nothing())?;
        let field = noun.field(name);
        let text = field.typed(value, &NoNames);
        (*name != "stages").then_some((field.label, text))
    });
    PreviewRow {
        line: row.line,
        kind: KIND,
        why: "the file is an export of deals",
        title: title(row),
        fate,
        reference,
        fields: told.collect(),
        rewrites: Vec::new(),
    }
}

fn title(row: &Incoming) -> String {
    match row.values.get(TITLE) {
        Some(Some(Value::Text(title))) => title.clone(),
        _ => row.external_id.clone(),
    }
}

fn found(
    lookup: &impl Bulk,
    table: &DealTable,
    row: &Incoming,
    met: bool,
) -> Result<Option<Origin>> {
    if !met {
        return Ok(None);
    }
    Ok(lookup.origin_of(&table.namespace, &row.external_id)?)
}

fn fate(row: &Incoming, origin: Option<&Origin>) -> Fate {
    match origin {
        None => Fate::New,
        Some(origin) if changed(row, &origin.digest).is_empty() => Fate::Unchanged,
        Some(_) => Fate::Changed,
    }
}

/// Imports the export as one step.
///
/// # Errors
/// A refusal that names bad rows, `Interrupted` or a storage error; nothing has changed then.
pub(super) fn import(
    workspace: &mut Workspace,
    table: &DealTable,
    request: &ImportRequest,
    progress: &mut Progress<'_>,
) -> Result<ImportDone> {
    if table.bad.total > 0 && request.bad_rows == BadRows::Refuse {
        let rows = (table.rows.len() + table.changes.len()) as u64 + table.bad.total;
        return Err(refused::bad_rows(rows, &table.bad).into());
    }
    let met = workspace.store.has_origins(&table.namespace)?;
    if met || !table.changes.is_empty() {
        let plan = plan(workspace, table, progress)?;
        if plan.is_idle() {
            return Ok(ImportDone {
                bad: plan.bad.clone(),
                bad_total: plan.bad_total,
                ..super::idle(plan)
            });
        }
    } else if table.rows.is_empty() && table.told.is_empty() {
        let plan = plan(workspace, table, progress)?;
        return Ok(super::idle(plan));
    }
    let done = workspace
        .behind_snapshot(Some(crate::store::snapshot::Reason::Import), |workspace| {
            load(workspace, table, met, progress)
        })?;
    Ok(ImportDone {
        bad: table.bad.named.clone(),
        bad_total: table.bad.total,
        encoding: table.encoding.clone(),
        unmapped: table.unmapped.clone(),
        ..done
    })
}

fn load(
    workspace: &mut Workspace,
    table: &DealTable,
    met: bool,
    progress: &mut Progress<'_>,
) -> Result<ImportDone> {
    let mut tally = Tally::default();
    let mut warnings = Warnings::default();
    let done: Done = workspace.transact(OpKind::Do, |write| {
        let mut items = Vec::with_capacity(table.rows.len());
        let mut next = None;
        for (at, row) in table.rows.iter().enumerate() {
            if at % STRIDE == 0 {
                go_on(progress, at as u64, table.rows.len() as u64)?;
            }
            let origin = found(write, table, row, met)?;
            let fate = fate(row, origin.as_ref());
            match origin {
                None => items.push(add(write, table, row, &mut next)?),
                Some(origin) if fate == Fate::Changed => {
                    let Some(id) = change(write, table, row, &origin)? else {
                        survey::add(&mut tally, Fate::Unchanged);
                        continue;
                    };
                    items.push(id);
                }
                Some(_) => {}
            }
            survey::add(&mut tally, fate);
        }
        if let Some(next) = next {
            write.raise_counter(KIND, next)?;
        }
        for (id, changes) in ways(write, table, &mut warnings)? {
            let Some(before) = write.items(&[id])?.pop() else { continue };
            let Some(after) = after(&before, &changes) else {
                survey::add(&mut tally, Fate::Unchanged);
                continue;
            };
            write.update(&before, &after)?;
            survey::add(&mut tally, Fate::Changed);
            items.push(id);
        }
        for (name, value) in &table.told {
            write.set_setting(name, Some(value))?;
        }
        Ok(Outcome { label: label(tally, table), items, notices: Vec::new() })
    })?;
    let mut said = table.warnings.clone();
    said.extend(warnings.finish());
    Ok(ImportDone {
        done,
        source: table.label.to_owned(),
        file: table.name.clone(),
        tallies: BTreeMap::from([(KIND, tally)]),
        warnings: said,
        ..ImportDone::default()
    })
}

fn add(
    write: &Write<'_>,
    table: &DealTable,
    row: &Incoming,
    next: &mut Option<i64>,
) -> Result<ItemId> {
    let number = match *next {
        Some(number) => number,
        None => write.next_ref(KIND)?.number,
    };
    *next = Some(number + 1);
    let reference = Ref { kind: KIND, number };
    let mut item = Item::new(ItemId(write.new_id()), reference, write.at, &write.actor);
    for (name, value) in FIELDS.iter().zip(&row.values) {
        if let Some(value) = value {
            item.set(name, value.clone());
        }
    }
    write.insert(&item)?;
    let digest = digest(row, "");
    let (source, external_id) = (table.namespace.as_str(), row.external_id.as_str());
    write.add_origin(&NewOrigin { source, external_id, item: item.id, digest: &digest })?;
    Ok(item.id)
}

/// Changes what the file changed; a deal that was thrown away stays where it is.
fn change(
    write: &Write<'_>,
    table: &DealTable,
    row: &Incoming,
    origin: &Origin,
) -> Result<Option<ItemId>> {
    let Some(before) = write.items(&[origin.item])?.pop() else { return Ok(None) };
    if before.deleted_at.is_some() {
        return Ok(None);
    }
    let mut after = before.clone();
    for at in changed(row, &origin.digest) {
        let Some(value) = &row.values[at] else { continue };
        let value = match (at, value) {
            (STAGES, Value::Text(told)) => {
                let way = stages::renewed(stages::read(before.text("stages")), stages::read(told));
                Value::Text(stages::write(way))
            }
            // A way that a history told is not taken away by an export without days.
            (STAGES, _) => continue,
            (_, value) => value.clone(),
        };
        after.set(FIELDS[at], value);
    }
    write.update(&before, &after)?;
    let digest = digest(row, &origin.digest);
    let (source, external_id) = (table.namespace.as_str(), row.external_id.as_str());
    write.set_origin(&NewOrigin { source, external_id, item: before.id, digest: &digest })?;
    Ok(Some(before.id))
}

/// The changes of a history by the deal that each is about; deals are named by id, else by title.
fn ways<'a>(
    lookup: &impl Bulk,
    table: &'a DealTable,
    warnings: &mut Warnings,
) -> Result<BTreeMap<ItemId, Vec<&'a Change>>> {
    let mut named: BTreeMap<&str, Option<ItemId>> = BTreeMap::new();
    let mut found: BTreeMap<ItemId, Vec<&Change>> = BTreeMap::new();
    for change in &table.changes {
        let by_id = match &change.id {
            Some(id) => lookup.origin_of(&table.namespace, id)?.map(|origin| origin.item),
            None => None,
        };
        let name = change.name.as_deref().unwrap_or("");
        let id = match (by_id, named.get(name)) {
            (Some(id), _) => Some(id),
            (None, Some(known)) => *known,
            (None, None) => {
                let all = lookup.exactly_titled(KIND, name)?;
                let what = change.name.as_ref().or(change.id.as_ref()).map_or("", String::as_str);
                let id = match all.as_slice() {
                    [one] => Some(one.id),
                    [] => {
                        let line = change.line;
                        warnings.push(format!(
                            "row {line}: no deal is called “{what}”; import the report of the deals first"
                        ));
                        None
                    }
                    several => {
                        warnings.push(format!(
                            "row {}: {} deals are called “{what}”; a column of ids tells them apart",
                            change.line,
                            several.len()
                        ));
                        None
                    }
                };
                named.insert(name, id);
                id
            }
        };
        if let Some(id) = id {
            found.entry(id).or_default().push(change);
        }
    }
    Ok(found)
}

/// The deal with the stages that a history tells of; `None` when it knew them.
fn after(item: &Item, changes: &[&Change]) -> Option<Item> {
    let mut way: Vec<(NaiveDate, String)> = stages::read(item.text("stages"));
    let mut changes = changes.to_vec();
    changes.sort_by_key(|change| change.on);
    let first = changes.first()?;
    // Where it stood before the first change it stood since it was created.
    if let (Some(from), Some(created)) = (&first.from, item.day("created_on"))
        && created <= first.on
        && !way.iter().any(|(day, _)| *day <= created)
    {
        way.push((created, from.clone()));
    }
    let open = changes.iter().filter(|change| change.standing == Standing::Open);
    way.extend(open.map(|change| (change.on, change.to.clone())));
    let text = stages::write(way);
    if text == item.text("stages") {
        return None;
    }
    let mut after = item.clone();
    after.set("stages", Value::Text(text));
    Some(after)
}

/// `imported 12 deals, 3 changed from HubSpot deals (deals.csv)`.
fn label(tally: Tally, table: &DealTable) -> String {
    let noun = KIND.noun();
    let what = match (tally.new, tally.changed) {
        (0, 0) => "what was said of its columns".to_owned(),
        (0, changed) => format!("changes of {changed} {}", noun.counted(changed)),
        (new, 0) => format!("{new} {}", noun.counted(new)),
        (new, changed) => format!("{new} {}, {changed} changed,", noun.counted(new)),
    };
    format!("imported {what} from {} ({})", table.label, table.name)
}
