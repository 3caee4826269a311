//! What the user said about the columns of a file is remembered under the names of the columns,
//! and used for the next file that has the same.

use std::path::Path;

use serde_json::{Value as Json, json};

use crate::domain::kind::Kind;
use crate::domain::refusal::Refusal;
use crate::exchange::backlog::{Backlog, BacklogOptions, Mapping};
use crate::exchange::dates::DayOrder;
use crate::exchange::names;
use crate::exchange::read_error::ReadError;

use super::super::error::Result;
use super::super::workspace::Workspace;
use super::{ImportRequest, refused};

/// The settings of the workspace under which mappings are kept.
const PREFIX: &str = "import.map.";

/// A mapping to remember.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Told {
    pub setting: String,
    pub value: String,
}

/// Puts what the user says now, or said before, into the options. Tells whether it was before.
///
/// # Errors
/// A refusal when a mapping cannot be read.
pub(super) fn recall(
    workspace: &Workspace,
    request: &ImportRequest,
    options: &mut BacklogOptions,
) -> Result<bool> {
    if !request.map.is_empty() {
        options.map = mappings(&request.path, &request.map)?;
        return Ok(false);
    }
    let settings = workspace.store.settings()?;
    if !settings.iter().any(|(name, _)| name.starts_with(PREFIX)) {
        return Ok(false);
    }
    let Some(fingerprint) = fingerprint(&request.path, options) else { return Ok(false) };
    let wanted = format!("{PREFIX}{fingerprint}");
    let Some((_, value)) = settings.iter().find(|(name, _)| *name == wanted) else {
        return Ok(false);
    };
    // Somebody else may have written the setting; what cannot be read is not used.
    let Ok(told) = serde_json::from_str::<Json>(value) else { return Ok(false) };
    let map: Vec<String> = told["map"]
        .as_array()
        .map(|map| map.iter().filter_map(|one| one.as_str().map(str::to_owned)).collect())
        .unwrap_or_default();
    options.map = mappings(&request.path, &map)?;
    if options.dates.is_none() {
        options.dates = told["dates"].as_str().and_then(|order| order.parse().ok());
    }
    Ok(true)
}

/// What the user says now of the columns of a table of what is known, or said before: column and
/// field, whether that was before, and the order of day and month.
///
/// # Errors
/// A refusal when a mapping cannot be read.
pub(super) fn columns(
    workspace: &Workspace,
    request: &ImportRequest,
    kind: Kind,
) -> Result<Columns> {
    let parted = |text: &String| -> Result<(String, Option<String>)> {
        let (column, field) = text
            .rsplit_once('=')
            .ok_or_else(|| Refusal::usage(format!("--map takes COLUMN=FIELD, not “{text}”")))?;
        let field = Some(field.trim().to_owned()).filter(|field| field != "-");
        Ok((column.trim().to_owned(), field))
    };
    if !request.map.is_empty() {
        let map = request.map.iter().map(parted).collect::<Result<_>>()?;
        return Ok((map, false, request.dates));
    }
    let header = crate::exchange::known_table::header(&request.path, request.encoding);
    let Some(header) = header else { return Ok((Vec::new(), false, request.dates)) };
    let mark = names::fingerprint(header.iter().map(String::as_str));
    let Some(value) = workspace.store.setting(&format!("{PREFIX}{mark}"))? else {
        return Ok((Vec::new(), false, request.dates));
    };
    // Somebody else may have written the setting; what cannot be read is not used.
    let told = serde_json::from_str::<Json>(&value).unwrap_or_default();
    let map: Vec<String> = told["map"]
        .as_array()
        .map(|map| map.iter().filter_map(|one| one.as_str().map(str::to_owned)).collect())
        .unwrap_or_default();
    // What was said of a file of another kind may name what this one has not.
    let is_ours = |field: &Option<String>| {
        field.as_ref().is_none_or(|name| kind.noun().position(name).is_some())
    };
    let map: Result<Vec<_>> = map.iter().map(parted).collect();
    let map = map?.into_iter().filter(|(_, field)| is_ours(field)).collect();
    let dates = request.dates.or(told["dates"].as_str().and_then(|order| order.parse().ok()));
    Ok((map, true, dates))
}

/// Columns with their fields, whether that was said before, and the order of dates.
pub(super) type Columns = (Vec<(String, Option<String>)>, bool, Option<DayOrder>);

/// What is worth remembering of a request.
pub(super) fn told(request: &ImportRequest, fingerprint: &str) -> Option<Told> {
    if request.map.is_empty() && request.dates.is_none() {
        return None;
    }
    let dates = request.dates.map(|order| match order {
        DayOrder::DayFirst => "dmy",
        DayOrder::MonthFirst => "mdy",
    });
    let value = json!({ "map": request.map, "dates": dates }).to_string();
    Some(Told { setting: format!("{PREFIX}{fingerprint}"), value })
}

/// The fingerprint of the columns, also of a file that needs the mapping to be understood.
fn fingerprint(path: &Path, options: &BacklogOptions) -> Option<String> {
    let options =
        BacklogOptions { dates: options.dates.or(Some(DayOrder::DayFirst)), ..options.clone() };
    match Backlog::open(path, &options) {
        Ok(backlog) => Some(backlog.fingerprint().to_owned()),
        Err(ReadError::NoTitle { columns }) => {
            Some(names::fingerprint(columns.iter().map(String::as_str)))
        }
        Err(_) => None,
    }
}

fn mappings(path: &Path, map: &[String]) -> Result<Vec<Mapping>> {
    let read = |text: &String| {
        Mapping::parse(text).map_err(|error| match error {
            wrong @ (ReadError::NotAMapping(_) | ReadError::UnknownField { .. }) => {
                let refusal = Refusal::usage(wrong.to_string());
                match wrong.hint() {
                    Some(hint) => refusal.hint(hint).into(),
                    None => refusal.into(),
                }
            }
            other => refused::file(path, other),
        })
    };
    map.iter().map(read).collect()
}
