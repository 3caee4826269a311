//! What the month is filled with: what changed in the business, the bridge between product and
//! revenue, what the figures say together, what came from outside, how time was spent, and what is
//! asked of the room; and what holds it until it is explained.

use crate::domain::decision::Record;
use crate::domain::item::{Item, ItemId};
use crate::domain::kind::Kind;
use crate::domain::metric::catalogue::{self, Group};
use crate::domain::part::{Part, PartKind, of_kind};
use crate::domain::report::{ReportKind, month_looked_at};
use crate::domain::ritual::impact::{Impact, ImpactKind, NO_EVIDENCE, Question, opening};
use crate::domain::ritual::run::{Held, Line};
use crate::domain::week::{Band, Verdict, Week};
use crate::store::part::Parts;
use crate::store::plan::Plans;

use super::super::super::error::Result;
use super::super::super::metric::glance::MOST;
use super::super::{Filler, Untold};
use super::work::stands;

/// The four questions between product and revenue: right users, value quickly, using it, staying.
const BRIDGE: [Group; 4] =
    [Group::RightUsers, Group::ValueQuickly, Group::UsingIt, Group::StayingAndAdvocating];
/// Weeks that a month can touch, and those of the month before.
const WEEKS: usize = 10;
/// Most lines that one source offers.
const LINES: usize = 12;

impl Filler<'_> {
    fn impacts_of_month(&self) -> Result<Vec<Item>> {
        let today = self.workspace.clock.today();
        let time = month_looked_at(today)..=today;
        let store = &self.workspace.store;
        let mut all = store.items(&store.all_of(Kind::Impact)?)?;
        all.retain(|item| {
            let on = item.day("happened_on").unwrap_or_else(|| item.created_at.date_naive());
            item.state().slug == "logged" && time.contains(&on)
        });
        Ok(all)
    }

    /// What changed, with what stands behind it; the first thing told is how much is evidenced.
    pub(super) fn changes(&mut self) -> Result<Vec<Line>> {
        let all = self.impacts_of_month()?;
        self.notes.push(opening(all.len()));
        let sums = super::super::super::deal::impact::sums(&all);
        self.notes.extend(sums.iter().map(super::super::super::deal::impact::ImpactSum::words));
        let mut lines = Vec::new();
        for item in all.iter().take(LINES) {
            let mut line = self.about(item, item.text("kind"));
            item.text("contribution").clone_into(&mut line.why);
            lines.push(line);
        }
        Ok(lines)
    }

    /// The three questions, which only what is on record answers.
    pub(super) fn questions_of_impact(&mut self) -> Result<Vec<Line>> {
        let all = self.impacts_of_month()?;
        let impacts: Vec<Impact> = all
            .iter()
            .filter_map(|item| {
                let kind = ImpactKind::parse(item.text("kind"))?;
                Some(Impact { kind, change: item.title().to_owned() })
            })
            .collect();
        let line = |question: &Question| {
            let answers = question.answers(&impacts);
            let is_open = answers == [NO_EVIDENCE];
            let (aside, why) =
                if is_open { (NO_EVIDENCE, String::new()) } else { ("", answers.join("; ")) };
            let (text, aside) = (question.words().to_owned(), aside.to_owned());
            Line { text, aside, why, ..Line::default() }
        };
        Ok(Question::ALL.iter().map(line).collect())
    }

    /// Metrics that are off track and whose newest figure nobody has explained in full.
    pub(super) fn off_track(&mut self) -> Result<Vec<Held>> {
        let fiscal = self.workspace.settings.fiscal_start_month;
        let glances = self.workspace.glances(MOST)?;
        let ids: Vec<ItemId> = glances.iter().map(|one| one.id).collect();
        let items = self.workspace.store.items(&ids)?;
        let parts = self.workspace.store.parts_but(&items, PartKind::Observation)?;
        let mut held = Vec::new();
        for glance in &glances {
            let Some(account) = glance.account.as_ref().filter(|one| one.is_off_track()) else {
                continue;
            };
            let period = account.newest.map(|one| one.period.key(fiscal)).unwrap_or_default();
            let own = parts.get(&glance.id).map_or(&[][..], Vec::as_slice);
            let is_told = |part: &Part| {
                let is_said = |name: &str| !part.text(name).trim().is_empty();
                part.text("period") == period
                    && ["notes", "market", "decide", "recommends"].iter().all(|name| is_said(name))
            };
            if of_kind(own, PartKind::Narrative).any(is_told) {
                continue;
            }
            let about = glance.reference.to_string();
            self.ids.insert(about.clone(), glance.id);
            let begun = of_kind(own, PartKind::Narrative).any(|part| part.text("period") == period);
            self.untold.insert(about.clone(), Untold { period, begun });
            let name = format!("{}: {}", glance.title, stands(account));
            held.push(Held { about, name, answer: None });
        }
        Ok(held)
    }

    /// Adoption, activation and retention with what each says.
    pub(super) fn bridge(&mut self) -> Result<Vec<Line>> {
        let glances = self.workspace.glances(MOST)?;
        let ids: Vec<ItemId> = glances.iter().map(|one| one.id).collect();
        let items = self.workspace.store.items(&ids)?;
        let mut lines = Vec::new();
        for glance in &glances {
            let item = items.iter().find(|item| item.id == glance.id);
            let known = item.and_then(|item| catalogue::find(item.text("catalogue")));
            let Some(account) = &glance.account else { continue };
            if !known.is_some_and(|known| BRIDGE.contains(&known.group)) {
                continue;
            }
            let mut line = self.line(glance.id, glance.reference.to_string());
            line.text.clone_from(&glance.title);
            line.aside = stands(account);
            line.why.clone_from(&account.course);
            lines.push(line);
        }
        lines.truncate(LINES);
        Ok(lines)
    }

    /// What several metrics say together, and which of the four recommendations follows.
    pub(super) fn signals(&mut self) -> Result<Vec<Line>> {
        let signals = self.workspace.readings()?.signals;
        let lines = signals.iter().take(LINES).map(|signal| Line {
            text: signal.fired.reading.to_owned(),
            aside: signal.fired.recommends.words().to_owned(),
            why: signal.inputs.join("; "),
            ..Line::default()
        });
        Ok(lines.collect())
    }

    pub(super) fn reopened(&mut self) -> Result<Vec<Line>> {
        let since = month_looked_at(self.workspace.clock.today());
        let all = self.workspace.store.reopenings()?;
        let time = since..=self.workspace.clock.today();
        let recent = all.iter().filter(|back| time.contains(&back.reopened_on));
        let mut names: Vec<String> = recent.map(|back| back.reference.to_string()).collect();
        names.dedup();
        let words = if names.len() == 1 { "decision was" } else { "decisions were" };
        let (count, since) = (names.len(), since.format("%-d %B"));
        let text = format!("{count} {words} reopened since {since}: {}", names.join(", "));
        Ok(if count == 0 { Vec::new() } else { vec![Line { text, ..Line::default() }] })
    }

    /// What happened outside, as metrics have it.
    pub(super) fn outside(&mut self) -> Result<Vec<Line>> {
        let mut lines = Vec::new();
        for glance in self.workspace.glances(MOST)? {
            if let Some(factor) = &glance.factor {
                let mut line = self.line(glance.id, glance.reference.to_string());
                line.text = format!("{factor} ({})", glance.title);
                lines.push(line);
            }
        }
        lines.truncate(LINES);
        Ok(lines)
    }

    /// How the days of the month were split, and how many of its weeks were over the limit.
    pub(super) fn bands(&mut self) -> Result<Vec<Line>> {
        let today = self.workspace.clock.today();
        let since = month_looked_at(today);
        let lived = self.workspace.lived_between(since, today)?;
        if lived.banded() == 0 {
            return Ok(Vec::new());
        }
        let weeks = self.workspace.past_weeks(Week::of(today), WEEKS)?;
        let weeks = weeks.iter().filter(|past| past.week.sunday() >= since);
        let over = weeks.filter(|past| past.verdict == Verdict::Breach).count();
        let shares: Vec<String> = Band::WORK
            .iter()
            .map(|band| format!("{} {}", band.letter(), lived.share(*band).in_tenths()))
            .collect();
        let text = format!("{}, {}", shares.join(" · "), ReportKind::Month.period(today));
        let noun = if over == 1 { "week" } else { "weeks" };
        let aside = if over == 0 { String::new() } else { format!("{over} {noun} in breach") };
        Ok(vec![Line { text, aside, ..Line::default() }])
    }

    /// What was said no to, and what was traded.
    pub(super) fn no_log(&mut self) -> Result<Vec<Line>> {
        let today = self.workspace.clock.today();
        let since = month_looked_at(today);
        let log = self.workspace.nos_and_trades()?;
        let time = since..=today;
        let recent = |item: &&Item| item.day("replied_on").is_some_and(|on| time.contains(&on));
        let mut lines = Vec::new();
        for request in log.traded.iter().filter(recent).take(LINES) {
            let mut line = self.about(request, format!("traded, {}", log.asker(request)));
            line.why = log.gave(request, today);
            lines.push(line);
        }
        for request in log.declined.iter().filter(recent).take(LINES) {
            let mut line = self.about(request, format!("declined, {}", log.asker(request)));
            request.text("reason").clone_into(&mut line.why);
            lines.push(line);
        }
        Ok(lines)
    }

    /// Open decisions that somebody else takes, in the order of decisions.
    pub(super) fn asked(&mut self) -> Result<Vec<Line>> {
        let asked = self.workspace.asked_of_others(LINES, |_| true)?;
        let ids: Vec<ItemId> = asked.iter().map(|one| one.id).collect();
        let records = self.workspace.records(&ids)?;
        let mut lines = Vec::new();
        for one in asked {
            let line = self.line(one.id, one.reference.to_string());
            let mut line = self.dated(line, &one.approver, one.signs.last_day);
            let record = records.iter().find(|record| record.item.id == one.id);
            line.why = record.map(recommended).unwrap_or_default();
            (line.text, line.driver) = (one.title.to_string(), one.driver.to_string());
            lines.push(line);
        }
        Ok(lines)
    }
}

/// `A: stay narrow, recommended; B: both tiers`, or what of it is missing.
fn recommended(record: &Record) -> String {
    let options = super::super::super::report::options(record);
    match (options.is_empty(), record.recommended()) {
        (true, _) => "no options yet".to_owned(),
        (false, Some(_)) => options.join("; "),
        (false, None) => format!("{}; none is recommended yet", options.join("; ")),
    }
}
