//! What is asked before something is lost, and what is said beside a question.

use prewire::app::effect::{Effect, Msg};
use prewire::domain::kind::Kind;

use super::screen::Screen;
use super::titles;

#[test]
fn an_editor_that_left_nothing_is_asked_about() {
    let mut screen = Screen::empty(100, 30);
    screen.keys("2aWho signs? -- a note that took an hour<enter>");
    let note = |screen: &Screen| screen.model.subject_item().unwrap().text("note").to_owned();
    let before = note(&screen);
    assert!(before.contains("an hour"), "{before}");
    screen.keys("E");
    let item = screen.outside.iter().rev().find_map(|effect| match effect {
        Effect::Editor { item, .. } => *item,
        _ => None,
    });
    let emptied = || Msg::Edited { item, field: "note", text: String::new() };
    screen.send(emptied());
    assert!(screen.text().contains("Empty the note?"), "{}", screen.text());
    screen.keys("<enter>");
    assert_eq!(note(&screen), before, "what is offered first keeps it");
    screen.send(emptied()).keys("<down><enter>");
    assert_eq!(note(&screen), "");
    screen.keys("u");
    assert_eq!(note(&screen), before);
}

#[test]
fn lines_of_a_pasted_list_lose_their_bullets() {
    let mut screen = Screen::empty(100, 30);
    screen.keys("3a").send(Msg::Paste("- One\n* Two\n- [ ] Three\n".to_owned())).keys("<enter>");
    assert_eq!(titles(&screen, Kind::Asset), ["One", "Two", "Three"]);
}
