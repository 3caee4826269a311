//! The line at the foot in which something is typed, with what was understood above it.

use ratatui::layout::{Position, Rect};

use super::pen::{Pen, wrapped};
use super::theme::Role;
use super::typed;
use crate::app::completion::Offers;
use crate::app::model::Model;
use crate::app::mouse::Target;
use crate::app::prompt::Prompt;
use crate::domain::grammar::{Chip, ChipTone};
use crate::domain::shown::Shown;

/// Columns that a question in the same line leaves for the answer.
const ROOM: u16 = 26;
/// Lines that a long question leaves for the screen behind it.
const ABOVE: u16 = 6;

pub fn draw(pen: &mut Pen<'_>, model: &Model, prompt: &Prompt, area: Rect) -> Option<Position> {
    let line = area.height - 2;
    let asked = asked(prompt, area);
    let tall = u16::try_from(asked.len()).unwrap_or(0);
    let tall = tall.min(line.saturating_sub(1));
    let chips = (line - tall).saturating_sub(1);
    pen.clear(Rect { x: 0, y: line, width: area.width, height: 1 });
    let offer = prompt.offer.as_ref().filter(|_| prompt.line.text() == prompt.opened);
    if let Some(offers) = &prompt.offers {
        pen.clear(Rect { x: 0, y: chips, width: area.width, height: 1 });
        draw_offers(pen, offers, chips, area.width);
    } else if !prompt.chips.is_empty() || !prompt.pasted.is_empty() || offer.is_some() {
        pen.clear(Rect { x: 0, y: chips, width: area.width, height: 1 });
        match offer {
            Some(offer) => {
                let words = format!("up brings back what you typed: “{}”", offer.line());
                pen.word(1, chips, area.width - 2, &words, Role::Muted);
            }
            None => draw_chips(pen, model, prompt, (chips, area.width)),
        }
    }
    for (y, words) in (line - tall..line).zip(&asked) {
        pen.clear(Rect { x: 0, y, width: area.width, height: 1 });
        pen.put(1, y, area.width - 2, words, Role::Accent);
    }
    let label = if tall > 0 { Shown::fixed(">") } else { Shown::line(&prompt.label) };
    let most = area.width.saturating_sub(ROOM).max(area.width / 2);
    let mut x = 1 + pen.put(1, line, most, &label, Role::Accent) + 1;
    if prompt.label == "/" {
        x -= 1;
    }
    let room = area.width.saturating_sub(x + 1);
    let role = if prompt.selected { Role::Selection } else { Role::Plain };
    let x = typed::draw(pen, (x, line, room), &prompt.line, role);
    Some(Position { x: x.min(area.width - 1), y: line })
}

/// What is asked, in lines of its own where it leaves too little room beside it to type.
fn asked(prompt: &Prompt, area: Rect) -> Vec<Shown> {
    let label = Shown::line(&prompt.label);
    let wide = u16::try_from(label.width()).unwrap_or(u16::MAX);
    if wide <= area.width / 2 || wide.saturating_add(ROOM) <= area.width {
        return Vec::new();
    }
    let most = usize::from(area.height.saturating_sub(ABOVE)).max(1);
    wrapped(&label, usize::from(area.width.saturating_sub(2).max(1)), most)
}

/// The candidates in one line, from one before the chosen one on.
fn draw_offers(pen: &mut Pen<'_>, offers: &Offers, y: u16, width: u16) {
    let mut x = 1;
    for (at, candidate) in offers.candidates.iter().enumerate().skip(offers.at.saturating_sub(1)) {
        let role = if at == offers.at { Role::Selection } else { Role::Muted };
        let words = if candidate.label.is_empty() { &candidate.word } else { &candidate.label };
        let start = x;
        x += pen.word(x, y, width.saturating_sub(x + 1), words, role) + 3;
        let wide = x.saturating_sub(start + 3);
        pen.spot(Rect { x: start, y, width: wide, height: 1 }, Target::Offer(at));
        if x >= width {
            return;
        }
    }
}

/// What was understood; where it does not all fit, what is wrong goes first, and the rest is counted.
fn draw_chips(pen: &mut Pen<'_>, model: &Model, prompt: &Prompt, (y, width): (u16, u16)) {
    let role = |tone: ChipTone| match tone {
        ChipTone::Understood => Role::Ok,
        ChipTone::Warning => Role::Warn,
        ChipTone::Wrong => Role::Danger,
    };
    let words = |chip: &Chip| match chip.tone {
        ChipTone::Understood => chip.label.clone(),
        ChipTone::Warning | ChipTone::Wrong => format!("! {}", chip.label),
    };
    let mut all: Vec<(String, Role)> = Vec::new();
    if !prompt.pasted.is_empty() {
        let words = format!("and {} more lines: enter adds all, as one step", prompt.pasted.len());
        all.push((words, Role::Warn));
    }
    all.extend(prompt.chips.iter().map(|chip| (words(chip), role(chip.tone))));
    let strangers = prompt.strangers(&model.people);
    all.extend(strangers.map(|name| (format!("! new person “{name}”"), Role::Warn)));
    let wide = |words: &str| u16::try_from(Shown::line(words).width()).unwrap_or(u16::MAX);
    let needed = |all: &[(String, Role)]| {
        all.iter().map(|(words, _)| wide(words).saturating_add(3)).fold(0, u16::saturating_add)
    };
    // What was understood of the line in sight stands before what comes after it.
    all.sort_by_key(|(_, role)| *role == Role::Warn);
    if needed(&all) > width + 2 {
        // That something is wrong has to be seen; what else it could be, where there is room.
        for (words, _) in &mut all {
            let what = words.split(';').next().unwrap_or_default().to_owned();
            *words = what;
        }
    }
    if needed(&all) > width + 2 {
        all.sort_by_key(|(_, role)| *role == Role::Ok);
    }
    let mut x = 1;
    for (at, (words, role)) in all.iter().enumerate() {
        let left = all.len() - at;
        let more = if left > 1 { wide(&format!("+{}", left - 1)) + 4 } else { 0 };
        if at > 0 && x + wide(words) + more > width {
            pen.word(x, y, width.saturating_sub(x), &format!("+{left}"), Role::Muted);
            return;
        }
        x += pen.word(x, y, width.saturating_sub(x + more), words, *role) + 3;
    }
}
