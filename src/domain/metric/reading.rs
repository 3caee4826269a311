//! One reading of a metric: a number, or k of n, which keeps the size of its sample.

use super::period::Period;
use crate::domain::refusal::Refusal;

/// What was read.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Reading {
    /// Always finite.
    Number(f64),
    /// k of n, k ≤ n.
    Share { k: u32, n: u32 },
}

impl Reading {
    /// # Errors
    /// When the number is infinite or none.
    pub fn number(value: f64) -> Result<Self, Refusal> {
        if value.is_finite() {
            return Ok(Self::Number(value));
        }
        Err(Refusal::input("a reading is a finite number").hint("try 31.2%, 7/12 or 14"))
    }

    /// # Errors
    /// When k is more than n.
    pub fn share(k: u32, n: u32) -> Result<Self, Refusal> {
        if k <= n {
            return Ok(Self::Share { k, n });
        }
        Err(Refusal::input(format!("{k} of {n} is more than all")))
    }

    /// The figure; `None` for k of none, which is no data and not 0.
    #[must_use]
    pub fn value(self) -> Option<f64> {
        match self {
            Self::Number(value) => Some(value),
            Self::Share { n: 0, .. } => None,
            Self::Share { k, n } => Some(f64::from(k) / f64::from(n)),
        }
    }

    /// The size of the sample, when it is known.
    #[must_use]
    pub fn sample(self) -> Option<u32> {
        match self {
            Self::Number(_) => None,
            Self::Share { n, .. } => Some(n),
        }
    }
}

/// A reading of a period.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Observation {
    pub period: Period,
    pub reading: Reading,
}

impl Observation {
    #[must_use]
    pub fn value(&self) -> Option<f64> {
        self.reading.value()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_reading_is_refused() {
        assert!(Reading::number(f64::NAN).is_err());
        assert!(Reading::number(f64::INFINITY).is_err());
        assert!(Reading::share(8, 7).is_err());
        assert_eq!(Reading::share(0, 0).unwrap().value(), None);
        assert_eq!(Reading::share(1, 4).unwrap().value(), Some(0.25));
    }
}
