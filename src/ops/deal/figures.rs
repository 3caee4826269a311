//! What deals say of a period: win rates with how far they may lie from the truth, by segment and
//! rival, how long it took, what it was worth, and the stages in which deals stall. Each figure
//! names the deals that are behind it, as a filter of their list.

use std::collections::BTreeMap;

use crate::domain::metric::computed::{Books, Formula};
use crate::domain::metric::deals::rates::{Rate, average_price, sales_cycle, win_rate};
use crate::domain::metric::deals::{Currency, Deal, Standing};
use crate::domain::metric::interval::Interval;
use crate::domain::metric::{Cadence, Period, Reading, Unit};

use super::super::error::Result;
use super::super::workspace::Workspace;
use super::behind::{behind, closed, quoted};
use super::ledger::{Asked, Ledger};
use super::said::{by_value, moved, stall};

/// Most lines of one group.
const MOST: usize = 40;

/// One figure.
#[derive(Debug, Clone, PartialEq)]
pub struct DealFigure {
    pub group: &'static str,
    pub name: String,
    /// As a person reads it: `7 of 12`, `35 days`, `31,200 EUR`.
    pub text: String,
    pub value: Option<f64>,
    /// k of n, of a share; n alone of anything else.
    pub k: Option<u32>,
    pub n: Option<u32>,
    pub interval: Option<Interval>,
    /// What else there is to say of it.
    pub note: String,
    /// The deals behind it.
    pub filter: String,
}

impl DealFigure {
    /// What stands beside it: `7 of 24, 18 to 42 %; a move up`.
    #[must_use]
    pub fn beside(&self) -> String {
        let mut said = Vec::new();
        if let (Some(k), Some(n)) = (self.k, self.n)
            && self.text != format!("{k} of {n}")
        {
            said.push(format!("{k} of {n}"));
        }
        if let (None, Some(n)) = (self.k, self.n) {
            said.push(format!("n {n}"));
        }
        if let Some(interval) = self.interval {
            let per_cent = |share: f64| format!("{:.0}", share * 100.0);
            said.push(format!("{} to {} %", per_cent(interval.low), per_cent(interval.high)));
        }
        let mut words = said.join(", ");
        if !self.note.is_empty() {
            words = if words.is_empty() {
                self.note.clone()
            } else {
                format!("{words}; {}", self.note)
            };
        }
        words
    }
}

/// The figures of a period.
#[derive(Debug, Clone, PartialEq)]
pub struct DealFigures {
    /// `2026-Q2`.
    pub period: String,
    pub running: bool,
    pub figures: Vec<DealFigure>,
}

impl Workspace {
    /// The figures of a period; without one of the running quarter, or of the last one in which a
    /// deal ended.
    ///
    /// # Errors
    /// A storage error.
    pub fn deal_figures(&self, period: Option<Period>) -> Result<DealFigures> {
        let (today, fiscal) = (self.clock.today(), self.settings.fiscal_start_month);
        let ledger = self.ledger()?;
        let period = period.unwrap_or_else(|| newest(&ledger, today, fiscal));
        Ok(DealFigures {
            period: period.key(fiscal),
            running: !period.is_complete(today),
            figures: Told { ledger: &ledger, period, today }.all(),
        })
    }
}

/// The running quarter, or the last before it in which a deal ended.
fn newest(ledger: &Ledger, today: chrono::NaiveDate, fiscal: u32) -> Period {
    let running = Period::of(today, Cadence::Quarterly, fiscal);
    let ended = ledger.deals.iter().filter(|deal| deal.standing != Standing::Open);
    let last = ended.filter_map(|deal| deal.closed).filter(|day| *day <= running.last()).max();
    last.map_or(running, |day| Period::of(day, Cadence::Quarterly, fiscal))
}

struct Told<'a> {
    ledger: &'a Ledger,
    period: Period,
    today: chrono::NaiveDate,
}

impl Told<'_> {
    fn all(&self) -> Vec<DealFigure> {
        let mut all = self.overall();
        all.extend(self.by_segment());
        all.extend(self.by_rival());
        all.extend(self.stages());
        all.extend(self.reasons());
        all
    }

    fn asked(&self, formula: Formula) -> Asked {
        Asked {
            formula,
            segments: Vec::new(),
            rival: None,
            stage: String::new(),
            currency: self.ledger.currency,
            running: self.period,
        }
    }

    /// The currencies in which a figure is told: money in each that has one, so that none is lost;
    /// the usual one where there is no figure at all.
    fn currencies(&self, formula: Formula, books: &Books<'_>) -> Vec<Currency> {
        if formula.unit() != Unit::Money {
            return vec![self.ledger.currency];
        }
        let told = |currency: &Currency| {
            let books = Books { currency: *currency, ..*books };
            books.figure(formula, self.period).is_some()
        };
        let found: Vec<Currency> = self.ledger.currencies().iter().copied().filter(told).collect();
        if found.is_empty() { vec![self.ledger.currency] } else { found }
    }

    fn overall(&self) -> Vec<DealFigure> {
        const ALL: [(Formula, &str); 9] = [
            (Formula::WinRate, "Win rate"),
            (Formula::CloseRate, "Close rate of those created"),
            (Formula::Displacement, "Won where a rival was named"),
            (Formula::SalesCycle, "Sales cycle, median"),
            (Formula::AveragePrice, "Average price"),
            (Formula::NewLogoRevenue, "Revenue, new business"),
            (Formula::ExpansionRevenue, "Revenue, expansion"),
            (Formula::RevenueContribution, "Revenue with our contribution"),
            (Formula::PipelineContribution, "Pipeline with our contribution"),
        ];
        let deals: Vec<&Deal> = self.ledger.deals.iter().collect();
        let books = Books {
            deals: &deals,
            ways: self.ledger.ways(),
            segments: &[],
            rival: None,
            stage: "",
            currency: self.ledger.currency,
            contributed: &self.ledger.contributed,
        };
        let before = self.period.previous();
        let each = ALL.into_iter().flat_map(|(formula, name)| {
            let currencies = self.currencies(formula, &books).into_iter();
            currencies.map(move |currency| (formula, name, currency))
        });
        let told = each.map(|(formula, name, currency)| {
            let books = Books { currency, ..books };
            let reading = books.figure(formula, self.period);
            let mut figure = figure_in(currency, ("All deals", name), reading, formula.unit());
            let asked = Asked { currency, ..self.asked(formula) };
            figure.filter = behind(&asked, self.period);
            if formula.unit() == Unit::Money && self.ledger.currencies().len() > 1 {
                let code = if currency == Currency::UNSAID { "none" } else { currency.code() };
                figure.filter = format!("{} currency:{code}", figure.filter);
            }
            let moved =
                reading.zip(books.figure(formula, before)).map(|(now, then)| moved(then, now));
            let rate = win_rate(&self.ledger.deals, &[], self.period);
            let told = (formula == Formula::WinRate).then(|| self.ledger.currencies());
            let value = told.and_then(|currencies| by_value(&rate, currencies));
            let said = value.into_iter().chain(moved.filter(|moved| !moved.is_empty()));
            figure.note = said.collect::<Vec<_>>().join("; ");
            let own = || self.ledger.deals.iter();
            let middle = match formula {
                Formula::AveragePrice => average_price(own(), &[], currency, self.period),
                Formula::SalesCycle => sales_cycle(own(), &[], self.period),
                _ => None,
            };
            figure.n = figure.n.or(middle.and_then(|one| u32::try_from(one.count).ok()));
            figure
        });
        told.collect()
    }

    fn by_segment(&self) -> Vec<DealFigure> {
        let of = |deal: &Deal| deal.segment.clone().unwrap_or_default();
        let mut all: BTreeMap<String, (String, Vec<&Deal>)> = BTreeMap::new();
        for deal in &self.ledger.deals {
            let name = of(deal).trim().to_owned();
            all.entry(name.to_lowercase()).or_insert((name, Vec::new())).1.push(deal);
        }
        if all.len() < 2 {
            return Vec::new();
        }
        let before = self.period.previous();
        let mut told: Vec<DealFigure> = Vec::new();
        for (name, deals) in all.into_values() {
            let rate = win_rate(deals.iter().copied(), &[], self.period);
            let earlier = win_rate(deals.iter().copied(), &[], before);
            if rate.won + rate.lost == 0 {
                continue;
            }
            let title = if name.is_empty() { "no segment" } else { &name };
            let mut figure =
                self.figure("Win rate by segment", title, Some(rate.reading()), Unit::Share);
            let segment = if name.is_empty() {
                "segment:none".to_owned()
            } else {
                format!("segment={}", quoted(&name))
            };
            figure.filter = format!("(state:won or state:lost) {} {segment}", closed(self.period));
            let about = self.about(&deals, earlier.reading(), rate.reading());
            let value = by_value(&rate, self.ledger.currencies()).into_iter();
            let said = value.chain((!about.is_empty()).then_some(about));
            figure.note = said.collect::<Vec<_>>().join("; ");
            told.push(figure);
        }
        told.sort_by_key(|one| std::cmp::Reverse(one.n));
        told.truncate(MOST);
        told
    }

    /// `a move up since 2026-Q1; cycle 72 days; average 31,200 EUR`.
    fn about(&self, deals: &[&Deal], then: Reading, now: Reading) -> String {
        let mut said = Vec::new();
        if then.value().is_some() {
            said.push(moved(then, now));
        }
        if let Some(cycle) = sales_cycle(deals.iter().copied(), &[], self.period) {
            said.push(format!("cycle {}", Unit::Days.show(cycle.value)));
        }
        let prices = self.ledger.currencies().iter().copied().filter_map(|currency| {
            let price = average_price(deals.iter().copied(), &[], currency, self.period)?;
            Some(money(price.value, currency))
        });
        let prices = prices.collect::<Vec<_>>().join(" and ");
        if !prices.is_empty() {
            said.push(format!("average {prices}"));
        }
        said.join("; ")
    }

    fn by_rival(&self) -> Vec<DealFigure> {
        let mut all: BTreeMap<String, (String, Rate)> = BTreeMap::new();
        for deal in self.ledger.deals.iter().filter(|deal| deal.ended_in(self.period)) {
            let named = deal.competitor.as_deref().unwrap_or("");
            for rival in named.split([',', ';']).map(str::trim).filter(|rival| !rival.is_empty()) {
                let (_, rate) = all
                    .entry(rival.to_lowercase())
                    .or_insert_with(|| (rival.to_owned(), Rate::default()));
                match deal.standing {
                    Standing::Won => rate.won += 1,
                    Standing::Lost => rate.lost += 1,
                    Standing::Open => {}
                }
            }
        }
        let told = all.into_values().map(|(name, rate)| {
            let mut figure =
                self.figure("Won against a rival", &name, Some(rate.reading()), Unit::Share);
            figure.filter = format!(
                "(state:won or state:lost) {} competitor:{}",
                closed(self.period),
                quoted(&name)
            );
            figure
        });
        let mut told: Vec<DealFigure> = told.collect();
        told.sort_by_key(|one| std::cmp::Reverse(one.n));
        told.truncate(MOST);
        told
    }

    fn stages(&self) -> Vec<DealFigure> {
        let flows = self.ledger.ways().flows(self.period, self.today);
        let told = flows.into_iter().take(MOST).map(|flow| {
            let reading = Some(flow.conversion());
            let mut figure =
                self.figure("Moved on from a stage", &flow.stage, reading, Unit::Share);
            figure.note = stall(&flow);
            figure.filter = if flow.stalls() {
                format!("state:open stage={}", quoted(&flow.stage))
            } else {
                format!("stages:{}", quoted(&flow.stage))
            };
            figure
        });
        told.collect()
    }

    fn reasons(&self) -> Vec<DealFigure> {
        let mut all: BTreeMap<String, (String, u32)> = BTreeMap::new();
        let lost = |deal: &&Deal| deal.standing == Standing::Lost && deal.ended_in(self.period);
        let mut whole = 0;
        for deal in self.ledger.deals.iter().filter(lost) {
            whole += 1;
            let reason = deal.reason.as_deref().unwrap_or("").trim().to_owned();
            all.entry(reason.to_lowercase()).or_insert((reason, 0)).1 += 1;
        }
        let told = all.into_values().map(|(name, count)| {
            let title = if name.is_empty() { "no reason given" } else { &name };
            let reading = Some(Reading::Share { k: count, n: whole });
            let mut figure = self.figure("Lost because of", title, reading, Unit::Share);
            figure.interval = None;
            figure.text = format!("{count} of {whole}");
            let reason = if name.is_empty() {
                "reason:none".to_owned()
            } else {
                format!("reason={}", quoted(&name))
            };
            figure.filter = format!("state:lost {} {reason}", closed(self.period));
            figure
        });
        let mut told: Vec<DealFigure> = told.collect();
        told.sort_by_key(|one| std::cmp::Reverse(one.k));
        told.truncate(MOST);
        told
    }

    fn figure(
        &self,
        group: &'static str,
        name: &str,
        reading: Option<Reading>,
        unit: Unit,
    ) -> DealFigure {
        figure_in(self.ledger.currency, (group, name), reading, unit)
    }
}

fn figure_in(
    currency: Currency,
    (group, name): (&'static str, &str),
    reading: Option<Reading>,
    unit: Unit,
) -> DealFigure {
    let (k, n) = match reading {
        Some(Reading::Share { k, n }) => (Some(k), Some(n)),
        Some(Reading::Number(_)) | None => (None, None),
    };
    let text = match (reading, unit) {
        (None, _) => "no data".to_owned(),
        (Some(Reading::Number(value)), Unit::Money) => money(value, currency),
        (Some(reading), unit) => unit.show_reading(reading),
    };
    DealFigure {
        group,
        name: name.to_owned(),
        text,
        value: reading.and_then(Reading::value),
        k,
        n,
        interval: k.zip(n).and_then(|(k, n)| Interval::of(k, n)),
        note: String::new(),
        filter: String::new(),
    }
}

/// `31,200 EUR`; of a currency that nobody said the amount alone.
#[must_use]
pub fn money(value: f64, currency: Currency) -> String {
    let amount = Unit::Money.show(value);
    if currency == Currency::UNSAID { amount } else { format!("{amount} {currency}") }
}
