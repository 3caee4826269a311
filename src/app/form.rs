//! A form, generated from a noun's description: one line per field, errors on leaving a field,
//! dates and times echoed, people, items and choices suggested as you type.

use crate::domain::change::{Change, Draft, Edit, Input};
use crate::domain::day::{self, Calendar};
use crate::domain::field::{Field, FieldKind, Names, NoNames};
use crate::domain::item::Item;
use crate::domain::kind::Kind;
use crate::domain::refusal::Refusal;
use crate::domain::value::Value;
use crate::store::lookup::Named;

use super::input::Line;
use super::keys::{Code, Key, Modifier};

/// One field being filled in.
#[derive(Debug, Clone)]
pub struct Entry {
    pub field: &'static Field,
    pub line: Line,
    /// What it held when the form opened.
    pub original: String,
    pub error: Option<String>,
    /// What was understood, such as the date that `fri` means.
    pub echo: Option<String>,
}

/// A form.
#[derive(Debug, Clone)]
pub struct Form {
    pub kind: Kind,
    /// The item as it was when the form opened; `None` for a new one.
    pub base: Option<Box<Item>>,
    pub entries: Vec<Entry>,
    pub focus: usize,
    /// What could stand in the focused field.
    pub suggestions: Vec<String>,
    pub suggested: Option<usize>,
    pub serial: u64,
}

/// What a key did to a form.
#[derive(Debug, Clone, PartialEq)]
pub enum Pressed {
    Nothing,
    /// The text changed; items may be worth asking for.
    Typed,
    Submit,
    Close,
    /// The field wants the editor.
    Editor,
}

impl Form {
    /// A form for a new item, with a title already begun.
    #[must_use]
    pub fn new(kind: Kind, title: &str) -> Self {
        let mut form = Self::over(kind, None, |field| field.default.to_owned());
        form.entries[0].line.set(title);
        form
    }

    /// A form over an item.
    #[must_use]
    pub fn edit(item: &Item, names: &impl Names) -> Self {
        let typed = |field: &Field| field.typed(item.get(field.name), names);
        Self::over(item.kind(), Some(Box::new(item.clone())), typed)
    }

    fn over(kind: Kind, base: Option<Box<Item>>, text: impl Fn(&Field) -> String) -> Self {
        let entries = kind.noun().form_fields().map(|field| {
            let original = text(field);
            Entry { field, line: Line::new(&original), original, error: None, echo: None }
        });
        Self {
            kind,
            base,
            entries: entries.collect(),
            focus: 0,
            suggestions: Vec::new(),
            suggested: None,
            serial: 0,
        }
    }

    #[must_use]
    pub fn focused(&self) -> &Entry {
        &self.entries[self.focus]
    }

    #[must_use]
    pub fn is_dirty(&self) -> bool {
        self.entries.iter().any(|entry| entry.line.text() != entry.original)
    }

    /// Takes a key.
    pub fn press(&mut self, key: Key, calendar: &Calendar) -> Pressed {
        match (key.modifier, key.code) {
            (_, Code::Esc) if self.suggested.is_some() => self.suggested = None,
            (_, Code::Esc) => return Pressed::Close,
            (Modifier::Ctrl, Code::Char('s')) => return self.submit(calendar),
            (Modifier::Ctrl, Code::Char('o')) if self.focused().field.kind == FieldKind::Text => {
                return Pressed::Editor;
            }
            (_, Code::Down) if !self.suggestions.is_empty() => self.suggest(1),
            (_, Code::Up) if self.suggested.is_some() => self.suggest(-1),
            (_, Code::Tab | Code::Down) => self.leave(1, calendar),
            (_, Code::BackTab | Code::Up) => self.leave(-1, calendar),
            (_, Code::Enter) => return self.enter(calendar),
            _ => return self.type_key(key, calendar),
        }
        Pressed::Nothing
    }

    fn type_key(&mut self, key: Key, calendar: &Calendar) -> Pressed {
        let entry = &mut self.entries[self.focus];
        if entry.field.kind == FieldKind::Text && entry.line.text().contains('\n') {
            return if key.typed().is_some() { Pressed::Editor } else { Pressed::Nothing };
        }
        if !entry.line.press(key) {
            return Pressed::Nothing;
        }
        self.changed(calendar);
        Pressed::Typed
    }

    /// After the text of the focused field changed.
    pub fn changed(&mut self, calendar: &Calendar) {
        self.suggested = None;
        self.suggest_choices();
        let entry = &mut self.entries[self.focus];
        entry.error = None;
        entry.echo = echo(entry.field, entry.line.text(), calendar);
    }

    fn enter(&mut self, calendar: &Calendar) -> Pressed {
        self.accept_suggestion();
        if self.focus + 1 == self.entries.len() {
            return self.submit(calendar);
        }
        self.leave(1, calendar);
        Pressed::Nothing
    }

    fn submit(&mut self, calendar: &Calendar) -> Pressed {
        self.accept_suggestion();
        for at in 0..self.entries.len() {
            self.check(at, calendar);
        }
        match self.entries.iter().position(|entry| entry.error.is_some()) {
            Some(wrong) => {
                self.focus = wrong;
                Pressed::Nothing
            }
            None => Pressed::Submit,
        }
    }

    fn leave(&mut self, by: isize, calendar: &Calendar) {
        self.accept_suggestion();
        self.check(self.focus, calendar);
        let count = self.entries.len();
        self.focus = (self.focus + count).saturating_add_signed(by) % count;
        self.suggestions.clear();
        self.suggested = None;
    }

    fn check(&mut self, at: usize, calendar: &Calendar) {
        let entry = &mut self.entries[at];
        entry.echo = echo(entry.field, entry.line.text(), calendar);
        entry.error = match entry.field.read(entry.line.text(), calendar) {
            Err(refusal) => {
                let label = format!("{}: ", entry.field.label);
                Some(refusal.what.trim_start_matches(&label).to_owned())
            }
            Ok(_) if entry.field.name == "title" && entry.line.text().trim().is_empty() => {
                Some("it needs a name".to_owned())
            }
            Ok(_) => None,
        };
    }

    fn suggest(&mut self, by: isize) {
        let last = self.suggestions.len().saturating_sub(1);
        self.suggested = match self.suggested {
            None => Some(0),
            Some(0) if by < 0 => None,
            Some(at) => Some(at.saturating_add_signed(by).min(last)),
        };
    }

    fn accept_suggestion(&mut self) {
        let Some(chosen) = self.suggested.take().and_then(|at| self.suggestions.get(at).cloned())
        else {
            return;
        };
        let entry = &mut self.entries[self.focus];
        let is_many = matches!(entry.field.kind, FieldKind::Many(_));
        let text = match entry.line.text().rsplit_once(',') {
            Some((kept, _)) if is_many => format!("{kept}, {chosen}"),
            _ => chosen,
        };
        entry.line.set(&text);
        self.suggestions.clear();
    }

    fn suggest_choices(&mut self) {
        let entry = &self.entries[self.focus];
        if let FieldKind::Choice(slugs) = entry.field.kind {
            let text = entry.line.text().trim().to_lowercase();
            let exact = slugs.iter().any(|slug| slug.to_lowercase() == text);
            self.suggestions = slugs
                .iter()
                .filter(|slug| exact || slug.to_lowercase().contains(&text))
                .map(|slug| (*slug).to_owned())
                .collect();
        }
    }

    /// What to look for while the focused field is typed: the kinds, and the text so far.
    #[must_use]
    pub fn wanted(&self) -> Option<(Vec<Kind>, String)> {
        let entry = self.focused();
        let kinds = entry.field.targets();
        if kinds.is_empty() {
            return None;
        }
        let text = entry.line.text();
        let last = if matches!(entry.field.kind, FieldKind::Many(_)) {
            text.rsplit(',').next().unwrap_or("")
        } else {
            text
        };
        Some((kinds.to_vec(), last.trim().trim_start_matches('@').to_owned()))
    }

    /// What was found for the focused field.
    pub fn offer(&mut self, found: &[Named]) {
        let is_person = self.focused().field.is_person();
        self.suggestions = found
            .iter()
            .take(8)
            .map(|named| if is_person { named.title.clone() } else { named.reference.to_string() })
            .collect();
        self.suggested = None;
    }

    /// The changes that the form asks for.
    ///
    /// # Errors
    /// The first field that cannot be read.
    pub fn changes(&self, calendar: &Calendar) -> Result<Vec<Change>, Refusal> {
        let mut changes = Vec::new();
        for entry in self.entries.iter().filter(|entry| entry.line.text() != entry.original) {
            let edit = match entry.field.read(entry.line.text(), calendar)? {
                Input::Value(Value::Nothing) => Edit::Clear,
                input => Edit::Set(input),
            };
            changes.push(Change { field: entry.field, edit });
        }
        Ok(changes)
    }

    /// The draft that the form asks for.
    ///
    /// # Errors
    /// The first field that cannot be read.
    pub fn draft(&self, calendar: &Calendar) -> Result<Draft, Refusal> {
        let mut changes = self.changes(calendar)?;
        changes.retain(|change| change.field.name != "title");
        Ok(Draft { kind: self.kind, title: self.entries[0].line.text().trim().to_owned(), changes })
    }
}

fn echo(field: &Field, text: &str, calendar: &Calendar) -> Option<String> {
    match field.read(text, calendar) {
        Ok(Input::Value(Value::Day(date))) => Some(day::echo(date, calendar.today)),
        Ok(Input::Value(value @ Value::Whole(_))) if field.kind == FieldKind::Minutes => {
            Some(field.show(&value, &NoNames, calendar.today))
        }
        _ => None,
    }
}
