//! Which snapshots may go: by number and by the calendar of the snapshots themselves, so that a
//! clock that jumps never empties the shelf. It deletes nothing.

use chrono::{Datelike, NaiveDate};

use super::snapshot::{Reason, Snapshot};

/// Fewest snapshots that stay, whatever their age.
const FEWEST: usize = 3;
const DAILY: usize = 14;
const WEEKLY: usize = 10;
const MONTHLY: usize = 12;

/// What need not stay: not among the newest by number, nor of the last 48 hours before the newest,
/// nor the last of a kept day, week or month, nor made before a migration.
pub(super) fn superfluous(found: &[Snapshot]) -> Vec<&Snapshot> {
    let Some(newest) = found.first().map(|snapshot| snapshot.at) else { return Vec::new() };
    let mut days = Kept::new(DAILY);
    let mut weeks = Kept::new(WEEKLY);
    let mut months = Kept::new(MONTHLY);
    found
        .iter()
        .enumerate()
        .filter(|(place, snapshot)| {
            let day = snapshot.at.date_naive();
            let week = day.iso_week();
            let recent = (newest - snapshot.at).num_hours().abs() < 48 || snapshot.at > newest;
            // All three are asked, so that each remembers the snapshot.
            let by_day = days.keeps(day);
            let by_week = weeks.keeps(
                NaiveDate::from_isoywd_opt(week.year(), week.week(), chrono::Weekday::Mon)
                    .unwrap_or(day),
            );
            let by_month = months.keeps(day.with_day(1).unwrap_or(day));
            let migration = snapshot.reason == Reason::Migration.slug();
            !(*place < FEWEST || recent || by_day || by_week || by_month || migration)
        })
        .map(|(_, snapshot)| snapshot)
        .collect()
}

struct Kept {
    most: usize,
    seen: Vec<NaiveDate>,
}

impl Kept {
    fn new(most: usize) -> Self {
        Self { most, seen: Vec::new() }
    }

    /// Keeps the first snapshot of each of the newest periods.
    fn keeps(&mut self, period: NaiveDate) -> bool {
        if self.seen.contains(&period) || self.seen.len() >= self.most {
            return false;
        }
        self.seen.push(period);
        true
    }
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, Duration, Utc};

    use super::*;

    fn made(seq: i64, at: DateTime<Utc>, reason: &str) -> Snapshot {
        let (path, reason) = (format!("{seq}").into(), reason.to_owned());
        Snapshot { path, seq, at, reason, is_other: false }
    }

    fn start() -> DateTime<Utc> {
        DateTime::UNIX_EPOCH + Duration::days(20_000)
    }

    #[test]
    fn a_year_of_days_leaves_days_weeks_and_months() {
        let all: Vec<Snapshot> =
            (0..365).rev().map(|day| made(day, start() + Duration::days(day), "daily")).collect();
        let gone = superfluous(&all).len();
        assert!((20..=40).contains(&(all.len() - gone)), "{} stay", all.len() - gone);
    }

    #[test]
    fn a_clock_that_jumps_never_empties_the_shelf() {
        let jumps = [0, 3_650, 1, 2, -7_000, 3];
        let mut all: Vec<Snapshot> = (0..)
            .zip(jumps)
            .map(|(seq, day)| made(seq, start() + Duration::days(day), "daily"))
            .collect();
        all.reverse();
        let gone = superfluous(&all);
        assert!(all.len() - gone.len() >= FEWEST);
        assert!(gone.iter().all(|snapshot| snapshot.seq < 3), "{gone:?}");
    }

    #[test]
    fn what_was_made_before_a_migration_stays() {
        let mut all: Vec<Snapshot> =
            (1..900).rev().map(|day| made(day, start() + Duration::days(day), "daily")).collect();
        all.push(made(0, start(), Reason::Migration.slug()));
        assert!(superfluous(&all).iter().all(|snapshot| snapshot.seq != 0));
    }
}
