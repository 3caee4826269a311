//! What a row of deals said, as a short mark a field: enough to know which fields a later export
//! changed, and which it does not have.

use crate::domain::value::Value;

use super::deal_file::{FIELDS, Incoming};

/// Letters of the mark of one field in a digest.
const LETTERS: usize = 8;
/// Stands for a field that no export has told yet.
const UNTOLD: &str = "--------";
/// What a row says, a mark a field.
pub(super) fn digest(row: &Incoming, earlier: &str) -> String {
    let mut text = String::with_capacity(FIELDS.len() * LETTERS);
    for (at, value) in row.values.iter().enumerate() {
        match value {
            Some(value) => text.push_str(&mark(value)),
            None => text.push_str(earlier.get(at * LETTERS..(at + 1) * LETTERS).unwrap_or(UNTOLD)),
        }
    }
    text
}

/// The places of the fields that the file tells otherwise than when it was last imported.
pub(super) fn changed(row: &Incoming, earlier: &str) -> Vec<usize> {
    let differs = |(at, value): (usize, &Option<Value>)| {
        let before = earlier.get(at * LETTERS..(at + 1) * LETTERS);
        let value = value.as_ref()?;
        // A column that comes in later and is empty here tells nothing new.
        let is_nothing = before == Some(UNTOLD) && value.is_nothing();
        (!is_nothing && before != Some(mark(value).as_str())).then_some(at)
    };
    row.values.iter().enumerate().filter_map(differs).collect()
}

/// A short mark of a value (FNV-1a), by which a change is found.
fn mark(value: &Value) -> String {
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    let mut take = |bytes: &[u8]| {
        for byte in bytes {
            hash = (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    };
    match value {
        Value::Text(text) => take(text.as_bytes()),
        Value::Real(number) => take(&number.to_le_bytes()),
        Value::Day(day) => take(day.to_string().as_bytes()),
        Value::Whole(_) | Value::Item(_) | Value::Items(_) | Value::Tags(_) | Value::Nothing => {}
    }
    format!("{:08x}", (hash >> 32) ^ (hash & 0xffff_ffff))
}
