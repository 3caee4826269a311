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
