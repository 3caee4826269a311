//! Triage by keystrokes: the card right after a request came in, its verdicts, what gives way, the
//! reply; the escalation that the rule drafted, and the intake policy.

use prewire::app::effect::{Effect, Msg};
use prewire::app::place::Place;
use prewire::domain::kind::Kind;
use prewire::ops::Op;

use crate::screen::Screen;

const ASK: &str = "+r Battlecard vs Rivo from:sam est:2h due:tomorrow<enter>";

/// Reactive 300 logged and 145 promised of 480: 35 are left.
fn golden(width: u16, height: u16) -> Screen {
    let mut screen = Screen::empty(width, height);
    for line in [
        "o Win rate in upper mid-market due:2026-06-30 weight:3",
        "b Battlecards win deals for:o1",
        "a Pricing page narrative est:3h for:b1 due:2026-05-08",
        "a Partner deck est:2h due:2026-05-29",
        "k Pricing page for:a1 on:2026-05-07 at:09:00 est:60m band:e",
        "k Partner deck for:a2 on:2026-05-08 at:10:00 est:95m band:e",
        "k Deal desk for:a2 on:2026-05-08 at:14:00 est:145m band:r",
        "t Reactive on:2026-05-04 at:09:00 est:5h band:r",
    ] {
        screen.keys(&format!("+{line}<enter>"));
    }
    screen
}

fn state(screen: &Screen) -> String {
    let ids = screen.workspace.store().titled_requests();
    let item = screen.workspace.store().item(ids[0]).unwrap().unwrap();
    item.state().slug.to_owned()
}

trait Requests {
    fn titled_requests(&self) -> Vec<prewire::domain::item::ItemId>;
}

impl Requests for prewire::store::Store {
    fn titled_requests(&self) -> Vec<prewire::domain::item::ItemId> {
        use prewire::store::lookup::Lookup;
        self.titled(Kind::Request, "").unwrap().into_iter().map(|named| named.id).collect()
    }
}

#[test]
fn a_request_that_came_in_is_answered_and_all_is_as_it_was() {
    for (name, width, height) in [("card-80", 80, 24), ("card-120", 120, 40), ("card-60", 60, 16)] {
        let mut screen = golden(width, height);
        screen.keys("2").keys(ASK);
        insta::assert_snapshot!(name, screen.picture());
        // Two keys: what it would be traded for, as proposed.
        screen.keys("t<enter>");
        assert_eq!(state(&screen), "traded");
        assert_eq!(screen.model.place, Place::Decisions);
        assert!(screen.model.popups.is_empty());
        let copied = screen.outside.iter().any(
            |effect| matches!(effect, Effect::Copy(text) if text.contains("if “Partner deck” moves")),
        );
        assert!(copied, "the reply is in the clipboard");
        screen.keys("u");
        assert_eq!(state(&screen), "new");
    }
}

#[test]
fn accepting_asks_what_gives_way_and_the_two_questions() {
    let mut screen = golden(100, 30);
    screen.keys(ASK).keys("a");
    insta::assert_snapshot!("gives-way-100", screen.picture());
    // The second line is the first alone: it is enough.
    screen.keys("<down><enter>Which deals?<enter>");
    assert_eq!(state(&screen), "new");
    screen.keys("<enter>");
    assert_eq!(state(&screen), "new", "an empty answer is none");
    screen.keys("Two won<enter>");
    assert_eq!(state(&screen), "accepted");
    let asset = screen.workspace.store();
    assert!(asset.titled_requests().len() == 1);
    screen.keys("u");
    assert_eq!(state(&screen), "new");
}

#[test]
fn what_is_named_and_not_enough_asks_for_the_rest() {
    let mut screen = golden(100, 30);
    // The pricing page gives an hour of the 85 minutes.
    screen.keys(ASK).keys("a<down><down><enter>");
    let picture = screen.picture();
    assert!(picture.contains("25 m too much; what gives way?"), "{picture}");
    let list = picture.split("what gives way?").nth(1).unwrap();
    assert!(list.contains("Partner deck"), "{picture}");
    assert!(!list.contains("Pricing page narrative"), "it gives way already:\n{picture}");
    screen.keys("<enter>Which deals?<enter>Two won<enter>");
    assert_eq!(state(&screen), "accepted");
}

#[test]
fn no_later_and_help_yourself_are_a_line_each() {
    for (keys, wanted) in [
        ("n<enter>", "declined"),
        ("w<enter>", "deferred"),
        ("fSales library<enter>", "self-served"),
    ] {
        let mut screen = golden(100, 30);
        screen.keys(ASK).keys(keys);
        assert_eq!(state(&screen), wanted, "{keys}");
    }
}

#[test]
fn the_reply_is_edited_on_the_card_and_copied() {
    let mut screen = golden(100, 30);
    screen.keys(ASK).keys("e<ctrl-a>Sam, <ctrl-s>");
    let copied = |screen: &Screen| match screen.outside.last() {
        Some(Effect::Copy(text)) => text.clone(),
        _ => String::new(),
    };
    screen.keys("y");
    assert!(copied(&screen).contains("Sam, "), "{}", copied(&screen));
    screen.keys("t<enter>");
    assert!(copied(&screen).contains("Sam, "), "{}", copied(&screen));
}

#[test]
fn all_that_wait_are_walked_and_the_rest_left_as_it_is() {
    let mut screen = Screen::demo(120, 40);
    screen.keys("Rt");
    assert!(screen.picture().contains("Triage · 1 of 9"));
    screen.keys("n<enter><enter>");
    assert!(screen.picture().contains("Triage · 3 of 9"), "{}", screen.picture());
    screen.keys("<esc>");
    assert!(screen.model.popups.is_empty());
    // Enter on a line of Today opens its card first.
    let mut screen = Screen::demo(120, 40);
    screen.keys("3<enter>");
    assert!(screen.model.card().is_some());
}

#[test]
fn the_escalation_is_on_every_screen_and_answered_by_keys() {
    let mut screen = Screen::demo(120, 40);
    assert!(screen.picture().contains("x1 drafted, not sent"), "{}", screen.picture());
    screen.keys("!");
    insta::assert_snapshot!("escalation-120", screen.picture());
    screen.keys(";!");
    assert!(
        screen
            .outside
            .iter()
            .any(|effect| matches!(effect, Effect::Copy(text) if text.contains("Options:")))
    );
    screen.keys(";ascope<enter>no decks until July<enter>");
    let picture = screen.picture();
    assert!(
        picture.contains("x1 “Reactive work above 20% in W16 and W17” → answered"),
        "{picture}"
    );
    assert!(!picture.contains("x1 drafted"), "{picture}");
}

#[test]
fn the_policy_is_written_as_a_text_and_wrong_lines_are_named() {
    let mut screen = Screen::empty(80, 24);
    screen.keys("gn");
    insta::assert_snapshot!("policy-80", screen.picture());
    screen.keys("<ctrl-end><enter>nonsense<ctrl-s>");
    assert!(screen.picture().contains("of the intake policy"), "{}", screen.picture());
}

/// A card whose item another process removed for good says so and asks for it no more.
#[test]
fn a_card_whose_item_is_gone_says_so() {
    for (keys, next) in [("2Rs", "<enter>"), ("3Rt", "j")] {
        let mut screen = Screen::demo(120, 40);
        screen.keys(keys);
        let id = screen.model.carded().expect("a card");
        screen.workspace.run(&Op::Trash(vec![id])).unwrap();
        screen.workspace.run(&Op::Purge(vec![id])).unwrap();
        screen.send(Msg::Changed);
        assert!(screen.text().contains("not there any more"), "{keys}: {}", screen.text());
        screen.keys(next);
        assert_ne!(screen.model.carded(), Some(id), "{keys}: {}", screen.text());
        assert!(!screen.text().contains("not there any more"), "{keys}: {}", screen.text());
    }
}
