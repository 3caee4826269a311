//! The history of the workspace as it is read: step by step, but a ritual as one line.

use crate::domain::item::ItemId;
use crate::store::history::Step;

use super::error::Result;
use super::op::Op;
use super::workspace::Workspace;

/// A line of the history.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The newest of its steps, with the words of all of them.
    pub step: Step,
    /// How many steps it stands for.
    pub steps: usize,
}

impl Entry {
    /// What takes it back, whatever came after it.
    #[must_use]
    pub fn taking_back(&self) -> Op {
        match &self.step.group {
            Some(group) if self.steps > 1 && self.step.kind != "undo" => {
                Op::TakeBackGroup(group.clone())
            }
            _ => Op::TakeBack(self.step.seq),
        }
    }
}

impl Workspace {
    /// The history, newest first, read from at most so many steps.
    ///
    /// # Errors
    /// A storage error.
    pub fn history(&self, most: usize) -> Result<Vec<Entry>> {
        let mut entries: Vec<Entry> = Vec::new();
        let steps = self.store.steps(0, most)?;
        let read = steps.len();
        for step in steps {
            match entries.last_mut().filter(|last| is_one(&last.step, &step)) {
                Some(last) => last.steps += 1,
                None => entries.push(Entry { step, steps: 1 }),
            }
        }
        // The last one may go on beyond what was read.
        if let Some(last) = entries.last_mut().filter(|_| read == most)
            && let Some(group) = &last.step.group
        {
            let all = self.store.count_of_group(group, &last.step)?;
            last.steps = last.steps.max(all);
        }
        for entry in entries.iter_mut().filter(|entry| entry.steps > 1) {
            let name = self.ritual_called(entry.step.group.as_deref().unwrap_or(""))?;
            let word = match entry.step.kind.as_str() {
                "do" => "",
                "redo" => "redid: ",
                _ => "undid: ",
            };
            entry.step.label = format!("{word}{name}: {} steps", entry.steps);
        }
        Ok(entries)
    }

    /// What the ritual of a group is called, also once it was taken back whole.
    pub(super) fn ritual_called(&self, group: &str) -> Result<String> {
        let Ok(id) = group.parse::<ItemId>() else { return Ok("a ritual".to_owned()) };
        let name = match self.store.item(id)? {
            Some(item) => Some(item.title().to_owned()),
            None => self.store.title_of_gone(id)?,
        };
        Ok(name.unwrap_or_else(|| "a ritual".to_owned()))
    }
}

/// Whether two steps, one right after the other, are of one ritual and tell the same of it.
fn is_one(newer: &Step, older: &Step) -> bool {
    let same_fate = newer.undone_by.is_some() == older.undone_by.is_some();
    newer.group.is_some() && newer.group == older.group && newer.kind == older.kind && same_fate
}
