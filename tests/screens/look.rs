//! The look by keystrokes: settings that are shown as they change, where the detail stands, which
//! columns there are, themes, and text of every script.

use prewire::app::effect::{Effect, Msg};
use prewire::app::settings::{Setting, Takes};

use crate::screen::Screen;

fn with_settings(mut screen: Screen) -> Screen {
    let choice = |name, choices: &'static [&'static str]| Setting {
        name,
        help: "What it is for.",
        takes: Takes::Choice(choices),
        value: choices[0].to_owned(),
    };
    screen.send(Msg::Configured(vec![
        Setting {
            name: "me",
            help: "Your name, as in @me.",
            takes: Takes::Text,
            value: String::new(),
        },
        choice("theme", &["ansi", "auto", "dark", "light"]),
        choice("detail", &["right", "below", "hidden"]),
        Setting {
            name: "fiscal_year_start",
            help: "The first month of the fiscal year, 1 to 12.",
            takes: Takes::Number { least: 1, most: 12 },
            value: "1".to_owned(),
        },
    ]));
    screen
}

#[test]
fn settings_are_previewed_taken_back_and_kept() {
    let mut screen = with_settings(Screen::demo(100, 30));
    screen.keys("2,jl");
    insta::assert_snapshot!("settings-100", screen.picture());
    let preview = |name: &str| {
        Effect::Preview(vec![("theme", name.to_owned()), ("detail", "right".to_owned())])
    };
    assert_eq!(screen.outside.pop(), Some(preview("auto")));
    screen.keys("l");
    assert_eq!(screen.outside.pop(), Some(preview("dark")));
    screen.keys("<esc>");
    assert_eq!(screen.outside.pop(), Some(preview("ansi")), "esc takes the preview back");
    screen.keys(",jll<enter>");
    assert_eq!(
        screen.outside.pop(),
        Some(Effect::Configure(vec![("theme", "dark".to_owned())])),
        "only what changed is written"
    );
    assert!(screen.model.popups.is_empty());
}

#[test]
fn the_place_of_the_detail_is_seen_at_once() {
    let mut screen = with_settings(Screen::demo(100, 30));
    screen.keys("2,jjl");
    assert!(screen.text().contains("─ settings"), "{}", screen.text());
    let right = |screen: &Screen| screen.text().contains('┴');
    assert!(!right(&screen), "{}", screen.text());
    screen.keys("<esc>");
    assert!(right(&screen), "{}", screen.text());
}

#[test]
fn the_detail_goes_right_below_and_away_and_the_zoom_comes_back_to_it() {
    let mut screen = Screen::demo(100, 36);
    screen.keys("2P");
    insta::assert_snapshot!("detail-below-100", screen.picture());
    screen.keys("zz");
    assert!(screen.model.has_detail_beside(), "the zoom goes back below");
    screen.keys("P");
    assert!(!screen.model.has_detail_beside());
    screen.keys("z<esc>");
    assert!(!screen.model.has_detail_beside(), "and back to nothing");
    screen.keys("P");
    assert!(screen.text().contains('┴'));
}

#[test]
fn columns_are_chosen_in_order_and_as_usual_again() {
    let mut screen = Screen::demo(120, 30);
    screen.keys("2|");
    insta::assert_snapshot!("columns-120", screen.picture());
    let names = |screen: &Screen| screen.model.list().shown_columns().to_vec();
    screen.keys("stake<enter>");
    assert_eq!(names(&screen).last(), Some(&"stake"));
    screen.keys("<ctrl-u>needed<enter><esc>");
    assert_eq!(names(&screen), ["state", "approver", "blocks", "owner", "stake"]);
    assert!(!screen.text().lines().nth(2).unwrap().contains("needed by"), "{}", screen.text());
    screen.keys("|<enter>");
    assert_eq!(screen.model.list().columns, None);
}

#[test]
fn what_could_not_be_read_is_not_what_is_empty() {
    let mut screen = Screen::empty(80, 24);
    screen.model.lists.clear();
    let what = "the disk is full".to_owned();
    let failure =
        prewire::app::effect::Failure { what, hint: None, lasting: false, of_change: false };
    screen.model.place = prewire::app::Place::Decisions;
    screen.model.list_at(prewire::app::Place::Decisions);
    screen.send(Msg::Failed(failure));
    let text = screen.text();
    assert!(text.contains("Decisions could not be read"), "{text}");
    assert!(text.contains("ctrl-l tries again"), "{text}");
    screen.keys("<ctrl-l>");
    assert!(screen.text().contains("a adds a decision"), "{}", screen.text());
}

#[test]
fn what_has_happened_reads_otherwise_than_what_is_late() {
    let mut screen = Screen::demo(160, 80);
    screen.keys("2");
    let text = screen.text();
    assert!(text.contains("Needed by     Mon 4 May · −2 d"), "{text}");
    assert!(text.contains("Raised on     Mon 20 Apr · 16 d ago"), "{text}");
}

#[test]
fn what_is_closed_comes_last_below_its_outcome() {
    let mut screen = Screen::demo(120, 60);
    screen.keys("6");
    let mut was_closed = false;
    for line in &screen.model.list().lines {
        let prewire::app::rows::Line::Item { row, depth, .. } = line else { continue };
        let is_closed = row.item.shelf() == prewire::domain::noun::Shelf::Closed;
        assert!(*depth == 0 || is_closed || !was_closed, "{}", row.item.title());
        was_closed = *depth > 0 && is_closed;
    }
}

#[test]
fn a_retired_asset_is_not_unlinked() {
    let mut screen = Screen::empty(120, 30);
    screen.keys("3aFilm<enter>");
    assert!(screen.text().contains("serves no outcome"), "{}", screen.text());
    screen.keys(";XNobody asked<enter>.gg");
    assert!(screen.text().contains("retired"), "{}", screen.text());
    assert!(!screen.text().contains("serves no outcome"), "{}", screen.text());
    screen.keys("/is:unlinked<enter>");
    assert_eq!(screen.model.list().total, 0, "{}", screen.text());
}

#[test]
fn a_long_detail_scrolls_to_its_end_and_at_once_back_from_there() {
    let mut screen = Screen::demo(80, 24);
    screen.keys("2l");
    let first = screen.text();
    assert!(first.contains(" more"), "{first}");
    screen.keys(&"j".repeat(120));
    let end = screen.text();
    assert!(!end.lines().any(|line| line.ends_with(" more")), "{end}");
    assert!(end.contains("desk close in 74"), "the note is the last: {end}");
    screen.keys("k");
    assert_ne!(screen.text(), end, "one key back is one line back");
    screen.keys("gg");
    assert_eq!(screen.text(), first);
    screen.keys("G");
    assert!(screen.text().contains("desk close in 74"), "{}", screen.text());
    assert!(!screen.text().contains("d take away"), "no part is meant that is out of sight");
    screen.keys("zG");
    assert!(screen.text().contains("desk close in 74"), "{}", screen.text());
}
