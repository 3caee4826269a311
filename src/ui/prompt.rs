//! The line at the foot in which something is typed, with what was understood above it.

use ratatui::layout::{Position, Rect};

use super::pen::Pen;
use super::theme::Role;
use crate::app::completion::Offers;
use crate::app::mouse::Target;
use crate::app::prompt::Prompt;
use crate::domain::grammar::ChipTone;
use crate::domain::shown::Shown;

pub fn draw(pen: &mut Pen<'_>, prompt: &Prompt, area: Rect) -> Option<Position> {
    let (chips, line) = (area.height - 3, area.height - 2);
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
            None => draw_chips(pen, prompt, chips, area.width),
        }
    }
    let label = Shown::line(&prompt.label);
    let mut x = 1 + pen.put(1, line, area.width / 2, &label, Role::Accent) + 1;
    if prompt.label == "/" {
        x -= 1;
    }
    let room = usize::from(area.width.saturating_sub(x + 1));
    // The line scrolls so that the cursor is always in sight.
    let before = Shown::line(&prompt.line.before());
    let typed = Shown::line(prompt.line.text());
    let skip = before.width().saturating_sub(room.saturating_sub(2));
    let shown = if skip == 0 { typed } else { tail(&typed, skip) };
    pen.put(
        x,
        line,
        u16::try_from(room).unwrap_or(0),
        &shown,
        if prompt.selected { Role::Selection } else { Role::Plain },
    );
    let at = u16::try_from(before.width() - skip.min(before.width())).unwrap_or(0);
    Some(Position { x: (x + at).min(area.width - 1), y: line })
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

fn draw_chips(pen: &mut Pen<'_>, prompt: &Prompt, y: u16, width: u16) {
    let mut x = 1;
    for chip in &prompt.chips {
        let role = match chip.tone {
            ChipTone::Understood => Role::Ok,
            ChipTone::Warning => Role::Warn,
            ChipTone::Wrong => Role::Danger,
        };
        let mark = match chip.tone {
            ChipTone::Understood => "",
            ChipTone::Warning | ChipTone::Wrong => "! ",
        };
        x += pen.word(x, y, width.saturating_sub(x), &format!("{mark}{}", chip.label), role) + 3;
    }
    if !prompt.pasted.is_empty() {
        let words = format!("and {} more lines: enter adds all, as one step", prompt.pasted.len());
        pen.word(x, y, width.saturating_sub(x), &words, Role::Warn);
    }
}

/// What is left after `skip` columns.
fn tail(text: &Shown, skip: usize) -> Shown {
    use unicode_segmentation::UnicodeSegmentation;
    let mut gone = 0;
    let rest: String = text
        .as_str()
        .graphemes(true)
        .skip_while(|cluster| {
            let wide = Shown::line(cluster).width();
            let skips = gone < skip;
            gone += wide;
            skips
        })
        .collect();
    Shown::line(&rest)
}
