//! The sets of keys to begin with: `vim` is the table of actions as it stands, `plain` serves people
//! who never used vim. The user's own keys come on top of either.

use super::action::{Action, Field};

/// A set of keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Preset {
    #[default]
    Vim,
    Plain,
}

/// What `plain` adds to the table, or puts in its place.
const PLAIN: &[(&str, Action)] = &[
    ("ctrl-z", Action::Undo),
    ("ctrl-y", Action::Redo),
    ("ctrl-f", Action::Filter),
    ("ctrl-n", Action::Add),
    ("ctrl-q", Action::Quit),
    ("del", Action::Trash),
    ("f2", Action::Change(Field::Name)),
    ("f5", Action::Redraw),
    ("down", Action::Down),
    ("up", Action::Up),
    ("left", Action::Left),
    ("right", Action::Right),
    ("home", Action::Top),
    ("end", Action::Bottom),
    ("f1", Action::Help),
    ("ctrl-p", Action::Palette),
];

impl Preset {
    /// As the configuration calls it.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        match name {
            "vim" => Some(Self::Vim),
            "plain" => Some(Self::Plain),
            _ => None,
        }
    }

    /// What it adds to the table of actions.
    #[must_use]
    pub fn keys(self) -> &'static [(&'static str, Action)] {
        match self {
            Self::Vim => &[],
            Self::Plain => PLAIN,
        }
    }
}
