//! Bytes as terminals send them.

use proptest::prelude::*;

use super::*;
use crate::tui::events::translate;

/// What was read, as help writes keys, pastes in brackets.
fn read(bytes: &mut Bytes, sent: &[u8]) -> String {
    words(bytes.take(sent))
}

fn words(found: Vec<Found>) -> String {
    let words = found.into_iter().map(|found| match found {
        Found::Paste(text, 0) => format!("[{text}]"),
        Found::Paste(text, left_out) => format!("[{} and {left_out} more]", text.len()),
        Found::Event(Event::Key(key)) => {
            translate(key).map_or("?".to_owned(), |key| key.to_string())
        }
        Found::Event(other) => format!("{other:?}"),
    });
    words.collect::<Vec<_>>().join(" ")
}

#[test]
fn keys_are_read_as_terminals_send_them() {
    for (sent, expected) in [
        (&b"aG?"[..], "a G ?"),
        ("é日👩".as_bytes(), "é 日 👩"),
        (b"\r\t\x7f\x01\x1a\x1f", "enter tab backspace ctrl-a ctrl-z ctrl-7"),
        (b"\x1b[A\x1bOB\x1b[C\x1bOD", "up down right left"),
        (b"\x1b[H\x1b[F\x1b[1~\x1b[4~\x1b[5~\x1b[6~\x1b[3~", "home end home end pgup pgdn del"),
        (b"\x1b[1;5C\x1b[1;5D\x1b[1;5H", "ctrl-right ctrl-left ctrl-home"),
        (b"\x1b[Z\x1bOP\x1b[15~\x1b[24~\x1b[[A", "shift-tab f1 f5 f12 f1"),
        (b"\x1bb\x1bf\x1bd\x1b\x7f", "alt-b alt-f alt-d alt-backspace"),
        (b"\x1b\x1b[A", "esc up"),
        (b"\x1b[97;5u\x1b[97;5:3u\x1b[9;2u\x1b[57441;2u", "ctrl-a shift-tab"),
        (b"\x1b[999;1X\xff\xfea", "a"),
        (b"\x1b]11;rgb:1b1b/1e1e/2626\x1b\\j\x1b]11;rgb:0/0/0\x07k\x1b[?62;4c", "j k"),
    ] {
        let mut bytes = Bytes::default();
        assert_eq!(read(&mut bytes, sent), expected, "{sent:?}");
        assert_eq!(bytes.waits(), Waits::Nothing, "{sent:?}");
    }
    let mut bytes = Bytes::default();
    for (sent, expected) in [
        (&b"\x1b[<64;3;4M"[..], "ScrollUp, column: 2, row: 3"),
        (b"\x1b[<65;300;4M", "ScrollDown, column: 299, row: 3"),
        (b"\x1b[<0;1;1M", "Down(Left), column: 0, row: 0"),
        (b"\x1b[<0;1;1m", "Up(Left)"),
        (b"\x1b[M`#$", "ScrollUp, column: 2, row: 3"),
        (b"\x1b[M !!", "Down(Left), column: 0, row: 0"),
        (b"\x1b[M#!!", "Up(Right)"),
        (b"\x1b[I", "FocusGained"),
        (b"\x1b[O", "FocusLost"),
    ] {
        let said = read(&mut bytes, sent);
        assert!(said.contains(expected), "{sent:?}: {said}");
        assert_eq!(bytes.waits(), Waits::Nothing, "{sent:?}");
    }
}

#[test]
fn a_lone_escape_is_a_key_when_nothing_follows() {
    let mut bytes = Bytes::default();
    assert_eq!(read(&mut bytes, b"\x1b"), "");
    assert_eq!(bytes.waits(), Waits::Escape);
    assert_eq!(words(bytes.give_up()), "esc");
    assert_eq!(bytes.waits(), Waits::Nothing);
    assert_eq!(read(&mut bytes, b"\x1b["), "");
    assert_eq!(bytes.waits(), Waits::Rest);
    assert_eq!(words(bytes.give_up()), "alt-[");
    assert_eq!(read(&mut bytes, b"\xe6\x97"), "");
    assert_eq!(read(&mut bytes, b"\xa5"), "日");
}

#[test]
fn a_sequence_that_breaks_off_types_nothing() {
    let mut bytes = Bytes::default();
    for begun in [&b"\x1b[<0;12"[..], b"\x1b[1;", b"\x1b]11;rgb:1b", b"\x1b[M!", b"\xe6\x97"] {
        assert_eq!(read(&mut bytes, begun), "");
        assert_eq!(bytes.waits(), Waits::Rest, "{begun:?}");
        assert_eq!(words(bytes.give_up()), "", "{begun:?}");
        assert_eq!(read(&mut bytes, b"j"), "j", "{begun:?}");
    }
}

#[test]
fn a_paste_is_one_whatever_is_in_it() {
    let mut bytes = Bytes::default();
    assert_eq!(read(&mut bytes, b"\x1b[200~dd\x1b[A\rq\x1b[201~j"), "[dd\u{1b}[A\rq] j");
    assert_eq!(read(&mut bytes, b"\x1b[200~one"), "");
    assert_eq!(read(&mut bytes, b" two\x1b[20"), "");
    assert_eq!(bytes.waits(), Waits::Paste);
    assert_eq!(read(&mut bytes, b"1~"), "[one two]");
}

#[test]
fn a_paste_without_an_end_ends_all_the_same_and_keys_are_keys_again() {
    let mut bytes = Bytes::default();
    assert_eq!(read(&mut bytes, b"\x1b[200~lost\x1b[20"), "");
    assert_eq!(words(bytes.give_up()), "[lost\u{1b}[20]");
    assert_eq!(read(&mut bytes, b"q"), "q");
    assert_eq!(read(&mut bytes, b"\x1b[201~q"), "q", "an end that comes late means nothing");
}

#[test]
fn a_paste_of_fifty_megabytes_is_capped() {
    let mut bytes = Bytes::default();
    bytes.take(BEGIN);
    let part = vec![b'x'; 65_536];
    for _ in 0..800 {
        assert_eq!(read(&mut bytes, &part), "");
        assert!(bytes.held.len() < 10);
    }
    let left = 800 * 65_536 - MOST;
    assert_eq!(read(&mut bytes, END), format!("[{MOST} and {left} more]"));
}

proptest! {
    /// However the bytes are cut, the same is read, and nothing is held for ever.
    #[test]
    fn it_does_not_matter_where_reads_are_cut(
        parts in prop::collection::vec(
            prop_oneof![
                Just(&b"\x1b[A"[..]), Just(&b"\x1b[1;5C"[..]), Just(&b"x"[..]), Just("日".as_bytes()),
                Just(&b"\x1b[200~a\x1b[Bb\x1b[201~"[..]), Just(&b"\x1bb"[..]), Just(&b"\x01"[..]),
            ],
            0..12,
        ),
        cut in 1..7_usize,
    ) {
        let all = parts.concat();
        let mut whole = Bytes::default();
        let expected = whole.take(&all);
        let mut pieces = Bytes::default();
        let found: Vec<Found> = all.chunks(cut).flat_map(|chunk| pieces.take(chunk)).collect();
        prop_assert_eq!(found, expected);
        prop_assert_eq!(pieces.waits(), Waits::Nothing);
    }

    #[test]
    fn no_bytes_stop_it(noise in prop::collection::vec(any::<u8>(), 0..200)) {
        let mut bytes = Bytes::default();
        bytes.take(&noise);
        for _ in 0..300 {
            bytes.give_up();
        }
        prop_assert_eq!(bytes.waits(), Waits::Nothing);
        prop_assert_eq!(read(&mut bytes, b"q"), "q");
    }
}
