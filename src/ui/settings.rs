//! The settings in a box, and below them the roles of the theme that is worn just now.

use ratatui::layout::{Position, Rect};

use super::menu::{below, centred};
use super::pen::{Pen, wrapped};
use super::theme::Role;
use super::typed;
use crate::app::mouse::Target;
use crate::app::settings::{Setting, Settings};
use crate::domain::shown::Shown;

/// Below this many lines inside the box each is spent on a setting.
const LOW: u16 = 8;
/// Width of the names.
const LABEL: u16 = 20;
/// What is shown of a theme.
const SAMPLE: [Role; 13] = [
    Role::Title,
    Role::Plain,
    Role::Muted,
    Role::Accent,
    Role::Ok,
    Role::Warn,
    Role::Danger,
    Role::Blocked,
    Role::Strategic,
    Role::Execution,
    Role::Reactive,
    Role::Selection,
    Role::Focus,
];

pub fn draw(pen: &mut Pen<'_>, settings: &Settings, area: Rect) -> Option<Position> {
    let count = u16::try_from(settings.entries.len()).unwrap_or(u16::MAX);
    let height = count.saturating_add(7).min(area.height.saturating_sub(3));
    let width = 70.min(area.width.saturating_sub(2));
    let place = centred(area, width, height);
    pen.spot(place, Target::Popup);
    let inside = pen.boxed(place, &Shown::fixed("settings"));
    // On the lowest screens the help has one line, and the sample of the theme none.
    let is_low = inside.height < LOW;
    let rows = inside.height.saturating_sub(if is_low { 1 } else { 5 });
    let top = (settings.cursor + 1).saturating_sub(usize::from(rows));
    let mut cursor = None;
    let shown = settings.entries.iter().enumerate().skip(top);
    for (y, (at, entry)) in (inside.y..inside.y + rows).zip(shown) {
        let line = Rect { y, height: 1, ..inside };
        let is_here = at == settings.cursor;
        row(pen, settings, entry, line, is_here);
        pen.spot(line, Target::Entry(at));
        if let Some(typed) = settings.line.as_ref().filter(|_| is_here) {
            let at = (line.x + LABEL, y, line.width.saturating_sub(LABEL));
            cursor = Some(Position { x: typed::draw(pen, at, typed, Role::Plain), y });
        }
    }
    below(pen, inside, settings.entries.len().saturating_sub(top + usize::from(rows)));
    if let Some(entry) = settings.entries.get(settings.cursor) {
        let y = inside.bottom().saturating_sub(if is_low { 1 } else { 4 });
        let when = if entry.is_live() { "" } else { " From the next start." };
        let help = format!("{}{when}", entry.help);
        let most = if is_low { 1 } else { 2 };
        let lines = wrapped(&Shown::line(&help), usize::from(inside.width), most);
        for (y, line) in (y..).zip(&lines) {
            pen.put(inside.x, y, inside.width, line, Role::Muted);
        }
    }
    if is_low {
        return cursor;
    }
    sample(pen, Rect { y: inside.bottom().saturating_sub(2), height: 2, ..inside });
    cursor
}

fn row(pen: &mut Pen<'_>, settings: &Settings, entry: &Setting, at: Rect, is_here: bool) {
    pen.word(at.x, at.y, LABEL - 1, &entry.name.replace('_', " "), Role::Muted);
    let room = at.width.saturating_sub(LABEL);
    match &settings.line {
        Some(_) if is_here => {}
        _ if entry.value.is_empty() => {
            pen.word(at.x + LABEL, at.y, room, "not set", Role::Muted);
        }
        _ => {
            pen.word(at.x + LABEL, at.y, room, told(&entry.value), Role::Plain);
        }
    }
    if is_here && settings.line.is_none() {
        pen.select(at);
        let (before, after) = (pen.theme.glyphs.earlier, pen.theme.glyphs.later);
        if !entry.is_typed() {
            let wide = u16::try_from(Shown::line(told(&entry.value)).width()).unwrap_or(0);
            pen.put(at.x + LABEL - 2, at.y, 1, &Shown::fixed(before), Role::Selection);
            let x = at.x + LABEL + wide + 1;
            pen.put(x, at.y, at.right().saturating_sub(x), &Shown::fixed(after), Role::Selection);
        }
    }
}

/// A value as it is read by people.
#[must_use]
pub fn told(value: &str) -> &str {
    match value {
        "true" => "on",
        "false" => "off",
        other => other,
    }
}

/// The roles, each in its own look, in as many lines as there are.
fn sample(pen: &mut Pen<'_>, at: Rect) {
    let (mut x, mut y) = (at.x, at.y);
    for role in SAMPLE {
        if usize::from(at.right().saturating_sub(x)) < role.name().len() {
            (x, y) = (at.x, y + 1);
        }
        if y >= at.bottom() {
            return;
        }
        x += pen.word(x, y, at.right() - x, role.name(), role) + 1;
    }
}
