//! The week by keystrokes: between days, moving and resizing, other weeks, and `w` from a list.

use prewire::domain::kind::Kind;

use crate::screen::Screen;

#[test]
fn the_week_of_the_demo_looks_as_it_should() {
    for (name, width, height, keys) in [
        ("week-120", 120, 40, "4"),
        ("week-80", 80, 24, "4"),
        ("week-60", 60, 16, "4"),
        ("week-200", 200, 50, "4"),
        ("week-lived-120", 120, 40, "4<tab>"),
        ("week-before-80", 80, 24, "4{<tab>"),
    ] {
        let mut screen = Screen::demo(width, height);
        screen.keys(keys);
        insta::assert_snapshot!(name, screen.picture());
    }
}

fn block(screen: &Screen) -> (String, String, i64) {
    let item = screen.model.subject_item().unwrap();
    let on = item.day("on").unwrap().format("%a").to_string();
    (on, item.text("at").to_owned(), item.whole("minutes").unwrap())
}

fn one() -> Screen {
    let mut screen = Screen::empty(120, 40);
    screen.keys("4aMemo on:2026-05-06 at:10:00 est:1h band:s<enter>");
    assert_eq!(block(&screen), ("Wed".to_owned(), "10:00".to_owned(), 60));
    screen
}

#[test]
fn a_block_moves_and_grows_under_the_keys_and_undo_brings_it_back() {
    let mut screen = one();
    screen.keys("LJ>");
    assert_eq!(block(&screen), ("Thu".to_owned(), "10:15".to_owned(), 75));
    screen.keys("HK");
    screen.keys("<");
    assert_eq!(block(&screen), ("Wed".to_owned(), "10:00".to_owned(), 60));
    screen.keys("L");
    screen.keys("u");
    assert_eq!(block(&screen).0, "Wed");
    screen.keys("U");
    assert_eq!(block(&screen).0, "Thu");
    screen.keys("cbr<enter>");
    assert_eq!(screen.model.subject_item().unwrap().text("band"), "reactive");
}

#[test]
fn h_and_l_go_from_day_to_day_at_the_same_time() {
    let mut screen = one();
    screen.keys("aEarly on:2026-05-07 at:08:00 est:1h<enter>");
    screen.keys("aNear on:2026-05-07 at:10:30 est:1h<enter>");
    screen.keys("ggl");
    assert_eq!(screen.model.subject_item().unwrap().title(), "Near");
    screen.keys("h");
    assert_eq!(screen.model.subject_item().unwrap().title(), "Memo");
}

#[test]
fn weeks_turn_and_come_back() {
    let mut screen = one();
    screen.keys("}");
    assert!(screen.text().contains("W20"), "{}", screen.text());
    screen.keys("{{");
    assert!(screen.text().contains("W18"), "{}", screen.text());
    screen.keys("}");
    assert_eq!(block(&screen).0, "Wed");
}

#[test]
fn w_plans_time_for_a_row_of_any_list() {
    let mut screen = Screen::empty(120, 40);
    screen.keys("3aBattlecard est:90m band:e<enter>w09:00<enter>4");
    let item = screen.model.subject_item().unwrap();
    assert_eq!((item.kind(), item.title()), (Kind::Block, "Battlecard"));
    assert_eq!((item.whole("minutes"), item.text("band")), (Some(90), "execution"));
    assert_eq!(item.text("at"), "09:00");
}

#[test]
fn the_menu_of_the_week_fills_it_and_closes_it() {
    let mut screen = one();
    screen.keys(";f");
    assert!(screen.text().contains("filled 2026-W19"), "{}", screen.text());
    screen.keys("u;c");
    assert!(screen.text().contains("closed 2026-W19"), "{}", screen.text());
}

#[test]
fn the_meter_stands_on_every_screen_once_time_was_logged() {
    let mut screen = Screen::empty(120, 40);
    assert!(!screen.text().contains("reactive left"));
    screen.keys("+t Desk on:2026-05-05 est:40m band:r<enter>");
    for key in ["1", "2", "3", "4", "6"] {
        screen.keys(key);
        assert!(screen.text().contains("100/20"), "{}", screen.text());
        assert!(screen.text().contains("reactive left 7 h 20"), "{}", screen.text());
    }
}
