//! The glances of the live pane: each metric with where it stands, and outcomes whose figure nobody
//! reads yet. Only those that have room are read.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use chrono::NaiveDate;

use crate::domain::item::{Item, ItemId, Ref};
use crate::domain::kind::Kind;
use crate::domain::metric::account::counted;
use crate::domain::metric::chart::Rebase;
use crate::domain::metric::terms::Marks;
use crate::domain::metric::{Account, Observation, Terms, catalogue, confidence};
use crate::domain::part::{Part, PartKind, of_kind};
use crate::store::deal::Deals;
use crate::store::listing::Closed;
use crate::store::metric::{Live, Metrics};
use crate::store::part::Parts;

use super::super::error::Result;
use super::super::workspace::Workspace;
use super::bare::Bare;
use super::narrative::Narrative;
use super::refresh::TELLS;
use super::rows::{Rows, Source};
use super::seen::{Fed, Readings, Shown};
use super::watch::Watch;

/// What two drops in a row of the confidence are called.
pub const DOUBT: &str = "less sure twice in a row";
/// Most glances that a pane asks for.
pub const MOST: usize = 24;
/// Most factors that a glance names.
const FACTORS: usize = 2;
/// How many metrics are read at once: with the readings of hundreds, memory would be taken that is
/// not given back.
const AT_ONCE: usize = if cfg!(test) { 2 } else { 24 };
/// One metric, or an outcome without one, at a glance.
#[derive(Debug, Clone, PartialEq)]
pub struct Glance {
    /// The metric; the outcome where there is none.
    pub id: ItemId,
    pub reference: Ref,
    pub title: String,
    pub segment: String,
    /// The outcome that it shows.
    pub shows: Option<Ref>,
    /// `None` for an outcome without a metric.
    pub account: Option<Account>,
    /// What an outcome without a metric says of its figures.
    pub words: String,
    /// What is wrong with its source.
    pub trouble: Option<String>,
    /// The source that failed, and why.
    pub trouble_why: Option<String>,
    pub narrative: Narrative,
    /// Why there is no figure.
    pub bare: Option<Bare>,
    /// The quote behind the newest figure, of what is read in five steps.
    pub quote: Option<String>,
    /// The newest thing that happened outside.
    pub factor: Option<String>,
    /// `agreed 3 of 4`; empty when nobody was asked.
    pub agreed: String,
    /// Deals that its figure leaves out: `without 2 deals in USD`.
    pub left_out: Option<String>,
    /// How sure somebody said last to be, from 1 to 10.
    pub confidence: Option<u8>,
    /// Whether the last two times somebody was less sure than before.
    pub doubt: bool,
    /// The period that waits for its figure.
    pub due: Option<String>,
}

impl Workspace {
    /// The metrics that are not retired, in the order of the pane.
    ///
    /// # Errors
    /// A storage error.
    pub(in crate::ops) fn live_metrics(&self) -> Result<Arc<[Live]>> {
        self.seen.live.or_read(self.stand()?, || Ok(self.store.live_metrics()?))
    }

    /// Whether the pane has anything to show.
    ///
    /// # Errors
    /// A storage error.
    pub fn has_glances(&self) -> Result<bool> {
        Ok(self.store.has_live()?)
    }

    /// The metrics of the pane: those of active outcomes first.
    ///
    /// # Errors
    /// A storage error.
    pub fn glances(&self, most: usize) -> Result<Vec<Glance>> {
        let live = self.live_metrics()?;
        let mut metrics = shown_alone(&live);
        if metrics.len() > most {
            self.needy_first(&live, &mut metrics)?;
        }
        let mut found = self.glance_at(&metrics, most)?;
        let measured: HashSet<Ref> = found.iter().filter_map(|one| one.shows).collect();
        let backlog = self.store.backlog(Kind::Outcome, Closed::Hidden, self.clock.today())?;
        let outcomes = self.store.window(&backlog, 0..most, None)?;
        let bare = self.store.items(&outcomes)?.into_iter().filter(|outcome| {
            outcome.link("measured_by").is_none() && !measured.contains(&outcome.reference)
        });
        let behind = found.iter().take_while(|one| one.shows.is_some()).count();
        let bare: Vec<Glance> = bare.map(|outcome| self.without_metric(&outcome)).collect();
        found.splice(behind..behind, bare);
        found.truncate(most);
        Ok(found)
    }

    /// The same, with a metric that several outcomes show told once for each of them: every outcome
    /// has a target and a status of its own.
    ///
    /// # Errors
    /// A storage error.
    pub fn glances_by_outcome(&self, most: usize) -> Result<Vec<Glance>> {
        let mut found = self.glances(most)?;
        let several = self.store.shown_by_several()?;
        if several.is_empty() {
            return Ok(found);
        }
        for (metric, outcomes) in several {
            let Some(at) = found.iter().position(|one| one.id == metric) else { continue };
            let all: Vec<_> = outcomes.into_iter().map(|outcome| (metric, Some(outcome))).collect();
            let mut all = self.glance_at(&all, all.len())?;
            for glance in &mut all {
                let outcome = glance.shows.map_or_else(String::new, |one| format!(", {one}"));
                glance.title.push_str(&outcome);
            }
            found.splice(at..=at, all);
        }
        found.truncate(most);
        Ok(found)
    }

    fn without_metric(&self, outcome: &Item) -> Glance {
        let figure = |name: &str| {
            let field = outcome.kind().noun().field(name);
            field.show(outcome.get(name), &crate::domain::field::NoNames, self.clock.today())
        };
        let (from, to) = (figure("baseline"), figure("target"));
        let unit = outcome.text("unit");
        let words = match (from.is_empty(), to.is_empty()) {
            (_, true) => from,
            (true, false) => format!("→ {to} {unit}"),
            (false, false) => format!("{from} → {to} {unit}"),
        };
        Glance {
            id: outcome.id,
            reference: outcome.reference,
            title: outcome.title().to_owned(),
            segment: String::new(),
            shows: Some(outcome.reference),
            account: None,
            words: words.trim_end().to_owned(),
            trouble: None,
            trouble_why: None,
            bare: None,
            quote: None,
            narrative: Narrative::default(),
            factor: None,
            agreed: String::new(),
            left_out: None,
            confidence: None,
            doubt: false,
            due: None,
        }
    }

    /// These metrics, each with the outcome that it shows.
    ///
    /// # Errors
    /// A storage error.
    pub fn glance_at(
        &self,
        metrics: &[(ItemId, Option<ItemId>)],
        most: usize,
    ) -> Result<Vec<Glance>> {
        let metrics = &metrics[..metrics.len().min(most)];
        let stand = self.stand()?;
        let unread = self.seen.unread(stand, metrics);
        for some in unread.chunks(AT_ONCE) {
            let read = self.read_glances(some)?;
            self.seen.keep(read);
        }
        let found = self.seen.glances(metrics);
        let is_fed = found.iter().any(|one| one.watch.is_some());
        let troubles = if is_fed { self.troubles() } else { BTreeMap::new() };
        let with_trouble = |one: Fed| {
            let trouble = self.trouble(one.glance.id, one.watch.as_ref(), &troubles);
            let why = troubles.get(&one.glance.id.to_string()).filter(|_| trouble.is_some());
            let source = one.watch.as_ref().map(Watch::words).filter(|_| trouble.is_some());
            let said = source.zip(why).map(|(source, why)| format!("{source}: {why}"));
            Glance { trouble, trouble_why: said, ..one.glance }
        };
        Ok(found.into_iter().map(with_trouble).collect())
    }

    fn read_glances(&self, metrics: &[Shown]) -> Result<Vec<(Shown, Fed)>> {
        let mut ids: Vec<ItemId> = metrics.iter().map(|(id, _)| *id).collect();
        ids.sort_unstable();
        ids.dedup();
        let shown: Vec<ItemId> = metrics.iter().filter_map(|(_, outcome)| *outcome).collect();
        let outcomes: HashMap<ItemId, Item> =
            self.store.items(&shown)?.into_iter().map(|item| (item.id, item)).collect();
        let items = self.store.items(&ids)?;
        let told = self.counted_readings(&ids)?;
        let parts = self.store.parts_but(&items, PartKind::Observation)?;
        let mut found = Vec::new();
        for one in metrics {
            let (id, outcome) = one;
            let Some(item) = items.iter().find(|item| item.id == *id) else { continue };
            let outcome = outcome.and_then(|id| outcomes.get(&id));
            let parts = parts.get(id).map_or(&[][..], Vec::as_slice);
            let told = told.get(id).map(|told| told.to_vec()).unwrap_or_default();
            let rows = self.rows_of(item, told)?;
            let glance = self.glance(item, outcome, &rows, parts);
            let glance = self.with_asides(item, &rows, glance)?;
            found.push((*one, Fed { glance, watch: Watch::of(item) }));
        }
        Ok(found)
    }

    /// The readings that count; only of metrics of which something was told meanwhile are they read.
    fn counted_readings(&self, ids: &[ItemId]) -> Result<HashMap<ItemId, Readings>> {
        let (last, upto) = (self.store.last_change()?, self.seen.upto());
        if last != upto {
            // Before the first reading there is nothing that a change could make old.
            let asks = upto > 0 && last > upto;
            let changed = if asks { self.store.told_since(upto)? } else { None };
            self.seen.follow(last, changed.as_deref());
        }
        let (mut known, unknown) = self.seen.readings(ids);
        if unknown.is_empty() {
            return Ok(known);
        }
        for id in unknown {
            let told = self.store.observations(id, self.settings.fiscal_start_month)?;
            let rows = Arc::new(counted(told));
            self.seen.keep_readings(id, Arc::clone(&rows));
            known.insert(id, rows);
        }
        Ok(known)
    }

    /// What is wrong with its source: it is not approved here, or it failed.
    fn trouble(
        &self,
        metric: ItemId,
        watch: Option<&Watch>,
        troubles: &BTreeMap<String, String>,
    ) -> Option<String> {
        if let Watch::Command(feed) = watch?
            && !self.looks_approved(feed)
        {
            return Some("source disabled here".to_owned());
        }
        let words = |why: &String| {
            if why.starts_with(TELLS) { "source taken back" } else { "source failed" }
        };
        troubles.get(&metric.to_string()).map(|why| words(why).to_owned())
    }

    fn glance(&self, item: &Item, outcome: Option<&Item>, rows: &Rows, parts: &[Part]) -> Glance {
        // Of a time that is over, its last day does not run any more.
        let over = self.looks_back_to.and_then(|(last, _)| last.succ_opt());
        let today = over.unwrap_or_else(|| self.clock.today());
        let fiscal = self.settings.fiscal_start_month;
        let mut account = account(item, outcome, &rows.judged(today), parts, (today, fiscal));
        let note = account.newest.map_or("", |one| rows.note(one.period.first()));
        account.note(note);
        let due = if rows.counted.is_empty() && rows.source == Source::Deals {
            super::record::due(&rows.all, account.terms.cadence, fiscal, today)
        } else {
            None
        };
        let narrative = Narrative::of(&account, parts, fiscal);
        let said: Vec<u8> = of_kind(parts, PartKind::Confidence)
            .filter_map(|part| match part.get("level") {
                crate::domain::value::Value::Whole(level) => u8::try_from(*level).ok(),
                _ => None,
            })
            .collect();
        Glance {
            id: item.id,
            reference: item.reference,
            title: item.title().to_owned(),
            segment: item.text("segment").to_owned(),
            shows: outcome.map(|outcome| outcome.reference),
            account: Some(account),
            words: String::new(),
            trouble: None,
            trouble_why: None,
            bare: None,
            quote: None,
            narrative,
            factor: factors_at(parts, rows.all.last(), today),
            agreed: agreed(parts),
            left_out: None,
            confidence: said.last().copied(),
            doubt: confidence::dropped_twice(&said),
            due: due.map(|period| period.key(fiscal)),
        }
    }
}

impl Glance {
    /// `confidence 5 of 10, issues; less sure twice in a row`; empty when nobody said.
    #[must_use]
    pub fn sureness(&self) -> String {
        let Some(said) = self.confidence else { return String::new() };
        let band = confidence::Confidence::of(said).map_or("", |band| band.words());
        let words = format!("confidence {said} of 10, {band}");
        if self.doubt { format!("{words}; {DOUBT}") } else { words }
    }
}

/// Without those that the catalogue never shows alone, unless their companion stands with them.
pub(super) fn shown_alone(live: &[Live]) -> Vec<(ItemId, Option<ItemId>)> {
    // A companion without a figure is none.
    let told = live.iter().filter(|one| one.told.is_some());
    let there: HashSet<&str> = told.map(|one| one.catalogue.as_str()).collect();
    let fits = |one: &&Live| {
        let beside = catalogue::find(&one.catalogue).and_then(|found| found.beside.as_deref());
        beside.is_none_or(|beside| there.contains(beside))
    };
    live.iter().filter(fits).map(|one| (one.id, one.shows)).collect()
}

/// Where a metric stands.
#[must_use]
pub fn account(
    item: &Item,
    outcome: Option<&Item>,
    rows: &[Observation],
    parts: &[Part],
    (today, fiscal): (NaiveDate, u32),
) -> Account {
    let terms = Terms::of(item);
    let first = rows.first().and_then(Observation::value);
    let (own, shown) = (Marks::of(item), outcome.map(Marks::of));
    // Before there is a figure, a target stands there with no way to go.
    let is_bare = rows.iter().all(|one| one.value().is_none());
    let first = first.or_else(|| terms.target(&own, shown.as_ref()).filter(|_| is_bare));
    let goal = terms.goal(&own, shown.as_ref(), (first, today), fiscal);
    let rebases: Vec<Rebase> = of_kind(parts, PartKind::Rebase)
        .filter_map(|part| {
            let on = part.day("from_on")?;
            Rebase::new(on, part.main()).ok()
        })
        .collect();
    Account::of(terms, goal, rows, &rebases, today)
}

/// What happened outside while the newest figure was made, the newest first; what had ended before
/// says nothing of it.
fn factors_at(parts: &[Part], newest: Option<&Observation>, today: NaiveDate) -> Option<String> {
    let begins = newest?.period.first();
    let still = |part: &&Part| {
        part.day("to_on").is_none_or(|to| to >= begins)
            && part.day("from_on").is_none_or(|from| from <= today)
    };
    let mut found: Vec<&Part> = of_kind(parts, PartKind::Factor).filter(still).collect();
    found.sort_by_key(|part| std::cmp::Reverse(part.day("from_on")));
    let names: Vec<&str> = found.iter().take(FACTORS).map(|part| part.main()).collect();
    let more = found.len() - names.len();
    let more = if more == 0 { String::new() } else { format!(" and {more} more") };
    (!names.is_empty()).then(|| names.join(", ") + &more)
}

fn agreed(parts: &[Part]) -> String {
    let all: Vec<&Part> = of_kind(parts, PartKind::Agreement).collect();
    let yes = all
        .iter()
        .filter(|part| part.day("agreed_on").is_some() && part.text("notes").is_empty())
        .count();
    if all.is_empty() { String::new() } else { format!("agreed {yes} of {}", all.len()) }
}
