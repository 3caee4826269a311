//! The artefact of the week: its text filled from what it is about, its slot, the streak, and the
//! page that it becomes. A template of the user's own takes the place of the shipped one.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Days, NaiveDate};

use crate::domain::artefact::slot::{Piece, Slot, slot};
use crate::domain::artefact::streak::{is_frozen, streak};
use crate::domain::artefact::{ArtefactKind, close_gaps, open_gaps};
use crate::domain::day;
use crate::domain::item::{Item, ItemId};
use crate::domain::kind::Kind;
use crate::domain::refusal::Refusal;
use crate::domain::sheet::{Sheet, own_or_shipped};
use crate::domain::value::Value;
use crate::domain::verb::Answer;
use crate::domain::week::Week;
use crate::store::Write;
use crate::store::plan::Plans;
use crate::store::week::Whose;

use super::error::Result;
use super::evidence::held;
use super::plan::New;
use super::week;
use super::workspace::{Settings, Workspace};

mod facts;
mod market;

use facts::facts;

/// How far back a streak is looked for, in days.
const BACK: u64 = 3 * 366;

/// How thinking ships: the streak, and what the slot of this week holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rhythm {
    pub streak: u32,
    pub slot: Slot,
    pub week: Week,
    pub shipped: Vec<Week>,
    /// Weeks of leave, which neither break the streak nor count.
    pub frozen: Vec<Week>,
}

impl Rhythm {
    /// `artefact not shipped · streak 4 weeks`, where the draft itself stands in the line below.
    #[must_use]
    pub fn short(&self) -> String {
        let many = if self.streak == 1 { "week" } else { "weeks" };
        let state = match self.slot {
            Slot::Shipped { .. } => "shipped",
            Slot::Drafted { .. } | Slot::Empty => "not shipped",
        };
        match self.streak {
            0 => format!("artefact {state}"),
            weeks => format!("artefact {state} · streak {weeks} {many}"),
        }
    }

    /// `not shipped · nothing drafted yet · streak 4 weeks`.
    #[must_use]
    pub fn words(&self, today: NaiveDate) -> String {
        let many = if self.streak == 1 { "week" } else { "weeks" };
        format!("{} · streak {} {many}", self.slot.words(today), self.streak)
    }
}

/// What an artefact is held to: a week that there is, and a text to begin with.
///
/// # Errors
/// For a week that is none, or a storage error.
pub(super) fn complete(
    write: &Write<'_>,
    item: &mut Item,
    settings: &Settings,
    (today, is_new): (NaiveDate, New),
) -> Result<Option<String>> {
    if item.kind() != Kind::Artefact {
        return Ok(None);
    }
    let this = Week::of(today);
    let week = match item.text("week").trim().to_lowercase().as_str() {
        "" if is_new == New::Changed => None,
        "" | "this" => Some(this),
        "next" => Some(this.next()),
        typed => Some(Week::parse(&typed.to_uppercase()).ok_or_else(|| {
            Refusal::input(format!("week: “{typed}” is no week; try 2026-W19, this or next"))
        })?),
    };
    item.set("week", week.map_or(Value::Nothing, |week| Value::Text(week.to_string())));
    let Some(kind) = ArtefactKind::parse(item.text("kind")) else { return Ok(None) };
    let facts = facts(write, item, settings, today)?;
    let facts: Vec<(&str, &str)> =
        facts.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let mut said = None;
    let body = if item.text("body").trim().is_empty() {
        let own = own(settings, kind);
        let own = own.as_ref().map(|(file, text)| Sheet::new(file, text));
        let read = |sheet: Sheet<'_>| kind.check(sheet).map(str::to_owned);
        let chosen = own_or_shipped(own, kind.shipped(), read)
            .map_err(|fault| Refusal::input(fault.to_string()))?;
        said = chosen.passed_over.map(|fault| format!("{fault}; the shipped template is used"));
        kind.draft(&chosen.used, &facts).text
    } else {
        close_gaps(item.text("body"), &facts)
    };
    item.set("body", Value::Text(body));
    Ok(said)
}

/// What follows from shipping: a narrative update that is held back stays, what is known by now is
/// filled in, and what is still open is told.
///
/// # Errors
/// What holds it back, or a storage error.
pub(super) fn ship(
    write: &Write<'_>,
    item: &mut Item,
    answer: &Answer,
    (settings, today): (&Settings, NaiveDate),
) -> Result<Option<String>> {
    held::ship(write, item, answer, settings)?;
    complete(write, item, settings, (today, New::Changed))?;
    if item.kind() != Kind::Artefact {
        return Ok(None);
    }
    let open = open_gaps(item.text("body"));
    let told = |open: Vec<String>| format!("{} ships without {}", item.reference, open.join(", "));
    Ok((!open.is_empty()).then(|| told(open)))
}

/// The user's own template of a kind: its file and its text.
fn own(settings: &Settings, kind: ArtefactKind) -> Option<(String, String)> {
    let file = settings.own.as_ref()?.join("artefacts").join(format!("{}.md", kind.slug()));
    let text = std::fs::read_to_string(&file).ok()?;
    Some((file.display().to_string(), text))
}

/// The weeks that matter to a streak.
pub(super) struct Weeks {
    /// Those in which an artefact shipped.
    pub shipped: BTreeSet<Week>,
    /// Those of leave.
    pub frozen: BTreeSet<Week>,
}

/// The weeks up to a day in which artefacts shipped, and those of leave between.
pub(super) fn weeks_shipped(
    from: &impl Plans,
    settings: &Settings,
    upto: NaiveDate,
) -> Result<Weeks> {
    let since = upto.checked_sub_days(Days::new(BACK)).unwrap_or(upto);
    let shipped: BTreeSet<Week> =
        from.shipped_since(since)?.iter().map(|one| Week::of(one.on)).collect();
    let Some(first) = shipped.first() else {
        return Ok(Weeks { shipped, frozen: BTreeSet::new() });
    };
    let terms = week::terms(&from.kept()?, week::me(from, settings)?);
    let mut leave: BTreeMap<Week, i64> = BTreeMap::new();
    let days = (first.monday(), Week::of(upto).sunday());
    for (on, minutes) in from.leave(days, Whose::Mine(terms.me))? {
        *leave.entry(Week::of(on)).or_default() += minutes;
    }
    let frozen = leave.into_iter().filter(|(_, off)| is_frozen(*off, terms.weekly));
    let frozen = frozen.map(|(week, _)| week).collect();
    Ok(Weeks { shipped, frozen })
}

impl Workspace {
    /// The streak and the slot of this week.
    ///
    /// # Errors
    /// A storage error.
    pub fn rhythm(&self) -> Result<Rhythm> {
        let today = self.clock.today();
        let week = Week::of(today);
        let from = today.checked_sub_days(Days::new(BACK)).unwrap_or(today);
        let Weeks { shipped: weeks, frozen } = weeks_shipped(&self.store, &self.settings, today)?;
        let shipped = self.store.shipped_since(from)?;
        let drafts = self.store.items(&self.store.drafted()?)?;
        let of = |item: &Item| {
            Some(Piece {
                kind: ArtefactKind::parse(item.text("kind"))?,
                drafted_on: item.created_at.date_naive(),
                shipped_on: item.day("shipped_on"),
            })
        };
        let mut pieces: Vec<Piece> = drafts.iter().filter_map(of).collect();
        pieces.extend(shipped.iter().filter_map(|one| {
            Some(Piece { kind: one.kind?, drafted_on: one.on, shipped_on: Some(one.on) })
        }));
        Ok(Rhythm {
            streak: streak(&weeks, &frozen, today),
            slot: slot(week, &pieces),
            week,
            shipped: weeks.into_iter().collect(),
            frozen: frozen.into_iter().collect(),
        })
    }

    /// An artefact as a text that can be sent: its head, then its body.
    ///
    /// # Errors
    /// A refusal when it is not there, or a storage error.
    pub fn artefact_text(&self, id: ItemId) -> Result<(Item, String)> {
        let item = self.store.item(id)?.ok_or_else(|| Refusal::missing("it is not there"))?;
        let body = item.text("body").trim();
        let text = if body.is_empty() { format!("# {}", item.title()) } else { body.to_owned() };
        Ok((item, text))
    }
}

/// `Fri 8 May`, for the list of what shipped.
#[must_use]
pub fn shipped_words(item: &Item, today: NaiveDate) -> String {
    item.day("shipped_on").map_or_else(String::new, |on| day::ago(on, today))
}
