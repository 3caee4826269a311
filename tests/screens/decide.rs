//! Deciding with keys: the frame in the detail, the option, the reason, and a rule that is
//! overridden.

use prewire::domain::item::Ref;
use prewire::domain::part::PartKind;
use prewire::store::lookup::Lookup;

use crate::screen::Screen;

/// What an item says in a field.
fn said(screen: &Screen, reference: &str, field: &str) -> String {
    let store = screen.workspace.store();
    let id = store.by_ref(Ref::parse(reference).unwrap()).unwrap().unwrap();
    store.item(id).unwrap().unwrap().text(field).to_owned()
}

#[test]
fn the_detail_shows_the_frame_with_its_options_and_who_stands_where() {
    let mut screen = Screen::demo(120, 40);
    screen.keys("2ggjjj");
    insta::assert_snapshot!("frame-120", screen.picture());
}

#[test]
fn deciding_asks_the_option_then_the_reason_and_three_keys_are_enough() {
    let mut screen = Screen::demo(120, 40);
    screen.keys("2ggjjjx");
    insta::assert_snapshot!("options-120", screen.picture());
    screen.keys("2<enter>");
    assert!(screen.text().contains("→ decided"), "{}", screen.text());
    assert_eq!(said(&screen, "d3", "chosen"), "b");
    assert_eq!(said(&screen, "d3", "rationale"), "Lead with control, prove it with speed");
    screen.keys("u");
    assert_eq!(said(&screen, "d3", "chosen"), "");
}

#[test]
fn the_recommended_option_is_preselected_and_the_reason_can_be_another() {
    let mut screen = Screen::demo(120, 40);
    screen.keys("2ggjjjx<enter>Signers ask for it<enter>");
    assert_eq!(said(&screen, "d3", "chosen"), "b");
    assert_eq!(said(&screen, "d3", "rationale"), "Signers ask for it");
    screen.keys("u");
    screen.keys("x1Speed first<enter>");
    assert_eq!(said(&screen, "d3", "chosen"), "a");
}

#[test]
fn without_those_who_count_it_asks_why_all_the_same_and_keeps_the_reason() {
    let mut screen = Screen::demo(120, 40);
    screen.keys("2ggx1<enter>");
    assert!(screen.text().contains("(I3)"), "{}", screen.text());
    assert!(screen.text().contains("decide all the same, because"), "{}", screen.text());
    assert_eq!(said(&screen, "d2", "chosen"), "");
    screen.keys("<enter>");
    assert!(screen.text().contains("one line is missing"), "{}", screen.text());
    screen.keys("The board meets tomorrow<enter>");
    assert_eq!(said(&screen, "d2", "chosen"), "a");
    let store = screen.workspace.store();
    let id = store.by_ref(Ref::parse("d2").unwrap()).unwrap().unwrap();
    let detail = screen.workspace.detail(id).unwrap().unwrap();
    let kept = detail.parts.iter().find(|part| part.kind == PartKind::Override).unwrap();
    assert_eq!(kept.text("reason"), "The board meets tomorrow");
}

#[test]
fn options_are_added_in_one_line_from_the_verbs() {
    let mut screen = Screen::demo(120, 40);
    screen.keys("2gg");
    let parts = |screen: &Screen, reference: &str| {
        let store = screen.workspace.store();
        let id = store.by_ref(Ref::parse(reference).unwrap()).unwrap().unwrap();
        screen.workspace.detail(id).unwrap().unwrap().parts
    };
    let count =
        |screen: &Screen, kind| parts(screen, "d2").iter().filter(|part| part.kind == kind).count();
    assert_eq!(count(&screen, PartKind::Option), 2);
    screen.keys(";OStart with both<space>gains:reach<space>cost:20h<enter>");
    assert_eq!(count(&screen, PartKind::Option), 3, "{}", screen.text());
    screen.keys("u");
    assert_eq!(count(&screen, PartKind::Option), 2);
}
