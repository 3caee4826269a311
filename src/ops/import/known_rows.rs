//! Tables of what is known (call notes, interviews, tickets, answers of a survey) as rows of a
//! kind. The same file again changes nothing; a row that the file changed changes only what it says
//! otherwise now. What a file does not tag stands untagged, to be tagged, and is never dropped.

use std::collections::HashMap;

use crate::domain::change::{Change, Draft, Edit, Input};
use crate::domain::day::Calendar;
use crate::domain::evidence::matrix::UNKNOWN;
use crate::domain::field::{Field, FieldKind, TITLE_MAX, read_pick};
use crate::domain::item::ItemId;
use crate::domain::kind::Kind;
use crate::domain::value::Value;
use crate::exchange::known_table::{
    Asked, KnownTable, Row, header, is_evidence, may_be_evidence, read,
};

use super::super::error::Result;
use super::super::workspace::Workspace;
use super::digest::Digest;
use super::known_again;
use super::source_file::Bad;
use super::{
    BadLine, Fate, ImportPlan, ImportRequest, MappedColumn, NAMED, PREVIEW, PreviewRow, Progress,
    Tally, Warnings, go_on, refused, remembered,
};

/// The kinds that rows of such a table can become.
pub(super) const KINDS: [Kind; 6] = [
    Kind::Evidence,
    Kind::Conversation,
    Kind::Insight,
    Kind::Claim,
    Kind::Objection,
    Kind::Segment,
];

/// A table with what becomes of each row.
pub(super) struct KnownRows {
    pub kind: Kind,
    pub name: String,
    pub source: String,
    table: KnownTable,
    pub told: Option<remembered::Told>,
    remembered: bool,
}

/// One row, ready to be written.
pub(super) struct Ready {
    pub line: u64,
    pub key: String,
    /// Whether the file told the key.
    pub is_told: bool,
    pub draft: Draft,
    pub digest: Digest,
}

impl KnownRows {
    /// The table, where the request or its header says that it is one of these.
    ///
    /// # Errors
    /// A refusal when it cannot be read.
    pub fn open(workspace: &Workspace, request: &ImportRequest) -> Result<Option<Self>> {
        let kind = match request.as_kind {
            Some(kind) if KINDS.contains(&kind) => kind,
            Some(_) => return Ok(None),
            None => {
                if !may_be_evidence(&request.path) {
                    return Ok(None);
                }
                let known = header(&request.path, request.encoding);
                if !known.is_some_and(|header| is_evidence(&header)) {
                    return Ok(None);
                }
                Kind::Evidence
            }
        };
        let (map, remembered, dates) = remembered::columns(workspace, request, kind)?;
        let asked = Asked { map, encoding: request.encoding, dates };
        let table = read(&request.path, kind, &asked)
            .map_err(|error| refused::file(&request.path, error))?;
        let mark = &table.fingerprint[..12.min(table.fingerprint.len())];
        Ok(Some(Self {
            kind,
            name: super::source_file::name_of(&request.path),
            source: format!("table.{}.{mark}", kind.slug()),
            told: remembered::told(request, &table.fingerprint),
            remembered,
            table,
        }))
    }

    /// The rows that can be taken, those that cannot, and what is worth saying.
    pub fn ready(&self, calendar: &Calendar) -> (Vec<Ready>, Bad, Vec<String>) {
        let (mut rows, mut bad) = (Vec::with_capacity(self.table.rows.len()), Bad::default());
        let mut strange: HashMap<(&'static str, String), usize> = HashMap::new();
        let mut times: HashMap<String, usize> = HashMap::new();
        for row in &self.table.rows {
            match self.row(row, calendar, &mut strange) {
                Ok(mut ready) => {
                    // The same words twice are two pieces, in the order of the file.
                    let seen = times.entry(ready.key.clone()).or_default();
                    *seen += 1;
                    if *seen > 1 {
                        ready.key = format!("{}#{seen}", ready.key);
                    }
                    rows.push(ready);
                }
                Err(why) => {
                    bad.total += 1;
                    if bad.named.len() < NAMED {
                        let words = format!("row {}: {why}", row.line);
                        bad.named.push(BadLine { line: row.line, words });
                    }
                }
            }
        }
        let mut warnings = Warnings::default();
        let mut strange: Vec<_> = strange.into_iter().collect();
        strange.sort();
        for ((label, word), count) in strange {
            let rows = if count == 1 { "1 row".to_owned() } else { format!("{count} rows") };
            warnings.push(format!("{label} “{word}” is none that is known, on {rows}: left out"));
        }
        (rows, bad, warnings.finish())
    }

    fn row(
        &self,
        row: &Row,
        calendar: &Calendar,
        strange: &mut HashMap<(&'static str, String), usize>,
    ) -> std::result::Result<Ready, String> {
        if let Some(flaw) = &row.flaw {
            return Err(flaw.clone());
        }
        let noun = self.kind.noun();
        let mut title = String::new();
        let (mut changes, mut digest) = (Vec::new(), Digest::default());
        for (name, text) in &row.cells {
            digest.add(name, [text.as_str()]);
            let field = noun.field(name);
            if *name == "title" {
                title = one_line(text);
                if let (true, Some(whole)) =
                    (title.chars().count() > TITLE_MAX, noun.answering("text"))
                {
                    title = title.chars().take(TITLE_MAX - 1).collect::<String>() + "…";
                    changes.push(set(whole, Input::Value(Value::Text(text.clone()))));
                }
                continue;
            }
            if matches!(*name, "observed_on" | "captured_on")
                && text.parse().is_ok_and(|day: chrono::NaiveDate| day > calendar.today)
            {
                return Err(format!("{}: {text} has not come yet", field.label));
            }
            match change(field, text, calendar)? {
                Some(change) => changes.push(change),
                None => *strange.entry((field.label, text.clone())).or_default() += 1,
            }
        }
        if title.trim().is_empty() {
            return Err(format!("no {} stands there", noun.field("title").label));
        }
        let draft = Draft { kind: self.kind, title, changes };
        Ok(Ready { line: row.line, key: row.key.clone(), is_told: row.is_told, draft, digest })
    }
}

/// What a cell says; `None` for a choice that is not known.
fn change(
    field: &'static Field,
    text: &str,
    calendar: &Calendar,
) -> std::result::Result<Option<Change>, String> {
    let input = match field.kind {
        FieldKind::Choice(slugs) => {
            let Some(slug) = picked(text, slugs) else { return Ok(None) };
            Input::Value(Value::Text(slug.to_owned()))
        }
        FieldKind::Many(_) => {
            let names = text.split([',', ';']).map(str::trim).filter(|name| !name.is_empty());
            Input::Several(names.map(|name| field.name_of(name)).collect())
        }
        FieldKind::One(_) => field.name_of(text),
        _ => field.read(text, calendar).map_err(|refusal| refusal.what)?,
    };
    Ok(Some(set(field, input)))
}

fn set(field: &'static Field, input: Input) -> Change {
    Change { field, edit: Edit::Set(input) }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The slug that a foreign word means: itself, its beginning, or a word of it: `Proposal sent`.
fn picked(text: &str, slugs: &[&'static str]) -> Option<&'static str> {
    let text = text.trim().to_lowercase();
    if ["unknown", "n/a", "none", "?"].contains(&text.as_str()) {
        return slugs.iter().copied().find(|slug| *slug == UNKNOWN);
    }
    let words = || text.split(|letter: char| !letter.is_alphanumeric() && letter != '-');
    // An interview after a deal was won or lost is an interview.
    let is_after_deal =
        ["win-loss", "win/loss", "win loss", "won/lost", "loss interview", "win interview"];
    if is_after_deal.iter().any(|words| text.contains(words)) && !slugs.contains(&"win-loss") {
        return slugs.iter().copied().find(|slug| *slug == "interview");
    }
    read_pick(&text, slugs)
        .or_else(|| slugs.iter().copied().find(|slug| words().any(|word| word == *slug)))
}

/// What an import would do.
pub(super) fn plan(
    workspace: &mut Workspace,
    rows: &KnownRows,
    progress: &mut Progress<'_>,
) -> Result<ImportPlan> {
    let today = workspace.clock.today();
    let (mut ready, bad, warnings) = rows.ready(&workspace.settings.calendar(today));
    let known: HashMap<String, (ItemId, String)> = workspace
        .store
        .origins_from(&rows.source)?
        .into_iter()
        .map(|row| (row.external_id, (row.item, row.digest)))
        .collect();
    known_again::recognise(&mut ready, &known);
    let mut tally = Tally::default();
    let mut preview = Vec::new();
    let all = ready.len() as u64;
    for (at, row) in ready.iter().enumerate() {
        if at % 1_000 == 0 {
            go_on(progress, at as u64, all)?;
        }
        let before = known.get(&row.key);
        let fate = match before {
            None => Fate::New,
            Some((_, digest)) if row.digest.changed(&Digest::read(digest)).is_empty() => {
                Fate::Unchanged
            }
            Some(_) => Fate::Changed,
        };
        match fate {
            Fate::New => tally.new += 1,
            Fate::Changed => tally.changed += 1,
            Fate::Unchanged => tally.unchanged += 1,
        }
        if preview.len() < PREVIEW {
            let id = before.map(|(id, _)| *id);
            let item = id.map(|id| workspace.store.item(id)).transpose()?.flatten();
            let told = |change: &Change| match &change.edit {
                Edit::Set(Input::Value(value)) => Some((
                    change.field.label,
                    change.field.show(value, &crate::domain::field::NoNames, today),
                )),
                Edit::Set(Input::Reference(name) | Input::Person(name)) => {
                    Some((change.field.label, name.clone()))
                }
                _ => None,
            };
            preview.push(PreviewRow {
                line: row.line,
                kind: rows.kind,
                why: "its columns are those of what is known",
                title: row.draft.title.clone(),
                fate,
                reference: item.map(|item| item.reference),
                fields: row.draft.changes.iter().filter_map(told).collect(),
            });
        }
    }
    let columns = rows.table.columns.iter().map(|(column, field)| MappedColumn {
        column: column.clone(),
        field: field.map(str::to_owned),
    });
    let unmapped = rows.table.columns.iter().filter(|(_, field)| field.is_none());
    Ok(ImportPlan {
        source: format!("a table of {}", rows.kind.noun().plural),
        file: rows.name.clone(),
        encoding: rows.table.encoding.clone(),
        delimiter: Some(rows.table.delimiter.clone()),
        columns: columns.collect(),
        remembered: rows.remembered,
        unmapped: unmapped.map(|(column, _)| column.clone()).collect(),
        rows: rows.table.rows.len() as u64,
        left_out: rows.table.left_out,
        tallies: [(rows.kind, tally)].into(),
        others: 0,
        preview,
        bad: bad.named,
        bad_total: bad.total,
        warnings,
    })
}
