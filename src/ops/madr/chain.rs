//! Which record takes the place of which: what a status says (`superseded by [ADR-2](0002-x.md)`) is
//! found among the files that came with it and those of before, and becomes the chain of the decisions.

use crate::domain::item::{Item, ItemId};
use crate::domain::value::Value;
use crate::exchange::madr::Madr;
use crate::store::Write;
use crate::store::bulk::Bulk;

use super::super::error::Result;
use super::told::{number, number_in};
use super::{MadrFile, SOURCE, note_of};

/// Longest chain that is followed.
const LONGEST: usize = 1_000;

/// What a status names as the one in its place: `[ADR-0002](0002-use-x.md)`, `ADR-2`, `d2`.
pub(super) fn named_in(status: &str) -> Option<&str> {
    const BY: &str = "superseded by ";
    let head = status.trim().get(..BY.len())?;
    let rest = &status.trim()[BY.len()..];
    head.eq_ignore_ascii_case(BY).then(|| rest.trim()).filter(|rest| !rest.is_empty())
}

/// Ties what was superseded to what stands in its place, where that is known here.
pub(super) fn tie(write: &Write<'_>, files: &[&MadrFile], here: &[(String, ItemId)]) -> Result<()> {
    for file in files {
        let own = here.iter().find(|(name, _)| *name == file.name).map(|(_, id)| *id);
        let (Some(own), Some(by)) = (own, named_in(&file.record.status)) else { continue };
        let Some(by) = found(write, files, here, by)? else { continue };
        let Some(before) = write.items(&[own])?.pop() else { continue };
        let is_free = before.link("superseded_by").is_none();
        if before.state().slug == "superseded" && is_free && !leads_to(write, by, own)? {
            let mut after = before.clone();
            after.set("superseded_by", Value::Item(by));
            forget_words(&mut after, &file.record);
            write.update(&before, &after)?;
        }
    }
    Ok(())
}

/// The link says it now; what else the note holds stays.
fn forget_words(item: &mut Item, from: &Madr) {
    if item.text("note") == note_of(from) {
        let more = from.more.trim();
        let left = if more.is_empty() { Value::Nothing } else { Value::Text(more.to_owned()) };
        item.set("note", left);
    }
}

/// The decision that is meant: by the name of its file, its ref in the file, or its number.
fn found(
    write: &Write<'_>,
    files: &[&MadrFile],
    here: &[(String, ItemId)],
    by: &str,
) -> Result<Option<ItemId>> {
    let (words, target) = parted(by);
    let id_of = |name: &str| here.iter().find(|(known, _)| known == name).map(|(_, id)| *id);
    if let Some(target) = target {
        if let Some(id) = id_of(target) {
            return Ok(Some(id));
        }
        if let Some(origin) = write.origin_of(SOURCE, target)? {
            return Ok(Some(origin.item));
        }
    }
    let is_meant = |file: &&&MadrFile| {
        let head = file.record.extra.iter().find(|(name, _)| name == "ref");
        let is_ref = head.is_some_and(|(_, value)| value.eq_ignore_ascii_case(words));
        let is_number = || number_in(words).is_some_and(|no| number_in(&file.name) == Some(no));
        is_ref || number(&file.record).is_none() && is_number() || file.record.title == words
    };
    let mut meant = files.iter().filter(is_meant);
    Ok(match (meant.next(), meant.next()) {
        (Some(one), None) => id_of(&one.name),
        _ => None,
    })
}

/// `[ADR-2](./0002-x.md#top)`: the words, and the name of the file without its folder.
fn parted(by: &str) -> (&str, Option<&str>) {
    let link = by.strip_prefix('[').and_then(|rest| rest.split_once("]("));
    let (words, target) = match link {
        Some((words, rest)) => (words, Some(rest.split([')', '#']).next().unwrap_or(rest))),
        None => (by, by.contains(".md").then_some(by)),
    };
    let name = target.map(|target| target.rsplit(['/', '\\']).next().unwrap_or(target));
    (words.trim().trim_end_matches('.'), name.map(str::trim).filter(|name| !name.is_empty()))
}

/// Whether one stands, over however many, behind another: a chain is no circle.
pub(super) fn leads_to(write: &Write<'_>, from: ItemId, to: ItemId) -> Result<bool> {
    let mut at = Some(from);
    for _ in 0..LONGEST {
        let Some(id) = at else { return Ok(false) };
        if id == to {
            return Ok(true);
        }
        at = write.items(&[id])?.first().and_then(|item| item.link("superseded_by"));
    }
    Ok(true)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_status_names_is_found_in_it() {
        assert_eq!(named_in("Superseded by ADR-0002"), Some("ADR-0002"));
        assert_eq!(named_in("superseded by [A](a.md)"), Some("[A](a.md)"));
        assert_eq!(named_in("superseded"), None);
        assert_eq!(named_in("superseded by "), None);
        assert_eq!(named_in("überholt"), None);
        assert_eq!(
            parted("[ADR-0002](./decisions/0002-x.md#top)"),
            ("ADR-0002", Some("0002-x.md"))
        );
        assert_eq!(parted("ADR-0002"), ("ADR-0002", None));
        assert_eq!(parted("0002-x.md"), ("0002-x.md", Some("0002-x.md")));
        assert_eq!(parted("[d2]("), ("d2", None));
        assert_eq!(number_in("ADR-0002"), Some(2));
        assert_eq!(number_in("0002-use-4-x.md"), Some(2));
        assert_eq!(number_in("use-x.md"), None);
    }
}
