//! JSON on standard input: what `--json` prints can be read back, and what is wrong is named.

use serde_json::{Value, json};

use crate::decisions::state;
use crate::program::{Ended, Machine};

fn given(machine: &Machine, words: &[&str], json: &Value) -> Ended {
    machine.fed(words, &json.to_string())
}

fn accepted(machine: &Machine, words: &[&str], json: &Value) {
    let ended = given(machine, words, json);
    assert_eq!(ended.code, 0, "{words:?}: {}", ended.err);
}

fn whole() -> Value {
    json!({
        "title": "Which tier?", "stake": "high", "needed_by": "2026-05-08", "owner": "Maya",
        "approver": "Dana", "happening": "h", "matters": "m", "now": "B by May", "risk": "r",
        "signal": "45 %", "probability": 70, "tags": ["atlas", "emea"], "state": "raised",
        "options": [
            { "text": "Own event", "gains": "reach", "gives_up": "six weeks", "cost": 1200 },
            { "key": "b", "text": "Sales-led", "gains": "the date", "gives_up": "press" },
        ],
        "recommendation": "b",
        "framings": [{ "function": "sales", "text": "Reps lose the buyer here" }],
        "prewires": [{ "person": "Dana", "held_on": "2026-05-05", "stance": "for", "objection": "No talk track" }],
        "blocks": null, "note": "",
    })
}

#[test]
fn a_decision_is_given_whole_and_is_ready_and_what_is_printed_can_be_given_again() {
    let machine = Machine::new();
    let ended = given(&machine, &["decision", "add", "-"], &whole());
    assert_eq!((ended.code, ended.out.as_str()), (0, "d1  Which tier?\n"), "{}", ended.err);
    assert_eq!(state(&machine, "d1"), "ready");
    let first = machine.items(&["decision", "show", "d1"]).remove(0);
    assert_eq!(
        (&first["recommendation"], &first["options"][0]["cost"]),
        (&json!("b"), &json!(1200))
    );
    assert_eq!(first["objections"][0]["person"], "Dana");
    assert_eq!(first["tags"], json!(["atlas", "emea"]));
    // One step: one undo takes all of it away.
    machine.ok(&["undo"]);
    assert!(machine.items(&["decision", "list"]).is_empty());
    machine.ok(&["redo"]);
    let printed: Value =
        serde_json::from_str(&machine.ok(&["decision", "show", "d1", "--json"])).unwrap();
    accepted(&machine, &["decision", "add", "-"], &printed);
    let second = machine.items(&["decision", "show", "d2"]).remove(0);
    for name in ["title", "state", "options", "framings", "recommendation", "signal", "tags"] {
        let bare = |item: &Value| {
            let mut value = item[name].clone();
            let parts = value.as_array_mut().into_iter().flatten();
            parts.filter_map(Value::as_object_mut).for_each(|part| drop(part.remove("id")));
            value
        };
        assert_eq!(bare(&first), bare(&second), "{name}");
    }
}

#[test]
fn every_verb_of_a_decision_reads_json_too() {
    let machine = Machine::new();
    accepted(
        &machine,
        &["decision", "add", "-"],
        &json!([{ "title": "Which tier?" }, { "title": "Who?" }]),
    );
    let mut frame = whole();
    for name in ["title", "needed_by", "state", "prewires", "tags"] {
        frame.as_object_mut().unwrap().remove(name);
    }
    accepted(&machine, &["decision", "frame", "d1", "-"], &frame);
    assert_eq!(state(&machine, "d1"), "framed");
    accepted(
        &machine,
        &["decision", "option", "d1", "edit", "-"],
        &json!({ "key": "a", "risk": "late" }),
    );
    accepted(
        &machine,
        &["decision", "option", "d1", "add", "-"],
        &json!({ "text": "Wait", "recommend": true }),
    );
    let item = machine.items(&["decision", "show", "d1"]).remove(0);
    assert_eq!(
        (&item["options"][0]["risk"], &item["recommendation"]),
        (&json!("late"), &json!("c"))
    );
    let ended = given(&machine, &["decision", "decide", "d1", "-"], &json!({ "rationale": "x" }));
    assert_eq!(ended.code, 4);
    assert!(ended.err.contains("what option c gains"), "{}", ended.err);
    accepted(
        &machine,
        &["decision", "option", "d1", "-"],
        &json!({ "key": "c", "gains": "g", "gives_up": "u" }),
    );
    let raj = json!([{ "person": "Dana", "held_on": "today", "stance": "conditions" }, { "person": "Raj", "planned_on": "fri" }]);
    accepted(&machine, &["decision", "prewire", "d1", "-"], &raj);
    assert_eq!(
        machine.items(&["decision", "show", "d1"])[0]["prewires"].as_array().unwrap().len(),
        2
    );
    let answer = json!({ "option": "b", "rationale": "The date", "probability": 80, "review_on": "2026-07-01" });
    accepted(&machine, &["decision", "decide", "d1", "-"], &answer);
    let item = machine.items(&["decision", "show", "d1"]).remove(0);
    assert_eq!((&item["chosen"], &item["review_on"]), (&json!("b"), &json!("2026-07-01")));
    accepted(
        &machine,
        &["decision", "review", "d1", "-"],
        &json!({ "happened": "47 %", "worked": "yes", "lesson": "ask" }),
    );
    accepted(&machine, &["decision", "reopen", "d1", "-"], &json!({ "reason": "Rivo cut prices" }));
    accepted(
        &machine,
        &["decision", "defer", "d2", "-"],
        &json!({ "until": "2026-06-01", "reason": "later" }),
    );
    accepted(&machine, &["decision", "reopen", "d2", "-"], &json!({ "reason": "now" }));
    accepted(&machine, &["decision", "drop", "d2", "-"], &json!({ "reason": "nobody asks" }));
    assert_eq!(state(&machine, "d2"), "dropped");
    accepted(
        &machine,
        &["decision", "edit", "d1", "-"],
        &json!({ "forum": "GTM weekly", "title": "Which tier now?" }),
    );
    assert_eq!(machine.items(&["decision", "show", "d1"])[0]["title"], "Which tier now?");
}

#[test]
fn what_is_wrong_in_json_is_named_and_changes_nothing() {
    let machine = Machine::new();
    machine.ok(&["decision", "add", "Which tier?"]);
    let before = machine.ok(&["export", "json"]);
    for (json, part) in [
        (r#"{"title": "#, "cannot be read"),
        ("[]", "holds nothing"),
        (r#"{"title": "x", "stkae": "high"}"#, "did you mean stake?"),
        (r#"{"title": "x", "stake": "huge"}"#, "not one of low, medium, high"),
        (r#"{"title": "x", "needed_by": "soon"}"#, "is not a date"),
        (r#"{"title": ""}"#, "question of the decision is missing"),
        (r#"{"title": "x", "options": [{"txt": "a"}]}"#, "did you mean text?"),
        (r#"{"title": "x", "options": ["a", "b", "c", "d"]}"#, "(I1)"),
        (r#"{"title": "x", "decided_on": "2026-05-01"}"#, "a verb sets it"),
        (r#"{"title": "x", "overrides": [{"reason": "x"}]}"#, "a verb does it"),
        (r#"{"title": "x", "stake": {"a": 1}}"#, "no value of a field"),
        (r#"{"type": "asset", "title": "x"}"#, "“type” says asset"),
        (r#"[{"title": "x"}, 3]"#, "holds 3"),
        (
            r#"{"title": "x", "prewires": [{"person": "Raj", "held_on": "2027-01-01"}]}"#,
            "has not come yet",
        ),
    ] {
        let ended = machine.fed(&["decision", "add", "-"], json);
        assert_eq!(ended.code, 4, "{json}: {}", ended.err);
        assert!(ended.err.to_lowercase().contains(&part.to_lowercase()), "{json}: {}", ended.err);
    }
    let none = machine.fed(&["decision", "frame", "d1", "-"], "words");
    assert!(none.code == 4 && none.err.contains("no JSON"), "{}", none.err);
    let after = machine.ok(&["export", "json"]);
    assert_eq!(before, after);
}
