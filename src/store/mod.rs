//! `SQLite` ↔ domain: the only place that holds SQL. One workspace file, opened with suspicion,
//! written in labelled, journalled transactions. It knows no rule of the product.

pub mod agenda;
pub mod bulk;
pub mod check;
pub mod edge;
pub mod error;
pub mod filter;
pub mod header;
pub mod history;
pub mod ids;
pub mod item;
pub mod journal;
pub mod listing;
pub mod lookup;
pub mod open;
pub mod origin;
pub mod schema;
pub mod search;
pub mod snapshot;
pub mod sql;
pub mod tie;
pub mod undo;
pub mod writer;

pub use error::{Error, Result};
pub use journal::{Committed, OpKind, Stamp, Write};
pub use lookup::NameTable;
pub use open::{Access, Places, Store};
