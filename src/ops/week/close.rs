//! Closing a week: its figures are frozen, and change afterwards only by a dated correction (I9).

use chrono::NaiveDate;

use crate::domain::refusal::Refusal;
use crate::domain::week::verdict::verdict;
use crate::domain::week::{Verdict, Week};
use crate::store::Write;

use super::super::error::Result;
use super::super::escalation;
use super::super::op::Outcome;
use super::super::workspace::Settings;
use super::{CLOSED, Closed, WeekView, lived_tally, within};

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
    let (items, notices) = escalation::follow(write, settings, today)?;
    Ok(Outcome { label, items, notices })
}

fn frozen(seen: &WeekView, corrected: Option<(NaiveDate, String)>, today: NaiveDate) -> Closed {
    let tally = lived_tally(&seen.lived, seen.terms);
    let available = crate::domain::week::available(seen.terms.weekly, seen.leave);
    let verdict: Verdict = verdict(&tally, available, seen.terms.limits);
    let on = seen.closed.as_ref().map_or(today, |closed| closed.on);
    Closed { on, tally, available, verdict, corrected }
}
