//! The hints at the foot, from the live bindings.

mod above;
mod rituals;
pub mod which_key;

use ratatui::layout::Rect;

use super::pen::Pen;
use super::theme::Role;
use crate::app::action::{ACTIONS, About, Action};
use crate::app::here;
use crate::app::keys::Key;
use crate::app::model::{Model, Pane};
use crate::app::mouse::Target;
use crate::app::rows::{Fold, Line};
use crate::app::update::refusal;
use crate::domain::kind::Kind;
use crate::domain::part::{Finish, Part};
use crate::domain::shown::Shown;
use crate::domain::verb::Verb;

/// Most hints at the foot, help among them.
const MOST: usize = 8;
/// One hint: the keys, what they do, and what a click on it means; where it names several keys, a
/// click on one of them is that key.
struct Hint {
    key: String,
    name: String,
    target: Option<Target>,
}

/// The keys that matter here; the less important go first when there is little room.
pub fn draw(pen: &mut Pen<'_>, model: &Model, y: u16, width: u16) {
    let hints = match above::hints(model) {
        Some(hints) => fitting(hints, width, Last::Goes),
        None => still(model, fitting(place_hints(model), width, Last::Stays)),
    };
    let mut x = 1;
    for hint in hints {
        let start = x;
        x += pen.word(x, y, width.saturating_sub(x), &hint.key, Role::Accent) + 1;
        x += pen.word(x, y, width.saturating_sub(x), &hint.name, Role::Muted) + 2;
        if let Some(target) = hint.target {
            let wide = x.saturating_sub(start + 2);
            pen.spot(Rect { x: start, y, width: wide, height: 1 }, target);
        } else {
            each(pen, &hint.key, start, y);
        }
    }
}

/// Several keys, each to be clicked on its own.
fn each(pen: &mut Pen<'_>, keys: &str, start: u16, y: u16) {
    let words: Vec<&str> = keys.split(' ').collect();
    let read: Option<Vec<Key>> = words.iter().map(|word| Key::read(word)).collect();
    let mut x = start;
    for (word, key) in words.iter().zip(read.unwrap_or_default()) {
        let width = u16::try_from(word.chars().count()).unwrap_or(1);
        pen.spot(Rect { x, y, width, height: 1 }, Target::Press(key));
        x += width + 1;
    }
}

/// Whether the last hint is the one to keep.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Last {
    Stays,
    Goes,
}

fn fitting(mut hints: Vec<Hint>, width: u16, last: Last) -> Vec<Hint> {
    let wide = |hints: &[Hint]| -> usize {
        let words = hints.iter().map(|hint| Shown::line(&hint.name).width());
        hints.iter().map(|hint| hint.key.chars().count() + 3).sum::<usize>() + words.sum::<usize>()
    };
    while wide(&hints) > usize::from(width) + 1 && hints.len() > 1 {
        // The way out is told for as long as there is room for two.
        let goes = match last {
            Last::Stays => hints.len() - 2,
            Last::Goes if hints.len() > 2 => {
                hints.iter().rposition(|hint| hint.key != "esc").unwrap_or(hints.len() - 1)
            }
            Last::Goes => hints.len() - 1,
        };
        hints.remove(goes);
    }
    hints
}

/// Hints in an order in which they stand still from row to row: what only some rows have comes
/// last, with help behind it.
fn still(model: &Model, mut hints: Vec<Hint>) -> Vec<Hint> {
    if model.chosen_part().is_none() {
        let help = hints.len().saturating_sub(1);
        hints[..help].sort_by_key(|hint| match hint.target {
            Some(Target::Do(Action::BlockedBy)) => 1,
            Some(Target::Do(Action::Right | Action::Finish | Action::Triage | Action::Record)) => 2,
            _ => 0,
        });
    }
    hints
}

/// What the keys do on the part that is chosen in the detail.
const OF_PART: [(Action, &str); 6] = [
    (Action::Edit, "change"),
    (Action::Finish, "done"),
    (Action::Trash, "take away"),
    (Action::Add, "add"),
    (Action::MoveUp, "move up"),
    (Action::Back, "back"),
];

fn part_hints(model: &Model, part: &Part) -> Vec<Hint> {
    let hints = OF_PART.into_iter().filter(|(action, _)| refusal(model, *action).is_none());
    let hints = hints.filter_map(|(action, name)| {
        let key = model.keys().shown(action)?;
        let name = match (action, part.kind.noun().finish) {
            (Action::Finish, Finish::Recommend) => "recommend",
            (Action::Finish, Finish::Fill { text, .. }) if text != "today" => text,
            (Action::Finish, Finish::Fill { .. }) => "held today",
            _ => name,
        };
        Some(Hint { key, name: name.to_owned(), target: Some(Target::Do(action)) })
    });
    hints.collect()
}

fn place_hints(model: &Model) -> Vec<Hint> {
    if let Some(part) = model.chosen_part() {
        return part_hints(model, part);
    }
    let keys = model.keys();
    let mut hints: Vec<(u8, Hint)> = ACTIONS
        .iter()
        .map(|about| (here::hint(about, model.place), about))
        .filter(|(hint, about)| *hint > 0 && refusal(model, about.action).is_none())
        .filter(|(_, about)| is_worth(model, about.action))
        .filter_map(|(hint, about)| {
            let key = keys.shown(about.action)?;
            let name = hint_name(model, about).to_owned();
            Some((hint, Hint { key, name, target: Some(Target::Do(about.action)) }))
        })
        .collect();
    hints.sort_by_key(|(hint, _)| *hint);
    let mut hints: Vec<Hint> = hints.into_iter().map(|(_, hint)| hint).collect();
    let help = hints.pop();
    // On the day, what ends a metric that is due is its figure.
    let is_metric = model.subject_item().is_some_and(|item| item.kind() == Kind::Metric);
    if let Some(key) = keys.shown(Action::Record).filter(|_| is_metric) {
        let target = Some(Target::Do(Action::Record));
        hints.retain(|hint| hint.key != key);
        hints.insert(hints.len().min(1), Hint { key, name: "record a figure".to_owned(), target });
    }
    if model.is_zoomed() || model.pane == Pane::Detail {
        let first = if model.is_zoomed() { OF_ZOOMED } else { OF_DETAIL };
        let of_zoomed = first.into_iter().filter_map(|(action, name)| {
            let key = keys.shown(action)?;
            Some(Hint { key, name: name.to_owned(), target: Some(Target::Do(action)) })
        });
        hints.splice(0..0, of_zoomed);
    }
    hints.truncate(MOST - 1);
    hints.extend(help);
    hints
}

/// What the keys do first where a row has the whole screen.
const OF_ZOOMED: [(Action, &str); 3] =
    [(Action::Back, "back"), (Action::Down, "scroll"), (Action::NextPane, "its parts")];

/// The same where the detail beside the list has the keys.
const OF_DETAIL: [(Action, &str); 3] =
    [(Action::NextPane, "to the list"), (Action::Down, "scroll"), (Action::Zoom, "zoom")];

/// Whether a hint leads to something in this list and on this row.
fn is_worth(model: &Model, action: Action) -> bool {
    let item = model.subject_item();
    match action {
        // These are for the list, which is not in sight.
        Action::Add | Action::Filter | Action::Views | Action::StepRight if model.is_zoomed() => {
            false
        }
        Action::Filter => !model.list().teaches(),
        Action::Right => {
            matches!(model.list().current(), Some(Line::Item { fold: Fold::Folded, .. }))
        }
        Action::Finish => {
            let ends = item.and_then(|item| Some((item, Verb::finishing(item.kind())?)));
            ends.is_none_or(|(item, verb)| verb.refusal(item).is_none())
        }
        Action::Triage => item.is_some_and(|item| {
            item.kind() == Kind::Request && Verb::Accept.refusal(item).is_none()
        }),
        _ => true,
    }
}

/// What a hint calls an action: here, and of this row.
fn hint_name(model: &Model, about: &About) -> &'static str {
    let ends = model.subject_item().and_then(|item| Verb::finishing(item.kind()));
    match ends {
        Some(verb) if about.action == Action::Finish => verb.name(),
        _ => here::told(about, model.place).0,
    }
}
