//! The one function that changes the model. It asks for effects and does none itself.

use super::action::Action;
use super::bindings::Found;
use super::effect::{Effect, Load, Msg};
use super::keys::{Code, Key, Modifier};
use super::model::{Model, Tone};
use super::place::Place;
use super::popup::Popup;
use super::typeahead::{self, Completes, Follows};

mod act;
mod answer;
mod board;
mod burst;
mod captured;
mod changing;
mod chord;
mod columns;
mod compose;
mod configure;
mod copying;
mod deals;
mod decide;
mod figures;
mod judge;
mod leave;
mod live;
mod marked;
pub mod order;
mod outcome;
mod paper;
mod part_keys;
mod parts;
mod plan;
mod pointing;
mod refusal;
mod ritual;
mod row;
mod scorecard;
mod sideways;
mod submit;
mod tag;
mod timer;
mod triage;
mod typing;
mod viewing;
mod walk;
mod week;
mod window;
mod write;

pub use answer::{reload, reload_all, reload_changed};
pub use changing::changes;
use chord::{forget_pending, meaning, no_meaning};
pub use plan::preview;
pub use refusal::refusal;
pub use timer::Answer as TimerAnswer;

/// Changes the model by a message. A key that comes before the answer which gives it its meaning
/// waits for it.
pub fn update(model: &mut Model, msg: Msg) -> Vec<Effect> {
    if typeahead::waits(model, &msg) {
        model.typeahead.hold(msg);
        return Vec::new();
    }
    let questions = typeahead::questions(model);
    let mut effects = step(model, msg);
    loop {
        if typeahead::questions(model) > questions {
            model.typeahead.forget();
        }
        let Some(next) = typeahead::next(model) else { return effects };
        effects.extend(step(model, next));
    }
}

fn step(model: &mut Model, msg: Msg) -> Vec<Effect> {
    if matches!(&msg, Msg::Answer(answer) if answer.is_waited_for())
        || matches!(msg, Msg::Done(_) | Msg::Failed(_))
    {
        model.typeahead.answered();
    }
    let mut effects = match msg {
        Msg::Key(key) => press(model, key),
        // Most terminals send the lines of what is pasted with the sign of the enter key.
        Msg::Paste(text) => typing::paste(model, &text.replace("\r\n", "\n").replace('\r', "\n")),
        Msg::Burst(keys) => burst::take(model, keys),
        Msg::Mouse(gesture, target) => pointing::take(model, gesture, target),
        Msg::Resize(width, height) => {
            (model.width, model.height) = (width, height);
            model.detail_last = usize::MAX;
            let mut effects: Vec<Effect> = model.ask_live().into_iter().collect();
            if model.place == Place::Today {
                effects.extend(reload(model, Place::Today));
            }
            effects
        }
        Msg::Pause => {
            model.hint_pending = !model.pending.is_empty();
            Vec::new()
        }
        Msg::Changed => reload_changed(model),
        Msg::NewDay(today) => {
            model.calendar.today = today;
            reload_all(model)
        }
        Msg::Answer(answer) => answer::take(model, *answer),
        Msg::Done(done) => outcome::done(model, &done),
        Msg::Failed(failure) => outcome::failed(model, failure),
        Msg::Edited { item, field, text } => write::edited(model, item, field, &text),
        Msg::Unsaved(unsaved) => {
            leave::arrived(model, unsaved);
            Vec::new()
        }
        Msg::Row(place) => {
            model.list_mut().move_to(place, super::list::Toward::Down);
            Vec::new()
        }
        Msg::Act(action) => {
            (model.toast, model.failed) = (None, false);
            act::run(model, action)
        }
        Msg::Say(text) => {
            answer::say_too(model, &text);
            Vec::new()
        }
        Msg::Tell(text, tone) => {
            model.say(text, tone);
            Vec::new()
        }
        Msg::Progress(done, all) => {
            if model.progress.is_some() {
                model.progress = Some((done, all));
            }
            Vec::new()
        }
        Msg::Drawn(scroll) => {
            (model.detail_top, model.detail_last) = (scroll.top, scroll.last);
            Vec::new()
        }
        Msg::Configured(settings) => {
            configure::take(model, settings);
            Vec::new()
        }
        Msg::Banner(banner) => {
            if let Some(words) = banner.clone().filter(|_| model.banner != banner) {
                let toast = model.toast.take();
                model.say(words, Tone::Failed);
                model.toast = toast;
            }
            model.banner = banner;
            Vec::new()
        }
    };
    ritual::wrap(model, &mut effects);
    let followed = settle(model);
    expect(model, &effects, Follows::Key);
    expect(model, &followed, Follows::Cursor);
    effects.extend(followed);
    // Each operation knows what it came from until it is on disk.
    for effect in &effects {
        if matches!(effect, Effect::Run(_) | Effect::Import(_)) {
            let from = model.sending.take();
            model.sent.push_back(from);
        }
    }
    effects
}

/// The questions of the first frame.
#[must_use]
pub fn start(model: &mut Model) -> Vec<Effect> {
    // The pane first: where it stands decides what else has room.
    let mut effects: Vec<Effect> = model.ask_live().into_iter().collect();
    effects.extend(reload(model, model.place));
    effects.push(Effect::Load(Load::Status));
    expect(model, &effects, Follows::Key);
    effects
}

/// Notes what will be answered.
fn expect(model: &mut Model, effects: &[Effect], follows: Follows) {
    let completes = match model.popups.last() {
        Some(Popup::Prompt(_)) => Completes::Line,
        _ => Completes::List,
    };
    for effect in effects {
        model.typeahead.asked(effect, follows, completes);
    }
}

/// After every message: the cursor is on the screen, rows near it are loaded, the detail is that
/// of the selected row.
fn settle(model: &mut Model) -> Vec<Effect> {
    let height = model.rows();
    if model.failed {
        model.list_mut().scroll(height);
        return Vec::new();
    }
    let mut effects = Vec::new();
    let place = model.place;
    if model.is_board() {
        effects.extend(board::settle(model));
    }
    let is_table = !model.is_board();
    let list = model.list_mut();
    list.scroll(height);
    let windowed = place.kind().is_some() && is_table;
    // One question at a time: whoever holds a key down is not followed row by row.
    let waits = list.asked.is_some();
    if windowed && list.loaded && list.total > 0 && !waits && list.is_missing_rows(height) {
        effects.extend(answer::ask_page(model, place, None));
    }
    effects.extend(ritual::lines(model));
    let wants = model.wants_detail();
    let selected = model.subject();
    let shown = model.detail.as_ref().map(|detail| detail.row.item.id);
    if let (true, Some(id)) = (wants, selected)
        && shown != Some(id)
        && model.detail_gone != Some(id)
        && model.detail_asked.is_none()
    {
        model.detail_top = 0;
        effects.push(ritual::in_full(model, id));
    }
    // Below what is typed rows come and go.
    if windowed && model.popups.is_empty() {
        effects.extend(window::more(model, place, height));
    }
    effects
}

fn press(model: &mut Model, key: Key) -> Vec<Effect> {
    // With ctrl or alt no text is meant, so that another script changes nothing.
    let held = key.modifier != Modifier::None;
    let key = key.latin().filter(|_| held).unwrap_or(key);
    model.toast = None;
    model.failed = false;
    ritual::tick(model);
    if is_redraw(model, key) {
        return vec![Effect::Redraw];
    }
    if model.progress.is_some() {
        if key.code == Code::Esc {
            return vec![Effect::Interrupt];
        }
        model.say("importing; esc breaks it off, and nothing is imported then", Tone::Plain);
        return Vec::new();
    }
    let pasted = model.pasted.take();
    let mut effects = match typing::press(model, key) {
        Some(effects) => effects,
        None => command(model, key),
    };
    effects.extend(pasted.map(|text| typing::paste_held(model, &text)).unwrap_or_default());
    effects
}

/// Whether a key draws the screen anew while something stands above it: no text is meant by it, so
/// it is heard wherever one types.
fn is_redraw(model: &Model, key: Key) -> bool {
    let types = key.modifier == Modifier::None && !matches!(key.code, Code::Function(_));
    let is_above = !model.popups.is_empty() || model.progress.is_some();
    is_above && !types && model.keys().find(&[key]) == Found::Action(Action::Redraw)
}

/// A key that is a command, or a part of one.
fn command(model: &mut Model, key: Key) -> Vec<Effect> {
    match meaning(model, key) {
        Found::Action(action) => {
            forget_pending(model);
            act::run(model, action)
        }
        Found::Prefix => Vec::new(),
        Found::Nothing => {
            let pressed = std::mem::take(&mut model.pending);
            model.hint_pending = false;
            if pressed.len() == 1 || key.code != Code::Esc {
                let words = no_meaning(model, &pressed);
                model.say(words, Tone::Refused);
            }
            Vec::new()
        }
    }
}

/// Closes the topmost popup.
fn close(model: &mut Model) {
    model.popups.pop();
}

fn open(model: &mut Model, popup: Popup) {
    model.popups.push(popup);
}
