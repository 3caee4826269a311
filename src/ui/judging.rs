//! The swap test: every line in full with the rival whose name stands in it, and what was said.

use chrono::NaiveDate;
use ratatui::layout::Rect;

use super::menu::centred;
use super::pen::{Pen, wrap};
use super::theme::Role;
use crate::app::judging::{Judging, QUESTION};
use crate::app::mouse::Target;
use crate::domain::message::swap::Answer;
use crate::domain::shown::Shown;
use crate::ops::evidence::swap::{SwapLine, said};

/// The widest that a line is read with ease.
const WIDEST: u16 = 100;
/// Columns before a line.
const INDENT: u16 = 4;

pub fn draw(pen: &mut Pen<'_>, judging: &Judging, today: NaiveDate, area: Rect) {
    let width = WIDEST.min(area.width.saturating_sub(4));
    let room = usize::from(width.saturating_sub(4 + INDENT));
    let blocks: Vec<Vec<Shown>> =
        judging.lines.iter().map(|line| wrap(&Shown::line(&line.text), room)).collect();
    let all: usize = blocks.iter().map(|block| block.len() + 2).sum();
    let height = u16::try_from(all + 4).unwrap_or(u16::MAX).min(area.height.saturating_sub(4));
    let title = format!("Swap test · {}", judging.standing());
    let place = centred(area, width, height);
    pen.spot(place, Target::Popup);
    let inside = pen.boxed(place, &Shown::line(&title));
    pen.word(inside.x, inside.y, inside.width, QUESTION, Role::Muted);
    let body = Rect { y: inside.y + 2, height: inside.height.saturating_sub(2), ..inside };
    let mut y = body.y;
    let top = first(&blocks, judging.at, usize::from(body.height));
    for (at, words) in blocks.iter().enumerate().skip(top) {
        if y >= body.bottom() {
            break;
        }
        let room = Rect { y, height: body.bottom() - y, ..body };
        block(pen, &judging.lines[at], (at, words), today, room);
        if at == judging.at {
            pen.select(Rect { y, height: 1, ..body });
            let cursor = Shown::fixed(pen.theme.glyphs.cursor);
            pen.put(body.x.saturating_sub(1), y, 1, &cursor, Role::Accent);
        }
        y = y.saturating_add(u16::try_from(words.len() + 2).unwrap_or(2));
    }
}

/// The first line that is drawn, so that the one in question is in sight whole.
fn first(blocks: &[Vec<Shown>], at: usize, height: usize) -> usize {
    let mut first = 0;
    let tall = |from: usize| -> usize {
        blocks[from..=at.min(blocks.len().saturating_sub(1))].iter().map(|one| one.len() + 2).sum()
    };
    while first < at && tall(first) > height + 1 {
        first += 1;
    }
    first
}

/// One line: its number and its rival, what was said, and below it the line itself.
fn block(
    pen: &mut Pen<'_>,
    line: &SwapLine,
    (at, words): (usize, &[Shown]),
    today: NaiveDate,
    area: Rect,
) {
    let head = Rect { height: 1, ..area };
    pen.spot(head, Target::Entry(at));
    let number = (at + 1).to_string();
    pen.word(area.x, area.y, INDENT, &number, Role::Muted);
    let taken = pen.word(area.x + INDENT, area.y, area.width / 2, &line.rival, Role::Title);
    let role = match line.answer {
        None => Role::Muted,
        Some(Answer::Survives) => Role::Warn,
        Some(Answer::Ours) => Role::Ok,
    };
    let right = area.width.saturating_sub(INDENT + taken + 2);
    let said = Shown::line(&said(line.answer, line.on, today));
    pen.put_right(area.x + INDENT + taken + 2, area.y, right, &said, role);
    for (y, words) in (area.y + 1..area.bottom()).zip(words) {
        let row = Rect { y, height: 1, ..area };
        pen.spot(row, Target::Entry(at));
        pen.put(area.x + INDENT, y, area.width.saturating_sub(INDENT), words, Role::Plain);
    }
}
