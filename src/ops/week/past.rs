//! The weeks before one: how each was spent by band, and what it came to.

use chrono::NaiveDate;

use crate::domain::kind::Kind;
use crate::domain::week::stretch::Stretch;
use crate::domain::week::{Band, Tally, Verdict, Week};
use crate::store::week::Whose;

use super::super::error::Result;
use super::super::meetings::Met;
use super::super::workspace::Workspace;
use super::{CLOSED, Closed, view};

/// One line of the history of bands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Past {
    pub week: Week,
    pub actual: Tally,
    pub verdict: Verdict,
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

impl Workspace {
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
            self.followed.keep_past(stand, &self.read_past(*newest, between)?);
        }
        Ok(weeks.iter().rev().filter_map(|week| self.followed.past(stand, *week)).collect())
    }

    fn read_past(&self, last: Week, count: usize) -> Result<Vec<Past>> {
        let mut weeks = vec![last];
        while weeks.len() < count {
            weeks.push(weeks[weeks.len() - 1].previous());
        }
        weeks.reverse();
        let terms = self.terms()?;
        let days = (weeks[0].monday(), last.sunday());
        let whose = Whose::Mine(terms.me);
        // Whether execution has a bet matters only where it is read strictly.
        let lived = if terms.strict {
            self.store.stretches(Kind::Entry, days, whose)?
        } else {
            self.store.bare_stretches(Kind::Entry, days, whose, None)?
        };
        let planned = self.store.bare_stretches(Kind::Block, days, whose, Some(Band::Off))?;
        let settings = self.store.settings()?;
        let of = |all: &[Stretch], week: Week| -> Vec<Stretch> {
            all.iter().filter(|one| week.holds(one.on)).cloned().collect()
        };
        let past = weeks.into_iter().map(|week| {
            let key = format!("{CLOSED}{week}");
            let closed = settings.iter().find(|(name, _)| *name == key);
            let closed = closed.and_then(|(_, value)| Closed::read(value));
            let both = (of(&planned, week), of(&lived, week));
            let seen = view(week, self.clock.today(), terms, both, Met::default(), closed);
            Past { week, actual: seen.actual, verdict: seen.verdict }
        });
        Ok(past.collect())
    }
}
