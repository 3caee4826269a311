//! What is said beside a figure of deals: how it moved, what it is by value, where deals stall.

use crate::domain::metric::Reading;
use crate::domain::metric::deals::rates::Rate;
use crate::domain::metric::deals::{Currency, Flow};
use crate::domain::metric::interval::Movement;
use crate::domain::metric::unit::Unit;

use super::figures::money;

/// `325,500 of 835,500 EUR by value`, in each currency that has one, so that none is lost; nothing
/// where no deal that ended has an amount.
pub(super) fn by_value(rate: &Rate, currencies: &[Currency]) -> Option<String> {
    let of = |currency: &Currency| {
        rate.by_value(*currency)?;
        let (won, lost) = (rate.won_value.major(*currency), rate.lost_value.major(*currency));
        Some(format!("{} of {}", Unit::Money.show(won), money(won + lost, *currency)))
    };
    let told: Vec<String> = currencies.iter().filter_map(of).collect();
    (!told.is_empty()).then(|| format!("{} by value", told.join(" and ")))
}

/// `+4 points, within noise`.
pub(super) fn moved(then: Reading, now: Reading) -> String {
    if !matches!((then, now), (Reading::Share { .. }, Reading::Share { .. })) {
        return String::new();
    }
    let movement = Movement::of(then, now);
    match movement.points {
        Some(points) => {
            let change = Unit::Share.show_change(points / 100.0);
            format!("{change} since the period before, {}", movement.verdict.words())
        }
        None => String::new(),
    }
}

/// `5 open for 34 days, others moved on in 20 days: they stall here`.
pub(super) fn stall(flow: &Flow) -> String {
    let mut said = Vec::new();
    if let Some(days) = flow.days_open.filter(|_| flow.open_here > 0) {
        said.push(format!("{} open for {}", flow.open_here, Unit::Days.show(days)));
    }
    if let Some(days) = flow.days_to_move {
        said.push(format!("others moved on in {}", Unit::Days.show(days)));
    }
    let stalls = if flow.stalls() { ": they stall here" } else { "" };
    format!("{}{stalls}", said.join(", "))
}
