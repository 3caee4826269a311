//! The verbs of a decision that look at more than its fields: decide, review, reopen, and how a
//! superseded one is left. Each refuses by naming the rule.

use chrono::Days;

use super::standing::{default_option, default_reason, is_default_due};
use super::{Moment, REVIEW_DAYS, Record, kept, refused};
use crate::domain::noun::Shelf;
use crate::domain::nouns::decision::WORKED;
use crate::domain::part::{Part, PartId, PartKind, free_position, letter, of_kind};
use crate::domain::refusal::Refusal;
use crate::domain::value::Value;
use crate::domain::verb::{Answer, Verb};

/// Carries a verb of a decision out on its record. `ids` gives each new part its id.
///
/// # Errors
/// The rule that it breaks, in words, or the answer that is missing.
pub fn carry_out(
    verb: Verb,
    record: &mut Record,
    answer: &Answer,
    moment: &Moment,
    ids: &mut dyn FnMut() -> PartId,
) -> Result<(), Refusal> {
    let missing = record.unframed();
    let open = record.item.shelf() == Shelf::Open;
    if verb == Verb::Decide && open && record.binds() && !missing.is_empty() {
        return Err(refused::unframed(record, &missing));
    }
    if let Some(refusal) = verb.refusal(&record.item) {
        return Err(refusal);
    }
    match verb {
        Verb::Decide => decide(record, answer, moment, ids),
        Verb::Review => review(record, answer, moment),
        Verb::Reopen => reopen(record, answer, moment, ids),
        Verb::Defer
        | Verb::Drop
        | Verb::Escalate
        | Verb::Supersede
        | Verb::Ship
        | Verb::Challenge
        | Verb::Reshape
        | Verb::Deprioritise
        | Verb::Retire
        | Verb::Complete
        | Verb::Keep
        | Verb::Break
        | Verb::Accept
        | Verb::Trade
        | Verb::Decline
        | Verb::SelfServe
        | Verb::Fulfil
        | Verb::Send
        | Verb::Answer
        | Verb::Tick
        | Verb::Miss
        | Verb::Finish
        | Verb::Activate
        | Verb::Kill
        | Verb::Carry
        | Verb::Wait => verb.apply(&mut record.item, answer, moment.today),
    }
}

fn decide(
    record: &mut Record,
    answer: &Answer,
    moment: &Moment,
    ids: &mut dyn FnMut() -> PartId,
) -> Result<(), Refusal> {
    let binds = record.binds();
    let reference = record.item.reference;
    let takes_default = takes_default(record, answer, moment);
    let own = default_option(&record.item, &record.parts).filter(|_| takes_default);
    let chosen = match own {
        Some(own) => Some(own.to_string()),
        None => chosen(record, answer)?,
    };
    if binds && record.item.text("signal").trim().is_empty() {
        let how = format!("frame {reference} --signal 'what will show that it worked'");
        return Err(refused::incomplete(record, "signal", &how));
    }
    let rationale = match (takes_default, said(answer)) {
        (true, None) => default_reason(&record.item, moment.today),
        _ => rationale(record, answer, chosen.as_deref(), binds)?,
    };
    let review_on = match answer.extra("review_on") {
        Value::Day(day) if *day <= moment.today => {
            return Err(Refusal::input(format!("{day} is not after today"))
                .hint("a decision is reviewed on a later day"));
        }
        Value::Day(day) => Some(*day),
        _ => record.item.day("review_on").filter(|day| *day > moment.today).or_else(|| {
            let is_bet = binds || !record.item.text("signal").trim().is_empty();
            moment.today.checked_add_days(Days::new(REVIEW_DAYS)).filter(|_| is_bet)
        }),
    };
    override_or_refuse(record, answer, moment, ids)?;
    let item = &mut record.item;
    if let Value::Whole(sure) = answer.extra("probability") {
        item.set("probability", Value::Whole(*sure));
    }
    item.set("chosen", chosen.map_or(Value::Nothing, Value::Text));
    item.set("rationale", Value::Text(rationale));
    item.set("decided_on", Value::Day(moment.today));
    item.set("decided_at", Value::Text(instant(moment)));
    item.set("review_on", review_on.map_or(Value::Nothing, Value::Day));
    item.set("deferred_until", Value::Nothing);
    item.set("state", Value::Text("decided".to_owned()));
    Ok(())
}

fn said(answer: &Answer) -> Option<&str> {
    answer.line.as_deref().map(str::trim).filter(|line| !line.is_empty())
}

/// Whether a default is what is decided: its day has come, no option is named, and no objection is open.
fn takes_default(record: &Record, answer: &Answer, moment: &Moment) -> bool {
    let is_due = is_default_due(&record.item, moment.today);
    let is_free = record.open_objections().next().is_none();
    let is_open = *answer.extra("option") == Value::Nothing;
    is_due && is_free && is_open
}

/// The letter of the option that is chosen: the one that is named, else the recommended one.
fn chosen(record: &Record, answer: &Answer) -> Result<Option<String>, Refusal> {
    let reference = record.item.reference;
    let Value::Text(named) = answer.extra("option") else {
        return Ok(record.recommended().map(|option| letter(option.position).to_string()));
    };
    if let Some(option) = record.option(named) {
        return Ok(Some(letter(option.position).to_string()));
    }
    let known: Vec<String> = record
        .options()
        .map(|option| format!("{} {}", letter(option.position), option.main()))
        .collect();
    let refusal = Refusal::input(format!("{reference} has no option {named}"));
    Err(if known.is_empty() {
        refusal.hint(format!("prewire decision option {reference} add '…'"))
    } else {
        refusal.hint(format!("there are {}", known.join("; ")))
    })
}

/// Why: as answered; where little is at stake, the recommendation speaks for itself.
fn rationale(
    record: &Record,
    answer: &Answer,
    chosen: Option<&str>,
    binds: bool,
) -> Result<String, Refusal> {
    if let Some(line) = said(answer) {
        return Ok(line.to_owned());
    }
    let recommended = chosen.and_then(|key| record.option(key)).map(Part::main);
    let now = Some(record.item.text("now")).filter(|now| !now.is_empty());
    match now.or(recommended) {
        Some(words) if !binds => Ok(words.to_owned()),
        _ => Err(Verb::Decide.unanswered(&record.item)),
    }
}

/// I3, or an override that keeps who, when and why (I13).
fn override_or_refuse(
    record: &mut Record,
    answer: &Answer,
    moment: &Moment,
    ids: &mut dyn FnMut() -> PartId,
) -> Result<(), Refusal> {
    // What is noted for a day to come has not been said yet.
    let last = record.item.day("forum_on").map_or(moment.today, |forum| forum.min(moment.today));
    let missing = record.unwired(Some(last));
    let reason = match answer.extra("override") {
        Value::Text(reason) => reason.trim(),
        _ => "",
    };
    if missing.is_empty() {
        return Ok(());
    }
    if reason.is_empty() {
        return Err(refused::unwired(record, &missing, last, moment.today));
    }
    let giver = match answer.extra("override_by") {
        Value::Text(name) => name.trim().trim_start_matches('@'),
        _ => moment.actor.as_str(),
    };
    if giver.is_empty() {
        return Err(Refusal::input("an override needs somebody who gives it (I13)")
            .hint("--override-by NAME, or say who you are once: prewire config set me NAME"));
    }
    let names: Vec<&str> = missing.iter().map(|id| record.called(*id)).collect();
    let text = |text: &str| Value::Text(text.to_owned());
    let part = new_part(record, PartKind::Override, ids)
        .with("rule", text("I3"))
        .with("reason", text(reason))
        .with("person", text(giver))
        .with("given_at", Value::Text(instant(moment)))
        .with("missing", Value::Text(refused::listed(&names)));
    record.parts.push(part);
    Ok(())
}

fn review(record: &mut Record, answer: &Answer, moment: &Moment) -> Result<(), Refusal> {
    let line = Verb::Review.line(&record.item, answer)?;
    let (worked, happened) = match answer.extra("worked") {
        Value::Nothing => verdict_in(&line),
        worked => (worked.clone(), line),
    };
    if worked == Value::Nothing || happened.is_empty() {
        let reference = record.item.reference;
        return Err(Refusal::input(format!("to review {reference} takes a verdict: worked")).hint(
            format!("prewire decision review {reference} --happened '…' --worked yes|partly|no"),
        ));
    }
    let item = &mut record.item;
    item.set("happened", Value::Text(happened));
    item.set("worked", worked);
    if let Value::Text(lesson) = answer.extra("lesson") {
        item.set("lesson", Value::Text(lesson.clone()));
    }
    item.set("reviewed_on", Value::Day(moment.today));
    if item.state().slug != "superseded" {
        item.set("state", Value::Text("reviewed".to_owned()));
    }
    Ok(())
}

/// `yes, it held`: a verdict in front of what happened, where there is one line for both.
fn verdict_in(line: &str) -> (Value, String) {
    let (first, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
    let word = first.trim_end_matches([',', ':', ';', '.']).to_lowercase();
    match WORKED.iter().find(|slug| **slug == word) {
        Some(slug) => (Value::Text((*slug).to_owned()), rest.trim().to_owned()),
        None => (Value::Nothing, line.to_owned()),
    }
}

/// Puts the question again; a record that was decided is kept as a version (I4).
fn reopen(
    record: &mut Record,
    answer: &Answer,
    moment: &Moment,
    ids: &mut dyn FnMut() -> PartId,
) -> Result<(), Refusal> {
    if record.item.day("decided_on").is_none() {
        Verb::Reopen.apply(&mut record.item, answer, moment.today)?;
        record.settle();
        return Ok(());
    }
    let reason = Verb::Reopen.line(&record.item, answer)?;
    let decided_on = record.item.get("decided_on").clone();
    let part = new_part(record, PartKind::Version, ids)
        .with("record", Value::Text(kept::told(record)))
        .with("reason", Value::Text(reason))
        .with("decided_on", decided_on)
        .with("reopened_on", Value::Day(moment.today));
    record.parts.push(part);
    for name in [
        "chosen",
        "rationale",
        "decided_on",
        "decided_at",
        "review_on",
        "happened",
        "worked",
        "lesson",
        "reviewed_on",
        "deferred_until",
        "superseded_by",
    ] {
        record.item.set(name, Value::Nothing);
    }
    // What was linked after the answer that is gone was linked before the next one (I10).
    for basis in record.parts.iter_mut().filter(|part| part.kind == PartKind::Basis) {
        basis.set("late", Value::Nothing);
    }
    record.item.set("state", Value::Text("raised".to_owned()));
    record.settle();
    Ok(())
}

fn new_part(record: &Record, kind: PartKind, ids: &mut dyn FnMut() -> PartId) -> Part {
    let taken: Vec<i64> = of_kind(&record.parts, kind).map(|part| part.position).collect();
    Part::new(ids(), kind, record.item.id, free_position(&taken))
}

/// The instant as it is written everywhere: UTC, milliseconds, `Z`.
fn instant(moment: &Moment) -> String {
    moment.at.to_rfc3339_opts(chrono::SecondsFormat::Millis, true)
}
