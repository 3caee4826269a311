//! Somebody else changed the same fields while a form was open: both values side by side, to be
//! chosen one by one. What only one side changed is joined without a question.

use super::form::Form;
use super::keys::{Code, Key, Modifier};
use super::popup::Popup;
use super::writing::Goal;
use crate::domain::field::{Field, Names};
use crate::domain::item::Item;

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
    pub mine: String,
    pub theirs: String,
    pub chosen: Option<Whose>,
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
                    let name = clash.field.name;
                    let entry = form.entries.iter_mut().find(|entry| entry.field.name == name);
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
pub fn rebase(mut form: Form, now: &Item, names: &impl Names) -> Rebased {
    let mut clashes = Vec::new();
    for entry in &mut form.entries {
        let theirs = entry.field.typed(now.get(entry.field.name), names);
        let mine = entry.line.text().to_owned();
        if mine == entry.original {
            entry.line.set(&theirs);
        } else if theirs != entry.original && theirs != mine {
            clashes.push(Clash { field: entry.field, mine, theirs: theirs.clone(), chosen: None });
        }
        entry.original = theirs;
    }
    form.base = Some(Box::new(now.clone()));
    if clashes.is_empty() {
        return Rebased::Joined(Box::new(form));
    }
    Rebased::Asks(Conflict::over(now, clashes, Some(Box::new(form))))
}

/// The same for a long text.
#[must_use]
pub fn of_text(mine: &str, field: &'static Field, now: &Item) -> Conflict {
    let theirs = now.text(field.name).to_owned();
    let clash = Clash { field, mine: mine.to_owned(), theirs, chosen: None };
    Conflict::over(now, vec![clash], None)
}
