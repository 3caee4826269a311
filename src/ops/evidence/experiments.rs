//! Experiments: how long to wait before one is read, and the looks that came too early or on too
//! few.

use chrono::NaiveDate;

use crate::domain::day;
use crate::domain::evidence::experiment::{self, Design, Reading};
use crate::domain::item::Item;
use crate::domain::kind::Kind;
use crate::domain::noun::Shelf;
use crate::domain::part::{Part, PartKind, free_position, of_kind};
use crate::domain::refusal::Refusal;
use crate::domain::value::Value;
use crate::store::Write;
use crate::store::part::Parts;

use super::super::error::Result;
use super::super::workspace::Workspace;
use super::told::Fact;

impl Workspace {
    /// What a list says of the readings of an experiment.
    pub(super) fn readings_of(&self, item: &Item) -> Result<String> {
        let parts = self.store.parts_of(item)?;
        let count = of_kind(&parts, PartKind::Look).count();
        Ok(match (count, self.early(item, &parts).first()) {
            (0, _) if !item.text("result").is_empty() => "a result without a reading".to_owned(),
            (0, _) => "none yet".to_owned(),
            (count, None) => count.to_string(),
            (count, Some((_, words))) => format!("{count}, {words}"),
        })
    }

    /// Looks at an experiment that are to be taken with care, the last first.
    fn early(&self, item: &Item, parts: &[Part]) -> Vec<(i64, String)> {
        let looks: Vec<&Part> = of_kind(parts, PartKind::Look).collect();
        let today = self.clock.today();
        let flagged = looks
            .into_iter()
            .rev()
            .filter_map(|part| Some((part.position, flags_of(item, part, today)?)));
        flagged.collect()
    }

    pub(super) fn facts_of_experiment(&self, item: &Item) -> Result<Vec<Fact>> {
        let parts = self.store.parts_of(item)?;
        let mut facts = Vec::new();
        let today = self.clock.today();
        let open = experiment::open_terms(design(item), item.link("metric").map(drop));
        if item.state().shelf == Shelf::Open && !open.is_empty() {
            facts.push(Fact::warns("To agree", format!("no {}", open.join(", no "))));
        }
        if let (Some(stop), "running") = (item.day("stops_on"), item.state().slug) {
            let words = if stop > today {
                format!("not before {}, in {} d", day::echo(stop, today), (stop - today).num_days())
            } else {
                format!("since {}", day::echo(stop, today))
            };
            facts.push(Fact::new("Read it", words));
        }
        let mut careful: Vec<String> = self
            .early(item, &parts)
            .into_iter()
            .map(|(position, words)| format!("reading {position}: {words}"))
            .collect();
        let is_read = of_kind(&parts, PartKind::Look).next().is_some();
        if !item.text("result").is_empty() && !is_read {
            careful.insert(0, "a result, and nobody says when it was read".to_owned());
        } else if item.state().slug == "done" && item.text("result").is_empty() {
            careful.insert(0, "done, and no result is written".to_owned());
        }
        for (at, words) in careful.into_iter().enumerate() {
            facts.push(Fact::warns(if at == 0 { "Careful" } else { "" }, words));
        }
        Ok(facts)
    }
}

/// What was agreed before it began.
fn design(item: &Item) -> Design {
    Design { minimum_sample: item.whole("minimum_sample"), stops_on: item.day("stops_on") }
}

/// What was agreed when somebody looked: a stop date that is moved later takes no flag back.
fn design_then(item: &Item, look: &Part) -> Design {
    let now = design(item);
    let least = match look.get("least_then") {
        Value::Whole(least) => Some(*least),
        _ => now.minimum_sample,
    };
    Design { minimum_sample: least, stops_on: look.day("stop_then").or(now.stops_on) }
}

/// Why a look is to be taken with care, in words.
fn flags_of(item: &Item, look: &Part, today: NaiveDate) -> Option<String> {
    let reading = Reading {
        read_on: look.day("read_on").unwrap_or(today),
        sample: match look.get("sample") {
            Value::Whole(sample) => Some(*sample),
            _ => None,
        },
    };
    let found = experiment::flags(design_then(item, look), reading);
    let words: Vec<&str> = found.iter().map(|flag| flag.words()).collect();
    (!words.is_empty()).then(|| words.join(", "))
}

/// What is said of looks that were just written down: those that came too early or on too few.
pub(in crate::ops) fn careful(
    item: &Item,
    before: &[Part],
    after: &[Part],
    today: NaiveDate,
) -> Vec<String> {
    let is_new = |look: &&Part| before.iter().all(|old| old != *look);
    let looks = of_kind(after, PartKind::Look).filter(is_new);
    looks
        .filter_map(|look| {
            let words = flags_of(item, look, today)?;
            Some(format!("careful, reading {}: {words}", look.position))
        })
        .collect()
}

/// Keeps with a look what was agreed by then.
pub(super) fn agreed_then(item: &Item, look: &mut Part) {
    for (then, name) in [("stop_then", "stops_on"), ("least_then", "minimum_sample")] {
        look.set(then, item.get(name).clone());
    }
}

/// An experiment ends after it began; a result that is written down is a look at it on that day,
/// so that one that comes too early is flagged like any other.
pub(super) fn complete(
    write: &Write<'_>,
    before: Option<&Item>,
    item: &Item,
) -> Result<Vec<String>> {
    if item.kind() != Kind::Experiment {
        return Ok(Vec::new());
    }
    if let (Some(starts), Some(stops)) = (item.day("starts_on"), item.day("stops_on"))
        && stops < starts
    {
        let what = format!("it would stop on {stops}, before it starts on {starts}");
        return Err(Refusal::input(what).asking("stops_on").into());
    }
    let result = item.text("result").trim();
    let Some(before) = before.filter(|before| before.text("result").trim() != result) else {
        return Ok(Vec::new());
    };
    if result.is_empty() {
        return Ok(Vec::new());
    }
    let parts = write.parts_of(before)?;
    let taken: Vec<i64> = of_kind(&parts, PartKind::Look).map(|part| part.position).collect();
    let today = write.at.date_naive();
    let is_told = |part: &&Part| part.main().trim() == result;
    if of_kind(&parts, PartKind::Look).any(|part| is_told(&part)) {
        return Ok(Vec::new());
    }
    let position = free_position(&taken);
    let mut look = Part::new(write.new_part_id(), PartKind::Look, item.id, position);
    look.set("result", Value::Text(result.to_owned()));
    look.set("read_on", Value::Day(today));
    agreed_then(before, &mut look);
    write.insert_part(&look)?;
    let found = experiment::flags(design(item), Reading { read_on: today, sample: None });
    let words: Vec<&str> = found.iter().map(|flag| flag.words()).collect();
    Ok(match words.as_slice() {
        [] => Vec::new(),
        words => vec![format!("careful: {}", words.join(", "))],
    })
}
