//! When the desk asks ahead what takes long: while no key is heard, a piece at a time, once for each
//! change, so that no key waits behind more than a piece and an idle program does nothing.

use std::time::{Duration, Instant};

use super::rehearsal::{Rehearsal, Stage};
use super::waiting::Waiting;
use crate::app::effect::{Effect, Load};
use crate::domain::kind::Kind;
use crate::ops::{ListQuery, Result, Workspace};
use crate::store::bulk::Ends;

/// How long no key was heard before anything is asked ahead; a test on a busy machine takes its time.
const SILENCE: Duration = Duration::from_millis(if cfg!(test) { 1_000 } else { 60 });
/// How long it rests at least when it is others who change the file,
const REST: Duration = Duration::from_secs(5);
/// and how many times as long as it took.
const SHARE: u32 = 50;

pub(super) struct Ahead {
    is_open: bool,
    heard: Instant,
    /// Whether it is others who changed the file last: that is not asked about before it rested.
    is_stirred: bool,
    rests: Instant,
    took: Duration,
    /// The list that is shown, until its titles are read for a filter; once for each kind.
    shown: Option<Kind>,
    read: Vec<Kind>,
    /// The same list as it is asked for, whose rows somebody may mark all, or walk through.
    listed: Option<ListQuery>,
    rehearsal: Rehearsal,
}

impl Ahead {
    pub fn begin(stage: Stage) -> Self {
        let now = Instant::now();
        Self {
            is_open: true,
            heard: now,
            is_stirred: false,
            rests: now,
            took: Duration::ZERO,
            shown: None,
            read: Vec::new(),
            listed: None,
            rehearsal: Rehearsal::on(stage),
        }
    }

    /// Somebody asked for something, and may have changed the file.
    pub fn heard(&mut self, effect: &Effect) {
        self.heard = Instant::now();
        if matches!(effect, Effect::Run(_) | Effect::Import(_) | Effect::Follow(_)) {
            (self.is_open, self.is_stirred) = (true, false);
        }
        match effect {
            Effect::Load(Load::Page { query, .. }) => self.list_shown(query),
            Effect::Load(Load::Today(_) | Load::Week(_) | Load::Tree { .. }) => self.listed = None,
            _ => {}
        }
    }

    fn list_shown(&mut self, query: &ListQuery) {
        if !self.read.contains(&query.kind) {
            (self.shown, self.is_open) = (Some(query.kind), true);
        }
        if self.listed.as_ref() != Some(query) {
            (self.listed, self.is_open) = (Some(query.clone()), true);
        }
    }

    /// Others changed the file, or the day turned.
    pub fn stirred(&mut self) {
        (self.is_open, self.is_stirred) = (true, true);
        if !self.took.is_zero() {
            self.rest();
        }
    }

    /// How long to wait for a key, when nothing else is due before.
    pub fn wait(&self, most: Duration) -> Duration {
        if self.is_open { most.min(self.due()) } else { most }
    }

    /// Asks one piece, if one is due; it is broken off once somebody waits, and asked again later.
    pub fn ask(&mut self, workspace: &mut Workspace, waiting: &Waiting) {
        if !self.is_open || !self.due().is_zero() {
            return;
        }
        let began = Instant::now();
        if !waiting.breaks(workspace.store().breaker()) {
            return;
        }
        // Of a screen with many questions, those that follow are not asked either.
        let wanted = waiting.clone();
        let ends = Some(Box::new(move || wanted.is_wanted()) as Ends);
        let asked = workspace.give_way(ends).and_then(|()| self.ask_next(workspace));
        let is_announced = waiting.breaks_nothing();
        if is_announced {
            self.heard = Instant::now();
        }
        let is_broken_off = is_announced || waiting.is_anybody();
        let was_rehearsed = self.rehearsal.end(is_broken_off);
        // What is broken off may be the end of the reading itself, and nothing could be written in it.
        let ended = workspace.store().end_reading();
        let ended = workspace.give_way(None).and(ended.map_err(Into::into));
        // Whoever asks for it will meet what is wrong again.
        let more = ended.and(asked);
        self.is_open = more.unwrap_or(is_broken_off);
        if !was_rehearsed {
            self.took += began.elapsed();
        }
        if !self.is_open {
            self.rest();
        }
    }

    /// Asks the next of what is asked ahead; says whether there is more. One thing at a time, so that
    /// a key finds a processor: while titles are read beside, the rest waits.
    fn ask_next(&mut self, workspace: &mut Workspace) -> Result<bool> {
        if workspace.is_reading_titles() {
            self.heard = Instant::now();
            return Ok(true);
        }
        if workspace.ask_ahead()? || self.rehearsal.next(workspace) {
            return Ok(true);
        }
        if let Some(kind) = self.shown {
            workspace.read_many_titles_ahead(&[kind])?;
            self.read.push(kind);
            self.shown = None;
        }
        self.listed.as_ref().map_or(Ok(false), |query| workspace.read_whole_ahead(query))
    }

    fn rest(&mut self) {
        self.rests = Instant::now() + REST.max(self.took * SHARE);
        self.took = Duration::ZERO;
    }

    fn due(&self) -> Duration {
        let silent = self.heard + SILENCE;
        let due = if self.is_stirred { silent.max(self.rests) } else { silent };
        due.saturating_duration_since(Instant::now())
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicBool, Ordering};

    use super::*;
    use crate::domain::change::Draft;
    use crate::ops::Op;
    use crate::ops::clock::Clock;
    use crate::ops::workspace::Settings;

    fn stage() -> Stage {
        Stage { size: (120, 40), theme: crate::ui::Theme::ansi() }
    }

    /// So many decisions, and the list of them.
    fn four_hundred() -> (Workspace, ListQuery) {
        let mut workspace = Workspace::in_memory(Clock::real(), Settings::default()).unwrap();
        let title = |at: usize| format!("Who decides no. {at}?");
        let draft = |at| Draft { kind: Kind::Decision, title: title(at), changes: Vec::new() };
        workspace.run(&Op::Add((0..400).map(draft).collect())).unwrap();
        let query = ListQuery::all(Kind::Decision);
        (workspace, query)
    }

    /// How many pieces are asked until there are no more.
    fn pieces(ahead: &mut Ahead, workspace: &mut Workspace) -> usize {
        let mut count = 0;
        while ahead.wait(Duration::from_secs(1)).is_zero() {
            ahead.ask(workspace, &Waiting::default());
            count += 1;
        }
        count
    }

    #[test]
    fn what_is_asked_gives_way_to_whoever_comes_and_is_asked_again() {
        let (mut workspace, query) = four_hundred();
        let (questions, inbox) = super::super::waiting::open();
        let mut ahead = Ahead::begin(stage());
        ahead.list_shown(&query);
        std::thread::sleep(SILENCE);
        questions.send(Effect::Redraw).unwrap();
        ahead.ask(&mut workspace, inbox.waiting());
        assert_eq!(ahead.took, Duration::ZERO, "somebody waits already");
        let somebody = std::thread::spawn(move || {
            for at in 0..2_000 {
                std::thread::sleep(Duration::from_micros(at % 180));
                questions.send(Effect::Redraw).unwrap();
            }
        });
        while ahead.is_open || !somebody.is_finished() {
            ahead.ask(&mut workspace, inbox.waiting());
            // No reading is left open in which nothing could be written.
            workspace.store().begin_reading().unwrap();
            workspace.store().end_reading().unwrap();
            while inbox.next(Duration::ZERO).is_ok() {}
        }
        let read_ahead = workspace.shown_ids(&query).unwrap();
        workspace
            .run(&Op::StartTimer { item: None, title: "x".to_owned(), started: None })
            .unwrap();
        assert_eq!(read_ahead, workspace.all_ids(&query).unwrap());
        assert_eq!(read_ahead.len(), 400);
    }

    #[test]
    fn what_is_broken_off_for_a_key_that_asks_nothing_is_asked_again() {
        let (mut workspace, query) = four_hundred();
        let (_questions, inbox) = super::super::waiting::open();
        let mut ahead = Ahead::begin(stage());
        ahead.list_shown(&query);
        let herald = inbox.herald(workspace.hush());
        let ends = Arc::new(AtomicBool::new(false));
        let somebody = std::thread::spawn({
            let ends = Arc::clone(&ends);
            move || {
                while !ends.load(Ordering::Relaxed) {
                    herald.announce();
                }
            }
        });
        let mut broken_off = 0;
        for asked in 0.. {
            ends.store(asked >= 300, Ordering::Relaxed);
            let silent = Instant::now().checked_sub(SILENCE).unwrap();
            ahead.heard = silent;
            ahead.ask(&mut workspace, inbox.waiting());
            broken_off += usize::from(ahead.heard > silent);
            if !ahead.is_open && somebody.is_finished() {
                break;
            }
        }
        assert!(broken_off > 0);
        assert!(!workspace.ask_ahead().unwrap() && !workspace.read_whole_ahead(&query).unwrap());
        assert_eq!(workspace.shown_ids(&query).unwrap().len(), 400);
    }

    #[test]
    fn it_asks_once_for_each_change_and_rests_when_others_go_on_changing() {
        let mut workspace = Workspace::in_memory(Clock::real(), Settings::default()).unwrap();
        let mut ahead = Ahead::begin(stage());
        assert_eq!(pieces(&mut ahead, &mut workspace), 0, "somebody may press a key");
        std::thread::sleep(SILENCE);
        assert!(pieces(&mut ahead, &mut workspace) > 0);
        assert_eq!(ahead.wait(Duration::from_secs(1)), Duration::from_secs(1));
        ahead.heard(&Effect::Load(Load::Policy));
        std::thread::sleep(SILENCE);
        assert_eq!(pieces(&mut ahead, &mut workspace), 0, "nothing changed");
        ahead.heard(&Effect::Run(Op::Undo));
        std::thread::sleep(SILENCE);
        assert!(pieces(&mut ahead, &mut workspace) > 0);
        ahead.stirred();
        ahead.heard(&Effect::Load(Load::Policy));
        std::thread::sleep(SILENCE);
        assert_eq!(pieces(&mut ahead, &mut workspace), 0, "others just changed it");
        assert!(ahead.wait(Duration::from_secs(9)) > Duration::from_secs(1));
    }
}
