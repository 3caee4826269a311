//! Sessions as they stand on a screen.

use crate::program::Machine;

#[test]
fn a_first_morning() {
    let machine = Machine::new();
    insta::assert_snapshot!(machine.transcript(
        r#"
        prewire
        prewire decision list
        prewire decision add "Who is the ICP in fintech? due:fri @maya kind:icp-boundary stake:high"
        prewire decision add Which tier is Atlas? "forum:GTM weekly" --stake medium --approver Dana due:2026-05-01 +launch -- from the offsite
        prewire asset add "Battlecard vs Rivo kind:battlecard by:d1 est:3h due:eow"
        prewire decision list
        prewire decision list @maya due:week
        prewire decision list is:blocked
        prewire decision show d2
        prewire decision edit d1 --approver raj --stake low p:1 -nothere
        prewire decision decide d1 --rationale "Mid-market, with Raj"
        prewire asset list
        prewire today
        prewire next
        "#
    ));
}

#[test]
fn the_verbs_of_every_kind() {
    let machine = Machine::new();
    insta::assert_snapshot!(machine.transcript(
        r#"
        prewire outcome add 'Win rate metric:"Win rate of Q2" baseline:24 target:30 unit:% due:eoq'
        prewire bet add Lead with rollout proof for:o1 confidence:60
        prewire asset add Deck --kind deck --due fri
        prewire asset link a1 b1
        prewire asset move a1 doing
        prewire asset challenge a1 --note "Who asked for it?"
        prewire asset ship a1
        prewire asset ship a1
        prewire decision add "Do we ship? stake:low"
        prewire decision defer d1 next fri
        prewire decision defer d1 --until 2026-05-01
        prewire decision reopen d1 --reason "Raj asked"
        prewire decision drop d1
        prewire decision drop d1 It solved itself
        prewire request add "Deck for Acme renewal from:sam est:2h due:tomorrow"
        prewire request turn r1 decision
        prewire request list
        prewire outcome complete o1 --lesson 'Dates sell'
        prewire outcome list --closed
        prewire person list
        "#
    ));
}

#[test]
fn undo_redo_and_history_in_words() {
    let machine = Machine::new();
    insta::assert_snapshot!(machine.transcript(
        r#"
        prewire undo
        prewire decision add "Who is it? @maya due:fri +icp"
        prewire redo
        prewire decision edit d1 --owner Raj --due none -icp +fintech
        prewire decision add Second blocks:d1
        prewire undo
        prewire redo
        prewire history
        prewire history d1
        prewire undo --op 2
        prewire undo --op 2
        prewire undo --op 99
        prewire history d1 --limit 1
        "#
    ));
}

#[test]
fn the_trash() {
    let machine = Machine::new();
    insta::assert_snapshot!(machine.transcript(
        r"
        prewire decision add One
        prewire decision add Two
        prewire trash list
        prewire decision rm d1,d2
        prewire decision list
        prewire trash list
        prewire decision edit d1 due:fri
        prewire trash restore d1
        prewire trash purge d2
        prewire trash purge d2 --no-input
        prewire trash purge d2 --yes --dry-run
        prewire trash purge d2 --yes
        prewire trash purge --all --yes
        prewire show d2
        prewire undo
        prewire trash list
        "
    ));
}

#[test]
fn a_fourth_outcome_asks_which_to_drop() {
    let machine = Machine::new();
    insta::assert_snapshot!(machine.transcript(
        r"
        prewire outcome add One
        prewire outcome add Two
        prewire outcome add Three
        prewire outcome add Four
        prewire outcome add Four --drop o2
        prewire outcome list --closed
        prewire undo
        prewire outcome list
        "
    ));
}

#[test]
fn flags_of_many_values_set_add_and_remove() {
    let machine = Machine::new();
    machine.ok(&["decision", "add", "One", "--tags", "a,b"]);
    machine.ok(&["asset", "add", "Deck"]);
    machine.ok(&["asset", "add", "Page"]);
    let tags = |words: &[&str]| {
        machine.ok(&[&["decision", "edit", "d1"], words].concat());
        machine.items(&["show", "d1"])[0]["tags"].clone()
    };
    assert_eq!(tags(&["--tags", "+c,-a"]), serde_json::json!(["b", "c"]));
    assert_eq!(tags(&["--tags", "x"]), serde_json::json!(["x"]));
    assert_eq!(tags(&["--tags", "-x"]), serde_json::json!([]));
    assert_eq!(tags(&["+y", "+z", "-y"]), serde_json::json!(["z"]));
    assert_eq!(tags(&["--tags", "none"]), serde_json::json!([]));
    let blocks = |words: &[&str]| {
        machine.ok(&[&["decision", "edit", "d1"], words].concat());
        machine.items(&["show", "d1"])[0]["blocks"].clone()
    };
    assert_eq!(blocks(&["blocks:a1"]), serde_json::json!(["a1"]));
    assert_eq!(blocks(&["blocks:a2"]), serde_json::json!(["a1", "a2"]));
    assert_eq!(blocks(&["--blocks", "-a1"]), serde_json::json!(["a2"]));
    assert_eq!(blocks(&["--blocks", "a1"]), serde_json::json!(["a1"]));
    assert_eq!(blocks(&["--blocks", "none"]), serde_json::json!([]));
}

#[test]
fn lists_are_sorted_turned_and_cut() {
    let machine = Machine::new();
    machine.fed(&["asset", "add", "-"], "C p:2\nA p:1\nB p:3\n");
    let titles = |words: &[&str]| -> Vec<String> {
        let items = machine.items(&[&["asset", "list"], words].concat());
        items.iter().map(|item| item["title"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(titles(&[]), ["A", "C", "B"]);
    assert_eq!(titles(&["--reverse"]), ["B", "C", "A"]);
    assert_eq!(titles(&["--sort", "title"]), ["A", "B", "C"]);
    assert_eq!(titles(&["--sort", "title", "--reverse"]), ["C", "B", "A"]);
    assert_eq!(titles(&["--sort", "ref"]), ["C", "A", "B"]);
    assert_eq!(titles(&["--limit", "1", "--offset", "1"]), ["C"]);
    assert_eq!(titles(&["p<=2"]), ["A", "C"]);
    let ended = machine.run(&["asset", "list", "--limit", "1"]);
    assert_eq!(ended.err, "… 2 more, --limit 0 shows all\n");
}

#[test]
fn several_refs_before_the_words_are_edited_as_one_step() {
    let machine = Machine::new();
    for title in ["One? +old", "Two?", "Three?"] {
        machine.ok(&["decision", "add", title]);
    }
    let edited = machine.items(&["decision", "edit", "d1", "D2", "p:1", "+new"]);
    let titles: Vec<_> = edited.iter().map(|item| item["title"].clone()).collect();
    assert_eq!(titles, ["One?", "Two?"]);
    assert_eq!(edited[0]["tags"], serde_json::json!(["new", "old"]));
    assert!(machine.run(&["history"]).out.contains("2 decisions: priority, +new"));
    machine.ok(&["undo"]);
    assert_eq!(machine.items(&["decision", "list", "p:none"]).len(), 3);
    machine.ok(&["edit", "d2", "d3", "due:next", "fri"]);
    assert_eq!(machine.items(&["decision", "list", "due=15", "may"]).len(), 2);
}

#[test]
fn the_reason_that_a_verb_asks_for_is_kept() {
    let machine = Machine::new();
    machine.ok(&["decision", "add", "One? -- Ask Raj"]);
    machine.ok(&["asset", "add", "Deck"]);
    machine.ok(&["decision", "decide", "d1", "--rationale", "Speed"]);
    machine.ok(&["decision", "reopen", "d1", "--reason", "New facts"]);
    machine.ok(&["asset", "retire", "a1", "--reason", "Nobody opens it"]);
    let reopened = &machine.items(&["decision", "show", "d1"])[0];
    assert_eq!((&reopened["note"], &reopened["state"]), (&"Ask Raj".into(), &"raised".into()));
    let version = &reopened["versions"][0];
    assert_eq!((&version["key"], &version["reason"]), (&"1".into(), &"New facts".into()));
    assert!(version["record"].as_str().unwrap().contains("rationale: Speed"), "{version}");
    let note = "Retired on 2026-05-06: Nobody opens it";
    assert_eq!(machine.items(&["asset", "show", "a1"])[0]["note"], note);
}

#[test]
fn one_approver_is_one_person() {
    let machine = Machine::new();
    assert_eq!(machine.run(&["decision", "add", "One? approver:raj,ana"]).code, 4);
    machine.ok(&["decision", "add", "One?"]);
    assert_eq!(machine.run(&["decision", "edit", "d1", "--approver", "raj, ana"]).code, 4);
    assert!(machine.items(&["person", "list"]).is_empty());
}

#[test]
fn a_decision_without_a_stake_is_decided_like_one_of_low_stake() {
    let machine = Machine::new();
    machine.ok(&["decision", "add", "One? stake:none"]);
    machine.ok(&["decision", "decide", "d1", "--rationale", "Speed"]);
}

#[test]
fn a_mistyped_key_is_no_new_title() {
    let machine = Machine::new();
    machine.ok(&["decision", "add", "One?"]);
    let ended = machine.run(&["decision", "edit", "d1", "priorty:1"]);
    assert_eq!(ended.code, 4);
    assert!(ended.err.contains("Did you mean priority:?"), "{}", ended.err);
    machine.ok(&["decision", "edit", "d1", "Launch: which tier?"]);
    assert_eq!(machine.items(&["decision", "show", "d1"])[0]["title"], "Launch: which tier?");
}

#[test]
fn the_dry_run_of_an_import_ends_as_the_import_would() {
    let machine = Machine::new();
    std::fs::write(machine.path("bad.csv"), "Title,Due\nOne,soon\nTwo,2026-05-08\n").unwrap();
    assert_eq!(machine.run(&["import", "bad.csv", "--dry-run"]).code, 4);
    assert_eq!(machine.run(&["import", "bad.csv", "--dry-run", "--skip-bad"]).code, 0);
}

#[test]
fn one_edit_reaches_items_of_several_kinds() {
    let machine = Machine::new();
    insta::assert_snapshot!(machine.transcript(
        r"
        prewire decision add Who is the ICP?
        prewire asset add Battlecard
        prewire edit d1,a1 +atlas due:fri
        prewire edit d1,a1 est:2h
        prewire edit a1,d1 est:2h
        prewire show d1 a1
        prewire undo
        "
    ));
}

#[test]
fn a_name_that_many_bear_lists_some_and_counts_the_rest() {
    let machine = Machine::new();
    for number in 1..=11 {
        machine.ok(&["decision", "add", &format!("Do we ship {number:02}?")]);
    }
    let ended = machine.run(&["decision", "show", "do we"]);
    assert_eq!(ended.code, 3);
    assert!(ended.err.contains("d8 Do we ship 08?; and 3 more"), "{}", ended.err);
}

#[test]
fn an_outcome_of_a_later_quarter_is_none_of_the_three_of_this_one() {
    let machine = Machine::new();
    for title in ["One", "Two", "Three due:eoq"] {
        machine.ok(&["outcome", "add", title]);
    }
    let ended = machine.run(&["outcome", "add", "Four"]);
    assert_eq!(ended.code, 4);
    assert!(ended.err.contains("or quarter:2026-Q3 where"), "{}", ended.err);
    machine.ok(&["outcome", "add", "Four due:2026-09-30"]);
    machine.ok(&["outcome", "add", "Five due:2026-09-30 quarter:2027-Q4"]);
    let outcomes = machine.items(&["outcome", "list"]);
    let quarters: Vec<_> = outcomes.iter().filter_map(|one| one["quarter"].as_str()).collect();
    let count = |quarter: &str| quarters.iter().filter(|one| **one == quarter).count();
    assert_eq!((count("2026-Q2"), count("2026-Q3"), count("2027-Q4")), (3, 1, 1));
}

#[test]
fn a_backup_goes_into_no_folder_that_is_not_there() {
    let machine = Machine::new();
    machine.ok(&["decision", "add", "Which tier?"]);
    let ended = machine.run(&["backup", "stick/plan.db"]);
    assert_eq!(ended.code, 3);
    assert!(ended.err.contains("there is no folder stick"), "{}", ended.err);
    assert!(!machine.path("stick").exists());
}
