//! The swap test by keystrokes: whole lines, a key for each answer, undo within it.

use crate::says;
use crate::screen::Screen;

#[test]
fn every_line_stands_whole_with_its_rival_and_takes_one_key() {
    let mut screen = Screen::empty(80, 24);
    let line =
        "One person of yours for two weeks, and then it runs by itself for as long as you pay.";
    screen.keys(&format!(
        "+pos Clear is live on a date lines:\"{line}\" ours:Clear rivals:Rivo,Northlane<enter>"
    ));
    screen.keys("7}}}}}}}}gs");
    insta::assert_snapshot!("swap-test-80", screen.picture());
    says(&screen, "not finished · 0 of 4 answered");
    says(&screen, "Northlane is live on a date");
    screen.keys("nn");
    says(&screen, "not finished · 2 of 4 answered");
    // Nothing of the line is cut.
    says(&screen, "long as you pay.");
    screen.keys("y");
    says(&screen, "fails the swap test · 3 of 4 answered");
    says(&screen, "still works · today");
    screen.keys("u");
    says(&screen, "2 of 4 answered");
    screen.keys("<up><up><up>jjn");
    says(&screen, "3 of 4 answered");
    screen.keys("n<esc>");
    assert!(screen.model.popups.is_empty());
    screen.keys("gs");
    says(&screen, "passes the swap test · 4 of 4 answered");
}
