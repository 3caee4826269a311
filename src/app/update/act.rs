//! What each action does to the model, apart from those on rows.

use crate::domain::grammar::terms::terms;
use crate::ops::Op;
use crate::ops::timer::Ending;
use crate::store::listing::Closed;

use super::super::action::{Action, Report};
use super::super::choices;
use super::super::effect::{Effect, Load, Told};
use super::super::form::Form;
use super::super::list::Toward;
use super::super::menu::{Menu, Purpose};
use super::super::model::{Model, Pane, Tone};
use super::super::place::Place;
use super::super::popup::Popup;
use super::super::prompt::{Prompt, PromptFor};
use super::{
    answer, board, columns, configure, leave, live, open, paper, part_keys, plan, refusal, ritual,
    row, sideways, triage, viewing, walk, week, write,
};

/// Runs an action, or says why not.
#[expect(clippy::too_many_lines, reason = "a table: one arm an action")]
pub fn run(model: &mut Model, action: Action) -> Vec<Effect> {
    if let Some(refusal) = refusal(model, action) {
        model.say(refusal, Tone::Refused);
        return Vec::new();
    }
    if part_keys::is_for_part(model, action) {
        return part_keys::run(model, action);
    }
    match action {
        Action::Go(place) => go(model, place),
        Action::NextPlace => go(model, beside(model.place, 1)),
        Action::PreviousPlace => go(model, beside(model.place, -1)),
        Action::Down | Action::NextMatch => motion(model, 1),
        Action::Up | Action::PreviousMatch => motion(model, -1),
        Action::HalfDown => motion(model, half(model)),
        Action::HalfUp => motion(model, -half(model)),
        Action::PageDown => motion(model, 2 * half(model)),
        Action::PageUp => motion(model, -2 * half(model)),
        Action::Top => jump(model, 0, Toward::Down),
        Action::Bottom => jump(model, usize::MAX, Toward::Up),
        Action::Left | Action::Right => sideways::go(model, action),
        Action::NextPane | Action::PreviousPane if model.place == Place::Week => {
            week::switch(model)
        }
        Action::NextPane | Action::PreviousPane => switch_pane(model),
        Action::Back if model.has_live_over() => live::turn(model),
        Action::Back => back(model),
        Action::Add | Action::AddForm if model.place == Place::Reviews => {
            vec![Effect::Load(Load::Sheet(Told::View(Place::Reviews)))]
        }
        Action::Add | Action::Capture | Action::AddForm => add(model, action),
        Action::Mark | Action::MarkRange | Action::MarkAll => viewing::mark(model, action),
        Action::Triage => triage::begin(model),
        Action::Escalate => triage::escalation(model),
        Action::Policy | Action::RequestLog => triage::look(action),
        Action::DayNote | Action::DayNotes => write::days(model, action),
        Action::Alignment => vec![Effect::Load(Load::Sheet(Told::Alignment))],
        Action::Filter => filter(model),
        Action::DropTerm => drop_term(model, None),
        Action::Views | Action::SaveView | Action::ForgetView | Action::StartView => {
            viewing::views_of(model, action);
            Vec::new()
        }
        Action::Sort => {
            let list = model.list();
            let menu = choices::sorts(list.query.kind, list.query.sort);
            open(model, Popup::Menu(menu));
            Vec::new()
        }
        Action::Layout => board::switch(model),
        Action::Columns => columns::choose(model),
        Action::Closed => {
            let list = model.list_mut();
            list.query.closed = match list.query.closed {
                Closed::Hidden => Closed::Shown,
                Closed::Shown => Closed::Hidden,
            };
            answer::reload(model, model.place)
        }
        Action::Detail => {
            model.turn_detail();
            if !model.has_detail_beside() {
                model.pane = Pane::List;
            }
            Vec::new()
        }
        Action::Live => live::turn(model),
        Action::Record => live::record(model),
        Action::AskSources => live::ask_sources(model),
        Action::Zoom => {
            model.zoom();
            Vec::new()
        }
        Action::StartPlan => plan::pick(),
        Action::Open if model.place == Place::Matrix => viewing::cell(model),
        Action::NextPeriod | Action::PreviousPeriod if model.place.turned(0).is_some() => {
            viewing::turn(model, action)
        }
        Action::NextPeriod | Action::PreviousPeriod if model.place == Place::Plan => {
            plan::turn(model, action)
        }
        Action::NextPeriod
        | Action::PreviousPeriod
        | Action::FillWeek
        | Action::FillGaps
        | Action::AcceptGuesses
        | Action::CloseWeek => week::run(model, action),
        Action::Verbs if model.place == Place::Week && model.subject_item().is_none() => {
            open(model, Popup::Menu(choices::verbs_of_week(model)));
            Vec::new()
        }
        Action::Why if model.place == Place::Week => {
            week::figures(model);
            Vec::new()
        }
        Action::Why if model.place == Place::Matrix => viewing::behind_cell(model),
        Action::Timer if model.timer.is_some() => {
            vec![Effect::Run(Op::StopTimer { now: None, ending: Ending::Believed })]
        }
        Action::Exceptions => viewing::exceptions(model),
        Action::Figures if !model.place.views().is_empty() => {
            vec![Effect::Load(Load::Sheet(Told::View(model.place)))]
        }
        Action::Figures | Action::DealFigures | Action::Signals => viewing::figures(action),
        Action::Write(report) if report != Report::Row => {
            paper::of_workspace(model, report);
            Vec::new()
        }
        Action::UndoGroup => vec![Effect::Run(Op::UndoGroup)],
        Action::Undo => vec![Effect::Run(Op::Undo)],
        Action::Redo => vec![Effect::Run(Op::Redo)],
        Action::RedoGroup => vec![Effect::Run(Op::RedoGroup)],
        Action::TakeBack => viewing::take_back(model),
        Action::Palette => {
            let menu = choices::palette(model);
            let ahead = row::titles_ahead(&menu);
            open(model, Popup::Menu(menu));
            vec![ahead]
        }
        Action::Help => {
            open(model, Popup::Menu(choices::help(model)));
            Vec::new()
        }
        Action::Walk => walk::begin(model),
        Action::Ritual(kind) => ritual::begin(model, kind),
        Action::Messages => viewing::messages(model),
        Action::Rules => vec![Effect::Load(Load::Rules)],
        Action::Settings => configure::open_settings(model),
        Action::Drafts => {
            leave::list(model);
            Vec::new()
        }
        Action::Tour => leave::tour(model),
        Action::WatchCalendar => {
            let prompt = Prompt::new(PromptFor::Calendar, "watch the folder or file", "");
            open(model, Popup::Prompt(prompt));
            Vec::new()
        }
        Action::Publish => vec![Effect::Load(Load::Publish)],
        Action::Import => {
            open(model, Popup::Prompt(Prompt::new(PromptFor::ImportFile, "import file", "")));
            Vec::new()
        }
        Action::Redraw => redraw(model),
        Action::Suspend => vec![Effect::Suspend],
        Action::Quit => quit(model),
        _ => row::run(model, action),
    }
}

fn redraw(model: &mut Model) -> Vec<Effect> {
    let mut effects = vec![Effect::Redraw];
    effects.extend(answer::reload_all(model));
    effects
}

fn quit(model: &mut Model) -> Vec<Effect> {
    model.quitting = true;
    vec![Effect::Quit]
}

/// Goes to a place; its list is asked for anew, so that it is never stale.
pub fn go(model: &mut Model, place: Place) -> Vec<Effect> {
    model.popups.retain(|popup| !matches!(popup, Popup::Card(_) | Popup::Ritual(_)));
    model.stand_at(place);
    model.pane = Pane::List;
    if model.is_zoomed() {
        model.zoom();
    }
    answer::reload(model, place)
}

fn beside(place: Place, by: isize) -> Place {
    let tabs: Vec<Place> = Place::tabs().collect();
    let at = tabs.iter().position(|tab| *tab == place.tab()).unwrap_or(0);
    tabs[(at + tabs.len()).saturating_add_signed(by) % tabs.len()]
}

fn half(model: &Model) -> isize {
    let rows = if model.is_board() { model.cards() } else { model.rows() };
    isize::try_from(rows / 2).unwrap_or(1).max(1)
}

pub fn motion(model: &mut Model, by: isize) -> Vec<Effect> {
    if let Some(matrix) = viewing::matrix(model) {
        matrix.step(by, 0);
        return Vec::new();
    }
    if model.scrolls_detail() {
        let is_at_end =
            if by < 0 { model.detail_top >= model.detail_last } else { model.detail_top == 0 };
        let steps = by.abs() == 1 && (model.chosen_part().is_some() || is_at_end);
        model.follows = steps && model.step_part(by);
        if model.follows {
            return Vec::new();
        }
        // Keys are never for a part that went out of sight.
        if by.abs() > 1 {
            model.part = None;
        }
        let top = model.detail_top.min(model.detail_last);
        model.detail_top = top.saturating_add_signed(by).min(model.detail_last);
        return Vec::new();
    }
    if model.is_board() {
        let cards = model.cards();
        model.list_mut().board.step(by, cards);
        return Vec::new();
    }
    model.list_mut().step(by);
    Vec::new()
}

fn jump(model: &mut Model, to: usize, toward: Toward) -> Vec<Effect> {
    if let Some(matrix) = viewing::matrix(model) {
        matrix.step(if to == 0 { isize::MIN } else { isize::MAX }, 0);
        return Vec::new();
    }
    if model.scrolls_detail() {
        (model.follows, model.part) = (false, None);
        model.detail_top = if to == 0 { 0 } else { model.detail_last };
        return Vec::new();
    }
    if model.is_board() {
        let cards = model.cards();
        model.list_mut().board.jump(to, cards);
        return Vec::new();
    }
    model.list_mut().move_to(to, toward);
    Vec::new()
}

/// Into the detail, to the first of its parts, and back.
fn switch_pane(model: &mut Model) -> Vec<Effect> {
    let leaves = model.chosen_part().is_some() || model.pane == Pane::Detail;
    model.part = None;
    model.pane = match model.pane {
        Pane::List if model.has_detail_beside() => Pane::Detail,
        _ => Pane::List,
    };
    if !leaves && model.scrolls_detail() {
        model.follows = model.step_part(0);
    }
    Vec::new()
}

/// Esc: out of the detail, then the filter, then the marks, then back to the tab that was left for a
/// place without one, then to Today.
fn back(model: &mut Model) -> Vec<Effect> {
    if model.is_zoomed() && model.chosen_part().is_some() {
        model.part = None;
        return Vec::new();
    }
    model.part = None;
    if model.is_zoomed() {
        model.zoom();
        return Vec::new();
    }
    if model.pane == Pane::Detail {
        model.pane = Pane::List;
        return Vec::new();
    }
    if let Some(effects) = viewing::to_matrix(model) {
        return effects;
    }
    if model.list().is_filtered() {
        model.list_mut().query.filter.clear();
        return answer::reload(model, model.place);
    }
    if !model.list().marks.is_empty() {
        model.list_mut().marks.clear();
        return Vec::new();
    }
    if model.tour.is_on() {
        return leave::tour(model);
    }
    let back = model.left.unwrap_or(Place::Today);
    if model.place == back { Vec::new() } else { go(model, back) }
}

fn add(model: &mut Model, action: Action) -> Vec<Effect> {
    let kind = model.place.adds();
    if model.place == Place::Plan && model.plan.is_none() && action != Action::Capture {
        return plan::pick();
    }
    match action {
        Action::AddForm => {
            let form = Form::new(kind, "").restored(model);
            open(model, Popup::Form(form));
        }
        Action::Capture => {
            let mut prompt = Prompt::new(PromptFor::Capture(kind), "+", "").offering(model);
            prompt.read(&model.calendar);
            open(model, Popup::Prompt(prompt));
        }
        _ => {
            let prompt = Prompt::new(PromptFor::Add(kind), kind.noun().name, "").offering(model);
            open(model, Popup::Prompt(prompt));
        }
    }
    vec![Effect::Load(Load::Vocabulary)]
}

fn filter(model: &mut Model) -> Vec<Effect> {
    let place = model.place;
    if place.kind().is_none() {
        return find(model);
    }
    let before = model.list().query.filter.clone();
    // What is typed next is a term of its own.
    let text = if before.trim().is_empty() { String::new() } else { format!("{} ", before.trim()) };
    let mut prompt = Prompt::new(PromptFor::Filter { place, before }, "/", &text);
    prompt.read(&model.calendar);
    open(model, Popup::Prompt(prompt));
    vec![Effect::Ahead(vec![model.list().query.kind]), Effect::Load(Load::Vocabulary)]
}

/// Where no list is filtered, what is typed finds an item of any, so that none of it is a command.
fn find(model: &mut Model) -> Vec<Effect> {
    let mut menu = Menu::new(Purpose::Palette, "Find an item; enter goes to it", Vec::new());
    let effect = row::seek(model, &mut menu);
    open(model, Popup::Menu(menu));
    vec![effect]
}

/// Takes a chip of the filter away: the one at a place, else the last.
pub fn drop_term(model: &mut Model, chip: Option<usize>) -> Vec<Effect> {
    let (calendar, place) = (model.calendar, model.place);
    let query = &mut model.list_mut().query;
    let mut terms = terms(&query.filter, query.kind, &calendar);
    let at = chip.unwrap_or(terms.len().saturating_sub(1));
    if at < terms.len() {
        terms.remove(at);
    }
    query.filter = terms.join(" ");
    answer::reload(model, place)
}
