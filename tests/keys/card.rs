//! A walk through rows, card by card.

use prewire::domain::kind::Kind;

use crate::screen::Screen;
use crate::{says, states};

fn three() -> Screen {
    let mut screen = Screen::empty(100, 30);
    screen.keys("2aOne?<enter>aTwo?<enter>aThree?<enter>ggRw");
    screen
}

#[test]
fn a_card_is_the_menu_of_verbs_kept_open_and_an_answer_brings_the_next() {
    let mut screen = three();
    insta::assert_snapshot!("card-100", screen.picture());
    screen.keys("xBecause<enter>");
    says(&screen, "2 of 3");
    says(&screen, "1 answered · 2 open");
    screen.keys("<enter>");
    says(&screen, "3 of 3");
    screen.keys("XNot now<enter>");
    says(&screen, "walked: 2 answered · 1 kept");
    assert!(screen.model.popups.is_empty());
    let states: Vec<String> =
        states(&screen, Kind::Decision).into_iter().map(|(_, state)| state).collect();
    assert_eq!(states.iter().filter(|state| *state == "decided").count(), 1, "{states:?}");
    assert_eq!(states.iter().filter(|state| *state == "dropped").count(), 1, "{states:?}");
}

#[test]
fn motion_undo_capture_and_palette_keep_their_meaning_and_d_does_nothing() {
    let mut screen = three();
    screen.keys("j");
    says(&screen, "2 of 3");
    screen.keys("k");
    says(&screen, "1 of 3");
    screen.keys("d");
    says(&screen, "d does nothing on a card");
    assert_eq!(states(&screen, Kind::Decision).len(), 3);
    screen.keys("w+3d<enter>");
    says(&screen, "2 of 3");
    screen.keys("u");
    says(&screen, "1 of 3");
    says(&screen, "undid");
    screen.keys("+a Talk track<enter>");
    says(&screen, "added a1");
    says(&screen, "1 of 3");
    screen.keys("?");
    says(&screen, "Verbs of d");
    screen.keys("<esc>:").keys("copy title<enter>");
    assert_eq!(screen.outside.len(), 1);
    screen.keys("3");
    says(&screen, "Assets waits until the walk is over; esc ends it");
    screen.keys("<esc>");
    assert!(screen.model.popups.is_empty());
    says(&screen, "walked: 3 open");
}

#[test]
fn a_verb_that_was_not_answered_leaves_the_card_where_it_is() {
    let mut screen = three();
    screen.keys("x<esc>");
    says(&screen, "1 of 3");
    screen.keys("cdfri<enter>");
    says(&screen, "1 of 3");
    screen.keys("oDana<enter>");
    says(&screen, "2 of 3");
}

#[test]
fn a_walk_goes_through_the_marked_rows_alone() {
    let mut screen = Screen::demo(80, 24);
    screen.keys("2<space>j<space>Rw");
    says(&screen, "1 of 2");
    screen.keys("<enter><enter>");
    says(&screen, "walked: 2 kept");
}

#[test]
fn the_verbs_of_an_asset_have_their_letters_on_its_card() {
    let mut screen = Screen::empty(60, 16);
    screen.keys("3aBattlecard<enter>aTalk track<enter>Rw");
    insta::assert_snapshot!("card-60", screen.picture());
    screen.keys("cWhich outcome?<enter>");
    says(&screen, "2 of 2");
    screen.keys("x");
    says(&screen, "walked: 2 answered");
}

#[test]
fn on_an_empty_list_there_is_nothing_to_walk_through() {
    let mut screen = Screen::empty(80, 24);
    screen.keys("2Rw");
    says(&screen, "there are no rows to walk through");
}

#[test]
fn the_walk_through_assets_begins_with_the_requests_above_them() {
    let mut screen = Screen::demo(100, 30);
    screen.keys("3");
    let above = screen.model.list().line(0).and_then(|line| line.item()).unwrap().reference;
    assert_eq!(above.kind, prewire::domain::kind::Kind::Request);
    let total = screen.model.list().total;
    screen.keys("Rw");
    says(&screen, &format!("1 of {total}"));
    says(&screen, &format!("{above} "));
    // The same under a filter, of which the requests are that it finds.
    screen.keys("<esc>/deck<enter>");
    let kinds = |screen: &Screen| {
        let lines = screen.model.list().lines.iter();
        lines.filter_map(|line| Some(line.item()?.reference.kind)).collect::<Vec<_>>()
    };
    assert_eq!(kinds(&screen)[0], prewire::domain::kind::Kind::Request, "{}", screen.text());
    assert!(kinds(&screen).contains(&prewire::domain::kind::Kind::Asset));
    screen.keys("<esc>/state:doing<enter>");
    assert!(!kinds(&screen).contains(&prewire::domain::kind::Kind::Request), "no such state");
}
