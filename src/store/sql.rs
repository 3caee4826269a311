//! SQL that is generated from the descriptions, once per kind, and the passage of values between
//! rows and fields. A hostile file may hold invalid UTF-8: text is read as bytes, with a mark.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::sync::OnceLock;

use chrono::{DateTime, NaiveDate, Utc};
use rusqlite::Row;
use rusqlite::types::{ToSqlOutput, ValueRef};

use crate::domain::field::{Field, FieldKind, Place};
use crate::domain::item::ItemId;
use crate::domain::kind::Kind;
use crate::domain::value::Value;

/// Columns of `item` that are not fields.
pub const AUDIT: &str = "id, kind, no, created_at, updated_at, author, rev, deleted_at";

/// The statements of one kind.
pub struct KindSql {
    pub shared: Vec<&'static Field>,
    pub own: Vec<&'static Field>,
    /// Where the shared ones and then its own stand among all fields of the kind.
    pub places: Vec<usize>,
    pub insert_item: String,
    pub insert_own: String,
    /// Everything about the items whose ids stand in the JSON array `?1`.
    pub load: String,
}

static SQL: [OnceLock<KindSql>; Kind::ALL.len()] = [const { OnceLock::new() }; Kind::ALL.len()];

#[must_use]
pub fn of(kind: Kind) -> &'static KindSql {
    SQL[kind as usize].get_or_init(|| build(kind))
}

/// A column name, quoted, since some are words of SQL.
#[must_use]
pub fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

fn build(kind: Kind) -> KindSql {
    let noun = kind.noun();
    let at = |place: Place| noun.fields.iter().filter(move |field| field.place == place);
    let shared: Vec<&'static Field> = at(Place::Shared).collect();
    let own: Vec<&'static Field> = at(Place::Own).collect();
    let insert_item = insert("item", &format!("{AUDIT}{}", list(&shared)), 8 + shared.len());
    let insert_own = insert(noun.name, &format!("id{}", list(&own)), 1 + own.len());
    let mut load = String::from(
        "SELECT i.id, i.no, i.created_at, i.updated_at, i.author, i.rev, i.deleted_at",
    );
    for field in &shared {
        let _ = write!(load, ", i.{}", quoted(field.name));
    }
    for field in &own {
        let _ = write!(load, ", n.{}", quoted(field.name));
    }
    let _ = write!(
        load,
        " FROM json_each(?1) AS wanted CROSS JOIN item AS i ON i.id = wanted.value \
         JOIN {} AS n ON n.id = i.id",
        noun.name
    );
    let columns = shared.iter().chain(&own);
    let places = columns.filter_map(|field| noun.position(field.name)).collect();
    KindSql { shared, own, places, insert_item, insert_own, load }
}

fn list(fields: &[&Field]) -> String {
    fields.iter().fold(String::new(), |mut text, field| {
        let _ = write!(text, ", {}", quoted(field.name));
        text
    })
}

fn insert(table: &str, columns: &str, count: usize) -> String {
    let marks = vec!["?"; count].join(", ");
    // What fails ends the transaction, so that no copy of what the statement changes is kept.
    format!("INSERT OR FAIL INTO {table} ({columns}) VALUES ({marks})")
}

/// Words as a list of SQL, for `IN`.
#[must_use]
pub fn words(list: &[&str]) -> String {
    let quoted: Vec<String> = list.iter().map(|word| format!("'{word}'")).collect();
    quoted.join(", ")
}

/// A value as `SQLite` takes it.
pub struct Bound<'a>(pub &'a Value);

impl rusqlite::ToSql for Bound<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(match self.0 {
            Value::Text(text) => ToSqlOutput::Borrowed(ValueRef::Text(text.as_bytes())),
            Value::Whole(number) => ToSqlOutput::Owned((*number).into()),
            Value::Real(number) => ToSqlOutput::Owned((*number).into()),
            Value::Day(day) => ToSqlOutput::Owned(day.to_string().into()),
            Value::Item(id) => ToSqlOutput::Owned(id.to_string().into()),
            Value::Nothing | Value::Items(_) | Value::Tags(_) => {
                ToSqlOutput::Owned(rusqlite::types::Value::Null)
            }
        })
    }
}

/// Text of a column, invalid bytes marked; `None` for NULL.
#[must_use]
pub fn text(value: ValueRef<'_>) -> Option<String> {
    seen(value).map(Cow::into_owned)
}

/// The same, where it is only looked at.
#[must_use]
pub fn seen(value: ValueRef<'_>) -> Option<Cow<'_, str>> {
    match value {
        ValueRef::Null => None,
        // Nearly all of it is sound, which is found out faster than what is not is mended.
        ValueRef::Text(bytes) | ValueRef::Blob(bytes) => Some(
            std::str::from_utf8(bytes)
                .map_or_else(|_| String::from_utf8_lossy(bytes), Cow::Borrowed),
        ),
        ValueRef::Integer(number) => Some(number.to_string().into()),
        ValueRef::Real(number) => Some(number.to_string().into()),
    }
}

/// Text of a column of a row.
///
/// # Errors
/// Only for a column that does not exist.
pub fn text_at(row: &Row<'_>, at: usize) -> rusqlite::Result<Option<String>> {
    row.get_ref(at).map(text)
}

/// As `text_at`, with nothing for NULL.
///
/// # Errors
/// Only for a column that does not exist.
pub fn plain_at(row: &Row<'_>, at: usize) -> rusqlite::Result<String> {
    text_at(row, at).map(Option::unwrap_or_default)
}

/// An id as it is stored; nothing for NULL and for text that is none. Lists hold thousands of them,
/// so that none is copied to be read, and the general reader is asked only for what does not look
/// like one.
#[must_use]
pub fn id(value: ValueRef<'_>) -> Option<ItemId> {
    let (ValueRef::Text(bytes) | ValueRef::Blob(bytes)) = value else { return None };
    plain_id(bytes).or_else(|| uuid::Uuid::try_parse_ascii(bytes).ok()).map(ItemId)
}

/// The id in a column; the nil id, which no item has, for text that is none: a row of another
/// program must not keep a whole list from being shown.
///
/// # Errors
/// Only for a column that does not exist.
pub fn id_at(row: &Row<'_>, at: usize) -> rusqlite::Result<ItemId> {
    Ok(id(row.get_ref(at)?).unwrap_or(ItemId(uuid::Uuid::nil())))
}

/// What a letter of an id counts; more than fifteen for what is none.
const DIGITS: [u8; 256] = {
    let mut digits = [u8::MAX; 256];
    let mut at = 0_u8;
    while at < 16 {
        digits[b"0123456789abcdef"[at as usize] as usize] = at;
        at += 1;
    }
    digits
};

/// An id in the letters that are written here.
fn plain_id(bytes: &[u8]) -> Option<uuid::Uuid> {
    let bytes: &[u8; 36] = bytes.try_into().ok()?;
    let (mut read, mut seen) = (0_u128, 0_u8);
    for part in [0..8, 9..13, 14..18, 19..23, 24..36] {
        let mut word = 0_u64;
        for letter in &bytes[part.clone()] {
            let digit = DIGITS[usize::from(*letter)];
            seen |= digit;
            word = word << 4 | u64::from(digit & 15);
        }
        read = read << (4 * part.len()) | u128::from(word);
    }
    let is_parted = [8, 13, 18, 23].iter().all(|at| bytes[*at] == b'-');
    (is_parted && seen < 16).then(|| uuid::Uuid::from_u128(read))
}

/// Ids by which rows are found again: as numbers they are soon sorted.
#[derive(Debug, Default)]
pub struct IdSet(Vec<u128>);

impl IdSet {
    #[must_use]
    pub fn holds(&self, id: ItemId) -> bool {
        self.0.binary_search(&id.0.as_u128()).is_ok()
    }
}

impl FromIterator<ItemId> for IdSet {
    fn from_iter<T: IntoIterator<Item = ItemId>>(ids: T) -> Self {
        let mut ids: Vec<u128> = ids.into_iter().map(|id| id.0.as_u128()).collect();
        ids.sort_unstable();
        Self(ids)
    }
}

/// The day in a column; nothing for NULL and for text that is none.
///
/// # Errors
/// Only for a column that does not exist.
pub fn day_at(row: &Row<'_>, at: usize) -> rusqlite::Result<Option<NaiveDate>> {
    row.get_ref(at).map(day)
}

/// A day as it is stored. Lists hold thousands of them, so that the general reader is asked only for
/// what does not look like one.
#[must_use]
pub fn day(value: ValueRef<'_>) -> Option<NaiveDate> {
    let ValueRef::Text(bytes) = value else { return text(value)?.parse().ok() };
    let number = |digits: &[u8]| {
        digits.iter().try_fold(0_u32, |sum, digit| {
            digit.is_ascii_digit().then(|| sum * 10 + u32::from(digit - b'0'))
        })
    };
    match bytes {
        [year @ .., b'-', m1, m2, b'-', d1, d2] if year.len() == 4 => NaiveDate::from_ymd_opt(
            i32::try_from(number(year)?).ok()?,
            number(&[*m1, *m2])?,
            number(&[*d1, *d2])?,
        ),
        _ => text(value)?.parse().ok(),
    }
}

/// The instant in a column; the epoch for one that cannot be read, so that a list still shows.
///
/// # Errors
/// Only for a column that does not exist.
pub fn instant_at(row: &Row<'_>, at: usize) -> rusqlite::Result<Option<DateTime<Utc>>> {
    Ok(text_at(row, at)?.map(|text| read_instant(&text)))
}

fn read_instant(text: &str) -> DateTime<Utc> {
    DateTime::parse_from_rfc3339(text).map(|at| at.with_timezone(&Utc)).unwrap_or_default()
}

/// An instant as it is stored: UTC, milliseconds, `Z`.
#[must_use]
pub fn write_instant(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(chrono::SecondsFormat::Millis, true)
}

/// The value of a column as the field's type.
#[must_use]
pub fn value(field: &Field, stored: ValueRef<'_>) -> Value {
    match (field.kind, stored) {
        (_, ValueRef::Null) => Value::Nothing,
        (FieldKind::Minutes | FieldKind::Whole { .. }, ValueRef::Integer(number)) => {
            Value::Whole(number)
        }
        (FieldKind::Real, ValueRef::Real(number)) => Value::Real(number),
        (FieldKind::Real, ValueRef::Integer(number)) =>
        {
            #[expect(clippy::cast_precision_loss, reason = "figures of a plan are far below 2^52")]
            Value::Real(number as f64)
        }
        (FieldKind::Day | FieldKind::PastDay, stored) => {
            day(stored).map_or(Value::Nothing, Value::Day)
        }
        (FieldKind::One(_), stored) => id(stored).map_or(Value::Nothing, Value::Item),
        (_, stored) => text(stored).map_or(Value::Nothing, Value::Text),
    }
}

/// Ids as the JSON array that `json_each` takes.
#[must_use]
pub fn json_ids<'a>(ids: impl IntoIterator<Item = &'a ItemId>) -> String {
    let mut json = String::from("[");
    for id in ids {
        if json.len() > 1 {
            json.push(',');
        }
        json.push('"');
        json.push_str(id.0.hyphenated().encode_lower(&mut uuid::Uuid::encode_buffer()));
        json.push('"');
    }
    json.push(']');
    json
}
