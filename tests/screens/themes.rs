//! Every screen in every theme and both sets of glyphs: nothing is drawn in a look that no role has,
//! and with plain signs nothing of ours needs more than ASCII.

use std::collections::BTreeSet;

use prewire::ui::Theme;
use prewire::ui::theme::{ASCII, Role};

use crate::screen::Screen;
use crate::states::SCREENS;

/// What else stands above a screen.
const ABOVE: [(&str, &str); 12] = [
    ("help", "2?"),
    ("palette", "2:"),
    ("verbs", "2;"),
    ("form", "2e"),
    ("frame", "2;f"),
    ("month", "2cd<down>"),
    ("quick add", "2aWho? due:fri @maya foo:bar"),
    ("filter", "2/atlas due:week"),
    ("card", "2Rw"),
    ("triage", "3Rt"),
    ("standup", "1Rs"),
    ("figures", "4i"),
];

/// Drawn without a colour of their own are only cells that a role left so.
fn is_of_a_role(theme: Theme, cell: &ratatui::buffer::Cell) -> bool {
    let looks = Role::ALL.map(|role| theme.style(role));
    let of = |colour: ratatui::style::Color, own: Option<ratatui::style::Color>| {
        own == Some(colour) || colour == ratatui::style::Color::Reset
    };
    looks.iter().any(|look| of(cell.fg, look.fg)) && looks.iter().any(|look| of(cell.bg, look.bg))
}

fn walk(mut look: impl FnMut(&str, &Screen)) {
    for (width, height) in [(80, 24), (120, 40)] {
        let mut screen = Screen::demo(width, height);
        for (name, keys) in SCREENS {
            screen.keys(keys);
            look(name, &screen);
        }
        for (name, keys) in ABOVE {
            let mut screen = Screen::demo(width, height);
            screen.keys(keys);
            look(name, &screen);
        }
    }
}

#[test]
fn every_screen_in_every_theme() {
    walk(|name, screen| {
        let plain = screen.buffer(Theme::ansi());
        for theme in Theme::names().map(Theme::of) {
            let buffer = screen.buffer(theme);
            for (cell, same) in buffer.content().iter().zip(plain.content()) {
                assert_eq!(cell.symbol(), same.symbol(), "{name}");
                assert!(is_of_a_role(theme, cell), "{name}: {cell:?}");
            }
        }
    });
}

/// Letters that stand in the titles and texts of the demo, in what its files are made of.
fn told() -> BTreeSet<char> {
    let demo = include_str!("../../assets/demo.txt");
    let plans = include_str!("../../assets/plans/90-day.toml");
    demo.chars().chain(plans.chars()).filter(|letter| !letter.is_ascii()).collect()
}

#[test]
fn plain_signs_are_enough_for_everything_that_is_not_the_users() {
    let told = told();
    walk(|name, screen| {
        let buffer = screen.buffer(Theme::mono().with(&ASCII));
        let wide = screen.buffer(Theme::mono());
        for (cell, unicode) in buffer.content().iter().zip(wide.content()) {
            let strange = cell.symbol().chars().find(|letter| !letter.is_ascii());
            let ours =
                strange.filter(|letter| !told.contains(letter) || "“”…·→−–".contains(*letter));
            assert_eq!(ours, None, "{name}: {}", screen.text());
            assert_eq!(cell.symbol().is_empty(), unicode.symbol().is_empty(), "{name}");
        }
    });
    for (name, keys) in SCREENS {
        let mut screen = Screen::empty(80, 24);
        screen.keys(keys);
        let buffer = screen.buffer(Theme::mono().with(&ASCII));
        assert!(buffer.content().iter().all(|cell| cell.symbol().is_ascii()), "{name}");
    }
}
