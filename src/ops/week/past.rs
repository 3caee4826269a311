//! The weeks before one: how each was spent by band, and what it came to.

use chrono::NaiveDate;

use crate::domain::week::share::percentages;
use crate::domain::week::{Band, Tally, Verdict, Week};

use super::super::error::Result;
use super::super::workspace::Workspace;
use super::read::{lived, some};

/// One line of the history of bands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Past {
    pub week: Week,
    pub actual: Tally,
    pub verdict: Verdict,
    pub is_closed: bool,
}

impl Past {
    /// What the week came to, in a word; the running one has come to nothing yet.
    #[must_use]
    pub fn words(&self, today: NaiveDate) -> &'static str {
        match self.verdict {
            _ if self.week.holds(today) => "so far",
            Verdict::NoData => "no data",
            Verdict::Clear => "clear",
            Verdict::Thin => "thin",
            Verdict::Breach => "breach",
            Verdict::Unsure => "unsure",
        }
    }
}

impl Past {
    /// `2026-W18  S  45  E  44  R  11  clear`.
    #[must_use]
    pub fn line(&self, today: NaiveDate) -> String {
        let shares = percentages(&Band::WORK.map(|band| self.actual.of(band)));
        let share = |at: usize| shares.as_ref().map_or_else(String::new, |all| all[at].to_string());
        let (key, words) = (self.week, self.words(today));
        format!("{key}  S {:>3}  E {:>3}  R {:>3}  {words}", share(0), share(1), share(2))
    }
}

impl Workspace {
    /// How the days from one to another were spent, both included, whatever weeks they lie in.
    ///
    /// # Errors
    /// A storage error.
    pub fn lived_between(&self, first: NaiveDate, last: NaiveDate) -> Result<Tally> {
        lived(&self.store, &self.settings, (first, last))
    }

    /// So many weeks up to one, the oldest first; read in one question.
    ///
    /// # Errors
    /// A storage error.
    pub fn past_weeks(&self, last: Week, count: usize) -> Result<Vec<Past>> {
        let stand = self.stand()?;
        let weeks: Vec<Week> =
            std::iter::successors(Some(last), |week| Some(week.previous())).take(count).collect();
        let missing = |week: &&Week| self.followed.past(stand, **week).is_none();
        if let Some(newest) = weeks.iter().find(missing) {
            let oldest = weeks.iter().rev().find(missing).unwrap_or(newest);
            let between = usize::try_from(oldest.weeks_to(*newest)).unwrap_or(0) + 1;
            let read = some(&self.store, &self.settings, *newest, between)?;
            self.followed.keep_past(stand, &read);
        }
        Ok(weeks.iter().rev().filter_map(|week| self.followed.past(stand, *week)).collect())
    }
}
