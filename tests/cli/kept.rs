//! What is kept of the figures of a metric is what was told of it: after every way of telling, taking
//! back and changing by another program, in any fiscal year.

use crate::program::Machine;

/// The newest figure as the pane tells it, out of a file that the doctor finds sound.
fn figure(machine: &Machine) -> String {
    machine.ok(&["doctor"]);
    let status = machine.items(&["metric", "status", "m1"]).remove(0);
    status["figure"].as_str().unwrap().to_owned()
}

fn other_program(machine: &Machine, query: &str) {
    let file = rusqlite::Connection::open(machine.workspace()).unwrap();
    file.execute_batch(query).unwrap();
}

#[test]
fn the_pane_tells_what_was_told_last_whatever_happened_to_it() {
    let machine = Machine::new();
    machine.ok(&["metric", "add", "Wins unit:count cadence:weekly direction:up target:100"]);
    assert_eq!(figure(&machine), "no data");
    for (week, value) in [("2026-W15", "3"), ("2026-W16", "4"), ("2026-W17", "5")] {
        machine.ok(&["metric", "record", "m1", &format!("{value} period:{week}")]);
        assert_eq!(figure(&machine), value);
    }
    machine.ok(&["metric", "record", "m1", "7", "period:2026-W17", "--", "counted again"]);
    assert_eq!(figure(&machine), "7");
    for before in ["5", "4", "3", "no data"] {
        machine.ok(&["undo"]);
        assert_eq!(figure(&machine), before);
    }
    for after in ["3", "4"] {
        machine.ok(&["redo"]);
        assert_eq!(figure(&machine), after);
    }
    machine.write("wins.csv", "date,metric,value\n2026-04-13,Wins,8\n2026-04-20,Wins,9\n");
    machine.ok(&["metric", "import", "wins.csv"]);
    assert_eq!(figure(&machine), "9");
    machine.ok(&["undo"]);
    assert_eq!(figure(&machine), "4");
    other_program(&machine, "UPDATE observation SET value = 44 WHERE period = '2026-W16'");
    let status = machine.items(&["metric", "status", "m1"]).remove(0);
    assert_eq!(status["figure"], "44", "who only reads sees it too");
    machine.ok(&["decision", "add", "Which tier?"]);
    assert_eq!(figure(&machine), "44");
    other_program(&machine, "DELETE FROM observation WHERE period = '2026-W16'");
    machine.ok(&["decision", "add", "Which price?"]);
    assert_eq!(figure(&machine), "3");
}

#[test]
fn quarters_are_those_of_the_fiscal_year_whenever_it_begins() {
    let machine = Machine::new();
    machine.ok(&["metric", "add", "Deals unit:count cadence:quarterly direction:up target:100"]);
    machine.ok(&["metric", "record", "m1", "12", "period:2026-Q1"]);
    let age = |machine: &Machine| {
        machine.items(&["metric", "status", "m1"]).remove(0)["age_days"].as_i64().unwrap()
    };
    let calendar = age(&machine);
    machine.ok(&["config", "set", "fiscal_year_start", "2"]);
    assert_eq!(age(&machine) - calendar, 335, "the fiscal year 2026 began in February 2025");
    assert_eq!(figure(&machine), "12");
}

#[test]
fn what_is_kept_otherwise_than_told_is_damage_that_the_doctor_names() {
    let machine = Machine::new();
    machine.ok(&["metric", "add", "Wins unit:count cadence:weekly direction:up target:100"]);
    machine.ok(&["metric", "record", "m1", "3", "period:2026-W17"]);
    for damage in ["value = 30", "told = zeroblob(13)", "latest = '2026-W16'"] {
        let sound = std::fs::read(machine.workspace()).unwrap();
        other_program(&machine, &format!("UPDATE series SET {damage}"));
        let ended = machine.run(&["doctor"]);
        assert_eq!(ended.code, 14, "{damage}");
        std::fs::write(machine.workspace(), sound).unwrap();
    }
    machine.ok(&["doctor"]);
}
