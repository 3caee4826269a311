//! The bodies of the operations on items: add, change, save a form, carry out a verb, turn
//! into another kind. Each runs inside one transaction and returns the words of its step.

use chrono::NaiveDate;

use crate::domain::change::{Change, Draft};
use crate::domain::item::{Item, ItemId};
use crate::domain::kind::Kind;
use crate::domain::refusal::Refusal;
use crate::domain::value::Value;
use crate::domain::verb::{Answer, Verb};
use crate::store::Write;
use crate::store::lookup::Lookup;

use super::error::Result;
use super::evidence::Tags;
use super::op::Outcome;
use super::resolve::{Resolver, refuse_circle};
use super::rules::{
    checked_title, refuse_blind_bet, refuse_born_so, refuse_fourth_outcome, refuse_namesake,
    refuse_redating, refuse_state_by_hand,
};
use super::triage::{self, verdict::VERDICTS};
use super::workspace::Settings;
use super::{artefact, deal, escalation, evidence, metric, plan, record, summary, supersede, week};
use super::{possible, stretch};

mod present;
mod told;

pub(super) use present::present;
use told::{effective, of_kind};

pub(super) fn add(
    write: &Write<'_>,
    drafts: &[Draft],
    settings: &Settings,
    today: NaiveDate,
) -> Result<Outcome> {
    let mut resolver = Resolver::new(write, settings.me.as_deref());
    let mut added: Vec<Item> = Vec::new();
    for (place, draft) in drafts.iter().enumerate() {
        let items = make(write, &mut resolver, draft, (settings, today), Tags::Wanted);
        added.extend(items.map_err(|error| error.at(place))?);
    }
    let label = summary::added(&added);
    let mut notices = summary::made_people(write, &resolver.made)?;
    notices.extend(evidence::segments::crowds_made(write, &resolver.made, settings)?);
    for item in &added {
        notices.extend(metric::notices(write, item)?);
    }
    notices.extend(evidence::settle_claims(write, &evidence::claims_of(&added))?);
    notices.append(&mut resolver.said);
    Ok(Outcome { label, items: added.iter().map(|item| item.id).collect(), notices })
}

/// Makes what a draft says; several where it passes midnight.
pub(super) fn make(
    write: &Write<'_>,
    resolver: &mut Resolver<'_>,
    draft: &Draft,
    (settings, today): (&Settings, NaiveDate),
    tags: Tags,
) -> Result<Vec<Item>> {
    let id = ItemId(write.new_id());
    let mut item = Item::new(id, write.next_ref(draft.kind)?, write.at, &write.actor);
    item.set("title", Value::Text(checked_title(draft)?));
    refuse_born_so(&item, draft)?;
    born(&mut item, settings, today);
    resolver.said.extend(stretch::of_whoever(write, &mut item, settings, &draft.changes)?);
    metric::from_catalogue(&mut item, &draft.changes)?;
    for change in &draft.changes {
        resolver.apply(&mut item, change)?;
    }
    settle(&mut item, today);
    if !draft.changes.iter().any(|change| change.field.name == "quarter") {
        belong(&mut item, settings, today);
    }
    resolver.said.extend(evidence::complete(write, None, &mut item, settings, tags)?);
    metric::point(write, None, &mut item)?;
    metric::aims(write, &mut item, &draft.changes)?;
    resolver.said.extend(deal::complete(&mut item));
    resolver.said.extend(deal::impact::tie(write, &mut item)?);
    possible::new(write, &mut item, &draft.changes, today)?;
    stretch::complete(write, &mut item)?;
    resolver.said.extend(stretch::to_come(&item, today));
    let grown = plan::complete(write, &mut item, (today, plan::New::Made))?;
    resolver.said.extend(grown);
    resolver.said.extend(artefact::complete(write, &mut item, settings, (today, plan::New::Made))?);
    refuse_namesake(write, &item)?;
    refuse_blind_bet(None, &item)?;
    refuse_fourth_outcome(write, &item)?;
    metric::refuse_second_primary(write, &item)?;
    let over = stretch::cut(write, &mut item)?;
    write.insert(&item)?;
    refuse_circle(write, &item)?;
    stretch::insert(write, &over)?;
    Ok(std::iter::once(item).chain(over).collect())
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
        Kind::Block | Kind::Entry => stretch::born(item, today),
        Kind::Metric => metric::born(item),
        Kind::Evidence | Kind::Insight | Kind::Conversation | Kind::Positioning => {
            evidence::born(item, today);
        }
        Kind::Plan | Kind::Artefact => plan::born(item, today),
        Kind::Deal => item.set("created_on", Value::Day(today)),
        Kind::Impact => item.set("happened_on", Value::Day(today)),
        _ => {}
    }
}

/// An outcome that is due after the running quarter belongs to the one it is due in.
fn belong(item: &mut Item, settings: &Settings, today: NaiveDate) {
    if item.kind() == Kind::Outcome
        && let Some(due) = item.day("due").filter(|due| *due > today)
    {
        let quarter = crate::domain::day::quarter_key(due, settings.fiscal_start_month);
        item.set("quarter", Value::Text(quarter));
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
        Kind::Deal if slug != "open" && item.day("closed_on").is_none() => {
            item.set("closed_on", Value::Day(today));
        }
        Kind::Decision if slug == "decided" && item.day("decided_on").is_none() => {
            item.set("decided_on", Value::Day(today));
        }
        Kind::Evidence => evidence::settle(item),
        _ => {}
    }
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
    let mut said = Vec::new();
    let mut learnt = Vec::new();
    for before in &items {
        let mut after = before.clone();
        for change in changes {
            let change = of_kind(before.kind(), change)?;
            refuse_state_by_hand(before, &change)?;
            resolver.apply(&mut after, &change)?;
        }
        settle(&mut after, today);
        let told = evidence::complete(write, Some(before), &mut after, settings, Tags::Later)?;
        let mut after = record::changed(write, before, after, settings)?;
        resolver.said.extend(record::let_go(write, before, &after, settings)?);
        metric::point(write, Some(before), &mut after)?;
        metric::aims(write, &mut after, changes)?;
        resolver.said.extend(deal::complete(&mut after));
        resolver.said.extend(deal::impact::tie(write, &mut after)?);
        possible::changed(write, before, &after, today)?;
        let filled = artefact::complete(write, &mut after, settings, (today, plan::New::Changed))?;
        if after == *before && !stretch::may_go_on(before, changes) {
            continue;
        }
        said.extend(told);
        said.extend(metric::ask_again(write, before, &mut after)?);
        said.extend(metric::other_terms(write, before, &after)?);
        plan::complete(write, &mut after, (today, plan::New::Changed))?;
        resolver.said.extend(filled);
        let over = stretch::cut_again(write, (before, &mut after), changes, today)?;
        if after == *before && !over.has_changed {
            continue;
        }
        resolver.said.extend(over.said);
        refuse_blind_bet(Some(before), &after)?;
        write_changed(write, before, &after)?;
        plan::rebase::moved(write, before, &after, "moved", today)?;
        learnt.extend(week::rules::learn(write, before, &after)?);
        changed.push(after);
    }
    said.extend(evidence::settle_claims(
        write,
        &evidence::claims_of(items.iter().chain(&changed)),
    )?);
    let moved = |after: &&Item| {
        items.iter().any(|before| {
            before.id == after.id && before.get("influence") != after.get("influence")
        })
    };
    let people: Vec<ItemId> = changed.iter().filter(moved).map(|person| person.id).collect();
    record::settle_around(write, &people, settings)?;
    let label = if changed.is_empty() {
        "nothing changed".to_owned()
    } else {
        let told: Result<Vec<Change>> = effective(&items, changes)
            .iter()
            .map(|change| of_kind(changed[0].kind(), change))
            .collect();
        summary::changed(write, &changed, &told?)?
    };
    let mut notices = summary::made_people(write, &resolver.made)?;
    notices.append(&mut said);
    notices.append(&mut resolver.said);
    notices.extend(learnt);
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
    let mut made = summary::made_people(write, &resolver.made)?;
    let mut outcome = change(write, &[base.id], changes, settings, today)?;
    made.append(&mut outcome.notices);
    outcome.notices = made;
    Ok(outcome)
}

pub(super) fn write_changed(write: &Write<'_>, before: &Item, after: &Item) -> Result<()> {
    refuse_namesake(write, after)?;
    refuse_redating(before, after)?;
    if before.state() != after.state() || before.get("quarter") != after.get("quarter") {
        refuse_fourth_outcome(write, after)?;
    }
    // Where there are two already, only what makes another one is asked for its reason.
    let is_back = before.state().slug == "retired" && after.state().slug != "retired";
    if is_back
        || ["primary_for", "primary_reason"].iter().any(|one| before.get(one) != after.get(one))
    {
        metric::refuse_second_primary(write, after)?;
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
    settings: &Settings,
    today: NaiveDate,
) -> Result<Outcome> {
    let items = present(write, ids)?;
    if verb == Verb::Supersede {
        return supersede::carry_out(write, &items, answer, settings, today);
    }
    let mut changed = Vec::new();
    let mut touched = ids.to_vec();
    let mut notices = Vec::new();
    for before in &items {
        if verb == Verb::Reopen {
            plan::tick::refuse_reopening(write, before, settings, today)?;
        }
        let after = if before.kind() == Kind::Decision {
            record::verb(write, before, verb, answer, settings, today)?
        } else if before.kind() == Kind::Request && VERDICTS.contains(&verb) {
            let carried =
                triage::verdict::carry_out(write, before, (verb, answer), settings, today)?;
            touched.extend(carried.touched);
            notices.extend(carried.notices);
            carried.after
        } else if verb == Verb::Tick {
            plan::tick::by_hand(write, before, answer, settings, today)?
        } else {
            let mut after = before.clone();
            verb.apply(&mut after, answer, today)?;
            if verb == Verb::Ship {
                notices.extend(artefact::ship(write, &mut after, answer, (settings, today))?);
            }
            if verb == Verb::Send {
                escalation::stale::may_send(write, settings, before, today)?;
                notices.extend(escalation::stale::bare(&after));
            }
            after
        };
        write_changed(write, before, &after)?;
        if verb == Verb::Decide {
            notices.extend(record::beside_it(write, &after, settings)?);
        } else if verb == Verb::Escalate {
            notices.extend(record::bare(write, &after)?);
        }
        let mut closed = record::close_superseded(write, &after)?;
        if verb == Verb::Ship {
            closed.extend(triage::verdict::close_fulfilled(write, &[after.id])?);
        }
        let followed = plan::follow::follow(write, before, verb, settings, today)?;
        closed.extend(followed.0);
        notices.extend(followed.1);
        notices.extend(summary::closed(write, &closed)?);
        touched.extend(closed);
        changed.push(after);
    }
    let label = summary::verb(&changed, verb);
    Ok(Outcome { label, items: touched, notices })
}
