//! Looking after the calendars that are watched, between two questions: a few times of files each
//! half second, and a reading when one of them moved; and after the folder that the plan goes to.

use std::path::PathBuf;
use std::sync::mpsc::Sender;

use super::Event;
use crate::app::effect::Msg;
use crate::app::model::Tone;
use crate::ops::Workspace;
use crate::ops::calendars::Watch;
use crate::ops::publish::Sent;

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

/// The plan in its calendar folder: brought up to date when nobody asks and the journal has moved.
pub struct Plan {
    /// Whether something changed since it was published, or it could not be.
    due: bool,
    folder: Option<PathBuf>,
    failed: bool,
}

impl Default for Plan {
    /// What stood there when the session began is brought up to date too.
    fn default() -> Self {
        Self { due: true, folder: None, failed: false }
    }
}

impl Plan {
    /// Something changed.
    pub fn stir(&mut self) {
        self.due = true;
    }

    /// Publishes what changed; whether anybody listens still.
    pub fn follow(&mut self, workspace: &mut Workspace, events: &Sender<Event>) -> bool {
        if workspace.settings().read_only || !std::mem::take(&mut self.due) {
            return true;
        }
        let told = match workspace.publish_plan() {
            Ok(sent) => {
                let folder = sent.as_ref().map(|sent| sent.folder.clone());
                let is_new = folder.is_some() && folder != self.folder;
                self.folder = folder;
                let moved = |sent: &Sent| sent.done.written + sent.done.removed > 0;
                let words = sent.filter(|sent| is_new && moved(sent)).map(|sent| sent.words());
                let well = std::mem::take(&mut self.failed).then_some(Msg::Banner(None));
                let told = words.map(|words| Msg::Tell(format!("plan: {words}"), Tone::Done));
                well.into_iter().chain(told).collect::<Vec<_>>()
            }
            // It is tried again, and told once.
            Err(_) if self.failed => {
                self.due = true;
                Vec::new()
            }
            Err(error) => {
                (self.failed, self.due) = (true, true);
                let words = format!("the plan is not in its calendar folder: {}", error.what());
                vec![Msg::Banner(Some(words))]
            }
        };
        told.into_iter().all(|msg| events.send(Event::Msg(msg)).is_ok())
    }
}
