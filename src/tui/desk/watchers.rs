//! What the desk looks at while nobody asks: files and commands that feed metrics, calendars that
//! are followed, the plan in its folder. One look every half second, whatever there is to see.

use std::sync::mpsc::Sender;
use std::time::Instant;

use super::calendars::{self, Plan};
use super::schedule::{Schedule, Telling};
use super::{Event, Msg};
use crate::app::model::Tone;
use crate::domain::item::ItemId;
use crate::ops::Workspace;
use crate::ops::calendars::Watch as Calendars;
use crate::ops::metric::refresh::Fed;
use crate::ops::metric::run::Leash;
use crate::ops::metric::watch::Watch;
use crate::tui::watched::Watched;

pub struct Watchers {
    files: Watched,
    schedule: Schedule,
    calendars: Calendars,
    troubled: bool,
    plan: Plan,
}

impl Watchers {
    pub fn of(workspace: &Workspace, leash: Leash) -> Self {
        let mut calendars = Calendars::default();
        calendars.keep(workspace.own_calendars().unwrap_or_default());
        Self {
            files: Watched::of(workspace),
            schedule: Schedule::of(workspace, leash),
            calendars,
            troubled: false,
            plan: Plan::default(),
        }
    }

    /// Something changed in the workspace.
    pub fn renew(&mut self, workspace: &Workspace) {
        self.files.renew(workspace);
        self.schedule.renew(workspace);
        self.plan.stir();
        self.calendars.keep(workspace.own_calendars().unwrap_or_default());
    }

    /// Something was taken back or done again.
    pub fn turned_back(&mut self, workspace: &Workspace) {
        self.files.look_for_undone(workspace);
    }

    /// One look; whether anybody listens still.
    pub fn look(&mut self, workspace: &mut Workspace, events: &Sender<Event>) -> bool {
        let mut told = Vec::new();
        if self.files.take_in(workspace) {
            told.push(Msg::Changed);
        }
        if let Some((fed, telling)) = self.schedule.look(workspace, Instant::now()) {
            told.push(Msg::Changed);
            told.extend((telling == Telling::Asked).then(|| words(&fed)));
        }
        told.into_iter().all(|msg| events.send(Event::Msg(msg)).is_ok())
            && calendars::look(workspace, &mut self.calendars, &mut self.troubled, events)
            && self.plan.follow(workspace, events)
    }

    /// Somebody asks the source of this metric, or all sources: files are read at once, commands
    /// run beside. What there is to say now.
    pub fn ask(&mut self, workspace: &mut Workspace, metric: Option<ItemId>) -> Msg {
        let of: Vec<ItemId> = metric.into_iter().collect();
        let fed = match workspace.fed_metrics(&of) {
            Ok(fed) if fed.is_empty() => {
                let item =
                    workspace.store().items(&of).ok().and_then(|items| items.into_iter().next());
                let name = item.map_or_else(|| "m1".to_owned(), |item| item.reference.to_string());
                let words =
                    format!("nothing feeds it; prewire metric source {name} --file figures.csv");
                return Msg::Tell(words, Tone::Refused);
            }
            Ok(fed) => fed,
            Err(error) => return Msg::Tell(error.what(), Tone::Failed),
        };
        let (mut files, mut running) = (Vec::new(), 0);
        for (item, watch) in fed {
            match watch {
                Watch::Command(feed) => {
                    running += 1;
                    self.schedule.ask(item, feed);
                }
                Watch::File(_) => files.push((item, watch)),
            }
        }
        let read = workspace.refresh(&files).unwrap_or_default();
        match read.iter().find(|one| one.outcome.is_err()).or(read.last()) {
            Some(fed) if running == 0 => words(fed),
            Some(_) | None => {
                let asked = if running == 1 { "its command runs" } else { "their commands run" };
                Msg::Tell(format!("asked; {asked} beside"), Tone::Plain)
            }
        }
    }
}

/// What came of a source.
fn words(fed: &Fed) -> Msg {
    match &fed.outcome {
        Ok(done) => Msg::Tell(format!("{}: {}", fed.reference, done.label), Tone::Done),
        Err(error) => {
            let hint = error.hint().map(|hint| format!(" · {hint}")).unwrap_or_default();
            Msg::Tell(format!("{}: {}{hint}", fed.reference, error.what()), Tone::Refused)
        }
    }
}
