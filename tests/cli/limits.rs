//! What evidence is held against is set by the user; what is wrong with a name, a code, a look or a
//! day is said where it is typed.

use crate::program::Machine;

fn flags(machine: &Machine) -> String {
    machine.items(&["claim", "balance"])[0]["flags"].to_string()
}

#[test]
fn a_workspace_sets_its_own_limits_and_takes_them_back() {
    let machine = Machine::new();
    machine.ok(&["claim", "add", "Rollout loses late deals"]);
    for (side, account, tags) in [
        ('+', "Acme", "stage:proposal kind:call"),
        ('+', "Beta", "stage:solution kind:deal"),
        ('+', "Core", "stage:renewal kind:quote"),
        ('-', "Dune", "stage:problem kind:ticket"),
    ] {
        machine.ok(&[
            "evidence",
            "add",
            &format!(
                "{account} said so seg:mid {tags} acct:{account} claim:{side}c1 on:2026-04-20"
            ),
        ]);
    }
    assert_eq!(flags(&machine), "[]");
    machine.ok(&["evidence", "terms", "--accounts", "5", "--calls", "7", "--old", "10"]);
    assert_eq!(flags(&machine), r#"["thin","old"]"#);
    let claim = machine.ok(&["claim", "show", "c1"]);
    assert!(claim.contains("thin: fewer than 5 accounts"), "{claim}");
    assert!(claim.contains("old: half of it is older than 10 days"), "{claim}");
    let week = &machine.items(&["evidence", "cadence"])[0];
    assert_eq!((week["target"].as_i64(), week["gap"].as_i64()), (Some(7), Some(7)));
    insta::assert_snapshot!(machine.transcript(
        r"
        prewire evidence terms
        prewire evidence terms --one-voice 120
        prewire evidence terms --one-sided 3 --dry-run
        prewire evidence terms --old default
        prewire evidence terms --json
        prewire undo
        prewire claim balance
        "
    ));
}

#[test]
fn two_objections_share_no_code() {
    let machine = Machine::new();
    machine.ok(&["objection", "add", "Rollout ties up IT code:rollout"]);
    machine.ok(&["objection", "add", "Too dear code:price"]);
    for words in [
        &["objection", "add", "Rollout again code:ROLLOUT"][..],
        &["objection", "edit", "j2", "--code", "rollout"],
    ] {
        let refused = machine.run(words);
        assert_eq!(refused.code, 4, "{}", refused.err);
        assert!(refused.err.contains("j1 “Rollout ties up IT” has the code"), "{}", refused.err);
    }
    machine.ok(&["objection", "edit", "j1", "--title", "Rollout ties up our IT"]);
    machine.ok(&["objection", "rm", "j1"]);
    machine.ok(&["objection", "edit", "j2", "--code", "rollout"]);
}

#[test]
fn crowds_and_early_looks_are_named_where_they_are_typed() {
    let machine = Machine::new();
    let crowd = "“SMBs” is a crowd, not a segment: say which of them";
    assert!(machine.run(&["segment", "add", "SMBs"]).err.contains(crowd));
    let sound = machine.run(&["segment", "add", "Regulated lenders who:\"heads of credit\""]);
    assert!(!sound.err.contains("crowd"), "{}", sound.err);
    assert!(!machine.run(&["segment", "edit", "g1", "--workflow", "x"]).err.contains("crowd"));
    assert!(machine.run(&["segment", "edit", "g2", "--who", "Developers"]).err.contains("crowd"));
    let named = machine.run(&["evidence", "add", "They churn seg:creators stage:renewal"]);
    assert!(named.err.contains("“creators” is a crowd"), "{}", named.err);

    machine.ok(&["experiment", "add", "Naming the week lifts demos sample:400 stops:2026-05-20"]);
    let early = machine.run(&["experiment", "look", "exp1", "add", "5 %", "--sample", "90"]);
    let words = "careful, reading 1: read before the stop date, sample below the minimum";
    assert!(early.err.contains(words), "{}", early.err);
    let again = machine.run(&["experiment", "look", "exp1", "edit", "1", "--note", "x"]);
    assert_eq!(again.code, 0, "{}", again.err);

    for (words, label) in [
        (["conversation", "add", "Call stage:proposal on:2026-05-07"], "held on"),
        (["insight", "add", "Rollout fear on:2026-05-07"], "spotted on"),
    ] {
        let refused = machine.run(&words);
        assert_eq!(refused.code, 4);
        assert!(
            refused.err.contains(&format!("{label}: 2026-05-07 has not come yet")),
            "{}",
            refused.err
        );
    }
}

#[test]
fn rows_of_an_import_that_are_alike_are_named() {
    let machine = Machine::new();
    let table = "Date,Account,Stage,Title\n2026-05-01,Acme,proposal,Walk-through\n\
                 2026-05-01,Acme,proposal,Walk-through\n2026-05-02,Beta,proposal,Terms\n\
                 2026-05-01,Acme,proposal,Walk-through\n";
    machine.write("calls.csv", table);
    let path = machine.path("calls.csv").display().to_string();
    let words = ["import", path.as_str(), "--as", "conversation"];
    let told = machine.run(&words);
    let alike = "rows 3, 5 say what a row above says: each comes in as a conversation of its own";
    assert!(told.err.contains(alike), "{}", told.err);
    assert_eq!(machine.items(&["conversation", "list"]).len(), 4);
    let again = machine.run(&words);
    assert!(again.err.contains("0 new, 4 unchanged"), "{}", again.err);
}
