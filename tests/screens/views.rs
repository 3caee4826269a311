//! Filters and saved views: chips, completion, a view saved and shown again, the session restored.

use prewire::app::remembered::Remembered;

use crate::screen::Screen;

/// The status line, which stands above the hints.
fn status(screen: &Screen) -> String {
    screen.text().lines().rev().nth(1).unwrap_or_default().trim_end().to_owned()
}

#[test]
fn each_term_is_a_chip_and_backspace_takes_the_last() {
    let mut screen = Screen::demo(120, 30);
    screen.keys("2/stake:high (@maya or @raj) due:week<enter>");
    assert!(
        status(&screen).contains("stake:high ✕ · (@maya or @raj) ✕ · due:week ✕ · "),
        "{}",
        status(&screen)
    );
    screen.keys("<backspace>");
    assert!(status(&screen).contains("(@maya or @raj) ✕ · "), "{}", status(&screen));
    assert!(!status(&screen).contains("due:week"));
    screen.keys("<backspace><backspace>");
    assert!(!status(&screen).contains('✕'), "{}", status(&screen));
    screen.keys("<backspace>");
    assert!(status(&screen).contains("there is no filter"), "{}", status(&screen));
}

#[test]
fn a_filter_says_which_days_it_means() {
    let mut screen = Screen::demo(120, 30);
    screen.keys("2/due<fri due:week");
    assert!(screen.text().contains("needed by < Fri 8 May"), "{}", screen.text());
    assert!(screen.text().contains("needed by Mon 4 May to Sun 10 May"), "{}", screen.text());
}

#[test]
fn tab_goes_through_what_could_stand_there() {
    let mut screen = Screen::demo(120, 30);
    screen.keys("2/is:bl<tab>");
    assert!(screen.text().contains("/is:blocked\n"), "{}", screen.text());
    screen.keys("<tab>");
    assert!(screen.text().contains("/is:blocking\n"), "{}", screen.text());
    screen.keys("sta<tab>");
    assert!(screen.text().contains("/is:blocking state:"), "{}", screen.text());
    screen.keys("<tab>hi<tab><enter>");
    assert!(status(&screen).contains("is:blocking ✕ · stake:high ✕"), "{}", status(&screen));
}

#[test]
fn tab_offers_refs_with_their_titles() {
    let mut screen = Screen::demo(120, 30);
    screen.keys("3aPricing FAQ for:win<tab>");
    let text = screen.text();
    assert!(text.contains("o1 Improve win rate"), "{text}");
    assert!(text.contains("asset Pricing FAQ for:o1"), "{text}");
    screen.keys("<enter>");
    assert!(screen.text().contains("added a"), "{}", screen.text());
}

#[test]
fn a_view_is_saved_and_shown_again_from_anywhere() {
    let mut screen = Screen::demo(120, 30);
    screen.keys("f");
    assert!(screen.text().contains("Exceptions"), "{}", screen.text());
    screen.keys("<esc>2/stake:high<enter>.");
    screen.keys("FLate and high<enter>");
    assert!(
        status(&screen).contains("saved view “Late and high” · u undoes"),
        "{}",
        status(&screen)
    );
    screen.keys("<esc>.1");
    screen.keys("f");
    assert!(screen.text().contains("decisions · stake:high · with"), "{}", screen.text());
    screen.keys("<enter>");
    assert!(
        status(&screen).starts_with(" Decisions · “Late and high” · stake:high ✕"),
        "{}",
        status(&screen)
    );
    screen.keys("u");
    assert!(!status(&screen).contains("“Late and high” · stake"), "{}", status(&screen));
    screen.keys("U1:late and<enter>");
    assert!(status(&screen).contains("“Late and high”"), "{}", status(&screen));
}

#[test]
fn views_are_removed_and_started_with_by_the_palette() {
    let mut screen = Screen::demo(120, 30);
    screen.keys("2/stake:high<enter>FHigh<enter>:start with a view<enter>High<enter>");
    assert!(screen.workspace.view("high").unwrap().starts);
    screen.keys(":start with a view<enter>none<enter>");
    assert!(!screen.workspace.view("high").unwrap().starts);
    screen.keys(":remove a view<enter>High<enter>");
    assert!(screen.workspace.views().unwrap().is_empty());
}

#[test]
fn the_next_session_begins_where_this_one_ended() {
    let mut screen = Screen::demo(120, 30);
    screen.keys("3/battle<enter>2S");
    screen.keys("needed<enter>Gk");
    let on = screen.model.list().selected();
    let kept = serde_json::to_string(&Remembered::of(&screen.model)).unwrap();
    let mut again = Screen::demo(120, 30);
    again.restart(&serde_json::from_str(&kept).unwrap());
    assert_eq!(again.model.list().selected(), on);
    assert!(status(&again).contains("by needed by ↑"), "{}", status(&again));
    again.keys("3");
    assert!(status(&again).contains("battle ✕"), "{}", status(&again));
    let mut tomorrow = Screen::demo(120, 30);
    let left: Remembered = serde_json::from_str(&kept).unwrap();
    tomorrow.restart(&Remembered { day: "2026-05-05".to_owned(), ..left });
    assert!(status(&tomorrow).starts_with(" Today"), "{}", status(&tomorrow));
    again.keys("<esc>/<up>");
    assert!(again.text().contains("/battle"), "{}", again.text());
}

#[test]
fn what_no_longer_fits_a_session_is_left_out() {
    let told =
        r#"{"place": "Nowhere", "lists": {"Decisions": {"sort": "colour", "on": "x"}}, "more": 1}"#;
    let mut screen = Screen::demo(80, 24);
    screen.restart(&serde_json::from_str(told).unwrap());
    screen.keys("2");
    assert!(status(&screen).starts_with(" Decisions · 1 of"), "{}", status(&screen));
}
