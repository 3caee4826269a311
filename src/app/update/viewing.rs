//! Saved views and those that every workspace has: choosing, saving, removing one; a step of the
//! history, and what was said so far.

use super::super::action::Action;
use super::super::effect::{Effect, Load, Told};
use super::super::matrix::MatrixScreen;
use super::super::menu::{Entry, Pick, Purpose};
use super::super::model::{Message, Model, Tone};
use super::super::place::Place;
use super::super::popup::{Popup, Sheet};
use super::super::prompt::{Prompt, PromptFor};
use super::super::views;
use super::{act, open};

pub fn views_of(model: &mut Model, action: Action) {
    let popup = match action {
        Action::SaveView => {
            let name = views::shown(model).map(|view| view.name.clone()).unwrap_or_default();
            let mut prompt = Prompt::new(PromptFor::SaveView, "save view as", &name);
            prompt.selected = !name.is_empty();
            Popup::Prompt(prompt)
        }
        Action::ForgetView => {
            Popup::Menu(views::menu(model, Purpose::ForgetView, "Remove which view?"))
        }
        Action::StartView => {
            let mut menu = views::menu(model, Purpose::StartView, "Start with which view?");
            menu.entries.insert(0, Entry::new("none", Pick::Nothing));
            for entry in &mut menu.entries {
                let starts = |view: &crate::ops::View| view.starts && view.name == entry.label;
                entry.ticked = model.views.iter().any(starts);
            }
            menu.fixed = menu.entries.len();
            menu.filter();
            Popup::Menu(menu)
        }
        _ => Popup::Menu(views::menu(model, Purpose::Views, "Saved views")),
    };
    open(model, popup);
}

/// The open decisions that cannot wait.
pub fn exceptions(model: &mut Model) -> Vec<Effect> {
    views::EXCEPTIONS.clone_into(&mut model.list_at(Place::Decisions).query.filter);
    act::go(model, Place::Decisions)
}

/// The figures of decisions, or those that are counted on deals.
pub fn figures(action: Action) -> Vec<Effect> {
    vec![Effect::Load(match action {
        Action::DealFigures => Load::DealFigures,
        Action::Signals => Load::Signals,
        _ => Load::Sheet(Told::Figures),
    })]
}

/// Takes the step under the cursor back; a ritual whole.
pub fn take_back(model: &mut Model) -> Vec<Effect> {
    match model.list().current() {
        Some(super::super::rows::Line::Step(entry)) => vec![Effect::Run(entry.taking_back())],
        _ => Vec::new(),
    }
}

/// Everything that was said in this session.
pub fn messages(model: &mut Model) -> Vec<Effect> {
    let mut lines: Vec<String> = model.messages.iter().rev().map(Message::line).collect();
    if lines.is_empty() {
        lines.push("Nothing was said yet.".to_owned());
    }
    open(model, Popup::Sheet(Sheet::new("Messages, the last first", &lines)));
    Vec::new()
}

/// `{` and `}`: the view before or after, of a screen that has several.
pub fn turn(model: &mut Model, action: Action) -> Vec<Effect> {
    let by = if action == Action::NextPeriod { 1 } else { -1 };
    let place = model.place.turned(by).unwrap_or(model.place);
    act::go(model, place)
}

/// The matrix, where that is what the screen shows.
pub fn matrix(model: &mut Model) -> Option<&mut MatrixScreen> {
    (model.place == Place::Matrix).then_some(model.matrix.as_deref_mut()).flatten()
}

/// The pieces of the cell under the cursor.
pub fn cell(model: &mut Model) -> Vec<Effect> {
    let at = matrix(model).and_then(|matrix| matrix.view.filter(matrix.row, matrix.stage));
    let Some(filter) = at else { return Vec::new() };
    if let Some(matrix) = matrix(model) {
        matrix.opened = Some(filter.clone());
    }
    let list = model.list_at(Place::Evidence);
    list.query.filter = filter;
    // What was under the cursor of the whole list has nothing to do with the cell.
    list.lines.clear();
    (list.cursor, list.loaded) = (0, false);
    act::go(model, Place::Evidence)
}

/// The way back from the pieces of a cell to the matrix.
pub fn to_matrix(model: &mut Model) -> Option<Vec<Effect>> {
    if model.place != Place::Evidence {
        return None;
    }
    let opened = model.matrix.as_mut().and_then(|matrix| matrix.opened.take())?;
    let list = model.list_mut();
    if list.query.filter != opened {
        return None;
    }
    list.query.filter.clear();
    list.lines.clear();
    (list.cursor, list.loaded) = (0, false);
    Some(act::go(model, Place::Matrix))
}

/// What is behind the figure of a cell.
pub fn behind_cell(model: &mut Model) -> Vec<Effect> {
    if let Some((title, lines)) = matrix(model).and_then(|matrix| matrix.behind()) {
        open(model, Popup::Sheet(Sheet::new(&title, &lines)));
    }
    Vec::new()
}

/// Marks the row, from the last mark to here, or all that are shown.
pub fn mark(model: &mut Model, action: Action) -> Vec<Effect> {
    let is_bare = !model.list().lines.iter().any(|line| line.item().is_some());
    if is_bare && model.list().selected().is_none() {
        model.say("there is nothing to mark", Tone::Refused);
        return Vec::new();
    }
    match action {
        Action::Mark => {
            model.list_mut().toggle_mark();
            return act::motion(model, 1);
        }
        Action::MarkRange => {
            let begins = model.list().marks.is_empty();
            model.list_mut().mark_range();
            if begins {
                let keys = model.keys().way(Action::MarkRange);
                model.say(
                    format!("a range begins here; {keys} marks up to where you go"),
                    Tone::Plain,
                );
            }
        }
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
