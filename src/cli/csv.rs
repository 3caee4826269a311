//! Items as CSV: every cell quoted, lines ended by CR LF, and a guard before what a spreadsheet
//! would take for a formula (`spec/7-quality.md §7.6.3`).

use crate::domain::field::{Field, FieldKind, Names};
use crate::domain::item::Item;
use crate::domain::kind::Kind;
use crate::domain::shown::Shown;
use crate::domain::value::Value;
use crate::ops::Result;
use crate::store::sql::write_instant;

use super::output::Output;

/// One finished line.
pub struct Record(String);

impl Record {
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    fn of(cells: impl Iterator<Item = String>) -> Self {
        let quoted: Vec<String> =
            cells.map(|cell| format!("\"{}\"", cell.replace('"', "\"\""))).collect();
        Self(format!("{}\r\n", quoted.join(",")))
    }
}

/// What items of several kinds have in common, so that they are one table.
pub const SHARED: [&str; 9] =
    ["ref", "id", "kind", "title", "state", "due", "owner", "created_at", "updated_at"];

/// Prints a header and the items: with all their fields where they are of one kind, else with what
/// all kinds have.
///
/// # Errors
/// When standard output cannot be written.
pub fn print(output: &mut Output, items: &[Item], names: &impl Names) -> Result<()> {
    let Some(kind) = items.first().map(Item::kind) else { return Ok(()) };
    if items.iter().all(|item| item.kind() == kind) {
        output.record(&header(kind))?;
        return items.iter().try_for_each(|item| output.record(&row(item, names)));
    }
    output.record(&plain(&SHARED))?;
    items.iter().try_for_each(|item| output.record(&shared(item, names)))
}

/// One item among others, as `SHARED` names it.
fn shared(item: &Item, names: &impl Names) -> Record {
    let typed = |field: Option<&'static Field>| {
        field.map(|field| field.typed(item.get(field.name), names)).unwrap_or_default()
    };
    let noun = item.kind().noun();
    let due = noun.due.map(|name| noun.field(name));
    let cells = [
        item.reference.to_string(),
        item.id.to_string(),
        item.kind().slug().to_owned(),
        cell(item.title()),
        item.state().slug.to_owned(),
        typed(due),
        cell(&typed(noun.answering("owner").filter(|field| field.name == "owner"))),
        write_instant(item.created_at),
        write_instant(item.updated_at),
    ];
    Record::of(cells.into_iter())
}

/// A line of texts that are no item.
#[must_use]
pub fn plain(cells: &[impl AsRef<str>]) -> Record {
    Record::of(cells.iter().map(|text| cell(text.as_ref())))
}

/// The names of the columns.
#[must_use]
pub fn header(kind: Kind) -> Record {
    let fields = others(kind).map(|field| field.name.to_owned());
    let first = ["ref", "id", "title", "state"].map(str::to_owned).into_iter();
    let last = ["created_at", "updated_at"].map(str::to_owned);
    Record::of(first.chain(fields).chain(last))
}

/// One item.
#[must_use]
pub fn row(item: &Item, names: &impl Names) -> Record {
    let first = [
        item.reference.to_string(),
        item.id.to_string(),
        cell(item.title()),
        item.state().slug.to_owned(),
    ];
    let fields = others(item.kind()).map(|field| match item.get(field.name) {
        value @ (Value::Whole(_) | Value::Real(_) | Value::Day(_)) => {
            let minutes = field.kind == FieldKind::Minutes;
            field.typed(value, names).trim_end_matches(if minutes { 'm' } else { ' ' }).to_owned()
        }
        value => cell(&field.typed(value, names)),
    });
    let last = [write_instant(item.created_at), write_instant(item.updated_at)];
    Record::of(first.into_iter().chain(fields).chain(last))
}

fn others(kind: Kind) -> impl Iterator<Item = &'static Field> {
    kind.noun().fields.iter().filter(|field| !["title", "state"].contains(&field.name))
}

/// Somebody's text without controls, and with the guard where one is due.
fn cell(text: &str) -> String {
    let lines: Vec<String> = Shown::lines(text).into_iter().map(String::from).collect();
    let safe = lines.join("\n");
    let first = text.trim_start_matches(' ').chars().next();
    let risky = first.is_some_and(|letter| "=+-@\t\r\n\0|＝＋－＠".contains(letter));
    if risky || text.starts_with('\'') { format!("'{safe}") } else { safe }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_guarded_and_controls_shown() {
        assert_eq!(cell("=1+1"), "'=1+1");
        assert_eq!(cell("  @SUM(A1)"), "'  @SUM(A1)");
        assert_eq!(cell("'quoted"), "''quoted");
        assert_eq!(cell("a\x1b[2Jb"), "a␛[2Jb");
        assert_eq!(cell("two\nlines"), "two\nlines");
        let record = Record::of(["a\"b".to_owned(), "c".to_owned()].into_iter());
        assert_eq!(record.as_str(), "\"a\"\"b\",\"c\"\r\n");
    }
}
