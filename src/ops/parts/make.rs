//! Adding items that are given whole: each with the parts that it consists of, all as one step.

use chrono::NaiveDate;

use crate::domain::change::Draft;
use crate::store::Write;

use super::super::edit;
use super::super::error::Result;
use super::super::op::{Outcome, PartStep};
use super::super::summary;
use super::super::workspace::Settings;
use super::carry_out;

/// Adds items, each with the parts that it consists of.
pub(in crate::ops) fn make(
    write: &Write<'_>,
    all: &[(Draft, Vec<PartStep>)],
    settings: &Settings,
    today: NaiveDate,
) -> Result<Outcome> {
    let (mut items, mut notices) = (Vec::new(), Vec::new());
    for (place, (draft, steps)) in all.iter().enumerate() {
        let draft = std::slice::from_ref(draft);
        let added = edit::add(write, draft, settings, today).map_err(|error| error.at(place))?;
        notices.extend(added.notices);
        if let (Some(owner), false) = (added.items.first(), steps.is_empty()) {
            let made = carry_out(write, *owner, steps, settings, today);
            notices.extend(made.map_err(|error| error.at(place))?.notices);
        }
        items.extend(added.items);
    }
    let label = summary::added(&write.items(&items)?);
    Ok(Outcome { label, items, notices })
}
