//! The plan of a backlog: every row read and judged, nothing written.

use std::collections::{HashMap, HashSet};

use crate::domain::kind::Kind;
use crate::store::Store;
use crate::store::bulk::Bulk;
use crate::store::evidence::Evidence;
use crate::store::lookup::Lookup;

use super::super::error::Result;
use super::super::workspace::Workspace;
use super::apply::Hand;
use super::fate::{Court, Judged, Verdict};
use super::people::People;
use super::prepare::Whose;
use super::rewrite::{self, Pair, Rewrite};
use super::source_file::{BacklogFile, Bad};
use super::ties::{Edge, Ties};
use super::value::Wanted;
use super::world::{Foreseen, Here};
use super::{
    Fate, ImportPlan, MappedColumn, PREVIEW, PreviewRow, Progress, Tally, Warnings, reader,
};
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
    let today = workspace.clock.today();
    let terms = (file.whose, file.refs.clone(), today);
    let court = Court::new(&workspace.store, &namespace, terms)?;
    let mut foresight = Foresight::new(workspace, file, &namespace);
    file.refuse_too_long()?;
    reader::read(file, |reader| {
        while let Some(rows) = reader.next(&mut bad, progress)? {
            let judged = court.judge(rows, &mut people, &mut bad)?;
            for one in &judged {
                plan.rows += 1;
                count(&mut plan, one.kind(), one.verdict.fate());
                if one.verdict.fate() != Fate::Unchanged {
                    meet(&court, &mut people, one)?;
                }
            }
            let rewrites = judged.iter().map(|one| foresight.see(one)).collect::<Result<_>>()?;
            preview(workspace, &mut plan, &judged, rewrites)?;
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
    plan.warnings = foresight.finish()?;
    Ok(plan)
}

/// What the import would say beside its counts: ties that cannot be, names that lead nowhere, words
/// of one's own that it overwrites.
struct Foresight<'a> {
    workspace: &'a Workspace,
    namespace: &'a str,
    hand: Hand<'a, Store>,
    ties: Ties,
    /// Ties that are there and that the file drops.
    dropped: HashSet<Edge>,
    /// Rows that are new, where the file has ties at all.
    world: Foreseen<'a>,
    has_ties: bool,
}

impl<'a> Foresight<'a> {
    fn new(workspace: &'a Workspace, file: &BacklogFile, namespace: &'a str) -> Self {
        let mapping = file.backlog.mapping();
        let is_tie = |field: &str| ["blocked_by", "blocks"].contains(&field);
        let has_ties =
            file.whose == Whose::Ours || mapping.iter().any(|(_, field)| field.is_some_and(is_tie));
        let lookup = &workspace.store;
        let mut hand = Hand {
            lookup,
            people: People::default(),
            warnings: Warnings::default(),
            next: HashMap::new(),
            settings: &workspace.settings,
            today: workspace.clock.today(),
            file: file.refs.clone(),
            later: Vec::new(),
        };
        file.notes.iter().cloned().for_each(|note| hand.warnings.push(note));
        Self {
            workspace,
            namespace,
            hand,
            ties: Ties::new(file.whose, file.refs.clone()),
            dropped: HashSet::new(),
            world: Foreseen::new(Here { lookup, namespace }),
            has_ties,
        }
    }

    /// What a row changes of the item that is there.
    fn see(&mut self, one: &Judged) -> Result<Vec<Rewrite>> {
        let Judged { row, verdict } = one;
        match verdict {
            Verdict::Same(id) => {
                self.ties.call(row, *id);
                Ok(Vec::new())
            }
            Verdict::New => {
                self.hand.look(row)?;
                if self.has_ties {
                    let id = self.world.add(row);
                    self.ties.note(row, id);
                }
                Ok(Vec::new())
            }
            Verdict::Changed { before, earlier, otherwise } => {
                let after = self.hand.renewed(row, before, (earlier, otherwise))?;
                let pair = Pair { row, before, after: &after, earlier };
                let store = &self.workspace.store;
                let rewrites = pair.rewrites(store, (self.hand.settings, self.hand.today))?;
                rewrite::warn(&mut self.hand.warnings, before, &rewrites);
                let said = (earlier, self.namespace);
                self.dropped.extend(
                    self.ties.note_changed(store, row, before, said)?.into_iter().flatten(),
                );
                Ok(rewrites)
            }
        }
    }

    fn finish(mut self) -> Result<Vec<String>> {
        let mut there = Vec::new();
        if !self.ties.are_none() {
            there = self.workspace.store.block_edges()?;
            there.retain(|edge| !self.dropped.contains(edge));
        }
        self.ties.that_hold(&self.world, &there, &mut self.hand.warnings)?;
        Ok(self.hand.warnings.finish())
    }
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

fn meet<L: Bulk + Evidence>(court: &Court<'_, L>, people: &mut People, one: &Judged) -> Result<()> {
    for want in &one.row.wants {
        if let Wanted::People(names) = &want.wanted {
            for name in names {
                people.meet(court.lookup, name)?;
            }
        }
    }
    Ok(())
}

fn preview(
    workspace: &Workspace,
    plan: &mut ImportPlan,
    judged: &[Judged],
    rewrites: Vec<Vec<Rewrite>>,
) -> Result<()> {
    let room = PREVIEW.saturating_sub(plan.preview.len());
    let shown = &judged[..room.min(judged.len())];
    let ids: Vec<_> = shown.iter().filter_map(|one| one.verdict.item()).collect();
    let names = workspace.store.names_of(&ids)?;
    for (one, rewrites) in shown.iter().zip(rewrites) {
        let fields = one.row.wants.iter().filter(|want| shows(want.field, &want.text));
        plan.preview.push(PreviewRow {
            line: one.row.line,
            kind: one.kind(),
            why: one.row.why,
            title: one.row.title.clone(),
            fate: one.verdict.fate(),
            reference: one.verdict.item().and_then(|id| names.reference(id)),
            fields: fields.map(|want| (want.field.label, want.text.clone())).collect(),
            rewrites,
        });
    }
    Ok(())
}

fn shows(field: &Field, text: &str) -> bool {
    field.name != "title" && !text.is_empty()
}
