//! Who was reached by what was shipped: the stakeholders whom nothing reached lately.

use chrono::NaiveDate;

/// Days without a touch after which somebody is listed; a setting with this default \[D\].
pub const UNREACHED_DAYS: i64 = 30;

/// A stakeholder and the last day that something reached them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stakeholder {
    pub name: String,
    /// 1 to 3.
    pub influence: i64,
    pub last_touch: Option<NaiveDate>,
}

/// Somebody to reach, and how long ago the last touch was; nothing when there never was one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unreached<'a> {
    pub who: &'a Stakeholder,
    pub days: Option<i64>,
}

/// Those not reached for so many days, the most influential first, then the longest ago.
#[must_use]
pub fn unreached(all: &[Stakeholder], today: NaiveDate, after: i64) -> Vec<Unreached<'_>> {
    let mut found: Vec<Unreached<'_>> = all
        .iter()
        .map(|who| {
            let since = |touch: NaiveDate| today.signed_duration_since(touch).num_days();
            Unreached { who, days: who.last_touch.map(since) }
        })
        .filter(|one| one.days.is_none_or(|days| days >= after))
        .collect();
    found.sort_by_key(|one| {
        let longest = std::cmp::Reverse(one.days.unwrap_or(i64::MAX));
        (std::cmp::Reverse(one.who.influence), longest, &one.who.name)
    });
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::day::fixture::day;

    #[test]
    fn whom_nothing_reached_for_thirty_days() {
        let who = |name: &str, influence, touch: &str| Stakeholder {
            name: name.to_owned(),
            influence,
            last_touch: (!touch.is_empty()).then(|| day(touch)),
        };
        let all = [
            who("Sam", 1, ""),
            who("Lee", 3, "2026-04-06"),
            who("Dana", 3, "2026-04-07"),
            who("Raj", 3, ""),
            who("Ana", 2, "2026-01-01"),
        ];
        let found = unreached(&all, day("2026-05-06"), UNREACHED_DAYS);
        let names: Vec<(&str, Option<i64>)> =
            found.iter().map(|one| (one.who.name.as_str(), one.days)).collect();
        assert_eq!(
            names,
            [("Raj", None), ("Lee", Some(30)), ("Ana", Some(125)), ("Sam", None)],
            "29 days ago is not long ago"
        );
    }
}
