//! The plan of a backlog: every row read and judged, nothing written.

use crate::domain::kind::Kind;
use crate::store::lookup::Lookup;

use super::super::error::Result;
use super::super::workspace::Workspace;
use super::fate::{Court, Judged};
use super::people::People;
use super::source_file::{BacklogFile, Bad};
use super::value::Wanted;
use super::{Fate, ImportPlan, MappedColumn, PREVIEW, PreviewRow, Progress, Tally, reader};
use crate::domain::field::{Field, Names};

/// Reads the file to its end.
///
/// # Errors
/// A refusal when the file as a whole cannot be read; `Interrupted`; a storage error.
pub(super) fn plan(
    workspace: &Workspace,
    file: &mut BacklogFile,
    progress: &mut Progress<'_>,
) -> Result<ImportPlan> {
    let mut plan = head(file);
    let mut bad = Bad::default();
    let mut people = People::default();
    let namespace = file.namespace.clone();
    let court = Court::new(&workspace.store, &namespace, file.whose)?;
    file.refuse_too_long()?;
    reader::read(file, |reader| {
        while let Some(rows) = reader.next(&mut bad, progress)? {
            let judged = court.judge(rows, &mut people, &mut bad)?;
            for one in &judged {
                plan.rows += 1;
                count(&mut plan, one.row.kind, one.verdict.fate());
                if one.verdict.fate() != Fate::Unchanged {
                    meet(&court, &mut people, one)?;
                }
            }
            preview(workspace, &mut plan, &judged)?;
            reader.done_with(judged.into_iter().map(|one| one.row).collect());
        }
        Ok(())
    })?;
    if people.new > 0 {
        plan.tallies.entry(Kind::Person).or_default().new += people.new;
    }
    plan.rows += bad.total;
    plan.left_out = file.backlog.left_out();
    (plan.bad, plan.bad_total) = (bad.named, bad.total);
    Ok(plan)
}

fn head(file: &BacklogFile) -> ImportPlan {
    let backlog = &file.backlog;
    let columns = backlog
        .mapping()
        .into_iter()
        .map(|(column, field)| MappedColumn { column, field: field.map(str::to_owned) })
        .collect();
    ImportPlan {
        source: backlog.source().name().to_owned(),
        file: file.name.clone(),
        encoding: backlog.encoding().name().to_owned(),
        delimiter: backlog.delimiter().map(|delimiter| delimiter.name().to_owned()),
        columns,
        remembered: file.remembered,
        unmapped: backlog.unmapped(),
        ..ImportPlan::default()
    }
}

/// Counts a row.
pub(super) fn count(plan: &mut ImportPlan, kind: Kind, fate: Fate) {
    add(plan.tallies.entry(kind).or_default(), fate);
}

/// Counts one more.
pub(super) fn add(tally: &mut Tally, fate: Fate) {
    match fate {
        Fate::New => tally.new += 1,
        Fate::Changed => tally.changed += 1,
        Fate::Unchanged => tally.unchanged += 1,
    }
}

fn meet<L: crate::store::bulk::Bulk>(
    court: &Court<'_, L>,
    people: &mut People,
    one: &Judged,
) -> Result<()> {
    for want in &one.row.wants {
        if let Wanted::People(names) = &want.wanted {
            for name in names {
                people.meet(court.lookup, name)?;
            }
        }
    }
    Ok(())
}

fn preview(workspace: &Workspace, plan: &mut ImportPlan, judged: &[Judged]) -> Result<()> {
    let room = PREVIEW.saturating_sub(plan.preview.len());
    let shown = &judged[..room.min(judged.len())];
    let ids: Vec<_> = shown.iter().filter_map(|one| one.verdict.item()).collect();
    let names = workspace.store.names_of(&ids)?;
    for one in shown {
        let fields = one.row.wants.iter().filter(|want| shows(want.field, &want.text));
        plan.preview.push(PreviewRow {
            line: one.row.line,
            kind: one.row.kind,
            why: one.row.why,
            title: one.row.title.clone(),
            fate: one.verdict.fate(),
            reference: one.verdict.item().and_then(|id| names.reference(id)),
            fields: fields.map(|want| (want.field.label, want.text.clone())).collect(),
        });
    }
    Ok(())
}

fn shows(field: &Field, text: &str) -> bool {
    field.name != "title" && !text.is_empty()
}
