//! Keys that mean nothing where they are pressed say why, and are no hint there.

use prewire::app::effect::Msg;
use prewire::app::tour::Tour;

use crate::screen::Screen;

fn last_lines(screen: &Screen) -> String {
    let text = screen.text();
    let lines: Vec<&str> = text.trim_end().lines().collect();
    lines[lines.len().saturating_sub(2)..].join("\n")
}

#[test]
fn left_and_right_say_when_nothing_lies_there() {
    for (width, keys, words) in [
        (80, "1h", "nothing stands beside the list; enter opens the row"),
        (80, "1l", "nothing stands beside the list; enter opens the row"),
        (120, "2h", "nothing stands before the list; l goes to the detail"),
        (120, "2ll", "nothing stands beside the detail"),
        (80, "2<enter>l", "the row has the whole screen; esc goes back"),
        (80, "6hh", "serves nothing above"),
    ] {
        let mut screen = Screen::demo(width, 40);
        screen.keys(keys);
        assert!(last_lines(&screen).contains(words), "{keys}: {}", last_lines(&screen));
    }
}

#[test]
fn a_card_that_no_key_takes_on_has_no_hint_for_it() {
    let mut screen = Screen::demo(120, 40);
    screen.keys("9V");
    assert!(!last_lines(&screen).contains("L step on"), "{}", last_lines(&screen));
    screen.keys("L");
    assert!(last_lines(&screen).contains("is in the last state"), "{}", last_lines(&screen));
    screen.keys("7V");
    assert!(!last_lines(&screen).contains("L step on"), "{}", last_lines(&screen));
    screen.keys("L");
    assert!(last_lines(&screen).contains("follows from the record"), "{}", last_lines(&screen));
    screen.keys("3V");
    assert!(last_lines(&screen).contains("L step on"), "{}", last_lines(&screen));
}

#[test]
fn the_preview_of_an_import_tells_its_keys() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("backlog.csv");
    std::fs::write(&path, "Title,Due\nDeck,2026-05-08\nWho decides?,2026-05-09\n").unwrap();
    let mut screen = Screen::empty(80, 24);
    screen.keys(":import<enter>");
    screen.send(Msg::Paste(path.display().to_string()));
    screen.keys("<enter>?");
    assert!(screen.text().contains("imports what is shown, as one step"), "{}", screen.text());
    screen.keys("<esc>");
    assert!(screen.text().contains("Who decides?"), "{}", screen.text());
    for (key, words) in [
        ("w", "nothing is wrong with the file"),
        ("s", "every row can be read"),
        ("x", "that key means nothing here; ? tells the keys"),
    ] {
        screen.keys(key);
        assert!(last_lines(&screen).contains(words), "{key}: {}", last_lines(&screen));
    }
    screen.keys("<enter>");
    assert!(screen.text().contains("imported 2 items"), "{}", screen.text());
}

#[test]
fn a_small_screen_previews_the_rows_of_an_import_and_names_the_keys_that_change_them() {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/import/linear-34.csv");
    for (width, height) in [(40, 10), (60, 14)] {
        let mut screen = Screen::empty(width, height);
        screen.keys(":import<enter>").keys(file).keys("<enter>");
        let text = screen.text();
        for said in [
            "+4 new   ~0 changed   =0 unchanged",
            "! 2 warnings  ",
            "decision  + Launch tier for Sync ",
            "request   + Request: pricing deck ",
            "╰────",
        ] {
            assert!(text.contains(said), "{said}: {text}");
        }
        let foot = last_lines(&screen);
        for hint in ["enter imports", "w wrong", "f kind", "esc out"] {
            assert!(foot.contains(hint), "{hint}: {foot}");
        }
        screen.keys("f");
        assert!(screen.text().contains("asset     + Launch tier"), "{}", screen.text());
        screen.keys("w");
        assert!(last_lines(&screen).contains("rows"), "{}", screen.text());
        assert!(!screen.text().contains("Launch tier for Sync "), "{}", screen.text());
    }
}

#[test]
fn a_half_typed_property_says_what_it_takes() {
    let mut screen = Screen::demo(120, 40);
    screen.keys("2/is:");
    assert!(
        screen.text().contains("is: takes open, closed, overdue, blocked"),
        "{}",
        screen.text()
    );
}

#[test]
fn the_first_step_fits_a_narrow_screen() {
    let mut screen = Screen::empty(60, 16);
    screen.model.tour = Tour::Offered;
    screen.send(Msg::Changed);
    assert!(
        screen.text().contains("first steps 1/4 · 6 goes to Outcomes · esc skips"),
        "{}",
        screen.text()
    );
}

#[test]
fn tab_goes_on_from_a_word_that_is_whole() {
    for (keys, line) in [
        ("2/is:blocked<tab>due<tab>week", "/is:blocked due:week"),
        ("2/@raj<tab>x", "/@raj x"),
        ("2astake:high<tab>x", "decision stake:high x"),
    ] {
        let mut screen = Screen::demo(80, 24);
        screen.keys(keys);
        assert!(screen.text().contains(line), "{keys}: {}", screen.text());
    }
    let mut screen = Screen::demo(80, 24);
    screen.keys("2/qqq<tab>");
    assert!(screen.text().contains("nothing begins with “qqq”"), "{}", screen.text());
}
