//! What an action is called where it means something of its own: the same keys move a card on a
//! board and a block in the week. Configurations know one name only, that of the table. Also which
//! actions a place is for, and which of them are worth a hint there.

use super::action::{About, Action, Report};
use super::place::Place;

/// The name and the sentence of an action at a place.
#[must_use]
pub fn told(about: &About, place: Place) -> (&'static str, &'static str) {
    match (place, about.action) {
        (Place::Week, Action::StepLeft) => ("day back", "One day earlier."),
        (Place::Week, Action::StepRight) => ("day on", "One day later."),
        (Place::Week, Action::MoveDown) => ("later", "A quarter of an hour later."),
        (Place::Week, Action::MoveUp) => ("earlier", "A quarter of an hour earlier."),
        (Place::Week, Action::Left) => ("left", "To the day before that holds something."),
        (Place::Week, Action::Right) => ("right", "To the day after that holds something."),
        (Place::Week, Action::NextPane | Action::PreviousPane) => {
            ("planned or lived", "From what was planned to what was lived, and back.")
        }
        (Place::Reviews, Action::Add) => {
            ("begin", "Rituals, reports and figures, with how each stands; enter begins one.")
        }
        (Place::Week, Action::NextPeriod) => ("next week", "To the week after."),
        (Place::Week, Action::PreviousPeriod) => ("week before", "To the week before."),
        (Place::Plan, Action::StepLeft) => ("phase back", "Into the phase before."),
        (Place::Plan, Action::StepRight) => ("phase on", "Into the next phase."),
        (Place::Plan, Action::MoveDown) => ("move down", "One place down in its phase."),
        (Place::Plan, Action::MoveUp) => ("move up", "One place up in its phase."),
        (Place::Plan, Action::NextPeriod) => ("next plan", "To the next of the plans that run."),
        (Place::Plan, Action::PreviousPeriod) => ("plan before", "To the plan before."),
        (place, Action::NextPeriod) if !place.views().is_empty() => {
            ("next view", "To the next view of this screen.")
        }
        (place, Action::PreviousPeriod) if !place.views().is_empty() => {
            ("view before", "To the view before, of this screen.")
        }
        (place, Action::Figures) if Place::OF_OUTCOMES.contains(&place) => {
            ("what is missing", "What the metrics still ask for, with what mends it.")
        }
        (place, Action::Figures) if Place::OF_EVIDENCE.contains(&place) => {
            ("figures", "What this view comes to, each figure with what it rests on.")
        }
        (Place::Impacts, Action::Figures) => {
            ("sums", "What the impacts come to, by kind and currency.")
        }
        (place, Action::Filter) if place.kind().is_none() => {
            ("find", "Find an item of any list as you type; enter goes to it.")
        }
        (Place::Outcomes, Action::Left) => ("fold", "Fold, or up to what it serves."),
        (Place::Outcomes, Action::Right) => ("unfold", "Show what serves it."),
        _ => (about.name, about.help),
    }
}

/// Whether a place is what an action is for: help tells these first.
#[must_use]
pub fn is_own(action: Action, place: Place) -> bool {
    match place {
        Place::Today => matches!(action, Action::Ritual(_) | Action::Timer),
        Place::Decisions => matches!(
            action,
            Action::Frame
                | Action::Prewire
                | Action::Template
                | Action::CopyPrompt
                | Action::Exceptions
                | Action::Figures
                | Action::Write(Report::Row | Report::Pack | Report::Figures)
                | Action::Ritual(crate::domain::ritual::RitualKind::Standup)
        ),
        Place::Assets | Place::Requests => {
            let trades = Action::Write(Report::Trades);
            matches!(action, Action::Triage | Action::Policy | Action::RequestLog)
                || action == trades
        }
        Place::Week => matches!(
            action,
            Action::NextPane
                | Action::StepLeft
                | Action::StepRight
                | Action::MoveDown
                | Action::MoveUp
                | Action::Shorter
                | Action::Longer
                | Action::NextPeriod
                | Action::PreviousPeriod
                | Action::FillWeek
                | Action::FillGaps
                | Action::AcceptGuesses
                | Action::CloseWeek
                | Action::Why
        ),
        Place::Plan | Place::Plans | Place::Milestones => matches!(
            action,
            Action::StepLeft
                | Action::StepRight
                | Action::MoveDown
                | Action::MoveUp
                | Action::NextPeriod
                | Action::PreviousPeriod
                | Action::StartPlan
        ),
        Place::Outcomes
        | Place::Scorecard
        | Place::Metrics
        | Place::Deals
        | Place::Impacts
        | Place::Bets => {
            matches!(action, Action::NextPeriod | Action::PreviousPeriod | Action::Figures)
                || of_outcomes(action, place)
        }
        Place::Escalations => {
            let turns = matches!(action, Action::NextPeriod | Action::PreviousPeriod);
            turns || action == Action::Escalate
        }
        Place::Artefacts => matches!(action, Action::NextPeriod | Action::PreviousPeriod),
        Place::Meetings => action == Action::WatchCalendar,
        Place::Reviews => {
            let turns = matches!(action, Action::NextPeriod | Action::PreviousPeriod);
            turns || matches!(action, Action::Ritual(_) | Action::Write(Report::Of(_)))
        }
        Place::Trash => matches!(action, Action::Restore | Action::Purge),
        Place::History => matches!(action, Action::TakeBack | Action::Undo | Action::Redo),
        Place::Evidence
        | Place::Matrix
        | Place::Claims
        | Place::Insights
        | Place::Objections
        | Place::Conversations
        | Place::Segments
        | Place::Messages
        | Place::Positionings
        | Place::Experiments
        | Place::Moments => {
            let turns = matches!(action, Action::NextPeriod | Action::PreviousPeriod);
            let swaps = place == Place::Positionings && action == Action::SwapTest;
            turns || swaps || action == Action::Figures
        }
        Place::People
        | Place::Commitments
        | Place::Blocks
        | Place::Entries
        | Place::Involvements => false,
    }
}

/// What a view of Outcomes is for.
fn of_outcomes(action: Action, place: Place) -> bool {
    match place {
        Place::Outcomes => {
            matches!(action, Action::Left | Action::Right | Action::Record | Action::Signals)
        }
        Place::Scorecard => matches!(action, Action::Record | Action::Signals),
        Place::Metrics => {
            matches!(
                action,
                Action::Record
                    | Action::AskSources
                    | Action::Live
                    | Action::DealsBehind
                    | Action::Signals
            )
        }
        Place::Deals => matches!(action, Action::DealFigures | Action::Import),
        Place::Impacts => action == Action::Figures,
        _ => false,
    }
}

/// The place of an action among the hints at a place; 0 for none, 1 is kept longest.
#[must_use]
pub fn hint(about: &About, place: Place) -> u8 {
    match (place, about.action) {
        // It finds what is elsewhere.
        (place, Action::Filter) if place.kind().is_none() => 0,
        // Nothing is added or looked for among what was; rituals and calendars make the others.
        (Place::Trash | Place::History, Action::Add | Action::Views)
        | (Place::Meetings, Action::Add)
        // A saved view shows a list elsewhere.
        | (Place::Today | Place::Week | Place::Plan | Place::Outcomes | Place::Scorecard, Action::Views)
        | (Place::Today | Place::Week, Action::Edit) => 0,
        (Place::Today | Place::Assets | Place::Requests, Action::Triage)
        | (Place::Metrics | Place::Scorecard, Action::Record)
        | (Place::Meetings, Action::WatchCalendar) => 2,
        (Place::Today, Action::Timer)
        | (Place::Decisions, Action::Prewire)
        | (Place::Outcomes, Action::Right)
        | (Place::Impacts, Action::Figures)
        | (Place::Week, Action::Longer | Action::NextPane)
        | (Place::Reviews, Action::Ritual(_))
        | (Place::Positionings, Action::SwapTest) => 4,
        (Place::Week, Action::NextPeriod) => 5,
        (Place::Today, Action::Add) => 7,
        _ => about.hint,
    }
}
