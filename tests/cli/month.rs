//! The monthly review from standard input: eight sections in order, held by what is off track until
//! it is explained or waived, ending in the report of the month.

use crate::program::Machine;

/// Two metrics that are off track, one decision that somebody else takes; 6 May 2026.
fn machine() -> Machine {
    let machine = Machine::new();
    machine.ok(&["outcome", "add", "Win rate baseline:20 target:60 unit:% due:2026-06-30"]);
    machine.ok(&["decision", "add", "Which tier? due:fri approver:Dana"]);
    for (name, from, to) in [("Wins", 20, 60), ("Trials", 5, 9)] {
        let aim = format!(
            "{name} unit:percent direction:up cadence:weekly baseline:{from} target:{to} due:2026-06-30"
        );
        machine.ok(&["metric", "add", &aim]);
    }
    let own = |name: &str| {
        let found = machine.items(&["metric", "list", name]);
        found.iter().find(|one| one["title"] == name).unwrap()["ref"].as_str().unwrap().to_owned()
    };
    let (wins, trials) = (own("Wins"), own("Trials"));
    assert_eq!((wins.as_str(), trials.as_str()), ("m1", "m2"), "no catalogue in between");
    machine.ok(&["outcome", "edit", "o1", "--measured-by", "m1"]);
    for (metric, figure) in [("m1", "22%"), ("m2", "5%")] {
        machine.ok(&["metric", "record", metric, figure, "period:2026-W18"]);
    }
    machine
}

/// What goes through the sections behind the outcomes, one decision taken down in the last.
const REST: &str = "\n\n\n\n\nDo we name one owner? approver:Lee due:fri\n\n";

#[test]
fn an_off_track_figure_holds_the_month_until_it_is_explained_or_waived() {
    let machine = machine();
    let held = machine
        .fed(&["review", "month"], "\n\nskip\nexplain m1 Fear / Rivals\nexplain m9 x\nwaive m2\n");
    assert_eq!(held.err.matches("holds the review until").count(), 2, "{}", held.err);
    assert!(held.err.contains("still wants which decision follows"), "{}", held.err);
    assert!(held.err.contains("m9 holds nothing here"), "{}", held.err);
    assert!(held.err.contains("a waiver says who gives it"), "{}", held.err);
    let wrong =
        machine.fed(&["review", "month"], "explain m1 Fear / Rivals / A date? / more posts\n");
    assert!(wrong.err.contains("“more posts” is none of the four"), "{}", wrong.err);
    let answers = format!(
        "explain m1 Fear, not features / Rivals sell dates / A date? / messaging\nwaive m2 Maya: one bad week\n\n{REST}"
    );
    let ended = machine.fed(&["review", "month"], &answers);
    assert!(ended.err.contains("is over"), "{}", ended.err);
    insta::assert_snapshot!(ended.out);
    let narrative = machine.ok(&["metric", "narrative", "m1", "list"]);
    assert!(narrative.contains("2026-W18") && narrative.contains("messaging"), "{narrative}");
    assert!(machine.ok(&["decision", "list"]).contains("Do we name one owner?"));
}

#[test]
fn the_whole_month_is_taken_back_and_a_part_goes_on() {
    let machine = machine();
    let plain = |text: &str| {
        let all: serde_json::Value = serde_json::from_str(text).unwrap();
        serde_json::to_string(&all["items"]).unwrap()
    };
    let before = plain(&machine.ok(&["export", "json"]));
    machine.fed(&["review", "month"], "Rivo left the market\n\nwaive m2 Maya: one bad week\nq\n");
    let shown = machine.items(&["review", "month", "--no-input"]);
    assert_eq!(shown[0]["state"], "done");
    assert_eq!(shown[1]["held"].as_array().unwrap().len(), 2, "{}", shown[1]);
    let waived = shown[1]["held"][1]["answer"].as_str().unwrap_or_default();
    assert!(
        waived.starts_with("waived by Maya ") && waived.ends_with(": one bad week"),
        "{}",
        shown[1]
    );
    let answers =
        format!("explain m1 Fear / Rivals / A date? / scope\nu\nwaive m1 Maya: known\n\n{REST}");
    let ended = machine.fed(&["--json", "review", "month"], &answers);
    assert!(ended.err.contains("goes on") && ended.err.contains("undid"), "{}", ended.err);
    let run: serde_json::Value = serde_json::from_str(&ended.out).unwrap();
    assert_eq!(run["items"][0]["state"], "finished", "{}", ended.err);
    machine.ok(&["undo", "--group"]);
    assert_eq!(before, plain(&machine.ok(&["export", "json"])));
}

#[test]
fn the_questions_without_a_change_say_so() {
    let machine = machine();
    let told = machine.ok(&["review", "month", "--no-input"]);
    assert!(told.contains("0 changes evidenced"), "{told}");
    assert_eq!(told.matches("no evidence").count(), 3, "{told}");
}

#[test]
fn whom_a_report_reached_is_no_longer_unreached() {
    let machine = machine();
    machine.ok(&["person", "edit", "u1", "--influence", "3"]);
    assert!(machine.ok(&["involvement", "report"]).contains("Dana"));
    let sent = machine.run(&["report", "exec", "--to", "dana"]);
    assert!(sent.err.contains("executive one-pager, 6 April to 6 May 2026 → Dana"), "{}", sent.err);
    assert!(sent.out.starts_with("# Executive one-pager"));
    assert!(!machine.ok(&["involvement", "report"]).contains("Dana"));
    machine.ok(&["undo"]);
    assert!(machine.ok(&["involvement", "report"]).contains("Dana"));
    assert_eq!(machine.run(&["report", "exec", "--to", " , "]).code, 4);
    assert_eq!(machine.run(&["report", "pack", "--to", "dana"]).code, 2);
}
