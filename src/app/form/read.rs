//! What a form says: each field read and checked, and what all of them ask for.

use super::Form;
use crate::domain::change::Input;
use crate::domain::change::{Change, Draft};
use crate::domain::day::{self, Calendar};
use crate::domain::field::{Field, FieldKind, NoNames};
use crate::domain::refusal::Refusal;
use crate::domain::value::Value;

impl Form {
    pub(super) fn check(&mut self, at: usize, calendar: &Calendar) {
        let needs = self.needs(at);
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
            Ok(_) => needs,
        };
    }

    /// The changes of the item itself that the form asks for.
    ///
    /// # Errors
    /// The first field that cannot be read.
    pub fn changes(&self, calendar: &Calendar) -> Result<Vec<Change>, Refusal> {
        let own = self.entries.iter().filter(|entry| entry.group.is_none() && entry.is_changed());
        own.map(|entry| entry.change(calendar)).collect()
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

pub(super) fn echo(field: &Field, text: &str, calendar: &Calendar) -> Option<String> {
    match field.read(text, calendar) {
        Ok(Input::Value(Value::Day(date))) => Some(day::echo(date, calendar.today)),
        Ok(Input::Value(value @ Value::Whole(_))) if field.kind == FieldKind::Minutes => {
            Some(field.show(&value, &NoNames, calendar.today))
        }
        _ => None,
    }
}
