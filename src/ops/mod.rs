//! What a user can do, and what a screen can ask: the operations and queries that the keys and
//! the command line share. Each operation is one labelled transaction.

pub mod board;
pub mod by_hand;
pub mod clock;
pub mod decisions;
pub mod demo;
pub mod detail;
pub mod doctor;
pub mod edit;
pub mod error;
pub mod import;
pub mod item_json;
pub mod madr;
pub mod op;
pub mod page;
pub mod pages;
pub mod part_line;
mod parts;
mod record;
pub mod rehearsal;
mod remove;
pub mod resolve;
mod rules;
mod slip;
pub mod snapshots;
pub mod standup;
pub mod summary;
mod supersede;
pub mod templates;
pub mod titles;
pub mod today;
pub mod told;
pub mod transfer;
pub mod trash;
pub mod view;
pub mod words;
pub mod workspace;

pub use clock::Clock;
pub use error::{Error, Result};
pub use op::{Done, Op, PartStep};
pub use page::{ListQuery, Page, Row};
pub use rehearsal::Rehearsal;
pub use told::Told;
pub use view::View;
pub use workspace::{Settings, Workspace};
