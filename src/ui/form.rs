//! A form: centred, at most eighty columns, scrolling with the focus; echoes and errors beside the
//! field, suggestions below it.

use ratatui::layout::{Position, Rect};

use super::menu::{below, centred};
use super::pen::{Pen, wrap};
use super::theme::Role;
use super::typed;
use crate::app::form::{Entry, Form};
use crate::app::mouse::Target;
use crate::domain::field::FieldKind;
use crate::domain::shown::Shown;

/// Width of the labels.
const LABEL: u16 = 16;
/// Most lines of a list below a field.
const MOST: u16 = 8;

pub fn draw(pen: &mut Pen<'_>, form: &Form, area: Rect) -> Option<Position> {
    let width = 80.min(area.width.saturating_sub(2));
    let told = lines(form);
    let about: Vec<Shown> = form.about.iter().map(|line| Shown::line(line)).collect();
    let above = u16::try_from(about.len()).unwrap_or(0);
    let count = u16::try_from(told.len()).unwrap_or(u16::MAX).saturating_add(above);
    let height = count.saturating_add(5).min(area.height.saturating_sub(3));
    let mut title = form.title();
    if form.taken.is_some() && form.has_draft() {
        title = format!("{title} · with what you typed before, ctrl-r without");
    }
    let place = centred(area, width, height);
    pen.spot(place, Target::Popup);
    let inside = pen.boxed(place, &Shown::line(&title));
    let help = inside.bottom().saturating_sub(1);
    for (y, line) in (inside.y..help).zip(&about) {
        pen.put(inside.x, y, inside.width, line, Role::Muted);
    }
    let rows = usize::from(inside.height.saturating_sub(2 + above));
    let focus = told.iter().position(|line| *line == Line::Entry(form.focus)).unwrap_or(0);
    let top = (focus + 3).saturating_sub(rows).min(told.len().saturating_sub(rows));
    let mut cursor = None;
    for (y, line) in (inside.y + above..help.saturating_sub(1)).zip(told.iter().skip(top)) {
        let place = Rect { y, height: 1, ..inside };
        match line {
            Line::Heading(words) => {
                pen.word(place.x, y, place.width, words, Role::Title);
            }
            Line::Entry(at) => {
                pen.spot(place, Target::Entry(*at));
                let found = draw_entry(pen, form, *at, place);
                cursor = cursor.or(found);
            }
        }
    }
    let shown = usize::from(help.saturating_sub(1 + inside.y + above));
    below(pen, inside, told.len().saturating_sub(top + shown));
    let focused = form.focused();
    let wrong = focused.error.clone().or_else(|| {
        let entry = form.entries.iter().find(|entry| entry.error.is_some())?;
        Some(format!("{}: {}", entry.field.label, entry.error.as_deref()?))
    });
    let (words, role) = match wrong {
        Some(wrong) => (wrong, Role::Danger),
        None => (help_words(form, focused), Role::Muted),
    };
    // A second line takes the place of the air above.
    let lines = wrap(&Shown::line(&words), usize::from(inside.width));
    let y = help.saturating_sub(u16::from(lines.len() > 1));
    for (y, line) in (y..=help).zip(&lines) {
        pen.put(inside.x, y, inside.width, line, role);
    }
    if let Some(at) = cursor {
        suggestions(pen, form, at, inside, area);
    }
    cursor
}

/// What the field is for, and what it can be, where no list below it says so.
fn help_words(form: &Form, entry: &Entry) -> String {
    match entry.field.kind {
        FieldKind::Choice(slugs) if form.suggestions.is_empty() => {
            format!("{} {}", entry.field.help, slugs.join(", "))
        }
        _ => entry.field.help.to_owned(),
    }
}

/// A line of a form.
#[derive(Debug, PartialEq)]
enum Line {
    /// What the entries below belong to.
    Heading(String),
    Entry(usize),
}

/// The lines: each group under its heading, those of one line under one for their kind.
fn lines(form: &Form) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut last = None;
    for (at, entry) in form.entries.iter().enumerate() {
        let alone = entry.group.is_some_and(|group| form.is_alone(group));
        let kind = entry.group.map(|group| form.groups[group].kind);
        if let Some(group) = form.begins(at) {
            if !alone {
                lines.push(Line::Heading(group.heading()));
            } else if last != kind {
                let words = group.kind.noun().what.trim_end_matches('.').to_owned();
                lines.push(Line::Heading(words));
            }
        } else if kind.is_none() && last.is_some() {
            lines.push(Line::Heading(String::new()));
        }
        last = kind;
        lines.push(Line::Entry(at));
    }
    lines
}

fn draw_entry(pen: &mut Pen<'_>, form: &Form, place: usize, at: Rect) -> Option<Position> {
    let (entry, is_focused) = (&form.entries[place], place == form.focus);
    let role = if is_focused { Role::Focus } else { Role::Muted };
    pen.word(at.x, at.y, LABEL - 2, form.label(place), role);
    let note = entry.error.as_deref().or(entry.echo.as_deref()).unwrap_or("");
    let note = Shown::line(note);
    let wide = u16::try_from(note.width()).unwrap_or(0).min(at.width / 2);
    let room = at.width.saturating_sub(LABEL + if wide == 0 { 0 } else { wide + 2 });
    let x = if is_focused && !form.is_on_text() {
        typed::draw(
            pen,
            (at.x + LABEL, at.y, room),
            &entry.line,
            if form.selected { Role::Selection } else { Role::Plain },
        )
    } else {
        pen.word(at.x + LABEL, at.y, room, entry.line.text(), Role::Plain)
    };
    let role = if entry.error.is_some() { Role::Danger } else { Role::Muted };
    pen.put_right(at.x, at.y, at.width, &note.truncate(usize::from(wide)), role);
    is_focused.then_some(Position { x, y: at.y })
}

/// The list below the field, or above it where there is more room; it scrolls with what is chosen.
fn suggestions(pen: &mut Pen<'_>, form: &Form, at: Position, inside: Rect, area: Rect) {
    if form.suggestions.is_empty() {
        return;
    }
    let (below, above) = (area.bottom().saturating_sub(at.y + 3), at.y.saturating_sub(1));
    let count = u16::try_from(form.suggestions.len()).unwrap_or(u16::MAX).min(MOST);
    let (rows, y) = if below >= count.min(above) || below >= above {
        (count.min(below), at.y + 1)
    } else {
        let rows = count.min(above);
        (rows, at.y - rows)
    };
    let x = inside.x + LABEL - 2;
    let width = 48.min(inside.right().saturating_sub(x));
    let place = Rect { x, y, width, height: rows };
    pen.clear(place);
    pen.upright(place.x, place.y, place.height);
    pen.upright(place.right() - 1, place.y, place.height);
    let chosen = form.suggested.unwrap_or(0);
    let top = (chosen + 1).saturating_sub(usize::from(rows));
    for (row, (number, suggestion)) in (0..rows).zip(form.suggestions.iter().enumerate().skip(top))
    {
        let line = Rect {
            x: place.x + 1,
            y: place.y + row,
            width: place.width.saturating_sub(2),
            height: 1,
        };
        let room = line.width.saturating_sub(1);
        let last = form.suggestions.len().saturating_sub(top + usize::from(rows));
        let more = if row + 1 == rows && last > 0 { format!("{last} more") } else { String::new() };
        let taken = u16::try_from(more.len()).unwrap_or(0);
        pen.word(
            line.x + 1,
            line.y,
            room.saturating_sub(taken + 1),
            &suggestion.label,
            Role::Accent,
        );
        pen.put_right(line.x, line.y, line.width, &Shown::line(&more), Role::Muted);
        pen.spot(line, Target::Offer(number));
        if form.suggested == Some(number) {
            pen.select(line);
        }
    }
}
