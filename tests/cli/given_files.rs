//! Files that somebody names and that cannot be read, folders that are not there, a configuration
//! with a slip: one sentence each, and the rest goes on.

use crate::program::Machine;

#[test]
fn a_file_that_is_not_there_is_told_alike_everywhere() {
    let machine = Machine::new();
    machine.ok(&["metric", "add", "Win rate unit:percent"]);
    machine.ok(&["artefact", "add", "Memo kind:narrative-update"]);
    for words in [
        &["import", "none.csv"][..],
        &["import", "none.json"],
        &["import", "none.md"],
        &["deal", "import", "none.csv"],
        &["metric", "import", "none.csv"],
        &["artefact", "write", "f1", "--from", "none.csv"],
        &["request", "policy", "--file", "none.csv"],
    ] {
        let ended = machine.run(words);
        assert_eq!(ended.code, 3, "{words:?}: {}", ended.err);
        assert!(ended.err.contains("there is no such file"), "{words:?}: {}", ended.err);
        assert!(ended.err.contains("Nothing was changed; look at"), "{words:?}: {}", ended.err);
        assert!(!ended.err.contains("os error"), "{words:?}: {}", ended.err);
    }
    for words in [&["metric", "import", "data"][..], &["artefact", "write", "f1", "--from", "data"]]
    {
        let ended = machine.run(words);
        assert_eq!(ended.code, 4, "{words:?}: {}", ended.err);
        assert!(!ended.err.contains("os error"), "{words:?}: {}", ended.err);
    }
}

#[test]
fn a_folder_that_is_not_there_is_no_place_for_a_workspace() {
    let machine = Machine::new();
    let ended = machine.run(&["--db", "nowhere/deep/x.db", "asset", "add", "Deck"]);
    assert_eq!(ended.code, 3, "{}", ended.err);
    assert!(ended.err.contains("there is no folder nowhere/deep"), "{}", ended.err);
    assert!(ended.err.contains("mkdir -p nowhere/deep"), "{}", ended.err);
    assert!(machine.files().is_empty());
    assert_eq!(machine.run(&["--db", "none.db", "doctor"]).code, 10);
}

#[test]
fn what_nothing_comes_of_makes_no_workspace() {
    let machine = Machine::new();
    machine.write("header.csv", "ID,Title\n");
    std::fs::create_dir_all(machine.path("empty")).unwrap();
    for name in ["header.csv", "empty"] {
        let ended = machine.run(&["import", name]);
        assert_eq!((ended.code, ended.out.as_str()), (0, ""), "{}", ended.err);
        assert!(ended.err.contains("no workspace was made"), "{}", ended.err);
        assert!(!machine.workspace().exists());
    }
}

#[test]
fn the_right_lines_of_a_configuration_hold() {
    let machine = Machine::new();
    let config =
        "me = \"Maya\"\ntheme = \"pinkk\"\n[keys]\npreset = \"plain\"\nnonsense = \"open\"\n";
    machine.write("config/prewire/config.toml", config);
    machine.ok(&["decision", "add", "Who? @me"]);
    let ended = machine.run(&["decision", "list", "@me"]);
    assert!(ended.code == 0 && ended.out.contains("Maya"), "{}", ended.err);
    assert!(
        ended.err.contains("config.toml:2:") && ended.err.contains("The lines that are right hold"),
        "{}",
        ended.err
    );
    let shown = machine.ok(&["config", "show"]);
    assert!(shown.contains("keys\tplain") && shown.contains("theme\tansi"), "{shown}");
    // In place of what is wrong stands what was right last.
    machine.write("config/prewire/config.toml", "me = \"Maya\"\ntheme = \"mono\"\n");
    machine.ok(&["decision", "list"]);
    machine.write("config/prewire/config.toml", "me = \"Raj\"\ntheme = \"pinkk\"\n");
    let shown = machine.ok(&["config", "show"]);
    assert!(shown.contains("me\tRaj") && shown.contains("theme\tmono"), "{shown}");
}

#[test]
fn a_configuration_that_is_named_and_not_there_is_told() {
    let machine = Machine::new();
    machine.ok(&["decision", "add", "Who?"]);
    let mut command = machine.command(&["decision", "list"]);
    let ended = command.env("PREWIRE_CONFIG", "/nowhere/config.toml").output().unwrap();
    let told = String::from_utf8(ended.stderr).unwrap();
    assert!(told.contains("PREWIRE_CONFIG names /nowhere/config.toml"), "{told}");
}

#[test]
fn no_text_comes_in_that_could_not_come_back() {
    let machine = Machine::new();
    machine.ok(&["asset", "add", "Deck"]);
    let before = machine.file();
    let long = format!("https://example.com/{}", "x".repeat(2_100));
    let tag = "t".repeat(101);
    for words in [
        &["asset", "edit", "a1", "--link", &long][..],
        &["asset", "add", &format!("Two +{tag}")],
        &["asset", "add", &format!("Two @{}", "n".repeat(501))],
        &["asset", "edit", "a1", "state:"],
        &["asset", "add", "Two state:"],
        &["asset", "move", "a1", ""],
        &["asset", "edit", "a1", "title:"],
    ] {
        let ended = machine.run(words);
        assert_eq!(ended.code, 4, "{words:?}: {}", ended.err);
        assert!(!ended.err.contains("constraint") && !ended.err.contains("CHECK"), "{}", ended.err);
    }
    for text in ["Two\0three\n", "{\"title\": \"Two\\u0000three\"}"] {
        let ended = machine.fed(&["asset", "add", "-"], text);
        assert_eq!(ended.code, 4, "{}", ended.err);
        assert!(ended.err.contains("NUL"), "{}", ended.err);
    }
    assert_eq!(machine.fed(&["asset", "add", "-", "due:fri"], "One\n").code, 2);
    assert_eq!(machine.file(), before);
}

#[test]
fn what_always_stands_cannot_be_emptied() {
    let machine = Machine::new();
    machine.ok(&["decision", "add", "Who? stake:high reversibility:one-way"]);
    machine.ok(&["decision", "add", "Where? stake:"]);
    assert_eq!(machine.items(&["decision", "show", "d2"])[0]["stake"], "low");
    for field in ["stake:none", "reversibility:none", "raised_on:none"] {
        let ended = machine.run(&["decision", "edit", "d1", field]);
        assert_eq!(ended.code, 4, "{field}: {}", ended.err);
    }
    assert_ne!(machine.run(&["decision", "decide", "d1", "--rationale", "just so"]).code, 0);
    assert_eq!(machine.run(&["evidence", "link", "e1", "o1"]).code, 2);
    assert_eq!(machine.run(&["restore", ""]).code, 2);
}
