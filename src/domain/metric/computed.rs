//! Metrics that are counted on deals instead of being recorded: their figure for any period, and
//! the periods up to the running one, which is marked and never taken for complete.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::deals::money::{Currency, Sums};
use super::deals::rates::{average_price, close_rate, displacement, sales_cycle, win_rate};
use super::deals::{Business, Deal, Standing, Ways};
use super::period::{Cadence, Period};
use super::reading::{Observation, Reading};
use super::unit::Unit;

/// What is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Formula {
    RevenueContribution,
    PipelineContribution,
    Displacement,
    SalesCycle,
    WinRate,
    CloseRate,
    AveragePrice,
    NewLogoRevenue,
    ExpansionRevenue,
    StageProgression,
}

impl Formula {
    pub const ALL: [Self; 10] = [
        Self::RevenueContribution,
        Self::PipelineContribution,
        Self::Displacement,
        Self::SalesCycle,
        Self::WinRate,
        Self::CloseRate,
        Self::AveragePrice,
        Self::NewLogoRevenue,
        Self::ExpansionRevenue,
        Self::StageProgression,
    ];

    /// The slug of the metric of the catalogue that it computes.
    #[must_use]
    pub fn slug(self) -> &'static str {
        match self {
            Self::RevenueContribution => "revenue-contribution",
            Self::PipelineContribution => "pipeline-contribution",
            Self::Displacement => "competitive-displacement",
            Self::SalesCycle => "sales-cycle",
            Self::WinRate => "win-rate",
            Self::CloseRate => "close-rate",
            Self::AveragePrice => "asp",
            Self::NewLogoRevenue => "new-logo-revenue",
            Self::ExpansionRevenue => "expansion-revenue",
            Self::StageProgression => "stage-progression",
        }
    }

    #[must_use]
    pub fn from_slug(slug: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|formula| formula.slug() == slug)
    }

    /// What its figures are in.
    #[must_use]
    pub fn unit(self) -> Unit {
        match self {
            Self::WinRate | Self::CloseRate | Self::Displacement | Self::StageProgression => {
                Unit::Share
            }
            Self::SalesCycle => Unit::Days,
            Self::AveragePrice
            | Self::NewLogoRevenue
            | Self::ExpansionRevenue
            | Self::RevenueContribution
            | Self::PipelineContribution => Unit::Money,
        }
    }

    /// Whether it adds up amounts, and so is of one currency.
    #[must_use]
    pub fn is_money(self) -> bool {
        self.unit() == Unit::Money
    }

    /// Whether it counts the amount of such a deal in some period.
    #[must_use]
    pub fn is_of(self, deal: &Deal, contributed: bool) -> bool {
        let won = deal.standing == Standing::Won;
        match self {
            Self::RevenueContribution => won && contributed,
            Self::PipelineContribution => deal.standing != Standing::Lost && contributed,
            Self::AveragePrice => won,
            Self::NewLogoRevenue => won && deal.business == Some(Business::New),
            Self::ExpansionRevenue => won && deal.business == Some(Business::Expansion),
            Self::Displacement
            | Self::SalesCycle
            | Self::WinRate
            | Self::CloseRate
            | Self::StageProgression => false,
        }
    }
}

/// The deals of a workspace and what its metrics ask of them.
#[derive(Clone, Copy, Debug)]
pub struct Books<'a> {
    pub deals: &'a [&'a Deal],
    pub ways: &'a Ways,
    /// The priority segments; none are all.
    pub segments: &'a [String],
    pub rival: Option<&'a str>,
    /// The stage after which progression is measured.
    pub stage: &'a str,
    pub currency: Currency,
    /// Deals to which somebody logged a contribution.
    pub contributed: &'a BTreeSet<String>,
}

/// Whether a figure may still change by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stand {
    Complete,
    Running,
}

impl<'a> Books<'a> {
    fn all(&self) -> impl Iterator<Item = &'a Deal> + use<'a> {
        self.deals.iter().copied()
    }

    /// The figure of a period; `None` for no data.
    #[must_use]
    pub fn figure(&self, formula: Formula, period: Period) -> Option<Reading> {
        let reading = match formula {
            Formula::WinRate => win_rate(self.all(), self.segments, period).reading(),
            Formula::CloseRate => close_rate(self.all(), self.segments, period),
            Formula::Displacement => {
                let own = self.all().filter(|deal| deal.is_in(self.segments));
                displacement(own, self.rival, period).reading()
            }
            Formula::StageProgression => self.ways.conversion(self.stage, period),
            Formula::SalesCycle => {
                Reading::Number(sales_cycle(self.all(), self.segments, period)?.value)
            }
            Formula::AveragePrice => Reading::Number(
                average_price(self.all(), self.segments, self.currency, period)?.value,
            ),
            Formula::RevenueContribution => {
                self.won(period, |deal| self.contributed.contains(&deal.external_id))?
            }
            Formula::NewLogoRevenue => {
                self.won(period, |deal| deal.business == Some(Business::New))?
            }
            Formula::ExpansionRevenue => {
                self.won(period, |deal| deal.business == Some(Business::Expansion))?
            }
            Formula::PipelineContribution => self.sum(|deal| {
                deal.standing != Standing::Lost
                    && deal.began_in(period)
                    && self.contributed.contains(&deal.external_id)
            })?,
        };
        reading.value().map(|_| reading)
    }

    /// The figures of so many periods, oldest first, the last of them running. A period without
    /// data is left out.
    #[must_use]
    pub fn series(
        &self,
        formula: Formula,
        running: Period,
        count: usize,
        today: NaiveDate,
    ) -> Vec<(Observation, Stand)> {
        let periods = running.back(count).into_iter();
        periods
            .filter_map(|period| {
                let reading = self.figure(formula, period)?;
                Some((Observation { period, reading }, stand(period, today)))
            })
            .collect()
    }

    /// The current figure: that of the last complete period.
    #[must_use]
    pub fn current(
        &self,
        formula: Formula,
        (cadence, fiscal_start_month): (Cadence, u32),
        today: NaiveDate,
    ) -> Option<Observation> {
        let period = Period::last_complete(today, cadence, fiscal_start_month);
        Some(Observation { period, reading: self.figure(formula, period)? })
    }

    fn won(&self, period: Period, belongs: impl Fn(&Deal) -> bool) -> Option<Reading> {
        self.sum(|deal| deal.standing == Standing::Won && deal.ended_in(period) && belongs(deal))
    }

    /// The amount of the deals that belong, in the currency of the workspace; no deal with an
    /// amount in it is no data.
    fn sum(&self, belongs: impl Fn(&Deal) -> bool) -> Option<Reading> {
        let own = self.all().filter(|deal| deal.is_in(self.segments) && belongs(deal));
        let amounts = own.filter_map(|deal| deal.amount);
        let sums: Sums = amounts.collect();
        let known = sums.currencies().any(|currency| currency == self.currency);
        known.then(|| Reading::Number(sums.major(self.currency)))
    }
}

/// Whether the period is over.
#[must_use]
pub fn stand(period: Period, today: NaiveDate) -> Stand {
    if period.is_complete(today) { Stand::Complete } else { Stand::Running }
}

#[cfg(test)]
mod tests {
    use super::super::fixture::day;
    use super::*;
    use crate::domain::metric::deals::Money;

    fn deal(id: &str, standing: Standing, created: &str, closed: &str) -> Deal {
        Deal {
            external_id: id.to_owned(),
            name: id.to_owned(),
            account: None,
            segment: None,
            owner: None,
            amount: Some(Money::new(10_000, "EUR")),
            created: Some(day(created)),
            closed: Some(day(closed)),
            stage: standing.slug().to_owned(),
            standing,
            reason: None,
            competitor: None,
            pipeline: None,
            business: Some(Business::New),
        }
    }

    #[test]
    fn the_current_figure_is_that_of_the_last_complete_period() {
        let deals = [
            deal("1", Standing::Won, "2026-03-01", "2026-04-10"),
            deal("2", Standing::Lost, "2026-03-01", "2026-04-20"),
            deal("3", Standing::Won, "2026-03-01", "2026-05-02"),
        ];
        let contributed = BTreeSet::from(["3".to_owned()]);
        let books = Books {
            deals: &deals.each_ref(),
            ways: &Ways::of(&deals, &[]),
            segments: &[],
            rival: None,
            stage: "demo",
            currency: Currency::parse("EUR").unwrap(),
            contributed: &contributed,
        };
        let today = day("2026-05-06");
        let current = books.current(Formula::WinRate, (Cadence::Monthly, 1), today).unwrap();
        assert_eq!(current.period.key(1), "2026-04");
        assert_eq!(current.reading, Reading::Share { k: 1, n: 2 });

        let running = Period::of(today, Cadence::Monthly, 1);
        let series = books.series(Formula::WinRate, running, 13, today);
        let found: Vec<_> = series.iter().map(|(one, stand)| (one.period.key(1), *stand)).collect();
        assert_eq!(
            found,
            [("2026-04".to_owned(), Stand::Complete), ("2026-05".to_owned(), Stand::Running)]
        );

        let figure = |formula| books.figure(formula, running);
        assert_eq!(figure(Formula::RevenueContribution), Some(Reading::Number(100.0)));
        assert_eq!(figure(Formula::ExpansionRevenue), None);
        assert_eq!(figure(Formula::StageProgression), None);
        let march = Period::parse("2026-03", 1).unwrap();
        let pipeline = books.figure(Formula::PipelineContribution, march);
        assert_eq!(pipeline, Some(Reading::Number(100.0)));
    }

    #[test]
    fn every_formula_has_a_slug_of_its_own() {
        assert!(Formula::ALL.iter().all(|one| Formula::from_slug(one.slug()) == Some(*one)));
    }
}
