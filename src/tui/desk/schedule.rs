//! Commands that feed metrics, run beside the desk: on their schedule, the first time one interval
//! after the program was opened, or because somebody asks. One runs at a time, on a thread of its
//! own; its answer is taken in when the desk looks, which it does anyway.

use std::collections::VecDeque;
use std::sync::mpsc::{Receiver, TryRecvError, channel};
use std::time::{Duration, Instant};

use crate::domain::item::Item;
use crate::domain::refusal::Refusal;
use crate::ops::Workspace;
use crate::ops::metric::refresh::Fed;
use crate::ops::metric::run::{self, Answer, Leash};
use crate::ops::metric::watch::{Feed, Watch};

/// A command with the instant of its next run.
struct Entry {
    item: Item,
    feed: Feed,
    every: Duration,
    due: Instant,
}

/// A command that runs.
struct UnderWay {
    item: Item,
    answer: Receiver<Result<Answer, Refusal>>,
    told: Telling,
}

/// Whether somebody waits for the answer.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Telling {
    Asked,
    Quiet,
}

pub struct Schedule {
    entries: Vec<Entry>,
    asked: VecDeque<(Item, Feed)>,
    under_way: Option<UnderWay>,
    leash: Leash,
}

impl Schedule {
    pub fn of(workspace: &Workspace, leash: Leash) -> Self {
        let (entries, asked) = (Vec::new(), VecDeque::new());
        let mut schedule = Self { entries, asked, under_way: None, leash };
        schedule.renew(workspace);
        schedule
    }

    /// Reads anew what runs when; what is unchanged keeps its time.
    pub fn renew(&mut self, workspace: &Workspace) {
        let fed = workspace.fed_metrics(&[]).unwrap_or_default();
        let before = std::mem::take(&mut self.entries);
        for (item, watch) in fed {
            let Watch::Command(feed) = watch else { continue };
            let Some(every) = feed.every.map(Duration::from_secs) else { continue };
            let known = before.iter().find(|one| one.item.id == item.id && one.feed == feed);
            let due = known.map_or_else(|| Instant::now() + every, |one| one.due);
            self.entries.push(Entry { item, feed, every, due });
        }
    }

    /// Somebody asks this source.
    pub fn ask(&mut self, item: Item, feed: Feed) {
        if !self.asked.iter().any(|(other, _)| other.id == item.id) {
            self.asked.push_back((item, feed));
        }
    }

    /// Takes in what was answered and starts what is due. What came of a source, and whether
    /// somebody waits for it.
    pub fn look(&mut self, workspace: &mut Workspace, now: Instant) -> Option<(Fed, Telling)> {
        let come = self.take_in(workspace);
        if self.under_way.is_some() {
            return come;
        }
        let (item, feed, told) = if let Some((item, feed)) = self.asked.pop_front() {
            (item, feed, Telling::Asked)
        } else if !workspace.settings().read_only
            && let Some(entry) = self.entries.iter_mut().find(|one| one.due <= now)
        {
            entry.due = now + entry.every;
            (entry.item.clone(), entry.feed.clone(), Telling::Quiet)
        } else {
            return come;
        };
        match workspace.ready(&item, &feed) {
            Ok(command) => {
                let (sender, answer) = channel();
                let leash = self.leash.clone();
                std::thread::spawn(move || {
                    // Whoever has left meanwhile needs no answer.
                    let _ = sender.send(run::run(&command, feed.seconds, &leash));
                });
                self.under_way = Some(UnderWay { item, answer, told });
                come
            }
            // The pane says that a source is disabled; only whoever asked is told again.
            Err(error) => come.or_else(|| {
                let fed = Fed { metric: item.id, reference: item.reference, outcome: Err(error) };
                (told == Telling::Asked).then_some((fed, told))
            }),
        }
    }

    fn take_in(&mut self, workspace: &mut Workspace) -> Option<(Fed, Telling)> {
        let under_way = self.under_way.as_ref()?;
        let answer = match under_way.answer.try_recv() {
            Ok(answer) => answer,
            Err(TryRecvError::Empty) => return None,
            Err(TryRecvError::Disconnected) => Err(Refusal::source("it was lost on the way")),
        };
        let UnderWay { item, told, .. } = self.under_way.take()?;
        Some((workspace.take_answer(&item, answer), told))
    }
}
