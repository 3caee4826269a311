//! Two values of the same field, yours and theirs, to choose from.

use ratatui::layout::Rect;

use super::menu::centred;
use super::pen::{Pen, wrap};
use super::theme::Role;
use crate::app::conflict::{Clash, Conflict, Whose};
use crate::app::mouse::Target;
use crate::domain::shown::Shown;

/// Width of what stands before a value.
const LABEL: u16 = 9;
/// Most lines of one value.
const MOST: usize = 4;

pub fn draw(pen: &mut Pen<'_>, conflict: &Conflict, area: Rect) {
    let width = 76.min(area.width.saturating_sub(2));
    let room = usize::from(width.saturating_sub(4 + LABEL));
    let blocks: Vec<Vec<(Whose, usize, Shown)>> =
        conflict.clashes.iter().map(|clash| lines(clash, room)).collect();
    let all: usize = blocks.iter().map(|block| block.len() + 2).sum();
    let height = u16::try_from(all + 2).unwrap_or(u16::MAX).min(area.height.saturating_sub(4));
    let inside = pen.boxed(centred(area, width, height), &Shown::line(&conflict.title));
    // The one in question is always in sight.
    let mut first = 0;
    let tall = |from: usize| -> usize {
        blocks[from..=conflict.cursor.min(blocks.len() - 1)].iter().map(|b| b.len() + 2).sum()
    };
    while first < conflict.cursor && tall(first) > usize::from(inside.height) {
        first += 1;
    }
    let mut y = inside.y;
    for (at, block) in blocks.iter().enumerate().skip(first) {
        let clash = &conflict.clashes[at];
        let role = if at == conflict.cursor { Role::Focus } else { Role::Title };
        put(pen, inside, y, 0, &clash.label(), role);
        if clash.chosen.is_none() {
            put(pen, inside, y, LABEL.max(label_width(clash)), "which one?", Role::Warn);
        }
        y += 1;
        for (whose, number, line) in block {
            let row = Rect { y, height: 1, ..inside };
            pen.spot(row.intersection(inside), Target::Whose(at, *whose));
            if *number == 0 {
                choice(pen, inside, y, clash, *whose);
            }
            if y < inside.bottom() {
                let is_other = clash.chosen.is_some_and(|chosen| chosen != *whose);
                let role = if is_other { Role::Muted } else { Role::Plain };
                pen.put(inside.x + LABEL, y, inside.width.saturating_sub(LABEL), line, role);
            }
            y += 1;
        }
        y += 1;
    }
}

fn label_width(clash: &Clash) -> u16 {
    u16::try_from(Shown::line(&clash.label()).width()).unwrap_or(0) + 2
}

fn put(pen: &mut Pen<'_>, inside: Rect, y: u16, x: u16, text: &str, role: Role) {
    if y < inside.bottom() {
        pen.word(inside.x + x, y, inside.width.saturating_sub(x), text, role);
    }
}

fn choice(pen: &mut Pen<'_>, inside: Rect, y: u16, clash: &Clash, whose: Whose) {
    let name = match whose {
        Whose::Mine => "mine",
        Whose::Theirs => "theirs",
    };
    let is_chosen = clash.chosen == Some(whose);
    if is_chosen && y < inside.bottom() {
        pen.put(inside.x, y, 1, &Shown::fixed(pen.theme.glyphs.tick), Role::Ok);
    }
    put(pen, inside, y, 2, name, if is_chosen { Role::Ok } else { Role::Accent });
}

/// The lines of both values, each with whose it is and its number.
fn lines(clash: &Clash, room: usize) -> Vec<(Whose, usize, Shown)> {
    let mut found = Vec::new();
    for (whose, text) in [(Whose::Mine, &clash.mine), (Whose::Theirs, &clash.theirs)] {
        let text = if text.trim().is_empty() { "nothing" } else { text };
        let wrapped = Shown::lines(text);
        let wrapped = wrapped.iter().flat_map(|line| wrap(line, room));
        for (number, line) in wrapped.take(MOST).enumerate() {
            found.push((whose, number, line));
        }
    }
    found
}
