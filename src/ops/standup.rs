//! The standup: open decisions (or assets) one by one, exceptions first, each with what there is to
//! say to it; what verdicts do; and the minutes. The screen and standard input both run it.

use crate::domain::change::{Change, Edit, Input};
use crate::domain::day::{self, Calendar, Lean};
use crate::domain::decision::Record;
use crate::domain::decision::standing::{self, Stances};
use crate::domain::item::{Item, ItemId};
use crate::domain::kind::Kind;
use crate::domain::part::{PartKind, letter};
use crate::domain::refusal::Refusal;
use crate::domain::standup::Verdict;
use crate::domain::value::Value;
use crate::domain::verb::{Answer, Asks};
use crate::exchange::page::Page;

use super::error::Result;
use super::op::{Op, PartStep};
use super::page::ListQuery;
use super::workspace::Workspace;

/// The setting that remembers up to which step the last standup saw.
const SEEN: &str = "standup.step";
/// Most steps that are told.
const MOST: usize = 12;

/// One card.
#[derive(Debug, Clone)]
pub struct Card {
    pub item: Item,
    /// Why it comes first; empty for one of the healthy rest.
    pub why: Vec<String>,
    /// What there is to know, line by line.
    pub lines: Vec<String>,
    /// Who carries it, by name.
    pub driver: String,
}

/// What was said to a card.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    pub id: ItemId,
    pub title: String,
    pub driver: String,
    /// `kept`, or the words of the step.
    pub words: String,
}

impl Workspace {
    /// The cards: exceptions first, then the healthy rest.
    ///
    /// # Errors
    /// A refusal of the filter; a storage error.
    pub fn standup(&mut self, kind: Kind, filter: &str) -> Result<Vec<Card>> {
        if kind == Kind::Decision {
            let (today, usual) = (self.clock.today(), self.usual_age()?);
            let all = self.exceptions_first(filter)?;
            let ids: Vec<ItemId> = all.iter().map(|(record, _)| record.item.id).collect();
            let held = self.rows(&ids)?.0;
            return Ok(all
                .into_iter()
                .zip(held)
                .map(|((record, why), row)| Card {
                    why: why.iter().map(|found| found.words()).collect(),
                    lines: decision_lines(&record, row.holds, today, usual),
                    driver: driver(&record),
                    item: record.item,
                })
                .collect());
        }
        self.asset_cards(kind, filter)
    }

    fn asset_cards(&mut self, kind: Kind, filter: &str) -> Result<Vec<Card>> {
        use crate::domain::field::Names;
        let query = ListQuery { filter: filter.to_owned(), ..ListQuery::all(kind) };
        let ids = self.all_ids(&query)?;
        let (rows, names) = self.rows(&ids)?;
        let mut cards = Vec::with_capacity(rows.len());
        for row in rows {
            let why = self.why(&row, &names)?;
            let pressing = row.late || !row.blockers.is_empty() || row.unlinked;
            let owner = row.item.link("owner").and_then(|id| names.title(id)).unwrap_or("");
            cards.push(Card {
                why: if pressing && !why.is_empty() { vec![why.clone()] } else { Vec::new() },
                lines: vec![format!("{} · {}", row.item.state().slug, why)],
                driver: owner.to_owned(),
                item: row.item,
            });
        }
        cards.sort_by_key(|card| card.why.is_empty());
        Ok(cards)
    }

    /// One card anew, after something was done to it.
    ///
    /// # Errors
    /// A storage error.
    pub fn card(&self, id: ItemId) -> Result<Option<Card>> {
        let Some(record) = self.records(&[id])?.pop() else { return Ok(None) };
        let (today, usual) = (self.clock.today(), self.usual_age()?);
        let holds = self.rows(&[id])?.0.first().map_or(0, |row| row.holds);
        Ok(Some(Card {
            why: record.exceptions(today, usual).iter().map(|found| found.words()).collect(),
            lines: decision_lines(&record, holds, today, usual),
            driver: driver(&record),
            item: record.item,
        }))
    }

    /// What changed since the last standup, newest first; nothing the first time.
    ///
    /// # Errors
    /// A storage error.
    pub fn since_last_standup(&self) -> Result<Vec<String>> {
        let seen = self.store.setting(SEEN)?.and_then(|text| text.parse::<i64>().ok());
        let Some(seen) = seen else { return Ok(Vec::new()) };
        let steps = self.store.steps(0, 200)?;
        let new = steps.iter().filter(|step| step.seq > seen && step.undone_by.is_none());
        Ok(new
            .filter(|step| step.kind == "do" && !step.label.starts_with(SEEN))
            .map(|step| step.label.clone())
            .take(MOST)
            .collect())
    }

    /// What remembers that all until now was seen.
    ///
    /// # Errors
    /// A storage error.
    pub fn standup_seen(&self) -> Result<Op> {
        let step = self.store.head()?.0;
        Ok(Op::Set { name: SEEN.to_owned(), value: Some(step.to_string()) })
    }
}

/// The operation of a verdict; `None` when it changes nothing.
///
/// # Errors
/// A refusal for a day that is none.
pub fn op(verdict: &Verdict, item: &Item, calendar: &Calendar) -> Result<Option<Op>> {
    let items = vec![item.id];
    let noun = item.kind().noun();
    Ok(match verdict {
        Verdict::Keep | Verdict::Stop => None,
        Verdict::Undo => Some(Op::Undo),
        Verdict::Owner(name) => {
            let change =
                Change { field: noun.field("owner"), edit: Edit::Set(Input::Person(name.clone())) };
            Some(Op::Edit { items, changes: vec![change] })
        }
        Verdict::Note(text) => {
            let note = match item.text("note").trim_end() {
                "" => text.clone(),
                note => format!("{note}\n\n{text}"),
            };
            let edit = Edit::Set(Input::Value(Value::Text(note)));
            Some(Op::Edit { items, changes: vec![Change { field: noun.field("note"), edit }] })
        }
        Verdict::Prewire { person, day } => {
            let field = PartKind::Prewire.noun().field("planned_on");
            let typed = if day.is_empty() { "tomorrow" } else { day };
            let changes = Change::typed(field, typed, calendar)?;
            let step = PartStep::Put { kind: PartKind::Prewire, key: person.clone(), changes };
            Some(Op::Parts { owner: item.id, steps: vec![step] })
        }
        Verdict::Verb { verb, option, words } => {
            let line = Some(words.clone()).filter(|words| !words.is_empty());
            let mut answer = Answer { line, ..Answer::default() };
            if let Asks::Day(label) = verb.asks() {
                let day = day::parse(words, calendar, Lean::Future)
                    .map_err(|error| Refusal::input(format!("{label}: {error}")))?;
                answer = Answer { day: Some(day), ..Answer::default() };
            }
            if let Some(option) = option {
                answer.more.push(("option", Value::Text(option.clone())));
            }
            Some(Op::Verb { items, verb: *verb, answer })
        }
    })
}

/// The minutes: what was decided and changed, then what each person takes along.
#[must_use]
pub fn minutes(title: &str, said: &[Said], acknowledged: usize) -> Page {
    let kept = said.iter().filter(|said| said.words == "kept").count();
    let mut page = Page::new(
        title,
        format!("{} looked at one by one, {acknowledged} acknowledged", said.len()),
    );
    page.section("What was said");
    let changed: Vec<String> = said
        .iter()
        .filter(|said| said.words != "kept")
        .map(|said| format!("{}: {}", said.title, said.words))
        .collect();
    if changed.is_empty() {
        page.say("Nothing was changed.");
    }
    page.list(changed);
    if kept > 0 {
        page.say(format!("{kept} kept as they are."));
    }
    let mut people: Vec<&str> = said.iter().map(|said| said.driver.as_str()).collect();
    people.sort_unstable();
    people.dedup();
    if people.is_empty() {
        return page;
    }
    page.section("Who takes what along");
    for person in people {
        page.part(if person.is_empty() { "Nobody yet" } else { person });
        let own = said.iter().filter(|said| said.driver == person);
        page.list(own.map(|said| format!("{} ({})", said.title, said.words)).collect());
    }
    page
}

fn driver(record: &Record) -> String {
    record.item.link("owner").map_or_else(String::new, |id| record.called(id).to_owned())
}

fn decision_lines(
    record: &Record,
    holds: usize,
    today: chrono::NaiveDate,
    usual: i64,
) -> Vec<String> {
    let item = &record.item;
    let mut who = Vec::new();
    if let Some(approver) = item.link("approver") {
        who.push(format!("{} decides", record.called(approver)));
    }
    if let Some(owner) = item.link("owner") {
        who.push(format!("{} drives", record.called(owner)));
    }
    let age = standing::age(item, today);
    who.push(format!("{}, open {age} d (P85 is {usual})", item.state().slug));
    if let Some(due) = item.day("needed_by") {
        who.push(format!("needed {}", day::short(due, today)));
    }
    let mut lines = vec![who.join(" · ")];
    if holds > 0 {
        lines.push(format!("Holds {holds} {}", if holds == 1 { "item" } else { "items" }));
    }
    for option in record.options() {
        let own = letter(option.position).to_string();
        let mark = if item.text("recommendation") == own { "▸" } else { " " };
        lines.push(format!("{mark} {} {}", own.to_uppercase(), option.main()));
    }
    if !item.text("now").is_empty() {
        lines.push(format!("Recommendation: {}", item.text("now")));
    }
    let open: Vec<String> = record
        .open_objections()
        .map(|part| {
            let who = part
                .link("person")
                .map_or_else(String::new, |id| format!("{}: ", record.called(id)));
            format!("{who}{}", part.main())
        })
        .collect();
    if !open.is_empty() {
        lines.push(format!("Open: {}", open.join("; ")));
    }
    let stances = Stances::of(&record.parts).words();
    let unwired: Vec<&str> =
        record.unwired(item.day("forum_on")).iter().map(|id| record.called(*id)).collect();
    match (stances.is_empty(), unwired.is_empty()) {
        (true, true) => {}
        (false, true) => lines.push(format!("Pre-wires: {stances}")),
        (true, false) => lines.push(format!("Not asked yet: {}", unwired.join(", "))),
        (false, false) => {
            lines.push(format!("Pre-wires: {stances}; not asked yet: {}", unwired.join(", ")));
        }
    }
    lines
}
