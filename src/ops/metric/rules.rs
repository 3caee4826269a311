//! What holds for metrics whoever writes them: contents from the catalogue, one primary metric a
//! person, agreement that ends with a changed definition, outcomes that point at their metric.

use chrono::NaiveDate;

use crate::domain::change::{Change, Draft, Edit, Input};
use crate::domain::item::{Item, ItemId, Ref};
use crate::domain::kind::Kind;
use crate::domain::metric::Terms;
use crate::domain::metric::catalogue::{self, Template};
use crate::domain::nearest::nearest;
use crate::domain::nouns::metric::AGREED_ON;
use crate::domain::part::{Part, PartKind, of_kind};
use crate::domain::refusal::Refusal;
use crate::domain::value::Value;
use crate::store::Write;
use crate::store::lookup::Lookup;
use crate::store::metric::Metrics;
use crate::store::part::Parts;

use super::super::error::Result;
use super::super::op::PartStep;
use super::super::workspace::Settings;

/// A new metric that is called as one of the catalogue is that one.
pub fn born(item: &mut Item) {
    let title = item.title().trim().to_lowercase();
    let named = catalogue::catalogue()
        .iter()
        .find(|one| one.slug == title || one.name.to_lowercase() == title);
    if let Some(template) = named {
        fill(item, template);
        if title == template.slug {
            item.set("title", Value::Text(template.name.clone()));
        }
    }
}

/// The contents of the catalogue's metric that a draft names, before its own fields are set; what is
/// read in five steps is a score.
///
/// # Errors
/// A refusal for a name that the catalogue does not have.
pub fn from_catalogue(item: &mut Item, changes: &[Change]) -> Result<()> {
    if item.kind() != Kind::Metric {
        return Ok(());
    }
    if let Some(slug) = named(changes) {
        fill(item, template(slug)?);
    }
    if said(changes, "reading") == Some("qualitative") {
        item.set("unit", Value::Text("score".to_owned()));
    }
    Ok(())
}

/// The title that the catalogue has for the metric which a draft names.
///
/// # Errors
/// A refusal for a name that the catalogue does not have.
pub fn title_of(draft: &Draft) -> Result<Option<&'static str>> {
    if draft.kind != Kind::Metric {
        return Ok(None);
    }
    let slug = named(&draft.changes);
    slug.map(|slug| Ok(template(slug)?.name.as_str())).transpose()
}

fn named(changes: &[Change]) -> Option<&str> {
    said(changes, "catalogue")
}

fn said<'a>(changes: &'a [Change], name: &str) -> Option<&'a str> {
    changes.iter().find_map(|change| match &change.edit {
        Edit::Set(Input::Value(Value::Text(text))) if change.field.name == name => {
            Some(text.trim())
        }
        _ => None,
    })
}

/// The metric of the catalogue that a word means: its short name, or the only one that begins so.
fn template(word: &str) -> Result<&'static Template> {
    let word = word.to_lowercase();
    if let Some(found) = catalogue::find(&word) {
        return Ok(found);
    }
    let all = catalogue::catalogue();
    let mut begins = all.iter().filter(|one| one.slug.starts_with(&word));
    if let (Some(one), None) = (begins.next(), begins.next()) {
        return Ok(one);
    }
    let slugs: Vec<&str> = all.iter().map(|one| one.slug.as_str()).collect();
    let refusal = Refusal::input(format!("the catalogue has no “{word}”"));
    let close: Vec<&str> = slugs.iter().copied().filter(|slug| slug.contains(&word)).collect();
    let hint = match (close.is_empty(), nearest(&word, slugs.iter().copied())) {
        (false, _) => format!("it has {}", close.join(", ")),
        (true, Some(near)) => format!("did you mean {near}?"),
        (true, None) => "prewire metric catalogue".to_owned(),
    };
    Err(refusal.hint(hint).into())
}

/// What a metric of the catalogue is.
pub(super) fn fill(item: &mut Item, template: &Template) {
    let text = |text: &str| Value::Text(text.to_owned());
    item.set("catalogue", text(&template.slug));
    item.set("definition", text(&template.definition));
    item.set("unit", text(template.unit.slug()));
    item.set("direction", text(template.direction.slug()));
    item.set("timing", text(template.timing.slug()));
    item.set("accountability", text(template.accountability.slug()));
    item.set("cadence", text(template.cadence.slug()));
    if let Some(target) = template.target {
        item.set("target", Value::Real(target * 100.0));
    }
}

/// What a changed metric or outcome leads to: a short name of the catalogue is written out, and an
/// outcome whose words name a metric points at it.
///
/// # Errors
/// A refusal for a name that the catalogue does not have; a storage error.
pub fn point(write: &Write<'_>, before: Option<&Item>, after: &mut Item) -> Result<()> {
    let moved = |name: &str, after: &Item| {
        before.map_or(!after.get(name).is_nothing(), |before| before.get(name) != after.get(name))
    };
    match after.kind() {
        Kind::Metric if moved("catalogue", after) && !after.text("catalogue").is_empty() => {
            let found = template(after.text("catalogue"))?;
            after.set("catalogue", Value::Text(found.slug.clone()));
        }
        Kind::Outcome if moved("measured_by", after) => {
            if let Some(id) = after.link("measured_by")
                && let Some(metric) = write.items(&[id])?.first()
            {
                after.set("metric", Value::Text(metric.title().to_owned()));
            }
        }
        Kind::Outcome if moved("metric", after) => {
            let id = meant(write, after.text("metric"))?;
            if let Some(id) = id
                && let Some(metric) = write.items(&[id])?.first()
            {
                after.set("metric", Value::Text(metric.title().to_owned()));
            }
            after.set("measured_by", id.map_or(Value::Nothing, Value::Item));
        }
        _ => {}
    }
    Ok(())
}

/// The metric that the words of an outcome name: its ref, or all of its title.
fn meant(write: &Write<'_>, words: &str) -> Result<Option<ItemId>> {
    let words = words.trim();
    if let Some(reference) = Ref::parse(words).filter(|one| one.kind == Kind::Metric) {
        let found = write.by_ref(reference)?;
        return match found {
            Some(id) => Ok(Some(id)),
            None => Err(Refusal::no_such(reference).into()),
        };
    }
    if words.is_empty() {
        return Ok(None);
    }
    let found = write.by_title(Kind::Metric, words)?;
    let same = |title: &str| title.to_lowercase() == words.to_lowercase();
    Ok(found.into_iter().find(|one| same(&one.title)).map(|one| one.id))
}

/// One primary metric a person (I6): a second takes a reason.
///
/// # Errors
/// The refusal, or a storage error.
pub fn refuse_second_primary(write: &Write<'_>, item: &Item) -> Result<()> {
    let Some(person) = item.link("primary_for").filter(|_| item.kind() == Kind::Metric) else {
        return Ok(());
    };
    if !item.text("primary_reason").trim().is_empty() || item.state().slug == "retired" {
        return Ok(());
    }
    let others: Vec<ItemId> =
        write.primary_of(person)?.into_iter().filter(|id| *id != item.id).collect();
    let Some(other) = write.items(&others)?.into_iter().next() else { return Ok(()) };
    let names = write.names_of(&[person])?;
    let name = crate::domain::field::Names::title(&names, person).unwrap_or("they").to_owned();
    Err(Refusal::input(format!(
        "{name} has a primary metric already, {} “{}” (I6)",
        other.reference,
        other.title()
    ))
    .hint("a second one takes its reason: --primary-reason '…'")
    .into())
}

/// What is worth saying about a new or changed metric: outcomes that point at it now, what it must
/// not stand without.
///
/// # Errors
/// A storage error.
pub fn notices(write: &Write<'_>, item: &Item) -> Result<Vec<String>> {
    let mut said = Vec::new();
    if item.kind() != Kind::Metric {
        return Ok(said);
    }
    for before in write.items(&write.unmeasured(item.title())?)? {
        let mut after = before.clone();
        after.set("measured_by", Value::Item(item.id));
        write.update(&before, &after)?;
        said.push(format!("{} is measured by it", after.reference));
    }
    if item.text("accountability") == "shared" && item.text("contribution").is_empty() {
        said.push("shared: say which contribution is yours, contribution:\"…\"".to_owned());
    }
    let template = catalogue::find(item.text("catalogue"));
    if let Some(beside) = template.and_then(|one| one.beside.as_deref()) {
        let name = catalogue::find(beside).map_or(beside, |one| one.name.as_str());
        said.push(format!("it is shown only beside {name}"));
    }
    Ok(said)
}

/// What people agreed to has changed: agreement on another definition is none. Answers what it did
/// in words.
///
/// # Errors
/// A storage error.
pub fn ask_again(write: &Write<'_>, before: &Item, after: &mut Item) -> Result<Vec<String>> {
    let is_metric = after.kind() == Kind::Metric;
    if !is_metric || AGREED_ON.iter().all(|name| before.get(name) == after.get(name)) {
        return Ok(Vec::new());
    }
    let parts = write.parts_of(after)?;
    if !of_kind(&parts, PartKind::Agreement).any(is_agreed) {
        return Ok(Vec::new());
    }
    let mut open = parts.clone();
    for part in open.iter_mut().filter(|part| part.kind == PartKind::Agreement) {
        part.set("agreed_on", Value::Nothing);
    }
    write.update_parts(&parts, &open)?;
    follow(after, &open);
    Ok(vec!["who agreed is asked again".to_owned()])
}

/// Somebody is told of as agreeing, on this day unless another is said, and the state follows.
pub fn agreed(item: &mut Item, before: &[Part], after: &mut [Part], today: NaiveDate) {
    if item.kind() != Kind::Metric || before == after {
        return;
    }
    for part in after.iter_mut().filter(|part| part.kind == PartKind::Agreement) {
        let is_new = !before.iter().any(|old| old == part);
        if is_new && part.day("agreed_on").is_none() && part.text("notes").is_empty() {
            part.set("agreed_on", Value::Day(today));
        }
    }
    follow(item, after);
}

/// What happened outside, and limits that begin anew, have a day; today, unless one is said.
///
/// # Errors
/// A re-base that gives a day and no reason.
pub fn begun(
    of: &Item,
    before: &[Part],
    after: &mut [Part],
    today: NaiveDate,
) -> std::result::Result<(), Refusal> {
    for part in after.iter_mut() {
        let is_new = !before.iter().any(|old| old.id == part.id);
        let is_dated = matches!(part.kind, PartKind::Rebase | PartKind::Factor);
        if !is_new || !is_dated {
            continue;
        }
        if part.kind == PartKind::Rebase && part.main().trim().parse::<NaiveDate>().is_ok() {
            return Err(Refusal::input("limits are re-based only with a reason")
                .hint(format!("'what changed in the process' from:{}", part.main().trim())));
        }
        if part.day("from_on").is_none() {
            part.set("from_on", Value::Day(today));
        }
    }
    refuse_begun_twice(of, before, after)
}

/// Limits begin anew once on a day: two reasons for one would leave open which counts.
fn refuse_begun_twice(
    of: &Item,
    before: &[Part],
    after: &[Part],
) -> std::result::Result<(), Refusal> {
    let all: Vec<&Part> = of_kind(after, PartKind::Rebase).collect();
    let stood = |one: &Part| {
        before.iter().any(|old| old.id == one.id && old.day("from_on") == one.day("from_on"))
    };
    for one in all.iter().filter(|one| !stood(one)) {
        let Some(day) = one.day("from_on") else { continue };
        let same = |other: &&Part| other.id != one.id && other.day("from_on") == Some(day);
        let Some(first) = all.iter().position(same) else { continue };
        let what = format!("its limits begin anew from {day} already, “{}”", all[first].main());
        let way = format!("prewire metric rebase {} edit {} '…'", of.reference, first + 1);
        return Err(Refusal::input(what).hint(way));
    }
    Ok(())
}

/// What another rhythm or unit does to the readings that are there: those of another rhythm stay
/// and count no more, and what was told in another unit is not reckoned over.
///
/// # Errors
/// A storage error.
pub fn other_terms(write: &Write<'_>, before: &Item, after: &Item) -> Result<Vec<String>> {
    let (was, is) = (Terms::of(before), Terms::of(after));
    if after.kind() != Kind::Metric || (was.cadence, was.unit) == (is.cadence, is.unit) {
        return Ok(Vec::new());
    }
    let told = write.readings(&[after.id], 1)?.remove(&after.id).unwrap_or_default();
    let many = |count: usize| match count {
        1 => "1 reading".to_owned(),
        count => format!("{count} readings"),
    };
    let mut said = Vec::new();
    let left = told.iter().filter(|one| one.observation.period.cadence() != is.cadence).count();
    if was.cadence != is.cadence && left > 0 {
        let (stays, counts) = if left == 1 { ("stays", "counts") } else { ("stay", "count") };
        let words = format!("{} {stays} on record and no longer {counts}", many(left));
        said.push(format!("{words}: {} now", is.cadence.slug()));
    }
    if was.unit != is.unit && !told.is_empty() {
        let (was, is) = (was.unit.slug(), is.unit.slug());
        said.push(format!(
            "{} told in {was}, read in {is} now without being reckoned over",
            many(told.len())
        ));
    }
    Ok(said)
}

/// Agreed is a metric that everybody who was asked agrees on.
fn follow(item: &mut Item, parts: &[Part]) {
    if item.state().slug == "retired" {
        return;
    }
    let all = || of_kind(parts, PartKind::Agreement);
    let state = if all().next().is_some() && all().all(is_agreed) { "agreed" } else { "proposed" };
    item.set("state", Value::Text(state.to_owned()));
}

fn is_agreed(part: &Part) -> bool {
    part.day("agreed_on").is_some() && part.text("notes").is_empty()
}

/// A narrative is of a period: `last` and `this`, a day or a key, written as the key.
///
/// # Errors
/// A refusal for what is not a period.
pub fn dated(
    item: &Item,
    step: &PartStep,
    settings: &Settings,
    today: NaiveDate,
) -> Result<PartStep> {
    let written = |key: &String| -> Result<String> {
        let terms = Terms::of(item);
        let period = super::record::read_period(key, item, terms.cadence, (settings, today))?;
        Ok(period.key(settings.fiscal_start_month))
    };
    Ok(match step {
        PartStep::Put { kind: PartKind::Narrative, key, changes } => PartStep::Put {
            kind: PartKind::Narrative,
            key: written(key)?,
            changes: changes.clone(),
        },
        PartStep::Edit { kind: PartKind::Narrative, key, changes } => PartStep::Edit {
            kind: PartKind::Narrative,
            key: written(key)?,
            changes: changes.clone(),
        },
        PartStep::Remove { kind: PartKind::Narrative, key } => {
            PartStep::Remove { kind: PartKind::Narrative, key: written(key)? }
        }
        other => other.clone(),
    })
}
