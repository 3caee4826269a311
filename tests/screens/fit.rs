//! What fills the room there is, what stays when there is too little, and what the hints promise.

use prewire::app::effect::Msg;

use crate::screen::Screen;

fn last_lines(screen: &Screen) -> String {
    let text = screen.text();
    let lines: Vec<&str> = text.lines().collect();
    lines[lines.len().saturating_sub(2)..].join("\n")
}

/// Every section stands on the screen, with its heading, from 80×24 on; only lower ones scroll.
#[test]
fn all_of_today_fits_and_a_tall_screen_shows_more_of_it() {
    let shown = |height| {
        let line = last_lines(&Screen::demo(80, height));
        let words: Vec<&str> = line.split_whitespace().collect();
        let at = words.iter().position(|word| *word == "shown").unwrap();
        words[at - 1].parse::<usize>().unwrap()
    };
    for height in [24, 30, 40, 60] {
        let text = Screen::demo(80, height).text();
        for section in ["Decide", "Waiting for triage", "This week", "Make", "Outcomes"] {
            assert!(text.contains(section), "{height}: {section} is not in\n{text}");
        }
    }
    assert!(shown(24) < shown(30) && shown(30) < shown(40) && shown(40) < shown(60));
    let tall = Screen::demo(120, 70).text();
    assert!(!tall.contains(" more"), "{tall}");
    let airy = Screen::demo(120, 40).text();
    let lines: Vec<&str> = airy.lines().collect();
    let heading = lines.iter().position(|line| line.starts_with(" Make")).unwrap();
    assert!(lines[heading - 1].split('│').next().unwrap().trim().is_empty(), "{airy}");
}

#[test]
fn today_follows_the_height_of_the_screen() {
    let mut screen = Screen::demo(120, 24);
    screen.send(prewire::app::effect::Msg::Resize(120, 70));
    assert!(!screen.text().contains(" more"));
}

#[test]
fn a_long_title_is_cut_before_what_happened_to_it() {
    let mut screen = Screen::demo(60, 16);
    screen.keys("2jd");
    assert!(last_lines(&screen).contains("…” → Trash · "), "{}", last_lines(&screen));
    screen.keys("gu");
    assert!(screen.text().contains("…” → Trash"), "{}", screen.text());
}

#[test]
fn all_that_is_shown_is_marked_the_requests_above_too() {
    let mut screen = Screen::demo(120, 40);
    screen.keys("3<ctrl-a>");
    let lines = last_lines(&screen);
    assert!(lines.contains("1 of 39 · 39 marked"), "{lines}");
}

#[test]
fn a_change_of_all_marked_reaches_every_kind_or_none() {
    let mut screen = Screen::demo(120, 40);
    screen.keys("3<ctrl-a>cd3 aug<enter>");
    assert!(last_lines(&screen).contains("25 items slip; in one word, why"));
    screen.keys("<esc>");
    let said = &screen.model.messages;
    assert!(
        said.iter().any(|message| message.text.contains("39 items: ")),
        "{}",
        last_lines(&screen)
    );
    for (keys, count) in
        [("/due:2026-08-03<enter>", "of 39"), (":requests<enter>/due:2026-08-03<enter>", "of 9")]
    {
        screen.keys(keys);
        assert!(last_lines(&screen).contains(count), "{}", last_lines(&screen));
    }
    let mut screen = Screen::demo(120, 40);
    // From the asset at the end: the requests have no band.
    screen.keys("3<ctrl-a>Gcbexecution<enter>");
    assert!(screen.text().contains("a request has no band"), "{}", screen.text());
    assert!(!last_lines(&screen).contains("u undoes"), "{}", last_lines(&screen));
}

#[test]
fn the_trash_and_the_history_say_what_can_be_done_there() {
    let mut screen = Screen::demo(80, 24);
    screen.keys("2d:trash<enter>");
    let lines = last_lines(&screen);
    assert!(lines.contains("r restore") && lines.contains("X purge"), "{lines}");
    screen.keys("gu");
    assert!(last_lines(&screen).contains("t take back"), "{}", last_lines(&screen));
    screen.keys("<enter>");
    let lines = last_lines(&screen);
    assert!(lines.contains("a step of the history is no item; t takes it back"), "{lines}");
}

#[test]
fn what_is_open_in_full_is_not_offered_to_be_opened() {
    let mut screen = Screen::demo(80, 24);
    screen.keys("2<enter>");
    assert!(!last_lines(&screen).contains("enter open"), "{}", last_lines(&screen));
    screen.keys("<enter>");
    assert!(last_lines(&screen).contains("it is open in full; esc goes back"));
    screen.keys("<esc>");
    assert!(last_lines(&screen).contains("enter open"));
}

#[test]
fn the_way_out_stays_among_the_hints_of_a_narrow_screen() {
    for keys in ["2e", "2;", "2?", "2:", "2S", "2Rw"] {
        let mut screen = Screen::demo(45, 14);
        screen.keys(keys);
        let lines = last_lines(&screen);
        assert!(lines.contains("esc "), "{keys}: {lines}");
    }
}

#[test]
fn an_example_is_shown_whole() {
    let mut screen = Screen::empty(60, 20);
    screen.keys("6");
    assert!(screen.text().contains("due:eoq"), "{}", screen.text());
}

#[test]
fn nothing_is_told_in_full_where_nothing_is_found() {
    let mut screen = Screen::demo(120, 30);
    screen.keys("2");
    assert!(screen.text().contains("Why now"));
    screen.keys("/zzzz");
    assert!(screen.text().contains("0 shown"), "{}", screen.text());
    assert!(!screen.text().contains("Why now"), "{}", screen.text());
    screen.keys("<esc>");
    assert!(screen.text().contains("Why now"), "{}", screen.text());
}

#[test]
fn a_history_names_days_so_that_they_stay_true_tomorrow() {
    let mut screen = Screen::demo(100, 40);
    screen.keys("2gh");
    assert!(screen.text().contains("needed by: nothing → Mon 4 May"), "{}", screen.text());
}

#[test]
fn a_question_that_leaves_no_room_for_the_answer_stands_in_lines_of_its_own() {
    let mut screen = Screen::demo(80, 24);
    screen.keys("3Rta");
    assert!(screen.text().contains("accept r9: which decision does it improve?"));
    screen.send(prewire::app::effect::Msg::Resize(40, 12));
    screen.keys("Which tier?");
    let text = screen.text();
    let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
    let at = lines.iter().position(|line| *line == " accept r9: which decision does it").unwrap();
    assert_eq!(lines[at + 1..at + 3], [" improve?", " > Which tier?"], "{text}");
}

#[test]
fn what_the_line_of_an_entry_cuts_is_whole_below_all_of_them() {
    let mut screen = Screen::demo(80, 24);
    let shows = |screen: &Screen, words: &str| {
        let text = screen.text();
        assert!(text.contains(words), "“{words}” is not in\n{text}");
    };
    screen.keys("2x");
    shows(&screen, "up 3 deals a quarter");
    screen.keys("<down>");
    shows(&screen, "slow half stays slow");
    screen.keys("<esc>3Rtt<down>");
    shows(&screen, "delays o2 by 2 d");
    screen.keys("<esc><esc><esc>2?<down>");
    shows(&screen, "Who is spoken to before a decision, and where they stand.");
}

#[test]
fn on_the_smallest_screen_it_is_whole_under_the_entry() {
    let mut screen = Screen::demo(40, 10);
    screen.keys("2;<down>");
    let text = screen.text();
    let words: Vec<&str> = text.lines().flat_map(str::split_whitespace).collect();
    let told = words.join(" ").replace("│ ", "");
    assert!(told.contains("Record the answer and why."), "{text}");
}

/// A window of rows is as large as the screen, and nothing is asked for again and again.
#[test]
fn a_screen_of_more_than_a_hundred_rows_is_full() {
    let mut screen = Screen::demo(80, 160);
    screen.keys(":Entries<enter>");
    for _ in 0..3 {
        if screen.text().contains("Source") {
            screen.keys("P");
        }
    }
    let text = screen.text();
    assert!(text.lines().filter(|line| line.starts_with("   t")).count() > 140, "{text}");
}

/// On the lowest screen nothing is covered, and what is not seen is counted.
#[test]
fn the_lowest_screen_says_what_it_leaves_out() {
    let mut screen = Screen::demo(40, 10);
    let card = screen.keys("Rs").text();
    assert!(card.contains("x decide      13 more"), "{card}");
    let mut screen = Screen::demo(40, 10);
    let prefix = screen.keys("g").send(Msg::Pause).text();
    assert!(prefix.contains("a   Assets") && prefix.contains(" 23 more ─╯"), "{prefix}");
    let wide = Screen::demo(80, 24).keys("g").send(Msg::Pause).text();
    assert!(!wide.contains(" more ─"), "{wide}");
    let mut screen = Screen::demo(40, 10);
    let matrix = screen.keys("gE").text();
    for row in ["unaw", "SM…", "Re…", "Up…", "SMBs at unaware: nobody has looked"] {
        assert!(matrix.contains(row), "{row}: {matrix}");
    }
}
