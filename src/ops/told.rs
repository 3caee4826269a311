//! Items in full, for whoever prints them: with their parts, and the names of all they point at.

use std::collections::HashMap;

use chrono::NaiveDate;
use serde_json::{Value as Json, json};

use crate::domain::item::{Item, ItemId};
use crate::domain::kind::Kind;
use crate::store::part::{PartTable, Parts};
use crate::store::{NameTable, Write};

use super::error::Result;
use super::evidence::{Fact, Tone};
use super::item_json;
use super::workspace::Workspace;

/// Items with everything that is needed to tell them.
#[derive(Debug, Clone, Default)]
pub struct Told {
    pub items: Vec<Item>,
    pub parts: PartTable,
    pub names: NameTable,
    /// The day on which each person among them was reached last.
    pub touches: HashMap<ItemId, NaiveDate>,
    /// What is to be said of each beside its fields, where that was asked.
    pub facts: HashMap<ItemId, Vec<Fact>>,
}

impl Told {
    /// One of them as JSON: its fields, its parts, and of a person when something reached them last.
    #[must_use]
    pub fn json(&self, item: &Item) -> Json {
        let mut json = item_json::whole(item, &self.parts, &self.names);
        if item.kind() == Kind::Person {
            json["last_touch"] = self.touches.get(&item.id).map(NaiveDate::to_string).into();
        }
        if let Some(facts) = self.facts.get(&item.id) {
            json["facts"] = facts_json(facts);
        }
        json
    }
}

impl Workspace {
    /// The items of these ids, in this order.
    ///
    /// # Errors
    /// A storage error.
    pub fn told(&self, ids: &[ItemId]) -> Result<Told> {
        self.told_of(self.store.items(ids)?)
    }

    /// The same, with what their pages say beside their fields: flags, balances, what is missing.
    ///
    /// # Errors
    /// A storage error.
    pub fn told_in_full(&self, ids: &[ItemId]) -> Result<Told> {
        let mut told = self.told(ids)?;
        for item in &told.items {
            told.facts.insert(item.id, self.facts(item)?);
        }
        Ok(told)
    }

    /// Items that have been read already.
    ///
    /// # Errors
    /// A storage error.
    pub fn told_of(&self, items: Vec<Item>) -> Result<Told> {
        let mut told = tell(&self.store, items)?;
        if told.items.iter().any(|item| item.kind() == Kind::Person) {
            told.touches = self.store.last_touches()?;
        }
        Ok(told)
    }
}

/// As `Workspace::told`, within a transaction.
pub(super) fn within(write: &Write<'_>, ids: &[ItemId]) -> Result<Told> {
    tell(write, write.items(ids)?)
}

fn tell(from: &impl Parts, items: Vec<Item>) -> Result<Told> {
    let parts = from.parts(&items)?;
    let names = from.names_with(&items, &parts)?;
    Ok(Told { items, parts, names, ..Told::default() })
}

/// Facts line by line; one without a label goes on with the one before.
fn facts_json(facts: &[Fact]) -> Json {
    let mut label = String::new();
    let lines = facts.iter().map(|fact| {
        if !fact.label.is_empty() {
            label = fact.label.to_lowercase();
        }
        json!({ "label": label, "text": fact.text, "warns": fact.tone == Tone::Warns })
    });
    lines.collect()
}
