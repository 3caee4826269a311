//! How many colours the terminal has, and the nearest of them to those of a theme.

use ratatui::style::{Color, Style};

/// How many colours there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Depth {
    /// Any.
    True,
    /// The 256 of xterm.
    Indexed,
    /// The terminal's own sixteen.
    Sixteen,
}

/// The six steps of each part of the colour cube.
const STEPS: [u8; 6] = [0, 95, 135, 175, 215, 255];

impl Depth {
    /// What the environment says: `COLORTERM` and `TERM`, and whether it is a terminal of Windows.
    #[must_use]
    pub fn told(colour_term: Option<&str>, term: Option<&str>, is_windows: bool) -> Self {
        let full = colour_term.is_some_and(|word| word == "truecolor" || word == "24bit");
        let term = term.unwrap_or("");
        if full || is_windows || term.ends_with("-direct") {
            return Self::True;
        }
        if term.contains("256color") { Self::Indexed } else { Self::Sixteen }
    }

    /// A style in the colours that there are.
    #[must_use]
    pub fn fit(self, style: Style) -> Style {
        let fit = |colour: Option<Color>| match (self, colour) {
            (Self::Indexed, Some(Color::Rgb(red, green, blue))) => {
                Some(Color::Indexed(nearest([red, green, blue])))
            }
            (_, other) => other,
        };
        Style { fg: fit(style.fg), bg: fit(style.bg), ..style }
    }
}

/// The nearest of the cube of 216 colours and the 24 greys.
fn nearest(wanted: [u8; 3]) -> u8 {
    let step = |part: u8| {
        let near = |at: &usize| STEPS[*at].abs_diff(part);
        (0..STEPS.len()).min_by_key(near).unwrap_or(0)
    };
    let cube = wanted.map(step);
    let mean = wanted.iter().map(|part| u32::from(*part)).sum::<u32>() / 3;
    let grey = u8::try_from((mean.saturating_sub(3) / 10).min(23)).unwrap_or(23);
    let shade = 8 + grey * 10;
    if far(wanted, cube.map(|at| STEPS[at])) <= far(wanted, [shade; 3]) {
        let place = 16 + 36 * cube[0] + 6 * cube[1] + cube[2];
        return u8::try_from(place).unwrap_or(u8::MAX);
    }
    232 + grey
}

fn far(one: [u8; 3], other: [u8; 3]) -> u32 {
    one.iter().zip(other).map(|(one, other)| u32::from(one.abs_diff(other)).pow(2)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_environment_tells_how_many_colours_there_are() {
        assert_eq!(Depth::told(Some("truecolor"), Some("xterm"), false), Depth::True);
        assert_eq!(Depth::told(Some("24bit"), None, false), Depth::True);
        assert_eq!(Depth::told(None, Some("xterm-256color"), false), Depth::Indexed);
        assert_eq!(Depth::told(Some(""), Some("xterm-direct"), false), Depth::True);
        assert_eq!(Depth::told(None, Some("linux"), false), Depth::Sixteen);
        assert_eq!(Depth::told(None, None, false), Depth::Sixteen);
        assert_eq!(Depth::told(None, None, true), Depth::True);
    }

    #[test]
    fn a_colour_goes_to_its_nearest_of_256() {
        assert_eq!(nearest([0, 0, 0]), 16);
        assert_eq!(nearest([255, 255, 255]), 231);
        assert_eq!(nearest([255, 0, 0]), 196);
        assert_eq!(nearest([0x1b, 0x1e, 0x26]), 234);
        assert_eq!(nearest([128, 128, 128]), 244);
    }
}
