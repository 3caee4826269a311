//! Roles and what they look like. The default asks the terminal for nothing but its own sixteen
//! colours; without colour every meaning is carried by words, marks and weight. The looks
//! themselves are data, in `assets/themes`.

use ratatui::style::{Color, Style};

#[cfg(test)]
mod contrast;
mod depth;
mod glyphs;
mod palette;

use palette::Palette;

pub use depth::Depth;
pub use glyphs::{ASCII, ASCII_ALONE, Glyphs, UNICODE};

/// What a piece of text means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Role {
    Plain,
    Title,
    Muted,
    Accent,
    Ok,
    Warn,
    Danger,
    Blocked,
    Selection,
    Focus,
    Rule,
    /// The bands of time; a letter stands beside each.
    Strategic,
    Execution,
    Reactive,
}

impl Role {
    pub const ALL: [Self; 14] = [
        Self::Plain,
        Self::Title,
        Self::Muted,
        Self::Accent,
        Self::Ok,
        Self::Warn,
        Self::Danger,
        Self::Blocked,
        Self::Selection,
        Self::Focus,
        Self::Rule,
        Self::Strategic,
        Self::Execution,
        Self::Reactive,
    ];

    /// What a theme file calls it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Plain => "plain",
            Self::Title => "title",
            Self::Muted => "muted",
            Self::Accent => "accent",
            Self::Ok => "ok",
            Self::Warn => "warn",
            Self::Danger => "danger",
            Self::Blocked => "blocked",
            Self::Selection => "selection",
            Self::Focus => "focus",
            Self::Rule => "rule",
            Self::Strategic => "strategic",
            Self::Execution => "execution",
            Self::Reactive => "reactive",
        }
    }
}

/// How roles look, and which glyphs are drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Theme {
    palette: &'static Palette,
    /// Lines and marks of Unicode, or of ASCII alone.
    pub glyphs: &'static Glyphs,
}

impl Theme {
    /// The theme of this name, as far as the terminal has its colours.
    #[must_use]
    pub fn named(name: &str, depth: Depth, glyphs: &'static Glyphs) -> Option<Self> {
        let palette = palette::named(name, depth)?;
        let fits = depth != Depth::Sixteen || !palette.is_painted();
        let palette = if fits { palette } else { palette::named("ansi", depth)? };
        Some(Self { palette, glyphs })
    }

    /// The names of all themes, the default first.
    pub fn names() -> impl Iterator<Item = &'static str> {
        palette::names()
    }

    /// The terminal's own colours.
    #[must_use]
    pub fn ansi() -> Self {
        Self::of("ansi")
    }

    /// No colour at all.
    #[must_use]
    pub fn mono() -> Self {
        Self::of("mono")
    }

    /// The theme of this name in full colour; without one, no colour at all.
    #[must_use]
    pub fn of(name: &str) -> Self {
        let bare = Self { palette: &palette::BARE, glyphs: &UNICODE };
        Self::named(name, Depth::True, &UNICODE).unwrap_or(bare)
    }

    /// The same theme with other lines and marks.
    #[must_use]
    pub fn with(self, glyphs: &'static Glyphs) -> Self {
        Self { glyphs, ..self }
    }

    #[must_use]
    pub fn style(&self, role: Role) -> Style {
        self.palette.styles[role as usize]
    }

    /// The role that a style came from, for snapshots that name roles instead of colours.
    #[must_use]
    pub fn role(&self, style: Style) -> Option<Role> {
        let bare = Style { bg: style.bg.filter(|colour| *colour != Color::Reset), ..style };
        let bare = Style { fg: bare.fg.filter(|colour| *colour != Color::Reset), ..bare };
        Role::ALL.into_iter().find(|role| {
            let own = self.style(*role);
            own.fg == bare.fg && own.add_modifier == bare.add_modifier
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_theme_is_complete_and_a_role_stands_where_the_table_says() {
        for name in Theme::names() {
            assert!(Theme::named(name, Depth::True, &UNICODE).is_some(), "{name}");
        }
        for (at, role) in Role::ALL.into_iter().enumerate() {
            assert_eq!(role as usize, at);
        }
        assert_eq!(Theme::named("pink", Depth::True, &UNICODE), None);
    }

    #[test]
    fn the_default_paints_nothing_and_mono_has_no_colour() {
        for role in Role::ALL {
            assert_eq!(Theme::ansi().style(role).bg, None, "{}", role.name());
            let style = Theme::mono().style(role);
            assert_eq!((style.fg, style.bg), (None, None), "{}", role.name());
        }
    }

    #[test]
    fn sixteen_colours_get_the_terminals_own() {
        let dark = Theme::named("dark", Depth::Sixteen, &UNICODE);
        assert_eq!(dark, Some(Theme::ansi()));
        let mono = Theme::named("mono", Depth::Sixteen, &UNICODE);
        assert_eq!(mono, Some(Theme::mono()));
    }
}
