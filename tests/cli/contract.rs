//! The shapes that scripts rely on.

use crate::program::Machine;

const EVERY_ITEM: [&str; 6] = ["ref", "id", "title", "state", "created_at", "updated_at"];

#[test]
fn every_kind_has_the_same_envelope_and_all_its_fields() {
    let machine = Machine::new();
    machine.ok(&["demo", "--keep", "demo.db"]);
    let calendar = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/calendar/week.ics");
    machine.ok(&["--db", "demo.db", "import", calendar]);
    machine.fed(&["--db", "demo.db", "standup"], "\n");
    for kind in prewire::domain::kind::Kind::ALL {
        let noun = kind.noun();
        let text = machine.ok(&["--db", "demo.db", noun.name, "list", "--closed", "--json"]);
        let json: serde_json::Value = serde_json::from_str(&text).unwrap();
        let keys: Vec<&String> = json.as_object().unwrap().keys().collect();
        assert_eq!(keys, ["schema", "kind", "items"]);
        assert_eq!((&json["schema"], &json["kind"]), (&1.into(), &noun.name.into()));
        let items = json["items"].as_array().unwrap();
        assert!(!items.is_empty(), "{}", noun.name);
        let lines = machine.ok(&["--db", "demo.db", noun.plural, "list", "--closed", "--jsonl"]);
        let lines: Vec<serde_json::Value> =
            lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        assert_eq!(&lines, items);
        for item in items {
            for key in EVERY_ITEM {
                assert!(item[key].is_string(), "{key} of {}", item["ref"]);
            }
            for field in &noun.fields {
                assert!(item.get(field.name).is_some(), "{} of {}", field.name, item["ref"]);
            }
        }
    }
}

#[test]
fn values_have_their_json_types() {
    let machine = Machine::new();
    machine.ok(&["outcome", "add", "Win rate baseline:24.5 target:30"]);
    machine.ok(&["asset", "add", "Deck est:90m due:fri for:o1 @maya p:2 +x"]);
    let asset = &machine.items(&["asset", "list"])[0];
    assert_eq!(asset["estimate"], 90);
    assert_eq!(asset["due"], "2026-05-08");
    assert_eq!(asset["for"], "o1");
    assert_eq!(asset["owner"], "Maya");
    assert_eq!(asset["tags"], serde_json::json!(["x"]));
    assert_eq!(asset["audience"], serde_json::Value::Null);
    assert_eq!(asset["blocks"], serde_json::json!([]));
    let outcome = &machine.items(&["outcome", "show", "o1"])[0];
    assert_eq!(outcome["baseline"], 24.5);
    assert_eq!(outcome["quarter"], "2026-Q2");
}

#[test]
fn what_a_command_made_or_changed_stands_in_items() {
    let machine = Machine::new();
    let added = machine.items(&["decision", "add", "One", "due:fri"]);
    assert_eq!((added.len(), &added[0]["needed_by"]), (1, &"2026-05-08".into()));
    let edited = machine.items(&["decision", "edit", "d1", "--stake", "high"]);
    assert_eq!(edited[0]["stake"], "high");
    let undone = machine.items(&["undo"]);
    assert_eq!(undone[0]["stake"], "low");
    let today = machine.items(&["today"]);
    assert_eq!((&today[0]["section"], &today[0]["late"]), (&"decide".into(), &false.into()));
    assert_eq!(machine.items(&["next"])[0]["ref"], "d1");
    assert_eq!(machine.items(&["history"])[0]["title"], "undid: d1 “One”: stake → high");
    assert_eq!(machine.items(&["decision", "list", "nothing"]).len(), 0);
}

#[test]
fn csv_and_plain_hold_one_item_a_line() {
    let machine = Machine::new();
    machine.ok(&["asset", "add", "=1+1 est:90m", "--", "one \"two\""]);
    let csv = machine.ok(&["asset", "list", "--csv"]);
    let lines: Vec<&str> = csv.split("\r\n").collect();
    assert!(lines[0].starts_with("\"ref\",\"id\",\"title\",\"state\",\"due\""), "{csv}");
    assert!(lines[1].starts_with("\"a1\",") && lines[1].contains("\"'=1+1\",\"idea\""), "{csv}");
    assert!(lines[1].contains("\"90\"") && lines[1].contains("\"one \"\"two\"\"\""), "{csv}");
    assert_eq!(lines.len(), 3);
    let plain = machine.ok(&["asset", "list", "--plain"]);
    assert_eq!(plain, "a1\t=1+1\tidea\t\t\t\t\t90m\n");
}

#[test]
fn many_lines_are_added_at_once_or_not_at_all() {
    let machine = Machine::new();
    let added = machine
        .fed(&["decision", "add", "-", "--stake", "high"], "One due:fri\n\n  Two @raj\nThree\n");
    assert_eq!((added.code, added.out.as_str()), (0, "d1  One\nd2  Two\nd3  Three\n"));
    assert!(!added.err.contains('→'), "{}", added.err);
    assert!(machine.items(&["decision", "list"]).iter().all(|item| item["stake"] == "high"));
    let before = machine.file();
    let cases = [
        ("Four\nFive due:someday\n", 4, "line 2: "),
        ("Four\n\nFive\nSix blocks:a9\n", 3, "line 4: there is no a9"),
        ("\n\n", 4, "holds no line"),
    ];
    for (text, code, part) in cases {
        let refused = machine.fed(&["decision", "add", "-"], text);
        assert_eq!(refused.code, code, "{}", refused.err);
        assert!(refused.err.contains(part), "{}", refused.err);
    }
    assert_eq!(before, machine.file());
    machine.ok(&["undo"]);
    assert_eq!(machine.items(&["decision", "list", "--closed"]).len(), 0);
}

#[test]
fn the_day_comes_from_outside() {
    let machine = Machine::new();
    let mut command = machine.bare();
    command.args(["decision", "add", "One due:tomorrow", "--today", "2027-12-31T23:59", "--json"]);
    let out = command.output().unwrap().stdout;
    let json: serde_json::Value = serde_json::from_slice(&out).unwrap();
    assert_eq!(json["items"][0]["needed_by"], "2028-01-01");
    assert_eq!(json["items"][0]["created_at"], "2027-12-31T23:59:00.000Z");
}

#[test]
fn flags_stand_anywhere_and_a_noun_may_be_plural() {
    let machine = Machine::new();
    let made = machine.ok(&[
        "--json",
        "decisions",
        "add",
        "Who",
        "--stake",
        "high",
        "is",
        "it?",
        "--no-input",
    ]);
    assert!(made.contains("\"title\":\"Who is it?\""), "{made}");
    let shown = machine.ok(&["decision", "show", "--jsonl", "d1"]);
    assert!(shown.starts_with("{\"ref\":\"d1\""), "{shown}");
}

#[test]
fn what_is_no_item_has_a_ref_and_a_title_and_real_csv() {
    let machine = Machine::new();
    machine.ok(&["decision", "add", "Do we say \"first\"?"]);
    for words in [&["history"][..], &["doctor"], &["restore"], &["config", "show"]] {
        for item in machine.items(words) {
            assert!(item["ref"].is_string() && item["title"].is_string(), "{words:?} {item}");
        }
        let csv = machine.ok(&[words, &["--csv"]].concat());
        assert!(csv.lines().next().unwrap().contains("\"ref\""), "{words:?} {csv}");
        assert!(csv.lines().all(|line| line.starts_with('"') && line.ends_with('"')), "{csv}");
    }
}
