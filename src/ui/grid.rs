//! A month to choose a day from: weeks with their ISO numbers, today marked, the chosen day under
//! the bar.

use chrono::Datelike;
use ratatui::layout::Rect;

use super::pen::Pen;
use super::theme::Role;
use crate::app::grid::Grid;
use crate::app::mouse::Target;
use crate::domain::day;
use crate::domain::shown::Shown;

/// Columns of a day, and of the week before it.
const DAY: u16 = 4;
const WEEK: u16 = 5;

pub fn draw(pen: &mut Pen<'_>, grid: &Grid, area: Rect) {
    let weeks = grid.weeks();
    let rows = u16::try_from(weeks.len()).unwrap_or(6);
    let (width, height) = ((WEEK + 7 * DAY + 4).min(area.width), rows + 5);
    let place = Rect {
        x: (area.width - width) / 2,
        y: area.height.saturating_sub(height + 3) / 2,
        width,
        height: height.min(area.height),
    };
    let inside = pen.boxed(place, &Shown::line(&grid.day.format("%B %Y").to_string()));
    for (at, name) in (0..).zip(["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"]) {
        pen.word(inside.x + WEEK + at * DAY + 1, inside.y, 2, name, Role::Muted);
    }
    for (y, week) in (inside.y + 1..inside.bottom()).zip(&weeks) {
        let number = format!("W{}", week[0].iso_week().week());
        pen.word(inside.x, y, WEEK - 1, &number, Role::Muted);
        for (at, date) in (0..).zip(week) {
            let x = inside.x + WEEK + at * DAY;
            let role = match date {
                date if *date == grid.today => Role::Focus,
                date if date.month() != grid.day.month() => Role::Muted,
                _ => Role::Plain,
            };
            // Today is marked without colour too.
            let mark = if *date == grid.today { "·" } else { " " };
            let text = format!("{mark}{:>2} ", date.day());
            pen.word(x, y, DAY, &text, role);
            pen.spot(Rect { x, y, width: DAY, height: 1 }, Target::Day(*date));
            if *date == grid.day {
                pen.select(Rect { x, y, width: DAY, height: 1 });
            }
        }
    }
    let echo = format!("{} · {}", day::echo(grid.day, grid.today), day::week_key(grid.day));
    let last = inside.bottom().saturating_sub(1);
    pen.word(inside.x, last, inside.width, &echo, Role::Ok);
}
