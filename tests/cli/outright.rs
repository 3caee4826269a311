//! What a figure, a file or an export does not tell is said outright: the cell and the way to settle
//! it, the columns that were passed over, why there is no figure, and which of two things counts.

use crate::program::{Ended, Machine};

fn all(ended: &Ended) -> String {
    format!("{}{}", ended.out, ended.err)
}

fn status(machine: &Machine, metric: &str) -> serde_json::Value {
    machine.items(&["metric", "status", metric]).remove(0)
}

/// Two metrics that watch one file, of which each fails by its own cells alone.
#[test]
fn a_bad_cell_of_a_watched_file_is_named_and_fails_its_own_metric() {
    let machine = Machine::new();
    machine.ok(&["metric", "add", "Sign-ups unit:count"]);
    machine.ok(&["metric", "add", "Conversion unit:percent"]);
    machine.write("fed.csv", "date,Sign-ups,Conversion\n2026-04-20,120,31%\n2026-04-27,abc,33%\n");
    for metric in ["m1", "m2"] {
        machine.run(&["metric", "source", metric, "--file", "fed.csv"]);
    }
    let ended = machine.run(&["metric", "refresh"]);
    assert_eq!(ended.code, 18, "{}", all(&ended));
    let place = "row 3, column Sign-ups: “abc” is not a number";
    assert!(all(&ended).contains(place) && !all(&ended).contains("--skip-bad"), "{}", all(&ended));
    assert_eq!(status(&machine, "m2")["figure"], "33 %");
    let shown = machine.ok(&["metric", "show", "m1"]);
    assert!(shown.contains("source failed: fed.csv: ") && shown.contains(place), "{shown}");
    assert!(machine.ok(&["metric", "status", "m1"]).contains(place));
}

#[test]
fn a_file_of_one_column_names_its_bad_cell_too() {
    let machine = Machine::new();
    machine.ok(&["metric", "add", "Sign-ups unit:count"]);
    machine.write("fed.csv", "date,value\n2026-04-20,120\n2026-04-27,abc\n");
    let ended = machine.run(&["metric", "source", "m1", "--file", "fed.csv"]);
    let place = "row 3, column value: “abc” is not a number";
    assert!(all(&ended).contains(place) && !all(&ended).contains("--skip-bad"), "{}", all(&ended));
    // Of several, none of which it is, that is what is told, and not a cell of another.
    machine.write("fed.csv", "date,One,Two\n2026-04-20,120,1\n2026-04-27,abc,2\n");
    let ended = machine.run(&["metric", "refresh", "m1"]);
    assert!(all(&ended).contains("none is called “Sign-ups”"), "{}", all(&ended));
}

#[test]
fn what_can_be_read_two_ways_fails_its_metric_until_it_is_said_once() {
    let machine = Machine::new();
    machine.ok(&["metric", "add", "Sign-ups unit:count"]);
    machine.ok(&["metric", "add", "Conversion unit:percent"]);
    machine
        .write("fed.csv", "date;Sign-ups;Conversion\n2026-04-20;1.120;31\n2026-04-27;1.204;33\n");
    for metric in ["m1", "m2"] {
        machine.run(&["metric", "source", metric, "--file", "fed.csv"]);
    }
    let listed = machine.ok(&["metric", "source"]);
    assert!(listed.contains("failed: row 2, column Sign-ups"), "{listed}");
    let ended = machine.run(&["metric", "refresh"]);
    assert_eq!(ended.code, 18);
    let said = all(&ended);
    assert!(said.contains("m2: recorded 2 figures") && said.contains("m1: failed"), "{said}");
    let file = machine.path("fed.csv");
    let once =
        format!("ay it once: prewire metric import {} --marks point, or comma", file.display());
    assert!(said.contains("“1.120” can be read as thousands and as decimals"), "{said}");
    assert!(said.contains(&once), "{said}");
    assert!(machine.ok(&["metric", "show", "m1"]).contains(&once));
    machine.ok(&["metric", "import", "fed.csv", "--marks", "comma", "--rates", "percent"]);
    machine
        .write("fed.csv", "date;Sign-ups;Conversion\n2026-04-20;1.120;31\n2026-04-27;1.305;33\n");
    machine.ok(&["metric", "refresh"]);
    assert_eq!(status(&machine, "m1")["figure"], "1,305");
}

#[test]
fn an_import_of_deals_says_what_it_did_not_read() {
    let machine = Machine::new();
    let text = "Id;Name;Stage;Close Date;Amount;Why they left\n1;Müller;Closed Lost;2026-04-18;5;Zu teuer\n2;Cedar;Closed Won;2026-04-19;6;\n";
    machine.write("deals.csv", text);
    let said = all(&machine.run(&["deal", "import", "deals.csv"]));
    assert!(
        said.contains("imported 2 deals") && said.contains("not read: Why they left"),
        "{said}"
    );
    // A column that is told of later changes those alone of which it says something.
    let said =
        all(&machine.run(&["deal", "import", "deals.csv", "--map", "Why they left=lost_reason"]));
    assert!(said.contains("~1 changed, =1 unchanged"), "{said}");
}

#[test]
fn a_win_rate_by_value_is_told_in_every_currency() {
    let machine = Machine::new();
    for deal in [
        "A amount:100 currency:EUR state:won created:2026-01-05 closed:2026-04-10",
        "B amount:50 currency:EUR state:lost created:2026-01-05 closed:2026-04-11",
        "C amount:30 currency:USD state:won created:2026-01-05 closed:2026-04-12",
    ] {
        machine.ok(&["deal", "add", deal]);
    }
    let told = machine.ok(&["deal", "figures", "--period", "2026-04"]);
    assert!(told.contains("100 of 150 EUR and 30 of 30 USD by value"), "{told}");
}

#[test]
fn limits_begin_anew_once_on_a_day() {
    let machine = Machine::new();
    machine.ok(&["metric", "add", "Sign-ups unit:count"]);
    insta::assert_snapshot!(machine.transcript(
        r#"
        prewire metric rebase m1 add "New form" --from 2026-04-20
        prewire metric rebase m1 add "New page" --from 2026-04-20
        prewire metric rebase m1 --from 2026-04-27
        prewire metric rebase m1 "New page" --from 2026-04-27
        prewire metric rebase m1 add "New page" --from 2026-04-27
        prewire metric rebase m1 edit 2 --from 2026-04-20
        prewire metric rebase m1 edit 2 "Newer page"
        prewire metric rebase m1 list
        prewire metric observation m1 add
        "#
    ));
}

#[test]
fn a_second_primary_metric_with_its_reason_stands_in_no_way() {
    let machine = Machine::new();
    machine.ok(&["metric", "add", "One primary:maya"]);
    machine.ok(&["metric", "add", "Two primary:maya", "--primary-reason", "two products"]);
    machine.ok(&["metric", "agree", "m1", "@raj"]);
    // One that is taken up again beside another does ask for a reason.
    machine.ok(&["metric", "add", "Three primary:lee"]);
    machine.ok(&["metric", "move", "m3", "retired"]);
    machine.ok(&["metric", "add", "Four primary:lee"]);
    let back = machine.run(&["metric", "move", "m3", "agreed"]);
    assert!(back.code == 4 && back.err.contains("(I6)"), "{}", all(&back));
}

#[test]
fn no_data_says_why_and_a_step_shows_its_quote() {
    let machine = Machine::new();
    machine.ok(&["metric", "add", "narrative-adoption"]);
    let told = status(&machine, "m1");
    assert_eq!(told["no_data_why"], "counted on calls that were scored, of which there is none");
    assert!(machine.ok(&["metric", "show", "m1"]).contains("counted on calls"));
    machine.ok(&[
        "metric",
        "add",
        "What buyers say reading:qualitative unit:score cadence:quarterly",
    ]);
    machine.ok(&["metric", "record", "m2", "4", "--note", "They finished in a day"]);
    assert_eq!(status(&machine, "m2")["quote"], "They finished in a day");
    for verb in ["show", "status", "chart"] {
        assert!(machine.ok(&["metric", verb, "m2"]).contains("They finished in a day"), "{verb}");
    }
    let catalogue = machine.items(&["metric", "catalogue"]);
    let computed =
        |slug: &str| catalogue.iter().find(|one| one["ref"] == slug).unwrap()["computed"].clone();
    for slug in ["early-involvement", "messaging-consistency", "stakeholder-pulse", "win-rate"] {
        assert_eq!(computed(slug), true, "{slug}");
    }
    assert_eq!(computed("nps"), false);
}

#[test]
fn figures_come_as_json_too() {
    let machine = Machine::new();
    machine.ok(&["metric", "add", "Win rate unit:percent"]);
    machine.ok(&["metric", "add", "Cycle unit:days"]);
    let json = r#"[{"metric":"m1","k":7,"n":12,"period":"2026-W17"},
        {"ref":"Cycle","value":41.5,"period":"2026-W17","note":"by hand"},
        {"metric":"m1","figure":"31.2%","period":"2026-W18"},{"metric":"m2","figure":40}]"#;
    let told = machine.fed(&["metric", "record", "-"], json);
    assert_eq!(told.code, 0, "{}", all(&told));
    assert_eq!(status(&machine, "m1")["figure"], "31.2 %");
    // What is printed is taken again, and a share is a fraction there.
    let own = machine.items(&["metric", "observation", "m1"]).remove(0);
    assert_eq!(own["k"], 7, "{own}");
    let value = machine
        .fed(&["metric", "record", "-"], r#"{"metric":"m1","value":0.4,"period":"2026-W16"}"#);
    assert!(all(&value).contains("recorded 40 %"), "{}", all(&value));
    for (bad, why) in [
        (r#"{"metric":"m1","value":1.4}"#, "object 1: 140 % is no share"),
        (
            r#"[{"metric":"m1","figure":"3%"},{"metric":"m9","figure":"3%"}]"#,
            "object 2: there is no m9",
        ),
        (r#"{"metric":"m1"}"#, "it tells no figure"),
        (r#"{"metric":"m1","figure":"3%","when":"now"}"#, "a reading has no “when”"),
    ] {
        let ended = machine.fed(&["metric", "record", "-"], bad);
        assert!(ended.code != 0 && ended.err.contains(why), "{bad}: {}", all(&ended));
    }
    let one = machine.fed(&["metric", "record", "-"], "m2 1.234,5 period:2026-W15\n");
    assert!(all(&one).contains("recorded 1234.5 days"), "{}", all(&one));
}

#[test]
fn groups_of_a_chart_are_mapped_by_their_own_names() {
    let machine = Machine::new();
    machine.ok(&["metric", "add", "Web activation unit:percent"]);
    machine.ok(&["metric", "add", "App activation unit:percent"]);
    machine.write(
        "chart.csv",
        "\"Activation rate, weekly\"\r\n\"Uniques, grouped by Platform\"\r\n\"\tSegment\",\"2026-04-20T00:00:00\",\"2026-04-27T00:00:00\"\r\n\"\tWeb\",\"31.2%\",\"33.0%\"\r\n\"\tApp\",\"28.9%\",\"29.4%\"\r\n",
    );
    let ended = machine.run(&["metric", "import", "chart.csv", "--map", "Wep=m1"]);
    assert_eq!(ended.code, 4);
    let said = all(&ended);
    assert!(
        said.contains("nothing in the file is called “Wep”")
            && said.contains("Activation rate, weekly, Web"),
        "{said}"
    );
    machine.ok(&["metric", "import", "chart.csv", "--map", "Web=m1", "--map", "App=m2"]);
    assert_eq!(status(&machine, "m2")["figure"], "29.4 %");
    assert!(all(&machine.run(&["metric", "import", "chart.csv"])).contains("nothing changed"));
    // The title of the chart without its rhythm, and the segment, are a metric of that name.
    let other = Machine::new();
    other.ok(&["metric", "add", "Activation rate unit:percent seg:Web"]);
    other.ok(&["metric", "add", "Activation rate unit:percent seg:App"]);
    std::fs::copy(machine.path("chart.csv"), other.path("chart.csv")).unwrap();
    other.ok(&["metric", "import", "chart.csv"]);
    assert_eq!(status(&other, "m1")["figure"], "33 %");
}

#[test]
fn the_chart_in_words_tells_how_firm_its_limits_are_and_when_the_target_is_met() {
    let machine = Machine::new();
    machine.ok(&["metric", "add", "Calls unit:count"]);
    let missed = machine.run(&["metric", "record", "win-rate", "30%"]);
    assert!(missed.err.contains("prewire metric add win-rate"), "{}", missed.err);
    machine.ok(&["metric", "add", "Sign-ups unit:count baseline:10 target:60 due:2026-06-30"]);
    let lines = |from: u32, to: u32| -> String {
        let line = |at: u32| format!("m2 {} period:2026-W{at:02}\n", 10 + 2 * at);
        (from..to).map(line).collect()
    };
    machine.fed(&["metric", "record", "-"], &lines(1, 8));
    let chart = machine.ok(&["metric", "chart", "m2"]);
    assert!(chart.contains(", provisional\n"), "{chart}");
    machine.fed(&["metric", "record", "-"], &lines(8, 19));
    let chart = machine.ok(&["metric", "chart", "m2"]);
    assert!(
        chart.contains("centre 23\n") && chart.contains("target met on 21 June 2026"),
        "{chart}"
    );
}

#[test]
fn an_import_of_figures_says_how_it_was_read() {
    let machine = Machine::new();
    machine.ok(&["metric", "add", "Größe unit:count"]);
    let bytes: Vec<u8> = "date;Größe\n2026-04-20;5\n"
        .chars()
        .map(|one| u8::try_from(u32::from(one)).unwrap())
        .collect();
    std::fs::write(machine.path("old.csv"), bytes).unwrap();
    let said = all(&machine.run(&["metric", "import", "old.csv"]));
    assert!(said.contains("1 figure · read as windows-1252"), "{said}");
}
