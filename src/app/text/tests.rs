//! Writing, wrapping and taking back.

use proptest::prelude::*;

use super::*;

fn shown(text: &str, width: usize) -> Vec<&str> {
    rows(text, width).into_iter().map(|row| &text[row.start..row.end]).collect()
}

fn press(text: &mut Text, keys: &str) {
    for key in keys.split(' ') {
        let key = Key::read(key).unwrap();
        assert!(text.press(key, 10), "{key}");
    }
}

#[test]
fn it_wraps_after_spaces_and_cuts_no_letter() {
    assert_eq!(shown("", 10), [""]);
    assert_eq!(shown("one two three", 8), ["one two ", "three"]);
    assert_eq!(shown("abcdefghijklm", 5), ["abcde", "fghij", "klm"]);
    assert_eq!(shown("a\n\nb\n", 5), ["a", "", "b", ""]);
    assert_eq!(shown("日本語日本語", 5), ["日本", "語日", "本語"]);
    assert_eq!(shown("ab 👩‍👩‍👧 cd", 5), ["ab 👩‍👩‍👧 ", "cd"]);
}

#[test]
fn up_and_down_go_by_what_is_seen() {
    let mut text = Text::new("one two three four\nx\nlast line");
    press(&mut text, "up up");
    let rows = rows(text.as_str(), 10);
    assert_eq!(text.place(&rows), (1, 9), "{rows:?}");
    press(&mut text, "up up up");
    assert_eq!(text.cursor, 0);
    press(&mut text, "ctrl-end up");
    assert_eq!(text.place(&rows).0, rows.len() - 2);
}

#[test]
fn words_are_taken_back_one_by_one() {
    let mut text = Text::new("");
    for letter in "one two".chars() {
        text.press(Key::char(letter), 10);
    }
    press(&mut text, "ctrl-z");
    assert_eq!(text.as_str(), "one ");
    press(&mut text, "ctrl-z ctrl-z");
    assert_eq!(text.as_str(), "");
    press(&mut text, "ctrl-y ctrl-y ctrl-y");
    assert_eq!(text.as_str(), "one two");
    press(&mut text, "ctrl-w");
    assert_eq!(text.as_str(), "one ");
    press(&mut text, "ctrl-z home ctrl-k");
    assert_eq!(text.as_str(), "");
}

#[test]
fn a_paste_of_many_lines_stays_many_lines_and_is_one_step() {
    let mut text = Text::new("a");
    assert_eq!(text.paste("b\r\nc\rd\n"), 0);
    assert_eq!(text.as_str(), "ab\nc\nd\n");
    press(&mut text, "ctrl-z");
    assert_eq!(text.as_str(), "a");
    assert_eq!(text.paste(&"x".repeat(LONGEST + 5)), 6);
}

proptest! {
    /// Whatever is pressed, undoing all gives the first text back and redoing all the last one.
    #[test]
    fn all_is_taken_back_and_done_again(
        start in "[a-z \n日é]{0,30}",
        presses in prop::collection::vec((0..20_usize, "[a-z \n日👩]"), 0..60),
    ) {
        let names = [
            "left", "right", "up", "down", "home", "end", "backspace", "del", "ctrl-w", "alt-d",
            "ctrl-u", "ctrl-k", "alt-b", "alt-f", "enter", "tab",
        ];
        let mut text = Text::new(&start);
        for (which, letter) in &presses {
            match names.get(*which) {
                Some(name) => { text.press(Key::read(name).unwrap(), 7); }
                None => { text.paste(letter); }
            }
            prop_assert!(text.content.is_char_boundary(text.cursor));
            let rows = rows(&text.content, 7);
            let joined: String = rows.iter().map(|row| &text.content[row.start..row.end]).collect();
            prop_assert_eq!(joined, text.content.replace('\n', ""));
        }
        let last = text.content.clone();
        while !text.done.is_empty() { text.undo(); }
        prop_assert_eq!(&text.content, &start);
        while !text.undone.is_empty() { text.redo(); }
        prop_assert_eq!(&text.content, &last);
    }
}
