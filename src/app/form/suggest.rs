//! What could stand in a field: choices, people and items, found as you type or all of them when the
//! list is opened; `none` first, somebody new last, what stands there now selected.

use super::Form;
use crate::domain::day::Calendar;
use crate::domain::field::FieldKind;
use crate::domain::kind::Kind;
use crate::store::lookup::Named;

/// Most that are offered at once.
const MOST: usize = 20;
/// What empties a field.
const NONE: &str = "none";

/// Something that could stand in the field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    pub label: String,
    /// What is put into the field.
    pub text: String,
}

impl Suggestion {
    fn new(label: impl Into<String>, text: impl Into<String>) -> Self {
        Self { label: label.into(), text: text.into() }
    }

    fn none() -> Self {
        Self::new(NONE, "")
    }
}

/// Whether the list follows the text, or was opened to see all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Browse {
    Typed,
    Opened,
    /// It was opened, and what is typed since narrows it.
    Narrowed,
}

impl Form {
    /// What stands in a field where one thing is chosen is selected when the field is come to.
    pub(super) fn select_value(&mut self) {
        let entry = self.focused();
        let is_written = matches!(
            entry.field.kind,
            FieldKind::Line
                | FieldKind::Url
                | FieldKind::Tags
                | FieldKind::Text
                | FieldKind::Many(_)
        );
        self.selected = !is_written && !entry.line.text().is_empty();
    }

    /// The first letter, or what is pasted, takes the place of what is selected, or of what stood
    /// there when the list was opened; among several names it begins one more.
    pub fn replace_selected(&mut self, typed: bool) {
        let is_opened = typed && self.browse == Browse::Opened;
        let is_many = matches!(self.focused().field.kind, FieldKind::Many(_));
        let text = self.focused().line.text().trim_end_matches([' ', ',']).to_owned();
        let entry = &mut self.entries[self.focus];
        if is_opened && is_many && !text.is_empty() {
            entry.line.set(&format!("{text}, "));
        } else if self.selected || is_opened {
            entry.line.set("");
        }
        self.selected = false;
    }

    /// What was opened stays a list to choose from while it is narrowed: `none` first, the first
    /// that fits chosen.
    pub(super) fn browse_typed(&mut self) {
        self.browse = Browse::Narrowed;
        if matches!(self.focused().field.kind, FieldKind::Choice(_)) {
            self.suggestions.insert(0, Suggestion::none());
            self.suggested = (self.suggestions.len() > 1).then_some(1);
        }
    }

    pub(super) fn forget_suggestions(&mut self) {
        self.suggestions.clear();
        self.suggested = None;
        self.browse = Browse::Typed;
    }

    pub(super) fn suggest(&mut self, by: isize) {
        let last = self.suggestions.len().saturating_sub(1);
        self.suggested = match self.suggested {
            None => Some(if by < 0 { last } else { 0 }),
            Some(0) if by < 0 => None,
            Some(at) => Some(at.saturating_add_signed(by).min(last)),
        };
    }

    pub(super) fn accept_suggestion(&mut self) {
        let Some(chosen) = self.suggested.and_then(|at| self.suggestions.get(at).cloned()) else {
            return;
        };
        self.put(&chosen.text);
        self.forget_suggestions();
    }

    fn put(&mut self, chosen: &str) {
        let entry = &mut self.entries[self.focus];
        let is_many = matches!(entry.field.kind, FieldKind::Many(_));
        let text = match entry.line.text().rsplit_once(',') {
            Some((kept, _)) if is_many && !chosen.is_empty() => format!("{kept}, {chosen}"),
            _ => chosen.to_owned(),
        };
        entry.line.set(&text);
    }

    /// Tab: the first that begins with what is typed; whether there was one.
    pub(super) fn complete(&mut self, calendar: &Calendar) -> bool {
        if self.suggested.is_some() || self.browse != Browse::Typed {
            return false;
        }
        let typed = self.last_typed().to_lowercase();
        let found = self.suggestions.iter().find(|suggestion| {
            let text = suggestion.text.to_lowercase();
            !typed.is_empty() && text.starts_with(&typed) && text != typed
        });
        let Some(found) = found.cloned() else { return false };
        self.put(&found.text);
        self.changed(calendar);
        true
    }

    pub(super) fn suggest_choices(&mut self) {
        let FieldKind::Choice(slugs) = self.focused().field.kind else { return };
        let text = self.focused().line.text().trim().to_lowercase();
        let exact = slugs.iter().any(|slug| slug.to_lowercase() == text);
        let fits = slugs.iter().filter(|slug| exact || slug.to_lowercase().contains(&text));
        self.suggestions = fits.map(|slug| Suggestion::new(*slug, *slug)).collect();
    }

    pub(super) fn browse_choices(&mut self, slugs: &[&str]) {
        self.browse = Browse::Opened;
        self.suggestions = vec![Suggestion::none()];
        self.suggestions.extend(slugs.iter().map(|slug| Suggestion::new(*slug, *slug)));
        self.select_current();
    }

    fn select_current(&mut self) {
        let text = self.last_typed().to_lowercase();
        let is_current = |suggestion: &Suggestion| suggestion.text.to_lowercase() == text;
        self.suggested = Some(self.suggestions.iter().position(is_current).unwrap_or(0));
    }

    /// The last of several names, else the whole text.
    fn last_typed(&self) -> &str {
        let entry = self.focused();
        let text = entry.line.text();
        let is_many = matches!(entry.field.kind, FieldKind::Many(_));
        let last = if is_many { text.rsplit(',').next().unwrap_or("") } else { text };
        last.trim().trim_start_matches('@')
    }

    /// What to look for while the focused field is typed: the kinds, and the text so far.
    #[must_use]
    pub fn wanted(&self) -> Option<(Vec<Kind>, String)> {
        let kinds = self.focused().field.offered();
        if kinds.is_empty() {
            return None;
        }
        let text = match self.browse {
            Browse::Opened => String::new(),
            Browse::Typed | Browse::Narrowed => self.last_typed().to_owned(),
        };
        Some((kinds.to_vec(), text))
    }

    /// What was found for the focused field.
    pub fn offer(&mut self, found: &[Named]) {
        let is_person = self.focused().field.is_person();
        let is_text = self.focused().field.targets().is_empty();
        let own = self.base.as_ref().map(|item| item.id);
        let found = found.iter().filter(|named| Some(named.id) != own).take(MOST);
        let mut offered: Vec<Suggestion> = found
            .map(|named| {
                let reference = named.reference.to_string();
                if is_person {
                    Suggestion::new(named.title.clone(), named.title.clone())
                } else if is_text {
                    Suggestion::new(format!("{reference} {}", named.title), named.title.clone())
                } else {
                    Suggestion::new(format!("{reference} {}", named.title), reference)
                }
            })
            .collect();
        let typed = self.last_typed().to_owned();
        let found = offered.len();
        let known = offered.iter().any(|other| other.text.to_lowercase() == typed.to_lowercase());
        if is_person && !typed.is_empty() && !known {
            offered.push(Suggestion::new(format!("new person “{typed}”"), typed));
        }
        self.suggested = None;
        match self.browse {
            Browse::Opened => {
                offered.insert(0, Suggestion::none());
                self.suggestions = offered;
                self.select_current();
            }
            Browse::Narrowed => {
                offered.insert(0, Suggestion::none());
                self.suggestions = offered;
                self.suggested = (found > 0).then_some(1);
            }
            Browse::Typed => self.suggestions = offered,
        }
    }
}
