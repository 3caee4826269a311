//! Accounts under another name, where somebody asks for it: the same account is the same number
//! throughout an export, and its name is gone from the words beside it.

use std::collections::HashMap;

use crate::domain::item::Item;
use crate::domain::message::swap::swapped;
use crate::domain::value::Value;

/// Whether accounts are told by their names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Accounts {
    #[default]
    Named,
    Masked,
}

/// The numbers of the accounts, in the order in which they were met.
#[derive(Debug, Default)]
pub struct Masks(HashMap<String, usize>);

impl Masks {
    /// The item with its account masked, in the field and in every text of it; its link, which may
    /// tell, is left out.
    pub fn apply(&mut self, accounts: Accounts, item: &mut Item) {
        let account = item.text("account").trim().to_owned();
        if accounts == Accounts::Named || account.is_empty() {
            return;
        }
        let next = self.0.len() + 1;
        let number = *self.0.entry(account.to_lowercase()).or_insert(next);
        let mask = format!("Account {number}");
        let texts: Vec<(&'static str, String)> = item
            .entries()
            .filter_map(|(field, value)| match value {
                Value::Text(text) if field.name != "account" => Some((field.name, text.clone())),
                _ => None,
            })
            .collect();
        for (name, text) in texts {
            let masked: Vec<String> =
                text.split('\n').map(|line| swapped(line, &[&account], &mask)).collect();
            item.set(name, Value::Text(masked.join("\n")));
        }
        item.set("account", Value::Text(mask));
        item.set("link", Value::Nothing);
    }
}
