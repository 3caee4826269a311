//! One line to type for a purpose: a quick-add, a filter, a day, a rationale. It shows what was
//! understood while it is typed, and keeps the lines of before.

use chrono::NaiveDate;

use crate::domain::day::{self, Calendar, Lean};
use crate::domain::day_note;
use crate::domain::field::Field;
use crate::domain::grammar::{Chip, Mode, QuickAdd};
use crate::domain::item::{Item, ItemId};
use crate::domain::kind::Kind;
use crate::domain::metric::{Unit, typed};
use crate::domain::part::PartKind;
use crate::domain::plan::Template;
use crate::domain::report::ReportKind;
use crate::domain::ritual::RitualKind;
use crate::domain::value::Value;
use crate::domain::verb::{Asks, Verb};
use crate::domain::week::Week;
use crate::ops::Slip;
use crate::ops::import::ImportRequest;
use crate::ops::pages::{Form, Paper};

use super::completion::{Aim, Candidate, Offers};
use super::draft::{self, Unsaved};
use super::importing::Ask;
use super::input::Line;
use super::keys::{Code, Key};
use super::place::Place;

mod chips;

pub(super) use chips::understood;
use chips::{chips_of, filter_chips, part_chips, people_of, value_chips, verb_chips};

/// Where the note on today stands among what can be captured.
const NOTE_AT: usize = 3;

/// What the line is for.
#[derive(Debug, Clone, PartialEq)]
pub enum PromptFor {
    Add(Kind),
    /// A leading letter picks the kind, else this one.
    Capture(Kind),
    Filter {
        place: Place,
        before: String,
    },
    Change {
        field: &'static Field,
        items: Vec<ItemId>,
        /// The one item as it was when the line opened, so that nobody else's change is lost.
        base: Option<Box<Item>>,
    },
    Verb {
        verb: Verb,
        items: Vec<ItemId>,
        said: Said,
    },
    /// A part to add to an item, or to change by its name.
    Part {
        owner: ItemId,
        part: PartKind,
    },
    /// A figure of a metric, counted in this unit.
    Record {
        metric: ItemId,
        unit: Unit,
    },
    /// A line of a section of the ritual that is open.
    Ritual {
        kind: RitualKind,
        section: String,
        /// What is said of a figure that holds the section.
        held: Option<Holding>,
    },
    /// Why these slipped, in one word.
    Why(Vec<Slip>),
    /// The path of a file that a page is written to.
    Paper {
        paper: Paper,
        form: Form,
    },
    /// To whom a report went.
    Reached(ReportKind, Option<NaiveDate>),
    /// The path of a file to import.
    ImportFile,
    /// When a timer that is doubted really ended.
    TimerUntil,
    /// Why the figures of a closed week are frozen anew.
    CorrectWeek(Week),
    /// The folder or file of a calendar to watch; the folder into which the plan is published.
    Calendar,
    PublishTo,
    /// What must be said of a file before it can be read.
    ImportAsk {
        request: Box<ImportRequest>,
        ask: Ask,
    },
    /// The name under which the list is saved.
    SaveView,
    /// The day on which a plan begins.
    StartPlan(Box<Template>),
}

/// What is asked of a figure that is off track.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holding {
    /// Its ref.
    pub about: String,
    /// What was answered before this line; nothing of a waiver, which is one line.
    pub told: Option<Vec<String>>,
}

/// What was answered to a verb before this line.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Said {
    /// By the names of the verb's extras.
    pub more: Vec<(&'static str, Value)>,
    /// The line that the verb asks for; then this one says why a rule is overridden.
    pub line: Option<String>,
}

/// A line being typed.
#[derive(Debug, Clone)]
pub struct Prompt {
    pub purpose: PromptFor,
    /// What stands before the line.
    pub label: String,
    pub line: Line,
    /// What was understood so far.
    pub chips: Vec<Chip>,
    /// The people that the line names.
    pub people: Vec<String>,
    /// How many lines of before were walked back through.
    pub walked: usize,
    /// Lines pasted beyond the first, to be added with it.
    pub pasted: Vec<String>,
    /// The value of before stands there selected: what is typed first takes its place.
    pub selected: bool,
    /// The candidates that Tab goes through.
    pub offers: Option<Offers>,
    /// The question for candidates that is under way.
    pub serial: u64,
    /// What it held when it opened.
    pub opened: String,
    /// What was typed here before and not saved: Up brings it back.
    pub offer: Option<Box<Unsaved>>,
    /// The kept text that was brought back.
    pub taken: Option<Box<Unsaved>>,
}

impl Prompt {
    #[must_use]
    pub fn new(purpose: PromptFor, label: impl Into<String>, text: &str) -> Self {
        Self {
            purpose,
            label: label.into(),
            line: Line::new(text),
            chips: Vec::new(),
            people: Vec::new(),
            walked: 0,
            pasted: Vec::new(),
            selected: false,
            offers: None,
            serial: 0,
            opened: text.to_owned(),
            offer: None,
            taken: None,
        }
    }

    /// Whether nothing was typed in it: it only says what an operation came from.
    #[must_use]
    pub fn is_silent(&self) -> bool {
        matches!(&self.purpose, PromptFor::Verb { verb: Verb::Tick | Verb::Ship, said, .. } if said.line.is_none())
    }

    /// Offers what was typed here before and not saved.
    #[must_use]
    pub fn offering(mut self, model: &super::model::Model) -> Self {
        let key = draft::prompt_key(&self.purpose);
        self.offer = key.and_then(|key| draft::kept(model, &key).cloned()).map(Box::new);
        self
    }

    /// Brings back what was kept; the lines after the first are added with it.
    pub fn take_up(&mut self, kept: Unsaved) {
        let mut lines = kept.line().split('\n').map(str::to_owned);
        self.line.set(&lines.next().unwrap_or_default());
        self.pasted = lines.collect();
        self.selected = false;
        self.taken = Some(Box::new(kept));
    }

    /// Whether the line asks for a day, which can be chosen from a month.
    #[must_use]
    pub fn asks_day(&self) -> bool {
        match &self.purpose {
            PromptFor::Change { field, .. } => field.is_date(),
            PromptFor::Verb { verb, .. } => matches!(verb.asks(), Asks::Day(_)),
            PromptFor::StartPlan(_) => true,
            PromptFor::Add(_)
            | PromptFor::Capture(_)
            | PromptFor::Filter { .. }
            | PromptFor::Part { .. }
            | PromptFor::Record { .. }
            | PromptFor::Ritual { .. }
            | PromptFor::Why(_)
            | PromptFor::ImportFile
            | PromptFor::TimerUntil
            | PromptFor::CorrectWeek(_)
            | PromptFor::Calendar
            | PromptFor::PublishTo
            | PromptFor::ImportAsk { .. }
            | PromptFor::Paper { .. }
            | PromptFor::Reached(..)
            | PromptFor::SaveView => false,
        }
    }

    /// A key that edits the line; whether it was one. A letter, and the key that deletes, take
    /// the place of a selected value; any other key only ends the selection.
    pub fn press(&mut self, key: Key) -> bool {
        let selected = std::mem::take(&mut self.selected);
        if selected && (key.typed().is_some() || key.code == Code::Backspace) {
            self.line.set("");
        }
        self.line.press(key)
    }

    /// What is completed here; `None` where words have no meaning of their own.
    #[must_use]
    pub fn aim(&self) -> Option<(Kind, Aim)> {
        match &self.purpose {
            PromptFor::Add(kind) => Some((*kind, Aim::Make)),
            PromptFor::Capture(kind) => {
                let letters = self.line.text().split_once(' ').map(|(letters, _)| letters);
                let named = letters.and_then(Kind::captured);
                Some((named.unwrap_or(*kind), Aim::Make))
            }
            PromptFor::Filter { place, .. } => Some((place.kind()?, Aim::Find)),
            PromptFor::Change { .. }
            | PromptFor::Verb { .. }
            | PromptFor::Part { .. }
            | PromptFor::Record { .. }
            | PromptFor::Ritual { .. }
            | PromptFor::Why(_)
            | PromptFor::ImportFile
            | PromptFor::StartPlan(_)
            | PromptFor::TimerUntil
            | PromptFor::CorrectWeek(_)
            | PromptFor::Calendar
            | PromptFor::PublishTo
            | PromptFor::ImportAsk { .. }
            | PromptFor::Paper { .. }
            | PromptFor::Reached(..)
            | PromptFor::SaveView => None,
        }
    }

    /// The word before the cursor, without what negates it or opens a parenthesis.
    #[must_use]
    pub fn word(&self) -> String {
        let before = self.line.before();
        let word = before.rsplit(char::is_whitespace).next().unwrap_or_default();
        word.trim_start_matches(['!', '(']).to_owned()
    }

    /// Offers candidates for the word before the cursor; the first is put in its place.
    pub fn offer_all(&mut self, candidates: Vec<Candidate>) {
        if candidates.is_empty() {
            return;
        }
        let whole = self.line.before();
        let before = whole[..whole.len() - self.word().len()].to_owned();
        let after = self.line.text()[whole.len()..].to_owned();
        self.offer(Offers { before, after, candidates, at: 0 });
    }

    /// Whether a path is typed, which Tab completes.
    #[must_use]
    pub fn asks_path(&self) -> bool {
        matches!(
            self.purpose,
            PromptFor::ImportFile
                | PromptFor::Calendar
                | PromptFor::PublishTo
                | PromptFor::Paper { .. }
        )
    }

    /// The paths that go on from the one that is typed.
    pub fn offer_paths(&mut self, found: Vec<String>) {
        let candidates: Vec<Candidate> = found.into_iter().map(Candidate::new).collect();
        if !candidates.is_empty() {
            let (before, after) = (String::new(), String::new());
            self.offer(Offers { before, after, candidates, at: 0 });
        }
    }

    /// Puts the candidate in its place; with several, they stay to be gone through.
    pub fn offer(&mut self, offers: Offers) {
        self.line.set(&offers.line());
        self.offers = (offers.candidates.len() > 1).then_some(offers);
    }

    /// The list of earlier lines that this one belongs to.
    #[must_use]
    pub fn memory(&self) -> &'static str {
        match self.purpose {
            PromptFor::Add(_) | PromptFor::Capture(_) => "add",
            PromptFor::Filter { .. } => "filter",
            PromptFor::Change { .. } => "change",
            PromptFor::Verb { .. } => "verb",
            PromptFor::Part { .. } => "part",
            PromptFor::Record { .. } => "figure",
            PromptFor::Ritual { .. } => "ritual",
            PromptFor::Why(_) => "why",
            PromptFor::ImportFile => "import",
            PromptFor::Paper { .. } => "page",
            PromptFor::Reached(..) => "reached",
            PromptFor::StartPlan(_) => "plan",
            PromptFor::TimerUntil => "timer",
            PromptFor::CorrectWeek(_) => "correction",
            PromptFor::Calendar => "calendar",
            PromptFor::PublishTo => "publish",
            PromptFor::ImportAsk { .. } => "import-ask",
            PromptFor::SaveView => "view",
        }
    }

    /// Reads the line anew.
    pub fn read(&mut self, calendar: &Calendar) {
        let text = self.line.text();
        self.people.clear();
        self.chips = match &self.purpose {
            PromptFor::Add(kind) => {
                let read = QuickAdd::read(text, *kind, calendar, Mode::Add);
                self.people = people_of(&read);
                chips_of(&read)
            }
            PromptFor::Capture(kind) => {
                let read = QuickAdd::capture(text, *kind, calendar, Mode::Add);
                if text.trim().is_empty() {
                    let kinds = Kind::ALL.into_iter().filter(|kind| kind.is_added());
                    let letters =
                        kinds.map(|kind| format!("{} {}", kind.capture(), kind.noun().name));
                    self.chips = letters.map(understood).collect();
                    self.chips.insert(NOTE_AT, understood("n note on today".to_owned()));
                    return;
                }
                if day_note::captured(text).is_some() {
                    let day = crate::domain::day::echo(calendar.today, calendar.today);
                    self.chips = vec![understood(format!("note on {day}"))];
                    return;
                }
                if let Some(line) = typed::Line::captured(text) {
                    let period = line.period.map(|period| format!(" for {period}"));
                    let words =
                        format!("{}: {}{}", line.metric, line.figure, period.unwrap_or_default());
                    self.chips = vec![understood("figure".to_owned()), understood(words)];
                    return;
                }
                self.people = people_of(&read);
                let mut chips = vec![understood(read.kind.noun().name.to_owned())];
                chips.extend(chips_of(&read));
                chips
            }
            PromptFor::Filter { place, .. } => filter_chips(text, *place, calendar),
            PromptFor::Change { field, .. } => value_chips(field, text, calendar),
            PromptFor::Verb { verb, .. } => verb_chips(*verb, text, calendar),
            PromptFor::Record { unit, .. } => super::live::figure_chips(text, *unit),
            PromptFor::Part { part, .. } => part_chips(*part, text, calendar),
            PromptFor::Ritual { .. } | PromptFor::StartPlan(_) => {
                match day::parse(text, calendar, Lean::Future) {
                    Ok(on) => {
                        vec![understood(format!("day 1 → {}", day::echo(on, calendar.today)))]
                    }
                    Err(_) => Vec::new(),
                }
            }
            PromptFor::Why(_)
            | PromptFor::ImportFile
            | PromptFor::TimerUntil
            | PromptFor::CorrectWeek(_)
            | PromptFor::Calendar
            | PromptFor::PublishTo
            | PromptFor::ImportAsk { .. }
            | PromptFor::Paper { .. }
            | PromptFor::Reached(..)
            | PromptFor::SaveView => Vec::new(),
        };
    }
}
