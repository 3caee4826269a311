//! Roles and what they look like. The default asks the terminal for nothing but its own sixteen
//! colours; without colour every meaning is carried by words, marks and weight.

use ratatui::style::{Color, Modifier, Style};

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
}

impl Role {
    pub const ALL: [Self; 11] = [
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
    ];
}

/// How roles look, and which glyphs are drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Theme {
    colour: Colour,
    /// Lines and marks of Unicode, or of ASCII alone.
    pub glyphs: Glyphs,
}

/// Whether colours are used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Colour {
    Ansi,
    Mono,
}

/// Lines and marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Glyphs {
    pub rule: &'static str,
    pub upright: &'static str,
    pub join_down: &'static str,
    pub join_up: &'static str,
    pub cursor: &'static str,
    pub mark: &'static str,
    pub folded: &'static str,
    pub unfolded: &'static str,
    pub tick: &'static str,
    /// Behind what can be taken away.
    pub close: &'static str,
    pub corners: [&'static str; 4],
}

pub const UNICODE: Glyphs = Glyphs {
    rule: "─",
    upright: "│",
    join_down: "┬",
    join_up: "┴",
    cursor: "▌",
    mark: "●",
    folded: "▸",
    unfolded: "▾",
    tick: "✓",
    close: "✕",
    corners: ["╭", "╮", "╰", "╯"],
};

pub const ASCII: Glyphs = Glyphs {
    rule: "-",
    upright: "|",
    join_down: "+",
    join_up: "+",
    cursor: ">",
    mark: "*",
    folded: "+",
    unfolded: "-",
    tick: "x",
    close: "x",
    corners: ["+", "+", "+", "+"],
};

impl Theme {
    #[must_use]
    pub const fn new(colour: Colour, glyphs: Glyphs) -> Self {
        Self { colour, glyphs }
    }

    /// The terminal's own colours.
    #[must_use]
    pub const fn ansi() -> Self {
        Self::new(Colour::Ansi, UNICODE)
    }

    /// No colour at all.
    #[must_use]
    pub const fn mono() -> Self {
        Self::new(Colour::Mono, UNICODE)
    }

    #[must_use]
    pub fn style(&self, role: Role) -> Style {
        let plain = Style::default();
        match (self.colour, role) {
            (_, Role::Title) => plain.add_modifier(Modifier::BOLD),
            (_, Role::Selection) => plain.add_modifier(Modifier::REVERSED),
            (Colour::Ansi, Role::Muted | Role::Rule) => plain.fg(Color::DarkGray),
            (Colour::Ansi, Role::Accent) => plain.fg(Color::Cyan),
            (Colour::Ansi, Role::Ok) => plain.fg(Color::Green),
            (Colour::Ansi, Role::Warn) => plain.fg(Color::Yellow),
            (Colour::Ansi, Role::Danger) => plain.fg(Color::Red),
            (Colour::Ansi, Role::Blocked) => plain.fg(Color::Magenta),
            (Colour::Ansi, Role::Focus) => plain.fg(Color::Cyan).add_modifier(Modifier::BOLD),
            (Colour::Mono, Role::Muted | Role::Rule) => plain.add_modifier(Modifier::DIM),
            (Colour::Mono, Role::Danger | Role::Warn | Role::Focus) => {
                plain.add_modifier(Modifier::BOLD)
            }
            (_, Role::Plain) | (Colour::Mono, Role::Accent | Role::Ok | Role::Blocked) => plain,
        }
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
