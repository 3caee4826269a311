//! Each screen in each of its states: empty, typical, overfull, small, under its help, and without
//! any colour.

use prewire::ui::Theme;
use prewire::ui::theme::ASCII;

use crate::screen::Screen;

/// The screens with the keys that lead there.
pub const SCREENS: [(&str, &str); 39] = [
    ("today", "1"),
    ("decisions", "2"),
    ("assets", "3"),
    ("week", "4"),
    ("plan", "5"),
    ("outcomes", "6"),
    ("requests", ":Requests<enter>"),
    ("bets", ":Bets<enter>"),
    ("blocks", ":Blocks<enter>"),
    ("artefacts", "gf"),
    ("involvements", ":Involvements<enter>"),
    ("entries", ":Entries<enter>"),
    ("people", ":People<enter>"),
    ("trash", ":Trash<enter>"),
    ("history", "gu"),
    ("metrics", "gM"),
    ("metric", "gM<enter>"),
    ("scorecard", "gS"),
    ("deals", "gD"),
    ("impacts", "gI"),
    ("escalations", ":Escalations<enter>"),
    ("reviews", ":Reviews<enter>"),
    ("commitments", ":Commitments<enter>"),
    ("meetings", ":Meetings<enter>"),
    ("plans", ":Plans<enter>"),
    ("milestones", ":Milestones<enter>"),
    ("evidence", "7"),
    ("matrix", "gE"),
    ("claims", "gc"),
    ("insights", ":Insights<enter>"),
    ("objections", "gj"),
    ("conversations", ":Conversations<enter>"),
    ("segments", ":Segments<enter>"),
    ("messages", ":Message house<enter>"),
    ("positioning", ":Positioning<enter>"),
    ("experiments", ":Experiments<enter>"),
    ("moments", ":Moments<enter>"),
    ("board", "3V"),
    ("live", "2m"),
];

#[test]
fn every_screen_empty() {
    for (name, keys) in SCREENS {
        let mut screen = Screen::empty(80, 24);
        screen.keys(keys);
        insta::assert_snapshot!(format!("{name}-empty"), screen.text());
    }
}

#[test]
fn every_screen_typical() {
    let mut screen = Screen::demo(120, 40);
    for (name, keys) in SCREENS {
        screen.keys(keys);
        insta::assert_snapshot!(format!("{name}-typical"), screen.picture());
    }
}

#[test]
fn every_screen_small() {
    for (size, width, height) in [("80x24", 80, 24), ("60x16", 60, 16), ("40x10", 40, 10)] {
        let mut screen = Screen::demo(width, height);
        for (name, keys) in SCREENS {
            screen.keys(keys);
            insta::assert_snapshot!(format!("{name}-{size}"), screen.text());
        }
    }
}

/// Long titles, many rows, every field filled, a banner, and a message over all of it.
#[test]
fn every_screen_overfull() {
    let long = "Which of the many ways in which this could be said in one single line is the one \
                that fits no column of any screen that anybody has";
    for (name, keys) in SCREENS {
        let mut screen = Screen::demo(100, 30);
        for kind in ["d", "a", "r", "b"] {
            let line = format!("+{kind} {long} +one +two +three @maya p:1 due:-3d\n");
            // A request that is asked for opens its card.
            screen.keys(&line.replace('\n', "<enter>")).keys("<esc>");
        }
        assert!(screen.model.popups.is_empty(), "{name}: {}", screen.text());
        screen.keys(keys).keys("<space>");
        screen.model.banner = Some(format!("not saved: {long}"));
        screen.model.say(long, prewire::app::model::Tone::Failed);
        insta::assert_snapshot!(format!("{name}-overfull"), screen.text());
    }
}

#[test]
fn every_screen_under_its_help() {
    let mut screen = Screen::demo(80, 24);
    for (name, keys) in SCREENS {
        screen.keys("<esc>").keys(keys).keys("?");
        insta::assert_snapshot!(format!("{name}-help"), screen.text());
    }
}

/// Without colour every meaning is in words, marks and weight, so the text alone says all.
#[test]
fn every_screen_without_colour_and_in_ascii() {
    let mut screen = Screen::demo(80, 24);
    for (name, keys) in SCREENS {
        screen.keys(keys);
        let text = screen.text();
        let mono = screen.buffer(Theme::mono());
        for cell in mono.content() {
            let (fg, bg) = (cell.fg, cell.bg);
            let reset = ratatui::style::Color::Reset;
            assert_eq!((fg, bg), (reset, reset), "{name}: {text}");
        }
        let late = text.lines().any(|line| line.contains("−2 d"));
        let marked = text.lines().any(|line| line.starts_with("▌!") || line.starts_with(" !"));
        assert!(
            !late || marked || name == "board" || name == "bets",
            "{name}: lateness has a mark\n{text}"
        );
        let plain = screen.buffer(Theme::mono().with(&ASCII));
        let lines = "─│┬┴╭╮╰╯▌▸▾●✓‹›◆";
        for cell in plain.content() {
            assert!(!cell.symbol().contains(|c| lines.contains(c)), "{name}: {}", cell.symbol());
        }
    }
}
