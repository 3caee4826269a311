//! A list: ref, title and the columns of its kind, as many as fit; trees by indent; the history as
//! steps. Says what an empty place is for.

use ratatui::layout::Rect;

use super::columns::{self, Column};
use super::measure;
use super::pen::{Pen, first_name, fitted, wrap};
use super::theme::Role;
use crate::app::action::Action;
use crate::app::list::List;
use crate::app::model::{Model, Pane};
use crate::app::mouse::Target;
use crate::app::place::Place;
use crate::app::rows::{Fold, Line};
use crate::domain::day;
use crate::domain::field::Names;
use crate::domain::kind::Kind;
use crate::domain::ritual::RitualKind;
use crate::domain::shown::Shown;
use crate::domain::value::Value;
use crate::ops::Row;
use crate::store::history::Step;

/// Mark, late sign, ref and their gaps.
pub const BEFORE: u16 = 10;
/// In a tree narrower than this the title needs the room, and this is left for what stands beside.
const NARROW: u16 = 50;
const NARROW_SIDE: usize = 10;
/// Narrowest titles of a scorecard, on the narrowest screens and on others.
const TITLES: [u16; 2] = [14, 24];

pub fn draw(pen: &mut Pen<'_>, model: &Model, area: Rect) {
    let list = model.list();
    if !list.loaded {
        failed(pen, model, area);
        return;
    }
    if list.total == 0 {
        empty(pen, model, area);
        return;
    }
    let tall = model.row_height();
    let columns = match model.place.kind() {
        Some(kind) if tall == 1 => columns::of(list, kind, area.width),
        _ => Vec::new(),
    };
    let header = u16::from(model.place.kind().is_some() && tall == 1);
    if header == 1 {
        columns::head(pen, model, &columns, area);
    }
    let rows = area.height.saturating_sub(header) / tall;
    for row in 0..rows {
        let place = list.top + usize::from(row);
        let Some(line) = list.line(place) else { continue };
        let at = Rect { y: area.y + header + row * tall, height: tall, ..area };
        draw_line(pen, model, list, line, &columns, at);
        pen.spot(at, Target::Row(place));
        if place == list.cursor {
            if model.pane == Pane::List {
                pen.select(Rect { width: area.width.saturating_sub(1), ..at });
            }
            for y in at.y..at.bottom() {
                pen.put(at.x, y, 1, &Shown::fixed(pen.theme.glyphs.cursor), Role::Accent);
            }
        }
    }
}

fn draw_line(
    pen: &mut Pen<'_>,
    model: &Model,
    list: &List,
    line: &Line,
    columns: &[Column],
    at: Rect,
) {
    match line {
        Line::Heading { title, note } => heading(pen, title, note, at),
        Line::Offer(action, words) => offer(pen, model, *action, words, at),
        Line::Step(entry) => draw_step(pen, model, &entry.step, at),
        Line::Item { row, depth, fold } => {
            let is_marked = list.marks.contains(&row.item.id);
            lead(pen, row, is_marked, at);
            if model.place == Place::Scorecard {
                scored(pen, row, at);
            } else if model.place.kind().is_some() && at.height > 1 {
                draw_tall(pen, model, list, row, at);
            } else if model.place.kind().is_some() {
                draw_row(pen, model, list, row, columns, at);
            } else {
                draw_node(pen, model, list, row, (*depth, *fold), at);
            }
        }
    }
}

/// Mark, late sign and ref.
fn lead(pen: &mut Pen<'_>, row: &Row, is_marked: bool, at: Rect) {
    if is_marked {
        pen.put(at.x + 1, at.y, 1, &Shown::fixed(pen.theme.glyphs.mark), Role::Accent);
    } else if row.late {
        pen.word(at.x + 1, at.y, 1, "!", Role::Danger);
    }
    pen.word(at.x + 3, at.y, 5, &row.item.reference.to_string(), Role::Muted);
}

fn draw_row(
    pen: &mut Pen<'_>,
    model: &Model,
    list: &List,
    row: &Row,
    columns: &[Column],
    at: Rect,
) {
    let x = columns::row(pen, model, list, row, columns, at);
    let start = at.x + BEFORE - 1;
    pen.put(
        start,
        at.y,
        x.saturating_sub(start + 1),
        &Shown::line(row.item.title()),
        title_role(row),
    );
}

/// The title over the whole width, and below it what the columns would say.
fn draw_tall(pen: &mut Pen<'_>, model: &Model, list: &List, row: &Row, at: Rect) {
    let start = at.x + BEFORE - 1;
    let room = at.right().saturating_sub(start + 1);
    pen.put(start, at.y, room, &Shown::line(row.item.title()), title_role(row));
    columns::facts(pen, model, list, row, Rect { x: start, y: at.y + 1, width: room, height: 1 });
}

/// A metric of the scorecard.
fn scored(pen: &mut Pen<'_>, row: &Row, at: Rect) {
    let title = TITLES[usize::from(at.width >= 60)];
    let pieces = measure::fitting(at.width.saturating_sub(BEFORE + title));
    let x = at.right().saturating_sub(measure::width(&pieces) + 1);
    let start = at.x + BEFORE - 1;
    let title = Shown::line(row.item.title());
    pen.put(start, at.y, x.saturating_sub(start + 1), &title, title_role(row));
    if let Some(glance) = row.glance.as_deref() {
        measure::draw(pen, glance, &pieces, (x, at.y));
    }
}

/// A heading with what is said beside it.
pub fn heading(pen: &mut Pen<'_>, title: &str, note: &str, at: Rect) {
    let taken = pen.word(at.x + 1, at.y, at.width - 2, title, Role::Title);
    let room = usize::from(at.width.saturating_sub(taken + 4));
    let note = fitted(&Shown::line(note), room);
    pen.put_right(at.x, at.y, at.width.saturating_sub(1), &note, Role::Muted);
}

/// What waits, with the keys that begin it.
pub fn offer(pen: &mut Pen<'_>, model: &Model, action: Action, words: &str, at: Rect) {
    let keys = model.keys();
    let way = keys.shown(action).unwrap_or_else(|| keys.way(action));
    let room = at.width.saturating_sub(u16::try_from(way.chars().count()).unwrap_or(8) + 6);
    let taken = pen.word(at.x + 1, at.y, room, words, Role::Muted);
    pen.word(at.x + 1 + taken, at.y, 3, " · ", Role::Muted);
    pen.word(at.x + 4 + taken, at.y, at.width.saturating_sub(taken + 5), &way, Role::Accent);
    pen.spot(at, Target::Do(action));
}

fn title_role(row: &Row) -> Role {
    use crate::domain::noun::Shelf;
    match row.item.shelf() {
        Shelf::Open => Role::Plain,
        Shelf::Closed | Shelf::Trash => Role::Muted,
    }
}

fn draw_node(
    pen: &mut Pen<'_>,
    model: &Model,
    list: &List,
    row: &Row,
    node: (u16, Fold),
    at: Rect,
) {
    let (depth, fold) = node;
    let mut x = at.x + BEFORE - 1 + depth * 2;
    if model.place == Place::Outcomes {
        let glyph = match fold {
            Fold::Leaf => " ",
            Fold::Folded => pen.theme.glyphs.folded,
            Fold::Unfolded => pen.theme.glyphs.unfolded,
        };
        pen.put(x, at.y, 1, &Shown::fixed(glyph), Role::Muted);
        x += 2;
    }
    let most = if at.width < NARROW { NARROW_SIDE } else { usize::from(at.width / 3) };
    let side = Shown::line(&node_side(model, list, row, most));
    let wide = u16::try_from(side.width()).unwrap_or(0).min(at.width / 2);
    let end = at.right().saturating_sub(wide + 2);
    let role =
        if depth == 0 && model.place == Place::Outcomes { Role::Title } else { title_role(row) };
    pen.put(x, at.y, end.saturating_sub(x + 1), &Shown::line(row.item.title()), role);
    let role = if row.late { Role::Danger } else { Role::Muted };
    pen.put(end, at.y, wide, &side, role);
}

/// The right side of a tree row: figures of an outcome, confidence of a bet, state and day else.
fn node_side(model: &Model, list: &List, row: &Row, room: usize) -> String {
    let item = &row.item;
    let due = item
        .kind()
        .noun()
        .due
        .and_then(|name| item.day(name))
        .map(|date| day::short(date, model.today()));
    let mut words = match item.kind() {
        // What comes first matters most: its status, then what is below it.
        Kind::Outcome => {
            let account = row.account.split(", ").map(str::to_owned);
            account.chain([figures(row)]).collect()
        }
        Kind::Bet => {
            let sure = item.whole("confidence").map(|sure| format!("{sure} %")).unwrap_or_default();
            vec![item.state().slug.to_owned(), sure]
        }
        _ if !row.blockers.is_empty() => {
            let by = list.names.reference(row.blockers[0]);
            let by = by.map(|found| found.to_string()).unwrap_or_default();
            let words = format!("blocked by {by}");
            vec![if words.len() <= room { words } else { format!("by {by}") }]
        }
        _ => vec![item.state().slug.to_owned()],
    };
    if item.shelf() == crate::domain::noun::Shelf::Open {
        words.extend(due);
    }
    words.retain(|word| !word.is_empty());
    // What comes first matters most; the rest is in the detail.
    while words.len() > 1 && words.join(" · ").chars().count() > room {
        words.pop();
    }
    words.join(" · ")
}

/// `24 → 30 %`.
#[must_use]
pub fn figures(row: &Row) -> String {
    let item = &row.item;
    let figure = |name: &str| match item.get(name) {
        Value::Real(number) => format!("{number}"),
        _ => String::new(),
    };
    let (from, to, unit) = (figure("baseline"), figure("target"), item.text("unit"));
    if to.is_empty() {
        return String::new();
    }
    format!("{from} → {to} {unit}").trim().to_owned()
}

fn draw_step(pen: &mut Pen<'_>, model: &Model, step: &Step, at: Rect) {
    let local = step.at.with_timezone(&chrono::Local);
    let when =
        format!("{} {}", day::short(local.date_naive(), model.today()), local.format("%H:%M"));
    pen.put_right(at.x + 2, at.y, 13, &Shown::line(&when), Role::Muted);
    let undone = step.undone_by.is_some();
    let role = if undone || step.kind != "do" { Role::Muted } else { Role::Plain };
    let side = Shown::line(if undone { "undone" } else { first_name(&step.actor) });
    let end = at.right().saturating_sub(10);
    let room = end.saturating_sub(at.x + 18);
    let label = fitted(&Shown::line(&step.label), usize::from(room));
    pen.put(at.x + 17, at.y, room, &label, role);
    pen.put(end, at.y, 9, &side, Role::Muted);
}

/// What was asked for could not be read: that is not the same as nothing being there.
pub fn failed(pen: &mut Pen<'_>, model: &Model, area: Rect) {
    if !model.failed {
        return;
    }
    let why = model.messages.last().map_or("", |message| message.text.as_str());
    let redraw = model.keys().way(crate::app::Action::Redraw);
    let lines = [
        (format!("{} could not be read", model.place.title()), Role::Danger),
        (why.to_owned(), Role::Plain),
        (format!("{redraw} tries again"), Role::Muted),
    ];
    let y = area.y + area.height / 3;
    for (at, (line, role)) in (y..area.bottom()).step_by(2).zip(&lines) {
        pen.word(area.x + 4, at, area.width.saturating_sub(6), line, *role);
    }
}

pub fn empty(pen: &mut Pen<'_>, model: &Model, area: Rect) {
    let list = model.list();
    let lines: Vec<String> = if list.is_filtered() {
        let more = match list.closed_matches {
            0 => "0 shown · esc clears the filter".to_owned(),
            count => format!("0 shown · {count} match in closed, press . to include"),
        };
        vec![more]
    } else if list.closed_matches > 0 {
        let (include, adds) = (model.keys().way(Action::Closed), model.keys().way(Action::Add));
        let noun = list.query.kind.noun();
        let count = list.closed_matches;
        vec![
            format!("No {} open.", noun.plural),
            format!("{count} closed, {include} shows them · {adds} adds {}", noun.one()),
        ]
    } else {
        teaching(model)
    };
    teach(pen, &lines, area);
}

/// A few sentences in the upper middle, each whole, with air between them.
pub fn teach(pen: &mut Pen<'_>, lines: &[String], area: Rect) {
    let room = area.width.saturating_sub(6);
    let mut y = area.y + area.height / 3;
    for (place, line) in lines.iter().enumerate() {
        let role = if place == 0 { Role::Title } else { Role::Muted };
        for part in wrap(&Shown::line(line), usize::from(room)) {
            if y < area.bottom() {
                pen.put(area.x + 4, y, room, &part, role);
            }
            y += 1;
        }
        y += 1;
    }
}

/// Three lines: what this is for, the one key to begin, one example to type.
#[must_use]
pub fn teaching(model: &Model) -> Vec<String> {
    match model.place {
        Place::Trash => vec!["Nothing was thrown away.".to_owned()],
        Place::History => vec![
            "Nothing has happened yet. Every step will stand here, and u takes it back.".to_owned(),
        ],
        Place::Reviews => vec![
            "Every run of a ritual, with what came of it.".to_owned(),
            format!("{} begins one, or a report", model.keys().way(Action::Add)),
            format!(
                "{} is the Monday review, {} the standup, {} the check-in; a run that was left goes on",
                model.keys().way(Action::Ritual(RitualKind::Monday)),
                model.keys().way(Action::Ritual(RitualKind::Standup)),
                model.keys().way(Action::Ritual(RitualKind::Checkin))
            ),
        ],
        place => {
            let noun = place.kind().unwrap_or(place.adds()).noun();
            if noun.kind == Kind::Meeting {
                let way = model.keys().way(Action::WatchCalendar);
                return vec![
                    noun.what.to_owned(),
                    format!("{way} reads a folder or a file whenever it changes"),
                    ":import reads a calendar once".to_owned(),
                ];
            }
            vec![
                noun.what.to_owned(),
                format!(
                    "{} adds {}; {} captures anything",
                    model.keys().way(Action::Add),
                    noun.one(),
                    model.keys().way(Action::Capture)
                ),
                format!("try  {}", noun.example),
            ]
        }
    }
}
