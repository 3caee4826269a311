//! The hints at the foot and the popup of what may follow a prefix, both from the live bindings.

use ratatui::layout::Rect;

use super::pen::Pen;
use super::theme::Role;
use crate::app::action::{ACTIONS, About, Action};
use crate::app::here;
use crate::app::keys::{Key, chord_words};
use crate::app::menu::Purpose;
use crate::app::model::Model;
use crate::app::mouse::Target;
use crate::app::popup::Popup;
use crate::app::prompt::{Prompt, PromptFor};
use crate::app::rows::{Fold, Line};
use crate::app::update::refusal;
use crate::app::writing::Goal;
use crate::domain::kind::Kind;
use crate::domain::part::{Finish, Part};
use crate::domain::shown::Shown;
use crate::domain::verb::Verb;

mod rituals;

/// Most hints at the foot, help among them.
const MOST: usize = 8;
/// What stays free above and below the popup of a prefix.
const AROUND: u16 = 6;

/// Where a line of a ritual is typed.
const TYPED: &[(&str, &str)] = &[
    ("enter", "adds it; an empty line goes on"),
    ("esc", "to the lines above"),
    ("!", "in front: blocked"),
];

/// One hint: the keys, what they do, and what a click on it means; where it names several keys, a
/// click on one of them is that key.
struct Hint {
    key: String,
    name: String,
    target: Option<Target>,
}

/// The keys that matter here; the less important go first when there is little room.
pub fn draw(pen: &mut Pen<'_>, model: &Model, y: u16, width: u16) {
    let hints = match popup_hints(model) {
        Some(hints) => fitting(hints, width, Last::Goes),
        None => fitting(place_hints(model), width, Last::Stays),
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
        hints.remove(hints.len() - if last == Last::Stays { 2 } else { 1 });
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
    hints.truncate(MOST - 1);
    hints.extend(help);
    hints
}

/// Whether a hint leads to something in this list and on this row.
fn is_worth(model: &Model, action: Action) -> bool {
    let item = model.subject_item();
    match action {
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

/// What the keys do in the form of a decision, which leads to its frame.
const TO_FRAME: [(&str, &str); 5] = [
    ("enter", "next"),
    ("ctrl-s", "saves"),
    ("esc", "leaves"),
    ("ctrl-f", "saves, then the frame"),
    ("up down tab", "move"),
];

/// What the keys do in the line of the filter, which has its effect while it is typed.
const FILTERED: &[(&str, &str)] = &[
    ("enter", "keeps the filter"),
    ("esc", "takes it away"),
    ("tab", "completes"),
    ("up", "earlier lines"),
];

/// What the keys do in any other line.
const LINE: &[(&str, &str)] = &[
    ("enter", "takes it"),
    ("esc", "keeps it for later"),
    ("tab", "completes"),
    ("up", "earlier lines"),
];

/// What the keys do in whatever stands above the screen.
fn popup_hints(model: &Model) -> Option<Vec<Hint>> {
    let hints: &[(&str, &str)] = match model.popups.last()? {
        Popup::Prompt(prompt) if prompt.asks_day() => &[
            ("enter", "takes it"),
            ("down", "opens a month"),
            ("esc", "keeps it for later"),
            ("up", "earlier lines"),
        ],
        Popup::Prompt(Prompt { purpose: PromptFor::Filter { .. }, .. }) => FILTERED,
        Popup::Prompt(prompt) if is_of_ritual(&prompt.purpose) => TYPED,
        Popup::Prompt(Prompt { purpose: PromptFor::Why(_), .. }) => {
            &[("a word", "says why it moved"), ("enter", "keeps it"), ("esc", "leaves it unsaid")]
        }
        Popup::Prompt(_) => LINE,
        Popup::Menu(menu) if menu.letters => {
            &[("a letter", "chooses"), ("esc", "closes"), ("j k", "move"), ("enter", "chooses")]
        }
        Popup::Menu(menu) if menu.purpose == Purpose::Confirm => {
            &[("enter", "chooses"), ("esc", "goes back"), ("up down", "move")]
        }
        Popup::Menu(_) => {
            &[("enter", "chooses"), ("esc", "closes"), ("type", "to filter"), ("up down", "move")]
        }
        Popup::Form(form) if !form.suggestions.is_empty() => &[
            ("type", "to filter"),
            ("up down", "move"),
            ("enter", "takes it"),
            ("tab", "completes"),
            ("esc", "closes"),
        ],
        Popup::Form(form) if form.is_on_text() => &[
            ("type", "to write"),
            ("enter", "next"),
            ("ctrl-s", "saves"),
            ("ctrl-o", "your editor"),
            ("esc", "leaves"),
        ],
        Popup::Form(form) if form.is_chosen() => &[
            ("enter", "next"),
            ("down", "chooses"),
            ("ctrl-s", "saves"),
            ("tab", "moves"),
            ("esc", "leaves"),
        ],
        Popup::Writing(writing) => match writing.goal {
            Goal::Item { .. } | Goal::Policy => &[
                ("ctrl-s", "saves"),
                ("ctrl-z", "undoes"),
                ("ctrl-o", "your editor"),
                ("esc", "leaves"),
            ],
            Goal::Field => &[
                ("esc", "back to the form"),
                ("ctrl-s", "saves it all"),
                ("ctrl-o", "your editor"),
            ],
        },
        Popup::Grid(_) => &[
            ("h j k l", "day, week"),
            ("{ }", "month"),
            (".", "today"),
            ("enter", "takes it"),
            ("esc", "back"),
        ],
        Popup::Conflict(_) => &[
            ("m", "mine"),
            ("t", "theirs"),
            ("M T", "all"),
            ("j k", "move"),
            ("enter", "saves"),
            ("esc", "back"),
        ],
        Popup::Form(form) if form.leads_to_frame() => &TO_FRAME,
        Popup::Form(_) => {
            &[("enter", "next"), ("ctrl-s", "saves"), ("esc", "leaves"), ("up down tab", "move")]
        }
        Popup::Import(preview) => &preview.hints(),
        Popup::Settings(settings) if settings.line.is_some() => {
            &[("enter", "takes it"), ("esc", "leaves it")]
        }
        Popup::Settings(_) => {
            &[("h l", "change"), ("enter", "keeps"), ("esc", "takes it back"), ("j k", "move")]
        }
        Popup::Sheet(_) => &[("j k", "scroll"), ("esc", "closes")],
        Popup::Ritual(rite) => rituals::hints(rite),
        Popup::Judging(_) => &JUDGING,
        Popup::Card(_) => &CARD,
    };
    let hint = |(key, name): &(&str, &str)| Hint {
        key: (*key).to_owned(),
        name: (*name).to_owned(),
        target: Key::read(key).map(Target::Press),
    };
    Some(hints.iter().map(hint).collect())
}

/// The keys on a swap test.
const JUDGING: [(&str, &str); 5] = [
    ("y", "still works"),
    ("n", "is ours alone"),
    ("j k", "move"),
    ("esc", "closes"),
    ("u", "undo"),
];
/// The keys on a card.
const CARD: [(&str, &str); 6] = [
    ("j k", "next, previous"),
    ("esc", "ends the walk"),
    ("u", "undo"),
    ("?", "what each does"),
    ("pgdn", "more"),
    ("+", "capture"),
];

fn is_of_ritual(purpose: &PromptFor) -> bool {
    matches!(purpose, PromptFor::Ritual { held: None, .. })
}

/// What may follow the keys pressed so far: all of it, in as many columns as it takes.
pub fn which_key(pen: &mut Pen<'_>, model: &Model, area: Rect) {
    let mut entries: Vec<(String, &str, Role)> = Vec::new();
    for (rest, about) in model.keys().continuations(&model.pending) {
        let key = rest[0].to_string();
        let role = if refusal(model, about.action).is_some() { Role::Muted } else { Role::Plain };
        match entries.last_mut() {
            Some((last, name, kept)) if *last == key => (*name, *kept) = ("…", Role::Plain),
            _ => entries.push((key, about.name, role)),
        }
    }
    if entries.is_empty() {
        return;
    }
    // Small letters first, as on the keyboard.
    entries.sort_by_key(|(key, _, _)| (key.starts_with(char::is_uppercase), key.clone()));
    let most = usize::from(area.height.saturating_sub(AROUND)).max(1);
    let columns = entries.len().div_ceil(most);
    let rows = entries.len().div_ceil(columns);
    let widest = |words: &mut dyn Iterator<Item = usize>| words.max().unwrap_or(0);
    let key = widest(&mut entries.iter().map(|(key, _, _)| key.chars().count())).max(2) + 2;
    let name = widest(&mut entries.iter().map(|(_, name, _)| name.chars().count()));
    let column = u16::try_from(key + name + 3).unwrap_or(u16::MAX);
    let count = u16::try_from(columns).unwrap_or(1);
    let width = (column.saturating_mul(count) + 2).max(28).min(area.width);
    let height = u16::try_from(rows).unwrap_or(u16::MAX).min(area.height.saturating_sub(5)) + 2;
    let place = Rect {
        x: area.width.saturating_sub(width + 1),
        y: area.height.saturating_sub(height + 3),
        width,
        height,
    };
    let title = Shown::line(&format!("{} …", chord_words(&model.pending)));
    let inside = pen.boxed(place, &title);
    let key = u16::try_from(key).unwrap_or(8);
    for (at, (keys, name, role)) in entries.iter().enumerate() {
        let x = inside.x + column * u16::try_from(at / rows).unwrap_or(0);
        let y = inside.y + u16::try_from(at % rows).unwrap_or(0);
        if x >= inside.right() || y >= inside.bottom() {
            continue;
        }
        pen.word(x, y, key.min(inside.right() - x), keys, Role::Accent);
        let left = (x + key).min(inside.right());
        pen.word(left, y, inside.right() - left, name, *role);
        if let Some(pressed) = Key::read(keys) {
            let wide = column.min(inside.right() - x);
            pen.spot(Rect { x, y, width: wide, height: 1 }, Target::Press(pressed));
        }
    }
}
