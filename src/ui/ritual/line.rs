//! One line of a section: what it is about, what stands beside it, and below it what has no room in
//! its row.

use ratatui::layout::Rect;

use super::super::meter;
use super::super::pen::{self, Pen, wrap};
use super::super::theme::Role;
use crate::domain::ritual::Asks;
use crate::domain::ritual::run::{Line, Progress, Verdict};
use crate::domain::shown::Shown;
use crate::domain::week::Band;

/// Wider than this there is room for why a line is there.
const WIDE: u16 = 76;
/// Least room for it.
const LEAST: u16 = 14;
/// Most lines that the one under the cursor takes below its row, where not all are seen whole.
const MOST: usize = 4;
/// How far what stands below is set in.
const INSET: u16 = 2;

/// Where the text of a line begins.
fn start(line: &Line) -> u16 {
    if line.about.as_deref().unwrap_or("").is_empty() { 0 } else { 6 }
}

/// What of each line has no room in its row, in lines below it: of the one under the cursor, and of
/// the others as far as there is room.
pub(super) fn below(
    section: &Progress,
    (side, width): (u16, u16),
    (cursor, height): (usize, usize),
) -> Vec<Vec<Shown>> {
    let all: Vec<Vec<Shown>> =
        section.lines.iter().map(|line| rest(section.asks, line, side, width)).collect();
    // The one under the cursor says all of itself; the room that is left is for the others.
    let mut free = height.saturating_sub(section.count().max(1));
    let of_cursor = free.max(MOST.min(height.saturating_sub(1)));
    let mut below: Vec<Vec<Shown>> = vec![Vec::new(); all.len()];
    let cursor = cursor.checked_sub(section.from()).unwrap_or(usize::MAX);
    let first = all.len().min(cursor);
    let order = std::iter::once(first).chain((0..all.len()).filter(|at| *at != first));
    for at in order.filter(|at| *at < all.len()) {
        let most = if at == cursor { of_cursor } else { free };
        if at == cursor || all[at].len() <= most {
            below[at] = all[at].iter().take(most).cloned().collect();
            free = free.saturating_sub(below[at].len());
        }
    }
    below
}

fn rest(asks: Asks, line: &Line, side: u16, width: u16) -> Vec<Shown> {
    match asks {
        Asks::Bands | Asks::Levels | Asks::Verdicts => return Vec::new(),
        Asks::Lines | Asks::Choice | Asks::Blocks | Asks::Figures | Asks::Confirmation => {}
    }
    let wide = |text: &str| u16::try_from(Shown::line(text).width()).unwrap_or(u16::MAX);
    let room = width.saturating_sub(start(line) + side + u16::from(side > 0));
    let (text, aside, why) = (wide(&line.text), wide(&line.aside), wide(&line.why));
    let has_room = width >= WIDE && room > text.saturating_add(LEAST) && why + 2 <= room - text;
    let hidden = [
        (text > room, line.text.as_str()),
        (aside > side, line.aside.as_str()),
        (why > 0 && !has_room, line.why.as_str()),
    ];
    let hidden: Vec<&str> =
        hidden.into_iter().filter_map(|(is_cut, words)| is_cut.then_some(words)).collect();
    if hidden.is_empty() {
        return Vec::new();
    }
    let width = usize::from(width.saturating_sub(start(line) + INSET));
    wrap(&Shown::line(&hidden.join(" \u{b7} ")), width)
}

/// How wide what stands beside the lines is: as wide as the longest, up to two fifths.
pub(super) fn aside_width(section: &Progress, width: u16) -> u16 {
    if width < 56 {
        return 0;
    }
    let longest = section.lines.iter().map(|line| Shown::line(&line.aside).width()).max();
    let longest = u16::try_from(longest.unwrap_or(0)).unwrap_or(u16::MAX);
    // What the lines themselves leave free is free for what stands beside them.
    let text = section.lines.iter().map(|line| Shown::line(&line.text).width()).max();
    let text = u16::try_from(text.unwrap_or(0)).unwrap_or(u16::MAX);
    let free = width.saturating_sub(text.saturating_add(10));
    longest.clamp(22, (width * 2 / 5).max(free).max(22))
}

/// Draws a line, and below it what has no room in its row.
pub(super) fn draw(
    pen: &mut Pen<'_>,
    (asks, side): (Asks, u16),
    (line, below): (&Line, &[Shown]),
    row: Rect,
) {
    let inset = start(line) + INSET;
    for (rest, y) in below.iter().zip(row.y + 1..) {
        pen.put(row.x + inset, y, row.width.saturating_sub(inset), rest, Role::Muted);
    }
    if asks == Asks::Bands {
        draw_band(pen, line, row);
        return;
    }
    let reference = line.about.as_deref().unwrap_or("");
    let start = start(line);
    pen.word(row.x, row.y, start, reference, Role::Muted);
    let aside = Shown::line(&line.aside);
    let room = row.width.saturating_sub(start + side + u16::from(side > 0));
    let (role, words) = match (line.verdict, asks) {
        (Verdict::Answered, Asks::Choice) => (Role::Title, "chosen"),
        (Verdict::Answered, Asks::Levels) => {
            draw_level(pen, line, row);
            return;
        }
        (Verdict::Dropped, Asks::Choice) if line.words.is_empty() => (Role::Plain, ""),
        (Verdict::Dropped, _) => (Role::Muted, "dropped"),
        (Verdict::Added, _) => (Role::Plain, "added"),
        (_, Asks::Figures) => (Role::Plain, line.words.as_str()),
        (Verdict::Open | Verdict::Kept | Verdict::Answered, _) => (Role::Plain, ""),
    };
    let text = Shown::line(&line.text);
    let taken = pen.put(row.x + start, row.y, room, &text, role);
    if !line.why.is_empty() && below.is_empty() && row.width >= WIDE && room > taken + LEAST {
        let why = pen::fitted(&Shown::line(&line.why), usize::from(room - taken - 2));
        pen.put(row.x + start + taken + 2, row.y, room - taken - 2, &why, Role::Muted);
    }
    if asks == Asks::Blocks && side > 0 {
        let band = Band::parse(&line.guess).unwrap_or(Band::Unclassified);
        let letter = band.letter().to_string();
        pen.word(row.right().saturating_sub(side + 3), row.y, 1, &letter, meter::role(band));
    }
    if words.is_empty() {
        pen.put(row.right().saturating_sub(side), row.y, side, &aside, Role::Muted);
    } else {
        pen.put_right(row.x, row.y, row.width, &Shown::line(words), Role::Muted);
    }
}

/// `Do weeks start from outcomes?   3; work tied to outcomes is 41.0%, below 70%`.
fn draw_level(pen: &mut Pen<'_>, line: &Line, row: Rect) {
    // Which figures the file has nothing of is told in the minutes.
    let words = line.words.split(" to check it by").next().unwrap_or(&line.words);
    let words = Shown::line(words);
    let is_fine = !line.words.contains("is ");
    let role = if is_fine { Role::Ok } else { Role::Warn };
    let room = row.width.saturating_sub(u16::try_from(words.width()).unwrap_or(0) + 2);
    let room = room.max(row.width / 2);
    pen.put(row.x, row.y, room, &Shown::line(&line.text), Role::Plain);
    let side = row.width.saturating_sub(room + 1);
    let words = pen::fitted(&words, usize::from(side));
    pen.put_right(row.x + room + 1, row.y, side, &words, role);
}

/// `Mon 09:30  40 m  Deal desk     R reactive   word “deal”`.
fn draw_band(pen: &mut Pen<'_>, line: &Line, row: Rect) {
    let aside = Shown::line(&line.aside);
    let wide = u16::try_from(aside.width()).unwrap_or(18);
    pen.put(row.x, row.y, wide, &aside, Role::Muted);
    let why = if row.width >= WIDE { 24 } else { 0 };
    let band_at = row.right().saturating_sub(why + 14);
    let title_at = row.x + wide + 2;
    let room = band_at.saturating_sub(title_at + 1);
    pen.put(title_at, row.y, room, &Shown::line(&line.text), Role::Plain);
    if !line.words.is_empty() {
        let said = line.words.split(',').next().unwrap_or("");
        pen.word(band_at, row.y, 14, said, Role::Ok);
        pen.put_right(row.x, row.y, row.width, &Shown::fixed(pen.theme.glyphs.tick), Role::Ok);
        return;
    }
    match Band::parse(&line.guess).filter(|band| *band != Band::Unclassified) {
        Some(band) => {
            let letter = band.letter().to_string();
            pen.word(band_at, row.y, 1, &letter, meter::role(band));
            pen.word(band_at + 2, row.y, 12, band.slug(), meter::role(band));
        }
        None => {
            pen.word(band_at, row.y, 14, "? no guess", Role::Warn);
        }
    }
    pen.word(band_at + 14, row.y, why, &line.why, Role::Muted);
}
