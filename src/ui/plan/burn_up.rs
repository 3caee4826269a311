//! The burn-up: what was expected by each day as a line, what was done as bars below it.

use ratatui::layout::Rect;

use super::super::pen::Pen;
use super::super::theme::Role;
use crate::domain::shown::Shown;
use crate::ops::plan::PlanView;

/// Columns of the figures at the left.
const FIGURES: u16 = 4;

pub fn draw(pen: &mut Pen<'_>, view: &PlanView, area: Rect) {
    let points = view.plan.burn_up(view.today);
    let whole = points.last().map_or(0, |point| point.expected).max(1);
    pen.word(area.x, area.y, area.width, "Burn-up", Role::Title);
    let block = pen.theme.glyphs.block;
    let legend = format!("{block} done  · expected, in weight");
    pen.put_right(area.x, area.y, area.width, &Shown::line(&legend), Role::Muted);
    let height = area.height.saturating_sub(2);
    let width = area.width.saturating_sub(FIGURES + 1);
    if height < 3 || width < 10 {
        return;
    }
    let level = |weight: i64| {
        let up = weight * i64::from(height) / whole;
        u16::try_from(up.clamp(0, i64::from(height))).unwrap_or(height)
    };
    let bottom = area.y + height;
    pen.put_right(area.x, area.y + 1, FIGURES, &Shown::line(&whole.to_string()), Role::Muted);
    pen.put_right(area.x, bottom, FIGURES, &Shown::fixed("0"), Role::Muted);
    for column in 0..width {
        let at = usize::from(column) * (points.len() - 1) / usize::from(width.max(2) - 1);
        let Some(point) = points.get(at) else { continue };
        let x = area.x + FIGURES + 1 + column;
        if let Some(done) = point.done {
            for up in 0..level(done) {
                pen.put(x, bottom - up, 1, &Shown::fixed(block), Role::Accent);
            }
        }
        let expected = level(point.expected);
        if expected > 0 && point.done.is_none_or(|done| level(done) < expected) {
            pen.word(x, bottom + 1 - expected, 1, "·", Role::Plain);
        }
    }
    let days = format!("day {}", points.last().map_or(0, |point| point.day));
    pen.word(area.x + FIGURES + 1, bottom + 1, width, "day 1", Role::Muted);
    pen.put_right(area.x, bottom + 1, area.width, &Shown::line(&days), Role::Muted);
}
