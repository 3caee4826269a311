//! The popup of a prefix, help and the palette.

use prewire::app::effect::Msg;
use prewire::app::keys::{Code, Key};

use crate::says;
use crate::screen::Screen;

#[test]
fn a_prefix_shows_all_that_may_follow_and_a_chord_never_waits_for_it() {
    let mut screen = Screen::demo(80, 24);
    screen.keys("2c");
    assert!(!screen.text().contains("waiting on"), "at once nothing is shown");
    screen.send(Msg::Pause);
    insta::assert_snapshot!("which-key-80", screen.picture());
    screen.keys("<esc>");
    assert!(screen.model.pending.is_empty() && screen.model.toast.is_none());
    screen.keys("gd");
    assert_eq!(screen.model.place, prewire::app::Place::Decisions);
}

#[test]
fn on_a_small_screen_the_popup_still_shows_every_continuation() {
    let mut screen = Screen::demo(60, 16);
    screen.keys("2c").send(Msg::Pause);
    for name in ["due", "owner", "priority", "tags", "band", "estimate", "approver", "stake"] {
        says(&screen, name);
    }
}

#[test]
fn a_chord_that_means_nothing_says_what_its_beginning_leads_to() {
    let mut screen = Screen::demo(100, 24);
    screen.keys("2yx");
    says(&screen, "yx has no meaning; after y comes j l m t y");
}

#[test]
fn help_filters_by_name_and_by_key_and_enter_runs() {
    for typed in ["undo", "ctrl-r", "redo", "ctrl r"] {
        let mut screen = Screen::empty(100, 30);
        screen.keys("2aOne?<enter>u?").keys(typed);
        let redoes = typed != "undo";
        says(&screen, if redoes { "Do again what was taken back." } else { "Undo   " });
        screen.keys("<enter>");
        says(&screen, if redoes { "redid: added d1" } else { "there is nothing to undo" });
    }
}

#[test]
fn a_key_that_begins_chords_finds_them_in_help() {
    let mut screen = Screen::demo(100, 30);
    screen.keys("2?").keys("gt<enter>");
    assert_eq!(screen.model.place, prewire::app::Place::Today);
    screen.keys("?").keys("ctrl-");
    says(&screen, "Half down");
    screen.keys("<esc>?").keys("'");
    says(&screen, "nothing matches");
}

#[test]
fn the_palette_says_where_each_belongs_its_keys_and_why_not() {
    let mut screen = Screen::demo(120, 30);
    screen.keys("2:").keys("pur");
    insta::assert_snapshot!("palette-why-120", screen.picture());
    screen.keys("<enter>");
    says(&screen, "only what is in the Trash is purged");
    assert_eq!(screen.model.popups.len(), 1, "it stays open for another choice");
}

#[test]
fn the_palette_finds_actions_by_the_name_of_the_configuration_too() {
    let mut screen = Screen::demo(100, 30);
    screen.keys("2:").keys("next-screen<enter>");
    assert_eq!(screen.model.place, prewire::app::Place::Assets);
}

#[test]
fn keys_of_another_keyboard_mean_what_lies_in_their_place() {
    let mut screen = Screen::demo(100, 30);
    screen.keys("2оол");
    assert_eq!(screen.model.list().cursor, 1, "j j k");
    screen.keys("пв");
    assert_eq!(screen.model.place, prewire::app::Place::Decisions, "g d");
    // Inside text a letter stays what it is.
    screen.keys("фоо?<enter>");
    screen.keys("aКто решает?<enter>");
    assert_eq!(screen.model.popups.len(), 0);
    says(&screen, "“Кто решает?”");
}

#[test]
fn in_the_menu_of_verbs_enter_does_what_is_highlighted() {
    let mut screen = Screen::demo(100, 30);
    screen.keys("2;jj<enter>");
    says(&screen, "defer d2, until");
}

#[test]
fn letters_of_a_menu_are_found_on_another_keyboard() {
    let mut screen = Screen::empty(100, 30);
    screen.keys("3aBattlecard<enter>;ч");
    says(&screen, "→ shipped");
    screen.send(Msg::Key(Key::plain(Code::Char('г'))));
    says(&screen, "undid");
}
