//! What a field can hold. Typed, so that a date is never a string by accident.

use chrono::NaiveDate;

use super::item::ItemId;

/// One value of one field.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Value {
    #[default]
    Nothing,
    Text(String),
    /// A count, minutes, a priority.
    Whole(i64),
    /// A measured figure such as a baseline.
    Real(f64),
    Day(NaiveDate),
    Item(ItemId),
    Items(Vec<ItemId>),
    Tags(Vec<String>),
}

impl Value {
    #[must_use]
    pub fn is_nothing(&self) -> bool {
        match self {
            Self::Nothing => true,
            Self::Text(text) => text.is_empty(),
            Self::Items(ids) => ids.is_empty(),
            Self::Tags(tags) => tags.is_empty(),
            Self::Whole(_) | Self::Real(_) | Self::Day(_) | Self::Item(_) => false,
        }
    }

    /// The text, empty where this is none.
    #[must_use]
    pub fn text(&self) -> &str {
        match self {
            Self::Text(text) => text,
            _ => "",
        }
    }

    /// The day, where this is one.
    #[must_use]
    pub fn day(&self) -> Option<NaiveDate> {
        match self {
            Self::Day(day) => Some(*day),
            _ => None,
        }
    }

    /// The whole number, where this is one.
    #[must_use]
    pub fn whole(&self) -> Option<i64> {
        match self {
            Self::Whole(number) => Some(*number),
            _ => None,
        }
    }

    /// The item, where this points at one and no more than one may be pointed at.
    #[must_use]
    pub fn link(&self) -> Option<ItemId> {
        match self {
            Self::Item(id) => Some(*id),
            _ => None,
        }
    }

    /// The items, where this may point at several.
    #[must_use]
    pub fn links(&self) -> &[ItemId] {
        match self {
            Self::Items(ids) => ids,
            _ => &[],
        }
    }

    /// The items that this value points at.
    #[must_use]
    pub fn ids(&self) -> &[ItemId] {
        match self {
            Self::Item(id) => std::slice::from_ref(id),
            Self::Items(ids) => ids,
            Self::Nothing
            | Self::Text(_)
            | Self::Whole(_)
            | Self::Real(_)
            | Self::Day(_)
            | Self::Tags(_) => &[],
        }
    }
}
