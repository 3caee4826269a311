//! What is known of the market for an artefact: the segment that it is about, the claims that it
//! stands on, and the evidence for and against them, with whose voice it is and from which stage.

use std::collections::BTreeSet;

use crate::domain::evidence::{Piece, Polarity, Stage};
use crate::domain::field::{grouped, show_real};
use crate::domain::item::{Item, ItemId};
use crate::domain::kind::Kind;
use crate::domain::part::{PartKind, of_kind};
use crate::domain::value::Value;
use crate::store::Write;
use crate::store::evidence::Evidence;
use crate::store::part::Parts;

use super::super::error::Result;
use super::facts::Known;

/// Pieces that are told in words; the rest are counted.
const TOLD: usize = 4;
/// Pieces of a segment that are looked at.
const MOST: u32 = 200;

/// What an artefact rests on.
#[derive(Default)]
struct Ground {
    claims: Vec<ItemId>,
    segments: Vec<ItemId>,
    /// Pieces that nobody weighed against a claim.
    heard: Vec<ItemId>,
    /// Pieces of a decision, with what they say there.
    weighed: Vec<(ItemId, Piece)>,
}

/// Adds what is known of the market to what is known.
pub(super) fn facts(write: &Write<'_>, item: &Item, known: &mut Known) -> Result<()> {
    let mut ground = Ground { claims: item.links("claims").to_vec(), ..Ground::default() };
    let about: Vec<ItemId> = item.link("about").into_iter().collect();
    for other in write.items(&about)? {
        ground.stand_on(write, &other, known)?;
    }
    for claim in write.items(&ground.claims.clone())? {
        ground.segments.extend(claim.link("segment"));
        let test = |name: &str| claim.text(name).to_owned();
        let disproof = match (claim.text("test"), claim.text("threshold")) {
            ("", _) => String::new(),
            (test, "") => test.to_owned(),
            (test, bar) => format!("{test}: less than {bar}"),
        };
        known.extend([
            ("test", test("test")),
            ("threshold", test("threshold")),
            ("disproof", disproof),
        ]);
    }
    for segment in write.items(&ground.segments)? {
        known.extend(of_segment(&segment));
    }
    ground.tell(write, known)
}

impl Ground {
    fn stand_on(&mut self, write: &Write<'_>, other: &Item, known: &mut Known) -> Result<()> {
        match other.kind() {
            Kind::Segment => {
                self.segments.push(other.id);
                let (claims, pieces) = write.of_segment(other.id, MOST)?;
                self.claims.extend(claims);
                self.heard.extend(pieces);
            }
            Kind::Claim => self.claims.push(other.id),
            Kind::Insight => {
                self.segments.extend(other.link("segment"));
                self.heard.extend(other.links("evidence"));
                let words = other.title().to_owned();
                known.extend([
                    ("gap", words.clone()),
                    ("reason", words.clone()),
                    ("why_now", words),
                ]);
            }
            Kind::Objection => {
                let parts = write.parts_of(other)?;
                let own = other.text("stage");
                let mut answers: Vec<_> = of_kind(&parts, PartKind::Response).collect();
                answers.sort_by_key(|part| part.text("stage") != own);
                let today = answers.first().map(|part| part.text("text").to_owned());
                known.push(("gap", other.title().to_owned()));
                known.extend(today.map(|words| ("line_today", words)));
            }
            Kind::Decision => {
                let found = write.pieces_of_decisions(&[other.id])?.remove(&other.id);
                let pieces = found.unwrap_or_default().into_iter();
                self.weighed.extend(pieces.map(|one| (one.id, one.piece)));
            }
            _ => {}
        }
        Ok(())
    }

    /// What was said for it and against it, by how many, and in their words.
    fn tell(self, write: &Write<'_>, known: &mut Known) -> Result<()> {
        let mut pieces = self.weighed;
        for found in write.pieces_of_claims(&self.claims)?.into_values() {
            pieces.extend(found.into_iter().map(|one| (one.id, one.piece)));
        }
        pieces.retain(|(_, piece)| piece.counts());
        pieces.sort_by_key(|(id, piece)| (std::cmp::Reverse(piece.observed_on), *id));
        pieces.dedup_by_key(|(id, _)| *id);
        let mut ids: Vec<ItemId> = pieces.iter().map(|(id, _)| *id).collect();
        for id in self.heard {
            if !ids.contains(&id) {
                ids.push(id);
            }
        }
        let mut items = write.items(&ids)?;
        items.retain(|piece| piece.text("kind") != "opinion");
        let of = |polarity: Polarity| -> Vec<&Item> {
            let of = pieces.iter().filter(|(_, piece)| piece.polarity == polarity);
            of.filter_map(|(id, _)| items.iter().find(|item| item.id == *id)).collect()
        };
        let (for_it, against) = (of(Polarity::For), of(Polarity::Against));
        let weighed = match (for_it.len(), against.len()) {
            (0, 0) => String::new(),
            (yes, no) => format!("{yes} for, {no} against"),
        };
        known.extend([
            ("evidence_for", listed(&for_it)),
            ("evidence_against", listed(&against)),
            ("evidence", weighed),
            ("quotes", quoted(&items)),
            ("accounts", accounts(&items)),
            ("stages", stages(&items)),
        ]);
        Ok(())
    }
}

fn of_segment(segment: &Item) -> Known {
    let text = |name: &str| segment.text(name).to_owned();
    let figure = |name: &str, unit: &str| match segment.get(name) {
        Value::Real(value) => {
            format!("{} {}", grouped(&show_real(*value)), segment.text(unit))
        }
        _ => String::new(),
    };
    let worth = figure("ltv", "currency");
    let worth =
        if worth.is_empty() { worth } else { format!("{} each over its life", worth.trim()) };
    vec![
        ("who", text("who")),
        ("workflow", text("workflow")),
        ("problem", text("problem")),
        ("size", figure("size", "size_unit").trim().to_owned()),
        ("worth", worth),
        ("source", text("value_source")),
    ]
}

/// `IT fears rollout (e3, Acme); … and 2 more`.
fn listed(pieces: &[&Item]) -> String {
    let told: Vec<String> = pieces
        .iter()
        .take(TOLD)
        .map(|piece| match piece.text("account") {
            "" => format!("{} ({})", piece.title(), piece.reference),
            account => format!("{} ({}, {account})", piece.title(), piece.reference),
        })
        .collect();
    match pieces.len().saturating_sub(TOLD) {
        0 => told.join("; "),
        more => format!("{}; and {more} more", told.join("; ")),
    }
}

/// What was said, in their words: a line of quotation each, with its stage.
fn quoted(pieces: &[Item]) -> String {
    let lines = pieces.iter().take(TOLD).map(|piece| {
        let reference = piece.reference.to_string();
        let whose = [reference.as_str(), piece.text("account"), piece.text("stage")].into_iter();
        let whose: Vec<&str> = whose.filter(|word| !word.is_empty()).collect();
        format!("> {} ({})", piece.title(), whose.join(", "))
    });
    lines.collect::<Vec<_>>().join("\n>\n")
}

/// `3 accounts: Acme, Borealis, Cargo`.
fn accounts(pieces: &[Item]) -> String {
    let all: BTreeSet<&str> =
        pieces.iter().map(|piece| piece.text("account")).filter(|name| !name.is_empty()).collect();
    let names: Vec<&str> = all.iter().copied().take(TOLD).collect();
    match (all.len(), all.len().saturating_sub(TOLD)) {
        (0, _) => String::new(),
        (1, _) => format!("1 account: {}", names.join(", ")),
        (count, 0) => format!("{count} accounts: {}", names.join(", ")),
        (count, more) => format!("{count} accounts: {} and {more} more", names.join(", ")),
    }
}

fn stages(pieces: &[Item]) -> String {
    let at = |piece: &Item| Stage::parse(piece.text("stage"));
    let found: BTreeSet<Stage> = pieces.iter().filter_map(at).collect();
    found.into_iter().map(|stage| stage.to_string()).collect::<Vec<_>>().join(", ")
}
