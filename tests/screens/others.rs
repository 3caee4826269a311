//! What others do to the workspace while the screen is open, what is left when all is done, and the way
//! back from where one came.

use prewire::app::effect::Msg;
use prewire::app::place::Place;
use prewire::ops::fiscal::set_fiscal;

use crate::screen::Screen;

#[test]
fn a_fiscal_year_that_others_tell_is_that_of_the_next_line() {
    let mut screen = Screen::empty(120, 40);
    screen.keys("2aWho? due:eoq");
    assert!(screen.text().contains("30 Jun"), "{}", screen.text());
    screen.keys("<esc>");
    screen.workspace.run(&set_fiscal("5").unwrap()).unwrap();
    screen.send(Msg::Changed);
    screen.keys("a<ctrl-u>Who? due:eoq");
    assert!(screen.text().contains("31 Jul"), "{}", screen.text());
}

#[test]
fn a_line_promises_no_undo_of_what_others_followed() {
    let mut screen = Screen::empty(120, 40);
    screen.keys("2aWho?<enter>");
    let promise = |screen: &Screen| {
        screen.model.toast.as_ref().is_some_and(|toast| toast.text.contains("u undoes"))
    };
    assert!(promise(&screen));
    screen.send(Msg::Changed);
    assert!(!promise(&screen));
    screen.keys("u");
    assert!(screen.model.toast.as_ref().is_some_and(|toast| toast.text.contains("redoes")));
    screen.send(Msg::Changed);
    assert!(screen.model.toast.is_none());
}

#[test]
fn a_backlog_in_which_all_is_done_says_so_and_does_not_teach() {
    let mut screen = Screen::empty(80, 24);
    screen.keys("2");
    assert!(screen.text().contains("Who is the ICP"), "{}", screen.text());
    screen.keys("aWho?<enter>xBecause<enter>");
    let text = screen.text();
    assert!(text.contains("1 closed, . shows them"), "{text}");
    assert!(!text.contains("Who is the ICP"), "{text}");
    screen.keys(".");
    assert!(screen.text().contains("Who?"), "{}", screen.text());
}

#[test]
fn esc_leads_from_a_place_without_a_tab_to_the_tab_that_was_left() {
    let mut screen = Screen::demo(120, 40);
    screen.keys("3jj");
    let row = screen.model.list().selected();
    screen.keys("gugf<esc>");
    assert_eq!(screen.model.place, Place::Assets);
    assert_eq!(screen.model.list().selected(), row);
    screen.keys("<esc>");
    assert_eq!(screen.model.place, Place::Today);
    screen.keys("<esc>");
    assert_eq!(screen.model.place, Place::Today);
    screen.keys("3gu2<esc>");
    assert_eq!(screen.model.place, Place::Today, "a tab is left for Today");
}
