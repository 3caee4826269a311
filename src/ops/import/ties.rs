//! What holds up what, tied after all rows are there. What leads nowhere, to the wrong kind, to
//! itself or in a ring is left out and said, since a tracker may hold such things.

use std::collections::HashMap;
use std::sync::Arc;

use crate::domain::field::Names;
use crate::domain::item::{Item, ItemId, Ref};
use crate::domain::kind::Kind;
use crate::exchange::backlog::Link;
use crate::store::bulk::Bulk;

use super::super::error::Result;
use super::Warnings;
use super::digest::{Digest, hash};
use super::file_refs::FileRefs;
use super::prepare::{Prepared, Whose, named};
use super::rings;
use super::world::World;

/// What ties are called where they are kept.
pub(super) const EDGE: &str = "blocks";
/// From what holds up to what is held.
pub(super) type Edge = (ItemId, ItemId);
/// What can hold up and be held up.
const TIED: [Kind; 2] = [Kind::Decision, Kind::Asset];

/// Most parts of a list that are taken for one title.
const MOST_PARTS: usize = 5;

/// Which end of a tie the row is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    BlockedBy,
    Blocks,
}

struct Open {
    item: ItemId,
    line: u64,
    way: Way,
    link: Link,
}

/// The ties of an import.
pub(super) struct Ties {
    whose: Whose,
    open: Vec<Open>,
    /// Of prewire's own CSV: what the refs of the file are here.
    refs: HashMap<Ref, ItemId>,
    file: Arc<FileRefs>,
}

impl Ties {
    pub fn new(whose: Whose, file: Arc<FileRefs>) -> Self {
        Self { whose, open: Vec::new(), refs: HashMap::new(), file }
    }

    /// Whether nothing is to be tied.
    pub fn are_none(&self) -> bool {
        self.open.is_empty()
    }

    /// Takes note of what the ref of a row means here.
    pub fn call(&mut self, row: &Prepared, id: Option<ItemId>) {
        let reference = row.own.as_ref().and_then(|own| own.reference);
        if let (Some(reference), Some(id)) = (reference, id) {
            self.refs.insert(reference, id);
        }
    }

    /// Takes note of the links of a new item.
    pub fn note(&mut self, row: &Prepared, id: ItemId) {
        self.call(row, Some(id));
        self.queue(id, row.line, Way::BlockedBy, &row.blocked_by);
        self.queue(id, row.line, Way::Blocks, &row.blocks);
    }

    fn queue(&mut self, item: ItemId, line: u64, way: Way, links: &[Link]) {
        self.open.extend(links.iter().map(|link| Open { item, line, way, link: link.clone() }));
    }

    /// Takes note of the links that the file changed; which ties it dropped, and nothing where it
    /// changed none.
    ///
    /// # Errors
    /// A storage error.
    pub fn note_changed(
        &mut self,
        lookup: &impl Bulk,
        row: &Prepared,
        before: &Item,
        (earlier, namespace): (&Digest, &str),
    ) -> Result<Option<Vec<Edge>>> {
        self.call(row, Some(before.id));
        let (mut dropped, mut is_changed) = (Vec::new(), false);
        let says = |way: Way| {
            row.own.as_ref().is_none_or(|own| match way {
                Way::BlockedBy => own.says_blocked_by,
                Way::Blocks => own.says_blocks,
            })
        };
        for (way, name, links) in
            [(Way::BlockedBy, "blocked_by", &row.blocked_by), (Way::Blocks, "blocks", &row.blocks)]
        {
            if !says(way) {
                continue;
            }
            let (old, new) = (earlier.of(name), row.digest.of(name));
            let fresh: Vec<Link> =
                links.iter().filter(|link| !old.contains(&hash(named(link)))).cloned().collect();
            self.queue(before.id, row.line, way, &fresh);
            is_changed |= !fresh.is_empty();
            for other in before.links(name) {
                if self.is_dropped(lookup, *other, (old, new), namespace)? {
                    dropped.push(ends(way, before.id, *other));
                }
            }
        }
        is_changed |= !dropped.is_empty();
        Ok(is_changed.then_some(dropped))
    }

    /// Whether the file named this item before and does not any more. In prewire's own CSV the
    /// cell is the whole list.
    fn is_dropped(
        &self,
        lookup: &impl Bulk,
        other: ItemId,
        (old, new): (&[String], &[String]),
        namespace: &str,
    ) -> Result<bool> {
        let names = lookup.names_of(&[other])?;
        if self.whose == Whose::Ours {
            let called = self.file.called(other).or_else(|| names.reference(other));
            let called = called.map(|found| hash(&found.to_string()));
            return Ok(called.is_some_and(|called| !new.contains(&called)));
        }
        let mut called = lookup.external_ids(namespace, other)?;
        called.extend(names.title(other).map(str::to_owned));
        let gone = |name: &String| {
            let own = hash(name);
            old.contains(&own) && !new.contains(&own)
        };
        Ok(called.iter().any(gone))
    }

    /// What can be tied; what cannot is said.
    ///
    /// # Errors
    /// A storage error.
    pub fn that_hold(
        self,
        world: &impl World,
        there: &[Edge],
        warnings: &mut Warnings,
    ) -> Result<Vec<Edge>> {
        let mut wanted: Vec<(ItemId, ItemId)> = Vec::with_capacity(self.open.len());
        let mut lines: Vec<u64> = Vec::with_capacity(self.open.len());
        let mut rest = self.open.as_slice();
        while let Some(open) = rest.first() {
            let (parts, found) = match in_one(world, rest)? {
                Some((parts, other)) => (parts, tied(world, open, other)?),
                None => (1, self.find(world, open)?),
            };
            rest = &rest[parts..];
            match found {
                Ok(other) => {
                    wanted.push(ends(open.way, open.item, other));
                    lines.push(open.line);
                }
                Err(why) => {
                    let word = if open.way == Way::Blocks { "blocks" } else { "blocked by" };
                    let name = named(&open.link);
                    warnings.push(format!("row {}, {word}: “{name}” {why}", open.line));
                }
            }
        }
        if wanted.is_empty() {
            return Ok(wanted);
        }
        let stay = rings::that_may_stay(there, &wanted);
        let mut hold = Vec::with_capacity(wanted.len());
        for ((edge, line), stays) in wanted.into_iter().zip(lines).zip(stay) {
            if stays {
                hold.push(edge);
            } else {
                let (source, target) = (world.called(edge.0)?, world.called(edge.1)?);
                warnings.push(format!(
                    "row {line}: {source} blocks {target} would be a circle, so it is left out"
                ));
            }
        }
        Ok(hold)
    }

    fn find(&self, world: &impl World, open: &Open) -> Result<std::result::Result<ItemId, String>> {
        let found = match &open.link {
            Link::ExternalId(name) if self.whose == Whose::Ours => match Ref::parse(name) {
                Some(reference) => match self.refs.get(&reference) {
                    Some(id) => Some(*id),
                    None => world.beside(&self.file, reference)?,
                },
                None => None,
            },
            Link::ExternalId(name) => world.by_id_there(name)?,
            Link::Title(title) => match world.titled(title)?.as_slice() {
                [] => None,
                [one] => Some(*one),
                _ => return Ok(Err("is the title of several, so it is left out".to_owned())),
            },
        };
        match found {
            Some(other) => tied(world, open, other),
            None => Ok(Err(self.file.missing().to_owned())),
        }
    }
}

/// The other end, when these two can be tied.
fn tied(
    world: &impl World,
    open: &Open,
    other: ItemId,
) -> Result<std::result::Result<ItemId, String>> {
    if other == open.item {
        return Ok(Err("is the row itself, so it is left out".to_owned()));
    }
    for end in [open.item, other] {
        let kind = world.kind_of(end)?;
        if let Some(kind) = kind.filter(|kind| !TIED.contains(kind)) {
            let words = format!("a {} holds up nothing, so it is left out", kind.slug());
            return Ok(Err(format!("cannot be tied: {words}")));
        }
    }
    Ok(Ok(other))
}

/// The item whose title is several parts of a list in one, since it holds a comma itself; and how many
/// parts that are. The longest counts.
fn in_one(world: &impl World, open: &[Open]) -> Result<Option<(usize, ItemId)>> {
    let Some(first) = open.first() else { return Ok(None) };
    let belongs = |one: &&Open| {
        one.item == first.item && one.way == first.way && matches!(one.link, Link::Title(_))
    };
    let parts: Vec<&str> =
        open.iter().take_while(belongs).take(MOST_PARTS).map(|one| named(&one.link)).collect();
    for many in (2..=parts.len()).rev() {
        if let [one] = world.titled(&parts[..many].join(", "))?.as_slice() {
            return Ok(Some((many, *one)));
        }
    }
    Ok(None)
}

fn ends(way: Way, item: ItemId, other: ItemId) -> Edge {
    match way {
        Way::BlockedBy => (other, item),
        Way::Blocks => (item, other),
    }
}
