//! The start of a quarter by keystrokes: cards with their lessons, a choice that can be typed too,
//! what suits a marketer, a plan.

use prewire::domain::kind::Kind;

use crate::screen::Screen;
use crate::{says, states};

/// Two outcomes of the quarter before, one of this one, and a bet; the day is in the second quarter.
fn quarter() -> Screen {
    let mut screen = Screen::empty(100, 30);
    screen.keys("+o Win more upmarket quarter:2026-Q1 due:2026-03-31<enter>");
    screen.keys("+o Fewer late objections quarter:2026-Q1<enter>");
    screen.keys("+o More activation quarter:2026-Q2<enter>+b Lead with proof for:o3<enter>");
    screen.keys("+u Maya role:pmm<enter>");
    screen
}

#[test]
fn a_quarter_goes_from_lessons_to_a_plan() {
    let mut screen = quarter();
    screen.keys("Rq");
    insta::assert_snapshot!("quarter-100", screen.picture());
    screen.keys("xProof beats claims<enter>");
    says(&screen, "2 of 2");
    screen.keys("u");
    says(&screen, "1 of 2");
    // It closes with a lesson, and with nothing less.
    screen.keys("x<enter>");
    says(&screen, "one line is missing: lesson");
    screen.keys("Proof beats claims<enter>");
    screen.keys("m");
    says(&screen, "miss o2, lesson");
    screen.keys("Too late<enter>");
    says(&screen, "Lead with proof");
    screen.keys("w+60d<enter>");
    says(&screen, "Choose at most three outcomes");
    screen.keys("aDeeper use in ten accounts<enter>");
    insta::assert_snapshot!("quarter-outcomes-100", screen.picture());
    screen.keys("<enter>j<space>");
    says(&screen, "Maya stands nearer to sales");
    insta::assert_snapshot!("quarter-metrics-100", screen.picture());
    screen.keys("<enter>333312222222");
    says(&screen, "The weakest: ");
    insta::assert_snapshot!("quarter-plan-100", screen.picture());
    screen.keys("<enter>");
    says(&screen, "# Quarter start");
    assert_eq!(states(&screen, Kind::Plan).len(), 1);
    let told: Vec<String> =
        states(&screen, Kind::Outcome).into_iter().map(|(_, state)| state).collect();
    assert_eq!(told, ["met", "missed", "active", "active"]);
}

#[test]
fn what_is_chosen_already_is_given_up_by_choosing_it_again() {
    let mut screen = quarter();
    screen.keys("Rq<tab><tab>");
    says(&screen, "Choose at most three outcomes");
    screen.keys("jj<space>");
    says(&screen, "o3");
    says(&screen, "dropped");
    screen.keys("gg<space>");
    says(&screen, "it was given up; undo takes it back");
    screen.keys("u");
    says(&screen, "chosen");
    screen.keys("<esc>");
    says(&screen, "quarter start left");
}
