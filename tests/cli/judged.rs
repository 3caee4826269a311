//! What is said of a decision beside its record: that it is blocked, that a rule was broken in a file of
//! verdicts, that a no offers nothing instead.

use crate::program::Machine;

#[test]
fn a_standup_from_a_file_names_what_it_does_not_take_in_and_ends_with_one() {
    let machine = Machine::new();
    for due in 1..=2 {
        machine.ok(&[
            "decision",
            "add",
            &format!("Question {due}? due:2026-05-0{due} stake:medium"),
        ]);
    }
    let before = machine.ok(&["export", "json"]);
    let ended = machine.fed(&["standup"], "d1 keep\nx because\n");
    assert_eq!(ended.code, 1, "{}", ended.err);
    for words in ["not taken in: d1 keep", "not taken in: x because", "2 lines were not taken in"] {
        assert!(ended.err.contains(words), "{words}\n{}", ended.err);
    }
    assert_eq!(before, machine.ok(&["export", "json"]));
    // What is right is taken in beside what is not; what nobody asks for any more is named too.
    let ended = machine.fed(&["standup"], "nonsense\n\n\none more\n");
    assert_eq!(ended.code, 1, "{}", ended.err);
    assert!(ended.out.contains("2 kept as they are"), "{}", ended.out);
    assert!(ended.err.contains("nothing was left to ask: one more"), "{}", ended.err);
    let whole = machine.fed(&["standup"], "\n\n");
    assert_eq!(whole.code, 0, "{}", whole.err);
}

#[test]
fn a_standup_that_was_taken_back_and_done_again_keeps_its_name_in_the_history() {
    let machine = Machine::new();
    machine.ok(&["config", "set", "me", "Maya"]);
    for due in 1..=3 {
        machine.ok(&["decision", "add", &format!("Question {due}? due:2026-05-0{due}")]);
    }
    machine.fed(&["standup"], "\nw fri\nq\n");
    machine.ok(&["undo"]);
    machine.ok(&["undo"]);
    let history = machine.ok(&["history"]);
    let name = "Maya  undid: Standup, Wed 6 May 2026: 2 steps";
    assert!(history.contains(name), "{history}");
    machine.ok(&["redo"]);
    machine.ok(&["redo"]);
    let history = machine.ok(&["history"]);
    assert!(history.contains("redid: Standup, Wed 6 May 2026: 2 steps"), "{history}");
    let whole = machine.run(&["undo", "--group"]);
    assert!(whole.err.contains("undid: Standup, Wed 6 May 2026: 2 steps"), "{}", whole.err);
}

#[test]
fn what_waits_for_another_is_called_blocked_in_every_list() {
    let machine = Machine::new();
    machine.ok(&["decision", "add", "Which tier?"]);
    machine.ok(&["decision", "add", "Which page? by:d1"]);
    let row = |text: String| text.lines().find(|line| line.starts_with("d2")).unwrap().to_owned();
    assert!(row(machine.ok(&["decision", "list"])).contains("blocked"));
    assert!(row(machine.ok(&["decision", "list", "--plain"])).contains("\tblocked\t"));
    let items = machine.items(&["decision", "list"]);
    let second = items.iter().find(|item| item["ref"] == "d2").unwrap();
    assert_eq!((&second["state"], &second["blocked"]), (&"raised".into(), &true.into()));
    assert!(machine.ok(&["decision", "show", "d2"]).contains("raised, blocked"));
    let refused = machine.run(&["decision", "list", "state:blocked"]);
    assert!(refused.err.contains("is:blocked finds what waits"), "{}", refused.err);
    machine.ok(&["decision", "decide", "d1", "--rationale", "Tier 2"]);
    assert!(row(machine.ok(&["decision", "list", "--plain"])).contains("\traised\t"));
    // What `--json` printed is taken in again.
    let json = machine.ok(&["decision", "list", "--json"]);
    assert_eq!(machine.fed(&["decision", "add", "-", "--dry-run"], &json).code, 0);
}

#[test]
fn a_review_does_not_free_again_what_the_answer_freed() {
    let machine = Machine::new();
    machine.ok(&["decision", "add", "Which tier? signal:\"45 %\""]);
    machine.ok(&["asset", "add", "Deck by:d1"]);
    let decided = machine.run(&["decision", "decide", "d1", "--rationale", "Tier 2"]);
    assert!(decided.err.contains("a1 unblocked"), "{}", decided.err);
    let review = ["decision", "review", "d1", "--worked", "yes", "--happened", "It held"];
    let reviewed = machine.run(&review);
    assert!(!reviewed.err.contains("unblocked"), "{}", reviewed.err);
    let again = machine.run(&review);
    assert!(again.err.contains("Try: prewire decision show d1"), "{}", again.err);
}

#[test]
fn a_no_without_options_is_flagged() {
    let machine = Machine::new();
    machine.ok(&["decision", "add", "Which tier?"]);
    let bare = machine.run(&["decision", "pushback", "d1", "add", "It will not land"]);
    assert!(bare.err.contains("pushback 1 of d1 offers no options"), "{}", bare.err);
    assert!(machine.ok(&["decision", "show", "d1"]).contains("without options"));
    let whole = machine.run(&["decision", "pushback", "d1", "edit", "1", "--instead", "A; or B"]);
    assert!(!whole.err.contains("no options"), "{}", whole.err);
    assert!(!machine.ok(&["decision", "show", "d1"]).contains("without options"));
    let up = machine.run(&["decision", "escalate", "d1", "we need a second pair of hands"]);
    assert!(up.err.contains("d1 goes up without options to choose from"), "{}", up.err);
}

#[test]
fn a_cause_without_days_is_that_of_the_last_slip() {
    let machine = Machine::new();
    machine.ok(&["outcome", "add", "Win more due:2026-06-30"]);
    machine.ok(&["bet", "add", "Fewer steps for:o1"]);
    machine.ok(&["decision", "add", "Which tier? due:2026-05-10 for:b1"]);
    machine.ok(&["decision", "edit", "d1", "--needed-by", "2026-05-20"]);
    machine.ok(&["decision", "blocker", "d1", "add", "approval"]);
    machine.ok(&["decision", "blocker", "d1", "add", "evidence"]);
    let found = machine.items(&["decision", "show", "d1"]).remove(0);
    let blockers = &found["blockers"];
    assert_eq!(blockers[0]["moved_from"], "2026-05-10");
    assert_eq!(blockers[0]["moved_to"], "2026-05-20");
    assert!(blockers[1]["moved_from"].is_null(), "one slip has one cause of its days");
}

#[test]
fn a_page_of_what_is_not_framed_says_what_is_missing() {
    let machine = Machine::new();
    machine.ok(&["decision", "add", "Which tier? stake:medium"]);
    machine.ok(&["decision", "template", "positioning-review", "d1"]);
    let page = machine.ok(&["decision", "page", "d1"]);
    assert!(page.contains("Not framed yet; it needs what is happening"), "{page}");
    assert!(
        page.contains("## Positioning review\n\n### Audience\n\nNothing is said of it yet"),
        "{page}"
    );
}

#[test]
fn a_rule_that_was_set_aside_is_told_by_its_day() {
    let machine = Machine::new();
    machine.ok(&["person", "add", "Dana", "--influence", "3"]);
    machine.ok(&["decision", "add", "Which tier? stake:high approver:dana"]);
    let frame = r#"{"happening":"h","matters":"m","now":"n","risk":"r","signal":"s","options":[
        {"text":"A","gains":"g","gives_up":"x"},{"text":"B","gains":"g","gives_up":"x","recommended":true}]}"#;
    machine.fed(&["decision", "frame", "d1", "-"], frame);
    let words = ["--rationale", "so", "--override", "no time", "--override-by", "Maya"];
    machine.ok(&[&["decision", "decide", "d1"], &words[..]].concat());
    let shown = machine.ok(&["decision", "show", "d1"]);
    assert!(shown.contains("no time; rule I3; by Maya; on Wed 6 May; missing Dana"), "{shown}");
}

#[test]
fn what_was_linked_after_an_answer_that_was_taken_back_counts_for_the_next() {
    let machine = Machine::new();
    let on = |day: &str, words: &[&str]| machine.ok(&[&["--today", day], words].concat());
    let add = ["evidence", "add", "They ask twice seg:mid stage:proposal"];
    on("2026-04-01", &[&add[..], &["--captured-on", "2026-04-01"]].concat());
    on("2026-04-01", &["decision", "add", "Which tier?"]);
    on("2026-05-03", &["decision", "decide", "d1", "--rationale", "a"]);
    on("2026-05-04", &["decision", "basis", "d1", "add", "e1"]);
    let told = on("2026-05-04", &["decision", "show", "d1"]);
    assert!(told.contains("linked after deciding, so it does not count"), "{told}");
    on("2026-05-05", &["decision", "reopen", "d1", "--reason", "new facts"]);
    on("2026-05-10", &["decision", "decide", "d1", "--rationale", "b"]);
    let told = on("2026-05-10", &["decision", "show", "d1"]);
    assert!(told.contains("39 d before it was decided"), "{told}");
    assert!(!told.contains("does not count"), "{told}");
}

#[test]
fn a_verb_that_changes_nothing_says_so() {
    let machine = Machine::new();
    machine.ok(&["decision", "add", "Which tier?"]);
    let defer = ["decision", "defer", "d1", "--until", "2026-05-12", "--reason", "later"];
    machine.ok(&defer);
    let again = machine.run(&defer);
    assert!(again.err.contains("nothing changed"), "{}", again.err);
    assert_eq!(machine.ok(&["history"]).lines().count(), 2);
}
