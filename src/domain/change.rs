//! What somebody wants changed, before it is known whether the names in it exist.
//! Resolving names and checking rules happens in `ops`, inside the transaction.

use super::day::Calendar;
use super::field::{Field, FieldKind, read_tags};
use super::item::ItemId;
use super::kind::Kind;
use super::metric::terms::AIMS;
use super::refusal::Refusal;
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
    /// A number with its sign of per cent: `0.2%`, which of a share is not 0.2.
    PerCent(f64),
    /// A number as JSON tells it: of a share a fraction of 1.
    Fraction(f64),
}

impl Input {
    /// The same, with the sign of per cent that was typed behind it.
    #[must_use]
    pub fn signed(self, typed: &str) -> Self {
        match self {
            Self::Value(Value::Real(number)) if typed.trim_end().ends_with('%') => {
                Self::PerCent(number)
            }
            other => other,
        }
    }
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

impl Change {
    /// The changes that a typed value means: of tags and names `+x` adds and `-x` removes, `none`
    /// clears, and a plain list takes the place of what was there.
    ///
    /// # Errors
    /// A refusal for a value that does not do.
    pub fn typed(
        field: &'static Field,
        typed: &str,
        calendar: &Calendar,
    ) -> Result<Vec<Self>, Refusal> {
        let change = |edit| Self { field, edit };
        if let Some(edits) = signed_edits(field, typed) {
            return Ok(edits.into_iter().map(change).collect());
        }
        if let Some(refusal) = field.refuse_several(typed) {
            return Err(refusal);
        }
        Ok(vec![change(match field.read(typed, calendar)? {
            Input::Value(Value::Nothing) => Edit::Clear,
            Input::Value(Value::Tags(tags)) if tags == ["none"] => Edit::Clear,
            input => Edit::Set(input.signed(typed)),
        })])
    }

    /// The changes that a value of JSON means: as typed, except that what a metric is to reach is
    /// told as a fraction of 1, the way in which JSON tells figures of shares.
    ///
    /// # Errors
    /// As [`Self::typed`].
    pub fn told(
        (kind, field): (Kind, &'static Field),
        number: Option<f64>,
        typed: &str,
        calendar: &Calendar,
    ) -> Result<Vec<Self>, Refusal> {
        match number.filter(|number| number.abs() <= 1.0) {
            Some(number) if kind == Kind::Metric && AIMS.contains(&field.name) => {
                Ok(vec![Self { field, edit: Edit::Set(Input::Fraction(number)) }])
            }
            Some(_) | None => Self::typed(field, typed, calendar),
        }
    }
}

/// `+a,-b` as single additions and removals; `None` when it is a plain list.
#[must_use]
pub fn signed_edits(field: &Field, typed: &str) -> Option<Vec<Edit>> {
    if !matches!(field.kind, FieldKind::Many(_) | FieldKind::Tags) {
        return None;
    }
    let spaces = field.kind == FieldKind::Tags;
    let parts = typed.split(|letter| letter == ',' || spaces && letter == ' ');
    let mut edits = Vec::new();
    for part in parts.map(str::trim).filter(|part| !part.is_empty()) {
        let (name, adds) = match (part.strip_prefix('+'), part.strip_prefix('-')) {
            (Some(name), _) => (name, true),
            (None, Some(name)) if !name.is_empty() => (name, false),
            _ => return None,
        };
        let input = match field.kind {
            FieldKind::Tags => Input::Value(Value::Tags(read_tags(name))),
            _ => field.name_of(name),
        };
        edits.push(if adds { Edit::Add(input) } else { Edit::Remove(input) });
    }
    (!edits.is_empty()).then_some(edits)
}

/// An item that does not exist yet.
#[derive(Debug, Clone, PartialEq)]
pub struct Draft {
    pub kind: Kind,
    pub title: String,
    pub changes: Vec<Change>,
}
