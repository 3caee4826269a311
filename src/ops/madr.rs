//! Decisions as MADR files, out and in. Coming in, a file makes one decision and is known by the id
//! in its head, else by its name: the same file again changes nothing, and what was decided here
//! stays as it is.

use chrono::NaiveDate;
use sha2::{Digest, Sha256};

use crate::domain::change::Change;
use crate::domain::day::Calendar;
use crate::domain::decision::frozen;
use crate::domain::item::{Item, ItemId};
use crate::domain::kind::Kind;
use crate::domain::part::{Part, PartKind, letter, of_kind};
use crate::domain::parts::option::MOST;
use crate::domain::value::Value;
use crate::exchange::madr::Madr;
use crate::exchange::names::hex;
use crate::store::bulk::Bulk;
use crate::store::origin::NewOrigin;
use crate::store::part::Parts;
use crate::store::{OpKind, Write};

use super::error::Result;
use super::op::{Done, Outcome};
use super::resolve::Resolver;
use super::transfer::Masks;
use super::workspace::{Settings, Workspace};
use super::{edit, record, summary};

mod chain;
mod parts;
mod people;
mod ties;
mod told;

use ties::Around;
use told::{EXTRA, as_madr, file_name, free_ref, in_order, is_same, named, own, undecided, weigh};

/// Under which ids of records and names of files are kept.
const SOURCE: &str = "madr";
/// A file that was read.
#[derive(Debug, Clone)]
pub struct MadrFile {
    /// Without its folder.
    pub name: String,
    pub text: String,
    pub record: Madr,
}

impl Workspace {
    /// A decision as a record, with the name of its file.
    ///
    /// # Errors
    /// A storage error.
    pub fn madr(&self, id: ItemId, masks: &Masks) -> Result<Option<(String, Madr)>> {
        let Some(record) = self.records(&[id])?.pop() else { return Ok(None) };
        let around = Around::of(&self.store, &record)?;
        let name = file_name(record.item.reference, &masks.text(record.item.title()));
        Ok(Some((name, as_madr(&record, &around))))
    }

    /// Brings records in, as one step.
    ///
    /// # Errors
    /// A storage error.
    pub fn import_madr(&mut self, files: &[MadrFile]) -> Result<Done> {
        let settings = self.settings.clone();
        let today = self.clock.today();
        self.transact(OpKind::Do, |write| load(write, files, &settings, today))
    }
}

/// Takes in what only our own records tell; a value that does not do is left out.
fn fill_extra(
    resolver: &mut Resolver<'_>,
    item: &mut Item,
    from: &Madr,
    calendar: &Calendar,
) -> Result<()> {
    for (name, value) in &from.extra {
        let field =
            Kind::Decision.noun().answering(name).filter(|field| EXTRA.contains(&field.name));
        let Some(field) = field else { continue };
        if let Ok(changes) = Change::typed(field, value, calendar) {
            for change in &changes {
                resolver.apply(item, change)?;
            }
        }
    }
    Ok(())
}

fn load(
    write: &Write<'_>,
    files: &[MadrFile],
    settings: &Settings,
    today: NaiveDate,
) -> Result<Outcome> {
    let mut resolver = Resolver::new(write, settings.me.as_deref());
    let calendar = settings.calendar(today);
    let mut items = Vec::new();
    let mut notices = Vec::new();
    let (mut here, mut weighed) = (Vec::new(), Vec::new());
    let files = in_order(files);
    for file in &files {
        let digest = hex(&Sha256::digest(file.text.as_bytes()));
        let name = named(file);
        let known = write.origin_of(SOURCE, name)?;
        if known.as_ref().is_some_and(|known| known.digest == digest) {
            notices.push(format!("{} is here already", file.name));
            here.extend(known.map(|known| (file.name.clone(), known.item)));
            continue;
        }
        let own = own(write, &file.record)?;
        if let Some(own) = &own
            && is_same(write, own, &file.record, settings)?
        {
            notices.push(format!("{} is {} as it stands here", file.name, own.reference));
            here.push((file.name.clone(), own.id));
            continue;
        }
        let is_own = own.is_some();
        let before = match (own, &known) {
            (Some(own), _) => Some(own),
            (None, Some(known)) => write.items(&[known.item])?.pop(),
            (None, None) => None,
        };
        let id = match before {
            Some(before) if frozen::is_frozen(&before) => {
                let reference = before.reference;
                notices.push(format!(
                    "{} differs, but {reference} was decided and stays as it is",
                    file.name
                ));
                here.push((file.name.clone(), before.id));
                continue;
            }
            Some(before) => {
                let mut after = before.clone();
                fill(&mut resolver, &mut after, &file.record, (&calendar, today))?;
                if is_own {
                    notices.extend(undecided(&before, &mut after));
                }
                write.update(&before, &after)?;
                put_options(write, &after, &file.record, &mut notices)?;
                let told = (&after, &file.record);
                parts::put(write, &mut resolver, told, &calendar, &mut notices)?;
                after.id
            }
            None => {
                let id = ItemId(write.new_id());
                let reference = free_ref(write, &file.record)?;
                let mut item = Item::new(id, reference, write.at, &write.actor);
                edit::born(&mut item, settings, today);
                fill(&mut resolver, &mut item, &file.record, (&calendar, today))?;
                write.insert(&item)?;
                put_options(write, &item, &file.record, &mut notices)?;
                let told = (&item, &file.record);
                parts::put(write, &mut resolver, told, &calendar, &mut notices)?;
                id
            }
        };
        weighed.extend(people::put(write, &mut resolver, &file.record, &calendar)?);
        write.set_origin(&NewOrigin {
            source: SOURCE,
            external_id: name,
            item: id,
            digest: &digest,
        })?;
        items.push(id);
        here.push((file.name.clone(), id));
        if !file.record.no_date.is_empty() {
            let (said, name) = (&file.record.no_date, &file.name);
            notices.push(format!("{name}: “{said}” is no date; today stands in its place"));
        }
    }
    chain::tie(write, &files, &here)?;
    ties::tie(write, (&files, &here), &items, &mut notices)?;
    let made = write.items(&items)?;
    record::settle_all(write, &made, settings)?;
    record::settle_around(write, &weighed, settings)?;
    notices.extend(summary::made_people(write, &resolver.made)?);
    let label = format!("imported {} from MADR", summary::called(&made));
    Ok(Outcome { label, items, notices })
}

/// What a record says beside all that, and by what it was superseded.
fn note_of(from: &Madr) -> String {
    let more = from.more.trim();
    let by = chain::named_in(&from.status).map(|by| format!("Superseded by {by}"));
    let by = by.unwrap_or_default();
    match (more.is_empty(), by.is_empty() || more.contains(&by)) {
        (_, true) => more.to_owned(),
        (true, false) => by,
        (false, false) => format!("{more}\n\n{by}"),
    }
}

fn fill(
    resolver: &mut Resolver<'_>,
    item: &mut Item,
    from: &Madr,
    (calendar, today): (&Calendar, NaiveDate),
) -> Result<()> {
    let text = |text: &str| {
        let text = text.trim();
        if text.is_empty() {
            Value::Nothing
        } else {
            Value::Text(text.chars().take(2_000).collect())
        }
    };
    let title: String = from.title.chars().take(500).collect();
    item.set("title", Value::Text(title));
    fill_extra(resolver, item, from, calendar)?;
    item.set("happening", text(&from.context));
    item.set("matters", text(&from.drivers.join("; ")));
    item.set("risk", text(&from.consequences.join("; ")));
    item.set("signal", text(&from.confirmation));
    let note = note_of(from);
    if !note.is_empty() {
        item.set("note", Value::Text(note));
    }
    let mut people = Vec::new();
    for name in &from.deciders {
        people.push(resolver.person(name)?);
    }
    if let Some(first) = people.first() {
        item.set("approver", Value::Item(*first));
    }
    let mut contributors: Vec<ItemId> = people.into_iter().skip(1).collect();
    for name in &from.consulted {
        contributors.push(resolver.person(name)?);
    }
    contributors.dedup();
    parts::keep_apart(resolver, &mut contributors, from)?;
    let several =
        |ids: Vec<ItemId>| if ids.is_empty() { Value::Nothing } else { Value::Items(ids) };
    item.set("contributors", several(contributors));
    let mut informed: Vec<ItemId> = Vec::new();
    for name in &from.informed {
        let id = resolver.person(name)?;
        if !informed.contains(&id) {
            informed.push(id);
        }
    }
    item.set("informed", several(informed));
    let status = from.status.to_lowercase();
    let decided =
        ["accepted", "superseded", "deprecated"].iter().any(|word| status.starts_with(word));
    let day = from.date.unwrap_or(today);
    // A record has one date: of one that is decided only our own say when it was raised.
    let raised = item.day("raised_on").filter(|raised| *raised <= day && says(from, "raised-on"));
    let raised = if decided { raised } else { Some(day) };
    item.set("raised_on", raised.map_or(Value::Nothing, Value::Day));
    if decided {
        item.set(
            "rationale",
            text(if from.because.is_empty() { &from.chosen } else { &from.because }),
        );
        item.set("decided_on", Value::Day(day));
        let state = if status.starts_with("accepted") { "decided" } else { "superseded" };
        item.set("state", Value::Text(state.to_owned()));
        parts::reviewed(item, from, calendar);
    } else if status.starts_with("rejected") {
        item.set("rationale", text(&from.because));
        item.set("state", Value::Text("dropped".to_owned()));
    } else if says(from, "deferred-until") && item.day("deferred_until").is_some() {
        item.set("rationale", text(&from.because));
        item.set("state", Value::Text("deferred".to_owned()));
    }
    let key = |named: &str| {
        let at = from.options.iter().position(|option| !named.is_empty() && option.title == named);
        let position = at.and_then(|at| i64::try_from(at + 1).ok()).filter(|at| *at <= MOST);
        position.map_or(Value::Nothing, |position| Value::Text(letter(position).to_string()))
    };
    if decided {
        item.set("chosen", key(&from.chosen));
    }
    let named = if from.recommended.is_empty() { &from.chosen } else { &from.recommended };
    item.set("recommendation", key(named));
    Ok(())
}

/// Whether a record says so in its head.
fn says(from: &Madr, name: &str) -> bool {
    from.extra.iter().any(|(found, _)| found == name)
}

/// The first three options; more are told and kept in no option.
fn put_options(
    write: &Write<'_>,
    item: &Item,
    from: &Madr,
    notices: &mut Vec<String>,
) -> Result<()> {
    let before = write.parts_of(item)?;
    let mut after: Vec<Part> =
        before.iter().filter(|part| part.kind != PartKind::Option).cloned().collect();
    for (position, option) in (1..=MOST).zip(&from.options) {
        let known = of_kind(&before, PartKind::Option).find(|part| part.position == position);
        let mut part = known
            .cloned()
            .unwrap_or_else(|| Part::new(write.new_part_id(), PartKind::Option, item.id, position));
        part.set("text", Value::Text(option.title.clone()));
        weigh(&mut part, option);
        after.push(part);
    }
    let kept = usize::try_from(MOST).unwrap_or(3);
    let chosen = [&from.chosen, &from.recommended]
        .into_iter()
        // What an earlier version wrote where there were no options.
        .find(|named| !named.is_empty() && *named != "see below");
    if let Some(chosen) = chosen.filter(|_| !from.options.is_empty())
        && !from.options.iter().any(|option| option.title == **chosen)
    {
        notices.push(format!("{}: “{chosen}” is none of its options", item.reference));
    }
    for left in from.options.iter().skip(kept) {
        notices.push(format!(
            "{}: “{}” is a fourth option and was left out",
            item.reference, left.title
        ));
    }
    write.update_parts(&before, &after)?;
    Ok(())
}
