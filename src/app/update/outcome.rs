//! What follows when an operation was done, or failed.

use super::super::action::Action;
use super::super::draft;
use super::super::effect::{Effect, Failure, Load};
use super::super::model::{Model, Tone};
use super::super::place::Place;
use super::super::popup::Popup;
use super::super::tour;
use super::answer::{ask_page, reload};
use super::{decide, judge, leave, open, ritual, triage, walk};
use crate::domain::shown::Shown;
use crate::ops::Done;

/// An operation is on disk: say so with its undo, select what is new, and read the screen again.
pub fn done(model: &mut Model, done: &Done) -> Vec<Effect> {
    let mut is_capture = false;
    let (mut then, mut waits) = (None, false);
    if let Some(sent) = model.sent.pop_front().flatten() {
        waits = model.tour.is_on() && tour::waits(model, &sent);
        is_capture = triage::is_capture(&sent);
        draft::forget(model, &sent);
        if let Popup::Form(form) = &sent {
            then = form.then;
        }
        let is_it = |popup: &Popup| {
            matches!(
                (popup, &sent),
                (Popup::Form(_), Popup::Form(_)) | (Popup::Writing(_), Popup::Writing(_))
            )
        };
        model.popups.retain(|popup| !is_it(popup));
    }
    let next = then.and_then(|scope| Some(Load::Form(*done.items.first()?, scope)));
    model.banner = None;
    model.progress = None;
    model.lists.values_mut().for_each(|list| list.spent.clear());
    (model.detail, model.detail_gone) = (None, None);
    let mut words = done.label.clone();
    for notice in &done.notices {
        words = format!("{words} · {notice}");
    }
    let undoable = done.seq.is_some() && !words.starts_with("undid");
    if undoable {
        words = format!("{words} · {} undoes", model.keys().way(Action::Undo));
    } else if words.starts_with("undid") {
        words = format!("{words} · {} redoes", model.keys().way(Action::Redo));
    }
    model.say(Shown::line(&words).as_str(), Tone::Done);
    let ended = leave::tour_goes_on(model, &done.label, waits);
    let added = done.label.starts_with("added")
        || done.label.starts_with("moved ")
        || done.label.contains(" → ") && done.items.len() == 1 && !done.label.ends_with("→ Trash");
    if added {
        model.wanted = done.items.first().copied();
    }
    if done.label.starts_with("drafted x") {
        model.stand_at(Place::Escalations);
        model.wanted = done.items.first().copied();
    }
    let place = model.place;
    let mut effects = match model.wanted {
        Some(id) if place.kind().is_some() => ask_page(model, place, Some(id)),
        _ => reload(model, place),
    };
    effects.extend(walk::done(model, done));
    if is_capture {
        effects.extend(triage::after_capture(model, done));
    }
    // What is to be passed on is in the clipboard already.
    effects.extend(done.text.iter().map(|text| Effect::Copy(text.clone())));
    effects.extend(ritual::done(model, done));
    effects.extend(judge::done(model));
    decide::why_slipped(model, done);
    if let Some(id) = model.subject().filter(|_| model.wants_detail()) {
        effects.push(ritual::in_full(model, id));
    }
    effects.push(Effect::Load(Load::Status));
    effects.extend(model.ask_live());
    effects.extend(next.map(Effect::Load));
    effects.extend(ended);
    effects
}

/// What to do now, by key where the command line names its own.
fn for_screen(model: &Model, hint: String) -> String {
    if !hint.contains("prewire trash restore") {
        return hint;
    }
    let keys = model.keys();
    let (trash, restore) = (keys.way(Action::Go(Place::Trash)), keys.way(Action::Restore));
    format!("{trash} shows the Trash, where {restore} restores it")
}

/// An operation or a question failed: say why; what was typed stays where it is.
pub fn failed(model: &mut Model, failure: Failure) -> Vec<Effect> {
    let what = failure.what.clone();
    let hint = failure.hint.map(|hint| for_screen(model, hint));
    let words = match hint {
        Some(hint) => format!("{} · {hint}", failure.what),
        None => failure.what,
    };
    if failure.lasting {
        model.banner = Some(words.clone());
        model.say(words, Tone::Failed);
    } else {
        model.say(words, Tone::Refused);
    }
    if failure.of_change
        && let Some(sent) = model.sent.pop_front().flatten()
    {
        match &sent {
            Popup::Prompt(prompt) if decide::all_the_same(model, prompt, &what) => {
                model.say(what, Tone::Refused);
            }
            _ => come_back(model, sent),
        }
    }
    for list in model.lists.values_mut().filter(|list| list.marks.is_empty()) {
        list.marks = std::mem::take(&mut list.spent);
    }
    let effects = ritual::failed(model);
    model.progress = None;
    model.detail_asked = None;
    (model.deciding, model.acting) = (None, None);
    model.failed = true;
    model.lists.values_mut().for_each(|list| list.asked = None);
    effects
}

/// A line whose operation failed is open again, as it was; what stayed open needs nothing.
fn come_back(model: &mut Model, sent: Popup) {
    match sent {
        Popup::Prompt(prompt) if prompt.is_silent() => {}
        Popup::Prompt(prompt)
            if matches!(model.popups.last(), None | Some(Popup::Card(_) | Popup::Ritual(_))) =>
        {
            open(model, Popup::Prompt(prompt));
        }
        Popup::Prompt(_) => {
            draft::keep(model, &sent);
        }
        Popup::Form(_)
        | Popup::Writing(_)
        | Popup::Menu(_)
        | Popup::Sheet(_)
        | Popup::Import(_)
        | Popup::Grid(_)
        | Popup::Card(_)
        | Popup::Ritual(_)
        | Popup::Judging(_)
        | Popup::Settings(_)
        | Popup::Conflict(_) => {}
    }
}

/// What was said of the last step no longer holds once others took one: the key would take back theirs.
pub fn take_promise_back(model: &mut Model) {
    let promises = [(Action::Undo, "undoes"), (Action::Redo, "redoes")];
    let words = promises.map(|(action, does)| format!(" · {} {does}", model.keys().way(action)));
    model.toast.take_if(|toast| words.iter().any(|words| toast.text.contains(words)));
}
