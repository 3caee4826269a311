//! A form over what an item consists of: the frame of a decision with its options and framings, or
//! one part of any item. Each entry belongs to the item or to one group, which is a part.

use super::{Entry, Form};
use crate::domain::day::Calendar;
use crate::domain::field::Names;
use crate::domain::item::Item;
use crate::domain::kind::Kind;
use crate::domain::part::{Part, PartId, PartKind, letter, of_kind};
use crate::domain::parts::option::MOST;

/// What comes before the options in the frame.
const BEFORE: [&str; 2] = ["happening", "matters"];
/// What comes after them.
const AFTER: [&str; 10] = [
    "recommendation",
    "now",
    "risk",
    "signal",
    "signal_metric",
    "reads_on",
    "probability",
    "default_text",
    "default_on",
    "default_option",
];
/// The functions that a frame is told to in their own words, beside those that have some already.
const AUDIENCES: [&str; 4] = ["product", "sales", "growth", "cs"];

/// What of an item a form fills in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// Its own fields.
    Item,
    /// The frame of a decision.
    Frame,
    /// A part of it: one that is there, or a new one.
    Part { kind: PartKind, id: Option<PartId> },
}

/// A part that a form fills in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    pub kind: PartKind,
    /// `None` for one that is not there yet.
    pub id: Option<PartId>,
    /// What it is called within its item: `b`, `sales`, `Raj Mehta`; empty for a new one.
    pub key: String,
}

impl Group {
    /// `Option b`.
    #[must_use]
    pub fn heading(&self) -> String {
        let words = format!("{} {}", self.kind.noun().label, self.key);
        let words = words.trim_end();
        words[..1].to_uppercase() + &words[1..]
    }
}

impl Form {
    /// A form over a part of an item, or over the frame of a decision.
    #[must_use]
    pub fn compose(scope: Scope, item: &Item, parts: Vec<Part>, names: &impl Names) -> Self {
        let mut form = match scope {
            Scope::Item => Self::edit(item, names),
            Scope::Frame | Scope::Part { .. } => {
                Self::of(item.kind(), Some(Box::new(item.clone())), scope, Vec::new())
            }
        };
        form.parts = parts;
        match scope {
            Scope::Item => {}
            Scope::Frame => form.lay_frame(names),
            Scope::Part { kind, id } => form.lay_part(kind, id, names),
        }
        form
    }

    fn lay_frame(&mut self, names: &impl Names) {
        self.lay_own(&BEFORE, names);
        for place in 1..=MOST {
            let there = of_kind(&self.parts, PartKind::Option).find(|part| part.position == place);
            let group = Group {
                kind: PartKind::Option,
                id: there.map(|part| part.id),
                key: letter(place).to_string(),
            };
            self.lay(group, &[], names);
        }
        self.lay_own(&AFTER, names);
        let told: Vec<(String, PartId)> = of_kind(&self.parts, PartKind::Framing)
            .map(|part| (part.text("function").to_owned(), part.id))
            .collect();
        let more = told.iter().map(|(function, _)| function.as_str());
        let more = more.filter(|function| !AUDIENCES.contains(function));
        let functions: Vec<String> = AUDIENCES.into_iter().chain(more).map(str::to_owned).collect();
        for function in functions {
            let id = told.iter().find(|(known, _)| *known == function).map(|(_, id)| *id);
            let group = Group { kind: PartKind::Framing, id, key: function };
            self.lay(group, &["function"], names);
        }
    }

    fn lay_part(&mut self, kind: PartKind, id: Option<PartId>, names: &impl Names) {
        let there = id.and_then(|id| self.parts.iter().find(|part| part.id == id)).cloned();
        let key = there.as_ref().map_or_else(String::new, |part| part.key(names));
        let id = there.as_ref().map(|part| part.id);
        self.scope = Scope::Part { kind, id };
        self.lay(Group { kind, id, key }, &[], names);
        if kind == PartKind::Option {
            self.lay_own(&["recommendation"], names);
        }
        if kind != PartKind::Prewire {
            return;
        }
        let all = of_kind(&self.parts, kind).filter(|part| Some(part.id) != id);
        self.others = all.map(|part| (part.key(names), part.id)).collect();
        // Whoever is spoken to says what they hold against it.
        let person = there.as_ref().and_then(|part| part.link("person"));
        let raised: Vec<(PartId, String)> = of_kind(&self.parts, PartKind::Objection)
            .filter(|part| person.is_some() && part.link("person") == person)
            .map(|part| (part.id, part.key(names)))
            .collect();
        for (id, key) in raised {
            self.lay(Group { kind: PartKind::Objection, id: Some(id), key }, &["person"], names);
        }
        let new = Group { kind: PartKind::Objection, id: None, key: String::new() };
        self.lay(new, &["person"], names);
    }

    /// Fields of the item itself.
    fn lay_own(&mut self, fields: &[&str], names: &impl Names) {
        let Some(item) = self.base.clone() else { return };
        for name in fields {
            let field = item.kind().noun().field(name);
            self.entries.push(Entry::new(field, None, field.typed(item.get(name), names)));
        }
    }

    /// The fields of a part, but for some that are known.
    fn lay(&mut self, group: Group, without: &[&str], names: &impl Names) {
        let at = self.groups.len();
        let there = group.id.and_then(|id| self.parts.iter().find(|part| part.id == id));
        let fields = group.kind.noun().fields.iter();
        let entries: Vec<Entry> = fields
            .filter(|field| !without.contains(&field.name))
            .map(|field| {
                let text = there.map_or_else(
                    || field.default.to_owned(),
                    |part| field.typed(part.get(field.name), names),
                );
                Entry::new(field, Some(at), text)
            })
            .collect();
        self.groups.push(group);
        self.entries.extend(entries);
    }

    /// The group that begins with an entry; `None` inside one, and for what the title says.
    #[must_use]
    pub fn begins(&self, at: usize) -> Option<&Group> {
        let group = self.entries[at].group?;
        let first = at == 0 || self.entries[at - 1].group != Some(group);
        let is_told = group == 0 && matches!(self.scope, Scope::Part { .. });
        (first && !is_told).then(|| &self.groups[group])
    }

    /// Whether a group is one line, told by its key alone.
    #[must_use]
    pub fn is_alone(&self, group: usize) -> bool {
        self.entries.iter().filter(|entry| entry.group == Some(group)).count() == 1
    }

    /// What an entry is called: by its label, or by the key of its group where that is one line.
    #[must_use]
    pub fn label(&self, at: usize) -> &str {
        let entry = &self.entries[at];
        match entry.group.filter(|group| self.is_alone(*group)) {
            Some(group) => &self.groups[group].key,
            None => entry.field.label,
        }
    }

    /// The name under which what is typed into an entry is kept.
    #[must_use]
    pub fn name(&self, at: usize) -> String {
        let entry = &self.entries[at];
        match entry.group.map(|group| &self.groups[group]) {
            Some(group) => format!("{} {}.{}", group.kind.slug(), group.key, entry.field.name),
            None => entry.field.name.to_owned(),
        }
    }

    /// Whether the frame can be filled in from here.
    #[must_use]
    pub fn leads_to_frame(&self) -> bool {
        self.kind == Kind::Decision && self.scope == Scope::Item
    }

    /// Puts a text into a field and the cursor on another, as keys would.
    pub fn begin(&mut self, fill: Option<(&str, &str)>, focus: &str, calendar: &Calendar) {
        let place = |form: &Self, name: &str| {
            form.entries.iter().position(|entry| entry.field.name == name)
        };
        if let Some((name, text)) = fill
            && let Some(at) = place(self, name)
            && self.entries[at].line.text() != text
        {
            self.focus = at;
            self.fill(text, calendar);
        }
        if let Some(at) = place(self, focus) {
            self.focus = at;
        }
    }
}
