//! An export of deals, opened and read: each deal as the fields of its item, each change of a stage
//! that a history tells. What the user once said about such files is remembered.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::{Value as Json, json};

use crate::domain::field::TITLE_MAX;
use crate::domain::kind::Kind;
use crate::domain::metric::deals::{Business, Currency, Deal, StageEvent, stages};
use crate::domain::refusal::Refusal;
use crate::domain::value::Value;
use crate::exchange::backlog::RowError;
use crate::exchange::dates::DayOrder;
use crate::exchange::deals::{self, Change, DealFile, DealMapping, DealOptions, DealRow, Ends};
use crate::exchange::numbers::Marks;
use crate::exchange::read_error::ReadError;

use super::super::error::Result;
use super::super::workspace::Workspace;
use super::source_file::Bad;
use super::{ImportRequest, MappedColumn, Warnings, refused};

/// What is remembered of all exports, and under the names of the columns.
const ANSWERS: &str = "import.deals";
const COLUMNS: &str = "import.map.";

/// What only an export of deals is asked.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DealAnswers {
    /// The currency of amounts that name none.
    pub currency: Option<String>,
    /// The mark before the decimals, `point` or `comma`.
    pub marks: Option<Marks>,
    /// Stages that mean won, and lost.
    pub won: Vec<String>,
    pub lost: Vec<String>,
    /// What a reason of the file is called here.
    pub reasons: Vec<(String, String)>,
}

/// The fields that an export tells, in the order of their marks in a digest.
pub(super) const FIELDS: [&str; 15] = [
    "title",
    "state",
    "account",
    "segment",
    "seller",
    "amount",
    "currency",
    "business",
    "competitor",
    "created_on",
    "closed_on",
    "stage",
    "pipeline",
    "reason",
    "stages",
];

/// A deal as it comes in.
pub(super) struct Incoming {
    pub external_id: String,
    pub line: u64,
    /// A value for each of `FIELDS`; `None` where the file does not have the column.
    pub values: Vec<Option<Value>>,
}

/// An opened export.
pub(super) struct DealTable {
    /// The file's name, without its folder.
    pub name: String,
    /// What it is, for people.
    pub label: &'static str,
    pub namespace: String,
    pub encoding: String,
    pub delimiter: String,
    pub columns: Vec<MappedColumn>,
    pub unmapped: Vec<String>,
    pub remembered: bool,
    pub left_out: u64,
    pub rows: Vec<Incoming>,
    pub changes: Vec<Change>,
    pub bad: Bad,
    pub warnings: Vec<String>,
    /// Settings to be kept: name and value.
    pub told: Vec<(String, String)>,
}

/// What is known of exports: said now, or before.
#[derive(Default)]
struct Known {
    options: DealOptions,
    reasons: BTreeMap<String, String>,
    remembered: bool,
    told: Vec<(String, String)>,
}

/// Whether a file is an export of deals of a CRM that is known.
pub(super) fn is_export(path: &Path) -> bool {
    deals::look(path).is_some_and(|look| look.is_known)
}

impl DealTable {
    /// Reads the whole file.
    ///
    /// # Errors
    /// A refusal when it cannot be read as deals, or what must be said first.
    pub fn open(workspace: &Workspace, request: &ImportRequest) -> Result<Self> {
        let path = &request.path;
        let known = known(workspace, request)?;
        let mut file =
            DealFile::open(path, &known.options).map_err(|error| refused::file(path, error))?;
        let namespace = match file.source().slug() {
            "csv" => {
                format!("deals:csv:{}", &file.fingerprint()[..12.min(file.fingerprint().len())])
            }
            slug => format!("deals:{slug}"),
        };
        let columns = file
            .mapping()
            .into_iter()
            .map(|(column, field)| MappedColumn { column, field: field.map(str::to_owned) })
            .collect();
        let mut table = Self {
            name: path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned(),
            label: file.source().name(),
            namespace,
            encoding: file.encoding().to_string(),
            delimiter: file.delimiter().name().to_owned(),
            columns,
            unmapped: file.unmapped(),
            remembered: known.remembered,
            left_out: 0,
            rows: Vec::new(),
            changes: Vec::new(),
            bad: Bad::default(),
            warnings: Vec::new(),
            told: known.told,
        };
        let there = there(&file);
        let mut warnings = Warnings::default();
        while let Some(row) = file.next_row() {
            match row {
                Ok(DealRow::Deal { line, deal, events }) => {
                    table.rows.push(incoming(line, *deal, &events, (&there, &known.reasons)));
                }
                Ok(DealRow::Change(change)) => table.changes.push(change),
                Err(RowError::Row(bad)) => table.bad.push(&bad),
                Err(RowError::File(error)) => return Err(refused::file(path, error)),
            }
        }
        for notice in file.notices() {
            warnings.push(notice.words.clone());
        }
        match file.repeated() {
            0 => {}
            1 => warnings.push("1 row stands there twice, word for word".to_owned()),
            more => warnings.push(format!("{more} rows stand there twice, word for word")),
        }
        if let Some(words) = endless(&table.rows, workspace.calendar().today) {
            warnings.push(words);
        }
        table.left_out = file.left_out();
        table.warnings = warnings.finish();
        Ok(table)
    }
}

/// What is to be said of deals that closed and of which none was won or lost: their stages are the
/// company's own.
fn endless(rows: &[Incoming], today: chrono::NaiveDate) -> Option<String> {
    let at = |name: &str| FIELDS.iter().position(|field| *field == name);
    let (state, closed, stage) = (at("state")?, at("closed_on")?, at("stage")?);
    let is_open = |row: &Incoming| row.values[state] == Some(Value::Text("open".to_owned()));
    let is_past =
        |row: &&Incoming| matches!(&row.values[closed], Some(Value::Day(day)) if *day < today);
    if !rows.iter().all(is_open) {
        return None;
    }
    let mut stages: Vec<&str> = rows
        .iter()
        .filter(is_past)
        .filter_map(|row| match &row.values[stage] {
            Some(Value::Text(stage)) => Some(stage.as_str()),
            _ => None,
        })
        .collect();
    stages.sort_unstable();
    stages.dedup();
    stages.truncate(4);
    let named: Vec<String> = stages.iter().map(|stage| format!("“{stage}”")).collect();
    (!named.is_empty()).then(|| {
        format!(
            "no stage was read as won or lost, though some deals are past their close date: {}; \
             say --won STAGE and --lost STAGE",
            named.join(", ")
        )
    })
}

/// Which of `FIELDS` the file has a column for.
fn there(file: &DealFile) -> [bool; FIELDS.len()] {
    let slots: Vec<&str> = file.mapping().into_iter().filter_map(|(_, slot)| slot).collect();
    let has = |slot: &str| slots.contains(&slot);
    FIELDS.map(|field| match field {
        "title" => has("name") || has("id"),
        "state" => true,
        "seller" => has("owner"),
        "currency" | "amount" => has("amount"),
        "business" => has("type"),
        "reason" => has("lost_reason") || has("won_reason"),
        "stages" => has("stage_entered"),
        field => has(field),
    })
}

fn incoming(
    line: u64,
    deal: Deal,
    events: &[StageEvent],
    (there, reasons): (&[bool; FIELDS.len()], &BTreeMap<String, String>),
) -> Incoming {
    let text = |text: Option<String>| text.map_or(Value::Nothing, Value::Text);
    let day = |day: Option<chrono::NaiveDate>| day.map_or(Value::Nothing, Value::Day);
    let currency = deal.amount.map(|amount| amount.currency);
    let currency = currency.filter(|one| *one != Currency::UNSAID);
    let reason = deal.reason.map(|said| reasons.get(&said.to_lowercase()).cloned().unwrap_or(said));
    let way = events.iter().map(|event| (event.entered, event.stage.clone())).collect();
    let way = stages::write(way);
    let values = [
        Value::Text(deal.name.chars().take(TITLE_MAX).collect()),
        Value::Text(deal.standing.slug().to_owned()),
        text(deal.account),
        text(deal.segment),
        text(deal.owner),
        deal.amount.map_or(Value::Nothing, |amount| Value::Real(amount.major())),
        text(currency.map(|one| one.code().to_owned())),
        text(deal.business.map(Business::slug).map(str::to_owned)),
        text(deal.competitor),
        day(deal.created),
        day(deal.closed),
        text(Some(deal.stage)),
        text(deal.pipeline),
        text(reason),
        text(Some(way).filter(|way| !way.is_empty())),
    ];
    let values = values.into_iter().zip(there).map(|(value, there)| there.then_some(value));
    Incoming { external_id: deal.external_id, line, values: values.collect() }
}

/// What is said now goes before what was said before, and is remembered for the next file.
fn known(workspace: &Workspace, request: &ImportRequest) -> Result<Known> {
    let path = &request.path;
    let answers = request.deals.clone().unwrap_or_default();
    let settings: BTreeMap<String, String> = workspace.store.settings()?.into_iter().collect();
    let read = |name: &str| -> Json {
        settings.get(name).and_then(|text| serde_json::from_str(text).ok()).unwrap_or_default()
    };
    let words = |json: &Json| -> Vec<String> {
        let list = json.as_array().map(Vec::as_slice).unwrap_or_default();
        list.iter().filter_map(|one| one.as_str().map(str::to_owned)).collect()
    };
    let all = read(ANSWERS);
    let look = deals::look(path);
    let key = look.as_ref().map(|look| format!("{COLUMNS}{}", look.fingerprint));
    let own = key.as_deref().map(read).unwrap_or_default();

    let mut map = request.map.clone();
    let mut remembered = false;
    if map.is_empty() {
        map = words(&own["map"]);
        remembered = !map.is_empty();
    }
    let dates = request.dates.or_else(|| own["dates"].as_str().and_then(|one| one.parse().ok()));
    let marks = answers.marks.or_else(|| own["marks"].as_str().and_then(|one| one.parse().ok()));
    let joined = |said: &[String], name: &str| -> Vec<String> {
        let mut list = words(&all[name]);
        list.extend(said.iter().filter(|one| !one.trim().is_empty()).cloned());
        list.sort();
        list.dedup();
        list
    };
    let ends = Ends { won: joined(&answers.won, "won"), lost: joined(&answers.lost, "lost") };
    let currency = answers.currency.clone().or_else(|| all["currency"].as_str().map(str::to_owned));
    let mut reasons: BTreeMap<String, String> = all["reasons"]
        .as_object()
        .map(|map| {
            map.iter().filter_map(|(k, v)| Some((k.clone(), v.as_str()?.to_owned()))).collect()
        })
        .unwrap_or_default();
    reasons.extend(answers.reasons.iter().map(|(from, to)| (from.to_lowercase(), to.clone())));

    let mut told = Vec::new();
    if let Some(key) = key
        .filter(|_| !request.map.is_empty() || request.dates.is_some() || answers.marks.is_some())
    {
        let value = json!({ "map": map, "dates": dates.map(order), "marks": marks.map(mark) });
        told.push((key, value.to_string()));
    }
    if answers != (DealAnswers { marks: answers.marks, ..DealAnswers::default() }) {
        let value =
            json!({ "currency": currency, "won": ends.won, "lost": ends.lost, "reasons": reasons });
        told.push((ANSWERS.to_owned(), value.to_string()));
    }
    told.retain(|(name, value)| settings.get(name) != Some(value));
    let currency = match currency {
        None => None,
        Some(code) => Some(Currency::parse(&code).ok_or_else(|| {
            Refusal::usage(format!("“{code}” is no code of a currency"))
                .hint("three letters, such as EUR")
        })?),
    };
    let map = map.iter().map(|one| DealMapping::parse(one).map_err(|error| misuse(path, error)));
    let options = DealOptions {
        encoding: request.encoding,
        delimiter: None,
        source: None,
        dates,
        marks,
        map: map.collect::<Result<_>>()?,
        currency,
        ends,
    };
    Ok(Known { options, reasons, remembered, told })
}

fn order(order: DayOrder) -> &'static str {
    match order {
        DayOrder::DayFirst => "dmy",
        DayOrder::MonthFirst => "mdy",
    }
}

fn mark(marks: Marks) -> &'static str {
    match marks {
        Marks::Point => "point",
        Marks::Comma => "comma",
    }
}

fn misuse(path: &Path, error: ReadError) -> super::super::error::Error {
    match error {
        wrong @ (ReadError::NotAMapping(_) | ReadError::UnknownField { .. }) => {
            let refusal = Refusal::usage(wrong.to_string());
            match wrong.hint() {
                Some(hint) => refusal.hint(hint).into(),
                None => refusal.into(),
            }
        }
        other => refused::file(path, other),
    }
}

/// The kind that its rows become.
pub(super) const KIND: Kind = Kind::Deal;
