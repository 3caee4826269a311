//! A table for people: columns aligned by the room that text takes on a terminal, the title
//! shortened and the least important columns left out when it is narrow.

use chrono::NaiveDate;

use crate::domain::field::{FieldKind, Names};
use crate::domain::item::Item;
use crate::domain::kind::Kind;
use crate::domain::shown::Shown;
use crate::ops::{Result, Row};

use super::output::{Output, Role};

/// The least room that a title is left with.
const TITLE: usize = 40;
/// Blanks between columns.
const GAP: usize = 2;
/// How what waits for something else stands, whatever its own state.
const BLOCKED: &str = "blocked";
/// The most room of any column but the title.
const MOST: usize = 24;

/// One column with its cells.
struct Column {
    head: Shown,
    cells: Vec<Shown>,
    width: usize,
}

impl Column {
    fn new(head: &str, cells: impl Iterator<Item = String>) -> Self {
        let cells: Vec<Shown> = cells.map(|cell| Shown::line(&cell)).collect();
        let head = Shown::line(head);
        let width = cells.iter().chain([&head]).map(Shown::width).max().unwrap_or(0);
        Self { head, cells, width }
    }

    fn at_most(mut self, most: Option<usize>) -> Self {
        self.width = self.width.min(most.unwrap_or(usize::MAX));
        self
    }
}

/// Prints rows of one kind with these columns after ref and title.
///
/// # Errors
/// When standard output cannot be written.
pub fn print(
    output: &mut Output,
    (kind, columns): (Kind, &[&'static str]),
    rows: &[Row],
    names: &impl Names,
    today: NaiveDate,
) -> Result<()> {
    let noun = kind.noun();
    let items = || rows.iter().map(|row| &row.item);
    let reference = Column::new("", items().map(|item| item.reference.to_string()));
    let title = noun.field("title");
    let title = Column::new(title.label, items().map(|item| item.title().to_owned()));
    let cap = output.width().map(|_| MOST);
    let columns = columns.iter().map(|name| {
        let field = noun.field(name);
        let cells = rows.iter().map(|row| match (field.kind, row.blockers.is_empty()) {
            (FieldKind::State, false) => BLOCKED.to_owned(),
            _ => field.show(row.item.get(name), names, today),
        });
        Column::new(field.label, cells).at_most(cap)
    });
    let account =
        Column::new(kind.weighed().unwrap_or(""), rows.iter().map(|row| row.account.clone()));
    let columns: Vec<Column> =
        std::iter::once(account.at_most(cap)).chain(columns).filter(has_cells).collect();
    let late: Vec<bool> = rows.iter().map(|row| row.late).collect();
    lay_out(output, &reference, title, columns, &late)
}

fn has_cells(column: &Column) -> bool {
    column.cells.iter().any(|cell| !cell.is_empty())
}

fn lay_out(
    output: &mut Output,
    reference: &Column,
    mut title: Column,
    mut columns: Vec<Column>,
    late: &[bool],
) -> Result<()> {
    if let Some(width) = output.width() {
        let taken = |columns: &[Column]| -> usize {
            reference.width + 2 + columns.iter().map(|column| GAP + column.width).sum::<usize>()
        };
        while columns.len() > 1 && taken(&columns) + TITLE.min(title.width) > width {
            columns.pop();
        }
        title.width = title.width.min(width.saturating_sub(taken(&columns)).max(8));
    }
    let mut head = vec![(Role::Header, Shown::default().pad_right(reference.width + 2))];
    head.push((Role::Header, title.head.pad_right(title.width)));
    for (at, column) in columns.iter().enumerate() {
        let cell = cell(&column.head, column.width, at + 1 == columns.len());
        head.push((Role::Header, Shown::fixed("  ").followed_by(&cell)));
    }
    output.pieces(&head)?;
    for (row, late) in late.iter().enumerate() {
        let filled = columns.iter().rposition(|column| !column.cells[row].is_empty());
        let filled = filled.map_or(0, |last| last + 1);
        let mut line = vec![
            (Role::Plain, reference.cells[row].pad_right(reference.width)),
            (Role::Late, Shown::fixed(if *late { "! " } else { "  " })),
            (Role::Plain, cell(&title.cells[row], title.width, filled == 0)),
        ];
        for (at, column) in columns[..filled].iter().enumerate() {
            let text = cell(&column.cells[row], column.width, at + 1 == filled);
            line.push((Role::Plain, Shown::fixed("  ").followed_by(&text)));
        }
        output.pieces(&line)?;
    }
    Ok(())
}

/// The last cell of a line is not padded.
fn cell(text: &Shown, width: usize, last: bool) -> Shown {
    if last { text.truncate(width) } else { text.pad_right(width) }
}

/// The fields of `--plain`: ref, title, state, then the columns of the noun, as they are typed.
/// What waits for something else is called blocked, as on the screen.
#[must_use]
pub fn plain(item: &Item, is_blocked: bool, names: &impl Names) -> Vec<String> {
    let noun = item.kind().noun();
    let state = if is_blocked { BLOCKED } else { item.state().slug };
    let mut fields = vec![item.reference.to_string(), item.title().to_owned(), state.to_owned()];
    for name in noun.columns.iter().filter(|name| **name != "state") {
        fields.push(noun.field(name).typed(item.get(name), names));
    }
    fields
}
