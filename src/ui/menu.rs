//! Menus and sheets: a box in the middle, as large as it needs to be and no larger.

mod whole;

use ratatui::layout::{Position, Rect};

use super::pen::Pen;
use super::theme::Role;
use super::typed;
use crate::app::menu::{Entry, Menu, Purpose};
use crate::app::mouse::Target;
use crate::app::popup::Sheet;
use crate::app::update::preview;
use crate::domain::shown::Shown;

/// Below this many lines a menu spends none on air.
const LOW: u16 = 20;

pub fn draw(pen: &mut Pen<'_>, menu: &Menu, area: Rect) -> Option<Position> {
    let width = match menu.purpose {
        Purpose::Palette => 104,
        Purpose::Help | Purpose::StartPlan(_) => 84,
        Purpose::Displace { .. } => 100,
        _ if menu.letters => lettered(menu),
        _ => 60,
    };
    let width = width.min(area.width.saturating_sub(4));
    let is_typed = !menu.letters && menu.purpose != Purpose::Confirm;
    let low = area.height < LOW;
    // Of letters as many as can be are to be seen, and below them what a line cuts.
    let air = if menu.letters { 4 } else { 6 };
    let most = area.height.saturating_sub(if low { 3 } else { air });
    let is_cramped = most < LOW / 2;
    let (preview, kept) = told_of(menu, width.saturating_sub(4), is_cramped);
    let head = u16::from(is_typed) * if low { 1 } else { 2 };
    let headings = menu.shown.iter().filter(|at| menu.entries[**at].heading.is_some()).count();
    let is_filtered = !menu.line.text().trim().is_empty();
    let lines = menu.shown.len() + if is_filtered { 0 } else { headings };
    let told = if kept == 0 || is_cramped { 0 } else { kept.saturating_add(1) };
    let height = u16::try_from(lines.max(1)).unwrap_or(u16::MAX);
    let wanted = height.saturating_add(2 + head);
    // What would come of it has the room that is left; elsewhere what a line cuts has its own.
    let kept_free = if menu.previews { 0 } else { told };
    let wanted = wanted.min(most.saturating_sub(kept_free));
    let height = wanted.saturating_add(told).min(most);
    let told = height.saturating_sub(wanted);
    // The line that is typed into stays where it is, however few entries are left.
    let all = u16::try_from(menu.entries.len() + headings).unwrap_or(u16::MAX);
    let tallest = all.saturating_add(2 + head + told).min(most).max(height);
    let place = Rect { height, ..centred(area, width, tallest) };
    pen.spot(place, Target::Popup);
    let inside = pen.boxed(place, &Shown::line(&menu.title));
    let mut cursor = None;
    if is_typed {
        pen.word(inside.x, inside.y, 2, ">", Role::Accent);
        let room = inside.width.saturating_sub(2);
        let x = typed::draw(pen, (inside.x + 2, inside.y, room), &menu.line, Role::Plain);
        cursor = Some(Position { x, y: inside.y });
    }
    let rows =
        Rect { y: inside.y + head, height: inside.height.saturating_sub(head + told), ..inside };
    // What would come of it, as far as there is room.
    for (y, line) in (rows.bottom() + 1..inside.bottom()).zip(&preview) {
        pen.put(inside.x + 1, y, inside.width.saturating_sub(2), line, Role::Muted);
    }
    // Where there is none below, what the chosen line cuts stands under it.
    let under = if told == 0 && !menu.previews { preview.as_slice() } else { &[] };
    entries(pen, menu, rows, (!is_filtered, under));
    cursor
}

/// What is told of the chosen entry below all of them, or under it where there is no room for that,
/// and how many lines are kept for it.
fn told_of(menu: &Menu, width: u16, is_cramped: bool) -> (Vec<Shown>, u16) {
    if menu.previews {
        let lines: Vec<Shown> = preview(menu).iter().map(|line| Shown::line(line)).collect();
        let kept = u16::try_from(lines.len()).unwrap_or(u16::MAX);
        return (lines, kept);
    }
    let most = if is_cramped { whole::MOST_UNDER } else { whole::MOST };
    whole::lines(menu, (width, named(menu, width)), most)
}

/// The columns that names take beside the letters.
fn named(menu: &Menu, width: u16) -> u16 {
    let widest = menu.entries.iter().map(|entry| Shown::line(&entry.label).width()).max();
    u16::try_from(widest.unwrap_or(0)).unwrap_or(0).min(width / 2)
}

/// The columns of the palette.
struct Columns {
    name: u16,
    home: u16,
    keys: u16,
    told: u16,
}

impl Columns {
    fn of(entry: &Entry, width: u16) -> Self {
        // Where there is little room, the place goes first and the sentence next.
        let (home, keys) = if width < 60 { (0, 9) } else { (10, 13) };
        let told = match width {
            // What has no sentence has the room for its title.
            _ if entry.help.is_empty() && entry.refusal.is_none() => 0,
            72.. => 40.min(width - 46),
            _ => 0,
        };
        Self { name: width.saturating_sub(home + keys + told + 2), home, keys, told }
    }
}

/// As wide as its longest sentence, between what every screen has and what is read with ease.
fn lettered(menu: &Menu) -> u16 {
    let width = |text: &str| Shown::line(text).width();
    let named = menu.entries.iter().map(|entry| width(&entry.label)).max().unwrap_or(0);
    let said = |entry: &Entry| width(entry.refusal.as_deref().unwrap_or(&entry.help));
    let said = menu.entries.iter().map(said).max().unwrap_or(0);
    u16::try_from(named + said + 15).unwrap_or(u16::MAX).clamp(76, 110)
}

/// What a line of a menu shows.
#[derive(Clone, Copy)]
enum Row<'a> {
    Heading(&'static str),
    /// An entry, by its place among those that are shown.
    Entry(usize),
    /// What the entry above has no room for.
    Under(&'a Shown),
}

/// The entries, with a heading before the first of a group, and what stands under the chosen one.
fn entries(pen: &mut Pen<'_>, menu: &Menu, rows: Rect, (with_headings, under): (bool, &[Shown])) {
    if menu.shown.is_empty() {
        pen.word(rows.x, rows.y, rows.width, "nothing matches", Role::Muted);
        return;
    }
    let mut lines: Vec<Row<'_>> = Vec::new();
    let mut at_cursor = 0;
    for (place, at) in menu.shown.iter().enumerate() {
        if let (true, Some(heading)) = (with_headings, menu.entries[*at].heading) {
            lines.push(Row::Heading(heading));
        }
        lines.push(Row::Entry(place));
        if place == menu.cursor {
            at_cursor = lines.len() - 1;
            lines.extend(under.iter().map(Row::Under));
        }
    }
    let named = named(menu, rows.width);
    let height = usize::from(rows.height);
    let seen = at_cursor + under.len() + 2;
    let top = seen.saturating_sub(height).min(at_cursor).min(lines.len().saturating_sub(height));
    below(pen, rows, lines.len().saturating_sub(top + height));
    for (y, row) in (rows.y..rows.bottom()).zip(lines.iter().skip(top)) {
        let line = Rect { y, height: 1, ..rows };
        match row {
            Row::Heading(heading) => {
                pen.word(rows.x, y, rows.width, heading, Role::Title);
            }
            Row::Under(text) => {
                pen.put(rows.x + 1, y, rows.width.saturating_sub(2), text, Role::Plain);
            }
            Row::Entry(place) => draw_line(pen, menu, (*place, named), line),
        }
    }
}

fn draw_line(pen: &mut Pen<'_>, menu: &Menu, (place, named): (usize, u16), line: Rect) {
    let entry = &menu.entries[menu.shown[place]];
    match menu.purpose {
        Purpose::Palette => draw_found(pen, entry, line),
        _ if menu.letters => draw_lettered(pen, entry, named, line),
        _ => draw_entry(pen, entry, line),
    }
    pen.spot(line, Target::Entry(place));
    if place == menu.cursor {
        pen.select(line);
    }
}

/// What the palette found: name, where it belongs, its keys, and what it does or why it is not
/// possible now.
fn draw_found(pen: &mut Pen<'_>, entry: &Entry, at: Rect) {
    let role = if entry.refusal.is_some() { Role::Muted } else { Role::Plain };
    let Columns { name, home, keys, told } = Columns::of(entry, at.width);
    let x = at.x + 1;
    if let (0, Some(refusal)) = (told, &entry.refusal) {
        let taken = pen.word(x, at.y, name.saturating_sub(1), &entry.label, role) + 2;
        pen.word(x + taken, at.y, at.width.saturating_sub(taken + 2), refusal, Role::Warn);
        return;
    }
    pen.word(x, at.y, name.saturating_sub(1), &entry.label, role);
    pen.word(x + name, at.y, home.saturating_sub(1), entry.home, Role::Muted);
    pen.word(x + name + home, at.y, keys.saturating_sub(1), &entry.side, Role::Accent);
    let (words, role) = match &entry.refusal {
        Some(refusal) => (refusal.as_str(), Role::Warn),
        None => (entry.help.as_str(), Role::Muted),
    };
    pen.word(x + name + home + keys, at.y, told, words, role);
}

/// A letter, what it does, and in a column of its own the sentence or why it is not possible.
fn draw_lettered(pen: &mut Pen<'_>, entry: &Entry, named: u16, at: Rect) {
    let (key, name) = match entry.refusal {
        Some(_) => (Role::Muted, Role::Muted),
        None => (Role::Accent, Role::Plain),
    };
    pen.word(at.x + 1, at.y, 6, &entry.side, key);
    pen.word(at.x + 8, at.y, named, &entry.label, name);
    let help = entry.refusal.as_deref().unwrap_or(&entry.help);
    let x = at.x + 8 + named + 2;
    pen.word(x, at.y, at.right().saturating_sub(x), help, Role::Muted);
}

fn draw_entry(pen: &mut Pen<'_>, entry: &Entry, at: Rect) {
    let role = if entry.refusal.is_some() { Role::Muted } else { Role::Plain };
    if entry.ticked {
        pen.put(at.x, at.y, 1, &Shown::fixed(pen.theme.glyphs.tick), Role::Ok);
    }
    let side = Shown::line(&entry.side);
    let side_width = u16::try_from(side.width()).unwrap_or(0).min(at.width * 2 / 3);
    let room = at.width.saturating_sub(side_width + 4);
    let taken = pen.word(at.x + 2, at.y, room, &entry.label, role);
    let help = entry.refusal.as_deref().unwrap_or(&entry.help);
    let x = at.x + 2 + taken.max(18) + 2;
    let end = at.right().saturating_sub(side_width + 2);
    if x + 8 < end {
        pen.word(x, at.y, end - x, help, Role::Muted);
    }
    pen.put_right(
        at.x,
        at.y,
        at.width.saturating_sub(1),
        &side.truncate(usize::from(side_width)),
        Role::Accent,
    );
}

/// Text to read.
pub fn sheet(pen: &mut Pen<'_>, sheet: &Sheet, area: Rect) {
    let width = 90.min(area.width.saturating_sub(4));
    let mut lines: Vec<Shown> = Vec::new();
    let mut chosen = 0..0;
    for (at, line) in sheet.lines.iter().enumerate() {
        let first = lines.len();
        lines.extend(super::pen::wrap(line, usize::from(width.saturating_sub(4))));
        if sheet.at == Some(at) {
            chosen = first..lines.len();
        }
    }
    let height =
        u16::try_from(lines.len() + 2).unwrap_or(u16::MAX).min(area.height.saturating_sub(4));
    let place = centred(area, width, height);
    pen.spot(place, Target::Popup);
    let inside = pen.boxed(place, &sheet.title);
    let room = usize::from(inside.height);
    let wanted = sheet.top.max(chosen.end.saturating_sub(room));
    let top = wanted.min(lines.len().saturating_sub(room));
    for (y, (at, line)) in (inside.y..inside.bottom()).zip(lines.iter().enumerate().skip(top)) {
        pen.put(inside.x, y, inside.width, line, Role::Plain);
        if chosen.contains(&at) {
            pen.select(Rect { y, height: 1, ..inside });
        }
    }
    below(pen, inside, lines.len().saturating_sub(top + usize::from(inside.height)));
}

/// Upon the lower edge, where nothing else is said: how many lines are below it.
pub(super) fn below(pen: &mut Pen<'_>, rows: Rect, count: usize) {
    if count > 0 {
        let more = Shown::line(&format!(" {count} more "));
        pen.put_right(rows.x, rows.bottom(), rows.width, &more, Role::Muted);
    }
}

/// A box of this size in the upper middle.
#[must_use]
pub fn centred(area: Rect, width: u16, height: u16) -> Rect {
    let (width, height) = (width.min(area.width), height.min(area.height));
    Rect { x: (area.width - width) / 2, y: (area.height - height) / 3, width, height }
}
