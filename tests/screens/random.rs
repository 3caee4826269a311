//! Whatever is pressed, clicked, pasted or resized: nothing panics, every size is drawn, the workspace stays
//! sound and every step can be taken back. `PREWIRE_EVENTS` sets how many events; a seed is printed
//! when one fails, and `PREWIRE_SEED` repeats it.

use prewire::app::effect::{Effect, Msg};
use prewire::app::keys::{Code, Key, Modifier};
use prewire::app::mouse::Gesture;
use prewire::app::popup::Popup;
use prewire::app::settings::{Setting, Takes};
use prewire::domain::shown::Shown;
use prewire::ops::Op;
use prewire::store::check::Findings;
use prewire::ui::{self, Theme};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::screen::{Screen, read};

/// Events of one run in the usual suite.
const EVENTS: usize = 6_000;
/// Events between two looks at the workspace.
const STRETCH: usize = 500;

/// Numbers that look random and are the same for the same seed (xorshift).
pub struct Dice(pub u64);

impl Dice {
    pub fn below(&mut self, most: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 33).unwrap() % most
    }

    pub fn of<T: Copy>(&mut self, choices: &[T]) -> T {
        choices[self.below(choices.len())]
    }
}

const LETTERS: &str = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 ;:,./?!@+-_<>[]{}()'\"\\|=*&^%$#~`éжфξ漢🦀\u{200d}\u{301}\u{202e}\u{7}";
const CODES: [Code; 18] = [
    Code::Enter,
    Code::Enter,
    Code::Esc,
    Code::Esc,
    Code::Tab,
    Code::BackTab,
    Code::Backspace,
    Code::Delete,
    Code::Up,
    Code::Down,
    Code::Down,
    Code::Left,
    Code::Right,
    Code::Home,
    Code::End,
    Code::PageUp,
    Code::PageDown,
    Code::Function(1),
];
const PASTES: [&str; 6] = [
    "one line",
    "Who?\nWhat? due:fri @maya\n\nWhen? +tag",
    "\u{1b}[2J\u{1b}]0;title\u{7}",
    "due:fri @maya stake:high blocks:a1",
    "\u{202e}abc\u{202c} 漢字 🏳️‍🌈 \r\n\t",
    "",
];
const WIDTHS: [u16; 14] = [1, 2, 7, 39, 40, 59, 60, 79, 80, 100, 119, 120, 200, 500];
const HEIGHTS: [u16; 10] = [1, 2, 5, 9, 10, 16, 24, 40, 60, 200];

/// Ways to what single letters seldom reach; `FILE` stands for a file to import.
const WAYS: [&str; 36] = [
    "2e",
    "3A",
    "2Rw",
    "3Rw",
    "3Rt",
    "2Rs",
    "1Rc",
    "4",
    "4<tab>",
    "4w",
    "4;f",
    "4;g",
    "4;c",
    "5",
    "5x",
    "5L",
    "5Rp",
    "6",
    "6<enter>",
    "gM<enter>",
    "gM=",
    "gx",
    "gn",
    "gi",
    "2:",
    "2;",
    "2?",
    ",",
    "2cd<down>",
    "2co",
    "2|",
    "3V",
    "2x",
    "gm",
    ":import<enter>FILE<enter>",
    "2e<ctrl-s>",
];
const FILES: [&str; 3] = ["linear-29.csv", "bad-rows.csv", "prewire.csv"];

/// Keys that lead somewhere, to be gone on with from there.
fn way(dice: &mut Dice) -> Vec<Msg> {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/import/").to_owned();
    let way = dice.of(&WAYS).replace("FILE", &(file + dice.of(&FILES)));
    let away = "<esc>".repeat(dice.below(3));
    read(&(away + &way)).into_iter().map(Msg::Key).collect()
}

fn event(dice: &mut Dice, screen: &Screen) -> Msg {
    match dice.below(110) {
        100.. => {
            let area = Rect::new(0, 0, screen.model.width, screen.model.height);
            let drawn = ui::draw(&screen.model, Theme::ansi(), &mut Buffer::empty(area));
            let at = |dice: &mut Dice, most: u16| {
                u16::try_from(dice.below(usize::from(most) + 1)).unwrap()
            };
            let (x, y) = (at(dice, area.width), at(dice, area.height));
            let gesture = dice.of(&[Gesture::Click, Gesture::WheelUp, Gesture::WheelDown]);
            Msg::Mouse(gesture, drawn.at(x, y))
        }
        0..=1 => Msg::Resize(dice.of(&WIDTHS), dice.of(&HEIGHTS)),
        2..=3 => Msg::Paste(dice.of(&PASTES).to_owned()),
        4 => Msg::Changed,
        5 => Msg::Pause,
        6..=35 => Msg::Key(Key::plain(dice.of(&CODES))),
        36..=42 => {
            let modifier = dice.of(&[Modifier::Ctrl, Modifier::Alt]);
            let letters: Vec<char> = ('a'..='z').collect();
            Msg::Key(Key { code: Code::Char(dice.of(&letters)), modifier })
        }
        _ => {
            let letters: Vec<char> = LETTERS.chars().collect();
            Msg::Key(Key::char(dice.of(&letters)))
        }
    }
}

pub fn number(name: &str) -> Option<u64> {
    std::env::var(name).ok()?.parse().ok()
}

#[test]
fn whatever_is_pressed_the_workspace_stays_sound() {
    let events = number("PREWIRE_EVENTS").map_or(EVENTS, |count| usize::try_from(count).unwrap());
    let seed = number("PREWIRE_SEED").unwrap_or(0x9E37_79B9_7F4A_7C15);
    let mut dice = Dice(seed);
    let mut screen = Screen::demo(100, 30);
    screen.send(Msg::Configured(settings()));
    let mut last = Vec::new();
    let mut seen = std::collections::BTreeSet::new();
    let mut opened = std::collections::BTreeSet::new();
    let mut ahead = std::collections::VecDeque::new();
    for at in 0..events {
        if ahead.is_empty() && dice.below(60) == 0 {
            ahead.extend(way(&mut dice));
        }
        let msg = ahead.pop_front().unwrap_or_else(|| event(&mut dice, &screen));
        last.push(format!("{msg:?}"));
        if last.len() > 40 {
            last.remove(0);
        }
        let outcome = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            screen.send(msg);
            if at % 7 == 0 {
                screen.buffer(Theme::ansi());
            }
        }));
        assert!(outcome.is_ok(), "seed {seed}, event {at}: {last:#?}");
        seen.insert(screen.model.place);
        opened.extend(screen.model.popups.last().map(kind_of));
        for effect in std::mem::take(&mut screen.outside) {
            // The editor gives back what it was given, and more.
            if let Effect::Editor { item, field, text } = effect {
                screen.send(Msg::Edited { item, field, text: text + " more" });
            }
        }
        if screen.model.quitting {
            let left = prewire::app::remembered::Remembered::of(&screen.model);
            screen.restart(&left);
            screen.send(Msg::Configured(settings()));
        }
        if at % STRETCH == STRETCH - 1 {
            assert_sound(&mut screen, &format!("seed {seed}, event {at}: {last:#?}"));
        }
    }
    let steps = screen.workspace.store().steps(0, usize::MAX >> 1).unwrap().len();
    assert!(steps > events / 500, "{steps} steps of {events} events: it presses nothing of weight");
    assert!(seen.len() > 3, "it went nowhere: {seen:?}");
    if events >= 100_000 {
        assert_eq!(opened.len(), 10, "of what stands above a screen it saw only {opened:?}");
    }
    take_everything_back(&mut screen);
}

fn settings() -> Vec<Setting> {
    let takes = Takes::Choice(&["ansi", "dark"]);
    vec![Setting { name: "theme", help: "", takes, value: "ansi".to_owned() }]
}

fn kind_of(popup: &Popup) -> &'static str {
    match popup {
        // A conflict needs somebody else.
        Popup::Prompt(_) | Popup::Conflict(_) => "prompt",
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
    }
}

fn assert_sound(screen: &mut Screen, when: &str) {
    let found = screen.workspace.store().check().unwrap();
    assert_eq!(found, Findings::default(), "{when}");
    for message in &screen.model.messages {
        let shown = Shown::line(&message.text);
        assert!(!shown.as_str().contains('\u{1b}'), "{when}");
        assert!(!message.text.contains("SQL") && !message.text.contains("panicked"), "{when}");
    }
}

/// Undo goes all the way back to the empty workspace.
fn take_everything_back(screen: &mut Screen) {
    while screen.workspace.store().to_undo().unwrap().is_some() {
        screen.workspace.run(&Op::Undo).unwrap();
    }
    assert!(screen.workspace.store().all_ids().unwrap().is_empty());
}
