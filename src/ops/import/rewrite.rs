//! What a row of a file changes of an item that is there, field by field; and where that takes the
//! place of what somebody wrote here since, which the file wins and nobody should miss.

use chrono::NaiveDate;

use crate::domain::field::{Field, FieldKind, Names};
use crate::domain::item::{Item, ItemId};
use crate::domain::value::Value;
use crate::store::bulk::Bulk;
use crate::store::lookup::NameTable;

use super::super::edit;
use super::super::error::Result;
use super::super::workspace::Settings;
use super::Warnings;
use super::apply::counterpart;
use super::digest::{Digest, hash};
use super::prepare::Prepared;

/// Letters of a value that are shown.
const SHOWN: usize = 60;

/// One field that a row changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rewrite {
    pub name: &'static str,
    pub label: &'static str,
    pub before: String,
    pub after: String,
    pub whose: Before,
}

/// Where that comes from what is changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Before {
    /// The file said it when it was imported last, or nobody did.
    File,
    /// Somebody wrote it here since.
    Here,
}

impl Rewrite {
    /// `due: 14 May → 20 May`, and that it takes the place of what was written here.
    #[must_use]
    pub fn words(&self) -> String {
        let shown =
            |text: &str| if text.is_empty() { "nothing".to_owned() } else { text.to_owned() };
        let own = match self.whose {
            Before::File => "",
            Before::Here => ", over what was written here",
        };
        format!("{}: {} → {}{own}", self.label, shown(&self.before), shown(&self.after))
    }
}

/// A row beside the item that it changes.
pub(super) struct Pair<'a> {
    pub row: &'a Prepared,
    pub before: &'a Item,
    pub after: &'a Item,
    pub earlier: &'a Digest,
}

impl Pair<'_> {
    /// The fields that differ.
    ///
    /// # Errors
    /// A storage error.
    pub fn rewrites(
        &self,
        lookup: &impl Bulk,
        (settings, today): (&Settings, NaiveDate),
    ) -> Result<Vec<Rewrite>> {
        let Self { row, before, after, .. } = self;
        let noun = before.kind().noun();
        let differ: Vec<&'static Field> = noun
            .fields
            .iter()
            .filter(|field| before.get(field.name) != after.get(field.name))
            .collect();
        if differ.is_empty() {
            return Ok(Vec::new());
        }
        let values =
            differ.iter().flat_map(|field| [before.get(field.name), after.get(field.name)]);
        let ids: Vec<ItemId> = values.flat_map(|value| value.ids().to_vec()).collect();
        let names = lookup.names_of(&ids)?;
        let mut found = Vec::with_capacity(differ.len());
        for field in differ {
            let mut text = show(field, after.get(field.name), &names, today);
            let unknown = after.get(field.name).ids().iter().any(|id| names.title(*id).is_none());
            if unknown
                && let Some(want) = row.wants.iter().find(|want| want.field.name == field.name)
            {
                text.clone_from(&want.text);
            }
            let is_own =
                self.is_own(lookup, field, &names)? && !self.is_born_so(field, settings, today);
            found.push(Rewrite {
                name: field.name,
                // What a noun calls its title may be its own name.
                label: if field.name == "title" { "title" } else { field.label },
                before: show(field, before.get(field.name), &names, today),
                after: text,
                whose: if is_own { Before::Here } else { Before::File },
            });
        }
        Ok(found)
    }

    /// Whether the item says something else than the file said last.
    fn is_own(&self, lookup: &impl Bulk, field: &Field, names: &NameTable) -> Result<bool> {
        let Self { row, before, earlier, .. } = self;
        let value = before.get(field.name);
        let is_tags = field.kind == FieldKind::Tags;
        let turned = before.kind() != row.kind && field.kind == FieldKind::State;
        // Tags of the user's own stay, and prewire's own CSV says what it says on purpose.
        if row.own.is_some() || value.is_nothing() || is_tags || turned {
            return Ok(false);
        }
        let mut changed = row.digest.changed(earlier).into_iter();
        let told = changed.find(|name| {
            counterpart(row, before, name).is_some_and(|other| other.name == field.name)
        });
        let said = earlier.of(told.unwrap_or(field.name));
        let mut texts = vec![field.typed(value, names)];
        texts.push(texts[0].trim_end_matches('m').to_owned());
        texts.push(
            value.ids().iter().filter_map(|id| names.title(*id)).collect::<Vec<_>>().join(", "),
        );
        if field.is_person() {
            let people = lookup.some(value.ids())?;
            texts.push(people.iter().map(|one| one.text("email")).collect::<Vec<_>>().join(", "));
        }
        Ok(!texts.iter().any(|text| said.contains(&hash(text))))
    }

    /// Whether the item was made so, without anybody saying it.
    fn is_born_so(&self, field: &Field, settings: &Settings, today: NaiveDate) -> bool {
        let Self { before, .. } = self;
        let mut fresh = Item::new(before.id, before.reference, before.created_at, "");
        edit::born(&mut fresh, settings, today);
        fresh.get(field.name) == before.get(field.name)
    }
}

fn show(field: &Field, value: &Value, names: &impl Names, today: NaiveDate) -> String {
    let text = field.show(value, names, today);
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= SHOWN {
        return line;
    }
    line.chars().take(SHOWN - 1).collect::<String>() + "…"
}

/// Says what nobody should miss: another title, and words of one's own that go.
pub(super) fn warn(warnings: &mut Warnings, before: &Item, rewrites: &[Rewrite]) {
    let reference = before.reference;
    for one in rewrites {
        let Rewrite { label, before, after, .. } = one;
        match one.whose {
            Before::Here => warnings.push(format!(
                "{reference}: the file's {label} “{after}” takes the place of “{before}”, which was written here"
            )),
            Before::File if one.name == "title" => {
                warnings.push(format!("{reference} “{before}” is called “{after}” now"));
            }
            Before::File => {}
        }
    }
}
