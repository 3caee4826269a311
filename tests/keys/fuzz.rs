//! Random keys, clicks, pastes and sizes: nothing panics, and the workspace stays sound. More of it
//! with `PREWIRE_FUZZ=1000000 cargo test --release --test keys fuzz`.

use prewire::app::effect::Msg;
use prewire::app::keys::{Code, Key};
use prewire::app::mouse::Gesture;
use prewire::ops::doctor::{Verdict, doctor};
use prewire::ops::{Clock, Settings, Workspace};
use prewire::store::Places;
use prewire::ui::{self, Theme};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::screen::Screen;

/// Few enough for every run of the tests.
const EVENTS: usize = 1_500;

const NAMED: [&str; 26] = [
    "enter",
    "enter",
    "enter",
    "esc",
    "esc",
    "tab",
    "shift-tab",
    "backspace",
    "del",
    "up",
    "down",
    "left",
    "right",
    "home",
    "end",
    "pgup",
    "pgdn",
    "space",
    "ctrl-a",
    "ctrl-d",
    "ctrl-u",
    "ctrl-s",
    "ctrl-p",
    "ctrl-r",
    "f1",
    "alt-b",
];
const TEXTS: [&str; 6] =
    ["due:fri @maya", "один\nдва\nthree", "\u{1b}[31mred\u{7}", "通関 👩‍👩‍👧", "", "((( or"];

/// Numbers that look random and are the same every time.
struct Chance(u64);

impl Chance {
    fn below(&mut self, count: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 20).unwrap() % count
    }
}

fn event(chance: &mut Chance, screen: &Screen) -> Msg {
    match chance.below(40) {
        0 => {
            let (width, height) = (chance.below(220), chance.below(70));
            Msg::Resize(u16::try_from(width).unwrap(), u16::try_from(height).unwrap())
        }
        1 => Msg::Paste(TEXTS[chance.below(TEXTS.len())].to_owned()),
        2 => Msg::Pause,
        3 => Msg::Changed,
        4..=7 => {
            let size = Rect::new(0, 0, screen.model.width, screen.model.height);
            let drawn = ui::draw(&screen.model, Theme::ansi(), &mut Buffer::empty(size));
            let x = u16::try_from(chance.below(usize::from(size.width) + 1)).unwrap();
            let y = u16::try_from(chance.below(usize::from(size.height) + 1)).unwrap();
            let gestures = [Gesture::Click, Gesture::WheelUp, Gesture::WheelDown];
            Msg::Mouse(gestures[chance.below(3)], drawn.at(x, y))
        }
        8..=19 => Msg::Key(Key::read(NAMED[chance.below(NAMED.len())]).unwrap()),
        20 => Msg::Key(Key::char(['ж', 'ф', 'ξ', '通', 'é'][chance.below(5)])),
        _ => {
            let letter = u8::try_from(33 + chance.below(94)).unwrap();
            Msg::Key(Key::plain(Code::Char(char::from(letter))))
        }
    }
}

#[test]
fn random_events_panic_nowhere_and_leave_the_workspace_sound() {
    let events = std::env::var("PREWIRE_FUZZ").ok().and_then(|count| count.parse().ok());
    let seed = std::env::var("PREWIRE_SEED").ok().and_then(|seed| seed.parse().ok());
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("fuzz.db");
    let clock = Clock::read("2026-05-06").unwrap();
    let mut workspace =
        Workspace::create(&path, Places::default(), clock, Settings::default()).unwrap();
    workspace.load_demo().unwrap();
    let mut screen = Screen::over(workspace, 100, 30);
    let mut chance = Chance(seed.unwrap_or(0x2545_F491_4F6C_DD1D));
    let mut seen = std::collections::BTreeSet::new();
    for _ in 0..events.unwrap_or(EVENTS) {
        let msg = event(&mut chance, &screen);
        screen.send(msg);
        screen.outside.clear();
        screen.model.quitting = false;
        // An import has nobody here who carries it out.
        screen.model.progress = None;
        screen.text();
        seen.insert(screen.model.place);
    }
    assert!(seen.len() > 3, "it went nowhere: {seen:?}");
    drop(screen);
    let report = doctor(&path, &Places::default(), clock);
    assert!(report.verdict() <= Verdict::Note, "{}", report.text());
}
