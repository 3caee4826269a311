//! How a screen is parted: where the detail stands and how much room the list has. Whoever scrolls
//! and whoever draws ask the same question here.

use crate::ops::today::{DayRoom, MOST_OUTCOMES};

use super::model::{DetailView, Model, Pane};

/// How the rows of a kind are laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Layout {
    #[default]
    Table,
    /// States as columns.
    Board,
}

impl Layout {
    /// Its name, as views and sessions keep it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Table => "table",
            Self::Board => "board",
        }
    }

    /// The layout of this name; the table for any other.
    #[must_use]
    pub fn named(name: &str) -> Self {
        if name == Self::Board.name() { Self::Board } else { Self::Table }
    }
}

/// Where the detail stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    Right,
    Below,
}

/// Narrowest screen with a detail at the right of the list.
pub const BESIDE: u16 = 80;
/// Narrowest screen with rows of one line; below it, down to `TWO_LINES`, a row has two.
pub const ONE_LINE: u16 = 80;
/// Narrowest screen with rows of two lines; below it only the essentials are shown.
pub const TWO_LINES: u16 = 60;
/// In less room than this a list beside a detail cuts every title; where the body is so high, the
/// detail stands below it and both have the whole width.
const SQUEEZED: u16 = 100;
const TALL: u16 = 19;
/// Lines above and below the body: tabs, two rules, status, hints.
const FRAME: u16 = 5;
/// Lowest body that has room for a detail below the list.
const LOWEST: u16 = 13;
/// Narrowest column of a board.
const LANE: u16 = 22;
/// From this height on there is a line of air between cards.
const AIRY: u16 = 24;
/// Beyond this a detail is no easier to read, and titles need the room.
const WIDEST_DETAIL: u16 = 84;
/// Lines of the outcomes below, with their heading, and with air and height to spare.
const OUTCOMES_BELOW: [usize; 2] = [2, 5];
/// Narrowest screen with a detail at the right of a board.
const BESIDE_BOARD: u16 = 160;

impl Model {
    /// Where the detail stands beside the list; `None` when it has no room or is not wanted.
    #[must_use]
    pub fn detail_side(&self) -> Option<Side> {
        if !self.place.has_pane() || self.list().teaches() {
            return None;
        }
        let body = self.height.saturating_sub(FRAME);
        let fits_below = body >= LOWEST && self.room() >= 40;
        match self.detail_view {
            DetailView::Beside if self.is_board() => {
                (self.room() >= BESIDE_BOARD).then_some(Side::Right)
            }
            DetailView::Beside if (BESIDE..SQUEEZED).contains(&self.room()) && body >= TALL => {
                Some(Side::Below)
            }
            DetailView::Beside if self.room() >= BESIDE => Some(Side::Right),
            // Where it is too narrow and there is height to spare.
            DetailView::Beside if self.room() >= TWO_LINES && body >= 2 * LOWEST => {
                Some(Side::Below)
            }
            DetailView::Below if fits_below => Some(Side::Below),
            DetailView::Beside | DetailView::Below | DetailView::Hidden | DetailView::Whole => None,
        }
    }

    /// Lines of the detail below the list, without the rule above it.
    #[must_use]
    pub fn detail_height(&self) -> u16 {
        (self.height.saturating_sub(FRAME) * 2 / 5).max(5)
    }

    /// Lines that the list has, its header among them.
    #[must_use]
    pub fn list_height(&self) -> u16 {
        let body = self.height.saturating_sub(FRAME);
        match self.detail_side() {
            Some(Side::Below) => body.saturating_sub(self.detail_height() + 1),
            Some(Side::Right) | None => body,
        }
    }

    /// Whether the rows stand as cards on a board.
    #[must_use]
    pub fn is_board(&self) -> bool {
        self.place.kind().is_some() && self.list().layout == Layout::Board
    }

    /// Columns of the list, where the detail stands at its right.
    #[must_use]
    pub fn list_width(&self) -> u16 {
        match (self.detail_side(), self.room()) {
            (Some(Side::Below) | None, width) => width,
            (Some(Side::Right), width @ 0..=99) => width * 62 / 100,
            (Some(Side::Right), width) => {
                (width * 58 / 100).max(width.saturating_sub(WIDEST_DETAIL))
            }
        }
    }

    /// States that stand side by side on a board.
    #[must_use]
    pub fn lanes_shown(&self) -> usize {
        let count = crate::ops::board::lanes(&self.list().query).len();
        usize::from(self.list_width() / LANE).clamp(1, count.max(1))
    }

    /// Lines of a card, the empty one below it among them.
    #[must_use]
    pub fn card_height(&self) -> u16 {
        if self.list_height() < AIRY { 3 } else { 4 }
    }

    /// Cards that fit into a column.
    #[must_use]
    pub fn cards(&self) -> usize {
        usize::from(self.list_height().saturating_sub(1) / self.card_height()).max(1)
    }

    /// Lines that Today has for its sections, without the outcomes, where they stand below.
    #[must_use]
    pub fn today_room(&self) -> usize {
        let outcomes = if self.has_live_beside() { 0 } else { self.outcomes_below() };
        usize::from(self.height.saturating_sub(FRAME)).saturating_sub(outcomes)
    }

    /// What Today has room for.
    #[must_use]
    pub fn day_room(&self) -> DayRoom {
        let outcomes = if self.has_live_beside() { 0 } else { MOST_OUTCOMES };
        DayRoom { lines: self.today_room(), outcomes }
    }

    fn outcomes_below(&self) -> usize {
        OUTCOMES_BELOW[usize::from(self.height.saturating_sub(FRAME) >= 2 * LOWEST)]
    }

    /// Outcomes that stand below Today's sections.
    #[must_use]
    pub fn outcomes_room(&self) -> usize {
        let below = self.outcomes_below();
        // A heading and, where there is height to spare, the air above it.
        if below > 2 { below - 2 } else { below - 1 }
    }

    /// Lines that a row takes.
    #[must_use]
    pub fn row_height(&self) -> u16 {
        let is_narrow = (TWO_LINES..ONE_LINE).contains(&self.room());
        if is_narrow && self.place.kind().is_some() { 2 } else { 1 }
    }

    /// Rows of the list that fit on the screen.
    #[must_use]
    pub fn rows(&self) -> usize {
        let header = u16::from(self.place.kind().is_some() && self.row_height() == 1);
        usize::from(self.list_height().saturating_sub(header) / self.row_height()).max(1)
    }

    /// Whether the detail stands beside the list.
    #[must_use]
    pub fn has_detail_beside(&self) -> bool {
        self.detail_side().is_some()
    }

    /// Whether the detail fills the screen.
    #[must_use]
    pub fn is_zoomed(&self) -> bool {
        self.detail_view == DetailView::Whole
    }

    /// Whether the keys scroll the detail.
    #[must_use]
    pub fn scrolls_detail(&self) -> bool {
        self.pane == Pane::Detail || self.is_zoomed()
    }

    /// Gives the detail the whole screen, or the place that it had before.
    pub fn zoom(&mut self) {
        self.detail_last = usize::MAX;
        if self.is_zoomed() {
            self.detail_view = self.detail_home;
        } else {
            self.detail_home = self.detail_view;
            self.detail_view = DetailView::Whole;
        }
    }

    /// The next place of the detail: right, below, hidden; what has no room is passed over.
    pub fn turn_detail(&mut self) {
        let order = [DetailView::Beside, DetailView::Below, DetailView::Hidden];
        self.detail_last = usize::MAX;
        let before = self.detail_side();
        let from = order.iter().position(|view| *view == self.detail_view).unwrap_or(0);
        for step in 1..=order.len() {
            self.detail_view = order[(from + step) % order.len()];
            if self.detail_side() != before {
                break;
            }
        }
        self.detail_home = self.detail_view;
    }
}
