//! The status line: the place, its view, the filter as chips, where the cursor stands, what is
//! marked and how it is sorted; at the right what was just said, or what undo would take back.

use ratatui::layout::Rect;

use super::frame::tone_role;
use super::pen::{Pen, fitted, wrap};
use super::theme::Role;
use crate::app::action::Action;
use crate::app::list::List;
use crate::app::model::{Model, Tone};
use crate::app::mouse::Target;
use crate::app::place::Place;
use crate::app::popup::Popup;
use crate::app::ritual::Rite;
use crate::app::views;
use crate::domain::grammar::terms::terms;
use crate::domain::shown::Shown;
use crate::ops::board::BY_HAND;
use crate::store::filter::Sort;
use crate::store::listing::Closed;

/// The least room that undo is named in.
const UNDO: u16 = 24;

/// One piece of the left side: words, or a chip that can be taken away.
enum Piece {
    Words(String),
    Chip(usize, String),
}

/// Draws it; whether what was just said takes the line of the hints as well.
pub fn draw(pen: &mut Pen<'_>, model: &Model, y: u16, width: u16) -> bool {
    let taken = left(pen, model, y, width);
    if let Some(toast) = &model.toast {
        let role = tone_role(toast.tone);
        let room = width.saturating_sub(taken + 3);
        let sign = if toast.tone == Tone::Failed { "! " } else { "" };
        let text = Shown::line(&format!("{sign}{}", toast.text));
        if text.width() > usize::from(room) {
            // What was done is said over the hints of the place; those of what stands above it stay.
            // Above a line that is typed it is told whole already.
            let is_typed = matches!(model.popups.last(), Some(Popup::Prompt(_)));
            let is_wrong = matches!(toast.tone, Tone::Refused | Tone::Failed);
            let spills = model.popups.is_empty() || is_wrong && !is_typed;
            if spills {
                return said_whole(pen, &text, (y, width), role);
            }
            pen.clear(Rect { x: 0, y, width, height: 1 });
            let undo = format!(" · {} undoes", model.keys().way(Action::Undo));
            let text = keeping(&text, &undo, usize::from(width - 2));
            pen.put(1, y, width - 2, &text, role);
            return false;
        }
        pen.put_right(taken + 2, y, room, &text, role);
    } else if let Some(undo) = &model.undo {
        let room = width.saturating_sub(taken + 4);
        if room >= UNDO {
            let hint = Shown::line(&format!(" · {} undoes", model.keys().way(Action::Undo)));
            let words = Shown::line(&format!("last: {undo}"));
            let words = fitted(&words, usize::from(room) - hint.width());
            pen.put_right(taken + 3, y, room, &words.followed_by(&hint), Role::Muted);
        }
    }
    false
}

/// A sentence in so many columns; what it ends in is kept, where it does end so.
fn keeping(text: &Shown, end: &str, width: usize) -> Shown {
    let end = Shown::line(end);
    let whole = fitted(text, width);
    match text.as_str().strip_suffix(end.as_str()) {
        Some(rest) if !whole.as_str().ends_with(end.as_str()) && width > end.width() => {
            fitted(&Shown::line(rest), width - end.width()).followed_by(&end)
        }
        _ => whole,
    }
}

/// What is too long for the room beside the place takes the line, and where it says what to do, the
/// line below as well: its end is what counts. Whether it took both.
fn said_whole(pen: &mut Pen<'_>, text: &Shown, (y, width): (u16, u16), role: Role) -> bool {
    let room = usize::from(width - 2);
    pen.clear(Rect { x: 0, y, width, height: 1 });
    let short = fitted(text, room);
    let keeps_end = short.as_str().ends_with(last_word(text));
    if keeps_end {
        pen.put(1, y, width - 2, &short, role);
        return false;
    }
    let lines = wrap(text, room);
    let first = lines.first().cloned().unwrap_or_default();
    let rest = lines.iter().skip(1).map(Shown::as_str).collect::<Vec<_>>().join(" ");
    pen.put(1, y, width - 2, &first, role);
    let rest = Shown::line(rest.trim_start_matches("· "));
    pen.put(1, y + 1, width - 2, &fitted(&rest, room), role);
    true
}

fn last_word(text: &Shown) -> &str {
    text.as_str().rsplit(' ').next().unwrap_or("")
}

/// Draws the left side; returns the column behind it.
fn left(pen: &mut Pen<'_>, model: &Model, y: u16, width: u16) -> u16 {
    if let Some((done, all)) = model.progress {
        let share = done.saturating_mul(100).checked_div(all).unwrap_or(0).min(100);
        let words = format!("importing {share} % · esc breaks it off");
        return 1 + pen.word(1, y, width - 2, &words, Role::Muted);
    }
    let mut x = 1;
    for (at, piece) in pieces(model).into_iter().enumerate() {
        let room = (width - 1).saturating_sub(x);
        let gap = if at == 0 { "" } else { " · " };
        x += pen.word(x, y, room, gap, Role::Muted);
        let room = (width - 1).saturating_sub(x);
        x += match piece {
            Piece::Words(words) => pen.word(x, y, room, &words, Role::Muted),
            Piece::Chip(place, term) => {
                let start = x;
                let wide = pen.word(x, y, room, &term, Role::Accent);
                let close = format!(" {}", pen.theme.glyphs.close);
                let wide =
                    wide + pen.word(x + wide, y, room.saturating_sub(wide), &close, Role::Muted);
                pen.spot(Rect { x: start, y, width: wide, height: 1 }, Target::Chip(place));
                wide
            }
        };
    }
    x
}

fn pieces(model: &Model) -> Vec<Piece> {
    let list = model.list();
    // What stands over the place says where one is.
    if let Some(rite) = model.rite() {
        return rite_words(rite).into_iter().map(Piece::Words).collect();
    }
    let mut pieces = vec![Piece::Words(model.place.title().to_owned())];
    if let Some(view) = views::shown(model) {
        pieces.push(Piece::Words(format!("“{}”", view.name)));
    }
    let chips = terms(&list.query.filter, list.query.kind, &model.calendar);
    pieces.extend(chips.into_iter().enumerate().map(|(place, term)| Piece::Chip(place, term)));
    let mut words = |text: String| pieces.push(Piece::Words(text));
    if let Some(timer) = &model.timer {
        let title: String = timer.title.chars().take(24).collect();
        words(format!("timer since {} {title}", timer.started.format("%H:%M")));
    }
    if list.loaded && list.total > 0 {
        words(match model.place {
            Place::Today => {
                let items = list.lines.iter().filter(|line| line.item().is_some()).count();
                format!("{items} shown")
            }
            _ if model.is_board() => list.board.lane().map_or_else(String::new, |lane| {
                let place = (lane.cursor + 1).min(lane.total);
                format!("{} {place} of {}", lane.state.slug, lane.total)
            }),
            _ => {
                let (place, all) = counted(list);
                format!("{place} of {all}")
            }
        });
    }
    if !list.marks.is_empty() {
        words(format!("{} marked", list.marks.len()));
    }
    if list.query.closed == Closed::Shown && model.place.kind().is_some() {
        words("with closed".to_owned());
    }
    if list.query.sort != Sort::Backlog {
        words(format!("by {}", sort_words(list)));
    }
    list.warnings.iter().cloned().for_each(words);
    pieces
}

/// Which ritual it is, and how many of its sections are over.
fn rite_words(rite: &Rite) -> Vec<String> {
    let sections = &rite.sitting.run.sections;
    let mut words = vec![rite.sitting.title.clone()];
    let here = rite.section().and_then(|open| sections.iter().position(|one| one.key == open.key));
    if let Some(here) = here.filter(|_| sections.len() > 1 && rite.minutes.is_none()) {
        words.push(format!("section {}/{}", here + 1, sections.len()));
    }
    words
}

fn sort_words(list: &List) -> String {
    let (name, descending) = match list.query.sort {
        Sort::Backlog => return "what matters".to_owned(),
        sort if sort == BY_HAND => return "hand".to_owned(),
        Sort::Updated { descending } => ("last change", descending),
        Sort::Reference { descending } => ("ref", descending),
        Sort::Field { name, descending } => (list.query.kind.noun().field(name).label, descending),
    };
    format!("{name}{}", if descending { " ↓" } else { " ↑" })
}

/// Which row of how many the cursor is on; headings among them are none.
fn counted(list: &List) -> (usize, usize) {
    if list.lines.len() < list.total {
        return (list.cursor + 1, list.total);
    }
    let rows = |upto: usize| list.lines[..upto].iter().filter(|line| line.is_choosable()).count();
    (rows((list.cursor + 1).min(list.total)), rows(list.total))
}
