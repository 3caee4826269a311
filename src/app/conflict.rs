//! Somebody else changed the same fields while a form was open: both values side by side, to be
//! chosen one by one. What only one side changed is joined without a question.

use super::form::Form;
use super::keys::{Code, Key, Modifier};
use super::popup::Popup;
use super::writing::Goal;
use crate::domain::field::{Field, Names};
use crate::domain::item::Item;
use crate::domain::part::Part;

/// Whose value stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whose {
    Mine,
    Theirs,
}

/// One field that both changed.
#[derive(Debug, Clone, PartialEq)]
pub struct Clash {
    pub field: &'static Field,
    /// The place of its entry in the form.
    at: usize,
    /// The part that it is a field of.
    of: Option<String>,
    pub mine: String,
    pub theirs: String,
    pub chosen: Option<Whose>,
}

impl Clash {
    /// `gains of option b`.
    #[must_use]
    pub fn label(&self) -> String {
        match &self.of {
            Some(of) => format!("{} of {}", self.field.label, of.to_lowercase()),
            None => self.field.label.to_owned(),
        }
    }
}

/// The fields that both changed.
#[derive(Debug, Clone)]
pub struct Conflict {
    pub title: String,
    pub clashes: Vec<Clash>,
    pub cursor: usize,
    /// The item as it is now.
    now: Box<Item>,
    /// The form on top of it, which takes the place of the one below when all is chosen: whoever
    /// leaves before is asked again at the next attempt to save.
    form: Option<Box<Form>>,
}

/// What a key did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pressed {
    Nothing,
    /// All are chosen.
    Save,
    /// This one is not chosen yet.
    Undecided,
    Close,
}

impl Conflict {
    /// Takes a key.
    pub fn press(&mut self, key: Key) -> Pressed {
        let last = self.clashes.len().saturating_sub(1);
        match (key.modifier, key.code) {
            (_, Code::Esc) | (Modifier::Ctrl, Code::Char('c')) => return Pressed::Close,
            (_, Code::Down | Code::Tab | Code::Char('j')) => {
                self.cursor = (self.cursor + 1).min(last);
            }
            (_, Code::Up | Code::BackTab | Code::Char('k')) => {
                self.cursor = self.cursor.saturating_sub(1);
            }
            (Modifier::None, Code::Char('m') | Code::Left) => self.choose(Whose::Mine),
            (Modifier::None, Code::Char('t') | Code::Right) => self.choose(Whose::Theirs),
            (Modifier::None, Code::Char('M')) => self.choose_all(Whose::Mine),
            (Modifier::None, Code::Char('T')) => self.choose_all(Whose::Theirs),
            (_, Code::Enter) | (Modifier::Ctrl, Code::Char('s')) => return self.settle(),
            _ => {}
        }
        Pressed::Nothing
    }

    /// Takes one of the values of the field in question.
    pub fn choose(&mut self, whose: Whose) {
        let Some(clash) = self.clashes.get_mut(self.cursor) else { return };
        clash.chosen = Some(whose);
        let open = self.clashes.iter().position(|clash| clash.chosen.is_none());
        self.cursor = open.unwrap_or(self.cursor);
    }

    fn choose_all(&mut self, whose: Whose) {
        self.clashes.iter_mut().for_each(|clash| clash.chosen = Some(whose));
    }

    fn settle(&mut self) -> Pressed {
        match self.clashes.iter().position(|clash| clash.chosen.is_none()) {
            Some(open) => {
                self.cursor = open;
                Pressed::Undecided
            }
            None => Pressed::Save,
        }
    }
}

impl Conflict {
    fn over(now: &Item, clashes: Vec<Clash>, form: Option<Box<Form>>) -> Self {
        let title = format!("{} was changed by somebody else meanwhile", now.reference);
        Self { title, clashes, cursor: 0, now: Box::new(now.clone()), form }
    }

    /// The form with what was chosen, or the long text with it.
    pub fn resolve(self, below: &mut Popup) {
        match (below, self.form) {
            (Popup::Form(form), Some(rebased)) => {
                *form = *rebased;
                for clash in &self.clashes {
                    let entry = form.entries.get_mut(clash.at);
                    if let (Some(entry), Some(Whose::Theirs)) = (entry, clash.chosen) {
                        entry.line.set(&clash.theirs);
                    }
                }
            }
            (Popup::Writing(writing), _) => {
                for clash in &self.clashes {
                    writing.original.clone_from(&clash.theirs);
                    if clash.chosen == Some(Whose::Theirs) {
                        writing.text.replace(&clash.theirs);
                    }
                }
                if let Goal::Item { base, .. } = &mut writing.goal {
                    *base = self.now;
                }
            }
            _ => {}
        }
    }
}

/// What somebody else's change of the item means for a form.
#[derive(Debug)]
pub enum Rebased {
    /// No field was changed by both.
    Joined(Box<Form>),
    Asks(Conflict),
}

/// Puts a form on top of the item as it is now: what only the others changed is taken over, what
/// both changed becomes a question.
#[must_use]
pub fn rebase(mut form: Form, now: &Item, parts: &[Part], names: &impl Names) -> Rebased {
    let mut clashes = Vec::new();
    form.see(parts, names);
    for at in 0..form.entries.len() {
        let theirs = form.now(at, now, parts, names);
        let of = form.entries[at].group.map(|group| form.groups[group].heading());
        let entry = &mut form.entries[at];
        let mine = entry.line.text().to_owned();
        if mine == entry.original {
            entry.line.set(&theirs);
        } else if theirs != entry.original && theirs != mine {
            let theirs = theirs.clone();
            clashes.push(Clash { field: entry.field, at, of, mine, theirs, chosen: None });
        }
        entry.original = theirs;
    }
    form.base = Some(Box::new(now.clone()));
    form.parts = parts.to_vec();
    if clashes.is_empty() {
        return Rebased::Joined(Box::new(form));
    }
    Rebased::Asks(Conflict::over(now, clashes, Some(Box::new(form))))
}

/// The same for a long text.
#[must_use]
pub fn of_text(mine: &str, field: &'static Field, now: &Item) -> Conflict {
    let theirs = now.text(field.name).to_owned();
    let clash = Clash { field, at: 0, of: None, mine: mine.to_owned(), theirs, chosen: None };
    Conflict::over(now, vec![clash], None)
}
