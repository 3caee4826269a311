//! A card on the screen: one row in full, how far the walk is, and the verbs below it.

use ratatui::layout::Rect;

use super::detail;
use super::pen::Pen;
use super::theme::Role;
use crate::app::action::{Action, Field, What};
use crate::app::card::{Card, Verdict};
use crate::app::choices;
use crate::app::keys::Key;
use crate::app::menu::{Entry, Pick};
use crate::app::model::Model;
use crate::app::mouse::Target;
use crate::domain::item::Item;
use crate::domain::kind::Kind;
use crate::domain::shown::Shown;

/// Below this many lines none is left free.
const LOW: u16 = 8;
/// The widest that a card is read with ease.
const WIDEST: u16 = 100;

pub fn draw(pen: &mut Pen<'_>, model: &Model, card: &Card, area: Rect) {
    let body = Rect { y: 2, height: area.height - 5, ..area };
    pen.clear(body);
    pen.rule(0, body.y - 1, body.width);
    pen.rule(0, body.bottom(), body.width);
    pen.spot(area, Target::Popup);
    head(pen, card, body);
    let width = body.width.min(WIDEST) - 6;
    let verbs = model.subject_item().map(|item| offered(model, item)).unwrap_or_default();
    // On the lowest screens one line of verbs has to do, and the row has the others.
    let is_low = body.height < LOW;
    let least = Rect { y: body.bottom() - 2, height: 2, ..body };
    let foot = Rect { x: 3, width, ..if is_low { least } else { body } };
    let foot = self::verbs(pen, &verbs, foot);
    let low = u16::from(body.height >= 24);
    let inside = Rect {
        x: 3,
        y: body.y + 1 + low,
        width,
        height: body.height.saturating_sub(foot + 2 + 2 * low - u16::from(is_low)),
    };
    match &model.detail {
        Some(found) if found.row.item.id == card.item() => {
            detail::draw(pen, model, inside);
        }
        _ if model.detail_asked.is_some() => {}
        _ => {
            let next = model.keys().way(Action::Down);
            let words = format!("It is not there any more; {next} goes on");
            pen.word(inside.x, inside.y, inside.width, &words, Role::Warn);
        }
    }
}

/// The verbs of the card: of a request that waits its verdicts alone, the one that follows first.
fn offered(model: &Model, item: &Item) -> Vec<Entry> {
    let mut verbs = choices::verbs_of(model, item);
    if item.kind() != Kind::Request {
        return verbs;
    }
    verbs.retain(|entry| {
        entry.refusal.is_none() && !matches!(entry.pick, Pick::Action(action) if !is_reply(action))
    });
    let triage = model.detail.as_ref().and_then(|detail| detail.triage.as_ref());
    let suggested = triage.map(|triage| triage.suggested);
    verbs.sort_by_key(|entry| match &entry.pick {
        Pick::Verb(verb) if Some(*verb) == suggested => 0,
        Pick::Verb(_) => 1,
        Pick::Action(_) => 2,
        _ => 3,
    });
    verbs
}

fn is_reply(action: Action) -> bool {
    matches!(action, Action::Change(Field::Reply) | Action::Copy(What::Reply))
}

/// What is walked, how far, and what came of it so far.
fn head(pen: &mut Pen<'_>, card: &Card, body: Rect) {
    let (at, all) = card.place();
    let mut x = 1;
    x += pen.word(x, body.y, body.width / 2, &card.title, Role::Title);
    let mut words = format!(" · {at} of {all}");
    match card.verdict() {
        Some(Verdict::Kept) => words.push_str(" · kept"),
        Some(Verdict::Answered) => words.push_str(" · answered"),
        None => {}
    }
    x += pen.word(x, body.y, body.width.saturating_sub(x), &words, Role::Plain);
    let tally = Shown::line(&card.tally());
    let room = body.width.saturating_sub(x + 3);
    if tally.width() <= usize::from(room) {
        pen.put_right(x + 2, body.y, room, &tally, Role::Muted);
    }
}

/// Draws the verbs at the foot of an area; how many lines they take.
pub(super) fn verbs(pen: &mut Pen<'_>, verbs: &[Entry], area: Rect) -> u16 {
    let lines = arranged(verbs, usize::from(area.width));
    let foot = u16::try_from(lines.len()).unwrap_or(1).min(area.height / 2);
    let y = area.bottom().saturating_sub(foot);
    for (y, line) in (y..area.bottom()).zip(&lines) {
        draw_verbs(pen, line, Rect { y, height: 1, ..area });
    }
    foot
}

/// The verbs in as few lines as they take.
fn arranged(verbs: &[Entry], width: usize) -> Vec<Vec<&Entry>> {
    let mut lines: Vec<Vec<&Entry>> = vec![Vec::new()];
    let mut taken = 0;
    for verb in verbs.iter().filter(|verb| !verb.side.is_empty()) {
        let wide = wide(verb);
        if taken > 0 && taken + wide > width {
            lines.push(Vec::new());
            taken = 0;
        }
        taken += wide + 3;
        if let Some(line) = lines.last_mut() {
            line.push(verb);
        }
    }
    lines
}

fn wide(verb: &Entry) -> usize {
    verb.side.chars().count() + 1 + verb.label.chars().count()
}

fn draw_verbs(pen: &mut Pen<'_>, verbs: &[&Entry], at: Rect) {
    let mut x = at.x;
    for verb in verbs {
        let (key, name) = match verb.refusal {
            Some(_) => (Role::Muted, Role::Muted),
            None => (Role::Accent, Role::Plain),
        };
        let start = x;
        x += pen.word(x, at.y, at.right().saturating_sub(x), &verb.side, key) + 1;
        x += pen.word(x, at.y, at.right().saturating_sub(x), &verb.label, name);
        if let Some(pressed) = Key::read(&verb.side) {
            let area = Rect { x: start, y: at.y, width: x - start, height: 1 };
            pen.spot(area, Target::Press(pressed));
        }
        x += 3;
    }
}
