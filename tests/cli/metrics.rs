//! Metrics and their figures as they stand on a terminal: from the catalogue or one's own, by hand,
//! from lines and from files; nothing replaced in silence, nothing half taken.

use crate::program::Machine;

fn write(machine: &Machine, name: &str, text: &str) {
    std::fs::write(machine.path(name), text).unwrap();
}

fn status(machine: &Machine, metric: &str) -> serde_json::Value {
    machine.items(&["metric", "status", metric]).remove(0)
}

#[test]
fn a_metric_is_added_recorded_and_corrected() {
    let machine = Machine::new();
    insta::assert_snapshot!(machine.transcript(
        r#"
        prewire metric add "win-rate cadence:weekly baseline:24 target:30 due:eoq"
        prewire metric add "Cycle unit:days direction:down cadence:monthly baseline:40 target:30"
        prewire metric record m1 7/12
        prewire metric record m1 31.2% period:2026-W17
        prewire metric record m1 31.2% period:2026-W17
        prewire metric record m1 29% period:2026-W17 -- counted again
        prewire metric record m1 0.31
        prewire metric record m1 31% period:2026-05
        prewire metric record m1 31% period:2027-W01
        prewire metric record m2 5%
        prewire metric record m9 5
        prewire metric status
        prewire metric chart m1
        prewire undo
        prewire metric chart m1
        prewire metric add "Odd catalogue:win-rat"
        prewire metric add "Odd catalogue:nothing"
        "#
    ));
}

#[test]
fn outcomes_point_at_their_metric_and_a_second_primary_one_takes_a_reason() {
    let machine = Machine::new();
    insta::assert_snapshot!(machine.transcript(
        r#"
        prewire outcome add "Win more baseline:24 target:30" --metric "Win rate, mid"
        prewire metric add "Win rate, mid unit:percent primary:maya"
        prewire metric add "Activation primary:maya"
        prewire metric add "Activation primary:maya" --primary-reason "two products"
        prewire outcome add "Activate more metric:m2"
        prewire outcome add "Odd metric:m7"
        prewire metric agree m1 @raj
        prewire metric agree m1 @lee --objection "value, not count"
        prewire metric agree m1 @lee --objection none --agreed-on today
        prewire metric edit m1 --definition "Won over won and lost"
        prewire metric list --plain
        "#
    ));
    let outcome = machine.items(&["outcome", "show", "o2"]).remove(0);
    assert_eq!(outcome["metric"], "Activation");
}

#[test]
fn figures_come_from_lines_and_from_files() {
    let machine = Machine::new();
    machine.ok(&["metric", "add", "Signup rate unit:percent"]);
    machine.ok(&["metric", "add", "Visits unit:count direction:up"]);
    let tall = "date,metric,value\n2026-04-13,Signup rate,31.2%\n2026-04-20,Signup rate,32.4%\n\
                2026-04-13,Visits,\"1,204\"\n2026-04-20,Visits,\"1,310\"\n2026-05-04,Visits,200\n";
    write(&machine, "tall.csv", tall);
    write(
        &machine,
        "strange.csv",
        "date,metric,value\n2026-04-13,Elsewhere,3\n2026-04-20,Elsewhere,4\n",
    );
    write(&machine, "bare.csv", "date,Signup rate\n2026-03-30,30.1\n2026-04-06,30.9\n");
    write(
        &machine,
        "infinite.csv",
        "date,metric,value\n2026-04-13,Visits,inf\n2026-04-20,Visits,5\n",
    );
    insta::assert_snapshot!(machine.transcript(
        r"
        prewire metric import tall.csv --dry-run
        prewire metric import tall.csv
        prewire metric import tall.csv
        prewire metric import strange.csv
        prewire metric import bare.csv
        prewire metric import bare.csv --rates percent
        prewire metric import infinite.csv --cadence weekly
        prewire metric chart m1
        prewire metric chart m2 --plain
        "
    ));
}

/// The golden cases of the model, through the real operations.
#[test]
fn the_golden_metrics() {
    let machine = Machine::new();
    machine.ok(&[
        "metric",
        "add",
        "Cycle unit:days direction:down baseline:40 target:30 starts:2026-04-08 due:2026-05-25",
    ]);
    machine.ok(&["metric", "record", "m1", "35", "period:last"]);
    let cycle = status(&machine, "m1");
    assert_eq!(cycle["status"], "behind", "{cycle}");
    assert!((cycle["attainment"].as_f64().unwrap() - 0.5).abs() < 1e-9);
    machine.ok(&["metric", "add", "Rate baseline:18 target:25 due:2026-06-30"]);
    machine.ok(&["metric", "record", "m2", "26%"]);
    assert_eq!(status(&machine, "m2")["status"], "achieved");
    machine.ok(&["metric", "add", "Eight unit:count target:30 baseline:10"]);
    for (week, value) in (10..).zip([21, 19, 23, 22, 20, 18, 24, 21]) {
        machine.ok(&[
            "metric",
            "record",
            "m3",
            &value.to_string(),
            &format!("period:2026-W{week}"),
        ]);
    }
    let limits = &status(&machine, "m3")["limits"];
    let near = |name: &str, value: f64| (limits[name].as_f64().unwrap() - value).abs() < 0.005;
    assert!(near("centre", 21.0) && near("low", 13.40) && near("high", 28.60), "{limits}");
    assert!(near("mean_range", 2.857), "{limits}");
    assert_eq!(limits["standing"], "provisional");
    let none = status(&machine, "m3");
    assert_eq!(none["freshness"], "fresh");
}
