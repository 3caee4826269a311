//! A ritual on the screen: the section that is open, where its cursor stands, and what was said and
//! is on its way to the disk. What is asked and what was said is the sitting's.

use chrono::NaiveTime;

use crate::domain::item::ItemId;
use crate::domain::ritual::run::{Line, Progress, Verdict};
use crate::domain::ritual::{Asks, RitualKind};
use crate::ops::ritual::{RitualStep, Sitting, words_of};
use crate::ops::standup::Card;

use super::action::Action;
use super::model::Model;

mod long;
mod minutes;

pub use minutes::Minutes;

/// Longer than this without a key, somebody was away.
const AWAY_SECONDS: u64 = 300;
/// Seconds of a day.
const DAY: i64 = 86_400;

/// The keys that begin a ritual, as help writes them: `R s`.
#[must_use]
pub fn chord(model: &Model, kind: RitualKind) -> String {
    let action = Action::Ritual(kind);
    model.keys().shown(action).unwrap_or_else(|| model.keys().way(action))
}

/// The keys that answer a section which is a list: the key, its name, and what it does.
#[must_use]
pub fn keys(asks: Asks) -> &'static [(&'static str, &'static str, &'static str)] {
    match asks {
        Asks::Bands => &[
            ("enter", "accept all", "accepts every guess"),
            ("s", "strategic", "this row was strategic; the next one comes"),
            ("e", "execution", "it was execution"),
            ("r", "reactive", "it was reactive"),
            ("o", "off", "it was no working time"),
            ("X", "not kept to", "the block was not kept to"),
        ],
        Asks::Confirmation => {
            &[("enter", "yes", "all of it was seen, and what waits for a yes is done")]
        }
        Asks::Lines => &[
            ("enter", "goes on", "keeps what stands there, and goes on"),
            ("a", "add a line", "types a line"),
            ("!", "blocked", "types a line about what is blocked"),
            ("X", "drop", "drops the line, or takes it up again"),
        ],
        Asks::Choice => &[
            ("enter", "goes on", "keeps what is chosen, and goes on"),
            ("space", "choose", "chooses the line, or takes the choice back"),
            ("a", "add one", "types one that is not there yet"),
        ],
        Asks::Blocks => &[
            ("enter", "goes on", "keeps the week as it is, and goes on"),
            ("f", "fill", "fills the free time of the week by the targets"),
            ("H", "day back", "moves the block to the day before"),
            ("L", "day on", "moves it to the day after"),
            ("K", "earlier", "moves it a quarter of an hour up"),
            ("J", "later", "moves it a quarter of an hour down"),
            ("s e r o", "band", "puts the block into this band; c b asks for it"),
            ("< >", "length", "a quarter of an hour shorter or longer"),
            ("X", "away", "throws the block away"),
        ],
        Asks::Figures => &[
            (
                "enter",
                "say the figure",
                "types the figure, of somebody 1 to 5 and what they said; nothing typed leaves it",
            ),
            ("tab", "leave the rest", "on without the rest"),
        ],
        Asks::Levels => &[
            ("0", "not done", "it is not done; the next question comes"),
            ("1", "when asked", "it is done when somebody asks"),
            ("2", "usually", "it is usually done"),
            ("3", "always", "always, and on record"),
            ("4", "others rely on it", "others rely on it"),
        ],
        Asks::Verdicts => &[("enter", "goes on", "goes on")],
    }
}

/// The keys of a section that an off-track figure holds.
const HELD: &[(&str, &str, &str)] = &[
    (
        "enter",
        "explains",
        "says what the figure means, what changes, what follows, and which of the four",
    ),
    ("w", "waives", "waives it with a reason; your name and the day stand with it"),
    ("a", "add a line", "types a line"),
    ("X", "drop", "drops the line, or takes it up again"),
];

/// The keys of rows of time of which no band is guessed.
const UNGUESSED: &[(&str, &str, &str)] = &[
    ("enter", "leave the rest", "goes on; what has no band stays without one"),
    ("s", "strategic", "this row was strategic; the next one comes"),
    ("e", "execution", "it was execution"),
    ("r", "reactive", "it was reactive"),
    ("o", "off", "it was no working time"),
    ("X", "not kept to", "the block was not kept to"),
];

/// The keys of a choice of one, of which none was chosen yet.
const PICKED: &[(&str, &str, &str)] = &[
    ("enter", "takes it, goes on", "chooses the one under the cursor, and goes on"),
    ("space", "choose", "chooses the line, or takes the choice back"),
    ("a", "add one", "types one that is not there yet"),
];

/// Whether Enter chooses the line under the cursor.
fn is_picked_by_enter(section: &Progress) -> bool {
    let chosen = |line: &Line| line.verdict == Verdict::Answered;
    section.pick.as_ref().is_some_and(|pick| pick.most == 1)
        && !section.lines.is_empty()
        && !section.lines.iter().any(chosen)
}

/// Whether something holds a section until it is explained or waived.
#[must_use]
pub fn is_held(section: &Progress) -> bool {
    section.held.iter().any(|held| held.answer.is_none())
}

/// Whether Enter has a guess to accept.
fn is_guessed(section: &Progress) -> bool {
    let guessed = |line: &Line| line.verdict == Verdict::Open && !line.guess.is_empty();
    section.lines.iter().any(guessed)
}

/// The keys of a section: of a choice, adding only where something can be added.
pub fn keys_of(
    section: &Progress,
) -> impl Iterator<Item = &'static (&'static str, &'static str, &'static str)> {
    let adds = section.asks != Asks::Choice || section.makes.is_some();
    let all = match section.asks {
        _ if is_held(section) => HELD,
        Asks::Bands if !is_guessed(section) => UNGUESSED,
        Asks::Choice if is_picked_by_enter(section) => PICKED,
        asks => keys(asks),
    };
    all.iter().filter(move |(key, _, _)| adds || *key != "a")
}

/// A ritual that is open.
#[derive(Debug, Clone)]
pub struct Rite {
    pub sitting: Sitting,
    /// The line of the section under the cursor.
    pub cursor: usize,
    /// The first line that is drawn, where they are a list.
    pub top: usize,
    /// A verb was begun: when it is carried out, it is what is said of the card.
    pub begun: bool,
    /// What is said and on its way to the disk.
    pub sent: Option<Box<RitualStep>>,
    /// What there is to know of the row of the card.
    pub card: Option<Card>,
    /// What came of it, once it is over.
    pub minutes: Option<Minutes>,
    /// The slide that is presented, one section a screen.
    pub presented: Option<usize>,
    /// What was said of a figure that holds, as far as it was said.
    pub told: Option<(String, Vec<String>)>,
    /// Lines of a long section that are on their way.
    asked: long::Asked,
    /// When a key was pressed last.
    last: Option<NaiveTime>,
}

/// The widest that a ritual is read with ease.
pub const WIDEST: u16 = 100;

impl Rite {
    #[must_use]
    pub fn new(sitting: Sitting, now: Option<NaiveTime>) -> Self {
        let mut rite = Self {
            sitting,
            cursor: 0,
            top: 0,
            begun: false,
            sent: None,
            card: None,
            minutes: None,
            presented: None,
            told: None,
            asked: long::Asked::default(),
            last: now,
        };
        rite.to_open();
        rite
    }

    /// The section that is asked.
    #[must_use]
    pub fn section(&self) -> Option<&Progress> {
        self.sitting.run.open_section()
    }

    /// The sections as they are presented: what is asked of the room and what was decided first.
    #[must_use]
    pub fn slides(&self) -> Vec<&Progress> {
        let rank = |section: &&Progress| match section.key.as_str() {
            "asked" => 0,
            "decisions" => 1,
            _ => 2,
        };
        let mut slides: Vec<&Progress> = self.sitting.run.sections.iter().collect();
        slides.sort_by_key(rank);
        slides
    }

    /// What it asks.
    #[must_use]
    pub fn asks(&self) -> Option<Asks> {
        self.section().map(|section| section.asks)
    }

    /// The line under the cursor.
    #[must_use]
    pub fn line(&self) -> Option<&Line> {
        self.section()?.line(self.cursor)
    }

    /// The row of the card, where the section asks by cards.
    #[must_use]
    pub fn item(&self) -> Option<ItemId> {
        if self.asks() != Some(Asks::Verdicts) {
            return None;
        }
        self.sitting.id_of(self.line()?.about.as_deref())
    }

    /// Whether anything was said in this run, now or earlier.
    #[must_use]
    pub fn has_said(&self) -> bool {
        use crate::domain::ritual::run::SectionState;
        self.sitting.goes_on
            || self
                .sitting
                .run
                .sections
                .iter()
                .any(|section| section.state == SectionState::Done || section.judged() > 0)
    }

    /// To another line; stays within the section.
    pub fn step(&mut self, by: isize) {
        let last = self.section().map_or(0, |section| section.count().saturating_sub(1));
        self.cursor = self.cursor.saturating_add_signed(by).min(last);
        self.begun = false;
    }

    /// To the next line without a verdict, from the cursor on and then from the start.
    pub fn to_open(&mut self) {
        self.begun = false;
        let Some(section) = self.section() else { return };
        let count = section.count();
        let from = self.cursor.min(count);
        let next = section.open_from(from).or_else(|| section.open_from(0));
        self.cursor = next.unwrap_or(from.min(count.saturating_sub(1)));
    }

    /// Takes in what is on disk now: the next line, or the next section from its start.
    pub fn heard(&mut self, label: &str) {
        let Some(mut step) = self.sent.take() else { return };
        for said in &mut step.said {
            if said.words.is_empty() && step.op.is_some() {
                said.words = words_of(label, said.about.as_deref().unwrap_or(""));
            }
        }
        let at = self.sitting.run.at;
        self.sitting.hear(&step);
        self.sitting.goes_on = true;
        if self.sitting.run.at != at {
            (self.cursor, self.top) = (0, 0);
        } else if self.asks() == Some(Asks::Choice) && self.sitting.turns(&step) {
            // Its lines are read anew; the cursor stays on the one that was chosen.
            return;
        }
        self.to_open();
    }

    /// The same ritual as it stands after a step was taken back or done again: at the first line
    /// that lost its verdict.
    pub fn again(&mut self, sitting: Sitting) {
        let seconds = self.sitting.run.seconds.max(sitting.run.seconds);
        let was = spoken(&self.sitting)
            .map(|(key, line)| (place(key, line), self.sitting.id_of(line.about.as_deref())));
        let was: Vec<(Place, Option<ItemId>)> = was.collect();
        let here = self.section().zip(self.line()).map(|(section, line)| place(&section.key, line));
        self.sitting = sitting;
        self.sitting.run.seconds = seconds;
        (self.begun, self.minutes) = (false, None);
        match self.lost(&was) {
            Some(at) => self.cursor = at,
            None => match self.stays(here.as_ref()) {
                Some(at) => self.cursor = at,
                None => self.to_open(),
            },
        }
    }

    /// Where the line is now that the cursor stood on, in a list that goes on. A block is the same
    /// wherever it was moved to.
    fn stays(&self, here: Option<&Place>) -> Option<usize> {
        let section = self.section()?;
        let (key, about, _) = here?;
        match section.asks {
            Asks::Choice => {
                section.lines.iter().position(|line| Some(&place(&section.key, line)) == here)
            }
            Asks::Blocks if *key == section.key && about.is_some() => {
                section.lines.iter().position(|line| line.about == *about)
            }
            Asks::Blocks
            | Asks::Verdicts
            | Asks::Bands
            | Asks::Lines
            | Asks::Figures
            | Asks::Levels
            | Asks::Confirmation => None,
        }
    }

    /// The time that went by since the last key.
    pub fn tick(&mut self, now: Option<NaiveTime>) {
        if let (Some(last), Some(now)) = (self.last, now) {
            let seconds = now.signed_duration_since(last).num_seconds().rem_euclid(DAY);
            let seconds = u64::try_from(seconds).unwrap_or(0).min(AWAY_SECONDS);
            self.sitting.run.seconds += seconds;
        }
        self.last = now.or(self.last);
    }

    /// `4:12 of 10:00`.
    #[must_use]
    pub fn clock(&self) -> String {
        let shown = |seconds: u64| format!("{}:{:02}", seconds / 60, seconds % 60);
        let planned = u64::from(self.sitting.minutes) * 60;
        format!("{} of {}", shown(self.sitting.run.seconds), shown(planned))
    }

    /// `15 s a card, 14 used`: what each may take, and took so far.
    #[must_use]
    pub fn pace(&self) -> Option<String> {
        let (judged, all) = self.sitting.run.judged();
        let planned = u64::from(self.sitting.minutes) * 60 / u64::try_from(all).ok()?.max(1);
        let judged = u64::try_from(judged).ok().filter(|judged| *judged > 0)?;
        let used = self.sitting.run.seconds / judged;
        (used > 0).then(|| format!("{planned} s a card, {used} used"))
    }
}

type Place = (String, Option<String>, String);

fn place(key: &str, line: &Line) -> Place {
    (key.to_owned(), line.about.clone(), line.text.clone())
}

fn spoken(sitting: &Sitting) -> impl Iterator<Item = (&str, &Line)> {
    let sections = sitting.run.sections.iter();
    sections
        .flat_map(|section| {
            let said = section.long.iter().flat_map(|long| long.said.values());
            let plain = section.lines.iter().filter(|_| section.long.is_none());
            said.chain(plain).map(|line| (section.key.as_str(), line))
        })
        .filter(|(_, line)| line.verdict != Verdict::Open)
}
