//! Text of every script keeps the columns straight: what a terminal prints ends where the cells say.

use prewire::domain::Shown;
use prewire::ui::Theme;
use ratatui::buffer::Buffer;

use crate::screen::Screen;

/// Titles that take other columns than they have letters.
const TITLES: [&str; 12] = [
    "plain letters, as a measure of the rest",
    "通関業務の一元管理について誰が決めるのか、そしていつ",
    "👩‍👩‍👧‍👦 family of four, 👩🏽‍🚀 one in space, 🏳️‍🌈 a flag",
    "🇩🇪🇫🇷🇯🇵 flags of letters, ☺️ and ☺ beside it",
    "e\u{301}te\u{301} of\u{308} combining\u{332} marks\u{336}",
    "שלום עולם, מי מחליט על זה היום",
    "مرحبا بالعالم من يقرر هذا اليوم",
    "한국어 제목이 아주 길면 어떻게 되는가 하는 문제",
    "ไทยน้ำหนักเกินและสระลอย",
    "हिन्दी में निर्णय कौन लेता है",
    "ｆｕｌｌ ｗｉｄｔｈ and half ﾊﾝｶｸ",
    "zero\u{200b}width\u{200d}joiner\u{feff} and soft\u{ad}hyphen",
];

fn scripts(width: u16, height: u16, keys: &str) -> Screen {
    let mut screen = Screen::empty(width, height);
    for title in TITLES {
        screen.keys("2a").keys(title).keys(" due:fri @josé for:none -- note 通関 👩‍👩‍👧‍👦<enter>");
    }
    screen.keys("gg").keys(keys);
    screen
}

/// What a terminal shows of a row: each symbol in the column where it is printed.
fn printed(buffer: &Buffer, y: u16) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    let mut x = 0;
    while x < usize::from(buffer.area.width) {
        let symbol = buffer[(u16::try_from(x).unwrap(), y)].symbol().to_owned();
        let wide = Shown::line(&symbol).width().max(1);
        found.push((x, symbol));
        x += wide;
    }
    assert_eq!(x, usize::from(buffer.area.width), "row {y} ends beyond its width");
    found
}

/// Where the line between the panes stands in each row of the body.
fn borders(screen: &Screen) -> Vec<usize> {
    let buffer = screen.buffer(Theme::ansi());
    let rows = 2..buffer.area.height - 3;
    let border = |y| {
        let row = printed(&buffer, y);
        let found = row.iter().find(|(_, symbol)| symbol == "│").map(|(x, _)| *x);
        found.unwrap_or_else(|| panic!("no line in row {y}\n{}", screen.text()))
    };
    rows.map(border).collect()
}

#[test]
fn the_line_between_the_panes_is_straight_beside_every_script() {
    for width in [100, 101, 119, 145, 160] {
        let screen = scripts(width, 24, "");
        let found = borders(&screen);
        assert!(found.iter().all(|x| *x == found[0]), "{width}: {found:?}\n{}", screen.text());
    }
}

#[test]
fn dates_stand_below_each_other_beside_every_script() {
    let screen = scripts(120, 24, "PP");
    let buffer = screen.buffer(Theme::ansi());
    let columns: Vec<usize> = (3..3 + 12)
        .map(|y| {
            let row = printed(&buffer, y);
            let text: String = row.iter().map(|(_, symbol)| symbol.as_str()).collect();
            let at = row.windows(3).position(|part| {
                let word: String = part.iter().map(|(_, symbol)| symbol.as_str()).collect();
                word == "Fri"
            });
            at.map_or_else(|| panic!("no day in {text}"), |at| row[at].0)
        })
        .collect();
    assert!(columns.iter().all(|x| *x == columns[0]), "{columns:?}\n{}", screen.text());
}

#[test]
fn no_row_is_wider_than_the_screen_on_any_layout() {
    for keys in ["", "z", "V", "P", "?", "e", "/通", "i", "6"] {
        for width in [40, 61, 80, 121] {
            let mut screen = scripts(width, 20, keys);
            for _ in 0..TITLES.len() {
                let buffer = screen.buffer(Theme::ansi());
                for y in 0..buffer.area.height {
                    printed(&buffer, y);
                }
                screen.keys("<down>");
            }
        }
    }
}

#[test]
fn a_table_of_every_script_looks_as_it_should() {
    insta::assert_snapshot!("scripts-100", scripts(100, 24, "").picture());
}
