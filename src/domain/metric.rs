//! Outcome metrics, told honestly: every formula of a figure, its noise, its age and its
//! sentence (`spec/3-model.md §3.4`). Values in, values out; nothing here is stored or asked.

pub mod account;
pub mod age;
pub mod catalogue;
pub mod chart;
pub mod computed;
pub mod confidence;
pub mod deals;
pub mod explained;
pub mod forecast;
pub mod goal;
pub mod interval;
pub mod period;
pub mod plot;
pub mod reading;
pub mod sentence;
pub mod signal;
pub mod source;
pub mod spark;
pub mod terms;
pub mod trend;
pub mod typed;
pub mod unit;

pub use account::Account;
pub use age::{Age, Freshness};
pub use chart::{Bounds, Chart, Limits, Standing};
pub use forecast::Forecast;
pub use goal::{Aim, Goal, Status};
pub use period::{Cadence, Period};
pub use reading::{Observation, Reading};
pub use terms::Terms;
pub use unit::Unit;

/// Differences below this share of the figures compared are rounding, not movement.
const ROUNDING: f64 = 1e-9;

/// A number of things as a number to reckon with.
fn number(count: usize) -> f64 {
    u32::try_from(count).map_or(f64::from(u32::MAX), f64::from)
}

/// The arithmetic mean; `None` of nothing.
#[must_use]
pub fn mean(values: &[f64]) -> Option<f64> {
    (!values.is_empty()).then(|| values.iter().sum::<f64>() / number(values.len()))
}

/// The middle value, or the mean of the two middle ones; `None` of nothing.
#[must_use]
pub fn median(values: &[f64]) -> Option<f64> {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let middle = sorted.len() / 2;
    let upper = *sorted.get(middle)?;
    if sorted.len() % 2 == 1 {
        return Some(upper);
    }
    let lower = *sorted.get(middle.checked_sub(1)?)?;
    Some(f64::midpoint(lower, upper))
}

#[cfg(test)]
mod fixture {
    use chrono::NaiveDate;

    use super::{Cadence, Observation, Period, Reading};

    pub fn day(iso: &str) -> NaiveDate {
        iso.parse().unwrap()
    }

    /// Values of consecutive weeks, the first of them given by its key.
    pub fn weeks(first: &str, values: &[f64]) -> Vec<Observation> {
        let mut period = Period::parse(first, 1).unwrap();
        let mut rows = Vec::new();
        for value in values {
            rows.push(Observation { period, reading: Reading::number(*value).unwrap() });
            period = period.next();
        }
        assert!(rows.iter().all(|row| row.period.cadence() == Cadence::Weekly));
        rows
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_is_the_middle_or_between_the_two_middle_ones() {
        assert_eq!(median(&[]), None);
        assert_eq!(median(&[3.0]), Some(3.0));
        assert_eq!(median(&[9.0, 1.0, 4.0]), Some(4.0));
        assert_eq!(median(&[9.0, 1.0, 4.0, 5.0]), Some(4.5));
        assert_eq!(mean(&[]), None);
    }
}
