//! What comes back, and what is found of a list that has other rows above it.

use prewire::app::effect::Msg;

use crate::screen::Screen;

#[test]
fn what_comes_back_into_an_empty_list_is_shown_in_full() {
    for size in [(120, 40), (80, 24)] {
        let mut screen = Screen::empty(size.0, size.1);
        screen.keys("<esc>2aWho decides?<enter>u");
        assert!(screen.model.detail.is_none());
        screen.keys("U");
        let shown = screen.model.detail.as_ref().map(|detail| detail.row.item.title().to_owned());
        assert_eq!(shown.as_deref(), Some("Who decides?"), "{}", screen.text());
    }
}

#[test]
fn the_filter_finds_every_request_above_the_assets() {
    let mut screen = Screen::empty(120, 40);
    for span in [1..=700, 701..=1_205] {
        let lines: Vec<String> = span.map(|at| format!("Ask number {at}x")).collect();
        screen.keys(":Requests<enter>a").send(Msg::Paste(lines.join("\r"))).keys("<enter>");
    }
    screen.keys("3");
    screen.keys("/1203x<enter>");
    assert!(screen.text().contains("Ask number 1203x"), "{}", screen.text());
    screen.keys("/<ctrl-u>state:new<enter>");
    let query = &screen.model.list().query;
    assert_eq!(screen.model.list().total, 1_205, "{query:?}\n{}", screen.text());
    assert!(!screen.text().contains("is not one of"), "{}", screen.text());
    screen.keys("/<ctrl-u>state:nowhere<enter>");
    assert!(screen.text().contains("is not one of"), "{}", screen.text());
}
