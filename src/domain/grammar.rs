//! The one grammar of quick-add, filters, views and the command line. `token` cuts the text,
//! `quick_add` reads what to make or change, `filter` reads what to show, `terms` parts it into chips.

mod compare;
mod dates;
pub mod filter;
pub mod part_words;
mod property;
pub mod quick_add;
mod signed;
pub mod terms;
pub mod token;

pub use filter::{Compare, Filter, Operand, Property, Test};
pub use quick_add::{Chip, ChipTone, Mode, QuickAdd};
