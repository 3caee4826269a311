//! A table of what is known: call notes, interviews, tickets, answers of a survey. Which column is
//! which field goes by its name, or by what the user says; the rows are cells by field, as text.

use std::path::Path;

use super::caps;
use super::dates::{self, DayOrder, End, OrderVote};
use super::encoding::Encoding;
use super::input::Input;
use super::names::{fingerprint, hex, normal};
use super::read_error::ReadError;
use super::record::Record;
use super::table::{ReadOptions, Table};
use crate::domain::field::{Field, FieldKind};
use crate::domain::kind::Kind;

/// What columns are called elsewhere, in the form of [`normal`]; names of fields are known as well.
#[rustfmt::skip]
const NAMES: [(&str, &[&str]); 13] = [
    ("title", &["quote", "verbatim", "comment", "feedback", "summary", "subject", "whatwassaid", "answer", "response", "note", "notes", "callnotes", "finding", "evidence", "objection", "description", "text"]),
    ("text", &["details", "transcript", "fulltext", "body", "fullnotes", "fullcomment"]),
    ("day", &["date", "day", "when", "createdat", "created", "calldate", "interviewdate", "submittedat", "submitted", "timestamp", "datecreated", "starttime", "helddate"]),
    ("account", &["account", "accountname", "customer", "customername", "company", "companyname", "organization", "organisation", "client", "prospect"]),
    ("segment", &["segment", "customersegment", "marketsegment", "tier"]),
    ("stage", &["stage", "buyingstage", "dealstage", "salesstage", "opportunitystage", "funnelstage"]),
    ("kind", &["type", "kind", "channel", "sourcetype", "evidencetype"]),
    ("class", &["class"]),
    ("strength", &["strength", "weight"]),
    ("link", &["link", "url", "recording", "recordingurl", "source", "sourcelink", "permalink"]),
    ("tags", &["tags", "labels", "tag"]),
    ("rep", &["rep", "salesrep", "seller"]),
    ("objections", &["objections", "objectionsraised"]),
];
/// What the column with the row's own key is called.
const KEYS: [&str; 12] = [
    "id",
    "externalid",
    "callid",
    "ticketid",
    "responseid",
    "interviewid",
    "key",
    "recordid",
    "ticket",
    "number",
    "caseid",
    "casenumber",
];

/// A header with one of these names holds what somebody said.
const WORDS: [&str; 7] =
    ["quote", "verbatim", "feedback", "whatwassaid", "callnotes", "finding", "evidence"];

/// What the user says beside the file.
#[derive(Debug, Clone, Default)]
pub struct Asked {
    /// `Column` and the field that it is; nothing where it is left out.
    pub map: Vec<(String, Option<String>)>,
    pub encoding: Option<Encoding>,
    pub dates: Option<DayOrder>,
}

/// One row: the line of the file, its own key, and what it says of each field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    pub line: u64,
    pub key: String,
    /// Whether the file gives the key; else it is made of all that the row says.
    pub has_key: bool,
    pub cells: Vec<(&'static str, String)>,
    /// Why it cannot be read.
    pub flaw: Option<String>,
}

/// The whole table.
#[derive(Debug, Clone, Default)]
pub struct KnownTable {
    pub encoding: String,
    pub delimiter: String,
    /// Each column with the field that it is.
    pub columns: Vec<(String, Option<&'static str>)>,
    pub fingerprint: String,
    pub rows: Vec<Row>,
    pub left_out: u64,
}

/// The field of a kind that a column of this name is.
fn field_of(kind: Kind, name: &str) -> Option<&'static Field> {
    let noun = kind.noun();
    let name = normal(name);
    let own = noun.fields.iter().find(|field| {
        normal(field.name) == name || field.aliases.iter().any(|alias| normal(alias) == name)
    });
    let other = || match known_as(&name)? {
        "day" => noun
            .fields
            .iter()
            .find(|field| ["observed_on", "held_on", "spotted_on"].contains(&field.name)),
        field => noun.answering(field),
    };
    own.or_else(other)
}

/// The field that a user names: by one of its names, or as the token of a line that fills it.
fn mapped(kind: Kind, name: &str) -> Option<&'static Field> {
    let noun = kind.noun();
    let is_claim = ["claim", "claims"].contains(&normal(name).as_str());
    noun.answering(name).or_else(|| is_claim.then(|| noun.answering("supports")).flatten())
}

/// What a column of this name is elsewhere.
fn known_as(name: &str) -> Option<&'static str> {
    NAMES.iter().find(|(_, names)| names.contains(&name)).map(|(field, _)| *field)
}

/// What a column is that would be the title where another one is it already: the words in full, or
/// what was noted beside them.
fn beside_title(kind: Kind, name: &str) -> Option<&'static Field> {
    let name = normal(name);
    let field = if ["note", "notes", "comment"].contains(&name.as_str()) { "note" } else { "text" };
    (known_as(&name) == Some("title")).then(|| kind.noun().answering(field)).flatten()
}

/// Whether a header is that of evidence: somebody's words, with where they come from.
#[must_use]
pub fn is_evidence(header: &[String]) -> bool {
    let is = |wanted: &str, names: &[String]| {
        names.iter().any(|name| {
            let name = normal(name);
            NAMES.iter().any(|(field, known)| *field == wanted && known.contains(&name.as_str()))
        })
    };
    let says = header.iter().any(|name| WORDS.contains(&normal(name).as_str()));
    says && (is("segment", header) || is("stage", header) || is("account", header))
}

/// Whether the beginning of a file names a column of somebody's words: a look that costs nothing.
#[must_use]
pub fn may_be_evidence(path: &Path) -> bool {
    use std::io::Read;
    let mut start = Vec::new();
    let read = std::fs::File::open(path).and_then(|file| file.take(8_192).read_to_end(&mut start));
    if read.is_err() {
        return false;
    }
    // Of two bytes a letter, one is nothing.
    let text: String = start
        .iter()
        .filter(|byte| byte.is_ascii_alphabetic())
        .map(|byte| char::from(byte.to_ascii_lowercase()))
        .collect();
    WORDS.iter().any(|word| text.contains(word))
}

/// The header of a file, where it is a table at all.
#[must_use]
pub fn header(path: &Path, encoding: Option<Encoding>) -> Option<Vec<String>> {
    let input = Input::open(path, caps::FILE_BYTES).ok()?;
    let options = ReadOptions { encoding, score: &score, ..ReadOptions::default() };
    Some(Table::from_input(input, &options).ok()?.header().to_vec())
}

fn score(cells: &[&str]) -> usize {
    let known = |cell: &&&str| {
        field_of(Kind::Evidence, cell).is_some() || KEYS.contains(&normal(cell).as_str())
    };
    cells.iter().filter(known).count()
}

/// Reads the table as rows of a kind.
///
/// # Errors
/// When the file is no table, a column or field that is mapped is not known, no column says what
/// was said, or the order of day and month cannot be told.
pub fn read(path: &Path, kind: Kind, asked: &Asked) -> Result<KnownTable, ReadError> {
    let input = Input::open(path, caps::FILE_BYTES)?;
    let options = ReadOptions { encoding: asked.encoding, score: &score, ..ReadOptions::default() };
    let mut table = Table::from_input(input, &options)?;
    let header = table.header().to_vec();
    let columns = columns(&header, kind, asked)?;
    if !columns.iter().any(|column| column.is_some_and(|field| field.name == "title")) {
        return Err(ReadError::NoTitle { columns: header });
    }
    let order = order(&mut table, &columns, asked.dates, &header)?;
    let key = header.iter().position(|name| KEYS.contains(&normal(name).as_str()));
    let mut rows = Vec::new();
    table.rewind()?;
    while let Some(record) = table.next_record()? {
        rows.push(row(record, &columns, key, order));
    }
    Ok(KnownTable {
        encoding: table.encoding().to_string(),
        delimiter: table.delimiter().to_string(),
        columns: header
            .iter()
            .zip(&columns)
            .enumerate()
            .map(|(at, (name, field))| {
                // The key is read, though it is no field.
                let own = (key == Some(at)).then_some("id");
                (name.clone(), field.map(|field| field.name).or(own))
            })
            .collect(),
        fingerprint: fingerprint(header.iter().map(String::as_str)),
        rows,
        left_out: table.left_out(),
    })
}

fn columns(
    header: &[String],
    kind: Kind,
    asked: &Asked,
) -> Result<Vec<Option<&'static Field>>, ReadError> {
    for (column, field) in &asked.map {
        if !header.iter().any(|name| normal(name) == normal(column)) {
            let candidates = super::names::nearest(column, header.iter().map(String::as_str));
            return Err(ReadError::UnknownColumn { name: column.clone(), candidates });
        }
        if let Some(field) = field
            && mapped(kind, field).is_none()
        {
            let names = kind.noun().fields.iter().map(|field| field.name);
            let candidates = super::names::nearest(field, names);
            return Err(ReadError::UnknownField { name: field.clone(), candidates });
        }
    }
    let mut taken: Vec<&str> = Vec::new();
    let mut found = Vec::with_capacity(header.len());
    for name in header {
        let told = asked.map.iter().find(|(column, _)| normal(column) == normal(name));
        let field = match told {
            Some((_, field)) => field.as_deref().and_then(|field| mapped(kind, field)),
            None => field_of(kind, name),
        };
        // What the user maps goes before what a name merely looks like.
        let is_taken = |field: &Field| {
            taken.contains(&field.name)
                || told.is_none()
                    && asked
                        .map
                        .iter()
                        .filter_map(|(_, to)| mapped(kind, to.as_deref()?))
                        .any(|other| other.name == field.name)
        };
        let other = || beside_title(kind, name).filter(|field| told.is_none() && !is_taken(field));
        let field = field.filter(|field| !is_taken(field)).or_else(other);
        taken.extend(field.map(|field| field.name));
        found.push(field);
    }
    if !taken.contains(&"title") {
        entitle(header, kind, asked, &mut found);
    }
    Ok(found)
}

/// Where nothing but the words in full is there, they are what was said.
fn entitle(header: &[String], kind: Kind, asked: &Asked, columns: &mut [Option<&'static Field>]) {
    let is_mapped = |name: &str| asked.map.iter().any(|(column, _)| normal(column) == normal(name));
    let words = columns.iter().zip(header).position(|(field, name)| {
        field.is_some_and(|field| field.name == "text") && !is_mapped(name)
    });
    if let Some(at) = words {
        columns[at] = kind.noun().answering("title");
    }
}

/// The order of day and month that the dates of the file agree on.
fn order(
    table: &mut Table,
    columns: &[Option<&'static Field>],
    said: Option<DayOrder>,
    header: &[String],
) -> Result<Option<DayOrder>, ReadError> {
    if said.is_some() {
        return Ok(said);
    }
    let dated: Vec<usize> =
        (0..columns.len()).filter(|at| columns[*at].is_some_and(Field::is_date)).collect();
    let mut doubtful = false;
    while let Some(record) = table.next_record()? {
        for cell in dated.iter().filter_map(|at| record.get(*at)) {
            match dates::vote(cell) {
                Some(OrderVote::For(order)) => return Ok(Some(order)),
                Some(OrderVote::Either) => doubtful = true,
                Some(OrderVote::Clear) | None => {}
            }
        }
    }
    if doubtful {
        let columns = dated.iter().map(|at| header[*at].clone()).collect();
        return Err(ReadError::DayOrder { columns });
    }
    Ok(None)
}

fn row(
    record: &Record,
    columns: &[Option<&'static Field>],
    key: Option<usize>,
    order: Option<DayOrder>,
) -> Row {
    let mut cells = Vec::new();
    let mut flaw = record.flaw().map(|flaw| flaw.to_string());
    for (at, field) in columns.iter().enumerate() {
        let Some(field) = field else { continue };
        let text = record.get(at).unwrap_or_default().trim();
        if text.is_empty() {
            continue;
        }
        let text = match field.kind {
            FieldKind::Day | FieldKind::PastDay => match dates::read(text, order, End::First) {
                Ok(day) => day.to_string(),
                Err(error) => {
                    flaw.get_or_insert(format!("{}: “{text}” {}", field.label, error.why()));
                    continue;
                }
            },
            _ => text.to_owned(),
        };
        cells.push((field.name, text));
    }
    let told = key.and_then(|at| record.get(at)).map(str::trim).filter(|key| !key.is_empty());
    let key = told.map_or_else(|| digest(&cells), str::to_owned);
    Row { line: record.line(), key, has_key: told.is_some(), cells, flaw }
}

/// What a row without a key of its own is known by: all that it says.
#[must_use]
pub fn digest(cells: &[(&'static str, String)]) -> String {
    use sha2::{Digest, Sha256};
    let mut hash = Sha256::new();
    for (name, text) in cells {
        hash.update(name.as_bytes());
        hash.update([0]);
        hash.update(text.as_bytes());
        hash.update([0]);
    }
    hex(&hash.finalize())
}
