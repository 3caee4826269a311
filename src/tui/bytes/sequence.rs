//! What escape sequences mean: arrows and their kin with modifiers, function keys, the mouse.

use crossterm::event::{
    Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers, MouseButton, MouseEvent, MouseEventKind,
};

/// `ESC O` and a letter.
pub(super) fn short(letter: u8) -> Option<Event> {
    let code = match letter {
        b'P'..=b'S' => KeyCode::F(letter - b'P' + 1),
        b'M' => KeyCode::Enter,
        _ => named(letter)?,
    };
    Some(pressed(code, KeyModifiers::NONE))
}

/// `ESC [ [` and a letter.
pub(super) fn console(letter: u8) -> Option<Event> {
    let is_key = (b'A'..=b'E').contains(&letter);
    is_key.then(|| pressed(KeyCode::F(letter - b'A' + 1), KeyModifiers::NONE))
}

/// `ESC [`, parameters and a letter.
pub(super) fn long(parameters: &str, letter: u8) -> Option<Event> {
    if let Some(mouse) = parameters.strip_prefix('<') {
        return clicked(mouse, letter);
    }
    let mut numbers = parameters.split(';');
    let first: u16 = number(numbers.next());
    // The second says which modifiers are held, and behind a colon whether it is a release.
    let (held, kind) =
        numbers.next().map_or(("", ""), |held| held.split_once(':').unwrap_or((held, "")));
    if kind == "3" {
        return None;
    }
    let modifiers = modifiers(number(Some(held)));
    let code = match letter {
        b'P' | b'Q' | b'S' => KeyCode::F(letter - b'P' + 1),
        b'R' if parameters.starts_with("1;") => KeyCode::F(3),
        b'Z' => KeyCode::BackTab,
        b'I' => return Some(Event::FocusGained),
        b'O' => return Some(Event::FocusLost),
        b'~' => numbered(first)?,
        b'u' if first == 9 && modifiers.contains(KeyModifiers::SHIFT) => KeyCode::BackTab,
        b'u' => lettered(first)?,
        _ => named(letter)?,
    };
    Some(pressed(code, modifiers))
}

fn pressed(code: KeyCode, modifiers: KeyModifiers) -> Event {
    Event::Key(KeyEvent::new_with_kind(code, modifiers, KeyEventKind::Press))
}

fn named(letter: u8) -> Option<KeyCode> {
    Some(match letter {
        b'A' => KeyCode::Up,
        b'B' => KeyCode::Down,
        b'C' => KeyCode::Right,
        b'D' => KeyCode::Left,
        b'H' => KeyCode::Home,
        b'F' => KeyCode::End,
        _ => return None,
    })
}

fn numbered(number: u16) -> Option<KeyCode> {
    Some(match number {
        1 | 7 => KeyCode::Home,
        2 => KeyCode::Insert,
        3 => KeyCode::Delete,
        4 | 8 => KeyCode::End,
        5 => KeyCode::PageUp,
        6 => KeyCode::PageDown,
        11..=15 => KeyCode::F(u8::try_from(number - 10).ok()?),
        17..=21 => KeyCode::F(u8::try_from(number - 11).ok()?),
        23 | 24 => KeyCode::F(u8::try_from(number - 12).ok()?),
        _ => return None,
    })
}

/// Some terminals write letters with modifiers so, and keys without a letter as letters for private
/// use.
fn lettered(number: u16) -> Option<KeyCode> {
    Some(match number {
        9 => KeyCode::Tab,
        13 => KeyCode::Enter,
        27 => KeyCode::Esc,
        127 => KeyCode::Backspace,
        _ => {
            let letter = char::from_u32(u32::from(number))?;
            let is_key = letter.is_control() || ('\u{e000}'..='\u{f8ff}').contains(&letter);
            KeyCode::Char((!is_key).then_some(letter)?)
        }
    })
}

fn number(text: Option<&str>) -> u16 {
    text.and_then(|text| text.split(':').next()?.parse().ok()).unwrap_or(0)
}

/// One more than the sum of 1 shift, 2 alt, 4 ctrl.
fn modifiers(number: u16) -> KeyModifiers {
    let bits = number.saturating_sub(1);
    let mut held = KeyModifiers::NONE;
    for (bit, modifier) in
        [(1, KeyModifiers::SHIFT), (2, KeyModifiers::ALT), (4, KeyModifiers::CONTROL)]
    {
        if bits & bit != 0 {
            held |= modifier;
        }
    }
    held
}

/// A mouse event in the SGR form: button, column, row, `M` for a press and `m` for a release.
fn clicked(parameters: &str, letter: u8) -> Option<Event> {
    let numbers: Vec<u16> = parameters.split(';').filter_map(|part| part.parse().ok()).collect();
    let [button, column, row] = numbers.as_slice() else { return None };
    pointed(*button, (*column, *row), letter == b'm')
}

/// A mouse event in the first form: three bytes, each 32 more than what it says; a release does not
/// say of what.
pub(super) fn old_mouse(report: [u8; 3]) -> Option<Event> {
    let [button, column, row] = report.map(|byte| u16::from(byte.saturating_sub(32)));
    pointed(button, (column, row), button & 0b0110_0011 == 3)
}

fn pointed(button: u16, (column, row): (u16, u16), is_release: bool) -> Option<Event> {
    let which = match button & 3 {
        0 => MouseButton::Left,
        1 => MouseButton::Middle,
        _ => MouseButton::Right,
    };
    let kind = match (button & 0b1110_0000, is_release) {
        (64, _) => match button & 3 {
            0 => MouseEventKind::ScrollUp,
            1 => MouseEventKind::ScrollDown,
            2 => MouseEventKind::ScrollLeft,
            _ => MouseEventKind::ScrollRight,
        },
        (32, _) if button & 3 == 3 => MouseEventKind::Moved,
        (32, _) => MouseEventKind::Drag(which),
        (0, false) => MouseEventKind::Down(which),
        (0, true) => MouseEventKind::Up(which),
        _ => return None,
    };
    let mut held = KeyModifiers::NONE;
    for (bit, modifier) in
        [(4, KeyModifiers::SHIFT), (8, KeyModifiers::ALT), (16, KeyModifiers::CONTROL)]
    {
        if button & bit != 0 {
            held |= modifier;
        }
    }
    let (column, row) = (column.checked_sub(1)?, row.checked_sub(1)?);
    Some(Event::Mouse(MouseEvent { kind, column, row, modifiers: held }))
}
