//! Time that was booked twice is lived once: how the minutes of overlapping spans are counted.

use chrono::{DateTime, Utc};

use super::share::apportion;
use super::span::Span;

/// Who gets a minute that several spans claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Overlap {
    /// Each an equal part; odd minutes go to the first in the list.
    Even,
    /// The one that stands first in the list.
    First,
}

/// The minutes that each span counts for, in the order of the list. They sum to the time that
/// at least one of them covers.
#[must_use]
pub fn counted_once(spans: &[Span], overlap: Overlap) -> Vec<i64> {
    let mut edges: Vec<(DateTime<Utc>, bool, usize)> = Vec::with_capacity(spans.len() * 2);
    for (place, span) in spans.iter().enumerate().filter(|(_, span)| span.minutes > 0) {
        edges.push((span.start, true, place));
        edges.push((span.end(), false, place));
    }
    edges.sort_unstable();
    let mut counted = vec![0; spans.len()];
    let mut open: Vec<usize> = Vec::new();
    let mut before: Option<DateTime<Utc>> = None;
    for (at, starts, place) in edges {
        if let Some(before) = before {
            deal(Span::between(before, at).minutes, &open, overlap, &mut counted);
        }
        before = Some(at);
        match open.binary_search(&place) {
            Err(slot) if starts => open.insert(slot, place),
            Ok(slot) if !starts => {
                open.remove(slot);
            }
            Ok(_) | Err(_) => {}
        }
    }
    counted
}

fn deal(minutes: i64, open: &[usize], overlap: Overlap, counted: &mut [i64]) {
    match (overlap, open) {
        (_, []) => {}
        (Overlap::First, [first, ..]) => counted[*first] += minutes,
        (Overlap::Even, open) => {
            let parts = apportion(minutes, &vec![1; open.len()]);
            for (place, part) in open.iter().zip(parts) {
                counted[*place] += part;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use chrono::TimeZone;
    use proptest::prelude::*;

    use super::*;

    fn span((start, minutes): (i64, i64)) -> Span {
        Span::new(Utc.timestamp_opt(1_777_852_800 + start * 60, 0).unwrap(), minutes)
    }

    #[test]
    fn a_double_booked_hour_is_one_hour() {
        let spans = [span((0, 60)), span((30, 60)), span((200, 15))];
        assert_eq!(counted_once(&spans, Overlap::Even), [45, 45, 15]);
        assert_eq!(counted_once(&spans, Overlap::First), [60, 30, 15]);
        assert_eq!(counted_once(&[span((0, 5)), span((0, 5))], Overlap::Even), [3, 2]);
        assert_eq!(counted_once(&[], Overlap::Even), [0; 0]);
    }

    proptest! {
        #[test]
        fn the_sum_is_the_time_that_is_covered(
            list in prop::collection::vec((0_i64..300, 0_i64..90), 0..12),
        ) {
            let spans: Vec<Span> = list.iter().copied().map(span).collect();
            let covered = (0..400).filter(|minute| {
                list.iter().any(|(start, length)| start <= minute && *minute < start + length)
            }).count();
            for overlap in [Overlap::Even, Overlap::First] {
                let counted = counted_once(&spans, overlap);
                prop_assert_eq!(counted.iter().sum::<i64>(), i64::try_from(covered).unwrap());
                for (minutes, span) in counted.iter().zip(&spans) {
                    prop_assert!((0..=span.minutes).contains(minutes));
                }
            }
        }
    }
}
