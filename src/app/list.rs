//! The state of one list: which rows are loaded, where the cursor stands, what is marked. It
//! holds a window of a list that may be of any length; selection is by identity.

use std::collections::BTreeSet;

use crate::domain::item::ItemId;
use crate::domain::kind::Kind;
use crate::ops::ListQuery;
use crate::ops::page::{Requests, Stand};
use crate::store::NameTable;
use crate::store::listing::Closed;

use super::board::Board;
use super::layout::Layout;
use super::rows::Line;

/// One list.
#[derive(Debug, Clone)]
pub struct List {
    pub query: ListQuery,
    pub layout: Layout,
    /// The same by state, when it is laid out as a board.
    pub board: Board,
    /// The columns that were chosen, in their order; those of the noun when none were.
    pub columns: Option<Vec<&'static str>>,
    /// The loaded lines, from place `start`.
    pub lines: Vec<Line>,
    pub start: usize,
    pub total: usize,
    /// Open items of the kind, whatever the filter.
    pub open: usize,
    pub closed_matches: usize,
    pub warnings: Vec<String>,
    pub names: NameTable,
    pub cursor: usize,
    /// The place of the topmost drawn line.
    pub top: usize,
    pub marks: BTreeSet<ItemId>,
    /// What was marked when the operation under way was asked for; back again should it fail.
    pub spent: BTreeSet<ItemId>,
    /// Where a range of marks begins.
    pub anchor: Option<usize>,
    /// Whether an answer has come at all.
    pub loaded: bool,
    /// Grows with every question, so that a late answer is known as such.
    pub serial: u64,
    /// Where the cursor stood when the question under way was asked.
    pub asked: Option<usize>,
    /// The question for whose window more rows are on their way.
    pub more: Option<u64>,
    /// What the lines were read of, and for which question.
    pub seen: Option<(ListQuery, Stand)>,
    /// Where the cursor stood in the session before.
    pub resume: Option<ItemId>,
}

impl List {
    #[must_use]
    pub fn new(kind: Kind) -> Self {
        // A ritual is of interest once it is over.
        let closed = if kind == Kind::Ritual { Closed::Shown } else { Closed::Hidden };
        let requests = if kind == Kind::Asset { Requests::OnTop } else { Requests::Apart };
        Self {
            query: ListQuery { closed, requests, ..ListQuery::all(kind) },
            layout: Layout::Table,
            board: Board::default(),
            columns: None,
            lines: Vec::new(),
            start: 0,
            total: 0,
            open: 0,
            closed_matches: 0,
            warnings: Vec::new(),
            names: NameTable::default(),
            cursor: 0,
            top: 0,
            marks: BTreeSet::new(),
            spent: BTreeSet::new(),
            anchor: None,
            loaded: false,
            serial: 0,
            asked: None,
            more: None,
            seen: None,
            resume: None,
        }
    }

    /// The line at a place, when it is loaded.
    #[must_use]
    pub fn line(&self, place: usize) -> Option<&Line> {
        self.lines.get(place.checked_sub(self.start)?)
    }

    /// The line under the cursor.
    #[must_use]
    pub fn current(&self) -> Option<&Line> {
        match self.layout {
            Layout::Table => self.line(self.cursor).filter(|line| line.is_choosable()),
            Layout::Board => self.board.current(),
        }
    }

    #[must_use]
    pub fn selected(&self) -> Option<ItemId> {
        self.current().and_then(Line::id)
    }

    /// What an action is for: all marked, or the row under the cursor.
    #[must_use]
    pub fn targets(&self) -> Vec<ItemId> {
        if self.marks.is_empty() {
            return self.selected().into_iter().collect();
        }
        self.marks.iter().copied().collect()
    }

    /// Fills a list that is loaded whole, keeping the cursor on the item it was on.
    pub fn fill(&mut self, lines: Vec<Line>, names: NameTable) {
        let kept = self.selected().or(self.resume.take());
        self.total = lines.len();
        self.lines = lines;
        self.names = names;
        (self.start, self.loaded) = (0, true);
        let found = kept.and_then(|id| self.lines.iter().position(|line| line.id() == Some(id)));
        self.move_to(found.unwrap_or(self.cursor), Toward::Down);
        self.forget_gone_marks();
    }

    /// Puts the cursor on an item; whether it is loaded.
    pub fn select(&mut self, id: ItemId, cards: usize) -> bool {
        if self.layout == Layout::Board {
            return self.board.select(id, cards);
        }
        let found = self.lines.iter().position(|line| line.id() == Some(id));
        self.cursor = found.map_or(self.cursor, |at| self.start + at);
        found.is_some()
    }

    /// The marks have done what they were for, unless it fails.
    pub fn spend_marks(&mut self) {
        self.spent = std::mem::take(&mut self.marks);
        self.anchor = None;
    }

    fn forget_gone_marks(&mut self) {
        let lines = &self.lines;
        self.marks.retain(|id| lines.iter().any(|line| line.id() == Some(*id)));
    }

    /// Moves the cursor by rows; headings are stepped over.
    pub fn step(&mut self, by: isize) {
        let toward = if by < 0 { Toward::Up } else { Toward::Down };
        self.move_to(self.cursor.saturating_add_signed(by), toward);
    }

    /// Puts the cursor on a place, or the nearest one that can be chosen.
    pub fn move_to(&mut self, place: usize, toward: Toward) {
        let last = self.total.saturating_sub(1);
        let place = place.min(last);
        let mut candidates: Vec<usize> = match toward {
            Toward::Down => (place..=last).chain((0..place).rev()).take(64).collect(),
            Toward::Up => (0..=place).rev().chain(place..=last).take(64).collect(),
        };
        candidates.retain(|at| self.line(*at).is_none_or(Line::is_choosable));
        if let Some(found) = candidates.first() {
            self.cursor = *found;
        }
    }

    /// Whether rows that are in sight are missing and must be asked for.
    #[must_use]
    pub fn is_missing_rows(&self, height: usize) -> bool {
        self.top < self.start || self.end() < (self.top + height).min(self.total)
    }

    /// The place behind the last loaded row.
    #[must_use]
    pub fn end(&self) -> usize {
        self.start + self.lines.len()
    }

    /// Scrolls so that the cursor is on the screen, with a little room around it. At the edge it
    /// scrolls a quarter of the screen at once, so that most steps move nothing but the bar: less
    /// to follow for the eye, and for a slow line.
    pub fn scroll(&mut self, height: usize) {
        let room = 3.min(height.saturating_sub(1) / 2);
        let ahead = height / 4;
        if self.cursor < self.top + room {
            self.top = self.cursor.saturating_sub(room + ahead);
        } else if self.cursor + room + 1 > self.top + height {
            self.top = (self.cursor + room + 1 + ahead).saturating_sub(height);
        }
        self.top = self.top.min(self.total.saturating_sub(height));
        // The heading of the first line is part of it.
        if self.top == 1 && self.cursor <= height.saturating_sub(2) {
            self.top = 0;
        }
    }

    /// Scrolls without moving the cursor, as long as it stays on the screen.
    pub fn wheel(&mut self, by: isize, height: usize) {
        let last = self.total.saturating_sub(height);
        self.top = self.top.saturating_add_signed(by).min(last);
        let room = 3.min(height.saturating_sub(1) / 2);
        // At either end of the list the cursor may stand at the very edge.
        let low = if self.top == 0 { 0 } else { self.top + room };
        let high = (self.top + height).saturating_sub(room + 1);
        let high = if self.top == last { self.total.saturating_sub(1) } else { high };
        let place = self.cursor.clamp(low.min(high), high);
        if place != self.cursor {
            self.move_to(place, if by < 0 { Toward::Up } else { Toward::Down });
        }
    }

    /// Marks the row, or takes its mark away.
    pub fn toggle_mark(&mut self) {
        if let Some(id) = self.selected() {
            if !self.marks.remove(&id) {
                self.marks.insert(id);
            }
            self.anchor = Some(self.cursor);
        }
    }

    /// Marks from the last mark to the cursor, as far as it is loaded.
    pub fn mark_range(&mut self) {
        let anchor = self.anchor.unwrap_or(self.cursor);
        let (from, to) = (anchor.min(self.cursor), anchor.max(self.cursor));
        let ids: Vec<ItemId> = (from..=to).filter_map(|place| self.line(place)?.id()).collect();
        self.marks.extend(ids);
        self.anchor = Some(self.cursor);
    }

    /// The columns after ref and title, by priority.
    #[must_use]
    pub fn shown_columns(&self) -> &[&'static str] {
        self.columns.as_deref().unwrap_or(self.query.kind.noun().columns)
    }

    #[must_use]
    pub fn is_filtered(&self) -> bool {
        !self.query.filter.trim().is_empty()
    }

    /// Whether there is nothing at all to list, and the screen says how to begin.
    #[must_use]
    pub fn teaches(&self) -> bool {
        self.loaded && self.total == 0 && self.closed_matches == 0 && !self.is_filtered()
    }
}

/// Which way to look for a place that can be chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Toward {
    Up,
    Down,
}
