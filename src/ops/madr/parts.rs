//! What a record tells of the parts of a decision, out and in: who was spoken to and where they stand,
//! objections, framings, what came of it.

use crate::domain::change::{Change, Edit, Input};
use crate::domain::day::Calendar;
use crate::domain::decision::Record;
use crate::domain::field::Field;
use crate::domain::item::{Item, ItemId};
use crate::domain::kind::Kind;
use crate::domain::part::{Part, PartKey, PartKind, PartNoun, free_position, of_kind};
use crate::domain::value::Value;
use crate::exchange::madr::{Madr, MadrTold};
use crate::store::Write;
use crate::store::part::Parts;

use super::super::error::Result;
use super::super::resolve::Resolver;

/// The parts that are told, each under the word for several of them.
const KINDS: [PartKind; 8] = [
    PartKind::Framing,
    PartKind::Prewire,
    PartKind::Objection,
    PartKind::Pushback,
    PartKind::Section,
    PartKind::Blocker,
    PartKind::Override,
    PartKind::Version,
];
/// What came of it stands under this, its verdict first.
const REVIEW: &str = "review";
const WORKED: &str = "worked";
const REVIEWED: [&str; 3] = ["happened", "lesson", "reviewed_on"];

/// What a decision tells of its parts.
pub(super) fn told(record: &Record) -> Vec<MadrTold> {
    let noun = Kind::Decision.noun();
    let item = &record.item;
    let words = |name: &str| said(record, item.get(name));
    let rest = REVIEWED.into_iter().map(|name| (noun.field(name).label.to_owned(), words(name)));
    let review = MadrTold {
        section: REVIEW.to_owned(),
        head: words(WORKED),
        rest: rest.filter(|(_, words)| !words.is_empty()).collect(),
    };
    let mut all: Vec<MadrTold> =
        Some(review).filter(|one| !one.head.is_empty()).into_iter().collect();
    for kind in KINDS {
        all.extend(of_kind(&record.parts, kind).map(|part| one(record, part)));
    }
    all
}

fn one(record: &Record, part: &Part) -> MadrTold {
    let noun = part.kind.noun();
    let head = head_of(noun);
    let others = part.entries().filter(|(field, _)| field.name != head);
    let rest = others.map(|(field, value)| (field.label.to_owned(), said(record, value)));
    MadrTold {
        section: noun.several(),
        head: said(record, part.get(head)),
        rest: rest.filter(|(_, words)| !words.is_empty()).collect(),
    }
}

/// The field that a part is called by.
fn head_of(noun: &PartNoun) -> &'static str {
    match noun.key {
        PartKey::Field(name) => name,
        PartKey::Letter { .. } | PartKey::Number => noun.main,
    }
}

fn said(record: &Record, value: &Value) -> String {
    match value {
        Value::Text(text) => text.clone(),
        Value::Day(day) => day.to_string(),
        Value::Whole(number) => number.to_string(),
        Value::Item(id) => record.called(*id).to_owned(),
        Value::Nothing | Value::Real(_) | Value::Items(_) | Value::Tags(_) => String::new(),
    }
}

/// Who was only spoken to is no contributor, unless the record says so.
pub(super) fn keep_apart(
    resolver: &mut Resolver<'_>,
    contributors: &mut Vec<ItemId>,
    from: &Madr,
) -> Result<()> {
    let mut spoken = Vec::new();
    let prewires = PartKind::Prewire.noun().several();
    for told in from.told.iter().filter(|told| told.section == prewires) {
        spoken.push(resolver.person(&told.head)?);
    }
    for name in &from.contributors {
        let both = resolver.person(name)?;
        spoken.retain(|id| *id != both);
    }
    contributors.retain(|id| !spoken.contains(id));
    Ok(())
}

/// What came of a decision that stands.
pub(super) fn reviewed(item: &mut Item, from: &Madr, calendar: &Calendar) {
    let Some(told) = from.told.iter().find(|told| told.section == REVIEW) else { return };
    let noun = Kind::Decision.noun();
    let mut set = |name: &str, words: &str| {
        let value = noun.field(name).read(words, calendar);
        if let Ok(Input::Value(value)) = value {
            item.set(name, value);
        }
    };
    set(WORKED, &told.head);
    for (label, words) in &told.rest {
        let name = REVIEWED.into_iter().find(|name| noun.field(name).label == label.as_str());
        if let Some(name) = name {
            set(name, words);
        }
    }
    let is_whole = !item.text(WORKED).is_empty() && item.day("reviewed_on").is_some();
    if is_whole && item.state().slug == "decided" {
        item.set("state", Value::Text("reviewed".to_owned()));
    }
}

/// Puts the parts that a record tells into the decision. One that is here already is changed; what the
/// record does not speak of is not taken away.
pub(super) fn put(
    write: &Write<'_>,
    resolver: &mut Resolver<'_>,
    (item, from): (&Item, &Madr),
    calendar: &Calendar,
    notices: &mut Vec<String>,
) -> Result<()> {
    let before = write.parts_of(item)?;
    let mut after = before.clone();
    // Two causes may have the same word; each is told once.
    let mut spoken = Vec::new();
    for told in &from.told {
        let Some(kind) = KINDS.into_iter().find(|kind| kind.noun().several() == told.section)
        else {
            continue;
        };
        let taken: Vec<i64> = of_kind(&after, kind).map(|part| part.position).collect();
        let mut part = Part::new(write.new_part_id(), kind, item.id, free_position(&taken));
        fill(resolver, &mut part, told, (item, calendar, notices))?;
        let head = head_of(kind.noun());
        if part.get(head).is_nothing() {
            continue;
        }
        let same = |known: &Part| {
            known.kind == kind && known.get(head) == part.get(head) && !spoken.contains(&known.id)
        };
        let place = after.iter().position(same);
        let place = place.unwrap_or_else(|| {
            after.push(part.clone());
            after.len() - 1
        });
        let says = |field: &&Field| told.rest.iter().any(|(label, _)| named(field, label));
        for field in kind.noun().fields.iter().filter(says) {
            after[place].set(field.name, part.get(field.name).clone());
        }
        spoken.push(after[place].id);
    }
    write.update_parts(&before, &after)?;
    Ok(())
}

/// Fills a part with what is told of it; what a field does not take is named.
fn fill(
    resolver: &mut Resolver<'_>,
    part: &mut Part,
    told: &MadrTold,
    (item, calendar, notices): (&Item, &Calendar, &mut Vec<String>),
) -> Result<()> {
    let noun = part.kind.noun();
    let head = (noun.field(head_of(noun)), told.head.as_str());
    let field_of = |label: &str| noun.fields.iter().find(|field| named(field, label));
    let rest = told.rest.iter();
    let rest = rest.filter_map(|(label, words)| Some((field_of(label)?, words.as_str())));
    for (field, words) in std::iter::once(head).chain(rest) {
        match Change::typed(field, words, calendar) {
            Ok(changes) => {
                for change in changes {
                    if let Edit::Set(input) = &change.edit {
                        part.set(field.name, resolver.value(field, input)?);
                    }
                }
            }
            Err(refusal) => {
                notices.push(format!("{}: {}: {}", item.reference, noun.label, refusal.what));
            }
        }
    }
    Ok(())
}

/// Whether a label means a field.
fn named(field: &Field, label: &str) -> bool {
    field.label == label || field.name == label
}
