//! A section of more lines than are kept at hand: a standup over thousands of rows holds those near
//! the cursor and those of which something was said, and knows how many there are.

use std::collections::BTreeMap;
use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::run::{Line, Progress, SectionState, Verdict};

/// What a long section knows beside the lines at hand.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Long {
    /// How many lines it has.
    pub all: usize,
    /// The place of the first one at hand.
    pub from: usize,
    /// Those of which something was said, by their places.
    pub said: BTreeMap<usize, Line>,
    /// Whether the others were kept all together.
    pub kept: bool,
}

impl Progress {
    /// How many lines there are, at hand or not.
    #[must_use]
    pub fn count(&self) -> usize {
        self.long.as_ref().map_or(self.lines.len(), |long| long.all)
    }

    /// The place of the first line at hand.
    #[must_use]
    pub fn from(&self) -> usize {
        self.long.as_ref().map_or(0, |long| long.from)
    }

    /// The line at a place, where it is at hand.
    #[must_use]
    pub fn line(&self, at: usize) -> Option<&Line> {
        self.lines.get(at.checked_sub(self.from())?)
    }

    /// Whether all lines of these places are at hand.
    #[must_use]
    pub fn has(&self, span: &Range<usize>) -> bool {
        let from = self.from();
        span.start >= from && span.end.min(self.count()) <= from + self.lines.len()
    }

    /// Whether nothing was said of the line at a place.
    #[must_use]
    pub fn is_open(&self, at: usize) -> bool {
        let is_open = |line: &Line| line.verdict == Verdict::Open;
        match &self.long {
            Some(long) => !long.kept && long.said.get(&at).is_none_or(is_open),
            None => self.lines.get(at).is_some_and(is_open),
        }
    }

    /// The first line from a place on of which nothing was said.
    #[must_use]
    pub fn open_from(&self, at: usize) -> Option<usize> {
        (at..self.count()).find(|at| self.is_open(*at))
    }

    /// Of how many lines something was said.
    #[must_use]
    pub fn judged(&self) -> usize {
        let is_judged = |line: &&Line| line.verdict != Verdict::Open;
        match &self.long {
            Some(long) if long.kept => long.all,
            Some(long) => long.said.values().filter(is_judged).count(),
            None => self.lines.iter().filter(is_judged).count(),
        }
    }

    /// Takes note of what was said of the line at this place among those at hand.
    pub(super) fn noted(&mut self, at: usize) {
        let Some(long) = &mut self.long else { return };
        long.said.insert(long.from + at, self.lines[at].clone());
    }

    /// A section that has lines beyond those at hand, which begin it.
    #[must_use]
    pub fn going_on(mut self, beyond: usize) -> Self {
        if beyond > 0 {
            self.long = Some(Long { all: self.lines.len() + beyond, ..Long::default() });
        }
        self
    }

    /// How many lines lie beyond those at hand.
    pub(super) fn beyond(&self) -> usize {
        self.count() - self.lines.len()
    }

    /// What was said of the first lines, and how many there are by now.
    pub(super) fn begun(&mut self, judged: usize, beyond: usize) {
        let Some(long) = &mut self.long else { return };
        (long.all, long.from) = (self.lines.len() + beyond, 0);
        long.said = self.lines.iter().take(judged).cloned().enumerate().collect();
        long.kept = self.state == SectionState::Done;
    }

    /// These lines are at hand from now on, with what was said of them.
    pub fn bring(&mut self, from: usize, lines: Vec<Line>) {
        let Some(long) = &mut self.long else { return };
        let kept = long.kept;
        let told = lines.into_iter().zip(from..).map(|(mut line, at)| {
            if kept {
                line.verdict = Verdict::Kept;
            }
            long.said.get(&at).cloned().unwrap_or(line)
        });
        self.lines = told.collect();
        long.from = from;
    }
}
