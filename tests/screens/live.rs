//! The live pane: at the right of every wide screen, above narrow ones on `m`; a figure is recorded
//! with one key and a number, and the pane shows it.

use crate::screen::Screen;

#[test]
fn the_pane_stands_beside_every_screen_that_has_room() {
    for (width, height) in [(120, 40), (200, 50)] {
        let mut screen = Screen::demo(width, height);
        for keys in ["1", "2", "3", "4", "6", "gu", "gM"] {
            screen.keys(keys);
            let text = screen.text();
            // The weeks before stand above it on the week, and leave it a line for each.
            let figure = if keys == "4" { "31.7 %" } else { "31.7 % → 40 %" };
            assert!(text.contains(figure), "{keys}\n{text}");
            assert!(text.lines().all(|line| line.chars().count() <= usize::from(width)));
        }
    }
    let mut screen = Screen::demo(119, 40);
    assert!(!screen.text().contains("31.7 % → 40 %"));
    screen.keys("m");
    assert!(screen.text().contains("31.7 % → 40 %"));
}

#[test]
fn the_pane_comes_and_goes() {
    let mut screen = Screen::demo(120, 40);
    let shown = screen.text();
    screen.keys("m");
    assert!(!screen.text().contains("31.7 % → 40 %"), "{}", screen.text());
    screen.keys("m");
    assert_eq!(screen.text(), shown);
    let mut narrow = Screen::demo(80, 24);
    let bare = narrow.text();
    narrow.keys("m");
    insta::assert_snapshot!("live-over-80", narrow.picture());
    narrow.keys("<esc>");
    assert_eq!(narrow.text(), bare);
    Screen::empty(120, 40).keys("m");
}

#[test]
fn a_figure_is_recorded_with_one_key_and_a_number() {
    let mut screen = Screen::demo(120, 40);
    screen.keys("gM=");
    assert!(screen.text().contains("Activation by day 10"), "{}", screen.text());
    screen.keys("50/80<enter>");
    assert!(screen.text().contains("62.5 % → 40 %"), "{}", screen.text());
    screen.keys("u");
    assert!(screen.text().contains("31.7 % → 40 %"), "{}", screen.text());
    screen.keys("+m m3 44/90<enter>");
    assert!(screen.text().contains("48.9 % → 40 %"), "{}", screen.text());
    screen.keys("=much<enter>");
    assert!(screen.text().contains("not a figure"), "{}", screen.text());
}

#[test]
fn without_a_metric_the_key_for_a_figure_says_so_once() {
    for (width, height) in [(80, 24), (120, 2)] {
        let mut screen = Screen::empty(width, height);
        screen.keys("=");
        let said = &screen.model.messages.last().unwrap().text;
        assert!(said.contains("no metric waits for a figure"), "{said}");
    }
}

#[test]
fn the_page_of_a_metric() {
    for (name, width, height, keys) in [
        ("metric-120", 120, 40, "gM<enter>"),
        ("metric-80", 80, 24, "gM<enter>"),
        ("metric-200", 200, 50, "gM"),
        ("outcome-metric-120", 120, 40, "6<enter>"),
    ] {
        let mut screen = Screen::demo(width, height);
        screen.keys(keys);
        insta::assert_snapshot!(name, screen.picture());
    }
}

#[test]
fn a_figure_that_is_due_stands_on_today_until_it_is_recorded_there() {
    let mut screen = Screen::demo(120, 40);
    screen.keys("1");
    assert!(screen.text().contains("2026-W18 due"), "{}", screen.text());
    // One key, a number, enter.
    screen.keys("=27%<enter>");
    assert!(!screen.text().contains("2026-W18 due"), "{}", screen.text());
    assert!(screen.text().contains("27 % → 30 %"), "{}", screen.text());
    screen.keys("u");
    assert!(screen.text().contains("2026-W18 due"), "{}", screen.text());
}

#[test]
fn what_metrics_say_together_raises_its_decision_with_one_key() {
    let mut screen = Screen::demo(120, 40);
    screen.keys("gy");
    insta::assert_snapshot!("readings-120", screen.text());
    screen.keys("<enter>");
    let text = screen.text();
    assert!(text.contains("added d") && text.contains("Do we change the onboarding"), "{text}");
    screen.keys("u");
    let mut none = Screen::empty(80, 24);
    none.keys("gy");
    assert!(none.text().contains("metrics say nothing together yet"), "{}", none.text());
}

#[test]
fn what_the_metrics_still_ask_for_is_a_key_away() {
    let mut screen = Screen::demo(100, 30);
    screen.keys("gMgi");
    insta::assert_snapshot!("metrics-asked-100", screen.text());
}

#[test]
fn among_many_metrics_the_pane_begins_with_what_needs_somebody() {
    let mut screen = Screen::empty(120, 40);
    for at in 10..40 {
        screen.keys(&format!("+m Rate {at} unit:percent baseline:20 target:40<enter>"));
        let figure = if at == 37 { 21 } else { 39 };
        screen.keys(&format!("+m m{} {figure}%<enter>", at - 9));
    }
    let first = |screen: &Screen| -> String {
        let text = screen.text();
        let named = text.lines().filter_map(|line| line.split('│').next_back());
        let mut named = named.map(str::trim).filter(|line| line.starts_with("Rate "));
        named.next().unwrap_or_default().to_owned()
    };
    assert_eq!(first(&screen), "Rate 37", "{}", screen.text());
    // What is mended steps back, and another comes first.
    screen.keys("+m m28 39.5%<enter>");
    screen.keys("+m m21 21%<enter>");
    assert_eq!(first(&screen), "Rate 30", "{}", screen.text());
}
