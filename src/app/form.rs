//! A form, generated from a noun's description: one line per field, errors on leaving a field,
//! dates and times echoed, people, items and choices suggested as you type.

use crate::domain::change::{Change, Edit, Input};
use crate::domain::day::Calendar;
use crate::domain::field::{Field, FieldKind, Names};
use crate::domain::item::Item;
use crate::domain::kind::Kind;
use crate::domain::part::{Part, PartId};
use crate::domain::refusal::Refusal;
use crate::domain::value::Value;

use super::draft::{self, Unsaved};
use super::input::Line;
use super::keys::{Code, Key, Modifier};

mod compose;
mod groups;
mod read;
mod suggest;

pub use compose::{Group, Scope};
use read::echo;
use suggest::Browse;
pub use suggest::Suggestion;

/// One field being filled in.
#[derive(Debug, Clone)]
pub struct Entry {
    pub field: &'static Field,
    /// The part that it is a field of, by its place among the groups; else it is the item's own.
    pub group: Option<usize>,
    pub line: Line,
    /// What it held when the form opened.
    pub original: String,
    pub error: Option<String>,
    /// What was understood, such as the date that `fri` means.
    pub echo: Option<String>,
}

impl Entry {
    fn new(field: &'static Field, group: Option<usize>, original: String) -> Self {
        Self { field, group, line: Line::new(&original), original, error: None, echo: None }
    }

    /// Whether it holds something else than when the form opened.
    #[must_use]
    pub fn is_changed(&self) -> bool {
        self.line.text() != self.original
    }

    fn change(&self, calendar: &Calendar) -> Result<Change, Refusal> {
        let edit = match self.field.read(self.line.text(), calendar)? {
            Input::Value(Value::Nothing) => Edit::Clear,
            input => Edit::Set(input.signed(self.line.text())),
        };
        Ok(Change { field: self.field, edit })
    }
}

/// A form.
#[derive(Debug, Clone)]
pub struct Form {
    pub kind: Kind,
    /// The item as it was when the form opened; `None` for a new one.
    pub base: Option<Box<Item>>,
    pub scope: Scope,
    /// The parts of the item as they were when the form opened.
    pub parts: Vec<Part>,
    /// The parts that it fills in, those that are not there yet among them.
    pub groups: Vec<Group>,
    /// Those of whom there is such a part already, by their names.
    pub others: Vec<(String, PartId)>,
    /// What is worth knowing before it is filled in.
    pub about: Vec<String>,
    /// The text that `about` was asked for.
    pub about_of: Option<String>,
    pub about_serial: u64,
    /// What opens once this is saved.
    pub then: Option<Scope>,
    pub entries: Vec<Entry>,
    pub focus: usize,
    /// What could stand in the focused field.
    pub suggestions: Vec<Suggestion>,
    pub suggested: Option<usize>,
    browse: Browse,
    /// The value of before stands there selected: what is typed first takes its place.
    pub selected: bool,
    pub serial: u64,
    /// The kept text that it was opened with.
    pub taken: Option<Unsaved>,
    /// The texts that are not shown now: what is saved, or what was kept.
    aside: Option<Vec<String>>,
}

/// What a key did to a form.
#[derive(Debug, Clone, PartialEq)]
pub enum Pressed {
    Nothing,
    /// The text changed; items may be worth asking for.
    Typed,
    Submit,
    Close,
    /// The field wants the editor of the environment.
    Editor,
    /// The field wants to be chosen or written above the form, beginning with this letter.
    Open(Option<char>),
    /// It is saved, and the frame is filled in next.
    Frame,
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
        let entries =
            kind.noun().form_fields().map(|field| Entry::new(field, None, text(field))).collect();
        Self::of(kind, base, Scope::Item, entries)
    }

    fn of(kind: Kind, base: Option<Box<Item>>, scope: Scope, entries: Vec<Entry>) -> Self {
        Self {
            kind,
            base,
            scope,
            parts: Vec::new(),
            groups: Vec::new(),
            others: Vec::new(),
            about: Vec::new(),
            about_of: None,
            about_serial: 0,
            then: None,
            entries,
            focus: 0,
            suggestions: Vec::new(),
            suggested: None,
            browse: Browse::Typed,
            selected: false,
            serial: 0,
            taken: None,
            aside: None,
        }
    }

    /// `decision d2`, `new decision`, `frame of d2`, `option b of d2`.
    #[must_use]
    pub fn title(&self) -> String {
        let Some(item) = &self.base else { return format!("new {}", self.kind.noun().name) };
        let of = item.reference;
        match self.scope {
            Scope::Item => format!("{} {of}", self.kind.noun().name),
            Scope::Frame => format!("frame of {of}"),
            Scope::Part { kind, id: None } => format!("new {} of {of}", kind.noun().label),
            Scope::Part { kind, id: Some(_) } => {
                let key = self.groups.first().map_or("", |group| group.key.as_str());
                format!("{} {key} of {of}", kind.noun().label)
            }
        }
    }

    /// Takes up what was typed before and not saved; it goes with the form from now on.
    #[must_use]
    pub fn restored(mut self, model: &super::model::Model) -> Self {
        let whole = self.base.as_ref().filter(|_| self.scope == Scope::Item);
        let long = whole.map(|item| draft::writing_key(self.kind, "note", item.id));
        let kept = draft::kept(model, &draft::form_key(&self));
        if let Some(kept) = kept.or_else(|| draft::kept(model, &long?)).cloned() {
            self.take_up(kept);
        }
        for entry in &mut self.entries {
            entry.echo = echo(entry.field, entry.line.text(), &model.calendar);
        }
        self
    }

    fn take_up(&mut self, kept: Unsaved) {
        self.aside = Some(self.entries.iter().map(|entry| entry.line.text().to_owned()).collect());
        for (name, text) in &kept.texts {
            let at = (0..self.entries.len()).find(|at| self.name(*at) == *name);
            if let Some(at) = at {
                self.entries[at].line.set(text);
            }
        }
        self.taken = Some(kept);
    }

    /// Whether a kept text is shown, or could be.
    #[must_use]
    pub fn has_draft(&self) -> bool {
        self.aside.is_some()
    }

    /// Shows what is saved instead of what was kept, and the other way round.
    fn swap(&mut self) {
        let Some(aside) = &mut self.aside else { return };
        for (entry, other) in self.entries.iter_mut().zip(aside) {
            let text = std::mem::replace(other, entry.line.text().to_owned());
            entry.line.set(&text);
            (entry.error, entry.echo) = (None, None);
        }
    }

    #[must_use]
    pub fn focused(&self) -> &Entry {
        &self.entries[self.focus]
    }

    #[must_use]
    pub fn is_dirty(&self) -> bool {
        self.entries.iter().any(Entry::is_changed)
    }

    /// Takes a key.
    pub fn press(&mut self, key: Key, calendar: &Calendar) -> Pressed {
        match (key.modifier, key.code) {
            (_, Code::Esc) | (Modifier::Ctrl, Code::Char('c')) => {
                if self.suggestions.is_empty() {
                    return Pressed::Close;
                }
                self.forget_suggestions();
            }
            (Modifier::Ctrl, Code::Char('s')) => return self.submit(calendar),
            (Modifier::Ctrl, Code::Char('r')) => self.swap(),
            (Modifier::Ctrl, Code::Char('f')) if self.leads_to_frame() => {
                return match self.submit(calendar) {
                    Pressed::Submit => Pressed::Frame,
                    other => other,
                };
            }
            (Modifier::Ctrl, Code::Char('o')) if self.is_on_text() => return Pressed::Editor,
            (Modifier::Ctrl, Code::Char('g')) => return self.open(),
            (_, Code::Down) if !self.suggestions.is_empty() => self.suggest(1),
            (_, Code::Up) if !self.suggestions.is_empty() => self.suggest(-1),
            (_, Code::Down) if self.is_chosen() => return self.open(),
            (_, Code::Tab) if self.complete(calendar) => return Pressed::Typed,
            (_, Code::Tab | Code::Down) => self.leave(1, calendar),
            (_, Code::BackTab | Code::Up) => self.leave(-1, calendar),
            (_, Code::PageDown) => self.turn(1, calendar),
            (_, Code::PageUp) => self.turn(-1, calendar),
            (_, Code::Enter) => return self.enter(calendar),
            _ => return self.type_key(key, calendar),
        }
        Pressed::Nothing
    }

    /// Whether the field is long text, which is written above the form.
    #[must_use]
    pub fn is_on_text(&self) -> bool {
        self.focused().field.kind == FieldKind::Text
    }

    /// Whether the field has something to choose from: a month, a list.
    #[must_use]
    pub fn is_chosen(&self) -> bool {
        let field = self.focused().field;
        field.is_date() || !field.offered().is_empty() || matches!(field.kind, FieldKind::Choice(_))
    }

    fn open(&mut self) -> Pressed {
        if let FieldKind::Choice(slugs) = self.focused().field.kind {
            self.browse_choices(slugs);
            return Pressed::Nothing;
        }
        if !self.is_chosen() && !self.is_on_text() {
            return Pressed::Nothing;
        }
        self.browse = Browse::Opened;
        Pressed::Open(None)
    }

    fn type_key(&mut self, key: Key, calendar: &Calendar) -> Pressed {
        if self.is_on_text() {
            return key.typed().map_or(Pressed::Nothing, |letter| Pressed::Open(Some(letter)));
        }
        let browses = self.browse != Browse::Typed;
        let typed = key.typed().is_some();
        if typed || key.code == Code::Backspace {
            self.replace_selected(typed);
        }
        self.selected = false;
        if !self.entries[self.focus].line.press(key) {
            return Pressed::Nothing;
        }
        self.changed(calendar);
        if browses {
            self.browse_typed();
        }
        Pressed::Typed
    }

    /// After the text of the focused field changed.
    pub fn changed(&mut self, calendar: &Calendar) {
        self.suggested = None;
        self.browse = Browse::Typed;
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
        let count = self.entries.len();
        let to = (self.focus + count).saturating_add_signed(by) % count;
        self.accept_suggestion();
        self.go(to, calendar);
    }

    /// Goes to a field; the one that is left is checked.
    pub fn go(&mut self, to: usize, calendar: &Calendar) {
        self.check(self.focus, calendar);
        self.focus = to.min(self.entries.len().saturating_sub(1));
        self.forget_suggestions();
        self.select_value();
    }

    /// Takes what is offered for the field.
    pub fn take_offer(&mut self, at: usize, calendar: &Calendar) {
        self.suggested = Some(at);
        self.accept_suggestion();
        self.check(self.focus, calendar);
    }

    /// Puts a text into the focused field, as if it had been typed.
    pub fn fill(&mut self, text: &str, calendar: &Calendar) {
        self.entries[self.focus].line.set(text);
        self.changed(calendar);
        self.forget_suggestions();
    }
}
