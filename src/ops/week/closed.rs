//! A week that was closed, as it is kept in a setting of whoever closed it: its figures as they stood
//! then. Weeks are closed by each person for themselves.

use chrono::NaiveDate;
use serde_json::{Value as Json, json};

use crate::domain::item::ItemId;
use crate::domain::week::{Tally, Verdict, Week};

use super::CLOSED;

/// The setting that holds the closing of a week by a person; by nobody where the workspace does not
/// know who sits at the keyboard.
pub(super) fn key(week: Week, whose: Option<ItemId>) -> String {
    whose.map_or_else(|| format!("{CLOSED}{week}"), |person| format!("{CLOSED}{week}.{person}"))
}

/// The closing of a week by this person alone.
pub(super) fn own(kept: &[(String, String)], week: Week, whose: Option<ItemId>) -> Option<Closed> {
    let key = key(week, whose);
    let found = kept.iter().find(|(name, _)| *name == key);
    found.and_then(|(_, value)| Closed::read(value))
}

/// The closing of a week by the person at the keyboard. One without a name, as weeks were closed
/// before closings had any, is theirs too.
pub(super) fn of(kept: &[(String, String)], week: Week, me: Option<ItemId>) -> Option<Closed> {
    own(kept, week, me).or_else(|| own(kept, week, None))
}

/// A week that was closed: its figures as they stood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Closed {
    pub on: NaiveDate,
    pub tally: Tally,
    pub available: i64,
    pub verdict: Verdict,
    /// What else the figures told then; a week that was closed earlier did not keep it.
    pub told: Option<Told>,
    /// When and why the figures were changed since.
    pub corrected: Option<(NaiveDate, String)>,
}

/// What the figures of a week tell beside its minutes by band.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Told {
    /// How many entries.
    pub entries: i64,
    /// Minutes of execution, and those of it without a bet.
    pub execution: i64,
    pub unlinked: i64,
    /// Minutes with a path to an outcome.
    pub tied: i64,
}

impl Closed {
    pub(super) fn written(&self) -> String {
        let Tally { strategic, execution, reactive, off, unclassified } = self.tally;
        json!({
            "on": self.on.to_string(),
            "minutes": [strategic, execution, reactive, off, unclassified],
            "available": self.available,
            "verdict": self.verdict.slug(),
            "told": self.told.map(|told| [told.entries, told.execution, told.unlinked, told.tied]),
            "corrected": self.corrected.as_ref().map(|(on, why)| json!([on.to_string(), why])),
        })
        .to_string()
    }

    /// Somebody else may have written the setting; what cannot be read is no closing.
    pub(super) fn read(value: &str) -> Option<Self> {
        let told: Json = serde_json::from_str(value).ok()?;
        let minutes: Vec<i64> =
            told["minutes"].as_array()?.iter().filter_map(Json::as_i64).collect();
        let [strategic, execution, reactive, off, unclassified] = minutes[..] else { return None };
        let corrected = told["corrected"].as_array().and_then(|both| {
            Some((both.first()?.as_str()?.parse().ok()?, both.get(1)?.as_str()?.to_owned()))
        });
        let all = told["told"].as_array().into_iter().flatten().filter_map(Json::as_i64);
        let also = match all.collect::<Vec<i64>>()[..] {
            [entries, execution, unlinked, tied] => {
                Some(Told { entries, execution, unlinked, tied })
            }
            _ => None,
        };
        Some(Self {
            on: told["on"].as_str()?.parse().ok()?,
            tally: Tally { strategic, execution, reactive, off, unclassified },
            available: told["available"].as_i64()?,
            verdict: Verdict::parse(told["verdict"].as_str()?)?,
            told: also,
            corrected,
        })
    }
}
