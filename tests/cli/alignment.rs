//! Where the work is aligned: stage, sides, areas, joint work, metrics to be looked at.

use crate::program::Machine;

#[test]
fn what_is_aligned_and_what_is_not_is_told_part_by_part() {
    let machine = Machine::new();
    for words in [
        ["person", "add", "Maya role:pmm alignment:sales"],
        ["person", "add", "Jon role:pmm"],
        ["outcome", "add", "Win more upmarket +revenue +joint"],
        ["outcome", "add", "Fewer late objections"],
        ["metric", "add", "ARR level:company"],
        ["metric", "add", "Win rate parent:m1 review_on:2026-05-01 primary:Maya"],
        ["metric", "add", "Depth of use"],
    ] {
        machine.ok(&words);
    }
    let before = machine.ok(&["alignment"]);
    assert!(before.contains("prewire alignment stage growth"), "{before}");
    machine.ok(&["alignment", "stage", "growth"]);
    insta::assert_snapshot!(machine.ok(&["alignment"]));
    let rows = machine.items(&["alignment"]);
    let of = |part: &str| rows.iter().filter(|row| row["part"] == part).count();
    assert_eq!((of("side"), of("area"), of("joint"), of("metric")), (2, 5, 1, 3));
    let uncovered = rows.iter().filter(|row| row["outcomes"] == serde_json::json!([])).count();
    assert_eq!(uncovered, 4);
    machine.ok(&["undo"]);
    assert_eq!(machine.ok(&["alignment"]), before);
    let refused = machine.run(&["alignment", "stage", "huge"]);
    assert_eq!(refused.code, 2, "{}", refused.err);
}

#[test]
fn those_who_matter_say_each_quarter_how_they_see_it() {
    let machine = Machine::new();
    for words in [
        ["person", "add", "Raj role:sales influence:2"],
        ["person", "add", "Dana role:pm influence:3"],
        ["person", "add", "Lee role:other"],
    ] {
        machine.ok(&words);
    }
    let now = ["--today", "2026-07-01"];
    let pulse = |words: &[&str]| machine.run(&[&now[..], &["person", "pulse"], words].concat());
    for (words, why) in [
        (["u1", "2026-Q5", "4"], "is no quarter"),
        (["u1", "2026-Q3", "6"], "is not one of 1, 2, 3, 4, 5"),
    ] {
        let ended = pulse(&words);
        assert!(ended.code != 0 && ended.err.contains(why), "{words:?}: {}", ended.err);
    }
    let unsaid = pulse(&["u1", "2026-Q3"]);
    assert!(unsaid.err.contains("a pulse is 1 to 5"), "{}", unsaid.err);
    // The quarter review asks the most influential first; the rest can wait.
    let told = machine.ok(&[&now[..], &["review", "quarter", "--no-input"]].concat());
    let at = |name: &str| told.find(name).unwrap_or_else(|| panic!("{name}: {told}"));
    assert!(at("Dana  not asked yet") < at("Raj  not asked yet"), "{told}");
    let lines = "skip\nskip\n5 Asks us in first\n2\nq\n";
    let ended = machine.fed(&[&now[..], &["review", "quarter"]].concat(), lines);
    let pulses = |name: &str| machine.items(&["person", "show", name])[0]["pulses"].clone();
    assert_eq!(pulses("u2")[0]["level"], "5", "{}\n{}", ended.out, ended.err);
    assert_eq!(pulses("u2")[0]["note"], "Asks us in first");
    assert_eq!(pulses("u1")[0]["quarter"], "2026-Q3");
    assert_eq!(pulses("u3"), serde_json::json!([]));
    let aligned = machine.ok(&[&now[..], &["alignment"]].concat());
    assert!(aligned.contains("5 of 5: Asks us in first"), "{aligned}");
    assert!(aligned.contains("2 of 5"), "{aligned}");
    // Once a quarter and person: said again, it is changed; the one before stays.
    assert_eq!(pulse(&["u1", "2026-Q3", "4", "Sees the use"]).code, 0);
    assert_eq!(pulse(&["u1", "2026-Q2", "3"]).code, 0);
    let all = pulses("u1");
    assert_eq!(all.as_array().unwrap().len(), 2, "{all}");
    assert_eq!(all[0]["level"], "4");
    // It travels in the bundle, and is taken back like the rest.
    let bundle = machine.ok(&["export", "json"]);
    let path = machine.path("bundle.json");
    std::fs::write(&path, &bundle).unwrap();
    let other = Machine::new();
    other.ok(&["import", path.to_str().unwrap()]);
    assert_eq!(other.ok(&["export", "json"]), bundle);
    machine.ok(&["undo"]);
    assert_eq!(pulses("u1").as_array().unwrap().len(), 1);
}
