//! What a line means where it is typed: the name of an action or its keys, the number of a row, and
//! behind it the text that the action asks for; in a list, a form or a text the answer to it.

use crate::app::action::{ACTIONS, Action};
use crate::app::bindings::Found;
use crate::app::conflict::Conflict;
use crate::app::effect::Msg;
use crate::app::form::Form;
use crate::app::keys::{Code, Key};
use crate::app::menu::{Menu, Pick};
use crate::app::popup::Popup;
use crate::app::prompt::Prompt;
use crate::app::writing::Writing;
use crate::domain::item::Item;
use crate::domain::verb::{self, Verb};

use super::{Lines, ritual, row, says};

pub(super) const ENTER: Key = Key::plain(Code::Enter);
const ESC: Key = Key::plain(Code::Esc);
const SAVE: Key = Key::ctrl('s');

/// Does what a line says.
pub fn read(lines: &mut Lines<'_>, line: &str) {
    let word = line.trim();
    let leaves = ["esc", "cancel", "back"].contains(&word);
    let is_written =
        matches!(lines.model.popups.last(), Some(Popup::Writing(_) | Popup::Prompt(_)));
    if word == "quit" && !is_written {
        return quit(lines);
    }
    match lines.model.popups.last().cloned() {
        None => command(lines, word),
        Some(_) if leaves => lines.key(ESC),
        Some(Popup::Ritual(_)) => ritual::read(lines, word),
        Some(Popup::Prompt(open)) => prompt(lines, &open, word),
        Some(Popup::Menu(menu)) => choose(lines, &menu, word),
        Some(Popup::Form(form)) => form_line(lines, &form, word),
        Some(Popup::Writing(writing)) => text(lines, &writing, line),
        Some(Popup::Judging(_)) => judge(lines, word),
        Some(Popup::Conflict(conflict)) => settle(lines, &conflict, word),
        Some(
            Popup::Import(_)
            | Popup::Sheet(_)
            | Popup::Grid(_)
            | Popup::Card(_)
            | Popup::Settings(_),
        ) => press(lines, word),
    }
}

/// `3 y` answers the third line, `y` the one that is next, a number goes there.
fn judge(lines: &mut Lines<'_>, line: &str) {
    let (first, rest) = line.split_once([' ', '=']).unwrap_or((line, ""));
    let Ok(number) = first.parse::<usize>() else { return press(lines, line) };
    if let Some(Popup::Judging(judging)) = lines.model.popups.last_mut() {
        if number == 0 || number > judging.lines.len() {
            return lines.tell(&format!("there is no line {number}"));
        }
        judging.go(number - 1);
    }
    if !rest.is_empty() {
        press(lines, rest.trim());
    }
}

/// Leaves whatever is open, and ends, unless something asks first.
fn quit(lines: &mut Lines<'_>) {
    let open = lines.model.popups.len();
    for _ in 0..open {
        if !lines.model.is_asking() {
            lines.key(ESC);
        }
    }
    if lines.model.popups.is_empty() {
        lines.send(Msg::Act(Action::Quit));
    }
}

/// A line where nothing is open.
fn command(lines: &mut Lines<'_>, line: &str) {
    let (first, rest) = line.split_once(' ').unwrap_or((line, ""));
    let number = first.parse::<usize>().ok();
    let row = number.and_then(|number| says::place_of(lines.model.list(), number));
    if let Some(row) = row {
        lines.send(Msg::Row(row));
        if !rest.is_empty() {
            command(lines, rest.trim());
        }
        return;
    }
    if line == "next page" || line == "more" {
        return lines.send(Msg::Act(Action::PageDown));
    }
    let Some((action, rest)) = meant(lines, line) else {
        if let Some((verb, rest)) = verb_meant(lines, line) {
            return act_by(lines, verb, rest);
        }
        if row::acted(lines, line) {
            return;
        }
        if let Some(number) = number {
            lines.tell(&format!("there is no row {number}"));
            return;
        }
        lines.tell(&format!("“{line}” means nothing here; help lists what can be done"));
        return;
    };
    if !rest.is_empty() && !takes_text(action) {
        let name = action.about().name;
        lines.tell(&format!("{name} takes nothing after it; nothing was done"));
        return;
    }
    lines.send(Msg::Act(action));
    if !rest.is_empty() && !lines.model.popups.is_empty() {
        read(lines, rest);
    }
}

/// The verb of the chosen row that a line begins with.
fn verb_meant<'a>(lines: &Lines<'_>, line: &'a str) -> Option<(Verb, &'a str)> {
    let kind = lines.model.subject_item()?.kind();
    verb::of(kind).find_map(|verb| Some((verb, strip_word(line, verb.name())?)))
}

/// Does by its name what the menu of verbs does, and answers what that asks.
fn act_by(lines: &mut Lines<'_>, verb: Verb, rest: &str) {
    let kind = lines.model.subject_item().map(Item::kind);
    if kind.and_then(Verb::finishing) == Some(verb) {
        lines.send(Msg::Act(Action::Finish));
    } else {
        lines.send(Msg::Act(Action::Verbs));
        if lines.model.popups.is_empty() {
            return;
        }
        read(lines, verb.name());
    }
    if !rest.is_empty() && !lines.model.popups.is_empty() {
        read(lines, rest);
    }
}

/// The action that a line begins with, by its name or its keys, and what comes after it.
fn meant<'a>(lines: &Lines<'_>, line: &'a str) -> Option<(Action, &'a str)> {
    // Signs need no space after them: /due:week, +r Deck.
    if let Some(sign) = line.chars().next().filter(|sign| "/+:".contains(*sign))
        && let Found::Action(action) = lines.model.keys().find(&[Key::char(sign)])
    {
        return Some((action, line[1..].trim()));
    }
    let named = ACTIONS.iter().filter_map(|about| {
        let rest = strip_word(line, about.name)?;
        Some((about.name.len(), about.action, rest))
    });
    if let Some((_, action, rest)) = named.max_by_key(|(length, _, _)| *length) {
        return Some((action, rest));
    }
    let words: Vec<&str> = line.split(' ').collect();
    let ends = (1..=words.len().min(3)).rev();
    ends.into_iter().find_map(|count| {
        let chord = chord(&words[..count])?;
        let Found::Action(action) = lines.model.keys().find(&chord) else { return None };
        let taken: usize = words[..count].iter().map(|word| word.len() + 1).sum();
        Some((action, line.get(taken..).unwrap_or("").trim()))
    })
}

/// What follows a name at the beginning of a line, whatever its case.
pub(super) fn strip_word<'a>(line: &'a str, name: &str) -> Option<&'a str> {
    let head = line.get(..name.len())?;
    let rest = &line[name.len()..];
    let ends = rest.is_empty() || rest.starts_with(' ');
    (head.eq_ignore_ascii_case(name) && ends).then(|| rest.trim())
}

/// `c d` and `ctrl-p` as help writes them, and `cd` for short.
fn chord(words: &[&str]) -> Option<Vec<Key>> {
    let written: Option<Vec<Key>> = words.iter().map(|word| Key::read(word)).collect();
    match (written, words) {
        (Some(keys), _) => Some(keys),
        (None, [word]) if word.chars().count() <= 3 => Some(word.chars().map(Key::char).collect()),
        _ => None,
    }
}

fn takes_text(action: Action) -> bool {
    matches!(
        action,
        Action::Add
            | Action::AddForm
            | Action::Capture
            | Action::Filter
            | Action::Import
            | Action::Change(_)
            | Action::State
            | Action::Finish
            | Action::Verbs
            | Action::BlockedBy
            | Action::Turn
            | Action::Sort
            | Action::Palette
            | Action::Help
    )
}

/// The answer to what a line asks. An empty one leaves it as it is, but where a ritual takes that for
/// an answer; `enter` takes what stands there, and `up` brings back what was typed before.
fn prompt(lines: &mut Lines<'_>, open: &Prompt, text: &str) {
    if text.is_empty() {
        let answers = ritual::says_nothing(&lines.model, open).is_some();
        return lines.key(if answers { ENTER } else { ESC });
    }
    if text == "enter" {
        return lines.key(ENTER);
    }
    if text == "up" && says::offered(open).is_some() {
        return lines.key(Key::plain(Code::Up));
    }
    if text == "example" && lines.model.tour.is_on() {
        lines.key(Key::plain(Code::Tab));
        return lines.key(ENTER);
    }
    lines.key(Key::plain(Code::End));
    lines.key(Key::ctrl('u'));
    if let Some(Popup::Prompt(open)) = lines.model.popups.last_mut() {
        // What was brought back goes whole, with the lines that it had.
        open.pasted.clear();
    }
    lines.send(Msg::Paste(text.to_owned()));
    if let Some(Popup::Prompt(open)) = lines.model.popups.last() {
        let days = open.chips.iter().filter(|chip| chip.label.contains('→'));
        let words: Vec<String> = days.map(|chip| chip.label.clone()).collect();
        if !words.is_empty() {
            lines.tell(&words.join(", "));
        }
    }
    lines.key(ENTER);
}

/// A number chooses, a letter too where the list has letters; words filter.
fn choose(lines: &mut Lines<'_>, menu: &Menu, word: &str) {
    if word.is_empty() {
        return lines.key(ESC);
    }
    if let Ok(number) = word.parse::<usize>() {
        return choose_row(lines, menu, number);
    }
    let (first, rest) = word.split_once(' ').unwrap_or((word, ""));
    let by_letter = menu.entries.iter().any(|entry| menu.letters && entry.side == first);
    if let (true, Some(key)) = (by_letter, Key::read(first)) {
        lines.key(key);
        if !rest.is_empty() && !lines.model.popups.is_empty() {
            read(lines, rest);
        }
        return;
    }
    let lower = word.to_lowercase();
    let exact = menu.shown.iter().position(|at| menu.entries[*at].label.to_lowercase() == lower);
    if let Some(at) = exact {
        return choose_row(lines, menu, at + 1);
    }
    if menu.letters {
        lines.tell(&format!("“{word}” is none of these"));
        return;
    }
    lines.key(Key::ctrl('u'));
    lines.send(Msg::Paste(word.to_owned()));
    let Some(Popup::Menu(found)) = lines.model.popups.last().cloned() else { return };
    let is_old = |at: &&usize| found.entries[**at].pick != Pick::New;
    let mut old = found.shown.iter().filter(is_old);
    if let (Some(_), None) = (old.next(), old.next()) {
        choose_row(lines, &found, 1);
    }
}

fn choose_row(lines: &mut Lines<'_>, menu: &Menu, number: usize) {
    if number == 0 || number > menu.shown.len() {
        lines.tell(&format!("there is no {number}"));
        return;
    }
    let (code, times) = if number > menu.cursor {
        (Code::Down, number - 1 - menu.cursor)
    } else {
        (Code::Up, menu.cursor + 1 - number)
    };
    for _ in 0..times {
        lines.key(Key::plain(code));
    }
    lines.key(ENTER);
}

/// `3 fri` or `needed by fri` fills a field, `save` saves the form.
fn form_line(lines: &mut Lines<'_>, form: &Form, line: &str) {
    if line == "save" {
        return lines.key(SAVE);
    }
    let (first, rest) = line.split_once(' ').unwrap_or((line, ""));
    let by_number = first.parse::<usize>().ok().filter(|number| *number <= form.entries.len());
    let found = match by_number {
        Some(number) if number > 0 => Some((number - 1, rest)),
        _ => form
            .entries
            .iter()
            .enumerate()
            .find_map(|(at, _)| Some((at, strip_word(line, form.label(at))?))),
    };
    let Some((at, value)) = found else {
        lines.tell("a field is filled by its number or its name, then the text; save, or esc");
        return;
    };
    for _ in 0..form.entries.len() {
        match lines.model.popups.last() {
            Some(Popup::Form(form)) if form.focus != at => {
                if !form.suggestions.is_empty() {
                    lines.key(ESC);
                }
                lines.key(Key::plain(Code::BackTab));
            }
            _ => break,
        }
    }
    if form.entries[at].field.kind == crate::domain::field::FieldKind::Text {
        lines.key(Key::ctrl('g'));
        if !value.is_empty() {
            let text = value.to_owned();
            lines.send(Msg::Edited { item: None, field: form.entries[at].field.name, text });
            lines.key(ESC);
        }
        return;
    }
    lines.key(Key::plain(Code::End));
    lines.key(Key::ctrl('u'));
    let value = if value == "none" { "" } else { value };
    lines.send(Msg::Paste(value.to_owned()));
    if matches!(lines.model.popups.last(), Some(Popup::Form(form)) if !form.suggestions.is_empty())
    {
        lines.key(ESC);
    }
    // What is wrong with it is said when it is left.
    lines.key(Key::plain(Code::BackTab));
}

/// Lines are added; `save` and `clear` are the only words that are not text.
fn text(lines: &mut Lines<'_>, writing: &Writing, line: &str) {
    match line {
        "save" => lines.key(SAVE),
        "clear" => lines.send(Msg::Edited { item: None, field: "note", text: String::new() }),
        _ => {
            let begins = writing.text.as_str().is_empty();
            let text = if begins { line.to_owned() } else { format!("\n{line}") };
            lines.key(Key { code: Code::End, modifier: crate::app::keys::Modifier::Ctrl });
            lines.send(Msg::Paste(text));
        }
    }
}

/// `1 mine`, `2 theirs`, `all mine`, `save`.
fn settle(lines: &mut Lines<'_>, conflict: &Conflict, line: &str) {
    let (which, whose) = line.split_once(' ').unwrap_or(("", line));
    match (which, whose) {
        (_, "save") => lines.key(SAVE),
        ("all", "mine") => lines.key(Key::char('M')),
        ("all", "theirs") => lines.key(Key::char('T')),
        (_, "mine" | "theirs") => {
            if let Ok(number) = which.parse::<usize>() {
                for _ in 0..conflict.clashes.len() {
                    lines.key(Key::char('k'));
                }
                for _ in 1..number {
                    lines.key(Key::char('j'));
                }
            }
            lines.key(Key::char(if whose == "mine" { 'm' } else { 't' }));
        }
        _ => lines.tell("a number and mine or theirs; then save, or esc"),
    }
}

/// The keys of a preview, by their names.
pub(super) fn press(lines: &mut Lines<'_>, word: &str) {
    let word = match word {
        "" | "import" => "enter",
        "flip" => "f",
        "problems" => "w",
        other => other,
    };
    match Key::read(word) {
        Some(key) => lines.key(key),
        None => lines.tell(&format!("“{word}” is no key")),
    }
}
