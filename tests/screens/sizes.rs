//! No size panics, on any screen, under any popup: the edges always, a random sample each time, and
//! with `PREWIRE_SIZES=1` every size from 1×1 to 500×200, and each screen and popup at every width
//! and at every height.

use std::collections::BTreeSet;

use prewire::app::effect::Msg;
use prewire::app::place::Place;
use prewire::app::popup::Popup;
use prewire::app::settings::{Setting, Takes};
use prewire::domain::change::{Change, Edit, Input};
use prewire::domain::item::Ref;
use prewire::domain::value::Value;
use prewire::ops::Op;
use prewire::store::lookup::Lookup;
use prewire::ui::Theme;
use proptest::test_runner::{Config, TestRunner};

use crate::screen::Screen;
use crate::states::SCREENS;

/// What leads to popups, and to screens in ways of their own; `FILE` stands for a file to import,
/// `OTHERS` for what somebody else does meanwhile.
const WAYS: [&str; 62] = [
    "2z",
    "2P",
    "2PP",
    "2V.",
    "3VP",
    "2?",
    "2:x",
    ":zzzz",
    "2e",
    "2A",
    "3A",
    "2a",
    "2aWho? due:fri @maya foo:bar",
    "2/atlas",
    "2/zzzz<enter>",
    "2;",
    "3;",
    "2S",
    "2|",
    "2co",
    "2cd",
    "2cd<down>",
    "2cN",
    "2e<tab><down>",
    "2e<tab><tab><down>",
    "2eX<esc>",
    "2eMine?OTHERS<ctrl-s>",
    "2i",
    "2gh",
    "2g<esc>",
    "2x",
    "2:frame<enter>",
    "2p",
    "2F",
    "2f",
    "gm",
    "+",
    ",",
    "2b",
    "4<tab>",
    "4i",
    "4w",
    "4;",
    "5?",
    "5<enter>",
    "5Rp",
    "6<enter>",
    "gM=",
    "3Rt",
    "3Rta",
    "2Rs",
    "2Rw",
    "1Rc",
    "Rm",
    "Rf",
    "Ri",
    "Rn",
    "Rnz",
    "Rq",
    "gn",
    "gi",
    ":Positioning<enter>gs",
];

/// The preview of a file, which is not in the demo.
const IMPORT: &str = ":import<enter>FILE<enter>";

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

/// All ways: to every screen, to every popup.
fn ways() -> impl Iterator<Item = &'static str> {
    SCREENS.into_iter().map(|(_, keys)| keys).chain(WAYS).chain([IMPORT])
}

fn on_its_way(keys: &str) -> Screen {
    let mut screen = Screen::demo(80, 24);
    let choices: &[&str] = &["ansi", "dark"];
    screen.send(Msg::Configured(vec![Setting {
        name: "theme",
        help: "The colours.",
        takes: Takes::Choice(choices),
        value: "ansi".to_owned(),
    }]));
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/import/linear-29.csv");
    let keys = keys.replace("FILE", file);
    let (before, after) = keys.split_once("OTHERS").unwrap_or((&keys, ""));
    screen.keys(before);
    if !after.is_empty() {
        meanwhile(&mut screen);
    }
    screen.keys(after);
    screen
}

/// Somebody else renames the first decision, of which a form is open.
fn meanwhile(screen: &mut Screen) {
    let id = screen.workspace.store().by_ref(Ref::parse("d2").unwrap()).unwrap().unwrap();
    let item = screen.workspace.store().item(id).unwrap().unwrap();
    let field = item.kind().noun().field("title");
    let edit = Edit::Set(Input::Value(Value::Text("Theirs?".to_owned())));
    let op = Op::Edit { items: vec![item.id], changes: vec![Change { field, edit }] };
    screen.workspace.run(&op).unwrap();
    screen.send(Msg::Changed);
}

fn draw_at(screen: &mut Screen, width: u16, height: u16) {
    screen.send(Msg::Resize(width, height));
    let buffer = screen.buffer(Theme::ansi());
    assert_eq!((buffer.area.width, buffer.area.height), (width, height));
}

fn name_of(popup: &Popup) -> &'static str {
    match popup {
        Popup::Prompt(_) => "prompt",
        Popup::Menu(_) => "menu",
        Popup::Form(_) => "form",
        Popup::Sheet(_) => "sheet",
        Popup::Import(_) => "import",
        Popup::Card(_) => "card",
        Popup::Ritual(_) => "ritual",
        Popup::Judging(_) => "judging",
        Popup::Settings(_) => "settings",
        Popup::Grid(_) => "grid",
        Popup::Writing(_) => "writing",
        Popup::Conflict(_) => "conflict",
    }
}

/// Of each sort of popup that there is.
const POPUPS: usize = 12;

#[test]
fn the_ways_lead_to_every_screen_and_to_every_popup() {
    let (mut places, mut popups) = (BTreeSet::new(), BTreeSet::new());
    for keys in ways() {
        let screen = on_its_way(keys);
        places.insert(screen.model.place.title());
        popups.extend(screen.model.popups.iter().map(name_of));
    }
    let missing: Vec<&str> =
        Place::ALL.into_iter().map(Place::title).filter(|title| !places.contains(title)).collect();
    assert!(missing.is_empty(), "no way leads to {missing:?}");
    assert_eq!(popups.len(), POPUPS, "only {popups:?}");
}

#[test]
fn no_size_panics_on_any_screen_or_popup() {
    for keys in ways() {
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
    let mut screens: Vec<Screen> = ways().map(on_its_way).collect();
    let mut next = 0;
    for width in 1..=500 {
        for height in 1..=200 {
            next = (next + 7) % screens.len();
            draw_at(&mut screens[next], width, height);
        }
    }
    for screen in &mut screens {
        (1..=500).for_each(|width| draw_at(screen, width, 24));
        (1..=200).for_each(|height| draw_at(screen, 80, height));
    }
}
