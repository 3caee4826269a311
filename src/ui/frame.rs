//! The whole screen: tabs and date above, the place in the middle, status and hints below, and
//! whatever stands above it all. Every size is drawn; below 40×10 one line says what is needed.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::pen::{Pen, Spot, wrap, wrapped};
use super::theme::{Role, Theme};
use super::{
    board, card, conflict, detail, form, grid, hints, importing, judging, list, live, matrix, menu,
    meter, plan, prompt, ritual, settings, status, today, top_line, views, week, writing,
};
use crate::app::action::Action;
use crate::app::effect::Scroll;
use crate::app::layout::{Layout, Side};
use crate::app::message::Message;
use crate::app::model::{Model, Tone};
use crate::app::mouse::Target;
use crate::app::place::Place;
use crate::app::popup::Popup;
use crate::app::tour;
use crate::domain::shown::{Shown, ascii};

/// Wider than this the eye loses the line from a title to its day.
const TODAY_WIDEST: u16 = 142;
/// Lines that what was said takes at most above a line that is typed.
const TOLD: usize = 4;

/// What was drawn, apart from the cells.
#[derive(Debug, Default)]
pub struct Drawn {
    /// Where the cursor stands, when something is typed.
    pub cursor: Option<Position>,
    /// What lies where, for the mouse; the last that fits is meant.
    pub spots: Vec<Spot>,
    /// How far the detail is scrolled, and can be, when there is one.
    pub detail: Option<Scroll>,
}

impl Drawn {
    /// What lies at a cell.
    #[must_use]
    pub fn at(&self, x: u16, y: u16) -> Option<Target> {
        let here = Position { x, y };
        let found = self.spots.iter().rev().find(|(area, _)| area.contains(here));
        found.map(|(_, target)| *target)
    }
}

/// Draws the model, in letters that the terminal has.
pub fn draw(model: &Model, theme: Theme, buffer: &mut Buffer) -> Drawn {
    let drawn = picture(model, theme, buffer);
    if theme.glyphs.is_ascii_alone {
        in_ascii(buffer);
    }
    drawn
}

/// Letters that a terminal of ASCII does not have, told with those that it has.
fn in_ascii(buffer: &mut Buffer) {
    for at in 0..buffer.content.len() {
        let plain = ascii(buffer.content[at].symbol()).into_owned();
        // What a wide letter covers is a cell of its own then.
        for (cell, letter) in buffer.content[at..].iter_mut().zip(plain.split_inclusive(|_| true)) {
            cell.set_symbol(letter);
        }
    }
}

fn picture(model: &Model, theme: Theme, buffer: &mut Buffer) -> Drawn {
    let area = buffer.area;
    let mut pen = Pen::new(buffer, theme);
    pen.ground();
    // The terminal has another size by now than it had told: the next picture has it.
    if (area.width, area.height) != (model.width, model.height) {
        return Drawn::default();
    }
    if area.width < 40 || area.height < 10 {
        let quit = model.keys().way(Action::Quit);
        let words = format!("need 40×10, have {}×{}; {quit} quits", area.width, area.height);
        let lines = wrap(&Shown::line(&words), usize::from(area.width));
        for (y, line) in (0..area.height).zip(&lines) {
            pen.put(0, y, area.width, line, Role::Plain);
        }
        return Drawn::default();
    }
    top_line::draw(&mut pen, model, area);
    let body = Rect { y: 2, height: area.height - 5, ..area };
    let detail = place(&mut pen, model, body);
    first_steps(&mut pen, model, area);
    if !status::draw(&mut pen, model, area.height - 2, area.width) {
        hints::draw(&mut pen, model, area.height - 1, area.width);
    }
    let cursor = popups(&mut pen, model, area);
    Drawn { cursor, spots: pen.into_spots(), detail }
}

/// The next of the first steps, in the line above the place; what is wrong goes before.
fn first_steps(pen: &mut Pen<'_>, model: &Model, area: Rect) {
    let Some(words) = tour::words(model).filter(|_| !model.has_banner()) else { return };
    // The way out is said whole, whatever room there is for the step.
    let skips = if model.popups.is_empty() { " · esc skips " } else { " " };
    let way_out = u16::try_from(skips.len()).unwrap_or_default();
    let room = area.width.saturating_sub(2 + way_out);
    pen.bare(0, 1, area.width);
    let words = shorter(&words, usize::from(room).saturating_sub(1));
    let used = pen.word(1, 1, room, &format!(" {words}"), Role::Accent);
    pen.word(1 + used, 1, area.width - 2 - used, skips, Role::Accent);
}

/// The words without what explains them, where there is no room for it.
fn shorter(words: &str, room: usize) -> &str {
    let ends = [": ", "; ", ", "].into_iter().filter_map(|mark| words.find(mark)).min();
    match ends.filter(|_| Shown::line(words).width() > room) {
        Some(end) => &words[..end],
        None => words,
    }
}

fn place(pen: &mut Pen<'_>, model: &Model, body: Rect) -> Option<Scroll> {
    let above = body.y - 1;
    let below = body.bottom();
    pen.rule(0, above, body.width);
    pen.rule(0, below, body.width);
    // The week stands on Outcomes themselves; their other views say where one is.
    let is_lived = model.meter.as_ref().is_some_and(meter::is_lived);
    let has_views = model.place.turned(0).is_some();
    if has_views && !(is_lived && model.place == Place::Outcomes) {
        views::draw(pen, model, above, body.width);
    } else if let Some(meter) = model.meter.as_ref().filter(|_| !model.has_banner()) {
        meter::draw(pen, meter, above, body.width);
    }
    let left = Rect { width: model.room(), ..body };
    let scroll = panes(pen, model, left);
    if model.has_live_beside() {
        let right = beside(pen, body, left.right());
        let right = below_the_weeks(pen, model, right);
        live::draw(pen, model, right);
    } else if model.has_live_over() {
        over(pen, model, body);
    }
    if let Some(banner) = model.banner.as_ref().or(model.misconfigured.as_ref()) {
        pen.bare(0, above, body.width);
        let words = without_folders(&format!(" ! {banner} "), usize::from(body.width - 2));
        pen.put(1, above, body.width - 2, &words, Role::Danger);
    }
    scroll
}

/// A sentence that is too long says of its paths only what they end in: why it is so stands behind.
fn without_folders(words: &str, width: usize) -> Shown {
    let whole = Shown::line(words);
    if whole.width() <= width {
        return whole;
    }
    let short = |word: &str| match word.rfind('/') {
        Some(at) if word.trim_start_matches(['“', '‘', '(']).starts_with('/') => {
            format!("…{}", &word[at..])
        }
        _ => word.to_owned(),
    };
    Shown::line(&words.split(' ').map(short).collect::<Vec<_>>().join(" "))
}

/// Draws what the place consists of; returns how far its detail is scrolled.
fn panes(pen: &mut Pen<'_>, model: &Model, body: Rect) -> Option<Scroll> {
    let area = detail_area(model, body);
    if model.is_zoomed() {
        pen.spot(body, Target::Detail);
        return detail::draw(pen, model, area);
    }
    if model.place == Place::Today {
        let left = Rect { width: body.width.min(TODAY_WIDEST), ..body };
        pen.spot(left, Target::List);
        today::draw(pen, model, left);
        return None;
    }
    if model.place == Place::Plan && model.list().loaded {
        pen.spot(body, Target::List);
        plan::draw(pen, model, body);
        return None;
    }
    if model.place == Place::Matrix {
        pen.spot(body, Target::List);
        matrix::draw(pen, model, body);
        return None;
    }
    if model.place == Place::Week && model.list().loaded {
        pen.spot(body, Target::List);
        week::draw(pen, model, body);
        return None;
    }
    match model.detail_side() {
        Some(Side::Right) => {
            let at = model.list_width();
            rows(pen, model, Rect { width: at, ..body });
            beside(pen, body, at);
        }
        Some(Side::Below) => {
            let at = body.bottom() - model.detail_height() - 1;
            rows(pen, model, Rect { height: at - body.y, ..body });
            pen.rule(0, at, body.width);
        }
        None => {
            rows(pen, model, body);
            return None;
        }
    }
    pen.spot(area, Target::Detail);
    detail::draw(pen, model, area)
}

fn rows(pen: &mut Pen<'_>, model: &Model, area: Rect) {
    pen.spot(area, Target::List);
    match model.list().layout {
        Layout::Board if model.is_board() => board::draw(pen, model, area),
        Layout::Board | Layout::Table => list::draw(pen, model, area),
    }
}

/// Where the detail is drawn.
fn detail_area(model: &Model, body: Rect) -> Rect {
    let wide = Rect { x: 1, width: body.width - 2, ..body };
    match model.detail_side() {
        Some(Side::Right) => {
            let at = model.list_width();
            Rect { x: at + 2, width: body.width.saturating_sub(at + 3), ..body }
        }
        Some(Side::Below) => {
            let height = model.detail_height();
            Rect { y: body.bottom() - height, height, ..wide }
        }
        None => wide,
    }
}

/// Draws the line between the panes; returns the room at its right.
fn beside(pen: &mut Pen<'_>, body: Rect, at: u16) -> Rect {
    pen.upright(at, body.y, body.height);
    pen.join(at, body.y.saturating_sub(1), pen.theme.glyphs.join_down);
    pen.join(at, body.bottom(), pen.theme.glyphs.join_up);
    Rect { x: at + 2, width: body.width.saturating_sub(at + 3), ..body }
}

/// The live pane above a screen that has no room beside: at the right, with a line at its left.
fn over(pen: &mut Pen<'_>, model: &Model, body: Rect) {
    let width = model.live_width().min(body.width);
    let area = Rect { x: body.right() - width, width, ..body };
    pen.clear(area);
    if width == body.width {
        let whole = Rect { x: 1, width: width - 2, ..area };
        let whole = below_the_weeks(pen, model, whole);
        live::draw(pen, model, whole);
        return;
    }
    let right = beside(pen, body, area.x);
    let right = below_the_weeks(pen, model, right);
    live::draw(pen, model, right);
}

/// The room of the outcomes: on the Week screen the weeks before stand above them.
fn below_the_weeks(pen: &mut Pen<'_>, model: &Model, right: Rect) -> Rect {
    if model.place == Place::Week { week::above_outcomes(pen, model, right) } else { right }
}

pub(super) fn tone_role(tone: Tone) -> Role {
    match tone {
        Tone::Plain => Role::Plain,
        Tone::Done => Role::Ok,
        Tone::Refused => Role::Warn,
        Tone::Failed => Role::Danger,
    }
}

/// What was just said, whole above the line that is typed: below it are its hints.
fn above_line(pen: &mut Pen<'_>, toast: &Message, area: Rect) {
    let text = Shown::line(&toast.text);
    let lines = wrapped(&text, usize::from(area.width - 2), TOLD);
    let first = (area.height - 2).saturating_sub(u16::try_from(lines.len()).unwrap_or(0));
    for (y, line) in (first..area.height - 2).zip(&lines) {
        pen.clear(Rect { x: 0, y, width: area.width, height: 1 });
        pen.put(1, y, area.width - 2, line, tone_role(toast.tone));
    }
}

fn popups(pen: &mut Pen<'_>, model: &Model, area: Rect) -> Option<Position> {
    let mut cursor = None;
    if !model.popups.is_empty() {
        pen.cover();
    }
    let below = pen.said();
    for popup in &model.popups {
        pen.unsay(below);
        cursor = match popup {
            Popup::Prompt(open) => {
                let at = prompt::draw(pen, model, open, area);
                if let Some(toast) = &model.toast {
                    above_line(pen, toast, area);
                }
                at
            }
            Popup::Menu(open) => menu::draw(pen, open, area),
            Popup::Form(open) => form::draw(pen, open, area),
            Popup::Settings(open) => settings::draw(pen, open, area),
            Popup::Import(preview) => {
                importing::draw(pen, preview, area);
                None
            }
            Popup::Writing(open) => writing::draw(pen, open, area),
            Popup::Grid(open) => {
                grid::draw(pen, open, area);
                None
            }
            Popup::Conflict(open) => {
                conflict::draw(pen, open, area);
                None
            }
            Popup::Sheet(sheet) => {
                menu::sheet(pen, sheet, area);
                None
            }
            Popup::Card(open) => {
                card::draw(pen, model, open, area);
                None
            }
            Popup::Judging(open) => {
                judging::draw(pen, open, model.today(), area);
                None
            }
            Popup::Ritual(open) => {
                ritual::draw(pen, model, open, area);
                None
            }
        };
    }
    if model.hint_pending {
        hints::which_key::draw(pen, model, area);
    }
    cursor
}
