//! The pictures of the README: the demo on a fixed day, driven by keys, drawn by the real screen,
//! each on dark and on light.

use prewire::ui::svg::{Frame, film, svg};
use prewire::ui::{self, Theme};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::screen::Screen;
use super::{hold, readme};

const SIZE: (u16, u16) = (120, 36);
/// The film is smaller, so that its words can be read.
const FILM_SIZE: (u16, u16) = (100, 26);
/// The grounds that a picture is painted on.
const GROUNDS: [&str; 2] = ["dark", "light"];
/// Name, and the keys that lead there.
const PICTURES: [(&str, &str); 12] = [
    ("today", ""),
    ("decisions", "2j"),
    ("assets", "3V"),
    ("triage", "3Rt"),
    ("week", "4"),
    ("plan", "5j"),
    ("metric", "gMjj<enter>"),
    ("outcomes", "6jlj"),
    ("standup", "Rs"),
    ("palette", "2:stand"),
    (
        "history",
        "2cdfri<enter>jcp1<enter>aWho names the Atlas tier? due:fri<enter>ct+atlas<enter>\
         ggxCore first, they close in 74 days<enter>3VggL<enter>uu+a Talk track by:d1<enter>gu",
    ),
    (
        "quick-add",
        "2aDo we answer Rivo in public? due:fri @maya stake:high approver:dana for:b2 +rivo",
    ),
];

/// Add, decide, what that unblocks, undo: keys, and for how many milliseconds what they led to is
/// looked at.
const FILM: [(&str, u32); 20] = [
    ("2", 1_600),
    ("a", 700),
    ("Do we answer ", 350),
    ("Rivo in public? ", 700),
    ("due:fri ", 700),
    ("@maya stake:low ", 900),
    ("<enter>", 2_200),
    ("ggjjj", 900),
    ("x<enter>", 900),
    ("Control: 17 of 22 ", 350),
    ("signers ask for it, ", 350),
    ("none for speed", 900),
    ("<enter>", 2_800),
    ("3", 1_800),
    ("ggjjjjjjjjjjj", 1_200),
    ("2", 900),
    ("u", 2_600),
    ("U", 1_800),
    ("u", 1_200),
    ("u", 2_600),
];

fn drawn(screen: &Screen, theme: Theme, size: (u16, u16)) -> (Buffer, Option<Position>) {
    let mut buffer = Buffer::empty(Rect::new(0, 0, size.0, size.1));
    let cursor = ui::draw(&screen.model, theme, &mut buffer).cursor;
    (buffer, cursor)
}

/// The demo as the command opens it: undo ends where one's own steps begin.
fn demo(size: (u16, u16)) -> Screen {
    let mut workspace = Screen::empty(size.0, size.1).workspace;
    workspace.begin_with_demo().unwrap();
    let mut screen = Screen::over(workspace, size.0, size.1);
    assert_eq!(screen.model.undo, None);
    screen.model.about.demo = true;
    screen
}

#[test]
fn the_pictures_are_the_screens() {
    for (name, keys) in PICTURES {
        let mut screen = demo(SIZE);
        screen.keys(keys);
        for ground in GROUNDS {
            let theme = Theme::of(ground);
            let (buffer, cursor) = drawn(&screen, theme, SIZE);
            let file = format!("assets/pictures/{name}-{ground}.svg");
            hold(&file, &svg(&buffer, cursor, &theme));
            assert!(readme().contains(&file), "the README does not show {file}");
        }
    }
}

#[test]
fn the_film_is_what_the_keys_do() {
    for ground in GROUNDS {
        let theme = Theme::of(ground);
        let mut screen = demo(FILM_SIZE);
        let frames: Vec<Frame> = FILM
            .iter()
            .map(|(keys, time)| {
                screen.keys(keys);
                let (buffer, cursor) = drawn(&screen, theme, FILM_SIZE);
                Frame { buffer, cursor, time: *time }
            })
            .collect();
        let text = |frame: &Frame| -> String {
            frame.buffer.content().iter().map(ratatui::buffer::Cell::symbol).collect()
        };
        assert!(text(&frames[6]).contains("added d33"), "{}", text(&frames[6]));
        assert!(text(&frames[12]).contains("unblocked"), "{}", text(&frames[12]));
        assert!(text(&frames[16]).contains("undid"), "{}", text(&frames[16]));
        let file = format!("assets/pictures/film-{ground}.svg");
        hold(&file, &film(&frames, &theme));
        assert!(readme().contains(&file), "the README does not show {file}");
    }
}
