//! A value of the journal as it was stored, byte for byte: a stranger's text need not be UTF-8, and
//! taking back must give the same bytes again.

use rusqlite::ToSql;
use rusqlite::types::{FromSql, FromSqlResult, ToSqlOutput, Value, ValueRef};

/// A stored value.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Kept {
    Other(Value),
    Text(Vec<u8>),
}

impl Kept {
    pub(super) fn text(text: &str) -> Self {
        Self::Text(text.as_bytes().to_owned())
    }

    pub(super) fn whole(number: i64) -> Self {
        Self::Other(Value::Integer(number))
    }

    /// For people, who are told what stood there.
    pub(super) fn words(&self) -> String {
        match self {
            Self::Text(bytes) => String::from_utf8_lossy(bytes).into_owned(),
            Self::Other(Value::Integer(number)) => number.to_string(),
            Self::Other(Value::Real(number)) => number.to_string(),
            Self::Other(Value::Null | Value::Text(_) | Value::Blob(_)) => String::new(),
        }
    }
}

impl FromSql for Kept {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        match value {
            ValueRef::Text(bytes) => Ok(Self::Text(bytes.to_owned())),
            other => Value::column_result(other).map(Self::Other),
        }
    }
}

impl ToSql for Kept {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        match self {
            Self::Text(bytes) => Ok(ToSqlOutput::Borrowed(ValueRef::Text(bytes))),
            Self::Other(value) => value.to_sql(),
        }
    }
}
