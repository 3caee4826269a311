//! The board by keystrokes: columns of states, cards that go on, an order by hand.

use prewire::app::layout::Layout;
use prewire::app::place::Place;
use prewire::domain::kind::Kind;

use crate::screen::Screen;

#[test]
fn the_boards_of_the_demo_look_as_they_should() {
    for (name, width, height, keys) in [
        ("board-assets-120", 120, 40, "3V"),
        ("board-assets-80", 80, 24, "3Vl"),
        ("board-decisions-60", 60, 16, "2V"),
        ("board-assets-closed-200", 200, 50, "3V."),
    ] {
        let mut screen = Screen::demo(width, height);
        screen.keys(keys);
        insta::assert_snapshot!(name, screen.picture());
    }
}

fn lane(screen: &Screen) -> (&'static str, Vec<String>) {
    let lane = screen.model.list().board.lane().unwrap();
    let titles = lane.lines.iter().filter_map(|line| Some(line.item()?.title().to_owned()));
    (lane.state.slug, titles.collect())
}

fn at(screen: &Screen) -> String {
    screen.model.list().current().unwrap().item().unwrap().title().to_owned()
}

fn three() -> Screen {
    let mut screen = Screen::empty(120, 30);
    screen.keys("3aOne<enter>aTwo<enter>aThree<enter>V");
    screen
}

#[test]
fn the_card_stays_selected_between_table_and_board() {
    let mut screen = Screen::demo(120, 40);
    screen.keys("3jjjjjjjjjjj");
    let before = screen.model.list().selected();
    screen.keys("V");
    assert_eq!(screen.model.list().layout, Layout::Board);
    assert_eq!(screen.model.list().selected(), before);
    screen.keys("jj");
    let moved = screen.model.list().selected();
    assert_ne!(moved, before);
    screen.keys("V");
    assert_eq!(screen.model.list().layout, Layout::Table);
    assert_eq!(screen.model.list().selected(), moved);
}

#[test]
fn a_card_goes_one_state_on_and_undo_brings_it_back() {
    let mut screen = three();
    screen.keys("ggL");
    assert!(screen.text().contains("→ planned"), "{}", screen.text());
    let (state, titles) = lane(&screen);
    assert_eq!((state, titles.len()), ("planned", 1), "the cursor goes with the card");
    screen.keys("u");
    assert_eq!(screen.model.list().board.lanes[0].total, 3);
    screen.keys("hH");
    assert!(screen.text().contains("is in the first state"), "{}", screen.text());
}

#[test]
fn what_the_record_lacks_for_the_next_state_is_asked_for() {
    let mut screen = Screen::empty(120, 30);
    screen.keys("2aWho?<enter>VL");
    assert!(screen.text().contains("happening"), "the frame: {}", screen.text());
    let mut screen = Screen::demo(200, 50);
    screen.keys("2/state:prewiring<enter>VL");
    assert!(screen.text().contains("pre-wire of d"), "{}", screen.text());
    screen.keys("<esc>H");
    assert!(screen.text().contains("framed follows from the record"), "{}", screen.text());
}

#[test]
fn a_state_at_the_end_of_a_verb_asks_what_the_verb_asks() {
    let mut screen = Screen::empty(120, 30);
    screen.keys("2aWho?<enter>;w+3d<enter>V");
    assert_eq!(lane(&screen).0, "deferred");
    screen.keys("L");
    assert!(screen.text().contains("rationale"), "{}", screen.text());
    screen.keys("Because<enter>");
    assert!(screen.text().contains("→ decided"), "{}", screen.text());
}

#[test]
fn the_order_by_hand_outlives_other_sights_and_is_undone() {
    let mut screen = three();
    screen.keys("gg");
    let before = lane(&screen).1;
    let card = at(&screen);
    screen.keys("J");
    assert!(screen.text().contains(" put after "), "{}", screen.text());
    assert_eq!(at(&screen), card, "the cursor goes with the card");
    assert_eq!(lane(&screen).1[1], card);
    screen.keys("J");
    assert_eq!(lane(&screen).1[2], card);
    screen.keys("JVV");
    assert_eq!(lane(&screen).1[2], card);
    screen.keys("uu");
    assert_eq!(lane(&screen).1, before);
    screen.keys("U");
    assert_eq!(lane(&screen).1[1], card);
}

#[test]
fn the_table_sorted_by_hand_is_reordered_too() {
    let mut screen = three();
    screen.keys("VggJ");
    assert!(screen.text().contains("ordered by hand on a board"), "{}", screen.text());
    screen.keys("Sby hand<enter>gg");
    let card = at(&screen);
    screen.keys("J");
    let second = screen.model.list().line(1).unwrap().item().unwrap().title().to_owned();
    assert_eq!(second, card, "{}", screen.text());
}

#[test]
fn a_filtered_board_counts_what_it_found() {
    let mut screen = Screen::demo(120, 40);
    screen.keys("3V/rivo<enter>");
    let list = screen.model.list();
    assert!(list.total > 0 && list.total < 10, "{}", list.total);
    for lane in &list.board.lanes {
        assert_eq!(lane.total, lane.lines.len());
        assert!(lane.lines.iter().all(|line| {
            let item = line.item().unwrap();
            item.state() == lane.state && item.title().to_lowercase().contains("rivo")
        }));
    }
    screen.keys("/zzzzz<enter>");
    assert!(screen.text().contains("0 shown"), "{}", screen.text());
}

#[test]
fn verbs_and_marks_work_on_cards() {
    let mut screen = three();
    screen.keys("gg<space><space>cp1<enter>");
    assert!(screen.text().contains("2 assets: priority → 1"), "{}", screen.text());
    screen.keys("Vv");
    assert_eq!(screen.model.list().marks.len(), 1, "the table again");
}

/// Only the cards in sight are read, whatever the columns hold.
#[test]
fn a_long_column_is_read_as_far_as_it_is_seen() {
    let mut screen = Screen::empty(120, 40);
    let lines = "Card\n".repeat(900);
    screen.keys("3a").send(prewire::app::effect::Msg::Paste(lines));
    screen.keys("<enter>V");
    let loaded = |screen: &Screen| -> usize {
        screen.model.list().board.lanes.iter().map(|lane| lane.lines.len()).sum()
    };
    assert_eq!(screen.model.list().board.lane().unwrap().total, 900);
    assert!(loaded(&screen) < 80, "{}", loaded(&screen));
    screen.keys("G");
    assert!(screen.model.list().selected().is_some());
    assert!(loaded(&screen) < 80, "{}", loaded(&screen));
    let count = screen.workspace.store().all_ids().unwrap().len();
    assert_eq!(count, 900);
    screen.keys("K");
    assert!(screen.text().contains("only the first 500"), "{}", screen.text());
}

#[test]
fn every_kind_has_a_board() {
    for keys in ["2V", "3V", ":Requests<enter>V", ":Bets<enter>V", ":People<enter>V"] {
        let mut screen = Screen::demo(100, 30);
        screen.keys(keys);
        let kind: Kind = screen.model.place.kind().unwrap();
        assert_eq!(screen.model.list().board.lanes.len() > 1, kind.noun().states.len() > 2);
        assert!(screen.model.list().selected().is_some(), "{keys}\n{}", screen.text());
    }
}

/// Also where rows have no order by hand: a filtered board keeps the order of the list.
#[test]
fn every_board_can_be_filtered_and_refuses_what_it_cannot_order() {
    let mut seen = 0;
    for place in Place::ALL {
        let Some(kind) = place.kind() else { continue };
        let mut screen = Screen::demo(100, 30);
        screen.keys(&format!(":{}<enter>V/e<enter>", place.title()));
        // A word that names an action as well leads elsewhere.
        if screen.model.place.kind() != Some(kind) {
            continue;
        }
        screen.keys("JKL");
        assert!(!screen.text().contains("stopped"), "{}", screen.text());
        seen += 1;
    }
    assert!(seen > 12, "only {seen} boards");
}

#[test]
fn a_card_that_leaves_the_board_is_said_to() {
    let mut screen = Screen::empty(120, 30);
    screen.keys("3aOne state:review<enter>aTwo state:review<enter>V");
    let id = screen.model.list().selected();
    screen.keys("L");
    assert_ne!(screen.model.list().selected(), id);
    assert!(screen.text().contains("it left the board, . shows it"), "{}", screen.text());
}

#[test]
fn a_decision_that_is_ready_goes_on_to_be_decided() {
    let mut screen = Screen::demo(200, 50);
    screen.keys("2/state:ready<enter>V");
    assert_eq!(lane(&screen).0, "ready");
    screen.keys("L");
    assert!(screen.text().contains("decide"), "{}", screen.text());
    assert!(!screen.text().contains("defer d"), "{}", screen.text());
}
