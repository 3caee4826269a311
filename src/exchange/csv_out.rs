//! CSV that spreadsheets cannot run and that prewire reads back as it was: RFC 4180, UTF-8, every
//! cell quoted, and one apostrophe before what a spreadsheet would take for a formula.

use std::io::{self, Write};

use crate::domain::field::{Field, FieldKind, Names};
use crate::domain::item::{Item, Ref};
use crate::domain::noun::Noun;
use crate::domain::value::Value;

use super::chips::chipped;

/// The columns before the fields; by these the reader knows its own files.
const FIRST: [&str; 4] = ["ref", "id", "title", "state"];
/// The columns after the fields.
const LAST: [&str; 2] = ["created_at", "updated_at"];

/// Writes the names of the columns.
///
/// # Errors
/// When `out` does not take them.
pub fn header(out: &mut dyn Write, noun: &Noun) -> io::Result<()> {
    let fields = fields(noun).map(|field| field.name);
    let names: Vec<&str> = FIRST.into_iter().chain(fields).chain(LAST).collect();
    record(out, names.iter().map(|name| (*name).to_owned()))
}

/// Writes one item.
///
/// # Errors
/// When `out` does not take it.
pub fn item(out: &mut dyn Write, item: &Item, names: &impl Names) -> io::Result<()> {
    let noun = item.kind().noun();
    let instant = super::instant::write;
    let first = [
        item.reference.to_string(),
        item.id.to_string(),
        guarded(item.title()),
        item.text("state").to_owned(),
    ];
    let cells = fields(noun).map(|field| cell(field, item.get(field.name), names));
    let last = [instant(item.created_at), instant(item.updated_at)];
    record(out, first.into_iter().chain(cells).chain(last))
}

fn fields(noun: &Noun) -> impl Iterator<Item = &Field> {
    noun.fields.iter().filter(|field| !FIRST.contains(&field.name))
}

/// The text of a cell. Figures and days stand bare, words are guarded.
fn cell(field: &Field, value: &Value, names: &impl Names) -> String {
    match value {
        Value::Whole(number) => number.to_string(),
        Value::Real(number) => number.to_string(),
        Value::Day(day) => day.to_string(),
        Value::Items(ids) => {
            let words: Vec<String> = ids.iter().map(|id| called(field, *id, names)).collect();
            guarded(&words.join(", "))
        }
        Value::Item(id) => guarded(&called(field, *id, names)),
        Value::Tags(tags) => guarded(&tags.join(", ")),
        Value::Nothing => String::new(),
        Value::Text(text) if matches!(field.kind, FieldKind::Choice(_)) => text.clone(),
        Value::Text(text) => guarded(text),
    }
}

/// A person by name; by ref when the name could be read as several, as a ref or as an
/// address, or cannot stand in a file as it is.
fn called(field: &Field, id: crate::domain::item::ItemId, names: &impl Names) -> String {
    let plain = |name: &str| {
        let bare = !name.contains([',', '@']) && name.trim() == name && chipped(name) == name;
        bare && Ref::parse(name).is_none()
    };
    match names.title(id) {
        Some(name) if field.is_person() && plain(name) => name.to_owned(),
        _ => names.reference(id).map_or_else(|| id.to_string(), |found| found.to_string()),
    }
}

/// The text, an apostrophe before it when a spreadsheet would run it, or when it begins with one.
#[must_use]
pub fn guarded(text: &str) -> String {
    let text = chipped(text);
    let first = text.chars().find(|letter| !is_space(*letter));
    match first {
        Some(letter) if is_live(letter) => format!("'{text}"),
        _ if text.starts_with('\'') => format!("'{text}"),
        Some(_) | None => text.into_owned(),
    }
}

fn is_space(letter: char) -> bool {
    letter.is_whitespace() && !matches!(letter, '\t' | '\r' | '\n')
}

fn is_live(letter: char) -> bool {
    matches!(
        letter,
        '=' | '+' | '-' | '@' | '\t' | '\r' | '\n' | '\0' | '|' | '\'' | '＝' | '＋' | '－' | '＠'
    )
}

fn record(out: &mut dyn Write, cells: impl Iterator<Item = String>) -> io::Result<()> {
    let mut line = String::new();
    for (place, cell) in cells.enumerate() {
        if place > 0 {
            line.push(',');
        }
        line.push('"');
        line.push_str(&cell.replace('"', "\"\""));
        line.push('"');
    }
    line.push_str("\r\n");
    out.write_all(line.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_spreadsheet_would_run_is_guarded() {
        for text in ["=1", " =1", "\u{a0}+1", "-5", "@x", "\tx", "\nx", "|x", "＝1", "'x", "  'x"]
        {
            assert_eq!(guarded(text), format!("'{text}"), "{text:?}");
        }
        for text in ["a=1", "", "5-3", "d’accord", "(=1)"] {
            assert_eq!(guarded(text), text);
        }
    }

    #[test]
    fn every_cell_is_quoted_and_lines_end_as_the_rfc_says() {
        let mut out = Vec::new();
        record(&mut out, ["a\"b".to_owned(), String::new(), "x\ny".to_owned()].into_iter())
            .unwrap();
        assert_eq!(out, b"\"a\"\"b\",\"\",\"x\ny\"\r\n");
    }
}
