//! Parts of items in words: the grammar that the screen takes, and flags.

use crate::program::Machine;

#[test]
fn parts_are_said_in_the_grammar_or_with_flags() {
    let machine = Machine::new();
    machine.ok(&["person", "add", "Dana"]);
    machine.ok(&["decision", "add", "Which tier?"]);
    let option = ["decision", "option", "d1", "add"];
    machine.ok(&[&option[..], &["Tier 1 gains:reach cost:\"40 hours\" recommended:yes"]].concat());
    machine.ok(&[&option[..], &["Tier 2", "gains:more reach", "gives-up:a free week"]].concat());
    machine.ok(&[
        "decision",
        "prewire",
        "d1",
        "Dana held:today stance:against",
        "objection:too slow",
    ]);
    machine.ok(&["decision", "option", "d1", "edit", "b", "risk:none seen"]);
    let decision = machine.items(&["--json", "decision", "show", "d1"]).remove(0);
    let options = &decision["options"];
    assert_eq!((&options[0]["text"], &options[0]["gains"]), (&"Tier 1".into(), &"reach".into()));
    assert_eq!(options[0]["cost"], 2400);
    assert_eq!(
        (&options[1]["text"], &options[1]["gains"]),
        (&"Tier 2".into(), &"more reach".into())
    );
    assert_eq!(
        (&options[1]["gives_up"], &options[1]["risk"]),
        (&"a free week".into(), &"none seen".into())
    );
    assert_eq!(decision["recommendation"], "a");
    let prewire = &decision["prewires"][0];
    assert_eq!((&prewire["person"], &prewire["stance"]), (&"Dana".into(), &"against".into()));
    assert_eq!(decision["objections"][0]["text"], "too slow");
    let wrong = machine.run(&["decision", "option", "d1", "add", "Tier 3 gain:x"]);
    assert_eq!(wrong.code, 4, "{}", wrong.err);
    assert!(wrong.err.contains("Did you mean gains:?"), "{}", wrong.err);
    assert_eq!(machine.items(&["--json", "person", "list"]).len(), 1);
}
