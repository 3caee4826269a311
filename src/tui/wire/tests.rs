//! Random pictures, one after the other, leave a terminal as the last of them drawn anew does.

use std::num::NonZero;
use std::sync::{Arc, Mutex};

use proptest::prelude::*;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Color, Modifier, Style};

use unicode_width::UnicodeWidthStr;

use super::*;

const SIZE: (u16, u16) = (24, 4);

/// What is printed where, and how.
type Mark = (u16, u16, &'static str, Style);

fn mark() -> impl Strategy<Value = Mark> {
    let words = prop::sample::select(vec![
        "a",
        "deck",
        "the pricing page",
        "  ",
        "         ",
        "—",
        "…",
        "通関",
        "🚀",
        "🇩🇪",
        "通🇫🇷",
        "é",
        "▌!",
        "raised · high stake ·",
        "✓",
    ]);
    let colours = vec![
        Color::Reset,
        Color::Red,
        Color::Gray,
        Color::DarkGray,
        Color::White,
        Color::Indexed(3),
        Color::Indexed(200),
        Color::Rgb(1, 2, 3),
    ];
    let colour = || prop::sample::select(colours.clone());
    let modifiers = vec![
        Modifier::empty(),
        Modifier::BOLD,
        Modifier::DIM,
        Modifier::BOLD | Modifier::ITALIC,
        Modifier::REVERSED,
        Modifier::UNDERLINED | Modifier::ITALIC,
    ];
    let style = (colour(), colour(), prop::sample::select(modifiers))
        .prop_map(|(ink, paper, modifier)| Style::new().fg(ink).bg(paper).add_modifier(modifier));
    (0..SIZE.0, 0..SIZE.1, words, style)
}

fn picture(marks: &[Mark]) -> Buffer {
    let mut buffer = Buffer::empty(Rect::new(0, 0, SIZE.0, SIZE.1));
    for (x, y, words, style) in marks {
        buffer.set_string(*x, *y, words, Style::reset().patch(*style));
    }
    // What a wide sign covers is nobody else's.
    for at in 1..buffer.content.len() {
        if buffer.content[at - 1].symbol().width() > 1 {
            buffer.content[at].reset();
        }
    }
    buffer
}

/// What was written, for the test to read as well.
#[derive(Clone, Default)]
struct Written(Arc<Mutex<Vec<u8>>>);

impl Written {
    fn bytes(&self) -> Vec<u8> {
        std::mem::take(&mut self.0.lock().unwrap())
    }
}

impl Write for Written {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// A wire that does not ask the real terminal for its size, and what it writes.
fn wire() -> (Wire<Written>, Written) {
    let written = Written::default();
    let mut wire = Wire::new(written.clone());
    wire.size = Size::new(SIZE.0, SIZE.1);
    wire.forget();
    (wire, written)
}

fn look(parser: &vt100::Parser) -> Vec<String> {
    let screen = parser.screen();
    let cell = |row: u16, column: u16| {
        let cell = screen.cell(row, column).unwrap();
        // An empty cell and a space look the same.
        let letters = if cell.has_contents() { cell.contents() } else { " " };
        let colours = (cell.fgcolor(), cell.bgcolor());
        let marks = (cell.bold(), cell.dim(), cell.italic(), cell.underline(), cell.inverse());
        let is_bare = letters == " " && !cell.underline() && !cell.inverse();
        if is_bare {
            return format!("blank on {:?}", cell.bgcolor());
        }
        format!("{letters:?} {colours:?} {marks:?}")
    };
    (0..SIZE.1)
        .flat_map(|row| (0..SIZE.0).map(move |column| (row, column)))
        .map(|(r, c)| cell(r, c))
        .collect()
}

fn as_told(byte: &u8) -> &[u8] {
    if *byte == b'\n' { b"\r\n" } else { std::slice::from_ref(byte) }
}

proptest! {
    #[test]
    fn the_terminal_shows_the_same(pictures in prop::collection::vec(prop::collection::vec(mark(), 0..9), 1..7)) {
        let (mut thrifty, written) = wire();
        let screen = || {
            let lines = NonZero::new(SIZE.1).unwrap();
            vt100::Parser::new(lines, NonZero::new(SIZE.0).unwrap(), 0)
        };
        let mut screens = [screen(), screen()];
        let mut before = picture(&[]);
        thrifty.wipe().unwrap();
        written.bytes();
        for marks in &pictures {
            let next = picture(marks);
            thrifty.put(before.diff(&next).into_iter()).unwrap();
            let bytes = written.bytes();
            screens[0].process(&bytes);
            // Some terminals take a new line for one that begins at its first column.
            screens[1].process(&bytes.iter().flat_map(as_told).copied().collect::<Vec<u8>>());
            let (mut anew, mut usual) = (screen(), Vec::new());
            CrosstermBackend::new(&mut usual).draw(picture(&[]).diff(&next).into_iter()).unwrap();
            anew.process(&usual);
            let [shown, told] = screens.each_ref().map(look);
            prop_assert_eq!(&shown, &look(&anew));
            prop_assert_eq!(&told, &shown);
            before = next;
        }
    }
}

#[test]
fn a_short_way_is_written_again_and_a_long_one_is_jumped() {
    let (mut wire, written) = wire();
    wire.wipe().unwrap();
    written.bytes();
    let mut before = picture(&[]);
    let mut bytes = |words: &'static str| {
        let next = picture(&[(0, 0, words, Style::new())]);
        wire.put(before.diff(&next).into_iter()).unwrap();
        before = next;
        String::from_utf8(written.bytes()).unwrap()
    };
    assert_eq!(bytes("a deck for the board"), "\x1b[1Ha deck for the board");
    assert_eq!(bytes("b dock for the board"), "\x1b[1Hb do");
    assert_eq!(bytes("c dock for the boats"), "\x1b[1Hc\x1b[19Gts");
    assert_eq!(bytes("c…dock for the bests"), "\x1b[1;2H…\x1b[17Ges");
    assert_eq!(bytes("d…cock for the bests"), "\x1b[1Hd…c");
    assert_eq!(bytes("d… …"), "\x1b[1;3H …\x1b[K");
    assert_eq!(bytes("d"), "\x1b[1;2H   ");
}

#[test]
fn the_next_row_is_a_line_further_and_a_blank_has_no_colour() {
    let (mut wire, written) = wire();
    wire.wipe().unwrap();
    written.bytes();
    let (red, dim) = (Style::new().fg(Color::Red), Style::new().add_modifier(Modifier::DIM));
    let next =
        picture(&[(2, 0, "due", red), (5, 0, " ", dim), (6, 0, "late", red), (1, 1, "d4", red)]);
    wire.put(picture(&[]).diff(&next).into_iter()).unwrap();
    let bytes = String::from_utf8(written.bytes()).unwrap();
    assert_eq!(bytes, "\x1b[1;3H\x1b[31mdue late\r\n d4\x1b[m");
}

#[test]
fn a_wide_sign_is_never_erased_by_half() {
    let erases = |words: &'static str| {
        let (mut wire, written) = wire();
        wire.wipe().unwrap();
        let before = picture(&[(0, 0, words, Style::new())]);
        wire.put(picture(&[]).diff(&before).into_iter()).unwrap();
        written.bytes();
        wire.put(before.diff(&picture(&[])).into_iter()).unwrap();
        String::from_utf8(written.bytes()).unwrap().contains(['X', 'K'])
    };
    assert!(erases("Partner slide in… May"));
    assert!(!erases("Partner slide 通関 May"));
}

#[test]
fn both_columns_of_a_sign_that_may_be_narrow_take_its_colours() {
    let (mut wire, written) = wire();
    wire.wipe().unwrap();
    written.bytes();
    let selected = Style::new().add_modifier(Modifier::REVERSED);
    let next = picture(&[(3, 0, "❤️ deck", selected)]);
    wire.put(picture(&[]).diff(&next).into_iter()).unwrap();
    let bytes = String::from_utf8(written.bytes()).unwrap();
    // A terminal to which it is narrow keeps the second blank, and goes on where the next one is.
    assert_eq!(bytes, "\x1b[1;4H\x1b[7m  \x1b[4G❤️\x1b[6G deck\x1b[m");
}

#[test]
fn a_row_further_down_is_gone_to_row_by_row_and_all_is_taken_away_at_once() {
    let (mut wire, written) = wire();
    wire.wipe().unwrap();
    written.bytes();
    let bold = Style::new().fg(Color::DarkGray).add_modifier(Modifier::BOLD | Modifier::REVERSED);
    let next = picture(&[(11, 0, "due", bold), (11, 1, "Fri", Style::new().fg(Color::Red))]);
    wire.put(picture(&[]).diff(&next).into_iter()).unwrap();
    let bytes = String::from_utf8(written.bytes()).unwrap();
    assert_eq!(bytes, "\x1b[1;12H\x1b[1;7;90mdue\n\x1b[12G\x1b[0;31mFri\x1b[m");
}

#[test]
fn nothing_stays_of_a_flag_where_each_half_of_it_is_a_sign() {
    let (mut wire, written) = wire();
    wire.wipe().unwrap();
    let flag = picture(&[(2, 0, "🇩🇪 d4", Style::new())]);
    wire.put(picture(&[]).diff(&flag).into_iter()).unwrap();
    written.bytes();
    let next = picture(&[(2, 0, "a  d4", Style::new())]);
    wire.put(flag.diff(&next).into_iter()).unwrap();
    assert_eq!(String::from_utf8(written.bytes()).unwrap(), "\x1b[1;3Ha ");
}
