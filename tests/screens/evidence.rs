//! Evidence by keystrokes: captured from anywhere with its tags asked, the views of one screen, the
//! matrix down to its pieces, and what a decision rests on.

use prewire::domain::kind::Kind;

use crate::screen::Screen;
use crate::titles;

#[test]
fn the_views_of_evidence_look_as_they_should() {
    for (name, width, height, keys) in [
        ("evidence-120", 120, 40, "7"),
        ("evidence-80", 80, 24, "7"),
        ("evidence-60", 60, 16, "7"),
        ("matrix-120", 120, 40, "gE"),
        ("matrix-80", 80, 24, "gE"),
        ("matrix-60", 60, 16, "gE"),
        ("claims-120", 120, 40, "gc"),
        ("claims-80", 80, 24, "gc"),
        ("claims-60", 60, 16, "gc"),
        ("claim-whole-80", 80, 24, "gcz"),
        ("claim-behind-80", 80, 24, "gcji"),
        ("objection-behind-80", 80, 24, "gjji"),
        ("objections-120", 120, 40, "gj"),
        ("segments-120", 120, 40, "gj}}"),
        ("messages-120", 120, 40, "gj}}}"),
        ("positioning-120", 120, 40, "gj}}}}"),
        ("experiments-120", 120, 40, "gj}}}}}"),
    ] {
        let mut screen = Screen::demo(width, height);
        screen.keys(keys);
        insta::assert_snapshot!(name, screen.picture());
    }
}

#[test]
fn an_empty_view_teaches() {
    for (name, keys) in [("empty-evidence", "7"), ("empty-matrix", "gE"), ("empty-claims", "gc")] {
        let mut screen = Screen::empty(80, 24);
        screen.keys(keys);
        insta::assert_snapshot!(name, screen.text());
    }
}

#[test]
fn tags_that_are_missing_are_asked_one_after_the_other() {
    let mut screen = Screen::empty(80, 24);
    screen.keys("+g Upper mid-market<enter>");
    screen.keys("+e IT fears rollout<enter>");
    assert!(screen.text().contains("segment of “IT fears rollout”?"), "{}", screen.text());
    screen.keys("<enter>");
    assert!(screen.text().contains("stage of “IT fears rollout”?"), "{}", screen.text());
    screen.keys("prop<enter>");
    assert_eq!(titles(&screen, Kind::Evidence), ["IT fears rollout"]);
    screen.keys("7");
    assert!(screen.text().contains("proposal"), "{}", screen.text());
    screen.keys("+e A new crowd wants this<enter>Night shift<enter>");
    screen.keys("unknown<enter>");
    assert_eq!(titles(&screen, Kind::Segment), ["Upper mid-market", "Night shift"]);
    assert_eq!(titles(&screen, Kind::Evidence).len(), 2);
    screen.keys("u");
    assert_eq!(titles(&screen, Kind::Segment), ["Upper mid-market"], "one step took both");
}

#[test]
fn a_line_that_is_left_for_later_is_kept() {
    let mut screen = Screen::empty(80, 24);
    screen.keys("+e IT fears rollout<enter>later<enter>");
    assert_eq!(titles(&screen, Kind::Evidence).len(), 0);
    screen.keys(":drafts<enter>");
    assert!(screen.text().contains("IT fears rollout"), "{}", screen.text());
}

#[test]
fn a_cell_of_the_matrix_opens_its_pieces() {
    let mut screen = Screen::empty(120, 40);
    for line in [
        "e IT fears rollout seg:mid stage:proposal acct:Acme",
        "e Who does the mapping seg:mid stage:proposal acct:Beta kind:deal",
        "e Went well seg:mid stage:onboarding acct:Core",
        "e I am sure seg:mid stage:proposal kind:opinion",
    ] {
        screen.keys(&format!("+{line}<enter>"));
    }
    screen.keys("gE");
    assert!(
        screen.text().contains("3 pieces · 1 opinion left out · 5 of 7 cells are empty"),
        "{}",
        screen.text()
    );
    screen.keys("lll");
    assert!(screen.text().contains("mid at proposal: 2 pieces, 1 from deals"), "{}", screen.text());
    screen.keys("<enter>");
    let text = screen.text();
    assert!(text.contains("IT fears rollout") && text.contains("Who does the mapping"), "{text}");
    assert!(!text.contains("Went well") && text.contains("1 of 2"), "{text}");
}

#[test]
fn an_objection_is_mentioned_in_a_line() {
    let mut screen = Screen::empty(120, 40);
    screen.keys("+j Rollout scares IT acct:Acme stage:proposal<enter>");
    screen.keys("+j Rollout scares IT acct:Beta stage:negotiation<enter>");
    screen.keys("+cv Pricing call acct:Core stage:proposal<enter>");
    assert_eq!(titles(&screen, Kind::Objection), ["Rollout scares IT"]);
    assert_eq!(titles(&screen, Kind::Conversation).len(), 3);
    screen.keys("gj");
    assert!(screen.text().contains("2 in 90 d, 2 in all"), "{}", screen.text());
}

#[test]
fn figures_open_the_rows_behind_them() {
    let mut screen = Screen::demo(100, 30);
    // April, in which four of six late conversations repeated an objection.
    screen.keys("gjgi");
    let told = screen.text();
    assert!(told.contains("April 2026  4 of 6"), "{told}");
    screen.keys("jjjj<enter>");
    let shown = screen.text();
    let refs: Vec<&str> = ["n9 ", "n7 ", "n8 ", "n4 ", "n2 ", "n3 "].to_vec();
    assert!(refs.iter().all(|one| shown.contains(one)), "{shown}");
    assert!(!shown.contains("Audit week"), "only the late ones: {shown}");
    // An objection by itself.
    screen.keys("<esc>gjgiG<enter>");
    assert!(screen.text().contains("Objections · "), "{}", screen.text());
    screen.keys("gcgij<enter>");
    assert!(screen.text().contains("Claims · "), "{}", screen.text());
    screen.keys("gcgi<esc>");
    assert!(!screen.text().contains("What the claims weigh"));
}
