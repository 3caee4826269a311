//! The card of a row that a ritual asks about: what there is to know of it, and its verbs.

use ratatui::layout::Rect;

use super::super::card;
use super::super::pen::{Pen, wrap, wrapped};
use super::super::theme::Role;
use super::{BEHIND, LOW};
use crate::app::choices;
use crate::app::model::Model;
use crate::app::ritual::Rite;
use crate::domain::ritual::run::Verdict;
use crate::domain::shown::Shown;
use crate::ops::standup::{ASIDE, Card};

pub(super) fn draw(pen: &mut Pen<'_>, model: &Model, rite: &Rite, inside: Rect) {
    let verbs =
        model.subject_item().map(|item| choices::verbs_of_card(model, item)).unwrap_or_default();
    let is_low = inside.height < LOW;
    // Where there is no line to spare, how many more lines there are stands behind the verbs.
    let low = Rect {
        y: inside.bottom() - 2,
        height: 2,
        width: inside.width.saturating_sub(BEHIND),
        ..inside
    };
    let foot = if is_low { low } else { inside };
    let below = card::verbs(pen, &verbs, foot);
    let room = Rect { height: inside.height.saturating_sub(below + u16::from(!is_low)), ..inside };
    let Some(line) = rite.line() else { return };
    let reference = line.about.as_deref().unwrap_or("");
    let mut y = room.y;
    let title_at = room.x + 6;
    pen.word(room.x, y, 5, reference, Role::Muted);
    let said = match line.verdict {
        Verdict::Open => String::new(),
        Verdict::Answered if !line.words.is_empty() => line.words.clone(),
        verdict => verdict.words().to_owned(),
    };
    let card = rite.card.as_ref().filter(|card| card.item.reference.to_string() == reference);
    let why = card.map_or_else(|| line.why.clone(), |card| card.why.join(", "));
    let (right, role) = if said.is_empty() { (why, Role::Danger) } else { (said, Role::Ok) };
    let right = Shown::line(&right);
    let wide = u16::try_from(right.width()).unwrap_or(u16::MAX);
    let title = Shown::line(&line.text);
    let both = title.width() + usize::from(wide) + 9;
    let beside = both <= usize::from(room.width);
    let title_room = room.width.saturating_sub(6 + if beside { wide + 3 } else { 0 });
    for piece in wrapped(&title, usize::from(title_room), if is_low { 1 } else { 3 }) {
        pen.put(title_at, y, title_room, &piece, Role::Title);
        y += 1;
    }
    if beside {
        pen.put_right(room.x, room.y, room.width, &right, role);
    } else {
        for piece in wrapped(&right, usize::from(room.width - 6), if is_low { 1 } else { 2 }) {
            pen.put(title_at, y, room.width - 6, &piece, role);
            y += 1;
        }
    }
    y += u16::from(room.height > 10);
    let Some(card) = card else {
        if model.detail_asked.is_none() {
            let words = "It is not there any more; enter goes on";
            pen.word(title_at, y, room.width - 6, words, Role::Warn);
        }
        return;
    };
    let height = usize::from(room.bottom().saturating_sub(y));
    let width = usize::from(room.width - 6);
    let mut lines = told(pen, card, width, Asides::Told);
    if lines.len() > height {
        lines = told(pen, card, width, Asides::LeftOut);
    }
    let top = model.detail_top.min(lines.len().saturating_sub(height));
    for (line, y) in lines.iter().skip(top).zip(y..room.bottom()) {
        let at = title_at + line.indent;
        pen.put(at, y, (room.width - 6).saturating_sub(line.indent), &line.text, line.role);
    }
    let below = lines.len().saturating_sub(top + height);
    if below > 0 {
        let more = Shown::line(&format!("{below} more"));
        pen.put_right(room.x, room.bottom(), room.width, &more, Role::Muted);
    }
}

/// Whether a card tells what stands aside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Asides {
    Told,
    LeftOut,
}

/// A line of a card.
struct CardLine {
    text: Shown,
    role: Role,
    indent: u16,
}

/// What there is to know of the row of a card.
fn told(pen: &Pen<'_>, card: &Card, width: usize, asides: Asides) -> Vec<CardLine> {
    let mut lines = Vec::new();
    for (at, text) in card.lines.iter().enumerate() {
        let aside = text.strip_prefix(ASIDE);
        if aside.is_some() && asides == Asides::LeftOut {
            continue;
        }
        let role = match at {
            at if at < card.quiet => Role::Muted,
            _ if aside.is_some() => Role::Muted,
            _ if text.starts_with("Open: ") || text.starts_with("Not framed") => Role::Warn,
            _ => Role::Plain,
        };
        let indent = if aside.is_some() { 4 } else { 0 };
        let text = aside.unwrap_or(text).replace('▸', pen.theme.glyphs.folded);
        let room = width.saturating_sub(indent);
        let indent = u16::try_from(indent).unwrap_or(0);
        let pieces = wrap(&Shown::line(&text), room).into_iter();
        lines.extend(pieces.map(|text| CardLine { text, role, indent }));
    }
    lines
}
