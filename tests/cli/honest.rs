//! Metrics told honestly: what is recorded, summed and said is what was meant, by every door.

use crate::program::Machine;

fn write(machine: &Machine, name: &str, text: &str) -> String {
    let path = machine.path(name);
    std::fs::write(&path, text).unwrap();
    path.display().to_string()
}

fn status(machine: &Machine) -> Vec<serde_json::Value> {
    machine.items(&["metric", "status"])
}

#[test]
fn won_money_in_a_second_currency_is_told_beside_the_first() {
    let machine = Machine::new();
    let deals = "Record ID,Deal Name,Deal Stage,Amount,Deal currency code,Close Date,Create Date,Deal Type,Segment\n\
                 1,A,closedwon,100,EUR,2026-05-01,2026-04-01,newbusiness,mid\n\
                 2,B,closedwon,200,USD,2026-05-02,2026-04-01,existingbusiness,ent\n\
                 3,C,closedwon,300,EUR,2026-05-02,2026-04-01,newbusiness,mid\n";
    let file = write(&machine, "deals.csv", deals);
    machine.ok(&["deal", "import", &file]);
    let figures = machine.items(&["deal", "figures"]);
    let text = serde_json::to_string(&figures).unwrap();
    for told in ["200 EUR", "200 USD", "currency:USD", "average 200 USD"] {
        assert!(text.contains(told), "{told}: {text}");
    }
    machine.ok(&["metric", "add", "expansion-revenue cadence:monthly"]);
    let metric = &status(&machine)[0];
    assert_eq!(metric["left_out"], "without 1 deal in USD", "{metric}");
    machine.ok(&["metric", "edit", "m1", "--currency", "USD"]);
    let metric = &status(&machine)[0];
    assert_eq!((metric["value"].as_f64(), metric["left_out"].is_null()), (Some(200.0), true));
}

#[test]
fn a_file_feeds_a_metric_only_with_figures_that_are_its_own() {
    let machine = Machine::new();
    machine.ok(&["metric", "add", "Act"]);
    machine.ok(&["metric", "add", "Oth unit:count"]);
    let fed = |text: &str| {
        let file = write(&machine, "fed.csv", text);
        machine.ok(&["metric", "source", "m1", "--file", &file]);
        let ended = machine.run(&["metric", "refresh", "m1"]);
        (ended.code, ended.err + &ended.out)
    };
    let (code, said) = fed("date,Oth\n2026-04-20,5\n2026-04-27,6\n");
    assert!(code == 18 && said.contains("it holds m2 “Oth”"), "{said}");
    let (code, said) = fed("date,Revenue\n2026-04-20,55\n2026-04-27,66\n");
    assert!(code == 18 && said.contains("“Revenue”") && said.contains("--map"), "{said}");
    let (code, said) = fed("date,value\n2026-04-20,0.31\n2026-04-27,0.33\n");
    assert!(code == 18 && said.contains("a fraction of 1"), "{said}");
    assert!(status(&machine)[0]["value"].is_null());
    let (code, said) = fed("date,value\n2026-04-20,31\n2026-04-27,33\n");
    assert_eq!(code, 0, "{said}");
    assert_eq!(status(&machine)[0]["figure"], "33 %");
    // A name that was said once is known.
    let file = write(&machine, "said.csv", "date,Revenue\n2026-04-20,55%\n2026-04-27,66%\n");
    machine.ok(&["metric", "import", &file, "--map", "Revenue=m1"]);
    let (code, said) = fed("date,Revenue\n2026-04-20,55%\n2026-04-27,67%\n");
    assert_eq!(code, 0, "{said}");
    assert_eq!(status(&machine)[0]["figure"], "67 %");
}

#[test]
fn two_outcomes_of_one_metric_stand_each_for_itself() {
    let machine = Machine::new();
    machine.ok(&["metric", "add", "Win baseline:24 target:30 starts:2026-04-01 due:2026-06-30"]);
    machine.ok(&["metric", "record", "m1", "26%"]);
    machine.ok(&["outcome", "add", "O1 metric:m1 target:27"]);
    machine.ok(&["outcome", "add", "O2 metric:m1 target:40"]);
    let told: Vec<String> = status(&machine)
        .iter()
        .map(|one| format!("{} {} {}", one["shows"], one["target"], one["status"]))
        .collect();
    assert_eq!(told, ["\"o1\" \"27 %\" \"on track\"", "\"o2\" \"40 %\" \"at risk\""]);
    let list = machine.ok(&["outcome", "list"]);
    assert!(list.contains("on track") && list.contains("at risk"), "{list}");
    assert!(!list.contains("no data"), "{list}");
}

#[test]
fn an_outcome_is_agreed_when_its_metric_is() {
    let machine = Machine::new();
    machine.ok(&["plan", "start", "90-day", "--on", "2026-05-04"]);
    for name in ["One", "Two", "Three"] {
        machine.ok(&["outcome", "add", &format!("{name} metric:something target:5")]);
    }
    let open = |machine: &Machine| machine.run(&["plan", "done", "s5"]).err;
    assert!(open(&machine).contains("0 of 3 outcomes agreed"), "{}", open(&machine));
    machine.ok(&["metric", "add", "Something target:50"]);
    machine.ok(&["metric", "agree", "m1", "@raj", "--objection", "count or value?"]);
    assert!(open(&machine).contains("0 of 3 outcomes agreed"), "{}", open(&machine));
    machine.ok(&["metric", "agree", "m1", "rm", "raj"]);
    machine.ok(&["metric", "agree", "m1", "@raj"]);
    let told = machine.ok(&["milestone", "show", "s5"]);
    assert!(told.contains("3 of 3 outcomes agreed"), "{told}");
}

#[test]
fn a_currency_that_is_none_is_in_no_sum_with_others() {
    let machine = Machine::new();
    machine.ok(&["impact", "add", "D kind:revenue amount:500"]);
    machine.ok(&["impact", "add", "J kind:revenue amount:10 currency:euro"]);
    let told = machine.ok(&["impact", "sum"]);
    assert!(told.contains("revenue 500, 1 impact") && told.contains("10 “euro”, 1"), "{told}");
    for line in ["H kind:revenue amount:1e30 currency:EUR", "F kind:win on:2027-01-01"] {
        assert_eq!(machine.run(&["impact", "add", line]).code, 4, "{line}");
    }
}

#[test]
fn two_names_of_a_file_never_share_a_figure_in_silence() {
    let machine = Machine::new();
    machine.ok(&["metric", "add", "Segm"]);
    let text = "date,metric,value,segment\n2026-04-20,Segm,31.2%,mid\n2026-04-27,Segm,33%,mid\n\
                2026-04-20,Segm,1%,ent\n2026-04-27,Segm,2%,ent\n";
    let file = write(&machine, "segments.csv", text);
    let ended = machine.run(&["metric", "import", &file, "--as", "m1"]);
    assert_eq!(ended.code, 4, "{}", ended.err);
    assert!(ended.err.contains("row 4") && ended.err.contains("in row 2 already"), "{}", ended.err);
    assert!(status(&machine)[0]["value"].is_null());
}

#[test]
fn a_share_is_a_share_by_every_door() {
    let machine = Machine::new();
    machine.ok(&["metric", "add", "Act"]);
    for figure in ["150%", "-5%", "1,234"] {
        let ended = machine.run(&["metric", "record", "m1", figure]);
        assert_eq!(ended.code, 4, "{figure}: {}", ended.err);
        assert!(ended.err.contains("no share of a whole"), "{figure}: {}", ended.err);
    }
    let file = write(&machine, "marks.csv", "date,metric,value\n2026-04-20,Act,\"45,000\"\n");
    let ended = machine.run(&["metric", "import", &file, "--cadence", "weekly"]);
    assert!(!ended.err.contains("--numbers"), "{}", ended.err);
}

#[test]
fn what_is_due_tells_reviews_by_their_day_and_figures_too() {
    let machine = Machine::new();
    machine.ok(&["decision", "add", "Which tier? due:2026-04-01"]);
    machine.ok(&["decision", "option", "d1", "add", "Two", "--recommend"]);
    machine.ok(&[
        "--today",
        "2026-04-02",
        "decision",
        "decide",
        "d1",
        "--option",
        "a",
        "--rationale",
        "x",
        "--review-on",
        "2026-05-04",
        "--override",
        "x",
    ]);
    machine.ok(&["metric", "add", "Act"]);
    machine.ok(&["metric", "record", "m1", "30%", "period:2026-W17"]);
    let due: Vec<String> = machine
        .items(&["due"])
        .iter()
        .map(|one| format!("{} {} {}", one["ref"], one["due"], one["why"]))
        .collect();
    assert_eq!(
        due,
        [
            "\"d1\" \"2026-05-04\" \"did it work? a review is due\"",
            "\"m1\" \"2026-05-04\" \"2026-W18 has no figure yet\"",
        ]
    );
    assert_eq!(machine.ok(&["due", "--format", "{ref} {why}"]).lines().count(), 2);
    assert_eq!(machine.run(&["due", "--format", "{bogus}"]).code, 2);
    assert_eq!(machine.run(&["next", "--format", "{bogus}"]).code, 2);
    let text = machine.ok(&["due", "--format", "{\"text\":\"{ref}\"}"]);
    assert!(text.starts_with("{\"text\":\"d1\"}"), "{text}");
}

#[test]
fn confidence_stands_beside_the_status_and_two_drops_are_told() {
    let machine = Machine::new();
    machine.ok(&["metric", "add", "Act"]);
    machine.ok(&["metric", "record", "m1", "30%"]);
    for level in ["7", "6", "5"] {
        machine.ok(&["metric", "confidence", "m1", "add", "--level", level]);
    }
    let metric = &status(&machine)[0];
    assert_eq!((metric["confidence"].as_i64(), &metric["less_sure"]), (Some(5), &true.into()));
    for verb in ["status", "scorecard", "check"] {
        let told = machine.ok(&["metric", verb]);
        assert!(told.contains("less sure twice in a row"), "{verb}: {told}");
    }
}

#[test]
fn the_slot_of_the_week_stays_when_nothing_else_is_due() {
    let machine = Machine::new();
    machine.ok(&["artefact", "add", "Memo kind:decision-memo"]);
    machine.ok(&["artefact", "ship", "f1", "--on", "2026-04-28"]);
    let told = machine.ok(&["today"]);
    assert!(told.contains("artefact not shipped"), "{told}");
}

#[test]
fn columns_of_the_scorecard_are_the_same_periods_and_old_figures_say_so() {
    let machine = Machine::new();
    for name in ["Old", "New", "Running"] {
        machine.ok(&["metric", "add", name]);
    }
    machine.ok(&["metric", "record", "m1", "30%", "period:2026-W16"]);
    machine.ok(&["metric", "record", "m2", "30%", "period:2026-W18"]);
    machine.ok(&["metric", "record", "m3", "30%", "period:2026-W19"]);
    let card = machine.items(&["metric", "scorecard"]);
    let of = |name: &str| {
        let row = card.iter().find(|one| one["ref"] == name).unwrap();
        let line = row["periods"].as_array().unwrap();
        line.iter().position(|one| !one.is_null()).unwrap()
    };
    assert_eq!((of("m1"), of("m2"), of("m3")), (9, 11, 12));
    assert!(machine.ok(&["metric", "scorecard"]).contains("stale 17 d"));
}

#[test]
fn what_cannot_be_is_refused() {
    let machine = Machine::new();
    machine.ok(&["metric", "add", "Low"]);
    machine.ok(&["metric", "add", "High level:company"]);
    machine.ok(&["metric", "edit", "m1", "parent:m2"]);
    for line in [
        "metric edit m2 parent:m1",
        "metric edit m1 parent:m1",
        "metric add R1 direction:range low:20 high:10",
        "metric add R2 direction:range target:5",
        "metric add R3 due:2026-01-01 starts:2026-05-01",
        "metric add R4 direction:up baseline:50 target:10",
        "involvement add Early involved:2026-05-08",
    ] {
        let most = if line.starts_with("metric edit") { 4 } else { 3 };
        let words: Vec<&str> = line.splitn(most, ' ').collect();
        assert_eq!(machine.run(&words).code, 4, "{line}");
    }
    // Without a word the figures themselves say which way is better.
    machine.ok(&["metric", "add", "Cycle unit:days baseline:40 target:30"]);
    assert_eq!(machine.items(&["metric", "show", "m3"])[0]["direction"], "down");
    machine.ok(&["metric", "add", "Trust reading:qualitative unit:score"]);
    for (figure, code) in [("3.5 -- so so", 4), ("4", 4), ("4 -- “I would show it”", 0)] {
        assert_eq!(machine.run(&["metric", "record", "m4", figure]).code, code, "{figure}");
    }
}

#[test]
fn a_file_of_one_row_is_read_as_its_metric_is() {
    let machine = Machine::new();
    machine.ok(&["metric", "add", "Web"]);
    let file = write(&machine, "one.csv", "date,metric,value\n2026-04-27,Web,31%\n");
    machine.ok(&["metric", "import", &file]);
    assert_eq!(status(&machine)[0]["period"], "2026-W18");
}

#[test]
fn the_catalogue_is_offered_where_a_metric_is_missed() {
    let machine = Machine::new();
    machine.ok(&["metric", "add", "Act"]);
    let missed = machine.run(&["metric", "show", "Repeated-objection"]);
    assert_eq!(missed.code, 3);
    assert!(missed.err.contains("prewire metric add repeated-objection"), "{}", missed.err);
    machine.ok(&["metric", "add", "catalogue:narrative-adoption"]);
    let metric = &machine.items(&["metric", "show", "m2"])[0];
    assert_eq!(metric["title"], "Narrative adoption by stage");
    assert!(!metric["definition"].as_str().unwrap().is_empty());
    assert_eq!(metric["state"], "proposed");
}

#[test]
fn examples_and_ways_on_are_of_what_they_stand_with() {
    let machine = Machine::new();
    machine.ok(&["metric", "add", "Act"]);
    let help = machine.ok(&["metric", "agree", "--help"]);
    assert!(!help.contains("--held today"), "{help}");
    let help = machine.ok(&["metric", "narrative", "--help"]);
    assert!(!help.contains("sales '"), "{help}");
    machine.ok(&["metric", "record", "m1", "30%", "period:last"]);
    machine.ok(&["metric", "narrative", "m1", "last", "What the figure means"]);
    let told = machine.run(&["metric", "source", "m1"]);
    assert_eq!(told.code, 0);
    assert!((told.err + &told.out).contains("metric source m1 --file"));
}

#[test]
fn what_is_stale_is_found_and_what_is_wanted_today_stands_first() {
    let machine = Machine::new();
    machine.ok(&["metric", "add", "Old"]);
    machine.ok(&["metric", "add", "New"]);
    machine.ok(&["metric", "record", "m1", "30%", "period:2026-W16"]);
    machine.ok(&["metric", "record", "m2", "30%", "period:2026-W18"]);
    let stale: Vec<_> = machine.items(&["metric", "list", "is:stale"]);
    assert_eq!((stale.len(), &stale[0]["ref"]), (1, &"m1".into()));
    for number in 0..12 {
        machine.ok(&["request", "add", &format!("Later {number} from:sam due:2026-05-15")]);
    }
    machine.ok(&["request", "add", "Now from:sam due:2026-05-06"]);
    let today = machine.items(&["today"]);
    let first = today.iter().find(|one| one["section"] == "triage").unwrap();
    assert_eq!(first["title"], "Now", "{first}");
}

#[test]
fn a_plan_that_moves_as_a_whole_moves_its_phases() {
    let machine = Machine::new();
    machine.ok(&["plan", "start", "90-day", "--on", "2026-05-04"]);
    machine.ok(&["plan", "rebase", "--by", "7d", "--reason", "Leave"]);
    let plan = machine.items(&["plan", "list"])[0]["phases"].to_string();
    for end in ["37 ", "67 ", "97 "] {
        assert!(plan.contains(end), "{end}: {plan}");
    }
}

#[test]
fn a_person_says_when_they_were_reached_last() {
    let machine = Machine::new();
    machine.ok(&["person", "add", "Lee"]);
    machine.ok(&["artefact", "add", "Memo kind:decision-memo"]);
    machine.ok(&["artefact", "edit", "f1", "reached:Lee"]);
    machine.ok(&["artefact", "ship", "f1", "--on", "2026-04-28"]);
    let told = machine.ok(&["person", "show", "Lee"]);
    assert!(told.contains("8 days ago"), "{told}");
}
