//! The verdict on a request, each one step: accepted with what gives way, traded, declined,
//! deferred, or pointed at what is ready. What was moved, by what and to when stands on the request.

use chrono::NaiveDate;

use crate::domain::day::show_minutes;
use crate::domain::item::{Item, ItemId};
use crate::domain::kind::Kind;
use crate::domain::part::{Part, PartKind, free_position, of_kind};
use crate::domain::refusal::Refusal;
use crate::domain::value::Value;
use crate::domain::verb::{Answer, Verb};
use crate::store::Write;
use crate::store::part::Parts;

use super::super::error::Result;
use super::super::meetings::Diary;
use super::super::workspace::Settings;
use super::super::{edit, mine, record};
use super::make_room::At;
use super::reply::{self, Said};
use super::{Slip, Triage, look, make_room, no};

/// The verbs that triage a request.
pub const VERDICTS: [Verb; 5] =
    [Verb::Accept, Verb::Trade, Verb::Decline, Verb::SelfServe, Verb::Defer];

/// What a verdict did.
pub struct Carried {
    pub after: Item,
    /// What else was changed or made.
    pub touched: Vec<ItemId>,
    pub notices: Vec<String>,
}

/// Carries a verdict out on a request; the caller writes the request itself.
pub fn carry_out(
    write: &Write<'_>,
    before: &Item,
    (verb, answer): (Verb, &Answer),
    settings: &Settings,
    today: NaiveDate,
) -> Result<Carried> {
    if let Some(refusal) = verb.refusal(before) {
        return Err(refusal.into());
    }
    let named = answer.extra("displace").ids().to_vec();
    let found = edit::present(write, &named)?;
    if let Some(other) = found.iter().find(|item| !room_for(item)) {
        return Err(Refusal::input(format!("{} has no time to give", other.reference)).into());
    }
    let diary = Diary::within(write, settings, mine::me(write, settings)?);
    let triage = look(write, (settings, &diary), before, today, &named)?;
    frees_something(&found, &triage)?;
    let mut after = before.clone();
    let mut said = Said::default();
    let mut carried = (Vec::new(), Vec::new());
    match verb {
        Verb::Accept => {
            said = questions(before, answer, &triage)?;
            after.set("decision", Value::Text(said.decision.clone()));
            after.set("signal", Value::Text(said.signal.clone()));
            displaces(before, &triage, &named)?;
            carried = accept(write, &mut after, &triage, (settings, &diary, today))?;
        }
        Verb::Trade => {
            if triage.displaced.is_empty() {
                return Err(Refusal::input(format!("nothing to trade {} for", before.reference))
                    .hint(format!(
                        "prewire request triage {} --trade a3 names what would have to move",
                        before.reference
                    ))
                    .into());
            }
            note_displaced(write, &after, &triage.displaced, "offered", today)?;
        }
        Verb::Decline => {
            let (reason, ground) = no::reason(write, before, answer, &triage)?;
            said = Said { reason, ground: Some(ground), ..said };
            after.set("reason", Value::Text(said.reason.clone()));
        }
        Verb::SelfServe => {
            said.ready = ready(before, answer, &triage)?;
            after.set("reason", Value::Text(said.ready.clone()));
        }
        _ => {
            verb.apply(&mut after, answer, today)?;
            said.until = answer.day;
        }
    }
    if verb != Verb::Defer {
        after.set("deferred_until", Value::Nothing);
    }
    after.set("state", Value::Text(verb.done().to_owned()));
    after.set("replied_on", Value::Day(today));
    if before.text("reply").trim().is_empty() || before.day("replied_on").is_some() {
        let text = reply::of(write, &after, &triage, verb, &said, today)?;
        after.set("reply", Value::Text(text));
    }
    Ok(Carried { after, touched: carried.0, notices: carried.1 })
}

/// Whether it is a thing that time is planned for, and open.
fn room_for(item: &Item) -> bool {
    crate::domain::parts::displacement::MOVABLE.contains(&item.kind())
        && item.shelf() == crate::domain::noun::Shelf::Open
}

/// What is named frees time: it is planned in that week, or it is work with an estimate that waits,
/// and has to: what is not planned there and due after it stays as it is.
fn frees_something(named: &[Item], triage: &Triage) -> Result<()> {
    let is_planned = |item: &Item| triage.candidates.iter().any(|slip| slip.what.id == item.id);
    let is_sized = |item: &Item| item.whole("estimate").is_some_and(|minutes| minutes > 0);
    let due_later = |item: &Item| {
        let to = triage.displaced.iter().find(|slip| slip.what.id == item.id)?.to?;
        super::room::due_of(item).filter(|due| *due >= to)
    };
    let stays = |item: &Item| !is_sized(item) || due_later(item).is_some();
    let Some(other) = named.iter().find(|item| !is_planned(item) && stays(item)) else {
        return Ok(());
    };
    let week = &triage.week.to_string()[5..];
    let refs: Vec<String> =
        triage.candidates.iter().map(|slip| slip.what.reference.to_string()).collect();
    let what = match due_later(other).filter(|_| is_sized(other)) {
        Some(due) => format!(
            "{} need not move: nothing of it is planned in {week}, and it is due {}",
            other.reference,
            due.format("%a %-d %b")
        ),
        None => format!("{} frees nothing: nothing of it is planned in {week}", other.reference),
    };
    let hint = if refs.is_empty() {
        "name work with an estimate, which then waits: --displace a3".to_owned()
    } else {
        format!("planned in {week}: {}", refs.join(", "))
    };
    Err(Refusal::input(what).hint(hint).choices(refs).into())
}

/// The two questions on accepting: which decision does it improve, what signal would prove it.
fn questions(before: &Item, answer: &Answer, triage: &Triage) -> Result<Said> {
    let line = |text: Option<&str>, kept: &str| {
        let text = text.map(str::trim).filter(|text| !text.is_empty());
        text.unwrap_or(kept.trim()).to_owned()
    };
    let signal = match answer.extra("signal") {
        Value::Text(signal) => Some(signal.as_str()),
        _ => None,
    };
    let decision = line(answer.line.as_deref(), &triage.decision);
    let signal = line(signal, &triage.signal);
    let missing = match (decision.is_empty(), signal.is_empty()) {
        (false, false) => return Ok(Said { decision, signal, ..Said::default() }),
        (true, true) => "which decision it improves and what signal would prove it",
        (true, false) => "which decision it improves",
        (false, true) => "what signal would prove that it worked",
    };
    let reference = before.reference;
    Err(Refusal::input(format!("to accept {reference}, say {missing}"))
        .hint(format!("prewire request triage {reference} --accept --decision '…' --signal '…'"))
        .into())
}

/// Beyond the budget, what gives way is named (I7), and gives enough.
fn displaces(before: &Item, triage: &Triage, named: &[ItemId]) -> Result<()> {
    let is_named = !named.is_empty() || before.state().slug == "traded";
    let needed = triage.overflow;
    if needed == 0 || (is_named && !triage.displaced.is_empty() && triage.freed() >= needed) {
        return Ok(());
    }
    let reference = before.reference;
    let over = show_minutes(triage.overflow);
    let what = if is_named && !triage.displaced.is_empty() {
        let freed = show_minutes(triage.freed());
        format!(
            "{reference} is {over} over the reactive budget, and what you named gives {freed} (I7)"
        )
    } else {
        format!("{reference} is {over} over the reactive budget; name what gives way (I7)")
    };
    let proposed: &[Slip] = if named.is_empty() && triage.freed() >= needed {
        &triage.displaced
    } else {
        &triage.candidates
    };
    let refs: Vec<String> = proposed.iter().map(|slip| slip.what.reference.to_string()).collect();
    let mut given = 0;
    let enough = proposed.iter().take_while(|slip| {
        let wanted = given < needed;
        given += slip.minutes;
        wanted
    });
    let enough: Vec<String> = enough.map(|slip| slip.what.reference.to_string()).collect();
    let hint = if given < needed {
        let all = if refs.is_empty() {
            "nothing is planned in that week".to_owned()
        } else {
            format!("all that is planned in that week gives {}", show_minutes(given))
        };
        format!("{all}; name work with an estimate that waits too (--displace a3), or --defer DATE")
    } else {
        format!("--displace {} gives enough", enough.join(","))
    };
    Err(Refusal::input(what).hint(hint).choices(refs).into())
}

/// What is ready: as said, else as the policy has it.
fn ready(before: &Item, answer: &Answer, triage: &Triage) -> Result<String> {
    let said = answer.line.as_deref().map(str::trim).filter(|line| !line.is_empty());
    let known = triage.rules.iter().find_map(|cited| cited.place.clone());
    match said.map(str::to_owned).or(known) {
        Some(ready) => Ok(ready),
        None => Ok(Verb::SelfServe.line(before, answer)?),
    }
}

/// The request becomes work: an asset, time for it in the week, and what gives way moves.
fn accept(
    write: &Write<'_>,
    after: &mut Item,
    triage: &Triage,
    at: At<'_>,
) -> Result<(Vec<ItemId>, Vec<String>)> {
    let (.., today) = at;
    let moved = displace(write, triage, at)?;
    note_displaced(write, after, &triage.displaced, "moved", today)?;
    let asset = becomes(write, after)?;
    let planned = make_room::taken_over(write, (after, &asset), triage, at)?;
    let mut touched = vec![asset.id];
    let mut notices = vec![format!("{} “{}” made", asset.reference, asset.title())];
    after.set("asset", Value::Item(asset.id));
    if let Some(estimate) = triage.estimate {
        make_room::for_work(write, &asset, estimate - planned, triage, at)?;
    }
    for slip in &triage.displaced {
        notices.push(slip.words(today));
    }
    touched.extend(moved);
    Ok((touched, notices))
}

/// The asset that a request becomes, with what both have.
fn becomes(write: &Write<'_>, request: &Item) -> Result<Item> {
    let id = ItemId(write.new_id());
    let mut asset = Item::new(id, write.next_ref(Kind::Asset)?, write.at, &write.actor);
    for name in ["title", "owner", "priority", "tags", "link", "for", "estimate"] {
        asset.set(name, request.get(name).clone());
    }
    asset.set("due", request.get("wanted_by").clone());
    for (name, slug) in [("state", "planned"), ("band", "reactive"), ("origin", "requested")] {
        asset.set(name, Value::Text(slug.to_owned()));
    }
    write.insert(&asset)?;
    Ok(asset)
}

/// Moves the time of what gives way after the week, and its day where it would be missed.
fn displace(write: &Write<'_>, triage: &Triage, at: At<'_>) -> Result<Vec<ItemId>> {
    make_room::move_blocks(write, triage, at)?;
    let (settings, _, today) = at;
    let mut touched = Vec::new();
    for slip in &triage.displaced {
        let Some(due) = slip.due else { continue };
        let before = edit::present(write, &[slip.what.id])?.swap_remove(0);
        let mut after = before.clone();
        if let Some(name) = before.kind().noun().due {
            after.set(name, Value::Day(due));
        }
        let after = record::changed(write, &before, after, settings)?;
        edit::write_changed(write, &before, &after)?;
        let parts = write.parts_of(&after)?;
        let taken: Vec<i64> =
            of_kind(&parts, PartKind::Blocker).map(|part| part.position).collect();
        let cause =
            Part::new(write.new_part_id(), PartKind::Blocker, after.id, free_position(&taken))
                .with("cause", Value::Text("request".to_owned()))
                .with("moved_from", slip.from.map_or(Value::Nothing, Value::Day))
                .with("moved_to", Value::Day(due))
                .with("noted_on", Value::Day(today));
        write.insert_part(&cause)?;
        touched.push(after.id);
    }
    Ok(touched)
}

/// Keeps on the request what gives way, or would.
fn note_displaced(
    write: &Write<'_>,
    request: &Item,
    slips: &[Slip],
    standing: &str,
    today: NaiveDate,
) -> Result<()> {
    let before = write.parts_of(request)?;
    let mut after: Vec<Part> =
        before.iter().filter(|part| part.kind != PartKind::Displacement).cloned().collect();
    let day = |day: Option<NaiveDate>| day.map_or(Value::Nothing, Value::Day);
    for (position, slip) in (1..).zip(slips) {
        let known = of_kind(&before, PartKind::Displacement);
        let known = known.into_iter().find(|part| part.link("item") == Some(slip.what.id));
        let id = known.map_or_else(|| write.new_part_id(), |part| part.id);
        after.push(
            Part::new(id, PartKind::Displacement, request.id, position)
                .with("item", Value::Item(slip.what.id))
                .with("minutes", Value::Whole(slip.minutes))
                .with("due_from", day(slip.from))
                .with("due_to", day(slip.due))
                .with("moved_to", day(slip.to))
                .with("standing", Value::Text(standing.to_owned()))
                .with("noted_on", Value::Day(today)),
        );
    }
    write.update_parts(&before, &after)?;
    Ok(())
}

/// Requests whose work has shipped are done.
pub fn close_fulfilled(write: &Write<'_>, assets: &[ItemId]) -> Result<Vec<ItemId>> {
    use crate::store::intake::Intake;
    let mut closed = Vec::new();
    let ids = write.requests_of(assets)?;
    for before in write.items(&ids)?.into_iter().filter(|item| item.state().slug == "accepted") {
        let mut after = before.clone();
        after.set("state", Value::Text("done".to_owned()));
        write.update(&before, &after)?;
        closed.push(after.id);
    }
    Ok(closed)
}
