//! The themes as they stand in `assets/themes`, compiled in and read when one is first asked for.

use std::sync::OnceLock;

use ratatui::style::{Color, Modifier, Style};

use super::{Depth, Role};

/// The looks of all roles.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Palette {
    pub styles: [Style; Role::ALL.len()],
}

/// Nothing but text.
pub(super) static BARE: Palette = Palette { styles: [Style::new(); Role::ALL.len()] };

/// A theme file and what was read of it.
struct Source {
    name: &'static str,
    text: &'static str,
    read: OnceLock<Result<Palette, String>>,
    /// The same in 256 colours.
    fitted: OnceLock<Palette>,
}

const fn source(name: &'static str, text: &'static str) -> Source {
    Source { name, text, read: OnceLock::new(), fitted: OnceLock::new() }
}

static SOURCES: [Source; 6] = [
    source("ansi", include_str!("../../../assets/themes/ansi.toml")),
    source("dark", include_str!("../../../assets/themes/dark.toml")),
    source("light", include_str!("../../../assets/themes/light.toml")),
    source("high-contrast", include_str!("../../../assets/themes/high-contrast.toml")),
    source("colour-blind", include_str!("../../../assets/themes/colour-blind.toml")),
    source("mono", include_str!("../../../assets/themes/mono.toml")),
];

/// The names, the default first.
pub(super) fn names() -> impl Iterator<Item = &'static str> {
    SOURCES.iter().map(|source| source.name)
}

/// The palette of this name.
pub(super) fn named(name: &str, depth: Depth) -> Option<&'static Palette> {
    let source = SOURCES.iter().find(|source| source.name == name)?;
    let palette = source.read.get_or_init(|| read(source.text)).as_ref().ok()?;
    Some(match depth {
        Depth::Indexed => source
            .fitted
            .get_or_init(|| Palette { styles: palette.styles.map(|style| depth.fit(style)) }),
        Depth::True | Depth::Sixteen => palette,
    })
}

impl Palette {
    /// Whether it paints a ground of its own behind the text.
    pub(super) fn is_painted(&self) -> bool {
        self.styles[Role::Plain as usize].bg.is_some()
    }
}

fn read(text: &str) -> Result<Palette, String> {
    let table: toml::Table = toml::from_str(text).map_err(|error| error.to_string())?;
    let roles = table.get("roles").and_then(toml::Value::as_table).ok_or("no [roles]")?;
    let names = Role::ALL.map(Role::name);
    if let Some(name) = roles.keys().find(|name| !names.contains(&name.as_str())) {
        return Err(format!("{name} is no role"));
    }
    let mut styles = [Style::new(); Role::ALL.len()];
    for (style, name) in styles.iter_mut().zip(names) {
        let look = roles.get(name).and_then(toml::Value::as_str);
        *style = read_look(look.ok_or_else(|| format!("no {name}"))?)?;
    }
    Ok(Palette { styles })
}

/// `#74c4d6 on #1b1e26 bold`, every part optional.
fn read_look(look: &str) -> Result<Style, String> {
    let mut style = Style::new();
    let mut words = look.split_whitespace();
    while let Some(word) = words.next() {
        style = match word {
            "on" => style.bg(colour(words.next().unwrap_or(""))?),
            "bold" => style.add_modifier(Modifier::BOLD),
            "dim" => style.add_modifier(Modifier::DIM),
            "underline" => style.add_modifier(Modifier::UNDERLINED),
            "reverse" => style.add_modifier(Modifier::REVERSED),
            word => style.fg(colour(word)?),
        };
    }
    Ok(style)
}

fn colour(word: &str) -> Result<Color, String> {
    let wrong = || format!("{word} is no colour");
    if let Some(digits) = word.strip_prefix('#') {
        let whole = u32::from_str_radix(digits, 16).map_err(|_| wrong())?;
        let [_, red, green, blue] = whole.to_be_bytes();
        return if digits.len() == 6 { Ok(Color::Rgb(red, green, blue)) } else { Err(wrong()) };
    }
    Ok(match word {
        "black" => Color::Black,
        "red" => Color::Red,
        "green" => Color::Green,
        "yellow" => Color::Yellow,
        "blue" => Color::Blue,
        "magenta" => Color::Magenta,
        "cyan" => Color::Cyan,
        "white" => Color::Gray,
        "bright-black" => Color::DarkGray,
        _ => return Err(wrong()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_is_read_without_a_word() {
        for source in &SOURCES {
            assert_eq!(read(source.text).map(|_| ()), Ok(()), "{}", source.name);
        }
    }

    #[test]
    fn a_look_is_colours_and_weights_in_any_order() {
        let look = Style::new().fg(Color::Rgb(1, 2, 255)).bg(Color::Red);
        assert_eq!(read_look("bold #0102ff on red"), Ok(look.add_modifier(Modifier::BOLD)));
        assert_eq!(read_look(""), Ok(Style::new()));
        assert_eq!(read_look("pink"), Err("pink is no colour".to_owned()));
        assert_eq!(read_look("#12345"), Err("#12345 is no colour".to_owned()));
    }

    #[test]
    fn what_is_missing_or_unknown_is_named() {
        assert_eq!(read("[roles]\n"), Err("no plain".to_owned()));
        assert_eq!(read("[roles]\nplian = \"\"\n"), Err("plian is no role".to_owned()));
    }
}
