//! A section of a ritual that is a list: bands, lines, a table to acknowledge; the line that is
//! typed into it; on to the next section and back.

use crate::domain::refusal::Refusal;
use crate::domain::ritual::run::{SectionState, Verdict};
use crate::domain::ritual::{Asks, Mark};
use crate::domain::week::Band;
use crate::ops::ritual::Turn;

use super::super::super::effect::Effect;
use super::super::super::keys::{Code, Key};
use super::super::super::menu::{Entry, Menu, Pick, Purpose};
use super::super::super::model::{Model, Tone};
use super::super::super::popup::{Popup, Sheet};
use super::super::super::prompt::{Prompt, PromptFor};
use super::super::super::ritual::{Rite, keys_of};
use super::super::open;
use super::{command, held, send};

/// A section that asks for a line has it open at once.
pub(super) fn ask_typed(model: &mut Model) -> Vec<Effect> {
    let Some(rite) = model.rite() else { return Vec::new() };
    let Some(section) = rite.section() else { return Vec::new() };
    let is_over =
        section.lines.iter().any(|line| line.verdict == Verdict::Added) && section.makes.is_some();
    if rite.presented.is_some() || !section.held.is_empty() {
        return Vec::new();
    }
    // Never because nothing is on record: the same keys mean the same every week.
    let asks = match section.asks {
        Asks::Lines => section.typed && !is_over,
        Asks::Figures => true,
        Asks::Verdicts
        | Asks::Bands
        | Asks::Choice
        | Asks::Levels
        | Asks::Blocks
        | Asks::Confirmation => false,
    };
    if asks && matches!(model.popups.last(), Some(Popup::Ritual(_))) {
        ask_line(model, "");
    }
    Vec::new()
}

fn ask_line(model: &mut Model, text: &str) {
    let Some((kind, section)) =
        model.rite().and_then(|rite| Some((rite.sitting.kind, rite.section()?.clone())))
    else {
        return;
    };
    let label = match model.rite().and_then(Rite::line) {
        Some(line) if section.asks == Asks::Figures => format!("{}, {}", line.text, line.aside),
        _ => section.title.to_lowercase(),
    };
    let purpose = PromptFor::Ritual { kind, section: section.key, held: None };
    let mut prompt = Prompt::new(purpose, label, text).offering(model);
    text.clone_into(&mut prompt.opened);
    open(model, Popup::Prompt(prompt));
}

/// Asks for a line of a section, whether it is open or not.
pub(super) fn ask_for(model: &mut Model, key: &str, label: &str) {
    let Some(kind) = model.rite().map(|rite| rite.sitting.kind) else { return };
    let purpose = PromptFor::Ritual { kind, section: key.to_owned(), held: None };
    let prompt = Prompt::new(purpose, label, "").offering(model);
    open(model, Popup::Prompt(prompt));
}

/// Enter in the line of a section: adds it; an empty one ends the section.
pub fn typed(model: &mut Model, prompt: &Prompt) -> Vec<Effect> {
    let text = prompt.line.text().trim().to_owned();
    let PromptFor::Ritual { section: key, held, .. } = &prompt.purpose else { return Vec::new() };
    let Some(rite) = model.rite() else {
        model.popups.pop();
        model.say("the ritual is not open any more", Tone::Refused);
        return Vec::new();
    };
    if let Some(held) = held {
        return held::typed(model, held, &text);
    }
    let named = rite.sitting.run.sections.iter().find(|section| section.key == *key);
    let Some(section) = named.cloned() else { return Vec::new() };
    let is_open = rite.section().is_some_and(|open| open.key == section.key);
    let is_list = section.asks != Asks::Figures && !section.typed;
    if text.is_empty() && (!is_open || is_list || rite.presented.is_some()) {
        model.popups.pop();
        return Vec::new();
    }
    let step = if let (Asks::Figures, Some(line)) = (section.asks, rite.line()) {
        rite.sitting.figuring(&section, line, &text)
    } else if text.is_empty() {
        rite.sitting.let_leave(&section).map(|()| rite.sitting.ending(&section))
    } else {
        rite.sitting.adding(&section, &text)
    };
    match step {
        Ok(step) => {
            model.sending = model.popups.pop();
            send(model, step)
        }
        Err(refusal) => refuse(model, &refusal),
    }
}

/// A key where a section is a list.
pub(super) fn press(model: &mut Model, key: Key) -> Vec<Effect> {
    let Some(rite) = model.rite() else { return Vec::new() };
    let Some(section) = rite.section().cloned() else { return Vec::new() };
    let line = rite.line().cloned();
    let sitting = &rite.sitting;
    let step = match (section.asks, key.code) {
        // What nobody guesses stays as it is, and is told as time without a band.
        (Asks::Bands, Code::Enter) => {
            Ok(sitting.accepting(&section).unwrap_or_else(|| sitting.leaving_bands(&section)))
        }
        (Asks::Bands, Code::Char(letter @ ('s' | 'e' | 'r' | 'o' | 'X'))) => match line {
            Some(line) => sitting.classifying(&section, &line, Band::parse(&letter.to_string())),
            None => return Vec::new(),
        },
        (Asks::Bands, _) => return command(model, key),
        (Asks::Levels, Code::Char(digit @ '0'..='4')) => match (line, digit.to_digit(10)) {
            (Some(line), Some(level)) => {
                sitting.levelling(&section, &line, u8::try_from(level).unwrap_or(u8::MAX))
            }
            (None | Some(_), None | Some(_)) => return Vec::new(),
        },
        (Asks::Levels, Code::Enter) => {
            Err(Refusal::input("0 to 4 answers; tab leaves the questions"))
        }
        (Asks::Choice, Code::Enter) => Ok(sitting.picking_last(&section, line.as_ref())),
        (Asks::Choice, Code::Char(' ')) => match line {
            Some(line) => sitting.picking(&section, &line),
            None => return Vec::new(),
        },
        (Asks::Figures, Code::Enter) => {
            ask_line(model, "");
            return Vec::new();
        }
        (Asks::Figures, Code::Char(digit)) if digit.is_ascii_digit() => {
            ask_line(model, &digit.to_string());
            return Vec::new();
        }
        (Asks::Lines, Code::Enter | Code::Char('w'))
            if let Some(held) = sitting.holding(&section) =>
        {
            let is_waived = key.code == Code::Char('w');
            return held::ask(model, &held.about.clone(), (!is_waived).then(Vec::new));
        }
        (_, Code::Enter) => Ok(sitting.ending(&section)),
        (Asks::Blocks, Code::Char('f')) => Ok(sitting.filling()),
        (Asks::Blocks, Code::Char(letter)) => match (Turn::read(&letter.to_string()), line) {
            (Some(turn), Some(line)) => sitting.turning(&line, turn),
            (Some(_), None) => return Vec::new(),
            (None, _) => return command(model, key),
        },
        (Asks::Lines, Code::Char('X')) => match line {
            Some(line) => {
                let dropped = line.verdict == Verdict::Dropped;
                let mark = if dropped { Mark::Kept } else { Mark::Dropped };
                Ok(sitting.marking(&section, &line, mark))
            }
            None => return Vec::new(),
        },
        (Asks::Choice, Code::Char('a')) if section.makes.is_some() => {
            ask_line(model, "");
            return Vec::new();
        }
        (Asks::Lines, Code::Char('a' | '!')) => {
            ask_line(model, if key.code == Code::Char('!') { "! " } else { "" });
            return Vec::new();
        }
        _ => return command(model, key),
    };
    match step {
        Ok(step) => send(model, step),
        Err(refusal) => refuse(model, &refusal),
    }
}

/// Asks for the band of the block under the cursor.
pub(super) fn ask_band(model: &mut Model) {
    let Some(line) = model.rite().and_then(Rite::line) else { return };
    let title = format!("band of {}", line.about.as_deref().unwrap_or(&line.text));
    let entry =
        |(letter, slug): (&str, &'static str)| Entry::new(slug, Pick::Slug(slug)).side(letter);
    let bands = [("s", "strategic"), ("e", "execution"), ("r", "reactive"), ("o", "off")];
    let entries = bands.into_iter().map(entry).collect();
    open(model, Popup::Menu(Menu::new(Purpose::BandOfBlock, title, entries).by_letters()));
}

/// The band of the block was chosen.
pub fn banded(model: &mut Model, band: &str) -> Vec<Effect> {
    let step = model.rite().and_then(|rite| {
        let line = rite.line()?;
        Some(rite.sitting.turning(line, Turn::Into(Band::parse(band)?)))
    });
    match step {
        Some(Ok(step)) => send(model, step),
        Some(Err(refusal)) => refuse(model, &refusal),
        None => Vec::new(),
    }
}

pub(super) fn refuse(model: &mut Model, refusal: &Refusal) -> Vec<Effect> {
    let hint = refusal.hint.as_ref().map(|hint| format!(" · {hint}")).unwrap_or_default();
    model.say(format!("{}{hint}", refusal.what), Tone::Refused);
    Vec::new()
}

/// What can be said in a section that is a list.
pub(super) fn help(model: &mut Model) {
    let Some(section) = model.rite().and_then(Rite::section).cloned() else { return };
    let mut lines = vec![section.prompt.clone(), String::new()];
    let all = keys_of(&section);
    lines.extend(all.map(|(key, _, does)| format!("{key}: {does}")));
    if model.rite().is_some_and(|rite| rite.sitting.kind.is_presented()) {
        lines.push("z: presents it, a section a screen, decisions first".to_owned());
    }
    for (key, does) in [
        ("tab", "on to the next section without a word"),
        ("shift-tab", "back to the one before"),
        ("u", "takes the last answer back"),
        ("esc", "leaves; it goes on where it was left"),
    ] {
        lines.push(format!("{key}: {does}"));
    }
    open(model, Popup::Sheet(Sheet::new(&section.title, &lines)));
}

/// On to the next section without a word.
pub(super) fn skip(model: &mut Model) -> Vec<Effect> {
    let step = model.rite().and_then(|rite| {
        let section = rite.section()?;
        Some(rite.sitting.let_leave(section).map(|()| rite.sitting.skipping(section)))
    });
    match step {
        Some(Ok(step)) => send(model, step),
        Some(Err(refusal)) => refuse(model, &refusal),
        None => Vec::new(),
    }
}

/// Back to the section before.
pub(super) fn back(model: &mut Model) {
    if let Some(rite) = model.rite_mut() {
        let run = &mut rite.sitting.run;
        let before = (0..run.at).rev().find(|at| run.sections[*at].count() > 0);
        match before {
            Some(at) => {
                run.at = at;
                run.sections[at].state = SectionState::Open;
                (rite.cursor, rite.top) = (0, 0);
            }
            None => model.say("this is the first of it", Tone::Refused),
        }
    }
}
