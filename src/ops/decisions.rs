//! Questions about decisions beyond their rows: their records, which are exceptions and why, and
//! the figures of the whole backlog.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use chrono::{Days, Duration, NaiveDate};

use crate::domain::day;
use crate::domain::decision::figures::{self, Broken, Promise, Share, Verdict};
use crate::domain::decision::kept;
use crate::domain::decision::standing::{self, Exception};
use crate::domain::decision::{Record, binds};
use crate::domain::item::ItemId;
use crate::domain::kind::Kind;
use crate::domain::noun::Shelf;
use crate::store::answered::Answered;
use crate::store::brief::{Brief, Briefs};
use crate::store::decisions::{Counted, Promised, TakenBack};
use crate::store::intake::Intake;
use crate::store::listing::Closed;
use crate::store::pace::{Pace, Presses};

use super::error::Result;
use super::page::ListQuery;
use super::record;
use super::workspace::Workspace;

/// The order of the backlog, in words (`spec/3-model.md §3.4`, decision order).
pub const DECISION_ORDER: &str = "Decisions stand in this order: late ones first; then by stake; then by the weight of what \
     they hold, each item counted once with the weight of its outcome (unlinked 0); then the oldest.";

/// Decisions read at a time.
const BATCH: usize = 500;

/// The figures of all decisions.
#[derive(Debug, Clone, Default)]
pub struct Figures {
    pub open: usize,
    /// Days from raised to decided, each time that one was decided in the last 180 days.
    pub latencies: Vec<i64>,
    /// The age from which an open one is older than usual.
    pub usual_age: i64,
    /// Ages of the open ones.
    pub ages: Vec<i64>,
    pub exceptions: usize,
    pub reviews_due: usize,
    pub durability: Share,
    pub reopened: Share,
    /// Brier, and how many it is the mean of.
    pub calibration: Option<(f64, usize)>,
    /// What that is the mean of: how sure, in per cent, and what came of it.
    pub reviewed: Vec<(i64, f64)>,
    /// Of those decided in the last 180 days: how many were framed, and of high stake pre-wired.
    pub framed: Share,
    pub prewired: Share,
    /// Days from the first insight; decided ones without any.
    pub insight: Vec<i64>,
    pub without_insight: usize,
    /// Days since the first insight of those that are open, the longest first.
    pub open_insight: Vec<i64>,
    pub follow_through: Share,
    pub pushbacks: Vec<Counted>,
    pub causes: Vec<Counted>,
}

impl Workspace {
    /// Decisions with their parts and people.
    ///
    /// # Errors
    /// A storage error.
    pub fn records(&self, ids: &[ItemId]) -> Result<Vec<Record>> {
        let items = self.store.items(ids)?;
        record::read(&self.store, items, &self.settings)
    }

    /// How many days each decision took that was decided within the window.
    pub(super) fn latencies(&self) -> Result<Arc<[i64]>> {
        let read = || Ok(self.store.latencies(self.window_start())?.into());
        self.latencies.or_read(self.stand()?, read)
    }

    pub(super) fn window_start(&self) -> NaiveDate {
        let today = self.clock.today();
        today.checked_sub_days(Days::new(figures::WINDOW_DAYS)).unwrap_or(today)
    }

    /// The first open decisions in brief that are wanted, in the order of the backlog: as many are
    /// read as it takes to find them.
    ///
    /// # Errors
    /// A storage error.
    pub(super) fn first_briefs(
        &self,
        most: usize,
        wanted: impl Fn(&Brief) -> bool,
    ) -> Result<Briefs> {
        let backlog = self.store.backlog(Kind::Decision, Closed::Hidden, self.clock.today())?;
        let (mut found, mut read) = (Briefs::new(), 0);
        while found.len() < most && read < backlog.total() {
            let upto = (read * 2).max(2 * most).min(backlog.total());
            let ids = self.store.window(&backlog, read..upto, None)?;
            let briefs = self.store.briefs_of(&ids)?;
            found.extend(briefs.into_iter().filter(|brief| wanted(brief)));
            read = upto;
        }
        found.truncate(most);
        Ok(found)
    }

    /// Open decisions in brief, each with why it is an exception: exceptions first, the healthy rest
    /// after them, and otherwise in the order of the backlog.
    ///
    /// # Errors
    /// A refusal of the filter; a storage error.
    pub fn exceptions_first(&mut self, filter: &str) -> Result<Vec<(Arc<Brief>, Vec<Exception>)>> {
        let (today, usual) = (self.clock.today(), self.usual_age()?);
        let mut briefs = self.store.briefs(today)?;
        if !filter.trim().is_empty() {
            let query = ListQuery { filter: filter.to_owned(), ..ListQuery::all(Kind::Decision) };
            let wanted: HashSet<ItemId> = self.all_ids(&query)?.into_iter().collect();
            briefs.retain(|brief| wanted.contains(&brief.id));
        }
        let wired = self.wired_before_their_forums(&briefs, today)?;
        let told = briefs.into_iter().map(|brief| {
            let wired = || wired.get(&brief.id).copied().unwrap_or_default();
            let found = brief.signs.exceptions(today, usual, wired);
            (brief, found)
        });
        let mut all: Vec<_> = told.collect();
        let rank = |found: &[Exception]| match found.first() {
            Some(Exception::Overdue { .. } | Exception::Back { .. }) => 0,
            Some(Exception::Lapsed { .. }) => 1,
            Some(Exception::Unwired { .. }) => 2,
            Some(Exception::Old { .. }) => 3,
            Some(Exception::Stagnant { .. }) => 4,
            None => 5,
        };
        all.sort_by_key(|(_, found)| rank(found));
        Ok(all)
    }

    /// Of those whose forum is near, how many were spoken to, of how many.
    pub(super) fn wired_before_their_forums(
        &self,
        briefs: &[Arc<Brief>],
        today: NaiveDate,
    ) -> Result<HashMap<ItemId, (usize, usize)>> {
        let near = briefs.iter().filter(|brief| brief.signs.forum_in(today).is_some());
        let near: Vec<ItemId> = near.map(|brief| brief.id).collect();
        let mut wired = HashMap::with_capacity(near.len());
        for batch in near.chunks(BATCH) {
            let records = self.records(batch)?;
            wired.extend(records.iter().map(|record| (record.item.id, record.wired())));
        }
        Ok(wired)
    }

    /// Why a decision stands where it stands, with the figures behind it.
    ///
    /// # Errors
    /// A storage error.
    pub fn inspect(&self, id: ItemId) -> Result<Vec<String>> {
        let Some(detail) = self.detail(id)? else { return Ok(Vec::new()) };
        let (item, today) = (&detail.row.item, self.clock.today());
        if let Some(lines) = self.inspect_plan(item)? {
            return Ok(lines);
        }
        if let Some(lines) = self.inspect_evidence(item)? {
            return Ok(lines);
        }
        let latencies = self.latencies()?;
        let usual = figures::usual_age(&latencies);
        let mut lines =
            vec![if detail.why.is_empty() { "Nothing presses.".to_owned() } else { detail.why }];
        if let Some(record) = self.records(&[id])?.first().filter(|_| item.shelf() == Shelf::Open) {
            let found = record.exceptions(today, usual);
            let told = found.into_iter().map(Exception::words);
            let told: Vec<String> = told.filter(|words| !lines[0].contains(words)).collect();
            lines.extend(told.into_iter().map(|words| format!("! {words}")));
            let missing = record.unframed();
            if !missing.is_empty() {
                lines.push(format!("Not framed yet (I1): {}", missing.join(", ")));
            }
            let unwired = record.unwired(item.day("forum_on"));
            if !unwired.is_empty() {
                let names: Vec<&str> = unwired.iter().map(|id| record.called(*id)).collect();
                lines.push(format!("To be spoken to first (I3): {}", names.join(", ")));
            }
        }
        lines.push(String::new());
        let raised = item.day("raised_on").unwrap_or_else(|| item.created_at.date_naive());
        lines.push(match item.day("decided_on") {
            Some(decided) => format!(
                "Latency {} d = decided {decided} − raised {raised}",
                figures::latency(raised, decided)
            ),
            None => {
                format!("Age {} d = today {today} − raised {raised}", standing::age(item, today))
            }
        });
        let n = latencies.len();
        lines.push(if n < figures::FEWEST {
            format!("Old from {usual} d, while fewer than five were decided in 180 days (n {n})")
        } else {
            format!(
                "Old from {usual} d = nearest-rank P85 of raised to decided in 180 days (n {n})"
            )
        });
        lines.push(String::new());
        lines.push(DECISION_ORDER.to_owned());
        Ok(lines)
    }

    /// How many promises were kept on time; of one person, when one is named.
    ///
    /// # Errors
    /// A storage error.
    pub fn follow_through(&self, to: Option<ItemId>) -> Result<Share> {
        let promises: Vec<Promise> = self.store.promises(to)?.iter().filter_map(promise).collect();
        Ok(figures::follow_through(&promises, self.clock.today()))
    }

    /// The figures of all decisions.
    ///
    /// # Errors
    /// A storage error.
    pub fn decision_figures(&self) -> Result<Figures> {
        let (today, start) = (self.clock.today(), self.window_start());
        let latencies = self.latencies()?;
        let usual_age = figures::usual_age(&latencies);
        let pace = self.pace()?;
        let (plain, answered) = self.store.answers(start)?;
        let (framed, prewired) =
            self.framed.or_read(self.stand()?, || self.framed_and_prewired(&plain, &answered))?;
        let insight = self.insight_to_decision(&answered, (start, today))?;
        let taken_back = self.store.reopenings()?;
        let reviewed = reviewed(&answered, &taken_back);
        let verdicts = verdicts(&plain, &answered, &taken_back);
        let (first, last) = day::quarter_bounds(today, self.settings.fiscal_start_month);
        Ok(Figures {
            open: pace.open.len(),
            usual_age,
            ages: ages(&pace.raised, today),
            exceptions: self.exception_ids()?.len(),
            reviews_due: self.store.reviews_due(today, usize::MAX)?.len(),
            durability: figures::durability(&verdicts, today),
            reopened: figures::reopened(&verdicts, today),
            calibration: figures::brier(&reviewed).map(|score| (score, reviewed.len())),
            reviewed,
            framed,
            prewired,
            insight: insight.days,
            // What rests on nothing is told by its day alone.
            without_insight: insight.without + plain_between(&plain, (start, today)),
            open_insight: insight.open,
            follow_through: self.follow_through(None)?,
            pushbacks: self.store.pushbacks(first, last)?,
            causes: self.store.causes((first, last))?,
            latencies: latencies.to_vec(),
        })
    }

    /// How many are open in each state, in the order of the states.
    ///
    /// # Errors
    /// A storage error.
    pub fn open_by_state(&self) -> Result<Vec<(&'static str, usize)>> {
        let states = Kind::Decision.noun().states.iter().filter(|one| one.shelf == Shelf::Open);
        let counted = states.map(|one| Ok((one.slug, self.store.open_in_state(one.slug)?)));
        let all: Vec<(&'static str, usize)> = counted.collect::<Result<_>>()?;
        Ok(all.into_iter().filter(|(_, count)| *count > 0).collect())
    }

    /// How the open decisions stand as a whole.
    pub(super) fn pace(&self) -> Result<Arc<Pace>> {
        let today = self.clock.today();
        let usual = today - Duration::days(self.usual_age()?);
        let read = || Ok(self.store.pace(today, usual)?.into());
        self.pace.or_read(self.stand()?, read)
    }

    /// The open decisions that are exceptions, in the order of the backlog.
    pub(super) fn exception_ids(&self) -> Result<Vec<ItemId>> {
        let pace = self.pace()?;
        let is_near = |(_, presses): &&(ItemId, Presses)| *presses == Presses::ForumNear;
        let near: Vec<ItemId> = pace.open.iter().filter(is_near).map(|(id, _)| *id).collect();
        let unwired = self.unwired(&near)?;
        let open = pace.open.iter().filter(|(id, presses)| match presses {
            Presses::Yes => true,
            Presses::No => false,
            Presses::ForumNear => unwired.contains(id),
        });
        Ok(open.map(|(id, _)| *id).collect())
    }

    /// Those of these decisions of which somebody was not spoken to yet.
    pub(super) fn unwired(&self, ids: &[ItemId]) -> Result<HashSet<ItemId>> {
        let mut unwired = HashSet::new();
        for batch in ids.chunks(BATCH) {
            let records = self.records(batch)?;
            let waits = |record: &&Record| {
                let (held, of) = record.wired();
                held < of
            };
            unwired.extend(records.iter().filter(waits).map(|record| record.item.id));
        }
        Ok(unwired)
    }

    /// Of what was decided lately: what was framed, and of high stake what was pre-wired.
    ///
    /// # Errors
    /// A storage error.
    pub(super) fn framed_shares(&self) -> Result<(Share, Share)> {
        self.framed.or_read(self.stand()?, || {
            let (plain, answered) = self.store.answers(self.window_start())?;
            self.framed_and_prewired(&plain, &answered)
        })
    }

    fn framed_and_prewired(
        &self,
        plain: &[(NaiveDate, usize)],
        answered: &[Answered],
    ) -> Result<(Share, Share)> {
        let start = self.window_start();
        let recent = answered.iter().filter(|answer| answer.decided_on >= start);
        // What is told by its day alone is neither framed nor of high stake; only those are read in
        // full of whom the answer is not known beforehand.
        let plain = plain_between(plain, (start, NaiveDate::MAX));
        let (told, rest): (Vec<&Answered>, Vec<&Answered>) =
            recent.partition(|answer| answer.is_told || answer.is_high_stake);
        let ids: Vec<ItemId> = told.iter().map(|answer| answer.id).collect();
        let (mut framed, mut prewired) = (vec![false; rest.len() + plain], Vec::new());
        for batch in ids.chunks(BATCH) {
            for record in self.records(batch)? {
                framed.push(binds(&record.item) && record.unframed().is_empty());
                if record.item.text("stake") == "high" {
                    let last = record.item.day("forum_on").or(record.item.day("decided_on"));
                    prewired.push(record.unwired(last).is_empty());
                }
            }
        }
        Ok((Share::count(framed), Share::count(prewired)))
    }
}

/// How many of those that are told by their day alone were decided between two days.
fn plain_between(plain: &[(NaiveDate, usize)], (from, to): (NaiveDate, NaiveDate)) -> usize {
    plain.iter().filter(|(day, _)| (from..=to).contains(day)).map(|(_, count)| count).sum()
}

/// How many days each has been open, the shortest first: what is in order is soon sorted.
fn ages(raised: &[(NaiveDate, usize)], today: NaiveDate) -> Vec<i64> {
    let ages = raised.iter().rev().map(|(day, count)| ((today - *day).num_days(), *count));
    ages.flat_map(|(age, count)| std::iter::repeat_n(age, count)).collect()
}

/// Every time a question was answered, with the day on which that was taken back.
fn verdicts(
    plain: &[(NaiveDate, usize)],
    answered: &[Answered],
    taken_back: &[TakenBack],
) -> Vec<Verdict> {
    let plain = plain.iter().flat_map(|(decided_on, count)| {
        std::iter::repeat_n(Verdict { decided_on: *decided_on, undone_on: None }, *count)
    });
    let standing = answered
        .iter()
        .map(|answer| Verdict { decided_on: answer.decided_on, undone_on: answer.replaced_on });
    let reopened = taken_back
        .iter()
        .map(|back| Verdict { decided_on: back.decided_on, undone_on: Some(back.reopened_on) });
    plain.chain(standing).chain(reopened).collect()
}

/// How sure each was that was looked at, and what came of it: a bet that was lost is not forgotten
/// because the question was opened again.
fn reviewed(answered: &[Answered], taken_back: &[TakenBack]) -> Vec<(i64, f64)> {
    let standing = answered
        .iter()
        .filter_map(|answer| Some((answer.probability?, figures::worked(&answer.worked)?)));
    let bets = taken_back.iter().map(|back| kept::bet(&back.record));
    let reopened = bets.filter_map(|bet| Some((bet.probability?, bet.came?)));
    standing.chain(reopened).collect()
}

fn promise(stored: &Promised) -> Option<Promise> {
    let broken = if stored.state == "broken" { Broken::Yes } else { Broken::No };
    let due = stored.due.or(stored.kept_on)?;
    Some(Promise { due, kept_on: stored.kept_on, broken })
}

#[cfg(test)]
pub(in crate::ops) mod tests;
