//! What each action does to the model, apart from those on rows.

use crate::ops::Op;
use crate::store::listing::Closed;

use super::super::action::Action;
use super::super::choices;
use super::super::effect::{Effect, Load};
use super::super::form::Form;
use super::super::list::Toward;
use super::super::model::{DetailView, Model, Pane, Tone};
use super::super::place::Place;
use super::super::popup::{Popup, Sheet};
use super::super::prompt::{Prompt, PromptFor};
use super::super::rows::Fold;
use super::{answer, open, refusal, row, toggle_detail};

/// Runs an action, or says why not.
pub fn run(model: &mut Model, action: Action) -> Vec<Effect> {
    if let Some(refusal) = refusal(model, action) {
        model.say(refusal, Tone::Refused);
        return Vec::new();
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
        Action::Left | Action::Right => fold(model, action),
        Action::NextPane | Action::PreviousPane => switch_pane(model),
        Action::Back => back(model),
        Action::Add | Action::Capture | Action::AddForm => add(model, action),
        Action::Mark | Action::MarkRange | Action::MarkAll => mark(model, action),
        Action::Filter => filter(model),
        Action::Sort => {
            let list = model.list();
            let menu = choices::sorts(list.query.kind, list.query.sort);
            open(model, Popup::Menu(menu));
            Vec::new()
        }
        Action::Closed => {
            let list = model.list_mut();
            list.query.closed = match list.query.closed {
                Closed::Hidden => Closed::Shown,
                Closed::Shown => Closed::Hidden,
            };
            answer::reload(model, model.place)
        }
        Action::Detail => {
            toggle_detail(model, DetailView::Beside);
            Vec::new()
        }
        Action::Zoom => {
            toggle_detail(model, DetailView::Whole);
            Vec::new()
        }
        Action::Undo => vec![Effect::Run(Op::Undo)],
        Action::Redo => vec![Effect::Run(Op::Redo)],
        Action::TakeBack => take_back(model),
        Action::Palette => {
            open(model, Popup::Menu(choices::palette(model)));
            Vec::new()
        }
        Action::Help => {
            open(model, Popup::Menu(choices::help(model)));
            Vec::new()
        }
        Action::Messages => messages(model),
        Action::Import => {
            open(model, Popup::Prompt(Prompt::new(PromptFor::ImportFile, "import file", "")));
            Vec::new()
        }
        Action::Redraw => vec![Effect::Redraw],
        Action::Suspend => vec![Effect::Suspend],
        Action::Quit => {
            model.quitting = true;
            vec![Effect::Quit]
        }
        _ => row::run(model, action),
    }
}

/// Goes to a place; its list is asked for anew, so that it is never stale.
pub fn go(model: &mut Model, place: Place) -> Vec<Effect> {
    model.place = place;
    model.pane = Pane::List;
    if model.is_zoomed() {
        model.detail_view = DetailView::Beside;
    }
    answer::reload(model, place)
}

fn beside(place: Place, by: isize) -> Place {
    let tabs: Vec<Place> = Place::tabs().collect();
    let at = tabs.iter().position(|tab| *tab == place).unwrap_or(0);
    tabs[(at + tabs.len()).saturating_add_signed(by) % tabs.len()]
}

fn half(model: &Model) -> isize {
    isize::try_from(model.rows() / 2).unwrap_or(1).max(1)
}

fn motion(model: &mut Model, by: isize) -> Vec<Effect> {
    if model.pane == Pane::Detail || model.is_zoomed() {
        model.detail_top = model.detail_top.saturating_add_signed(by);
        return Vec::new();
    }
    model.list_mut().step(by);
    Vec::new()
}

fn jump(model: &mut Model, to: usize, toward: Toward) -> Vec<Effect> {
    if model.pane == Pane::Detail || model.is_zoomed() {
        model.detail_top = if to == 0 { 0 } else { usize::MAX / 2 };
        return Vec::new();
    }
    model.list_mut().move_to(to, toward);
    Vec::new()
}

/// In a tree `l` unfolds and goes in, `h` folds and goes out; elsewhere they change the pane.
fn fold(model: &mut Model, action: Action) -> Vec<Effect> {
    if model.place != Place::Outcomes {
        model.pane = if action == Action::Right && model.has_detail_beside() {
            Pane::Detail
        } else {
            Pane::List
        };
        return Vec::new();
    }
    let cursor = model.list().cursor;
    let Some(super::super::rows::Line::Item { row, depth, fold }) =
        model.list().line(cursor).cloned()
    else {
        return Vec::new();
    };
    match (action, fold) {
        (Action::Right, Fold::Folded) => {
            model.unfolded.insert(row.item.id);
            return answer::reload(model, Place::Outcomes);
        }
        (Action::Right, Fold::Unfolded) => model.list_mut().step(1),
        (Action::Left, Fold::Unfolded) => {
            model.unfolded.remove(&row.item.id);
            return answer::reload(model, Place::Outcomes);
        }
        (Action::Left, _) => {
            let parent = (0..cursor).rev().find(|at| {
                matches!(model.list().line(*at), Some(super::super::rows::Line::Item { depth: above, .. }) if *above < depth)
            });
            if let Some(parent) = parent {
                model.list_mut().move_to(parent, Toward::Up);
            }
        }
        _ => {}
    }
    Vec::new()
}

fn switch_pane(model: &mut Model) -> Vec<Effect> {
    model.pane = match model.pane {
        Pane::List if model.has_detail_beside() => Pane::Detail,
        _ => Pane::List,
    };
    Vec::new()
}

/// Esc: out of the detail, then the filter, then the marks, then back to Today.
fn back(model: &mut Model) -> Vec<Effect> {
    if model.is_zoomed() {
        model.detail_view = DetailView::Beside;
        return Vec::new();
    }
    if model.pane == Pane::Detail {
        model.pane = Pane::List;
        return Vec::new();
    }
    if model.list().is_filtered() {
        model.list_mut().query.filter.clear();
        return answer::reload(model, model.place);
    }
    if !model.list().marks.is_empty() {
        model.list_mut().marks.clear();
        return Vec::new();
    }
    if model.place == Place::Today { Vec::new() } else { go(model, Place::Today) }
}

fn add(model: &mut Model, action: Action) -> Vec<Effect> {
    let kind = model.place.adds();
    match action {
        Action::AddForm => open(model, Popup::Form(Form::new(kind, ""))),
        Action::Capture => {
            let mut prompt = Prompt::new(PromptFor::Capture(kind), "+", "");
            prompt.read(&model.calendar);
            open(model, Popup::Prompt(prompt));
        }
        _ => open(model, Popup::Prompt(Prompt::new(PromptFor::Add(kind), kind.noun().name, ""))),
    }
    vec![Effect::Load(Load::Vocabulary)]
}

fn mark(model: &mut Model, action: Action) -> Vec<Effect> {
    if !model.list().lines.iter().any(|line| line.item().is_some()) {
        model.say("there is nothing to mark", Tone::Refused);
        return Vec::new();
    }
    match action {
        Action::Mark => {
            model.list_mut().toggle_mark();
            model.list_mut().step(1);
        }
        Action::MarkRange => model.list_mut().mark_range(),
        _ if !model.list().marks.is_empty() => model.list_mut().marks.clear(),
        _ if model.place.kind().is_some() => {
            return vec![Effect::Load(Load::AllIds(model.list().query.clone()))];
        }
        _ => {
            let list = model.list_mut();
            list.marks = list.lines.iter().filter_map(super::super::rows::Line::id).collect();
        }
    }
    Vec::new()
}

fn filter(model: &mut Model) -> Vec<Effect> {
    let place = model.place;
    let before = model.list().query.filter.clone();
    let mut prompt = Prompt::new(PromptFor::Filter { place, before: before.clone() }, "/", &before);
    prompt.read(&model.calendar);
    open(model, Popup::Prompt(prompt));
    vec![Effect::Ahead(model.list().query.kind), Effect::Load(Load::Vocabulary)]
}

fn take_back(model: &mut Model) -> Vec<Effect> {
    match model.list().current() {
        Some(super::super::rows::Line::Step(step)) => vec![Effect::Run(Op::TakeBack(step.seq))],
        _ => Vec::new(),
    }
}

fn messages(model: &mut Model) -> Vec<Effect> {
    let mut lines: Vec<String> =
        model.messages.iter().rev().map(|message| message.text.clone()).collect();
    if lines.is_empty() {
        lines.push("Nothing was said yet.".to_owned());
    }
    open(model, Popup::Sheet(Sheet::new("Messages, the last first", &lines)));
    Vec::new()
}
