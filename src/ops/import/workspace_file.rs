//! A whole workspace in prewire's own JSON: into an empty workspace it gives the same export
//! again; into another, the same ids are brought up to date and new ones added.

use std::collections::{BTreeMap, HashMap};

use crate::domain::field::{Names, Place};
use crate::domain::item::{Item, ItemId};
use crate::domain::kind::Kind;
use crate::domain::part::Part;
use crate::domain::refusal::Refusal;
use crate::domain::value::Value;
use crate::exchange::bundle::{self, BundleError, Check, Entry, Next, OriginLine};
use crate::store::bulk::Bulk;
use crate::store::lookup::Lookup;
use crate::store::part::Parts;
use crate::store::{OpKind, Write};

use super::super::error::{Error, Result};
use super::super::op::Outcome;
use super::super::workspace::Workspace;
use super::source_file::WorkspaceFile;
use super::standing::{fate, held};
use super::survey::{add, count};
use super::write::{as_new, label};
use super::{
    CHUNK, Fate, ImportDone, ImportPlan, PREVIEW, PreviewRow, Progress, Tally, Warnings, go_on,
    refused, rings,
};

/// Reads the whole file, checks it and says what an import would do.
///
/// # Errors
/// A refusal with the place of what cannot be taken; `Interrupted`.
pub(super) fn plan(
    workspace: &Workspace,
    file: &mut WorkspaceFile,
    progress: &mut Progress<'_>,
) -> Result<ImportPlan> {
    let mut plan = ImportPlan {
        source: "prewire".to_owned(),
        file: file.name.clone(),
        encoding: "utf-8".to_owned(),
        ..ImportPlan::default()
    };
    let mut check = Check::default();
    let mut chunk: Vec<(Item, Vec<Part>)> = Vec::with_capacity(CHUNK);
    each(file, progress, |entry, more| {
        if let Some(entry) = &entry {
            check.note(entry).map_err(|why| Error::from(Refusal::input(why)))?;
        }
        match entry {
            Some(Entry::Item { item, parts, .. }) => chunk.push((*item, parts)),
            Some(Entry::Origin(origin)) => plan.others += usize::from(is_news(workspace, &origin)?),
            Some(Entry::Setting { name, value }) => {
                let here = workspace.store.setting(&name)?;
                plan.others += usize::from(here.as_ref() != Some(&value));
            }
            Some(Entry::Counter { .. }) | None => {}
        }
        if !more || chunk.len() == CHUNK {
            judge(workspace, &mut plan, &mut chunk)?;
        }
        Ok(())
    })?;
    check.finish().map_err(|error| refused::bundle(&error))?;
    Ok(plan)
}

fn is_news(workspace: &Workspace, line: &OriginLine) -> Result<bool> {
    let found = workspace.store.origin_of(&line.source, &line.external_id)?;
    Ok(found.is_none_or(|found| found.item != line.item || found.digest != line.digest))
}

fn judge(
    workspace: &Workspace,
    plan: &mut ImportPlan,
    chunk: &mut Vec<(Item, Vec<Part>)>,
) -> Result<()> {
    let ids: Vec<ItemId> = chunk.iter().map(|(item, _)| item.id).collect();
    let here = workspace.store.items(&ids)?;
    let parts_here = workspace.store.parts(&here)?;
    let here = by_id(here);
    for (mut item, mut parts) in chunk.drain(..) {
        plan.rows += 1;
        let before = here.get(&item.id);
        let own = parts_here.get(&item.id);
        let stands = held(before, &mut item, own, &mut parts);
        let room = plan.warnings.len() < super::NAMED;
        plan.warnings.extend(stands.filter(|_| room));
        let fate = fate(before, &item, own, &parts)?;
        count(plan, item.kind(), fate);
        if plan.preview.len() < PREVIEW {
            plan.preview.push(PreviewRow {
                line: plan.rows,
                kind: item.kind(),
                why: "the file says so",
                title: item.title().to_owned(),
                fate,
                reference: before.map(|before| before.reference),
                fields: Vec::new(),
                rewrites: Vec::new(),
            });
        }
    }
    Ok(())
}

fn by_id(items: Vec<Item>) -> HashMap<ItemId, Item> {
    items.into_iter().map(|item| (item.id, item)).collect()
}

/// Writes the file that was planned.
///
/// # Errors
/// A refusal, `Interrupted` or a storage error; nothing has changed then.
pub(super) fn load(
    workspace: &mut Workspace,
    file: &mut WorkspaceFile,
    plan: &ImportPlan,
    progress: &mut Progress<'_>,
) -> Result<ImportDone> {
    let counters = counters(file)?;
    let mut load = Load::default();
    let mut warnings = Vec::new();
    let done = workspace.transact(OpKind::Do, |write| {
        write.defer_ties()?;
        load.empty = write.counters()?.is_empty();
        for (kind, next) in &counters {
            write.raise_counter(*kind, *next)?;
        }
        each(file, progress, |entry, more| load.take(write, entry, more))?;
        load.tie(write)?;
        load.look_at_outcomes(write)?;
        warnings = std::mem::take(&mut load.warnings).finish();
        let items = std::mem::take(&mut load.items);
        Ok(Outcome {
            label: label(load.tallies.values(), &plan.source, &plan.file),
            items,
            notices: Vec::new(),
        })
    })?;
    Ok(ImportDone {
        done,
        source: plan.source.clone(),
        file: plan.file.clone(),
        tallies: load.tallies,
        warnings,
        ..ImportDone::default()
    })
}

/// The counters stand first, so that no ref of the file is given to somebody else.
fn counters(file: &mut WorkspaceFile) -> Result<Vec<(Kind, i64)>> {
    let mut counters = Vec::new();
    let mut go_on = |_: u64, _: u64| std::ops::ControlFlow::Continue(());
    each(file, &mut go_on, |entry, _| {
        if let Some(Entry::Counter { kind, next }) = entry {
            counters.push((kind, next));
        }
        Ok(())
    })?;
    Ok(counters)
}

/// Hands every entry to `take`, and at the end nothing with `more` false.
fn each(
    file: &mut WorkspaceFile,
    progress: &mut Progress<'_>,
    mut take: impl FnMut(Option<Entry>, bool) -> Result<()>,
) -> Result<()> {
    let total = file.input.length();
    let mut stopped: Option<Error> = None;
    let mut seen = 0_usize;
    let read = bundle::read(&mut file.input, &mut |entry, done| {
        seen += 1;
        let told = if seen.is_multiple_of(CHUNK) { go_on(progress, done, total) } else { Ok(()) };
        match told.and_then(|()| take(Some(entry), true)) {
            Ok(()) => Next::Go,
            Err(error) => {
                stopped = Some(error);
                Next::Stop
            }
        }
    });
    match (read, stopped) {
        (Err(BundleError::Stopped), Some(error)) => Err(error),
        (Err(error), _) => Err(refused::bundle(&error)),
        (Ok(()), _) => {
            go_on(progress, total, total)?;
            take(None, false)
        }
    }
}

/// A load in progress.
#[derive(Default)]
struct Load {
    /// The workspace has never held an item.
    empty: bool,
    chunk: Vec<(Item, Vec<Part>)>,
    items: Vec<ItemId>,
    tallies: BTreeMap<Kind, Tally>,
    /// By the name of the edge, source and target: what leaves new items, then what arrives.
    leaving: Vec<(&'static str, ItemId, ItemId)>,
    arriving: Vec<(&'static str, ItemId, ItemId)>,
    outcomes: Vec<String>,
    warnings: Warnings,
}

impl Load {
    fn take(&mut self, write: &Write<'_>, entry: Option<Entry>, more: bool) -> Result<()> {
        match entry {
            Some(Entry::Item { item, parts, .. }) => self.chunk.push((*item, parts)),
            Some(Entry::Origin(line)) => write.set_origin(&as_new(&line))?,
            Some(Entry::Setting { name, value }) => write.set_setting(&name, Some(&value))?,
            Some(Entry::Counter { .. }) | None => {}
        }
        if !more || self.chunk.len() == CHUNK {
            self.write_chunk(write)?;
        }
        Ok(())
    }

    fn write_chunk(&mut self, write: &Write<'_>) -> Result<()> {
        let chunk = std::mem::take(&mut self.chunk);
        let ids: Vec<ItemId> = chunk.iter().map(|(item, _)| item.id).collect();
        let here = if self.empty { Vec::new() } else { write.items(&ids)? };
        let parts_here = write.parts(&here)?;
        let here = by_id(here);
        for (mut item, mut parts) in chunk {
            let before = here.get(&item.id);
            let own = parts_here.get(&item.id);
            if let Some(warning) = held(before, &mut item, own, &mut parts) {
                self.warnings.push(warning);
            }
            let fate = fate(before, &item, own, &parts)?;
            add(self.tallies.entry(item.kind()).or_default(), fate);
            match (before, fate) {
                (_, Fate::Unchanged) => {}
                (Some(before), _) => {
                    self.update(write, before, &item)?;
                    if write.update_parts(own.map_or(&[][..], Vec::as_slice), &parts)? {
                        write.touch(item.id)?;
                    }
                }
                (None, _) => {
                    self.insert(write, item)?;
                    parts.iter().try_for_each(|part| write.insert_part(part))?;
                }
            }
        }
        Ok(())
    }

    fn insert(&mut self, write: &Write<'_>, item: Item) -> Result<()> {
        let mut item = self.with_own_ref(write, item)?;
        self.keep_apart(write, &mut item)?;
        let links: Vec<_> = item
            .entries()
            .filter(|(_, value)| matches!(value, Value::Items(_)))
            .map(|(field, value)| (field, value.ids().to_vec()))
            .collect();
        for (field, others) in links {
            for other in others {
                match field.place {
                    Place::EdgeOut(edge) => self.leaving.push((edge, item.id, other)),
                    Place::EdgeIn(edge) => self.arriving.push((edge, other, item.id)),
                    Place::Shared | Place::Own | Place::Tagging => {}
                }
            }
            item.set(field.name, Value::Nothing);
        }
        write.insert(&item)?;
        self.note(&item);
        Ok(())
    }

    fn update(&mut self, write: &Write<'_>, before: &Item, item: &Item) -> Result<()> {
        let mut after = before.clone();
        for (field, value) in item.entries() {
            after.set(field.name, value.clone());
        }
        after.deleted_at = item.deleted_at;
        self.keep_apart(write, &mut after)?;
        write.update(before, &after)?;
        self.note(&after);
        Ok(())
    }

    fn note(&mut self, item: &Item) {
        self.items.push(item.id);
        if item.kind() == Kind::Outcome && item.state().slug == "active" {
            let quarter = item.text("quarter").to_owned();
            if !self.outcomes.contains(&quarter) {
                self.outcomes.push(quarter);
            }
        }
    }

    /// The item under its own ref, or under the next one when somebody else has it.
    fn with_own_ref(&mut self, write: &Write<'_>, item: Item) -> Result<Item> {
        if self.empty || write.by_ref(item.reference)?.is_none() {
            return Ok(item);
        }
        let reference = write.next_ref(item.kind())?;
        let was = item.reference;
        self.warnings.push(format!("{was} is taken here, so “{}” is {reference}", item.title()));
        let mut renamed = Item::new(item.id, reference, item.created_at, &item.author);
        (renamed.updated_at, renamed.deleted_at) = (item.updated_at, item.deleted_at);
        item.entries().for_each(|(field, value)| renamed.set(field.name, value.clone()));
        Ok(renamed)
    }

    /// People are told apart by their names.
    fn keep_apart(&mut self, write: &Write<'_>, item: &mut Item) -> Result<()> {
        if self.empty || item.kind() != Kind::Person || item.deleted_at.is_some() {
            return Ok(());
        }
        let wanted = item.title().to_owned();
        for number in 2.. {
            let taken = write.exactly_titled(Kind::Person, item.title())?;
            if taken.iter().all(|other| other.id == item.id) {
                break;
            }
            item.set("title", Value::Text(format!("{wanted} ({number})")));
        }
        if item.title() != wanted {
            let name = item.title();
            self.warnings.push(format!("somebody is called “{wanted}” here, so this is “{name}”"));
        }
        Ok(())
    }

    /// Ties the new items, those that leave an item first: they give the lists their order.
    fn tie(&mut self, write: &Write<'_>) -> Result<()> {
        let ties: Vec<_> = self.leaving.drain(..).chain(self.arriving.drain(..)).collect();
        for (edge, source, target) in &ties {
            write.tie(edge, *source, *target)?;
        }
        let edges = write.block_edges()?;
        let stay = rings::that_may_stay(&[], &edges);
        match edges.iter().zip(stay).find(|(_, stays)| !stays) {
            None => Ok(()),
            Some(((source, target), _)) => {
                let names = write.names_of(&[*source, *target])?;
                let called =
                    |id| names.reference(id).map_or_else(String::new, |found| found.to_string());
                Err(Refusal::input(format!(
                    "what holds up what runs in a circle: {} blocks {}",
                    called(*source),
                    called(*target)
                ))
                .hint("nothing was changed")
                .into())
            }
        }
    }

    fn look_at_outcomes(&mut self, write: &Write<'_>) -> Result<()> {
        let most = crate::domain::nouns::outcome::MOST_ACTIVE;
        for quarter in std::mem::take(&mut self.outcomes) {
            let wanted = Some(quarter.as_str()).filter(|quarter| !quarter.is_empty());
            let active = write.active_outcomes(wanted)?.len();
            if active > most {
                self.warnings.push(format!(
                    "{active} outcomes are active in {quarter}; at most {most} should be"
                ));
            }
        }
        Ok(())
    }
}
