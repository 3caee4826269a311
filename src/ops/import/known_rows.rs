//! Tables of what is known (call notes, interviews, tickets, answers of a survey) as rows of a
//! kind. The same file again changes nothing; a row that the file changed changes only what it says
//! otherwise now. What a file does not tag stands untagged, to be tagged, and is never dropped.

use std::collections::{HashMap, HashSet};
use std::path::Path;

use crate::domain::change::{Change, Draft, Edit, Input};
use crate::domain::day::Calendar;
use crate::domain::evidence::matrix::UNKNOWN;
use crate::domain::field::{Field, FieldKind, TITLE_MAX, read_pick};
use crate::domain::item::ItemId;
use crate::domain::kind::Kind;
use crate::domain::noun::Noun;
use crate::domain::value::Value;
use crate::exchange::known_table::{
    Asked, KnownTable, Row, header, is_evidence, may_be_evidence, read,
};

use crate::store::origin::OriginRow;

use super::super::error::Result;
use super::super::workspace::Workspace;
use super::digest::Digest;
use super::source_file::Bad;
use super::which_table::{self, Home, KnownBy};
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
    doubt: Option<String>,
    table: KnownTable,
    pub told: Option<remembered::Told>,
    remembered: bool,
}

/// One row, ready to be written.
pub(super) struct Ready {
    pub line: u64,
    pub key: String,
    has_key: bool,
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
        let home = home(workspace, &table, (kind, &request.path))?;
        Ok(Some(Self {
            kind,
            name: super::source_file::name_of(&request.path),
            source: home.namespace,
            doubt: home.told,
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
        let mut alike: Vec<u64> = Vec::new();
        for row in &self.table.rows {
            match self.row(row, calendar, &mut strange) {
                Ok(mut ready) => {
                    // The same words twice are two pieces, in the order of the file.
                    let seen = times.entry(ready.key.clone()).or_default();
                    *seen += 1;
                    if *seen > 1 {
                        alike.push(row.line);
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
        self.doubt.iter().cloned().for_each(|doubt| warnings.push(doubt));
        if let Some(said) = warnings_of_alike(&alike, self.kind) {
            warnings.push(said);
        }
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
                let is_long = title.chars().count() > TITLE_MAX;
                // What one line cannot hold is kept whole, unless a column of its own does that.
                let has_whole = row.cells.iter().any(|(name, _)| *name == "text");
                let whole = noun.answering("text").filter(|_| !has_whole);
                if let Some(whole) = whole.filter(|_| is_long || title != *text) {
                    changes.push(set(whole, Input::Value(Value::Text(text.clone()))));
                }
                if is_long && noun.answering("text").is_some() {
                    title = title.chars().take(TITLE_MAX - 1).collect::<String>() + "…";
                }
                continue;
            }
            if *name == "supports" {
                changes.extend(spoken_of(noun, text));
                continue;
            }
            if matches!(*name, "observed_on" | "captured_on" | "held_on")
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
        Ok(Ready { line: row.line, key: row.key.clone(), has_key: row.has_key, draft, digest })
    }
}

/// Which list the rows of a table belong to.
fn home(workspace: &Workspace, table: &KnownTable, (kind, path): (Kind, &Path)) -> Result<Home> {
    let title = |row: &Row| {
        let cell = row.cells.iter().find(|(name, _)| *name == "title");
        cell.map_or("", |(_, text)| text).to_owned()
    };
    let looked_at = table.rows.iter().take(which_table::LOOKED_AT);
    let rows: Vec<_> = looked_at.map(|row| which_table::mark(&row.key, &title(row))).collect();
    let has_keys = table.rows.iter().any(|row| row.has_key);
    let table = which_table::Table {
        family: &format!("table.{}.", kind.slug()),
        columns: &table.fingerprint[..12.min(table.fingerprint.len())],
        name: which_table::called(path),
        rows: &rows,
        known_by: if has_keys { KnownBy::Id } else { KnownBy::Title },
    };
    which_table::home(&workspace.store, &table)
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

/// The claims that a cell names, those with a minus before them spoken against: `c1, -c4`.
fn spoken_of(noun: &'static Noun, text: &str) -> Vec<Change> {
    let names = text.split([',', ';']).map(str::trim).filter(|name| !name.is_empty());
    let (against, supports): (Vec<&str>, Vec<&str>) =
        names.partition(|name| name.starts_with(['-', '−']));
    let sides = [("supports", supports), ("against", against)];
    let said = sides.into_iter().filter(|(_, names)| !names.is_empty());
    said.map(|(side, names)| {
        let field = noun.field(side);
        let bare = |name: &str| name.trim_start_matches(['+', '-', '−']).trim().to_owned();
        let names = names.into_iter().map(|name| field.name_of(&bare(name)));
        set(field, Input::Several(names.collect()))
    })
    .collect()
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
    // An interview after a deal was won or lost is an interview.
    let after = ["win-loss", "win/loss", "win loss", "won/lost", "loss interview"];
    if after.iter().any(|words| text.contains(words)) && !slugs.contains(&"win-loss") {
        return slugs.iter().copied().find(|slug| *slug == "interview");
    }
    let words = || text.split(|letter: char| !letter.is_alphanumeric() && letter != '-');
    read_pick(&text, slugs)
        .or_else(|| slugs.iter().copied().find(|slug| words().any(|word| word == *slug)))
}

/// What came from the list before, by its keys. A row without a key of its own that says something
/// else now, be it one more column, is known by its title, where one alone has it.
pub(super) fn met(
    origins: Vec<OriginRow>,
    ready: &mut [Ready],
) -> HashMap<String, (ItemId, String)> {
    let known: HashMap<String, (ItemId, String)> =
        origins.into_iter().map(|row| (row.external_id, (row.item, row.digest))).collect();
    let mut left: HashMap<String, Vec<&String>> = HashMap::new();
    let taken: HashSet<&str> = ready.iter().map(|row| row.key.as_str()).collect();
    for (key, (_, digest)) in known.iter().filter(|(key, _)| !taken.contains(key.as_str())) {
        for title in Digest::read(digest).of("title") {
            left.entry(title.clone()).or_default().push(key);
        }
    }
    let mut rows: HashMap<String, Vec<usize>> = HashMap::new();
    for (at, row) in ready.iter().enumerate() {
        if !row.has_key && !known.contains_key(&row.key) {
            rows.entry(row.digest.of("title").concat()).or_default().push(at);
        }
    }
    for (title, rows) in rows {
        if let ([at], Some([key])) = (rows.as_slice(), left.get(&title).map(Vec::as_slice)) {
            ready[*at].key.clone_from(key);
        }
    }
    known
}

/// What an import would do.
pub(super) fn plan(
    workspace: &mut Workspace,
    rows: &KnownRows,
    progress: &mut Progress<'_>,
) -> Result<ImportPlan> {
    let today = workspace.clock.today();
    let (mut ready, bad, warnings) = rows.ready(&workspace.settings.calendar(today));
    let known = met(workspace.store.origins_from(&rows.source)?, &mut ready);
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
                rewrites: Vec::new(),
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

/// Rows that say what a row above says already: each comes in, and is named, since it may be a slip.
fn warnings_of_alike(lines: &[u64], kind: Kind) -> Option<String> {
    let named: Vec<String> = lines.iter().take(NAMED).map(ToString::to_string).collect();
    let more = lines.len().saturating_sub(named.len());
    let more = if more == 0 { String::new() } else { format!(" and {more} more") };
    let each = kind.noun().one();
    match lines {
        [] => None,
        [_] => Some(format!(
            "row {} says what a row above says: it comes in as {each} of its own",
            named[0]
        )),
        _ => Some(format!(
            "rows {}{more} say what a row above says: each comes in as {each} of its own",
            named.join(", ")
        )),
    }
}
