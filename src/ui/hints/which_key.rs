//! The popup of what may follow a prefix: all of it, in as many columns as it takes.

use ratatui::layout::Rect;

use super::super::menu;
use super::super::pen::Pen;
use super::super::theme::Role;
use crate::app::action::Action;
use crate::app::keys::{Key, chord_words};
use crate::app::model::Model;
use crate::app::mouse::Target;
use crate::app::update::refusal;
use crate::domain::shown::Shown;

/// What stays free above and below the popup of a prefix.
const AROUND: u16 = 6;

/// What may follow the keys pressed so far: all of it, in as many columns as it takes.
pub fn draw(pen: &mut Pen<'_>, model: &Model, area: Rect) {
    let mut entries: Vec<(String, &str, Role)> = Vec::new();
    let mut screens: Vec<String> = Vec::new();
    for (rest, about) in model.keys().continuations(&model.pending) {
        let key = rest[0].to_string();
        let role = if refusal(model, about.action).is_some() { Role::Muted } else { Role::Plain };
        if matches!(about.action, Action::Go(_)) {
            screens.push(key.clone());
        }
        match entries.last_mut() {
            Some((last, name, kept)) if *last == key => (*name, *kept) = ("…", Role::Plain),
            _ => entries.push((key, about.name, role)),
        }
    }
    if entries.is_empty() {
        return;
    }
    // Screens first, then what is done; each letter beside its capital.
    entries.sort_by_key(|(key, _, _)| {
        let is_sign = !key.starts_with(char::is_alphabetic);
        let is_capital = key.starts_with(char::is_uppercase);
        (!screens.contains(key), is_sign, key.to_lowercase(), is_capital)
    });
    let most = usize::from(area.height.saturating_sub(AROUND)).max(1);
    let columns = entries.len().div_ceil(most);
    let rows = entries.len().div_ceil(columns);
    let widest = |words: &mut dyn Iterator<Item = usize>| words.max().unwrap_or(0);
    let key = widest(&mut entries.iter().map(|(key, _, _)| key.chars().count())).max(2) + 2;
    let name = widest(&mut entries.iter().map(|(_, name, _)| name.chars().count()));
    let column = u16::try_from(key + name + 3).unwrap_or(u16::MAX);
    let count = u16::try_from(columns).unwrap_or(1);
    let width = (column.saturating_mul(count) + 2).max(28).min(area.width);
    let height = u16::try_from(rows).unwrap_or(u16::MAX).min(area.height.saturating_sub(5)) + 2;
    let place = Rect {
        x: area.width.saturating_sub(width + 1),
        y: area.height.saturating_sub(height + 3),
        width,
        height,
    };
    let title = Shown::line(&format!("{} …", chord_words(&model.pending)));
    let inside = pen.boxed(place, &title);
    let key = u16::try_from(key).unwrap_or(8);
    let mut hidden = 0;
    for (at, (keys, name, role)) in entries.iter().enumerate() {
        let x = inside.x + column * u16::try_from(at / rows).unwrap_or(0);
        let y = inside.y + u16::try_from(at % rows).unwrap_or(0);
        if x >= inside.right() || y >= inside.bottom() {
            hidden += 1;
            continue;
        }
        pen.word(x, y, key.min(inside.right() - x), keys, Role::Accent);
        let left = (x + key).min(inside.right());
        pen.word(left, y, inside.right() - left, name, *role);
        if let Some(pressed) = Key::read(keys) {
            let wide = column.min(inside.right() - x);
            pen.spot(Rect { x, y, width: wide, height: 1 }, Target::Press(pressed));
        }
    }
    menu::below(pen, inside, hidden);
}
