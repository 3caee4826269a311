//! How the work goes, counted on what is logged: time on the way to outcomes, reactive time, what
//! those who matter say, what is met together with others.

use serde_json::Value;

use crate::program::Machine;

/// A call on another day.
fn on(machine: &Machine, day: &str, words: &[&str]) -> Vec<Value> {
    let out = machine.bare().args(["--today", day, "--json"]).args(words).output().unwrap();
    let text = String::from_utf8(out.stdout).unwrap();
    let read: Value = serde_json::from_str(&text).unwrap_or_else(|_| panic!("{text}"));
    read["items"].as_array().unwrap().clone()
}

fn metric(machine: &Machine, day: &str, title: &str) -> Value {
    let all = on(machine, day, &["metric", "status"]);
    all.into_iter().find(|one| one["title"] == title).unwrap()
}

#[test]
fn time_is_counted_by_the_week_and_pulses_by_the_quarter() {
    let machine = Machine::new();
    for line in [
        "Reactive share catalogue:reactive-share",
        "Tied catalogue:work-tied-to-outcomes",
        "Pulse catalogue:stakeholder-pulse",
        "Together catalogue:joint-initiatives",
    ] {
        machine.ok(&["metric", "add", line]);
    }
    // Without anything there is no figure, and not nought.
    let none = metric(&machine, "2026-05-06", "Pulse");
    assert_eq!((&none["value"], &none["due"]), (&Value::Null, &Value::Null));
    assert_eq!(metric(&machine, "2026-05-06", "Reactive share")["value"], Value::Null);
    machine.ok(&["outcome", "add", "Win more due:2026-06-30 +joint"]);
    machine.ok(&["asset", "add", "Deck for:o1"]);
    machine.ok(&["asset", "add", "Poster"]);
    for line in [
        "Deck on:2026-04-27 est:600m band:e for:a1",
        "Poster on:2026-04-28 est:150m band:e for:a2",
        "Calls on:2026-04-29 est:50m band:s",
        "Deal desk on:2026-04-30 est:200m band:r",
        // The week that runs does not count yet.
        "Deal desk on:2026-05-04 est:900m band:r",
    ] {
        machine.ok(&["entry", "add", line]);
    }
    let reactive = metric(&machine, "2026-05-06", "Reactive share");
    assert_eq!(reactive["value"], 0.2, "{reactive}");
    let tied = metric(&machine, "2026-05-06", "Tied");
    assert_eq!(tied["value"], 0.6, "{tied}");
    assert!(tied.to_string().contains("10 h of 16 h 40; 1 of 2 items"), "{tied}");
    for (name, said) in [("Dana", "4"), ("Lee", "2")] {
        machine.ok(&["person", "add", &format!("{name} influence:3")]);
        machine.ok(&["person", "pulse", name, "2026-Q2", said]);
    }
    let pulse = metric(&machine, "2026-07-01", "Pulse");
    assert_eq!(pulse["value"], 3.0, "{pulse}");
    assert!(pulse.to_string().contains("n 2"), "{pulse}");
    machine.ok(&["outcome", "complete", "o1", "--lesson", "Dates win"]);
    let met = metric(&machine, "2026-07-01", "Together");
    assert_eq!(met["value"], 1.0, "{met}");
    assert!(machine.ok(&["alignment"]).contains("2026-Q2: mean 3.0 of 5, n 2"));
}
