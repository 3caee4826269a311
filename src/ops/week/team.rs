//! The week of a team: minutes of all who work in it are pooled, shares never averaged. A team are
//! those who plan or log time, those of the role, and those whose minutes were agreed; whoever is
//! only asked, told or pre-wired is none of it.

use chrono::{Days, NaiveDate};

use crate::domain::day::show_minutes;
use crate::domain::figure::Figure;
use crate::domain::item::{Item, ItemId};
use crate::domain::kind::Kind;
use crate::domain::week::stretch::{self, Stretch};
use crate::domain::week::verdict::{interval, sentence, verdict};
use crate::domain::week::{Band, Tally, Verdict, WEEKLY_MINUTES, Week, available};
use crate::store::intake::Intake;
use crate::store::week::Whose;

use super::super::error::Result;
use super::super::mine;
use super::super::workspace::{Settings, Workspace};
use super::{Terms, WeekView, closed, lived_tally, me, terms};

/// Weeks before one in which somebody who works in the team has planned or logged something.
const LOOKED_BACK: u64 = 12;

/// One of the team in a week.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    pub name: String,
    pub actual: Tally,
    pub available: i64,
    pub verdict: Verdict,
    /// Whether they closed the week.
    is_closed: bool,
    planned: Vec<Stretch>,
    lived: Vec<Stretch>,
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
    terms: Terms,
}

/// Whether somebody belongs to the team who has no time on record.
fn is_of_team(person: &Item) -> bool {
    let agreed = person.whole("weekly_minutes");
    person.text("role") == "pmm" || agreed.is_some_and(|agreed| agreed != WEEKLY_MINUTES)
}

impl TeamWeek {
    /// Whether more than one logged something in it.
    fn is_shared(&self) -> bool {
        self.members.iter().filter(|member| member.actual.worked() > 0).count() > 1
    }

    /// Whether it is closed: by all who logged something, or nobody did so in time.
    pub(in crate::ops) fn is_closed(&self, today: NaiveDate) -> bool {
        let mut worked = self.members.iter().filter(|member| member.actual.worked() > 0);
        self.week.is_overdue(today) || worked.all(|member| member.is_closed)
    }

    /// The pooled share with what went in; nothing where one worked alone.
    pub(super) fn figure(&self) -> Option<Figure> {
        let said = |tally: &Tally, verdict: Verdict| {
            let (low, high) = tally.reactive_interval();
            format!("{}, {verdict}", interval(low, high))
        };
        let figure = Figure::new(
            "Reactive, team",
            said(&self.actual, self.verdict),
            "as that of a person, of the minutes of all who work in it; shares are never averaged",
        )
        .with("available", show_minutes(self.available));
        let figure = self.members.iter().fold(figure, |figure, member| {
            let minutes = show_minutes(member.actual.reactive);
            let of = show_minutes(member.actual.worked());
            let words = format!("{minutes} of {of}, {}", said(&member.actual, member.verdict));
            figure.with(member.name.as_str(), words)
        });
        self.is_shared().then(|| figure.over(i64::try_from(self.members.len()).unwrap_or(0)))
    }

    /// The same as a week is shown, with the time of all in it.
    pub(in crate::ops) fn view(self, today: NaiveDate) -> WeekView {
        let unlinked = |member: &Member| stretch::unlinked_execution(&member.lived);
        let planned = |member: &Member| stretch::tally(&member.planned);
        WeekView {
            week: self.week,
            today,
            terms: self.terms,
            plan: self.members.iter().map(planned).sum(),
            actual: self.actual,
            available: self.available,
            leave: 0,
            unlinked: self.members.iter().map(unlinked).sum(),
            verdict: self.verdict,
            closed: None,
            ahead: None,
            left: 0,
            planned: self.members.iter().flat_map(|member| member.planned.clone()).collect(),
            lived: self.members.into_iter().flat_map(|member| member.lived).collect(),
            broken: 0,
            is_of_others: false,
            team: None,
        }
    }
}

/// The pooled weeks of the team in which more than one may have worked; none where one works alone.
pub(in crate::ops) fn shared(
    from: &impl Intake,
    settings: &Settings,
    weeks: &[Week],
) -> Result<Vec<TeamWeek>> {
    let (Some(first), Some(last)) = (weeks.iter().min(), weeks.iter().max()) else {
        return Ok(Vec::new());
    };
    let working = from.who_worked((first.monday(), last.sunday()))?;
    // What has no name on it is of whoever sits here, who may be one more.
    let nameless = usize::from(mine::me(from, settings)?.is_none());
    if working.len() + nameless < 2 {
        return Ok(Vec::new());
    }
    let ground = Ground::read(from, settings)?;
    let pooled = weeks.iter().map(|week| pooled(from, &ground, *week));
    let pooled: Vec<TeamWeek> = pooled.collect::<Result<_>>()?;
    Ok(pooled.into_iter().filter(TeamWeek::is_shared).collect())
}

/// The pooled week of the team, for a question and within a write alike.
pub(in crate::ops) fn of(from: &impl Intake, settings: &Settings, week: Week) -> Result<TeamWeek> {
    pooled(from, &Ground::read(from, settings)?, week)
}

/// What all weeks of a team rest on, read once.
struct Ground {
    kept: Vec<(String, String)>,
    terms: Terms,
    people: Vec<Item>,
}

impl Ground {
    fn read(from: &impl Intake, settings: &Settings) -> Result<Self> {
        let kept = from.kept()?;
        let terms = terms(&kept, me(from, settings)?);
        Ok(Self { kept, terms, people: from.some(&from.people()?)? })
    }
}

fn pooled(from: &impl Intake, ground: &Ground, week: Week) -> Result<TeamWeek> {
    let Ground { kept, terms, people } = ground;
    let terms = *terms;
    let days = (week.monday(), week.sunday());
    let first = week.monday().checked_sub_days(Days::new(7 * LOOKED_BACK)).unwrap_or(days.0);
    let working = from.who_worked((first, days.1))?;
    let mut people: Vec<(Option<ItemId>, String, Option<i64>)> = people
        .iter()
        .filter(|person| working.contains(&person.id) || is_of_team(person))
        .map(|person| (Some(person.id), person.title().to_owned(), person.whole("weekly_minutes")))
        .collect();
    // What has nobody's name on it is of whoever sits here.
    if terms.me.is_none() {
        people.push((None, "without a name".to_owned(), None));
    }
    let mut members = Vec::new();
    for (id, name, weekly) in people {
        let whose = match id {
            Some(id) if Some(id) != terms.me => Whose::Of(id),
            other => Whose::Mine(other),
        };
        let lived = from.time(Kind::Entry, days, whose)?;
        let planned = from.time(Kind::Block, days, whose)?;
        if lived.is_empty() && planned.is_empty() && (weekly.is_none() || id.is_none()) {
            continue;
        }
        let leave = planned.iter().filter(|block| block.band == Band::Off);
        let leave: i64 = leave.map(|block| block.minutes).sum();
        let closed =
            if id == terms.me { closed::of(kept, week, id) } else { closed::own(kept, week, id) };
        let is_closed = closed.is_some();
        // What somebody closed counts as it was frozen.
        let (actual, free) = match closed {
            Some(closed) => (closed.tally, closed.available),
            None => {
                (lived_tally(&lived, terms), available(weekly.unwrap_or(WEEKLY_MINUTES), leave))
            }
        };
        let verdict = verdict(&actual, free, terms.limits);
        members.push(Member { name, actual, available: free, verdict, is_closed, planned, lived });
    }
    let actual: Tally = members.iter().map(|member| member.actual).sum();
    let available = members.iter().map(|member| member.available).sum();
    let verdict = verdict(&actual, available, terms.limits);
    let words = sentence(&actual, available, terms.limits);
    Ok(TeamWeek { week, members, actual, available, verdict, words, terms })
}

impl Workspace {
    /// The pooled week of the team.
    ///
    /// # Errors
    /// A storage error.
    pub fn team_week(&self, week: Week) -> Result<TeamWeek> {
        of(&self.store, &self.settings, week)
    }
}
