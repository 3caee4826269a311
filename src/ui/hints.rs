//! The hints at the foot and the popup of what may follow a prefix, both from the live bindings.

use ratatui::layout::Rect;

use super::pen::Pen;
use super::theme::Role;
use crate::app::action::ACTIONS;
use crate::app::menu::Purpose;
use crate::app::model::Model;
use crate::app::popup::Popup;
use crate::app::update::refusal;
use crate::app::writing::Goal;
use crate::domain::shown::Shown;

/// Most hints at the foot.
const MOST: usize = 7;

/// The keys that matter here; the less important go first when there is little room.
pub fn draw(pen: &mut Pen<'_>, model: &Model, y: u16, width: u16) {
    if let Some(words) = popup_words(model) {
        pen.word(1, y, width - 2, words, Role::Muted);
        return;
    }
    let mut hints: Vec<(u8, String, &str)> = ACTIONS
        .iter()
        .filter(|about| about.hint > 0 && refusal(model, about.action).is_none())
        .filter_map(|about| Some((about.hint, model.bindings.shown(about.action)?, about.name)))
        .collect();
    hints.sort_by_key(|(hint, _, _)| *hint);
    let help = hints.pop();
    hints.truncate(MOST - 1);
    hints.extend(help);
    let wide = |hints: &[(u8, String, &str)]| -> usize {
        hints.iter().map(|(_, key, name)| key.chars().count() + name.len() + 3).sum()
    };
    while wide(&hints) > usize::from(width) - 1 && hints.len() > 1 {
        hints.remove(hints.len() - 2);
    }
    let mut x = 1;
    for (_, key, name) in hints {
        x += pen.word(x, y, width.saturating_sub(x), &key, Role::Accent) + 1;
        x += pen.word(x, y, width.saturating_sub(x), name, Role::Muted) + 2;
    }
}

fn popup_words(model: &Model) -> Option<&'static str> {
    Some(match model.popups.last()? {
        Popup::Prompt(prompt) if prompt.asks_day() => {
            "enter takes it   down opens a month   esc keeps it for later   up earlier lines"
        }
        Popup::Prompt(_) => {
            "enter takes it   esc keeps it for later   tab completes   up earlier lines"
        }
        Popup::Menu(menu) if menu.letters => {
            "a letter chooses   j k move   enter chooses   esc closes"
        }
        Popup::Menu(menu) if menu.purpose == Purpose::Confirm => {
            "up down move   enter chooses   esc goes back"
        }
        Popup::Menu(_) => "type to filter   up down move   enter chooses   esc closes",
        Popup::Form(form) if !form.suggestions.is_empty() => {
            "type to filter   up down move   enter takes it   tab completes   esc closes"
        }
        Popup::Form(form) if form.is_on_text() => {
            "type to write   enter next   ctrl-s saves   ctrl-o your editor   esc leaves"
        }
        Popup::Form(form) if form.is_chosen() => {
            "enter next   down chooses   ctrl-s saves   tab moves   esc leaves"
        }
        Popup::Form(_) => "enter next   ctrl-s saves   up down tab move   esc leaves",
        Popup::Writing(writing) => match writing.goal {
            Goal::Item { .. } => "ctrl-s saves   ctrl-z undoes   ctrl-o your editor   esc leaves",
            Goal::Field => "esc back to the form   ctrl-s saves it all   ctrl-o your editor",
        },
        Popup::Grid(_) => "h j k l day, week   { } month   . today   enter takes it   esc back",
        Popup::Conflict(_) => "m mine   t theirs   M T all   j k move   enter saves   esc back",
        Popup::Import(_) => {
            "f flips the kind   enter imports   w problems   esc leaves all as it is"
        }
        Popup::Sheet(_) => "j k scroll   any other key closes",
    })
}

/// What may follow the keys pressed so far.
pub fn which_key(pen: &mut Pen<'_>, model: &Model, area: Rect) {
    let mut entries: Vec<(String, &str)> = model
        .bindings
        .continuations(&model.pending)
        .map(|(key, about)| (key.to_string(), about.name))
        .collect();
    entries.dedup();
    let rows = u16::try_from(entries.len()).unwrap_or(u16::MAX).min(area.height.saturating_sub(6));
    let width = 28.min(area.width);
    let place = Rect {
        x: area.width.saturating_sub(width + 1),
        y: area.height.saturating_sub(rows + 5),
        width,
        height: rows + 2,
    };
    let title = Shown::line(&crate::app::keys::chord_words(&model.pending));
    let inside = pen.boxed(place, &title);
    for (row, (key, name)) in (0..rows).zip(&entries) {
        let y = inside.y + row;
        pen.word(inside.x, y, 6, key, Role::Accent);
        pen.word(inside.x + 7, y, inside.width.saturating_sub(7), name, Role::Plain);
    }
}
