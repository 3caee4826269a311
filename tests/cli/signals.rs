//! What metrics say together, and the scorecard, as a script sees them: every rule of several
//! fires on fresh figures that are large enough, waits and says why on others, and raises the
//! decision that it offers.

use serde_json::Value as Json;

use crate::program::Machine;

/// A metric of the catalogue that stands high or low, counted on so many, of this week.
fn metric(machine: &Machine, slug: &str, stands: &str, n: u32, more: &str) -> String {
    let words =
        format!("{slug} {more} unit:percent cadence:weekly baseline:10 target:50 due:2026-05-06");
    let added = machine.items(&["metric", "add", &words]).remove(0);
    let reference = added["ref"].as_str().unwrap().to_owned();
    let k = if stands == "high" { n * 6 / 10 } else { n * 2 / 10 };
    machine.ok(&["metric", "record", &reference, &format!("{k}/{n}"), "period:last"]);
    reference
}

/// The slugs of the rules that fire, and of those that wait.
fn read(machine: &Machine) -> (Vec<String>, Vec<String>) {
    let all = machine.items(&["metric", "signals"]);
    let of = |fires: bool| -> Vec<String> {
        let own = all.iter().filter(|one| one["fires"] == Json::Bool(fires));
        own.map(|one| one["ref"].as_str().unwrap().to_owned()).collect()
    };
    (of(true), of(false))
}

const RULES: [(&str, &str, &str); 5] = [
    ("traffic", "conversion-rate", "traffic-without-conversion"),
    ("conversion-rate", "activation-d10", "conversion-without-activation"),
    ("activation-d10", "retention-rate", "activation-without-retention"),
    ("lead-conversion", "retention-rate", "acquisition-without-retention"),
    ("engagement-d10", "conversion-rate", "engagement-without-conversion"),
];

#[test]
fn each_rule_of_two_fires_on_fresh_and_large_figures_alone() {
    for (high, low, rule) in RULES {
        let fresh = Machine::new();
        metric(&fresh, high, "high", 100, "");
        let second = metric(&fresh, low, "low", 100, "");
        assert_eq!(read(&fresh), (vec![rule.to_owned()], vec![]), "{rule}");
        // Old figures say nothing any more, and say so.
        let later: Vec<Json> = fresh.items(&["--today", "2026-05-20", "metric", "signals"]);
        assert!(later.iter().all(|one| one["fires"] == false), "{rule}: {later:?}");
        assert!(later.iter().any(|one| one["ref"] == rule), "{rule}: {later:?}");
        assert!(later[0]["inputs"][0].as_str().unwrap().contains("stale"), "{later:?}");
        // Neither do figures that were counted on few.
        fresh.ok(&["metric", "record", &second, "3/19", "period:last"]);
        assert_eq!(read(&fresh), (vec![], vec![rule.to_owned()]), "{rule}");
        let said = fresh.ok(&["metric", "signals"]);
        assert!(said.contains("counted on 19 only"), "{said}");
        // Nor what stands as it should.
        fresh.ok(&["metric", "record", &second, "60/100", "period:last"]);
        let (fires, waits) = read(&fresh);
        assert!(!fires.contains(&rule.to_owned()) && !waits.contains(&rule.to_owned()), "{rule}");
    }
}

#[test]
fn retention_in_one_segment_and_adoption_after_a_launch() {
    let machine = Machine::new();
    metric(&machine, "retention-rate", "high", 80, "segment:fintech");
    let other = metric(&machine, "retention-rate", "low", 80, "segment:retail");
    assert_eq!(read(&machine).0, ["retention-in-one-segment"]);
    machine.ok(&["metric", "record", &other, "4/12", "period:last"]);
    assert_eq!(read(&machine), (vec![], vec!["retention-in-one-segment".to_owned()]));

    let machine = Machine::new();
    metric(&machine, "adoption-d10", "low", 60, "");
    assert_eq!(read(&machine), (vec![], vec![]));
    machine.ok(&["asset", "add", "Atlas launch kind:launch-plan"]);
    machine.ok(&["asset", "ship", "a1"]);
    assert_eq!(read(&machine).0, ["weak-adoption-after-launch"]);
    let later: Vec<Json> = machine.items(&["--today", "2026-08-20", "metric", "signals"]);
    assert_eq!(later, Vec::<Json>::new());
}

#[test]
fn a_reading_raises_the_decision_that_it_offers() {
    let machine = Machine::new();
    metric(&machine, "conversion-rate", "high", 100, "");
    metric(&machine, "activation-d10", "low", 100, "");
    insta::assert_snapshot!(machine.transcript(
        r"
        prewire metric signals
        prewire metric signals --raise conversion
        prewire decision show d1
        prewire undo
        prewire decision list
        prewire metric signals --raise retention
        prewire metric record m2 4/12 period:last
        prewire metric signals
        prewire metric signals --raise conversion
        "
    ));
}

#[test]
fn the_scorecard_names_what_is_asked_and_not_measured() {
    let machine = Machine::new();
    machine.ok(&["outcome", "add", "Win more metric:\"Win rate\" baseline:24 target:30 due:eoq"]);
    let asked = machine.items(&["metric", "scorecard"]);
    assert_eq!(asked.len(), 12, "{asked:?}");
    let executive: Vec<&str> = asked
        .iter()
        .filter(|one| one["group"] == "Executive")
        .map(|one| one["title"].as_str().unwrap())
        .collect();
    assert_eq!(
        executive,
        [
            "Revenue contribution",
            "Pipeline contribution",
            "Margin impact",
            "Competitive displacement",
            "Sales cycle length"
        ]
    );
    assert!(asked.iter().all(|one| one["measured"] == false && !one["unit"].is_null()));
    metric(&machine, "activation-d5", "low", 60, "");
    machine.ok(&["metric", "add", "Win rate catalogue:win-rate"]);
    machine.ok(&["metric", "record", "m2", "31/129", "period:2026-04"]);
    machine.ok(&["metric", "narrative", "m2", "add", "last", "--means", "Rollout fear"]);
    machine.ok(&["bet", "add", "Certainty for:o1"]);
    machine.ok(&["asset", "add", "Rollout kit for:b1 due:2026-05-01"]);
    machine.ok(&["asset", "add", "Rollout page for:b1 blocks:a1"]);
    insta::assert_snapshot!(machine.transcript(
        r"
        prewire metric scorecard
        prewire metric list
        prewire outcome list
        prewire metric status
        prewire metric check
        "
    ));
}

#[test]
fn what_is_never_shown_alone_and_what_is_not_said_is_asked_for() {
    let machine = Machine::new();
    machine.ok(&["metric", "add", "dau-mau"]);
    machine.ok(&["metric", "record", "m1", "300/1200"]);
    machine.ok(&[
        "metric",
        "add",
        "Company revenue unit:money level:company accountability:direct",
    ]);
    machine.ok(&["metric", "add", "Pulse reading:qualitative unit:score parent:m2"]);
    machine.ok(&[
        "metric",
        "edit",
        "m3",
        "--review-on",
        "2026-04-01",
        "--accountability",
        "direct",
    ]);
    let asked = machine.items(&["metric", "check"]);
    let of = |reference: &str| -> Vec<&str> {
        let own = asked.iter().filter(|one| one["ref"] == reference);
        own.map(|one| one["what"].as_str().unwrap()).collect()
    };
    assert_eq!(of("m2"), Vec::<&str>::new(), "{asked:?}");
    assert_eq!(of("m3"), ["to be reviewed since 1 April"]);
    assert!(of("m1").contains(&"never alone: Activation rate D10 is not measured"), "{asked:?}");
    assert!(of("m1").contains(&"no company figure above it"), "{asked:?}");
    // Nowhere is its figure shown before its companion is there.
    assert!(!machine.ok(&["metric", "list"]).contains("25 %"));
    assert!(!machine.ok(&["metric", "scorecard"]).contains("25 %"));
    machine.ok(&["metric", "add", "activation-d10"]);
    assert!(machine.ok(&["metric", "list"]).contains("25 %"));
}

#[test]
fn what_was_said_of_a_file_is_not_asked_again() {
    let machine = Machine::new();
    let write = |name: &str, text: &str| std::fs::write(machine.path(name), text).unwrap();
    write("one.csv", "date,Signup rate\n2026-03-30,30.1\n2026-04-06,30.9\n");
    write("two.csv", "date,Signup rate\n2026-04-13,0.7\n2026-04-20,31.9\n");
    write("days.csv", "date,Signup rate\n06/04/2026,30.1%\n06/04/2026,30.1%\n");
    insta::assert_snapshot!(machine.transcript(
        r#"
        prewire metric add "Rate of signups unit:percent cadence:weekly"
        prewire metric import one.csv
        prewire metric import one.csv --map "Signup rate=m1"
        prewire metric import one.csv --map "Signup rate=m1" --rates percent
        prewire metric import two.csv
        prewire metric chart m1 --plain
        prewire undo
        prewire undo
        prewire metric import two.csv
        "#
    ));
}
