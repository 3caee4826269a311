//! Leaving what is being typed, and coming back to it: nothing typed is thrown away unless
//! somebody says so.

use super::super::choices;
use super::super::draft::{self, Reopen, Unsaved};
use super::super::effect::{Effect, Load};
use super::super::form::Form;
use super::super::menu::{Entry, Menu, Pick, Purpose};
use super::super::model::{Model, Tone};
use super::super::place::Place;
use super::super::popup::{Popup, Risk};
use super::super::prompt::{Prompt, PromptFor};
use super::super::tour::{Step, Tour};
use super::{close, open};

/// Esc in a line: a filter goes back to what it was, any other text is kept.
pub fn prompt(model: &mut Model, prompt: &Prompt) -> Vec<Effect> {
    close(model);
    if let PromptFor::Filter { place, before } = &prompt.purpose {
        model.list_at(*place).query.filter.clone_from(before);
        return super::answer::reload(model, *place);
    }
    if draft::keep(model, &Popup::Prompt(prompt.clone())).is_some() {
        model.say("kept: up brings it back", Tone::Plain);
    } else if let Some(taken) = &prompt.taken {
        // It was brought back and emptied by hand.
        model.unsaved.retain(|kept| *kept != **taken);
    }
    Vec::new()
}

/// Esc in a form or a long text: with something typed it asks, the safe answer first.
pub fn popup(model: &mut Model, popup: &Popup) {
    if draft::of(popup).is_none() {
        close(model);
        return;
    }
    let entries = vec![
        Entry::new("keep writing", Pick::Keep),
        Entry::new("leave, and keep it for later", Pick::Risk(Risk::KeepDraft)),
        Entry::new("throw away what was typed", Pick::Risk(Risk::ThrowDraft)),
    ];
    let question = "Leave? What you typed is not saved yet";
    open(model, Popup::Menu(Menu::new(Purpose::Confirm, question, entries)));
}

/// The answer to that question.
pub fn answered(model: &mut Model, risk: &Risk) {
    let Some(popup) = model.popups.pop() else { return };
    match risk {
        Risk::KeepDraft => {
            draft::keep(model, &popup);
            model.say("kept: it is there when you open this again", Tone::Plain);
        }
        Risk::ThrowDraft | Risk::Purge(_) => draft::forget(model, &popup),
    }
}

/// What was typed in an earlier session is there again; one quiet line says so.
pub fn arrived(model: &mut Model, unsaved: Vec<Unsaved>) {
    let said = match unsaved.as_slice() {
        [] => return,
        [one] => format!("not saved last time: {} · :drafts takes it up", one.words()),
        all => format!("{} texts were not saved last time · :drafts shows them", all.len()),
    };
    model.unsaved.splice(0..0, unsaved);
    model.say(said, Tone::Plain);
}

/// The list of what is not saved.
pub fn list(model: &mut Model) {
    open(model, Popup::Menu(choices::drafts(&model.unsaved)));
}

/// Opens the thing that a text was typed into, with the text in it.
pub fn take_up(model: &mut Model, at: usize) -> Vec<Effect> {
    let Some(unsaved) = model.unsaved.get(at).cloned() else { return Vec::new() };
    match draft::reopen(&unsaved) {
        Some(Reopen::Line(purpose)) => {
            let label = match &purpose {
                PromptFor::Add(kind) => kind.noun().name.to_owned(),
                PromptFor::Capture(_) => "+".to_owned(),
                PromptFor::Change { .. }
                | PromptFor::Verb { .. }
                | PromptFor::Part { .. }
                | PromptFor::Record { .. }
                | PromptFor::Ritual { .. }
                | PromptFor::Why(_)
                | PromptFor::Filter { .. }
                | PromptFor::ImportFile
                | PromptFor::StartPlan(_)
                | PromptFor::TimerUntil
                | PromptFor::CorrectWeek(_)
                | PromptFor::Calendar
                | PromptFor::PublishTo
                | PromptFor::ImportAsk { .. }
                | PromptFor::Paper { .. }
                | PromptFor::Reached(..)
                | PromptFor::SaveView => unsaved.what.clone(),
            };
            let mut prompt = Prompt::new(purpose, label, "");
            prompt.take_up(unsaved);
            prompt.read(&model.calendar);
            open(model, Popup::Prompt(prompt));
            vec![Effect::Load(Load::Vocabulary)]
        }
        Some(Reopen::NewForm(kind)) => {
            let form = Form::new(kind, "").restored(model);
            open(model, Popup::Form(form));
            Vec::new()
        }
        Some(Reopen::Day(day)) => vec![Effect::Load(Load::DayNote(day))],
        Some(Reopen::Form(id, scope)) => vec![Effect::Load(Load::Form(id, scope))],
        None => {
            model.say("this text belongs to nothing that can be opened here", Tone::Refused);
            Vec::new()
        }
    }
}

/// Starts the first steps, or ends them.
pub fn tour(model: &mut Model) -> Vec<Effect> {
    if model.tour.is_on() {
        model.tour = Tour::Off;
        model.say("the first steps are skipped; :tour starts them again", Tone::Plain);
        return vec![Effect::TourEnded];
    }
    model.tour = Tour::At(Step::Outcome);
    Vec::new()
}

/// An empty workspace, as the first answers tell, begins the first steps.
pub fn tour_begins(model: &mut Model, has_steps: bool) {
    if model.tour == Tour::Offered {
        let is_empty = !has_steps && model.list_at(Place::Today).teaches();
        model.tour = if is_empty { Tour::At(Step::Outcome) } else { Tour::Off };
    }
}

/// An operation was done, and made something wait or not: perhaps it was the step.
pub fn tour_goes_on(model: &mut Model, label: &str, waits: bool) -> Vec<Effect> {
    let Tour::At(step) = model.tour else { return Vec::new() };
    if let Some(next) = step.after(label, waits) {
        model.tour = Tour::At(next);
        return Vec::new();
    }
    model.tour = Tour::Off;
    model.say("That is all it takes · ? shows every key, : finds everything", Tone::Done);
    vec![Effect::TourEnded]
}
