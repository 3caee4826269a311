//! Whether a row is new, says what it said before, or was changed by the file since; asked of
//! many rows at once, for the plan and again inside the transaction.

use std::cell::RefCell;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use chrono::NaiveDate;

use crate::domain::field::{FieldKind, Names};
use crate::domain::item::{Item, ItemId, Ref};
use crate::domain::kind::Kind;
use crate::domain::value::Value;
use crate::exchange::backlog::{BadCell, BadRow};
use crate::exchange::chips::chipped;
use crate::store::bulk::Bulk;
use crate::store::evidence::Evidence;

use super::super::error::Result;
use super::Fate;
use super::digest::Digest;
use super::file_refs::FileRefs;
use super::own_rules;
use super::people::People;
use super::prepare::{Own, Prepared, Want, Whose, named};
use super::source_file::Bad;
use super::value::Wanted;

/// What is known of a row.
pub(super) enum Verdict {
    New,
    Same(Option<ItemId>),
    Changed {
        before: Box<Item>,
        earlier: Digest,
        /// Of prewire's own CSV: the fields that the row says otherwise.
        otherwise: Vec<&'static str>,
    },
}

impl Verdict {
    pub fn fate(&self) -> Fate {
        match self {
            Self::New => Fate::New,
            Self::Same(_) => Fate::Unchanged,
            Self::Changed { .. } => Fate::Changed,
        }
    }

    pub fn item(&self) -> Option<ItemId> {
        match self {
            Self::New => None,
            Self::Same(id) => *id,
            Self::Changed { before, .. } => Some(before.id),
        }
    }
}

/// A row and what is known of it.
pub(super) struct Judged {
    pub row: Prepared,
    pub verdict: Verdict,
}

impl Judged {
    /// What it is here, or would be.
    pub fn kind(&self) -> Kind {
        match &self.verdict {
            Verdict::Changed { before, .. } => before.kind(),
            Verdict::New | Verdict::Same(_) => self.row.kind,
        }
    }
}

/// Where rows are looked for.
pub(super) struct Court<'a, L: Bulk> {
    pub lookup: &'a L,
    pub namespace: &'a str,
    pub whose: Whose,
    /// Of prewire's own CSV: what its refs mean.
    refs: Arc<FileRefs>,
    today: NaiveDate,
    active: RefCell<own_rules::Active>,
    /// Something came from there before.
    pub met: bool,
}

impl<'a, L: Bulk + Evidence> Court<'a, L> {
    pub fn new(
        lookup: &'a L,
        namespace: &'a str,
        (whose, refs, today): (Whose, Arc<FileRefs>, NaiveDate),
    ) -> Result<Self> {
        let met = whose == Whose::Theirs && lookup.has_origins(namespace)?;
        Ok(Self { lookup, namespace, whose, refs, today, active: RefCell::default(), met })
    }

    /// # Errors
    /// A storage error.
    pub fn judge(
        &self,
        rows: Vec<Prepared>,
        people: &mut People,
        bad: &mut Bad,
    ) -> Result<Vec<Judged>> {
        match self.whose {
            Whose::Theirs => self.judge_theirs(rows),
            Whose::Ours => self.judge_ours(rows, people, bad),
        }
    }

    fn judge_theirs(&self, rows: Vec<Prepared>) -> Result<Vec<Judged>> {
        let mut judged = Vec::with_capacity(rows.len());
        let mut changed: HashMap<usize, (ItemId, Digest)> = HashMap::new();
        for row in rows {
            let origin = if self.met {
                self.lookup.origin_of(self.namespace, &row.external_id)?
            } else {
                None
            };
            let verdict = match origin {
                None => Verdict::New,
                Some(origin) => {
                    let earlier = Digest::read(&origin.digest);
                    if earlier != row.digest {
                        changed.insert(judged.len(), (origin.item, earlier));
                    }
                    Verdict::Same(Some(origin.item))
                }
            };
            judged.push(Judged { row, verdict });
        }
        let ids: Vec<ItemId> = changed.values().map(|(id, _)| *id).collect();
        let mut items = self.load(&ids)?;
        for (at, (id, earlier)) in changed {
            // What was thrown away stays where it is.
            let Some(before) = items.remove(&id).filter(|item| item.deleted_at.is_none()) else {
                continue;
            };
            judged[at].verdict =
                Verdict::Changed { before: Box::new(before), earlier, otherwise: Vec::new() };
        }
        Ok(judged)
    }

    fn load(&self, ids: &[ItemId]) -> Result<HashMap<ItemId, Item>> {
        if ids.is_empty() {
            return Ok(HashMap::new());
        }
        Ok(self.lookup.some(ids)?.into_iter().map(|item| (item.id, item)).collect())
    }

    fn judge_ours(
        &self,
        rows: Vec<Prepared>,
        people: &mut People,
        bad: &mut Bad,
    ) -> Result<Vec<Judged>> {
        let mut ids = Vec::with_capacity(rows.len());
        for row in &rows {
            let own = row.own.clone().unwrap_or_default();
            ids.push(match (own.id, own.reference) {
                (Some(id), _) => Some(self.refs.here(id)),
                (None, Some(reference)) => self.refs.beside(self.lookup, reference)?,
                (None, None) => None,
            });
        }
        let known: Vec<ItemId> = ids.iter().flatten().copied().collect();
        let mut items = self.load(&known)?;
        let mut judged = Vec::with_capacity(rows.len());
        for (row, id) in rows.into_iter().zip(ids) {
            let Some(before) = id.and_then(|id| items.remove(&id)) else {
                if !self.is_flawed(&row, None, bad)? {
                    judged.push(Judged { row, verdict: Verdict::New });
                }
                continue;
            };
            if before.kind() != row.kind {
                let why = format!("its id is that of {}", before.reference);
                bad.push(&BadRow { line: row.line, problems: vec![BadCell::of_row(why)] });
                continue;
            }
            let otherwise = match before.deleted_at {
                Some(_) => Vec::new(),
                None => self.otherwise(&row, &before, people)?,
            };
            if !otherwise.is_empty() && self.is_flawed(&row, Some(&before), bad)? {
                continue;
            }
            let verdict = match otherwise.as_slice() {
                [] => Verdict::Same(Some(before.id)),
                _ => Verdict::Changed {
                    before: Box::new(before),
                    earlier: Digest::default(),
                    otherwise,
                },
            };
            judged.push(Judged { row, verdict });
        }
        Ok(judged)
    }

    /// Whether the row cannot be an item; then it is named among the bad ones.
    fn is_flawed(&self, row: &Prepared, before: Option<&Item>, bad: &mut Bad) -> Result<bool> {
        let terms = (&*self.refs, self.today, &self.active);
        let flaw = own_rules::flaw(self.lookup, row, before, terms)?;
        let is_flawed = flaw.is_some();
        if let Some(why) = flaw {
            bad.push(&BadRow { line: row.line, problems: vec![BadCell::of_row(why)] });
        }
        Ok(is_flawed)
    }

    /// The fields of the item that the row says otherwise.
    fn otherwise(
        &self,
        row: &Prepared,
        item: &Item,
        people: &mut People,
    ) -> Result<Vec<&'static str>> {
        let mut found = Vec::new();
        for want in &row.wants {
            if !self.is_so(want, item, people)? {
                found.push(want.field.name);
            }
        }
        let own = row.own.clone().unwrap_or_default();
        let Own { says_blocked_by, says_blocks, .. } = own;
        for (says, name, links) in
            [(says_blocked_by, "blocked_by", &row.blocked_by), (says_blocks, "blocks", &row.blocks)]
        {
            let names: Vec<&str> = links.iter().map(named).collect();
            if says && !self.are_those(&names, item.links(name))? {
                found.push(name);
            }
        }
        Ok(found)
    }

    fn is_so(&self, want: &Want, item: &Item, people: &mut People) -> Result<bool> {
        let value = item.get(want.field.name);
        Ok(match &want.wanted {
            Wanted::Value(wanted) if wanted.is_nothing() => value.is_nothing(),
            // What follows from the record is no choice of the file's.
            Wanted::Value(Value::Text(slug)) if want.field.kind == FieldKind::State => {
                let noun = item.kind().noun();
                let said = noun.find_state(slug);
                said == Some(item.state())
                    || said.is_some_and(|one| one.is_derived() && item.state().is_derived())
                    || said.is_some_and(|one| one.follows && item.state().follows)
            }
            Wanted::Value(wanted) => stands_for(wanted, value),
            Wanted::People(names) => {
                // Who stands there already may be in the Trash, where names are not looked for.
                let there = self.lookup.names_of(value.ids())?;
                let called = |name: &str| {
                    value.ids().iter().copied().find(|id| there.title(*id) == Some(name))
                };
                let mut ids = Vec::with_capacity(names.len());
                for name in names {
                    let known = match called(name) {
                        Some(id) => Some(id),
                        None => people.meet(self.lookup, name)?,
                    };
                    match known {
                        Some(id) => ids.push(id),
                        None => return Ok(false),
                    }
                }
                same_set(&ids, value.ids())
            }
            Wanted::Items(refs) => {
                let refs: Vec<&str> = refs.iter().map(String::as_str).collect();
                self.are_those(&refs, value.ids())?
            }
        })
    }

    /// Whether these are the items that are named. What leads nowhere is left out, now as before.
    fn are_those(&self, refs: &[&str], ids: &[ItemId]) -> Result<bool> {
        let (mut found, mut is_whole) = (Vec::with_capacity(refs.len()), true);
        for text in refs {
            let Some(reference) = Ref::parse(text) else { return Ok(false) };
            let known = match self.refs.id(reference) {
                // A row of the file that is yet to come in.
                Some(id) if self.lookup.kind_of(id)?.is_none() => return Ok(false),
                Some(id) => Some(id),
                None => self.refs.beside(self.lookup, reference)?,
            };
            is_whole &= known.is_some();
            found.extend(known);
        }
        Ok(if is_whole { same_set(&found, ids) } else { found.iter().all(|id| ids.contains(id)) })
    }
}

/// Whether a cell says what is there: in a CSV a chip stands for the control that it shows.
fn stands_for(cell: &Value, now: &Value) -> bool {
    match (cell, now) {
        (Value::Text(cell), Value::Text(now)) => chipped(now) == *cell,
        (Value::Tags(cell), Value::Tags(now)) => {
            let mut now: Vec<_> = now.iter().map(|tag| chipped(tag)).collect();
            now.sort();
            cell.iter().eq(now.iter().map(AsRef::as_ref))
        }
        _ => cell == now,
    }
}

fn same_set(one: &[ItemId], other: &[ItemId]) -> bool {
    let set = |ids: &[ItemId]| ids.iter().copied().collect::<HashSet<_>>();
    set(one) == set(other)
}
