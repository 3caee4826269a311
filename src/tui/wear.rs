//! What the screen wears: the theme that the configuration, the environment and the flags come to.

use std::path::Path;

use super::ground::{self, Ground};
use crate::config::{is_plain_locale, variable};
use crate::ui::Theme;
use crate::ui::theme::{ASCII, ASCII_ALONE, Depth, Glyphs, UNICODE};

/// The theme of these settings. Without colour there is one only, whatever is configured.
#[must_use]
pub fn theme(name: &str, glyphs: &str, is_coloured: bool, state: Option<&Path>) -> Theme {
    let glyphs = lines(glyphs);
    if !is_coloured {
        return Theme::mono().with(glyphs);
    }
    let name = match name {
        "auto" => match ground::remembered(state) {
            Some(Ground::Dark) => "dark",
            Some(Ground::Light) => "light",
            None => "ansi",
        },
        name => name,
    };
    let word = |name: &str| variable(name).map(|value| value.to_string_lossy().into_owned());
    let (colour_term, term) = (word("COLORTERM"), word("TERM"));
    let is_windows = variable("WT_SESSION").is_some();
    let depth = Depth::told(colour_term.as_deref(), term.as_deref(), is_windows);
    Theme::named(name, depth, glyphs).unwrap_or(Theme::ansi().with(glyphs))
}

fn lines(glyphs: &str) -> &'static Glyphs {
    let is_plain = match glyphs {
        // Whatever lines are wanted, a letter that the terminal does not take is none.
        _ if is_plain_locale() => return &ASCII_ALONE,
        "ascii" => true,
        "unicode" => false,
        _ => variable("TERM").is_some_and(|term| term == "dumb"),
    };
    if is_plain { &ASCII } else { &UNICODE }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::THEMES;

    #[test]
    fn every_theme_that_can_be_configured_is_there() {
        let known: Vec<&str> = Theme::names().collect();
        for name in THEMES.iter().filter(|name| **name != "auto") {
            assert!(known.contains(name), "{name}");
        }
        assert!(known.iter().all(|name| THEMES.contains(name)));
    }

    #[test]
    fn without_colour_every_theme_is_mono() {
        for name in THEMES {
            assert_eq!(theme(name, "unicode", false, None), Theme::mono(), "{name}");
        }
        assert_eq!(theme("mono", "ascii", true, None), Theme::mono().with(&ASCII));
    }

    #[test]
    fn auto_is_what_the_terminal_last_answered() {
        let directory = tempfile::tempdir().unwrap();
        let state = Some(directory.path());
        assert_eq!(theme("auto", "unicode", true, state), Theme::ansi());
        ground::remember(state, Ground::Light);
        let auto = theme("auto", "unicode", true, state);
        assert_eq!(auto, theme("light", "unicode", true, state));
    }
}
