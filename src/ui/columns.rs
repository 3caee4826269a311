//! The columns of a table: which there are, how wide each is, what each says of a row. Widths go by
//! the kind of the field, never by what is in the rows, so that nothing moves while one scrolls.

use ratatui::layout::Rect;

use super::list::BEFORE;
use super::measure;
use super::pen::{Pen, first_name};
use super::theme::Role;
use crate::app::list::List;
use crate::app::model::Model;
use crate::domain::field::{Field, FieldKind};
use crate::domain::kind::Kind;
use crate::domain::shown::Shown;
use crate::domain::value::Value;
use crate::ops::Row;

/// Narrowest title before a column is dropped.
const TITLE: u16 = 28;
/// The same on a screen that shows the essentials only.
const NARROW_TITLE: u16 = 22;
/// Widths of what is said beside the fields, the widest that leaves room for a title.
const ACCOUNT: [u16; 3] = [24, 16, 9];

/// One column with its width.
pub struct Column {
    field: &'static Field,
    width: u16,
}

/// The columns of a list, as many as fit.
#[must_use]
pub fn of(list: &List, kind: Kind, width: u16) -> Vec<Column> {
    let noun = kind.noun();
    let title = if width < 60 { NARROW_TITLE } else { TITLE };
    let mut room = width.saturating_sub(BEFORE + title + 1);
    room = room.saturating_sub(account_room(kind, width));
    let mut columns = Vec::new();
    for name in list.shown_columns() {
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

/// Columns that what is said beside the fields takes, its gap among them: all of it, its beginning,
/// or the counts alone.
fn account_room(kind: Kind, width: u16) -> u16 {
    if kind == Kind::Metric {
        return measure::width(&pieces(width));
    }
    if kind.weighed().is_none() {
        return 0;
    }
    let rest = width.saturating_sub(BEFORE + NARROW_TITLE + 1);
    ACCOUNT.into_iter().find(|wide| *wide < rest).map_or(0, |wide| wide + 1)
}

/// What is said of a metric in a list of this width.
fn pieces(width: u16) -> Vec<measure::Piece> {
    let title = if width < 60 { NARROW_TITLE } else { TITLE };
    measure::fitting(width.saturating_sub(BEFORE + title + 1))
}

fn column_width(field: &Field) -> u16 {
    match field.kind {
        FieldKind::State => 9,
        FieldKind::One(_) if field.makes_by_name() && !field.is_person() => 11,
        FieldKind::One(_) if !field.is_person() => 5,
        FieldKind::Day
        | FieldKind::PastDay
        | FieldKind::Choice(_)
        | FieldKind::Line
        | FieldKind::Url
        | FieldKind::Text
        | FieldKind::Tags => 11,
        _ => 8,
    }
}

/// The names of the columns.
pub fn head(pen: &mut Pen<'_>, model: &Model, columns: &[Column], area: Rect) {
    let noun = model.place.kind().unwrap_or(Kind::Decision).noun();
    pen.word(area.x + 3, area.y, 5, "ref", Role::Muted);
    pen.word(area.x + BEFORE - 1, area.y, 20, noun.field("title").label, Role::Muted);
    let mut x = area.right();
    for column in columns.iter().rev() {
        x = x.saturating_sub(column.width + 1);
        put(pen, x, area.y, column, &Shown::line(column.field.label), Role::Muted);
    }
    let room = account_room(noun.kind, area.width);
    if noun.kind == Kind::Metric {
        measure::head(pen, &pieces(area.width), (x.saturating_sub(room), area.y));
        return;
    }
    if let Some(label) = noun.kind.weighed().filter(|_| room > 0) {
        pen.word(x.saturating_sub(room), area.y, room - 1, label, Role::Muted);
    }
}

/// The cells of a row, from the right; returns where the first begins.
pub fn row(
    pen: &mut Pen<'_>,
    model: &Model,
    list: &List,
    row: &Row,
    columns: &[Column],
    at: Rect,
) -> u16 {
    let mut x = at.right();
    for column in columns.iter().rev() {
        x = x.saturating_sub(column.width + 1);
        let (text, role) = cell(model, list, row, column.field);
        put(pen, x, at.y, column, &text, role);
    }
    let room = account_room(row.item.kind(), at.width);
    if room > 0 {
        x = x.saturating_sub(room);
        if let Some(glance) = row.glance.as_deref() {
            measure::draw(pen, glance, &pieces(at.width), (x, at.y));
            return x;
        }
        let words = Shown::line(&row.account).truncate(usize::from(room - 1));
        pen.put(x, at.y, room - 1, &words, Role::Plain);
    }
    x
}

fn put(pen: &mut Pen<'_>, x: u16, y: u16, column: &Column, text: &Shown, role: Role) {
    let right = matches!(
        column.field.kind,
        FieldKind::Day
            | FieldKind::PastDay
            | FieldKind::Minutes
            | FieldKind::Real
            | FieldKind::Whole { .. }
    ) || is_count(column.field);
    if right {
        // Air before the next column, which begins where this one ends, unless all is needed.
        let is_long = text.width() >= usize::from(column.width);
        pen.put_right(x, y, column.width - u16::from(!is_long), text, role);
    } else {
        pen.put(x, y, column.width, text, role);
    }
}

/// Whether a column shows how many rather than which.
fn is_count(field: &Field) -> bool {
    ["blocks", "evidence", "claims", "objections"].contains(&field.name)
}

/// What the columns say, one after the other on a line; what they leave empty takes no room.
pub fn facts(pen: &mut Pen<'_>, model: &Model, list: &List, row: &Row, at: Rect) {
    let noun = list.query.kind.noun();
    let mut x = at.x;
    let glance = row.glance.as_deref();
    for (text, role) in
        glance.map(|glance| measure::words(pen.theme.glyphs, glance)).unwrap_or_default()
    {
        if x + u16::try_from(text.width()).unwrap_or(0) <= at.right() {
            x += pen.put(x, at.y, at.width, &text, role) + 2;
        }
    }
    let account = Shown::line(if glance.is_some() { "" } else { &row.account });
    if !account.is_empty() && account.width() <= usize::from(at.width) {
        x += pen.put(x, at.y, at.width, &account, Role::Muted) + 2;
    }
    for name in list.shown_columns() {
        let field = noun.field(name);
        let (text, role) = cell(model, list, row, field);
        // On a board the column says the state.
        let is_said = model.is_board() && field.kind == FieldKind::State && role == Role::Muted;
        if text.is_empty() || is_said {
            continue;
        }
        let text = if is_count(field) {
            Shown::line(&format!("{} {}", field.label, text.as_str()))
        } else {
            text
        };
        let text = if role == Role::Warn { Shown::fixed("unlinked") } else { text };
        let role = if role == Role::Plain { Role::Muted } else { role };
        let room = at.right().saturating_sub(x);
        // Half a fact is none; a shorter one may still find room.
        if text.width() > usize::from(room) {
            continue;
        }
        x += pen.put(x, at.y, room, &text, role) + 2;
    }
}

/// What a column says of a row. A request among the assets answers with its own fields.
#[must_use]
pub fn cell(model: &Model, list: &List, row: &Row, field: &'static Field) -> (Shown, Role) {
    let noun = row.item.kind().noun();
    let own = noun
        .answering(field.name)
        .or_else(|| field.is_date().then(|| noun.due.map(|due| noun.field(due)))?);
    let Some(field) = own else { return (Shown::fixed(""), Role::Muted) };
    match (field.kind, row.item.get(field.name)) {
        (FieldKind::Many(_), _) if is_count(field) => {
            let count = match (field.name, row.item.get(field.name)) {
                ("blocks", _) => row.holds,
                (_, value) => value.ids().len(),
            };
            let text = if count == 0 { String::new() } else { count.to_string() };
            (Shown::line(&text), Role::Plain)
        }
        (FieldKind::One(_), value @ Value::Item(_)) => {
            let called = field.show(value, &list.names, model.today());
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
