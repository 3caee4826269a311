//! Plans that follow one another, metrics that are read at another rhythm or shown by several
//! outcomes, files that are bad in one place, and artefacts filled from what is known of the market.

use serde_json::Value as Json;

use crate::program::Machine;

fn first(machine: &Machine, words: &[&str]) -> Json {
    machine.items(words).remove(0)
}

#[test]
fn a_plan_made_ahead_waits_until_the_one_before_is_over() {
    let machine = Machine::new();
    machine.ok(&["--today", "2026-02-02", "plan", "start", "90-day", "--on", "2026-02-02"]);
    machine.ok(&["--today", "2026-04-20", "plan", "start", "90-day", "--on", "2026-05-04"]);
    let shown = |today: &str| first(&machine, &["--today", today, "plan", "show"]);
    assert_eq!(shown("2026-04-20")["ref"], "p1", "the running one stays");
    assert_eq!(shown("2026-05-02")["standpoint"], "day 90/90");
    assert_eq!(shown("2026-05-03")["ref"], "p1", "over, and nothing else has begun");
    assert_eq!(shown("2026-05-04")["standpoint"], "day 1/90", "the next one takes over by itself");
    let added = machine.run(&["--today", "2026-05-05", "milestone", "add", "Mine due:day10"]);
    assert!(added.err.contains("p2 is the active plan now"), "{}", added.err);
    assert_eq!(machine.items(&["milestone", "show", "s29"])[0]["due"], "2026-05-13");
    let states = machine.items(&["plan", "list"]);
    let state = |reference: &str| {
        states.iter().find(|one| one["ref"] == reference).map(|one| one["state"].clone()).unwrap()
    };
    assert_eq!((state("p1"), state("p2")), ("running".into(), "active".into()));
}

#[test]
fn a_milestone_past_the_end_makes_its_plan_longer() {
    let machine = Machine::new();
    let today = ["--today", "2026-05-04"];
    let run = |words: &[&str]| machine.run(&[&today[..], words].concat());
    run(&["plan", "start", "90-day", "--on", "2026-05-04"]);
    let added = run(&["milestone", "add", "Read it again due:day91"]);
    assert!(added.err.contains("p1 has 91 days now"), "{}", added.err);
    assert_eq!(first(&machine, &["plan", "show"])["days"], 91);
    let far = run(&["milestone", "add", "Next year due:day300"]);
    assert_eq!(far.code, 4);
    assert!(far.err.contains("past day 180"), "{}", far.err);
    run(&["undo"]);
    assert_eq!(first(&machine, &["plan", "show"])["days"], 90);
}

#[test]
fn each_outcome_has_its_own_target_of_a_metric_that_several_show() {
    let machine = Machine::new();
    machine.ok(&["metric", "add", "Leads unit:points"]);
    machine.ok(&["metric", "record", "m1", "21", "period:2026-W17"]);
    machine.ok(&["outcome", "add", "Near metric:m1 baseline:18 target:22 due:2026-06-30"]);
    machine.ok(&["outcome", "add", "Far metric:m1 baseline:10 target:90 due:2026-06-30"]);
    let today = machine.ok(&["--today", "2026-05-20", "today"]);
    assert!(today.contains("Near  21 points → 22 points"), "{today}");
    assert!(today.contains("Far  21 points → 90 points, at risk"), "{today}");
    let status = machine.ok(&["--today", "2026-05-20", "metric", "status"]);
    assert!(status.contains("21 points → 90 points  at risk"), "{status}");
}

#[test]
fn a_bad_cell_of_a_watched_file_fails_its_own_metric_alone() {
    let machine = Machine::new();
    machine.ok(&["metric", "add", "Win unit:percent"]);
    machine.ok(&["metric", "add", "Cost unit:money"]);
    machine.write("w.csv", "date,Win,Cost\n2026-04-20,31%,100\n2026-04-27,33%,oops\n");
    machine.run(&["metric", "source", "m1", "--file", "w.csv"]);
    machine.run(&["metric", "source", "m2", "--file", "w.csv"]);
    let asked = machine.run(&["--today", "2026-05-06", "metric", "refresh"]);
    assert_eq!(asked.code, 18);
    assert!(asked.err.contains("m1: recorded 2 figures"), "{}", asked.err);
    assert!(asked.err.contains("row 3, column Cost: “oops” is not a number"), "{}", asked.err);
    let status = machine.items(&["--today", "2026-05-06", "metric", "status"]);
    let of = |reference: &str| status.iter().find(|one| one["ref"] == reference).unwrap();
    assert_eq!(of("m1")["value"], 0.33);
    assert!(of("m1")["source_trouble"].is_null());
    assert_eq!(of("m2")["source_trouble"], "source failed");
    // A day that is none is nobody's, and spoils the row for all.
    machine.write("w.csv", "date,Win,Cost\n2026-04-20,31%,100\nsoon,33%,110\n");
    let asked = machine.run(&["--today", "2026-05-06", "metric", "refresh"]);
    assert!(asked.err.contains("m1: failed, row 3, column date"), "{}", asked.err);
    assert!(asked.err.contains("m2: failed, row 3, column date"), "{}", asked.err);
    // In a table with a row for each figure, the row is of its metric.
    machine.write(
        "w.csv",
        "date,metric,value\n2026-04-20,Win,31%\n2026-04-27,Win,34%\n2026-04-20,Cost,1\nsoon,Cost,2\n",
    );
    let asked = machine.run(&["--today", "2026-05-06", "metric", "refresh"]);
    assert!(asked.err.contains("m1: recorded"), "{}", asked.err);
    assert!(asked.err.contains("m2: failed, row 5, column date"), "{}", asked.err);
}

#[test]
fn readings_of_another_rhythm_stay_and_count_no_more() {
    let machine = Machine::new();
    machine.ok(&["metric", "add", "Win unit:percent cadence:weekly"]);
    for week in 10..18 {
        let period = format!("period:2026-W{week}");
        machine.ok(&["metric", "record", "m1", &format!("{}%", 20 + week % 3), &period]);
    }
    let edit = machine.run(&["metric", "edit", "m1", "--cadence", "monthly"]);
    assert!(edit.err.contains("8 readings stay on record and no longer count"), "{}", edit.err);
    let edit = machine.run(&["metric", "edit", "m1", "--unit", "days", "--dry-run"]);
    assert!(edit.err.contains("8 readings told in percent, read in days now"), "{}", edit.err);
    let chart =
        |machine: &Machine| first(machine, &["--today", "2026-05-06", "metric", "chart", "m1"]);
    let found = chart(&machine);
    assert_eq!((&found["figure"], &found["limits"]), (&Json::from("no data"), &Json::Null));
    let told = found["observations"].as_array().unwrap();
    assert_eq!(told.len(), 8);
    assert!(told.iter().all(|one| one["counts"] == false));
    machine.ok(&["--today", "2026-05-06", "metric", "record", "m1", "40%"]);
    let found = chart(&machine);
    assert_eq!((&found["period"], &found["value"]), (&Json::from("2026-04"), &Json::from(0.4)));
    machine.ok(&["metric", "edit", "m1", "--cadence", "weekly"]);
    assert_eq!(chart(&machine)["period"], "2026-W17", "what was read weekly counts again");
}

#[test]
fn limits_begin_anew_today_unless_a_day_is_said_and_never_without_a_reason() {
    let machine = Machine::new();
    machine.ok(&["metric", "add", "Cycle unit:days cadence:weekly"]);
    for (place, value) in [21, 19, 23, 22, 20, 18, 24, 21].into_iter().enumerate() {
        let period = format!("period:2026-W{}", 10 + place);
        machine.ok(&["metric", "record", "m1", &value.to_string(), &period]);
    }
    let bare = machine.run(&["metric", "rebase", "m1", "add", "2026-04-01"]);
    assert_eq!(bare.code, 4);
    assert!(bare.err.contains("only with a reason"), "{}", bare.err);
    machine.ok(&["--today", "2026-05-06", "metric", "rebase", "m1", "add", "A new pricing desk"]);
    let found = first(&machine, &["--today", "2026-05-06", "metric", "status", "m1"]);
    assert!(found["limits"].is_null());
    assert_eq!(found["course"], "Limits begin anew, 0 of 6");
    machine.ok(&["--today", "2026-05-06", "metric", "factor", "m1", "add", "Rivo cut prices"]);
    let found = first(&machine, &["--today", "2026-05-06", "metric", "chart", "m1"]);
    assert_eq!(found["events"][0]["on"], "2026-05-06");
}

#[test]
fn a_company_figure_stands_at_the_top() {
    let machine = Machine::new();
    machine.ok(&["metric", "add", "ARR level:company unit:money"]);
    machine.ok(&["metric", "add", "New ARR level:company unit:money parent:m1"]);
    machine.ok(&["metric", "add", "Win rate, mid unit:percent parent:m2"]);
    let refused = machine.run(&["metric", "edit", "m1", "--parent", "m3"]);
    assert_eq!(refused.code, 4);
    machine.ok(&["metric", "add", "Alone unit:percent"]);
    let refused = machine.run(&["metric", "edit", "m1", "--parent", "m4"]);
    assert_eq!(refused.code, 4);
    assert!(refused.err.contains("stands at the top"), "{}", refused.err);
    let refused = machine.run(&["metric", "add", "Odd level:company parent:m4"]);
    assert_eq!(refused.code, 4, "{}", refused.err);
}

#[test]
fn files_come_through_a_pipe_too() {
    let machine = Machine::new();
    machine.ok(&["metric", "add", "Visits unit:count"]);
    let figures = "date,Visits\n2026-04-20,120\n2026-04-27,130\n2027-04-26,900\n";
    let told = machine.fed(&["--today", "2026-05-06", "metric", "import", "-"], figures);
    assert_eq!(told.code, 0, "{}", told.err);
    assert!(told.err.contains("1 of a period that has not begun left out"), "{}", told.err);
    assert!(told.err.contains("recorded 2 figures"), "{}", told.err);
    let deals = "Record ID,Deal Name,Deal Stage,Close Date,Amount,Create Date\n\
                 1,Signed,Closed Won,2026-05-02,\"$45,000\",2026-02-01\n\
                 2,Backwards,Closed Lost,2026-04-01,45k,2026-05-01\n";
    let told = machine.fed(&["--today", "2026-05-06", "deal", "import", "-"], deals);
    assert_eq!(told.code, 0, "{}", told.err);
    assert!(told.err.contains("row 3: “Backwards” closed on 2026-04-01"), "{}", told.err);
    let found = machine.items(&["deal", "list", "--closed"]);
    assert_eq!(found.len(), 2);
    assert!(found.iter().all(|deal| deal["amount"] == 45_000.0));
    let by_hand =
        machine.run(&["deal", "add", "Odd created:2026-05-01 closed:2026-04-01 state:won"]);
    assert_eq!(by_hand.code, 4, "{}", by_hand.err);
    let left: Vec<_> = std::fs::read_dir(machine.path(""))
        .unwrap()
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .filter(|name| name.starts_with("prewire-"))
        .collect();
    assert!(left.is_empty(), "{left:?}");
}

#[test]
fn an_artefact_is_filled_from_the_market_that_it_is_about() {
    let machine = Machine::new();
    machine.ok(&[
        "segment",
        "add",
        "Regulated freight who:\"Compliance leads\" workflow:\"Opening a lane\" \
         problem:\"A week of paper\" size:2100 size_unit:accounts ltv:61000 currency:EUR \
         value_source:finance",
    ]);
    machine.ok(&[
        "claim",
        "add",
        "Forwarders buy relief seg:Regulated test:\"Five walk-throughs\" threshold:\"4 of 5\"",
    ]);
    for (text, more) in [
        ("Paper takes a week", "acct:Acme stage:problem claim:+c1"),
        ("Nobody checks it twice", "acct:Borealis stage:solution claim:+c1"),
        ("We are fast enough", "acct:Cargo stage:proposal claim:-c1"),
        ("I think they care", "acct:Dune stage:problem type:opinion claim:+c1"),
    ] {
        let line = format!("{text} seg:Regulated {more}");
        machine.ok(&["--today", "2026-05-06", "evidence", "add", &line]);
    }
    insta::assert_snapshot!(machine.transcript(
        r#"
        prewire artefact add "Freight buys relief kind:segment-hypothesis about:g1"
        prewire artefact page f1
        prewire artefact add "Paper, not speed kind:messaging-gap"
        prewire artefact edit f2 --claims c1
        prewire artefact page f2
        prewire artefact add "Relief first kind:narrative-update claims:c1 audiences:Sales"
        prewire artefact page f3
        "#
    ));
    let folder = machine.path("config/prewire/artefacts");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("launch-risk.md"), "# {title}\n\n{risk_one}\n").unwrap();
    let own = machine.run(&["artefact", "add", "My own kind:launch-risk"]);
    assert!(!own.err.contains("shipped template"), "{}", own.err);
}
