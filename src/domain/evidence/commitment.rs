//! Follow-through: of the promises that were due, how many were kept by their day.

use chrono::NaiveDate;

use super::super::week::share::Share;

/// A promise to a stakeholder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Commitment {
    pub to: String,
    pub due: NaiveDate,
    pub kept_on: Option<NaiveDate>,
}

impl Commitment {
    /// Missed: its day is over, and it was not kept by then.
    #[must_use]
    pub fn is_missed(&self, today: NaiveDate) -> bool {
        self.kept_on.map_or(self.due < today, |kept| kept > self.due)
    }
}

/// Kept on time, of those kept or due; what is still to come and open is in neither.
#[must_use]
pub fn follow_through<'a>(
    all: impl IntoIterator<Item = &'a Commitment>,
    today: NaiveDate,
) -> Share {
    let (mut kept, mut due) = (0, 0);
    for one in all {
        if one.due < today || one.kept_on.is_some() {
            due += 1;
            kept += i64::from(!one.is_missed(today));
        }
    }
    Share::new(kept, due)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::day::fixture::day;

    #[test]
    fn a_promise_is_kept_by_its_day_or_missed() {
        let promise = |due: &str, kept: &str| Commitment {
            to: "Raj".to_owned(),
            due: day(due),
            kept_on: (!kept.is_empty()).then(|| day(kept)),
        };
        let all = [
            promise("2026-05-01", "2026-05-01"),
            promise("2026-05-01", "2026-05-02"),
            promise("2026-05-05", ""),
            promise("2026-05-06", ""),
            promise("2026-05-09", "2026-05-04"),
        ];
        let today = day("2026-05-06");
        assert_eq!(follow_through(&all, today), Share::new(2, 4));
        let missed: Vec<bool> = all.iter().map(|one| one.is_missed(today)).collect();
        assert_eq!(missed, [false, true, true, false, false]);
        assert_eq!(follow_through(&[], today).in_tenths(), "no data");
    }
}
