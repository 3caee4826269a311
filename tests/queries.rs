//! What `SQLite` would do for each question that stands in `store/`: none of them walks through every
//! item where a list of its own kind is at hand. A workspace of 100,000 would be read from end to end.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod place;
#[path = "../benches/workspace.rs"]
#[expect(dead_code, reason = "the benches use the rest")]
mod workspace;

use std::path::{Path, PathBuf};

use place::Home;
use rusqlite::{Connection, OpenFlags};

/// Walks through whole tables on purpose: the doctor.
const WHOLE: [&str; 1] = ["check.rs"];
/// Tables that hold a row for each item, or several.
const LONG: [&str; 6] = ["item", "listing", "origin", "tagging", "chg", "edge"];

/// The sources of `store/`, without its tests.
fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        if path.is_dir() {
            sources(&path, found);
        } else if name != "tests.rs" && !WHOLE.contains(&name.as_str()) {
            found.push(path);
        }
    }
}

/// The literals of a source that are whole queries, as the compiler reads them.
fn queries(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut rest = text.chars().peekable();
    while let Some(letter) = rest.next() {
        if letter != '"' {
            continue;
        }
        let mut literal = String::new();
        while let Some(letter) = rest.next() {
            match letter {
                '"' => break,
                '\\' => match rest.next() {
                    Some('\n') => while rest.next_if(|next| next.is_whitespace()).is_some() {},
                    Some('n') => literal.push('\n'),
                    Some(other) => literal.push(other),
                    None => break,
                },
                other => literal.push(other),
            }
        }
        let is_query = literal.starts_with("SELECT ") || literal.starts_with("WITH ");
        if is_query && !literal.contains('{') {
            found.push(literal);
        }
    }
    found
}

/// The steps of a plan that read a long table whole, not even through an index that has all of it.
fn walks(connection: &Connection, query: &str) -> Option<Vec<String>> {
    let mut statement = connection.prepare(&format!("EXPLAIN QUERY PLAN {query}")).ok()?;
    let count = statement.parameter_count();
    let rows = statement
        .query_map(rusqlite::params_from_iter(vec![None::<String>; count]), |row| row.get(3))
        .unwrap();
    let steps: Vec<String> = rows.map(Result::unwrap).collect();
    let named = |step: &str| {
        let name = step.strip_prefix("SCAN ")?.to_owned();
        // `item AS i` is told as `i`.
        let table = LONG
            .into_iter()
            .find(|table| name == *table || query.contains(&format!(" {table} AS {name}")))?;
        Some(format!("{table} in {query}"))
    };
    Some(steps.iter().filter_map(|step| named(step)).collect())
}

#[test]
fn no_question_walks_through_every_item() {
    let home = Home::new();
    drop(home.create("plan.db"));
    let connection =
        Connection::open_with_flags(home.path("plan.db"), OpenFlags::SQLITE_OPEN_READ_ONLY)
            .unwrap();
    let mut files = Vec::new();
    sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src/store"), &mut files);
    let mut asked = 0;
    let mut walked = Vec::new();
    for file in files {
        let text = std::fs::read_to_string(&file).unwrap();
        let shipped = text.split("#[cfg(test)]").next().unwrap();
        for query in queries(shipped) {
            let Some(found) = walks(&connection, &query) else { continue };
            asked += 1;
            walked.extend(found.into_iter().map(|step| format!("{}: {step}", file.display())));
        }
    }
    assert!(asked > 100, "only {asked} questions were found");
    assert!(walked.is_empty(), "{}", walked.join("\n"));
}

#[test]
fn a_walk_is_seen() {
    let home = Home::new();
    drop(home.create("plan.db"));
    let connection = Connection::open(home.path("plan.db")).unwrap();
    let whole = "SELECT i.id FROM item AS i WHERE i.note = ?1";
    assert_eq!(walks(&connection, whole).unwrap(), [format!("item in {whole}")]);
    let indexed = "SELECT i.id FROM item AS i WHERE i.kind = ?1 AND i.no = ?2";
    assert_eq!(walks(&connection, indexed).unwrap(), Vec::<String>::new());
}

#[test]
fn the_workspace_that_is_measured_can_still_be_made() {
    let home = Home::new();
    let path = home.path("measured.db");
    workspace::fill(&path, 30, workspace::Shape::OneList).unwrap();
    let file = Connection::open_with_flags(&path, OpenFlags::SQLITE_OPEN_READ_ONLY).unwrap();
    let decided = "SELECT count(*) FROM item WHERE kind = 'decision' AND state = 'decided'";
    assert_eq!(file.query_row(decided, [], |row| row.get::<_, i64>(0)).unwrap(), 10);
}
