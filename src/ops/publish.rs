//! The plan in a calendar folder: planned blocks, a file each, kept up to date from the moment that
//! somebody says where to. What lies in the past stays there; files of others are never touched.

use std::path::PathBuf;

use chrono::{Days, NaiveDate};

use crate::domain::item::{Item, ItemId};
use crate::domain::kind::Kind;
use crate::domain::refusal::Refusal;
use crate::domain::week::Week;
use crate::store::Write;
use crate::store::lookup::Lookup;
use crate::store::week::Whose;

use super::error::Result;
use super::mine;
use super::op::Outcome;
use super::transfer::Published;
use super::workspace::{Settings, Workspace};

/// The setting that says where the plan goes; behind it the name of whose plan it is.
const TO: &str = "calendar.to";
/// The setting that says how many minutes before each block a calendar reminds of it.
const REMIND: &str = "calendar.remind";
/// The longest before a block that an alarm may be, four weeks.
const MOST_MINUTES: u32 = 40_320;
/// How far ahead the plan is published, in days.
const AHEAD: u64 = 182;

/// Where the plan went, and what that took.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sent {
    pub folder: PathBuf,
    pub blocks: usize,
    pub done: Published,
}

impl Sent {
    /// `12 blocks in ~/calendars/plan: 3 written, 1 removed`.
    #[must_use]
    pub fn words(&self) -> String {
        let Published { written, removed, .. } = self.done;
        let what = match (written, removed) {
            (0, 0) => "nothing new".to_owned(),
            (written, 0) => format!("{written} written"),
            (0, removed) => format!("{removed} removed"),
            (written, removed) => format!("{written} written, {removed} removed"),
        };
        let blocks = if self.blocks == 1 { "block" } else { "blocks" };
        format!("{} {blocks} in {}: {what}", self.blocks, self.folder.display())
    }
}

impl Workspace {
    /// The folder that the plan goes to, when somebody said one.
    ///
    /// # Errors
    /// A storage error.
    pub fn plan_folder(&self) -> Result<Option<PathBuf>> {
        Ok(self.own_setting(TO)?.map(PathBuf::from))
    }

    /// What whoever sits here said, else what was said before plans had an owner.
    fn own_setting(&self, name: &str) -> Result<Option<String>> {
        let kept = self.store.settings()?;
        let own = own(&self.store, &kept, name, &self.settings)?;
        let value = |name: &str| kept.iter().find(|(known, _)| known == name);
        let found = own.first().and_then(|own| value(own)).or_else(|| value(name));
        Ok(found.map(|(_, value)| value.clone()))
    }

    /// How many minutes before each published block a calendar reminds of it.
    ///
    /// # Errors
    /// A storage error.
    pub fn plan_remind(&self) -> Result<Option<u32>> {
        Ok(self.own_setting(REMIND)?.and_then(|minutes| minutes.parse().ok()))
    }

    /// Brings the folder up to date with the plan from last week on; nothing where no folder was
    /// said, and no byte is written where nothing changed.
    ///
    /// # Errors
    /// An error of the disk; a storage error.
    pub fn publish_plan(&mut self) -> Result<Option<Sent>> {
        let Some(folder) = self.plan_folder()? else { return Ok(None) };
        let monday = Week::of(self.clock.today()).previous().monday();
        let last = monday.checked_add_days(Days::new(AHEAD)).unwrap_or(NaiveDate::MAX);
        let whose = Whose::Mine(self.terms()?.me);
        let blocks = self.store.stretches(Kind::Block, (monday, last), whose)?;
        let ids: Vec<ItemId> = blocks.iter().map(|block| block.id).collect();
        let items = self.store.items(&ids)?;
        // Only what this workspace knows to be gone is taken away.
        let remind = self.plan_remind()?;
        let store = &self.store;
        let is_away =
            |id: ItemId| -> Result<bool> { Ok(store.items(&[id])?.first().is_some_and(is_gone)) };
        let done =
            super::transfer::ics::into_folder(&items, &self.settings, remind, &folder, is_away)?;
        Ok(Some(Sent { folder, blocks: items.len(), done }))
    }
}

impl Workspace {
    /// Takes what this workspace published out of a folder that the plan no longer goes to, from last
    /// week on; what lies before stays. How many files that were.
    ///
    /// # Errors
    /// An error of the disk; a storage error.
    pub fn leave_folder(&self, folder: &std::path::Path) -> Result<usize> {
        if !folder.is_dir() {
            return Ok(0);
        }
        let monday = Week::of(self.clock.today()).previous().monday();
        let store = &self.store;
        let is_ahead = |id: ItemId| -> Result<bool> {
            let found = store.items(&[id])?;
            let ahead =
                |item: &Item| is_gone(item) || item.day("on").is_some_and(|on| on >= monday);
            Ok(found.first().is_some_and(ahead))
        };
        let left = super::transfer::ics::into_folder(&[], &self.settings, None, folder, is_ahead)?;
        Ok(left.removed)
    }
}

fn is_gone(item: &Item) -> bool {
    item.deleted_at.is_some() || item.text("state") == "dropped" || item.day("on").is_none()
}

/// Where the plan goes, and how long before each block its calendar reminds.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct To {
    /// Without one the plan goes nowhere.
    pub folder: Option<String>,
    /// `None` leaves the alarms as they are, `Some(None)` is none.
    pub remind: Option<Option<u32>>,
}

impl To {
    /// A folder as it is typed, with `remind:10` or `remind:none` behind it.
    ///
    /// # Errors
    /// When the minutes are none.
    pub fn read(text: &str) -> std::result::Result<Self, Refusal> {
        let text = text.trim();
        let (folder, word) = match text.rsplit_once(char::is_whitespace) {
            Some((folder, word)) if word.starts_with("remind:") => (folder.trim(), Some(word)),
            _ => (text, None),
        };
        let remind = word.map(|word| minutes(word.trim_start_matches("remind:"))).transpose()?;
        // Quotes around the path of a dropped folder are taken off.
        let folder = folder.trim_matches(['\'', '"']);
        Ok(Self { folder: Some(folder.to_owned()), remind })
    }
}

/// The minutes of an alarm: `10`, `none`.
///
/// # Errors
/// A word that is no number of minutes up to four weeks.
pub fn minutes(word: &str) -> std::result::Result<Option<u32>, Refusal> {
    if word == "none" {
        return Ok(None);
    }
    let known = word.trim_end_matches('m').parse().ok().filter(|minutes| *minutes <= MOST_MINUTES);
    known.map(Some).ok_or_else(|| {
        Refusal::input(format!("“{word}” is no number of minutes before a block"))
            .hint("as remind:10, at most four weeks; remind:none takes the alarms away")
    })
}

/// The settings of this name that are of whoever sits here: their calendar is on their machine.
fn own(
    from: &impl Lookup,
    kept: &[(String, String)],
    name: &str,
    settings: &Settings,
) -> Result<Vec<String>> {
    let mut found = Vec::new();
    for (setting, _) in kept {
        let whose = setting.strip_prefix(name).and_then(|rest| rest.strip_prefix('.'));
        if let Some(whose) = whose
            && mine::is_me(from, settings, whose)? == Some(true)
        {
            found.push(setting.clone());
        }
    }
    Ok(found)
}

/// Says where the plan goes from now on, or that it goes nowhere any more.
pub(super) fn to(write: &Write<'_>, to: &To, settings: &Settings) -> Result<Outcome> {
    let kept = write.settings()?;
    let said = |name: &str, value: Option<&str>| -> Result<()> {
        // What was nobody's is theirs who say it anew.
        let mine = settings.me.as_ref().map(|me| format!("{name}.{me}"));
        let mine = mine.as_deref().unwrap_or(name);
        let before = own(write, &kept, name, settings)?;
        for setting in before.iter().map(String::as_str).chain([name]) {
            if setting != mine {
                write.set_setting(setting, None)?;
            }
        }
        Ok(write.set_setting(mine, value)?)
    };
    said(TO, to.folder.as_deref())?;
    if let Some(remind) = to.remind {
        said(REMIND, remind.map(|minutes| minutes.to_string()).as_deref())?;
    }
    let alarms = match to.remind {
        Some(Some(minutes)) => format!("an alarm {minutes} min before each block"),
        Some(None) => "no alarms".to_owned(),
        None => String::new(),
    };
    let label = match (&to.folder, alarms.is_empty()) {
        (Some(path), false) => format!("the plan goes to {path}, with {alarms}"),
        (Some(path), true) => format!("the plan goes to {path}"),
        (None, _) => "the plan goes to no folder any more".to_owned(),
    };
    Ok(Outcome { label, items: Vec::new(), notices: Vec::new() })
}
