//! A ritual in lines: how far it is, the card or the rows of the section that is open, and what
//! can be said.

use crate::app::choices;
use crate::app::keys::{Code, Key};
use crate::app::model::Model;
use crate::app::prompt::{Prompt, PromptFor};
use crate::app::ritual::{Rite, is_held};
use crate::domain::ritual::Asks;
use crate::domain::ritual::run::called;

use super::{Lines, reads};

/// Most rows that are told at once.
const MOST: usize = 100;

/// The first word is a key, and what comes after it answers what the key asks; a number goes to its
/// row, and what comes after it is said of that one.
pub fn read(lines: &mut Lines<'_>, line: &str) {
    let (first, rest) = line.split_once(' ').unwrap_or((line, ""));
    if let Ok(number) = first.parse::<usize>() {
        match numbered(&lines.model, !rest.is_empty()) {
            Numbered::Rows => return of_row(lines, number, rest.trim()),
            Numbered::Figure => {
                lines.key(reads::ENTER);
                return reads::read(lines, line);
            }
            Numbered::Key => {}
        }
    }
    let above = lines.model.popups.len();
    reads::press(lines, first);
    if !rest.is_empty() && lines.model.popups.len() > above {
        reads::read(lines, rest.trim());
    }
}

/// What a number is where a ritual is open.
enum Numbered {
    Rows,
    Figure,
    Key,
}

fn numbered(model: &Model, has_more: bool) -> Numbered {
    let rite = model.rite().filter(|rite| rite.minutes.is_none() && rite.presented.is_none());
    match rite.and_then(Rite::asks) {
        Some(Asks::Figures) => Numbered::Figure,
        Some(Asks::Bands | Asks::Lines | Asks::Choice | Asks::Blocks | Asks::Confirmation) => {
            Numbered::Rows
        }
        // Alone it is the answer.
        Some(Asks::Levels) if has_more => Numbered::Rows,
        Some(Asks::Levels | Asks::Verdicts) | None => Numbered::Key,
    }
}

/// Goes to the row of this number, and says of it what comes behind.
fn of_row(lines: &mut Lines<'_>, number: usize, rest: &str) {
    let Some(rite) = lines.model.rite() else { return };
    let count = rite.section().map_or(0, crate::domain::ritual::run::Progress::count);
    let Some(at) = number.checked_sub(1).filter(|at| *at < count) else {
        return lines.tell(&format!("there is no row {number}"));
    };
    let code = if at > rite.cursor { Code::Down } else { Code::Up };
    for _ in 0..at.abs_diff(rite.cursor) {
        lines.key(Key::plain(code));
    }
    if !rest.is_empty() {
        read(lines, rest);
    }
}

/// What an empty line says in a line that a ritual asks for; nothing where it only leaves it.
pub fn says_nothing(model: &Model, prompt: &Prompt) -> Option<&'static str> {
    let PromptFor::Ritual { section, held: None, .. } = &prompt.purpose else { return None };
    let rite = model.rite().filter(|rite| rite.presented.is_none())?;
    let open = rite.section().filter(|open| open.key == *section)?;
    match open.asks {
        _ if !prompt.line.text().is_empty() => None,
        Asks::Figures => Some("an empty line leaves it as it is"),
        _ => open.typed.then_some("an empty line goes on"),
    }
}

/// A ritual: how far it is, and the card, the rows or the lines of the section that is open.
pub fn told(model: &Model, rite: &Rite) -> Vec<String> {
    if let Some(minutes) = &rite.minutes {
        let mut lines: Vec<String> =
            minutes.lines.iter().map(|line| line.as_str().into()).collect();
        lines.push("y copies it, u takes the last answer back, an empty line closes".to_owned());
        return lines;
    }
    if let Some(at) = rite.presented {
        return presented(rite, at);
    }
    let Some(section) = rite.section() else { return Vec::new() };
    let name = rite.sitting.title.split(',').next().unwrap_or("");
    if section.asks == Asks::Verdicts {
        let all = section.count();
        let mut lines = vec![format!("{name}, {} of {all}, {}", rite.cursor + 1, rite.clock())];
        let Some(line) = rite.line() else { return lines };
        let about = line.about.as_deref().unwrap_or("");
        let why = if line.why.is_empty() { String::new() } else { format!(", {}", line.why) };
        lines.push(format!("{about} {}{why}", line.text));
        lines.extend(rite.card.iter().flat_map(|card| card.lines.iter().cloned()));
        let verbs =
            model.subject_item().map(|item| choices::verbs_of(model, item)).unwrap_or_default();
        let said = verbs.iter().filter(|entry| entry.refusal.is_none() && !entry.side.is_empty());
        let said: Vec<String> =
            said.map(|entry| format!("{} {}", entry.side, entry.label)).collect();
        lines.push(said.join(", "));
        lines.push("an empty line keeps it, u takes back, j and k move, esc leaves".to_owned());
        return lines;
    }
    let mut lines = vec![format!("{name}, {}, {}", section.title, rite.clock())];
    lines.push(section.prompt.clone());
    lines.extend(section.notes.iter().cloned());
    for held in &section.held {
        let answer = held.answer.as_ref().map_or_else(
            || "holds; an empty line explains it, w waives it".to_owned(),
            crate::domain::ritual::run::HoldAnswer::words,
        );
        lines.push(format!("{} {}: {answer}", held.about, held.name));
    }
    for (at, line) in (section.from()..).zip(&section.lines).take(MOST) {
        let here = if at == rite.cursor { "here: " } else { "" };
        let about = line.about.as_deref().map(|about| format!("{} ", called(about)));
        let about = about.unwrap_or_default();
        let guess = match (line.words.as_str(), line.guess.as_str()) {
            ("", "") => String::new(),
            ("", guess) if section.asks == Asks::Bands => format!(", guessed {guess}"),
            ("", guess) => format!(", {guess}"),
            (words, _) => format!(", {words}"),
        };
        let aside = line.aside.split_whitespace().collect::<Vec<_>>().join(" ");
        let aside = if aside.is_empty() { aside } else { format!(", {aside}") };
        lines.push(format!("{here}{}. {about}{}{aside}{guess}", at + 1, line.text));
    }
    lines.push(match section.asks {
        Asks::Bands if !crate::app::ritual::keys_of(section).any(|(key, _, _)| *key == "enter") => "s e r o says a band, 3 r that of row 3, X not kept to, j and k move, tab goes on, esc leaves".to_owned(),
        Asks::Bands => "an empty line accepts all, s e r o says a band, 3 r that of row 3, X not kept to, j and k move, tab skips, esc leaves".to_owned(),
        Asks::Confirmation => "an empty line acknowledges all, esc leaves".to_owned(),
        Asks::Choice if section.makes.is_some() => "space chooses the line or gives it up, a adds one, j, k or a number moves, an empty line goes on, tab skips, esc leaves".to_owned(),
        Asks::Choice => "space chooses the line or takes it back, j, k or a number moves, an empty line goes on, tab skips, esc leaves".to_owned(),
        Asks::Levels => "0 1 2 3 4 answers and the next comes, 3 2 answers row 3, j and k move, tab leaves them, esc leaves".to_owned(),
        Asks::Blocks => "f fills the week, H L K J move the block, < > its length, s e r o say its band, X throws it away, j, k or a number moves, an empty line goes on, esc leaves".to_owned(),
        Asks::Figures => {
            "a number or an empty line says the figure, tab leaves the rest, esc leaves".to_owned()
        }
        Asks::Lines if is_held(section) => "an empty line explains what holds it, w waives it, a adds a line, X drops, j, k or a number moves, esc leaves".to_owned(),
        Asks::Verdicts | Asks::Lines => {
            "an empty line goes on, a adds a line, X drops, j, k or a number moves, esc leaves".to_owned()
        }
    });
    lines
}

/// The slide that is presented.
fn presented(rite: &Rite, at: usize) -> Vec<String> {
    let slides = rite.slides();
    let Some(section) = slides.get(at) else { return Vec::new() };
    let mut lines = vec![format!("{}, {} of {}", section.title, at + 1, slides.len())];
    lines.extend(section.notes.iter().cloned());
    for line in &section.lines {
        let about = line.about.as_deref().map(|about| format!("{} ", called(about)));
        let aside = line.aside.split_whitespace().collect::<Vec<_>>().join(" ");
        lines.push(format!("{}{}, {aside}", about.unwrap_or_default(), line.text));
    }
    lines.push("an empty line goes on, h back, + takes a decision down, esc ends".to_owned());
    lines
}
