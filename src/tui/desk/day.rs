//! The snapshot of the day, made beside the work.

use std::sync::mpsc::Sender;

use super::super::Event;
use crate::app::effect::Msg;
use crate::ops::Workspace;

/// The snapshot of the day, after the first change and beside the work; a failure is a banner.
pub fn keep(workspace: &Workspace, events: &Sender<Event>) {
    let events = events.clone();
    let fail = move |why: String| {
        // A program that has ended needs no banner.
        let _ = events.send(Event::Msg(Msg::Banner(Some(why))));
    };
    match workspace.daily_snapshot() {
        Ok(None) => {}
        Ok(Some(due)) => {
            std::thread::spawn(move || {
                if let Err(error) = due.run(|| {}) {
                    fail(format!("no snapshot of today: {error}"));
                }
            });
        }
        Err(error) => fail(format!("no snapshot of today: {}", error.what())),
    }
}
