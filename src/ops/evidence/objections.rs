//! Objections and conversations: how often each comes up, the repeated-objection rate and how it
//! moves, the stages without an answer, the weeks of calls and interviews against their target.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::{Days, NaiveDate};
use serde_json::json;

use crate::domain::day;
use crate::domain::evidence::cadence::{self, Cadence};
use crate::domain::evidence::objection::{
    Conversation, REPEATED_WITHIN_DAYS, Repeated, reduction, repeated, unanswered,
};
use crate::domain::evidence::{EvidenceKind, Stage};
use crate::domain::item::{Item, ItemId, Ref};
use crate::domain::kind::Kind;
use crate::domain::part::{PartKind, of_kind};
use crate::domain::week::Week;
use crate::domain::week::share::{FEW, Share};
use crate::store::bulk::Bulk;
use crate::store::conversation::{Talk, Talks};
use crate::store::evidence::Evidence;
use crate::store::lookup::Lookup;
use crate::store::part::Parts;

use super::super::error::Result;
use super::super::page::ListQuery;
use super::super::workspace::Workspace;
use super::limits::{self, Term};
use super::report::{Report, Row};
use super::told::Fact;

/// Months that a report goes back.
const MONTHS: usize = 6;
/// Weeks of calls that a report goes back.
const WEEKS: usize = 8;

/// The late-stage conversations between two days, as a filter.
fn late_between(first: NaiveDate, last: NaiveDate) -> (Kind, String) {
    let late = "(late:yes or stage:proposal,negotiation) !late:no";
    (Kind::Conversation, format!("{late} held-on:{first}..{last}"))
}

impl Workspace {
    /// The repeated-objection rate over a period, both days included.
    ///
    /// # Errors
    /// A storage error.
    pub fn repeated_objections(&self, first: NaiveDate, last: NaiveDate) -> Result<Repeated> {
        Ok(repeated(&heard_between(&self.store, first, last)?, first, last))
    }

    /// Calls and interviews of the running week against the target.
    ///
    /// # Errors
    /// A storage error.
    pub fn cadence(&self) -> Result<Cadence> {
        self.cadence_of(Week::of(self.clock.today()))
    }

    /// The same of any week.
    ///
    /// # Errors
    /// A storage error.
    pub fn cadence_of(&self, week: Week) -> Result<Cadence> {
        let held = self.store.interviews(week.monday(), week.sunday())?;
        let target = limits::counted(self.term(Term::Calls)?);
        // What stands here is a call or an interview, whatever it was called.
        let held = held.into_iter().map(|(_, on)| (EvidenceKind::Call, on));
        Ok(cadence::of_week(held, week, target))
    }

    /// The weeks of calls and interviews, the last first, each with its gap.
    ///
    /// # Errors
    /// A storage error.
    pub fn cadence_report(&self) -> Result<Report> {
        let mut report = Report::new("cadence", "Calls and interviews, week by week");
        let mut week = Week::of(self.clock.today());
        for _ in 0..WEEKS {
            let cadence = self.cadence_of(week)?;
            let values = json!({
                "week": week.to_string(), "done": cadence.done, "target": cadence.target,
                "gap": cadence.gap(),
            });
            let key = week.to_string();
            let held = format!("held-on:{}..{}", week.monday(), week.sunday());
            let row = Row::named(&key, &key, cadence.words(), values);
            report.rows.push(row.over(Kind::Conversation, held));
            week = week.previous();
        }
        Ok(report)
    }

    /// How often objections come up: the rate by month with its movement, then each objection.
    ///
    /// # Errors
    /// A storage error.
    pub fn objection_report(&mut self) -> Result<Report> {
        let today = self.clock.today();
        let mut report =
            Report::new("objection-report", "Objections, and how often they come back");
        let months = months(today, MONTHS);
        let mut rates = Vec::new();
        for (first, last) in &months {
            let rate = self.repeated_objections(*first, *last)?;
            report.head_rows.insert(report.head.len(), late_between(*first, *last));
            report.head.push(format!("{}  {}", first.format("%B %Y"), rate.words()));
            let (repeated, talks) = match rate {
                Repeated::Rate(share) => (Some(share.part), Some(share.whole)),
                Repeated::NoConversations | Repeated::NoneWithout => (None, None),
            };
            let values = json!({
                "month": first.format("%Y-%m").to_string(), "repeated": repeated,
                "conversations": talks, "words": rate.words(),
            });
            report.also.push(Row::named("", &first.format("%B %Y").to_string(), "", values));
            rates.push((*first, rate));
        }
        if let Some(moved) = moved(&rates) {
            report.head.push(moved.words());
            report.also.push(Row::named("", "Reduction", "", moved.json()));
        }
        let ids = self.all_ids(&ListQuery::all(Kind::Objection))?;
        let heard = self.store.heard(&ids, self.lately())?;
        let mut items = self.store.items(&ids)?;
        items
            .sort_by_key(|item| std::cmp::Reverse(heard.get(&item.id).map_or(0, |one| one.lately)));
        for item in &items {
            let one = heard.get(&item.id).copied().unwrap_or_default();
            let open = self.unanswered(item)?;
            let stages: Vec<&str> = open.iter().map(|stage| stage.slug()).collect();
            let mut words = heard_words(one);
            if !stages.is_empty() {
                words = format!("{words} · no answer at {}", stages.join(", "));
            }
            let values = json!({
                "code": item.text("code"), "times": one.times, "in_90_days": one.lately,
                "accounts": one.accounts, "unanswered": stages,
            });
            report.rows.push(Row::of(item, words, values));
        }
        Ok(report)
    }

    /// What a list says beside an objection.
    pub(super) fn objections_aside(&self, items: &[Item]) -> Result<HashMap<ItemId, String>> {
        let of_kind = items.iter().filter(|item| item.kind() == Kind::Objection);
        let ids: Vec<ItemId> = of_kind.map(|item| item.id).collect();
        if ids.is_empty() {
            return Ok(HashMap::new());
        }
        let heard = self.store.heard(&ids, self.lately())?;
        let words = |id| {
            heard.get(&id).map_or_else(
                || "never".to_owned(),
                |one| format!("{} in 90 d, {} in all", one.lately, one.times),
            )
        };
        Ok(ids.into_iter().map(|id| (id, words(id))).collect())
    }

    /// The objection that an asset says it answers, by its ref, its code or its title.
    pub(super) fn objection_of(&self, asset: &Item) -> Result<Option<Item>> {
        let named = asset.text("objection").trim();
        if named.is_empty() {
            return Ok(None);
        }
        let by_ref = Ref::parse(named).filter(|one| one.kind == Kind::Objection);
        let id = match by_ref {
            Some(reference) => self.store.by_ref(reference)?,
            None => match self.store.objection_of_code(named)? {
                Some(found) => Some(found.id),
                None => self.store.objection_titled(named)?,
            },
        };
        let item = id.map(|id| self.store.item(id)).transpose()?.flatten();
        Ok(item.filter(|item| item.deleted_at.is_none()))
    }

    /// How often an objection came up, and the stages at which it still has no answer.
    pub(super) fn came_up(&self, objection: &Item) -> Result<Vec<Fact>> {
        let heard = self.store.heard(&[objection.id], self.lately())?;
        let one = heard.get(&objection.id).copied().unwrap_or_default();
        let mut facts = vec![Fact::quiet("", heard_words(one))];
        let open = self.unanswered(objection)?;
        if !open.is_empty() {
            let open: Vec<String> = open.iter().map(ToString::to_string).collect();
            facts.push(Fact::quiet("", format!("no answer at {}", open.join(", "))));
        }
        Ok(facts)
    }

    pub(super) fn facts_of_objection(&self, item: &Item) -> Result<Vec<Fact>> {
        let heard = self.store.heard(&[item.id], self.lately())?;
        let one = heard.get(&item.id).copied().unwrap_or_default();
        let mut facts = vec![Fact::new("Came up", heard_words(one))];
        for (at, (stage, times)) in self.store.stages_of(item.id)?.into_iter().enumerate() {
            let label = if at == 0 { "At" } else { "" };
            facts.push(Fact::quiet(
                label,
                match times {
                    1 => format!("{stage}, once"),
                    times => format!("{stage}, {times} times"),
                },
            ));
        }
        for (at, stage) in self.unanswered(item)?.iter().enumerate() {
            let label = if at == 0 { "No answer" } else { "" };
            let way = format!("{stage}: prewire objection response {} {stage} '…'", item.reference);
            facts.push(Fact::warns(label, way));
        }
        for (at, one) in self.mentions(&self.store.answering(item)?)?.iter().enumerate() {
            let label = if at == 0 { "Answered by" } else { "" };
            facts.push(Fact::new(label, format!("{} {}", one.reference, one.title)));
        }
        let talks = self.store.pointing_at(item.id, "raised", 5)?;
        for (at, one) in self.store.items(&talks)?.iter().enumerate() {
            let label = if at == 0 { "Last raised" } else { "" };
            let on = one.day("held_on").map(|on| day::ago(on, self.clock.today()));
            let side = [one.text("account").to_owned(), on.unwrap_or_default()];
            let side: Vec<String> = side.into_iter().filter(|word| !word.is_empty()).collect();
            facts.push(Fact::new(
                label,
                format!("{} {} · {}", one.reference, one.title(), side.join(", ")),
            ));
        }
        Ok(facts)
    }

    pub(super) fn facts_of_conversation(&self, item: &Item) -> Result<Vec<Fact>> {
        if item.links("objections").is_empty() {
            return Ok(vec![Fact::quiet("Objections", "none, which counts too")]);
        }
        let mut facts = Vec::new();
        let objections = self.mentions(item.links("objections"))?;
        for (at, one) in objections.iter().enumerate() {
            let label = if at == 0 { "Objections" } else { "" };
            facts.push(Fact::new(label, format!("{} {}", one.reference, one.title)));
        }
        Ok(facts)
    }

    /// The stages at which an objection came up and nobody has an answer.
    fn unanswered(&self, item: &Item) -> Result<Vec<Stage>> {
        let parts = self.store.parts_of(item)?;
        let answers: Vec<Stage> = of_kind(&parts, PartKind::Response)
            .filter(|part| !part.text("text").is_empty() || part.link("asset").is_some())
            .filter_map(|part| Stage::parse(part.text("stage")))
            .collect();
        let answered: BTreeSet<(&str, Stage)> = answers.iter().map(|stage| ("", *stage)).collect();
        let raised = self.store.stages_of(item.id)?;
        let raised = raised
            .iter()
            .filter(|(stage, _)| *stage != Stage::Unknown)
            .map(|(stage, _)| ("", *stage));
        let open = unanswered(raised, &answered);
        Ok(open.into_values().flatten().collect())
    }

    fn lately(&self) -> NaiveDate {
        let today = self.clock.today();
        let days = Days::new(u64::try_from(REPEATED_WITHIN_DAYS).unwrap_or(90));
        today.checked_sub_days(days).unwrap_or(today)
    }
}

/// The conversations that decide what is repeated between two days.
pub(in crate::ops) fn heard_between(
    from: &(impl Talks + Bulk),
    first: NaiveDate,
    last: NaiveDate,
) -> Result<Vec<Conversation>> {
    let before = Days::new(u64::try_from(REPEATED_WITHIN_DAYS).unwrap_or(90));
    let since = first.checked_sub_days(before).unwrap_or(first);
    let talks = from.talks(since, last)?;
    let raised: BTreeSet<ItemId> = talks.iter().flat_map(|talk| talk.raised.clone()).collect();
    let raised = from.some(&raised.into_iter().collect::<Vec<_>>())?;
    // The code says what is the same; two that bear one code are one.
    let codes = raised.iter().map(|item| (item.id, code_of(item))).collect();
    Ok(as_heard(&talks, &codes))
}

/// The code of an objection; of one without, its title, as an import names it.
fn code_of(objection: &Item) -> String {
    match objection.text("code").trim() {
        "" => objection.title().trim().to_lowercase(),
        code => code.to_lowercase(),
    }
}

fn as_heard(talks: &[Talk], codes: &BTreeMap<ItemId, String>) -> Vec<Conversation> {
    talks
        .iter()
        .map(|talk| Conversation {
            date: talk.on,
            account: talk.account.clone(),
            late: talk.is_late,
            mentions: talk.raised.iter().filter_map(|id| codes.get(id).cloned()).collect(),
        })
        .collect()
}

fn heard_words(heard: crate::store::conversation::Heard) -> String {
    match heard.times {
        0 => "never, so far".to_owned(),
        times => format!(
            "{} in 90 days, {times} in all, {} account{}",
            heard.lately,
            heard.accounts,
            if heard.accounts == 1 { "" } else { "s" }
        ),
    }
}

/// Whole months up to the running one, the first first.
fn months(today: NaiveDate, count: usize) -> Vec<(NaiveDate, NaiveDate)> {
    use crate::domain::metric::{Cadence, Period};
    let running = Period::of(today, Cadence::Monthly, 1);
    running.back(count).into_iter().map(|period| (period.first(), period.last())).collect()
}

/// How the rate moved between two months.
struct Moved {
    from: (NaiveDate, Share),
    to: (NaiveDate, Share),
}

impl Moved {
    /// 1 − rate/baseline, in parts of a thousand; of few conversations there is no percentage.
    fn tenths(&self) -> Option<i64> {
        let enough = |share: Share| share.whole >= FEW;
        let both = enough(self.from.1) && enough(self.to.1);
        both.then(|| reduction(self.to.1, self.from.1).in_parts(1_000)).flatten()
    }

    fn words(&self) -> String {
        let name = |month: NaiveDate| month.format("%B").to_string();
        let ((base, was), (month, is)) = (self.from, self.to);
        let (base, month) = (name(base), name(month));
        match self.tenths() {
            Some(_) => format!(
                "Reduction {} from {base} to {month} = 1 − {} / {}",
                reduction(is, was).in_tenths(),
                is.counted(),
                was.counted()
            ),
            None => format!(
                "From {} in {base} to {} in {month}; a reduction in per cent wants {FEW} \
                 conversations in both, and a baseline above nothing",
                was.counted(),
                is.counted()
            ),
        }
    }

    fn json(&self) -> serde_json::Value {
        let of = |(month, share): (NaiveDate, Share)| {
            json!({
                "month": month.format("%Y-%m").to_string(),
                "repeated": share.part, "conversations": share.whole,
            })
        };
        json!({
            "from": of(self.from), "to": of(self.to), "words": self.words(),
            "reduction_per_thousand": self.tenths(),
        })
    }
}

/// How the rate moved from the first month with data to the last whole one.
fn moved(rates: &[(NaiveDate, Repeated)]) -> Option<Moved> {
    let known = |(first, rate): &(NaiveDate, Repeated)| match rate {
        Repeated::Rate(share) => Some((*first, *share)),
        Repeated::NoConversations | Repeated::NoneWithout => None,
    };
    let whole = &rates[..rates.len().saturating_sub(1)];
    let from = whole.iter().find_map(known)?;
    let to = whole.iter().rev().find_map(known)?;
    (from.0 != to.0).then_some(Moved { from, to })
}
