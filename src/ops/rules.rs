//! The rules that an operation is held to, whoever asks for it: titles, states that only verbs bring
//! about, people told apart by name, at most three active outcomes.

use crate::domain::change::{Change, Draft, Edit, Input};
use crate::domain::field::FieldKind;
use crate::domain::item::Item;
use crate::domain::kind::Kind;
use crate::domain::nouns::outcome::MOST_ACTIVE;
use crate::domain::refusal::Refusal;
use crate::domain::value::Value;
use crate::store::Write;
use crate::store::lookup::Lookup;

use super::error::{Error, Result};

pub(super) fn checked_title(draft: &Draft) -> Result<String> {
    let typed = draft.title.trim();
    let from_catalogue = super::metric::title_of(draft)?;
    let title = if typed.is_empty() { from_catalogue.unwrap_or_default() } else { typed };
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

/// A state that a verb brings about is none to begin with.
pub(super) fn refuse_born_so(item: &Item, draft: &Draft) -> Result<()> {
    if draft.kind == Kind::Meeting {
        return Err(Refusal::input("meetings come in from a calendar")
            .hint("prewire import calendar.ics; time of your own is a block: prewire block add")
            .into());
    }
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

/// A promise that was kept, or broken, keeps the day that it was due.
pub(super) fn refuse_redating(before: &Item, after: &Item) -> Result<()> {
    let is_over = before.kind() == Kind::Commitment
        && before.shelf() == crate::domain::noun::Shelf::Closed
        && before.state() == after.state();
    if !is_over || before.get("due") == after.get("due") {
        return Ok(());
    }
    let reference = before.reference;
    let what = format!("{reference} is {}, so the day that it was due stays", before.state().slug);
    Err(Refusal::input(what).hint("a new promise: prewire commitment add '…'").into())
}

/// A state that a verb brings about, or that is derived, is not set by hand.
pub(super) fn refuse_state_by_hand(item: &Item, change: &Change) -> Result<()> {
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
    let when = quarter.map(|quarter| format!(" in {quarter}")).unwrap_or_default();
    Err(Refusal::input(format!(
        "{MOST_ACTIVE} outcomes are active{when}; drop which? {}",
        list.join("; ")
    ))
    .hint(format!(
        "add --drop {} to put this one in its place{}",
        others[0].reference,
        elsewhere(quarter)
    ))
    .choices(others.iter().map(|other| other.reference.to_string()).collect())
    .into())
}

/// How an outcome of a later quarter is told apart.
fn elsewhere(quarter: Option<&str>) -> String {
    let next = quarter.and_then(|quarter| {
        let (year, number) = quarter.split_once("-Q")?;
        let (year, number): (u32, u32) = (year.parse().ok()?, number.parse().ok()?);
        Some(format!("{}-Q{}", year + number / 4, number % 4 + 1))
    });
    next.map_or_else(String::new, |next| format!(", or quarter:{next} where it is one of the next"))
}

/// A bet runs once it is said which decision it improves and what signal will prove it.
pub(super) fn refuse_blind_bet(before: Option<&Item>, after: &Item) -> Result<()> {
    let runs = |item: &Item| item.kind() == Kind::Bet && item.state().slug == "running";
    if !runs(after) || before.is_some_and(runs) {
        return Ok(());
    }
    let missing = match (after.link("improves").is_none(), after.text("signal").trim().is_empty()) {
        (false, false) => return Ok(()),
        (true, true) => "which decision it improves and what signal would prove it",
        (true, false) => "which decision it improves",
        (false, true) => "what signal would prove it",
    };
    let reference = after.reference;
    Err(Refusal::input(format!("before {reference} runs, say {missing}"))
        .hint(format!("prewire bet edit {reference} --improves d1 --signal '…' --state running"))
        .into())
}
