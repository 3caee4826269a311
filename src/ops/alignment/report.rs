//! Where the work is aligned and where it is not: the side of each marketer with what suits it, the
//! areas that no outcome covers, how stakeholders say it goes, what is done together with others,
//! and the metrics whose review is due.

use std::collections::{BTreeMap, HashMap};

use chrono::{Days, NaiveDate};
use serde_json::json;

use crate::domain::day;
use crate::domain::field::Names;
use crate::domain::item::{Item, ItemId};
use crate::domain::kind::Kind;
use crate::domain::noun::Shelf;
use crate::domain::part::{Part, PartKind, of_kind};
use crate::domain::ritual::alignment::{Alignment, CompanyStage, suggested};
use crate::domain::ritual::area::{Area, coverage};
use crate::domain::value::Value;
use crate::domain::week::share::Share;
use crate::store::listing::Closed;
use crate::store::lookup::Lookup;
use crate::store::part::Parts;

use super::super::error::Result;
use super::super::evidence::report::{Report, Row};
use super::super::page::ListQuery;
use super::super::workspace::Workspace;
use super::is_joint;

/// Quarters whose mean is told.
const MEANS: usize = 4;
/// A metric is looked at with those who agreed once a quarter.
const REVIEWED_WITHIN_DAYS: u64 = 92;

impl Workspace {
    /// All of it, a report a part.
    ///
    /// # Errors
    /// Sets that cannot be read; a storage error.
    pub fn alignment(&mut self) -> Result<Vec<Report>> {
        Ok(vec![
            self.sides()?,
            self.areas()?,
            self.pulses()?,
            self.joint()?,
            self.metric_reviews()?,
        ])
    }

    fn sides(&mut self) -> Result<Report> {
        let mut report = Report::new("alignment", "Stage and sides");
        let (sets, fault) = self.metric_sets()?;
        report.head.extend(fault);
        let stage = self.company_stage()?;
        report.head.push(match stage {
            Some(stage) => format!("Stage of the company: {stage}"),
            None => "How far the company has come is not said: prewire alignment stage growth"
                .to_owned(),
        });
        for one in self.marketers()? {
            let primary = self.store.items(&one.primary)?;
            let primary: Vec<String> =
                primary.iter().map(|item| format!("{} {}", item.reference, item.title())).collect();
            let set = one.side.zip(stage).and_then(|(side, stage)| suggested(&sets, stage, side));
            let suits = set.map(|set| set.metrics.clone()).unwrap_or_default();
            let mut words = vec![match one.side {
                Some(side) => side.to_string(),
                None => format!(
                    "no side yet: prewire person edit {} alignment:sales",
                    one.person.reference
                ),
            }];
            words.push(match primary.as_slice() {
                [] => "no primary metric".to_owned(),
                some => format!("primary {}", some.join(", ")),
            });
            if !suits.is_empty() {
                words.push(format!("suits: {}", suits.join(", ")));
            }
            let values = json!({
                "part": "side", "side": one.side.map(Alignment::slug),
                "stage": stage.map(CompanyStage::slug), "primary": primary, "suits": suits,
            });
            report.rows.push(Row::of(&one.person, words.join(" \u{b7} "), values));
        }
        Ok(report)
    }

    fn areas(&mut self) -> Result<Report> {
        let mut report = Report::new("alignment", "Areas of responsibility");
        let outcomes = self.live(Kind::Outcome, Closed::Hidden)?;
        let tagged: Vec<(Item, Vec<Area>)> = outcomes
            .into_iter()
            .map(|outcome| {
                let areas = tags(&outcome).iter().filter_map(|tag| Area::parse(tag)).collect();
                (outcome, areas)
            })
            .collect();
        let of: Vec<Option<Area>> =
            tagged.iter().flat_map(|(_, areas)| areas.iter().copied().map(Some)).collect();
        for one in coverage(&of) {
            let own = tagged.iter().filter(|(_, areas)| areas.contains(&one.area));
            let refs: Vec<String> = own.map(|(outcome, _)| outcome.reference.to_string()).collect();
            let words = match refs.as_slice() {
                [] => "no outcome covers it".to_owned(),
                refs => refs.join(", "),
            };
            let values = json!({ "part": "area", "outcomes": refs });
            report.rows.push(Row::named(one.area.slug(), one.area.words(), words, values));
        }
        let without = tagged.iter().filter(|(_, areas)| areas.is_empty());
        let without: Vec<String> =
            without.map(|(outcome, _)| outcome.reference.to_string()).collect();
        if !without.is_empty() {
            let (refs, first) = (without.join(", "), &without[0]);
            report.head.push(format!(
                "In no area: {refs}; a tag says it: prewire outcome edit {first} +revenue"
            ));
        }
        Ok(report)
    }

    /// What those who matter said of this quarter, and whom nothing has reached for long.
    fn pulses(&mut self) -> Result<Report> {
        let mut report =
            Report::new("alignment", "Stakeholders: their pulse, and who was not reached");
        let today = self.clock.today();
        let quarter = day::quarter_key(today, self.settings.fiscal_start_month);
        let unreached = self.unreached(today)?;
        let mut people = self.live(Kind::Person, Closed::Hidden)?;
        people.retain(|one| one.whole("influence").is_some());
        let parts = self.store.parts(&people)?;
        for person in &people {
            let own = parts.get(&person.id).map_or(&[][..], Vec::as_slice);
            let pulse = of_kind(own, PartKind::Pulse).find(|part| part.text("quarter") == quarter);
            let level = pulse.map(|part| part.text("level").to_owned());
            let note = pulse.map(|part| part.text("note").to_owned()).unwrap_or_default();
            let mut words = vec![match &level {
                Some(level) if note.is_empty() => format!("{level} of 5"),
                Some(level) => format!("{level} of 5: {note}"),
                None => format!(
                    "not asked in {quarter}: prewire person pulse {} {quarter} 4",
                    person.reference
                ),
            }];
            let late = unreached.iter().find(|(name, _, _)| name == person.title());
            words.extend(late.map(|(_, _, days)| match days {
                Some(days) => format!("nothing reached them for {days} d"),
                None => "nothing reached them yet".to_owned(),
            }));
            let values = json!({
                "part": "pulse", "quarter": quarter, "level": level, "note": note,
                "unreached": late.is_some(), "days_since_touch": late.and_then(|one| one.2),
            });
            report.rows.push(Row::of(person, words.join(" \u{b7} "), values));
        }
        report.head.extend(means(&parts));
        if report.rows.is_empty() {
            report.head.push(
                "Nobody is known to matter yet: prewire person edit u1 influence:3".to_owned(),
            );
        }
        Ok(report)
    }

    fn joint(&mut self) -> Result<Report> {
        let mut report = Report::new("alignment", "Done together with others");
        let mut items = self.live(Kind::Outcome, Closed::Shown)?;
        items.extend(self.live(Kind::Bet, Closed::Shown)?);
        items.retain(is_joint);
        let people: Vec<ItemId> = items.iter().filter_map(|item| item.link("owner")).collect();
        let names = self.store.names_of(&people)?;
        let closed = items.iter().filter(|item| item.shelf() != Shelf::Open);
        let met = closed.clone().filter(|item| matches!(item.state().slug, "met" | "won")).count();
        let share = |part: usize, whole: usize| {
            let count = |number| i64::try_from(number).unwrap_or(i64::MAX);
            Share::new(count(part), count(whole))
        };
        report.head.push(match closed.count() {
            0 if items.is_empty() => "Nothing is; +joint on a bet or an outcome says so".to_owned(),
            0 => "None is over yet".to_owned(),
            all => format!("Met {} of those that are over", share(met, all).counted()),
        });
        for item in &items {
            let state = item.state().slug;
            let words = match item.link("owner").and_then(|id| names.title(id)) {
                Some(owner) => format!("{owner} carries it \u{b7} {state}"),
                None => format!("nobody carries it \u{b7} {state}"),
            };
            let values = json!({ "part": "joint", "state": state });
            report.rows.push(Row::of(item, words, values));
        }
        Ok(report)
    }

    /// Metrics whose review is due, those that nobody agreed on, and those that lead up to no
    /// figure of the company.
    fn metric_reviews(&mut self) -> Result<Report> {
        let today = self.clock.today();
        let mut report = Report::new("alignment", "Metrics to be looked at");
        let metrics = self.live(Kind::Metric, Closed::Hidden)?;
        let parts = self.store.parts_but(&metrics, PartKind::Observation)?;
        let above: BTreeMap<ItemId, Option<ItemId>> =
            metrics.iter().map(|item| (item.id, item.link("parent"))).collect();
        for metric in &metrics {
            let own = parts.get(&metric.id).map(Vec::as_slice).unwrap_or_default();
            let asked: Vec<_> = of_kind(own, PartKind::Agreement).collect();
            let last = asked.iter().filter_map(|part| part.day("agreed_on")).max();
            let mut words = Vec::new();
            let mut is_due = false;
            if let Some(said) = due(metric, last, today) {
                is_due = true;
                words.push(said);
            }
            if asked.is_empty() {
                words.push("nobody was asked to agree".to_owned());
            }
            let is_orphan =
                metric.text("level") != "company" && !leads_up(metric, &metrics, &above);
            if is_orphan {
                words.push("leads up to no figure of the company".to_owned());
            }
            if !words.is_empty() {
                let values = json!({
                    "part": "metric", "due": is_due, "orphan": is_orphan, "agreed_on": last,
                });
                report.rows.push(Row::of(metric, words.join("; "), values));
            }
        }
        if metrics.is_empty() {
            report.head.push("No metric is in use".to_owned());
        } else if report.rows.is_empty() {
            report.head.push("Nothing is due".to_owned());
        }
        Ok(report)
    }

    fn live(&mut self, kind: Kind, closed: Closed) -> Result<Vec<Item>> {
        let query = ListQuery { closed, ..ListQuery::all(kind) };
        let ids = self.all_ids(&query)?;
        let mut items = self.store.items(&ids)?;
        items.sort_by_key(|item| item.reference.number);
        Ok(items)
    }
}

fn tags(item: &Item) -> Vec<String> {
    match item.get("tags") {
        Value::Tags(tags) => tags.clone(),
        _ => Vec::new(),
    }
}

/// Why a metric is to be looked at again.
fn due(metric: &Item, agreed: Option<NaiveDate>, today: NaiveDate) -> Option<String> {
    if let Some(on) = metric.day("review_on") {
        return (on <= today).then(|| format!("its review was due {}", day::short(on, today)));
    }
    let agreed = agreed?;
    let until = agreed.checked_add_days(Days::new(REVIEWED_WITHIN_DAYS))?;
    (until < today).then(|| {
        format!("agreed {} days ago; once a quarter it is asked again", (today - agreed).num_days())
    })
}

/// Whether the way up from a metric ends at a figure of the company.
fn leads_up(metric: &Item, all: &[Item], above: &BTreeMap<ItemId, Option<ItemId>>) -> bool {
    let mut at = metric.link("parent");
    for _ in 0..above.len() {
        let Some(id) = at else { return false };
        if all.iter().any(|one| one.id == id && one.text("level") == "company") {
            return true;
        }
        at = above.get(&id).copied().flatten();
    }
    false
}

/// `2026-Q2: mean 3.5 of 5, n 2`, the newest quarters first.
fn means(parts: &HashMap<ItemId, Vec<Part>>) -> Vec<String> {
    let mut quarters: BTreeMap<&str, Vec<u32>> = BTreeMap::new();
    for part in parts.values().flat_map(|own| of_kind(own, PartKind::Pulse)) {
        let levels = quarters.entry(part.text("quarter")).or_default();
        levels.extend(part.text("level").parse::<u32>());
    }
    let told = quarters.iter().rev().take(MEANS).filter(|(_, levels)| !levels.is_empty());
    let mean = |(quarter, levels): (&&str, &Vec<u32>)| {
        let count = u32::try_from(levels.len()).unwrap_or(u32::MAX);
        let mean = f64::from(levels.iter().sum::<u32>()) / f64::from(count);
        format!("{quarter}: mean {mean:.1} of 5, n {count}")
    };
    told.map(mean).collect()
}
