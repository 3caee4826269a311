//! The middle and the high end of a handful of days, exactly: no rounding before it is printed.

use std::fmt;

/// A median of whole numbers, which may lie half way between two.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Middle {
    doubled: i64,
}

impl Middle {
    /// Whether it lies above the number.
    #[must_use]
    pub fn exceeds(self, number: i64) -> bool {
        self.doubled > number * 2
    }
}

impl fmt::Display for Middle {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.doubled < 0 { "−" } else { "" };
        let (whole, half) = (self.doubled.unsigned_abs() / 2, self.doubled % 2 != 0);
        write!(out, "{sign}{whole}{}", if half { ".5" } else { "" })
    }
}

/// The median; nothing of nothing.
#[must_use]
pub fn middle(mut numbers: Vec<i64>) -> Option<Middle> {
    numbers.sort_unstable();
    let upper = *numbers.get(numbers.len() / 2)?;
    let lower = numbers[(numbers.len() - 1) / 2];
    Some(Middle { doubled: lower + upper })
}

/// The value that so many per cent do not exceed, by nearest rank; nothing of nothing.
#[must_use]
pub fn nearest_rank(mut numbers: Vec<i64>, percent: usize) -> Option<i64> {
    numbers.sort_unstable();
    let rank = (numbers.len() * percent).div_ceil(100);
    numbers.get(rank.max(1) - 1).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_middle_may_lie_between_two() {
        let said = |numbers: &[i64]| middle(numbers.to_vec()).map(|middle| middle.to_string());
        assert_eq!(said(&[]), None);
        assert_eq!(said(&[7]).unwrap(), "7");
        assert_eq!(said(&[9, 1, 4]).unwrap(), "4");
        assert_eq!(said(&[4, 1]).unwrap(), "2.5");
        assert_eq!(said(&[-4, -1]).unwrap(), "−2.5");
        assert!(middle(vec![180, 181]).unwrap().exceeds(180));
        assert!(!middle(vec![180]).unwrap().exceeds(180));
    }

    #[test]
    fn the_rank_is_the_nearest() {
        let numbers: Vec<i64> = (1..=20).rev().collect();
        assert_eq!(nearest_rank(numbers, 85), Some(17));
        assert_eq!(nearest_rank(vec![3, 1, 2], 85), Some(3));
        assert_eq!(nearest_rank(vec![5], 1), Some(5));
        assert_eq!(nearest_rank(vec![], 85), None);
    }
}
