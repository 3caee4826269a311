//! The bodies of the operations on items: add, change, save a form, carry out a verb, turn
//! into another kind. Each runs inside one transaction and returns the words of its step.

use std::collections::HashSet;

use chrono::NaiveDate;

use crate::domain::change::{Change, Draft, Edit, Input};
use crate::domain::field::FieldKind;
use crate::domain::item::{Item, ItemId};
use crate::domain::kind::Kind;
use crate::domain::nouns::outcome::MOST_ACTIVE;
use crate::domain::refusal::Refusal;
use crate::domain::value::Value;
use crate::domain::verb::{Answer, Verb};
use crate::store::Write;
use crate::store::lookup::Lookup;

use super::error::{Error, Result};
use super::op::Outcome;
use super::resolve::{Resolver, refuse_circle};
use super::summary;
use super::workspace::Settings;

pub(super) fn add(
    write: &Write<'_>,
    drafts: &[Draft],
    settings: &Settings,
    today: NaiveDate,
) -> Result<Outcome> {
    let mut resolver = Resolver::new(write, settings.me.as_deref());
    let mut added: Vec<Item> = Vec::new();
    for (place, draft) in drafts.iter().enumerate() {
        let item = add_one(write, &mut resolver, draft, settings, today);
        added.push(item.map_err(|error| error.at(place))?);
    }
    let label = summary::added(&added);
    let notices = summary::made_people(write, &resolver.made)?;
    Ok(Outcome { label, items: added.iter().map(|item| item.id).collect(), notices })
}

fn add_one(
    write: &Write<'_>,
    resolver: &mut Resolver<'_>,
    draft: &Draft,
    settings: &Settings,
    today: NaiveDate,
) -> Result<Item> {
    let id = ItemId(write.new_id());
    let mut item = Item::new(id, write.next_ref(draft.kind)?, write.at, &write.actor);
    item.set("title", Value::Text(checked_title(draft)?));
    refuse_born_so(&item, draft)?;
    born(&mut item, settings, today);
    for change in &draft.changes {
        resolver.apply(&mut item, change)?;
    }
    settle(&mut item, today);
    refuse_namesake(write, &item)?;
    refuse_fourth_outcome(write, &item)?;
    write.insert(&item)?;
    refuse_circle(write, &item)?;
    Ok(item)
}

/// A state that a verb brings about is none to begin with.
fn refuse_born_so(item: &Item, draft: &Draft) -> Result<()> {
    for change in &draft.changes {
        refuse_state_by_hand(item, change).map_err(|error| match error {
            Error::Refused(refusal) => {
                Error::from(Refusal { hint: None, ..refusal }.hint("add it first"))
            }
            other => other,
        })?;
    }
    Ok(())
}

/// What a new item knows without being told: the day, and for an outcome the quarter.
pub(super) fn born(item: &mut Item, settings: &Settings, today: NaiveDate) {
    match item.kind() {
        Kind::Decision => item.set("raised_on", Value::Day(today)),
        Kind::Request => item.set("asked_on", Value::Day(today)),
        Kind::Outcome => {
            let quarter = crate::domain::day::quarter_key(today, settings.fiscal_start_month);
            item.set("quarter", Value::Text(quarter));
        }
        Kind::Asset | Kind::Bet | Kind::Person => {}
    }
}

/// What follows from the state an item is in.
pub(super) fn settle(item: &mut Item, today: NaiveDate) {
    let slug = item.state().slug;
    match item.kind() {
        Kind::Asset => match slug {
            "shipped" | "in-use" if item.day("shipped_on").is_none() => {
                item.set("shipped_on", Value::Day(today));
            }
            "idea" | "planned" | "doing" | "review" => item.set("shipped_on", Value::Nothing),
            _ => {}
        },
        Kind::Decision if slug == "decided" && item.day("decided_on").is_none() => {
            item.set("decided_on", Value::Day(today));
        }
        Kind::Decision | Kind::Request | Kind::Outcome | Kind::Bet | Kind::Person => {}
    }
}

fn checked_title(draft: &Draft) -> Result<String> {
    let title = draft.title.trim();
    let length = title.chars().count();
    let noun = draft.kind.noun();
    if title.is_empty() {
        return Err(Refusal::input(format!(
            "the {} of the {} is missing",
            noun.field("title").label,
            noun.name
        ))
        .into());
    }
    if length > crate::domain::field::TITLE_MAX {
        let what = format!(
            "the title has {length} characters, at most {} fit",
            crate::domain::field::TITLE_MAX
        );
        return Err(Refusal::input(what).hint("put the rest into the note, after --").into());
    }
    Ok(title.replace(['\n', '\r'], " "))
}

/// Drops one outcome and adds another in its place.
pub(super) fn replace(
    write: &Write<'_>,
    drop: ItemId,
    draft: &Draft,
    settings: &Settings,
    today: NaiveDate,
) -> Result<Outcome> {
    let before = present(write, &[drop])?.swap_remove(0);
    if before.kind() != Kind::Outcome || before.state().slug != "active" {
        return Err(Refusal::input(format!("{} is not an active outcome", before.reference)).into());
    }
    let mut dropped = before.clone();
    dropped.set("state", Value::Text("dropped".to_owned()));
    write.update(&before, &dropped)?;
    let mut outcome = add(write, std::slice::from_ref(draft), settings, today)?;
    outcome.label = format!("{}, {} dropped", outcome.label, before.reference);
    outcome.items.push(drop);
    Ok(outcome)
}

pub(super) fn change(
    write: &Write<'_>,
    ids: &[ItemId],
    changes: &[Change],
    settings: &Settings,
    today: NaiveDate,
) -> Result<Outcome> {
    let mut resolver = Resolver::new(write, settings.me.as_deref());
    let items = present(write, ids)?;
    let mut changed = Vec::new();
    for before in &items {
        let mut after = before.clone();
        for change in changes {
            refuse_state_by_hand(before, change)?;
            resolver.apply(&mut after, change)?;
        }
        settle(&mut after, today);
        if after == *before {
            continue;
        }
        write_changed(write, before, &after)?;
        changed.push(after);
    }
    let label = if changed.is_empty() {
        "nothing changed".to_owned()
    } else {
        summary::changed(write, &changed, changes)?
    };
    let notices = summary::made_people(write, &resolver.made)?;
    Ok(Outcome { label, items: items.iter().map(|item| item.id).collect(), notices })
}

pub(super) fn save(
    write: &Write<'_>,
    base: &Item,
    changes: &[Change],
    settings: &Settings,
    today: NaiveDate,
) -> Result<Outcome> {
    let now = present(write, &[base.id])?.swap_remove(0);
    let mut resolver = Resolver::new(write, settings.me.as_deref());
    let mut wanted = now.clone();
    for change in changes {
        resolver.apply(&mut wanted, change)?;
        let name = change.field.name;
        let theirs = now.get(name);
        if theirs != base.get(name) && theirs != wanted.get(name) {
            let names = write.names_for(std::slice::from_ref(&now))?;
            let (was, is) =
                (change.field.typed(base.get(name), &names), change.field.typed(theirs, &names));
            return Err(Refusal::conflict(format!(
                "somebody else changed {} of {} meanwhile: it was “{was}”, now it is “{is}”",
                change.field.label, now.reference
            ))
            .hint("nothing was changed; look at it again and repeat your change")
            .into());
        }
    }
    drop(resolver);
    change(write, &[base.id], changes, settings, today)
}

fn write_changed(write: &Write<'_>, before: &Item, after: &Item) -> Result<()> {
    refuse_namesake(write, after)?;
    if before.state() != after.state() || before.get("quarter") != after.get("quarter") {
        refuse_fourth_outcome(write, after)?;
    }
    write.update(before, after)?;
    if before.get("blocks") != after.get("blocks")
        || before.get("blocked_by") != after.get("blocked_by")
    {
        refuse_circle(write, after)?;
    }
    Ok(())
}

pub(super) fn verb(
    write: &Write<'_>,
    ids: &[ItemId],
    verb: Verb,
    answer: &Answer,
    today: NaiveDate,
) -> Result<Outcome> {
    let items = present(write, ids)?;
    let mut changed = Vec::new();
    for before in &items {
        let mut after = before.clone();
        verb.apply(&mut after, answer, today)?;
        write_changed(write, before, &after)?;
        changed.push(after);
    }
    let label = summary::verb(&changed, verb);
    Ok(Outcome { label, items: ids.to_vec(), notices: Vec::new() })
}

/// The same words as another kind: a request that is really a decision, an import's wrong guess.
pub(super) fn turn(
    write: &Write<'_>,
    ids: &[ItemId],
    into: Kind,
    today: NaiveDate,
) -> Result<Outcome> {
    let mut made = Vec::new();
    for id in ids {
        // Read anew for each: turning the one before may have moved a tie between them.
        let before = present(write, &[*id])?.swap_remove(0);
        if before.kind() == into {
            return Err(Refusal::input(format!(
                "{} is {} already",
                before.reference,
                into.noun().one()
            ))
            .into());
        }
        let id = ItemId(write.new_id());
        let mut after = Item::new(id, write.next_ref(into)?, write.at, &write.actor);
        for name in
            ["title", "owner", "priority", "waiting_on", "tags", "link", "note", "for", "estimate"]
        {
            after.set(name, before.get(name).clone());
        }
        let due = before.kind().noun().due.map_or(Value::Nothing, |name| before.get(name).clone());
        if let Some(name) = into.noun().due {
            after.set(name, due);
        }
        if into == Kind::Decision {
            after.set("raised_on", Value::Day(today));
        }
        for name in ["blocks", "blocked_by"] {
            after.set(name, before.get(name).clone());
        }
        let mut gone = before.clone();
        gone.deleted_at = Some(write.at);
        gone.set("blocks", Value::Nothing);
        gone.set("blocked_by", Value::Nothing);
        write.update(&before, &gone)?;
        write.insert(&after)?;
        made.push((before, after));
    }
    let label = summary::turned(&made);
    Ok(Outcome {
        label,
        items: made.iter().map(|(_, after)| after.id).collect(),
        notices: Vec::new(),
    })
}

pub(super) fn set(write: &Write<'_>, name: &str, value: Option<&str>) -> Result<Outcome> {
    write.set_setting(name, value)?;
    let label =
        value.map_or_else(|| format!("{name} → default"), |value| format!("{name} → {value}"));
    Ok(Outcome { label, items: Vec::new(), notices: Vec::new() })
}

/// The items of these ids, none of them gone or in the Trash.
pub(super) fn present(write: &Write<'_>, ids: &[ItemId]) -> Result<Vec<Item>> {
    let mut seen = HashSet::new();
    let ids: Vec<ItemId> = ids.iter().copied().filter(|id| seen.insert(*id)).collect();
    let items = write.items(&ids)?;
    if items.len() < ids.len() {
        return Err(Refusal::missing("one of these items is not there any more").into());
    }
    if let Some(thrown) = items.iter().find(|item| item.deleted_at.is_some()) {
        return Err(Refusal::input(format!("{} is in the Trash", thrown.reference))
            .hint(format!("prewire trash restore {}", thrown.reference))
            .into());
    }
    Ok(items)
}

/// A state that a verb brings about, or that is derived, is not set by hand.
fn refuse_state_by_hand(item: &Item, change: &Change) -> Result<()> {
    use crate::domain::noun::StateEntry;
    if change.field.kind != FieldKind::State {
        return Ok(());
    }
    let Edit::Set(Input::Value(Value::Text(wanted))) = &change.edit else { return Ok(()) };
    let noun = item.kind().noun();
    let slugs: Vec<&'static str> = noun.state_slugs().collect();
    let Some(state) =
        crate::domain::field::read_pick(wanted, &slugs).and_then(|slug| noun.find_state(slug))
    else {
        return Ok(());
    };
    if state.slug == item.state().slug {
        return Ok(());
    }
    match state.entry {
        StateEntry::Chosen => Ok(()),
        StateEntry::Derived => Err(Refusal::input(format!(
            "{} follows from the record and is not set by hand",
            state.slug
        ))
        .hint(format!("prewire {} reopen {}", noun.name, item.reference))
        .into()),
        StateEntry::ByVerb => {
            let verb = crate::domain::verb::of(item.kind()).find(|verb| verb.done() == state.slug);
            let refusal =
                Refusal::input(format!("{} is not set by hand: a verb does it", state.slug));
            Err(match verb {
                Some(verb) => refusal.hint(format!(
                    "prewire {} {} {}",
                    noun.name,
                    verb.name(),
                    item.reference
                )),
                None => refusal.hint("that verb comes with a later version"),
            }
            .into())
        }
    }
}

/// People are told apart by their names.
pub(super) fn refuse_namesake(write: &Write<'_>, item: &Item) -> Result<()> {
    if item.kind() != Kind::Person {
        return Ok(());
    }
    let same = write.titled(Kind::Person, item.title())?.into_iter().find(|other| {
        other.id != item.id && other.title.to_lowercase() == item.title().to_lowercase()
    });
    match same {
        Some(other) => {
            Err(Refusal::input(format!("{} is already called “{}”", other.reference, other.title))
                .into())
        }
        None => Ok(()),
    }
}

/// At most three active outcomes a quarter (I5): the fourth asks which to drop.
pub(super) fn refuse_fourth_outcome(write: &Write<'_>, item: &Item) -> Result<()> {
    if item.kind() != Kind::Outcome || item.state().slug != "active" {
        return Ok(());
    }
    let quarter = Some(item.text("quarter")).filter(|quarter| !quarter.is_empty());
    let others: Vec<_> =
        write.active_outcomes(quarter)?.into_iter().filter(|other| other.id != item.id).collect();
    if others.len() < MOST_ACTIVE {
        return Ok(());
    }
    let list: Vec<String> =
        others.iter().map(|other| format!("{} {}", other.reference, other.title)).collect();
    Err(Refusal::input(format!(
        "{MOST_ACTIVE} outcomes are active this quarter; drop which? {}",
        list.join("; ")
    ))
    .hint(format!("add --drop {} to put this one in its place", others[0].reference))
    .choices(others.iter().map(|other| other.reference.to_string()).collect())
    .into())
}
