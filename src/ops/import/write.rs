//! Writing a backlog: one step, rows as a stream, ties at the end.

use std::collections::{BTreeMap, HashMap};

use crate::domain::decision::frozen;
use crate::domain::item::ItemId;
use crate::domain::kind::Kind;
use crate::store::OpKind;
use crate::store::origin::OriginRow;

use super::super::error::Result;
use super::super::op::Outcome;
use super::super::record;
use super::super::workspace::Workspace;
use super::apply::Hand;
use super::fate::{Court, Judged, Verdict};
use super::people::People;
use super::source_file::{BacklogFile, Bad};
use super::survey::add;
use super::ties::Ties;
use super::{Fate, ImportDone, ImportPlan, Progress, Tally, Warnings};

/// What was written so far.
#[derive(Default)]
struct Written {
    items: Vec<ItemId>,
    tallies: BTreeMap<Kind, Tally>,
}

/// Writes the file that was planned.
///
/// # Errors
/// A refusal, `Interrupted` or a storage error; nothing has changed then.
pub(super) fn load(
    workspace: &mut Workspace,
    file: &mut BacklogFile,
    plan: &ImportPlan,
    progress: &mut Progress<'_>,
) -> Result<ImportDone> {
    file.rewind(std::path::Path::new(&plan.file))?;
    let settings = workspace.settings().clone();
    let today = workspace.clock().today();
    let mut written = Written::default();
    let mut warnings = Vec::new();
    let done = workspace.transact(OpKind::Do, |write| {
        let mut hand = Hand {
            write,
            people: People::default(),
            warnings: Warnings::default(),
            next: HashMap::new(),
            settings: &settings,
            today,
        };
        rows(&mut hand, file, &mut written, progress)?;
        if let Some(told) = &file.told {
            write.set_setting(&told.setting, Some(&told.value))?;
        }
        let made = hand.people.new;
        if made > 0 {
            written.tallies.entry(Kind::Person).or_default().new += made;
        }
        warnings = hand.warnings.finish();
        let notices = match made {
            0 => Vec::new(),
            made => vec![format!("added {made} {}", Kind::Person.noun().counted(made))],
        };
        let items = std::mem::take(&mut written.items);
        Ok(Outcome { label: label(&written.tallies, plan), items, notices })
    })?;
    Ok(ImportDone {
        done,
        source: plan.source.clone(),
        file: plan.file.clone(),
        tallies: written.tallies,
        warnings,
        ..ImportDone::default()
    })
}

fn rows(
    hand: &mut Hand<'_>,
    file: &mut BacklogFile,
    written: &mut Written,
    progress: &mut Progress<'_>,
) -> Result<()> {
    let namespace = file.namespace.clone();
    let court = Court::new(hand.write, &namespace, file.whose)?;
    let mut ties = Ties::new(file.whose);
    let mut bad = Bad::default();
    file.each_chunk(&mut bad, progress, |rows, bad| {
        // Whom the chunk before made is found by name.
        let mut people = People::default();
        for one in court.judge(rows, &mut people, bad)? {
            row(hand, one, &namespace, &mut ties, written)?;
        }
        Ok(())
    })?;
    hand.keep_counters()?;
    ties.tie(hand.write, &namespace, &mut hand.warnings)
}

fn row(
    hand: &mut Hand<'_>,
    one: Judged,
    namespace: &str,
    ties: &mut Ties,
    written: &mut Written,
) -> Result<()> {
    let Judged { row, verdict } = one;
    let tally = written.tallies.entry(row.kind).or_default();
    let fate = verdict.fate();
    add(tally, fate);
    let write = hand.write;
    let id = match verdict {
        Verdict::Same(_) => return Ok(()),
        Verdict::New => {
            let item = hand.fresh(&row)?;
            write.insert(&item)?;
            ties.note(&row, &item);
            item.id
        }
        Verdict::Changed { before, earlier, otherwise } => {
            let mut after = match &row.own {
                Some(_) => hand.said_otherwise(&row, &before, &otherwise)?,
                None => hand.changed(&row, &before, &earlier)?,
            };
            if let Some(label) = frozen::hold(&before, &mut after) {
                let reference = before.reference;
                hand.warnings
                    .push(format!("{reference} was decided, so its {label} stays as it is (I4)"));
            }
            after = record::followed(write, after, hand.settings)?;
            write.update(&before, &after)?;
            ties.note_changed(write, &row, &before, (&earlier, namespace))?;
            before.id
        }
    };
    written.items.push(id);
    if row.own.is_some() {
        return Ok(());
    }
    let digest = row.digest.stored();
    let origin =
        OriginRow { source: namespace.to_owned(), external_id: row.external_id, item: id, digest };
    match fate {
        Fate::New => write.add_origin(&origin)?,
        Fate::Changed | Fate::Unchanged => write.set_origin(&origin)?,
    }
    Ok(())
}

/// `imported 200 items from Linear (backlog.csv)`.
pub(super) fn label(tallies: &BTreeMap<Kind, Tally>, plan: &ImportPlan) -> String {
    let of_rows = tallies.iter().filter(|(kind, _)| **kind != Kind::Person || tallies.len() == 1);
    let (mut new, mut changed) = (0, 0);
    for (_, tally) in of_rows {
        new += tally.new;
        changed += tally.changed;
    }
    let words = |count: usize, one: &str| {
        if count == 1 { format!("1 {one}") } else { format!("{count} {one}s") }
    };
    let what = match (new, changed) {
        (0, 0) => "settings".to_owned(),
        (0, changed) => words(changed, "change"),
        (new, 0) => words(new, "item"),
        (new, changed) => format!("{} and {}", words(new, "item"), words(changed, "change")),
    };
    format!("imported {what} from {} ({})", plan.source, plan.file)
}
