//! Looking after the calendars that are watched, between two questions: a few times of files each
//! half second, and a reading when one of them moved.

use std::sync::mpsc::Sender;

use super::Event;
use crate::app::effect::Msg;
use crate::app::model::Tone;
use crate::ops::Workspace;
use crate::ops::calendars::Watch;

/// Reads what changed and tells of it; whether anybody listens still.
pub fn look(
    workspace: &mut Workspace,
    watch: &mut Watch,
    troubled: &mut bool,
    events: &Sender<Event>,
) -> bool {
    let mut told = Vec::new();
    let looked = workspace.look_at_calendars(watch);
    for one in &looked {
        if let Ok(done) = &one.result
            && done.done.seq.is_some()
        {
            told.push(Msg::Changed);
            told.push(Msg::Tell(format!("{}: {}", one.name, done.done.label), Tone::Done));
        }
    }
    if !looked.is_empty() {
        let trouble = watch.trouble();
        if trouble.is_some() || *troubled {
            *troubled = trouble.is_some();
            told.push(Msg::Banner(trouble));
        }
    }
    told.into_iter().all(|msg| events.send(Event::Msg(msg)).is_ok())
}
