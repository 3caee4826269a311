//! How long it takes from knowing to deciding (`spec/3-model.md §3.4`). What was linked after the
//! instant of deciding never counts (I10).

use std::fmt::Write as _;

use chrono::{DateTime, NaiveDate, Utc};

use super::median::{Middle, middle, nearest_rank};

/// With fewer decisions than this the values are listed and nothing is summed up.
pub const LISTED_BELOW: usize = 5;

/// An insight or a piece of evidence on a decision.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Link {
    pub captured_on: NaiveDate,
    pub linked_at: DateTime<Utc>,
}

/// A decision with what it rests on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// The civil day and the instant; nothing while it is open.
    pub decided: Option<(NaiveDate, DateTime<Utc>)>,
    pub links: Vec<Link>,
}

impl Decision {
    /// The day of the first insight that counts: captured by the day of deciding and linked
    /// before its instant.
    #[must_use]
    pub fn first_insight(&self) -> Option<NaiveDate> {
        let counts = |link: &&Link| {
            self.decided
                .is_none_or(|(day, instant)| link.linked_at < instant && link.captured_on <= day)
        };
        self.links.iter().filter(counts).map(|link| link.captured_on).min()
    }

    /// Days from the first insight to the decision.
    #[must_use]
    pub fn days(&self) -> Option<i64> {
        let (decided, _) = self.decided?;
        Some(decided.signed_duration_since(self.first_insight()?).num_days())
    }
}

/// The time from insight to decision over a window.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InsightToDecision {
    /// One a decision with an insight, shortest first.
    pub days: Vec<i64>,
    /// Decided without any insight.
    pub without: usize,
    /// The age of the first insight of decisions that are open, oldest first.
    pub open: Vec<i64>,
}

impl InsightToDecision {
    /// Over the decisions decided in the window, both days included; open ones by their age.
    #[must_use]
    pub fn of(all: &[Decision], first: NaiveDate, last: NaiveDate, today: NaiveDate) -> Self {
        let decided = all
            .iter()
            .filter(|one| one.decided.is_some_and(|(day, _)| (first..=last).contains(&day)));
        let (mut days, mut without) = (Vec::new(), 0);
        for one in decided {
            match one.days() {
                Some(count) => days.push(count),
                None => without += 1,
            }
        }
        days.sort_unstable();
        let mut open: Vec<i64> = all
            .iter()
            .filter(|one| one.decided.is_none())
            .filter_map(Decision::first_insight)
            .map(|captured| today.signed_duration_since(captured).num_days())
            .collect();
        open.sort_unstable_by(|one, other| other.cmp(one));
        Self { days, without, open }
    }

    /// The median and the P85; nothing where so few are listed instead.
    #[must_use]
    pub fn summary(&self) -> Option<(Middle, i64)> {
        if self.days.len() < LISTED_BELOW {
            return None;
        }
        middle(self.days.clone()).zip(nearest_rank(self.days.clone(), 85))
    }

    /// What stands beside the figure of a period: how many decisions, and below five each of them.
    #[must_use]
    pub fn beside(&self) -> String {
        let count = self.days.len();
        let many = if count == 1 { "decision" } else { "decisions" };
        if let Some((_, high)) = self.summary() {
            return format!("{count} {many}, 85 % within {high} d");
        }
        let days: Vec<String> = self.days.iter().map(|days| format!("{days} d")).collect();
        format!("{count} {many}: {}", days.join(", "))
    }

    #[must_use]
    pub fn words(&self) -> String {
        let mut words = match (self.summary(), self.days.as_slice()) {
            (Some((middle, high)), days) => {
                format!("median {middle} d, 85 % within {high} d, {} decisions", days.len())
            }
            (None, []) => "no data".to_owned(),
            (None, days) => {
                let days: Vec<String> = days.iter().map(|days| format!("{days} d")).collect();
                days.join(", ")
            }
        };
        if self.without > 0 {
            let _ = write!(words, " · {} without insight", self.without);
        }
        words
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::day::fixture::day;

    fn at(iso: &str) -> DateTime<Utc> {
        iso.parse().unwrap()
    }

    fn link(captured: &str, linked: &str) -> Link {
        Link { captured_on: day(captured), linked_at: at(linked) }
    }

    fn decided(on: &str, links: Vec<Link>) -> Decision {
        Decision { decided: Some((day(on), at(&format!("{on}T12:00:00Z")))), links }
    }

    fn year(all: &[Decision]) -> InsightToDecision {
        InsightToDecision::of(all, day("2026-01-01"), day("2026-12-31"), day("2026-06-30"))
    }

    #[test]
    fn an_early_insight_counts_its_days() {
        let links = vec![
            link("2026-04-10", "2026-04-10T09:00:00Z"),
            link("2026-04-01", "2026-04-02T09:00:00Z"),
        ];
        assert_eq!(decided("2026-04-22", links).days(), Some(21));
    }

    #[test]
    fn a_late_insight_does_not_count() {
        let late = decided("2026-05-03", vec![link("2026-05-05", "2026-05-05T09:00:00Z")]);
        assert_eq!(late.days(), None);
        assert_eq!(year(&[late]).words(), "no data · 1 without insight");
        let dressed = decided("2026-05-03", vec![link("2026-04-01", "2026-05-03T12:00:00Z")]);
        assert_eq!(dressed.days(), None, "known before, linked when it was decided");
        let just = decided("2026-05-03", vec![link("2026-04-01", "2026-05-03T11:59:59Z")]);
        assert_eq!(just.days(), Some(32));
    }

    #[test]
    fn few_are_listed_and_many_summed_up() {
        let of = |days: u64| {
            let on = day("2026-03-01") + chrono::Days::new(days);
            decided(&on.to_string(), vec![link("2026-03-01", "2026-03-01T08:00:00Z")])
        };
        assert_eq!(year(&[of(21), of(3)]).words(), "3 d, 21 d");
        let five: Vec<Decision> = [4, 9, 2, 30, 12].map(of).to_vec();
        assert_eq!(year(&five).words(), "median 9 d, 85 % within 30 d, 5 decisions");
        let open =
            Decision { decided: None, links: vec![link("2026-06-01", "2026-06-01T08:00:00Z")] };
        assert_eq!(year(&[open]).open, [29]);
    }
}
