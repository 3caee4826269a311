//! Screens that somebody may turn to next are asked for and drawn once ahead, for a model that nobody
//! sees: questions are prepared then, pages of the file and of the program are at hand, and the
//! first visit is as quick as the next.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::first;
use crate::app::action::Action;
use crate::app::effect::{Effect, Msg};
use crate::app::model::{About, Model};
use crate::app::place::Place;
use crate::app::update;
use crate::domain::ritual::RitualKind;
use crate::ops::Workspace;
use crate::ui::{self, Theme};

/// Those that people turn to most come last: what was read for them is at hand then. Reviews of a week
/// and more are left out, since they read much that is kept, and are begun seldom.
const SCREENS: [Action; 11] = [
    Action::Ritual(RitualKind::Midweek),
    Action::Ritual(RitualKind::Standup),
    Action::Ritual(RitualKind::Checkin),
    Action::Go(Place::Reviews),
    Action::Go(Place::Evidence),
    Action::Go(Place::Plan),
    Action::Go(Place::Week),
    Action::Go(Place::Outcomes),
    Action::Go(Place::Today),
    Action::Go(Place::Assets),
    Action::Go(Place::Decisions),
];
/// How often a screen is begun that is broken off each time.
const ATTEMPTS: u8 = 2;

/// What screens are drawn on.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Stage {
    pub size: (u16, u16),
    pub theme: Theme,
}

/// How far it is.
#[derive(Debug)]
pub(super) struct Rehearsal {
    stage: Stage,
    rehearsed: usize,
    /// How often the next one was broken off.
    attempts: u8,
    begun: Begun,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Begun {
    No,
    /// Whether it was answered.
    Yes(bool),
}

impl Rehearsal {
    pub fn on(stage: Stage) -> Self {
        Self { stage, rehearsed: 0, attempts: 0, begun: Begun::No }
    }

    /// Rehearses the next screen; says whether there was one.
    pub fn next(&mut self, workspace: &mut Workspace) -> bool {
        let screen = SCREENS.get(self.rehearsed);
        screen.map(|action| self.rehearse(workspace, *action)).is_some()
    }

    /// What was begun is over, unless it was broken off; says whether any was.
    pub fn end(&mut self, is_broken_off: bool) -> bool {
        let Begun::Yes(is_answered) = std::mem::replace(&mut self.begun, Begun::No) else {
            return false;
        };
        self.attempts += 1;
        if is_answered && !is_broken_off || self.attempts == ATTEMPTS {
            (self.rehearsed, self.attempts) = (self.rehearsed + 1, 0);
        }
        true
    }

    /// Nothing is kept of it, and nothing written.
    fn rehearse(&mut self, workspace: &mut Workspace, action: Action) {
        let Stage { size, theme } = self.stage;
        let mut model = Model::new(About::default(), workspace.calendar(), size);
        // Whether there is a pane or not, there is something to be seen.
        model.expects_glances = workspace.has_glances().unwrap_or(false);
        let mut effects = update::update(&mut model, Msg::Act(action));
        effects.retain(|effect| matches!(effect, Effect::Load(_)));
        let answer = |workspace: &mut _| first::answered(workspace, &mut model, effects);
        let left = workspace.aside_from_standup(answer);
        // While somebody writes, nothing is read.
        let asks = |effect: &Effect| matches!(effect, Effect::Load(_)) && effect.is_waited_for();
        self.begun = Begun::Yes(!left.iter().any(asks));
        let mut picture = Buffer::empty(Rect::new(0, 0, size.0, size.1));
        ui::draw(&model, theme, &mut picture);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::change::Draft;
    use crate::domain::kind::Kind;
    use crate::ops::Op;
    use crate::ops::clock::Clock;
    use crate::ops::ritual::Wanted;
    use crate::ops::workspace::Settings;

    #[test]
    fn every_screen_is_rehearsed_once_and_nothing_is_written() {
        let mut workspace = Workspace::in_memory(Clock::real(), Settings::default()).unwrap();
        for (kind, title) in [(Kind::Decision, "Which tier?"), (Kind::Outcome, "Win more")] {
            let draft = Draft { kind, title: title.to_owned(), changes: Vec::new() };
            workspace.run(&Op::Add(vec![draft])).unwrap();
        }
        let before = workspace.stand().unwrap();
        let stage = Stage { size: (80, 24), theme: Theme::ansi() };
        let mut rehearsal = Rehearsal::on(stage);
        assert!(!rehearsal.end(false), "nothing was begun");
        for rehearsed in [0, 1] {
            assert!(rehearsal.next(&mut workspace));
            assert!(rehearsal.end(true));
            assert_eq!(rehearsal.rehearsed, rehearsed, "what is broken off is begun once more");
        }
        let mut count = 1;
        while rehearsal.next(&mut workspace) {
            rehearsal.end(false);
            count += 1;
        }
        assert_eq!(count, SCREENS.len());
        assert_eq!(workspace.stand().unwrap(), before);
    }

    #[test]
    fn whoever_sits_in_a_standup_is_not_disturbed() {
        for kind in [Kind::Decision, Kind::Asset] {
            sits_undisturbed(kind);
        }
    }

    fn sits_undisturbed(kind: Kind) {
        let mut workspace = Workspace::in_memory(Clock::real(), Settings::default()).unwrap();
        let title = |at: usize| format!("Piece no. {at}");
        let draft = |at| Draft { kind, title: title(at), changes: Vec::new() };
        let ids = workspace.run(&Op::Add((0..400).map(draft).collect())).unwrap().items;
        let sitting = workspace.sit(RitualKind::Standup, Some(kind), "").unwrap();
        workspace.hold_line().unwrap();
        let long = sitting.run.sections.iter().find(|section| section.long.is_some()).unwrap();
        let wanted = Wanted::Span(0..1_000);
        let before = workspace.bring(&long.key, &wanted).unwrap();
        workspace.run(&Op::Trash(ids[100..200].to_vec())).unwrap();
        let mut rehearsal = Rehearsal::on(Stage { size: (80, 24), theme: Theme::ansi() });
        while rehearsal.next(&mut workspace) {
            rehearsal.end(false);
        }
        let after = workspace.bring(&long.key, &wanted).unwrap();
        assert_eq!(after.lines.len(), before.lines.len());
    }
}
