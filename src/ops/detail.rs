//! Everything about one item that its detail pane shows: its fields, what it holds and waits for,
//! and the sentence that says why it stands where it stands.

use chrono::NaiveDate;

use crate::domain::day;
use crate::domain::decision::stance_map::Seat;
use crate::domain::decision::standing::is_default_due;
use crate::domain::field::{Field, Names};
use crate::domain::item::{Item, ItemId, Ref};
use crate::domain::kind::Kind;
use crate::domain::metric::catalogue;
use crate::domain::noun::Shelf;
use crate::domain::part::{Part, PartKind};
use crate::domain::refusal::Refusal;
use crate::domain::value::Value;
use crate::store::NameTable;
use crate::store::history::{FieldChange, Step};
use crate::store::lookup::{Lookup, Named};
use crate::store::part::Parts;

use super::error::Result;
use super::evidence::Fact;
use super::metric::MetricPage;
use super::page::Row;
use super::resolve::ambiguous;
use super::triage::Triage;
use super::workspace::Workspace;

/// One line about an item that another one points at.
#[derive(Debug, Clone, PartialEq)]
pub struct Mention {
    pub id: ItemId,
    pub reference: Ref,
    pub title: String,
    pub state: &'static str,
    pub due: Option<NaiveDate>,
    pub closed: bool,
}

/// Of how many items that serve another its page tells: nobody reads more of them in a row.
const SERVED: usize = 100;
/// Among how many they are chosen, the last that were added.
const SERVING: usize = 200;

/// One item in full.
#[derive(Debug, Clone)]
pub struct Detail {
    pub row: Row,
    /// What it consists of: options, pre-wires, objections.
    pub parts: Vec<Part>,
    pub names: NameTable,
    /// What it directly holds up.
    pub holds: Vec<Mention>,
    /// What directly holds it up.
    pub held_by: Vec<Mention>,
    /// What serves it, for an outcome or a bet; of many the first.
    pub served_by: Vec<Mention>,
    pub is_served_by_more: bool,
    /// Why it stands where it stands; empty when there is nothing to say.
    pub why: String,
    /// The page of the metric, of a metric and of an outcome that has one.
    pub metric: Option<Box<MetricPage>>,
    /// What triage of a request rests on.
    pub triage: Option<Box<Triage>>,
    /// Who counts for a decision, and where each stands.
    pub seats: Vec<Seat>,
    /// Of a person: what is owed to them, and where they stood last.
    pub known: Vec<String>,
    /// The decisions that stood before it in its place, the first first, itself, and those that
    /// took its place; empty for one that stands alone.
    pub chain: Vec<Mention>,
    /// What is to be said beside its fields: what it weighs, what it rests on.
    pub facts: Vec<Fact>,
    /// What the metric of a decision's signal reads now; empty where it names none.
    pub signal: String,
}

/// A step that changed an item, with what it changed.
#[derive(Debug, Clone)]
pub struct ItemStep {
    pub step: Step,
    pub changes: Vec<FieldChange>,
}

impl Detail {
    /// Where those are found that serve it and are not told of; nothing where all are.
    #[must_use]
    pub fn rest_of_served(&self) -> Option<String> {
        self.is_served_by_more.then(|| format!("and more: filter for:{}", self.row.item.reference))
    }
}

impl Workspace {
    /// Everything about an item; `None` when it is gone.
    ///
    /// # Errors
    /// A storage error.
    pub fn detail(&self, id: ItemId) -> Result<Option<Detail>> {
        let Some(row) = self.rows_alone(&[id])?.pop() else { return Ok(None) };
        let (parts, names) = self.of_row(&row)?;
        let holds = self.mentions(row.item.links("blocks"))?;
        let held_by = self.mentions(row.item.links("blocked_by"))?;
        let serving = self.store.serving(id, SERVING)?;
        let served_by = self.mentions(&serving[..serving.len().min(SERVED)])?;
        let why = self.why(&row, &names)?;
        let metric = self.metric_page(&row.item)?.map(Box::new);
        let triage = match row.item.kind() {
            Kind::Request => Some(Box::new(self.triage(&row.item)?)),
            _ => None,
        };
        let seats = self.seats(&row)?;
        let known = if row.item.kind() == Kind::Person { self.standing(id)? } else { Vec::new() };
        let chain = self.mentions(&self.chain(&row.item)?)?;
        let facts = self.facts(&row.item)?;
        let signal = self.signal_now(&row.item)?;
        Ok(Some(Detail {
            row,
            parts,
            names,
            holds,
            held_by,
            served_by,
            is_served_by_more: serving.len() > SERVED,
            why,
            metric,
            triage,
            seats,
            known,
            chain,
            facts,
            signal,
        }))
    }

    /// What a row consists of, and what all is called that it points at.
    fn of_row(&self, row: &Row) -> Result<(Vec<Part>, NameTable)> {
        let item = std::slice::from_ref(&row.item);
        let mut parts = self.store.parts_but(item, PartKind::Observation)?;
        let blockers = self.store.items(&row.blockers)?;
        let all = [item, &blockers].concat();
        let names = self.store.names_with(&all, &parts)?;
        Ok((parts.remove(&row.item.id).unwrap_or_default(), names))
    }

    /// What an item consists of, and what all is called that the two point at.
    ///
    /// # Errors
    /// A storage error.
    pub fn parts_and_names(&self, item: &Item) -> Result<(Vec<Part>, NameTable)> {
        let item = std::slice::from_ref(item);
        let mut parts = self.store.parts(item)?;
        let names = self.store.names_with(item, &parts)?;
        Ok((parts.remove(&item[0].id).unwrap_or_default(), names))
    }

    /// One line each about items.
    ///
    /// # Errors
    /// A storage error.
    pub fn mentions(&self, ids: &[ItemId]) -> Result<Vec<Mention>> {
        let items = self.store.items(ids)?;
        Ok(items
            .into_iter()
            .filter(|item| item.deleted_at.is_none())
            .map(|item| Mention {
                id: item.id,
                reference: item.reference,
                title: item.title().to_owned(),
                state: item.state().slug,
                due: item.kind().noun().due.and_then(|name| item.day(name)),
                closed: item.shelf() != Shelf::Open,
            })
            .collect())
    }

    /// The sentence: `holds 3 assets, earliest due Thu, waiting on Raj 9 d`.
    ///
    /// # Errors
    /// A storage error.
    pub fn why(&self, row: &Row, names: &NameTable) -> Result<String> {
        let today = self.clock.today();
        let item = &row.item;
        let mut parts = Vec::new();
        let due = item.kind().noun().due.and_then(|name| item.day(name));
        if let (true, Some(due)) = (row.late, due.filter(|due| *due < today)) {
            let days = (today - due).num_days();
            // What was put off is late from the day on which it came back.
            let is_back = item.state().slug == "deferred" && item.kind() == Kind::Decision;
            parts.extend(
                (!is_back)
                    .then(|| format!("{days} {} late", if days == 1 { "day" } else { "days" })),
            );
        }
        if is_default_due(item, today) {
            let on = item.day("default_on").filter(|on| *on < today);
            let text = item.text("default_text");
            parts.push(match on {
                Some(on) => {
                    format!("{text} was to happen on {}, and nobody took it", day::echo(on, today))
                }
                None => format!("{text} unless somebody objects"),
            });
        }
        parts.extend(self.urgency(item, today)?);
        if row.holds > 0 {
            parts.push(self.holds_words(row, today)?);
        }
        if !row.blockers.is_empty() {
            let refs: Vec<String> = row
                .blockers
                .iter()
                .filter_map(|id| names.reference(*id))
                .map(|found| found.to_string())
                .collect();
            parts.push(format!("blocked by {}", refs.join(", ")));
        }
        if let Some(person) = item.link("waiting_on") {
            let since = self.store.since(item.id, "waiting_on")?.unwrap_or(item.created_at);
            let days = (today - since.date_naive()).num_days().max(0);
            let days = if days == 0 { String::new() } else { format!(" {days} d") };
            parts.push(format!("waiting on {}{days}", names.title(person).unwrap_or("somebody")));
        }
        if row.unlinked {
            parts.push("serves no outcome: challenge, reshape or deprioritise it".to_owned());
        }
        if item.kind() == Kind::Decision {
            parts.extend(age_words(item, today));
        }
        if item.kind() == Kind::Escalation {
            parts.extend(self.stale_memo(item)?);
        }
        Ok(parts.join(", "))
    }

    fn holds_words(&self, row: &Row, today: NaiveDate) -> Result<String> {
        let held: Vec<ItemId> =
            self.store.held(row.item.id)?.into_iter().map(|held| held.id).collect();
        let items = self.store.items(&held)?;
        let count = |kind: Kind| items.iter().filter(|item| item.kind() == kind).count();
        let mut words = Vec::new();
        for kind in [Kind::Asset, Kind::Decision] {
            let count = count(kind);
            if count > 0 {
                words.push(format!("{count} {}", kind.noun().counted(count)));
            }
        }
        let mut text = format!("holds {}", words.join(" and "));
        if let Some(due) = row.first_held_due {
            text = format!("{text}, earliest due {}", day::short(due, today));
        }
        Ok(text)
    }

    /// The steps that changed an item, newest first, each with its fields.
    ///
    /// # Errors
    /// A storage error.
    pub fn history_of(&self, id: ItemId, most: usize) -> Result<Vec<ItemStep>> {
        let steps = self.store.steps_of(id, most)?;
        let mut first = self.store.item(id)?.map(|item| plain_fields(&item)).unwrap_or_default();
        steps
            .into_iter()
            .map(|step| {
                let mut changes = self.store.changes_of(step.seq, id)?;
                // Going back, what a field was before is what it was made with.
                for change in changes.iter().filter(|change| change.kind == "U") {
                    if let Some(field) = first.iter_mut().find(|(name, _)| *name == change.column) {
                        field.1.clone_from(&change.old);
                    }
                }
                let is_made = |change: &FieldChange| change.kind == "I" && change.table == "item";
                if changes.iter().any(is_made) {
                    changes.extend(std::mem::take(&mut first).into_iter().filter_map(made_with));
                }
                changes.extend(self.store.ties_of(&step, id)?);
                changes.extend(self.store.part_changes_of(&step, id)?);
                Ok(ItemStep { step, changes })
            })
            .collect()
    }

    /// The item that a word means: a ref, or a unique beginning of a title of these kinds.
    ///
    /// # Errors
    /// A refusal when there is none, or several.
    pub fn meant(&self, text: &str, kinds: &[Kind]) -> Result<Named> {
        let titled = || -> Result<Vec<Named>> {
            let mut found = Vec::new();
            for kind in kinds {
                found.extend(self.store.by_title(*kind, text)?);
            }
            Ok(found)
        };
        if let Some(reference) = Ref::parse(text) {
            // `Q1` may be how a title begins, where no item is called so.
            let is_title =
                !kinds.contains(&reference.kind) || self.store.by_ref(reference)?.is_none();
            if is_title && let [only] = titled()?.as_slice() {
                return Ok(only.clone());
            }
            if !kinds.contains(&reference.kind) {
                let names: Vec<String> = kinds.iter().map(|kind| kind.noun().one()).collect();
                return Err(Refusal::missing(format!(
                    "{reference} is {}, not {}",
                    reference.kind.noun().one(),
                    names.join(" or ")
                ))
                .into());
            }
            let found = self.store.by_ref(reference)?;
            let id = found.ok_or_else(|| Refusal::no_such(reference))?;
            let title =
                self.store.item(id)?.map(|item| item.title().to_owned()).unwrap_or_default();
            return Ok(Named { id, reference, title });
        }
        let mut found = titled()?;
        match found.len() {
            0 => Err(self.nothing_called(text, kinds)?.into()),
            1 => Ok(found.swap_remove(0)),
            _ => Err(ambiguous(text, &found).into()),
        }
    }

    /// Nothing bears the name; something in the Trash may.
    fn nothing_called(&self, text: &str, kinds: &[Kind]) -> Result<Refusal> {
        let begins = text.to_lowercase();
        let thrown = self.store.items(&self.store.trashed()?)?.into_iter().find(|item| {
            kinds.contains(&item.kind()) && item.title().to_lowercase().starts_with(&begins)
        });
        if let Some(item) = thrown {
            return Ok(Refusal::missing(format!("“{}” is in the Trash", item.title()))
                .hint(format!("prewire trash restore {}", item.reference)));
        }
        let refusal = Refusal::missing(format!("nothing is called “{text}”"));
        let known = kinds.contains(&Kind::Metric).then(|| catalogue::beginning(text)).flatten();
        let hint = match known {
            Some(one) => format!("the catalogue has it: prewire metric add {}", one.slug),
            None => "name an item by its ref (d12) or the beginning of its title".to_owned(),
        };
        Ok(refusal.hint(hint))
    }
}

/// The fields of an item as the journal writes them, without title and state, which its step tells,
/// and without ties, which are changes of their own.
fn plain_fields(item: &Item) -> Vec<(&'static str, Option<String>)> {
    let told = |field: &&Field| !["title", "state"].contains(&field.name);
    let fields = item.kind().noun().fields.iter().filter(told);
    fields
        .filter_map(|field| {
            let text = match item.get(field.name) {
                Value::Nothing => None,
                Value::Text(text) => Some(text.clone()).filter(|text| !text.is_empty()),
                Value::Whole(number) => Some(number.to_string()),
                Value::Real(number) => Some(number.to_string()),
                Value::Day(on) => Some(on.to_string()),
                Value::Item(id) => Some(id.to_string()),
                Value::Items(_) | Value::Tags(_) => return None,
            };
            Some((field.name, text))
        })
        .collect()
}

/// A field that a new item was made with.
fn made_with((column, value): (&'static str, Option<String>)) -> Option<FieldChange> {
    Some(FieldChange {
        table: "item".to_owned(),
        kind: "I".to_owned(),
        column: column.to_owned(),
        old: None,
        new: Some(value?),
        part: None,
    })
}

/// Decision age = today − raised; latency = decided − raised (`spec/3-model.md §3.4`), in days.
fn age_words(item: &Item, today: NaiveDate) -> Option<String> {
    let raised = item.day("raised_on")?;
    match item.day("decided_on") {
        Some(decided) => Some(format!("decided after {} d", (decided - raised).num_days())),
        None if item.shelf() == Shelf::Open && raised < today => {
            Some(format!("open {} d", (today - raised).num_days()))
        }
        None => None,
    }
}
