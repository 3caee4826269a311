//! Why an action is not possible here and now. The same answer dims the hints, sorts the help and
//! speaks when the key is pressed all the same.

use crate::domain::decision::frozen;
use crate::domain::item::Item;
use crate::domain::kind::Kind;
use crate::domain::part::PartKind;

use super::super::action::{Action, Field, Report, What};
use super::super::choices;
use super::super::layout::BESIDE;
use super::super::model::Model;
use super::super::place::Place;
use super::changing::{changes, on_live_items};
use super::{board, live, part_keys};

/// Why an action is not possible here and now; `None` when it is. The same answer dims the hints,
/// sorts the help and speaks when the key is pressed all the same.
#[expect(clippy::too_many_lines, reason = "a table: one arm an action")]
#[must_use]
pub fn refusal(model: &Model, action: Action) -> Option<String> {
    let no = |text: &str| Some(text.to_owned());
    if model.about.read_only && changes(action) {
        return no("this workspace is read-only");
    }
    // A week has figures, and a timer an end, without a row.
    let alone = (matches!(action, Action::Why | Action::Verbs) && model.place == Place::Week)
        || (action == Action::Timer && model.timer.is_some())
        || (matches!(action, Action::Open | Action::Why) && model.place == Place::Matrix);
    if alone {
        return None;
    }
    if part_keys::is_for_part(model, action) {
        return part_keys::refusal(model, action);
    }
    let item = model.acted(action);
    if action.is_on_row() && item.is_none() && model.list().marks.is_empty() {
        let back = model.keys().way(Action::TakeBack);
        return Some(match model.place {
            Place::History => format!("a step of the history is no item; {back} takes it back"),
            _ if model.list().loaded && model.list().total == 0 => {
                "there is no row here".to_owned()
            }
            _ => "select a row first".to_owned(),
        });
    }
    match action {
        Action::Live => live::refusal(model),
        Action::Purge if model.place != Place::Trash => {
            let verbs = model.keys().way(Action::Verbs);
            Some(format!("only what is in the Trash is purged; “{verbs}” shows what ends a row"))
        }
        Action::TakeBack if model.place != Place::History => {
            let history = model.keys().way(Action::Go(Place::History));
            Some(format!("steps are taken back in the history, {history}"))
        }
        Action::Open if model.is_zoomed() => {
            Some(format!("it is open in full; {} goes back", model.keys().way(Action::Back)))
        }
        Action::TakeBack if model.list().total == 0 => no("there is no step to take back"),
        Action::Restore if model.place != Place::Trash => {
            no("only what is in the Trash is restored")
        }
        _ if model.place == Place::Trash && on_live_items(action) => {
            Some(format!("restore it first, with {}", model.keys().way(Action::Restore)))
        }
        Action::Change(field) => item.and_then(|item| field_refusal(field, item)),
        Action::BlockedBy | Action::JumpToBlocker => item.and_then(|item| {
            let can = item.kind().noun().position("blocked_by").is_some();
            (!can).then(|| format!("nothing blocks {}", item.kind().noun().one()))
        }),
        Action::Write(Report::Row) => {
            item.filter(|item| item.kind() != Kind::Decision).map(|item| {
                format!("a page is written of a decision, not of {}", item.kind().noun().one())
            })
        }
        Action::CopyPrompt => item.filter(|item| item.kind() != Kind::Decision).map(|item| {
            format!("a prompt is filled from a decision, not from {}", item.kind().noun().one())
        }),
        Action::Frame | Action::Prewire | Action::Template => {
            item.and_then(|item| part_refusal(action, item))
        }
        Action::AddPart => item.and_then(|item| {
            let bare = choices::free_parts(item.kind()).next().is_none();
            bare.then(|| format!("{} consists of nothing else", item.kind().noun().one()))
        }),
        Action::JumpBack if model.trail.is_empty() => no("you have not jumped anywhere"),
        Action::Finish if differ(model) => {
            let state = model.keys().way(Action::State);
            Some(format!(
                "what is marked is of several kinds, and each ends in its own way; {state} sets a state that all have"
            ))
        }
        Action::Finish => item.and_then(|item| {
            let verb = crate::domain::verb::Verb::finishing(item.kind());
            if item.kind() == Kind::Metric {
                let way = model.keys().way(Action::Record);
                return Some(format!("nothing ends a metric; {way} records its figure"));
            }
            verb.is_none().then(|| {
                format!(
                    "nothing ends {}; {} picks its state",
                    item.kind().noun().one(),
                    model.keys().way(Action::State)
                )
            })
        }),
        Action::DealsBehind => item.and_then(|item| {
            let has = matches!(item.kind(), Kind::Metric | Kind::Outcome);
            (!has).then(|| "only the figure of a metric is counted on deals".to_owned())
        }),
        Action::SwapTest => item
            .filter(|item| item.kind() != Kind::Positioning)
            .map(|_| "only a positioning is put to the swap test".to_owned()),
        Action::Turn => item.and_then(|item| {
            let can = matches!(item.kind(), Kind::Decision | Kind::Asset | Kind::Request);
            (!can).then(|| format!("{} stays one", item.kind().noun().one()))
        }),
        Action::Copy(What::Reply) => item.and_then(|item| {
            let has = item.kind().noun().answering("reply").is_some();
            (!has).then(|| format!("{} is not answered", item.kind().noun().one()))
        }),
        Action::OpenLink | Action::Copy(What::Link) => item
            .filter(|item| item.text("link").is_empty())
            .map(|item| format!("{} has no link", item.reference)),
        Action::Layout | Action::Columns if model.place.kind().is_none() => {
            Some(format!("{} has one layout only", model.place.title()))
        }
        Action::Columns if model.is_board() => no("a board has states for columns; V is the table"),
        Action::MarkRange if model.is_board() => {
            no("a range is marked in the table; V is the table")
        }
        Action::Shorter | Action::Longer if model.place != Place::Week => {
            let week = model.keys().way(Action::Go(Place::Week));
            Some(format!("blocks are made longer and shorter on the week, {week}"))
        }
        Action::NextPeriod | Action::PreviousPeriod
            if !matches!(model.place, Place::Week | Place::Plan)
                && model.place.turned(0).is_none() =>
        {
            Some(format!("{} has no periods and no other views", model.place.title()))
        }
        Action::NextPane | Action::PreviousPane
            if !model.has_detail_beside() && !model.is_zoomed() && model.place != Place::Week =>
        {
            Some(format!(
                "nothing stands beside the list; {} opens the row",
                model.keys().way(Action::Open)
            ))
        }
        Action::Timer if item.is_some_and(|item| item.kind() == Kind::Person) => {
            no("time is spent on work, not on people")
        }
        Action::PutOnWeek => item.and_then(|item| {
            let is_time = item.kind().noun().position("minutes").is_some();
            is_time.then(|| format!("{} is on the week already", item.reference))
        }),
        Action::StepLeft | Action::StepRight | Action::MoveDown | Action::MoveUp
            if model.place == Place::Week || model.place == Place::Plan =>
        {
            None
        }
        Action::StepLeft | Action::StepRight if !model.is_board() => {
            let state = model.keys().way(Action::State);
            let board = model.keys().way(Action::Layout);
            Some(if refusal(model, Action::Layout).is_none() {
                format!(
                    "a card moves from state to state on the board, {board}; {state} picks the state here"
                )
            } else {
                format!("nothing moves sideways here; {state} picks the state of a row")
            })
        }
        Action::StepLeft | Action::StepRight => {
            item.and_then(|item| board::step_refusal(model, item, action))
        }
        Action::MoveDown | Action::MoveUp => board::reorder_refusal(model).map(str::to_owned),
        Action::Sort | Action::SaveView if model.place.kind().is_none() => {
            Some(format!("{} is not filtered or sorted", model.place.title()))
        }
        Action::Closed if model.place.kind().is_none() => {
            no("there is nothing closed to show here")
        }
        Action::DropTerm if !model.list().is_filtered() => no("there is no filter; / filters"),
        Action::ForgetView | Action::StartView if model.views.is_empty() => {
            no("no view is saved yet; F saves this list as one")
        }
        Action::NextMatch | Action::PreviousMatch if !model.list().is_filtered() => {
            Some(format!("nothing is searched for; {} filters", model.keys().way(Action::Filter)))
        }
        Action::Drafts if model.unsaved.is_empty() => no("everything typed is saved"),
        Action::Undo | Action::UndoGroup if model.undo.is_none() => no("there is nothing to undo"),
        Action::Redo | Action::RedoGroup if model.redo.is_none() => no("there is nothing to redo"),
        Action::Detail if !model.place.has_pane() => {
            let open = model.keys().way(Action::Open);
            Some(format!("{} has no pane for the row; {open} opens it", model.place.title()))
        }
        Action::Detail if model.width < BESIDE && model.height < 18 => {
            let open = model.keys().way(Action::Open);
            Some(format!("too small for a pane beside the list; {open} opens the row"))
        }
        _ => None,
    }
}

/// Whether what is marked is of several kinds.
fn differ(model: &Model) -> bool {
    let mut kinds = model.marked().map(Item::kind);
    let first = kinds.next();
    model.carded().is_none() && kinds.any(|kind| Some(kind) != first)
}

/// Only a decision is framed and pre-wired, and only until it is decided.
fn part_refusal(action: Action, item: &Item) -> Option<String> {
    if item.kind() != Kind::Decision {
        let name = action.about().name;
        return Some(format!("{name} is for a decision, not for {}", item.kind().noun().one()));
    }
    frozen::refuse_part(item, PartKind::Prewire).map(|refusal| refusal.what)
}

fn field_refusal(field: Field, item: &Item) -> Option<String> {
    let noun = item.kind().noun();
    let found = noun.answering(field.word());
    found.is_none().then(|| format!("{} has no {}", noun.one(), field.word().replace('_', " ")))
}
