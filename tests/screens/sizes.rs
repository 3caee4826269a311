//! No size panics, on any screen, under any popup: the edges always, a random sample each time, and
//! every size from 1×1 to 500×200 when asked for with `PREWIRE_SIZES=1`.

use prewire::app::effect::Msg;
use prewire::app::settings::{Setting, Takes};
use prewire::ui::Theme;
use proptest::test_runner::{Config, TestRunner};

use crate::screen::Screen;

/// What leads to every screen and popup.
const WAYS: [&str; 52] = [
    "",
    "2",
    "3",
    "6",
    "gu",
    ":Trash<enter>",
    ":People<enter>",
    "2z",
    "2P",
    "2PP",
    "3V",
    "2V.",
    "3VP",
    "2?",
    "2:x",
    "2e",
    "2A",
    "2a",
    "2aWho? due:fri @maya foo:bar",
    "2/atlas",
    "2/zzzz<enter>",
    "2;",
    "2S",
    "2|",
    "2co",
    "2cd",
    "2i",
    "2gh",
    "2g<esc>",
    "gm",
    "+",
    ",",
    "2b",
    "4",
    "4<tab>",
    "4i",
    "4w",
    "4;",
    "5",
    "5?",
    "5Rp",
    "6<enter>",
    "gM",
    "gM<enter>",
    "gM=",
    "2m",
    "3Rt",
    "2Rs",
    "1Rc",
    "gn",
    "gi",
    ":Requests<enter>",
];

const EDGES: [(u16, u16); 16] = [
    (0, 0),
    (1, 1),
    (1, 500),
    (500, 1),
    (10, 10),
    (39, 10),
    (40, 9),
    (40, 10),
    (41, 11),
    (59, 15),
    (60, 16),
    (79, 24),
    (80, 24),
    (119, 30),
    (200, 50),
    (500, 200),
];

fn on_its_way(keys: &str) -> Screen {
    let mut screen = Screen::demo(80, 24);
    let choices: &[&str] = &["ansi", "dark"];
    screen.send(Msg::Configured(vec![Setting {
        name: "theme",
        help: "The colours.",
        takes: Takes::Choice(choices),
        value: "ansi".to_owned(),
    }]));
    screen.keys(keys);
    screen
}

fn draw_at(screen: &mut Screen, width: u16, height: u16) {
    screen.send(Msg::Resize(width, height));
    let buffer = screen.buffer(Theme::ansi());
    assert_eq!((buffer.area.width, buffer.area.height), (width, height));
}

#[test]
fn no_size_panics_on_any_screen_or_popup() {
    for keys in WAYS {
        let mut screen = on_its_way(keys);
        for (width, height) in EDGES {
            draw_at(&mut screen, width, height);
        }
        let mut runner = TestRunner::new(Config { cases: 4, ..Config::default() });
        let sizes = (1_u16..=500, 1_u16..=200);
        let screen = std::cell::RefCell::new(screen);
        let drawn = runner.run(&sizes, |(width, height)| {
            draw_at(&mut screen.borrow_mut(), width, height);
            Ok(())
        });
        assert!(drawn.is_ok(), "{keys}: {drawn:?}");
    }
}

#[test]
fn every_size_that_there_is() {
    if std::env::var_os("PREWIRE_SIZES").is_none() {
        return;
    }
    let mut screens: Vec<Screen> = WAYS.iter().map(|keys| on_its_way(keys)).collect();
    let mut next = 0;
    for width in 1..=500 {
        for height in 1..=200 {
            next = (next + 7) % screens.len();
            draw_at(&mut screens[next], width, height);
        }
    }
}
