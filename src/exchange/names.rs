//! Names of columns: what counts as the same name, which names lie near a mistyped one, and
//! the fingerprint under which a caller remembers a mapping.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use sha2::{Digest, Sha256};

/// The name without case, spaces, underscores, hyphens and quotes of any kind.
#[must_use]
pub fn normal(name: &str) -> String {
    const DROPPED: [char; 10] = ['"', '\'', '“', '”', '‘', '’', '`', '_', '-', '\u{FEFF}'];
    name.chars()
        .filter(|letter| !letter.is_whitespace() && !DROPPED.contains(letter))
        .flat_map(char::to_lowercase)
        .collect()
}

/// SHA-256, in hexadecimal, of the set of normal names: neither the order of the columns nor
/// how often one repeats changes it.
#[must_use]
pub fn fingerprint<'a>(header: impl IntoIterator<Item = &'a str>) -> String {
    let names: BTreeSet<String> = header.into_iter().map(normal).collect();
    let mut hash = Sha256::new();
    for name in names {
        hash.update(name.as_bytes());
        hash.update([0]);
    }
    hex(&hash.finalize())
}

/// Bytes as lower-case hexadecimal.
#[must_use]
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// The five names nearest to `wanted`, nearest first.
#[must_use]
pub fn nearest<'a>(wanted: &str, names: impl IntoIterator<Item = &'a str>) -> Vec<String> {
    const MOST: usize = 5;
    let wanted = normal(wanted);
    let mut near: Vec<(usize, &str)> = names
        .into_iter()
        .filter(|name| !name.trim().is_empty())
        .map(|name| (distance(&wanted, &normal(name)), name))
        .collect();
    near.sort_by_key(|(distance, _)| *distance);
    near.dedup_by_key(|(_, name)| *name);
    near.into_iter().take(MOST).map(|(_, name)| name.trim().to_owned()).collect()
}

/// Letters to add, drop or change to make one out of the other (Levenshtein); nothing when one
/// contains the other.
fn distance(one: &str, other: &str) -> usize {
    if !one.is_empty() && (other.contains(one) || one.contains(other)) {
        return 0;
    }
    let other: Vec<char> = other.chars().collect();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (index, letter) in one.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = index + 1;
        for (column, candidate) in other.iter().enumerate() {
            let changed = diagonal + usize::from(letter != *candidate);
            diagonal = row[column + 1];
            row[column + 1] = changed.min(row[column] + 1).min(diagonal + 1);
        }
    }
    row.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_match_without_case_spaces_and_quotes() {
        for name in ["Due Date", " due_date", "“Due date”", "\u{FEFF}DueDate", "due-date "] {
            assert_eq!(normal(name), "duedate");
        }
    }

    #[test]
    fn a_fingerprint_knows_names_not_their_order_or_number() {
        let one = fingerprint(["Name", "Labels", "Labels"]);
        assert_eq!(one, fingerprint(["labels", "NAME"]));
        assert_ne!(one, fingerprint(["Name", "Label"]));
        assert_eq!(one.len(), 64);
    }

    #[test]
    fn a_mistyped_name_finds_its_neighbour() {
        let header = ["Titel", "Status", "Due Date"];
        assert_eq!(nearest("title", header)[0], "Titel");
        assert_eq!(nearest("due", header)[0], "Due Date");
    }
}
