//! A decision read with its parts and the people it names, and written back; what follows from
//! the record is put into its state here, whoever changed it.

use std::collections::HashMap;

use chrono::NaiveDate;

use crate::domain::decision::{self, Moment, Named, OPTIONS, Record, frozen, named_on};
use crate::domain::field::Names;
use crate::domain::item::{Item, ItemId};
use crate::domain::kind::Kind;
use crate::domain::part::{Part, PartId, PartKind, of_kind};
use crate::domain::refusal::Refusal;
use crate::domain::value::Value;
use crate::domain::verb::{Answer, Verb};
use crate::domain::week::letter::listed;
use crate::store::Write;
use crate::store::bulk::Bulk;
use crate::store::lookup::Lookup;
use crate::store::part::Parts;

use super::error::Result;
use super::mine;
use super::workspace::Settings;

/// A decision as it would stand, with everything that its rules look at.
pub(super) fn of(
    write: &Write<'_>,
    item: Item,
    parts: Vec<Part>,
    settings: &Settings,
) -> Result<Record> {
    let mut named = named_on(&item, &parts);
    named.extend(beside(&item, &parts));
    named.sort_unstable();
    named.dedup();
    let people = people(write, &named)?;
    let me = mine::me(write, settings)?;
    Ok(Record { item, parts, people, me })
}

/// Decisions as they stand, read all at once.
pub(super) fn read(
    from: &(impl Parts + Bulk),
    items: Vec<Item>,
    settings: &Settings,
) -> Result<Vec<Record>> {
    let mut parts = from.parts(&items)?;
    let mut named: Vec<ItemId> = items
        .iter()
        .flat_map(|item| {
            let parts = parts.get(&item.id).map_or(&[][..], Vec::as_slice);
            named_on(item, parts).into_iter().chain(beside(item, parts))
        })
        .collect();
    named.sort_unstable();
    named.dedup();
    let people = people(from, &named)?;
    let me = mine::me(from, settings)?;
    let records = items.into_iter().map(|item| {
        let parts = parts.remove(&item.id).unwrap_or_default();
        let known = named_on(&item, &parts).into_iter().chain(beside(&item, &parts));
        let people =
            known.filter_map(|id| people.get(&id).map(|named| (id, named.clone()))).collect();
        Record { item, parts, people, me }
    });
    Ok(records.collect())
}

/// Who is told of beside those whom a decision names: who objects, and whom it waits for.
fn beside(item: &Item, parts: &[Part]) -> impl Iterator<Item = ItemId> {
    let objectors = parts.iter().filter_map(|part| part.link("person"));
    objectors.chain(item.link("waiting_on"))
}

fn people(from: &impl Bulk, ids: &[ItemId]) -> Result<HashMap<ItemId, Named>> {
    let found = from.some(ids)?.into_iter().map(|person| {
        let named = Named {
            name: person.title().to_owned(),
            influence: person.whole("influence"),
            function: person.text("function").to_owned(),
        };
        (person.id, named)
    });
    Ok(found.collect())
}

/// What a change of fields leads to: the frozen stay as they are, a recommendation names an option
/// that is there, and the state follows from the record.
pub(super) fn changed(
    write: &Write<'_>,
    before: &Item,
    after: Item,
    settings: &Settings,
) -> Result<Item> {
    if after.kind() != Kind::Decision {
        return Ok(after);
    }
    if let Some(refusal) = frozen::refuse(before, &after) {
        return Err(refusal.into());
    }
    let parts = write.parts_of(&after)?;
    let mut record = of(write, after, parts, settings)?;
    for (field, what) in
        [("recommendation", "to recommend"), ("default_option", "to take by default")]
    {
        let named = record.item.text(field).to_owned();
        if !named.is_empty() && record.option(&named).is_none() {
            let reference = record.item.reference;
            return Err(Refusal::input(format!("{reference} has no option {named} {what}"))
                .hint(format!("prewire decision option {reference} add '…'"))
                .into());
        }
    }
    // A default that only names its option is told by the words of that option.
    let own =
        record.option(record.item.text("default_option")).map(|option| option.main().to_owned());
    if let Some(own) = own.filter(|_| record.item.text("default_text").is_empty()) {
        record.item.set("default_text", Value::Text(own));
    }
    record.settle();
    Ok(record.item)
}

/// Whom a change of the stake lets go: they were to be spoken to, and were not.
pub(super) fn let_go(
    write: &Write<'_>,
    before: &Item,
    after: &Item,
    settings: &Settings,
) -> Result<Option<String>> {
    let is_high = |item: &Item| item.kind() == Kind::Decision && item.text("stake") == "high";
    if !is_high(before) || is_high(after) {
        return Ok(None);
    }
    let record = of(write, before.clone(), write.parts_of(before)?, settings)?;
    let missing = record.unwired(before.day("forum_on"));
    let names: Vec<String> = missing.iter().map(|id| record.called(*id).to_owned()).collect();
    Ok((!names.is_empty()).then(|| {
        format!("{} need not be spoken to any more (I3 binds a high stake)", listed(&names))
    }))
}

/// That a decision which is escalated leaves nothing to choose from, in words.
pub(super) fn bare(write: &Write<'_>, item: &Item) -> Result<Option<String>> {
    let reference = item.reference;
    let is_bare = item.kind() == Kind::Decision
        && of_kind(&write.parts_of(item)?, PartKind::Option).count() < *OPTIONS.start();
    let how = format!("prewire decision option {reference} add '…'");
    Ok(is_bare.then(|| format!("{reference} goes up without options to choose from: {how}")))
}

/// What stands beside a decision that is taken now: who decides and is against it, and objections
/// that nobody answered.
pub(super) fn beside_it(
    write: &Write<'_>,
    item: &Item,
    settings: &Settings,
) -> Result<Vec<String>> {
    let record = of(write, item.clone(), write.parts_of(item)?, settings)?;
    let approver = item.link("approver");
    let is_against =
        |part: &&Part| part.link("person") == approver && part.text("stance") == "against";
    let mut said = Vec::new();
    if let Some(id) = approver.filter(|_| record.prewires().any(|part| is_against(&part))) {
        said.push(format!("{} decides, and was against when spoken to", record.called(id)));
    }
    let open: Vec<String> =
        record.open_objections().map(|part| format!("“{}”", part.main())).collect();
    if !open.is_empty() {
        said.push(format!("still open: {}", listed(&open)));
    }
    Ok(said)
}

/// An open decision in the state that follows from its record, whoever wrote its fields; anything
/// else as it is. One that has no frame is raised, and needs no look at its parts.
pub(super) fn followed(write: &Write<'_>, after: Item, settings: &Settings) -> Result<Item> {
    let told = decision::FRAME.iter().any(|(name, _)| !after.text(name).is_empty());
    let derived = decision::DERIVED.contains(&after.state().slug);
    if after.kind() != Kind::Decision || !derived || !told {
        return Ok(after);
    }
    let parts = write.parts_of(&after)?;
    let mut record = of(write, after, parts, settings)?;
    record.settle();
    Ok(record.item)
}

/// Carries a verb out on a decision.
pub(super) fn verb(
    write: &Write<'_>,
    before: &Item,
    verb: Verb,
    answer: &Answer,
    settings: &Settings,
    today: NaiveDate,
) -> Result<Item> {
    let parts = write.parts_of(before)?;
    let mut record = of(write, before.clone(), parts.clone(), settings)?;
    let actor = settings.me.clone().unwrap_or_else(|| write.actor.clone());
    let moment = Moment { today, at: write.at, actor };
    let mut ids = || -> PartId { write.new_part_id() };
    decision::carry_out(verb, &mut record, answer, &moment, &mut ids)?;
    if verb == Verb::Reopen {
        keep_basis(write, &parts, &mut record)?;
    }
    write.update_parts(&parts, &record.parts)?;
    Ok(record.item)
}

/// The version that reopening made tells what its answer rested on as well, a line a piece.
fn keep_basis(write: &Write<'_>, before: &[Part], record: &mut Record) -> Result<()> {
    let is_new = |part: &&mut Part| {
        part.kind == PartKind::Version && before.iter().all(|known| known.id != part.id)
    };
    let Some(version) = record.parts.iter_mut().find(is_new) else { return Ok(()) };
    let held: Vec<&Part> =
        of_kind(before, PartKind::Basis).filter(|part| frozen::holds(part)).collect();
    let ids: Vec<ItemId> = held.iter().filter_map(|part| part.link("item")).collect();
    let names = write.names_of(&ids)?;
    let mut lines = vec![version.text("record").to_owned()];
    lines.extend(held.iter().filter_map(|part| {
        let id = part.link("item")?;
        let (reference, title) = (names.reference(id)?, names.title(id)?);
        Some(format!("rests on: {reference} {title}, {}", part.text("polarity")))
    }));
    version.set("record", Value::Text(lines.join("\n")));
    Ok(())
}

/// Decisions that name one of these people follow their influence.
pub(super) fn settle_around(
    write: &Write<'_>,
    people: &[ItemId],
    settings: &Settings,
) -> Result<()> {
    for person in people {
        for before in write.items(&write.open_decisions_naming(*person)?)? {
            let parts = write.parts_of(&before)?;
            let mut record = of(write, before.clone(), parts, settings)?;
            record.settle();
            write.update(&before, &record.item)?;
        }
    }
    Ok(())
}

/// Decisions that were loaded are put into the states that follow from their records.
pub(super) fn settle_all(write: &Write<'_>, items: &[Item], settings: &Settings) -> Result<()> {
    let ids: Vec<ItemId> =
        items.iter().filter(|item| item.kind() == Kind::Decision).map(|item| item.id).collect();
    for before in write.items(&ids)? {
        let parts = write.parts_of(&before)?;
        let mut record = of(write, before.clone(), parts, settings)?;
        record.settle();
        write.update(&before, &record.item)?;
    }
    Ok(())
}

/// After a step was taken back out of order: an open decision is in the state that follows from its
/// record, and one that is decided still stands on the options that it was chosen from.
pub(super) fn still_holds(write: &Write<'_>, item: &Item, settings: &Settings) -> Result<()> {
    if item.kind() != Kind::Decision {
        return Ok(());
    }
    let parts = write.parts_of(item)?;
    let mut record = of(write, item.clone(), parts, settings)?;
    let chosen = item.text("chosen");
    if frozen::is_frozen(item) && !chosen.is_empty() && record.option(chosen).is_none() {
        return Err(decided_on_it(item).into());
    }
    record.settle();
    Ok(write.update(item, &record.item)?)
}

fn decided_on_it(item: &Item) -> Refusal {
    let reference = item.reference;
    Refusal::conflict(format!(
        "{reference} was decided on what that step said, so it is not taken back (I4)"
    ))
    .hint(format!("prewire decision reopen {reference} --reason '…' comes first"))
}

/// The decisions that stand, of those that a step touched, with their parts.
pub(super) fn standing(write: &Write<'_>, step: i64) -> Result<Vec<(Item, Vec<Part>)>> {
    let items = write.items(&write.touched_by(step)?)?;
    items
        .into_iter()
        .filter(frozen::is_frozen)
        .map(|item| {
            let parts = write.parts_of(&item)?;
            Ok((item, parts))
        })
        .collect()
}

/// Of decisions that stood before a step was taken back out of order, and still do, nothing was
/// rewritten by it.
pub(super) fn stand_still(write: &Write<'_>, before: &[(Item, Vec<Part>)]) -> Result<()> {
    for (was, parts) in before {
        let Some(item) = write.items(&[was.id])?.pop() else { continue };
        if !frozen::is_frozen(&item) {
            continue;
        }
        let now = write.parts_of(&item)?;
        if frozen::refuse(was, &item).is_some() || frozen::of(parts) != frozen::of(&now) {
            return Err(decided_on_it(&item).into());
        }
    }
    Ok(())
}

/// What was superseded by a decision that is decided now.
pub(super) fn close_superseded(write: &Write<'_>, by: &Item) -> Result<Vec<ItemId>> {
    let mut closed = Vec::new();
    if !matches!(by.state().slug, "decided" | "reviewed") {
        return Ok(closed);
    }
    for before in write.items(&write.superseded_by(by.id)?)? {
        if matches!(before.state().slug, "decided" | "reviewed") {
            let mut after = before.clone();
            after.set("state", Value::Text("superseded".to_owned()));
            write.update(&before, &after)?;
            closed.push(after.id);
        }
    }
    Ok(closed)
}

/// Whether an edit moves the day of strategic work back, and from when to when.
pub(super) fn slip(before: &Item, after: &Item) -> Option<(NaiveDate, NaiveDate)> {
    let name = after.kind().noun().due?;
    let (from, to) = (before.day(name)?, after.day(name)?);
    (to > from && after.link("for").is_some()).then_some((from, to))
}
