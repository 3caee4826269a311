//! From what a row wants to an item: a new one, or the fields of an older one that the file
//! changed. Names become people and items here.

use std::collections::HashMap;
use std::sync::Arc;

use crate::domain::decision::frozen;
use crate::domain::field::{Field, FieldKind};
use crate::domain::item::{Item, ItemId, Ref};
use crate::domain::kind::Kind;
use crate::domain::value::Value;
use crate::store::Write;
use crate::store::bulk::Bulk;
use crate::store::lookup::Lookup;

use super::super::edit;
use super::super::error::Result;
use super::super::resolve::is_called;
use super::super::workspace::Settings;
use super::super::{evidence, sound};
use super::Warnings;
use super::digest::{Digest, hash};
use super::file_refs::FileRefs;
use super::people::{Makes, People};
use super::prepare::{Prepared, Want, Whose};
use super::value::{self, Wanted};

/// What applying rows needs beside the rows: the write in progress, or, to say what would become of
/// them, the store alone.
pub(super) struct Hand<'a, L: Bulk> {
    pub lookup: &'a L,
    pub people: People,
    pub warnings: Warnings,
    /// The next number of each kind, kept here while rows stream by.
    pub next: HashMap<Kind, i64>,
    pub settings: &'a Settings,
    pub today: chrono::NaiveDate,
    /// Of prewire's own CSV: what its refs mean.
    pub file: Arc<FileRefs>,
    /// Links to rows that are yet to come in.
    pub later: Vec<Later>,
}

/// A link of an item to a row further down.
pub(super) struct Later {
    item: ItemId,
    line: u64,
    field: &'static Field,
    row: ItemId,
}

impl Hand<'_, Write<'_>> {
    /// A new item as the row wants it, not yet written.
    ///
    /// # Errors
    /// A storage error.
    pub fn fresh(&mut self, row: &Prepared) -> Result<Item> {
        let mut item = if let Some(own) = &row.own {
            let id = own.id.unwrap_or_else(|| ItemId(self.lookup.new_id()));
            let reference = self.reference(row, own.reference)?;
            let made = own.created_at.unwrap_or(self.lookup.at);
            let mut item = Item::new(id, reference, made, &self.lookup.actor);
            item.updated_at = own.updated_at.unwrap_or(self.lookup.at);
            item
        } else {
            let reference = self.next_ref(row.kind)?;
            let id = ItemId(self.lookup.new_id());
            let mut item = Item::new(id, reference, self.lookup.at, &self.lookup.actor);
            edit::born(&mut item, self.settings, self.today);
            item
        };
        for want in &row.wants {
            self.set(&mut item, row.line, want.field, &want.wanted)?;
        }
        if row.own.is_some() {
            sound::complete(&mut item);
            evidence::settle(&mut item);
        }
        // What follows from the record: a row of a table has none of it.
        let born = &item.kind().noun().states[0];
        if item.state().is_derived() && born.is_derived() {
            item.set("state", Value::Text(born.slug.to_owned()));
        }
        Ok(item)
    }

    /// Links what came in to the rows that came in after it.
    ///
    /// # Errors
    /// A storage error.
    pub fn link_later(&mut self) -> Result<()> {
        for Later { item, line, field, row } in std::mem::take(&mut self.later) {
            let (Some(before), Some(_)) =
                (self.lookup.some(&[item])?.pop(), self.lookup.kind_of(row)?)
            else {
                let called = self.file.called(row).map_or_else(String::new, |one| one.to_string());
                self.leaves_out(line, field, &called);
                continue;
            };
            let mut after = before.clone();
            let mut ids = before.get(field.name).ids().to_vec();
            ids.push(row);
            after.set(field.name, shaped(field, ids));
            self.lookup.update(&before, &after)?;
        }
        Ok(())
    }

    fn next_ref(&mut self, kind: Kind) -> Result<Ref> {
        let number = match self.next.get(&kind) {
            Some(number) => *number,
            None => self.lookup.next_ref(kind)?.number,
        };
        self.next.insert(kind, number + 1);
        Ok(Ref { kind, number })
    }

    /// Writes the counters down; no ref that was given is given again.
    ///
    /// # Errors
    /// A storage error.
    pub fn keep_counters(&mut self) -> Result<()> {
        for (kind, next) in self.next.drain() {
            self.lookup.raise_counter(kind, next)?;
        }
        Ok(())
    }

    /// The ref that the row had, when nobody has it here.
    fn reference(&mut self, row: &Prepared, wanted: Option<Ref>) -> Result<Ref> {
        let Some(wanted) = wanted else { return Ok(self.lookup.next_ref(row.kind)?) };
        if self.lookup.by_ref(wanted)?.is_none() {
            self.lookup.reserve_ref(wanted)?;
            return Ok(wanted);
        }
        // A ref that a row further down has is not given away.
        if let Some(last) = self.file.last(row.kind) {
            self.lookup.reserve_ref(last)?;
        }
        let reference = self.lookup.next_ref(row.kind)?;
        self.warnings
            .push(format!("row {}: {wanted} is taken here, so it is {reference}", row.line));
        Ok(reference)
    }
}

impl<L: Makes> Hand<'_, L> {
    /// Says what of a new row leads nowhere, as `fresh` would.
    ///
    /// # Errors
    /// A storage error.
    pub fn look(&mut self, row: &Prepared) -> Result<()> {
        if let Some(wanted) = row.own.as_ref().and_then(|own| own.reference)
            && self.lookup.by_ref(wanted)?.is_some()
        {
            let words = format!("row {}: {wanted} is taken here, so it gets another ref", row.line);
            self.warnings.push(words);
        }
        for want in &row.wants {
            if let Wanted::Items(refs) = &want.wanted {
                self.items(row.line, want.field, refs)?;
            }
        }
        Ok(())
    }

    /// The item as the row would leave it, and the field that stays as it is because it was decided.
    ///
    /// # Errors
    /// A storage error.
    pub fn renewed(
        &mut self,
        row: &Prepared,
        before: &Item,
        (earlier, otherwise): (&Digest, &[&'static str]),
    ) -> Result<Item> {
        let mut after = match &row.own {
            Some(_) => self.said_otherwise(row, before, otherwise)?,
            None => self.changed(row, before, earlier)?,
        };
        if let Some(label) = frozen::hold(before, &mut after) {
            let reference = before.reference;
            self.warnings
                .push(format!("{reference} was decided, so its {label} stays as it is (I4)"));
        }
        Ok(after)
    }

    /// The item with these fields as the row of prewire's own CSV says them.
    ///
    /// # Errors
    /// A storage error.
    fn said_otherwise(
        &mut self,
        row: &Prepared,
        before: &Item,
        fields: &[&'static str],
    ) -> Result<Item> {
        let mut after = before.clone();
        for want in row.wants.iter().filter(|want| fields.contains(&want.field.name)) {
            self.set(&mut after, row.line, want.field, &want.wanted)?;
        }
        Ok(after)
    }

    /// The item with what the file changed since `earlier`.
    ///
    /// # Errors
    /// A storage error.
    pub fn changed(&mut self, row: &Prepared, before: &Item, earlier: &Digest) -> Result<Item> {
        let mut after = before.clone();
        for name in row.digest.changed(earlier) {
            if name == "tags" {
                merge_tags(&mut after, row, earlier);
                continue;
            }
            let Some(field) = counterpart(row, before, name) else { continue };
            match row.wants.iter().find(|want| want.field.name == name) {
                Some(want) if before.kind() == row.kind => {
                    self.set(&mut after, row.line, field, &want.wanted)?;
                }
                Some(want) => self.set_foreign(&mut after, row.line, field, want)?,
                None if ["title", "state"].contains(&name) => {}
                None => after.set(field.name, Value::Nothing),
            }
        }
        Ok(after)
    }

    /// The words of another kind's field, when this kind's field takes them.
    fn set_foreign(
        &mut self,
        item: &mut Item,
        line: u64,
        field: &'static Field,
        want: &Want,
    ) -> Result<()> {
        let known =
            field.kind != FieldKind::State || item.kind().noun().find_state(&want.text).is_some();
        match value::read(field, &want.text, Whose::Theirs) {
            Ok(wanted) if known => self.set(item, line, field, &wanted),
            Ok(_) | Err(_) => Ok(()),
        }
    }

    fn set(
        &mut self,
        item: &mut Item,
        line: u64,
        field: &'static Field,
        wanted: &Wanted,
    ) -> Result<()> {
        let value = match wanted {
            Wanted::Value(value) => value.clone(),
            Wanted::People(names) => {
                let mut ids = Vec::with_capacity(names.len());
                for name in names {
                    let id = self.lookup.person(&mut self.people, name)?;
                    if !ids.contains(&id) {
                        ids.push(id);
                    }
                }
                shaped(field, ids)
            }
            Wanted::Items(refs) => {
                let mut ids = self.items(line, field, refs)?;
                let later = self.yet_to_come(&ids)?;
                ids.retain(|id| !later.contains(id));
                let later = later.into_iter();
                self.later.extend(later.map(|row| Later { item: item.id, line, field, row }));
                shaped(field, ids)
            }
        };
        item.set(field.name, value);
        Ok(())
    }

    fn items(&mut self, line: u64, field: &'static Field, refs: &[String]) -> Result<Vec<ItemId>> {
        let mut ids = Vec::with_capacity(refs.len());
        for text in refs {
            match self.find(field, text)? {
                Some(id) => ids.push(id),
                None => self.leaves_out(line, field, text),
            }
        }
        Ok(ids)
    }

    fn leaves_out(&mut self, line: u64, field: &Field, text: &str) {
        let (label, why) = (field.label, self.file.missing());
        self.warnings.push(format!("row {line}, {label}: “{text}” {why}"));
    }

    /// Those that are rows of the file and not here yet.
    fn yet_to_come(&self, ids: &[ItemId]) -> Result<Vec<ItemId>> {
        let mut found = Vec::new();
        for id in ids.iter().filter(|id| self.file.called(**id).is_some()) {
            if self.lookup.kind_of(*id)?.is_none() {
                found.push(*id);
            }
        }
        Ok(found)
    }

    fn find(&self, field: &Field, text: &str) -> Result<Option<ItemId>> {
        if let Some(reference) = Ref::parse(text)
            && field.targets().contains(&reference.kind)
        {
            let found = match self.file.id(reference) {
                Some(id) => Some(id),
                None => self.file.beside(self.lookup, reference)?,
            };
            if found.is_some() {
                return Ok(found);
            }
        }
        // Other trackers know no refs of ours, only what a thing is called.
        let mut found = Vec::new();
        for kind in field.targets() {
            found.extend(self.lookup.by_title(*kind, text)?);
        }
        // What goes on within the word is something else.
        found.retain(|one| is_called(&one.title, text));
        match found.as_slice() {
            [only] => Ok(Some(only.id)),
            _ => Ok(None),
        }
    }
}

/// The field of the item that the row's field means: of the same name, or the day that is due.
pub(super) fn counterpart(row: &Prepared, item: &Item, name: &str) -> Option<&'static Field> {
    let noun = item.kind().noun();
    let is_due = row.kind.noun().due == Some(name);
    let wanted = match noun.due {
        Some(due) if is_due => due,
        Some(_) | None => name,
    };
    let ties = ["blocks", "blocked_by"];
    noun.fields.iter().find(|field| field.name == wanted && !ties.contains(&field.name))
}

/// Tags that the file dropped go, tags that it got come; the user's own stay.
fn merge_tags(item: &mut Item, row: &Prepared, earlier: &Digest) {
    let wanted: &[String] = row
        .wants
        .iter()
        .find_map(|want| match &want.wanted {
            Wanted::Value(Value::Tags(tags)) => Some(tags.as_slice()),
            Wanted::Value(_) | Wanted::People(_) | Wanted::Items(_) => None,
        })
        .unwrap_or(&[]);
    let (old, new) = (earlier.of("tags"), row.digest.of("tags"));
    let mut tags = match item.get("tags") {
        Value::Tags(tags) => tags.clone(),
        _ => Vec::new(),
    };
    tags.retain(|tag| {
        let own = hash(tag);
        !old.contains(&own) || new.contains(&own)
    });
    tags.extend(wanted.iter().filter(|tag| !old.contains(&hash(tag))).cloned());
    tags.sort();
    tags.dedup();
    item.set("tags", if tags.is_empty() { Value::Nothing } else { Value::Tags(tags) });
}

fn shaped(field: &Field, ids: Vec<ItemId>) -> Value {
    match (field.kind, ids.as_slice()) {
        (_, []) => Value::Nothing,
        (FieldKind::Many(_), _) => Value::Items(ids),
        (_, [first, ..]) => Value::Item(*first),
    }
}
