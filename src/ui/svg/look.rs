//! The colours of a picture: those of the theme where it paints, and for the terminal's own sixteen
//! a palette of ours.

use ratatui::style::{Color, Modifier, Style};

use crate::ui::theme::{Role, Theme};

/// Red, green, blue.
pub(super) type Rgb = [u8; 3];

/// What a picture is painted with.
#[derive(Debug, Clone, Copy)]
pub(super) struct Paint {
    pub ink: Rgb,
    pub paper: Rgb,
    /// The bar of the window, and the rim around it.
    pub chrome: Rgb,
    pub rim: Rgb,
}

const DARK: Paint = Paint {
    ink: [0xd8, 0xdb, 0xe2],
    paper: [0x1b, 0x1e, 0x26],
    chrome: [0x23, 0x27, 0x2f],
    rim: [0x34, 0x3a, 0x46],
};
const LIGHT: Paint = Paint {
    ink: [0x2a, 0x2e, 0x36],
    paper: [0xfa, 0xf9, 0xf5],
    chrome: [0xee, 0xec, 0xe6],
    rim: [0xd5, 0xd2, 0xc9],
};
/// Behind a row that is merely reversed.
const SELECTED: Rgb = [0x32, 0x3c, 0x50];

/// How a cell looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Look {
    pub ink: Rgb,
    /// What stands behind it, unless it is the paper of the whole.
    pub paper: Option<Rgb>,
    pub is_bold: bool,
    pub is_dim: bool,
}

impl Paint {
    pub(super) fn of(theme: &Theme) -> Self {
        let plain = theme.style(Role::Plain);
        let Some(Color::Rgb(red, green, blue)) = plain.bg else { return DARK };
        let paper = [red, green, blue];
        let is_light = paper.iter().map(|part| u32::from(*part)).sum::<u32>() > 3 * 128;
        let ground = if is_light { LIGHT } else { DARK };
        Self { ink: colour(plain.fg).unwrap_or(ground.ink), paper, ..ground }
    }

    pub(super) fn look(&self, style: Style) -> Look {
        let has = |modifier| style.add_modifier.contains(modifier);
        let (is_bold, is_dim) = (has(Modifier::BOLD), has(Modifier::DIM));
        let ink = colour(style.fg).unwrap_or(self.ink);
        let paper = if has(Modifier::REVERSED) { Some(SELECTED) } else { colour(style.bg) };
        Look { ink, paper: paper.filter(|paper| *paper != self.paper), is_bold, is_dim }
    }
}

fn colour(colour: Option<Color>) -> Option<Rgb> {
    Some(match colour? {
        Color::Rgb(red, green, blue) => [red, green, blue],
        Color::DarkGray => [0x8d, 0x95, 0xa8],
        Color::Cyan => [0x74, 0xc4, 0xd6],
        Color::Green => [0x97, 0xc4, 0x87],
        Color::Yellow => [0xe2, 0xbd, 0x6d],
        Color::Red => [0xe8, 0x83, 0x7c],
        Color::Magenta => [0xc7, 0x9a, 0xd6],
        Color::Blue => [0x82, 0xaa, 0xf0],
        _ => return None,
    })
}

/// `#1b1e26`.
pub(super) fn hex(colour: Rgb) -> String {
    let [red, green, blue] = colour;
    format!("#{red:02x}{green:02x}{blue:02x}")
}
