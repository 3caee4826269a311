//! What is typed on the command line and what is meant by it: flags beside tokens, names that look
//! like refs, files that only look alike.

use crate::program::Machine;

#[test]
fn an_edit_of_any_kind_takes_flags_as_well() {
    let machine = Machine::new();
    machine.ok(&["--today", "2026-05-06", "asset", "add", "Deck"]);
    machine.ok(&["--today", "2026-05-06", "edit", "a1", "--due", "fri", "--tags", "+new"]);
    let item = &machine.items(&["--today", "2026-05-06", "show", "a1", "--json"])[0];
    assert_eq!(item["due"], "2026-05-08");
    assert_eq!(item["tags"], serde_json::json!(["new"]));
    let ended = machine.run(&["edit", "a1", "--dew", "fri"]);
    assert_eq!(ended.code, 2, "{}", ended.err);
}

#[test]
fn a_field_is_said_once() {
    let machine = Machine::new();
    let ended = machine.run(&["asset", "add", "T2 due:fri", "--due", "mon"]);
    assert_eq!(ended.code, 2);
    assert!(ended.err.contains("due is there twice: as a token and as --due"), "{}", ended.err);
    machine.ok(&["asset", "add", "T1"]);
    let ended = machine.run(&["asset", "edit", "a1", "due:fri", "--due", "mon"]);
    assert_eq!(ended.code, 2, "{}", ended.err);
    assert!(machine.items(&["asset", "list", "--json"])[0]["due"].is_null());
}

#[test]
fn a_title_that_begins_like_a_ref_can_be_named() {
    let machine = Machine::new();
    machine.ok(&["decision", "add", "Q1 pricing: do we raise?"]);
    machine.ok(&["asset", "add", "A4 one pager"]);
    assert!(machine.ok(&["decision", "show", "q1"]).contains("Q1 pricing"));
    assert!(machine.ok(&["asset", "show", "a4"]).contains("A4 one pager"));
    assert!(machine.ok(&["asset", "show", "a1"]).contains("A4 one pager"));
    let ended = machine.run(&["decision", "show", "a1"]);
    assert_eq!((ended.code, ended.err.contains("a1 is an asset")), (3, true), "{}", ended.err);
}

#[test]
fn two_tables_that_count_from_one_do_not_meet() {
    let machine = Machine::new();
    let (one, other) = (machine.path("ta.csv"), machine.path("tb.csv"));
    std::fs::write(&one, "ID,Title,Owner\n1,Team A deck,maya\n").unwrap();
    std::fs::write(&other, "ID,Title,Owner\n1,Team B webinar,raj\n").unwrap();
    let paths = [one.to_str().unwrap(), other.to_str().unwrap()];
    machine.ok(&["import", paths[0]]);
    machine.ok(&["import", paths[1]]);
    let titles = |machine: &Machine| -> Vec<String> {
        let items = machine.items(&["asset", "list", "--json"]);
        let mut titles: Vec<String> =
            items.iter().map(|item| item["title"].as_str().unwrap().to_owned()).collect();
        titles.sort();
        titles
    };
    assert_eq!(titles(&machine), ["Team A deck", "Team B webinar"]);
    // The same table of another day changes what it made.
    let later = machine.path("ta 2026-05-07.csv");
    std::fs::write(&later, "ID,Title,Owner\n1,Team A deck v2,maya\n").unwrap();
    machine.ok(&["import", later.to_str().unwrap()]);
    assert_eq!(titles(&machine), ["Team A deck v2", "Team B webinar"]);
}

#[test]
fn a_card_that_was_decided_was_raised_before() {
    let machine = Machine::new();
    let board = machine.path("board.json");
    let text = r#"{"lists":[{"id":"l1","name":"Done"}],"cards":[
      {"id":"66378d8f1c9b2a0d4e5f6a7b","name":"Which tier?","idList":"l1","dueComplete":true,
       "dateLastActivity":"2026-02-01T10:00:00.000Z","labels":[{"name":"Decision"}]},
      {"id":"no-id-of-trello","name":"Which price?","idList":"l1","dueComplete":true,
       "dateLastActivity":"2026-02-03T10:00:00.000Z","labels":[{"name":"Decision"}]}]}"#;
    std::fs::write(&board, text).unwrap();
    machine.ok(&["import", board.to_str().unwrap()]);
    let items = machine.items(&["decision", "list", "--closed", "--json"]);
    let days: Vec<(&str, &str)> = items
        .iter()
        .map(|item| (item["raised_on"].as_str().unwrap(), item["decided_on"].as_str().unwrap()))
        .collect();
    assert!(days.contains(&("2024-05-05", "2026-02-01")), "{days:?}");
    assert!(days.contains(&("2026-02-03", "2026-02-03")), "{days:?}");
}

#[test]
fn the_history_tells_what_an_item_was_made_with() {
    let machine = Machine::new();
    machine.ok(&["--today", "2026-05-06", "decision", "add", "Who? due:fri stake:high +x"]);
    machine.ok(&["--today", "2026-05-06", "decision", "edit", "d1", "stake:low"]);
    let told = machine.ok(&["--today", "2026-05-06", "history", "d1"]);
    for words in ["stake: high → low", "stake: high\n", "needed by: ", "tags: +x"] {
        assert!(told.contains(words), "{words}: {told}");
    }
}

#[test]
fn small_mistakes_have_clear_sentences() {
    let machine = Machine::new();
    machine.ok(&["asset", "add", "Deck"]);
    machine.ok(&["view", "save", "open", "asset", "state:idea"]);
    let backup = machine.path("kept.db");
    std::fs::write(&backup, "mine").unwrap();
    let backup = backup.to_str().unwrap();
    for (words, code, part) in [
        (&["export", "csv", "aset"][..], 2, "Did you mean asset?"),
        (&["export", "csv", "zzz"], 2, "“zzz” is no list"),
        (&["config", "set"], 2, "NAME and VALUE are missing"),
        (&["--readonly", "config", "set", "me", "Bob"], 16, ""),
        (&["backup", backup], 5, "never replaces a file"),
        (&["restore", "nosuch"], 3, "no snapshot is called “nosuch”"),
        (&["decision", "delete", "d1"], 2, "Did you mean rm?"),
        (&["remove", "d1"], 2, "Did you mean prewire rm?"),
        (&["settings"], 2, "Did you mean prewire config?"),
        (&["new"], 2, "Did you mean prewire decision add?"),
        (&["asset", "create", "x"], 2, "Did you mean add?"),
        (&["ls"], 2, "Did you mean prewire decision list?"),
        (&["--view", "open"], 2, "For its list: prewire asset list --view \"open\""),
        (&["--view", "nosuch"], 3, "no view is called “nosuch”"),
        (&["--view", "nosuch", "asset", "list"], 2, "name it behind"),
    ] {
        let ended = machine.run(words);
        assert_eq!(ended.code, code, "{words:?}: {}", ended.err);
        assert!(ended.err.contains(part), "{words:?}: {}", ended.err);
    }
    assert_eq!(std::fs::read_to_string(backup).unwrap(), "mine");
    // What can only be asked at a terminal ends as such, and purges nothing.
    machine.ok(&["asset", "rm", "a1"]);
    let purge = machine.run(&["trash", "purge", "a1"]);
    assert!(purge.code == 19 && purge.err.contains("--yes"), "{} {}", purge.code, purge.err);
    machine.ok(&["trash", "restore", "a1"]);
    machine.ok(&["backup"]);
    let restore = machine.run(&["restore", "nosuch"]);
    assert!(restore.code == 3 && restore.err.contains("here are "), "{}", restore.err);
    machine.ok(&["asset", "retire", "a1", "--reason", "old"]);
    let after = machine.run(&["asset", "challenge", "a1", "--note", "x"]);
    assert!(after.code == 4 && after.err.contains("retired"), "{}", after.err);
    machine.ok(&["undo"]);
    machine.ok(&["person", "add", "Jon"]);
    assert!(machine.run(&["person", "edit", "u1", "name:Raj"]).code == 0);
    // What is asked of several is asked once.
    let several = machine.fed(&["asset", "add", "-"], "One more\nAnd another\n");
    assert_eq!(several.err.matches("which moment").count(), 1, "{}", several.err);
    machine.fed(&["asset", "add", "-"], "\u{feff}First line\n");
    assert!(
        machine
            .items(&["asset", "list", "--json"])
            .iter()
            .any(|item| item["title"] == "First line")
    );
}

#[test]
fn a_file_that_is_refused_makes_no_workspace() {
    let machine = Machine::new();
    let file = machine.path("bad.csv");
    std::fs::write(&file, "Title,Owner\nWebinar,maya\nshort\n").unwrap();
    let ended = machine.run(&["import", file.to_str().unwrap()]);
    assert!(ended.code == 4 && ended.err.contains("it has 1 cell,"), "{}", ended.err);
    assert_eq!(machine.run(&["asset", "list"]).code, 10, "no workspace is left behind");
    let json = machine.path("a.json");
    std::fs::write(&json, "{\"cards\":{\"a\":1}}").unwrap();
    let ended = machine.run(&["import", json.to_str().unwrap()]);
    assert!(ended.err.contains("something else stands where a list belongs"), "{}", ended.err);
}

#[test]
fn a_filter_reads_what_others_write() {
    let machine = Machine::new();
    for line in ["One @maya due:2026-05-08", "Two @jon due:2026-05-11", "Three @raj"] {
        machine.ok(&["--today", "2026-05-06", "asset", "add", line]);
    }
    let count = |words: &[&str]| {
        machine
            .items(&[&["--today", "2026-05-06", "asset", "list", "--json"], words].concat())
            .len()
    };
    assert_eq!(count(&["@maya", "OR", "@jon"]), 2);
    assert_eq!(count(&["due!=2026-05-08"]), 2);
    // A sign before a term turns it round, as it does before a tag.
    for word in ["-due:2026-05-08", "!due:2026-05-08", "-@maya", "-kind:none"] {
        assert_eq!(count(&[word]), if word == "-kind:none" { 0 } else { 2 }, "{word}");
    }
    assert_eq!(count(&["-is:blocked"]), 3);
    assert_eq!(count(&["-is:open"]), 0);
    assert_eq!(count(&["-none"]), 3, "a tag that nothing has");
    let ended = machine.run(&["asset", "list", "(@maya"]);
    assert!(ended.err.contains("a bracket is not closed"), "{}", ended.err);
    let ended = machine.run(&["asset", "list", "@maya or"]);
    assert!(ended.err.contains("nothing stands after “or”"), "{}", ended.err);
}

#[test]
fn many_items_are_changed_behind_a_snapshot() {
    let machine = Machine::new();
    let lines: Vec<String> = (0..30).map(|at| format!("Item {at}")).collect();
    machine.fed(&["asset", "add", "-"], &lines.join("\n"));
    let refs: Vec<String> = (1..=30).map(|at| format!("a{at}")).collect();
    let kept = |machine: &Machine| {
        machine.ok(&["restore"]).lines().filter(|line| line.contains("before-bulk-change")).count()
    };
    machine.ok(&["asset", "edit", &refs[..25].join(","), "p:1"]);
    assert_eq!(kept(&machine), 0);
    machine.ok(&["asset", "edit", &refs.join(","), "p:2"]);
    assert_eq!(kept(&machine), 1);
    let ended = machine.run(&["asset", "edit", &refs.join(","), "state:nowhere"]);
    assert_ne!(ended.code, 0);
    assert_eq!(kept(&machine), 1, "what is refused leaves no snapshot");
}

#[test]
fn one_name_is_added_to_a_list_or_taken_from_it() {
    let machine = Machine::new();
    machine.ok(&["decision", "add", "Who? contributors:dana,raj"]);
    machine.ok(&["decision", "edit", "d1", "contributors:+sam,-dana"]);
    let names =
        |machine: &Machine| machine.items(&["show", "d1", "--json"])[0]["contributors"].clone();
    assert_eq!(names(&machine), serde_json::json!(["Raj", "Sam"]));
    machine.ok(&["asset", "add", "Deck by:d1"]);
    machine.ok(&["asset", "edit", "a1", "by:-d1"]);
    assert_eq!(machine.items(&["show", "a1", "--json"])[0]["blocked_by"], serde_json::json!([]));
}

#[test]
fn an_asset_whose_outcome_is_in_the_trash_is_unlinked() {
    let machine = Machine::new();
    machine.ok(&["outcome", "add", "Win more"]);
    machine.ok(&["bet", "add", "Proof wins for:o1"]);
    machine.ok(&["asset", "add", "Deck for:b1"]);
    let unlinked =
        |machine: &Machine| machine.items(&["asset", "list", "is:unlinked", "--json"]).len();
    assert_eq!(unlinked(&machine), 0);
    machine.ok(&["outcome", "rm", "o1"]);
    assert_eq!(unlinked(&machine), 1);
    machine.ok(&["undo"]);
    assert_eq!(unlinked(&machine), 0);
}

#[test]
fn a_column_can_be_any_field_of_what_its_row_becomes() {
    let machine = Machine::new();
    machine.ok(&["outcome", "add", "Win more in the upper mid-market"]);
    let path = machine.path("notion-like.csv");
    let text = "Name,Outcome,Who decides,Weight\n\
                Which tier?,Win more,Dana,high\nDeck,o1,,\nOther,No such thing,,\n";
    std::fs::write(&path, text).unwrap();
    let maps =
        ["--map", "Outcome=outcome", "--map", "Who decides=approver", "--map", "Weight=stake"];
    let ended = machine.run(&[&["import", path.to_str().unwrap()][..], &maps].concat());
    assert_eq!(ended.code, 0, "{}", ended.err);
    assert!(ended.err.contains("“No such thing” is not here, so it is left out"), "{}", ended.err);
    let decision = &machine.items(&["decision", "list", "--json"])[0];
    assert_eq!(decision["for"], "o1");
    assert_eq!(decision["approver"], "Dana");
    assert_eq!(decision["stake"], "high");
    let assets = machine.items(&["asset", "list", "for:o1", "--json"]);
    assert_eq!(assets.len(), 1);
    let ended = machine.run(&["import", path.to_str().unwrap(), "--map", "Weight=steak"]);
    assert!(
        ended.err.contains("did you mean") || ended.err.contains("Did you mean"),
        "{}",
        ended.err
    );
    assert!(ended.err.contains("stake"), "{}", ended.err);
}
