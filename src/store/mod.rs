//! `SQLite` ↔ domain: the only place that holds SQL. One workspace file, opened with suspicion,
//! written in labelled, journalled transactions. It knows no rule of the product.

pub mod agenda;
pub mod backlog;
mod board;
pub mod bulk;
pub mod burden;
pub mod candidate;
pub mod check;
mod connect;
pub mod copy;
mod create;
pub mod dump;
pub mod edge;
pub mod error;
mod examine;
pub mod filter;
pub mod header;
pub mod history;
pub mod ids;
pub mod item;
pub mod journal;
mod kept;
pub mod listing;
pub mod look;
pub mod lookup;
mod migrate;
pub mod open;
mod opened;
pub mod origin;
pub mod place;
pub mod reach;
mod reference;
mod rehearsal;
pub mod restore;
pub mod schema;
pub mod search;
pub mod snapshot;
pub mod sql;
mod thinning;
pub mod tie;
pub mod undo;
pub mod writer;

pub use error::{Error, Result};
pub use journal::{Committed, OpKind, Stamp, Write};
pub use lookup::NameTable;
pub use open::{Access, Places, Store};
