//! How often the positioning may change: a new version within 183 days of the last warns and asks
//! for a reason that rests on evidence; a version that rests on none is flagged.

use chrono::NaiveDate;

use super::super::slugs::slugs;

/// A version that lasts no longer than this is no positioning, in days.
pub const SETTLED_AFTER_DAYS: i64 = 183;

slugs! {
    /// What is to be said about a version.
    VersionFlag {
        TooSoon => "too-soon", "changed within six months, without a reason that rests on evidence";
        SoonWithReason => "soon-with-reason", "changed within six months, with a reason";
        NoEvidence => "no-evidence", "rests on no evidence";
    }
}

/// A version of the positioning.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    pub since: NaiveDate,
    pub reason: String,
    /// Evidence linked to the statement.
    pub evidence: usize,
    /// Evidence linked to the reason for the change.
    pub reason_evidence: usize,
}

/// Days between a version and the one before it.
#[must_use]
pub fn age_at_change(previous: &Version, next: &Version) -> i64 {
    next.since.signed_duration_since(previous.since).num_days()
}

/// The flags of a version, given the one before it.
#[must_use]
pub fn flags(previous: Option<&Version>, version: &Version) -> Vec<VersionFlag> {
    let soon = previous.is_some_and(|before| age_at_change(before, version) <= SETTLED_AFTER_DAYS);
    let reasoned = !version.reason.trim().is_empty() && version.reason_evidence > 0;
    let fires = |flag: &VersionFlag| match flag {
        VersionFlag::TooSoon => soon && !reasoned,
        VersionFlag::SoonWithReason => soon && reasoned,
        VersionFlag::NoEvidence => version.evidence == 0,
    };
    VersionFlag::ALL.iter().copied().filter(fires).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::day::fixture::day;

    fn version(since: NaiveDate) -> Version {
        Version { since, reason: String::new(), evidence: 3, reason_evidence: 0 }
    }

    #[test]
    fn a_change_at_day_100_warns_and_at_200_does_not() {
        let first = version(day("2026-01-01"));
        let after = |days| version(first.since + chrono::Days::new(days));
        let flags_at = |days| flags(Some(&first), &after(days));
        assert_eq!(flags_at(100), [VersionFlag::TooSoon]);
        assert_eq!(flags_at(183), [VersionFlag::TooSoon]);
        assert_eq!(flags_at(184), []);
        assert_eq!(flags_at(200), []);
        assert_eq!(flags(None, &first), []);
    }

    #[test]
    fn a_reason_counts_when_it_rests_on_evidence() {
        let first = version(day("2026-01-01"));
        let mut next = version(day("2026-03-01"));
        next.reason = "two rivals copied the line".to_owned();
        assert_eq!(flags(Some(&first), &next), [VersionFlag::TooSoon]);
        next.reason_evidence = 2;
        assert_eq!(flags(Some(&first), &next), [VersionFlag::SoonWithReason]);
        next.evidence = 0;
        assert_eq!(
            flags(Some(&first), &next),
            [VersionFlag::SoonWithReason, VersionFlag::NoEvidence]
        );
    }
}
