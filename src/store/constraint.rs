//! The conditions that a table's rows must meet, read from the schema itself: a long load looks at
//! them once, at its end.

use rusqlite::Connection;

use super::error::{Doing, Result};

/// Every `CHECK` of a table, as expressions over its columns.
///
/// # Errors
/// A storage error.
pub(super) fn checks(connection: &Connection, table: &str) -> Result<Vec<String>> {
    connection
        .prepare_cached("SELECT sql FROM sqlite_schema WHERE type = 'table' AND name = ?1")
        .and_then(|mut statement| statement.query_row([table], |row| row.get::<_, String>(0)))
        .doing("reading the schema")
        .map(|sql| found(&sql))
}

fn found(sql: &str) -> Vec<String> {
    sql.split("CHECK (").skip(1).filter_map(|rest| Some(rest[..end(rest)?].to_owned())).collect()
}

/// Where the parenthesis closes that is open before the text.
fn end(text: &str) -> Option<usize> {
    let (mut depth, mut quoted) = (1, false);
    for (at, letter) in text.char_indices() {
        match letter {
            '\'' => quoted = !quoted,
            '(' if !quoted => depth += 1,
            ')' if !quoted => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Some(at);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn conditions_are_read_with_their_parentheses_and_quotes() {
        let sql = "CREATE TABLE t (a TEXT CHECK (length(a) = 36), b TEXT REFERENCES t(a) \
                   CHECK (b IN ('x)', 'y') OR (b = '''(')), c INTEGER) STRICT";
        assert_eq!(found(sql), ["length(a) = 36", "b IN ('x)', 'y') OR (b = '''(')"]);
    }
}
