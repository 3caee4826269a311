//! The deals of a workspace, read once and kept until the journal tells of another deal, with the
//! series of every metric that is counted on them. Cost per key does not grow with their number.

use std::cell::{OnceCell, Ref, RefCell};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use chrono::NaiveDate;

use crate::domain::item::Item;
use crate::domain::metric::computed::{Books, Formula};
use crate::domain::metric::deals::{Currency, Deal, StageEvent, Standing, Ways};
use crate::domain::metric::unit::Unit;
use crate::domain::metric::{Observation, Period, Terms};

use crate::store::deal::{Deals, Kept};

use super::super::error::Result;
use super::super::evidence::stalls::{BySegment, by_segment};
use super::super::workspace::Workspace;

/// Most periods of a series.
const MOST: usize = 400;
/// From so many changed deals on all are read anew.
const FEW: usize = 500;
/// The stage after which progression is measured, unless the metric names one.
const STAGE: &str = "Demo";

/// What a metric asks of the deals.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Asked {
    pub formula: Formula,
    /// Segments of which deals count; none are all.
    pub segments: Vec<String>,
    pub rival: Option<String>,
    pub stage: String,
    pub currency: Currency,
    /// The period that runs.
    pub running: Period,
}

/// The deals, and what was counted on them.
#[derive(Debug)]
pub struct Ledger {
    /// The last line of the journal that is in it; before the first reading none.
    upto: Option<i64>,
    pub deals: Vec<Deal>,
    pub events: Vec<StageEvent>,
    ways: OnceCell<Ways>,
    pub contributed: BTreeSet<String>,
    /// The currency of most deals.
    pub currency: Currency,
    currencies: Vec<Currency>,
    known: RefCell<HashMap<Asked, Vec<Observation>>>,
    /// Where deals stall, as it is on a day.
    stalls: RefCell<Option<(NaiveDate, BySegment)>>,
}

impl Default for Ledger {
    fn default() -> Self {
        Self {
            upto: None,
            deals: Vec::new(),
            events: Vec::new(),
            ways: OnceCell::new(),
            contributed: BTreeSet::new(),
            currency: Currency::UNSAID,
            currencies: Vec::new(),
            known: RefCell::default(),
            stalls: RefCell::default(),
        }
    }
}

impl Asked {
    /// What a metric of the catalogue asks; `None` for one that is recorded.
    #[must_use]
    pub fn of(metric: &Item, ledger: &Ledger, (today, fiscal): (NaiveDate, u32)) -> Option<Self> {
        let formula = Formula::from_slug(metric.text("catalogue"))?;
        let named =
            |name: &str| Some(metric.text(name).trim().to_owned()).filter(|it| !it.is_empty());
        let segments = named("segment").map_or_else(Vec::new, |text| {
            text.split(',').map(|one| one.trim().to_owned()).filter(|one| !one.is_empty()).collect()
        });
        Some(Self {
            formula,
            segments,
            rival: named("rival"),
            stage: named("after_stage").unwrap_or_else(|| STAGE.to_owned()),
            currency: named("currency")
                .and_then(|code| Currency::parse(&code))
                .unwrap_or(ledger.currency),
            running: Period::of(today, Terms::of(metric).cadence, fiscal),
        })
    }
}

impl Ledger {
    /// Reads all deals.
    ///
    /// # Errors
    /// A storage error.
    pub fn read(from: &impl Deals) -> Result<Self> {
        let mut ledger = Self { upto: Some(from.last_change()?), ..Self::default() };
        ledger.take(from.deals()?);
        Ok(ledger)
    }

    /// Where the deals of each segment stall.
    #[must_use]
    pub fn stalls(&self, today: NaiveDate, fiscal: u32) -> BySegment {
        let mut kept = self.stalls.borrow_mut();
        match kept.as_ref() {
            Some((on, found)) if *on == today => found.clone(),
            Some(_) | None => {
                let found = by_segment(self, today, fiscal);
                kept.insert((today, found)).1.clone()
            }
        }
    }

    /// The currencies of amounts, that of most deals first.
    #[must_use]
    pub fn currencies(&self) -> &[Currency] {
        &self.currencies
    }

    /// Deals that would count for a figure of money and do not, because their amount is in another
    /// currency: `2 deals in USD are left out`.
    #[must_use]
    pub fn left_out(&self, asked: &Asked) -> Option<String> {
        if self.currencies.len() < 2 || !asked.formula.is_money() {
            return None;
        }
        let counts = |currency: Currency| {
            let own = Asked { currency, ..asked.clone() };
            let other = |deal: &&Deal| {
                deal.is_in(&asked.segments)
                    && deal.amount.is_some_and(|amount| amount.currency == currency)
                    && own.formula.is_of(deal, self.contributed.contains(&deal.external_id))
            };
            self.deals.iter().filter(other).count()
        };
        let others = self.currencies.iter().filter(|one| **one != asked.currency);
        let told: Vec<String> = others
            .map(|currency| (currency, counts(*currency)))
            .filter(|(_, count)| *count > 0)
            .map(|(currency, count)| match (*currency == Currency::UNSAID, count) {
                (true, _) => format!("{count} without a currency"),
                (false, 1) => format!("1 deal in {currency}"),
                (false, _) => format!("{count} deals in {currency}"),
            })
            .collect();
        (!told.is_empty()).then(|| format!("without {}", told.join(", ")))
    }

    /// The ways of all deals, followed when they are first asked for.
    #[must_use]
    pub fn ways(&self) -> &Ways {
        self.ways.get_or_init(|| Ways::of(&self.deals, &self.events))
    }

    /// These deals are as they are told now; those that are not told are gone.
    fn renew(&mut self, ids: &[String], told: Vec<Kept>) {
        let gone: HashSet<&str> = ids.iter().map(String::as_str).collect();
        self.deals.retain(|deal| !gone.contains(deal.external_id.as_str()));
        self.events.retain(|event| !gone.contains(event.deal.as_str()));
        self.contributed.retain(|id| !gone.contains(id.as_str()));
        self.take(told);
    }

    fn take(&mut self, told: Vec<Kept>) {
        for kept in told {
            if kept.contributed {
                self.contributed.insert(kept.deal.external_id.clone());
            }
            self.deals.push(kept.deal);
            self.events.extend(kept.events);
        }
        let mut currencies: BTreeMap<Currency, usize> = BTreeMap::new();
        for amount in self.deals.iter().filter_map(|deal| deal.amount) {
            *currencies.entry(amount.currency).or_default() += 1;
        }
        let mut all: Vec<(Currency, usize)> = currencies.into_iter().collect();
        all.sort_by_key(|(currency, count)| (std::cmp::Reverse(*count), *currency));
        self.currencies = all.into_iter().map(|(currency, _)| currency).collect();
        self.currency = self.currencies.first().copied().unwrap_or(Currency::UNSAID);
        self.ways = OnceCell::new();
        self.known.borrow_mut().clear();
        self.stalls.borrow_mut().take();
    }

    /// The figures of all periods that have one, oldest first; the running one may be the last.
    #[must_use]
    pub fn series(&self, asked: &Asked, fiscal: u32) -> Vec<Observation> {
        if let Some(known) = self.known.borrow().get(asked) {
            return known.clone();
        }
        let series = self.counted(asked, fiscal);
        self.known.borrow_mut().insert(asked.clone(), series.clone());
        series
    }

    fn counted(&self, asked: &Asked, fiscal: u32) -> Vec<Observation> {
        let mut own: Vec<(NaiveDate, &Deal)> = self
            .deals
            .iter()
            .filter(|deal| deal.is_in(&asked.segments))
            .filter_map(|deal| Some((dated(asked.formula, deal)?, deal)))
            .collect();
        own.sort_by_key(|(day, _)| *day);
        let (days, deals): (Vec<NaiveDate>, Vec<&Deal>) = own.into_iter().unzip();
        let ways = self.ways_of(asked);
        let first = match asked.formula {
            Formula::StageProgression => self.events.iter().map(|event| event.entered).min(),
            _ => days.first().copied(),
        };
        let Some(first) = first else { return Vec::new() };
        let start = Period::of(first, asked.running.cadence(), fiscal).first();
        let periods = std::iter::successors(Some(asked.running), |one| Some(one.previous()));
        let mut periods: Vec<Period> =
            periods.take_while(|one| one.first() >= start).take(MOST).collect();
        periods.reverse();
        let figure = |period: Period| {
            let from = days.partition_point(|day| *day < period.first());
            let to = days.partition_point(|day| *day <= period.last());
            let books = Books {
                deals: deals.get(from..to).unwrap_or_default(),
                ways: ways.as_ref().unwrap_or_else(|| self.ways()),
                segments: &[],
                rival: asked.rival.as_deref(),
                stage: &asked.stage,
                currency: asked.currency,
                contributed: &self.contributed,
            };
            Some(Observation { period, reading: books.figure(asked.formula, period)? })
        };
        periods.into_iter().filter_map(figure).collect()
    }

    /// The ways of the deals of some segments; `None` where all of them are meant.
    fn ways_of(&self, asked: &Asked) -> Option<Ways> {
        if asked.formula != Formula::StageProgression || asked.segments.is_empty() {
            return None;
        }
        let own = self.deals.iter().filter(|deal| deal.is_in(&asked.segments));
        Some(Ways::of(&own.cloned().collect::<Vec<_>>(), &self.events))
    }
}

/// The day by which a deal counts for a formula.
fn dated(formula: Formula, deal: &Deal) -> Option<NaiveDate> {
    match formula {
        Formula::CloseRate | Formula::PipelineContribution => deal.created,
        Formula::RevenueContribution
        | Formula::Displacement
        | Formula::SalesCycle
        | Formula::WinRate
        | Formula::AveragePrice
        | Formula::NewLogoRevenue
        | Formula::ExpansionRevenue => deal.closed.filter(|_| deal.standing != Standing::Open),
        Formula::StageProgression => None,
    }
}

impl Workspace {
    /// The deals, as the journal has them now.
    ///
    /// # Errors
    /// A storage error.
    pub fn ledger(&self) -> Result<Ref<'_, Ledger>> {
        let last = self.store.last_change()?;
        let upto = self.ledger.borrow().upto.filter(|upto| *upto <= last);
        let changed = match upto {
            Some(upto) if upto == last => Some(Vec::new()),
            Some(upto) => Some(self.store.changed_deals(upto, FEW)?),
            None => None,
        };
        match changed.filter(|ids| ids.len() < FEW) {
            Some(ids) => {
                let mut ledger = self.ledger.borrow_mut();
                if !ids.is_empty() {
                    ledger.renew(&ids, self.store.deals_of(&ids)?);
                }
                ledger.upto = Some(last);
            }
            None => *self.ledger.borrow_mut() = Ledger::read(&self.store)?,
        }
        Ok(self.ledger.borrow())
    }

    /// The figures of a metric that is counted on deals; `None` for one that is recorded, and
    /// where there are no deals.
    ///
    /// # Errors
    /// A storage error.
    pub fn counted_on_deals(&self, metric: &Item) -> Result<Option<Vec<Observation>>> {
        if Formula::from_slug(metric.text("catalogue")).is_none() || !self.store.has_deals()? {
            return Ok(None);
        }
        let fiscal = self.settings.fiscal_start_month;
        let ledger = self.ledger()?;
        let asked = Asked::of(metric, &ledger, (self.clock.today(), fiscal));
        Ok(asked.map(|asked| ledger.series(&asked, fiscal)))
    }

    /// What the figures of a metric of money are in: its own currency, or that of its deals.
    ///
    /// # Errors
    /// A storage error.
    pub(in crate::ops) fn currency_of(&self, metric: &Item) -> Result<Option<Currency>> {
        if Terms::of(metric).unit != Unit::Money {
            return Ok(None);
        }
        let own = Currency::parse(metric.text("currency"));
        let is_on_deals = Formula::from_slug(metric.text("catalogue")).is_some();
        let currency = match own {
            None if is_on_deals && self.store.has_deals()? => Some(self.ledger()?.currency),
            own => own,
        };
        Ok(currency.filter(|currency| *currency != Currency::UNSAID))
    }

    /// What the figure of a metric that is counted on deals leaves out, in words.
    ///
    /// # Errors
    /// A storage error.
    pub(in crate::ops) fn left_out(&self, metric: &Item) -> Result<Option<String>> {
        let is_money = Formula::from_slug(metric.text("catalogue")).is_some_and(Formula::is_money);
        if !is_money || !self.store.has_deals()? {
            return Ok(None);
        }
        let ledger = self.ledger()?;
        let asked =
            Asked::of(metric, &ledger, (self.clock.today(), self.settings.fiscal_start_month));
        Ok(asked.and_then(|asked| ledger.left_out(&asked)))
    }

    /// The filter of the deals behind the figure of a metric for a period.
    ///
    /// # Errors
    /// A storage error.
    pub fn deals_behind(&self, metric: &Item, period: Period) -> Result<Option<String>> {
        let fiscal = self.settings.fiscal_start_month;
        let ledger = self.ledger()?;
        let asked = Asked::of(metric, &ledger, (self.clock.today(), fiscal));
        Ok(asked.map(|asked| super::behind::behind(&asked, period)))
    }
}
