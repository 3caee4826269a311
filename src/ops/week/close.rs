//! Closing a week: its figures are frozen, and change afterwards only by a dated correction (I9).

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};

use crate::domain::day::show_minutes;
use crate::domain::refusal::Refusal;
use crate::domain::week::verdict::verdict;
use crate::domain::week::{Verdict, Week};
use crate::store::Write;
use crate::store::plan::Plans;

use super::super::error::Result;
use super::super::escalation;
use super::super::op::Outcome;
use super::super::workspace::Settings;
use super::{CLOSED, Closed, WeekView, gaps, lived_tally, within};

/// Closes a week, or corrects one that is closed.
pub(in crate::ops) fn close(
    write: &Write<'_>,
    week: Week,
    correction: Option<&str>,
    settings: &Settings,
    today: NaiveDate,
) -> Result<Outcome> {
    let seen = within(write, settings, week, today)?;
    if week.monday() > today {
        return Err(Refusal::input(format!("{week} has not begun")).into());
    }
    let corrected = match (&seen.closed, correction) {
        (None, None) => None,
        (None, Some(_)) => {
            return Err(Refusal::input(format!(
                "{week} is not closed, so there is nothing to correct"
            ))
            .hint(format!("prewire week close {week}"))
            .into());
        }
        (Some(closed), None) => {
            return Err(Refusal::input(format!("{week} was closed on {}", closed.on))
                .hint(format!(
                    "its figures change only with a reason: prewire week close {week} --correct \"…\""
                ))
                .into());
        }
        (Some(_), Some(why)) => Some((today, why.trim().to_owned())),
    };
    let closed = frozen(&seen, corrected, today);
    let label = match &closed.corrected {
        None => format!("closed {week}: {}", closed.verdict),
        Some(_) => format!("corrected {week}: {}", closed.verdict),
    };
    write.set_setting(&format!("{CLOSED}{week}"), Some(&closed.written()))?;
    let (items, raised) = escalation::follow(write, settings, today)?;
    let mut notices = left_open(write, &seen, today.and_time(NaiveTime::MIN))?;
    notices.extend(raised);
    Ok(Outcome { label, items, notices })
}

/// What a week that is closed leaves open: meetings that were not logged, time without a band, the
/// artefact that did not ship.
fn left_open(write: &Write<'_>, seen: &WeekView, now: NaiveDateTime) -> Result<Vec<String>> {
    let mut notices = Vec::new();
    let gaps: i64 = gaps::gaps(seen, now).iter().map(|gap| gap.minutes).sum();
    if gaps > 0 {
        let gaps = show_minutes(gaps);
        notices.push(format!("{gaps} of meetings were not logged; undo, log them, close again"));
    }
    if seen.actual.unclassified > 0 {
        let open = show_minutes(seen.actual.unclassified);
        notices.push(format!("{open} without a band: the reactive share is an interval"));
    }
    let shipped = write.shipped_since(seen.week.monday())?;
    let shipped = shipped.iter().filter(|one| seen.week.holds(one.on)).count();
    notices.push(match shipped {
        0 => "no artefact shipped in this week".to_owned(),
        1 => "artefact of the week shipped".to_owned(),
        more => format!("{more} artefacts shipped"),
    });
    Ok(notices)
}

fn frozen(seen: &WeekView, corrected: Option<(NaiveDate, String)>, today: NaiveDate) -> Closed {
    let tally = lived_tally(&seen.lived, seen.terms);
    let available = crate::domain::week::available(seen.terms.weekly, seen.leave);
    let verdict: Verdict = verdict(&tally, available, seen.terms.limits);
    let on = seen.closed.as_ref().map_or(today, |closed| closed.on);
    Closed { on, tally, available, verdict, told: Some(seen.told_now()), corrected }
}
