//! Records that carry a decision whole: who was spoken to, what was objected, what came of it.

use serde_json::Value;

use crate::program::Machine;

/// What a decision says, apart from who and when it was written, and from its keys.
fn told(machine: &Machine, question: &str) -> Value {
    let all = machine.items(&["decision", "list", "--closed"]);
    let mut found = all.into_iter().find(|item| item["title"] == question).unwrap();
    let own = ["id", "ref", "created_at", "updated_at", "author", "note", "blocked"];
    fn without(value: &mut Value, names: &[&str]) {
        match value {
            Value::Object(fields) => {
                fields.retain(|name, _| !names.contains(&name.as_str()));
                fields.values_mut().for_each(|value| without(value, names));
            }
            Value::Array(all) => all.iter_mut().for_each(|value| without(value, names)),
            _ => {}
        }
    }
    without(&mut found, &own);
    found
}

#[test]
fn a_record_carries_stances_objections_framings_and_the_review() {
    let machine = Machine::new();
    for who in ["Dana", "Raj", "Lee", "Sam"] {
        machine.ok(&["person", "add", who]);
    }
    machine.ok(&[
        "decision",
        "add",
        "Which tier? stake:medium approver:dana p:2 +atlas due:2026-05-20",
        "raised-on:2026-04-20",
        "waiting:kim",
    ]);
    machine.ok(&["decision", "edit", "d1", "--contributors", "raj,lee"]);
    machine.ok(&[
        "decision",
        "frame",
        "d1",
        "--happening",
        "Two rivals",
        "--matters",
        "Each week",
        "--now",
        "Tier 2",
        "--risk",
        "Press",
        "--signal",
        "45 %",
    ]);
    for (text, more) in [("Tier 1", "--dry"), ("Tier 2", "--recommend")] {
        let add = ["decision", "option", "d1", "add", text, "--gains", "x", "--gives-up", "y"];
        let all: Vec<&str> =
            add.into_iter().chain(Some(more).filter(|more| *more != "--dry")).collect();
        machine.ok(&all);
    }
    machine.ok(&[
        "decision",
        "prewire",
        "d1",
        "@raj",
        "--held",
        "2026-05-04",
        "--stance",
        "conditions",
        "--channel",
        "a call",
        "--notes",
        "if reps: a talk track",
        "--objection",
        "No *answer* yet",
    ]);
    machine.ok(&["decision", "prewire", "d1", "@sam", "--held", "2026-05-05", "--stance", "for"]);
    machine.ok(&["decision", "framing", "d1", "sales", "Deals stall; this answers it"]);
    machine.ok(&["decision", "pushback", "d1", "add", "It will not land", "--instead", "A; or B"]);
    for day in ["2026-05-01", "2026-05-02"] {
        machine.ok(&["decision", "blocker", "d1", "add", "approval", "--noted-on", day]);
    }
    machine.ok(&[
        "decision",
        "objection",
        "d1",
        "edit",
        "1",
        "--status",
        "resolved",
        "--answer",
        "a1",
    ]);
    machine.ok(&["decision", "decide", "d1", "--option", "a", "--rationale", "It is heard"]);
    machine.ok(&[
        "decision",
        "review",
        "d1",
        "--worked",
        "partly",
        "--happened",
        "Half of it",
        "--lesson",
        "Ask",
    ]);
    machine.ok(&["decision", "add", "When? stake:low"]);
    machine.ok(&["decision", "defer", "d2", "--until", "2026-06-01", "--reason", "Not now"]);
    machine.ok(&["export", "madr", "--closed", "--out", "records/"]);
    let record = std::fs::read_to_string(machine.path("records/d1-which-tier.md")).unwrap();
    for line in
        ["### Review", "* partly", "### Pre-wires", "  * stance: conditions", "### Framings"]
    {
        assert!(record.contains(line), "{line}\n{record}");
    }
    machine.ok(&["--db", "other.db", "import", "records/"]);
    let mut other = machine.items(&["--db", "other.db", "decision", "list", "--closed"]);
    other.retain(|item| item["title"] == "Which tier?");
    assert_eq!(other[0]["state"], "reviewed");
    assert_eq!(other[0]["prewires"][1]["person"], "Sam");
    let there = Machine::new();
    std::fs::create_dir(there.path("records")).unwrap();
    for entry in std::fs::read_dir(machine.path("records")).unwrap() {
        let from = entry.unwrap().path();
        std::fs::copy(&from, there.path("records").join(from.file_name().unwrap())).unwrap();
    }
    there.ok(&["import", "records/"]);
    for question in ["Which tier?", "When?"] {
        let (mut here, mut came) = (told(&machine, question), told(&there, question));
        for one in [&mut here, &mut came] {
            // A record has a day, no instant; and who decides is told by its own day.
            one.as_object_mut().unwrap().remove("decided_at");
        }
        assert_eq!(here, came, "{question}");
    }
    // The same again changes nothing here, where they come from.
    let again = machine.run(&["import", "records/"]);
    assert!(again.err.contains("as it stands here"), "{}", again.err);
}

#[test]
fn a_record_of_others_is_taken_in_with_what_stands_under_their_own_headings() {
    let machine = Machine::new();
    let text = "# Use one narrative\n\n## Context and Problem Statement\n\nThree stories.\n\n\
        ## Rollout\n\nIn two waves.\n\n## More Information\n\nSee the notes.\n\n\
        ### Pre-wires\n\n* Raj\n  * stance: against\n  * held on: someday\n";
    std::fs::write(machine.path("0001-narrative.md"), text).unwrap();
    let done = machine.run(&["import", "0001-narrative.md"]);
    assert_eq!(done.code, 0, "{}", done.err);
    assert!(done.err.contains("someday"), "{}", done.err);
    let found = machine.items(&["decision", "show", "d1"]).remove(0);
    assert_eq!(found["note"], "Rollout\n\nIn two waves.\n\nSee the notes.");
    assert_eq!(found["prewires"][0]["stance"], "against");
    assert_eq!(found["contributors"], serde_json::json!([]));
}
