//! What a metric is to become and why it has no figure, in words and in JSON; numbers that are too
//! large; sources that leave something open.

use crate::program::Machine;

fn one(machine: &Machine, args: &[&str]) -> serde_json::Value {
    machine.items(args).remove(0)
}

fn number(value: &serde_json::Value) -> String {
    value.as_f64().map_or_else(|| format!("no number: {value}"), |number| number.to_string())
}

#[test]
fn json_tells_what_a_share_is_to_become_as_it_tells_its_figures() {
    let machine = Machine::new();
    machine.ok(&["metric", "add", "Conv baseline:7.1 target:30% due:eoq"]);
    machine.ok(&["metric", "record", "m1", "31.2%"]);
    for args in [["metric", "show", "m1"].as_slice(), &["metric", "list"]] {
        let told = one(&machine, args);
        assert_eq!(
            (number(&told["baseline"]), number(&told["target"])),
            ("0.071".to_owned(), "0.3".to_owned()),
            "{told}"
        );
    }
    let status = one(&machine, &["metric", "status"]);
    assert_eq!(number(&status["value"]), "0.312");
    assert_eq!(number(&status["aim"]["target"]), "0.3");
    assert_eq!(number(&status["aim"]["baseline"]), "0.071");
    assert_eq!(status["target"], "30 %");
    // What was printed makes the same again.
    let mut object = one(&machine, &["metric", "show", "m1"]);
    object["title"] = "Again".into();
    object.as_object_mut().unwrap().remove("observations");
    machine.fed(&["metric", "add", "-"], &object.to_string());
    let again = one(&machine, &["metric", "show", "m2"]);
    assert_eq!(
        (number(&again["baseline"]), number(&again["target"])),
        ("0.071".to_owned(), "0.3".to_owned()),
        "{again}"
    );
    assert!(machine.ok(&["metric", "show", "m2"]).contains("target          30"));
    // Per cent above 1 is taken as well, and what is no share stays the number that it is.
    machine.fed(&["metric", "edit", "m2", "-"], "{\"target\": 45, \"baseline\": 0.2}");
    let again = one(&machine, &["metric", "show", "m2"]);
    assert_eq!(
        (number(&again["baseline"]), number(&again["target"])),
        ("0.2".to_owned(), "0.45".to_owned()),
        "{again}"
    );
    machine.fed(&["metric", "add", "-"], "{\"title\":\"Days\",\"unit\":\"days\",\"target\":0.5}");
    assert_eq!(number(&one(&machine, &["metric", "show", "m3"])["target"]), "0.5");
    machine.ok(&["metric", "add", "Range unit:points direction:range low:2"]);
    let status = one(&machine, &["metric", "status", "m4"]);
    assert_eq!(number(&status["aim"]["low"]), "2");
    assert!(status["aim"]["high"].is_null(), "{status}");
}

#[test]
fn a_target_that_may_be_two_things_is_refused_with_both_named() {
    let machine = Machine::new();
    let refused = |args: &[&str]| {
        let ended = machine.run(args);
        assert_eq!(ended.code, 4, "{args:?}: {}", ended.out);
        ended.err
    };
    let said = refused(&["metric", "add", "Conv target:0.3"]);
    assert!(said.contains("30 % or 0.3 %") && said.contains("target:30% or target:0.3%"), "{said}");
    machine.ok(&["metric", "add", "Conv target:0.3%"]);
    assert_eq!(number(&one(&machine, &["metric", "show", "m1"])["target"]), "0.003");
    let said = refused(&["metric", "edit", "m1", "--target", "1"]);
    assert!(said.contains("100 % or 1 %"), "{said}");
    for far in ["120", "-5%"] {
        let said = refused(&["metric", "edit", "m1", "--target", far]);
        assert!(said.contains("is no share of a whole"), "{said}");
    }
    let said = refused(&["metric", "add", "Days unit:days target:20%"]);
    assert!(said.contains("not counted in per cent"), "{said}");
    machine.ok(&["metric", "add", "Days unit:days target:0.3"]);
    // What an outcome is to reach is read in the unit of its metric.
    let said = refused(&["outcome", "add", "Convert more metric:m1 baseline:0.2 target:0.3"]);
    assert!(said.contains("20 % or 0.2 %"), "{said}");
    machine.ok(&["outcome", "add", "Convert more metric:m1 baseline:20 target:0.3%"]);
    // Another unit in the same step is the one that counts.
    machine.ok(&["metric", "edit", "m2", "--unit", "percent", "--target", "30"]);
    assert_eq!(number(&one(&machine, &["metric", "show", "m2"])["target"]), "0.3");
    machine.ok(&["undo"]);
    assert_eq!(number(&one(&machine, &["metric", "show", "m2"])["target"]), "0.3");
    assert_eq!(one(&machine, &["metric", "show", "m2"])["unit"], "days");
}

#[test]
fn a_metric_without_a_figure_says_why_and_what_comes_next() {
    let machine = Machine::new();
    machine.ok(&["metric", "add", "Own unit:count target:5"]);
    let told = one(&machine, &["metric", "status"]);
    assert_eq!(told["no_data_why"], "nobody has told a figure yet");
    assert_eq!(told["no_data_next"], "prewire metric record m1 FIGURE");
    assert_eq!((&told["target"], &told["figure"]), (&"5".into(), &"no data".into()), "{told}");
    for args in [["metric", "status"].as_slice(), &["metric", "show", "m1"]] {
        let said = machine.ok(args);
        let next = "nobody has told a figure yet: prewire metric record m1 FIGURE";
        assert!(said.contains(next), "{said}");
    }
    machine.ok(&["metric", "record", "m1", "4"]);
    assert!(one(&machine, &["metric", "status"])["no_data_why"].is_null());
    machine.ok(&["metric", "edit", "m1", "--cadence", "monthly"]);
    let told = one(&machine, &["metric", "status"]);
    assert_eq!(told["no_data_why"], "the one figure told is of another rhythm, it is monthly now");
    machine.ok(&["metric", "add", "Fed unit:count"]);
    machine.ok(&["metric", "source", "m2", "--command", "--", "/bin/echo", "5"]);
    let told = one(&machine, &["metric", "status", "m2"]);
    assert_eq!(told["no_data_why"], "its command has told no figure yet");
    assert_eq!(told["no_data_next"], "prewire metric refresh m2");
    let shown = machine.ok(&["metric", "show", "m2"]);
    assert!(shown.contains("/bin/echo 5") && !shown.contains("argv"), "{shown}");
    machine.ok(&["metric", "add", "win-rate"]);
    let told = one(&machine, &["metric", "status", "m3"]);
    let why = told["no_data_why"].as_str().unwrap();
    assert!(why.starts_with("counted on ") && told["no_data_next"].is_null(), "{told}");
}

#[test]
fn a_number_that_is_too_large_is_called_so_at_every_door() {
    let machine = Machine::new();
    machine.ok(&["metric", "add", "Own unit:count"]);
    for args in [
        ["metric", "record", "m1", "1e400"].as_slice(),
        &["metric", "record", "m1", "-1e31"],
        &["metric", "edit", "m1", "--target", "1e400"],
    ] {
        let ended = machine.run(args);
        assert!(ended.code == 4 && ended.err.contains("is too large"), "{args:?}: {}", ended.err);
    }
    let given = [
        (["metric", "record", "-"].as_slice(), "{\"metric\":\"m1\",\"value\":1e400}"),
        (&["metric", "add", "-"], "[{\"title\":\"X\",\"target\":-1e999}]"),
    ];
    for (args, text) in given {
        let ended = machine.fed(args, text);
        assert!(ended.err.contains("a number there is too large"), "{args:?}: {}", ended.err);
    }
    machine.ok(&["metric", "record", "m1", "1.5e3"]);
    assert_eq!(number(&one(&machine, &["metric", "status"])["value"]), "1500");
}

#[test]
fn what_a_watched_file_leaves_open_names_the_answer_that_settles_it() {
    let machine = Machine::new();
    machine.ok(&["metric", "add", "Own unit:count"]);
    machine.ok(&["metric", "add", "Share"]);
    let fed = |metric: &str, text: &str| {
        let file = machine.path("fed to it.csv");
        std::fs::write(&file, text).unwrap();
        machine.ok(&["metric", "source", metric, "--file", &file.display().to_string()]);
        let code = machine.run(&["metric", "refresh", metric]).code;
        let told = one(&machine, &["metric", "status", metric]);
        (code, told["source_trouble_why"].as_str().unwrap_or_default().to_owned())
    };
    let (code, why) = fed("m1", "date,Own\n2026-04-20,\"1,234\"\n2026-04-27,\"2,345\"\n");
    assert!(code == 18 && why.contains("--as m1 --marks point, or comma"), "{why}");
    assert!(why.contains("fed to it.csv' --as"), "{why}");
    let (code, why) = fed("m1", "date,Own\n05/06/2026,1\n06/06/2026,2\n");
    assert!(code == 18 && why.contains("--as m1 --dates dmy, or mdy"), "{why}");
    let (code, why) = fed("m2", "date,Share\n2026-04-20,0.31\n");
    assert!(code == 18 && why.contains("--rates fraction, or percent"), "{why}");
    let (code, why) = fed("m1", "date,Own\n2026-04-20,x\n");
    assert!(code == 18 && why.contains("is not a number") && !why.contains("say it once"), "{why}");
}

#[test]
fn every_metric_of_the_catalogue_is_made_in_one_step_with_what_it_means() {
    let machine = Machine::new();
    let all = machine.items(&["metric", "catalogue"]);
    assert!(all.len() >= 44, "{}", all.len());
    let slugs: Vec<&str> = all.iter().map(|one| one["ref"].as_str().unwrap()).collect();
    machine.fed(&["metric", "add", "-"], &slugs.join("\n"));
    for (template, made) in all.iter().zip(machine.items(&["metric", "list", "sort:ref"])) {
        let found = machine.items(&["metric", "show", made["ref"].as_str().unwrap()]).remove(0);
        let template = all.iter().find(|one| one["ref"] == found["catalogue"]).unwrap_or(template);
        for field in
            ["title", "definition", "unit", "direction", "timing", "accountability", "cadence"]
        {
            assert_eq!(found[field], template[field], "{field} of {}", template["ref"]);
        }
    }
    let said = machine.ok(&["metric", "catalogue"]);
    assert!(said.contains("days, down, monthly"), "{said}");
}

#[test]
fn what_was_said_of_an_earlier_figure_says_of_which() {
    let machine = Machine::new();
    machine.ok(&["metric", "add", "Own unit:count"]);
    machine.ok(&["metric", "record", "m1", "4", "--period", "2026-W15"]);
    machine.ok(&["metric", "narrative", "m1", "add", "2026-W15", "--notes", "Fear, not price"]);
    let said = machine.ok(&["metric", "status"]);
    assert!(said.contains("Fear, not price") && !said.contains("said of"), "{said}");
    machine.ok(&["metric", "record", "m1", "5", "--period", "2026-W17"]);
    let said = machine.ok(&["metric", "status"]);
    assert!(said.contains("said of 2026-W15: Fear, not price"), "{said}");
    let told = one(&machine, &["metric", "status"]);
    assert_eq!(
        (&told["meaning"], &told["said_of"]),
        (&"Fear, not price".into(), &"2026-W15".into())
    );
    machine.ok(&["metric", "edit", "m1", "--cadence", "monthly"]);
    assert!(!machine.ok(&["metric", "status"]).contains("Fear"), "its figures count no more");
}
