//! What sections are filled with out of what is known of the market: segments that moved, rivals,
//! promises, calls that were scored, messages that were tested, what users said. Where there is
//! nothing, a sentence says of what, and since when.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};

use crate::domain::evidence::Stage;
use crate::domain::item::{Item, ItemId};
use crate::domain::kind::Kind;
use crate::domain::message::adoption::MOST_POINTS;
use crate::domain::metric::deals::Standing;
use crate::domain::part::{PartKind, of_kind};
use crate::domain::ritual::RitualKind;
use crate::domain::ritual::run::Line;
use crate::domain::value::Value;
use crate::domain::week::Week;
use crate::domain::week::share::Share;
use crate::store::captured::Fresh;
use crate::store::conversation::Talks;
use crate::store::part::Parts;

use super::super::super::error::Result;
use super::super::super::page::ListQuery;
use super::super::{Filler, words_of};
use super::work::LINES;

/// Furthest that a review of the week looks back, in days.
const FURTHEST: u64 = 31;
/// Most steps of one segment that are told.
const STEPS: usize = 5;

impl Filler<'_> {
    /// The day from which on something is new: that of the last one, else a week ago.
    fn since_day(&self) -> NaiveDate {
        let today = self.workspace.clock.today();
        let back = |days: u64| today.checked_sub_days(Days::new(days)).unwrap_or(today);
        if self.kind == RitualKind::Month {
            return self.month();
        }
        let last = self.last.and_then(|run| run.day("finished_on"));
        last.unwrap_or_else(|| back(7)).max(back(FURTHEST)).min(today)
    }

    /// What is said where there is nothing.
    fn nothing(&mut self, what: &str) {
        let since = self.since_day().format("%-d %b");
        self.notes.push(format!("{what} since {since}."));
    }

    pub(super) fn all_of(&mut self, kind: Kind) -> Result<Vec<Item>> {
        let ids = self.workspace.all_ids(&ListQuery::all(kind))?;
        Ok(self.workspace.store.items(&ids)?)
    }

    fn fresh(&self) -> Result<Vec<Fresh>> {
        let today = self.workspace.clock.today();
        Ok(self.workspace.store.captured(self.since_day(), today)?)
    }

    /// Segments whose wording changed, of which something new was heard or deals ended, and those
    /// whose review is due.
    pub(super) fn segment_shifts(&mut self) -> Result<Vec<Line>> {
        let (today, since) = (self.workspace.clock.today(), self.since_day());
        let fresh = self.fresh()?;
        let ended = self.ended_deals(since)?;
        let mut lines = Vec::new();
        for segment in self.all_of(Kind::Segment)? {
            let mut told = self.changes_of(&segment, since)?;
            let heard = fresh.iter().filter(|one| one.segment == Some(segment.id));
            let stages: BTreeMap<Stage, usize> = heard.fold(BTreeMap::new(), |mut all, one| {
                *all.entry(one.stage).or_default() += 1;
                all
            });
            let heard: usize = stages.values().sum();
            if heard > 0 {
                let most = stages.iter().max_by_key(|(_, count)| **count);
                let at = most.map(|(stage, _)| format!(", most at {stage}")).unwrap_or_default();
                told.push(format!("{heard} new {}{at}", pieces(heard)));
            }
            let name = segment.title().to_lowercase();
            let own = ended.iter().filter(|(of, _)| *of == name);
            let (won, lost) = own.fold((0, 0), |(won, lost), (_, is_won)| {
                (won + usize::from(*is_won), lost + usize::from(!is_won))
            });
            if won + lost > 0 {
                told.push(format!("won {won} of {} that ended", won + lost));
            }
            if segment.day("review_on").is_some_and(|on| on <= today) {
                told.push("its review is due".to_owned());
            }
            if !told.is_empty() {
                let mut line = self.about(&segment, "");
                line.why = told.join("; ");
                lines.push(line);
            }
        }
        lines.truncate(LINES);
        if lines.is_empty() {
            self.nothing("No segment changed, and nothing was heard of one");
        }
        Ok(lines)
    }

    /// Deals that ended, each with its segment and whether it was won.
    fn ended_deals(&self, since: NaiveDate) -> Result<Vec<(String, bool)>> {
        let time = since..=self.workspace.clock.today();
        let ledger = self.workspace.ledger()?;
        let ended = ledger.deals.iter().filter(|deal| {
            deal.standing != Standing::Open && deal.closed.is_some_and(|on| time.contains(&on))
        });
        let told = ended.filter_map(|deal| {
            Some((deal.segment.clone()?.to_lowercase(), deal.standing == Standing::Won))
        });
        Ok(told.collect())
    }

    /// What was done to an item since a day, newest first.
    fn changes_of(&self, item: &Item, since: NaiveDate) -> Result<Vec<String>> {
        let steps = self.workspace.store.steps_of(item.id, STEPS)?;
        let time = since..=self.workspace.clock.today();
        let new = steps.iter().filter(|step| {
            time.contains(&step.at.date_naive()) && step.undone_by.is_none() && step.kind == "do"
        });
        let reference = item.reference.to_string();
        let own = new.filter(|step| step.label.starts_with(&format!("{reference} ")));
        Ok(own.map(|step| words_of(&step.label, &reference)).collect())
    }

    /// How many calls and interviews are missing: of the last week on a Monday, else of this one.
    pub(super) fn evidence_gap(&mut self) -> Result<Vec<Line>> {
        let week = Week::of(self.workspace.clock.today());
        let (week, name) = match self.kind {
            RitualKind::Monday => (week.previous(), "last week"),
            _ => (week, "this week"),
        };
        let cadence = self.workspace.cadence_of(week)?;
        if cadence.is_met() {
            self.notes.push(format!("Held {name}: {}.", cadence.words()));
            return Ok(Vec::new());
        }
        let text = format!(
            "Calls and interviews {name}: {} of {}, gap {}",
            cadence.done,
            cadence.target,
            cadence.gap()
        );
        Ok(vec![Line { text, ..Line::default() }])
    }

    /// What was heard of rivals, and the deals that went to them.
    pub(super) fn rivals(&mut self) -> Result<Vec<Line>> {
        let time = self.since_day()..=self.workspace.clock.today();
        let mut lines = Vec::new();
        for one in self.fresh()?.into_iter().filter(|one| one.kind == "competitor") {
            lines.push(self.piece(one));
        }
        {
            let ledger = self.workspace.ledger()?;
            let is_recent = |on| time.contains(&on);
            let ended = ledger.deals.iter().filter(|deal| deal.closed.is_some_and(is_recent));
            for deal in ended {
                let Some(rival) = deal.competitor.as_ref().filter(|rival| !rival.is_empty()) else {
                    continue;
                };
                let how = match deal.standing {
                    Standing::Won => "Won against",
                    Standing::Lost => "Lost to",
                    Standing::Open => continue,
                };
                lines.push(Line {
                    text: format!("{how} {rival}: {}", deal.name),
                    aside: deal.reason.clone().unwrap_or_default(),
                    ..Line::default()
                });
            }
        }
        lines.truncate(LINES);
        if lines.is_empty() {
            self.nothing("Nothing was heard of a rival");
        }
        Ok(lines)
    }

    /// Promises that are not the same in the words of sales and of customer success, or that nobody
    /// judged yet, and claims against which more is known than for them.
    pub(super) fn promises(&mut self) -> Result<Vec<Line>> {
        let mut lines = Vec::new();
        let mut kept = 0;
        if let Some(positioning) = self.workspace.positioning()? {
            for part in of_kind(&self.workspace.store.parts_of(&positioning)?, PartKind::Promise) {
                let aside = match part.text("judged") {
                    "same" => {
                        kept += 1;
                        continue;
                    }
                    "different" => "promised differently",
                    _ => "not judged yet",
                };
                let said = |name: &str, who: &str| {
                    Some(part.text(name))
                        .filter(|it| !it.is_empty())
                        .map(|it| format!("{who}: {it}"))
                };
                let both: Vec<String> = [said("sales", "sales"), said("success", "success")]
                    .into_iter()
                    .flatten()
                    .collect();
                lines.push(Line {
                    text: part.main().to_owned(),
                    aside: aside.to_owned(),
                    why: both.join("; "),
                    ..Line::default()
                });
            }
        }
        for claim in self.all_of(Kind::Claim)? {
            if claim.state().slug == "contested" {
                lines.push(self.about(&claim, "contested"));
            }
        }
        lines.truncate(LINES);
        match (lines.is_empty(), kept) {
            (true, 0) => {
                let words = "No promise is on record, and no claim is contested; checks of \
                             launches are not kept here yet.";
                self.notes.push(words.to_owned());
            }
            (true, _) => {
                self.notes.push(format!("Kept as promised: {kept}; nothing is contested."));
            }
            (false, _) => {}
        }
        Ok(lines)
    }

    /// How each message was said in the calls that somebody scored, the one said best first.
    pub(super) fn scores(&mut self) -> Result<Vec<Line>> {
        let (today, since) = (self.workspace.clock.today(), self.since_day());
        let mut points: BTreeMap<ItemId, (i64, i64)> = BTreeMap::new();
        for (message, score) in
            self.workspace.store.talks(since, today)?.into_iter().flat_map(|talk| talk.scores)
        {
            let own = points.entry(message).or_default();
            *own = (own.0 + score.points(), own.1 + 1);
        }
        let ids: Vec<ItemId> = points.keys().copied().collect();
        let share = |(part, calls): (i64, i64)| Share::new(part, calls * MOST_POINTS);
        let mut told = Vec::new();
        for message in self.workspace.store.items(&ids)? {
            let own = points.get(&message.id).copied().unwrap_or_default();
            let calls = if own.1 == 1 { "call" } else { "calls" };
            let share = share(own);
            let words = format!("{} of {} in {} {calls}", share.part, share.whole, own.1);
            told.push((share, self.about(&message, words)));
        }
        told.sort_by_key(|(share, _)| std::cmp::Reverse(share.part * 1000 / share.whole.max(1)));
        let lines: Vec<Line> = told.into_iter().map(|(_, line)| line).take(LINES).collect();
        if lines.is_empty() {
            self.nothing("No call was scored");
        }
        Ok(lines)
    }

    /// Messages that were tested, and how it went.
    pub(super) fn tests(&mut self) -> Result<Vec<Line>> {
        let time = self.since_day()..=self.workspace.clock.today();
        let messages = self.all_of(Kind::Message)?;
        let parts = self.workspace.store.parts(&messages)?;
        let mut lines = Vec::new();
        for message in &messages {
            let own = parts.get(&message.id).map(Vec::as_slice).unwrap_or_default();
            for test in of_kind(own, PartKind::Trial) {
                if test.day("held_on").is_none_or(|on| !time.contains(&on)) {
                    continue;
                }
                let sample = match test.get("sample") {
                    Value::Whole(n) => format!(", n {n}"),
                    _ => String::new(),
                };
                let mut line = self.about(message, format!("{}{sample}", test.text("result")));
                line.why = match test.text("note") {
                    "" => test.main().to_owned(),
                    note => format!("{}: {note}", test.main()),
                };
                lines.push(line);
            }
        }
        lines.truncate(LINES);
        if lines.is_empty() {
            self.nothing("No message was tested");
        }
        Ok(lines)
    }

    /// Objections that came up in conversations, the most frequent first.
    pub(super) fn mentions(&mut self) -> Result<Vec<Line>> {
        let (today, since) = (self.workspace.clock.today(), self.since_day());
        let mut heard: BTreeMap<ItemId, Vec<String>> = BTreeMap::new();
        for talk in self.workspace.store.talks(since, today)? {
            for objection in talk.raised {
                heard.entry(objection).or_default().push(talk.account.clone());
            }
        }
        let ids: Vec<ItemId> = heard.keys().copied().collect();
        let mut lines = Vec::new();
        for objection in self.workspace.store.items(&ids)? {
            let mut accounts = heard.remove(&objection.id).unwrap_or_default();
            let times = accounts.len();
            accounts.sort_unstable();
            accounts.dedup();
            let words = match times {
                1 => "once".to_owned(),
                times => format!("{times} times, {} accounts", accounts.len()),
            };
            lines.push((times, self.about(&objection, words)));
        }
        lines.sort_by_key(|(times, _)| std::cmp::Reverse(*times));
        let lines: Vec<Line> = lines.into_iter().map(|(_, line)| line).take(LINES).collect();
        if lines.is_empty() {
            self.nothing("No objection was heard");
        }
        Ok(lines)
    }

    /// What users said, and what was seen in it together.
    pub(super) fn of_users(&mut self) -> Result<Vec<Line>> {
        let time = self.since_day()..=self.workspace.clock.today();
        let mut lines = Vec::new();
        for insight in self.all_of(Kind::Insight)? {
            if insight.day("spotted_on").is_some_and(|on| time.contains(&on)) {
                lines.push(self.about(&insight, "insight"));
            }
        }
        for one in
            self.fresh()?.into_iter().filter(|one| one.class == "user" && one.kind != "opinion")
        {
            lines.push(self.piece(one));
        }
        lines.truncate(LINES);
        if lines.is_empty() {
            self.nothing("Nothing from users was written down");
        }
        Ok(lines)
    }

    fn piece(&mut self, one: Fresh) -> Line {
        let mut line = self.line(one.id, one.reference.to_string());
        let whose = if one.account.is_empty() { one.kind } else { one.account };
        line.aside = match one.stage {
            Stage::Unknown => whose,
            stage => format!("{whose}, {stage}"),
        };
        line.text = one.title;
        line
    }
}

fn pieces(count: usize) -> &'static str {
    if count == 1 { "piece" } else { "pieces" }
}
