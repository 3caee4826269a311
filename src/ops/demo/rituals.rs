//! The rituals that the demo held before: what was said in each, and the page that it ended in.

use chrono::{Datelike, Duration, Months, NaiveDate, Weekday};

use crate::domain::item::{Item, ItemId, Ref};
use crate::domain::kind::Kind;
use crate::domain::part::{Part, PartKind};
use crate::domain::refusal::Refusal;
use crate::domain::ritual::{Mark, RitualKind, Said};
use crate::domain::value::Value;
use crate::domain::week::Week;
use crate::store::Write;
use crate::store::lookup::Lookup;

use super::super::error::Result;
use super::super::maturity;
use super::super::ritual::{contents, minutes, plural, step};
use super::super::workspace::Settings;

const HELD: &str = include_str!("../../../assets/demo-rituals.txt");

/// A ritual that was held.
struct Held<'a> {
    kind: RitualKind,
    on: NaiveDate,
    seconds: i64,
    said: Vec<&'a str>,
}

/// Writes them, the earliest first; what would lie after yesterday is left out.
pub(super) fn write(write: &Write<'_>, settings: &Settings, today: NaiveDate) -> Result<()> {
    let mut all: Vec<Held<'_>> = Vec::new();
    for line in HELD.lines().map(str::trim).filter(|line| !line.starts_with('#')) {
        let mut words = line.splitn(4, ' ');
        let mut next = || words.next().unwrap_or("");
        let (first, at, day, seconds) = (next(), next(), next(), next());
        match RitualKind::parse(first) {
            Some(kind) => {
                let on = held_on(at, day, today).ok_or_else(|| wrong(line))?;
                let seconds = seconds.parse().map_err(|_| wrong(line))?;
                all.push(Held { kind, on, seconds, said: Vec::new() });
            }
            None => all.last_mut().ok_or_else(|| wrong(line))?.said.push(line),
        }
    }
    all.retain(|held| held.on < today);
    all.sort_by_key(|held| held.on);
    for held in &all {
        one(write, held, settings)?;
    }
    Ok(())
}

fn wrong(line: &str) -> Refusal {
    Refusal::input(format!("“{line}” of the rituals of the demo"))
}

/// `-2 mon`: a day of a week from this one; `month-1 6`: of a month, on a working day.
fn held_on(at: &str, day: &str, today: NaiveDate) -> Option<NaiveDate> {
    if let Some(ago) = at.strip_prefix("month-") {
        let first = today.with_day(1)?.checked_sub_months(Months::new(ago.parse().ok()?))?;
        let on = first.with_day(day.parse().ok()?)?;
        let later = match on.weekday() {
            Weekday::Sat => 2,
            Weekday::Sun => 1,
            _ => 0,
        };
        return Some(on + Duration::days(later));
    }
    let place = ["mon", "tue", "wed", "thu", "fri"].iter().position(|name| *name == day)?;
    let days = 7 * at.parse::<i64>().ok()? + i64::try_from(place).ok()?;
    Some(Week::of(today).monday() + Duration::days(days))
}

fn one(write: &Write<'_>, held: &Held<'_>, settings: &Settings) -> Result<()> {
    let about = (held.kind == RitualKind::Standup).then_some(Kind::Decision);
    let mut run =
        Item::new(ItemId(write.new_id()), write.next_ref(Kind::Ritual)?, write.at, &write.actor);
    let text = |text: &str| match text {
        "" => Value::Nothing,
        text => Value::Text(text.to_owned()),
    };
    run.set("title", text(&step::title(held.kind, about, held.on)));
    run.set("ritual", text(held.kind.slug()));
    run.set("about", about.map_or(Value::Nothing, |kind| text(plural(kind))));
    run.set("period", text(&held.kind.period(held.on, settings.fiscal_start_month)));
    run.set("began_on", Value::Day(held.on));
    run.set("finished_on", Value::Day(held.on));
    run.set("seconds", Value::Whole(held.seconds));
    run.set("state", text("finished"));
    let said: Vec<Said> =
        held.said.iter().map(|line| said(write, held.kind, line)).collect::<Result<_>>()?;
    let ritual = contents(held.kind)?;
    let seconds = u64::try_from(held.seconds).unwrap_or(0);
    let page = minutes::page(&ritual, run.title(), &said, (seconds, settings))?;
    run.set("note", text(&minutes::markdown(&page)));
    write.insert(&run)?;
    for (place, said) in (1..).zip(&said) {
        let mut part = Part::new(write.new_part_id(), PartKind::Verdict, run.id, place);
        part.set("section", text(&said.section));
        part.set("about", text(said.about.as_deref().unwrap_or("")));
        part.set("text", text(&said.text));
        part.set("said", text(said.mark.slug()));
        part.set("words", text(&said.words));
        write.insert_part(&part)?;
    }
    Ok(())
}

/// One thing that was said; of a row without words its title, of an answer of the twelve its level.
fn said(write: &Write<'_>, kind: RitualKind, line: &str) -> Result<Said> {
    let (head, came) = line.split_once(" :: ").unwrap_or((line, ""));
    let mut words = head.splitn(3, ' ');
    let mark = words.next().and_then(Mark::parse).ok_or_else(|| wrong(line))?;
    let section = words.next().ok_or_else(|| wrong(line))?.to_owned();
    let rest = words.next().unwrap_or("").trim();
    let mut said = Said {
        section,
        about: None,
        text: rest.to_owned(),
        mark,
        words: came.to_owned(),
        driver: String::new(),
    };
    if kind == RitualKind::Maturity {
        let (questions, _) = maturity::read(&Settings::default())?;
        if let Some(found) = questions.questions.iter().find(|one| one.key == rest) {
            said.text.clone_from(&found.text);
        }
        return Ok(said);
    }
    let (name, text) = rest.split_once(' ').unwrap_or((rest, ""));
    if let Some(reference) = Ref::parse(name) {
        let id = write.by_ref(reference)?.ok_or_else(|| wrong(line))?;
        let item = write.items(&[id])?.pop().ok_or_else(|| wrong(line))?;
        said.about = Some(name.to_owned());
        said.text = if text.is_empty() { item.title().to_owned() } else { text.to_owned() };
    }
    Ok(said)
}
