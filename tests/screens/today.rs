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
