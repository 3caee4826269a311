//! Everything that the screen shows, as one value. Only `update` changes it; `ui` only reads it.

use std::collections::{BTreeSet, HashMap};

use chrono::NaiveDate;

use crate::domain::day::Calendar;
use crate::domain::item::ItemId;
use crate::domain::kind::Kind;
use crate::ops::Row;
use crate::ops::detail::Detail;
use crate::store::lookup::Named;

use super::bindings::Bindings;
use super::keys::Key;
use super::list::List;
use super::place::Place;
use super::popup::Popup;
use super::settings::Setting;

/// What is known about the workspace as a whole.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct About {
    pub name: String,
    pub demo: bool,
    pub read_only: bool,
}

/// How a message is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    Plain,
    Done,
    Refused,
    Failed,
}

/// Something that was said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    pub text: String,
    pub tone: Tone,
}

/// Which part of a screen has the keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pane {
    List,
    Detail,
}

/// How the detail of a row is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DetailView {
    Hidden,
    /// At the right, or below where it is too narrow for that.
    Beside,
    Below,
    Whole,
}

/// The model.
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own, and none is a popup")]
#[derive(Debug)]
pub struct Model {
    pub about: About,
    pub calendar: Calendar,
    pub width: u16,
    pub height: u16,
    pub place: Place,
    pub lists: HashMap<Place, List>,
    pub unfolded: BTreeSet<ItemId>,
    /// Whether the tree was opened once; at first its outcomes show their bets.
    pub tree_seen: bool,
    /// The outcomes of the pane at the right of Today.
    pub outcomes: Vec<Row>,
    pub detail: Option<Box<Detail>>,
    /// Whether a detail is on its way; the next one is asked for when it has come.
    pub detail_asked: bool,
    /// A question failed: nothing is asked again by itself until a key is pressed.
    pub failed: bool,
    pub detail_view: DetailView,
    /// Where the detail goes back to when it leaves the whole screen.
    pub detail_home: DetailView,
    pub detail_top: usize,
    /// The furthest that the detail scrolls, as it was last drawn.
    pub detail_last: usize,
    pub pane: Pane,
    pub popups: Vec<Popup>,
    pub bindings: Bindings,
    /// The keys of a chord that is not complete.
    pub pending: Vec<Key>,
    /// Whether the continuations of `pending` are shown.
    pub hint_pending: bool,
    /// The last thing said, until the next key.
    pub toast: Option<Message>,
    pub messages: Vec<Message>,
    /// What stays wrong until it is mended.
    pub banner: Option<String>,
    pub undo: Option<String>,
    pub redo: Option<String>,
    /// Where jumps came from.
    pub trail: Vec<(Place, ItemId)>,
    /// Earlier lines of prompts.
    pub memory: HashMap<&'static str, Vec<String>>,
    pub people: Vec<Named>,
    pub tags: Vec<String>,
    /// An item to be selected when its list arrives.
    pub wanted: Option<ItemId>,
    pub serial: u64,
    /// A form that waits for the answer to its own operation.
    pub submitted: bool,
    /// How far long work is; `None` when none is under way.
    pub progress: Option<(u64, u64)>,
    pub quitting: bool,
    /// What can be set, as it is.
    pub settings: Vec<Setting>,
}

impl Model {
    #[must_use]
    pub fn new(about: About, calendar: Calendar, size: (u16, u16)) -> Self {
        let lists = Place::ALL
            .into_iter()
            .map(|place| (place, List::new(place.kind().unwrap_or(Kind::Decision))));
        Self {
            about,
            calendar,
            width: size.0,
            height: size.1,
            place: Place::Today,
            lists: lists.collect(),
            unfolded: BTreeSet::new(),
            tree_seen: false,
            outcomes: Vec::new(),
            detail: None,
            detail_asked: false,
            failed: false,
            detail_view: DetailView::Beside,
            detail_home: DetailView::Beside,
            detail_top: 0,
            detail_last: usize::MAX,
            pane: Pane::List,
            popups: Vec::new(),
            bindings: Bindings::default(),
            pending: Vec::new(),
            hint_pending: false,
            toast: None,
            messages: Vec::new(),
            banner: None,
            undo: None,
            redo: None,
            trail: Vec::new(),
            memory: HashMap::new(),
            people: Vec::new(),
            tags: Vec::new(),
            wanted: None,
            serial: 0,
            submitted: false,
            progress: None,
            quitting: false,
            settings: Vec::new(),
        }
    }

    #[must_use]
    pub fn today(&self) -> NaiveDate {
        self.calendar.today
    }

    /// The list of the place.
    ///
    /// # Panics
    /// Never: every place has its list from the start.
    #[must_use]
    pub fn list(&self) -> &List {
        &self.lists[&self.place]
    }

    /// The list of the place, to be changed.
    ///
    /// # Panics
    /// Never: every place has its list from the start.
    pub fn list_mut(&mut self) -> &mut List {
        self.list_at(self.place)
    }

    pub fn list_at(&mut self, place: Place) -> &mut List {
        self.lists.entry(place).or_insert_with(|| List::new(place.kind().unwrap_or(Kind::Decision)))
    }

    pub fn say(&mut self, text: impl Into<String>, tone: Tone) {
        let message = Message { text: text.into(), tone };
        self.messages.push(message.clone());
        if self.messages.len() > 500 {
            self.messages.remove(0);
        }
        self.toast = Some(message);
    }

    /// A number for the next question.
    pub fn next_serial(&mut self) -> u64 {
        self.serial += 1;
        self.serial
    }
}
