//! What sections are filled with out of the week: its blocks and what fits, its verdict, the memo,
//! the artefact.

use chrono::NaiveDate;

use crate::domain::artefact::slot::Slot;
use crate::domain::day::{show_clock, show_minutes};
use crate::domain::ritual::RitualKind;
use crate::domain::ritual::run::Line;
use crate::domain::verb::{Answer, Verb};
use crate::domain::week::escalation::Standing;
use crate::domain::week::stretch::Whence;
use crate::domain::week::{Band, Week};

use super::super::super::error::Result;
use super::super::super::op::Op;
use super::super::super::week::{WeekView, fill};
use super::super::super::workspace::Workspace;
use super::super::Filler;

impl Filler<'_> {
    /// The blocks that are left of the week, with how it is split and whether it fits.
    pub(super) fn blocks(&mut self) -> Result<Vec<Line>> {
        let today = self.workspace.clock.today();
        let seen = self.workspace.week(Week::of(today))?;
        self.notes.extend(split(&seen));
        let mut lines = Vec::new();
        let mut planned = seen.planned;
        planned.retain(|one| one.whence == Whence::Person && one.on >= today);
        for block in &planned {
            let mut line = self.line(block.id, block.reference.to_string());
            line.text.clone_from(&block.title);
            block.band.slug().clone_into(&mut line.guess);
            let length = show_minutes(block.minutes);
            line.aside = format!("{} {:>5}  {length:>6}", block.on.format("%a"), block.clock());
            lines.push(line);
        }
        self.planned = planned;
        Ok(lines)
    }

    /// How the week came out; a yes closes it.
    pub(super) fn verdict(&mut self) -> Result<Vec<Line>> {
        let week = Week::of(self.workspace.clock.today());
        let seen = self.workspace.week(week)?;
        let mut line = Line { text: seen.title(), aside: String::new(), ..Line::default() };
        line.why = seen.words();
        if let Some(closed) = &seen.closed {
            line.aside = format!("closed, {}", closed.verdict);
        } else {
            line.aside = format!("open, {}", seen.verdict);
            self.deed(&line, Op::CloseWeek { week, correction: None });
        }
        Ok(vec![line])
    }

    /// The escalation that is open; a yes drafts it, or says that it was sent.
    pub(super) fn escalation(&mut self) -> Result<Vec<Line>> {
        let overload = self.workspace.overload()?;
        let today = self.workspace.clock.today();
        if let Some(open) = &overload.open {
            let mut lines = Vec::new();
            for item in self.workspace.store.items(&[open.id])? {
                let mut line = self.about(&item, overload.words(today));
                if open.sent_on.is_none() {
                    let (items, answer) = (vec![open.id], Answer::default());
                    self.deed(&line, Op::Verb { items, verb: Verb::Send, answer });
                    "yes says that it is sent".clone_into(&mut line.why);
                }
                lines.push(line);
            }
            return Ok(lines);
        }
        if !matches!(overload.standing, Standing::Fires(_)) {
            return Ok(Vec::new());
        }
        let text = "The escalation memo".to_owned();
        let line = Line { text, aside: overload.words(today), ..Line::default() };
        self.deed(&line, Op::DraftEscalation);
        Ok(vec![line])
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
        Ok(Vec::new())
    }
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
    vec![format!("{planned}. {}.", seen.capacity().words())]
}

impl Workspace {
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
