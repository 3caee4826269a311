//! The Week screen: the figures of planned and lived, below them the grid of days and hours, and
//! the weeks before at the right, above the outcomes where those are shown.

use ratatui::layout::Rect;

mod grid;
mod past;

use super::meter::role;
use super::pen::Pen;
use super::theme::Role;
use crate::app::model::Model;
use crate::app::week::WeekScreen;
use crate::domain::day::show_minutes;
use crate::domain::kind::Kind;
use crate::domain::week::{Band, Verdict};
use crate::ops::week::WeekView;

/// Columns of the weeks before, and the width from which they have room beside the grid.
const PAST: u16 = 39;
const WITH_PAST: u16 = 116;
/// Lines that the outcomes below the weeks before need at least.
const OUTCOMES: u16 = 5;

pub fn draw(pen: &mut Pen<'_>, model: &Model, area: Rect) {
    let Some(screen) = &model.week else { return };
    heading(pen, model, screen, Rect { height: 2, ..area });
    let below = Rect { y: area.y + 2, height: area.height.saturating_sub(2), ..area };
    // Where the outcomes have a pane of their own, the weeks before stand in it.
    let past = if area.width >= WITH_PAST && !model.has_live_beside() { PAST } else { 0 };
    if past > 0 {
        let x = area.right() - past;
        pen.upright(x - 1, below.y, below.height);
        past::draw(pen, screen, Rect { x: x + 1, width: past - 2, ..below });
    }
    grid::draw(pen, model, screen, Rect { width: area.width - past, ..below });
}

/// The weeks before, at the head of the pane of outcomes; returns what is left for those.
pub fn above_outcomes(pen: &mut Pen<'_>, model: &Model, area: Rect) -> Rect {
    let Some(screen) = &model.week else { return area };
    let most = area.height.saturating_sub(OUTCOMES);
    let y = past::draw(pen, screen, Rect { height: most, ..area }) + 1;
    let y = y.min(area.bottom());
    Rect { y, height: area.bottom() - y, ..area }
}

/// The week, which of the two is shown, and the figures of both.
fn heading(pen: &mut Pen<'_>, model: &Model, screen: &WeekScreen, area: Rect) {
    let view = &screen.view;
    let mut x = 1 + pen.word(1, area.y, area.width - 2, &view.title(), Role::Title);
    for (kind, word) in [(Kind::Block, "planned"), (Kind::Entry, "lived")] {
        let role = if kind == screen.kind { Role::Focus } else { Role::Muted };
        x += 2;
        if kind != screen.kind {
            let key = model.keys().way(crate::app::action::Action::NextPane);
            x += pen.word(x, area.y, area.width.saturating_sub(x + 1), &key, Role::Accent) + 1;
        }
        x += pen.word(x, area.y, area.width.saturating_sub(x + 1), word, role);
    }
    let tone = if view.verdict == Verdict::Breach { Role::Warn } else { Role::Muted };
    let has_figures = view.plan.worked() + view.actual.worked() > 0;
    x += 3;
    let room = usize::from(area.width.saturating_sub(x + 1));
    let mut words = vec![view.words()];
    let fits = |words: &[String]| words.join(" · ").chars().count() <= room;
    if !fits(&words) {
        words = vec![words[0].trim_end_matches(" so far").to_owned()];
    }
    words.extend(beside(view));
    // What has no room beside the verdict stands behind the bands.
    let mut behind = Vec::new();
    while has_figures && words.len() > 1 && !fits(&words) {
        behind.extend(words.pop());
    }
    behind.reverse();
    pen.word(x, area.y, area.width.saturating_sub(x + 1), &words.join(" · "), tone);
    if !has_figures {
        return;
    }
    let targets = view.terms.targets.split(view.available);
    let mut x = 1;
    for band in Band::WORK {
        let planned = show_minutes(view.plan.of(band));
        let lived = show_minutes(view.actual.of(band));
        let gap = if area.width >= 100 { 4 } else { 2 };
        let text = if area.width >= 100 {
            let target = show_minutes(targets.of(band));
            format!("{} {planned} of {target} | {lived}", band.letter())
        } else {
            format!("{} {planned} | {lived}", band.letter())
        };
        x += pen.word(x, area.y + 1, area.width.saturating_sub(x + 1), &text, role(band)) + gap;
    }
    if view.actual.unclassified > 0 {
        let text = format!("gaps {}", show_minutes(view.actual.unclassified));
        x += pen.word(x, area.y + 1, area.width.saturating_sub(x + 1), &text, Role::Warn) + 2;
    }
    let behind = behind.join(" · ");
    pen.word(x, area.y + 1, area.width.saturating_sub(x + 1), &behind, Role::Muted);
}

/// What there is to say of a week beside its verdict, the most telling last.
fn beside(view: &WeekView) -> Vec<String> {
    let mut words = Vec::new();
    if let Some(closed) = &view.closed {
        words.push(format!("closed {}", crate::domain::day::short(closed.on, view.today)));
        if let Some((on, why)) = &closed.corrected {
            words.push(format!("corrected {}: {why}", crate::domain::day::short(*on, view.today)));
        }
    }
    words.extend(view.since_words());
    words.extend(view.others_words());
    if view.broken > 0 {
        words.push(format!("{} meetings repeat too often to follow", view.broken));
    }
    words.push(view.room());
    words
}
