//! Pure values and rules. No SQL, no clock, no screen: everything comes in as an argument.

mod slugs;

pub mod artefact;
pub mod change;
pub mod day;
pub mod day_note;
pub mod decision;
pub mod disk;
pub mod evidence;
pub mod field;
pub mod figure;
pub mod fuzzy;
pub mod grammar;
pub mod item;
pub mod kind;
pub mod listing;
pub mod maturity;
pub mod message;
pub mod metric;
pub mod nearest;
pub mod noun;
pub mod nouns;
pub mod part;
pub mod parts;
pub mod plan;
pub mod refusal;
pub mod report;
pub mod ritual;
pub mod sheet;
pub mod shown;
pub mod standup;
pub mod value;
pub mod verb;
pub mod week;
pub mod zone;

pub use change::{Change, Draft, Edit, Input};
pub use field::{Field, FieldKind, Place};
pub use item::{Item, ItemId, Ref};
pub use kind::Kind;
pub use noun::{Noun, Shelf, State};
pub use part::{Part, PartId, PartKind};
pub use refusal::Refusal;
pub use shown::Shown;
pub use value::Value;
