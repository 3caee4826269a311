//! Which list a table goes on with that no tracker wrote. Such a list counts from 1 like any other,
//! so neither its ids nor the names of its columns say who it is: what it holds does, and after
//! that the name of its file. Another column or another file name makes no new list, and another
//! list never takes the place of one that is there.

use std::collections::HashSet;
use std::path::Path;

use crate::store::Store;
use crate::store::bulk::Bulk;

use super::super::error::Result;
use super::digest::{Digest, hash};

/// Rows that are looked at; more would cost and tell no more.
pub(super) const LOOKED_AT: usize = 500;
/// So many rows of the same ids, all of other titles, are another list and not one that was reworded.
const FEW: usize = 3;

/// A row by its id and the hash of its title.
pub(super) type Mark = (String, String);

/// The mark of a row.
pub(super) fn mark(id: &str, title: &str) -> Mark {
    (id.to_owned(), hash(title))
}

/// What a table is said to be by itself.
pub(super) struct Table<'a> {
    /// `csv:`, or that of a kind.
    pub family: &'a str,
    /// The beginning of the fingerprint of its columns.
    pub columns: &'a str,
    /// As `called` says it.
    pub name: String,
    pub rows: &'a [Mark],
    pub known_by: KnownBy,
}

/// What tells which row is which.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum KnownBy {
    /// An id, that of the file or one that is made of the title.
    Id,
    Title,
}

/// Under which name its rows are kept, and what is worth saying of it.
pub(super) struct Home {
    pub namespace: String,
    pub told: Option<String>,
}

/// A list that is there, and how much of it the table holds.
struct Candidate {
    source: String,
    named: bool,
    same_columns: bool,
    /// Rows of the table that are there by their id.
    known: usize,
    /// Those that have the same title too.
    same: usize,
    size: usize,
}

impl Candidate {
    fn look(store: &Store, table: &Table<'_>, source: String) -> Result<Self> {
        let mut words = source[table.family.len()..].split(':');
        let columns = words.next().unwrap_or_default();
        let name = words.next().filter(|word| !is_number(word));
        let same_columns = columns == table.columns;
        let named = match name {
            Some(name) => name == table.name,
            // Kept before names of files were, or by one that is only a day.
            None => same_columns || table.name.is_empty(),
        };
        let (known, same) = match table.known_by {
            KnownBy::Id => by_id(store, table, &source)?,
            KnownBy::Title => by_title(store, table, &source)?,
        };
        let size = if same > 0 && !named { store.origins_count(&source)? } else { 0 };
        Ok(Self { source, named, same_columns, known, same, size })
    }

    /// Whether what it holds says that the table is this list.
    fn is_it(&self, rows: usize) -> bool {
        if self.named {
            self.same > 0 && self.same * 4 >= self.known
        } else {
            self.same * 2 > self.known && self.same * 2 > rows.min(self.size)
        }
    }

    /// Whether the name of the file decides, because what it holds does not speak against it.
    fn may_be(&self) -> bool {
        self.named && self.known < FEW
    }
}

fn by_id(store: &Store, table: &Table<'_>, source: &str) -> Result<(usize, usize)> {
    let (mut known, mut same) = (0, 0);
    for (id, title) in table.rows {
        if let Some(origin) = store.origin_of(source, id)? {
            known += 1;
            same += usize::from(Digest::read(&origin.digest).of("title").contains(title));
        }
    }
    Ok((known, same))
}

fn by_title(store: &Store, table: &Table<'_>, source: &str) -> Result<(usize, usize)> {
    let mut titles = HashSet::new();
    for origin in store.origins_from(source)? {
        titles.extend(Digest::read(&origin.digest).of("title").iter().cloned());
    }
    let same = table.rows.iter().filter(|(_, title)| titles.contains(title)).count();
    Ok((same, same))
}

/// Where the rows of a table are at home.
///
/// # Errors
/// A storage error.
pub(super) fn home(store: &Store, table: &Table<'_>) -> Result<Home> {
    let Table { family, columns, name, rows, .. } = table;
    let mut all = Vec::new();
    for source in store.sources(family)? {
        all.push(Candidate::look(store, table, source)?);
    }
    let order = |one: &&Candidate| (one.same, one.named, one.same_columns);
    let found = all
        .iter()
        .filter(|one| one.is_it(rows.len()))
        .max_by_key(order)
        .or_else(|| all.iter().filter(|one| one.may_be()).max_by_key(order));
    if let Some(found) = found {
        return Ok(Home { namespace: found.source.clone(), told: None });
    }
    let other = all.iter().filter(|one| one.named).max_by_key(|one| one.known);
    let told = other.map(|other| {
        format!(
            "another list than the one that came from a file of this name before: of {} rows with \
             the same ids {} has the title it had, so its rows are new",
            other.known,
            if other.same == 0 { "none".to_owned() } else { format!("only {}", other.same) }
        )
    });
    let plain = match name.as_str() {
        "" => format!("{family}{columns}"),
        name => format!("{family}{columns}:{name}"),
    };
    let is_free = |wanted: &String| all.iter().all(|one| one.source != *wanted);
    let numbered = (2..).map(|number| format!("{plain}:{number}"));
    let namespace =
        std::iter::once(plain.clone()).chain(numbered).find(is_free).unwrap_or(plain.clone());
    Ok(Home { namespace, told })
}

fn is_number(word: &str) -> bool {
    word.bytes().all(|byte| byte.is_ascii_digit())
}

/// What a table is called by its file, whatever day or copy it is: `backlog` for
/// `Backlog 2026-05-04 (2).csv`.
pub(super) fn called(path: &Path) -> String {
    let stem = path.file_stem().map(|stem| stem.to_string_lossy().to_lowercase());
    let stem = stem.unwrap_or_default();
    let words = stem.split(|letter: char| !letter.is_alphanumeric());
    let is_copy = stem.ends_with(')');
    let mut words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    if is_copy && words.last().is_some_and(|word| is_number(word)) {
        words.pop();
    }
    words.retain(|word| *word != "copy");
    without_days(&words).join("-")
}

/// Without `2026 05 04` and `20260504`.
fn without_days<'a>(words: &[&'a str]) -> Vec<&'a str> {
    let number = |word: &str, digits: usize| word.len() == digits && is_number(word);
    let mut kept = Vec::new();
    let mut rest = words;
    while let [first, after @ ..] = rest {
        rest = match after {
            [month, day, after @ ..] if number(first, 4) && number(month, 2) && number(day, 2) => {
                after
            }
            _ if number(first, 8) || number(first, 14) => after,
            _ => {
                kept.push(*first);
                after
            }
        };
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_is_called_the_same_on_any_day_and_in_any_copy() {
        for (name, expected) in [
            ("Backlog.csv", "backlog"),
            ("backlog 2026-05-04.csv", "backlog"),
            ("backlog_20260504 (3).csv", "backlog"),
            ("Backlog - Copy.csv", "backlog"),
            ("q3 plan.csv", "q3-plan"),
            ("ta.csv", "ta"),
            ("2026-05-04.csv", ""),
        ] {
            assert_eq!(called(Path::new(name)), expected, "{name}");
        }
    }
}
