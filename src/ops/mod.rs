//! What a user can do, and what a screen can ask: the operations and queries that the keys and
//! the command line share. Each operation is one labelled transaction.

pub mod board;
pub mod by_hand;
pub mod clock;
pub mod demo;
pub mod detail;
pub mod doctor;
pub mod edit;
pub mod error;
pub mod import;
pub mod item_json;
pub mod op;
pub mod page;
pub mod rehearsal;
mod remove;
pub mod resolve;
mod rules;
pub mod snapshots;
mod stretch;
pub mod summary;
pub mod timer;
pub mod titles;
pub mod today;
pub mod transfer;
pub mod trash;
pub mod view;
pub mod week;
pub mod words;
pub mod workspace;

pub use clock::Clock;
pub use error::{Error, Result};
pub use op::{Done, Op};
pub use page::{ListQuery, Page, Row};
pub use rehearsal::Rehearsal;
pub use view::View;
pub use workspace::{Settings, Workspace};
