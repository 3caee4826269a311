//! `h` and `l`: in a tree fold and unfold, on a board, the week and the plan the column beside, in a
//! list the pane beside; where nothing lies there, why.

use super::super::action::Action;
use super::super::effect::Effect;
use super::super::list::Toward;
use super::super::model::{Model, Pane, Tone};
use super::super::place::Place;
use super::super::rows::{Fold, Line};
use super::{answer, board, plan, viewing, week};

/// In a tree `l` unfolds and goes in, `h` folds and goes out; elsewhere they change the pane.
pub fn go(model: &mut Model, action: Action) -> Vec<Effect> {
    if let Some(matrix) = viewing::matrix(model) {
        matrix.step(0, if action == Action::Right { 1 } else { -1 });
        return Vec::new();
    }
    if model.is_zoomed() {
        let back = model.keys().way(Action::Back);
        model.say(format!("the row has the whole screen; {back} goes back"), Tone::Refused);
        return Vec::new();
    }
    if model.is_board() && model.pane == Pane::List {
        board::turn(model, if action == Action::Right { 1 } else { -1 });
        return Vec::new();
    }
    match model.place {
        Place::Plan => plan::beside(model, action),
        Place::Week => week::beside(model, action),
        Place::Outcomes => return fold(model, action),
        _ => pane(model, action),
    }
    Vec::new()
}

/// The pane beside, where there is one.
fn pane(model: &mut Model, action: Action) {
    let beside = if action == Action::Right { Pane::Detail } else { Pane::List };
    if model.pane != beside && (beside == Pane::List || model.has_detail_beside()) {
        model.pane = beside;
        return;
    }
    let words = match (model.pane, model.has_detail_beside()) {
        (Pane::Detail, _) => "nothing stands beside the detail".to_owned(),
        (Pane::List, true) => {
            let right = model.keys().way(Action::Right);
            format!("nothing stands before the list; {right} goes to the detail")
        }
        (Pane::List, false) => {
            let open = model.keys().way(Action::Open);
            format!("nothing stands beside the list; {open} opens the row")
        }
    };
    model.say(words, Tone::Refused);
}

fn fold(model: &mut Model, action: Action) -> Vec<Effect> {
    let cursor = model.list().cursor;
    let Some(Line::Item { row, depth, fold }) = model.list().line(cursor).cloned() else {
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
                matches!(model.list().line(*at), Some(Line::Item { depth: above, .. }) if *above < depth)
            });
            if let Some(parent) = parent {
                model.list_mut().move_to(parent, Toward::Up);
            } else {
                model.say(format!("{} serves nothing above", row.item.reference), Tone::Refused);
            }
        }
        _ => model.say(format!("nothing serves {}", row.item.reference), Tone::Refused),
    }
    Vec::new()
}
