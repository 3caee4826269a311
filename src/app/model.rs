//! Everything that the screen shows, as one value. Only `update` changes it; `ui` only reads it.

use std::collections::{BTreeSet, HashMap, VecDeque};

use chrono::{NaiveDate, NaiveTime};

use crate::domain::day::Calendar;
use crate::domain::item::ItemId;
use crate::domain::kind::Kind;
use crate::domain::part::PartId;
use crate::ops::View;
use crate::ops::detail::Detail;
use crate::ops::metric::Glance;
use crate::ops::plan::Head;
use crate::ops::today::DayRoom;
use crate::store::NameTable;
use crate::store::lookup::Named;

use super::action::Action;
use super::bindings::{Bindings, Keymap};
use super::card::Card;
use super::draft::Unsaved;
use super::keys::Key;
use super::list::List;
use super::live::Live;
use super::menu::Purpose;
pub use super::message::{Message, Tone};
use super::place::Place;
use super::plan::PlanScreen;
use super::popup::Popup;
use super::prompt::PromptFor;
use super::ritual::Rite;
use super::settings::Setting;
use super::tour::Tour;
use super::typeahead::Typeahead;
use super::week::{WeekAsked, WeekScreen};

/// What is known about the workspace as a whole.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct About {
    pub name: String,
    pub demo: bool,
    pub read_only: bool,
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

/// What stands in a form when it opens, and where the cursor is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Begin {
    pub fill: Option<(&'static str, &'static str)>,
    pub focus: &'static str,
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
    /// The tab from which one came to a place that has none.
    pub left: Option<Place>,
    pub lists: HashMap<Place, List>,
    /// The week that is shown, and which one is asked for.
    pub week: Option<Box<WeekScreen>>,
    pub week_asked: WeekAsked,
    /// The matrix of evidence, once it was read.
    pub matrix: Option<Box<super::matrix::MatrixScreen>>,
    /// The plan that is shown, and which one is asked for.
    pub plan: Option<Box<PlanScreen>>,
    pub plan_asked: Option<ItemId>,
    /// The active plan, for the top line.
    pub plan_head: Option<Head>,
    /// How the running week is spent, for the second line.
    pub meter: Option<crate::ops::week::Meter>,
    /// The timer that runs.
    pub timer: Option<crate::ops::timer::Timer>,
    /// The one that was asked about, so that it is asked once.
    pub doubted: Option<crate::ops::timer::Doubted>,
    pub unfolded: BTreeSet<ItemId>,
    /// Whether the tree was opened once; at first its outcomes show their bets.
    pub tree_seen: bool,
    /// What the live pane shows, and whether it is shown.
    pub glances: Vec<Glance>,
    /// Metrics that the pane does not show.
    pub more_glances: usize,
    /// Whether the pane will have something to show, as long as nobody read what.
    pub expects_glances: bool,
    /// The lines that Today was asked for.
    pub today_asked: Option<DayRoom>,
    pub live: Live,
    /// A figure is to be recorded as soon as it is known which metrics there are.
    pub recording: bool,
    /// What stands beside lines of Today that their items do not say.
    pub said: HashMap<ItemId, String>,
    pub detail: Option<Box<Detail>>,
    /// Whose detail is on its way; the next one is asked for when it has come.
    pub detail_asked: Option<ItemId>,
    /// Who was asked for and is there no more, so that nobody asks for it over and over.
    pub detail_gone: Option<ItemId>,
    /// A question failed: nothing is asked again by itself until a key is pressed.
    pub failed: bool,
    pub detail_view: DetailView,
    /// Where the detail goes back to when it leaves the whole screen.
    pub detail_home: DetailView,
    pub detail_top: usize,
    /// The furthest that the detail scrolls, as it was last drawn; the largest number until then.
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
    /// The configuration is wrong: what holds instead.
    pub misconfigured: Option<String>,
    /// The time on the wall clock, as it was told last.
    pub now: Option<NaiveTime>,
    pub undo: Option<String>,
    pub redo: Option<String>,
    /// The saved views, by name.
    pub views: Vec<View>,
    /// Where jumps came from.
    pub trail: Vec<(Place, ItemId)>,
    /// Earlier lines of prompts.
    pub memory: HashMap<&'static str, Vec<String>>,
    pub people: Vec<Named>,
    pub tags: Vec<String>,
    /// The part that keys act on, while the detail has them.
    pub part: Option<PartId>,
    /// Whether the detail scrolls to that part.
    pub follows: bool,
    /// A decision whose options are on their way.
    pub deciding: Option<ItemId>,
    /// What was pasted where nothing is typed; the next key can take it.
    pub pasted: Option<String>,
    /// What is to be done to a marked row as soon as it is on the screen.
    pub acting: Option<(ItemId, Action)>,
    /// How the next form begins.
    pub begin: Option<Begin>,
    /// An item to be selected when its list arrives.
    pub wanted: Option<ItemId>,
    pub serial: u64,
    /// What was asked and not answered, and the keys that wait for it.
    pub typeahead: Typeahead,
    /// What was typed and left without saving, in this session or an earlier one.
    pub unsaved: Vec<Unsaved>,
    /// What the operations on their way to the disk came from, the first first.
    pub sent: VecDeque<Option<Popup>>,
    /// What the next operation comes from.
    pub sending: Option<Popup>,
    /// The first steps, while they are being taken.
    pub tour: Tour,
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
            left: None,
            lists: lists.collect(),
            week: None,
            week_asked: WeekAsked::default(),
            matrix: None,
            plan: None,
            plan_asked: None,
            plan_head: None,
            meter: None,
            timer: None,
            doubted: None,
            unfolded: BTreeSet::new(),
            tree_seen: false,
            glances: Vec::new(),
            more_glances: 0,
            expects_glances: false,
            today_asked: None,
            live: Live::default(),
            recording: false,
            said: HashMap::new(),
            detail: None,
            detail_asked: None,
            detail_gone: None,
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
            misconfigured: None,
            now: None,
            undo: None,
            redo: None,
            views: Vec::new(),
            trail: Vec::new(),
            memory: HashMap::new(),
            people: Vec::new(),
            tags: Vec::new(),
            part: None,
            follows: false,
            deciding: None,
            acting: None,
            pasted: None,
            begin: None,
            wanted: None,
            serial: 0,
            typeahead: Typeahead::default(),
            unsaved: Vec::new(),
            sent: VecDeque::new(),
            sending: None,
            tour: Tour::default(),
            progress: None,
            quitting: false,
            settings: Vec::new(),
        }
    }

    #[must_use]
    pub fn today(&self) -> NaiveDate {
        self.calendar.today
    }

    /// The keys in force at the place.
    #[must_use]
    pub fn keys(&self) -> &Keymap {
        self.bindings.at(self.place)
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

    /// The card that is open, wherever in the stack.
    #[must_use]
    pub fn card(&self) -> Option<&Card> {
        self.popups.iter().find_map(|popup| match popup {
            Popup::Card(card) => Some(card.as_ref()),
            _ => None,
        })
    }

    pub fn card_mut(&mut self) -> Option<&mut Card> {
        self.popups.iter_mut().find_map(|popup| match popup {
            Popup::Card(card) => Some(card.as_mut()),
            _ => None,
        })
    }

    /// The ritual that is open, wherever in the stack.
    #[must_use]
    pub fn rite(&self) -> Option<&Rite> {
        self.popups.iter().find_map(|popup| match popup {
            Popup::Ritual(rite) => Some(rite.as_ref()),
            _ => None,
        })
    }

    pub fn rite_mut(&mut self) -> Option<&mut Rite> {
        self.popups.iter_mut().find_map(|popup| match popup {
            Popup::Ritual(rite) => Some(rite.as_mut()),
            _ => None,
        })
    }

    /// The item of the card that is open, be it of a walk or of a ritual.
    #[must_use]
    pub fn carded(&self) -> Option<ItemId> {
        self.card().map(Card::item).or_else(|| self.rite()?.item())
    }

    /// Whether something stays wrong and is said above the place.
    #[must_use]
    pub fn has_banner(&self) -> bool {
        self.banner.is_some() || self.misconfigured.is_some()
    }

    /// The names of what the subject mentions.
    #[must_use]
    pub fn names(&self) -> &NameTable {
        match (&self.detail, self.carded()) {
            (Some(detail), Some(_)) => &detail.names,
            _ => &self.list().names,
        }
    }

    /// Whether something would be lost for good by a hasty answer.
    #[must_use]
    pub fn is_asking(&self) -> bool {
        match self.popups.last() {
            Some(Popup::Menu(menu)) => menu.purpose == Purpose::Confirm,
            // It opens by itself, while the next key may be on its way already.
            Some(Popup::Prompt(prompt)) => matches!(prompt.purpose, PromptFor::Why(_)),
            _ => false,
        }
    }

    /// Whether the screen shows the subject in full.
    #[must_use]
    pub fn wants_detail(&self) -> bool {
        self.has_detail_beside() || self.is_zoomed() || self.carded().is_some()
    }

    /// Stands at a place; from one without a tab there is a way back.
    pub fn stand_at(&mut self, place: Place) {
        if place.number().is_some() {
            self.left = None;
        } else if self.place.number().is_some() {
            self.left = Some(self.place);
        }
        self.place = place;
    }

    pub fn say(&mut self, text: impl Into<String>, tone: Tone) {
        let text = text.into();
        if text.is_empty() {
            return;
        }
        let message = Message { text, tone, at: self.now };
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
