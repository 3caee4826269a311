//! A ritual on the screen: how far it is and what it took so far, and below it the card, the rows
//! or the lines of the section that is open; at its end what came of it.

mod line;
mod row;

use ratatui::layout::Rect;

use super::pen::{Pen, wrap, wrapped};
use super::theme::Role;
use crate::app::keys::{Code, Key};
use crate::app::model::Model;
use crate::app::mouse::Target;
use crate::app::ritual::{self, Minutes, Rite, WIDEST};
use crate::domain::ritual::Asks;
use crate::domain::ritual::run::Progress;
use crate::domain::shown::Shown;

/// Lines of a section that are seen below what there is to know of it.
const KEPT: usize = 5;
/// Below this many lines each is spent on what is asked.
const LOW: u16 = 7;
/// What is left behind the keys then, for how many more lines there are.
const BEHIND: u16 = 9;

pub fn draw(pen: &mut Pen<'_>, model: &Model, rite: &Rite, area: Rect) {
    let body = Rect { y: 2, height: area.height - 5, ..area };
    pen.clear(body);
    pen.rule(0, body.y - 1, body.width);
    pen.rule(0, body.bottom(), body.width);
    pen.spot(area, Target::Popup);
    head(pen, rite, body);
    let low = u16::from(body.height >= 12);
    let inside = Rect {
        x: 3,
        y: body.y + 1 + low,
        width: body.width.min(WIDEST) - 6,
        height: body.height.saturating_sub(1 + low),
    };
    if let Some(minutes) = &rite.minutes {
        draw_minutes(pen, rite, minutes, inside);
        return;
    }
    if let Some(at) = rite.presented {
        super::presented::draw(pen, rite, at, body);
        return;
    }
    let Some(section) = rite.section() else { return };
    match section.asks {
        Asks::Verdicts => row::draw(pen, model, rite, inside),
        Asks::Bands
        | Asks::Confirmation
        | Asks::Lines
        | Asks::Choice
        | Asks::Figures
        | Asks::Levels
        | Asks::Blocks => draw_section(pen, model, rite, section, inside),
    }
}

/// `Standup · 17 of 40 · 4:12 of 10:00`, and at the right what is asked now.
fn head(pen: &mut Pen<'_>, rite: &Rite, body: Rect) {
    let name = rite.sitting.title.split(',').next().unwrap_or("");
    let mut x = 1;
    x += pen.word(x, body.y, body.width / 2, name, Role::Title);
    let all = rite.section().map_or(0, Progress::count);
    let mut words = Vec::new();
    if rite.asks() == Some(Asks::Verdicts) {
        words.push(format!("{} of {all}", rite.cursor + 1));
    }
    words.push(rite.clock());
    let is_card = rite.asks() == Some(Asks::Verdicts);
    words.extend(rite.pace().filter(|_| body.width >= 70 && is_card));
    let words = format!(" · {}", words.join(" · "));
    x += pen.word(x, body.y, body.width.saturating_sub(x + 1), &words, Role::Plain);
    let right = match (&rite.minutes, rite.presented, rite.section()) {
        (Some(_), _, _) => "done",
        // A slide has its own title.
        (None, Some(_), _) | (None, None, None) => "",
        (None, None, Some(section)) => section.title.as_str(),
    };
    let room = body.width.saturating_sub(x + 3);
    let right = Shown::line(right);
    if right.width() <= usize::from(room) {
        pen.put_right(x + 2, body.y, room, &right, Role::Muted);
    }
}

fn draw_section(pen: &mut Pen<'_>, model: &Model, rite: &Rite, section: &Progress, inside: Rect) {
    let mut y = inside.y;
    let is_low = inside.height < LOW;
    let most = match inside.height {
        13.. => 3,
        _ if is_low => 1,
        _ => 2,
    };
    for line in wrapped(&Shown::line(&section.prompt), usize::from(inside.width), most) {
        pen.put(inside.x, y, inside.width, &line, Role::Muted);
        y += 1;
    }
    let below = Rect { y, height: inside.bottom().saturating_sub(y), ..inside };
    y = notes(pen, section, rite.top, below);
    y = super::presented::holds(pen, section, Rect { y, ..inside });
    y += u16::from(inside.height > 8);
    // Where there is no line to spare, how many more lines there are stands behind the keys.
    let beside =
        if is_low { Rect { width: inside.width.saturating_sub(BEHIND), ..inside } } else { inside };
    let foot = keys(pen, section, beside);
    // A line that is typed stands where the status does; what is said there is not covered.
    let height = usize::from(foot.saturating_sub(y + u16::from(!is_low)));
    let side = line::aside_width(section, inside.width);
    let below = line::below(section, (side, inside.width), (rite.cursor, height));
    let from = section.from();
    let taller = rite.cursor.checked_sub(from).and_then(|at| below.get(at)).map_or(0, Vec::len);
    let tall = below.iter().map(|rest| 1 + rest.len()).sum::<usize>();
    let is_whole = section.long.is_none() && tall <= height;
    let count = if is_whole { height } else { height.saturating_sub(taller) };
    let top = if is_whole { 0 } else { shown_from(rite.cursor, section.count(), count) };
    let typing = matches!(model.popups.last(), Some(crate::app::popup::Popup::Prompt(_)));
    let all = (from..).zip(section.lines.iter().zip(&below));
    for (at, (line, rest)) in all.skip(top.saturating_sub(from)).take(count) {
        let row = Rect { y, height: 1, ..inside };
        line::draw(pen, (section.asks, side), (line, rest), row);
        let tall = 1 + u16::try_from(rest.len()).unwrap_or(0);
        pen.spot(Rect { height: tall, ..row }, Target::Entry(at));
        if at == rite.cursor && !typing {
            pen.select(Rect { x: row.x - 1, width: row.width + 1, ..row });
            pen.put(row.x - 2, y, 1, &Shown::fixed(pen.theme.glyphs.cursor), Role::Accent);
        }
        y += tall;
    }
    let more = section.count().saturating_sub(top + count);
    if more > 0 {
        let words = Shown::line(&format!("{more} more"));
        pen.put_right(inside.x, y, inside.width, &words, Role::Muted);
    }
}

/// What there is to know of a section, as far as its lines and its keys leave room; answers where
/// it goes on below.
fn notes(pen: &mut Pen<'_>, section: &Progress, top: usize, area: Rect) -> u16 {
    let width = usize::from(area.width);
    let wrapped = |note: &String| {
        let role = if note.starts_with('!') { Role::Warn } else { Role::Plain };
        wrap(&Shown::line(note), width).into_iter().map(move |line| (line, role))
    };
    let all: Vec<(Shown, Role)> = section.notes.iter().flat_map(wrapped).collect();
    let kept = section.count().clamp(1, KEPT) + section.held.len().min(1) + 4;
    let least = if area.height + 1 < LOW { 0 } else { 2 };
    let room = usize::from(area.height).saturating_sub(kept).max(least);
    if room == 0 {
        return area.y;
    }
    let shown = if all.len() > room { room - 1 } else { all.len() };
    let top = top.min(all.len() - shown);
    let mut y = area.y;
    for (line, role) in all.iter().skip(top).take(shown) {
        pen.put(area.x, y, area.width, line, *role);
        y += 1;
    }
    if all.len() > shown {
        let more = match all.len() - shown - top {
            0 => format!("{top} lines above, ctrl-u"),
            more => format!("{more} more lines, ctrl-d"),
        };
        let more = Shown::line(&more);
        pen.put(area.x, y, area.width, &more, Role::Muted);
        y += 1;
    }
    y
}

/// The first line that is drawn, so that the cursor is on the screen.
fn shown_from(cursor: usize, count: usize, height: usize) -> usize {
    let middle = cursor.saturating_sub(height / 2);
    middle.min(count.saturating_sub(height))
}

/// What the keys of a section do, in its last line or two; returns where these begin.
fn keys(pen: &mut Pen<'_>, section: &Progress, inside: Rect) -> u16 {
    let all: Vec<_> = ritual::keys_of(section).collect();
    let wide = |key: &str, name: &str| {
        u16::try_from(Shown::line(key).width() + Shown::line(name).width() + 4).unwrap_or(u16::MAX)
    };
    let whole: u16 = all.iter().map(|(key, name, _)| wide(key, name)).sum();
    let is_long = whole > inside.width + 3 && inside.height >= LOW;
    let first = inside.bottom().saturating_sub(if is_long { 2 } else { 1 });
    let (mut x, mut y) = (inside.x, first);
    for (key, name, _) in all {
        if x + wide(key, name) > inside.right() + 3 {
            (x, y) = (inside.x, y + 1);
        }
        if y >= inside.bottom() {
            break;
        }
        let start = x;
        x += pen.word(x, y, inside.right().saturating_sub(x), key, Role::Accent) + 1;
        x += pen.word(x, y, inside.right().saturating_sub(x), name, Role::Plain);
        let pressed = if *key == "enter" { Some(Key::plain(Code::Enter)) } else { Key::read(key) };
        if let Some(pressed) = pressed {
            let area = Rect { x: start, y, width: x - start, height: 1 };
            pen.spot(area, Target::Press(pressed));
        }
        x += 3;
    }
    first
}

fn draw_minutes(pen: &mut Pen<'_>, rite: &Rite, minutes: &Minutes, inside: Rect) {
    let width = usize::from(inside.width);
    let lines = minutes.lines.iter().flat_map(|line| {
        let text = line.as_str();
        let role = if text.starts_with('#') { Role::Title } else { Role::Plain };
        let shown = if text.is_empty() { vec![Shown::fixed("")] } else { wrap(line, width) };
        shown.into_iter().map(move |line| (line, role))
    });
    let mut lines: Vec<(Shown, Role)> = lines.skip(rite.top).collect();
    let (all, room) = (lines.len(), usize::from(inside.height));
    if all > room {
        lines.truncate(room.saturating_sub(1));
        // A heading stands above what it heads, and never alone at the foot.
        while lines.last().is_some_and(|(line, role)| line.is_empty() || *role == Role::Title) {
            lines.pop();
        }
        let more = Shown::line(&format!("{} more", all - lines.len()));
        let foot = inside.bottom().saturating_sub(1);
        pen.put_right(inside.x, foot, inside.width, &more, Role::Muted);
    }
    for ((line, role), y) in lines.iter().zip(inside.y..inside.bottom()) {
        pen.put(inside.x, y, inside.width, line, *role);
    }
}
