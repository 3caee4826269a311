//! The rules of a decision (`spec/3-model.md §3.3`): when it is framed, who must be spoken to
//! before it, what follows from the record. Pure: a `Record` holds all that they look at.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};

use super::item::{Item, ItemId};
use super::part::{Part, PartKind, letter, of_kind};
use super::value::Value;

pub mod figures;
pub mod frozen;
pub mod kept;
mod refused;
pub mod stance_map;
pub mod standing;
mod verbs;

pub use verbs::carry_out;

/// Days from deciding to the review, unless somebody says otherwise.
pub const REVIEW_DAYS: u64 = 30;
/// Fewest and most options of a frame (I1).
pub const OPTIONS: std::ops::RangeInclusive<usize> = 2..=3;
/// The influence of those who must be spoken to before a decision of high stake (I3).
pub const POWERFUL: i64 = 3;
/// The four fields of the frame; the options are its fifth part.
pub const FRAME: [(&str, &str); 4] = [
    ("happening", "what is happening"),
    ("matters", "why it matters"),
    ("now", "what to do now"),
    ("risk", "the risk that remains"),
];
/// The states that follow from the record.
pub const DERIVED: [&str; 4] = ["raised", "framed", "prewiring", "ready"];

/// What the rules know of somebody who is named on a decision.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Named {
    pub name: String,
    pub influence: Option<i64>,
    /// The function that they speak for.
    pub function: String,
}

/// When and by whom a verb is carried out.
#[derive(Debug, Clone)]
pub struct Moment {
    pub today: NaiveDate,
    pub at: DateTime<Utc>,
    /// Who writes, as the journal names them.
    pub actor: String,
}

/// A decision with its parts and the people it names.
#[derive(Debug, Clone, PartialEq)]
pub struct Record {
    pub item: Item,
    pub parts: Vec<Part>,
    pub people: HashMap<ItemId, Named>,
    /// Who sits at the keyboard; stands for the driver where there is none.
    pub me: Option<ItemId>,
}

impl Record {
    pub fn options(&self) -> impl Iterator<Item = &Part> {
        of_kind(&self.parts, PartKind::Option)
    }

    pub fn prewires(&self) -> impl Iterator<Item = &Part> {
        of_kind(&self.parts, PartKind::Prewire)
    }

    /// The option of this letter.
    #[must_use]
    pub fn option(&self, key: &str) -> Option<&Part> {
        self.options().find(|option| key.eq_ignore_ascii_case(&letter(option.position).to_string()))
    }

    /// The option that is recommended.
    #[must_use]
    pub fn recommended(&self) -> Option<&Part> {
        self.option(self.item.text("recommendation"))
    }

    /// Whether I1 to I3 bind it: medium or high stake, or one-way.
    #[must_use]
    pub fn binds(&self) -> bool {
        binds(&self.item)
    }

    /// What I1 asks for and is not there, in words.
    #[must_use]
    pub fn unframed(&self) -> Vec<String> {
        let fields = FRAME.iter().filter(|(name, _)| self.item.text(name).trim().is_empty());
        let mut missing: Vec<String> = fields.map(|(_, words)| (*words).to_owned()).collect();
        let count = self.options().count();
        if !OPTIONS.contains(&count) {
            missing.push(format!("two or three options, not {count}"));
        }
        for option in self.options() {
            for (name, words) in [("gains", "gains"), ("gives_up", "gives up")] {
                if option.text(name).trim().is_empty() {
                    missing.push(format!("what option {} {words}", letter(option.position)));
                }
            }
        }
        if self.recommended().is_none() {
            missing.push("one recommended option".to_owned());
        }
        missing
    }

    /// Those to be spoken to before a decision of high stake (I3): the approver, and whoever of
    /// influence 3 is named on it, oneself excepted. Oneself is the driver.
    #[must_use]
    pub fn to_be_wired(&self) -> Vec<ItemId> {
        if self.item.text("stake") != "high" {
            return Vec::new();
        }
        let oneself = self.item.link("owner").or(self.me);
        let approver = self.item.link("approver");
        let powerful = |id: &ItemId| {
            self.people.get(id).is_some_and(|person| person.influence == Some(POWERFUL))
        };
        let named = named_on(&self.item, &self.parts);
        let mut wanted: Vec<ItemId> = approver.into_iter().collect();
        for id in named.into_iter().filter(powerful) {
            if !wanted.contains(&id) {
                wanted.push(id);
            }
        }
        wanted.retain(|id| Some(*id) != oneself);
        wanted
    }

    /// Those of them who have not been spoken to by `last`.
    #[must_use]
    pub fn unwired(&self, last: Option<NaiveDate>) -> Vec<ItemId> {
        self.to_be_wired().into_iter().filter(|id| !self.spoken_to(*id, last)).collect()
    }

    /// Whether somebody was spoken to about the question as it stands: by `last`, and since it was
    /// reopened, for what was said before was about another answer.
    #[must_use]
    pub fn spoken_to(&self, id: ItemId, last: Option<NaiveDate>) -> bool {
        let since = self.reopened_on();
        let in_time = |day: NaiveDate| {
            last.is_none_or(|last| day <= last) && since.is_none_or(|since| day >= since)
        };
        self.prewires().any(|prewire| {
            prewire.link("person") == Some(id) && prewire.day("held_on").is_some_and(in_time)
        })
    }

    /// The day on which it was reopened last.
    #[must_use]
    pub fn reopened_on(&self) -> Option<NaiveDate> {
        of_kind(&self.parts, PartKind::Version).filter_map(|part| part.day("reopened_on")).max()
    }

    /// The state that follows from the record, for one that is open and not deferred.
    #[must_use]
    pub fn derived(&self) -> &'static str {
        if !self.unframed().is_empty() {
            return "raised";
        }
        let any = self.prewires().next().is_some();
        let pending = self.prewires().any(|prewire| prewire.day("held_on").is_none());
        let unwired = self.unwired(self.item.day("forum_on"));
        let asked = self.item.link("approver").is_some() && !self.item.text("signal").is_empty();
        let wired = unwired.is_empty() && !pending && (any || !self.to_be_wired().is_empty());
        let nobody_to_ask = self.item.text("stake") == "high" && self.to_be_wired().is_empty();
        match (asked && (wired || nobody_to_ask && !pending), any) {
            (true, _) => "ready",
            (false, true) => "prewiring",
            (false, false) => "framed",
        }
    }

    /// Puts it into the state that follows from the record, unless a verb has put it elsewhere.
    pub fn settle(&mut self) {
        if DERIVED.contains(&self.item.state().slug) {
            self.item.set("state", Value::Text(self.derived().to_owned()));
        }
    }

    /// What somebody is called.
    #[must_use]
    pub fn called(&self, id: ItemId) -> &str {
        self.people.get(&id).map_or("somebody", |person| person.name.as_str())
    }
}

/// Everybody whom a decision names, its parts included; each once, in no special order.
#[must_use]
pub fn named_on(item: &Item, parts: &[Part]) -> Vec<ItemId> {
    let mut named: Vec<ItemId> = Vec::new();
    let fields = ["approver", "owner"].into_iter().filter_map(|name| item.link(name));
    let many = ["contributors", "informed"].into_iter().flat_map(|name| item.links(name).to_vec());
    let prewired = of_kind(parts, PartKind::Prewire).filter_map(|part| part.link("person"));
    for id in fields.chain(many).chain(prewired) {
        if !named.contains(&id) {
            named.push(id);
        }
    }
    named
}

/// Whether I1 to I3 bind a decision: medium or high stake, or one-way.
#[must_use]
pub fn binds(item: &Item) -> bool {
    matches!(item.text("stake"), "medium" | "high") || item.text("reversibility") == "one-way"
}

#[cfg(test)]
pub(crate) mod tests;
