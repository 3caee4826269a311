//! Who sits at the keyboard, by the name that the configuration says; time is theirs unless somebody
//! else is named on it.

use crate::domain::item::ItemId;
use crate::domain::kind::Kind;
use crate::store::Write;
use crate::store::lookup::{Lookup, Named};

use super::error::Result;
use super::resolve::{Resolver, is_called};
use super::summary;
use super::workspace::Settings;

/// Who may be meant by a name: whoever is called exactly so, else all who are with more words.
fn meant(from: &impl Lookup, name: &str) -> Result<Vec<ItemId>> {
    if name.contains('@') {
        return Ok(from.by_email(name)?.into_iter().collect());
    }
    let wanted = name.to_lowercase();
    let found = from.titled(Kind::Person, name)?;
    let exact = found.iter().find(|person| person.title.to_lowercase() == wanted);
    let longer = |person: &&Named| is_called(&person.title, name);
    Ok(match exact {
        Some(person) => vec![person.id],
        None => found.iter().filter(longer).map(|person| person.id).collect(),
    })
}

/// Who sits at the keyboard, when the workspace knows them; nobody where it could be several.
pub(super) fn me(from: &impl Lookup, settings: &Settings) -> Result<Option<ItemId>> {
    let Some(name) = settings.me.as_deref() else { return Ok(None) };
    Ok(match meant(from, name)?[..] {
        [one] => Some(one),
        _ => None,
    })
}

/// Whether a name is that of whoever sits here; `None` where the workspace knows nobody called so.
pub(super) fn is_me(from: &impl Lookup, settings: &Settings, name: &str) -> Result<Option<bool>> {
    let same = settings.me.as_ref().is_some_and(|me| me.eq_ignore_ascii_case(name));
    Ok(match meant(from, name)?[..] {
        [] => same.then_some(true),
        [one] => Some(Some(one) == me(from, settings)?),
        _ => Some(same),
    })
}

/// Whose time it is unless somebody says: theirs who sit here, made when nobody is called so yet; and
/// what was made, in words.
pub(super) fn made(
    write: &Write<'_>,
    settings: &Settings,
) -> Result<(Option<ItemId>, Vec<String>)> {
    let Some(name) = settings.me.as_deref() else { return Ok((None, Vec::new())) };
    match meant(write, name)?[..] {
        [one] => Ok((Some(one), Vec::new())),
        [] => {
            let mut resolver = Resolver::of_a_file(write, Some(name));
            let person = resolver.person(name)?;
            Ok((Some(person), summary::made_people(write, &resolver.made)?))
        }
        _ => Ok((None, Vec::new())),
    }
}
