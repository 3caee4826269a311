//! What is known of the market: the rules that evidence and claims are held to when they are
//! written, and what they are worth when they are shown.

use std::collections::BTreeSet;

use crate::domain::evidence::balance::Balance;
use crate::domain::evidence::claim::{self, ClaimState};
use crate::domain::evidence::moment::{AssetPurpose, asset_lint};
use crate::domain::evidence::{Class, EvidenceKind, Stage};
use crate::domain::item::{Item, ItemId};
use crate::domain::kind::Kind;
use crate::domain::nouns::segment::DEFINED_BY;
use crate::domain::part::{Part, PartKind, free_position};
use crate::domain::refusal::Refusal;
use crate::domain::value::Value;
use crate::store::Write;
use crate::store::evidence::Evidence;
use crate::store::part::Parts;

use super::error::Result;
use super::workspace::Settings;

mod accounts;
mod claims;
pub(in crate::ops) mod decision;
pub(in crate::ops) mod experiments;
pub(in crate::ops) mod held;
pub(in crate::ops) mod house;
mod inspect;
pub mod limits;
pub mod objections;
pub mod positioning;
pub mod report;
mod scales;
pub mod segments;
pub mod stalls;
pub mod swap;
mod told;

pub use report::Report;
pub(in crate::ops) use scales::Scales;
pub(in crate::ops) use told::Asides;
pub use told::{Fact, Tone};

/// The fields of evidence that link it to claims.
const ABOUT_CLAIMS: [&str; 3] = ["supports", "against", "beside"];

/// What a new piece knows without being told.
pub(super) fn born(item: &mut Item, today: chrono::NaiveDate) {
    let days: &[&str] = match item.kind() {
        Kind::Evidence => &["observed_on", "captured_on"],
        Kind::Insight => &["spotted_on"],
        Kind::Conversation => &["held_on"],
        Kind::Positioning => &["since"],
        _ => &[],
    };
    for name in days {
        item.set(name, Value::Day(today));
    }
}

/// What follows from what an item says: the class of evidence from its kind, and whether it is
/// tagged.
pub(super) fn settle(item: &mut Item) {
    if item.kind() != Kind::Evidence {
        return;
    }
    if item.text("class").is_empty() {
        let kind = EvidenceKind::parse(item.text("kind"));
        let class = kind.map_or(Class::User, EvidenceKind::usual_class);
        item.set("class", Value::Text(class.slug().to_owned()));
    }
    if item.state().slug != "retired" {
        let state = if untagged(item).is_empty() { "tagged" } else { "untagged" };
        item.set("state", Value::Text(state.to_owned()));
    }
}

/// Which of the two tags nobody has said.
pub(super) fn untagged(item: &Item) -> Vec<&'static str> {
    let has_segment = item.link("segment").is_some() || item.text("segment_unknown") == "yes";
    let mut missing = Vec::new();
    if !has_segment {
        missing.push("segment");
    }
    if item.text("stage").is_empty() {
        missing.push("stage");
    }
    missing
}

/// New evidence says where it comes from, or that nobody knows.
fn refuse_untagged(item: &Item) -> Result<()> {
    if item.kind() != Kind::Evidence {
        return Ok(());
    }
    let missing = untagged(item);
    let hint = match missing.as_slice() {
        [] => return Ok(()),
        ["segment"] => "say seg:mid with the name of yours, or seg:unknown",
        ["stage"] => "say stage:proposal, or stage:unknown",
        _ => "say seg:mid stage:proposal with yours, or seg:unknown stage:unknown",
    };
    let what = format!("evidence needs its {}", missing.join(" and "));
    Err(Refusal::input(what).hint(hint).asking(missing[0]).into())
}

/// Whether the tags of new evidence are wanted at once, or may come later.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tags {
    Wanted,
    Later,
}

/// What items of these kinds are held to, whoever makes or changes them; what is worth saying.
pub(super) fn complete(
    write: &Write<'_>,
    before: Option<&Item>,
    item: &mut Item,
    settings: &Settings,
    tags: Tags,
) -> Result<Vec<String>> {
    if before.is_none() && tags == Tags::Wanted {
        refuse_untagged(item)?;
    }
    settle_claim(write, item)?;
    segments::refuse_nobody(before, item)?;
    if before.is_some() || tags == Tags::Wanted {
        refuse_same_code(write, before, item)?;
    }
    if let Some(before) = before {
        keep_definition(write, before, item)?;
    }
    let mut said = positioning::complete(write, before, item, settings)?;
    said.extend(experiments::complete(write, before, item)?);
    house::complete(before, item, settings)?;
    said.extend(segments::crowd(before, item, settings));
    said.extend(asset_question(item).filter(|_| before.is_none()).map(str::to_owned));
    Ok(said)
}

/// Conversations name an objection by its code, so each has its own.
fn refuse_same_code(write: &Write<'_>, before: Option<&Item>, item: &Item) -> Result<()> {
    let code = item.text("code").trim();
    let is_new = before.is_none_or(|before| before.text("code") != item.text("code"));
    if item.kind() != Kind::Objection || code.is_empty() || !is_new {
        return Ok(());
    }
    match write.objection_of_code(code)?.filter(|other| other.id != item.id) {
        Some(other) => {
            let what = format!("{} “{}” has the code {code} already", other.reference, other.title);
            let hint =
                format!("take another code, or name {} where it was raised", other.reference);
            Err(Refusal::input(what).hint(hint).asking("code").into())
        }
        None => Ok(()),
    }
}

/// What an asset is asked that fixes no moment.
fn asset_question(item: &Item) -> Option<&'static str> {
    if item.kind() != Kind::Asset {
        return None;
    }
    let decisions: Vec<String> = ["blocked_by", "blocks"]
        .iter()
        .flat_map(|name| item.links(name))
        .map(ToString::to_string)
        .collect();
    let stage = Stage::parse(item.text("stage"));
    asset_lint(AssetPurpose { objection: item.text("objection"), stage, decisions: &decisions })
}

/// A claim stands as its evidence and its test say, unless it was retired.
fn settle_claim(write: &Write<'_>, item: &mut Item) -> Result<()> {
    if item.kind() != Kind::Claim || item.state().slug == "retired" {
        return Ok(());
    }
    let known = write.weighed(item.id)?;
    let (for_it, against) = known.map_or((0, 0), |known| (known.for_it, known.against));
    let test = claim::TestResult::parse(item.text("result"));
    let state = standing(for_it, against, test.unwrap_or(claim::TestResult::Untested));
    item.set("state", Value::Text(state.slug().to_owned()));
    Ok(())
}

fn standing(for_it: usize, against: usize, test: claim::TestResult) -> ClaimState {
    let balance =
        Balance { for_it, against, neutral: 0, opinions: 0, accounts: 0, flags: Vec::new() };
    claim::state(&balance, test)
}

/// A piece says one thing of a claim: what it says last.
pub(super) fn of_one_mind(item: &mut Item, said: &str, claims: &[ItemId]) {
    if item.kind() != Kind::Evidence || !ABOUT_CLAIMS.contains(&said) {
        return;
    }
    for name in ABOUT_CLAIMS.into_iter().filter(|name| *name != said) {
        let before = item.links(name).to_vec();
        let left: Vec<ItemId> = before.iter().copied().filter(|id| !claims.contains(id)).collect();
        if left.len() < before.len() {
            item.set(name, Value::Items(left));
        }
    }
}

/// The claims that pieces of evidence speak of.
pub(super) fn claims_of<'a>(items: impl IntoIterator<Item = &'a Item>) -> BTreeSet<ItemId> {
    let evidence = items.into_iter().filter(|item| item.kind() == Kind::Evidence);
    evidence
        .flat_map(|item| ABOUT_CLAIMS.iter().flat_map(|name| item.links(name).to_vec()))
        .collect()
}

/// Settles claims whose evidence changed; says which stand otherwise now.
pub(super) fn settle_claims(write: &Write<'_>, claims: &BTreeSet<ItemId>) -> Result<Vec<String>> {
    if claims.is_empty() {
        return Ok(Vec::new());
    }
    let ids: Vec<ItemId> = claims.iter().copied().collect();
    let mut said = Vec::new();
    for before in write.items(&ids)? {
        let mut after = before.clone();
        settle_claim(write, &mut after)?;
        if after != before {
            write.update(&before, &after)?;
            said.push(format!("{} is {} now", after.reference, after.state().slug));
        }
    }
    Ok(said)
}

/// Marks what a decision rests on with the instant of the link, and with whether the decision had
/// been taken by then; another item in its place is another link.
pub(super) fn stamp(write: &Write<'_>, decision: &Item, before: Option<&Part>, part: &mut Part) {
    if part.kind == PartKind::Look && before.is_none() {
        experiments::agreed_then(decision, part);
    }
    let same = before.is_some_and(|before| before.get("item") == part.get("item"));
    if part.kind != PartKind::Basis || same {
        return;
    }
    let instant = write.at.to_rfc3339_opts(chrono::SecondsFormat::Millis, true);
    part.set("linked_at", Value::Text(instant));
    let is_late = decision.day("decided_on").is_some();
    part.set("late", if is_late { Value::Text("yes".to_owned()) } else { Value::Nothing });
}

/// Keeps how a segment was described, when that changes.
fn keep_definition(write: &Write<'_>, before: &Item, after: &Item) -> Result<()> {
    let moved = |name: &&str| before.get(name) != after.get(name);
    let described = ["who", "workflow", "problem"];
    let was_described = described.iter().any(|name| !before.text(name).is_empty());
    if before.kind() != Kind::Segment || !was_described || !DEFINED_BY.iter().any(moved) {
        return Ok(());
    }
    let parts = write.parts_of(before)?;
    let taken: Vec<i64> = parts.iter().map(|part| part.position).collect();
    let position = free_position(&taken);
    let mut kept = Part::new(write.new_part_id(), PartKind::Definition, before.id, position);
    kept.set("name", Value::Text(before.title().to_owned()));
    for name in described {
        kept.set(name, before.get(name).clone());
    }
    kept.set("until_on", Value::Day(write.at.date_naive()));
    Ok(write.insert_part(&kept)?)
}
