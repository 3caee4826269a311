//! From a draft to a row of one kind: the names of the fields, the state, the tags, the note.

use std::borrow::Cow;

use chrono::NaiveDate;

use super::draft::{Draft, is_address};
use super::effort::Effort;
use super::kinds::{self, Verdict};
use super::row::{Row, RowKind};
use super::words::Stage;

type Fields = Vec<(Cow<'static, str>, String)>;

const ORIGINS: [&str; 3] = ["self-initiated", "requested", "recurring"];

/// The row that the draft gives. `flip` is the kind that the user chose instead.
pub(super) fn shape(draft: Draft, external_id: String, flip: Option<RowKind>) -> Row {
    let found = kinds::classify(&draft);
    let verdict = match flip {
        Some(kind) if kind != found.kind => Verdict { kind, why: "you chose so", label: None },
        Some(_) | None => found,
    };
    Row {
        line: draft.line,
        external_id,
        kind: verdict.kind,
        why_kind: verdict.why,
        fields: fields(&draft, verdict.kind),
        tags: tags(&draft.labels, found.label),
        note: note(&draft),
        closure: draft.closure(),
        title: draft.title,
        blocked_by: draft.blocked_by,
        blocks: draft.blocks,
    }
}

fn fields(draft: &Draft, kind: RowKind) -> Fields {
    let mut fields = Fields::new();
    let mut add = |name: &'static str, text: Option<String>| {
        if let Some(text) = text {
            fields.push((Cow::Borrowed(name), text));
        }
    };
    add("state", draft.stage().map(|stage| stage.state(kind).to_owned()));
    add("owner", draft.owners.first().cloned());
    add("priority", draft.priority.map(str::to_owned));
    add("link", draft.link.clone().filter(|link| is_address(link)));
    add("created_on", day(draft.created));
    match kind {
        RowKind::Decision => {
            add("needed_by", day(draft.due));
            add("kind", kinds::decision_slug(draft).map(str::to_owned));
            add("raised_on", day(draft.created));
            add("decided_on", day(decided(draft)));
        }
        RowKind::Asset => {
            add("due", day(draft.due));
            add("kind", kinds::asset_slug_of(draft).map(str::to_owned));
            add("estimate", minutes(draft));
            add("origin", origin(draft));
        }
        RowKind::Request => {
            add("wanted_by", day(draft.due));
            add("from", draft.from.clone());
            add("asked_on", day(draft.created));
            add("estimate", minutes(draft));
        }
    }
    fields
}

fn day(date: Option<NaiveDate>) -> Option<String> {
    date.map(|date| date.to_string())
}

/// When a done decision was decided: its completion, else its last change.
fn decided(draft: &Draft) -> Option<NaiveDate> {
    match draft.stage() {
        Some(Stage::Done | Stage::InUse) => draft.completed.or(draft.updated),
        Some(Stage::Idea | Stage::Planned | Stage::Doing | Stage::Review | Stage::Dropped)
        | None => None,
    }
}

fn minutes(draft: &Draft) -> Option<String> {
    match draft.estimate {
        Some(Effort::Minutes(minutes)) => Some(minutes.to_string()),
        Some(Effort::Words(_)) | None => None,
    }
}

fn origin(draft: &Draft) -> Option<String> {
    let said = draft.origin.as_ref()?.to_lowercase();
    ORIGINS.contains(&said.as_str()).then_some(said)
}

/// Labels as tags, each once: lower case, without spaces and commas.
fn tags(labels: &[String], spent: Option<usize>) -> Vec<String> {
    let mut tags: Vec<String> = Vec::new();
    for (index, label) in labels.iter().enumerate() {
        let words: Vec<String> = label
            .split(|letter: char| letter.is_whitespace() || letter == ',')
            .map(|word| word.trim_start_matches(['#', '+']).to_lowercase())
            .filter(|word| !word.is_empty())
            .collect();
        let tag = words.join("-");
        if Some(index) != spent && !tag.is_empty() && !tags.contains(&tag) {
            tags.push(tag);
        }
    }
    tags
}

/// Description, then what has no field, then comments as a list.
fn note(draft: &Draft) -> Option<String> {
    let mut parts: Vec<String> = Vec::new();
    let text = draft.note.trim();
    if !text.is_empty() {
        parts.push(text.to_owned());
    }
    let lines = draft.further_lines();
    if !lines.is_empty() {
        parts.push(lines.join("  \n"));
    }
    if !draft.comments.is_empty() {
        let items: Vec<String> = draft.comments.iter().map(|comment| item(comment)).collect();
        parts.push(format!("Comments:\n\n{}", items.join("\n")));
    }
    (!parts.is_empty()).then(|| parts.join("\n\n"))
}

/// A text of any number of lines as one item of a list.
fn item(text: &str) -> String {
    format!("- {}", text.trim().replace('\n', "\n  "))
}
