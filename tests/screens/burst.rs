//! Keys that came all at once, as a terminal sends a paste that it does not mark.

use prewire::app::effect::Msg;
use prewire::app::keys::{Code, Key, Modifier};
use prewire::domain::kind::Kind;

use super::screen::Screen;
use super::titles;

/// What a terminal that does not mark a paste sends, all at once.
fn at_once(text: &str) -> Msg {
    let key = |letter| match letter {
        '\n' => Code::Enter,
        letter => Code::Char(letter),
    };
    let key = |letter| Key { code: key(letter), modifier: Modifier::None };
    Msg::Burst(text.chars().map(key).collect())
}

#[test]
fn a_paste_that_nobody_marked_runs_no_keys_and_is_asked_about() {
    let mut screen = Screen::empty(100, 30);
    screen.keys("2").send(at_once("pasted line one\nand a second due:fri\n"));
    assert!(screen.text().contains("looks like pasted text, 2 lines"), "{}", screen.text());
    // Dropped, it leaves nothing.
    screen.keys("<esc>");
    assert!(titles(&screen, Kind::Decision).is_empty() && screen.model.popups.is_empty());
    // The first answer loses nothing and adds nothing yet.
    screen.send(at_once("pasted line one\nand a second due:fri\n")).keys("<enter>");
    assert!(screen.text().contains("and 1 more line"), "{}", screen.text());
    assert!(titles(&screen, Kind::Decision).is_empty());
    screen.keys("<enter>");
    assert_eq!(titles(&screen, Kind::Decision), ["pasted line one", "and a second"]);
    // What begins with a key that adds is text all the same when lines follow.
    screen.send(at_once("a line\nanother line\nand one more\n"));
    assert!(screen.text().contains("looks like pasted text, 3 lines"), "{}", screen.text());
    screen.keys("<esc>");
    assert_eq!(titles(&screen, Kind::Decision).len(), 2);
}

#[test]
fn a_word_without_spaces_and_one_that_begins_with_a_verb_are_asked_about_too() {
    let mut screen = Screen::demo(100, 30);
    for text in ["qwertyuiopas", "internationalization_plan", "xxx_final_version_2"] {
        screen.keys("2").send(at_once(text));
        assert!(screen.text().contains("looks like pasted text"), "{text}\n{}", screen.text());
        screen.keys("<esc>");
    }
    for text in [
        "Acme renewal deck",
        "every rep asks for this",
        "all reps ask for this",
        "about the renewal of Acme\n",
        "a deck for the renewal",
        "+49 170 call Sam about it",
        "kale and apples for the office",
    ] {
        screen.keys("2").send(at_once(text));
        assert!(screen.text().contains("looks like pasted text"), "{text}\n{}", screen.text());
        screen.keys("<esc>");
    }
}

#[test]
fn what_was_typed_ahead_of_a_slow_line_is_keys() {
    let mut screen = Screen::empty(100, 30);
    screen.send(at_once("2aWho signs it off? due:fri\n"));
    assert_eq!(titles(&screen, Kind::Decision), ["Who signs it off?"]);
    // A field that is open takes them, and several lines are several items.
    screen.keys("a").send(at_once("Which tier is it?\nWhich price is it?"));
    assert_eq!(titles(&screen, Kind::Decision).len(), 1);
    screen.keys("<enter>");
    assert_eq!(titles(&screen, Kind::Decision).len(), 3);
    // Whoever meant keys can say so.
    screen.send(at_once("jaWhat is it now?\njaWhat was it then?\n"));
    screen.keys("<down><down><enter>");
    assert_eq!(titles(&screen, Kind::Decision).len(), 5, "{}", screen.text());
}

#[test]
fn a_paste_on_a_list_changes_nothing_and_the_key_that_adds_takes_it() {
    let mut screen = Screen::empty(100, 30);
    let paste = || Msg::Paste("Which tier is it?\r\nWhich price is it?".to_owned());
    screen.keys("2").send(paste());
    assert!(screen.model.popups.is_empty() && titles(&screen, Kind::Decision).is_empty());
    screen.keys("a");
    assert!(screen.text().contains("and 1 more line"), "{}", screen.text());
    screen.keys("<enter>");
    assert_eq!(titles(&screen, Kind::Decision).len(), 2);
    // Any other key lets it go.
    screen.send(paste()).keys("ja");
    assert!(!screen.text().contains("Which tier is it?▏"), "{}", screen.text());
    assert!(!screen.text().contains("and 1 more line"), "{}", screen.text());
    screen.keys("<esc>").send(paste()).keys("/");
    assert!(screen.text().contains("Which tier is it? Which price is it?"), "{}", screen.text());
}
