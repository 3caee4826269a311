//! Keys in the configuration, and that whatever a key does a command does too, or says why not.

use prewire::app::action::ACTIONS;
use prewire::app::reach::Reach;

use crate::program::{Machine, ended};

#[test]
fn every_action_is_a_command_too_or_says_why_not() {
    let mut root = prewire::cli::command();
    root.build();
    for about in ACTIONS {
        match about.action.reach() {
            Reach::Command(words) => {
                let mut at = &root;
                for word in words.split(' ') {
                    at = at
                        .find_subcommand(word)
                        .unwrap_or_else(|| panic!("{}: there is no {words}", about.name));
                }
            }
            Reach::Screen(why) => assert!(why.len() > 20, "{}: {why}", about.name),
        }
    }
}

#[test]
fn keys_are_shown_checked_and_set() {
    let machine = Machine::new();
    let path = machine.path("mine.toml");
    let text = "# mine\n[keys]\n\"g x\" = \"decisions\"\nunbind = [\"ctrl-c\"]\n\n\
                [keys.decisions]\nQ = \"throw-away\"\n";
    std::fs::write(&path, text).unwrap();
    let call = |words: &[&str]| {
        let output = machine.command(words).env("PREWIRE_CONFIG", &path).output().unwrap();
        ended(&output)
    };
    let shown = call(&["config", "show", "--origin", "--plain"]).out;
    for line in [
        "keys\tvim\tfile",
        "mouse\ttrue\tdefault",
        "keys.g x\tdecisions\tfile",
        "keys.ctrl-c\tunbind\tfile",
        "keys.decisions.Q\tthrow-away\tfile",
    ] {
        assert!(shown.contains(line), "{line}:\n{shown}");
    }
    assert_eq!(call(&["config", "check"]).code, 0);
    assert_eq!(call(&["config", "set", "keys", "plain"]).code, 0);
    let after = std::fs::read_to_string(&path).unwrap();
    assert_eq!(after, text.replace("[keys]\n", "[keys]\npreset = \"plain\"\n"));
    let actions = call(&["config", "actions", "--plain"]).out;
    assert!(actions.contains("undo\tctrl-z  u\tTake the last step back."), "{actions}");
    assert!(actions.contains("decisions\tgx  2  gd\t"), "{actions}");
}

#[test]
fn all_that_is_wrong_with_keys_is_told_at_once_with_its_place() {
    let machine = Machine::new();
    let path = machine.path("config/prewire/config.toml");
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    let text = "theem = \"dark\"\n[keys]\n\"x x\" = \"done\"\nQ = \"qiut\"\n\
                [keys.desisions]\nd = \"done\"\n";
    std::fs::write(&path, text).unwrap();
    insta::assert_snapshot!(machine.transcript(
        "
        prewire config check
        prewire config show
        prewire today
        "
    ));
    assert_eq!(std::fs::read_to_string(&path).unwrap(), text);
}

#[test]
fn a_flag_of_another_command_leads_to_the_one_that_means_the_same() {
    let machine = Machine::new();
    for (words, meant) in [
        (&["decision", "drop", "d1", "--rationale", "x"][..], "--reason"),
        (&["decision", "decide", "d1", "--reason", "x"], "--rationale"),
        (&["decision", "defer", "d1", "--due", "fri"], "--until"),
        (&["decision", "drop", "d1", "--reasn", "x"], "--reason"),
    ] {
        let ended = machine.run(words);
        assert_eq!(ended.code, 2);
        assert!(ended.err.contains(&format!("Did you mean {meant}?")), "{}", ended.err);
    }
}
