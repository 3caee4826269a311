//! What sections are filled with out of the week: its blocks and what fits, its verdict, the memo,
//! the artefact.

use chrono::NaiveDate;

use crate::domain::artefact::slot::Slot;
use crate::domain::day::{show_clock, show_minutes};
use crate::domain::item::Ref;
use crate::domain::ritual::run::Line;
use crate::domain::ritual::{Asks, RitualKind, Run};
use crate::domain::verb::{Answer, Verb};
use crate::domain::week::escalation::Standing;
use crate::domain::week::letter::listed;
use crate::domain::week::share::percentages;
use crate::domain::week::stretch::{Stretch, Whence};
use crate::domain::week::{Band, Week};
use crate::ops::escalation::Burden;
use crate::store::lookup::Lookup;

use super::super::super::error::Result;
use super::super::super::op::Op;
use super::super::super::week::gaps::Instance;
use super::super::super::week::{WeekView, fill};
use super::super::super::workspace::Workspace;
use super::super::Filler;
use super::super::answers::choice::SENT;

impl Filler<'_> {
    /// The blocks that are left of the week, with how it is split and whether it fits.
    pub(super) fn blocks(&mut self) -> Result<Vec<Line>> {
        let today = self.workspace.clock.today();
        let seen = self.workspace.week(Week::of(today))?;
        self.notes.extend(split(&seen));
        let mut lines = Vec::new();
        let all = seen.planned.clone();
        let mut planned = seen.planned;
        planned.retain(|one| one.whence == Whence::Person && one.on >= today);
        let mut twice = Vec::new();
        for block in &planned {
            let mut line = self.line(block.id, block.reference.to_string());
            line.text.clone_from(&block.title);
            block.band.slug().clone_into(&mut line.guess);
            line.aside = beside(block.on, &block.clock(), block.minutes);
            let over: Vec<String> = all.iter().filter_map(|one| over(block, one)).collect();
            if !over.is_empty() {
                line.why = format!("over {}", over.join(", "));
                twice.push(block.reference.to_string());
            }
            lines.push(line);
        }
        if !twice.is_empty() {
            let words = listed(&twice);
            self.notes.push(format!("! Booked twice, which counts once and is not free: {words}."));
        }
        self.planned = planned;
        Ok(lines)
    }

    /// How the week came out; a yes closes it.
    pub(super) fn verdict(&mut self) -> Result<Vec<Line>> {
        let week = Week::of(self.workspace.clock.today());
        let seen = self.workspace.week(week)?;
        let mut line = Line { text: seen.title(), aside: String::new(), ..Line::default() };
        self.notes.push(seen.words());
        if let Some(closed) = &seen.closed {
            line.aside = format!("closed, {}", closed.verdict);
        } else {
            let ahead = self.workspace.minutes_ahead_today()?;
            if ahead > 0 {
                let ahead = show_minutes(ahead);
                self.notes.push(format!(
                    "! Today still holds {ahead} of blocks; closed now, the week goes without them."
                ));
            }
            line.aside = format!("open, {}", seen.verdict);
            self.deed(&line, Op::CloseWeek { week, correction: None });
        }
        line.lasting = format!("closed, {}{}", seen.verdict, bar(&seen));
        Ok(vec![line])
    }

    /// The memo that waits, with its text: it stays a draft unless somebody says that it went out.
    pub(super) fn escalation(&mut self) -> Result<Vec<Line>> {
        let overload = self.workspace.overload()?;
        let today = self.workspace.clock.today();
        let plain = |text: &str, aside: &str| Line {
            text: text.to_owned(),
            aside: aside.to_owned(),
            ..Line::default()
        };
        let Some(open) = overload.open else {
            if !matches!(overload.standing, Standing::Fires(_)) {
                return Ok(Vec::new());
            }
            self.notes.push(format!("{}.", overload.words(today)));
            let drafts = plain("It is drafted", "for you to read");
            self.deed(&drafts, Op::DraftEscalation(Burden::Mine));
            return Ok(vec![drafts, plain("It is left", "no memo")]);
        };
        let Some(item) = self.workspace.store.items(&[open.id])?.pop() else {
            return Ok(Vec::new());
        };
        let text = item.text("memo").lines().map(str::trim).filter(|line| !line.is_empty());
        self.notes.extend(text.map(str::to_owned));
        let mut sent = self.about(&item, SENT);
        let to = item.text("to");
        if !to.is_empty() {
            sent.why = format!("to {to}");
        }
        let (items, answer) = (vec![open.id], Answer::default());
        self.deed(&sent, Op::Verb { items, verb: Verb::Send, answer });
        let stays = format!("{} stays a draft", item.reference);
        Ok(vec![plain(&stays, "nobody is told"), sent])
    }

    /// The slot of the week; on a Friday a yes says that the newest draft shipped.
    pub(super) fn artefact(&mut self) -> Result<Vec<Line>> {
        let today = self.workspace.clock.today();
        let rhythm = self.workspace.rhythm()?;
        let drafted = self.workspace.store.drafted()?;
        let mut drafts = self.workspace.store.items(&drafted)?;
        drafts.sort_by_key(|item| std::cmp::Reverse(item.created_at));
        if self.kind == RitualKind::Friday {
            let text = format!("The artefact of {}", &rhythm.week.to_string()[5..]);
            let mut slot = Line { text, aside: rhythm.words(today), ..Line::default() };
            if matches!(rhythm.slot, Slot::Shipped { .. }) {
                return Ok(vec![slot]);
            }
            let Some(draft) = drafts.first() else { return Ok(vec![slot]) };
            match Verb::Ship.refusal(draft) {
                None => {
                    slot = self.about(draft, "drafted");
                    slot.why = rhythm.words(today);
                    let (items, answer) = (vec![draft.id], Answer::default());
                    self.deed(&slot, Op::Verb { items, verb: Verb::Ship, answer });
                }
                Some(refusal) => {
                    slot.why = refusal.what;
                }
            }
            return Ok(vec![slot]);
        }
        self.notes.push(format!("This week: {}.", rhythm.words(today)));
        // What is drafted already is what will ship, unless somebody drops it or types another.
        let draft = drafts.first().filter(|_| self.kind == RitualKind::Monday);
        Ok(draft.map(|draft| self.about(draft, "drafted")).into_iter().collect())
    }
}

/// `Thu 12:30    45 m`: when it is and how long, beside a row of time.
pub(super) fn beside(on: NaiveDate, clock: &str, minutes: i64) -> String {
    format!("{} {clock:>5}  {:>6}", on.format("%a"), show_minutes(minutes))
}

/// `k70 by 1 h`: what lies at the same time, and how much of it.
fn over(block: &Stretch, other: &Stretch) -> Option<String> {
    let (from, to) = block.at.zip(block.end())?;
    let (began, ended) = other.at.zip(other.end())?;
    let shared = to.min(ended) - from.max(began);
    let is_other = other.id != block.id && other.on == block.on;
    (is_other && shared > 0).then(|| format!("{} by {}", other.reference, show_minutes(shared)))
}

/// `; S 38 · E 45 · R 17 against 40/40/20, 28 h 25 lived`; nothing without time.
fn bar(seen: &WeekView) -> String {
    let all = Band::WORK.map(|band| seen.actual.of(band));
    let Some(shares) = percentages(&all) else { return String::new() };
    let shares = Band::WORK.into_iter().zip(shares);
    let shares: Vec<String> =
        shares.map(|(band, share)| format!("{} {share}", band.letter())).collect();
    let meant = Band::WORK.map(|band| seen.terms.targets.of(band).to_string()).join("/");
    let lived = show_minutes(seen.actual.worked());
    format!("; {} against {meant}, {lived} lived", shares.join(" \u{b7} "))
}

/// `12 h planned: S 40.0% · E 38.5% · R 21.5%`, and what is left or too much.
fn split(seen: &WeekView) -> Vec<String> {
    let shares: Vec<String> = Band::WORK
        .iter()
        .map(|band| {
            let minutes = show_minutes(seen.plan.of(*band));
            format!("{} {minutes}, {}", band.letter(), seen.plan.share(*band).in_tenths())
        })
        .collect();
    let planned = match seen.plan.banded() {
        0 => "Nothing is planned in a band yet".to_owned(),
        _ => format!("Planned: {}", shares.join(" · ")),
    };
    let room = super::super::step::capitalised(&seen.capacity().words_with(seen.ahead));
    vec![format!("{planned}. {room}.")]
}

impl Workspace {
    /// The run with the time beside the rows of which something was said: they are offered no more.
    pub(in crate::ops::ritual) fn with_times(&self, mut run: Run) -> Result<Run> {
        let asked = run.sections.iter_mut().filter(|section| section.asks == Asks::Bands);
        for line in asked.flat_map(|section| &mut section.lines) {
            let Some(about) = line.about.as_deref().filter(|_| line.aside.is_empty()) else {
                continue;
            };
            if let Some(Instance { on, at, minutes }) = Instance::named(about) {
                line.aside = beside(on, &show_clock(at), minutes);
                continue;
            }
            let id = Ref::parse(about).map(|row| self.store.by_ref(row)).transpose()?.flatten();
            let item = id.map(|id| self.store.item(id)).transpose()?.flatten();
            if let Some((item, on)) = item.and_then(|item| item.day("on").map(|on| (item, on))) {
                let minutes = item.whole("minutes").unwrap_or(0);
                line.aside = beside(on, item.text("at"), minutes);
            }
        }
        Ok(run)
    }

    /// Starts of free time of this length from now to the end of the week, one behind the other.
    pub(super) fn free_quarters(&self, minutes: i64) -> Result<Vec<(NaiveDate, String)>> {
        let now = self.clock.local();
        let seen = self.week(Week::of(now.date()))?;
        let mut starts = Vec::new();
        for span in fill::free(&seen, now) {
            let start = span.start.naive_utc();
            let at = i64::from(chrono::Timelike::num_seconds_from_midnight(&start)) / 60;
            let fit = (0..span.minutes / minutes).map(|turn| at + turn * minutes);
            starts.extend(fit.map(|at| (start.date(), show_clock(at))));
        }
        Ok(starts)
    }
}
