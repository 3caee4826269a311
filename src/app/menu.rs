//! One list to choose from, filtered as you type: help, palette, pickers, states, sort, verbs.

use crate::domain::field::Field;
use crate::domain::fuzzy::{Reader, Words};
use crate::domain::item::{Item, ItemId};
use crate::domain::kind::Kind;
use crate::domain::part::PartKind;
use crate::domain::verb::Verb;
use crate::domain::week::guess::BandRule;
use crate::ops::Op;
use crate::ops::PartStep;
use crate::ops::pages::Paper;
use crate::ops::plan::Choice;
use crate::store::filter::Sort;

use super::action::Action;
use super::input::Line;
use super::keys::{Code, Key, Modifier};
use super::popup::Risk;

mod entry;

pub use entry::Entry;
use entry::{ByKey, called, holds};

/// What choosing an entry means.
#[derive(Debug, Clone, PartialEq)]
pub enum Pick {
    Action(Action),
    Item(ItemId),
    /// Several items at once.
    Several(Vec<ItemId>),
    /// A value of a choice, or a state.
    Slug(&'static str),
    /// Empties the field.
    Nothing,
    /// Somebody or something new, called as typed.
    New,
    Verb(Verb),
    /// What attaching a template does.
    Steps(Vec<PartStep>),
    /// A part to add to the row.
    Part(PartKind),
    /// An option of a decision, by its letter.
    Option(char),
    /// What was to happen unless somebody objected, with the option that it means.
    Default(char),
    Sort(Sort),
    Kind(Kind),
    /// A saved view, by name.
    View(String),
    /// The deals that a filter finds.
    Deals(String),
    /// A column of the table.
    Column(&'static str),
    Risk(Risk),
    /// A kept text, by its place.
    Draft(usize),
    /// A template of a plan, by its place.
    Template(usize),
    /// What becomes of a timer that is doubted.
    Timer(super::update::TimerAnswer),
    Keep,
    /// Text for the line that adds.
    Pasted(String),
    /// Keys that came at once, to be taken as such.
    Keys(Vec<Key>),
    /// A rule by which a band is guessed.
    Rule(BandRule),
    /// Carries something out.
    Run(Box<Op>),
}

/// What a menu is for.
#[derive(Debug, Clone, PartialEq)]
pub enum Purpose {
    /// Rules by which a band is guessed.
    Rules,
    Help,
    /// Actions and items.
    Palette,
    /// A value for a field of these items.
    Choose {
        field: &'static Field,
        items: Vec<ItemId>,
    },
    Sort,
    /// The columns of the table; stays open while they are chosen.
    Columns,
    Verbs(Vec<ItemId>),
    /// What to add to what this item consists of.
    Parts(ItemId),
    /// Which template to attach to it, which prompt to fill from it.
    Templates(ItemId),
    Prompts(ItemId),
    /// For whom its page is, and how a page is written.
    PaperFor(ItemId),
    Paper(Paper),
    /// Which option of this decision.
    Decide(ItemId),
    /// What gives way to this request, for this verb, beside what was named already.
    Displace {
        request: ItemId,
        verb: Verb,
        named: Vec<ItemId>,
    },
    /// What an escalation was answered.
    Granted(ItemId),
    /// Whether this decision worked.
    Review(ItemId),
    Turn(Vec<ItemId>),
    Outcome {
        draft: Box<crate::domain::change::Draft>,
    },
    /// The value of a field that a new item lacks.
    Tag {
        draft: Box<crate::domain::change::Draft>,
        field: &'static Field,
    },
    Confirm,
    /// Saved views: to show one, to remove one, to start with one.
    Views,
    ForgetView,
    StartView,
    /// What was typed and not saved.
    Drafts,
    /// The templates of plans.
    StartPlan(Vec<Choice>),
    /// The figures of deals; the deals behind one open.
    DealFigures,
    /// What metrics say together.
    Signals,
    /// Rituals, reports and figures, from the Reviews screen.
    Reviews,
    /// Which blocker to jump to.
    Jump,
    /// What becomes of a timer that is doubted.
    Timer,
    /// The band of the block under the cursor of a ritual.
    BandOfBlock,
}

/// A list to choose from.
#[derive(Debug, Clone)]
pub struct Menu {
    pub purpose: Purpose,
    pub title: String,
    pub line: Line,
    pub entries: Vec<Entry>,
    /// Places in `entries` that match, best first.
    pub shown: Vec<usize>,
    pub cursor: usize,
    /// Entries beyond this one come from the workspace and change with the text.
    pub fixed: usize,
    pub serial: u64,
    /// Letters choose at once, as in the menu of verbs.
    pub letters: bool,
    /// What is under the cursor is shown below the entries.
    pub previews: bool,
    /// The item whose value is being chosen, for ticks.
    pub subject: Option<Box<Item>>,
}

/// What a key did to a menu.
#[derive(Debug, Clone, PartialEq)]
pub enum Pressed {
    Nothing,
    Typed,
    Chosen(Entry),
    Refused(String),
    Closed,
}

impl Menu {
    /// Its letters choose at once.
    #[must_use]
    pub fn by_letters(mut self) -> Self {
        self.letters = true;
        self
    }

    #[must_use]
    pub fn new(purpose: Purpose, title: impl Into<String>, entries: Vec<Entry>) -> Self {
        let mut menu = Self {
            purpose,
            title: title.into(),
            line: Line::default(),
            fixed: entries.len(),
            entries,
            shown: Vec::new(),
            cursor: 0,
            serial: 0,
            letters: false,
            previews: false,
            subject: None,
        };
        menu.filter();
        menu
    }

    /// Entries that come from the workspace take the place of the earlier ones.
    pub fn extend(&mut self, entries: Vec<Entry>) {
        self.entries.truncate(self.fixed);
        self.entries.extend(entries);
        self.filter();
        // What stands there now is selected, until something is typed.
        let ticked = self.shown.iter().position(|at| self.entries[*at].ticked);
        if let Some(at) = ticked.filter(|_| self.line.text().trim().is_empty()) {
            self.cursor = at;
        }
    }

    /// Keeps what matches the text, best first; without text everything, in its order.
    pub fn filter(&mut self) {
        let typed = self.line.text().trim().to_owned();
        if typed.is_empty() {
            self.shown =
                (0..self.entries.len()).filter(|at| self.entries[*at].pick != Pick::New).collect();
            self.cursor = self.cursor.min(self.shown.len().saturating_sub(1));
            return;
        }
        let text = self.sought(&typed);
        let sought = Words::read(&text);
        let mut reader = Reader::default();
        let mut scored: Vec<(u32, usize)> = Vec::new();
        for (at, entry) in self.entries.iter().enumerate() {
            // A key typed as it stands finds its action first, then what it begins.
            let by_key = entry.by_key(&typed);
            if by_key == ByKey::Whole {
                scored.push((u32::MAX, at));
                continue;
            }
            let score = match (text.is_empty(), by_key) {
                (_, ByKey::Begun) if typed.chars().count() > 1 => Some(u32::MAX - 1),
                (true, _) => None,
                (false, _) if entry.by_words => {
                    let is_it = holds(&entry.label, &text) || holds(entry.also, &text);
                    is_it.then_some(1)
                }
                // Help is searched by its sentences too, behind all names; elsewhere they would
                // drown the names.
                (false, _) => match (sought.score(&entry.label, &mut reader), &self.purpose) {
                    (Some(score), _) => Some(score.saturating_add(entry.named(&text))),
                    (None, _) if holds(entry.also, &text) => Some(called(entry.also, &text)),
                    (None, Purpose::Help) => holds(&entry.help, &text).then_some(1),
                    (None, _) => None,
                }
                .max(entry.meant(&text)),
            };
            // What comes from the workspace was matched there; something new is always possible.
            let found = at >= self.fixed || by_key == ByKey::Begun;
            let stays = entry.pick == Pick::New || found;
            if let Some(score) = score.or(stays.then_some(0)) {
                let possible = if entry.pick == Pick::New { 0 } else { score };
                scored.push((possible, at));
            }
        }
        let refused = |at: usize| self.entries[at].refusal.is_some();
        scored.sort_by_key(|(score, at)| (u32::MAX - score, refused(*at), *at));
        self.shown = scored.into_iter().map(|(_, at)| at).collect();
        // Somebody new comes last, and not at all where the name is known.
        let is_new = |at: &usize| self.entries[*at].pick == Pick::New;
        let is_known = |entry: &Entry| entry.label.to_lowercase() == text.to_lowercase();
        let new = self.shown.iter().copied().find(is_new);
        let known = self.shown.iter().any(|at| is_known(&self.entries[*at]));
        self.shown.retain(|at| !is_new(at));
        if let Some(new) = new.filter(|_| !known) {
            let name = text.trim_start_matches('@');
            self.entries[new].label = format!("new {} “{name}”", self.made());
            self.shown.push(new);
        }
        self.cursor = 0;
    }

    /// What kind of thing a name that nobody bears makes.
    fn made(&self) -> &'static str {
        match &self.purpose {
            Purpose::Choose { field, .. } | Purpose::Tag { field, .. } => {
                field.targets().first().map_or("person", |kind| kind.noun().name)
            }
            _ => "person",
        }
    }

    /// What is looked for among the names. A name may be typed as a configuration writes it, and
    /// signs that mean something to the search alone mean nothing without a word.
    fn sought(&self, typed: &str) -> String {
        let text = match self.purpose {
            Purpose::Help | Purpose::Palette => typed.replace('-', " "),
            _ => typed.to_owned(),
        };
        if text.chars().any(char::is_alphanumeric) { text } else { String::new() }
    }

    /// Whether letters are typed into it, rather than choosing.
    #[must_use]
    pub fn is_typed(&self) -> bool {
        !self.letters && self.purpose != Purpose::Confirm
    }

    #[must_use]
    pub fn current(&self) -> Option<&Entry> {
        self.entries.get(*self.shown.get(self.cursor)?)
    }

    /// Takes a key.
    pub fn press(&mut self, key: Key) -> Pressed {
        if let Some(chosen) = self.by_letter(key) {
            return chosen;
        }
        let last = self.shown.len().saturating_sub(1);
        match (key.modifier, key.code) {
            (_, Code::Esc) | (Modifier::Ctrl, Code::Char('c')) => return Pressed::Closed,
            (_, Code::Enter) => return Self::choose(self.current().cloned()),
            (_, Code::Down) | (Modifier::Ctrl, Code::Char('n')) => {
                self.cursor = (self.cursor + 1).min(last);
            }
            (_, Code::Up) | (Modifier::Ctrl, Code::Char('p')) => {
                self.cursor = self.cursor.saturating_sub(1);
            }
            (_, Code::PageDown) => self.cursor = (self.cursor + 10).min(last),
            (_, Code::PageUp) => self.cursor = self.cursor.saturating_sub(10),
            _ if self.letters || self.purpose == Purpose::Confirm => {
                return self.move_by_letter(key);
            }
            _ => {
                if self.line.press(key) {
                    self.filter();
                    return Pressed::Typed;
                }
            }
        }
        Pressed::Nothing
    }

    fn by_letter(&self, key: Key) -> Option<Pressed> {
        // What is highlighted is what Enter does.
        let is_motion = matches!(key.code, Code::Char('h' | 'j' | 'k' | 'l'));
        if !self.letters || key.code == Code::Enter || is_motion {
            return None;
        }
        let wanted = key.to_string();
        let entry = self.entries.iter().find(|entry| entry.side == wanted)?;
        Some(Self::choose(Some(entry.clone())))
    }

    fn move_by_letter(&mut self, key: Key) -> Pressed {
        match key.code {
            Code::Char('j') => {
                self.cursor = (self.cursor + 1).min(self.shown.len().saturating_sub(1));
            }
            Code::Char('k') => self.cursor = self.cursor.saturating_sub(1),
            Code::Char('q') => return Pressed::Closed,
            _ => return Pressed::Refused(format!("{key} is none of these")),
        }
        Pressed::Nothing
    }

    fn choose(entry: Option<Entry>) -> Pressed {
        let Some(entry) = entry else { return Pressed::Refused("nothing matches".to_owned()) };
        match &entry.refusal {
            Some(refusal) => Pressed::Refused(refusal.clone()),
            None => Pressed::Chosen(entry),
        }
    }
}
