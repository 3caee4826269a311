//! A standup over more decisions than are read at once: every key does what it does among a few.

use prewire::domain::change::{Change, Draft};
use prewire::domain::kind::Kind;
use prewire::ops::Op;

use crate::says;
use crate::screen::Screen;

/// Of each half so many: late ones, and those that are well.
const HALF: usize = 130;

fn add(screen: &mut Screen, title: &str, due: &str) {
    let calendar = screen.workspace.calendar();
    let changes = Change::typed(Kind::Decision.noun().field("needed_by"), due, &calendar).unwrap();
    let draft = Draft { kind: Kind::Decision, title: title.to_owned(), changes };
    screen.workspace.run(&Op::Add(vec![draft])).unwrap();
}

fn standup() -> Screen {
    let mut screen = Screen::empty(100, 30);
    for at in 1..=HALF {
        add(&mut screen, &format!("Late {at}?"), "2026-05-01");
        add(&mut screen, &format!("Well {at}?"), "2026-06-20");
    }
    screen.keys("Rs");
    screen
}

#[test]
fn cards_far_apart_are_walked_to_kept_and_taken_back() {
    let mut screen = standup();
    for (keys, place, title) in [
        ("", "1 of 130", "Late 1?"),
        ("j", "2 of 130", "Late 2?"),
        ("G", "130 of 130", "Late 130?"),
        ("k", "129 of 130", "Late 129?"),
        ("<enter>", "130 of 130", "Late 130?"),
        ("<enter>", "1 of 130", "Late 1?"),
        ("xIt is cheap<enter>", "2 of 130", "Late 2?"),
        ("gg", "1 of 130", "Late 1?"),
        // Taken back: the cursor goes to the card that lost its verdict, however far it is, behind
        // those that kept theirs.
        ("u", "3 of 130", "Late 1?"),
        ("u", "130 of 130", "Late 130?"),
        ("u", "129 of 130", "Late 129?"),
        ("U", "1 of 130", "Late 129?"),
    ] {
        screen.keys(keys);
        if keys == "U" {
            // What was said stands first after a standup is read anew.
            screen.keys("gg");
        }
        says(&screen, &format!("Standup · {place}"));
        says(&screen, title);
    }
}

#[test]
fn how_it_stood_at_the_start_stays_whatever_is_done_meanwhile() {
    let mut screen = standup();
    add(&mut screen, "Earlier than all?", "2026-04-01");
    screen.keys("xSo<enter>G");
    says(&screen, "130 of 130");
    says(&screen, "Late 130?");
    screen.keys("<esc>Rs");
    // One was decided, one came.
    says(&screen, "2 of 131");
    screen.keys("G");
    says(&screen, "131 of 131");
}

#[test]
fn the_rest_is_a_list_that_is_read_to_its_end() {
    let mut screen = standup();
    screen.keys("<tab>");
    says(&screen, "The healthy rest");
    says(&screen, "Well 1?");
    assert!(!screen.text().contains("Well 130?"));
    screen.keys("G");
    says(&screen, "Well 130?");
    assert!(!screen.text().contains("Well 1?"));
    let above = screen.text();
    screen.keys("ggG");
    assert_eq!(screen.text(), above);
    screen.keys("<enter>");
    says(&screen, "130 acknowledged");
}
