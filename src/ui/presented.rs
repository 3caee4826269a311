//! A review as it is presented: one section a screen, large and without keys; and, where it is gone
//! through, what holds a section.

use ratatui::layout::Rect;

use super::pen::{Pen, wrap};
use super::theme::Role;
use crate::app::ritual::Rite;
use crate::domain::ritual::run::{Held, HoldAnswer, Line, Progress, Verdict};
use crate::domain::shown::Shown;

/// The widest that is read from across a room.
const WIDEST: u16 = 96;
/// How a figure that holds a section is let go.
const WAY: &str = "enter explains, w waives";

/// The slide at this place.
pub fn draw(pen: &mut Pen<'_>, rite: &Rite, at: usize, body: Rect) {
    let slides = rite.slides();
    let Some(section) = slides.get(at) else { return };
    let inset = if body.width >= 80 { 6 } else { 2 };
    let inside = Rect {
        x: inset,
        y: body.y + 2,
        width: body.width.min(WIDEST).saturating_sub(2 * inset),
        height: body.height.saturating_sub(3),
    };
    let place = Shown::line(&format!("{} of {}", at + 1, slides.len()));
    pen.put(inside.x, inside.y, inside.width, &Shown::line(&section.title), Role::Title);
    pen.put_right(inside.x, inside.y, inside.width, &place, Role::Muted);
    let lines = told(section, usize::from(inside.width));
    let room = usize::from(inside.height.saturating_sub(3));
    let top = rite.top.min(lines.len().saturating_sub(room));
    for ((text, role), y) in lines.iter().skip(top).zip(inside.y + 2..inside.bottom() - 1) {
        pen.put(inside.x, y, inside.width, text, *role);
    }
    let more = lines.len().saturating_sub(top + room);
    if more > 0 {
        let more = Shown::line(&format!("{more} more, j"));
        pen.put_right(inside.x, inside.bottom() - 1, inside.width, &more, Role::Muted);
    }
}

/// What stays of a section: a thought each, with what is known beside it below.
fn told(section: &Progress, width: usize) -> Vec<(Shown, Role)> {
    let mut lines = Vec::new();
    let mut add = |text: &str, role: Role| {
        lines.extend(wrap(&Shown::line(text), width).into_iter().map(|line| (line, role)));
    };
    for note in &section.notes {
        add(note, Role::Plain);
    }
    for held in &section.held {
        add(&format!("! {} {}", held.about, held.name), Role::Warn);
        if let Some(answer) = &held.answer {
            add(&format!("  {}", answer.words()), Role::Muted);
        }
    }
    let stays = |line: &&Line| line.verdict != Verdict::Dropped;
    for line in section.lines.iter().filter(stays) {
        let about = line.about.as_deref().map(|about| format!("{about} ")).unwrap_or_default();
        add(&format!("{about}{}", line.text), Role::Plain);
        let aside = line.aside.split_whitespace().collect::<Vec<_>>().join(" ");
        let beside = [aside, line.why.clone(), line.words.clone()];
        let beside: Vec<String> = beside.into_iter().filter(|one| !one.is_empty()).collect();
        if !beside.is_empty() {
            add(&format!("  {}", beside.join(" · ")), Role::Muted);
        }
    }
    if lines.is_empty() {
        lines.push((Shown::fixed("Nothing on record."), Role::Muted));
    }
    lines
}

/// The figures that hold a section, and how they were let go; answers where it goes on below.
pub fn holds(pen: &mut Pen<'_>, section: &Progress, area: Rect) -> u16 {
    let (mut y, width) = (area.y, usize::from(area.width));
    let told = |held: &Held, way: &str| {
        let answer = held.answer.as_ref().map(HoldAnswer::words);
        let (mark, words) = answer.map_or(("! ", way.to_owned()), |words| ("  ", words));
        let colon = if words.is_empty() { "" } else { ": " };
        Shown::line(&format!("{mark}{} {}{colon}{words}", held.about, held.name))
    };
    // The keys below tell the way too: where it does not fit, the figure is told whole.
    let is_wide = |held: &Held| held.answer.is_none() && told(held, WAY).width() > width;
    let way = if section.held.iter().any(is_wide) { "" } else { WAY };
    for held in &section.held {
        if y + 3 >= area.bottom() {
            break;
        }
        let role = if held.answer.is_some() { Role::Muted } else { Role::Warn };
        pen.put(area.x, y, area.width, &super::pen::fitted(&told(held, way), width), role);
        y += 1;
    }
    y
}
