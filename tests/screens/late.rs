//! Keys that come faster than the answers end where keys end that wait for each: nothing is lost,
//! nothing acts on the row before. The desk answers as late as the dice say.

use prewire::app::effect::Msg;
use prewire::ops::Op;

use crate::random::Dice;
use crate::screen::{Screen, read};

/// What somebody types without looking up.
const PHRASES: [&str; 46] = [
    "1",
    "2",
    "3",
    "4",
    "6",
    "gg",
    "G",
    "jjj",
    "k",
    "<ctrl-d>",
    "<ctrl-u>",
    "<pgdn>",
    "d",
    "dd",
    "u",
    "uu",
    "U",
    "<space><space>",
    "v",
    "<esc>",
    ".",
    "V",
    "l",
    "h",
    "L",
    "z",
    "J",
    "2/which<enter>",
    "2/state:open <enter>x",
    "3/deck<enter>",
    "2aWho waits? due:fri<enter>",
    "3aTwo pages by:d<tab><enter>",
    "+a Deck for all<enter>",
    "e<tab><tab>x<ctrl-s>",
    "2e<end> again<ctrl-s>jjx",
    "co<down><down><enter>",
    "2cs<enter>",
    "2s<down><enter>",
    ":undo<enter>",
    "2:which<down><enter>",
    "2Rwjj<enter><enter><esc>",
    "2;<esc>",
    "cnOther name<enter>",
    "gh<esc>",
    "B",
    "gu<down><down>",
];

/// What a hurried session must share with a patient one.
fn end(screen: &mut Screen) -> (String, Vec<String>) {
    let steps = screen.workspace.store().steps(0, 1_000).unwrap();
    (screen.picture(), steps.into_iter().map(|step| step.label).collect())
}

fn assert_same(phrases: &[&str], seed: u64, begin: fn() -> Screen) {
    let mut dice = Dice(seed);
    let (mut slow, mut fast) = (begin(), begin());
    fast.is_late = true;
    for key in phrases.iter().flat_map(|phrase| read(phrase)) {
        slow.send(Msg::Key(key));
        if slow.model.is_asking() {
            // What was typed before it came up is not for it: see below.
            return;
        }
        fast.send(Msg::Key(key));
        // Often nothing comes for a while, then some of what was asked.
        for _ in 0..dice.below(12).saturating_sub(8) {
            fast.answer();
        }
    }
    while fast.answer() {}
    let (slow, fast) = (end(&mut slow), end(&mut fast));
    assert_eq!(slow.1, fast.1, "seed {seed}: {phrases:?}");
    assert_eq!(slow.0, fast.0, "seed {seed}: {phrases:?}");
}

fn demo() -> Screen {
    Screen::demo(100, 24)
}

/// Longer than what is loaded at once.
fn long() -> Screen {
    let mut screen = Screen::empty(80, 24);
    screen.keys("2a").send(Msg::Paste("Row 7?\n".repeat(400)));
    screen.keys("<enter>1");
    screen
}

#[test]
fn keys_sent_fast_end_where_keys_sent_slowly_end() {
    for (phrases, begin) in [
        (&["2", "gg", "jjj", "x"][..], demo as fn() -> Screen),
        (&["2", "G", "d", "k", "d", "uu"], demo),
        (&["3/deck<enter>", "d", "u"], demo),
        (&["2", "G", "kk", "d", "gg", "j", "d"], long),
        (&["2", "<pgdn><pgdn><pgdn><pgdn><pgdn><pgdn><pgdn>", "d", "G", "x"], long),
        (&["2e", "<end> again<ctrl-s>", "jj", "d"], demo),
    ] {
        for seed in 1..4 {
            assert_same(phrases, seed, begin);
        }
    }
}

#[test]
fn whatever_is_typed_without_looking_up_ends_the_same() {
    let rounds = crate::random::number("PREWIRE_LATE").unwrap_or(12);
    let first = crate::random::number("PREWIRE_SEED").unwrap_or(7);
    for seed in first..first + rounds {
        let mut dice = Dice(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1);
        let phrases: Vec<&str> = (0..12).map(|_| dice.of(&PHRASES)).collect();
        let begin = dice.of(&[demo as fn() -> Screen, long]);
        assert_same(&phrases, seed, begin);
    }
}

/// What was typed before a question came up does not answer it.
#[test]
fn a_question_that_nobody_foresaw_is_not_answered_by_what_was_typed_before() {
    let mut screen = demo();
    screen.keys("2e<end> mine");
    let id = screen.model.list().selected().unwrap();
    let field = prewire::domain::kind::Kind::Decision.noun().field("title");
    let theirs = prewire::domain::value::Value::Text("theirs".to_owned());
    let edit = prewire::domain::change::Edit::Set(prewire::domain::change::Input::Value(theirs));
    let change = prewire::domain::change::Change { field, edit };
    screen.workspace.run(&Op::Edit { items: vec![id], changes: vec![change] }).unwrap();
    screen.is_late = true;
    screen.keys("<ctrl-s>m<enter>");
    while screen.answer() {}
    screen.is_late = false;
    assert!(screen.text().contains("theirs"), "{}", screen.text());
    assert!(
        matches!(screen.model.popups.last(), Some(prewire::app::popup::Popup::Conflict(_))),
        "{}",
        screen.text()
    );
}
