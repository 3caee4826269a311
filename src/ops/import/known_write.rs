//! Writing the rows of a table of what is known, as one step behind a snapshot.

use std::collections::BTreeSet;

use crate::domain::item::Item;
use crate::domain::value::Value;
use crate::store::origin::NewOrigin;
use crate::store::snapshot::Reason;
use crate::store::{OpKind, Write};

use super::super::edit;
use super::super::error::Result;
use super::super::evidence::{self, Tags};
use super::super::op::Outcome;
use super::super::resolve::Resolver;
use super::super::summary;
use super::super::workspace::{Settings, Workspace};
use super::digest::Digest;
use super::known_rows::{KnownRows, Ready, met, plan};
use super::source_file::Bad;
use super::{BadRows, ImportDone, ImportRequest, Progress, go_on, idle, refused};

/// Writes them as one step.
pub(super) fn import(
    workspace: &mut Workspace,
    rows: &KnownRows,
    request: &ImportRequest,
    progress: &mut Progress<'_>,
) -> Result<ImportDone> {
    let plan = plan(workspace, rows, progress)?;
    if plan.bad_total > 0 && request.bad_rows == BadRows::Refuse {
        let bad = Bad { named: plan.bad, total: plan.bad_total };
        return Err(refused::bad_rows(plan.rows, &bad).into());
    }
    if plan.is_idle() {
        return Ok(idle(plan));
    }
    let (today, settings) = (workspace.clock.today(), workspace.settings.clone());
    let (mut ready, _, _) = rows.ready(&settings.calendar(today));
    let done = workspace.behind_snapshot(Some(Reason::Import), |workspace| {
        let done = workspace.transact(OpKind::Do, |write| {
            load(write, rows, &mut ready, (&settings, today), progress)
        })?;
        Ok(ImportDone { done, ..ImportDone::default() })
    })?;
    Ok(ImportDone {
        source: plan.source,
        file: plan.file,
        tallies: plan.tallies,
        bad: plan.bad,
        bad_total: plan.bad_total,
        warnings: plan.warnings,
        encoding: plan.encoding,
        unmapped: plan.unmapped,
        ..done
    })
}

fn load(
    write: &Write<'_>,
    rows: &KnownRows,
    ready: &mut [Ready],
    (settings, today): (&Settings, chrono::NaiveDate),
    progress: &mut Progress<'_>,
) -> Result<Outcome> {
    let mut resolver = Resolver::of_a_file(write, settings.me.as_deref());
    let known = met(write.origins_from(&rows.source)?, ready);
    let mut claims = BTreeSet::new();
    let (mut touched, mut untagged) = (Vec::new(), 0);
    for (at, row) in ready.iter().enumerate() {
        if at % 500 == 0 {
            go_on(progress, at as u64, ready.len() as u64)?;
        }
        let item = match known.get(&row.key) {
            None => {
                let made =
                    edit::make(write, &mut resolver, &row.draft, (settings, today), Tags::Later)?;
                let [item] = made.as_slice() else { continue };
                item.clone()
            }
            Some((id, digest)) => {
                let digest = Digest::read(digest);
                let fields = row.digest.changed(&digest);
                if fields.is_empty() {
                    continue;
                }
                let Some(before) = write.items(&[*id])?.pop() else { continue };
                let Some(after) = renewed(&mut resolver, &before, row, &fields, today)? else {
                    continue;
                };
                claims.extend(evidence::claims_of([&before]));
                write.update(&before, &after)?;
                after
            }
        };
        let origin = NewOrigin {
            source: &rows.source,
            external_id: &row.key,
            item: item.id,
            digest: &row.digest.stored(),
        };
        write.set_origin(&origin)?;
        untagged += usize::from(item.state().slug == "untagged");
        claims.extend(evidence::claims_of([&item]));
        touched.push(item.id);
    }
    if let Some(told) = &rows.told {
        write.set_setting(&told.setting, Some(&told.value))?;
    }
    let mut notices = summary::made_people(write, &resolver.made)?;
    notices.extend(evidence::settle_claims(write, &claims)?);
    if untagged > 0 {
        notices.push(format!(
            "{untagged} have no segment or no stage yet: prewire evidence list state:untagged"
        ));
    }
    let noun = rows.kind.noun();
    let count = touched.len();
    let label = format!("imported {count} {} from {}", noun.counted(count), rows.name);
    Ok(Outcome { label, items: touched, notices })
}

/// The item with what the row says otherwise now; `None` for one in the Trash.
fn renewed(
    resolver: &mut Resolver<'_>,
    before: &Item,
    row: &Ready,
    fields: &[&str],
    today: chrono::NaiveDate,
) -> Result<Option<Item>> {
    if before.deleted_at.is_some() {
        return Ok(None);
    }
    let mut after = before.clone();
    if fields.contains(&"title") {
        after.set("title", Value::Text(row.draft.title.clone()));
    }
    for change in row.draft.changes.iter().filter(|one| fields.contains(&one.field.name)) {
        resolver.apply(&mut after, change)?;
    }
    edit::settle(&mut after, today);
    Ok(Some(after))
}
