//! Which rows of the file were seen: refuses an id that stands there twice, and makes ids for
//! rows that have none.

use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};

use sha2::{Digest, Sha256};

use super::words::plain;
use crate::exchange::names::hex;

/// What one pass has seen. It keeps hashes, not texts, so a million rows fit.
#[derive(Debug, Default)]
pub(super) struct Ledger {
    state: RandomState,
    lines: HashMap<u64, u64>,
    titles: HashMap<u64, u32>,
}

impl Ledger {
    /// Takes an id that the file gives.
    ///
    /// # Errors
    /// The line on which this id stood before.
    pub fn admit(&mut self, id: &str, line: u64) -> Result<(), u64> {
        match self.lines.insert(self.state.hash_one(id), line) {
            Some(earlier) => Err(earlier),
            None => Ok(()),
        }
    }

    /// Makes an id out of the title and of how often it was seen: the same file, and a file
    /// with rows added, give the same ids again.
    pub fn name(&mut self, title: &str) -> String {
        const BYTES: usize = 8;
        let words = plain(title);
        let hash = Sha256::digest(words.as_bytes());
        let seen = self.titles.entry(self.state.hash_one(&words)).or_insert(0);
        *seen += 1;
        match *seen {
            1 => format!("title:{}", hex(&hash[..BYTES])),
            number => format!("title:{}:{number}", hex(&hash[..BYTES])),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_twice_names_the_first_line() {
        let mut ledger = Ledger::default();
        assert_eq!(ledger.admit("PMM-1", 2), Ok(()));
        assert_eq!(ledger.admit("PMM-2", 3), Ok(()));
        assert_eq!(ledger.admit("PMM-1", 9), Err(2));
    }

    #[test]
    fn made_ids_are_stable_and_tell_equal_titles_apart() {
        let mut ledger = Ledger::default();
        let first = ledger.name("Battlecard refresh");
        let second = ledger.name("battlecard  refresh");
        assert_eq!(second, format!("{first}:2"));
        assert_eq!(Ledger::default().name("Battlecard refresh"), first);
    }
}
