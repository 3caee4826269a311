//! A draft and the weeks that it is about: when one of them was corrected since, the memo says what is
//! no longer so. A draft that nobody touched follows; one that was edited says it, and stays.

use chrono::NaiveDate;

use crate::domain::item::{Item, ItemId};
use crate::domain::refusal::Refusal;
use crate::domain::week::escalation::Standing;
use crate::domain::week::letter::offers_options;
use crate::domain::week::{Verdict, Week};
use crate::store::Write;
use crate::store::intake::Intake;

use super::super::error::Result;
use super::super::workspace::{Settings, Workspace};
use super::{Burden, filled, said_weeks, viewed, without};

/// What of a draft is no longer so; nothing when all of it is.
pub fn words(
    from: &impl Intake,
    settings: &Settings,
    item: &Item,
    today: NaiveDate,
) -> Result<Option<String>> {
    if item.state().slug != "draft" {
        return Ok(None);
    }
    let memo = item.text("memo");
    for key in item.text("weeks").split(", ").filter_map(Week::parse) {
        let view = viewed(from, settings, Burden::of(item), key, today)?;
        let share = view.actual.reactive_interval().0.beside(view.terms.limits.reactive);
        let corrected = view.closed.as_ref().and_then(|closed| closed.corrected.as_ref());
        let since = match (Burden::of(item), corrected) {
            (Burden::Mine, None) => continue,
            (Burden::Mine, Some((on, _))) => {
                format!("was corrected on {}", crate::domain::day::echo(*on, today))
            }
            (Burden::Team, _) => "of the team has changed".to_owned(),
        };
        let week = &key.to_string()[5..];
        if memo.contains(&share) {
            continue;
        }
        return Ok(Some(match view.verdict {
            Verdict::Breach => {
                format!("{week} {since} to {share}; the memo says something else")
            }
            verdict @ (Verdict::Clear | Verdict::Unsure | Verdict::Thin | Verdict::NoData) => {
                format!(
                    "{week} {since} and is {verdict} now ({share}); the memo says that it breached"
                )
            }
        }));
    }
    Ok(None)
}

/// That a memo leaves nothing to choose from, in words; `None` of one that does.
pub(in crate::ops) fn bare(item: &Item) -> Option<String> {
    let memo = item.text("memo");
    (!memo.trim().is_empty() && !offers_options(memo)).then(|| {
        let what = "the memo offers no options; two or three can be chosen from";
        format!("{what}: (A) capacity, (B) scope, (C) the slip is accepted")
    })
}

/// A memo goes out with the figures that hold.
pub(in crate::ops) fn may_send(
    from: &impl Intake,
    settings: &Settings,
    item: &Item,
    today: NaiveDate,
) -> Result<()> {
    let Some(words) = words(from, settings, item, today)? else { return Ok(()) };
    let reference = item.reference;
    Err(Refusal::input(words)
        .hint(format!("say the new figure in it: prewire escalation edit {reference} --memo '…'"))
        .into())
}

/// After a correction: a draft that nobody touched is written anew, or goes to the Trash when the
/// rule no longer fires; one that was edited is left to its author. What it did, in words.
pub(super) fn follow(
    write: &Write<'_>,
    settings: &Settings,
    open: ItemId,
    today: NaiveDate,
) -> Result<(Vec<ItemId>, Vec<String>)> {
    let Some(before) = write.items(&[open])?.pop() else { return Ok((vec![], vec![])) };
    let Some(words) = words(write, settings, &before, today)? else { return Ok((vec![], vec![])) };
    let reference = before.reference;
    if before.rev > 1 {
        return Ok((vec![], vec![format!("look at {reference} before it goes out: {words}")]));
    }
    let mut after = before.clone();
    let burden = Burden::of(&before);
    let told = match without(write, settings, (burden, open), today)? {
        Standing::Fires(weeks) => {
            filled(write, settings, &mut after, (burden, &weeks), today)?;
            format!("{reference} drafted anew: {}", after.title())
        }
        Standing::Counting(_) | Standing::Open { .. } | Standing::Over(_) => {
            after.deleted_at = Some(write.at);
            let weeks: Vec<Week> =
                before.text("weeks").split(", ").filter_map(Week::parse).collect();
            format!("{reference} → Trash: {} no longer fire the rule", said_weeks(&weeks))
        }
    };
    write.update(&before, &after)?;
    Ok((vec![open], vec![told]))
}

impl Workspace {
    /// What of an escalation that is a draft is no longer so.
    ///
    /// # Errors
    /// A storage error.
    pub fn stale_memo(&self, item: &Item) -> Result<Option<String>> {
        words(&self.store, &self.settings, item, self.clock.today())
    }
}
