//! What makes a decision urgent, in the words of the day: put off and back, a forum that is near, a
//! default whose day has come or gone.

use crate::decisions::{framed, refused};
use crate::program::Machine;

/// What `prewire today` says on a day, standard output alone.
fn today(machine: &Machine, day: &str) -> String {
    machine.ok(&["--today", day, "today"])
}

fn line<'a>(text: &'a str, reference: &str) -> &'a str {
    text.lines().find(|line| line.starts_with(reference)).unwrap_or_default()
}

#[test]
fn what_is_put_off_leaves_the_day_until_it_is_back_and_says_so() {
    let machine = Machine::new();
    machine.ok(&["decision", "add", "Which tier?"]);
    machine.ok(&["decision", "add", "Which price? stake:high"]);
    machine.ok(&["decision", "defer", "d1", "--until", "2026-05-08"]);
    assert_eq!(line(&today(&machine, "2026-05-07"), "d1"), "");
    let back = today(&machine, "2026-05-08");
    assert!(line(&back, "d1").contains("back from deferral"), "{back}");
    let later = today(&machine, "2026-05-09");
    assert!(line(&later, "d1").contains("back from deferral 1 day ago"), "{later}");
    assert!(!line(&later, "d1").contains("late"), "{later}");
    let due = machine.ok(&["--today", "2026-05-09", "due"]);
    assert!(line(&due, "! d1").contains("-1 d") || due.contains("−1 d"), "{due}");
    let exceptions = machine.ok(&["--today", "2026-05-08", "decision", "exceptions"]);
    assert!(exceptions.contains("back from deferral"), "{exceptions}");
    let found = machine.ok(&["--today", "2026-05-08", "decision", "list", "is:exception"]);
    assert!(found.contains("Which tier?"), "{found}");
}

#[test]
fn a_forum_that_is_near_says_how_many_were_spoken_to() {
    let machine = Machine::new();
    framed(&machine);
    let near = today(&machine, "2026-05-06");
    assert!(line(&near, "d1").contains("forum in 2 days, 0 of 2 pre-wired"), "{near}");
    machine.ok(&["decision", "prewire", "d1", "@dana", "--held", "today", "--stance", "for"]);
    let forum = today(&machine, "2026-05-08");
    assert!(line(&forum, "d1").contains("forum today, 1 of 2 pre-wired"), "{forum}");
    machine.ok(&["decision", "edit", "d1", "--forum-on", "2026-06-30"]);
    let far = today(&machine, "2026-05-08");
    assert!(line(&far, "d1").contains("1 of 2 pre-wired"), "{far}");
    assert!(!line(&far, "d1").contains("forum"), "{far}");
}

#[test]
fn a_default_names_its_option_is_taken_on_its_day_and_lapses_after_it() {
    let machine = Machine::new();
    framed(&machine);
    machine.ok(&["decision", "edit", "d1", "--stake", "medium"]);
    let refused = machine.run(&["decision", "frame", "d1", "--default-option", "c"]);
    assert_eq!(refused.code, 4, "{}", refused.err);
    assert!(refused.err.contains("no option c to take by default"), "{}", refused.err);
    machine.ok(&["decision", "frame", "d1", "--default-option", "a", "--default-on", "2026-05-08"]);
    let shown = machine.ok(&["decision", "show", "d1"]);
    assert!(shown.contains("Own event"), "{shown}");
    let day = today(&machine, "2026-05-08");
    assert!(line(&day, "d1").contains("Own event unless somebody objects"), "{day}");
    let over = today(&machine, "2026-05-10");
    assert!(line(&over, "d1").contains("nobody took it"), "{over}");
    let all = machine.ok(&["--today", "2026-05-10", "decision", "exceptions"]);
    assert!(all.contains("its default was due 2 days ago"), "{all}");
    // Without another word it is the option of the default, not the recommended one.
    machine.ok(&["--today", "2026-05-10", "decision", "decide", "d1"]);
    let item = &machine.items(&["decision", "show", "d1"])[0];
    assert_eq!(item["chosen"], "a");
    let why = item["rationale"].as_str().unwrap();
    assert!(why.starts_with("Nobody objected by 8 May 2026"), "{why}");
}

#[test]
fn a_default_moves_with_its_option_and_goes_with_it() {
    let machine = Machine::new();
    framed(&machine);
    machine.ok(&["decision", "frame", "d1", "--default-option", "a"]);
    machine.ok(&["decision", "option", "d1", "rm", "a"]);
    let item = &machine.items(&["decision", "show", "d1"])[0];
    assert!(item["default_option"].is_null(), "{item}");
}

#[test]
fn what_was_bet_on_stands_still_and_what_is_resolved_was_answered() {
    let machine = Machine::new();
    framed(&machine);
    machine.ok(&["decision", "objection", "d1", "add", "Too late"]);
    let bare = ["decision", "objection", "d1", "edit", "1", "--status", "resolved"];
    refused(&machine, &bare, "needs its answer");
    machine.ok(&[&bare[..], &["--answer", "We hire"]].concat());
    machine.ok(&["decision", "frame", "d1", "--reads-on", "2026-06-20"]);
    let why = "They agreed on the phone";
    machine.ok(&[
        "decision",
        "decide",
        "d1",
        "--rationale",
        "r",
        "--override",
        why,
        "--override-by",
        "Maya",
    ]);
    for (flag, value) in
        [("--reads-on", "2026-12-31"), ("--contributors", "dana"), ("--forum", "Another")]
    {
        refused(&machine, &["decision", "edit", "d1", flag, value], "(I4)");
    }
}

#[test]
fn a_promise_that_was_kept_late_stays_late() {
    let machine = Machine::new();
    machine.ok(&["commitment", "add", "Talk track to:raj due:2026-05-01"]);
    machine.ok(&["commitment", "keep", "y1"]);
    refused(
        &machine,
        &["commitment", "edit", "y1", "--due", "2026-05-20"],
        "the day that it was due stays",
    );
}

#[test]
fn our_own_record_is_known_again_under_any_name() {
    let machine = Machine::new();
    framed(&machine);
    machine.ok(&["export", "madr", "d1", "--out", "x.md"]);
    let again = machine.run(&["import", "x.md"]);
    assert!(again.err.contains("is d1 as it stands here"), "{}", again.err);
    assert_eq!(machine.items(&["decision", "list", "--closed"]).len(), 1);
    let text = std::fs::read_to_string(machine.path("x.md")).unwrap();
    let edited = text
        .replace("status: \"proposed\"", "status: \"accepted\"")
        .replace("\nh\n", "\nTwo rivals\n");
    assert_ne!(text, edited);
    std::fs::write(machine.path("other.md"), edited).unwrap();
    let told = machine.run(&["import", "other.md"]);
    assert!(told.err.contains("d1 is open here"), "{}", told.err);
    let all = machine.items(&["decision", "list", "--closed"]);
    assert_eq!((all.len(), &all[0]["happening"]), (1, &"Two rivals".into()));
    assert_eq!(all[0]["state"], "framed");
    let foreign =
        "---\nstatus: superseded by ADR-0009\n---\n\n# Old one\n\n## Considered Options\n\n* A\n";
    std::fs::write(machine.path("adr.md"), foreign).unwrap();
    machine.ok(&["import", "adr.md"]);
    assert!(machine.ok(&["decision", "show", "d2"]).contains("Superseded by ADR-0009"));
}
