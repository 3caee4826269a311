//! The mouse: what lies under it is what was drawn there.

use prewire::app::Place;
use prewire::app::effect::Msg;
use prewire::app::mouse::Gesture;
use prewire::app::popup::Popup;
use prewire::app::settings::{Setting, Takes};
use prewire::domain::kind::Kind;
use prewire::ui::{self, Theme};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::says;
use crate::screen::Screen;

/// Does something with the mouse where a text stands on the screen.
fn at(screen: &mut Screen, gesture: Gesture, words: &str) {
    let text = screen.text();
    let (y, line) = text
        .lines()
        .enumerate()
        .find(|(_, line)| line.contains(words))
        .unwrap_or_else(|| panic!("“{words}” is not in\n{text}"));
    let x = line[..line.find(words).unwrap()].chars().count();
    at_cell(screen, gesture, (u16::try_from(x).unwrap(), u16::try_from(y).unwrap()));
}

fn at_cell(screen: &mut Screen, gesture: Gesture, (x, y): (u16, u16)) {
    let size = Rect::new(0, 0, screen.model.width, screen.model.height);
    let drawn = ui::draw(&screen.model, Theme::ansi(), &mut Buffer::empty(size));
    screen.send(Msg::Mouse(gesture, drawn.at(x, y)));
}

fn click(screen: &mut Screen, words: &str) {
    at(screen, Gesture::Click, words);
}

#[test]
fn a_click_selects_the_second_opens_and_tabs_and_hints_do_what_they_say() {
    let mut screen = Screen::demo(120, 30);
    click(&mut screen, "Decisions");
    assert_eq!(screen.model.place, Place::Decisions);
    let item = screen.model.list().line(3).unwrap().item().unwrap().clone();
    let title: String = item.title().chars().take(20).collect();
    let title = format!("{:<6}{title}", item.reference.to_string());
    click(&mut screen, &title);
    assert_eq!(screen.model.list().cursor, 3);
    assert!(!screen.model.is_zoomed());
    click(&mut screen, &title);
    assert!(screen.model.is_zoomed());
    screen.keys("<esc>");
    click(&mut screen, "; verbs");
    says(&screen, "Verbs of");
    click(&mut screen, "Give it up, with a reason");
    says(&screen, "reason");
    screen.keys("<esc>");
    click(&mut screen, "? help");
    says(&screen, "Keys of Decisions");
    click(&mut screen, "Assets");
    assert_eq!(screen.model.popups.len(), 0, "a click beside a menu closes it");
    assert_eq!(screen.model.place, Place::Decisions);
}

#[test]
fn the_wheel_scrolls_and_the_cursor_stays_on_the_screen() {
    let mut screen = Screen::empty(100, 20);
    screen.keys("2a").send(Msg::Paste("Row?\n".repeat(60)));
    screen.keys("<enter>gg");
    for _ in 0..5 {
        at_cell(&mut screen, Gesture::WheelDown, (10, 8));
    }
    let list = screen.model.list();
    assert_eq!(list.top, 15);
    assert!(list.cursor >= list.top && list.cursor < list.top + screen.model.rows());
    for _ in 0..9 {
        at_cell(&mut screen, Gesture::WheelUp, (10, 8));
    }
    assert_eq!(screen.model.list().top, 0);
}

#[test]
fn a_click_never_closes_what_is_being_written() {
    let mut screen = Screen::demo(100, 30);
    screen.keys("2aHalf a thought");
    click(&mut screen, "Assets");
    says(&screen, "Half a thought");
    assert_eq!(screen.model.place, Place::Decisions);
}

#[test]
fn what_would_be_lost_for_good_takes_two_clicks() {
    let mut screen = Screen::empty(100, 30);
    screen.keys("2aOne?<enter>d:Trash<enter>X");
    click(&mut screen, "purge");
    assert_eq!(screen.workspace.store().trashed().unwrap().len(), 1);
    click(&mut screen, "purge");
    assert!(screen.workspace.store().trashed().unwrap().is_empty(), "{}", screen.text());
}

#[test]
fn a_click_in_the_popup_of_a_prefix_goes_on_and_elsewhere_it_ends_it() {
    let mut screen = Screen::demo(100, 30);
    screen.keys("2g").send(Msg::Pause);
    click(&mut screen, "a   Assets");
    assert_eq!(screen.model.place, Place::Assets);
    screen.keys("g").send(Msg::Pause);
    click(&mut screen, "Why now");
    assert!(screen.model.pending.is_empty() && !screen.model.hint_pending);
}

#[test]
fn the_verbs_of_a_card_can_be_clicked() {
    let mut screen = Screen::demo(100, 30);
    screen.keys("2Rw");
    click(&mut screen, "enter keep");
    says(&screen, "2 of ");
    click(&mut screen, "w defer");
    says(&screen, ", until");
}

#[test]
fn a_click_selects_a_card_and_the_second_opens_it() {
    let mut screen = Screen::demo(120, 40);
    screen.keys("3V");
    click(&mut screen, "Qualification card");
    let titled = |screen: &Screen| {
        let line = screen.model.list().current();
        line.and_then(|line| line.item()).map(|item| item.title().to_owned())
    };
    let first = titled(&screen);
    assert!(first.as_deref().is_some_and(|title| title.starts_with("Qualification")), "{first:?}");
    assert!(!screen.model.is_zoomed());
    click(&mut screen, "Qualification card");
    assert!(screen.model.is_zoomed());
    screen.keys("<esc>");
    at(&mut screen, Gesture::WheelDown, "Qualification card");
    assert_ne!(titled(&screen), first, "the wheel goes down the column");
}

#[test]
fn the_wheel_over_the_detail_scrolls_it_to_its_end_and_no_further() {
    let mut screen = Screen::demo(80, 24);
    screen.keys("2");
    for _ in 0..40 {
        at_cell(&mut screen, Gesture::WheelDown, (60, 16));
    }
    let end = screen.text();
    says(&screen, "desk close in 74");
    at_cell(&mut screen, Gesture::WheelUp, (60, 16));
    assert_ne!(screen.text(), end, "one notch back is seen at once");
}

#[test]
fn a_form_is_filled_in_with_the_mouse() {
    let mut screen = Screen::demo(100, 40);
    screen.keys("2A<esc>").keys("A");
    says(&screen, "new decision");
    click(&mut screen, "stake");
    click(&mut screen, "stake");
    click(&mut screen, "medium");
    let form = |screen: &Screen| match screen.model.popups.last() {
        Some(Popup::Form(form)) => {
            (form.focused().field.name, form.focused().line.text().to_owned())
        }
        other => panic!("no form: {other:?}"),
    };
    assert_eq!(form(&screen), ("stake", "medium".to_owned()));
    click(&mut screen, "needed by");
    click(&mut screen, "needed by");
    says(&screen, "May 2026");
    click(&mut screen, "20  21  22");
    assert_eq!(form(&screen), ("needed_by", "2026-05-20".to_owned()));
    click(&mut screen, "approver");
    click(&mut screen, "approver");
    click(&mut screen, "Lee");
    assert_eq!(form(&screen).0, "approver");
    assert!(form(&screen).1.starts_with("Lee"), "{:?}", form(&screen));
    // A click below a question is none of its answers.
    screen.keys("<esc>");
    says(&screen, "Leave?");
    click(&mut screen, "forum on");
    says(&screen, "new decision");
}

#[test]
fn every_key_of_a_hint_can_be_clicked() {
    let mut screen = Screen::demo(100, 30);
    screen.keys("2cd<down>");
    let day = |screen: &Screen| match screen.model.popups.last() {
        Some(Popup::Grid(grid)) => grid.day,
        other => panic!("no month: {other:?}"),
    };
    let first = day(&screen);
    click(&mut screen, "} month");
    assert!(day(&screen) > first + chrono::Days::new(20), "{first} and {}", day(&screen));
    click(&mut screen, ". today");
    click(&mut screen, "l day, week");
    assert_eq!(day(&screen).to_string(), "2026-05-07");
    click(&mut screen, "enter takes it");
    says(&screen, "in one word, why");
    click(&mut screen, "esc leaves it unsaid");
    assert!(screen.model.popups.is_empty(), "{}", screen.text());
}

#[test]
fn settings_are_chosen_and_changed_with_the_mouse() {
    let mut screen = Screen::demo(100, 30);
    let takes = Takes::Choice(&["ansi", "dark"]);
    let setting = |name| Setting { name, help: "", takes, value: "ansi".to_owned() };
    screen.send(Msg::Configured(vec![setting("first"), setting("second")]));
    screen.keys(",");
    click(&mut screen, "second");
    click(&mut screen, "second");
    let Some(Popup::Settings(settings)) = screen.model.popups.last() else { panic!("closed") };
    assert_eq!(settings.changes(), [("second", "dark".to_owned())]);
}

#[test]
fn a_click_in_a_long_text_puts_the_cursor_there() {
    let mut screen = Screen::demo(100, 30);
    screen.keys("2cN<esc>");
    screen.keys("A").keys("<up>x one two<enter>three");
    click(&mut screen, "two");
    screen.keys("and ");
    says(&screen, "x one and two");
}

#[test]
fn candidates_above_the_line_are_taken_with_a_click() {
    let mut screen = Screen::demo(100, 30);
    screen.keys("2aWho? sta<tab>s<tab>");
    screen.keys("<esc>").keys("aWho? stake:<tab>");
    click(&mut screen, "medium");
    says(&screen, "stake:medium");
}

#[test]
fn a_row_of_an_import_is_chosen_with_a_click_and_flipped_with_the_next() {
    let mut screen = Screen::empty(100, 30);
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/import/linear-29.csv");
    screen.keys(&format!(":import<enter>{file}<enter>"));
    says(&screen, "Sync one-pager");
    let kind_of = |screen: &Screen, title: &str| match screen.model.popups.last() {
        Some(Popup::Import(preview)) => {
            let row = preview.plan.preview.iter().position(|row| row.title == title).unwrap();
            (preview.cursor == row, preview.plan.preview[row].kind)
        }
        other => panic!("no preview: {other:?}"),
    };
    assert_eq!(kind_of(&screen, "Sync one-pager"), (false, Kind::Asset));
    click(&mut screen, "Sync one-pager");
    assert_eq!(kind_of(&screen, "Sync one-pager"), (true, Kind::Asset));
    click(&mut screen, "Sync one-pager");
    let (chosen, kind) = kind_of(&screen, "Sync one-pager");
    assert!(chosen && kind != Kind::Asset, "{kind:?}");
    // Beside the box nothing is lost, and the hint does what it says.
    at_cell(&mut screen, Gesture::Click, (0, 1));
    says(&screen, "Sync one-pager");
    click(&mut screen, "enter imports");
    says(&screen, "imported");
}

#[test]
fn a_value_of_a_conflict_is_chosen_with_a_click() {
    let mut screen = Screen::empty(80, 24);
    screen.keys("2aWho? stake:low<enter>e<ctrl-u>Mine?<tab><tab><tab><ctrl-u>medium");
    let id = screen.model.list().selected().unwrap();
    for (name, value) in [("title", "Theirs?"), ("stake", "high")] {
        let field = Kind::Decision.noun().field(name);
        let value = prewire::domain::value::Value::Text(value.to_owned());
        let edit = prewire::domain::change::Edit::Set(prewire::domain::change::Input::Value(value));
        let changes = vec![prewire::domain::change::Change { field, edit }];
        screen.workspace.run(&prewire::ops::Op::Edit { items: vec![id], changes }).unwrap();
    }
    screen.keys("<ctrl-s>");
    says(&screen, "changed by somebody else meanwhile");
    click(&mut screen, "mine   Mine?");
    click(&mut screen, "theirs high");
    click(&mut screen, "enter saves");
    assert!(screen.model.popups.is_empty(), "{}", screen.text());
    let item = &screen.workspace.store().items(&[id]).unwrap()[0];
    assert_eq!((item.title(), item.text("stake")), ("Mine?", "high"));
}

#[test]
fn blocks_milestones_and_glances_are_clicked_like_rows() {
    let mut screen = Screen::demo(120, 40);
    screen.keys("4");
    click(&mut screen, "Battlecar");
    let title = |screen: &Screen| {
        screen.model.subject_item().map(|item| item.title().to_owned()).unwrap_or_default()
    };
    assert!(title(&screen).starts_with("Battlecard"), "{}", title(&screen));
    click(&mut screen, "Battlecar");
    assert!(screen.model.is_zoomed(), "{}", screen.text());
    screen.keys("<esc>5");
    click(&mut screen, "The narrative update");
    assert!(title(&screen).starts_with("The narrative update"), "{}", title(&screen));
    click(&mut screen, "phase on");
    says(&screen, "re-baselined: s7");
}
