//! The configuration, the places, and what is printed for shells and for `man`.

use crate::program::{Machine, ended};

#[test]
fn flag_over_environment_over_file_over_default() {
    let machine = Machine::new();
    insta::assert_snapshot!(machine.transcript(
        r#"
        prewire config path
        prewire config check
        prewire config show --origin
        prewire config set me "Maya Okafor"
        prewire config set workspace plan.db
        prewire config set fiscal_year_start 4
        prewire config set fiscal_year_start 13
        prewire config set theme pink
        prewire config set keys x
        prewire config show --origin
        prewire config show --origin --db other.db
        prewire decision add "Mine @me"
        prewire decision list @me
        "#
    ));
    let mut command = machine.command(&["config", "show", "--origin", "--plain"]);
    let output = ended(&command.env("PREWIRE_DB", "/x/y.db").output().unwrap());
    assert!(output.out.contains("workspace\t/x/y.db\tenvironment"), "{}", output.out);
    assert!(machine.path("config/prewire/plan.db").exists());
}

#[test]
fn a_wrong_file_stops_no_work_is_told_each_time_and_stays() {
    let machine = Machine::new();
    let path = machine.path("mine.toml");
    let mine = |words: &[&str]| {
        ended(&machine.command(words).env("PREWIRE_CONFIG", &path).output().unwrap())
    };
    // What was right last holds while the file is wrong.
    std::fs::write(&path, "me = \"Maya\"\n").unwrap();
    assert_eq!(mine(&["decision", "add", "Which one?"]).code, 0);
    let text = "theem = \"dark\"\nglyphs = 1\n";
    std::fs::write(&path, text).unwrap();
    for words in [&["today"][..], &["decision", "add", "x"], &["config", "actions"], &[]] {
        let ended = mine(words);
        assert_eq!(ended.code, 0, "{words:?}: {}", ended.err);
        let told = ended.err.lines().filter(|line| line.contains("mine.toml")).count();
        assert_eq!(told, 1, "{words:?}: {}", ended.err);
        assert!(ended.err.contains("mine.toml:1:1: “theem”"), "{}", ended.err);
        assert!(ended.err.contains("(1 of 2 mistakes)"), "{}", ended.err);
        assert!(
            ended.err.contains("was right last holds for them; prewire config check"),
            "{}",
            ended.err
        );
    }
    let shown = mine(&["config", "show", "--plain"]);
    assert!(shown.code == 0 && shown.out.contains("me\tMaya"), "{}{}", shown.out, shown.err);
    // Whoever asks for the mistakes gets all of them; a wrong file is not written.
    for (words, code) in [
        (&["config", "show"][..], 0),
        (&["config", "check"], 2),
        (&["config", "set", "me", "x"], 2),
    ] {
        let ended = mine(words);
        assert_eq!(ended.code, code, "{words:?}: {}", ended.err);
        assert!(ended.err.contains("mine.toml:1:1: “theem”"), "{}", ended.err);
        assert!(ended.err.contains("mine.toml:2:10: glyphs takes one of"), "{}", ended.err);
    }
    assert_eq!(std::fs::read_to_string(&path).unwrap(), text);
    // A mistake elsewhere sends nobody to another workspace.
    let fresh = Machine::new();
    let path = fresh.path("mine.toml");
    std::fs::write(&path, "workspace = \"plan.db\"\ntheem = \"dark\"\n").unwrap();
    let mut add = fresh.command(&["decision", "add", "Which one?"]);
    let added = ended(&add.env("PREWIRE_CONFIG", &path).output().unwrap());
    assert!(
        added.code == 0 && added.err.contains("The lines that are right hold"),
        "{}",
        added.err
    );
    assert!(fresh.path("plan.db").exists(), "{}", added.err);
    for words in [&["--help"][..], &["config", "path"], &["completions", "zsh"]] {
        let output = machine.command(words).env("PREWIRE_CONFIG", &path).output().unwrap();
        assert_eq!(ended(&output).code, 0, "{words:?}");
    }
}

#[test]
fn ten_mistakes_are_ten_lines_each_with_its_place() {
    let machine = Machine::new();
    let path = machine.path("ten.toml");
    let text = r##"theem = "dark"
glyphs = 1
theme = "neon"
mouse = "yes"
detail = "left"
[keys]
preset = "emacs"
"ctrl-" = "quit"
Q = "qiut"
z = 7
[colours]
accent = "#12"
"##;
    std::fs::write(&path, text).unwrap();
    let mut command = machine.command(&["config", "check"]);
    let ended = ended(&command.env("PREWIRE_CONFIG", &path).output().unwrap());
    assert_eq!(ended.code, 2);
    let said = ended.out.clone() + &ended.err;
    let places = ["1:1", "2:10", "3:9", "4:9", "5:10", "7:10", "8:1", "9:5", "10:5", "11:2"];
    for place in places {
        assert_eq!(said.matches(&format!("ten.toml:{place}: ")).count(), 1, "{place}\n{said}");
    }
    assert!(said.contains("has 10 mistakes"), "{said}");
}

#[test]
fn completions_know_the_workspace() {
    let machine = Machine::new();
    machine.ok(&["decision", "add", "One @maya +icp stake:high"]);
    machine.ok(&["asset", "add", "Deck"]);
    let complete = |typed: &[&str]| machine.ok(&[&["__complete", "--"], typed].concat());
    assert_eq!(complete(&["show", ""]), "d1\na1\nu1\n");
    let told = "d1\ndefault_text:\ndefault_on:\ndefault_option:\n";
    assert_eq!(complete(&["decision", "edit", "d"]), told);
    assert_eq!(complete(&["decision", "list", "@"]), "@Maya\n");
    assert_eq!(complete(&["decision", "edit", "d1", "-"]), "-icp\n");
    assert_eq!(complete(&["decision", "add", "stake:h"]), "stake:high\n");
    assert_eq!(complete(&["decision", "add", "for"]), "forum:\nforum_on:\nfor:\n");
    assert_eq!(complete(&["asset", "add", "blocked_by:d"]), "blocked_by:d1\n");
}

#[test]
fn scripts_and_manual_are_printed_whole() {
    let machine = Machine::new();
    for (shell, part) in
        [("bash", "_prewire_and_words"), ("zsh", "compdef"), ("fish", "__complete")]
    {
        assert!(machine.ok(&["completions", shell]).contains(part), "{shell}");
    }
    let man = machine.ok(&["man"]);
    for part in
        [".TH prewire", "prewire decision add", ".TH \"prewire asset move\"", "\\-\\-needed\\-by"]
    {
        assert!(man.contains(part), "{part}");
    }
    assert!(!man.contains("__complete"));
}

#[test]
fn help_leads_with_what_it_is_and_an_example() {
    let machine = Machine::new();
    for words in [&["--help"][..], &["decision", "add", "--help"], &["undo", "-h"]] {
        let help = machine.ok(words);
        let example = help.find("Examples:").unwrap();
        assert!(example < help.find("Usage:").unwrap(), "{help}");
    }
}
