//! Records that carry a decision whole: who was spoken to, what was objected, what came of it.

use serde_json::Value;

use crate::program::Machine;

/// What is done, a call a line.
const LIFE: &str = r#"
person add Dana
decision add "Which tier? stake:medium approver:dana p:2 +atlas due:2026-05-20 raised-on:2026-04-20 waiting:kim"
decision edit d1 --contributors raj,lee
decision frame d1 --happening "Two rivals" --matters "Each week" --now "Tier 2" --risk Press --signal "45 %"
decision option d1 add "Tier 1" --gains reach --gives-up weeks
decision option d1 add "Tier 2" --gains speed --gives-up press --recommend
decision prewire d1 @raj --held 2026-05-04 --stance conditions --channel "a call" --notes "if reps: a talk track" --objection "No *answer* yet"
decision prewire d1 @sam --held 2026-05-05 --stance for
decision framing d1 sales "Deals stall; this answers it"
decision pushback d1 add "It will not land" --instead "A; or B"
decision blocker d1 add approval --noted-on 2026-05-01
decision blocker d1 add approval --noted-on 2026-05-02
decision objection d1 edit 1 --status resolved --answer a1
decision decide d1 --option a --rationale "It is heard"
decision review d1 --worked partly --happened "Half of it" --lesson Ask
decision add "When? stake:low"
decision defer d2 --until 2026-06-01 --reason "Not now"
export madr --closed --out records/
"#;

/// What a decision says, apart from who wrote it and when, and from its keys. A record has a day and
/// no instant.
fn told(machine: &Machine, question: &str) -> Value {
    let all = machine.items(&["decision", "list", "--closed"]);
    let mut found = all.into_iter().find(|item| item["title"] == question).unwrap();
    let own = ["id", "ref", "created_at", "updated_at", "author", "note", "decided_at"];
    without(&mut found, &own);
    found
}

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

#[test]
fn a_record_carries_stances_objections_framings_and_the_review() {
    let machine = Machine::new();
    for line in LIFE.lines().filter(|line| !line.is_empty()) {
        let words = crate::plans::shell(line);
        machine.ok(&words.iter().map(String::as_str).collect::<Vec<_>>());
    }
    let record = std::fs::read_to_string(machine.path("records/d1-which-tier.md")).unwrap();
    for line in
        ["### Review", "* partly", "### Pre-wires", "  * stance: conditions", "### Framings"]
    {
        assert!(record.contains(line), "{line}\n{record}");
    }
    let there = Machine::new();
    for entry in std::fs::read_dir(machine.path("records")).unwrap() {
        let from = entry.unwrap().path();
        let name = from.file_name().unwrap().to_string_lossy().into_owned();
        there.write(&format!("records/{name}"), &std::fs::read_to_string(&from).unwrap());
    }
    there.ok(&["import", "records/"]);
    for question in ["Which tier?", "When?"] {
        assert_eq!(told(&machine, question), told(&there, question), "{question}");
    }
    let came = told(&there, "Which tier?");
    assert_eq!((&came["state"], &came["worked"]), (&"reviewed".into(), &"partly".into()));
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
    machine.write("0001-narrative.md", text);
    let done = machine.run(&["import", "0001-narrative.md"]);
    assert_eq!(done.code, 0, "{}", done.err);
    assert!(done.err.contains("someday"), "{}", done.err);
    let found = machine.items(&["decision", "show", "d1"]).remove(0);
    assert_eq!(found["note"], "Rollout\n\nIn two waves.\n\nSee the notes.");
    assert_eq!(found["prewires"][0]["stance"], "against");
    assert_eq!(found["contributors"], serde_json::json!([]));
}

/// What is done for what follows, a call a line.
const TIED: &str = r#"
person add "Raj influence:3 function:sales"
outcome add "Win more in the middle"
segment add mid
evidence add "They asked for it seg:mid stage:proposal kind:call acct:Acme"
asset add "The card"
decision add "Which tier? stake:high approver:dana for:o1 blocks:a1 link:https://x.test/1"
decision add "When? by:d1"
decision edit d1 --contributors raj
decision frame d1 --happening "Two rivals" --matters "Each week" --now "Tier 2" --risk Press --signal "45 %"
decision option d1 add "Tier 1" --gains reach --gives-up weeks
decision option d1 add "Tier 2" --gains speed --gives-up press --recommend
decision prewire d1 @dana --held 2026-05-05 --stance for
decision basis d1 e1 --polarity against --note "In passing"
decision prewire d1 @raj --held 2026-05-05 --stance for
decision decide d1 --rationale "It is heard" --probability 70
decision reopen d1 --reason "Two deals lost"
decision prewire d1 @dana --held 2026-05-06 --stance for
"#;

#[test]
fn a_record_carries_its_ties_its_versions_and_how_much_people_weigh() {
    let machine = Machine::new();
    let live = |machine: &Machine, lines: &str| {
        for line in lines.lines().filter(|line| !line.is_empty()) {
            let words = crate::plans::shell(line);
            machine.ok(&words.iter().map(String::as_str).collect::<Vec<_>>());
        }
    };
    live(&machine, TIED);
    machine.ok(&["export", "madr", "--out", "records/"]);
    let there = Machine::new();
    // What it serves and holds is there already; what it rests on is not.
    live(&there, "outcome add \"Win more in the middle\"\nasset add \"The card\"");
    let mut texts = Vec::new();
    for entry in std::fs::read_dir(machine.path("records")).unwrap() {
        let from = entry.unwrap().path();
        let name = from.file_name().unwrap().to_string_lossy().into_owned();
        let text = std::fs::read_to_string(&from).unwrap();
        there.write(&format!("records/{name}"), &text);
        texts.push(text);
    }
    texts.sort();
    there.ok(&["import", "records/"]);
    let came = there.items(&["decision", "show", "d1"]).remove(0);
    let own = machine.items(&["decision", "show", "d1"]).remove(0);
    for name in ["state", "for", "blocks", "link"] {
        assert_eq!(came[name], own[name], "{name}");
    }
    assert_eq!(came["state"], "prewiring", "Raj counts there as well");
    assert_eq!(
        there.items(&["decision", "show", "d2"])[0]["blocked_by"],
        serde_json::json!(["d1"])
    );
    for name in ["record", "reason", "decided_on", "reopened_on"] {
        assert_eq!(came["versions"][0][name], own["versions"][0][name], "{name}");
    }
    assert!(
        came["note"]
            .as_str()
            .unwrap()
            .contains("Rests on: e1 They asked for it (speaks: against; ")
    );
    let raj =
        there.items(&["person", "list"]).into_iter().find(|one| one["title"] == "Raj").unwrap();
    assert_eq!((&raj["influence"], &raj["function"]), (&3.into(), &"sales".into()));
    // What goes out from there says all that came in, also what is not there.
    there.ok(&["export", "madr", "--out", "again/"]);
    let bare = |text: &str| -> Vec<String> {
        let lines = text.lines().filter(|line| !line.starts_with("prewire-id"));
        lines.map(str::to_owned).collect()
    };
    for name in ["d1-which-tier.md", "d2-when.md"] {
        let first = std::fs::read_to_string(machine.path(&format!("records/{name}"))).unwrap();
        let second = std::fs::read_to_string(there.path(&format!("again/{name}"))).unwrap();
        assert_eq!(bare(&first), bare(&second), "{name}");
    }
    // Where they come from, nothing changes; and what was lost comes back with all that it rested on.
    let again = machine.run(&["import", "records/"]);
    assert!(again.err.contains("as it stands here"), "{}", again.err);
    live(&machine, "decision basis d1 rm e1\nimport records/");
    assert_eq!(machine.items(&["decision", "show", "d1"])[0]["rests_on"][0]["polarity"], "against");
    machine.ok(&["export", "madr", "--out", "again/"]);
    let entries = std::fs::read_dir(machine.path("again")).unwrap();
    let mut anew: Vec<String> =
        entries.map(|entry| std::fs::read_to_string(entry.unwrap().path()).unwrap()).collect();
    anew.sort();
    assert_eq!(anew, texts);
}
