//! What the first picture asks, answered before the desk has a thread of its own: nothing is handed
//! over and nobody is woken, so that the picture is there sooner.

use crate::app::effect::{Effect, Load, Msg};
use crate::app::model::Model;
use crate::app::update;
use crate::ops::Workspace;

/// Questions that are answered so; what asks for more is answered by the desk.
const MOST: usize = 8;

/// Answers the questions among these effects, and those that follow from the answers; what is left is
/// for the desk. Nothing is waited for: while somebody writes, all of it is.
pub fn answered(workspace: &mut Workspace, model: &mut Model, effects: Vec<Effect>) -> Vec<Effect> {
    let can_read = workspace.store().begin_reading_at_once();
    if !can_read.is_ok_and(|can| can) {
        return effects;
    }
    let (mut next, mut left) = (std::collections::VecDeque::from(effects), Vec::new());
    let mut answered = 0;
    while let Some(effect) = next.pop_front() {
        let Effect::Load(load) = &effect else {
            left.push(effect);
            continue;
        };
        // A rehearsal has a transaction of its own.
        let is_left = matches!(load, Load::ImportPlan(_)) || !effect.is_waited_for();
        if answered == MOST || is_left {
            left.push(effect);
            continue;
        }
        answered += 1;
        let msg = super::load_answer(workspace, load)
            .map_or_else(|error| super::refused(workspace, &effect, &error), Msg::answer);
        next.extend(update::update(model, msg));
    }
    // What cannot be ended is ended by the next question, which says what is wrong.
    let _ = workspace.store().end_reading();
    left
}
