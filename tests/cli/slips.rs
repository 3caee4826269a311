//! What stands beside a decision: what is owed to people, why it slipped, templates of one's own, the
//! announcement, and what a tracker says of it.

use crate::decisions::{framed, refused, state};
use crate::program::Machine;

#[test]
fn the_last_step_that_belongs_to_no_ritual_is_no_group() {
    let machine = Machine::new();
    machine.ok(&["decision", "add", "Which tier?"]);
    refused(&machine, &["undo", "--group"], "belongs to no ritual");
    assert_eq!(state(&machine, "d1"), "raised");
}

#[test]
fn what_is_owed_and_who_stands_where_is_told_before_and_in_full() {
    let machine = Machine::new();
    framed(&machine);
    machine.ok(&["commitment", "add", "Talk track to:raj due:2026-05-01"]);
    machine.ok(&["person", "edit", "raj", "function:sales"]);
    let told = machine.transcript(
        "prewire decision prewire d1 @raj --held today --stance against --objection 'Too late'
         prewire decision prewire d1 @kim --planned tomorrow
         prewire decision show d1
         prewire person show raj
         prewire decision objection d1 edit 1 --status resolved --answer 'We hire'",
    );
    insta::assert_snapshot!("standing", told);
}

#[test]
fn a_slip_of_strategic_work_is_asked_for_its_cause() {
    let machine = Machine::new();
    machine.ok(&["outcome", "add", "Win more"]);
    machine.ok(&["decision", "add", "Which tier? for:o1 due:2026-05-10"]);
    let told = machine.transcript(
        "prewire decision edit d1 due:2026-05-20
         prewire decision blocker d1 add approval --moved-from 2026-05-10 --moved-to 2026-05-20
         prewire decision edit d1 due:2026-05-30 --cause evidence
         prewire decision edit d1 due:2026-05-12
         prewire decision blocker d1 list",
    );
    insta::assert_snapshot!("slip", told);
}

#[test]
fn a_template_of_ones_own_takes_the_place_of_the_shipped_one() {
    let machine = Machine::new();
    let folder = machine.path("config/prewire/templates");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("launch-tier.md"), "# Ours\nHow we do it.\n\n## Reach\nWho?\n")
        .unwrap();
    std::fs::write(folder.join("board.md"), "# Board\nFor the board.\nkind: nothing\n## Ask\nx\n")
        .unwrap();
    machine.ok(&["decision", "add", "Which tier?"]);
    let told = machine.transcript(
        "prewire decision template list
         prewire decision template launch-tier
         prewire decision template board d1
         prewire decision template launch-tier d1
         prewire decision section d1 list",
    );
    insta::assert_snapshot!("own-templates", told);
}

#[test]
fn a_decision_is_announced() {
    let machine = Machine::new();
    framed(&machine);
    machine.ok(&["asset", "add", "Deck by:d1 due:2026-05-20"]);
    for who in ["@raj", "@dana"] {
        machine.ok(&["decision", "prewire", "d1", who, "--held", "today", "--stance", "for"]);
    }
    assert_eq!(machine.run(&["decision", "announce", "d1"]).code, 4, "nothing was decided yet");
    machine.ok(&["decision", "decide", "d1", "--option", "b", "--rationale", "It ships in May"]);
    insta::assert_snapshot!("announcement", machine.ok(&["decision", "announce", "d1"]));
}

#[test]
fn what_a_tracker_says_of_a_framed_decision_is_followed_by_its_state() {
    let machine = Machine::new();
    let csv = machine.path("b.csv");
    let path = csv.display().to_string();
    let assign = |who: &str| {
        let text = format!("ID,Title,Type,Assignee\n7,Which tier?,decision,{who}\n");
        std::fs::write(&csv, text).unwrap();
        machine.ok(&["import", &path]);
    };
    assign("Maya");
    machine.ok(&["decision", "edit", "d1", "stake:high", "approver:dana"]);
    for name in ["happening", "matters", "now", "risk", "signal"] {
        machine.ok(&["decision", "frame", "d1", &format!("--{name}"), "said"]);
    }
    for text in ["One", "Two"] {
        machine.ok(&["decision", "option", "d1", "add", text, "--gains", "x", "--gives-up", "y"]);
    }
    machine.ok(&["decision", "option", "d1", "edit", "a", "--recommend"]);
    machine.ok(&["decision", "prewire", "d1", "@raj", "--held", "today", "--stance", "for"]);
    assert_eq!(state(&machine, "d1"), "prewiring", "Dana decides and was not spoken to");
    assign("Dana");
    assert_eq!(machine.items(&["decision", "show", "d1"])[0]["owner"], "Dana");
    assert_eq!(state(&machine, "d1"), "ready", "nobody is spoken to by themselves");
}

#[test]
fn a_folder_of_records_comes_back_whole_and_names_what_is_none() {
    let machine = Machine::new();
    machine.ok(&["demo", "--keep", "demo.db"]);
    let all = ["decision", "list", "--closed"];
    machine.ok(&["--db", "demo.db", "export", "madr", "--out", "records/"]);
    std::fs::write(machine.path("records/README.md"), "# Records\n\nOf ours.\n").unwrap();
    let ended = machine.run(&["--db", "other.db", "import", "records"]);
    assert!(ended.err.contains("README.md is no MADR"), "{}", ended.err);
    let told = |db: &str| {
        let mut items = machine.items(&[&["--db", db], all.as_slice()].concat());
        let names = [
            "title",
            "kind",
            "stake",
            "reversibility",
            "needed_by",
            "owner",
            "approver",
            "informed",
            "forum",
            "recommendation",
            "now",
            "signal",
            "probability",
            "default_on",
        ];
        items.sort_by_key(|item| item["title"].to_string());
        items.iter().map(|item| names.map(|name| item[name].clone())).collect::<Vec<_>>()
    };
    assert_eq!(told("demo.db"), told("other.db"));
}

#[test]
fn whoever_asks_is_the_driver_of_what_has_none() {
    let machine = Machine::new();
    machine.ok(&["person", "add", "Maya influence:3"]);
    machine.ok(&["decision", "add", "Mine? stake:high approver:maya forum_on:today"]);
    let refs = |filter: &str| machine.items(&["decision", "list", filter]).len();
    assert_eq!((refs("is:unwired"), refs("is:exception")), (1, 1));
    machine.ok(&["config", "set", "me", "Maya"]);
    // Nobody is spoken to about a question of one's own, unless somebody else drives it.
    assert_eq!((refs("is:unwired"), refs("is:exception")), (0, 0));
    let told = machine.ok(&["decision", "exceptions", "--json"]);
    assert!(told.contains("\"items\":[]"), "{told}");
    machine.ok(&["decision", "edit", "d1", "@jon"]);
    assert_eq!((refs("is:unwired"), refs("is:exception")), (1, 1));
}

#[test]
fn what_is_to_come_was_not_said() {
    let machine = Machine::new();
    framed(&machine);
    refused(
        &machine,
        &["decision", "prewire", "d1", "@dana", "--held", "2026-05-07"],
        "has not come yet",
    );
    machine.ok(&["decision", "prewire", "d1", "@dana", "--held", "today"]);
}
