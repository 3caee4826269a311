//! The ledger of impacts: what an impact knows from its deal, what it leaves on the deal, and what
//! all of them come to, by kind and currency.

use std::collections::BTreeMap;

use crate::domain::item::Item;
use crate::domain::kind::Kind;
use crate::domain::metric::Unit;
use crate::domain::metric::deals::{Currency, Money};
use crate::domain::nouns::impact::KINDS;
use crate::domain::ritual::impact::opening;
use crate::domain::value::Value;
use crate::store::Write;
use crate::store::plan::Plans;

use super::super::error::Result;
use super::super::evidence::Report;
use super::super::workspace::Workspace;

/// What impacts of one kind come to in one currency.
#[derive(Debug, Clone, PartialEq)]
pub struct ImpactSum {
    /// A slug of `KINDS`; empty for those that name none.
    pub kind: String,
    /// `None` for those that are no money.
    pub amount: Option<Money>,
    /// A currency as it was typed that is no code: it is in no sum with others.
    pub strange: String,
    pub count: usize,
}

impl ImpactSum {
    /// `revenue 147,500 EUR, 3 impacts`.
    #[must_use]
    pub fn words(&self) -> String {
        let kind = if self.kind.is_empty() { "no kind" } else { &self.kind };
        let count = format!("{} {}", self.count, Kind::Impact.noun().counted(self.count));
        match self.amount {
            Some(money) => {
                let amount = amount(money.major(), money.currency);
                let strange = if self.strange.is_empty() {
                    String::new()
                } else {
                    format!(" “{}”", self.strange)
                };
                format!("{kind} {amount}{strange}, {count}")
            }
            None => format!("{kind}, {count}"),
        }
    }
}

/// An amount as it was said, to the cent where there are any: `1,200.50 EUR`; of a currency that
/// nobody said the amount alone.
#[must_use]
pub fn amount(value: f64, currency: Currency) -> String {
    let cents = (value.abs() * 100.0).round() % 100.0;
    let whole = Unit::Money.show(if cents > 0.0 { value.trunc() } else { value });
    let sign = if value < 0.0 && value > -1.0 { "−" } else { "" };
    let text = if cents > 0.0 { format!("{sign}{whole}.{cents:02}") } else { whole };
    if currency == Currency::UNSAID { text } else { format!("{text} {currency}") }
}

/// Adds up impacts; those that were withdrawn do not count, and two currencies are never one sum.
#[must_use]
pub fn sums(impacts: &[Item]) -> Vec<ImpactSum> {
    // By the place of the kind, the kind, the currency and what was typed that is none.
    type Key = (usize, String, Option<Currency>, String);
    let mut all: BTreeMap<Key, (i64, usize)> = BTreeMap::new();
    for item in impacts.iter().filter(|item| item.state().slug != "withdrawn") {
        let kind = item.text("kind").to_owned();
        let place = KINDS.iter().position(|slug| *slug == kind).unwrap_or(KINDS.len());
        let typed = item.text("currency").trim();
        let known = Currency::parse(typed);
        let strange = if known.is_none() { typed.to_lowercase() } else { String::new() };
        let currency = known.unwrap_or(Currency::UNSAID);
        let money = match item.get("amount") {
            Value::Real(amount) => Money::of(*amount, currency),
            _ => None,
        };
        let key = (place, kind, money.map(|money| money.currency), strange);
        let sum = all.entry(key).or_default();
        sum.0 = sum.0.saturating_add(money.map_or(0, |money| money.minor));
        sum.1 += 1;
    }
    all.into_iter()
        .map(|((_, kind, currency, strange), (minor, count))| ImpactSum {
            kind,
            amount: currency.map(|currency| Money { minor, currency }),
            strange,
            count,
        })
        .collect()
}

impl Workspace {
    /// What the impacts come to, as it is read on the screen.
    ///
    /// # Errors
    /// A storage error.
    pub fn impact_report(&self) -> Result<Report> {
        let sums = self.impact_sums()?;
        let mut report = Report::new("impact", "What the impacts come to");
        let count = sums.iter().map(|sum| sum.count).sum();
        report.head.push(opening(count));
        report.head.push(String::new());
        report.head.extend(sums.iter().map(ImpactSum::words));
        report
            .head
            .push("Two currencies are never one sum; those withdrawn do not count.".to_owned());
        Ok(report)
    }

    /// What the impacts that were logged come to, by kind and currency.
    ///
    /// # Errors
    /// A storage error.
    pub fn impact_sums(&self) -> Result<Vec<ImpactSum>> {
        let ids = self.store.all_of(Kind::Impact)?;
        Ok(sums(&self.store.items(&ids)?))
    }
}

/// An impact that names a deal knows its amount from there, and the deal counts as one to which
/// product marketing contributed. Answers what it did in words.
///
/// # Errors
/// A storage error.
pub(in crate::ops) fn tie(write: &Write<'_>, impact: &mut Item) -> Result<Vec<String>> {
    if impact.kind() != Kind::Impact {
        return Ok(Vec::new());
    }
    let Some(id) = impact.link("deal") else { return Ok(Vec::new()) };
    let Some(deal) = write.items(&[id])?.pop() else { return Ok(Vec::new()) };
    let mut said = Vec::new();
    if let (true, Value::Real(amount)) = (impact.get("amount").is_nothing(), deal.get("amount")) {
        impact.set("amount", Value::Real(*amount));
        impact.set("currency", deal.get("currency").clone());
        let currency = Currency::parse(deal.text("currency")).unwrap_or(Currency::UNSAID);
        said.push(format!("{} from {}", self::amount(*amount, currency), deal.reference));
    }
    if deal.text("contribution").is_empty() {
        let words = match impact.text("contribution") {
            "" => impact.title().to_owned(),
            words => words.to_owned(),
        };
        let mut after = deal.clone();
        after.set("contribution", Value::Text(words));
        write.update(&deal, &after)?;
        said.push(format!("{} counts as contributed to", deal.reference));
    }
    Ok(said)
}
