//! What of the chosen entry its line has no room for, whole, below all entries or under its own.

use crate::app::menu::{Entry, Menu, Purpose};
use crate::domain::shown::Shown;
use crate::ui::pen::wrapped;

/// Lines that it takes at most: below all entries, and under its own.
pub(super) const MOST: usize = 2;
pub(super) const MOST_UNDER: usize = 4;

/// What the line of the chosen entry cuts, and how many lines are kept free for that of any;
/// none of both where all are whole.
pub(super) fn lines(menu: &Menu, (width, named): (u16, u16), most: usize) -> (Vec<Shown>, u16) {
    let cut = |entry: &Entry| cut(entry, &rooms(menu, entry, width, named));
    let shown = menu.shown.iter().map(|at| &menu.entries[*at]);
    let longest = shown.map(|entry| wide(&cut(entry))).max().unwrap_or(0);
    if longest == 0 {
        return (Vec::new(), 0);
    }
    let words = menu.current().map(cut).unwrap_or_default();
    let room = usize::from(width.saturating_sub(2));
    let kept = if usize::from(longest) <= room { 1 } else { most };
    let lines =
        if words.is_empty() { Vec::new() } else { wrapped(&Shown::line(&words), room, most) };
    (lines, u16::try_from(kept).unwrap_or(0))
}

/// The columns of the parts of an entry, as it is drawn.
struct Rooms {
    label: u16,
    side: u16,
    /// For its sentence.
    words: u16,
}

/// The parts that have too little room, in one line.
fn cut(entry: &Entry, rooms: &Rooms) -> String {
    let words = entry.refusal.as_deref().unwrap_or(&entry.help);
    let parts = [
        (entry.label.as_str(), rooms.label),
        (words, rooms.words),
        (entry.side.as_str(), rooms.side),
    ];
    let cut = parts.into_iter().filter(|(text, room)| wide(text) > *room);
    cut.map(|(text, _)| text).collect::<Vec<_>>().join(" · ")
}

fn wide(text: &str) -> u16 {
    u16::try_from(Shown::line(text).width()).unwrap_or(u16::MAX)
}

fn rooms(menu: &Menu, entry: &Entry, width: u16, named: u16) -> Rooms {
    match menu.purpose {
        Purpose::Palette => of_found(entry, width),
        _ if menu.letters => {
            Rooms { label: named, side: u16::MAX, words: width.saturating_sub(10 + named) }
        }
        _ => of_entry(entry, width),
    }
}

fn of_found(entry: &Entry, width: u16) -> Rooms {
    let columns = super::Columns::of(entry, width);
    let label = columns.name.saturating_sub(1);
    // Without a column of its own, why it is not possible stands behind the name.
    let behind = width.saturating_sub(wide(&entry.label).min(label) + 4);
    let words = if columns.told == 0 && entry.refusal.is_some() { behind } else { columns.told };
    Rooms { label, side: columns.keys.saturating_sub(1), words }
}

fn of_entry(entry: &Entry, width: u16) -> Rooms {
    let side = wide(&entry.side).min(width * 2 / 3);
    let label = width.saturating_sub(side + 4);
    let (x, end) = (wide(&entry.label).min(label).max(18) + 4, width.saturating_sub(side + 2));
    Rooms { label, side, words: if x + 8 < end { end - x } else { 0 } }
}
