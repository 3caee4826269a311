//! A list: ref, title and the columns of its kind, as many as fit; trees by indent; the history as
//! steps. Says what an empty place is for.

use ratatui::layout::Rect;

use super::pen::{Pen, first_name};
use super::theme::Role;
use crate::app::action::Action;
use crate::app::list::List;
use crate::app::model::{Model, Pane};
use crate::app::mouse::Target;
use crate::app::place::Place;
use crate::app::rows::{Fold, Line};
use crate::domain::day;
use crate::domain::field::{Field, FieldKind, Names};
use crate::domain::kind::Kind;
use crate::domain::shown::Shown;
use crate::domain::value::Value;
use crate::ops::Row;
use crate::store::history::Step;

/// Narrowest title before a column is dropped.
const TITLE: u16 = 28;
/// Mark, late sign, ref and their gaps.
const BEFORE: u16 = 10;

/// One column with its width.
struct Column {
    field: &'static Field,
    width: u16,
}

pub fn draw(pen: &mut Pen<'_>, model: &Model, area: Rect) {
    let list = model.list();
    if !list.loaded {
        return;
    }
    if list.total == 0 {
        empty(pen, model, area);
        return;
    }
    let columns = model.place.kind().map(|kind| columns(kind, area.width)).unwrap_or_default();
    let header = u16::from(model.place.kind().is_some());
    if header == 1 {
        head(pen, model, &columns, area);
    }
    let rows = area.height.saturating_sub(header);
    for row in 0..rows {
        let place = list.top + usize::from(row);
        let Some(line) = list.line(place) else { continue };
        let at = Rect { y: area.y + header + row, height: 1, ..area };
        draw_line(pen, model, list, line, &columns, at);
        pen.spot(at, Target::Row(place));
        if place == list.cursor {
            if model.pane == Pane::List {
                pen.select(Rect { width: area.width.saturating_sub(1), ..at });
            }
            pen.put(at.x, at.y, 1, &Shown::fixed(pen.theme.glyphs.cursor), Role::Accent);
        }
    }
}

fn columns(kind: Kind, width: u16) -> Vec<Column> {
    let noun = kind.noun();
    let title = if width < 60 { TITLE - 6 } else { TITLE };
    let mut room = width.saturating_sub(BEFORE + title + 1);
    let mut columns = Vec::new();
    for name in noun.columns {
        let field = noun.field(name);
        let wide = column_width(field);
        if wide + 1 > room {
            break;
        }
        room -= wide + 1;
        columns.push(Column { field, width: wide });
    }
    columns
}

fn column_width(field: &Field) -> u16 {
    match field.kind {
        FieldKind::Day | FieldKind::PastDay => 10,
        FieldKind::State => 9,
        FieldKind::One(_) if !field.is_person() => 5,
        FieldKind::Choice(_)
        | FieldKind::Line
        | FieldKind::Url
        | FieldKind::Text
        | FieldKind::Tags => 11,
        _ => 8,
    }
}

fn head(pen: &mut Pen<'_>, model: &Model, columns: &[Column], area: Rect) {
    let noun = model.place.kind().unwrap_or(Kind::Decision).noun();
    pen.word(area.x + 3, area.y, 5, "ref", Role::Muted);
    pen.word(area.x + BEFORE - 1, area.y, 20, noun.field("title").label, Role::Muted);
    let mut x = area.right();
    for column in columns.iter().rev() {
        x = x.saturating_sub(column.width + 1);
        put_cell(pen, x, area.y, column, &Shown::line(column.field.label), Role::Muted);
    }
}

fn put_cell(pen: &mut Pen<'_>, x: u16, y: u16, column: &Column, text: &Shown, role: Role) {
    let right = matches!(
        column.field.kind,
        FieldKind::Day
            | FieldKind::PastDay
            | FieldKind::Minutes
            | FieldKind::Real
            | FieldKind::Whole { .. }
    );
    if right {
        pen.put_right(x, y, column.width, text, role);
    } else {
        pen.put(x, y, column.width, text, role);
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
        Line::Heading { title, .. } => {
            pen.word(at.x + 1, at.y, at.width - 2, title, Role::Title);
        }
        Line::Step(step) => draw_step(pen, model, step, at),
        Line::Item { row, depth, fold } => {
            let is_marked = list.marks.contains(&row.item.id);
            lead(pen, row, is_marked, at);
            if model.place.kind().is_some() {
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
    let mut x = at.right();
    for column in columns.iter().rev() {
        x = x.saturating_sub(column.width + 1);
        let (text, role) = cell(model, list, row, column.field);
        put_cell(pen, x, at.y, column, &text, role);
    }
    let start = at.x + BEFORE - 1;
    pen.put(
        start,
        at.y,
        x.saturating_sub(start + 1),
        &Shown::line(row.item.title()),
        title_role(row),
    );
}

fn title_role(row: &Row) -> Role {
    use crate::domain::noun::Shelf;
    match row.item.shelf() {
        Shelf::Open => Role::Plain,
        Shelf::Closed | Shelf::Trash => Role::Muted,
    }
}

/// What a column says of a row. A request among the assets answers with its own fields.
fn cell(model: &Model, list: &List, row: &Row, field: &'static Field) -> (Shown, Role) {
    let noun = row.item.kind().noun();
    let own = noun
        .answering(field.name)
        .or_else(|| field.is_date().then(|| noun.due.map(|due| noun.field(due)))?);
    let Some(field) = own else { return (Shown::fixed(""), Role::Muted) };
    match (field.kind, row.item.get(field.name)) {
        (FieldKind::Many(_), _) if field.name == "blocks" => {
            let text = if row.holds == 0 { String::new() } else { row.holds.to_string() };
            (Shown::line(&text), Role::Plain)
        }
        (FieldKind::One(_), Value::Item(id)) => {
            let called = field.called(*id, &list.names);
            let short = if field.is_person() { first_name(&called).to_owned() } else { called };
            (Shown::line(&short), Role::Plain)
        }
        (FieldKind::One(_), Value::Nothing) if field.name == "for" && row.unlinked => {
            (Shown::fixed("none"), Role::Warn)
        }
        (FieldKind::State, _) if !row.blockers.is_empty() => {
            (Shown::fixed("blocked"), Role::Blocked)
        }
        (FieldKind::State, value) => {
            (Shown::line(&field.show(value, &list.names, model.today())), Role::Muted)
        }
        (FieldKind::Day, value) => {
            let role = if row.late { Role::Danger } else { Role::Plain };
            (Shown::line(&field.show(value, &list.names, model.today())), role)
        }
        (_, value) => (Shown::line(&field.show(value, &list.names, model.today())), Role::Plain),
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
    let side = Shown::line(&node_side(model, list, row, usize::from(at.width / 3)));
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
        Kind::Outcome => vec![figures(row)],
        Kind::Bet => {
            let sure = item.whole("confidence").map(|sure| format!("{sure} %")).unwrap_or_default();
            vec![item.state().slug.to_owned(), sure]
        }
        _ if !row.blockers.is_empty() => {
            vec![
                "blocked by ".to_owned()
                    + &list
                        .names
                        .reference(row.blockers[0])
                        .map(|found| found.to_string())
                        .unwrap_or_default(),
            ]
        }
        _ => vec![item.state().slug.to_owned()],
    };
    words.extend(due);
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
    let side = Shown::line(if undone { "undone" } else { crate::ui::pen::first_name(&step.actor) });
    let end = at.right().saturating_sub(10);
    pen.put(at.x + 17, at.y, end.saturating_sub(at.x + 18), &Shown::line(&step.label), role);
    pen.put(end, at.y, 9, &side, Role::Muted);
}

fn empty(pen: &mut Pen<'_>, model: &Model, area: Rect) {
    let list = model.list();
    let lines: Vec<String> = if list.is_filtered() {
        let more = match list.closed_matches {
            0 => "0 shown · esc clears the filter".to_owned(),
            count => format!("0 shown · {count} match in closed, press . to include"),
        };
        vec![more]
    } else {
        teaching(model)
    };
    let y = area.y + area.height / 3;
    for (row, line) in lines.iter().enumerate() {
        let role = if row == 0 { Role::Title } else { Role::Muted };
        let at = y + u16::try_from(row).unwrap_or(0) * 2;
        if at < area.bottom() {
            pen.word(area.x + 4, at, area.width.saturating_sub(6), line, role);
        }
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
        place => {
            let noun = place.kind().unwrap_or(place.adds()).noun();
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
