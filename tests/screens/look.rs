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
    let right = |screen: &Screen| screen.text().lines().nth(1).unwrap().contains('┬');
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
    assert!(screen.text().lines().nth(1).unwrap().contains('┬'));
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
    assert_eq!(names(&screen), ["approver", "blocks", "state", "owner", "stake"]);
    assert!(!screen.text().lines().nth(2).unwrap().contains("needed by"), "{}", screen.text());
    screen.keys("|<enter>");
    assert_eq!(screen.model.list().columns, None);
}
