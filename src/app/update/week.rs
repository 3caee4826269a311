//! The Week screen: between days and blocks, moving and resizing them, other weeks, filling the
//! free time, closing, and `w`, which puts a row of any list on the week.

use chrono::Duration;

use crate::domain::change::{Change, Edit, Input};
use crate::domain::day::{clock_minutes, show_clock};
use crate::domain::figure::explained;
use crate::domain::item::Item;
use crate::domain::kind::Kind;
use crate::domain::refusal::Refusal;
use crate::domain::value::Value;
use crate::domain::week::Week;
use crate::ops::Op;
use crate::ops::week::spread::Spread;
use crate::store::NameTable;

use super::super::action::Action;
use super::super::effect::{Effect, Load};
use super::super::list::Toward;
use super::super::model::{Model, Tone};
use super::super::place::Place;
use super::super::popup::{Popup, Sheet};
use super::super::prompt::{Prompt, PromptFor};
use super::super::rows::Line;
use super::super::week::WeekScreen;
use super::{answer, open};

/// How far `J`, `K`, `<` and `>` go, in minutes.
const STEP: i64 = 15;
/// Minutes of a civil day.
const DAY: i64 = 24 * 60;

/// Takes the answer: the rows become a list, the figures stand beside it.
pub fn take(model: &mut Model, screen: WeekScreen, lines: Vec<Line>, names: NameTable) {
    let first = model.week.is_none();
    let (week, today) = (screen.view.week, model.today());
    let now = screen.shown().iter().position(|one| one.on >= today);
    // One meeting may stand there many times: what is selected keeps its place among its own.
    let cursor = model.list_at(Place::Week).cursor;
    let before = model
        .week
        .as_ref()
        .and_then(|old| old.shown().get(cursor))
        .map(|one| (one.id, one.on, one.at));
    let again = before.and_then(|before| {
        screen.shown().iter().position(|one| (one.id, one.on, one.at) == before)
    });
    // What was just added is selected, whatever was before.
    let is_sought = model.wanted.is_some_and(|id| {
        before.is_none_or(|before| before.0 != id) && screen.shown().iter().any(|one| one.id == id)
    });
    model.week = Some(Box::new(screen));
    answer::fill(model, Place::Week, lines, names);
    if let Some(at) = again.filter(|_| !is_sought) {
        model.list_at(Place::Week).move_to(at, Toward::Down);
    }
    if let (true, true, Some(at)) = (first, week.holds(today), now) {
        model.list_at(Place::Week).move_to(at, Toward::Down);
    }
}

pub fn run(model: &mut Model, action: Action) -> Vec<Effect> {
    match action {
        Action::NextPeriod => turn(model, Week::next),
        Action::PreviousPeriod => turn(model, Week::previous),
        Action::FillWeek => vec![Effect::Run(Op::FillWeek { week: shown(model), from: None })],
        Action::FillGaps => vec![Effect::Run(Op::FillGaps { week: shown(model), now: None })],
        Action::AcceptGuesses => vec![Effect::Run(Op::AcceptGuesses(guesses(model)))],
        Action::CloseWeek => close(model),
        _ => Vec::new(),
    }
}

/// A week that is closed already changes only for a reason, which is asked.
fn close(model: &mut Model) -> Vec<Effect> {
    let week = shown(model);
    if model.week.as_ref().is_none_or(|screen| screen.view.closed.is_none()) {
        return vec![Effect::Run(Op::CloseWeek { week, correction: None })];
    }
    let label = format!("{} is closed; its figures anew, because", &week.to_string()[5..]);
    open(model, Popup::Prompt(Prompt::new(PromptFor::CorrectWeek(week), label, "")));
    Vec::new()
}

/// The figures of a closed week anew, with the reason (I9).
pub fn correct(week: Week, why: &str) -> Result<Op, Refusal> {
    if why.is_empty() {
        return Err(Refusal::input("a correction of a closed week takes its reason (I9)"));
    }
    Ok(Op::CloseWeek { week, correction: Some(why.to_owned()) })
}

/// What is only guessed of what the grid shows; a meeting that recurs once.
fn guesses(model: &Model) -> Vec<(crate::domain::item::ItemId, crate::domain::week::Band)> {
    let Some(screen) = &model.week else { return Vec::new() };
    let mut found: Vec<_> =
        screen.shown().iter().filter_map(|one| Some((one.id, one.guess?))).collect();
    found.dedup_by_key(|(id, _)| *id);
    found
}

/// `i`: what is behind the figures of the week, and the weeks before it, which have room beside
/// the grid on a wide screen alone.
pub fn figures(model: &mut Model) {
    let Some(screen) = &model.week else { return };
    let title = format!("Behind the figures of {}", screen.view.title());
    let mut figures = screen.view.figures();
    figures.extend(screen.spreads.iter().flat_map(Spread::figures));
    let mut lines = explained(&figures);
    let before: Vec<String> = screen.worked().map(|past| past.line(screen.view.today)).collect();
    if !before.is_empty() {
        lines.extend([String::new(), "The weeks before".to_owned()]);
        lines.extend(before.into_iter().map(|line| format!("  {line}")));
    }
    open(model, Popup::Sheet(Sheet::new(&title, &lines)));
}

fn shown(model: &Model) -> Week {
    model.week_asked.week.unwrap_or_else(|| Week::of(model.today()))
}

fn turn(model: &mut Model, step: fn(Week) -> Week) -> Vec<Effect> {
    let week = step(shown(model));
    model.week_asked.week = (!week.holds(model.today())).then_some(week);
    answer::reload(model, Place::Week)
}

/// Tab: from what was planned to what was lived, and back.
pub fn switch(model: &mut Model) -> Vec<Effect> {
    let asked = &mut model.week_asked;
    asked.kind = if asked.kind == Kind::Block { Kind::Entry } else { Kind::Block };
    answer::reload(model, Place::Week)
}

/// `h` and `l`: to the day before or after that holds something, near the same time.
pub fn beside(model: &mut Model, action: Action) {
    let Some(screen) = &model.week else { return };
    let all = screen.shown();
    let Some(here) = all.get(model.list().cursor) else { return };
    let day = if action == Action::Right {
        all.iter().map(|one| one.on).find(|on| *on > here.on)
    } else {
        all.iter().rev().map(|one| one.on).find(|on| *on < here.on)
    };
    let Some(day) = day else { return };
    let time = here.at.unwrap_or(0);
    let near = |at: Option<i64>| (at.unwrap_or(0) - time).abs();
    let places = all.iter().enumerate().filter(|(_, one)| one.on == day);
    if let Some((place, _)) = places.min_by_key(|(_, one)| near(one.at)) {
        model.list_mut().move_to(place, Toward::Down);
    }
}

/// `H` `L` move by a day, `J` `K` by a quarter of an hour, `<` `>` resize: each of what is marked
/// by as much.
pub fn shift(model: &mut Model, item: &Item, action: Action) -> Vec<Effect> {
    let targets = model.targets();
    let mut all: Vec<&Item> = model.marked().filter(|one| targets.contains(&one.id)).collect();
    all.dedup_by_key(|one| one.id);
    let all = if targets.len() > 1 { all } else { vec![item] };
    let ops: Result<Vec<Op>, String> =
        all.into_iter().map(|one| shifted(model, one, action)).collect();
    match ops {
        Ok(mut ops) => {
            let day =
                item.day("on").filter(|_| matches!(action, Action::StepLeft | Action::StepRight));
            let by = if action == Action::StepRight { 1 } else { -1 };
            follow(model, day.and_then(|on| on.checked_add_signed(Duration::days(by))));
            vec![Effect::Run(if ops.len() == 1 { ops.remove(0) } else { Op::Several(ops) })]
        }
        Err(why) => {
            model.say(why, Tone::Refused);
            Vec::new()
        }
    }
}

/// One block or entry, moved or resized.
///
/// # Errors
/// Why it is not.
fn shifted(model: &Model, item: &Item, action: Action) -> Result<Op, String> {
    if item.kind() == Kind::Meeting {
        return Err(format!("{} is a meeting; it moves in its calendar", item.reference));
    }
    let noun = item.kind().noun();
    let minutes = item.whole("minutes").unwrap_or(0);
    let (field, value) = match action {
        Action::StepLeft | Action::StepRight => {
            let by = if action == Action::StepRight { 1 } else { -1 };
            let day = item.day("on").and_then(|on| on.checked_add_signed(Duration::days(by)));
            ("on", day.map_or(Value::Nothing, Value::Day))
        }
        Action::Shorter | Action::Longer => return resize(item, action),
        _ => {
            let way = model.keys().way(Action::Edit);
            let at = clock_minutes(item.text("at")).ok_or_else(|| {
                format!("{} has no time of day; {way} gives it one", item.reference)
            })?;
            let by = if action == Action::MoveDown { STEP } else { -STEP };
            let last = (DAY - minutes).max(0);
            ("at", Value::Text(show_clock((at + by).clamp(0, last))))
        }
    };
    if item.get(field) == &value {
        return Err(format!("{} goes no further", item.reference));
    }
    let changes = vec![Change { field: noun.field(field), edit: Edit::Set(Input::Value(value)) }];
    Ok(Op::Edit { items: vec![item.id], changes })
}

/// `<` `>`: what of it lies after midnight grows and shrinks with it.
///
/// # Errors
/// Why it does not.
fn resize(item: &Item, action: Action) -> Result<Op, String> {
    let minutes = item.whole("minutes").unwrap_or(0);
    let ends = clock_minutes(item.text("at")).map(|at| at + minutes);
    if action == Action::Shorter && minutes <= STEP && ends != Some(DAY) {
        return Err(format!("{} goes no further", item.reference));
    }
    let by = Input::Value(Value::Whole(STEP));
    let edit = if action == Action::Longer { Edit::Add(by) } else { Edit::Remove(by) };
    let changes = vec![Change { field: item.kind().noun().field("minutes"), edit }];
    Ok(Op::Edit { items: vec![item.id], changes })
}

/// What moves into another week takes the screen along, so that it stays under the cursor.
fn follow(model: &mut Model, to: Option<chrono::NaiveDate>) {
    let Some(week) = to.map(Week::of) else { return };
    if model.targets().len() == 1 && week != shown(model) {
        model.week_asked.week = (!week.holds(model.today())).then_some(week);
    }
}

/// The band that time for something most likely has; it stands in the line, to be said otherwise.
fn likely_band(kind: Kind) -> char {
    if kind == Kind::Request {
        return 'r';
    }
    let is_carried_out = matches!(kind, Kind::Asset | Kind::Commitment | Kind::Milestone);
    if is_carried_out { 'e' } else { 's' }
}

/// `w`: a line for a block on this row, filled in as far as it is known.
pub fn put_on(model: &mut Model, item: &Item) -> Vec<Effect> {
    let title = item.title().replace('"', "");
    let estimate = item.whole("estimate").unwrap_or(60).clamp(STEP, 120);
    let band = item.text("band").chars().next().filter(|band| *band != 'u');
    let band = band.unwrap_or_else(|| likely_band(item.kind()));
    let text = format!("{title} for:{} on:today est:{estimate}m band:{band} at:", item.reference);
    let mut prompt = Prompt::new(PromptFor::Add(Kind::Block), "block", &text).offering(model);
    prompt.read(&model.calendar);
    open(model, Popup::Prompt(prompt));
    vec![Effect::Load(Load::Vocabulary)]
}
