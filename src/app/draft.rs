//! What is typed and not saved yet, as values: the texts of whatever is open, of what is on its way
//! to the disk, and of what was left or survived a crash. The shell keeps them; nothing here does.

use chrono::NaiveDate;

use super::form::{Form, Scope};
use super::model::Model;
use super::popup::Popup;
use super::prompt::{Prompt, PromptFor, Said};
use super::writing::{Goal, Writing};
use crate::domain::item::ItemId;
use crate::domain::kind::Kind;
use crate::domain::metric::Unit;
use crate::domain::part::PartKind;
use crate::domain::verb::Verb;

/// The name under which the one text of a line is kept.
const LINE: &str = "line";
/// Most texts that are held; the oldest go first.
const MOST: usize = 100;

/// Something typed that is not saved.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Unsaved {
    /// What it belongs to: whoever opens the same thing again is offered it.
    pub key: String,
    /// The same in words: `new decision`, `decide d3, rationale`.
    pub what: String,
    /// Names of fields and what was typed into them.
    pub texts: Vec<(String, String)>,
}

impl Unsaved {
    fn new(key: String, what: String, texts: Vec<(String, String)>) -> Option<Self> {
        let is_worth = texts.iter().any(|(_, text)| !text.trim().is_empty());
        is_worth.then_some(Self { key, what, texts })
    }

    /// The text of a line.
    #[must_use]
    pub fn line(&self) -> &str {
        self.texts.first().map_or("", |(_, text)| text.as_str())
    }

    /// `new decision “Who is the ICP?”`
    #[must_use]
    pub fn words(&self) -> String {
        let text = self.texts.iter().map(|(_, text)| text.trim()).find(|text| !text.is_empty());
        let first = text.unwrap_or("").lines().next().unwrap_or("");
        let short: String = first.chars().take(40).collect();
        let more = if short.len() < text.unwrap_or("").len() { "…" } else { "" };
        format!("{} “{short}{more}”", self.what)
    }
}

/// Everything that is typed and not saved.
#[must_use]
pub fn all(model: &Model) -> Vec<Unsaved> {
    let sent = model.sent.iter().flatten();
    let open: Vec<&Popup> = model.popups.iter().chain(sent).collect();
    let taken: Vec<&Unsaved> = open.iter().filter_map(|popup| taken(popup)).collect();
    let mut found: Vec<Unsaved> =
        model.unsaved.iter().filter(|kept| !taken.contains(kept)).cloned().collect();
    for unsaved in open.into_iter().filter_map(of) {
        if !found.contains(&unsaved) {
            found.push(unsaved);
        }
    }
    found
}

/// What is typed into a popup beyond what it opened with.
#[must_use]
pub fn of(popup: &Popup) -> Option<Unsaved> {
    match popup {
        Popup::Prompt(prompt) => of_prompt(prompt),
        Popup::Form(form) => of_form(form),
        Popup::Writing(writing) => of_writing(writing),
        Popup::Menu(_)
        | Popup::Sheet(_)
        | Popup::Import(_)
        | Popup::Grid(_)
        | Popup::Card(_)
        | Popup::Ritual(_)
        | Popup::Judging(_)
        | Popup::Settings(_)
        | Popup::Conflict(_) => None,
    }
}

/// The kept text that a popup was opened with and that its own takes the place of.
fn taken(popup: &Popup) -> Option<&Unsaved> {
    of(popup)?;
    match popup {
        Popup::Prompt(prompt) => prompt.taken.as_deref(),
        Popup::Form(form) => form.taken.as_ref(),
        Popup::Writing(writing) => writing.taken.as_ref(),
        Popup::Menu(_)
        | Popup::Sheet(_)
        | Popup::Import(_)
        | Popup::Grid(_)
        | Popup::Card(_)
        | Popup::Ritual(_)
        | Popup::Judging(_)
        | Popup::Settings(_)
        | Popup::Conflict(_) => None,
    }
}

fn of_prompt(prompt: &Prompt) -> Option<Unsaved> {
    let key = prompt_key(&prompt.purpose)?;
    let mut text = prompt.line.text().to_owned();
    if text == prompt.opened && prompt.pasted.is_empty() {
        return None;
    }
    for line in &prompt.pasted {
        text.push('\n');
        text.push_str(line);
    }
    let what = match prompt.purpose {
        PromptFor::Add(kind) | PromptFor::Capture(kind) => format!("new {}", kind.noun().name),
        PromptFor::Change { .. }
        | PromptFor::Verb { .. }
        | PromptFor::Part { .. }
        | PromptFor::Record { .. }
        | PromptFor::Ritual { .. }
        | PromptFor::Filter { .. }
        | PromptFor::Why(_)
        | PromptFor::ImportFile
        | PromptFor::StartPlan(_)
        | PromptFor::TimerUntil
        | PromptFor::CorrectWeek(_)
        | PromptFor::Calendar
        | PromptFor::PublishTo
        | PromptFor::ImportAsk { .. }
        | PromptFor::Paper { .. }
        | PromptFor::Reached(..)
        | PromptFor::SaveView => prompt.label.clone(),
    };
    Unsaved::new(key, what, vec![(LINE.to_owned(), text)])
}

/// What a line belongs to; a filter and a path are nothing to keep.
#[must_use]
pub fn prompt_key(purpose: &PromptFor) -> Option<String> {
    let ids =
        |items: &[ItemId]| items.iter().map(ToString::to_string).collect::<Vec<_>>().join(",");
    match purpose {
        PromptFor::Add(kind) => Some(format!("add {}", kind.slug())),
        PromptFor::Capture(kind) => Some(format!("capture {}", kind.slug())),
        PromptFor::Change { field, items, .. } => {
            Some(format!("change {} {}", field.name, ids(items)))
        }
        PromptFor::Verb { verb, items, .. } => Some(format!("verb {} {}", verb.name(), ids(items))),
        PromptFor::Part { owner, part } => Some(format!("part {} {owner}", part.slug())),
        PromptFor::Record { metric, unit } => Some(format!("figure {} {metric}", unit.slug())),
        PromptFor::Ritual { kind, section, held: None } => {
            Some(format!("ritual {} {section}", kind.slug()))
        }
        PromptFor::Ritual { kind, held: Some(held), .. } => {
            let place = held.told.as_ref().map_or(0, |told| told.len() + 1);
            Some(format!("ritual {} {} {place}", kind.slug(), held.about))
        }
        PromptFor::Filter { .. }
        | PromptFor::Why(_)
        | PromptFor::ImportFile
        | PromptFor::TimerUntil
        | PromptFor::CorrectWeek(_)
        | PromptFor::Calendar
        | PromptFor::PublishTo
        | PromptFor::ImportAsk { .. }
        | PromptFor::StartPlan(_)
        | PromptFor::Paper { .. }
        | PromptFor::Reached(..)
        | PromptFor::SaveView => None,
    }
}

/// What a form belongs to.
#[must_use]
pub fn form_key(form: &Form) -> String {
    let Some(item) = &form.base else { return format!("form {}", form.kind.slug()) };
    match form.scope {
        Scope::Item => format!("form {} {}", form.kind.slug(), item.id),
        Scope::Frame => format!("frame {}", item.id),
        Scope::Part { kind, id: Some(id) } => format!("compose {} {} {id}", kind.slug(), item.id),
        Scope::Part { kind, id: None } => format!("compose {} {}", kind.slug(), item.id),
    }
}

fn of_form(form: &Form) -> Option<Unsaved> {
    let typed = form.entries.iter().enumerate().filter(|(_, entry)| entry.is_changed());
    let texts: Vec<(String, String)> =
        typed.map(|(at, entry)| (form.name(at), entry.line.text().to_owned())).collect();
    // A field that was emptied is something to keep too.
    (!texts.is_empty()).then(|| Unsaved { key: form_key(form), what: form.title(), texts })
}

fn of_writing(writing: &Writing) -> Option<Unsaved> {
    if writing.text.as_str() == writing.original {
        return None;
    }
    let (key, name) = match &writing.goal {
        Goal::Item { base, field } => {
            (writing_key(base.kind(), field.name, base.id), field.name.to_owned())
        }
        Goal::Day(day) => (day_key(*day), "note".to_owned()),
        Goal::Field | Goal::Policy => return None,
    };
    let texts = vec![(name, writing.text.as_str().to_owned())];
    Some(Unsaved { key, what: writing.title.clone(), texts })
}

/// What a long text belongs to.
#[must_use]
pub fn writing_key(kind: Kind, field: &str, id: ItemId) -> String {
    format!("text {} {id} {field}", kind.slug())
}

/// What the note of a day belongs to.
#[must_use]
pub fn day_key(day: NaiveDate) -> String {
    format!("day {day}")
}

/// The newest text kept of something.
#[must_use]
pub fn kept<'a>(model: &'a Model, key: &str) -> Option<&'a Unsaved> {
    model.unsaved.iter().rev().find(|unsaved| unsaved.key == key)
}

/// Keeps what a popup holds that is left; whether there was anything.
pub fn keep(model: &mut Model, popup: &Popup) -> Option<Unsaved> {
    let unsaved = of(popup)?;
    forget(model, popup);
    model.unsaved.push(unsaved.clone());
    if model.unsaved.len() > MOST {
        model.unsaved.remove(0);
    }
    Some(unsaved)
}

/// Forgets what a popup held and what it was opened with: it is saved, or thrown away.
pub fn forget(model: &mut Model, popup: &Popup) {
    let gone = [of(popup), taken(popup).cloned()];
    model.unsaved.retain(|kept| !gone.iter().flatten().any(|gone| gone == kept));
}

/// What to open so that a kept text can be gone on with.
#[derive(Debug, Clone, PartialEq)]
pub enum Reopen {
    Line(PromptFor),
    NewForm(Kind),
    Form(ItemId, Scope),
    Day(NaiveDate),
}

/// Reads the key of a kept text; `None` for one that this version does not know.
#[must_use]
pub fn reopen(unsaved: &Unsaved) -> Option<Reopen> {
    let words: Vec<&str> = unsaved.key.split(' ').collect();
    let items =
        |text: &str| text.split(',').map(str::parse).collect::<Result<Vec<ItemId>, _>>().ok();
    match words.as_slice() {
        ["add", kind] => Some(Reopen::Line(PromptFor::Add(Kind::from_slug(kind)?))),
        ["capture", kind] => Some(Reopen::Line(PromptFor::Capture(Kind::from_slug(kind)?))),
        ["verb", name, ids] => {
            let verb = Verb::ALL.into_iter().find(|verb| verb.name() == *name)?;
            Some(Reopen::Line(PromptFor::Verb { verb, items: items(ids)?, said: Said::default() }))
        }
        ["part", name, id] => {
            let part = PartKind::from_slug(name)?;
            Some(Reopen::Line(PromptFor::Part { owner: id.parse().ok()?, part }))
        }
        ["figure", unit, id] => {
            let (metric, unit) = (id.parse().ok()?, Unit::from_slug(unit)?);
            Some(Reopen::Line(PromptFor::Record { metric, unit }))
        }
        ["change", name, ids] => {
            let field = Kind::ALL.into_iter().find_map(|kind| kind.noun().answering(name))?;
            Some(Reopen::Line(PromptFor::Change { field, items: items(ids)?, base: None }))
        }
        ["form", kind] => Some(Reopen::NewForm(Kind::from_slug(kind)?)),
        ["form", _, id] | ["text", _, id, _] => Some(Reopen::Form(id.parse().ok()?, Scope::Item)),
        ["day", day] => Some(Reopen::Day(day.parse().ok()?)),
        ["frame", id] => Some(Reopen::Form(id.parse().ok()?, Scope::Frame)),
        ["compose", name, id, ..] => {
            let kind = PartKind::from_slug(name)?;
            let part = words.get(3).map(|part| part.parse()).transpose().ok()?;
            Some(Reopen::Form(id.parse().ok()?, Scope::Part { kind, id: part }))
        }
        _ => None,
    }
}
