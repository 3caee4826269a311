//! What is to be known of somebody before they are spoken to: whether promises to them were kept,
//! what is still owed, when they were spoken to last, and where they stood.

use crate::domain::day;
use crate::domain::decision::Record;
use crate::domain::decision::stance_map::Seat;
use crate::domain::item::{Item, ItemId};
use crate::domain::kind::Kind;
use crate::store::lookup::Lookup;

use super::error::Result;
use super::page::Row;
use super::record;
use super::workspace::Workspace;

/// Promises that are told by name.
const MOST: usize = 3;

impl Workspace {
    /// The same of whoever is called so, as typed.
    ///
    /// # Errors
    /// A storage error.
    pub fn standing_of(&self, name: &str) -> Result<Vec<String>> {
        let name = name.trim().trim_start_matches('@');
        let found = self.store.by_title(Kind::Person, name)?;
        match found.as_slice() {
            [] => Ok(vec![format!("{name} is new here: nothing is known of them yet")]),
            [person] => {
                let mut lines = vec![self.who(person.id)?];
                lines.extend(self.standing(person.id)?);
                if lines.len() == 1 {
                    lines[0].push_str(" · nothing promised yet, never spoken to");
                }
                Ok(lines)
            }
            _ => Ok(Vec::new()),
        }
    }

    /// What is to be known of somebody, a line each; none of somebody of whom nothing is.
    ///
    /// # Errors
    /// A storage error.
    pub fn standing(&self, id: ItemId) -> Result<Vec<String>> {
        let kept = self.follow_through(Some(id))?;
        let promises = match kept.all {
            0 => String::new(),
            _ => format!("promises kept on time: {}", kept.words()),
        };
        let lines = [promises, self.owed(id)?, self.last_spoken(id)?];
        Ok(lines.into_iter().filter(|line| !line.is_empty()).collect())
    }

    /// `Raj Mehta · sales · influence 3`.
    fn who(&self, id: ItemId) -> Result<String> {
        let Some(person) = self.store.item(id)? else { return Ok(String::new()) };
        let mut words = vec![person.title().to_owned()];
        let function = person.text("function");
        words.extend((!function.is_empty()).then(|| function.to_owned()));
        words.extend(person.whole("influence").map(|weight| format!("influence {weight}")));
        Ok(words.join(" · "))
    }

    /// `owed: y3 Send the deck, Fri; ! y2 The numbers, −3 d`.
    fn owed(&self, to: ItemId) -> Result<String> {
        let today = self.clock.today();
        let open = self.store.items(&self.store.owed(to)?)?;
        let told: Vec<String> = open.iter().take(MOST).map(|item| owed(item, today)).collect();
        Ok(match (told.is_empty(), open.len().saturating_sub(MOST)) {
            (true, _) => String::new(),
            (false, 0) => format!("owed: {}", told.join("; ")),
            (false, more) => format!("owed: {}; {more} more", told.join("; ")),
        })
    }

    /// `last spoken to 2 May on d7 · stood against it`.
    fn last_spoken(&self, id: ItemId) -> Result<String> {
        let today = self.clock.today();
        let Some(last) = self.store.last_held(id)? else {
            return Ok(String::new());
        };
        let of = self.store.items(&[last.owner])?;
        let of = of.first().map_or_else(String::new, |item| format!(" on {}", item.reference));
        let stood = match last.stance.as_str() {
            "for" => "was for it",
            "conditions" => "was for it on conditions",
            "against" => "was against it",
            _ => "did not say where they stand",
        };
        Ok(format!("last spoken to {}{of} · {stood}", day::ago(last.held_on, today)))
    }

    /// Everybody who counts for a decision, with where they stand; nobody for other kinds.
    ///
    /// # Errors
    /// A storage error.
    pub(super) fn seats(&self, row: &Row) -> Result<Vec<Seat>> {
        if row.item.kind() != Kind::Decision {
            return Ok(Vec::new());
        }
        let records = record::read(&self.store, vec![row.item.clone()], &self.settings)?;
        Ok(records.iter().flat_map(Record::seats).collect())
    }
}

fn owed(item: &Item, today: chrono::NaiveDate) -> String {
    let due = item.day("due");
    let late = if due.is_some_and(|due| due < today) { "! " } else { "" };
    let when = due.map_or_else(String::new, |due| format!(", {}", day::short(due, today)));
    format!("{late}{} {}{when}", item.reference, item.title())
}
