//! What comes in and what goes out: messages that change the model, and the effects that it asks
//! the shell for. Every question is answered with a message; nothing here does anything itself.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use crate::domain::item::ItemId;
use crate::domain::kind::Kind;
use crate::domain::ritual::RitualKind;
use crate::ops::import::ImportRequest;
use crate::ops::page::Stand;
use crate::ops::pages::Paper;
use crate::ops::ritual::Wanted;
use crate::ops::today::DayRoom;
use crate::ops::{Done, ListQuery, Op};

use super::action::Action;
use super::draft::Unsaved;
use super::form::Scope;
use super::keys::Key;
use super::model::Tone;
use super::mouse::{Gesture, Target};
use super::place::Place;
use super::settings::Setting;
use super::week::WeekAsked;

mod answer;
mod words;

pub use answer::Answer;
pub use words::{Failure, Out, Scroll, Told};

/// Something to be done outside the model.
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    /// A question to the workspace.
    Load(Load),
    /// An operation on the workspace.
    Run(Op),
    /// An import as previewed; tells how far it is.
    Import(Box<ImportRequest>),
    /// The titles of these kinds are about to be searched; not answered.
    Ahead(Vec<Kind>),
    /// The rest of a standup is brought into line while nobody waits; not answered.
    LineUp,
    /// Asks the source of this metric for its figure, or all sources.
    AskSources(Option<ItemId>),
    /// Breaks off what is under way.
    Interrupt,
    /// The editor of the environment; without an item for what is being written here.
    Editor {
        item: Option<ItemId>,
        field: &'static str,
        text: String,
    },
    /// The first steps were taken or skipped, and are not offered on this machine again.
    TourEnded,
    Copy(String),
    OpenLink(String),
    /// Settings that the screen follows at once, by name.
    Preview(Vec<(&'static str, String)>),
    /// Settings to be kept.
    Configure(Vec<(&'static str, String)>),
    /// What was kept about the person and the calendar: it holds from now on.
    Follow(Box<crate::ops::workspace::Settings>),
    Redraw,
    Suspend,
    Quit,
}

/// A question to the workspace.
#[derive(Debug, Clone, PartialEq)]
pub enum Load {
    /// The window of a list around a place; `keep` is looked for first, unless the list is still
    /// as it was at `known`: then `keep` stands at `around`, and what is `held` is not read again.
    /// So many rows above it, and so many from it on.
    Page {
        place: Place,
        query: ListQuery,
        around: usize,
        sides: (u16, u16),
        keep: Option<ItemId>,
        known: Option<Stand>,
        /// Whether all rows in sight are there as they were at `known`.
        held: bool,
        serial: u64,
    },
    /// Rows beyond a window that was read at `known`, from a row of it whose place is known; nothing
    /// when the list is not as it was. Nobody waits for them.
    More {
        place: Place,
        query: Box<ListQuery>,
        span: std::ops::Range<usize>,
        from: (ItemId, usize),
        known: Stand,
        serial: u64,
    },
    /// A board with these places of each column, and where an item stands in it.
    Board {
        place: Place,
        query: ListQuery,
        spans: Vec<std::ops::Range<usize>>,
        keep: Option<ItemId>,
        serial: u64,
    },
    /// The day, with as many lines as there is room for.
    Today(DayRoom),
    /// The tree of outcomes with these nodes unfolded.
    Tree {
        unfolded: BTreeSet<ItemId>,
    },
    /// A week with its rows, and the weeks before it.
    Week(WeekAsked),
    /// What is counted on the deals.
    DealFigures,
    /// The deals behind the figure of a metric, or of the metric of an outcome.
    DealsBehind(ItemId),
    /// The glances of the live pane, no more than so many.
    Live {
        most: usize,
    },
    /// Thirteen periods of every metric, by group.
    Scorecard,
    /// What metrics say together.
    Signals,
    /// Evidence by segment and stage.
    Matrix,
    /// A plan with its milestones; the active one without an id.
    Plan(Option<ItemId>),
    /// The templates that a plan can be started from.
    PlanTemplates,
    Trash,
    History,
    Detail(ItemId),
    /// A ritual, with what is asked in it and what was said so far.
    Sit {
        kind: RitualKind,
        about: Option<Kind>,
    },
    /// Lines of a long section of the ritual that was sat down to last.
    Lines {
        section: String,
        wanted: Wanted,
    },
    /// The rules by which a band is guessed.
    Rules,
    /// Brings the plan into its calendar folder.
    Publish,
    /// An item in full, and what a card tells of it; with what changed after a step.
    Card {
        id: ItemId,
        seen: Option<i64>,
    },
    /// What came of the last run of a ritual.
    Minutes {
        kind: RitualKind,
        about: Option<Kind>,
    },
    ItemHistory(ItemId),
    /// The files and folders whose path goes on from a text.
    Paths {
        text: String,
        serial: u64,
    },
    /// Items whose titles match, of these kinds, for pickers and the palette.
    Candidates {
        kinds: Vec<Kind>,
        text: String,
        serial: u64,
    },
    /// Names of people and tags, for completion.
    Vocabulary,
    /// An item with its parts and the names in it, for a form.
    Form(ItemId, Scope),
    /// The same of a decision that is about to be taken, for which keys wait.
    Options(ItemId),
    /// Something to read, in lines.
    Sheet(Told),
    /// An item in words for others, to be copied.
    Announcement(ItemId),
    /// The swap test of a positioning.
    Swaps(ItemId),
    /// The templates that could be attached to an item.
    Templates(ItemId),
    /// A prompt filled from a decision, to be copied.
    Prompt {
        item: ItemId,
        name: &'static str,
    },
    /// A page for people elsewhere, to be copied or written.
    Paper {
        paper: Paper,
        out: Out,
    },
    /// What is to be known of somebody before they are spoken to.
    Standing {
        name: String,
        serial: u64,
    },
    /// The whole filtered list, to mark all of it.
    AllIds(ListQuery),
    /// The whole filtered list, to walk through it.
    Queue(ListQuery),
    /// The requests that wait for triage, this one first.
    Triage(Option<ItemId>),
    /// The intake policy, to be edited.
    Policy,
    /// The note of a day, to be read and written.
    DayNote(NaiveDate),
    /// The notes of all days, to be read.
    DayNotes,
    /// What requests came to.
    RequestLog,
    /// What importing a file would do.
    ImportPlan(Box<ImportRequest>),
    /// The first steps of undo and redo, for the status line, and the saved views.
    Status,
}

/// Something that happened.
#[derive(Debug, Clone)]
pub enum Msg {
    Key(Key),
    /// Keys that came at once and read as text.
    Burst(Vec<Key>),
    Paste(String),
    /// The mouse did something, on what lay under it.
    Mouse(Gesture, Option<Target>),
    Resize(u16, u16),
    /// Nobody pressed a key for a moment while a chord was begun.
    Pause,
    /// Another process changed the workspace.
    Changed,
    /// The day has turned.
    NewDay(chrono::NaiveDate),
    Answer(Box<Answer>),
    Done(Box<Done>),
    Failed(Failure),
    /// The editor was closed.
    Edited {
        item: Option<ItemId>,
        field: &'static str,
        text: String,
    },
    /// What was typed in an earlier session and not saved.
    Unsaved(Vec<Unsaved>),
    /// An action by its name, without a key.
    Act(Action),
    /// The row at this place of the list is chosen.
    Row(usize),
    /// Something to say, from the shell.
    Say(String),
    /// Something to say, and how it is meant.
    Tell(String, Tone),
    /// How far long work is, in parts of its whole.
    Progress(u64, u64),
    /// How far the detail is scrolled, and how far it can be, as it was drawn.
    Drawn(Scroll),
    /// What is set now.
    Configured(Vec<Setting>),
    /// What stays wrong until it is mended.
    Banner(Option<String>),
}

impl Effect {
    /// Whether a picture waits for what comes of it; what waits for none is not hurried either.
    #[must_use]
    pub fn is_waited_for(&self) -> bool {
        !matches!(self, Self::Load(Load::More { .. }) | Self::Ahead(_) | Self::LineUp)
    }
}

impl Msg {
    /// What was answered to a question.
    #[must_use]
    pub fn answer(answer: Answer) -> Self {
        Self::Answer(Box::new(answer))
    }
}
