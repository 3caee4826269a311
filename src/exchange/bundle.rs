//! A whole workspace as one JSON file: every item of every kind, the Trash included, where items
//! came from, and the settings; no journal. The same workspace gives the same bytes. Read and
//! written as a stream, one item at a time.

use chrono::{DateTime, Utc};

use crate::domain::item::{Item, ItemId, Ref};
use crate::domain::kind::Kind;
use crate::domain::part::Part;

mod check;
mod item;
mod part;
mod raw;
mod read;
mod write;

pub use check::Check;
pub use read::{kind, read};
pub use write::{Writer, item_line};

/// The number of the JSON contract that all output shares.
pub const SCHEMA: u64 = 1;
/// The `kind` of the envelope.
pub const KIND: &str = "workspace";
/// The number of this layout.
pub const FORMAT: u64 = 2;

/// A link as the file gives it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LinkTo {
    pub id: ItemId,
    pub reference: Ref,
}

/// Where an imported item came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OriginLine {
    pub source: String,
    pub external_id: String,
    pub item: ItemId,
    pub digest: String,
}

/// One entry of the file, in the order of the file.
#[derive(Debug, Clone, PartialEq)]
pub enum Entry {
    Counter { kind: Kind, next: i64 },
    Item { item: Box<Item>, parts: Vec<Part>, links: Vec<LinkTo> },
    Origin(OriginLine),
    Setting { name: String, value: String },
}

/// Why a bundle is refused, and where.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BundleError {
    #[error("line {line}, character {column}: {why}")]
    At { line: usize, column: usize, why: String },
    #[error("{0}")]
    Whole(String),
    /// Whoever takes the entries said stop, and knows why.
    #[error("stopped")]
    Stopped,
    #[error("the file cannot be read: {0}")]
    Read(String),
}

/// Whether to go on after an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Next {
    Go,
    Stop,
}

/// The audit fields of an item, as the file gives them.
struct Audit {
    id: ItemId,
    reference: Ref,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
    author: String,
    deleted_at: Option<DateTime<Utc>>,
}
