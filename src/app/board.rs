//! The state of a board: a window of each column, a cursor in each, and which column has the keys.
//! Selection is by identity here too; the counts stand for what is not loaded.

use std::ops::Range;

use crate::domain::item::ItemId;
use crate::domain::noun::State;
use crate::ops::board;

use super::rows::Line;

/// Cards loaded above and below those that are shown.
const MARGIN: usize = 20;

/// A column.
#[derive(Debug, Clone)]
pub struct Lane {
    pub state: &'static State,
    pub total: usize,
    /// The loaded cards, from place `start`.
    pub lines: Vec<Line>,
    pub start: usize,
    pub cursor: usize,
    /// The place of the topmost drawn card.
    pub top: usize,
}

/// A board.
#[derive(Debug, Clone, Default)]
pub struct Board {
    pub lanes: Vec<Lane>,
    /// The column that has the keys.
    pub at: usize,
    /// The leftmost column that is drawn.
    pub left: usize,
    /// What comes next is looked at from the beginning.
    begins: bool,
    /// A card has left, and another came under the cursor without anybody choosing it.
    pub is_strange: bool,
}

impl Lane {
    /// The card at a place, when it is loaded.
    #[must_use]
    pub fn line(&self, place: usize) -> Option<&Line> {
        self.lines.get(place.checked_sub(self.start)?)
    }

    /// Puts the cursor on a place, and the place on the screen.
    fn move_to(&mut self, place: usize, cards: usize) {
        self.cursor = place.min(self.total.saturating_sub(1));
        let lowest = self.cursor + 1;
        self.top = self.top.clamp(lowest.saturating_sub(cards), self.cursor);
        self.top = self.top.min(self.total.saturating_sub(cards));
    }

    fn is_missing(&self, cards: usize) -> bool {
        let end = (self.top + cards).min(self.total);
        self.top < self.start || end > self.start + self.lines.len()
    }
}

impl Board {
    #[must_use]
    pub fn lane(&self) -> Option<&Lane> {
        self.lanes.get(self.at)
    }

    /// The card under the cursor.
    #[must_use]
    pub fn current(&self) -> Option<&Line> {
        let lane = self.lane()?;
        lane.line(lane.cursor)
    }

    /// The card `by` places further down.
    #[must_use]
    pub fn beside(&self, by: isize) -> Option<&Line> {
        let lane = self.lane()?;
        lane.line(lane.cursor.checked_add_signed(by)?)
    }

    /// Moves the cursor within its column.
    pub fn step(&mut self, by: isize, cards: usize) {
        if by != 0 {
            self.is_strange = false;
        }
        if let Some(lane) = self.lanes.get_mut(self.at) {
            lane.move_to(lane.cursor.saturating_add_signed(by), cards);
        }
    }

    /// To the first or the last card of the column.
    pub fn jump(&mut self, to: usize, cards: usize) {
        self.is_strange = false;
        if let Some(lane) = self.lanes.get_mut(self.at) {
            lane.move_to(to, cards);
        }
    }

    /// Puts the cursor on a card; whether it is loaded.
    pub fn select(&mut self, id: ItemId, cards: usize) -> bool {
        let place = |lane: &Lane| {
            let at = lane.lines.iter().position(|line| line.id() == Some(id))?;
            Some(lane.start + at)
        };
        let found = self.lanes.iter().enumerate().find_map(|(at, lane)| Some((at, place(lane)?)));
        let Some((lane, place)) = found else { return false };
        self.at = lane;
        self.jump(place, cards);
        true
    }

    /// To the column beside; the cursor stays at its height.
    pub fn turn(&mut self, by: isize, cards: usize) {
        if by != 0 {
            self.is_strange = false;
        }
        let height = self.lane().map_or(0, |lane| lane.cursor - lane.top);
        let last = self.lanes.len().saturating_sub(1);
        let at = self.at.saturating_add_signed(by).min(last);
        if at == self.at {
            return;
        }
        self.at = at;
        if let Some(lane) = self.lanes.get_mut(at) {
            lane.move_to(lane.top + height, cards);
        }
    }

    /// Something else is looked for: what is found is looked at from the first card on.
    pub fn begin(&mut self) {
        self.begins = true;
        for lane in &mut self.lanes {
            (lane.cursor, lane.top) = (0, 0);
        }
    }

    /// Brings the column with the keys into sight.
    pub fn scroll(&mut self, shown: usize) {
        let most = self.lanes.len().saturating_sub(shown);
        self.left = self.left.clamp((self.at + 1).saturating_sub(shown), self.at).min(most);
    }

    /// Whether cards that are to be drawn are not loaded.
    #[must_use]
    pub fn is_missing(&self, shown: usize, cards: usize) -> bool {
        self.lanes.iter().skip(self.left).take(shown).any(|lane| lane.is_missing(cards))
    }

    /// The places of each column to ask for: those in sight, with some above and below.
    #[must_use]
    pub fn spans(&self, shown: usize, cards: usize) -> Vec<Range<usize>> {
        if self.lanes.is_empty() {
            return vec![0..cards + MARGIN; shown];
        }
        let seen = self.left.saturating_sub(1)..self.left + shown + 1;
        let span = |(at, lane): (usize, &Lane)| {
            if !seen.contains(&at) {
                return 0..0;
            }
            lane.top.saturating_sub(MARGIN)..lane.top + cards + MARGIN
        };
        self.lanes.iter().enumerate().map(span).collect()
    }

    /// Takes what was read; every column keeps its cursor, and a kept card has it.
    pub fn take(&mut self, read: board::Board, cards: usize) {
        let begins = std::mem::take(&mut self.begins) || self.lanes.is_empty();
        let had = self.lane().map(|lane| lane.state);
        let before = std::mem::take(&mut self.lanes);
        for lane in read.lanes {
            let old = before.iter().find(|old| old.state == lane.state);
            let mut new = Lane {
                state: lane.state,
                total: lane.total,
                lines: lane.rows.into_iter().map(Line::plain).collect(),
                start: lane.start,
                cursor: old.map_or(0, |old| old.cursor),
                top: old.map_or(0, |old| old.top),
            };
            new.move_to(new.cursor, cards);
            self.lanes.push(new);
        }
        let same = had.and_then(|state| self.lanes.iter().position(|lane| lane.state == state));
        self.at = same.unwrap_or(self.at).min(self.lanes.len().saturating_sub(1));
        if let Some((lane, place)) = read.kept {
            self.at = lane;
            self.jump(place, cards);
        } else if begins {
            self.at = self.lanes.iter().position(|lane| lane.total > 0).unwrap_or(0);
        }
    }

    /// How many cards there are.
    #[must_use]
    pub fn total(&self) -> usize {
        self.lanes.iter().map(|lane| lane.total).sum()
    }
}
