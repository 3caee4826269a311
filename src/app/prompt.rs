//! One line to type for a purpose: a quick-add, a filter, a day, a rationale. It shows what was
//! understood while it is typed, and keeps the lines of before.

use crate::domain::day::Calendar;
use crate::domain::field::Field;
use crate::domain::grammar::{Chip, ChipTone, Filter, Mode, QuickAdd};
use crate::domain::item::{Item, ItemId};
use crate::domain::kind::Kind;
use crate::domain::verb::{Asks, Verb};

use super::draft::{self, Unsaved};
use super::input::Line;
use super::keys::{Code, Key};
use super::place::Place;

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
    },
    /// The path of a file to import.
    ImportFile,
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
    /// How many lines of before were walked back through.
    pub walked: usize,
    /// Lines pasted beyond the first, to be added with it.
    pub pasted: Vec<String>,
    /// The value of before stands there selected: what is typed first takes its place.
    pub selected: bool,
    /// What it held when it opened.
    pub opened: String,
    /// What was typed here before and not saved: Up brings it back.
    pub offer: Option<Unsaved>,
    /// The kept text that was brought back.
    pub taken: Option<Unsaved>,
}

impl Prompt {
    #[must_use]
    pub fn new(purpose: PromptFor, label: impl Into<String>, text: &str) -> Self {
        Self {
            purpose,
            label: label.into(),
            line: Line::new(text),
            chips: Vec::new(),
            walked: 0,
            pasted: Vec::new(),
            selected: false,
            opened: text.to_owned(),
            offer: None,
            taken: None,
        }
    }

    /// Offers what was typed here before and not saved.
    #[must_use]
    pub fn offering(mut self, model: &super::model::Model) -> Self {
        let key = draft::prompt_key(&self.purpose);
        self.offer = key.and_then(|key| draft::kept(model, &key).cloned());
        self
    }

    /// Brings back what was kept; the lines after the first are added with it.
    pub fn take_up(&mut self, kept: Unsaved) {
        let mut lines = kept.line().split('\n').map(str::to_owned);
        self.line.set(&lines.next().unwrap_or_default());
        self.pasted = lines.collect();
        self.selected = false;
        self.taken = Some(kept);
    }

    /// Whether the line asks for a day, which can be chosen from a month.
    #[must_use]
    pub fn asks_day(&self) -> bool {
        match &self.purpose {
            PromptFor::Change { field, .. } => field.is_date(),
            PromptFor::Verb { verb, .. } => matches!(verb.asks(), Asks::Day(_)),
            PromptFor::Add(_)
            | PromptFor::Capture(_)
            | PromptFor::Filter { .. }
            | PromptFor::ImportFile => false,
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

    /// The list of earlier lines that this one belongs to.
    #[must_use]
    pub fn memory(&self) -> &'static str {
        match self.purpose {
            PromptFor::Add(_) | PromptFor::Capture(_) => "add",
            PromptFor::Filter { .. } => "filter",
            PromptFor::Change { .. } => "change",
            PromptFor::Verb { .. } => "verb",
            PromptFor::ImportFile => "import",
        }
    }

    /// Reads the line anew.
    pub fn read(&mut self, calendar: &Calendar) {
        let text = self.line.text();
        self.chips = match &self.purpose {
            PromptFor::Add(kind) => chips_of(&QuickAdd::read(text, *kind, calendar, Mode::Add)),
            PromptFor::Capture(kind) => {
                let read = QuickAdd::capture(text, *kind, calendar, Mode::Add);
                if text.trim().is_empty() {
                    let letters =
                        Kind::ALL.map(|kind| format!("{} {}", kind.letter(), kind.noun().name));
                    self.chips = letters.map(understood).to_vec();
                    return;
                }
                let mut chips = vec![understood(read.kind.noun().name.to_owned())];
                chips.extend(chips_of(&read));
                chips
            }
            PromptFor::Filter { place, .. } => filter_chips(text, *place, calendar),
            PromptFor::Change { field, .. } => value_chips(field, text, calendar),
            PromptFor::Verb { verb, .. } => verb_chips(*verb, text, calendar),
            PromptFor::ImportFile => Vec::new(),
        };
    }
}

fn understood(label: String) -> Chip {
    Chip { label, tone: ChipTone::Understood }
}

fn chips_of(read: &QuickAdd) -> Vec<Chip> {
    read.chips.clone()
}

fn filter_chips(text: &str, place: Place, calendar: &Calendar) -> Vec<Chip> {
    let Some(kind) = place.kind() else { return Vec::new() };
    let reading = Filter::read(text, kind, calendar);
    let warnings =
        reading.warnings.into_iter().map(|label| Chip { label, tone: ChipTone::Warning });
    let wrong = reading
        .wrong
        .into_iter()
        .map(|refusal| Chip { label: refusal.what, tone: ChipTone::Wrong });
    warnings.chain(wrong).collect()
}

fn value_chips(field: &Field, text: &str, calendar: &Calendar) -> Vec<Chip> {
    use crate::domain::change::Input;
    use crate::domain::value::Value;
    if text.trim().is_empty() {
        return Vec::new();
    }
    match field.read(text, calendar) {
        Err(refusal) => vec![Chip { label: refusal.what, tone: ChipTone::Wrong }],
        Ok(Input::Value(Value::Day(day))) => {
            vec![understood(format!("→ {}", crate::domain::day::echo(day, calendar.today)))]
        }
        Ok(Input::Value(value @ Value::Whole(_))) => {
            vec![understood(format!(
                "→ {}",
                field.show(&value, &crate::domain::field::NoNames, calendar.today)
            ))]
        }
        Ok(_) => Vec::new(),
    }
}

fn verb_chips(verb: Verb, text: &str, calendar: &Calendar) -> Vec<Chip> {
    use crate::domain::day::{self, Lean};
    if text.trim().is_empty() || !matches!(verb.asks(), Asks::Day(_)) {
        return Vec::new();
    }
    match day::parse(text, calendar, Lean::Future) {
        Ok(date) => vec![understood(format!("→ {}", day::echo(date, calendar.today)))],
        Err(error) => vec![Chip { label: error.to_string(), tone: ChipTone::Wrong }],
    }
}
