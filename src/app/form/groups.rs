//! What the groups of a form lack, what they ask for as steps, and what somebody else's change means
//! for them.

use super::{Entry, Form, Group, Scope};
use crate::domain::change::{Change, Edit, Input};
use crate::domain::day::Calendar;
use crate::domain::field::{Field, Names};
use crate::domain::item::Item;
use crate::domain::part::{Part, PartId, PartKey, PartKind};
use crate::domain::refusal::Refusal;
use crate::domain::value::Value;
use crate::ops::PartStep;

impl Form {
    /// To the first field of the next group, or of the one before.
    pub(super) fn turn(&mut self, by: isize, calendar: &Calendar) {
        let first = |at: usize| at == 0 || self.entries[at].group != self.entries[at - 1].group;
        let firsts: Vec<usize> = (0..self.entries.len()).filter(|at| first(*at)).collect();
        let to = if by > 0 {
            firsts.iter().find(|at| **at > self.focus).copied().unwrap_or(self.entries.len() - 1)
        } else {
            firsts.iter().rev().find(|at| **at < self.focus).copied().unwrap_or(0)
        };
        let by = to.cast_signed() - self.focus.cast_signed();
        self.leave(by, calendar);
    }

    /// After somebody else's changes: a part that is gone is new again, and one that was made where
    /// this form would make one is that one.
    pub fn see(&mut self, parts: &[Part], names: &impl Names) {
        for group in &mut self.groups {
            let known = group.id.is_some_and(|id| parts.iter().any(|part| part.id == id));
            let twin = parts.iter().find(|part| {
                part.kind == group.kind && !group.key.is_empty() && part.key(names) == group.key
            });
            let by_number = group.kind.noun().key == PartKey::Number;
            if !known {
                group.id = twin.filter(|_| !by_number).map(|part| part.id);
            }
        }
    }

    /// What stands now where an entry is, as it would be typed.
    #[must_use]
    pub fn now(&self, at: usize, item: &Item, parts: &[Part], names: &impl Names) -> String {
        let entry = &self.entries[at];
        let Some(group) = entry.group else {
            return entry.field.typed(item.get(entry.field.name), names);
        };
        let id = self.groups[group].id;
        let part = parts.iter().find(|part| Some(part.id) == id);
        part.map_or_else(
            || entry.field.default.to_owned(),
            |part| entry.field.typed(part.get(entry.field.name), names),
        )
    }

    /// What an entry lacks that its group needs; `None` when it lacks nothing.
    pub(super) fn needs(&self, at: usize) -> Option<String> {
        let entry = &self.entries[at];
        let group = entry.group?;
        let noun = self.groups[group].kind.noun();
        let is_bare = self.groups[group].id.is_none() && !self.is_begun(group);
        let is_main = entry.field.name == noun.main || noun.key == PartKey::Field(entry.field.name);
        // The first of a form for one part is what it is for; emptying any other takes it away.
        let is_wanted = group == 0 && matches!(self.scope, Scope::Part { .. });
        let emptied = entry.line.text().trim().is_empty();
        let lacks = is_main && emptied && (is_wanted || !is_bare && self.says_more(group));
        lacks.then(|| format!("{} needs it", noun.one()))
    }

    /// Whether anything is typed into a group.
    fn is_begun(&self, group: usize) -> bool {
        self.of_group(group).any(Entry::is_changed)
    }

    /// Whether a group says anything beyond what it is born with, its main field apart.
    fn says_more(&self, group: usize) -> bool {
        let main = self.groups[group].kind.noun().main;
        self.of_group(group).any(|entry| {
            let text = entry.line.text().trim();
            entry.field.name != main && !text.is_empty() && text != entry.field.default
        })
    }

    fn of_group(&self, group: usize) -> impl Iterator<Item = &Entry> {
        self.entries.iter().filter(move |entry| entry.group == Some(group))
    }

    /// What the form asks for, as steps on the parts of the item and on its own fields.
    ///
    /// # Errors
    /// The first field that cannot be read.
    pub fn steps(&self, calendar: &Calendar) -> Result<Vec<PartStep>, Refusal> {
        let mut steps = Vec::new();
        for (at, group) in self.groups.iter().enumerate() {
            if self.is_begun(at) {
                steps.extend(self.step(at, group, calendar)?);
            }
        }
        let mut own = self.changes(calendar)?;
        // An option is recommended when it is there.
        let recommends = own.iter().position(|change| change.field.name == "recommendation");
        let recommends = recommends.map(|at| own.remove(at));
        if !own.is_empty() {
            steps.insert(0, PartStep::Fields(own));
        }
        match recommends {
            Some(Change { edit: Edit::Set(Input::Value(Value::Text(key))), .. }) => {
                steps.push(PartStep::Recommend(Some(key)));
            }
            Some(change) => steps.push(PartStep::Fields(vec![change])),
            None => {}
        }
        Ok(steps)
    }

    fn step(
        &self,
        at: usize,
        group: &Group,
        calendar: &Calendar,
    ) -> Result<Option<PartStep>, Refusal> {
        let noun = group.kind.noun();
        let changed = self.of_group(at).filter(|entry| entry.is_changed());
        let mut changes: Vec<Change> =
            changed.map(|entry| entry.change(calendar)).collect::<Result<_, _>>()?;
        let emptied =
            self.of_group(at).all(|entry| entry.field.name != noun.main || is_empty(entry));
        let kind = group.kind;
        if let Some(id) = group.id {
            let key = id.to_string();
            let step = if emptied {
                PartStep::Remove { kind, key }
            } else {
                PartStep::Edit { kind, key, changes }
            };
            return Ok(Some(step));
        }
        if emptied {
            return Ok(None);
        }
        let fields: &[Field] = &noun.fields;
        for known in fields.iter().filter(|field| !self.has(at, field.name)) {
            changes.extend(self.known(known, group, calendar)?);
        }
        Ok(Some(match noun.key {
            PartKey::Letter { .. } if !group.key.is_empty() => {
                PartStep::Put { kind, key: group.key.clone(), changes }
            }
            // Somebody who was spoken to already is not there twice.
            PartKey::Field(name) if self.has(at, name) => {
                changes.retain(|change| change.field.name != name);
                let key = self.of_group(at).find(|entry| entry.field.name == name);
                let key = key.map_or("", |entry| entry.line.text().trim()).to_owned();
                PartStep::Put { kind, key, changes }
            }
            PartKey::Letter { .. } | PartKey::Field(_) | PartKey::Number => {
                PartStep::Add { kind, changes }
            }
        }))
    }

    fn has(&self, group: usize, name: &str) -> bool {
        self.of_group(group).any(|entry| entry.field.name == name)
    }

    /// What a new part knows without an entry of its own: its key, and who raised an objection.
    fn known(
        &self,
        field: &'static Field,
        group: &Group,
        calendar: &Calendar,
    ) -> Result<Vec<Change>, Refusal> {
        let text = match (group.kind.noun().key, group.kind) {
            (PartKey::Field(name), _) if name == field.name => group.key.as_str(),
            (_, PartKind::Objection) if field.name == "person" => self.person(),
            _ => "",
        };
        if text.is_empty() { Ok(Vec::new()) } else { Change::typed(field, text, calendar) }
    }

    /// Who is spoken to, as typed; empty where nobody is.
    #[must_use]
    pub fn person(&self) -> &str {
        let is_prewire = matches!(self.scope, Scope::Part { kind: PartKind::Prewire, .. });
        let mut all = self.entries.iter().filter(|_| is_prewire);
        all.find(|entry| entry.field.name == "person").map_or("", |entry| entry.line.text().trim())
    }

    /// The pre-wire that there is already of the person in a form for a new one, before anything
    /// else is typed.
    #[must_use]
    pub fn same_person(&self) -> Option<PartId> {
        let is_typed = self.focused().field.name == "person" && self.suggested.is_none();
        let only = self.entries.iter().filter(|entry| entry.is_changed()).count() == 1;
        let person = self.person().trim_start_matches('@').to_lowercase();
        let found = self.others.iter().find(|(name, _)| name.to_lowercase() == person);
        found.filter(|_| only && !is_typed).map(|(_, id)| *id)
    }

    /// The person of whom something is to be told before the form goes on: once the cursor has
    /// left the name.
    pub fn asks_about(&mut self) -> Option<String> {
        let name = self.person().to_owned();
        let is_typed = self.focused().field.name == "person" && self.focused().is_changed();
        if name.is_empty() || is_typed || self.about_of.as_deref() == Some(&name) {
            return None;
        }
        self.about_of = Some(name.clone());
        Some(name)
    }
}

fn is_empty(entry: &Entry) -> bool {
    entry.line.text().trim().is_empty()
}
