//! The window of a long list: whatever way the cursor goes, what is loaded is the list itself, and
//! what is in sight is there.

use prewire::app::model::Model;
use prewire::app::rows::Line;
use prewire::domain::change::Draft;
use prewire::domain::item::ItemId;
use prewire::domain::kind::Kind;
use prewire::ops::Op;

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
