//! The week of a team: minutes of all who work in it are pooled, shares never averaged. A team are
//! those who plan or log time, those of the role, and those whose minutes were agreed; whoever is
//! only asked, told or pre-wired is none of it.

use chrono::Days;

use crate::domain::item::{Item, ItemId};
use crate::domain::kind::Kind;
use crate::domain::week::verdict::{sentence, verdict};
use crate::domain::week::{Band, Tally, Verdict, WEEKLY_MINUTES, Week, available};
use crate::store::intake::Intake;
use crate::store::listing::Closed as Shelves;
use crate::store::week::Whose;

use super::super::error::Result;
use super::super::page::ListQuery;
use super::super::workspace::Workspace;
use super::{closed, lived_tally};

/// Weeks before one in which somebody who works in the team has planned or logged something.
const LOOKED_BACK: u64 = 12;

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

/// Whether somebody belongs to the team who has no time on record.
fn is_of_team(person: &Item) -> bool {
    let agreed = person.whole("weekly_minutes");
    person.text("role") == "pmm" || agreed.is_some_and(|agreed| agreed != WEEKLY_MINUTES)
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
        let first = week.monday().checked_sub_days(Days::new(7 * LOOKED_BACK)).unwrap_or(days.0);
        let working = self.store.who_worked((first, days.1))?;
        let kept = self.store.settings()?;
        let mut people: Vec<(Option<ItemId>, String, Option<i64>)> = self
            .store
            .items(&ids)?
            .iter()
            .filter(|person| working.contains(&person.id) || is_of_team(person))
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
            let closed = if id == terms.me {
                closed::of(&kept, week, id)
            } else {
                closed::own(&kept, week, id)
            };
            // What somebody closed counts as it was frozen.
            let (actual, free) = match closed {
                Some(closed) => (closed.tally, closed.available),
                None => {
                    (lived_tally(&lived, terms), available(weekly.unwrap_or(WEEKLY_MINUTES), leave))
                }
            };
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
