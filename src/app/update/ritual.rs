//! Keys in a ritual (`spec/4-interface.md §4.2a, §4.6`): the verbs of a row on a card, bands, lines
//! and tables; each answer is a step of the run, and the next line comes by itself.

use crate::domain::item::ItemId;
use crate::domain::kind::Kind;
use crate::domain::ritual::{Asks, RitualKind};
use crate::ops::ritual::{Brought, Ends, RitualStep, Sitting};
use crate::ops::standup::Card;
use crate::ops::{Done, Op};

use super::super::action::{Action, Field};
use super::super::bindings::Found;
use super::super::choices;
use super::super::effect::{Effect, Load};
use super::super::keys::{Code, Key};
use super::super::menu::Pick;
use super::super::model::{Model, Tone};
use super::super::place::Place;
use super::super::popup::Popup;
use super::super::ritual::{Minutes, Rite, WIDEST};
use super::{act, answer, forget_pending, meaning, open, parts, row};

mod held;
mod presented;
mod section;

pub use section::{banded, typed};

/// Lines that need no paging.
const FEW: usize = 4;

/// Sits down to a ritual; a standup of assets where assets are.
pub fn begin(model: &mut Model, kind: RitualKind) -> Vec<Effect> {
    let about = match (kind, model.place) {
        (RitualKind::Standup, Place::Assets) => Some(Kind::Asset),
        (RitualKind::Standup, _) => Some(Kind::Decision),
        _ => None,
    };
    vec![Effect::Load(Load::Sit { kind, about })]
}

/// The ritual has come: for the first time, or anew after a step was taken back.
pub fn sat(model: &mut Model, sitting: Sitting) -> Vec<Effect> {
    let now = model.now;
    if let Some(rite) = model.rite_mut() {
        rite.again(sitting);
        return section::ask_typed(model);
    }
    if sitting.run.open_section().is_none() {
        let name = sitting.kind.words();
        model.say(format!("there is nothing to say in a {name} now"), Tone::Plain);
        return Vec::new();
    }
    (model.detail_top, model.detail) = (0, None);
    if sitting.goes_on {
        let words = format!("{} goes on where it was left", sitting.title);
        model.say(words, Tone::Plain);
    }
    open(model, Popup::Ritual(Box::new(Rite::new(sitting, now))));
    section::ask_typed(model)
}

/// Takes a key.
pub fn press(model: &mut Model, key: Key) -> Vec<Effect> {
    let Some(rite) = model.rite() else { return Vec::new() };
    if rite.minutes.is_some() {
        return press_minutes(model, key);
    }
    if model.rite().is_some_and(|rite| rite.presented.is_some()) {
        return presented::press(model, key);
    }
    if key.code == Code::Esc && model.pending.is_empty() {
        return leave(model);
    }
    match model.rite().and_then(Rite::asks) {
        Some(Asks::Verdicts) => press_card(model, key),
        Some(_) if model.pending.is_empty() => {
            let key = key.latin().unwrap_or(key);
            section::press(model, key)
        }
        Some(_) => command(model, key),
        // All is said; what came of it is on its way.
        None => leave(model),
    }
}

/// A letter on a card is a verb of its row.
fn press_card(model: &mut Model, key: Key) -> Vec<Effect> {
    let Some(item) = model.subject_item().cloned() else {
        // The row is gone: Enter goes on.
        return if key.code == Code::Enter { keep(model) } else { command(model, key) };
    };
    let letter = [Some(key), key.latin()].into_iter().flatten().find_map(|key| {
        let wanted = key.to_string();
        choices::verbs_of(model, &item).into_iter().find(|entry| entry.side == wanted)
    });
    let Some(entry) = letter.filter(|_| model.pending.is_empty()) else {
        return command(model, key);
    };
    if let Some(refusal) = entry.refusal {
        model.say(refusal, Tone::Refused);
        return Vec::new();
    }
    if let Some(rite) = model.rite_mut() {
        rite.begun = true;
    }
    match entry.pick {
        Pick::Keep => keep(model),
        Pick::Verb(verb) => row::ask(model, verb, &item, vec![item.id]),
        Pick::Part(part) => {
            parts::ask(model, part, &item);
            Vec::new()
        }
        Pick::Action(action) => act::run(model, action),
        _ => Vec::new(),
    }
}

/// The card stays as it is.
fn keep(model: &mut Model) -> Vec<Effect> {
    let step = model
        .rite()
        .and_then(|rite| Some(rite.sitting.judging(rite.section()?, rite.line()?, None)));
    step.map(|step| send(model, step)).unwrap_or_default()
}

/// A key that answers nothing: what it means on the screen, as far as a ritual has it.
fn command(model: &mut Model, key: Key) -> Vec<Effect> {
    let action = match meaning(model, key) {
        Found::Prefix => return Vec::new(),
        Found::Action(action) => action,
        Found::Nothing => {
            let pressed = std::mem::take(&mut model.pending);
            model.hint_pending = false;
            let words = super::no_meaning(model, &pressed);
            model.say(words, Tone::Refused);
            return Vec::new();
        }
    };
    forget_pending(model);
    let is_card = model.carded().is_some();
    let is_blocks = model.rite().and_then(Rite::asks) == Some(Asks::Blocks);
    if let Some(rite) = model.rite_mut() {
        rite.begun = false;
    }
    match action {
        Action::Down | Action::NextMatch => step(model, 1),
        Action::Up | Action::PreviousMatch => step(model, -1),
        Action::Top => step(model, isize::MIN),
        Action::Bottom => step(model, isize::MAX),
        Action::HalfDown | Action::PageDown if is_card => scroll(model, 5),
        Action::HalfUp | Action::PageUp if is_card => scroll(model, -5),
        Action::HalfDown | Action::PageDown => page(model, 1),
        Action::HalfUp | Action::PageUp => page(model, -1),
        Action::NextPane => return section::skip(model),
        Action::PreviousPane => section::back(model),
        Action::Help | Action::Verbs if is_card => return act::run(model, Action::Verbs),
        Action::Trash => {
            let undo = model.keys().way(Action::Undo);
            let words = format!("{key} does nothing here; X gives a row up, {undo} undoes");
            model.say(words, Tone::Refused);
        }
        Action::Undo if !model.rite().is_some_and(Rite::has_said) => {
            model.say("nothing was said yet", Tone::Refused);
        }
        Action::Change(Field::Band) if is_blocks => section::ask_band(model),
        Action::Verbs if is_blocks => {
            model.say(
                "f fills · c b or s e r o its band · < > its length · H L J K moves it",
                Tone::Plain,
            );
        }
        Action::Help | Action::Verbs => section::help(model),
        Action::Zoom if model.rite().is_some_and(|rite| rite.sitting.kind.is_presented()) => {
            presented::begin(model);
        }
        Action::Undo
        | Action::Redo
        | Action::Palette
        | Action::Capture
        | Action::Redraw
        | Action::Messages
        | Action::Suspend => return act::run(model, action),
        action if is_card && action.is_on_row() && action != Action::Open => {
            return act::run(model, action);
        }
        action => {
            let words =
                format!("{} waits until the ritual is left; esc leaves it", action.about().name);
            model.say(words, Tone::Refused);
        }
    }
    Vec::new()
}

fn step(model: &mut Model, by: isize) {
    model.detail_top = 0;
    if let Some(rite) = model.rite_mut() {
        rite.step(by);
    }
}

/// Half a page on: of what there is to know, where that is long and the lines are few.
fn page(model: &mut Model, way: isize) {
    let Some(rite) = model.rite_mut() else { return };
    let Some(section) = rite.section() else { return };
    let long: usize = section.notes.iter().map(|note| 1 + note.len() / 60).sum();
    if section.count() > FEW || long <= FEW {
        return step(model, 10 * way);
    }
    rite.top = rite.top.saturating_add_signed(5 * way).min(long);
}

fn scroll(model: &mut Model, by: isize) {
    model.detail_top = model.detail_top.saturating_add_signed(by);
}

/// What is said goes to the disk; keys wait until it is there.
fn send(model: &mut Model, step: RitualStep) -> Vec<Effect> {
    model.detail_top = 0;
    if let Some(rite) = model.rite_mut() {
        rite.begun = false;
        rite.sent = Some(Box::new(step.clone()));
    }
    vec![Effect::Run(Op::Ritual(Box::new(step)))]
}

/// What is done to the row of a card is what is said of it: both are one step.
pub fn wrap(model: &mut Model, effects: &mut [Effect]) {
    for effect in effects {
        let Effect::Run(op) = effect else { continue };
        let is_own = matches!(op, Op::Ritual(_) | Op::Undo | Op::Redo | Op::TakeBack(_));
        let Some(rite) = model.rite_mut() else { return };
        if is_own || !rite.begun || rite.sent.is_some() {
            continue;
        }
        let Some((section, line)) = rite.section().zip(rite.line()) else { continue };
        let step = rite.sitting.judging(section, line, Some(op.clone()));
        rite.begun = false;
        rite.sent = Some(Box::new(step.clone()));
        *effect = Effect::Run(Op::Ritual(Box::new(step)));
    }
}

/// What was said is on disk: the next line comes; after undo and redo the ritual is read anew.
pub fn done(model: &mut Model, done: &Done) -> Vec<Effect> {
    let Some(rite) = model.rite_mut() else { return Vec::new() };
    let (kind, about) = (rite.sitting.kind, rite.sitting.about);
    if done.label.starts_with("undid") || done.label.starts_with("redid") {
        return vec![Effect::Load(Load::Sit { kind, about })];
    }
    if rite.sent.is_none() {
        return Vec::new();
    }
    let turns = rite.sent.as_ref().is_some_and(|step| rite.sitting.turns(step));
    rite.heard(&done.label);
    if rite.section().is_none() {
        return vec![Effect::Load(Load::Minutes { kind, about })];
    }
    if turns {
        return vec![Effect::Load(Load::Sit { kind, about })];
    }
    section::ask_typed(model)
}

/// It was not done: what was pressed behind it is forgotten. An end that is refused, because
/// something holds by now, leads back to what holds.
pub fn failed(model: &mut Model) -> Vec<Effect> {
    let Some(rite) = model.rite_mut() else { return Vec::new() };
    // What is said behind the refusal is still about this card.
    let sent = rite.sent.take();
    let ends = sent.as_ref().is_some_and(|step| step.ends == Ends::Yes);
    rite.begun = sent.map_or(rite.begun, |step| step.op.is_some());
    if !ends {
        return Vec::new();
    }
    let (kind, about) = (rite.sitting.kind, rite.sitting.about);
    vec![Effect::Load(Load::Sit { kind, about })]
}

/// The card has come; what follows it is brought into line while nobody waits.
pub fn arrived(model: &mut Model, card: Option<Card>) -> Vec<Effect> {
    let Some(rite) = model.rite_mut() else { return Vec::new() };
    rite.card = card;
    if rite.lines_up() { vec![Effect::LineUp] } else { Vec::new() }
}

/// Asks for lines of a long section that are not at hand.
pub fn lines(model: &mut Model) -> Option<Effect> {
    let height = usize::from(model.height);
    let (section, wanted) = model.rite_mut()?.wants(height)?;
    Some(Effect::Load(Load::Lines { section, wanted }))
}

/// Lines have come.
pub fn brought(model: &mut Model, brought: Brought) {
    if let Some(rite) = model.rite_mut() {
        rite.take(brought);
    }
}

/// Asks for an item in full; for a card of a ritual with what it tells.
pub fn in_full(model: &mut Model, id: ItemId) -> Effect {
    model.detail_asked = Some(id);
    let seen = model.rite().map(|rite| rite.sitting.seen);
    Effect::Load(seen.map_or(Load::Detail(id), |seen| Load::Card { id, seen }))
}

/// It is over: what came of it.
pub fn over(model: &mut Model, markdown: &str) {
    if let Some(rite) = model.rite_mut() {
        rite.minutes = Some(Minutes::new(markdown));
        (rite.top, rite.cursor) = (0, 0);
    }
}

fn press_minutes(model: &mut Model, key: Key) -> Vec<Effect> {
    let room = usize::from(model.height.saturating_sub(8));
    let width = usize::from(model.width.min(WIDEST).saturating_sub(6));
    let Some(rite) = model.rite_mut() else { return Vec::new() };
    let Some(minutes) = &rite.minutes else { return Vec::new() };
    let last = minutes.rows(width).saturating_sub(room);
    match key.latin().unwrap_or(key).code {
        Code::Char('y') => return vec![Effect::Copy(minutes.markdown.clone())],
        Code::Down | Code::Char('j') => rite.top = (rite.top + 1).min(last),
        Code::Up | Code::Char('k') => rite.top = rite.top.saturating_sub(1),
        Code::PageDown => rite.top = (rite.top + room).min(last),
        Code::PageUp => rite.top = rite.top.saturating_sub(room),
        Code::End | Code::Char('G') => rite.top = last,
        Code::Home | Code::Char('g') => rite.top = 0,
        Code::Enter | Code::Esc | Code::Char('q') => return leave(model),
        _ => return command(model, key),
    }
    Vec::new()
}

/// Leaves it where it stands, or when it is over.
fn leave(model: &mut Model) -> Vec<Effect> {
    let Some(rite) = model.rite() else { return Vec::new() };
    let (kind, name) = (rite.sitting.kind, rite.sitting.kind.words());
    let is_over = rite.minutes.is_some();
    let how_far = rite.sitting.run.how_far();
    let how_far = if how_far.is_empty() { how_far } else { format!(" at {how_far}") };
    let has_said = rite.has_said();
    let item = rite.item();
    model.popups.retain(|popup| !matches!(popup, Popup::Ritual(_)));
    let goes_on = super::super::ritual::chord(model, kind);
    let words = match (is_over, has_said) {
        (true, _) => format!("{name} done"),
        (false, true) => format!("{name} left{how_far}; {goes_on} goes on"),
        (false, false) => format!("{name} left; nothing was said"),
    };
    answer::say_too(model, &words);
    model.detail = None;
    let place = model.place;
    match item {
        Some(id) => {
            model.wanted = Some(id);
            answer::ask_kept(model, place, id)
        }
        None => answer::reload(model, place),
    }
}

/// A key was pressed: the clock of the ritual goes on.
pub fn tick(model: &mut Model) {
    let now = model.now;
    if let Some(rite) = model.rite_mut() {
        rite.tick(now);
    }
}
