//! The window of a long list: whatever way the cursor goes, what is loaded is the list itself, and
//! what is in sight is there.

use prewire::app::effect::{Answer, Msg};
use prewire::app::model::Model;
use prewire::app::place::Place;
use prewire::app::rows::Line;
use prewire::domain::change::{Change, Draft, Edit, Input};
use prewire::domain::item::ItemId;
use prewire::domain::kind::Kind;
use prewire::domain::value::Value;
use prewire::ops::Op;
use prewire::tui::desk;

use crate::screen::Screen;

/// So many rows that they are loaded in several pieces.
const ROWS: usize = 260;

fn compare(model: &mut Model, all: &[ItemId], keys: &str) {
    let (place, height) = (model.place, model.rows());
    let list = model.list_at(place);
    let loaded: Vec<ItemId> = list.lines.iter().filter_map(Line::id).collect();
    assert_eq!(loaded, all[list.start..list.end()], "after {keys}");
    let sight = list.top..(list.top + height).min(list.total);
    assert!(list.start <= sight.start && sight.end <= list.end(), "after {keys}: {sight:?}");
    assert_eq!(list.selected(), Some(all[list.cursor]), "after {keys}");
    assert!(list.lines.len() < 10 * height, "{} rows after {keys}", list.lines.len());
}

#[test]
fn what_is_loaded_is_the_list_itself_whatever_way_the_cursor_goes() {
    let mut screen = Screen::empty(100, 24);
    let draft =
        |at| Draft { kind: Kind::Decision, title: format!("Question {at}?"), changes: Vec::new() };
    screen.workspace.run(&Op::Add((0..ROWS).map(draft).collect())).unwrap();
    screen.keys("2");
    let place = screen.model.place;
    let query = screen.model.list_at(place).query.clone();
    let all = screen.workspace.all_ids(&query).unwrap();
    assert_eq!(all.len(), ROWS);
    compare(&mut screen.model, &all, "2");
    let mut far = 0;
    for keys in ["j", "<ctrl-f>", "k", "G", "<ctrl-b>", "gg"] {
        let times = if keys.len() == 1 && keys != "G" { ROWS } else { 12 };
        for _ in 0..times {
            screen.keys(keys);
            compare(&mut screen.model, &all, keys);
            far = far.max(screen.model.list_at(place).cursor);
        }
    }
    assert_eq!(far, ROWS - 1);
}

/// Whether keys that lead to a list have its rows read; the answers come afterwards.
fn is_read(screen: &mut Screen, keys: &str) -> bool {
    screen.is_late = true;
    screen.keys(keys);
    let is_page =
        |msg| matches!(msg, Msg::Answer(answer) if matches!(*answer, Answer::Page { .. }));
    let asked: Vec<_> = screen.asked.iter().cloned().collect();
    let read = asked.iter().any(|effect| is_page(desk::answer(&mut screen.workspace, effect)));
    screen.is_late = false;
    while screen.answer() {}
    read
}

#[test]
fn a_list_that_is_gone_back_to_is_read_again_once_anything_is_not_as_it_was() {
    let mut screen = Screen::empty(100, 24);
    let draft = |at: usize| Draft {
        kind: if at.is_multiple_of(2) { Kind::Decision } else { Kind::Asset },
        title: format!("Number {at}"),
        changes: Vec::new(),
    };
    screen.workspace.run(&Op::Add((0..ROWS).map(draft).collect())).unwrap();
    assert!(is_read(&mut screen, "2"));
    assert!(is_read(&mut screen, "3"));
    screen.keys("2<ctrl-f>j3");
    let before = screen.keys("2").text();
    screen.keys("3");
    assert!(!is_read(&mut screen, "2"), "nothing changed");
    assert_eq!(screen.text(), before);

    // In every way in which something can change while another list is shown.
    let rename = |screen: &mut Screen| {
        let items = vec![screen.model.list_at(Place::Decisions).selected().unwrap()];
        let edit = Edit::Set(Input::Value(Value::Text("Renamed".to_owned())));
        let changes = vec![Change { field: Kind::Decision.noun().field("title"), edit }];
        screen.workspace.run(&Op::Edit { items, changes }).unwrap();
    };
    let shows = |screen: &Screen| {
        screen.model.lists[&Place::Decisions]
            .lines
            .iter()
            .filter_map(Line::item)
            .any(|item| item.title() == "Renamed")
    };
    screen.keys("3");
    rename(&mut screen);
    assert!(is_read(&mut screen, "2") && shows(&screen));
    screen.keys("3");
    screen.workspace.run(&Op::Undo).unwrap();
    assert!(is_read(&mut screen, "2") && !shows(&screen), "undone");
    screen.keys("3");
    screen.send(Msg::Changed);
    assert!(is_read(&mut screen, "2"), "others changed what no journal tells");
    screen.keys("3");
    screen.send(Msg::Resize(100, 140));
    assert!(is_read(&mut screen, "2"), "there are more rows in sight");
    screen.keys("/number 1<enter>3");
    let found = screen.keys("2").text();
    screen.keys("3");
    assert!(!is_read(&mut screen, "2"), "found before");
    assert_eq!(screen.text(), found);
}

#[test]
fn a_table_that_a_board_has_stood_in_for_is_read_again() {
    let mut screen = Screen::empty(100, 24);
    let draft = |at| Draft { kind: Kind::Asset, title: format!("Deck {at}"), changes: Vec::new() };
    let asked = Draft { kind: Kind::Request, title: "A deck".to_owned(), changes: Vec::new() };
    let drafts = (0..60).map(draft).chain([asked]).collect();
    screen.workspace.run(&Op::Add(drafts)).unwrap();
    screen.keys("3Fatab<enter>VFabrd<enter>");
    for _ in 0..2 {
        screen.keys("fatab<enter>");
        assert_eq!(screen.model.list().total, 61, "{}", screen.text());
        screen.keys("G");
        assert_eq!(screen.model.list().cursor, 60);
        screen.keys("fabrd<enter>");
        assert_eq!(screen.model.list().total, 60, "no request stands on the board");
    }
    // As the key does it, without a view.
    screen.keys("V");
    assert_eq!(screen.model.list().total, 61);
}
