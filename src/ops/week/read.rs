//! Weeks as they stand, for a question and within a write alike.

use chrono::NaiveDate;

use crate::domain::item::ItemId;
use crate::domain::kind::Kind;
use crate::domain::week::stretch::Stretch;
use crate::domain::week::{Band, Tally, Week, available};
use crate::store::intake::Intake;
use crate::store::week::Whose;

use super::super::error::Result;
use super::super::meetings::{Diary, Met};
use super::super::workspace::Settings;
use super::{Came, Closed, Past, Terms, WeekView, closed, me, terms, view};

/// Whose week it is: the person at the keyboard, when the workspace knows one.
pub(in crate::ops) fn whose(from: &impl Intake, settings: &Settings) -> Result<Option<ItemId>> {
    Ok(me(from, settings)?.map(|(id, _)| id))
}

/// So many weeks up to one, the oldest first, read in one question: no more than what each came to.
pub(in crate::ops) fn some(
    from: &impl Intake,
    settings: &Settings,
    last: Week,
    count: usize,
) -> Result<Vec<Past>> {
    each(from, settings, (last, count), entries, |week, (planned, lived), closed, terms| {
        let free = available(terms.weekly, super::leave(&planned));
        let Came { actual, verdict, .. } = super::came_to(&lived, free, closed.as_ref(), terms);
        Past { week, actual, verdict, is_closed: closed.is_some() }
    })
}

/// The same with what each entry leads up to; without what was planned or met.
pub(in crate::ops) fn spent(
    from: &impl Intake,
    settings: &Settings,
    last: Week,
    count: usize,
    today: NaiveDate,
) -> Result<Vec<WeekView>> {
    let lived = |from: &_, terms: Terms, days| entries_whole(from, terms, days);
    each(from, settings, (last, count), lived, |week, both, closed, terms| {
        view(week, today, terms, both, Met::default(), closed)
    })
}

/// Of each of so many weeks what was off and what was lived, and what is made of it.
fn each<I: Intake, T>(
    from: &I,
    settings: &Settings,
    (last, count): (Week, usize),
    entries: impl Fn(&I, Terms, (NaiveDate, NaiveDate)) -> Result<Vec<Stretch>>,
    make: impl Fn(Week, (Vec<Stretch>, Vec<Stretch>), Option<Closed>, Terms) -> T,
) -> Result<Vec<T>> {
    let mut weeks = vec![last];
    while weeks.len() < count {
        weeks.push(weeks[weeks.len() - 1].previous());
    }
    weeks.reverse();
    let me = me(from, settings)?;
    let kept = from.kept()?;
    let terms = terms(&kept, me);
    let days = (weeks[0].monday(), last.sunday());
    let whose = Whose::Mine(terms.me);
    let lived = entries(from, terms, days)?;
    let planned = from.bare_time(Kind::Block, days, whose, Some(Band::Off))?;
    let of = |all: &[Stretch], week: Week| -> Vec<Stretch> {
        all.iter().filter(|one| week.holds(one.on)).cloned().collect()
    };
    let seen = weeks.into_iter().map(|week| {
        let closed = closed::of(&kept, week, terms.me);
        make(week, (of(&planned, week), of(&lived, week)), closed, terms)
    });
    Ok(seen.collect())
}

/// Whether execution has a bet matters only where it is read strictly.
fn entries(from: &impl Intake, terms: Terms, days: (NaiveDate, NaiveDate)) -> Result<Vec<Stretch>> {
    let whose = Whose::Mine(terms.me);
    Ok(if terms.strict {
        entries_whole(from, terms, days)?
    } else {
        from.bare_time(Kind::Entry, days, whose, None)?
    })
}

fn entries_whole(
    from: &impl Intake,
    terms: Terms,
    days: (NaiveDate, NaiveDate),
) -> Result<Vec<Stretch>> {
    Ok(from.time(Kind::Entry, days, Whose::Mine(terms.me))?)
}

/// How the days from one to another were spent, by band.
pub(super) fn lived(
    from: &impl Intake,
    settings: &Settings,
    days: (NaiveDate, NaiveDate),
) -> Result<Tally> {
    let me = me(from, settings)?;
    let terms = terms(&from.kept()?, me);
    Ok(super::lived_tally(&entries(from, terms, days)?, terms))
}

/// A week as it stands, also inside a transaction.
pub(in crate::ops) fn within(
    from: &impl Intake,
    settings: &Settings,
    week: Week,
    today: NaiveDate,
) -> Result<WeekView> {
    let diary = Diary::within(from, settings, whose(from, settings)?);
    beside(from, (settings, &diary), week, today)
}

/// The same beside the meetings of a diary.
pub(in crate::ops) fn beside(
    from: &impl Intake,
    (settings, diary): (&Settings, &Diary<'_>),
    week: Week,
    today: NaiveDate,
) -> Result<WeekView> {
    let me = me(from, settings)?;
    let kept = from.kept()?;
    let terms = terms(&kept, me);
    let days = (week.monday(), week.sunday());
    let whose = Whose::Mine(terms.me);
    let both = (from.time(Kind::Block, days, whose)?, from.time(Kind::Entry, days, whose)?);
    let closed = closed::of(&kept, week, terms.me);
    Ok(view(week, today, terms, both, diary.met(days)?, closed))
}

/// What takes time on some days: blocks, and the meetings of the calendar, each as it is planned.
pub(in crate::ops) fn taken(
    from: &impl Intake,
    diary: &Diary<'_>,
    terms: Terms,
    days: (NaiveDate, NaiveDate),
) -> Result<Vec<Stretch>> {
    let mut planned = from.time(Kind::Block, days, Whose::Mine(terms.me))?;
    planned.extend(diary.met(days)?.stretches);
    Ok(planned)
}
