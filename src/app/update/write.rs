//! Keys while a long text, a month or a conflict stands above the screen.

use chrono::NaiveDate;

use super::super::action::Action;
use super::super::conflict::{self, Conflict, Rebased};
use super::super::draft;
use super::super::effect::{Effect, Load};
use super::super::form::Form;
use super::super::grid::{self, Grid};
use super::super::keys::Key;
use super::super::menu::{Entry, Menu, Pick, Purpose};
use super::super::model::{Model, Tone};
use super::super::popup::Popup;
use super::super::prompt::PromptFor;
use super::super::writing::{self, Goal, Writing};
use super::{close, leave, open, submit, typing};
use crate::domain::change::{Change, Edit, Input};
use crate::domain::day::{self, Lean};
use crate::domain::field::Field;
use crate::domain::item::{Item, ItemId};
use crate::domain::part::Part;
use crate::domain::value::Value;
use crate::domain::week::policy::Policy;
use crate::ops::Op;
use crate::ops::triage::policy::INTAKE;
use crate::store::NameTable;

/// Opens the long text of an item, as it stands or as it would.
pub fn note(model: &mut Model, item: &Item, field: &'static Field, text: &str) {
    let base = Box::new(item.clone());
    let title = format!("{} of {} {}", field.label, item.reference, item.title());
    let mut writing = Writing::new(Goal::Item { base, field }, title, text);
    let key = draft::writing_key(item.kind(), field.name, item.id);
    if let Some(kept) = draft::kept(model, &key).cloned() {
        writing.text.replace(kept.line());
        writing.taken = Some(kept);
        model.say("what you typed before is back; ctrl-z shows what is saved", Tone::Plain);
    }
    open(model, Popup::Writing(Box::new(writing)));
}

/// Opens the long text of the focused field of a form, with the letter that began it.
pub fn field(model: &mut Model, form: &Form, letter: Option<char>) {
    let entry = form.focused();
    let title = format!("{} of {}", entry.field.label, form.title());
    let mut writing = Writing::new(Goal::Field, title, entry.line.text());
    if let Some(letter) = letter {
        writing.press(Key::char(letter), model.width);
    }
    open(model, Popup::Writing(Box::new(writing)));
}

/// A key in a long text.
pub fn text(model: &mut Model, key: Key) -> Vec<Effect> {
    let screen = model.width;
    let Some(Popup::Writing(writing)) = model.popups.last_mut() else { return Vec::new() };
    let pressed = writing.press(key, screen);
    let goal = writing.goal.clone();
    match (pressed, goal) {
        (writing::Pressed::Nothing, _) => {}
        (writing::Pressed::Editor, goal) => {
            let (item, field) = match goal {
                Goal::Item { base, field } => (Some(base.id), field.name),
                Goal::Field | Goal::Policy | Goal::Day(_) => (None, "note"),
            };
            let text = writing.text.as_str().to_owned();
            return vec![Effect::Editor { item, field, text }];
        }
        (writing::Pressed::Leave, Goal::Item { .. } | Goal::Policy | Goal::Day(_)) => {
            let popup = Popup::Writing(writing.clone());
            leave::popup(model, &popup);
        }
        (pressed, Goal::Field) => {
            let text = writing.text.as_str().to_owned();
            close(model);
            fill(model, &text);
            if let (writing::Pressed::Save, Some(Popup::Form(_))) = (pressed, model.popups.last()) {
                return typing::press(model, key).unwrap_or_default();
            }
        }
        (writing::Pressed::Save, Goal::Item { .. }) => return save(model),
        (writing::Pressed::Save, Goal::Policy) => return save_policy(model),
        (writing::Pressed::Save, Goal::Day(day)) => return save_day(model, day),
    }
    Vec::new()
}

/// Ctrl-s over the text of an item: it stays open until the text is on disk.
fn save(model: &mut Model) -> Vec<Effect> {
    let Some(Popup::Writing(writing)) = model.popups.last().cloned() else { return Vec::new() };
    let Goal::Item { base, field } = &writing.goal else { return Vec::new() };
    if !writing.is_dirty() {
        close(model);
        model.say("nothing changed", Tone::Plain);
        return Vec::new();
    }
    let change = Change { field, edit: edit_of(writing.text.as_str()) };
    let op = Op::Save { base: base.clone(), changes: vec![change] };
    model.sending = Some(Popup::Writing(writing));
    vec![Effect::Run(op)]
}

/// Asks for the note of today, or for those of all days.
pub fn days(model: &Model, action: Action) -> Vec<Effect> {
    let today = Load::DayNote(model.today());
    vec![Effect::Load(if action == Action::DayNotes { Load::DayNotes } else { today })]
}

/// Opens the note of a day, with what was typed into it before and not saved.
pub fn day_note(model: &mut Model, day: NaiveDate, text: &str) {
    let title = format!("note of {}", day::echo(day, model.today()));
    let mut writing = Writing::new(Goal::Day(day), title, text);
    if let Some(kept) = draft::kept(model, &draft::day_key(day)).cloned() {
        writing.text.replace(kept.line());
        writing.taken = Some(kept);
        model.say("what you typed before is back; ctrl-z shows what is saved", Tone::Plain);
    }
    open(model, Popup::Writing(Box::new(writing)));
}

/// Ctrl-s over the note of a day.
fn save_day(model: &mut Model, day: NaiveDate) -> Vec<Effect> {
    let Some(Popup::Writing(writing)) = model.popups.last().cloned() else { return Vec::new() };
    if !writing.is_dirty() {
        close(model);
        model.say("nothing changed", Tone::Plain);
        return Vec::new();
    }
    let (was, text) = (writing.original.clone(), writing.text.as_str().to_owned());
    model.sending = Some(Popup::Writing(writing));
    vec![Effect::Run(Op::WriteNote { day, was, text })]
}

/// Opens the intake policy.
pub fn policy(model: &mut Model, text: &str) {
    let title = "intake policy: channels, largest, budget, reply, self-serve".to_owned();
    open(model, Popup::Writing(Box::new(Writing::new(Goal::Policy, title, text))));
}

/// Ctrl-s over the intake policy: what is wrong is named by line.
fn save_policy(model: &mut Model) -> Vec<Effect> {
    let Some(Popup::Writing(writing)) = model.popups.last().cloned() else { return Vec::new() };
    match Policy::read(writing.text.as_str()) {
        Err(refusal) => {
            model.say(refusal.what, Tone::Refused);
            Vec::new()
        }
        Ok(policy) => {
            model.sending = Some(Popup::Writing(writing));
            let value = Some(policy.written());
            vec![Effect::Run(Op::Set { name: INTAKE.to_owned(), value })]
        }
    }
}

fn edit_of(text: &str) -> Edit {
    if text.trim().is_empty() {
        Edit::Clear
    } else {
        Edit::Set(Input::Value(Value::Text(text.to_owned())))
    }
}

/// The editor of the environment was closed with a changed text: it goes where it came from.
pub fn edited(
    model: &mut Model,
    item: Option<ItemId>,
    field: &'static str,
    text: &str,
) -> Vec<Effect> {
    match model.popups.last_mut() {
        Some(Popup::Writing(writing)) => writing.text.replace(text),
        Some(Popup::Form(_)) => fill(model, text),
        _ => {
            let found = crate::domain::kind::Kind::Decision.noun().answering(field);
            let (Some(item), Some(field)) = (item, found) else { return Vec::new() };
            let change = Change { field, edit: edit_of(text) };
            if change.edit == Edit::Clear {
                empties(model, item, change);
                return Vec::new();
            }
            let row = model.list().current().and_then(super::super::rows::Line::item);
            // The row is as it was when the editor was opened, unless it was read anew meanwhile.
            return match row.filter(|row| row.id == item) {
                Some(row) => {
                    let base = Box::new(row.clone());
                    vec![Effect::Run(Op::Save { base, changes: vec![change] })]
                }
                None => vec![Effect::Run(Op::Edit { items: vec![item], changes: vec![change] })],
            };
        }
    }
    Vec::new()
}

/// An editor that left nothing may have failed to keep what was there: that is asked.
fn empties(model: &mut Model, item: ItemId, change: Change) {
    let question = format!("The editor left nothing. Empty the {}?", change.field.label);
    let op = Op::Edit { items: vec![item], changes: vec![change] };
    let entries = vec![
        Entry::new("keep it as it was", Pick::Keep),
        Entry::new("empty it", Pick::Run(Box::new(op))),
    ];
    open(model, Popup::Menu(Menu::new(Purpose::Confirm, question, entries)));
}

/// Puts a text into the focused field of the form on top.
fn fill(model: &mut Model, text: &str) {
    let calendar = model.calendar;
    if let Some(Popup::Form(form)) = model.popups.last_mut() {
        form.fill(text.trim_end_matches('\n'), &calendar);
    }
}

/// Opens a month at the day that the text means, else today.
pub fn month(model: &mut Model, text: &str) {
    let today = model.today();
    let day = day::parse(text, &model.calendar, Lean::Future).unwrap_or(today);
    open(model, Popup::Grid(Grid::new(day, today)));
}

/// A key over a month.
pub fn grid(model: &mut Model, key: Key) -> Vec<Effect> {
    let Some(Popup::Grid(grid)) = model.popups.last_mut() else { return Vec::new() };
    match grid.press(key) {
        grid::Pressed::Nothing => Vec::new(),
        grid::Pressed::Close => {
            close(model);
            Vec::new()
        }
        grid::Pressed::Typed => {
            close(model);
            typing::press(model, key).unwrap_or_default()
        }
        grid::Pressed::Take(date) => day(model, date),
    }
}

/// A day of the month was chosen.
pub fn day(model: &mut Model, date: NaiveDate) -> Vec<Effect> {
    if !matches!(model.popups.last(), Some(Popup::Grid(_))) {
        return Vec::new();
    }
    close(model);
    take_day(model, &date.to_string())
}

/// The day goes into the field; in a line of its own it is the answer.
fn take_day(model: &mut Model, day: &str) -> Vec<Effect> {
    let calendar = model.calendar;
    match model.popups.last_mut() {
        Some(Popup::Form(form)) => {
            form.fill(day, &calendar);
            Vec::new()
        }
        Some(Popup::Prompt(prompt)) => {
            prompt.line.set(day);
            prompt.selected = false;
            prompt.read(&calendar);
            let prompt = prompt.clone();
            submit::prompt(model, &prompt)
        }
        _ => Vec::new(),
    }
}

/// Somebody else changed the item of what was to be saved.
pub fn conflict(
    model: &mut Model,
    sent: Option<Popup>,
    (now, parts): (&Item, &[Part]),
    names: &NameTable,
) -> Vec<Effect> {
    match sent {
        Some(Popup::Writing(writing)) => {
            if let Goal::Item { field, .. } = &writing.goal {
                let asks = conflict::of_text(writing.text.as_str(), field, now);
                open(model, Popup::Conflict(Box::new(asks)));
            }
        }
        Some(Popup::Form(form)) => match conflict::rebase(form, now, parts, names) {
            Rebased::Asks(asks) => open(model, Popup::Conflict(Box::new(asks))),
            Rebased::Joined(form) => {
                typing::replace(model, Popup::Form((*form).clone()));
                return submit::form(model, &form);
            }
        },
        Some(Popup::Prompt(mut prompt)) => {
            if let PromptFor::Change { field, base, .. } = &mut prompt.purpose {
                let theirs = field.typed(now.get(field.name), names);
                let label = field.label;
                *base = Some(Box::new(now.clone()));
                model.say(
                    format!("{label} is “{theirs}” by now, set by somebody else; enter puts yours"),
                    Tone::Refused,
                );
            }
            open(model, Popup::Prompt(prompt));
        }
        _ => model.say("somebody else changed it meanwhile; nothing was changed", Tone::Refused),
    }
    Vec::new()
}

/// A key over a conflict.
pub fn choose(model: &mut Model, mut asks: Conflict, key: Key) -> Vec<Effect> {
    match asks.press(key) {
        conflict::Pressed::Close => {
            close(model);
            model.say("nothing is saved yet; ctrl-s asks again", Tone::Plain);
        }
        conflict::Pressed::Save => {
            close(model);
            if let Some(below) = model.popups.last_mut() {
                asks.resolve(below);
            }
            return match model.popups.last().cloned() {
                Some(Popup::Form(form)) => submit::form(model, &form),
                Some(Popup::Writing(_)) => save(model),
                _ => Vec::new(),
            };
        }
        conflict::Pressed::Undecided => {
            model.say("m keeps yours, t takes theirs", Tone::Refused);
            typing::replace(model, Popup::Conflict(Box::new(asks)));
        }
        conflict::Pressed::Nothing => typing::replace(model, Popup::Conflict(Box::new(asks))),
    }
    Vec::new()
}
