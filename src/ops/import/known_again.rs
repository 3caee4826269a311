//! Rows without a key of their own that said less when they were imported last: whoever fills in a
//! segment or a stage in the table means the piece that is there, not a second one.

use std::collections::{HashMap, HashSet};

use crate::domain::item::ItemId;

use super::digest::Digest;
use super::known_rows::Ready;

/// What an earlier import kept: the item and what its row said, by the key of the row.
pub(super) type Known = HashMap<String, (ItemId, String)>;

/// What may be said later, or otherwise, of the same piece.
const LATER: [&str; 4] = ["segment", "stage", "supports", "against"];

/// Gives such rows the key under which they are known.
pub(super) fn recognise(rows: &mut [Ready], known: &Known) {
    if rows.iter().all(|row| row.is_told || known.contains_key(&row.key)) {
        return;
    }
    let taken: HashSet<&str> = rows.iter().map(|row| row.key.as_str()).collect();
    // By the hash of the words, since nothing is the same piece without the same words.
    let mut left: HashMap<String, Vec<(String, Digest)>> = HashMap::new();
    let mut keys: Vec<&String> = known.keys().filter(|key| !taken.contains(key.as_str())).collect();
    keys.sort();
    for key in keys {
        let digest = Digest::read(&known[key].1);
        let words = digest.of("title").join(" ");
        left.entry(words).or_default().push((key.clone(), digest));
    }
    for row in rows.iter_mut().filter(|row| !row.is_told && !known.contains_key(&row.key)) {
        let Some(some) = left.get_mut(&row.digest.of("title").join(" ")) else { continue };
        if let Some(at) = some.iter().position(|(_, before)| is_later(&row.digest, before)) {
            row.key = some.remove(at).0;
        }
    }
}

/// Whether a row says what it said before, and more.
fn is_later(row: &Digest, before: &Digest) -> bool {
    row.changed(before).iter().all(|field| LATER.contains(field) || before.of(field).is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn digest(cells: &[(&str, &str)]) -> Digest {
        let mut digest = Digest::default();
        for (name, text) in cells {
            digest.add(name, [*text]);
        }
        digest
    }

    #[test]
    fn what_is_filled_in_is_the_same_piece_and_other_words_are_not() {
        let before = digest(&[("title", "IT fears rollout"), ("account", "Acme")]);
        let filled =
            digest(&[("title", "IT fears rollout"), ("account", "Acme"), ("segment", "SMB")]);
        assert!(is_later(&filled, &before));
        let other = digest(&[("title", "IT fears rollout"), ("account", "Birch")]);
        assert!(!is_later(&other, &before));
    }
}
