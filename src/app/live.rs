//! The live pane of metrics: whether it is shown, how wide it is, and how many glances it asks for.
//! It stands at the right of every screen that is wide enough, and above narrower ones on request.

use super::effect::{Effect, Load};
use super::model::Model;
use super::prompt::understood;
use crate::domain::grammar::{Chip, ChipTone};
use crate::domain::metric::{Unit, typed};

/// Whether the live pane is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Live {
    /// Beside every screen that has room for it.
    #[default]
    Beside,
    Hidden,
    /// Above a screen that has no room beside.
    Over,
}

/// Narrowest screen with the pane at its right.
pub const LIVE_BESIDE: u16 = 120;
/// Columns of the pane, the line at its left among them.
const WIDTH: std::ops::RangeInclusive<u16> = 40..=50;
/// Narrowest list that says anything.
const ESSENTIALS: u16 = 40;
/// Glances that are asked for to so many lines: where some stand in full, no more have room.
const ASKED: (u16, u16) = (2, 5);
/// Most glances that are asked for.
const MOST: usize = 24;

impl Model {
    /// Whether the pane has its place beside the screen.
    #[must_use]
    pub fn has_live_beside(&self) -> bool {
        let has_any = self.expects_glances || !self.glances.is_empty();
        self.width >= LIVE_BESIDE && self.live != Live::Hidden && has_any
    }

    /// Whether the pane lies above the screen.
    #[must_use]
    pub fn has_live_over(&self) -> bool {
        self.width < LIVE_BESIDE && self.live == Live::Over
    }

    /// Columns that everything but the pane has.
    #[must_use]
    pub fn room(&self) -> u16 {
        let beside = self.width - self.live_width();
        // Where the essentials have room beside it, it covers nothing.
        let fits = self.has_live_over() && beside >= ESSENTIALS;
        if self.has_live_beside() || fits { beside } else { self.width }
    }

    /// Columns of the pane, its line among them.
    #[must_use]
    pub fn live_width(&self) -> u16 {
        (self.width / 4).clamp(*WIDTH.start(), *WIDTH.end()).min(self.width)
    }

    /// The question for what the pane shows, when it may be shown.
    #[must_use]
    pub fn ask_live(&self) -> Option<Effect> {
        let wide = self.width >= LIVE_BESIDE && self.live != Live::Hidden;
        (wide || self.has_live_over()).then(|| {
            let most = usize::from(self.height * ASKED.0 / ASKED.1).clamp(4, MOST);
            Effect::Load(Load::Live { most })
        })
    }

    /// Shows or hides the pane.
    pub fn turn_live(&mut self) {
        self.live = match (self.width >= LIVE_BESIDE, self.live) {
            (true, Live::Hidden) | (false, Live::Over) => Live::Beside,
            (true, Live::Beside | Live::Over) => Live::Hidden,
            (false, Live::Beside | Live::Hidden) => Live::Over,
        };
    }
}

/// The figure as it was understood, with its period.
pub(super) fn figure_chips(text: &str, unit: Unit) -> Vec<Chip> {
    if text.trim().is_empty() {
        let hint = if unit == Unit::Share { "31.2% or 7/12" } else { "a number" };
        return vec![
            understood(hint.to_owned()),
            understood("period: and note: as you like".to_owned()),
        ];
    }
    let read = typed::Line::read(&format!("m {text}"));
    match read.and_then(|line| typed::read(&line.figure, unit).map(|figure| (figure, line.period)))
    {
        Ok((figure, period)) => {
            let period = period.map(|period| understood(format!("for {period}")));
            std::iter::once(understood(unit.show_reading(figure))).chain(period).collect()
        }
        Err(refusal) => vec![Chip { label: refusal.what, tone: ChipTone::Wrong }],
    }
}
