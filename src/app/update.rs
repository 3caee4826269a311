//! The one function that changes the model. It asks for effects and does none itself.

use super::action::{Action, Field, What};
use super::bindings::Found;
use super::effect::{Effect, Load, Msg};
use super::keys::Key;
use super::layout::BESIDE;
use super::model::{Model, Tone};
use super::place::Place;
use super::popup::Popup;
use super::typeahead::{self, Completes, Follows};

mod act;
mod answer;
mod board;
mod changing;
mod chord;
mod columns;
mod configure;
mod decide;
mod leave;
mod live;
mod parts;
mod pointing;
mod ritual;
mod row;
mod submit;
mod timer;
mod triage;
mod typing;
mod walk;
mod week;
mod write;

pub use answer::{reload, reload_all};
pub use changing::changes;
use changing::on_live_items;
use chord::{forget_pending, meaning, no_meaning};
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
    if matches!(msg, Msg::Answer(_) | Msg::Done(_) | Msg::Failed(_)) {
        model.typeahead.answered();
    }
    let mut effects = match msg {
        Msg::Key(key) => press(model, key),
        Msg::Paste(text) => typing::paste(model, &text),
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
        Msg::Changed => reload_all(model),
        Msg::NewDay(today) => {
            model.calendar.today = today;
            reload_all(model)
        }
        Msg::Answer(answer) => answer::take(model, *answer),
        Msg::Done(done) => answer::done(model, &done),
        Msg::Failed(failure) => answer::failed(model, failure),
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
        Msg::Drawn { detail_last } => {
            model.detail_last = detail_last;
            Vec::new()
        }
        Msg::Configured(settings) => {
            configure::take(model, settings);
            Vec::new()
        }
        Msg::Banner(banner) => {
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
    let wants = model.wants_detail();
    let selected = model.subject();
    let shown = model.detail.as_ref().map(|detail| detail.row.item.id);
    if let (true, Some(id)) = (wants, selected)
        && shown != Some(id)
        && !model.detail_asked
    {
        model.detail_top = 0;
        model.detail_asked = true;
        effects.push(ritual::in_full(model, id));
    }
    effects
}

fn press(model: &mut Model, key: Key) -> Vec<Effect> {
    // With ctrl or alt no text is meant, so that another script changes nothing.
    let held = key.modifier != super::keys::Modifier::None;
    let key = key.latin().filter(|_| held).unwrap_or(key);
    model.toast = None;
    model.failed = false;
    ritual::tick(model);
    if model.progress.is_some() {
        if key.code == super::keys::Code::Esc {
            return vec![Effect::Interrupt];
        }
        model.say("importing; esc breaks it off, and nothing is imported then", Tone::Plain);
        return Vec::new();
    }
    if let Some(effects) = typing::press(model, key) {
        return effects;
    }
    command(model, key)
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
            if pressed.len() == 1 || key.code != super::keys::Code::Esc {
                let words = no_meaning(model, &pressed);
                model.say(words, Tone::Refused);
            }
            Vec::new()
        }
    }
}

/// Why an action is not possible here and now; `None` when it is. The same answer dims the hints,
/// sorts the help and speaks when the key is pressed all the same.
#[expect(clippy::too_many_lines, reason = "a table: one arm an action")]
#[must_use]
pub fn refusal(model: &Model, action: Action) -> Option<String> {
    let no = |text: &str| Some(text.to_owned());
    if model.about.read_only && changes(action) {
        return no("this workspace is read-only");
    }
    let item = model.subject_item();
    // A week has figures, and a timer an end, without a row.
    let alone = (matches!(action, Action::Why | Action::Verbs) && model.place == Place::Week)
        || (action == Action::Timer && model.timer.is_some());
    if alone {
        return None;
    }
    if action.is_on_row() && item.is_none() && model.list().marks.is_empty() {
        let back = model.keys().way(Action::TakeBack);
        return Some(match model.place {
            Place::History => format!("a step of the history is no item; {back} takes it back"),
            _ => "select a row first".to_owned(),
        });
    }
    match action {
        Action::Live => live::refusal(model),
        Action::Purge if model.place != Place::Trash => {
            let verbs = model.keys().way(Action::Verbs);
            Some(format!("only what is in the Trash is purged; {verbs} then X drops or retires"))
        }
        Action::TakeBack if model.place != Place::History => {
            let history = model.keys().way(Action::Go(Place::History));
            Some(format!("steps are taken back in the history, {history}"))
        }
        Action::Open if model.is_zoomed() => {
            Some(format!("it is open in full; {} goes back", model.keys().way(Action::Back)))
        }
        Action::TakeBack if model.list().total == 0 => no("there is no step to take back"),
        Action::Restore if model.place != Place::Trash => {
            no("only what is in the Trash is restored")
        }
        _ if model.place == Place::Trash && on_live_items(action) => {
            Some(format!("restore it first, with {}", model.keys().way(Action::Restore)))
        }
        Action::Change(field) => item.and_then(|item| field_refusal(field, item)),
        Action::BlockedBy | Action::JumpToBlocker => item.and_then(|item| {
            let can = item.kind().noun().position("blocked_by").is_some();
            (!can).then(|| format!("nothing blocks a {}", item.kind().noun().name))
        }),
        Action::JumpBack if model.trail.is_empty() => no("you have not jumped anywhere"),
        Action::Finish => item.and_then(|item| {
            let verb = crate::domain::verb::Verb::finishing(item.kind());
            verb.is_none().then(|| {
                format!(
                    "nothing ends a {}; {} picks its state",
                    item.kind().noun().name,
                    model.keys().way(Action::State)
                )
            })
        }),
        Action::Turn => item.and_then(|item| {
            use crate::domain::kind::Kind;
            let can = matches!(item.kind(), Kind::Decision | Kind::Asset | Kind::Request);
            (!can).then(|| format!("a {} stays one", item.kind().noun().name))
        }),
        Action::Copy(What::Reply) => item.and_then(|item| {
            let has = item.kind().noun().answering("reply").is_some();
            (!has).then(|| format!("a {} is not answered", item.kind().noun().name))
        }),
        Action::OpenLink | Action::Copy(What::Link) => item
            .filter(|item| item.text("link").is_empty())
            .map(|item| format!("{} has no link", item.reference)),
        Action::Layout | Action::Columns if model.place.kind().is_none() => {
            Some(format!("{} has one layout only", model.place.title()))
        }
        Action::Columns if model.is_board() => no("a board has states for columns; V is the table"),
        Action::MarkRange if model.is_board() => {
            no("a range is marked in the table; V is the table")
        }
        Action::Shorter | Action::Longer | Action::NextPeriod | Action::PreviousPeriod
            if model.place != Place::Week =>
        {
            Some(format!("that is for the week, {}", model.keys().way(Action::Go(Place::Week))))
        }
        Action::Timer
            if item.is_some_and(|item| item.kind() == crate::domain::kind::Kind::Person) =>
        {
            no("time is spent on work, not on people")
        }
        Action::PutOnWeek => item.and_then(|item| {
            let is_time = item.kind().noun().position("minutes").is_some();
            is_time.then(|| format!("{} is on the week already", item.reference))
        }),
        Action::StepLeft | Action::StepRight | Action::MoveDown | Action::MoveUp
            if model.place == Place::Week =>
        {
            None
        }
        Action::StepLeft | Action::StepRight if !model.is_board() => {
            no("a card goes a state on on a board, V; s picks the state of a row")
        }
        Action::MoveDown | Action::MoveUp => board::reorder_refusal(model).map(str::to_owned),
        Action::Filter | Action::Sort | Action::SaveView if model.place.kind().is_none() => {
            Some(format!("{} is not filtered or sorted", model.place.title()))
        }
        Action::Closed if model.place.kind().is_none() => {
            no("there is nothing closed to show here")
        }
        Action::DropTerm if !model.list().is_filtered() => no("there is no filter; / filters"),
        Action::Views | Action::ForgetView | Action::StartView if model.views.is_empty() => {
            no("no view is saved yet; F saves this list as one")
        }
        Action::NextMatch | Action::PreviousMatch if !model.list().is_filtered() => {
            Some(format!("nothing is searched for; {} filters", model.keys().way(Action::Filter)))
        }
        Action::Drafts if model.unsaved.is_empty() => no("everything typed is saved"),
        Action::Undo if model.undo.is_none() => no("there is nothing to undo"),
        Action::Redo if model.redo.is_none() => no("there is nothing to redo"),
        Action::Detail if model.width < BESIDE && model.height < 18 => {
            let open = model.keys().way(Action::Open);
            Some(format!("too small for a pane beside the list; {open} opens the row"))
        }
        _ => None,
    }
}

fn field_refusal(field: Field, item: &crate::domain::item::Item) -> Option<String> {
    let noun = item.kind().noun();
    let found = noun.answering(field.word());
    found.is_none().then(|| format!("a {} has no {}", noun.name, field.word().replace('_', " ")))
}

/// Closes the topmost popup.
fn close(model: &mut Model) {
    model.popups.pop();
}

fn open(model: &mut Model, popup: Popup) {
    model.popups.push(popup);
}
