//! The second line of every screen: how the running week is spent, against what it was meant to be.

use super::pen::Pen;
use super::theme::Role;
use crate::domain::day::show_minutes;
use crate::domain::week::Band;
use crate::domain::week::fit::deviations;
use crate::domain::week::share::percentages;
use crate::ops::week::Meter;

/// From here on there is room for bars.
const BARS: u16 = 88;
/// Cells of a bar that is as full as its target asks.
const FULL: u16 = 10;

/// What the figures of the three bands take at most where it is narrow.
const FIGURES: u16 = 28;

/// The role of a band.
#[must_use]
pub fn role(band: Band) -> Role {
    match band {
        Band::Strategic => Role::Strategic,
        Band::Execution => Role::Execution,
        Band::Reactive => Role::Reactive,
        Band::Off | Band::Unclassified => Role::Muted,
    }
}

/// Whether it has anything to say.
#[must_use]
pub fn is_lived(meter: &Meter) -> bool {
    let minutes = Band::WORK.map(|band| meter.actual.of(band));
    !meter.overload.is_empty() || percentages(&minutes).is_some()
}

/// Draws the meter into the line; nothing while nothing was logged.
pub fn draw(pen: &mut Pen<'_>, meter: &Meter, y: u16, width: u16) {
    let mut width = width;
    if !meter.overload.is_empty() {
        let wide = |text: &str| u16::try_from(text.chars().count()).unwrap_or(u16::MAX);
        let mut text = format!(" ! {} ", meter.overload);
        if wide(&text).saturating_add(FIGURES) > width {
            // The figures go before the words about them.
            text = format!(" ! {} ", meter.overload.split(' ').next().unwrap_or_default());
        }
        let needs = wide(&text);
        if needs + 2 < width {
            pen.word(width - needs - 1, y, needs, &text, Role::Warn);
            width -= needs + 1;
        }
    }
    let Some(shares) = percentages(&Band::WORK.map(|band| meter.actual.of(band))) else { return };
    let off = deviations(&meter.actual, meter.targets);
    let mut x = 1;
    let room = width - 1;
    for ((band, share), off) in Band::WORK.into_iter().zip(shares).zip(off) {
        let target = meter.targets.of(band);
        let letter = format!(" {} ", band.letter());
        x += pen.word(x, y, room.saturating_sub(x), &letter, role(band));
        if width >= BARS {
            // Upon the line, which goes on where the bar ends.
            x += FULL;
            let cells = filled(share, target).min(room.saturating_sub(x - FULL));
            let thick = pen.theme.glyphs.thick.repeat(usize::from(cells));
            let taken = pen.word(x - FULL, y, cells, &thick, role(band));
            x = (x - FULL + taken).max(x);
            x += pen.word(x, y, room.saturating_sub(x), " ", Role::Plain);
        }
        let figure = match band {
            Band::Reactive => format!("{share}/{target}"),
            Band::Strategic | Band::Execution | Band::Off | Band::Unclassified => share.to_string(),
        };
        x += pen.word(x, y, room.saturating_sub(x), &figure, role(band));
        let points = (off.tenths.abs() + 5) / 10;
        if points > 5 {
            let said = off.words();
            let said = said.get(1..).unwrap_or_default();
            let said = if width >= 80 { said } else { said.split(' ').nth(1).unwrap_or_default() };
            x += pen.word(x, y, room.saturating_sub(x), &format!(" {}", said.trim()), Role::Warn);
        }
        x += pen.word(x, y, room.saturating_sub(x), " ", Role::Plain);
    }
    let left = if meter.left < 0 {
        format!(" reactive over by {} ", show_minutes(-meter.left))
    } else {
        format!(" reactive left {} ", show_minutes(meter.left))
    };
    let needs = u16::try_from(left.chars().count()).unwrap_or(u16::MAX);
    if x.saturating_add(needs + 2) < width {
        pen.word(width - needs - 1, y, needs, &left, Role::Muted);
    }
}

/// Cells of a bar: as many as its target asks, and more where it is over.
fn filled(share: i64, target: i64) -> u16 {
    let cells = if target > 0 { share * i64::from(FULL) / target } else { 0 };
    u16::try_from(cells.clamp(0, 2 * i64::from(FULL))).unwrap_or(0)
}
