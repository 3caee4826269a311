//! Plans, artefacts and involvements as they stand on a terminal, with the golden cases of the
//! model, and a plan of ninety days lived through day by day.

use std::fmt::Write as _;

use chrono::{Duration, NaiveDate};
use serde_json::Value as Json;

use crate::program::Machine;

fn plan(machine: &Machine, today: &str) -> Json {
    machine.items(&["--today", today, "plan", "show"]).remove(0)
}

#[test]
fn a_plan_is_started_ticks_by_itself_and_is_moved_with_a_reason() {
    let machine = Machine::new();
    insta::assert_snapshot!(machine.transcript(
        r#"
        prewire plan show
        prewire plan start 90
        prewire plan start ninety
        prewire plan start 90-day --on 2026-05-04
        prewire milestone add "Pricing page is live due:day45 gate:yes"
        prewire milestone add "Too soon due:2026-05-01"
        prewire milestone add "Never due:day20" --exit "hope"
        prewire artefact add "Fear, not features kind:narrative-update"
        prewire artefact ship f1
        prewire artefact edit f1 --expected-impact "Win rate up 3 points in mid-market by June"
        prewire artefact ship f1
        prewire milestone edit s5 --state done
        prewire plan done s5
        prewire plan done s4
        prewire plan done s5 --override "Two are enough this quarter"
        prewire plan rebase s6:day50
        prewire plan rebase s6:day50 --reason "The launch moved"
        prewire plan rebase s5:day50 --reason "Too late"
        prewire plan rebase s13:day95 --reason "A week of leave"
        prewire plan show
        prewire show s6
        prewire show s5
        prewire undo
        prewire undo
        prewire redo
        prewire plan start 30-day-shift --name "Shift"
        prewire plan list
        prewire plan activate p2
        prewire plan list
        prewire plan done p2
        prewire plan list
        prewire history --limit 5
        "#
    ));
}

#[test]
fn templates_of_ones_own_are_named_with_their_line_before_anything_stands_in() {
    let machine = Machine::new();
    let plans = machine.path("config/prewire/plans");
    std::fs::create_dir_all(&plans).unwrap();
    let shipped = include_str!("../../assets/plans/4-week-sprint.toml");
    let broken = shipped.replace("day = 5\n", "day = 50\n");
    std::fs::write(plans.join("4-week-sprint.toml"), broken).unwrap();
    let mine = "slug = \"two-days\"\nname = \"Two days\"\nabout = \"Short.\"\ndays = 2\n\n\
                [[phase]]\nname = \"Both\"\nlast_day = 2\n";
    std::fs::write(plans.join("two-days.toml"), mine).unwrap();
    std::fs::write(plans.join("hopeless.toml"), "slug = \n").unwrap();
    let artefacts = machine.path("config/prewire/artefacts");
    std::fs::create_dir_all(&artefacts).unwrap();
    std::fs::write(artefacts.join("launch-risk.md"), "# {launch}\n\n{mood}\n").unwrap();
    insta::assert_snapshot!(machine.transcript(
        r"
        prewire plan template
        prewire plan start hopeless
        prewire plan start two-days
        prewire plan start 4-week-sprint
        prewire artefact add Risks kind:launch-risk
        "
    ));
}

/// What happens on which day of the plan, and what `plan show` says of it from then on.
const LIFE: &[(u32, &str)] = &[
    (5, "review friday"),
    (16, "positioning add \"Rollout first\""),
    (16, "message add \"Live in six weeks slot:path\""),
    (17, "positioning audit pos1 add Home --message msg1 --score 1"),
    (17, "positioning audit pos1 add Pricing --message msg1 --score 2"),
    (17, "positioning audit pos1 add Deck --message msg1 --score 0"),
    (18, "positioning audit pos1 add Email --message msg1 --score 1"),
    (18, "positioning audit pos1 add Demo --message msg1 --score 2"),
    (23, "artefact add Gap kind:messaging-gap"),
    (23, "artefact ship f1"),
    (24, "plan done s4"),
    (27, "metric add \"Rate catalogue:win-rate\""),
    (27, "outcome add \"One metric:Rate target:30 due:eoq\""),
    (28, "outcome add \"Two metric:Rate target:20 due:eoq\""),
    (30, "metric agree m1 @raj"),
    (33, "outcome add \"Three metric:Rate target:40 due:eoq\""),
    (40, "artefact add Segment kind:segment-hypothesis"),
    (41, "artefact ship f2"),
    (44, "artefact add Line kind:narrative-update expected_impact:Up"),
    (44, "artefact ship f3"),
    (52, "plan done s8"),
    (55, "person add \"Pia role:pm\""),
    (55, "person add \"Sam role:sales\""),
    (55, "person add \"Gro role:growth\""),
    (56, "metric agree m1 add pia --on today"),
    (56, "metric agree m1 add sam --on today"),
    (60, "metric agree m1 add gro --on today"),
    (62, "plan rebase s10:day70 --reason \"Legal reads it first\""),
    (69, "request policy --channels form --largest 4h"),
    (80, "plan done s12 --override \"Held on paper\""),
];

#[test]
fn ninety_days_lived_day_by_day() {
    let machine = Machine::new();
    let start: NaiveDate = "2026-11-16".parse().unwrap();
    machine.ok(&["plan", "start", "90-day", "--on", "2026-11-16"]);
    let mut told = String::new();
    let mut before = String::new();
    for number in 1..=92_u32 {
        let today = (start + Duration::days(i64::from(number) - 1)).to_string();
        // Three calls, then ten calls and five lost deals.
        let heard = match number {
            6 => [("call", 3), ("deal", 0)],
            16 => [("call", 7), ("deal", 5)],
            _ => [("call", 0), ("deal", 0)],
        };
        for (kind, count) in heard {
            for _ in 0..count {
                let line = format!("Heard again kind:{kind} seg:unknown stage:unknown");
                machine.ok(&["--today", &today, "evidence", "add", &line]);
            }
        }
        for (_, line) in LIFE.iter().filter(|(day, _)| *day == number) {
            let words = shell(line);
            let words: Vec<&str> = words.iter().map(String::as_str).collect();
            let call = [&["--today", &today], words.as_slice()].concat();
            let ended = machine.fed(&call, &"skip\n".repeat(12));
            assert_eq!(ended.code, 0, "{line}: {}", ended.err);
            for said in ended.err.lines().filter(|line| line.contains(" ticks: ")) {
                let _ = writeln!(told, "{today} {said}");
            }
        }
        let plan = plan(&machine, &today);
        assert_eq!(plan["day"], number);
        let weight = &plan["weight"];
        let stages: Vec<&str> = plan["stages"]
            .as_array()
            .unwrap()
            .iter()
            .map(|one| one["standing"].as_str().unwrap())
            .collect();
        let now = format!(
            "{} of {}, {} expected, forecast {}; {}",
            weight["done"],
            weight["all"],
            weight["expected"],
            plan["forecast"]["slip"],
            stages.join(" | ")
        );
        if now != before {
            let _ = writeln!(told, "{today} {}: {now}", plan["standpoint"].as_str().unwrap());
            before = now;
        }
    }
    insta::assert_snapshot!(told);
}

#[test]
fn every_kind_of_criterion_ticks_by_what_is_kept_and_shows_it() {
    let machine = Machine::new();
    machine.ok(&["plan", "start", "blank", "--on", "2026-05-04"]);
    let milestones = [
        "decisions decided 2",
        "pre-wires held",
        "impacts logged",
        "calls scored",
        "claims tested",
        "messages written 2",
        "intake published",
        "ritual friday held",
        "metric \"artefact streak\" at least 1",
        "metric \"Rate\" at least 30",
        "metric m1 at most 50",
        "metric \"Rate\" at most 50 %",
    ];
    let mut refused = 0;
    for exit in milestones {
        let add = ["milestone", "add", "It is so", "--exit", exit];
        refused += usize::from(machine.run(&add).code == 4);
    }
    assert_eq!(refused, 1, "a name without its quotes is told how it is written");
    insta::assert_snapshot!(machine.transcript(
        r#"
        prewire plan show
        prewire decision add "One?"
        prewire decision decide d1 --rationale Why
        prewire decision add "Two? stake:high"
        prewire decision prewire d2 Raj --held today --stance for
        prewire decision decide d2 --rationale Why --override Hurry --option none
        prewire decision add "Three?"
        prewire decision decide d3 --rationale Why
        prewire impact add "Won Acme kind:win"
        prewire message add "Live in six weeks slot:path"
        prewire message add "Nobody waits slot:problem"
        prewire conversation add "Acme kind:call stage:proposal acct:Acme"
        prewire conversation score n1 add msg1 --score 2
        prewire claim add "Rollout loses deals"
        prewire claim edit c1 --result passed
        prewire request policy --largest 4h
        prewire artefact add "Risks kind:launch-risk"
        prewire artefact ship f1
        prewire metric add "Rate"
        prewire metric record m1 12/60 period:2026-W18
        prewire metric record m1 20/60 period:2026-W19
        prewire undo
        prewire plan show
        "#
    ));
}

pub fn shell(line: &str) -> Vec<String> {
    let mut words = Vec::new();
    for (at, piece) in line.split('"').enumerate() {
        if at % 2 == 1 {
            words.push(piece.to_owned());
        } else {
            words.extend(piece.split_whitespace().map(str::to_owned));
        }
    }
    words
}

#[test]
fn days_of_a_plan_go_over_new_year_a_leap_day_and_week_53() {
    let machine = Machine::new();
    machine.ok(&["plan", "start", "90-day", "--on", "2026-12-01"]);
    assert_eq!(plan(&machine, "2027-01-01")["standpoint"], "day 32/90");
    assert_eq!(plan(&machine, "2026-11-30")["standpoint"], "plan starts in 1 d");
    assert_eq!(plan(&machine, "2027-03-01")["standpoint"], "plan ended 1 d ago");
    machine.ok(&["milestone", "add", "Over the year due:day37"]);
    let stone = machine.items(&["milestone", "show", "s15"]).remove(0);
    assert_eq!(stone["due"], "2027-01-06");
    let found = machine.items(&["milestone", "list", "due:day37"]);
    assert_eq!(found.len(), 1);
    let leap = Machine::new();
    leap.ok(&["plan", "start", "blank", "--on", "2028-02-28"]);
    leap.ok(&["milestone", "add", "The day after the leap day due:day3"]);
    assert_eq!(leap.items(&["milestone", "show", "s1"])[0]["due"], "2028-03-01");
}

#[test]
fn the_streak_of_the_golden_cases() {
    let machine = Machine::new();
    let streak = |today: &str| {
        machine.items(&["--today", today, "artefact", "streak"])[0]["weeks"].as_i64().unwrap()
    };
    // 2026-W15 begins on 6 April.
    for (title, on) in [("One", "2026-04-08"), ("Two", "2026-04-15")] {
        machine.ok(&["artefact", "add", &format!("{title} kind:launch-risk")]);
        let found = machine.items(&["artefact", "list", title]);
        let reference = found[0]["ref"].as_str().unwrap().to_owned();
        assert_eq!(streak("2026-04-22"), 0, "a draft does not count");
        machine.ok(&["artefact", "ship", &reference, "--on", on]);
    }
    assert_eq!(streak("2026-04-22"), 2, "the running week never breaks it");
    assert_eq!(streak("2026-04-27"), 0, "W17 ended empty");
    for day in ["20", "21", "22", "23"] {
        machine.ok(&["block", "add", &format!("Leave on:2026-04-{day} est:8h band:off")]);
    }
    assert_eq!(streak("2026-04-27"), 2, "four days of leave freeze W17");
    machine.ok(&["undo"]);
    assert_eq!(streak("2026-04-27"), 0, "three do not");
}

#[test]
fn an_artefact_is_filled_from_what_it_is_about() {
    let machine = Machine::new();
    machine.ok(&["decision", "add", "Which tier is the Atlas launch? due:2026-05-21 stake:high"]);
    machine.ok(&[
        "decision",
        "frame",
        "d1",
        "--happening",
        "Two rivals launched",
        "--matters",
        "14 of 31 losses",
        "--now",
        "Tier 2",
        "--risk",
        "Analysts miss it",
    ]);
    machine.ok(&[
        "decision",
        "option",
        "d1",
        "add",
        "Tier 2, sales-led",
        "--gains",
        "speed",
        "--gives-up",
        "press",
        "--recommend",
    ]);
    insta::assert_snapshot!(machine.transcript(
        r#"
        prewire artefact add "Atlas tier kind:decision-memo about:d1 week:next"
        prewire artefact page f1
        prewire artefact edit f1 --week 2026-W99
        prewire artefact edit f1 --week soon
        prewire artefact list
        prewire artefact streak
        prewire artefact ship f1
        prewire artefact ship f1
        prewire artefact edit f1 --cited-by d1 --reached dana
        prewire show f1
        "#
    ));
    let html = machine.ok(&["artefact", "page", "f1", "--format", "html"]);
    assert!(html.contains("In five lines</h") && html.contains("<td>Tier 2, sales-led</td>"));
    assert!(!html.contains("<script"));
}

#[test]
fn how_early_people_ask_beside_what_shipped() {
    let machine = Machine::new();
    insta::assert_snapshot!(machine.transcript(
        r#"
        prewire involvement report
        prewire person add "Dana influence:3 role:leader"
        prewire person add "Raj influence:3 role:leader"
        prewire involvement add "Atlas function:product by:dana involved:2026-03-01 commitment:2026-04-10"
        prewire involvement add "Pricing function:product involved:2026-04-10 commitment:2026-04-10"
        prewire involvement add "Kick-off function:sales involved:2026-04-20 commitment:2026-04-16"
        prewire involvement add "Partner function:sales involved:2026-04-01 commitment:2026-04-11 launches:2026-04-10"
        prewire involvement add "No date yet function:cs involved:2026-04-01"
        prewire artefact add "Risks kind:launch-risk reached:dana"
        prewire artefact ship f1 --on 2026-04-20
        prewire involvement report
        prewire involvement report --json
        "#
    ));
}

#[test]
fn what_is_due_ends_with_one_and_the_next_thing_fits_a_status_bar() {
    let machine = Machine::new();
    insta::assert_snapshot!(machine.transcript(
        r#"
        prewire due
        prewire decision add "Who is the ICP? due:2026-05-04"
        prewire asset add "Deck {title} due:2026-05-06"
        prewire commitment add "Numbers to:raj due:2026-05-08"
        prewire plan start 30-day-shift --on 2026-05-01
        prewire due
        prewire due --within 7 --exit-code
        prewire due --format "{due}: {ref} {title} {nothing}"
        prewire next --format "{ref} {title} ({due})"
        prewire today
        prewire due --within -1
        "#
    ));
}
