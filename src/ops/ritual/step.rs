//! One step of a ritual: what is said, kept together with what is done by it, in one transaction,
//! so that undo takes both back. The first one begins the run, the last one ends it.

use chrono::NaiveDate;

use crate::domain::change::{Change, Edit, Input};
use crate::domain::day;
use crate::domain::item::{Item, ItemId, Ref};
use crate::domain::kind::Kind;
use crate::domain::part::{Part, PartKind, letter, of_kind};
use crate::domain::ritual::{Mark, RitualKind, Run, Said};
use crate::domain::value::Value;
use crate::domain::verb::Verb;
use crate::store::lookup::Lookup;
use crate::store::part::Parts;
use crate::store::ritual::Runs;
use crate::store::{OpKind, Write};

use super::super::edit::change;
use super::super::error::Result;
use super::super::op::{self, Op, Outcome};
use super::super::workspace::{Settings, Workspace};
use super::{goes_on, minutes, plural};

/// Whether a ritual goes on after a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ends {
    No,
    /// It is over; what came of it is written down.
    Yes,
}

/// One step.
#[derive(Debug, Clone, PartialEq)]
pub struct RitualStep {
    pub kind: RitualKind,
    pub about: Option<Kind>,
    pub said: Vec<Said>,
    /// What is done by it.
    pub op: Option<Op>,
    /// The row that it is said of.
    pub subject: Option<ItemId>,
    /// The words of the step where nothing is done by it.
    pub label: String,
    /// The time on the screen so far.
    pub seconds: u64,
    /// Whether the ritual ends with it.
    pub ends: Ends,
}

impl Workspace {
    /// A month does not end while a figure is off track that nobody explained or waived, however
    /// the figures stood when its section was left.
    ///
    /// # Errors
    /// The refusal that names the first, or a storage error.
    pub(in crate::ops) fn refuse_end(&mut self, op: &Op) -> Result<()> {
        let Op::Ritual(step) = op else { return Ok(()) };
        if step.ends == Ends::No || step.kind != RitualKind::Month {
            return Ok(());
        }
        let sitting = self.sit(step.kind, step.about, "")?;
        let run = step.said.iter().fold(sitting.run.clone(), Run::hearing);
        run.sections.iter().try_for_each(|section| sitting.let_leave(section))?;
        Ok(())
    }
}

/// `Standup, Tue 12 May 2026`.
#[must_use]
pub(in crate::ops) fn title(kind: RitualKind, about: Option<Kind>, today: NaiveDate) -> String {
    let name = named(kind);
    let of = match about {
        Some(Kind::Asset) => " of assets",
        _ => "",
    };
    format!("{name}{of}, {}", today.format("%a %-d %b %Y"))
}

/// `Check-in`.
pub(super) fn named(kind: RitualKind) -> String {
    capitalised(kind.words())
}

/// With a capital at the beginning.
pub(super) fn capitalised(words: &str) -> String {
    words.get(..1).map_or_else(String::new, |first| first.to_uppercase() + &words[1..])
}

pub(in crate::ops) fn carry_out(
    write: &Write<'_>,
    step: &RitualStep,
    settings: &Settings,
    today: NaiveDate,
) -> Result<Outcome> {
    let mut outcome = match &step.op {
        Some(inner) => op::carry_out(write, inner, OpKind::Do, settings, today)?,
        None => Outcome {
            label: step.label.clone(),
            items: step.subject.into_iter().collect(),
            notices: Vec::new(),
        },
    };
    if outcome.label == "nothing changed" {
        outcome.label.clone_from(&step.label);
    }
    let subject = step.subject.map(|id| write.items(&[id])).transpose()?;
    let subject = subject.into_iter().flatten().next();
    let (before, left) = run(write, step, settings, today)?;
    outcome.notices.extend(left);
    let old = write.parts_of(&before)?;
    let mut new = old.clone();
    for said in &step.said {
        let mut said = said.clone();
        if let Some(item) = &subject {
            said.driver = driver(write, item)?.unwrap_or(said.driver);
            if said.words.is_empty() && said.mark == Mark::Answered {
                said.words = came(write, step.op.as_ref(), item, today)?
                    .unwrap_or_else(|| words_of(&outcome.label, &item.reference.to_string()));
            }
        }
        if subject.is_none() && said.words.is_empty() && said.mark == Mark::Answered {
            said.words = words_of(&outcome.label, said.about.as_deref().unwrap_or(""));
        }
        keep(write, &before, &mut new, &said);
    }
    write.update_parts(&old, &new)?;
    if step.kind == RitualKind::Checkin {
        for said in step.said.iter().filter(|said| said.mark == Mark::Added) {
            outcome.notices.extend(note(write, &said.text, settings, today)?);
        }
    }
    let mut after = before.clone();
    after.set("seconds", Value::Whole(i64::try_from(step.seconds).unwrap_or(i64::MAX)));
    if step.ends == Ends::Yes {
        let ritual = super::contents(step.kind)?;
        let said = super::said(&new);
        let page = minutes::page(&ritual, before.title(), &said, (step.seconds, settings))?;
        after.set("state", Value::Text("finished".to_owned()));
        after.set("finished_on", Value::Day(today));
        after.set("note", Value::Text(minutes::markdown(&page)));
    }
    write.update(&before, &after)?;
    write.join(&before.id.to_string())?;
    if outcome.items.is_empty() {
        outcome.items.push(before.id);
    }
    Ok(outcome)
}

/// The run that goes on, or a new one; what is said of those before it that nobody ended.
fn run(
    write: &Write<'_>,
    step: &RitualStep,
    settings: &Settings,
    today: NaiveDate,
) -> Result<(Item, Vec<String>)> {
    let runs = write.items(&write.runs(step.kind.slug(), step.about.map(plural))?)?;
    if let Some(run) = runs.iter().find(|run| goes_on(run, step.kind, settings, today)) {
        return Ok((run.clone(), Vec::new()));
    }
    let is_left = |run: &&Item| run.state().slug == "running";
    let left = runs.iter().filter(is_left).map(|run| close_as_it_stood(write, run, settings));
    let left = left.collect::<Result<Vec<String>>>()?;
    let id = ItemId(write.new_id());
    let mut run = Item::new(id, write.next_ref(Kind::Ritual)?, write.at, &write.actor);
    let text = |text: &str| Value::Text(text.to_owned());
    run.set("title", text(&title(step.kind, step.about, today)));
    run.set("ritual", text(step.kind.slug()));
    run.set("about", step.about.map_or(Value::Nothing, |kind| text(plural(kind))));
    run.set("period", text(&step.kind.period(today, settings.fiscal_start_month)));
    run.set("began_on", Value::Day(today));
    write.insert(&run)?;
    Ok((run, left))
}

/// A missed week never blocks: a run whose time is over ends with what was said in it. It has no day
/// of its end, so that it counts nowhere as held.
fn close_as_it_stood(write: &Write<'_>, run: &Item, settings: &Settings) -> Result<String> {
    let mut after = run.clone();
    if let Some(kind) = RitualKind::parse(run.text("ritual")) {
        let seconds = u64::try_from(run.whole("seconds").unwrap_or(0)).unwrap_or(0);
        let said = super::said(&write.parts_of(run)?);
        let ritual = super::contents(kind)?;
        let page = minutes::page(&ritual, run.title(), &said, (seconds, settings))?;
        after.set("note", Value::Text(minutes::markdown(&page)));
    }
    after.set("state", Value::Text("finished".to_owned()));
    write.update(run, &after)?;
    Ok(format!("{} was left, and is closed as it stood", run.title()))
}

/// What was said of the same before gives way.
fn keep(write: &Write<'_>, run: &Item, parts: &mut Vec<Part>, said: &Said) {
    let is_same = |part: &&mut Part| {
        let found = super::said(std::slice::from_ref(*part));
        found.first().is_some_and(|other| other.is_about_the_same(said))
    };
    let mine = |part: &&mut Part| part.kind == PartKind::Verdict;
    let place = of_kind(parts, PartKind::Verdict).map(|part| part.position).max().unwrap_or(0) + 1;
    let text = |text: &str| match text {
        "" => Value::Nothing,
        text => Value::Text(text.to_owned()),
    };
    let fill = |part: &mut Part| {
        part.set("section", text(&said.section));
        part.set("about", text(said.about.as_deref().unwrap_or("")));
        part.set("text", text(&said.text));
        part.set("said", text(said.mark.slug()));
        part.set("words", text(&said.words));
        part.set("driver", text(&said.driver));
    };
    if let Some(part) = parts.iter_mut().filter(mine).find(is_same) {
        fill(part);
        return;
    }
    let mut part = Part::new(write.new_part_id(), PartKind::Verdict, run.id, place);
    fill(&mut part);
    parts.push(part);
}

/// What names a decision stands in its note too.
fn note(
    write: &Write<'_>,
    text: &str,
    settings: &Settings,
    today: NaiveDate,
) -> Result<Option<String>> {
    let words = text.split(|letter: char| !letter.is_alphanumeric());
    let named = words.filter_map(Ref::parse).find(|found| found.kind == Kind::Decision);
    let Some(id) = named.map(|named| write.by_ref(named)).transpose()?.flatten() else {
        return Ok(None);
    };
    let items = write.items(&[id])?;
    let Some(item) = items.first().filter(|item| item.deleted_at.is_none()) else {
        return Ok(None);
    };
    let line = format!("{}: {text}", today.format("%-d %b %Y"));
    let note = match item.text("note").trim_end() {
        "" => line,
        note => format!("{note}\n\n{line}"),
    };
    let edit = Edit::Set(Input::Value(Value::Text(note)));
    let changes = [Change { field: item.kind().noun().field("note"), edit }];
    change(write, &[id], &changes, settings, today)?;
    Ok(Some(format!("noted on {}", item.reference)))
}

/// What came of a decision, so that the minutes can be read without it; `None` where the words of
/// the step say it all.
fn came(
    write: &Write<'_>,
    op: Option<&Op>,
    item: &Item,
    today: NaiveDate,
) -> Result<Option<String>> {
    let Some(Op::Verb { verb, answer, .. }) = op else { return Ok(None) };
    if item.kind() == Kind::Outcome {
        let lesson = item.text("lesson");
        let lesson = if lesson.is_empty() { String::new() } else { format!(": {lesson}") };
        return Ok(Some(format!("{}{lesson}", verb.done())));
    }
    if item.kind() == Kind::Bet {
        let until = item.day("kill_on").map(|on| day::echo(on, today));
        return Ok(match verb {
            Verb::Carry => until.map(|until| format!("carried until {until}")),
            Verb::Kill => answer.line.as_ref().map(|why| format!("stopped: {why}")),
            _ => None,
        });
    }
    if item.kind() != Kind::Decision {
        return Ok(None);
    }
    let why = item.text("rationale");
    Ok(match verb {
        Verb::Decide => {
            let parts = write.parts_of(item)?;
            let chosen = of_kind(&parts, PartKind::Option)
                .find(|part| letter(part.position).to_string() == item.text("chosen"));
            Some(match chosen {
                Some(option) if option.main() == why => format!("decided for {why}"),
                Some(option) => format!("decided for {}: {why}", option.main()),
                None => format!("decided: {why}"),
            })
        }
        Verb::Review => {
            let lesson = item.text("lesson");
            let lesson = if lesson.is_empty() { String::new() } else { format!("; {lesson}") };
            let (worked, happened) = (item.text("worked"), item.text("happened"));
            let sure = item.whole("probability").map(|sure| format!(", predicted {sure} %"));
            Some(format!("worked: {worked}{}. {happened}{lesson}", sure.unwrap_or_default()))
        }
        Verb::Defer => item
            .day("deferred_until")
            .map(|until| format!("deferred until {}", day::echo(until, today))),
        Verb::Drop => Some(format!("dropped: {why}")),
        Verb::Escalate => Some(format!("escalated: {}", item.text("escalation"))),
        _ => None,
    })
}

fn driver(write: &Write<'_>, item: &Item) -> Result<Option<String>> {
    use crate::domain::field::Names;
    let Some(owner) = item.link("owner") else { return Ok(None) };
    let names = write.names_of(&[owner])?;
    Ok(names.title(owner).map(str::to_owned))
}

/// The label of a step without the item that it names.
#[must_use]
pub fn words_of(label: &str, reference: &str) -> String {
    let own = label.starts_with(&format!("{reference} "));
    let rest = label.rsplit_once('”').map_or(label, |(_, rest)| rest);
    let rest = rest.trim_start_matches([' ', ':', '→']).trim();
    if own && !rest.is_empty() { rest.to_owned() } else { label.to_owned() }
}
