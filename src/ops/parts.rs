//! The one operation on parts: add, change, put and remove options, pre-wires, objections. Keys are
//! what people name a part by within its item.

use chrono::NaiveDate;

use crate::domain::change::{Change, Edit, Input};
use crate::domain::field::{FieldKind, Names, read_pick};
use crate::domain::item::{Item, ItemId};
use crate::domain::part::{Part, PartId, PartKey, PartKind, free_position, letter, of_kind};
use crate::domain::refusal::Refusal;
use crate::domain::value::Value;
use crate::store::Write;
use crate::store::lookup::Lookup;
use crate::store::part::Parts;

use super::edit::{present, write_changed};
use super::error::Result;
use super::evidence::experiments;
use super::op::{Outcome, PartStep};
use super::resolve::Resolver;
use super::workspace::Settings;
use super::{evidence, metric, record, slip, summary};

mod make;
mod order;
mod refuse;
mod sight;

pub(super) use make::make;
pub(super) use sight::Sight;

/// A change of parts in progress.
struct Work<'a> {
    write: &'a Write<'a>,
    resolver: Resolver<'a>,
    item: Item,
    parts: Vec<Part>,
    /// What was done, in words.
    said: Vec<String>,
    /// The place of the part that was touched last.
    last: Option<usize>,
    today: NaiveDate,
}

/// Parts beyond which the words of a step are counted rather than told.
const TOLD: usize = 3;

pub(super) fn carry_out(
    write: &Write<'_>,
    owner: ItemId,
    steps: &[PartStep],
    settings: &Settings,
    today: NaiveDate,
) -> Result<Outcome> {
    let before = present(write, &[owner])?.swap_remove(0);
    let parts = write.parts_of(&before)?;
    save(write, (before, parts), steps, (settings, today), |_, _| Ok(()))
}

/// The same over what a form was opened with.
pub(super) fn carry_out_over(
    write: &Write<'_>,
    seen: &Sight<'_>,
    steps: &[PartStep],
    settings: &Settings,
    today: NaiveDate,
) -> Result<Outcome> {
    let now = present(write, &[seen.item.id])?.swap_remove(0);
    let parts = write.parts_of(&now)?;
    seen.refuse_gone(&parts, steps)?;
    let there = Sight { item: &now.clone(), parts: &parts.clone() };
    save(write, (now, parts), steps, (settings, today), |after, parts| {
        let wanted = Sight { item: after, parts };
        let names = write.names_for(std::slice::from_ref(there.item))?;
        Ok(seen.refuse_both(&there, &wanted, &names)?)
    })
}

fn save(
    write: &Write<'_>,
    (before, parts): (Item, Vec<Part>),
    steps: &[PartStep],
    (settings, today): (&Settings, NaiveDate),
    look: impl FnOnce(&Item, &[Part]) -> Result<()>,
) -> Result<Outcome> {
    let owner = before.id;
    let mut work = Work {
        write,
        resolver: Resolver::new(write, settings.me.as_deref()),
        item: before.clone(),
        parts: parts.clone(),
        said: Vec::new(),
        last: None,
        today,
    };
    for step in steps {
        let step = metric::dated(&work.item, step, settings, today)?;
        work.take(&step)?;
    }
    let Work { item: mut after, parts: mut new, said, resolver, .. } = work;
    metric::agreed(&mut after, &parts, &mut new, today);
    metric::begun(&after, &parts, &mut new, today)?;
    look(&after, &new)?;
    let made = resolver.made;
    let changed = write.update_parts(&parts, &new)?;
    let after = record::changed(write, &before, after, settings)?;
    if after != before {
        write_changed(write, &before, &after)?;
    } else if changed {
        write.touch(owner)?;
    }
    let label = if changed || after != before { told(&said) } else { "nothing changed".to_owned() };
    let mut notices = summary::made_people(write, &made)?;
    if before.state() != after.state() {
        notices.push(format!("{} is {} now", after.reference, after.state().slug));
    }
    notices.extend(experiments::careful(&after, &parts, &new, today));
    notices.extend(bare_pushbacks(&after, &parts, &new));
    Ok(Outcome { label, items: vec![owner], notices })
}

/// Pushback that is new and says no to something without saying what would do instead.
fn bare_pushbacks(item: &Item, before: &[Part], after: &[Part]) -> Vec<String> {
    let reference = item.reference;
    let is_bare = |part: &&Part| part.text("instead").trim().is_empty() && !before.contains(part);
    let bare = of_kind(after, PartKind::Pushback).filter(is_bare);
    let words = |part: &Part| {
        let at = part.position;
        format!(
            "pushback {at} of {reference} offers no options: prewire decision pushback {reference} edit {at} --instead 'A …; or B …'"
        )
    };
    bare.map(words).collect()
}

/// The first of what was done, and how much more.
fn told(said: &[String]) -> String {
    let first = said[..said.len().min(TOLD)].join(", ");
    match said.len().saturating_sub(TOLD) {
        0 => first,
        more => format!("{first} and {more} more"),
    }
}

impl Work<'_> {
    fn take(&mut self, step: &PartStep) -> Result<()> {
        match step {
            PartStep::Add { kind, changes } => self.add(*kind, changes),
            PartStep::Edit { kind, key, changes } => {
                let at = self.named(*kind, key)?;
                self.change(at, changes)
            }
            PartStep::Put { kind, key, changes } => self.put(*kind, key, changes),
            PartStep::Remove { kind, key } => self.remove(*kind, key),
            PartStep::Move { kind, key, way } => self.shift(*kind, key, *way),
            PartStep::Recommend(key) => self.recommend(key.as_deref()),
            PartStep::Fields(changes) => {
                for change in changes {
                    let before = self.item.get(change.field.name).clone();
                    self.resolver.apply(&mut self.item, change)?;
                    if before != *self.item.get(change.field.name) {
                        self.said.push(format!("{}: {}", self.item.reference, change.field.label));
                    }
                }
                Ok(())
            }
        }
    }

    fn add(&mut self, kind: PartKind, changes: &[Change]) -> Result<()> {
        let taken: Vec<i64> = of_kind(&self.parts, kind).map(|part| part.position).collect();
        self.add_at(kind, free_position(&taken), changes)
    }

    fn add_at(&mut self, kind: PartKind, position: i64, changes: &[Change]) -> Result<()> {
        self.allowed(kind)?;
        let noun = kind.noun();
        if let PartKey::Letter { most } = noun.key
            && position > most
        {
            return Err(Refusal::input(format!(
                "{} has {most} {} already, which is enough to choose from (I1)",
                self.item.reference,
                noun.several()
            ))
            .hint(format!(
                "prewire {} {} {} rm {}",
                self.item.kind().slug(),
                noun.name,
                self.item.reference,
                letter(most)
            ))
            .into());
        }
        let mut part = Part::new(self.write.new_part_id(), kind, self.item.id, position);
        // What was noted or said is so today, unless somebody says otherwise.
        for field in noun.fields.iter().filter(|field| field.default == "today") {
            part.set(field.name, Value::Day(self.today));
        }
        self.fill(&mut part, changes)?;
        self.refuse_twin(&part)?;
        evidence::stamp(self.write, &self.item, None, &mut part);
        slip::date(self.write, (&self.item, &self.parts), &mut part)?;
        self.parts.push(part);
        let at = self.parts.len() - 1;
        self.last = Some(at);
        let words = self.called(at)?;
        let main = match self.parts[at].main() {
            "" => String::new(),
            main => format!(" “{}”", summary::short(main)),
        };
        self.said.push(format!("added {words}{main}"));
        Ok(())
    }

    fn put(&mut self, kind: PartKind, key: &str, changes: &[Change]) -> Result<()> {
        if let Some(at) = self.find(kind, key)? {
            return self.change(at, changes);
        }
        let noun = kind.noun();
        let name = match noun.key {
            PartKey::Field(name) => name,
            PartKey::Letter { most } => {
                return match (1..=most).find(|place| letter(*place).to_string() == key) {
                    Some(place) => self.add_at(kind, place, changes),
                    None => self.named(kind, key).map(drop),
                };
            }
            // Told of an item that is yet to be made: it stands where it stood.
            PartKey::Number => {
                return match key.parse() {
                    Ok(place @ 1..) => self.add_at(kind, place, changes),
                    _ => self.named(kind, key).map(drop),
                };
            }
        };
        let field = noun.field(name);
        let input = match field.kind {
            FieldKind::Choice(slugs) => {
                let slug = read_pick(key, slugs).ok_or_else(|| {
                    let (label, list) = (field.label, slugs.join(", "));
                    Refusal::input(format!("{label}: “{key}” is not one of {list}"))
                })?;
                Input::Value(Value::Text(slug.to_owned()))
            }
            FieldKind::Line => Input::Value(Value::Text(key.trim().to_owned())),
            _ => field.name_of(key),
        };
        let mut all = vec![Change { field, edit: Edit::Set(input) }];
        all.extend(changes.iter().cloned());
        self.add(kind, &all)
    }

    fn change(&mut self, at: usize, changes: &[Change]) -> Result<()> {
        self.typed_in(self.parts[at].kind)?;
        let mut part = self.parts[at].clone();
        self.fill(&mut part, changes)?;
        if part != self.parts[at] {
            self.may_change(at)?;
        }
        self.refuse_twin(&part)?;
        evidence::stamp(self.write, &self.item, Some(&self.parts[at]), &mut part);
        let words = self.called(at)?;
        let touched: Vec<String> = changes
            .iter()
            .filter(|change| part.get(change.field.name) != self.parts[at].get(change.field.name))
            .map(|change| self.told(&part, change))
            .collect::<Result<_>>()?;
        self.parts[at] = part;
        self.last = Some(at);
        if !touched.is_empty() {
            self.said.push(format!("{words}: {}", touched.join(", ")));
        }
        Ok(())
    }

    /// `cost 20 h`.
    fn told(&self, part: &Part, change: &Change) -> Result<String> {
        let field = change.field;
        let names = self.write.names_of(part.get(field.name).ids())?;
        let value = field.told(part.get(field.name), &names, self.write.at.date_naive());
        Ok(match (field.kind, value.as_str()) {
            (_, "") => format!("no {}", field.label),
            (FieldKind::Text, _) => field.label.to_owned(),
            (_, value) => format!("{} {}", field.label, summary::short(value)),
        })
    }

    fn remove(&mut self, kind: PartKind, key: &str) -> Result<()> {
        self.typed_in(kind)?;
        let at = self.named(kind, key)?;
        self.may_change(at)?;
        let words = self.called(at)?;
        let gone = self.parts.remove(at);
        let own = letter(gone.position).to_string();
        if kind == PartKind::Option {
            self.forget(&own);
        }
        self.last = None;
        self.said.push(format!("removed {words}"));
        Ok(())
    }

    /// Sets the fields of a part; its main field must say something then.
    fn fill(&mut self, part: &mut Part, changes: &[Change]) -> Result<()> {
        for change in changes {
            let value = match &change.edit {
                Edit::Set(input) | Edit::Add(input) => self.resolver.value(change.field, input)?,
                Edit::Clear | Edit::Remove(_) => Value::Nothing,
            };
            self.refuse_to_come(change.field, &value)?;
            part.set(change.field.name, value);
        }
        refuse::unsaid(part)
    }

    fn named(&mut self, kind: PartKind, key: &str) -> Result<usize> {
        if let Some(at) = self.find(kind, key)? {
            return Ok(at);
        }
        let noun = kind.noun();
        let names = self.names(kind)?;
        let known: Vec<String> = of_kind(&self.parts, kind).map(|part| part.key(&names)).collect();
        let refusal =
            Refusal::missing(format!("{} has no {} {key}", self.item.reference, noun.label));
        Err(if known.is_empty() {
            refusal.into()
        } else {
            refusal.hint(format!("there are {}", known.join(", "))).into()
        })
    }

    /// The place of the part that a word names; the beginning of a name will do.
    fn find(&mut self, kind: PartKind, key: &str) -> Result<Option<usize>> {
        if let Ok(id) = key.parse::<PartId>() {
            return Ok(self.parts.iter().position(|part| part.id == id && part.kind == kind));
        }
        let names = self.names(kind)?;
        let wanted = key.trim().trim_start_matches('@').to_lowercase();
        let of_kind = |parts: &[Part], test: &dyn Fn(&str) -> bool| -> Vec<usize> {
            let all = parts.iter().enumerate().filter(|(_, part)| part.kind == kind);
            all.filter(|(_, part)| test(&part.key(&names).to_lowercase()))
                .map(|(at, _)| at)
                .collect()
        };
        let exact = of_kind(&self.parts, &|key| key == wanted);
        if let [at] = exact.as_slice() {
            return Ok(Some(*at));
        }
        if !matches!(kind.noun().key, PartKey::Field(_)) || wanted.is_empty() {
            return Ok(None);
        }
        let begins = of_kind(&self.parts, &|key| key.starts_with(&wanted));
        Ok(begins.first().copied().filter(|_| begins.len() == 1))
    }

    fn names(&self, kind: PartKind) -> Result<impl Names + use<>> {
        let ids: Vec<ItemId> = of_kind(&self.parts, kind)
            .flat_map(|part| part.entries().flat_map(|(_, value)| value.ids().to_vec()))
            .collect();
        Ok(self.write.names_of(&ids)?)
    }

    /// `option b of d1`.
    fn called(&self, at: usize) -> Result<String> {
        let part = &self.parts[at];
        let names = self.names(part.kind)?;
        Ok(format!("{} {} of {}", part.kind.noun().label, part.key(&names), self.item.reference))
    }
}
