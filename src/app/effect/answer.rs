//! What the workspace answers to the questions of the screen.

use chrono::NaiveDate;

use super::super::form::Scope;
use super::super::place::Place;
use super::super::plan::PlanScreen;
use super::super::popup::Behind;
use super::super::rows::TreeRow;
use super::super::week::WeekScreen;
use crate::app::importing::Ask;
use crate::domain::change::Draft;
use crate::domain::field::Field;
use crate::domain::item::{Item, ItemId};
use crate::domain::part::Part;
use crate::domain::ritual::RitualKind;
use crate::ops::board::Board;
use crate::ops::deal::DealFigures;
use crate::ops::detail::{Detail, ItemStep};
use crate::ops::evidence::segments::Matrix;
use crate::ops::evidence::swap::SwapLine;
use crate::ops::history::Entry;
use crate::ops::import::{ImportPlan, ImportRequest};
use crate::ops::metric::Scorecard;
use crate::ops::metric::need::Pane;
use crate::ops::metric::signals::Readings;
use crate::ops::plan::{Choice, Head};
use crate::ops::ritual::{Brought, Sitting};
use crate::ops::standup::Card;
use crate::ops::templates::Template;
use crate::ops::timer::{Doubted, Timer};
use crate::ops::today::Today;
use crate::ops::week::Meter;
use crate::ops::week::rules::KeptRule;
use crate::ops::{Page, Row, View};
use crate::store::NameTable;
use crate::store::lookup::Named;

/// An answer of the workspace.
#[derive(Debug, Clone)]
pub enum Answer {
    Page {
        place: Place,
        page: Page,
        cursor: usize,
        kept: bool,
        serial: u64,
    },
    /// The window of a list is as it was, and its rows are held.
    Unchanged {
        place: Place,
        serial: u64,
    },
    /// Rows beyond a window; none when the list is not as it was.
    More {
        place: Place,
        page: Option<Page>,
        serial: u64,
    },
    Board {
        place: Place,
        board: Board,
        serial: u64,
    },
    Today(Today),
    Tree {
        rows: Vec<TreeRow>,
        names: NameTable,
        /// What metrics say together.
        read: Vec<String>,
    },
    Scorecard {
        card: Box<Scorecard>,
        read: Vec<String>,
    },
    Signals(Readings),
    Week {
        screen: Box<WeekScreen>,
        rows: Vec<Row>,
        names: NameTable,
    },
    Live(Pane),
    DealFigures(DealFigures),
    /// A filter of the list of deals; `None` where the figure was told by somebody.
    DealsBehind(Option<String>),
    Matrix(Matrix),
    /// Every line with every rival, what was said of it, and what saying otherwise does.
    Swaps {
        item: ItemId,
        lines: Vec<SwapLine>,
    },
    Plan {
        screen: Option<Box<PlanScreen>>,
        rows: Vec<Row>,
        names: NameTable,
    },
    PlanTemplates {
        choices: Vec<Choice>,
        faults: Vec<String>,
    },
    Trash(Page),
    History(Vec<Entry>),
    Detail(Option<Detail>),
    Sitting(Box<Sitting>),
    /// Lines of a section of it.
    Lines(Box<Brought>),
    Rules(Vec<KeptRule>),
    /// What publishing the plan took; nothing where no folder was said.
    Published(Option<String>),
    Card {
        detail: Option<Detail>,
        card: Option<Box<Card>>,
    },
    /// Markdown.
    Minutes(String),
    ItemHistory {
        title: String,
        steps: Vec<ItemStep>,
        names: NameTable,
    },
    Paths {
        found: Vec<String>,
        serial: u64,
    },
    Candidates {
        items: Vec<Named>,
        serial: u64,
    },
    Vocabulary {
        people: Vec<Named>,
        tags: Vec<String>,
    },
    Form {
        scope: Scope,
        item: Item,
        parts: Vec<Part>,
        names: NameTable,
    },
    /// Figures to read, each with what stands behind it.
    Report {
        title: String,
        lines: Vec<(String, Option<Behind>)>,
    },
    /// Something to read.
    Sheet {
        title: String,
        lines: Vec<String>,
    },
    /// Where each ritual stands.
    Rituals(Vec<(RitualKind, String)>),
    /// A text to be copied.
    Copied {
        text: String,
        said: Option<String>,
    },
    /// A page was written to this file.
    Written {
        path: String,
        said: Option<String>,
    },
    Templates {
        item: ItemId,
        templates: Vec<Template>,
    },
    /// What is to be known of somebody, a line each.
    Standing {
        lines: Vec<String>,
        serial: u64,
    },
    AllIds(Vec<ItemId>),
    Queue(Vec<ItemId>),
    Triage(Vec<ItemId>),
    Policy(String),
    DayNote(NaiveDate, String),
    /// Text to read.
    Text {
        title: &'static str,
        lines: Vec<String>,
    },
    ImportPlan {
        request: Box<ImportRequest>,
        plan: Box<ImportPlan>,
    },
    /// Something must be said of the file first.
    ImportAsked {
        request: Box<ImportRequest>,
        ask: Ask,
    },
    /// Somebody else changed the same fields of the item that a form or a text is about.
    Conflict {
        item: Item,
        parts: Vec<Part>,
        names: NameTable,
    },
    /// A new item lacks a field that cannot be guessed: which of these?
    TagWhich {
        draft: Box<Draft>,
        field: &'static Field,
        known: Vec<Named>,
    },
    /// An outcome too many: which one gives way to the draft?
    DropWhich {
        draft: Box<Draft>,
        outcomes: Vec<Named>,
    },
    Status {
        undo: Option<String>,
        redo: Option<String>,
        views: Vec<View>,
        /// The month in which the fiscal year begins.
        fiscal: u32,
        meter: Meter,
        plan: Option<Head>,
        timer: Option<Timer>,
        /// The same, when its time cannot be believed.
        doubted: Option<Doubted>,
    },
    /// A timer that was to end is doubted.
    TimerDoubted(Doubted),
}

impl Answer {
    /// Whether keys wait for it, and the picture: see [`super::Effect::is_waited_for`].
    #[must_use]
    pub const fn is_waited_for(&self) -> bool {
        !matches!(self, Self::More { .. })
    }
}
