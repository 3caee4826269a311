//! A narrative update that stands on something critical which nobody has tested does not ship,
//! unless somebody says why all the same; who, when and why is kept (I13).

use chrono::SecondsFormat;

use crate::domain::artefact::ArtefactKind;
use crate::domain::item::{Item, ItemId};
use crate::domain::kind::Kind;
use crate::domain::part::{Part, PartKind, free_position, of_kind};
use crate::domain::refusal::Refusal;
use crate::domain::value::Value;
use crate::domain::verb::Answer;
use crate::store::Write;
use crate::store::bulk::Bulk;
use crate::store::part::Parts;

use super::super::error::Result;
use super::super::workspace::Settings;
use super::positioning::held_back_by;

/// The rule by its words, as an override keeps it.
const RULE: &str = "critical claims are tested first";

/// What an artefact stands on: its own claims, and those of the decision that it is about.
pub(in crate::ops) fn claims_under(from: &(impl Bulk + Parts), item: &Item) -> Result<Vec<Item>> {
    let mut ids: Vec<ItemId> = item.links("claims").to_vec();
    if let Some(about) = item.link("about") {
        for decision in from.some(&[about])? {
            if decision.kind() == Kind::Decision {
                let parts = from.parts_of(&decision)?;
                ids.extend(of_kind(&parts, PartKind::Basis).filter_map(|part| part.link("item")));
            }
        }
    }
    let mut claims = from.some(&ids)?;
    claims.retain(|item| item.kind() == Kind::Claim);
    claims.sort_by_key(|claim| claim.reference.number);
    claims.dedup_by_key(|claim| claim.id);
    Ok(claims)
}

/// Whether an artefact is one that claims can hold back.
pub(in crate::ops) fn is_narrative(item: &Item) -> bool {
    item.kind() == Kind::Artefact
        && ArtefactKind::parse(item.text("kind")) == Some(ArtefactKind::NarrativeUpdate)
}

/// Refuses to ship what is held back, or keeps why it ships all the same.
pub(in crate::ops) fn ship(
    write: &Write<'_>,
    item: &Item,
    answer: &Answer,
    settings: &Settings,
) -> Result<()> {
    if !is_narrative(item) {
        return Ok(());
    }
    let held = held_back_by(&claims_under(write, item)?);
    if held.is_empty() {
        return Ok(());
    }
    let said = |name: &str| match answer.extra(name) {
        Value::Text(text) => text.trim().trim_start_matches('@').to_owned(),
        _ => String::new(),
    };
    let names: Vec<&str> = held.iter().map(|claim| claim.name.as_str()).collect();
    let (reference, names) = (item.reference, names.join("; "));
    let reason = said("override");
    if reason.is_empty() {
        let what = format!("{reference} is held back by what nobody has tested: {names}");
        return Err(Refusal::input(what)
            .hint(format!(
                "test it, or prewire artefact ship {reference} --override 'why all the same'"
            ))
            .into());
    }
    let known = settings.me.clone().unwrap_or_else(|| write.actor.clone());
    let who = Some(said("override_by")).filter(|who| !who.is_empty()).unwrap_or(known);
    if who.is_empty() {
        return Err(Refusal::input("an override needs somebody who gives it (I13)")
            .hint("--override-by NAME, or say who you are once: prewire config set me NAME")
            .into());
    }
    let taken: Vec<i64> = write.parts_of(item)?.iter().map(|part| part.position).collect();
    let instant = write.at.to_rfc3339_opts(SecondsFormat::Secs, true);
    let text = |text: &str| Value::Text(text.to_owned());
    let kept = Part::new(write.new_part_id(), PartKind::Override, item.id, free_position(&taken))
        .with("rule", text(RULE))
        .with("reason", text(&reason))
        .with("person", text(&who))
        .with("given_at", Value::Text(instant))
        .with("missing", Value::Text(names));
    Ok(write.insert_part(&kept)?)
}
