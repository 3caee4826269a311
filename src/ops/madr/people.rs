//! How much those weigh whom a record names, and whom they speak for, out and in. What is known of
//! somebody here is not written over by a file.

use crate::domain::change::Input;
use crate::domain::day::Calendar;
use crate::domain::decision::Record;
use crate::domain::item::ItemId;
use crate::domain::kind::Kind;
use crate::domain::value::Value;
use crate::exchange::madr::{Madr, MadrTold};
use crate::store::Write;

use super::super::error::Result;
use super::super::resolve::Resolver;

/// The heading that they stand under.
pub(super) const PEOPLE: &str = "people";
const FIELDS: [&str; 2] = ["influence", "function"];

/// What a decision tells of the people that it names, in the order of their names.
pub(super) fn told(record: &Record) -> Vec<MadrTold> {
    let all = record.people.values().map(|named| {
        let influence = named.influence.map(|influence| influence.to_string());
        let said = [influence.unwrap_or_default(), named.function.clone()];
        let rest = FIELDS.map(str::to_owned).into_iter().zip(said);
        MadrTold {
            section: PEOPLE.to_owned(),
            head: named.name.clone(),
            rest: rest.filter(|(_, words)| !words.is_empty()).collect(),
        }
    });
    let mut all: Vec<MadrTold> = all.filter(|one| !one.rest.is_empty()).collect();
    all.sort_by(|one, other| one.head.cmp(&other.head));
    all
}

/// Tells it of those of whom nothing is known here; who they are.
///
/// # Errors
/// A storage error.
pub(super) fn put(
    write: &Write<'_>,
    resolver: &mut Resolver<'_>,
    from: &Madr,
    calendar: &Calendar,
) -> Result<Vec<ItemId>> {
    let mut changed = Vec::new();
    for told in from.told.iter().filter(|told| told.section == PEOPLE) {
        let id = resolver.person(&told.head)?;
        let Some(before) = write.items(&[id])?.pop() else { continue };
        let mut after = before.clone();
        for (label, words) in &told.rest {
            let name = FIELDS.into_iter().find(|name| *name == label);
            let Some(name) = name.filter(|name| before.get(name).is_nothing()) else { continue };
            if let Ok(Input::Value(value)) = Kind::Person.noun().field(name).read(words, calendar)
                && value != Value::Nothing
            {
                after.set(name, value);
            }
        }
        if after != before {
            write.update(&before, &after)?;
            changed.push(id);
        }
    }
    Ok(changed)
}
