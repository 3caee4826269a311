//! People of a file, by name or e-mail: found exactly or made, each once. Unlike a name that
//! somebody types, a name in a file is never completed to a longer one.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use uuid::Uuid;

use crate::domain::item::{Item, ItemId, Ref};
use crate::domain::kind::Kind;
use crate::domain::value::Value;
use crate::store::bulk::Bulk;
use crate::store::lookup::Named;
use crate::store::{Store, Write};

use super::super::error::Result;

/// Who was met so far. `None`: nobody is called so yet.
#[derive(Debug, Default)]
pub(super) struct People {
    known: HashMap<String, Option<ItemId>>,
    /// How many had to be made, or would have to be.
    pub new: usize,
}

impl People {
    /// The person of this name, or nobody; counts those whom an import would make.
    ///
    /// # Errors
    /// A storage error.
    pub fn meet(&mut self, lookup: &impl Bulk, name: &str) -> Result<Option<ItemId>> {
        let key = name.to_lowercase();
        if let Some(found) = self.known.get(&key) {
            return Ok(*found);
        }
        let found = find(lookup, name)?;
        self.new += usize::from(found.is_none());
        self.known.insert(key, found);
        Ok(found)
    }

    /// The person of this name, made when nobody is called so.
    ///
    /// # Errors
    /// A storage error.
    pub fn meet_or_make(&mut self, write: &Write<'_>, name: &str) -> Result<ItemId> {
        self.meet_or_make_called(write, name, None)
    }

    /// The same of an address, beside which a name stands: somebody of that name without an address
    /// is taken to be the same person.
    ///
    /// # Errors
    /// A storage error.
    pub fn meet_or_make_called(
        &mut self,
        write: &Write<'_>,
        name: &str,
        called: Option<&str>,
    ) -> Result<ItemId> {
        if let Some(id) = self.meet(write, name)? {
            return Ok(id);
        }
        let called = called.filter(|_| name.contains('@'));
        if let Some(called) = called
            && let Some(found) = named(write, called)?
            && let Some(person) = lookup_item(write, found.id)?
            && person.text("email").is_empty()
        {
            self.known.insert(name.to_lowercase(), Some(person.id));
            return Ok(person.id);
        }
        let id = make(write, name, called)?;
        self.known.insert(name.to_lowercase(), Some(id));
        Ok(id)
    }
}

/// Where somebody whom nobody knows gets an id.
pub(super) trait Makes: Bulk {
    /// # Errors
    /// A storage error.
    fn person(&self, people: &mut People, name: &str) -> Result<ItemId>;
}

impl Makes for Write<'_> {
    fn person(&self, people: &mut People, name: &str) -> Result<ItemId> {
        people.meet_or_make(self, name)
    }
}

impl Makes for Store {
    /// Nobody is made: the id stands for whoever would be.
    fn person(&self, people: &mut People, name: &str) -> Result<ItemId> {
        let known = people.meet(self, name)?;
        let mut hasher = DefaultHasher::new();
        name.to_lowercase().hash(&mut hasher);
        Ok(known.unwrap_or_else(|| ItemId(Uuid::from_u128(u128::from(hasher.finish())))))
    }
}

fn find(lookup: &impl Bulk, name: &str) -> Result<Option<ItemId>> {
    if let Some(reference) = Ref::parse(name).filter(|found| found.kind == Kind::Person)
        && let Some(id) = lookup.by_ref(reference)?
    {
        return Ok(Some(id));
    }
    if !name.contains('@') {
        return Ok(named(lookup, name)?.map(|found| found.id));
    }
    if let Some(id) = lookup.by_email(name)? {
        return Ok(Some(id));
    }
    if let Some(found) = named(lookup, name)? {
        return Ok(Some(found.id));
    }
    // Somebody of that name without an address is taken to be the same person.
    let Some(found) = named(lookup, &spoken(name))? else { return Ok(None) };
    let person = lookup_item(lookup, found.id)?;
    Ok(person.filter(|person| person.text("email").is_empty()).map(|person| person.id))
}

fn lookup_item(lookup: &impl Bulk, id: ItemId) -> Result<Option<Item>> {
    Ok(lookup.some(&[id])?.pop())
}

/// The live person of exactly this name, letters of all scripts in either case.
fn named(lookup: &impl Bulk, name: &str) -> Result<Option<Named>> {
    if let Some(found) = lookup.exactly_titled(Kind::Person, name)?.into_iter().next() {
        return Ok(Some(found));
    }
    if name.is_ascii() {
        return Ok(None);
    }
    let wanted = name.to_lowercase();
    let near = lookup.titled(Kind::Person, name)?;
    Ok(near.into_iter().find(|found| found.title.to_lowercase() == wanted))
}

fn make(write: &Write<'_>, name: &str, called: Option<&str>) -> Result<ItemId> {
    let id = ItemId(write.new_id());
    let mut person = Item::new(id, write.next_ref(Kind::Person)?, write.at, &write.actor);
    let mut title = called.map_or_else(|| spoken(name), str::to_owned);
    if name.contains('@') {
        person.set("email", Value::Text(name.to_owned()));
        if named(write, &title)?.is_some() {
            name.clone_into(&mut title);
        }
    }
    person.set("title", Value::Text(title));
    write.insert(&person)?;
    Ok(id)
}

/// `maya.okafor@example.com` → `Maya Okafor`; a name stays as it is.
fn spoken(name: &str) -> String {
    let Some((local, _)) = name.split_once('@').filter(|(local, _)| !local.is_empty()) else {
        return name.to_owned();
    };
    let local = local.split('+').next().unwrap_or(local).replace(['.', '_'], " ");
    let words: Vec<String> = local
        .split_whitespace()
        .map(|word| {
            let mut letters = word.chars();
            let first = letters.next().map(|first| first.to_uppercase().to_string());
            first.unwrap_or_default() + letters.as_str()
        })
        .collect();
    if words.is_empty() { name.to_owned() } else { words.join(" ") }
}

#[cfg(test)]
mod tests {
    use super::spoken;

    #[test]
    fn an_address_is_spoken_as_a_name() {
        assert_eq!(spoken("maya.okafor@example.com"), "Maya Okafor");
        assert_eq!(spoken("jon+pmm@example.com"), "Jon");
        assert_eq!(spoken("Maya Chen"), "Maya Chen");
        assert_eq!(spoken("@x"), "@x");
    }
}
