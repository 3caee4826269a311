//! The columns of a table: which there are, how wide each is, what each says of a row. Widths go by
//! the kind of the field, never by what is in the rows, so that nothing moves while one scrolls.

use ratatui::layout::Rect;

use super::list::BEFORE;
use super::measure;
use super::pen::{Pen, first_name};
use super::theme::Role;
use crate::app::list::List;
use crate::app::model::Model;
use crate::domain::day;
use crate::domain::field::{Field, FieldKind};
use crate::domain::kind::Kind;
use crate::domain::noun::{Noun, Shelf, State};
use crate::domain::shown::Shown;
use crate::domain::value::Value;
use crate::ops::Row;
use crate::store::listing::Closed;

/// Narrowest title beside the first two columns, beside the third, and beside more of them: what is
/// asked for first is worth more of the title.
const TITLES: [u16; 3] = [20, 34, 36];
/// Narrowest title beside columns that somebody chose.
const CHOSEN_TITLE: u16 = 20;
/// A title of this width is whole as a rule; what is left goes to columns whose texts are longer.
const ROOMY_TITLE: u16 = 52;
/// Narrowest title beside an account.
const TITLE: u16 = 28;
/// The same on a screen that shows the essentials only.
const NARROW_TITLE: u16 = 22;
/// A list narrower than this says days in less.
const NARROW: u16 = 64;
/// Widest column, and the widest of the ones that are given what is left.
const WIDEST: u16 = 11;
const STRETCHED: u16 = 22;
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
    let beside = width.saturating_sub(BEFORE + 1 + account_room(kind, width));
    let mut taken = 0;
    let mut columns: Vec<Column> = Vec::new();
    for name in list.shown_columns() {
        let field = noun.field(name);
        let wide = column_width(noun, field, (width, list.query.closed));
        let title = match (&list.columns, columns.len()) {
            _ if account_room(kind, width) > 0 => narrowest(width),
            (Some(_), _) => CHOSEN_TITLE,
            (None, 0 | 1) => TITLES[0],
            (None, 2) => TITLES[1],
            (None, _) => TITLES[2],
        };
        if taken + wide + 1 + title > beside {
            break;
        }
        taken += wide + 1;
        columns.push(Column { field, width: wide });
    }
    stretch(&mut columns, beside.saturating_sub(taken + ROOMY_TITLE));
    columns
}

/// Gives what is left to the columns that may cut their texts, alike.
fn stretch(columns: &mut [Column], left: u16) {
    let cut = |column: &&mut Column| {
        let field = column.field;
        match field.kind {
            FieldKind::Line | FieldKind::Url | FieldKind::Text | FieldKind::Tags => true,
            FieldKind::One(_) => field.makes_by_name() && !field.is_person(),
            _ => false,
        }
    };
    let count = columns.iter_mut().filter(cut).count();
    let Some(each) = left.checked_div(u16::try_from(count).unwrap_or(u16::MAX)) else { return };
    for column in columns.iter_mut().filter(cut) {
        column.width = (column.width + each).min(STRETCHED);
    }
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
    measure::fitting(width.saturating_sub(BEFORE + narrowest(width) + 1))
}

/// Narrowest title beside an account, in a list of this width.
fn narrowest(width: u16) -> u16 {
    if width < 60 { NARROW_TITLE } else { TITLE }
}

/// As wide as the kind of the field asks for, and its heading, in a list of this width.
fn column_width(noun: &Noun, field: &Field, (width, shelf): (u16, Closed)) -> u16 {
    let longest = |words: &mut dyn Iterator<Item = usize>| {
        u16::try_from(words.max().unwrap_or(0)).unwrap_or(WIDEST).min(WIDEST)
    };
    let wide = match field.kind {
        // What blocks an item is said in place of its state.
        FieldKind::State => {
            let said = |state: &&State| shelf == Closed::Shown || state.shelf == Shelf::Open;
            longest(&mut noun.states.iter().filter(said).map(|state| state.slug.len())).clamp(7, 10)
        }
        FieldKind::Choice(slugs) => longest(&mut slugs.iter().map(|slug| slug.len())),
        FieldKind::One(_) if field.makes_by_name() && !field.is_person() => WIDEST,
        FieldKind::One(_) if !field.is_person() => 5,
        FieldKind::Day | FieldKind::PastDay if width < NARROW => 7,
        FieldKind::Day | FieldKind::PastDay => 9,
        FieldKind::Line | FieldKind::Url | FieldKind::Text | FieldKind::Tags => WIDEST,
        FieldKind::Many(_) if is_count(field) => 5,
        _ => 8,
    };
    let first = field.label.split(' ').next().unwrap_or("").chars().count();
    wide.max(u16::try_from(first).unwrap_or(WIDEST).min(WIDEST))
}

/// What a column is called: its label, or as many of its words as fit.
fn heading(column: &Column) -> Shown {
    let mut words: Vec<&str> = column.field.label.split(' ').collect();
    let room = usize::from(column.width);
    while words.len() > 1 && words.join(" ").chars().count() > room {
        words.pop();
    }
    Shown::line(&words.join(" "))
}

/// The names of the columns.
pub fn head(pen: &mut Pen<'_>, model: &Model, columns: &[Column], area: Rect) {
    let noun = model.place.kind().unwrap_or(Kind::Decision).noun();
    pen.word(area.x + 3, area.y, 5, "ref", Role::Muted);
    pen.word(area.x + BEFORE - 1, area.y, 20, noun.field("title").label, Role::Muted);
    let mut x = area.right();
    for column in columns.iter().rev() {
        x = x.saturating_sub(column.width + 1);
        put(pen, x, area.y, column, &heading(column), Role::Muted);
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
        let text = narrowed(model, row, column, text);
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

/// A day that its column would cut, said in less.
fn narrowed(model: &Model, row: &Row, column: &Column, text: Shown) -> Shown {
    let room = usize::from(column.width);
    if text.width() <= room {
        return text;
    }
    let Some(field) = own(row, column.field).filter(|field| field.is_date()) else { return text };
    let date = row.item.day(field.name);
    date.map_or(text, |date| Shown::line(&day::narrow(date, model.today(), room)))
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

/// The field of a row that answers for a column.
fn own(row: &Row, field: &'static Field) -> Option<&'static Field> {
    let noun = row.item.kind().noun();
    let due = || field.is_date().then(|| noun.due.map(|due| noun.field(due)))?;
    noun.answering(field.name).or_else(due)
}

/// What a column says of a row. A request among the assets answers with its own fields.
#[must_use]
pub fn cell(model: &Model, list: &List, row: &Row, field: &'static Field) -> (Shown, Role) {
    let Some(field) = own(row, field) else { return (Shown::fixed(""), Role::Muted) };
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
