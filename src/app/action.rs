//! The one table of actions. Key dispatch, hints, help, palette and the README's table of keys are
//! all made from it, so that none of them can lie.

mod field;
mod group;
mod synonyms;

use super::place::Place;
use crate::domain::report::ReportKind;
use crate::domain::ritual::RitualKind;
pub use field::{Field, Report, What};
pub use group::Group;

/// Something that a key or the palette can do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Action {
    Go(Place),
    NextPlace,
    PreviousPlace,
    Down,
    Up,
    Left,
    Right,
    Top,
    Bottom,
    PageDown,
    PageUp,
    HalfDown,
    HalfUp,
    NextPane,
    PreviousPane,
    Open,
    Back,
    Add,
    AddForm,
    Capture,
    Edit,
    EditNote,
    Change(Field),
    State,
    Finish,
    Verbs,
    Trash,
    Restore,
    Purge,
    TakeBack,
    BlockedBy,
    JumpToBlocker,
    JumpBack,
    Why,
    History,
    Mark,
    MarkRange,
    MarkAll,
    Filter,
    DropTerm,
    Views,
    SaveView,
    ForgetView,
    StartView,
    Exceptions,
    Figures,
    DealFigures,
    DealsBehind,
    Signals,
    NextMatch,
    PreviousMatch,
    Sort,
    Layout,
    Columns,
    StepLeft,
    StepRight,
    MoveDown,
    MoveUp,
    Shorter,
    Longer,
    NextPeriod,
    PreviousPeriod,
    PutOnWeek,
    FillWeek,
    FillGaps,
    AcceptGuesses,
    Timer,
    WatchCalendar,
    Publish,
    CloseWeek,
    Triage,
    Escalate,
    Policy,
    DayNote,
    DayNotes,
    RequestLog,
    Alignment,
    StartPlan,
    Closed,
    Detail,
    Live,
    Record,
    AskSources,
    Zoom,
    Walk,
    Ritual(RitualKind),
    Copy(What),
    OpenLink,
    Frame,
    Prewire,
    AddPart,
    Template,
    CopyPrompt,
    Write(Report),
    Turn,
    SwapTest,
    Undo,
    UndoGroup,
    Redo,
    RedoGroup,
    Import,
    Palette,
    Help,
    Messages,
    Settings,
    Rules,
    Drafts,
    Tour,
    Redraw,
    Suspend,
    Quit,
}

/// Everything that is fixed about an action.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct About {
    pub action: Action,
    /// A short name, as a hint shows it.
    pub name: &'static str,
    /// One sentence for help.
    pub help: &'static str,
    pub group: Group,
    /// Chords, the one that hints show first.
    pub keys: &'static [&'static str],
    /// The place among the hints; 0 for none, 1 is kept longest.
    pub hint: u8,
}

const fn about(
    action: Action,
    name: &'static str,
    keys: &'static [&'static str],
    group: Group,
    hint: u8,
    help: &'static str,
) -> About {
    About { action, name, help, group, keys, hint }
}

/// The table: one row an action, however long the row.
#[rustfmt::skip]
pub const ACTIONS: &[About] = &[
    about(Action::Open, "open", &["enter"], Group::Row, 1, "Open the row in full."),
    about(Action::Finish, "done", &["x"], Group::Row, 2, "Decide, ship or complete."),
    about(Action::Verbs, "verbs", &[";"], Group::Row, 3, "All that can be done to this row."),
    about(Action::Edit, "edit", &["e"], Group::Row, 5, "Edit the row in a form."),
    about(Action::EditNote, "note", &["E"], Group::Row, 0, "Write its note in your editor."),
    about(Action::State, "state", &["s", "c s"], Group::Row, 0, "Pick its state."),
    about(Action::Trash, "throw away", &["d"], Group::Row, 0, "Throw it into the Trash; undo brings it back."),
    about(Action::Restore, "restore", &["r"], Group::Row, 2, "Bring it back from the Trash."),
    about(Action::Purge, "purge", &["X"], Group::Row, 3, "Take it out of the Trash too; undo brings it back."),
    about(Action::TakeBack, "take back", &[], Group::Row, 1, "Take back this one step of the history, whatever came after it."),
    about(Action::BlockedBy, "blocked by", &["b"], Group::Row, 6, "Say what must come first."),
    about(Action::JumpToBlocker, "to blocker", &["B"], Group::Row, 0, "Jump to what holds it up."),
    about(Action::JumpBack, "jump back", &["g b"], Group::Row, 0, "Jump back to where you were."),
    about(Action::Why, "why", &["i"], Group::Row, 0, "Why it stands there; behind the week's figures."),
    about(Action::History, "row history", &["g h"], Group::Row, 0, "Every change of this row."),
    about(Action::DealsBehind, "deals behind", &["g B"], Group::Row, 0, "The deals on which the figure of a metric was counted."),
    about(Action::Frame, "frame", &[], Group::Row, 0, "Frame a decision in a form: why, options, signal, default."),
    about(Action::Prewire, "pre-wire", &["p"], Group::Row, 0, "Who is spoken to before a decision, and where they stand."),
    about(Action::AddPart, "add a part", &[], Group::Row, 0, "Add to what it consists of: an option, an objection, a pushback."),
    about(Action::Template, "template", &[], Group::Row, 0, "Attach the headings of a template to a decision."),
    about(Action::CopyPrompt, "copy a prompt", &["y p"], Group::Row, 0, "Copy a prompt that tests a decision, filled from it."),
    about(Action::Write(Report::Row), "write its page", &["W d"], Group::Row, 0, "Write a decision as a page, whole or in the words of one function: a file, or copied."),
    about(Action::Turn, "turn into", &["T"], Group::Row, 0, "Make it another kind: a request that is really a decision."),
    about(Action::SwapTest, "swap test", &["g s"], Group::Row, 0, "Puts each rival’s name into each line of a positioning: what still works says nothing."),
    about(Action::OpenLink, "open link", &["o"], Group::Row, 0, "Open its link."),
    about(Action::Copy(What::Line), "copy line", &["y y"], Group::Row, 0, "Copy the row as a line."),
    about(Action::Copy(What::Title), "copy title", &["y t"], Group::Row, 0, "Copy its title."),
    about(Action::Copy(What::Link), "copy link", &["y l"], Group::Row, 0, "Copy its link."),
    about(Action::Copy(What::Markdown), "copy Markdown", &["y m"], Group::Row, 0, "Copy it as Markdown."),
    about(Action::Copy(What::Json), "copy JSON", &["y j"], Group::Row, 0, "Copy it as JSON."),
    about(Action::Copy(What::Reply), "copy reply", &["y r"], Group::Row, 0, "Copy the reply to a request, or the memo of an escalation."),
    about(Action::Change(Field::Due), "due", &["c d"], Group::Change, 0, "Change its day: due, needed by, wanted by."),
    about(Action::Change(Field::Owner), "owner", &["c o"], Group::Change, 0, "Change who carries it."),
    about(Action::Change(Field::Priority), "priority", &["c p"], Group::Change, 0, "Change its priority, 1 to 4."),
    about(Action::Change(Field::Tags), "tags", &["c t"], Group::Change, 0, "Change its tags."),
    about(Action::Change(Field::Band), "band", &["c b"], Group::Change, 0, "Change the impact band of its time."),
    about(Action::Change(Field::Estimate), "estimate", &["c e"], Group::Change, 0, "Change how long it takes."),
    about(Action::Change(Field::Name), "name", &["c n"], Group::Change, 0, "Change its title."),
    about(Action::Change(Field::Serves), "link", &["c l"], Group::Change, 0, "Link it to the bet or outcome that it serves."),
    about(Action::Change(Field::Waiting), "waiting on", &["c w"], Group::Change, 0, "Change whose answer it waits for."),
    about(Action::Change(Field::Approver), "approver", &["c a"], Group::Change, 0, "Change the one person who decides."),
    about(Action::Change(Field::Stake), "stake", &["c k"], Group::Change, 0, "Change what is at stake."),
    about(Action::Change(Field::Note), "write note", &["c N"], Group::Change, 0, "Write its note here."),
    about(Action::Change(Field::Reply), "reply", &["c r"], Group::Change, 0, "Edit the reply to a request, or the memo of an escalation."),
    about(Action::Add, "add", &["a"], Group::List, 4, "Add with a line: words, due:fri, @maya, +tag."),
    about(Action::AddForm, "add in a form", &["A"], Group::List, 0, "Add with a form."),
    about(Action::Walk, "walk", &["R w"], Group::List, 0, "One card a row, the marked or all that are shown: verdict by verdict."),
    about(Action::Triage, "triage", &["R t"], Group::List, 0, "A card for each request that waits, verdict by verdict; the one of this row first."),
    about(Action::Ritual(RitualKind::Checkin), "check-in", &["R c"], Group::Workspace, 0, "Yesterday's time gets its bands, and a line says what moved a decision; goes on where it was left."),
    about(Action::Ritual(RitualKind::Monday), "Monday review", &["R m"], Group::Workspace, 0, "From outcomes to a blocked week; ends in a plan of twelve lines."),
    about(Action::Ritual(RitualKind::Midweek), "midweek check", &["R i"], Group::Workspace, 0, "What is due and not on its way, with a name on each."),
    about(Action::Ritual(RitualKind::Friday), "Friday readout", &["R f"], Group::Workspace, 0, "What the week showed; closes it, and ends in a readout."),
    about(Action::Ritual(RitualKind::Quarter), "quarter start", &["R q"], Group::Workspace, 0, "The old quarter is closed with its lessons; the new one starts from its outcomes and the weakest part."),
    about(Action::Ritual(RitualKind::Maturity), "self-assessment", &["R a"], Group::Workspace, 0, "Maturity: twelve questions, 0 to 4, laid against what the file shows; ends in one milestone."),
    about(Action::Ritual(RitualKind::Month), "monthly review", &["R n"], Group::Workspace, 0, "Eight sections from what changed to what is asked of the room; an off-track figure holds until it is explained; z presents."),
    about(Action::Ritual(RitualKind::Standup), "standup", &["R s"], Group::Workspace, 0, "Cards of what is open, exceptions first: decisions, or on Assets the assets."),
    about(Action::Filter, "filter", &["/"], Group::List, 4, "Filter as you type."),
    about(Action::DropTerm, "drop term", &["backspace"], Group::List, 0, "Take the last term of the filter away."),
    about(Action::Views, "views", &["f"], Group::List, 5, "Show a saved view."),
    about(Action::SaveView, "save view", &["F"], Group::List, 0, "Save filter, order and layout under a name."),
    about(Action::ForgetView, "remove a view", &[], Group::List, 0, "Remove a saved view."),
    about(Action::StartView, "start with a view", &[], Group::List, 0, "Choose the saved view that opens first, or none."),
    about(Action::Exceptions, "exceptions", &["g x"], Group::Go, 0, "Open decisions that cannot wait: late, not pre-wired, old, untouched."),
    about(Action::Figures, "decision figures", &["g i"], Group::Go, 0, "Statistics: how the decisions go, or what this view of Evidence comes to: each figure with its inputs and n."),
    about(Action::NextMatch, "next match", &["n"], Group::List, 0, "Down to the next row that the filter found."),
    about(Action::PreviousMatch, "previous match", &["N"], Group::List, 0, "Up to the previous row that the filter found."),
    about(Action::Sort, "sort", &["S"], Group::List, 0, "Sort by a field; the same again reverses."),
    about(Action::Layout, "board", &["V"], Group::List, 0, "From the table to the board of states and back."),
    about(Action::Columns, "columns", &["|"], Group::List, 0, "Choose what the columns of the table are."),
    about(Action::StepLeft, "step back", &["H"], Group::Row, 0, "One state, day or phase back."),
    about(Action::StepRight, "step on", &["L"], Group::Row, 3, "One state, day or phase on; by the verb that leads there if it takes one."),
    about(Action::MoveDown, "move down", &["J"], Group::Row, 0, "One place down in the order by hand."),
    about(Action::MoveUp, "move up", &["K"], Group::Row, 0, "One place up in the order by hand."),
    about(Action::Shorter, "shorter", &["<"], Group::Row, 0, "A quarter of an hour shorter, on the week."),
    about(Action::Longer, "longer", &[">"], Group::Row, 0, "A quarter of an hour longer, on the week."),
    about(Action::Timer, "timer", &["t"], Group::Row, 0, "Start the timer on this row; again ends it and logs the time."),
    about(Action::PutOnWeek, "put on the week", &["w"], Group::Row, 0, "Plan time for it: a block with day, time and band."),
    about(Action::NextPeriod, "next", &["}"], Group::List, 0, "To the week after, the next plan, the next view of Outcomes or Evidence."),
    about(Action::PreviousPeriod, "previous", &["{"], Group::List, 0, "To the week, the plan or the view before."),
    about(Action::FillWeek, "fill the week", &[], Group::List, 0, "Plan blocks into the free time, by targets and weight."),
    about(Action::FillGaps, "log the meetings", &[], Group::List, 0, "Log the meetings of the week that are over and were not logged."),
    about(Action::AcceptGuesses, "accept the guesses", &[], Group::List, 0, "Take every guessed band of the week that is shown."),
    about(Action::WatchCalendar, "watch a calendar", &[], Group::Workspace, 0, "Read a folder of .ics files, or one, whenever it changes."),
    about(Action::Publish, "publish the plan", &[], Group::Workspace, 0, "Planned blocks into a calendar folder, and from then on by themselves."),
    about(Action::CloseWeek, "close the week", &[], Group::List, 0, "Freeze the figures of the week that is shown."),
    about(Action::Escalate, "escalation", &["!"], Group::Workspace, 0, "The escalation that is open; drafts its memo when reactive work was above its limit for weeks."),
    about(Action::Policy, "intake policy", &["g n"], Group::Workspace, 0, "What requests are held to: channels, size, budget, reply time, what is ready."),
    about(Action::DayNote, "note of the day", &["g N"], Group::Workspace, 0, "What was noted on today, to read and to write; + n adds a line from anywhere."),
    about(Action::DayNotes, "notes of the days", &[], Group::Workspace, 0, "What was noted on each day, the latest first."),
    about(Action::RequestLog, "request log", &[], Group::Workspace, 0, "What was declined and traded, yes and no by month, who asks how much."),
    about(Action::Alignment, "alignment", &["g A"], Group::Go, 0, "Stage and sides, areas, stakeholders, joint work, and metrics to be looked at."),
    about(Action::StartPlan, "start a plan", &["R p"], Group::Workspace, 0, "Start a plan from a template, from any day."),
    about(Action::Closed, "closed", &["."], Group::List, 0, "Show or hide what is closed."),
    about(Action::Mark, "mark", &["space"], Group::List, 0, "Mark the row; changes go to all marked."),
    about(Action::MarkRange, "mark range", &["v"], Group::List, 0, "Mark from the last mark to here."),
    about(Action::MarkAll, "mark all", &["ctrl-a"], Group::List, 0, "Mark all that are shown; again unmarks."),
    about(Action::Down, "down", &["j", "down"], Group::List, 0, "One row down."),
    about(Action::Up, "up", &["k", "up"], Group::List, 0, "One row up."),
    about(Action::Left, "left", &["h", "left"], Group::List, 0, "Fold, or to the left."),
    about(Action::Right, "right", &["l", "right"], Group::List, 0, "Unfold, or to the right."),
    about(Action::Top, "top", &["g g", "home"], Group::List, 0, "To the first row."),
    about(Action::Bottom, "bottom", &["G", "end"], Group::List, 0, "To the last row."),
    about(Action::HalfDown, "half down", &["ctrl-d"], Group::List, 0, "Half a page down."),
    about(Action::HalfUp, "half up", &["ctrl-u"], Group::List, 0, "Half a page up."),
    about(Action::PageDown, "page down", &["pgdn", "ctrl-f"], Group::List, 0, "A page down."),
    about(Action::PageUp, "page up", &["pgup", "ctrl-b"], Group::List, 0, "A page up."),
    about(Action::NextPane, "next pane", &["tab"], Group::List, 0, "To the detail and back."),
    about(Action::PreviousPane, "previous pane", &["shift-tab"], Group::List, 0, "To the detail and back."),
    about(Action::Detail, "detail", &["P"], Group::List, 0, "The detail at the right, below, or hidden."),
    about(Action::Live, "live pane", &["m"], Group::List, 0, "Show or hide the metrics at the right; above the screen where it is narrow."),
    about(Action::Record, "record", &["="], Group::List, 0, "Record a figure: of this metric, or of the one that is due."),
    about(Action::AskSources, "ask the source", &["g ="], Group::List, 0, "Ask what feeds this metric for its figure now; elsewhere all that feed one."),
    about(Action::Zoom, "zoom", &["z"], Group::List, 0, "Give the detail the whole screen."),
    about(Action::Back, "back", &["esc"], Group::List, 0, "Cancel, then clear the filter, then the marks, then back."),
    about(Action::Go(Place::Today), "Today", &["1", "g t"], Group::Go, 0, "What to do now."),
    about(Action::Go(Place::Decisions), "Decisions", &["2", "g d"], Group::Go, 0, "The decision backlog."),
    about(Action::Go(Place::Assets), "Assets", &["3", "g a"], Group::Go, 0, "The asset backlog, requests at its top."),
    about(Action::Go(Place::Week), "Week", &["4", "g w"], Group::Go, 0, "The week: planned, lived, compared."),
    about(Action::Go(Place::Plan), "Plan", &["5", "g p"], Group::Go, 0, "The plan: phases, milestones, gates, slippage."),
    about(Action::Go(Place::Outcomes), "Outcomes", &["6", "g o"], Group::Go, 0, "Outcomes, their bets, and what serves them."),
    about(Action::Go(Place::Evidence), "Evidence", &["7", "g e"], Group::Go, 0, "What is known, and how well: evidence, claims, objections, messages."),
    about(Action::Go(Place::Matrix), "Matrix", &["g E"], Group::Go, 0, "Evidence by segment and buying stage, empty cells too."),
    about(Action::Go(Place::Requests), "Requests", &[], Group::Go, 0, "Everything that was asked."),
    about(Action::Go(Place::Bets), "Bets", &[], Group::Go, 0, "All bets."),
    about(Action::Go(Place::Blocks), "Blocks", &[], Group::Go, 0, "All time that is planned."),
    about(Action::Go(Place::Entries), "Entries", &[], Group::Go, 0, "All time that was spent."),
    about(Action::Go(Place::Plans), "Plans", &[], Group::Go, 0, "All plans, the active one first."),
    about(Action::Go(Place::Milestones), "Milestones", &[], Group::Go, 0, "The milestones of all plans."),
    about(Action::Go(Place::Artefacts), "Artefacts", &["g f"], Group::Go, 0, "The weekly pieces of thinking, drafted and shipped."),
    about(Action::Go(Place::Involvements), "Involvements", &[], Group::Go, 0, "When you were asked in, against when others committed."),
    about(Action::Go(Place::Meetings), "Meetings", &[], Group::Go, 0, "The meetings of your calendars."),
    about(Action::Go(Place::Escalations), "Escalations", &[], Group::Go, 0, "What was raised when reactive work was too much, and the answers."),
    about(Action::Go(Place::Reviews), "Reviews", &["9", "g r"], Group::Go, 0, "Rituals to begin and those that were held, reports, maturity, trades, figures; the artefacts, what was raised."),
    about(Action::Go(Place::People), "People", &[], Group::Go, 0, "Who owns, approves, asks and is asked."),
    about(Action::Go(Place::Commitments), "Commitments", &[], Group::Go, 0, "What was promised to whom, and by when."),
    about(Action::Go(Place::Metrics), "Metrics", &["g M"], Group::Go, 0, "What is measured, and how it is read."),
    about(Action::Go(Place::Scorecard), "Scorecard", &["g S"], Group::Go, 0, "Thirteen periods of every metric, by the executive group and the shared questions."),
    about(Action::Signals, "readings", &["g y"], Group::Go, 0, "What metrics say together; enter raises the decision that a reading offers."),
    about(Action::Go(Place::Deals), "Deals", &["g D"], Group::Go, 0, "What could be sold, and how it ended."),
    about(Action::Go(Place::Impacts), "Impacts", &["g I"], Group::Go, 0, "What changed in the business because of this work."),
    about(Action::DealFigures, "deal figures", &["g F"], Group::Go, 0, "Win rates, cycle, rivals, where deals stall; enter opens the deals behind one."),
    about(Action::Go(Place::Claims), "Claims", &["g c"], Group::Go, 0, "What you claim, and what stands for and against it."),
    about(Action::Go(Place::Insights), "Insights", &[], Group::Go, 0, "What several pieces of evidence show together."),
    about(Action::Go(Place::Objections), "Objections", &["g j"], Group::Go, 0, "What buyers hold against you, how often, and the answers."),
    about(Action::Go(Place::Conversations), "Conversations", &[], Group::Go, 0, "Calls and meetings, with objections or without."),
    about(Action::Go(Place::Segments), "Segments", &[], Group::Go, 0, "Whom you are for, and what each is worth."),
    about(Action::Go(Place::Messages), "Message house", &[], Group::Go, 0, "The message house: slots, proofs, tests."),
    about(Action::Go(Place::Positionings), "Positioning", &[], Group::Go, 0, "The versions of your positioning."),
    about(Action::Go(Place::Experiments), "Experiments", &[], Group::Go, 0, "What is being tried, until when, with what sample."),
    about(Action::Go(Place::Moments), "Moments", &[], Group::Go, 0, "When deals slip away, and the tool that fixes it."),
    about(Action::Go(Place::Trash), "Trash", &[], Group::Go, 0, "What was thrown away; r restores."),
    about(Action::Go(Place::History), "History", &["g u"], Group::Go, 0, "Every step, in words."),
    about(Action::NextPlace, "next screen", &["]"], Group::Go, 0, "To the next screen."),
    about(Action::PreviousPlace, "previous screen", &["["], Group::Go, 0, "To the previous screen."),
    about(Action::Capture, "capture", &["+"], Group::Workspace, 6, "Capture anything from anywhere: a letter such as d, a, r, t, e, m or n, a note on today, and a line."),
    about(Action::Write(Report::Pack), "meeting pack", &["W p"], Group::Workspace, 0, "Write the pack of a meeting, decisions first, of what is shown: a file, or copied."),
    about(Action::Write(Report::Of(ReportKind::Week)), "weekly readout", &["W w"], Group::Workspace, 0, "Write the week for others: what changed first, what shipped last. To read, a file, or copied."),
    about(Action::Write(Report::Of(ReportKind::Month)), "month report", &["W m"], Group::Workspace, 0, "Write the month for others: the eight sections, with charts. To read, a file, or copied."),
    about(Action::Write(Report::Of(ReportKind::Exec)), "one-pager", &["W e"], Group::Workspace, 0, "Write one sheet for those who lead: what changed, outcomes, decisions needed from them, trade-offs, the next 30 days."),
    about(Action::Write(Report::Figures), "decision report", &["W r"], Group::Workspace, 0, "Write how the decisions go, each figure with its formula: a file, or copied."),
    about(Action::Write(Report::Pull), "early involvement", &["W i"], Group::Workspace, 0, "How early people ask, by function, and the months of artefacts shipped beside it. To read, a file, or copied."),
    about(Action::Write(Report::Trades), "trades report", &["W t"], Group::Workspace, 0, "Write what requests came to: a file, or copied."),
    about(Action::Undo, "undo", &["u"], Group::Workspace, 7, "Take the last step back."),
    about(Action::UndoGroup, "undo the ritual", &[], Group::Workspace, 0, "Take back every step of the ritual that the last one belongs to."),
    about(Action::Redo, "redo", &["U", "ctrl-r"], Group::Workspace, 0, "Do again what was taken back."),
    about(Action::RedoGroup, "redo the ritual", &[], Group::Workspace, 0, "Do every step of the ritual again that was taken back last."),
    about(Action::Import, "import", &[], Group::Workspace, 0, "Import a backlog from another tool."),
    about(Action::Palette, "commands", &[":", "ctrl-p"], Group::Workspace, 8, "Find any action, item or screen."),
    about(Action::Help, "help", &["?", "f1"], Group::Workspace, 9, "The keys of this place; typing filters, Enter runs."),
    about(Action::Messages, "messages", &["g m"], Group::Workspace, 0, "All messages of this session."),
    about(Action::Settings, "settings", &[","], Group::Workspace, 0, "Themes and settings, shown as you change them."),
    about(Action::Rules, "rules of bands", &[], Group::Workspace, 0, "By what the band of time is guessed; corrections teach it, and here it is changed."),
    about(Action::Drafts, "drafts", &[], Group::Workspace, 0, "Take up again what was typed and not saved."),
    about(Action::Tour, "tour", &[], Group::Workspace, 0, "The first steps, from the start; again skips them."),
    about(Action::Redraw, "redraw", &["ctrl-l"], Group::Workspace, 0, "Read and draw the screen anew."),
    about(Action::Suspend, "suspend", &["ctrl-z"], Group::Workspace, 0, "Back to the shell; fg returns."),
    about(Action::Quit, "quit", &["q", "ctrl-c"], Group::Workspace, 0, "Quit; everything is saved already."),
];

impl Action {
    /// Its row in the table.
    ///
    /// # Panics
    /// Never: a test holds the table complete.
    #[must_use]
    pub fn about(self) -> &'static About {
        ACTIONS.iter().find(|about| about.action == self).unwrap_or(&ACTIONS[0])
    }

    /// What a configuration calls it: its name with hyphens. A name that was given once stays.
    #[must_use]
    pub fn slug(self) -> String {
        let about = self.about();
        let name = about.name.to_lowercase().replace(' ', "-");
        if about.group == Group::Change { format!("change-{name}") } else { name }
    }

    /// The action that a configuration calls so.
    #[must_use]
    pub fn named(slug: &str) -> Option<Self> {
        ACTIONS.iter().map(|about| about.action).find(|action| action.slug() == slug)
    }

    /// The one place where it is possible; `None` when there are several.
    #[must_use]
    pub fn home(self) -> Option<Place> {
        match self {
            Self::Restore | Self::Purge => Some(Place::Trash),
            Self::TakeBack => Some(Place::History),
            _ => None,
        }
    }

    /// Whether it acts on the row under the cursor or on all marked.
    #[must_use]
    pub fn is_on_row(self) -> bool {
        matches!(self.about().group, Group::Row | Group::Change)
            && !matches!(self, Self::JumpBack | Self::TakeBack)
    }
}

#[cfg(test)]
mod tests;
