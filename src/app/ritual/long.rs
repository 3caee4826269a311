//! The lines of a long section that are at hand: which are wanted, and where the cursor goes when
//! they have come.

use std::ops::Range;

use super::{Place, Rite, place};
use crate::domain::item::ItemId;
use crate::domain::ritual::Asks;
use crate::domain::ritual::run::{Line, Verdict};
use crate::ops::ritual::{Brought, Wanted};

/// How far around the cursor lines are read ahead.
const AHEAD: usize = 60;

/// What is on its way, or to be asked.
#[derive(Debug, Clone, Default)]
pub struct Asked {
    /// Lines were asked for.
    is_under_way: bool,
    /// The rows that lost their verdict: the cursor goes to the first of them.
    sought: Vec<ItemId>,
    /// Whether the others were brought into line while nobody waits.
    is_lined: bool,
}

impl Rite {
    /// The lines of the open section that are wanted and not at hand, once; `height` is that of the
    /// screen.
    pub fn wants(&mut self, height: usize) -> Option<(String, Wanted)> {
        let section =
            self.section().filter(|_| self.minutes.is_none() && !self.asked.is_under_way)?;
        section.long.as_ref()?;
        let key = section.key.clone();
        let wanted = if self.asked.sought.is_empty() {
            let near = match section.asks {
                Asks::Verdicts => self.cursor..self.cursor + 1,
                _ => self.cursor.saturating_sub(height)..self.cursor + height,
            };
            if section.has(&near) {
                return None;
            }
            Wanted::Span(near.start.saturating_sub(AHEAD)..near.end + AHEAD)
        } else {
            Wanted::First(std::mem::take(&mut self.asked.sought))
        };
        self.asked.is_under_way = true;
        Some((key, wanted))
    }

    /// Lines have come.
    pub fn take(&mut self, brought: Brought) {
        self.asked.is_under_way = false;
        let is_here = self.section().is_some_and(|section| section.key == brought.section);
        if let Some(at) = brought.at.filter(|_| is_here) {
            self.cursor = at;
        }
        self.sitting.take(brought);
    }

    /// Whether the rest of a long standup is to be brought into line now, once.
    pub fn lines_up(&mut self) -> bool {
        let is_long = self.sitting.run.sections.iter().any(|section| section.long.is_some());
        is_long && !std::mem::replace(&mut self.asked.is_lined, true)
    }

    /// The place of the first line at hand that lost its verdict; one that is further off is sought.
    pub(super) fn lost(&mut self, was: &[(Place, Option<ItemId>)]) -> Option<usize> {
        self.asked = Asked::default();
        let section = self.section()?;
        let is_lost = |line: &Line| {
            let here = place(&section.key, line);
            line.verdict == Verdict::Open && was.iter().any(|(place, _)| *place == here)
        };
        if let Some(at) = section.lines.iter().position(is_lost) {
            return Some(section.from() + at);
        }
        let long = section.long.as_ref()?;
        let still = |about: &Option<String>| {
            long.said.values().any(|line| line.about == *about && line.verdict != Verdict::Open)
        };
        let lost = was.iter().filter(|((key, about, _), _)| *key == section.key && !still(about));
        self.asked.sought = lost.filter_map(|(_, id)| *id).collect();
        None
    }

    /// The span of lines that are told at once.
    #[must_use]
    pub fn at_hand(&self) -> Range<usize> {
        self.section().map_or(0..0, |section| {
            let from = section.from();
            from..from + section.lines.len()
        })
    }
}
