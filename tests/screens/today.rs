//! Today by keystrokes on an empty, a living and an overfull workspace, at every usual size: what is
//! there is acted on in place, and nothing is cut without a word.

use crate::screen::Screen;

const SIZES: [(u16, u16); 3] = [(80, 24), (120, 40), (200, 50)];

fn overfull(width: u16, height: u16) -> Screen {
    let mut screen = Screen::demo(width, height);
    for number in 0..40 {
        screen.keys(&format!(
            "+d Question number {number} of very many? due:-{}d<enter>",
            number % 9
        ));
        screen.keys(&format!("+r Deck number {number} from:sam due:+{}d<enter><esc>", number % 5));
        screen.keys(&format!("+f Draft {number} kind:launch-risk<enter>"));
    }
    screen.keys("1<esc>gg");
    screen
}

#[test]
fn an_empty_day_teaches_at_every_size() {
    for (width, height) in SIZES {
        let mut screen = Screen::empty(width, height);
        screen.keys("1");
        insta::assert_snapshot!(format!("today-empty-{width}"), screen.text());
    }
}

#[test]
fn a_day_is_gone_through_in_place_at_every_size() {
    for (width, height) in SIZES {
        let mut screen = Screen::demo(width, height);
        screen.keys("1");
        insta::assert_snapshot!(format!("today-demo-{width}"), screen.text());
        // The first line is a decision: pushed to another day, and back.
        let before = screen.model.subject_item().unwrap().clone();
        screen.keys("cd+9d<enter>");
        assert!(screen.text().contains("u undoes"), "{}", screen.text());
        screen.keys("u1gg");
        assert_eq!(screen.model.subject_item().unwrap().id, before.id);
        // Down to the end and back, each line a thing that can be opened.
        for _ in 0..screen.model.list().total {
            screen.keys("j");
        }
        screen.keys("gg<enter>");
        assert!(screen.text().contains(before.title()), "{}", screen.text());
    }
}

#[test]
fn a_day_that_is_too_full_says_how_much_there_is() {
    for (width, height) in SIZES {
        let mut screen = overfull(width, height);
        insta::assert_snapshot!(format!("today-overfull-by-keys-{width}"), screen.text());
        let first = screen.model.subject_item().unwrap().id;
        screen.keys("G");
        assert!(screen.model.subject_item().is_some_and(|last| last.id != first));
        screen.keys("gg");
        assert_eq!(screen.model.subject_item().unwrap().id, first);
    }
}

#[test]
fn a_note_on_today_is_captured_from_anywhere_told_and_written() {
    let mut screen = Screen::demo(80, 24);
    screen.keys("2+n lunch with Sam");
    assert!(screen.text().contains("note on Wed 6 May"), "{}", screen.text());
    screen.keys("<enter>+N call legal<enter>1");
    let text = screen.text();
    assert!(text.contains("Noted: lunch with Sam · call legal · gN"), "{text}");
    assert!(text.contains("day 37/90"), "{text}");
    screen.keys("gN");
    assert!(screen.text().contains("note of Wed 6 May"), "{}", screen.text());
    screen.keys(" first<ctrl-s>");
    assert!(screen.text().contains("call legal first"), "{}", screen.text());
    screen.keys("u");
    assert!(!screen.text().contains("legal first"), "{}", screen.text());
    screen.keys("uu");
    assert!(!screen.text().contains("Noted:"), "{}", screen.text());
    screen.keys("UgN");
    assert!(screen.text().contains("lunch with Sam"), "{}", screen.text());
}

#[test]
fn a_note_that_was_typed_and_left_is_there_when_it_is_opened_again() {
    let mut screen = Screen::demo(80, 24);
    screen.keys("1gNheld up<esc><enter>");
    screen.keys("gN");
    assert!(screen.text().contains("held up"), "{}", screen.text());
    screen.keys("<ctrl-s>");
    assert!(screen.text().contains("Noted: held up"), "{}", screen.text());
}

#[test]
fn the_day_of_the_plan_is_on_every_screen_and_the_tabs_give_way() {
    for width in [60, 80, 100, 120] {
        let mut screen = Screen::demo(width, 24);
        for key in "12345679".chars() {
            screen.keys(&key.to_string());
            let text = screen.text();
            let top = text.lines().next().unwrap_or_default().to_owned();
            assert!(top.contains("day 37/90"), "{width} {key}: {top}");
            let tabs = "12345679".chars().filter(|tab| top.contains(*tab)).count();
            assert_eq!(tabs, 8, "{width} {key}: {top}");
        }
    }
}

#[test]
fn whoever_is_new_is_told_before_they_are_made() {
    let mut screen = Screen::demo(100, 24);
    screen.keys("2aWho signs? @ma");
    assert!(screen.text().contains("new person “ma”"), "{}", screen.text());
    screen.keys("ya");
    assert!(!screen.text().contains("new person"), "{}", screen.text());
}
