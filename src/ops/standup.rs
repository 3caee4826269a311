//! The rows of a standup, exceptions first; what there is to know of each; and what a verdict in a
//! line does to it. Which were spoken of is the ritual's.

use chrono::NaiveDate;

use crate::domain::change::{Change, Edit, Input};
use crate::domain::day::{self, Calendar, Lean};
use crate::domain::decision::Record;
use crate::domain::decision::standing::{self, Exception, Stances};
use crate::domain::field::Names;
use crate::domain::item::{Item, ItemId, Ref};
use crate::domain::kind::Kind;
use crate::domain::part::{PartKind, letter};
use crate::domain::refusal::Refusal;
use crate::domain::standup::Verdict;
use crate::domain::value::Value;
use crate::domain::verb::{Answer, Asks, Verb};
use crate::store::NameTable;

use super::detail::Detail;
use super::error::Result;
use super::op::{Op, PartStep};
use super::page::{ListQuery, Row};
use super::workspace::Workspace;

mod closing;
mod lineup;
mod rows;

pub(super) use lineup::{Line, LineUp, Side};
pub(super) use rows::RowLine;

/// Most changes that a card tells.
const CHANGES: usize = 3;
/// What stands before a line that is told where there is room for it.
pub const ASIDE: &str = "    ";
/// What is told of an option beside what it is.
const ASIDE_OF_OPTION: [(&str, &str); 2] = [("gains", "gains"), ("gives_up", "gives up")];
/// Most parts of a frame that are named as missing.
const MISSING: usize = 3;
/// Most refs of what a row holds.
const HELD: usize = 4;

/// One card.
#[derive(Debug, Clone)]
pub struct Card {
    pub item: Item,
    /// Why it comes first; empty for one of the healthy rest.
    pub why: Vec<String>,
    /// What there is to know, line by line.
    pub lines: Vec<String>,
    /// How many of these lines, the first ones, say who and when.
    pub quiet: usize,
    /// Who carries it, by name.
    pub driver: String,
}

/// A row that waits for its card.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Queued {
    pub id: ItemId,
    pub reference: Ref,
    pub title: String,
    pub state: &'static str,
    pub due: Option<NaiveDate>,
    /// Why it comes first; empty for one of the healthy rest.
    pub why: Vec<String>,
    /// Who carries it, by name.
    pub driver: String,
}

impl Workspace {
    /// The rows in their order, exceptions first, then the healthy rest.
    ///
    /// # Errors
    /// A refusal of the filter; a storage error.
    pub fn standup(&mut self, kind: Kind, filter: &str) -> Result<Vec<Queued>> {
        if kind != Kind::Decision {
            return self.standup_of_rows(kind, filter);
        }
        let all = self.exceptions_first(filter)?.into_iter();
        Ok(all.map(|(brief, why)| Queued::of(&brief, &why)).collect())
    }

    fn standup_of_rows(&mut self, kind: Kind, filter: &str) -> Result<Vec<Queued>> {
        let query = ListQuery { filter: filter.to_owned(), ..ListQuery::all(kind) };
        let ids = self.all_ids(&query)?;
        let mut queue = self.queued_rows(kind, &ids)?;
        queue.sort_by_key(|queued| queued.why.is_empty());
        Ok(queue)
    }

    /// Why a row is an exception, when it is one.
    fn pressing(&self, row: &Row, names: &NameTable) -> Result<Option<String>> {
        let presses = row.late || !row.blockers.is_empty() || row.unlinked;
        Ok(if presses { Some(self.why(row, names)?).filter(|why| !why.is_empty()) } else { None })
    }

    /// A card in full; with what changed after a step of the journal, when one is named.
    ///
    /// # Errors
    /// A storage error.
    pub fn card(&self, id: ItemId, seen: Option<i64>) -> Result<Option<Card>> {
        self.card_beside(None, id, seen)
    }

    /// The same beside the item in full, where that was read.
    ///
    /// # Errors
    /// A storage error.
    pub fn card_beside(
        &self,
        detail: Option<&Detail>,
        id: ItemId,
        seen: Option<i64>,
    ) -> Result<Option<Card>> {
        let Some(item) = self.store.item(id)? else { return Ok(None) };
        let mut card = if item.kind() == Kind::Decision {
            let Some(record) = self.records(&[id])?.pop() else { return Ok(None) };
            let looked_back = self.looked_back(&record.item)?;
            let mut card = self.decision_card(record)?;
            if let Some(on) = card.item.day("review_on").filter(|_| !looked_back.is_empty()) {
                // It is decided, so it cannot be late any more; the look back can.
                card.why = vec![format!("review {}", day::short(on, self.clock.today()))];
            }
            card.lines.extend(looked_back);
            card
        } else if let Some(detail) = detail {
            self.row_card(detail)?
        } else {
            let Some(detail) = self.detail(id)? else { return Ok(None) };
            self.row_card(&detail)?
        };
        if let Some(seen) = seen {
            card.lines.extend(self.changes_since(&card.item, seen)?);
        }
        Ok(Some(card))
    }

    fn decision_card(&self, record: Record) -> Result<Card> {
        let (today, usual) = (self.clock.today(), self.usual_age()?);
        let held = self.mentions(record.item.links("blocks"))?;
        let held: Vec<String> =
            held.iter().filter(|one| !one.closed).map(|one| one.reference.to_string()).collect();
        let in_state = self.since_when(&record.item)?;
        let in_state = in_state.map(|on| (today - on).num_days().max(0));
        let (lines, quiet) = decision_lines(&record, &held, in_state, (today, usual));
        Ok(Card {
            why: record.exceptions(today, usual).iter().map(|found| found.words()).collect(),
            lines,
            quiet,
            driver: driver(&record),
            item: record.item,
        })
    }

    /// Since when a decision is in its state: the day that says so, else the journal, which knows of
    /// nothing before the item came into this file.
    fn since_when(&self, item: &Item) -> Result<Option<NaiveDate>> {
        let dated = match item.state().slug {
            "decided" => item.day("decided_on"),
            "raised" => Some(standing::raised(item)),
            _ => None,
        };
        let came = item.created_at.date_naive();
        let is_whole = standing::raised(item) >= came;
        let noted = self.store.since(item.id, "state")?.map(|at| at.date_naive());
        Ok(dated.or(noted.filter(|on| is_whole || *on > came)))
    }

    fn row_card(&self, detail: &Detail) -> Result<Card> {
        let item = &detail.row.item;
        let today = self.clock.today();
        let owner = item.link("owner").and_then(|id| detail.names.title(id)).unwrap_or("");
        let mut first = Vec::new();
        if !owner.is_empty() {
            first.push(format!("{owner} carries it"));
        }
        first.push(item.state().slug.to_owned());
        let due = item.kind().noun().due.and_then(|name| item.day(name));
        first.extend(due.map(|due| format!("due {}", day::short(due, today))));
        first.extend(item.whole("estimate").map(day::show_minutes));
        let mut lines = vec![first.join(" · ")];
        match item.link("for").and_then(|id| detail.names.title(id)) {
            Some(serves) => lines.push(format!("Serves {serves}")),
            None if item.kind() == Kind::Outcome => {}
            None => lines.push("Serves nothing yet".to_owned()),
        }
        lines.extend(self.outcome_in_short(item)?);
        lines.extend(self.looked_back(item)?);
        let by: Vec<String> = detail.held_by.iter().filter(|one| !one.closed).map(named).collect();
        if !by.is_empty() {
            lines.push(format!("Blocked by {}", by.join(", ")));
        }
        let why = self.pressing(&detail.row, &detail.names)?;
        let (driver, item) = (owner.to_owned(), item.clone());
        Ok(Card { why: why.into_iter().collect(), lines, quiet: 2, driver, item })
    }

    /// What changed of a row after a step, newest first.
    fn changes_since(&self, item: &Item, seen: i64) -> Result<Vec<String>> {
        let own = format!("{} ", item.reference);
        let steps = self.store.steps_of(item.id, 20)?;
        let new = steps
            .iter()
            .filter(|step| step.seq > seen && step.undone_by.is_none() && step.kind == "do");
        let words = |label: &str| match label.strip_prefix(&own) {
            Some(rest) => rest.rsplit_once('”').map_or(rest, |(_, rest)| rest).to_owned(),
            None => label.to_owned(),
        };
        let words = new.map(|step| words(&step.label));
        let words = words.map(|words| words.trim_start_matches([' ', ':', '→']).trim().to_owned());
        let told: Vec<String> = words.filter(|words| !words.is_empty()).take(CHANGES).collect();
        let line = |told: Vec<String>| format!("Changed since: {}", told.join("; "));
        Ok(Some(told).filter(|told| !told.is_empty()).map(line).into_iter().collect())
    }
}

/// `a4 Battlecard vs Rivo`.
fn named(one: &super::detail::Mention) -> String {
    format!("{} {}", one.reference, one.title)
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
        Verdict::State(word) => {
            let changes = Change::typed(noun.field("state"), word, calendar)?;
            Some(Op::Edit { items, changes })
        }
        Verdict::Prewire { person, day } => {
            let field = PartKind::Prewire.noun().field("planned_on");
            let typed = if day.is_empty() { "tomorrow" } else { day };
            let changes = Change::typed(field, typed, calendar)?;
            let step = PartStep::Put { kind: PartKind::Prewire, key: person.clone(), changes };
            Some(Op::Parts { owner: item.id, steps: vec![step] })
        }
        Verdict::Verb { verb, option, words } => {
            let (words, lesson) = match words.split_once(" -- ") {
                Some((words, lesson)) if *verb == Verb::Review => (words.trim(), Some(lesson)),
                _ => (words.as_str(), None),
            };
            let line = Some(words.to_owned()).filter(|words| !words.is_empty());
            let mut answer = Answer { line, ..Answer::default() };
            if let Asks::Day(label) = verb.asks() {
                let day = day::parse(words, calendar, Lean::Future)
                    .map_err(|error| Refusal::input(format!("{label}: {error}")))?;
                answer = Answer { day: Some(day), ..Answer::default() };
            }
            if let Some(option) = option {
                let name = if *verb == Verb::Review { "worked" } else { "option" };
                answer.more.push((name, Value::Text(option.clone())));
            }
            let lesson = lesson.map(|lesson| ("lesson", Value::Text(lesson.trim().to_owned())));
            answer.more.extend(lesson);
            Some(Op::Verb { items, verb: *verb, answer })
        }
    })
}

fn driver(record: &Record) -> String {
    record.item.link("owner").map_or_else(String::new, |id| record.called(id).to_owned())
}

fn decision_lines(
    record: &Record,
    held: &[String],
    in_state: Option<i64>,
    (today, usual): (NaiveDate, i64),
) -> (Vec<String>, usize) {
    let item = &record.item;
    let mut who = Vec::new();
    if let Some(approver) = item.link("approver") {
        who.push(format!("{} decides", record.called(approver)));
    }
    if let Some(owner) = item.link("owner") {
        who.push(format!("{} drives", record.called(owner)));
    }
    let age = standing::age(item, today);
    who.push(match in_state {
        Some(1) => format!("1 day in {}", item.state().slug),
        Some(days) => format!("{days} days in {}", item.state().slug),
        None => item.state().slug.to_owned(),
    });
    // What makes it an exception is told above the card, and not twice.
    let mut when = Vec::new();
    let told = record.exceptions(today, usual);
    if !told.iter().any(|found| matches!(found, Exception::Old { .. })) {
        when.push(format!("open {age} d, P85 is {usual}"));
    }
    if let Some(due) = item.day("needed_by")
        && !told.iter().any(|found| matches!(found, Exception::Overdue { .. }))
    {
        when.push(format!("needed {}", day::short(due, today)));
    }
    let forum = item.text("forum");
    match item.day("forum_on") {
        Some(_) if told.iter().any(|found| matches!(found, Exception::Unwired { .. })) => {
            when.extend((!forum.is_empty()).then(|| format!("forum: {forum}")));
        }
        Some(day) => {
            let forum = if forum.is_empty() { "forum" } else { forum };
            when.push(format!("{forum} {}", day::short(day, today)));
        }
        None => {}
    }
    let mut lines = vec![who.join(" · ")];
    lines.extend(Some(when.join(" · ")).filter(|when| !when.is_empty()));
    let quiet = lines.len();
    let missing = record.unframed();
    if record.binds() && !missing.is_empty() {
        let told = missing[..missing.len().min(MISSING)].join(", ");
        let more = missing.len().saturating_sub(MISSING);
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        lines.push(format!("Not framed yet: {told}{more}"));
    }
    if !held.is_empty() {
        let more = held.len().saturating_sub(HELD);
        let some = held[..held.len() - more].join(", ");
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        lines.push(format!("Holds {some}{more}"));
    }
    for option in record.options() {
        let own = letter(option.position).to_string();
        let mark = if item.text("recommendation") == own { "▸" } else { "·" };
        lines.push(format!("{mark} {} {}", own.to_uppercase(), option.main()));
        let costs = ASIDE_OF_OPTION.into_iter().filter(|(name, _)| !option.text(name).is_empty());
        let costs: Vec<String> =
            costs.map(|(name, word)| format!("{word} {}", option.text(name))).collect();
        if !costs.is_empty() {
            lines.push(format!("{ASIDE}{}", costs.join(" · ")));
        }
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
    let mut wires = Vec::new();
    if !stances.is_empty() {
        wires.push(format!("Pre-wires: {stances}"));
    }
    if !unwired.is_empty() {
        wires.push(format!("Not asked yet: {}", unwired.join(", ")));
    }
    lines.extend(Some(wires.join("; ")).filter(|line| !line.is_empty()));
    (lines, quiet)
}
