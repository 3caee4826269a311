//! From a draft to a row of one kind: the names of the fields, the state, the tags, the note.

use std::borrow::Cow;
use std::collections::HashSet;

use chrono::NaiveDate;

use super::draft::{Draft, is_address};
use super::effort::Effort;
use super::kinds::{Heard, Verdict};
use super::row::{Row, RowKind};
use super::words::Stage;

type Fields = Vec<(Cow<'static, str>, String)>;

const ORIGINS: [&str; 3] = ["self-initiated", "requested", "recurring"];

/// The row that the draft gives. `flip` is the kind that the user chose instead.
pub(super) fn shape(draft: Draft, external_id: String, flip: Option<RowKind>) -> Row {
    let heard = Heard::of(&draft);
    let stage = draft.stage();
    let found = heard.verdict();
    let verdict = match flip {
        Some(kind) if kind != found.kind => Verdict { kind, why: "you chose so", label: None },
        Some(_) | None => found,
    };
    let mut fields = shared(&draft, stage.map(|stage| stage.state(verdict.kind)));
    match verdict.kind {
        RowKind::Decision => of_decision(&mut fields, &draft, stage, &heard),
        RowKind::Asset => of_asset(&mut fields, &draft, &heard),
        RowKind::Request => of_request(&mut fields, &draft),
    }
    // What a column was told to be goes before what was made of the others.
    fields.retain(|(name, _)| draft.own.iter().all(|(own, _)| own != name));
    fields.extend(draft.own.iter().map(|(name, text)| (Cow::Borrowed(*name), text.clone())));
    Row {
        line: draft.line,
        external_id,
        kind: verdict.kind.kind(),
        why_kind: verdict.why,
        fields,
        tags: tags(&draft.labels, found.label),
        note: note(&draft),
        closure: draft.closure(stage),
        title: draft.title,
        blocked_by: draft.blocked_by,
        blocks: draft.blocks,
    }
}

fn add(fields: &mut Fields, name: &'static str, text: Option<String>) {
    if let Some(text) = text {
        fields.push((Cow::Borrowed(name), text));
    }
}

fn shared(draft: &Draft, state: Option<&str>) -> Fields {
    let mut fields = Fields::new();
    add(&mut fields, "state", state.map(str::to_owned));
    add(&mut fields, "owner", draft.owners.first().cloned());
    add(&mut fields, "priority", draft.priority.map(str::to_owned));
    add(&mut fields, "link", draft.link.clone().filter(|link| is_address(link)));
    add(&mut fields, "created_on", day(draft.created));
    fields
}

fn of_decision(fields: &mut Fields, draft: &Draft, stage: Option<Stage>, heard: &Heard) {
    add(fields, "needed_by", day(draft.due));
    add(fields, "kind", heard.decision().map(str::to_owned));
    let decided = decided(draft, stage);
    // Nothing is decided before it is raised, so a tracker that tells no first day gets the last.
    add(fields, "raised_on", day(draft.created.or(decided)));
    add(fields, "decided_on", day(decided));
}

fn of_asset(fields: &mut Fields, draft: &Draft, heard: &Heard) {
    add(fields, "due", day(draft.due));
    add(fields, "kind", heard.asset().map(str::to_owned));
    add(fields, "estimate", minutes(draft));
    add(fields, "origin", origin(draft));
}

fn of_request(fields: &mut Fields, draft: &Draft) {
    add(fields, "wanted_by", day(draft.due));
    add(fields, "from", draft.from.clone());
    add(fields, "asked_on", day(draft.created));
    add(fields, "estimate", minutes(draft));
}

fn day(date: Option<NaiveDate>) -> Option<String> {
    date.map(|date| date.to_string())
}

/// When a done decision was decided: its completion, else its last change.
fn decided(draft: &Draft, stage: Option<Stage>) -> Option<NaiveDate> {
    match stage {
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

/// Labels as tags, each once, in their order.
fn tags(labels: &[String], spent: Option<usize>) -> Vec<String> {
    let mut seen = HashSet::with_capacity(labels.len());
    let kept = labels.iter().enumerate().filter(|(index, _)| Some(*index) != spent);
    let tags = kept.map(|(_, label)| tag(label)).filter(|tag| !tag.is_empty());
    tags.filter(|tag| seen.insert(tag.clone())).collect()
}

/// A label as prewire writes tags: lower case, with hyphens for spaces and commas.
fn tag(label: &str) -> String {
    let mut tag = String::with_capacity(label.len());
    for letter in label.trim_start_matches(['#', '+', ' ']).chars() {
        if letter.is_whitespace() || letter == ',' {
            if !tag.is_empty() && !tag.ends_with('-') {
                tag.push('-');
            }
        } else {
            tag.extend(letter.to_lowercase());
        }
    }
    tag.truncate(tag.trim_end_matches('-').len());
    tag
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_become_tags() {
        let labels = ["Decision", "Sales, EMEA", "#Q3", "q3", " ", "Win back -"].map(str::to_owned);
        assert_eq!(tags(&labels, Some(0)), ["sales-emea", "q3", "win-back"]);
    }
}
