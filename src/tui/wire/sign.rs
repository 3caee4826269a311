//! Which signs take one column beyond doubt, and which may be of another width elsewhere.

use crate::domain::shown::is_simple;
use ratatui::buffer::Cell;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// A sign whose width is in doubt, and that is never written again in passing.
pub const OTHER: u16 = 0;
/// A sign that takes two columns.
pub const WIDE: u16 = 1;

/// The sign of a cell that takes one column. A terminal that gives two to some of these, as to lines
/// of frames, shows no screen straight, whatever is done about it.
pub fn sure(cell: &Cell) -> Option<u16> {
    match cell.symbol().as_bytes() {
        [letter @ b' '..=b'~'] => Some(u16::from(*letter)),
        [_, _] | [_, _, _] => {
            let mut signs = cell.symbol().chars();
            let sign = signs.next().filter(|sign| is_sure(*sign) && signs.next().is_none())?;
            u16::try_from(u32::from(sign)).ok()
        }
        _ => None,
    }
}

/// An empty sign of dots is none in a text, but one in a chart.
fn is_sure(sign: char) -> bool {
    is_simple(sign) || matches!(sign, '©' | '®' | '\u{2800}')
}

/// What was kept of a sign, as it is written.
pub fn letter(sign: u16) -> Option<char> {
    char::from_u32(u32::from(sign)).filter(|_| ![OTHER, WIDE].contains(&sign))
}

/// Whether nothing stands in a cell.
pub fn is_blank(cell: &Cell) -> bool {
    cell.symbol() == " "
}

/// Whether a sign is two columns wide only by what follows its first letter, as `❤️` is: to some
/// terminals it is one.
pub fn is_in_doubt(symbol: &str) -> bool {
    let first = symbol.chars().next().and_then(UnicodeWidthChar::width);
    symbol.len() > 1 && first == Some(1) && symbol.width() > 1
}

/// How many columns a cell takes in the picture.
pub fn columns(cell: &Cell) -> u16 {
    match cell.symbol().as_bytes() {
        [b' '..=b'~'] => 1,
        _ => u16::try_from(cell.symbol().width().max(1)).unwrap_or(1),
    }
}

/// How many columns a sign may take more, or fewer, than the picture thinks.
pub fn doubt(cell: &Cell) -> u16 {
    u16::try_from(2 * cell.symbol().chars().count()).unwrap_or(u16::MAX)
}
