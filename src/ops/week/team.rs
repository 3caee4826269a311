//! The week of a team: minutes of all who work in it are pooled, shares never averaged.

use crate::domain::kind::Kind;
use crate::domain::week::stretch;
use crate::domain::week::verdict::{sentence, verdict};
use crate::domain::week::{Band, Tally, Verdict, WEEKLY_MINUTES, Week, available};
use crate::store::intake::Intake;
use crate::store::listing::Closed as Shelves;
use crate::store::week::Whose;

use super::super::error::Result;
use super::super::page::ListQuery;
use super::super::workspace::Workspace;
use super::lived_tally;

/// One of the team in a week.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    pub name: String,
    pub actual: Tally,
    pub available: i64,
    pub verdict: Verdict,
}

/// A week of everybody who has time in it, or minutes agreed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TeamWeek {
    pub week: Week,
    pub members: Vec<Member>,
    pub actual: Tally,
    pub available: i64,
    pub verdict: Verdict,
    pub words: String,
}

impl Workspace {
    /// The pooled week of the team.
    ///
    /// # Errors
    /// A storage error.
    pub fn team_week(&mut self, week: Week) -> Result<TeamWeek> {
        let terms = self.terms()?;
        let days = (week.monday(), week.sunday());
        let query = ListQuery { closed: Shelves::Hidden, ..ListQuery::all(Kind::Person) };
        let ids = self.all_ids(&query)?;
        let mut members = Vec::new();
        let mut people: Vec<(Option<crate::domain::item::ItemId>, String, Option<i64>)> = self
            .store
            .items(&ids)?
            .iter()
            .map(|person| {
                (Some(person.id), person.title().to_owned(), person.whole("weekly_minutes"))
            })
            .collect();
        // What has nobody's name on it is of whoever sits here.
        if terms.me.is_none() {
            people.push((None, "without a name".to_owned(), None));
        }
        for (id, name, weekly) in people {
            let whose = match id {
                Some(id) if Some(id) != terms.me => Whose::Of(id),
                other => Whose::Mine(other),
            };
            let lived = self.store.time(Kind::Entry, days, whose)?;
            let planned = self.store.time(Kind::Block, days, whose)?;
            if lived.is_empty() && planned.is_empty() && (weekly.is_none() || id.is_none()) {
                continue;
            }
            let leave = planned.iter().filter(|block| block.band == Band::Off);
            let leave: i64 = leave.map(|block| block.minutes).sum();
            let actual =
                if terms.strict { lived_tally(&lived, terms) } else { stretch::tally(&lived) };
            let free = available(weekly.unwrap_or(WEEKLY_MINUTES), leave);
            let verdict = verdict(&actual, free, terms.limits);
            members.push(Member { name, actual, available: free, verdict });
        }
        let actual: Tally = members.iter().map(|member| member.actual).sum();
        let available = members.iter().map(|member| member.available).sum();
        let verdict = verdict(&actual, available, terms.limits);
        let words = sentence(&actual, available, terms.limits);
        Ok(TeamWeek { week, members, actual, available, verdict, words })
    }
}
