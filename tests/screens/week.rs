//! The week by keystrokes: between days, moving and resizing, other weeks, and `w` from a list.

use std::ops::ControlFlow;

use prewire::domain::kind::Kind;
use prewire::ops::import::ImportRequest;

use prewire::ui::Theme;
use prewire::ui::theme::ASCII;

use crate::screen::Screen;

#[test]
fn the_week_of_the_demo_looks_as_it_should() {
    for (name, width, height, keys) in [
        ("week-120", 120, 40, "4"),
        ("week-80", 80, 24, "4"),
        ("week-60", 60, 16, "4"),
        ("week-200", 200, 50, "4"),
        ("week-lived-120", 120, 40, "4<tab>"),
        ("week-before-80", 80, 24, "4{<tab>"),
        ("week-history-80", 80, 24, "4m"),
        ("week-alone-120", 120, 40, "4m"),
    ] {
        let mut screen = Screen::demo(width, height);
        screen.keys(keys);
        insta::assert_snapshot!(name, screen.picture());
    }
}

#[test]
fn the_week_reads_without_colour_and_without_unicode() {
    for (name, width, height) in [("week-mono-120", 120, 40), ("week-mono-80", 80, 24)] {
        let mut screen = Screen::demo(width, height);
        screen.keys("4");
        let buffer = screen.buffer(Theme::mono().with(&ASCII));
        let line = |y: u16| -> String {
            let cells: String = (0..width).map(|x| buffer[(x, y)].symbol()).collect();
            cells.trim_end().to_owned()
        };
        let text: Vec<String> = (0..height).map(line).collect();
        insta::assert_snapshot!(name, text.join("\n"));
    }
}

#[test]
fn what_was_lived_stands_beside_what_was_planned() {
    let mut screen = Screen::empty(160, 40);
    screen.keys("4aMemo on:2026-05-05 at:10:00 est:1h band:s<enter>");
    screen.keys("+t Tender on:2026-05-05 at:10:00 est:2h band:r<enter>");
    screen.keys("4");
    let row = |screen: &Screen| {
        let text = screen.text();
        text.lines().find(|line| line.contains("10:00")).unwrap_or_default().to_owned()
    };
    assert!(
        row(&screen).contains("S Memo") && row(&screen).contains("R Tender"),
        "{}",
        screen.text()
    );
    screen.keys("<tab>");
    assert!(
        row(&screen).contains("S Memo") && row(&screen).contains("R Tender"),
        "{}",
        screen.text()
    );
    assert_eq!(screen.model.subject_item().unwrap().title(), "Tender");
    screen.send(prewire::app::Msg::Resize(70, 24));
    assert!(row(&screen).contains("▓S ") && row(&screen).contains("R Tend"), "{}", screen.text());
    screen.keys("<tab>");
    assert!(row(&screen).contains("S Memo") && row(&screen).contains("░R"), "{}", screen.text());
}

fn block(screen: &Screen) -> (String, String, i64) {
    let item = screen.model.subject_item().unwrap();
    let on = item.day("on").unwrap().format("%a").to_string();
    (on, item.text("at").to_owned(), item.whole("minutes").unwrap())
}

fn one() -> Screen {
    let mut screen = Screen::empty(120, 40);
    screen.keys("4aMemo on:2026-05-06 at:10:00 est:1h band:s<enter>");
    assert_eq!(block(&screen), ("Wed".to_owned(), "10:00".to_owned(), 60));
    screen
}

#[test]
fn a_block_moves_and_grows_under_the_keys_and_undo_brings_it_back() {
    let mut screen = one();
    screen.keys("LJ>");
    assert_eq!(block(&screen), ("Thu".to_owned(), "10:15".to_owned(), 75));
    screen.keys("HK");
    screen.keys("<");
    assert_eq!(block(&screen), ("Wed".to_owned(), "10:00".to_owned(), 60));
    screen.keys("L");
    screen.keys("u");
    assert_eq!(block(&screen).0, "Wed");
    screen.keys("U");
    assert_eq!(block(&screen).0, "Thu");
    screen.keys("cbr<enter>");
    assert_eq!(screen.model.subject_item().unwrap().text("band"), "reactive");
}

#[test]
fn h_and_l_go_from_day_to_day_at_the_same_time() {
    let mut screen = one();
    screen.keys("aEarly on:2026-05-07 at:08:00 est:1h<enter>");
    screen.keys("aNear on:2026-05-07 at:10:30 est:1h<enter>");
    screen.keys("ggl");
    assert_eq!(screen.model.subject_item().unwrap().title(), "Near");
    screen.keys("h");
    assert_eq!(screen.model.subject_item().unwrap().title(), "Memo");
}

#[test]
fn weeks_turn_and_come_back() {
    let mut screen = one();
    screen.keys("}");
    assert!(screen.text().contains("W20"), "{}", screen.text());
    screen.keys("{{");
    assert!(screen.text().contains("W18"), "{}", screen.text());
    screen.keys("}");
    assert_eq!(block(&screen).0, "Wed");
}

#[test]
fn w_plans_time_for_a_row_of_any_list() {
    let mut screen = Screen::empty(120, 40);
    screen.keys("3aBattlecard est:90m band:e<enter>w09:00<enter>4");
    let item = screen.model.subject_item().unwrap();
    assert_eq!((item.kind(), item.title()), (Kind::Block, "Battlecard"));
    assert_eq!((item.whole("minutes"), item.text("band")), (Some(90), "execution"));
    assert_eq!(item.text("at"), "09:00");
}

#[test]
fn the_menu_of_the_week_fills_it_and_closes_it() {
    let mut screen = one();
    screen.keys(";f");
    assert!(screen.text().contains("filled 2026-W19"), "{}", screen.text());
    screen.keys("u;c");
    assert!(screen.text().contains("closed 2026-W19"), "{}", screen.text());
}

#[test]
fn the_meter_stands_on_every_screen_once_time_was_logged() {
    let mut screen = Screen::empty(120, 40);
    assert!(!screen.text().contains("reactive left"));
    screen.keys("+t Desk on:2026-05-05 est:40m band:r<enter>");
    for key in ["1", "2", "3", "4", "6"] {
        screen.keys(key);
        assert!(screen.text().contains("100/20"), "{}", screen.text());
        assert!(screen.text().contains("reactive left 7 h 20"), "{}", screen.text());
    }
}

/// A screen with the calendar of the fixtures brought in by the preview.
fn with_calendar(width: u16, height: u16) -> Screen {
    let mut screen = Screen::empty(width, height);
    let request = ImportRequest { path: CALENDAR.into(), ..ImportRequest::default() };
    screen.workspace.import(&request, &mut |_, _| ControlFlow::Continue(())).unwrap();
    screen.keys("4");
    screen
}

const CALENDAR: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/calendar/week.ics");

#[test]
fn meetings_are_previewed_and_stand_among_the_blocks() {
    let mut screen = Screen::empty(120, 40);
    screen.keys(":import<enter>");
    screen.send(prewire::app::Msg::Paste(CALENDAR.to_owned()));
    screen.keys("<enter>");
    insta::assert_snapshot!("week-import-preview", screen.picture());
    let mut screen = with_calendar(120, 40);
    insta::assert_snapshot!("week-meetings-120", screen.picture());
    let view = &screen.model.week.as_ref().unwrap().view;
    assert_eq!(view.capacity().meetings, 40 + 3 * 15 + 30);
    screen.keys("i");
    insta::assert_snapshot!("week-figures-120", screen.picture());
    for (name, width, height) in [("week-meetings-80", 80, 24), ("week-meetings-60", 60, 16)] {
        let screen = with_calendar(width, height);
        insta::assert_snapshot!(name, screen.picture());
    }
}

#[test]
fn a_meeting_has_a_band_and_does_not_move() {
    let mut screen = with_calendar(120, 40);
    screen.keys("gg");
    assert_eq!(screen.model.subject_item().unwrap().title(), "Launch standup");
    screen.keys("L");
    assert!(screen.picture().contains("it moves in its calendar"), "{}", screen.picture());
    // The next day it is the same meeting, and stays selected after a change.
    screen.keys("jjcbe<enter>");
    let week = screen.model.week.as_ref().unwrap();
    assert_eq!(week.view.plan.execution, 3 * 15 + 30);
    assert_eq!(week.shown()[screen.model.list().cursor].on.to_string(), "2026-05-05");
    screen.keys("u");
    assert_eq!(screen.model.week.as_ref().unwrap().view.plan.execution, 0);
}

#[test]
fn gaps_are_logged_in_one_pass_and_guesses_taken_in_one() {
    let mut screen = with_calendar(120, 40);
    screen.keys(";g<tab>");
    // 09:00 on Wednesday: what was over by then.
    let titles = |screen: &Screen| -> Vec<String> {
        let week = screen.model.week.as_ref().unwrap();
        week.view.lived.iter().map(|one| format!("{} {}", one.letter(), one.title)).collect()
    };
    let logged = [
        "e? Launch standup",
        "r? Deal desk, Aurora Bank",
        "e? Launch standup",
        "e? Launch standup",
    ];
    assert_eq!(titles(&screen), logged);
    screen.keys(";g");
    assert_eq!(titles(&screen), logged, "{}", screen.picture());
    screen.keys(";a");
    let accepted =
        ["E Launch standup", "R Deal desk, Aurora Bank", "E Launch standup", "E Launch standup"];
    assert_eq!(titles(&screen), accepted);
    screen.keys("uu");
    assert_eq!(titles(&screen), [""; 0]);
}

#[test]
fn t_starts_the_timer_on_a_row_and_ends_it() {
    let mut screen = one();
    screen.keys("t");
    assert!(screen.picture().contains("timer since 09:00 Memo"), "{}", screen.picture());
    screen.keys("t");
    assert!(screen.picture().contains("nothing logged: Memo"), "{}", screen.picture());
    assert_eq!(screen.workspace.timer().unwrap(), None);
}

#[test]
fn all_seven_days_stand_on_a_screen_of_80_columns_beside_what_was_lived() {
    for width in [80, 120] {
        let mut screen = Screen::empty(width, 30);
        screen.keys("4");
        for day in 4..=10 {
            screen.keys(&format!("aMemo on:2026-05-{day:02} at:09:00 est:1h band:s<enter>"));
        }
        screen.keys("+t Lived on:2026-05-05 at:09:00 est:1h band:r<enter>4");
        let text = screen.text();
        for day in ["Mon 4", "Tue 5", "Wed 6", "Thu 7", "Fri 8", "Sat 9", "Sun 10"] {
            assert!(text.contains(day), "{width}: {day}\n{text}");
        }
        let nine = text.lines().find(|line| line.contains("09:00")).unwrap();
        assert!(nine.contains('R'), "{width}: what was lived stands beside\n{text}");
    }
}

#[test]
fn a_block_that_moves_into_the_next_week_takes_the_screen_along() {
    let mut screen = one();
    screen.keys("aLate on:2026-05-10 at:08:00 est:1h<enter>G");
    assert_eq!(screen.model.subject_item().unwrap().title(), "Late");
    screen.keys("L");
    assert_eq!(screen.model.subject_item().unwrap().title(), "Late");
    assert!(screen.text().contains("W20"), "{}", screen.text());
    assert!(screen.text().contains("to Mon 11 May, W20"), "{}", screen.text());
    screen.keys("H");
    assert!(screen.text().contains("W19"), "{}", screen.text());
}

#[test]
fn what_has_no_time_stands_below_its_day_and_w_says_its_band() {
    let mut screen = Screen::empty(120, 30);
    screen.keys("3aBattlecard est:90m<enter>w<enter>");
    screen.keys("4");
    let text = screen.text();
    let line = text.lines().find(|line| line.contains("no time")).unwrap_or_default();
    assert!(line.contains("E Battlecard"), "{text}");
    let item = screen.model.subject_item().unwrap();
    assert_eq!((item.text("at"), item.text("band")), ("", "execution"));
    for more in ["One", "Two", "Three"] {
        screen.keys(&format!("a{more} on:2026-05-06 est:30m band:s<enter>"));
    }
    let text = screen.text();
    assert!(text.contains("S Three") && text.contains("09:00"), "{text}");
    screen.keys("gg");
    let text = screen.text();
    assert!(text.contains("E Battlecard") && text.contains("+1"), "{text}");
}

#[test]
fn a_move_is_told_in_words_and_so_is_one_into_another_week() {
    let mut screen = one();
    screen.keys("L");
    assert!(screen.text().contains("moved k1 “Memo” to Thu 7 May"), "{}", screen.text());
    screen.keys("J");
    assert!(screen.text().contains("moved k1 “Memo” to 10:15"), "{}", screen.text());
    screen.keys("LLLL");
    let text = screen.text();
    assert!(text.contains("moved k1 “Memo” to Mon 11 May, W20"), "{text}");
    assert_eq!(block(&screen).0, "Mon");
}
