//! Which deals of the file were seen: rows that stand there twice are left out when they are the
//! same and refused when they differ, and deals without an id get one of their own.

use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};

use sha2::{Digest, Sha256};

use crate::domain::metric::deals::Deal;
use crate::exchange::names::hex;
use crate::exchange::record::Record;

/// What one pass has seen. It keeps hashes, not texts.
#[derive(Debug, Default)]
pub(super) struct Keys {
    state: RandomState,
    /// By the hash of the id: the line, the hash of the row.
    rows: HashMap<u64, (u64, u64)>,
    /// By the hash of a made key: the first line, and how many.
    made: HashMap<u64, (u64, u32)>,
}

pub(super) enum Seen {
    New,
    /// Word for word.
    Repeated,
    /// The same id with other words.
    Twice {
        earlier: u64,
    },
    /// No ids: the same name, account and day of creation with other words.
    SameName {
        earlier: u64,
    },
}

impl Keys {
    /// Takes a deal, and gives it an id when the file has none.
    pub fn admit(&mut self, deal: &mut Deal, record: &Record) -> Seen {
        let words: Vec<&str> = record.cells().collect();
        let row = self.state.hash_one(&words);
        let line = record.line();
        if !deal.external_id.is_empty() {
            let id = self.state.hash_one(&deal.external_id);
            return match self.rows.insert(id, (line, row)) {
                None => Seen::New,
                Some((_, before)) if before == row => Seen::Repeated,
                Some((earlier, _)) => Seen::Twice { earlier },
            };
        }
        if self.rows.insert(row, (line, row)).is_some() {
            return Seen::Repeated;
        }
        let key = made(deal);
        let (earlier, count) = self.made.entry(self.state.hash_one(&key)).or_insert((line, 0));
        *count += 1;
        if *count == 1 {
            deal.external_id = key;
            return Seen::New;
        }
        deal.external_id = format!("{key}:{count}");
        Seen::SameName { earlier: *earlier }
    }
}

/// An id out of name, account and day of creation: the same export gives the same again.
fn made(deal: &Deal) -> String {
    const BYTES: usize = 8;
    let mut hash = Sha256::new();
    let created = deal.created.map(|day| day.to_string()).unwrap_or_default();
    for part in [deal.name.as_str(), deal.account.as_deref().unwrap_or(""), created.as_str()] {
        hash.update(part.trim().to_lowercase().as_bytes());
        hash.update([0]);
    }
    format!("name:{}", hex(&hash.finalize()[..BYTES]))
}
