//! How else an action is reached: the words of the command line that do the same, or why there are
//! none. A test holds every word against the command line.

use super::action::{Action, Report};
use super::place::Place;
use crate::domain::ritual::RitualKind;

/// The way to an action without keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// The words of the command line.
    Command(&'static str),
    /// Why the command line has none.
    Screen(&'static str),
}

/// Verbs that every noun has: they say nothing of what an action is called.
const COMMON: [&str; 4] = ["list", "show", "add", "edit"];

impl Action {
    /// What whoever knows the command line looks for: `metric refresh`.
    #[must_use]
    pub fn command(self) -> &'static str {
        match self.reach() {
            Reach::Command(words) if !COMMON.iter().any(|verb| words.ends_with(verb)) => words,
            Reach::Command(_) | Reach::Screen(_) => "",
        }
    }

    /// How the command line does the same.
    #[must_use]
    #[expect(clippy::too_many_lines, reason = "a table: one arm an action")]
    pub fn reach(self) -> Reach {
        use Reach::{Command, Screen};
        match self {
            Self::Go(place) => Command(match place {
                Place::Today => "today",
                Place::Decisions => "decision list",
                Place::Assets => "asset list",
                Place::Week => "week show",
                Place::Plan => "plan show",
                Place::Outcomes => "outcome list",
                Place::Requests => "request list",
                Place::Bets => "bet list",
                Place::Blocks => "block list",
                Place::Entries => "entry list",
                Place::Plans => "plan list",
                Place::Milestones => "milestone list",
                Place::Artefacts => "artefact list",
                Place::Involvements => "involvement list",
                Place::Meetings => "meeting list",
                Place::Metrics => "metric list",
                Place::Scorecard => "metric scorecard",
                Place::Deals => "deal list",
                Place::Impacts => "impact list",
                Place::Escalations => "escalation list",
                Place::Reviews => "ritual list",
                Place::People => "person list",
                Place::Commitments => "commitment list",
                Place::Evidence => "evidence list",
                Place::Matrix => "evidence matrix",
                Place::Claims => "claim list",
                Place::Insights => "insight list",
                Place::Objections => "objection list",
                Place::Conversations => "conversation list",
                Place::Segments => "segment list",
                Place::Messages => "message list",
                Place::Positionings => "positioning list",
                Place::Experiments => "experiment list",
                Place::Moments => "moment list",
                Place::Trash => "trash list",
                Place::History => "history",
            }),
            Self::NextPlace
            | Self::PreviousPlace
            | Self::Down
            | Self::Up
            | Self::Left
            | Self::Right
            | Self::Top
            | Self::Bottom
            | Self::PageDown
            | Self::PageUp
            | Self::HalfDown
            | Self::HalfUp
            | Self::NextPane
            | Self::PreviousPane
            | Self::Back
            | Self::JumpBack
            | Self::NextMatch
            | Self::PreviousMatch => Screen("it moves on the screen; a command names its items"),
            Self::Mark | Self::MarkRange | Self::MarkAll => {
                Screen("a command takes several refs: d1,d2,d5")
            }
            Self::Walk => Screen("a walk through rows; each verdict is a command of its own"),
            Self::Ritual(kind) => match kind {
                RitualKind::Checkin => Command("checkin"),
                RitualKind::Standup => Command("standup"),
                RitualKind::Maturity => Command("maturity"),
                RitualKind::Monday
                | RitualKind::Midweek
                | RitualKind::Friday
                | RitualKind::Month
                | RitualKind::Quarter => Command("review"),
            },
            Self::StepLeft | Self::StepRight => Command("asset move"),
            Self::MoveDown | Self::MoveUp => Command("edit"),
            Self::Shorter | Self::Longer => Command("block move"),
            Self::NextPeriod | Self::PreviousPeriod => Command("week show"),
            Self::PutOnWeek => Command("block add"),
            Self::FillWeek => Command("week fill"),
            Self::StartPlan => Command("plan start"),
            Self::FillGaps => Command("week gaps"),
            Self::AcceptGuesses => Command("week accept"),
            Self::Timer => Command("timer start"),
            Self::WatchCalendar => Command("week calendar add"),
            Self::Publish => Command("week calendar publish"),
            Self::CloseWeek => Command("week close"),
            Self::Triage => Command("request triage"),
            Self::Escalate => Command("escalation draft"),
            Self::Policy => Command("request policy"),
            Self::DayNote => Command("note show"),
            Self::DayNotes => Command("note list"),
            Self::RequestLog => Command("request log"),
            Self::Alignment => Command("alignment"),
            Self::Settings => Command("config set"),
            Self::Rules => Command("week rules"),
            Self::Drafts => Command("drafts list"),
            Self::Tour => {
                Screen("the first steps are taken on the screen; the README tells them too")
            }
            Self::Layout | Self::Columns | Self::SaveView | Self::StartView => Command("view save"),
            Self::Live => Command("metric status"),
            Self::Record => Command("metric record"),
            Self::AskSources => Command("metric refresh"),
            Self::Detail | Self::Zoom | Self::Redraw | Self::Suspend | Self::Quit => {
                Screen("it is about the screen itself")
            }
            Self::Palette | Self::Help => Screen("--help tells what there is"),
            Self::Messages => Screen("a command says on standard error what it has to say"),
            Self::Copy(_) => Screen("the output of a command goes where a pipe takes it"),
            Self::OpenLink => Screen("show prints the link, for the shell to open"),
            Self::Open | Self::Why | Self::JumpToBlocker => Command("show"),
            Self::Add | Self::AddForm | Self::Capture => Command("decision add"),
            Self::Edit | Self::EditNote | Self::Change(_) | Self::State | Self::BlockedBy => {
                Command("edit")
            }
            Self::Finish | Self::Verbs => Command("decision decide"),
            Self::Frame => Command("decision frame"),
            Self::Prewire => Command("decision prewire"),
            Self::Template => Command("decision template"),
            Self::CopyPrompt => Command("decision prompt"),
            Self::Write(Report::Row) => Command("decision page"),
            Self::Write(Report::Pull) => Command("involvement report"),
            Self::AddPart => Command("decision option"),
            Self::Turn => Command("decision turn"),
            Self::SwapTest => Command("positioning test"),
            Self::Trash => Command("rm"),
            Self::Restore => Command("trash restore"),
            Self::Purge => Command("trash purge"),
            Self::TakeBack | Self::Undo | Self::UndoGroup => Command("undo"),
            Self::Exceptions => Command("decision exceptions"),
            Self::Figures
            | Self::Write(Report::Pack | Report::Figures | Report::Trades | Report::Of(_)) => {
                Command("report")
            }
            Self::DealFigures => Command("deal figures"),
            Self::Signals => Command("metric signals"),
            Self::DealsBehind => Command("metric deals"),
            Self::History => Command("history"),
            Self::Filter | Self::DropTerm | Self::Sort | Self::Closed => Command("decision list"),
            Self::Views => Command("view list"),
            Self::ForgetView => Command("view rm"),
            Self::Redo | Self::RedoGroup => Command("redo"),
            Self::Import => Command("import"),
        }
    }
}
