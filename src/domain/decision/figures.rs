//! The figures of decisions (`spec/3-model.md §3.4`): latency, P85, calibration, durability,
//! follow-through. What has no denominator is no figure, never 0. The time from insight to decision
//! stands with the evidence.

use chrono::{Days, NaiveDate};

/// Days that a decision takes at the 85th place, while fewer than `FEWEST` are known, by our default.
pub const USUAL_DAYS: i64 = 21;
/// Latencies below this number say nothing yet.
pub const FEWEST: usize = 5;
/// Days of the past whose decisions count for P85, by our default.
pub const WINDOW_DAYS: u64 = 180;
/// Days without a change after which something is stagnant, by our default.
pub const STAGNANT_DAYS: i64 = 14;
/// Days that a decision must stand to be durable.
pub const STANDS_DAYS: i64 = 90;

/// `k` of `n`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Share {
    pub of: usize,
    pub all: usize,
}

impl Share {
    /// Counts those that hold among all.
    pub fn count(all: impl IntoIterator<Item = bool>) -> Self {
        all.into_iter().fold(Self::default(), |share, holds| Self {
            of: share.of + usize::from(holds),
            all: share.all + 1,
        })
    }

    /// `7 of 12`; a percentage from 20 on; `no data` of none.
    #[must_use]
    pub fn words(self) -> String {
        match self.all {
            0 => "no data".to_owned(),
            1..20 => format!("{} of {}", self.of, self.all),
            all => format!("{} % ({} of {all})", (self.of * 100 + all / 2) / all, self.of),
        }
    }
}

/// One time that a question was answered, and the day on which that answer was taken back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Verdict {
    pub decided_on: NaiveDate,
    pub undone_on: Option<NaiveDate>,
}

/// One promise, and the day on which it was kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Promise {
    pub due: NaiveDate,
    pub kept_on: Option<NaiveDate>,
    pub broken: Broken,
}

/// Whether a promise was given up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Broken {
    Yes,
    No,
}

/// Days from raising a question to answering it.
#[must_use]
pub fn latency(raised_on: NaiveDate, decided_on: NaiveDate) -> i64 {
    (decided_on - raised_on).num_days()
}

/// The nearest-rank 85th percentile; `None` of nothing.
#[must_use]
pub fn p85(days: &[i64]) -> Option<i64> {
    ranked(days, 85)
}

/// The median in words, of an even number what lies between the two in the middle; `None` of nothing.
#[must_use]
pub fn median(days: &[i64]) -> Option<String> {
    let mut sorted = days.to_vec();
    sorted.sort_unstable();
    let upper = *sorted.get(sorted.len() / 2)?;
    let lower = if sorted.len() % 2 == 1 { upper } else { sorted[sorted.len() / 2 - 1] };
    let both = lower + upper;
    Some(if both % 2 == 0 { (both / 2).to_string() } else { format!("{}.5", both / 2) })
}

fn ranked(days: &[i64], percent: usize) -> Option<i64> {
    let mut sorted = days.to_vec();
    sorted.sort_unstable();
    let rank = (sorted.len() * percent).div_ceil(100);
    sorted.get(rank.checked_sub(1)?).copied()
}

/// The age from which an open decision is older than usual: P85 of what was decided, or 21 days
/// while fewer than five are known.
#[must_use]
pub fn usual_age(latencies: &[i64]) -> i64 {
    if latencies.len() < FEWEST { USUAL_DAYS } else { p85(latencies).unwrap_or(USUAL_DAYS) }
}

/// What a verdict counts: yes 1, partly a half, no 0.
#[must_use]
pub fn worked(slug: &str) -> Option<f64> {
    match slug {
        "yes" => Some(1.0),
        "partly" => Some(0.5),
        "no" => Some(0.0),
        _ => None,
    }
}

/// Calibration (Brier): the mean of (p − outcome)² over reviewed decisions; 0 is best, 0.25 is what
/// a coin gives. `sure` in per cent.
#[must_use]
pub fn brier(reviewed: &[(i64, f64)]) -> Option<f64> {
    if reviewed.is_empty() {
        return None;
    }
    #[expect(clippy::cast_precision_loss, reason = "per cents and counts are small")]
    let sum: f64 =
        reviewed.iter().map(|(sure, outcome)| (*sure as f64 / 100.0 - outcome).powi(2)).sum();
    #[expect(clippy::cast_precision_loss, reason = "per cents and counts are small")]
    Some(sum / reviewed.len() as f64)
}

/// Of those decided 90 to 180 days ago, how many were not taken back within 90 days.
#[must_use]
pub fn durability(verdicts: &[Verdict], today: NaiveDate) -> Share {
    let window = verdicts.iter().filter(|verdict| {
        let age = (today - verdict.decided_on).num_days();
        (90..=180).contains(&age)
    });
    Share::count(window.map(|verdict| {
        verdict
            .undone_on
            .is_none_or(|undone| (undone - verdict.decided_on).num_days() > STANDS_DAYS)
    }))
}

/// Of those decided in the last 180 days, how many were taken back.
#[must_use]
pub fn reopened(verdicts: &[Verdict], today: NaiveDate) -> Share {
    let first = today.checked_sub_days(Days::new(WINDOW_DAYS)).unwrap_or(today);
    let window = verdicts.iter().filter(|verdict| verdict.decided_on >= first);
    Share::count(window.map(|verdict| verdict.undone_on.is_some()))
}

/// Promises kept on time among those that are due, kept or broken by now.
#[must_use]
pub fn follow_through(promises: &[Promise], today: NaiveDate) -> Share {
    let counted = promises.iter().filter(|promise| {
        promise.due < today || promise.kept_on.is_some() || promise.broken == Broken::Yes
    });
    Share::count(counted.map(|promise| promise.kept_on.is_some_and(|kept| kept <= promise.due)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn the_nearest_rank_is_a_value_that_was_there() {
        assert_eq!(p85(&[]), None);
        assert_eq!(p85(&[7]), Some(7));
        assert_eq!(p85(&[1, 2, 3, 4, 5, 6, 7, 8, 9, 10]), Some(9));
        assert_eq!(p85(&(1..=20).collect::<Vec<_>>()), Some(17));
        assert_eq!(median(&[9, 1, 5]).as_deref(), Some("5"));
        assert_eq!(median(&[40, 1, 35, 90]).as_deref(), Some("37.5"));
        assert_eq!(median(&[4, 2]).as_deref(), Some("3"));
    }

    #[test]
    fn fewer_than_five_latencies_say_twenty_one_days() {
        assert_eq!(usual_age(&[1, 2, 3, 4]), 21);
        assert_eq!(usual_age(&[1, 2, 3, 4, 9]), 9);
    }

    #[test]
    fn calibration_is_the_mean_square() {
        assert_eq!(brier(&[]), None);
        let close = |reviewed: &[(i64, f64)], expected: f64| {
            assert!((brier(reviewed).unwrap() - expected).abs() < 1e-9, "{reviewed:?}");
        };
        close(&[(70, 1.0)], 0.09);
        close(&[(100, 1.0), (100, 0.0)], 0.5);
        close(&[(50, 0.5)], 0.0);
    }

    #[test]
    fn durable_is_what_stood_ninety_days() {
        let today = day("2026-11-22");
        let verdict = |decided: &str, undone: Option<&str>| Verdict {
            decided_on: day(decided),
            undone_on: undone.map(day),
        };
        let all = [
            verdict("2026-07-01", None),
            verdict("2026-07-01", Some("2026-08-01")),
            verdict("2026-06-01", Some("2026-09-15")),
            verdict("2026-10-01", Some("2026-10-02")),
            verdict("2026-01-01", Some("2026-01-02")),
        ];
        assert_eq!(durability(&all, today), Share { of: 2, all: 3 });
        assert_eq!(reopened(&all, today), Share { of: 3, all: 4 });
    }

    #[test]
    fn a_promise_counts_once_it_is_due_or_settled() {
        let promise = |due: &str, kept: Option<&str>, broken| Promise {
            due: day(due),
            kept_on: kept.map(day),
            broken,
        };
        let all = [
            promise("2026-05-01", Some("2026-05-01"), Broken::No),
            promise("2026-05-01", Some("2026-05-02"), Broken::No),
            promise("2026-05-03", None, Broken::No),
            promise("2026-05-09", None, Broken::Yes),
            promise("2026-05-09", None, Broken::No),
            promise("2026-05-09", Some("2026-05-05"), Broken::No),
        ];
        assert_eq!(follow_through(&all, day("2026-05-06")), Share { of: 2, all: 5 });
        assert_eq!(Share::default().words(), "no data");
        assert_eq!(Share { of: 7, all: 12 }.words(), "7 of 12");
        assert_eq!(Share { of: 7, all: 28 }.words(), "25 % (7 of 28)");
    }
}
