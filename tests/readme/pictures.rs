//! The pictures of the README: the demo on a fixed day, driven by keys, drawn by the real screen.

use prewire::ui::{self, Theme};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::screen::Screen;
use super::{hold, readme};

const SIZE: (u16, u16) = (120, 36);
/// Name, and the keys that lead there.
const PICTURES: [(&str, &str); 4] = [
    ("today", ""),
    ("decisions", "2j"),
    ("outcomes", "6jlj"),
    (
        "quick-add",
        "2aDo we answer Rivo in public? due:fri @maya stake:high approver:dana for:b2 +rivo",
    ),
];

fn picture(keys: &str) -> String {
    let mut screen = Screen::demo(SIZE.0, SIZE.1);
    screen.model.about.demo = true;
    screen.keys(keys);
    let mut buffer = Buffer::empty(Rect::new(0, 0, SIZE.0, SIZE.1));
    let cursor = ui::draw(&screen.model, Theme::ansi(), &mut buffer).cursor;
    ui::svg::svg(&buffer, cursor)
}

#[test]
fn the_pictures_are_the_screens() {
    for (name, keys) in PICTURES {
        let file = format!("assets/pictures/{name}.svg");
        hold(&file, &picture(keys));
        assert!(readme().contains(&file), "the README does not show {file}");
    }
}
