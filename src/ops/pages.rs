//! Pages for people who are not at the workspace: one decision for whom it concerns, the pack of a
//! meeting, the figures. Each is made once and written as Markdown or HTML.

use chrono::NaiveDate;

use crate::domain::day;
use crate::domain::decision::standing::Stances;
use crate::domain::decision::{Record, frozen};
use crate::domain::field::NoNames;
use crate::domain::item::ItemId;
use crate::domain::noun::Shelf;
use crate::domain::part::{Part, PartKind, letter, of_kind};
use crate::domain::report::ReportKind;
use crate::exchange::output::Existing;
use crate::exchange::page::Page;
use crate::store::brief::Brief;

use super::error::{Error, Result};
use super::transfer;
use super::workspace::Workspace;

pub use crate::exchange::page::Form;

mod announcement;
mod decision;
mod figures;
mod meeting;
mod pull;
mod trades;

/// A page that can be asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Paper {
    /// The pack of a meeting, about the open decisions that a filter finds.
    Pack { filter: String },
    /// How the decisions go.
    Figures,
    /// What requests came to.
    Trades,
    /// How early people ask, beside what shipped.
    Pull,
    /// What changed in a week or a month, or on one sheet for those who lead.
    /// Up to now, or of a time that is over up to its last day.
    Report(ReportKind, Option<NaiveDate>),
    /// A decision; whole, or beginning with the words for one function.
    Decision { id: ItemId, function: Option<String> },
}

impl Workspace {
    /// A page.
    ///
    /// # Errors
    /// A refusal of the filter or the function; a storage error.
    pub fn paper(&mut self, paper: &Paper) -> Result<Page> {
        match paper {
            Paper::Pack { filter } => self.meeting_pack(filter),
            Paper::Figures => self.decision_report(),
            Paper::Trades => self.trades_page(),
            Paper::Pull => self.pull_page(),
            Paper::Report(kind, last) => self.report_on(*kind, &[], *last),
            Paper::Decision { id, function } => self.decision_page(*id, function.as_deref()),
        }
    }
}

/// Writes a page to a file that is not there yet.
///
/// # Errors
/// `Conflict` when it is; an error of the disk.
pub fn to_new_file(page: &Page, form: Form, path: &std::path::Path) -> Result<()> {
    let body = |out: &mut dyn std::io::Write| page.write(form, out).map_err(Into::into);
    transfer::to_file(path, Existing::Keep, body).map_err(|error| match error {
        Error::Refused(refusal) => refusal.hint("name another file").into(),
        other => other,
    })
}

/// A page as text in a form, to be copied or read.
#[must_use]
pub fn to_text(page: &Page, form: Form) -> String {
    let mut text = Vec::new();
    // A buffer takes everything.
    let _ = page.write(form, &mut text);
    String::from_utf8_lossy(&text).into_owned()
}

/// A day as it is written far from the workspace.
fn dated(day: Option<NaiveDate>) -> String {
    day.map_or_else(String::new, |day| day.format("%-d %b %Y").to_string())
}

/// What an open question needs before anybody can choose; and of a closed one, that it had nothing.
fn unframed(page: &mut Page, record: &Record) {
    let missing = record.unframed();
    let says_nothing = || frame_of(record).iter().all(|(_, words)| words.is_empty());
    if !missing.is_empty() && record.item.shelf() == Shelf::Open {
        page.say(format!("Not framed yet; it needs {}", missing.join(", ")));
    } else if record.options().next().is_none() && says_nothing() {
        page.say("It was never framed");
    }
}

/// The fields of the frame and the bet, as facts.
fn frame_of(record: &Record) -> Vec<(String, String)> {
    let item = &record.item;
    let noun = item.kind().noun();
    let line = |name: &str| (capitalised(noun.field(name).label), item.text(name).to_owned());
    let mut facts = vec![line("happening"), line("matters"), line("now"), line("risk")];
    let mut signal = item.text("signal").to_owned();
    if let Some(read) = item.day("reads_on").filter(|_| !signal.is_empty()) {
        signal = format!("{signal}, read on {}", dated(Some(read)));
    }
    facts.push(("Signal".to_owned(), signal));
    let sure = item.whole("probability").map_or_else(String::new, |sure| format!("{sure} %"));
    facts.push(("Probability that it works".to_owned(), sure));
    facts.push(("Default".to_owned(), default_words(record)));
    facts
}

/// `ships option B on Fri 8 May unless objected`.
fn default_words(record: &Record) -> String {
    let text = record.item.text("default_text");
    let own = record.item.text("default_option");
    let told = format!("{text} (option {own})");
    let text = if own.is_empty() || text.is_empty() { text } else { told.as_str() };
    match (text, record.item.day("default_on")) {
        ("", _) => String::new(),
        (text, None) => format!("{text} unless objected"),
        (text, Some(day)) => format!("{text} on {} unless objected", dated(Some(day))),
    }
}

/// The options side by side, a line each for what they do, gain and take, so that the table is no
/// wider than there are options.
fn options(page: &mut Page, record: &Record) {
    let all: Vec<&Part> = record.options().collect();
    if all.is_empty() {
        return;
    }
    let heads = all.iter().map(|option| {
        let own = letter(option.position).to_string();
        let mark = if record.item.text("chosen") == own {
            ", chosen"
        } else if record.item.text("recommendation") == own {
            ", recommended"
        } else {
            ""
        };
        format!("{}{mark}", own.to_uppercase())
    });
    let heads: Vec<String> = std::iter::once("Option".to_owned()).chain(heads).collect();
    let told = |label: &str, say: &dyn Fn(&Part) -> String| -> Vec<String> {
        let cells = all.iter().map(|option| say(option));
        std::iter::once(label.to_owned()).chain(cells).collect()
    };
    let field = |name: &'static str| move |option: &Part| option.text(name).to_owned();
    let mut rows = vec![
        told("What we do", &|option| option.main().to_owned()),
        told("Gains", &field("gains")),
        told("Gives up", &field("gives_up")),
        told("Costs", &cost),
        told("Risk", &field("risk")),
    ];
    // What nobody said of any option needs no line.
    rows.retain(|row| row[1..].iter().any(|cell| !cell.is_empty()));
    let heads: Vec<&str> = heads.iter().map(String::as_str).collect();
    page.table(format!("Options of {}", record.item.reference), &heads, rows);
}

fn cost(option: &Part) -> String {
    let field = option.kind.noun().field("cost");
    let today = NaiveDate::default();
    let time = field.show(option.get("cost"), &NoNames, today);
    let parts = [time, option.text("spend").to_owned()];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
}

/// Who stands where, as one line and a list.
fn stances(page: &mut Page, record: &Record) {
    let words = Stances::of(&record.parts).words();
    let is_asked =
        |id: &ItemId| record.prewires().any(|prewire| prewire.link("person") == Some(*id));
    let mut unasked = record.to_be_wired();
    unasked.retain(|id| !frozen::is_frozen(&record.item) && !is_asked(id));
    if words.is_empty() && unasked.is_empty() {
        return;
    }
    let words = if words.is_empty() { "nobody yet".to_owned() } else { words };
    page.say(format!("Pre-wires: {words}"));
    let reopened = record.reopened_on();
    let lines = record.prewires().map(|prewire| {
        let who = person(record, prewire.link("person"));
        let stance = match prewire.text("stance") {
            "" => "unknown",
            stance => stance,
        };
        let when = match (prewire.day("held_on"), prewire.day("planned_on")) {
            (Some(held), _) if reopened.is_some_and(|since| held < since) => {
                format!("held {}, before it was reopened", dated(Some(held)))
            }
            (Some(held), _) => format!("held {}", dated(Some(held))),
            (None, Some(planned)) => format!("planned for {}", dated(Some(planned))),
            (None, None) => "not planned".to_owned(),
        };
        let notes = prewire.text("notes");
        let notes = if notes.is_empty() { String::new() } else { format!(": {notes}") };
        format!("{who}, {stance}, {when}{notes}")
    });
    let unasked = unasked.into_iter().map(|id| format!("{}, not asked yet", record.called(id)));
    page.list(lines.chain(unasked).collect());
}

fn objections(page: &mut Page, record: &Record) {
    let lines: Vec<String> = of_kind(&record.parts, PartKind::Objection)
        .map(|objection| {
            let who = objection
                .link("person")
                .map_or_else(String::new, |id| format!("{}: ", person(record, Some(id))));
            let answer = match objection.text("answer") {
                "" => String::new(),
                answer => format!(" — {answer}"),
            };
            format!("{who}{} ({}){answer}", objection.main(), objection.text("status"))
        })
        .collect();
    if !lines.is_empty() {
        page.say("Objections");
        page.list(lines);
    }
}

fn person(record: &Record, id: Option<ItemId>) -> String {
    id.map_or("somebody", |id| record.called(id)).to_owned()
}

/// Who answers a question where, and by when.
struct Stands<'a> {
    approver: &'a str,
    driver: &'a str,
    forum: &'a str,
    forum_on: Option<NaiveDate>,
    needed_by: Option<NaiveDate>,
    state: &'a str,
}

impl<'a> Stands<'a> {
    fn of_brief(brief: &'a Brief) -> Self {
        Self {
            approver: &brief.approver,
            driver: &brief.driver,
            forum: &brief.forum,
            forum_on: brief.signs.forum_on,
            needed_by: brief.needed_by,
            state: brief.state,
        }
    }

    fn of(record: &'a Record) -> Self {
        let item = &record.item;
        let called = |name: &str| item.link(name).map_or("", |id| record.called(id));
        Self {
            approver: called("approver"),
            driver: called("owner"),
            forum: item.text("forum"),
            forum_on: item.day("forum_on"),
            needed_by: item.day("needed_by"),
            state: item.state().slug,
        }
    }

    /// Approver, driver, forum and day, on one line.
    fn words(&self, today: NaiveDate) -> String {
        let mut parts = Vec::new();
        if !self.approver.is_empty() {
            parts.push(format!("{} decides", self.approver));
        }
        if !self.driver.is_empty() {
            parts.push(format!("{} drives", self.driver));
        }
        if !self.forum.is_empty() {
            let on =
                self.forum_on.map_or_else(String::new, |day| format!(" on {}", dated(Some(day))));
            parts.push(format!("{}{on}", self.forum));
        }
        if let Some(due) = self.needed_by {
            parts.push(format!("needed by {}", day::echo(due, today)));
        }
        parts.push(self.state.to_owned());
        parts.join(" · ")
    }
}

fn who_and_when(record: &Record, today: NaiveDate) -> String {
    Stands::of(record).words(today)
}

fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().to_string())
        + letters.as_str()
}
