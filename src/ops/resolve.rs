//! From names to items, inside the transaction: people who do not exist yet are made in the same
//! step, refs must exist, and an ambiguity lists its candidates.

use std::collections::HashMap;

use crate::domain::change::{Change, Edit, Input};
use crate::domain::evidence::matrix::UNKNOWN;
use crate::domain::field::{Field, FieldKind, Names};
use crate::domain::item::{Item, ItemId, Ref};
use crate::domain::kind::Kind;
use crate::domain::metric::catalogue;
use crate::domain::refusal::Refusal;
use crate::domain::value::Value;
use crate::store::Write;
use crate::store::evidence::Evidence;
use crate::store::lookup::Lookup;

use super::error::Result;
use super::evidence;
use super::sound;

mod called;

use called::{Naming, called};
pub use called::{ambiguous, is_called};

/// Resolves names for one operation, and remembers what it found and made.
pub struct Resolver<'a> {
    write: &'a Write<'a>,
    me: Option<String>,
    naming: Naming,
    /// What was found and made by name; anything but people with its kind before it.
    people: HashMap<String, ItemId>,
    /// What was made on the way, by name.
    pub made: Vec<ItemId>,
    /// What else is worth saying about the step.
    pub said: Vec<String>,
}

impl<'a> Resolver<'a> {
    #[must_use]
    pub fn new(write: &'a Write<'a>, me: Option<&str>) -> Self {
        Self {
            write,
            me: me.map(str::to_owned),
            naming: Naming::Typed,
            people: HashMap::new(),
            made: Vec::new(),
            said: Vec::new(),
        }
    }

    /// The same for names out of a file, which are never completed to longer ones.
    #[must_use]
    pub fn of_a_file(write: &'a Write<'a>, me: Option<&str>) -> Self {
        Self { naming: Naming::Whole, ..Self::new(write, me) }
    }

    /// Applies a change to an item, names resolved.
    ///
    /// # Errors
    /// A refusal for a name that cannot be resolved or a value that breaks a rule.
    pub fn apply(&mut self, item: &mut Item, change: &Change) -> Result<()> {
        let field = change.field;
        if says_unknown(field, &change.edit) {
            if item.kind().noun().position("segment_unknown").is_some() {
                item.set("segment_unknown", Value::Text("yes".to_owned()));
            }
            item.set(field.name, Value::Nothing);
            return Ok(());
        }
        let value = match &change.edit {
            Edit::Clear => Value::Nothing,
            Edit::Set(input) => self.value(field, input)?,
            Edit::Add(input) => join(item.get(field.name), self.value(field, input)?),
            Edit::Remove(input) => without(item.get(field.name), &self.value(field, input)?),
        };
        if value.ids().contains(&item.id) {
            let what = format!("{}: {} cannot stand for itself", field.label, item.reference);
            return Err(Refusal::input(what).into());
        }
        let value = check(item, field, value)?;
        if field.name == "segment" {
            item.set("segment_unknown", Value::Nothing);
        }
        let speaks = value.ids().to_vec();
        item.set(field.name, value);
        evidence::of_one_mind(item, field.name, &speaks);
        Ok(())
    }

    /// The value that an input means.
    ///
    /// # Errors
    /// A refusal for a name that cannot be resolved.
    pub fn value(&mut self, field: &Field, input: &Input) -> Result<Value> {
        match input {
            Input::Value(value) => Ok(value.clone()),
            Input::PerCent(number) | Input::Fraction(number) => Ok(Value::Real(*number)),
            Input::Several(inputs) => {
                let mut ids = Vec::new();
                for input in inputs {
                    for id in self.value(field, input)?.ids() {
                        if !ids.contains(id) {
                            ids.push(*id);
                        }
                    }
                }
                Ok(Value::Items(ids))
            }
            Input::Known(id) => Ok(shape(field, *id)),
            Input::Person(name) => Ok(shape(field, self.person(name)?)),
            Input::Reference(text) => Ok(shape(field, self.referred(field, text)?)),
        }
    }

    /// What a word means where an item is meant: a segment or an objection that nobody knows yet is
    /// made in the same step.
    fn referred(&mut self, field: &Field, text: &str) -> Result<ItemId> {
        match field.targets() {
            [kind] if field.makes_by_name() && Ref::parse(text).is_none() => {
                self.named_or_made(*kind, text)
            }
            kinds => self.reference(text, kinds),
        }
    }

    fn named_or_made(&mut self, kind: Kind, name: &str) -> Result<ItemId> {
        let key = format!("{} {}", kind.slug(), name.to_lowercase());
        if let Some(id) = self.people.get(&key) {
            return Ok(*id);
        }
        let mut found = match kind {
            Kind::Objection => self.write.objection_of_code(name)?.into_iter().collect(),
            _ => Vec::new(),
        };
        if found.is_empty() {
            found = called(self.write, self.naming, kind, name)?;
            if let [one] = found.as_slice()
                && one.title.to_lowercase() != name.to_lowercase()
            {
                self.said.push(format!("“{name}” is {} {}", one.reference, one.title));
            }
        }
        let id = match found.as_slice() {
            [] => self.make(kind, name)?,
            [one] => one.id,
            several => return Err(ambiguous(name, several).into()),
        };
        self.people.insert(key, id);
        Ok(id)
    }

    fn make(&mut self, kind: Kind, name: &str) -> Result<ItemId> {
        let id = ItemId(self.write.new_id());
        let reference = self.write.next_ref(kind)?;
        let mut item = Item::new(id, reference, self.write.at, &self.write.actor);
        item.set("title", Value::Text(name.trim().to_owned()));
        sound::look(None, &item)?;
        self.write.insert(&item)?;
        self.made.push(id);
        Ok(id)
    }

    /// The person of this name; made when nobody is called so.
    ///
    /// # Errors
    /// A refusal when several are, or when `me` is not known.
    pub fn person(&mut self, name: &str) -> Result<ItemId> {
        let name = name.trim().trim_start_matches('@');
        let name = match (name.eq_ignore_ascii_case("me"), &self.me) {
            (true, Some(me)) => me.clone(),
            (true, None) => {
                return Err(Refusal::input("who is “me”?")
                    .hint("set it once: prewire config set me NAME")
                    .into());
            }
            (false, _) => name.to_owned(),
        };
        let key = name.to_lowercase();
        if let Some(id) = self.people.get(&key) {
            return Ok(*id);
        }
        let id = self.find_person(&name)?;
        self.people.insert(key, id);
        Ok(id)
    }

    fn find_person(&mut self, name: &str) -> Result<ItemId> {
        if let Some(reference) = Ref::parse(name).filter(|reference| reference.kind == Kind::Person)
        {
            return self.by_ref(reference);
        }
        if name.contains('@')
            && let Some(id) = self.write.by_email(name)?
        {
            return Ok(id);
        }
        let found = called(self.write, self.naming, Kind::Person, name)?;
        match found.as_slice() {
            [] => self.make_person(name),
            [one] => Ok(one.id),
            several => Err(ambiguous(name, several).into()),
        }
    }

    fn make_person(&mut self, name: &str) -> Result<ItemId> {
        if name.is_empty() {
            return Err(Refusal::input("a name is missing after @").into());
        }
        let mut person = Item::new(
            ItemId(self.write.new_id()),
            self.write.next_ref(Kind::Person)?,
            self.write.at,
            &self.write.actor,
        );
        let (title, email) = match name.split_once('@') {
            Some((local, _)) => (capitalised(&local.replace(['.', '_'], " ")), Some(name)),
            None => (capitalised(name), None),
        };
        person.set("title", Value::Text(title));
        if let Some(email) = email {
            person.set("email", Value::Text(email.to_owned()));
        }
        sound::look(None, &person)?;
        self.write.insert(&person)?;
        self.made.push(person.id);
        Ok(person.id)
    }

    /// The item of a ref, or of a unique title beginning, among these kinds.
    ///
    /// # Errors
    /// A refusal when there is none, or several.
    pub fn reference(&self, text: &str, kinds: &[Kind]) -> Result<ItemId> {
        if let Some(reference) = Ref::parse(text) {
            if !kinds.contains(&reference.kind) {
                let names: Vec<String> = kinds.iter().map(|kind| kind.noun().one()).collect();
                return Err(Refusal::input(format!(
                    "{reference} is {}, not {}",
                    reference.kind.noun().one(),
                    names.join(" or ")
                ))
                .into());
            }
            return self.by_ref(reference);
        }
        let mut found = Vec::new();
        for kind in kinds {
            found.extend(self.write.by_title(*kind, text)?);
        }
        match found.as_slice() {
            [] => {
                let refusal = Refusal::missing(format!("nothing is called “{text}”"));
                let known = catalogue::beginning(text).filter(|_| kinds.contains(&Kind::Metric));
                Err(match known {
                    Some(one) => refusal
                        .hint(format!("the catalogue has it: prewire metric add {}", one.slug)),
                    None => refusal,
                }
                .into())
            }
            [one] => Ok(one.id),
            several => Err(ambiguous(text, several).into()),
        }
    }

    fn by_ref(&self, reference: Ref) -> Result<ItemId> {
        let found = self.write.by_ref(reference)?;
        found.ok_or_else(|| Refusal::no_such(reference).into())
    }
}

/// Refuses an item that now holds itself up through others.
///
/// # Errors
/// A refusal that names the circle.
pub fn refuse_circle(write: &Write<'_>, item: &Item) -> Result<()> {
    let path = write.circle_through(item.id)?;
    if path.is_empty() {
        return Ok(());
    }
    let names = write.names_of(&path)?;
    let words: Vec<String> = path
        .iter()
        .chain(path.first())
        .filter_map(|id| names.reference(*id))
        .map(|reference| reference.to_string())
        .collect();
    Err(Refusal::input(format!("that would be a circle: {}", words.join(" blocks ")))
        .hint("untie one of these first")
        .into())
}

fn empty_title(item: &Item, field: &Field) -> Refusal {
    let noun = item.kind().noun();
    let label = if field.label == noun.name { "title" } else { field.label };
    Refusal::input(format!("the {label} of {} cannot be empty", noun.one()))
}

/// Rules of single values that the schema repeats as its second wall.
fn check(item: &Item, field: &Field, value: Value) -> Result<Value> {
    match (&value, field.name, field.kind) {
        (Value::Nothing, "title", _) => Err(empty_title(item, field).into()),
        (Value::Text(text), "title", _) if text.trim().is_empty() => {
            Err(empty_title(item, field).into())
        }
        (Value::Nothing, _, FieldKind::State) => {
            let slugs: Vec<&'static str> = item.kind().noun().state_slugs().collect();
            Err(Refusal::input("state: say which")
                .hint(format!("one of {}", slugs.join(", ")))
                .into())
        }
        (Value::Text(slug), _, FieldKind::State) => {
            let noun = item.kind().noun();
            let slugs: Vec<&'static str> = noun.state_slugs().collect();
            match crate::domain::field::read_pick(slug, &slugs) {
                Some(slug) => Ok(Value::Text(slug.to_owned())),
                None => Err(Refusal::input(format!(
                    "state: “{slug}” is not one of {}",
                    slugs.join(", ")
                ))
                .into()),
            }
        }
        _ => Ok(value),
    }
}

/// Whether it is said that nobody knows the segment, which is an answer too and the name of none.
fn says_unknown(field: &Field, edit: &Edit) -> bool {
    match edit {
        Edit::Set(Input::Reference(text)) => {
            field.targets() == [Kind::Segment] && text.trim().eq_ignore_ascii_case(UNKNOWN)
        }
        Edit::Set(_) | Edit::Add(_) | Edit::Remove(_) | Edit::Clear => false,
    }
}

fn shape(field: &Field, id: ItemId) -> Value {
    match field.kind {
        FieldKind::Many(_) => Value::Items(vec![id]),
        _ => Value::Item(id),
    }
}

fn join(old: &Value, new: Value) -> Value {
    match (old, new) {
        (Value::Items(old), Value::Items(new)) => {
            let mut ids = old.clone();
            ids.extend(new.into_iter().filter(|id| !old.contains(id)));
            Value::Items(ids)
        }
        (Value::Tags(old), Value::Tags(new)) => {
            let mut tags = old.clone();
            tags.extend(new);
            tags.sort();
            tags.dedup();
            Value::Tags(tags)
        }
        (Value::Whole(old), Value::Whole(more)) => Value::Whole(old + more),
        (_, new) => new,
    }
}

fn without(old: &Value, gone: &Value) -> Value {
    match (old, gone) {
        (Value::Items(old), gone) => {
            Value::Items(old.iter().filter(|id| !gone.ids().contains(id)).copied().collect())
        }
        (Value::Whole(old), Value::Whole(less)) => Value::Whole(old - less),
        (Value::Tags(old), Value::Tags(gone)) => {
            Value::Tags(old.iter().filter(|tag| !gone.contains(tag)).cloned().collect())
        }
        (old, gone) if old == gone => Value::Nothing,
        (old, _) => old.clone(),
    }
}

fn capitalised(name: &str) -> String {
    let mut words = name.split_whitespace().map(|word| {
        let mut letters = word.chars();
        letters.next().map_or_else(String::new, |first| {
            first.to_uppercase().collect::<String>() + letters.as_str()
        })
    });
    let first = words.next().unwrap_or_default();
    words.fold(first, |text, word| format!("{text} {word}"))
}
