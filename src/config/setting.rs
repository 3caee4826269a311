//! What can be configured: one line per setting drives reading, checking, `config show` and
//! `config set`.

use toml::de::DeValue;

/// The themes, the default first; `auto` is dark or light, as the terminal last answered under `,`.
pub const THEMES: &[&str] =
    &["ansi", "auto", "dark", "light", "high-contrast", "colour-blind", "mono"];
/// Where the detail of a row stands, the default first; below where it is too narrow for right.
pub const DETAILS: &[&str] = &["right", "below", "hidden"];
/// The sets of glyphs, the default first: `auto` asks the locale.
pub const GLYPHS: &[&str] = &["auto", "unicode", "ascii"];

/// The sets of keys, the default first.
pub const PRESETS: &[&str] = &["vim", "plain"];

/// What a setting takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    Text,
    Path,
    Choice(&'static [&'static str]),
    /// 1 to 12.
    Month,
    /// A zone of the tz database.
    Zone,
    /// `true` or `false`.
    Switch,
}

/// One setting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Setting {
    pub name: &'static str,
    pub shape: Shape,
    pub help: &'static str,
}

pub const SETTINGS: &[Setting] = &[
    Setting { name: "me", shape: Shape::Text, help: "Your name, as in @me." },
    Setting { name: "workspace", shape: Shape::Path, help: "The workspace to open." },
    Setting { name: "theme", shape: Shape::Choice(THEMES), help: "The colours of the screen." },
    Setting { name: "glyphs", shape: Shape::Choice(GLYPHS), help: "Line and sign glyphs." },
    Setting { name: "detail", shape: Shape::Choice(DETAILS), help: "Where the detail stands." },
    Setting {
        name: "fiscal_year_start",
        shape: Shape::Month,
        help: "The first month of the fiscal year, 1 to 12.",
    },
    Setting {
        name: "zone",
        shape: Shape::Zone,
        help: "Your home zone; the machine's, unless set.",
    },
    Setting {
        name: "addresses",
        shape: Shape::Text,
        help: "Your addresses in calendars, apart by commas.",
    },
    Setting {
        name: "keys",
        shape: Shape::Choice(PRESETS),
        help: "The set of keys to begin with; a table [keys] changes single ones.",
    },
    Setting { name: "mouse", shape: Shape::Switch, help: "Listen to the mouse." },
];

impl Setting {
    #[must_use]
    pub fn named(name: &str) -> Option<&'static Self> {
        SETTINGS.iter().find(|setting| setting.name == name)
    }

    /// Why this value does not do; `None` when it does.
    #[must_use]
    pub fn refuses(&self, value: &DeValue<'_>) -> Option<String> {
        let fits = match (self.shape, value) {
            (Shape::Text | Shape::Path, DeValue::String(text)) => !text.trim().is_empty(),
            (Shape::Zone, DeValue::String(text)) => {
                text.parse::<crate::domain::zone::Zone>().is_ok()
            }
            (Shape::Choice(choices), DeValue::String(text)) => choices.contains(&text.as_ref()),
            (Shape::Month, DeValue::Integer(number)) => {
                number.as_str().parse().is_ok_and(|month: u32| (1..=12).contains(&month))
            }
            (Shape::Switch, DeValue::Boolean(_)) => true,
            _ => false,
        };
        (!fits).then(|| format!("{} takes {}", self.name, self.wants()))
    }

    /// What it takes, in words.
    #[must_use]
    pub fn wants(&self) -> String {
        match self.shape {
            Shape::Text => "a text in quotes".to_owned(),
            Shape::Path => "a path in quotes".to_owned(),
            Shape::Zone => "a zone in quotes, such as Europe/Berlin".to_owned(),
            Shape::Choice(choices) => format!("one of {}", choices.join(", ")),
            Shape::Month => "a month from 1 to 12".to_owned(),
            Shape::Switch => "true or false".to_owned(),
        }
    }

    /// The value as it is written in the file; what is wrong with it is found when it is read.
    #[must_use]
    pub fn written(&self, typed: &str) -> String {
        match self.shape {
            Shape::Text | Shape::Path | Shape::Zone | Shape::Choice(_) => {
                toml::Value::String(typed.to_owned()).to_string()
            }
            Shape::Month | Shape::Switch => typed.trim().to_owned(),
        }
    }
}
