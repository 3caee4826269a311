//! What somebody wants changed, before it is known whether the names in it exist.
//! Resolving names and checking rules happens in `ops`, inside the transaction.

use super::field::Field;
use super::item::ItemId;
use super::kind::Kind;
use super::value::Value;

/// A value as typed: complete in itself, or a name that the workspace must resolve.
#[derive(Debug, Clone, PartialEq)]
pub enum Input {
    Value(Value),
    /// A person by name (`maya`), created when unknown; `me` is whoever the configuration says.
    Person(String),
    /// An item by ref or unique title prefix; never created.
    Reference(String),
    /// Several names, separated by commas.
    Several(Vec<Input>),
    /// An item already known by id, as a picker gives it.
    Known(ItemId),
}

/// What happens to a field.
#[derive(Debug, Clone, PartialEq)]
pub enum Edit {
    Set(Input),
    Add(Input),
    Remove(Input),
    Clear,
}

/// One field and what happens to it.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    pub field: &'static Field,
    pub edit: Edit,
}

/// An item that does not exist yet.
#[derive(Debug, Clone, PartialEq)]
pub struct Draft {
    pub kind: Kind,
    pub title: String,
    pub changes: Vec<Change>,
}
