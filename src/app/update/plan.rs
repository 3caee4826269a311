//! The Plan screen: between milestones and phases, moving them, other plans, and starting one from
//! a template.

use crate::domain::day::{self, Lean};
use crate::domain::item::{Item, ItemId};
use crate::domain::refusal::Refusal;
use crate::ops::Op;
use crate::ops::by_hand::{Scope, Side};
use crate::ops::plan::{Choice, Start, start};
use crate::store::NameTable;

use super::super::action::Action;
use super::super::effect::{Effect, Load};
use super::super::list::Toward;
use super::super::menu::{Entry, Menu, Pick, Purpose};
use super::super::model::{Model, Tone};
use super::super::place::Place;
use super::super::plan::PlanScreen;
use super::super::popup::Popup;
use super::super::prompt::{Prompt, PromptFor, Said};
use super::super::rows::Line;
use super::{answer, open};
use crate::domain::verb::Verb;

/// Takes the answer; the first time the cursor stands on what comes next.
pub fn take(
    model: &mut Model,
    screen: Option<Box<PlanScreen>>,
    lines: Vec<Line>,
    names: NameTable,
) {
    let first = model.plan.is_none();
    let next = screen.as_ref().and_then(|screen| {
        screen.view.stones.iter().position(|stone| stone.item.state().slug == "open")
    });
    model.plan = screen;
    answer::fill(model, Place::Plan, lines, names);
    if let (true, Some(at)) = (first, next) {
        model.list_at(Place::Plan).move_to(at, Toward::Down);
    }
}

/// `{` and `}`: another plan that runs.
pub fn turn(model: &mut Model, action: Action) -> Vec<Effect> {
    let Some(screen) = &model.plan else { return pick() };
    let here = screen.running.iter().position(|id| *id == screen.view.item.id).unwrap_or(0);
    let by = if action == Action::NextPeriod { 1 } else { -1 };
    let Some(id) = here.checked_add_signed(by).and_then(|at| screen.running.get(at)) else {
        model.say("no other plan runs there", Tone::Refused);
        return Vec::new();
    };
    model.plan_asked = Some(*id);
    model.plan = None;
    answer::reload(model, Place::Plan)
}

/// `h` and `l`: to the phase before or after, near the same line.
pub fn beside(model: &mut Model, action: Action) {
    let Some(screen) = &model.plan else { return };
    let stones = &screen.view.stones;
    let Some(here) = stones.get(model.list().cursor) else { return };
    let line = screen.view.in_phase(here.phase).position(|stone| stone.item.id == here.item.id);
    let last = screen.view.plan.phases.len();
    let found = if action == Action::Right {
        (here.phase + 1..last).find(|phase| screen.view.in_phase(*phase).next().is_some())
    } else {
        (0..here.phase).rev().find(|phase| screen.view.in_phase(*phase).next().is_some())
    };
    let Some(phase) = found else { return };
    let count = screen.view.in_phase(phase).count();
    let place = stones.iter().position(|stone| stone.phase == phase).unwrap_or(0);
    let place = place + line.unwrap_or(0).min(count.saturating_sub(1));
    model.list_mut().move_to(place, Toward::Down);
}

/// `H` `L` move to another phase, `J` `K` within it.
pub fn shift(model: &mut Model, item: &Item, action: Action) -> Vec<Effect> {
    match action {
        Action::StepLeft | Action::StepRight => to_phase(model, item, action),
        _ => within_phase(model, item, action),
    }
}

/// To the same place of the phase beside it, so many days after its first; each of what is marked.
fn to_phase(model: &mut Model, item: &Item, action: Action) -> Vec<Effect> {
    let Some(screen) = &model.plan else { return Vec::new() };
    let targets = model.targets();
    let plan = &screen.view.plan;
    let by = if action == Action::StepRight { 1 } else { -1 };
    let mut moves = Vec::new();
    let mut name = String::new();
    let all = screen.view.stones.iter().filter(|stone| targets.contains(&stone.item.id));
    for stone in all {
        let wanted = stone.phase.checked_add_signed(by).filter(|at| *at < plan.phases.len());
        let Some(wanted) = wanted else {
            let words = format!("{} goes no further", stone.item.reference);
            model.say(words, Tone::Refused);
            return Vec::new();
        };
        let before = |phase: usize| phase.checked_sub(1).map_or(0, |at| plan.phases[at].last_day);
        let into = stone.milestone.due_day.saturating_sub(before(stone.phase)).max(1);
        let day = (before(wanted) + into).min(plan.phases[wanted].last_day);
        moves.push((stone.item.id, plan.date(day)));
        if name.is_empty() || stone.item.id == item.id {
            name.clone_from(&plan.phases[wanted].name);
        }
    }
    if moves.is_empty() {
        return Vec::new();
    }
    vec![Effect::Run(Op::Rebase { moves, reason: format!("moved to {name}") })]
}

fn within_phase(model: &mut Model, item: &Item, action: Action) -> Vec<Effect> {
    let Some(screen) = &model.plan else { return Vec::new() };
    let Some(stone) = screen.stone(item.id) else { return Vec::new() };
    let of_kin = |other: &ItemId| {
        screen.stone(*other).is_some_and(|other| other.item.shelf() == item.shelf())
    };
    let ids: Vec<ItemId> =
        screen.view.in_phase(stone.phase).map(|stone| stone.item.id).filter(of_kin).collect();
    let here = ids.iter().position(|id| *id == item.id).unwrap_or(0);
    let (side, beside) = match action {
        Action::MoveDown => (Side::After, ids.get(here + 1)),
        _ => (Side::Before, here.checked_sub(1).and_then(|at| ids.get(at))),
    };
    let Some(beside) = beside.copied() else {
        model.say(format!("{} goes no further in its phase", item.reference), Tone::Refused);
        return Vec::new();
    };
    vec![Effect::Run(Op::Place { item: item.id, side, beside, scope: Scope::Kind })]
}

/// Asks for the templates that there are.
#[must_use]
pub fn pick() -> Vec<Effect> {
    vec![Effect::Load(Load::PlanTemplates)]
}

/// The templates to choose from, each with a preview; what cannot be read is said first.
pub fn offer(model: &mut Model, choices: Vec<Choice>, faults: &[String]) {
    if let Some(fault) = faults.first() {
        model.say(fault.clone(), Tone::Refused);
    }
    let entries = choices.iter().enumerate().map(|(at, choice)| {
        let own = if choice.own { "yours" } else { "" };
        let days = format!("{} days", choice.template.days);
        let side = if own.is_empty() { days } else { format!("{days}, {own}") };
        Entry::new(choice.template.name.clone(), Pick::Template(at)).side(side)
    });
    let entries: Vec<Entry> = entries.collect();
    let mut menu = Menu::new(Purpose::StartPlan(choices), "Start a plan from", entries);
    menu.previews = true;
    open(model, Popup::Menu(menu));
}

/// What the entry under the cursor would start, in lines.
#[must_use]
pub fn preview(menu: &Menu) -> Vec<String> {
    let (Purpose::StartPlan(choices), Some(entry)) = (&menu.purpose, menu.current()) else {
        return Vec::new();
    };
    let Pick::Template(at) = entry.pick else { return Vec::new() };
    let Some(choice) = choices.get(at) else { return Vec::new() };
    let mut lines = start::preview(&choice.template);
    if let Some(fault) = &choice.passed_over {
        lines.insert(0, format!("{fault}; this is the shipped one"));
    }
    lines
}

/// A template was chosen: from which day on?
pub fn chosen(model: &mut Model, choice: &Choice) {
    let template = Box::new(choice.template.clone());
    let label = format!("start {} on", template.name);
    let mut prompt = Prompt::new(PromptFor::StartPlan(template), label, "today");
    prompt.selected = true;
    prompt.read(&model.calendar);
    open(model, Popup::Prompt(prompt));
}

/// The day was answered.
///
/// # Errors
/// When it is no day.
pub fn begin(
    model: &Model,
    template: &crate::domain::plan::Template,
    text: &str,
) -> Result<Op, Refusal> {
    let typed = if text.trim().is_empty() { "today" } else { text };
    let on = day::parse(typed, &model.calendar, Lean::Future)
        .map_err(|error| Refusal::input(error.to_string()))?;
    Ok(Op::StartPlan(Box::new(Start { template: template.clone(), on, title: None })))
}

/// `x` on a milestone or an artefact is done at once; what it would take to ask why all the same goes with it.
pub fn at_once(model: &mut Model, verb: Verb, items: Vec<ItemId>) -> Vec<Effect> {
    model.list_mut().spend_marks();
    let purpose = PromptFor::Verb { verb, items: items.clone(), said: Said::default() };
    model.sending = Some(Popup::Prompt(Prompt::new(purpose, verb.name(), "")));
    let answer = crate::domain::verb::Answer::default();
    vec![Effect::Run(Op::Verb { items, verb, answer })]
}
