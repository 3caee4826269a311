//! The decisions of the day: what happens by itself first, then the backlog without what is put off,
//! each with what makes it urgent.

use std::collections::HashMap;

use chrono::NaiveDate;

use crate::domain::decision::standing::Exception;
use crate::domain::item::{Item, ItemId};
use crate::domain::kind::Kind;

use super::super::error::Result;
use super::super::page::Row;
use super::super::workspace::Workspace;

impl Workspace {
    /// The decisions of the day, and how many there are; what is put off waits for its day.
    pub(super) fn to_decide(&self, day: NaiveDate, most: usize) -> Result<(Vec<ItemId>, usize)> {
        let put_off = self.store.put_off(day)?;
        let (head, all) = self.head(Kind::Decision, day, most)?;
        // What happens by itself unless somebody objects comes first.
        let mut ids = self.store.defaults_due(day, most)?;
        ids.extend(head.into_iter().filter(|id| !ids.contains(id)).collect::<Vec<_>>());
        ids.retain(|id| !put_off.contains(id));
        ids.truncate(most);
        Ok((ids, all.saturating_sub(put_off.len())))
    }

    /// What makes decisions urgent beside their day, in words.
    pub(super) fn urgent(&self, rows: &[Row], day: NaiveDate) -> Result<HashMap<ItemId, String>> {
        let mut said = HashMap::new();
        for row in rows.iter().filter(|row| row.item.kind() == Kind::Decision) {
            let words = self.urgency(&row.item, day)?;
            said.extend(words.map(|words| (row.item.id, words)));
        }
        Ok(said)
    }

    /// `back from deferral`, `forum today, 2 of 4 pre-wired`, `2 of 4 pre-wired`.
    ///
    /// # Errors
    /// A storage error.
    pub fn urgency(&self, item: &Item, today: NaiveDate) -> Result<Option<String>> {
        if item.kind() != Kind::Decision || item.shelf() != crate::domain::noun::Shelf::Open {
            return Ok(None);
        }
        let signs = crate::domain::decision::standing::Signs::of(item);
        if signs.is_deferred {
            let told = signs.exceptions(today, i64::MAX, || (0, 0));
            return Ok(told.first().map(|back| back.words()));
        }
        if signs.forum_in(today).is_none() && item.state().slug != "prewiring" {
            return Ok(None);
        }
        let records = self.records(&[item.id])?;
        let (held, of) =
            records.first().map(crate::domain::decision::Record::wired).unwrap_or_default();
        let Some(forum_in) = signs.forum_in(today).filter(|_| held < of) else {
            return Ok((of > 0).then(|| format!("{held} of {of} pre-wired")));
        };
        Ok(Some(Exception::Unwired { forum_in, held, of }.words()))
    }
}
