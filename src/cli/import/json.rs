//! What an import would do and what it did, as JSON.

use serde_json::{Map, Value as Json, json};

use crate::domain::kind::Kind;
use crate::ops::import::{Before, ImportDone, ImportPlan, PreviewRow, Rewrite, Tally};

pub fn plan_json(plan: &ImportPlan) -> Json {
    let columns: Vec<Json> = plan
        .columns
        .iter()
        .map(|one| json!({ "column": one.column, "field": one.field }))
        .collect();
    json!({
        "ref": plan.file,
        "title": format!("import of {}", plan.file),
        "source": plan.source,
        "file": plan.file,
        "dry_run": true,
        "encoding": plan.encoding,
        "delimiter": plan.delimiter,
        "columns": columns,
        "remembered": plan.remembered,
        "unmapped": plan.unmapped,
        "rows": plan.rows,
        "left_out": plan.left_out,
        "counts": counts(&plan.tallies),
        "preview": plan.preview.iter().map(preview_json).collect::<Vec<_>>(),
        "bad": bad_json(&plan.bad),
        "bad_total": plan.bad_total,
        "warnings": plan.warnings,
    })
}

fn preview_json(row: &PreviewRow) -> Json {
    let fields: Map<String, Json> =
        row.fields.iter().map(|(label, text)| ((*label).to_owned(), json!(text))).collect();
    json!({
        "line": row.line,
        "type": row.kind.slug(),
        "because": row.why,
        "title": row.title,
        "fate": row.fate.word(),
        "ref": row.reference.map(|found| found.to_string()),
        "fields": fields,
        "changes": row.rewrites.iter().map(rewrite_json).collect::<Vec<_>>(),
    })
}

fn rewrite_json(one: &Rewrite) -> Json {
    json!({
        "field": one.name,
        "before": one.before,
        "after": one.after,
        "written_here": one.whose == Before::Here,
    })
}

pub fn done_json(done: &ImportDone) -> Json {
    json!({
        "ref": done.file,
        "title": done.done.label,
        "source": done.source,
        "file": done.file,
        "dry_run": false,
        "seq": done.done.seq,
        "encoding": done.encoding,
        "unmapped": done.unmapped,
        "counts": counts(&done.tallies),
        "bad": bad_json(&done.bad),
        "bad_total": done.bad_total,
        "warnings": done.warnings,
        "snapshot": done.snapshot.as_ref().map(|path| path.display().to_string()),
    })
}

fn counts(tallies: &std::collections::BTreeMap<Kind, Tally>) -> Json {
    let one = |(kind, tally): (&Kind, &Tally)| {
        let counts = json!({ "new": tally.new, "changed": tally.changed, "unchanged": tally.unchanged, "gone": tally.gone });
        (kind.slug().to_owned(), counts)
    };
    Json::Object(tallies.iter().map(one).collect())
}

fn bad_json(bad: &[crate::ops::import::BadLine]) -> Vec<Json> {
    bad.iter().map(|line| json!({ "line": line.line, "what": line.words })).collect()
}
