//! The demo: a believable quarter, written in the grammar that users type, loaded by the parser
//! that reads their typing. Dated relative to today, and the same every time for the same day.

use chrono::NaiveDate;

use crate::domain::change::Draft;
use crate::domain::grammar::{Mode, QuickAdd};
use crate::domain::item::{Item, ItemId, Ref};
use crate::domain::kind::Kind;
use crate::domain::refusal::Refusal;
use crate::domain::value::Value;
use crate::domain::week::Week;
use crate::store::{OpKind, Write};

use super::edit;
use super::error::Result;
use super::op::{Done, Outcome};
use super::resolve::{Resolver, refuse_circle};
use super::workspace::{Settings, Workspace};

/// Three weeks of blocks and entries: kind, week from this one, weekday, and the line.
const WEEKS: &str = include_str!("../../assets/demo-weeks.txt");
const QUARTER: &str = include_str!("../../assets/demo.txt");
/// Who sits at the keyboard in the demo.
pub const ME: &str = "Maya Okafor";

impl Workspace {
    /// Fills an empty workspace with the demo, as one step.
    ///
    /// # Errors
    /// A refusal that names the line of the demo that does not hold, or a storage error.
    pub fn load_demo(&mut self) -> Result<Done> {
        self.seed_ids(2026);
        let calendar = self.calendar();
        let mut drafts = Vec::new();
        for (number, line) in QUARTER.lines().enumerate() {
            let line = line.trim();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let read = QuickAdd::capture(line, Kind::Asset, &calendar, Mode::Load);
            drafts.push(read.draft().map_err(|refusal| {
                Refusal::input(format!("line {} of the demo: {}", number + 1, refusal.what))
            })?);
        }
        for line in weeks(calendar.today) {
            let read = QuickAdd::capture(&line, Kind::Entry, &calendar, Mode::Load);
            drafts.push(read.draft().map_err(|refusal| {
                Refusal::input(format!("“{line}” of the weeks of the demo: {}", refusal.what))
            })?);
        }
        let settings = self.settings().clone();
        let today = calendar.today;
        self.transact(OpKind::Do, |write| load(write, &drafts, &settings, today))
    }
}

/// The lines of the weeks with their days written out; no entry lies after yesterday.
fn weeks(today: NaiveDate) -> Vec<String> {
    let monday = Week::of(today).monday();
    let lines = WEEKS.lines().filter_map(|line| {
        let mut words = line.trim().splitn(4, ' ');
        let kind = words.next().filter(|kind| ["k", "t"].contains(kind))?;
        let offset: i64 = words.next()?.parse().ok()?;
        let place = ["mon", "tue", "wed", "thu", "fri"];
        let weekday = words.next()?;
        let days =
            7 * offset + i64::try_from(place.iter().position(|name| *name == weekday)?).ok()?;
        let day = monday + chrono::Duration::days(days);
        let rest = words.next()?;
        (kind == "k" || day < today).then(|| format!("{kind} {rest} on:{day}"))
    });
    lines.collect()
}

/// All items first, then what ties them together, since lines may refer to later ones.
fn load(
    write: &Write<'_>,
    drafts: &[Draft],
    settings: &Settings,
    today: chrono::NaiveDate,
) -> Result<Outcome> {
    let mut items = Vec::new();
    for draft in drafts {
        let reference: Ref = write.next_ref(draft.kind)?;
        let mut item = Item::new(ItemId(write.new_id()), reference, write.at, &write.actor);
        item.set("title", Value::Text(draft.title.clone()));
        edit::born(&mut item, settings, today);
        write.insert(&item)?;
        items.push(item);
    }
    let mut resolver = Resolver::new(write, settings.me.as_deref());
    for (before, draft) in items.iter().zip(drafts) {
        // An earlier line may have tied this item already.
        let before = write.items(&[before.id])?.pop().unwrap_or_else(|| before.clone());
        let mut after = before.clone();
        for change in &draft.changes {
            resolver.apply(&mut after, change)?;
        }
        edit::settle(&mut after, today);
        write.update(&before, &after)?;
    }
    for item in &items {
        refuse_circle(write, item)?;
    }
    Ok(Outcome {
        label: "loaded the demo".to_owned(),
        items: items.iter().map(|item| item.id).collect(),
        notices: Vec::new(),
    })
}
