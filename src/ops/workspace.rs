//! An open workspace: the store, the clock, who is asking, and where ids come from.

use std::collections::HashMap;
use std::path::Path;
use std::time::Duration;

use chrono::NaiveDate;

use crate::domain::day::Calendar;
use crate::domain::kind::Kind;
use crate::store::backlog::Counts;
use crate::store::ids::Ids;
use crate::store::{Access, Places, Stamp, Store};

use super::clock::Clock;
use super::error::Result;
use super::page::Stand;
use super::titles::TitleIndex;
use super::today::{DayRoom, Offers, Today};

/// What the configuration says that operations need to know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// The person at the keyboard, by name.
    pub me: Option<String>,
    /// First month of the fiscal year, 1 to 12.
    pub fiscal_start_month: u32,
    /// The zone at home, in which calendars are read.
    pub zone: crate::domain::zone::Zone,
    /// The person's own addresses in calendars.
    pub addresses: Vec<String>,
    /// How long a write waits for another process.
    pub wait: Duration,
    /// The folder of the user's own contents, such as templates; nothing is read before it is asked
    /// for.
    pub own: Option<std::path::PathBuf>,
    /// Refuse every write, whatever the file would allow.
    pub read_only: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            me: None,
            fiscal_start_month: 1,
            zone: crate::domain::zone::Zone::UTC,
            addresses: Vec::new(),
            wait: Duration::from_secs(30),
            own: None,
            read_only: false,
        }
    }
}

impl Settings {
    /// What relative dates are read against on a day.
    #[must_use]
    pub fn calendar(&self, today: NaiveDate) -> Calendar {
        Calendar { today, fiscal_start_month: self.fiscal_start_month, plan_start: None }
    }
}

type FramedShares =
    (crate::domain::decision::figures::Share, crate::domain::decision::figures::Share);

/// An open workspace.
pub struct Workspace {
    pub(super) store: Store,
    pub(super) clock: Clock,
    /// The last day of a time that is over, while that is what is asked about, and the day it is.
    pub(super) looks_back_to: Option<(NaiveDate, NaiveDate)>,
    pub(super) settings: Settings,
    /// The month in which the fiscal year begins where the workspace says nothing.
    pub(super) configured_fiscal: u32,
    pub(super) ids: Ids,
    pub(super) titles: TitleIndex,
    pub(super) found: Option<super::page::Found>,
    /// How many items of each kind stand where, and as of when.
    pub(super) counted: std::cell::RefCell<HashMap<Kind, (super::page::Stand, Counts)>>,
    pub(super) placed: super::placed::Placed,
    pub(super) laid: Option<super::board::Laid>,
    pub(super) followed: super::meetings::Followed,
    /// How many days each of the decisions took by which an age is judged.
    pub(super) latencies: super::kept::Kept<std::sync::Arc<[i64]>>,
    /// The age from which an open decision is older than usual.
    pub(super) usual: super::kept::Kept<i64>,
    /// How the open decisions stand in line for a standup, and the one that is sat in.
    pub(super) lined_up: super::kept::Kept<std::sync::Arc<super::standup::LineUp>>,
    /// The same of the open assets.
    pub(super) row_line: super::standup::RowLine,
    pub(super) sat: Option<super::ritual::Sat>,
    /// How the open decisions stand as a whole.
    pub(super) pace: super::kept::Kept<std::sync::Arc<crate::store::pace::Pace>>,
    /// Of what was decided lately: what was framed, and what was pre-wired.
    pub(super) framed: super::kept::Kept<FramedShares>,
    /// The figures of the decisions, a line each.
    pub(super) told: super::kept::Kept<std::sync::Arc<[String]>>,
    pub(super) tags: super::kept::Kept<std::sync::Arc<[String]>>,
    /// The day as it was shown last.
    pub(super) day: super::kept::Kept<Today, (Stand, DayRoom, Offers)>,
    pub(super) ahead: super::ahead::Ahead,
    pub(super) whole: super::whole::Whole,
    pub(super) ledger: std::cell::RefCell<super::deal::Ledger>,
    pub(super) digests: super::metric::trust::Digests,
    pub(super) asides: super::evidence::Asides,
    pub(super) scales: super::evidence::Scales,
    pub(super) seen: super::metric::seen::Seen,
}

impl Workspace {
    /// Opens an existing workspace.
    ///
    /// # Errors
    /// As `Store::open`.
    pub fn open(
        path: &Path,
        access: Access,
        places: Places,
        clock: Clock,
        settings: Settings,
    ) -> Result<Self> {
        let store = Store::open(path, access, places, settings.wait)?;
        let mut workspace = Self::over(store, clock, settings);
        workspace.renew_fiscal();
        Ok(workspace)
    }

    /// Makes a new workspace.
    ///
    /// # Errors
    /// As `Store::create`.
    pub fn create(path: &Path, places: Places, clock: Clock, settings: Settings) -> Result<Self> {
        let uuid = Ids::random().next(clock.now()).to_string();
        let store = Store::create(path, places, &uuid, settings.wait)?;
        let mut workspace = Self::over(store, clock, settings);
        workspace.begin_fiscal()?;
        Ok(workspace)
    }

    /// A workspace in memory with foreseeable ids, for tests and previews.
    ///
    /// # Errors
    /// A storage error.
    pub fn in_memory(clock: Clock, settings: Settings) -> Result<Self> {
        let store = Store::in_memory("00000000-0000-7000-8000-000000000000")?;
        let mut workspace = Self::over(store, clock, settings);
        workspace.ids = Ids::seeded(1);
        Ok(workspace)
    }

    fn over(store: Store, clock: Clock, settings: Settings) -> Self {
        Self {
            store,
            clock,
            looks_back_to: None,
            configured_fiscal: settings.fiscal_start_month,
            settings,
            ids: Ids::random(),
            titles: TitleIndex::default(),
            found: None,
            counted: std::cell::RefCell::default(),
            placed: super::placed::Placed::default(),
            laid: None,
            followed: super::meetings::Followed::default(),
            latencies: super::kept::Kept::default(),
            usual: super::kept::Kept::default(),
            lined_up: super::kept::Kept::default(),
            row_line: super::standup::RowLine::default(),
            sat: None,
            pace: super::kept::Kept::default(),
            framed: super::kept::Kept::default(),
            told: super::kept::Kept::default(),
            tags: super::kept::Kept::default(),
            day: super::kept::Kept::default(),
            ahead: super::ahead::Ahead::default(),
            whole: super::whole::Whole::default(),
            ledger: std::cell::RefCell::default(),
            digests: super::metric::trust::Digests::default(),
            asides: super::evidence::Asides::default(),
            scales: super::evidence::Scales::default(),
            seen: super::metric::seen::Seen::default(),
        }
    }

    /// Makes a step of what another program did to the file, so that it shows; nothing in a file
    /// that is only read. The fiscal year, which it may have told, holds from now on.
    ///
    /// # Errors
    /// As any write.
    pub fn adopt(&mut self) -> Result<bool> {
        self.renew_fiscal();
        if self.settings.read_only {
            return Ok(false);
        }
        let stamp = Self::stamp(self.clock, &self.settings, &self.ids);
        Ok(self.store.adopt(&stamp)?)
    }

    /// Shows what another program did to the file, without changing it: for whoever only reads.
    ///
    /// # Errors
    /// A storage error.
    pub fn foresee(&mut self) -> Result<()> {
        let stamp = Self::stamp(self.clock, &self.settings, &self.ids);
        Ok(self.store.foresee(&stamp)?)
    }

    /// Gives the same ids for the same seed from now on.
    pub fn seed_ids(&mut self, seed: u64) {
        self.ids = Ids::seeded(seed);
    }

    /// From now on every write is refused: the file cannot be written, or must not be.
    pub fn only_read(&mut self) {
        self.settings.read_only = true;
    }

    #[must_use]
    pub fn store(&self) -> &Store {
        &self.store
    }

    /// Takes what was set anew about the person and the calendar: from now on everything is read by
    /// it, and nothing that was worked out before stays.
    pub fn follow(&mut self, told: &Settings) {
        let Settings { me, fiscal_start_month, zone, addresses, .. } = told.clone();
        self.settings =
            Settings { me, fiscal_start_month, zone, addresses, ..self.settings.clone() };
        self.configured_fiscal = fiscal_start_month;
        self.renew_fiscal();
        self.forget_kept();
    }

    /// Nothing that was worked out before stays.
    pub(super) fn forget_kept(&mut self) {
        (self.found, self.laid) = (None, None);
        self.placed = super::placed::Placed::default();
        self.followed = super::meetings::Followed::default();
        self.latencies = super::kept::Kept::default();
        self.usual = super::kept::Kept::default();
        self.lined_up = super::kept::Kept::default();
        self.pace = super::kept::Kept::default();
        self.framed = super::kept::Kept::default();
        self.told = super::kept::Kept::default();
        self.tags = super::kept::Kept::default();
        self.day = super::kept::Kept::default();
        self.row_line = super::standup::RowLine::default();
        self.ahead = super::ahead::Ahead::default();
        self.whole = super::whole::Whole::default();
        self.ledger = std::cell::RefCell::default();
        self.asides = super::evidence::Asides::default();
        self.scales = super::evidence::Scales::default();
        self.seen = super::metric::seen::Seen::default();
    }

    /// That something in the file is not ours, for which it is never written; nothing where all is.
    #[must_use]
    pub fn strangers(&self) -> Option<String> {
        let found = self.store.strangers();
        let what = found.join("; ");
        (!found.is_empty()).then(|| {
            format!(
                "{what}: this workspace can be read and is not written; prewire doctor tells more"
            )
        })
    }

    #[must_use]
    pub fn clock(&self) -> Clock {
        self.clock
    }

    #[must_use]
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// What relative dates are read against.
    #[must_use]
    pub fn calendar(&self) -> Calendar {
        let plan = self.plan_head().ok().flatten();
        Calendar {
            plan_start: plan.map(|plan| plan.start),
            ..self.settings.calendar(self.clock.today())
        }
    }

    pub(super) fn stamp<'a>(clock: Clock, settings: &Settings, ids: &'a Ids) -> Stamp<'a> {
        Stamp {
            at: clock.now(),
            actor: settings.me.clone().unwrap_or_default(),
            device: String::new(),
            ids,
        }
    }
}
