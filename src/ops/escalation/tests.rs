//! The golden cases of weeks (`spec/3-model.md §3.5`) through the operations: entries are logged, weeks
//! are closed, and the escalation that comes of it is an item.

use chrono::NaiveDate;
use proptest::prelude::*;

use super::super::triage::tests::{day, lines, on};
use super::super::{Op, Workspace};
use super::Burden;
use crate::domain::item::Item;
use crate::domain::value::Value;
use crate::domain::verb::{Answer, Verb};
use crate::domain::week::Week;
use crate::store::intake::Intake;

fn week(key: &str) -> Week {
    Week::parse(key).unwrap()
}

/// Logs minutes by band on the Monday of a week, an entry a band.
fn logged(workspace: &mut Workspace, key: &str, bands: [(char, i64); 4]) {
    let monday = week(key).monday();
    let entries =
        bands.into_iter().filter(|(_, minutes)| *minutes > 0).flat_map(|(band, minutes)| {
            // A day has its end; what is long goes over several.
            let days = (minutes + 599) / 600;
            (0..days).map(move |at| {
                let on = monday + chrono::Duration::days(at);
                let some = if at + 1 == days { minutes - 600 * at } else { 600 };
                format!("t Work {band}{at} on:{on} est:{some}m band:{band}")
            })
        });
    lines(workspace, &entries.collect::<Vec<_>>());
}

fn close(workspace: &mut Workspace, key: &str) -> String {
    *workspace = on(workspace, week(key).sunday() + chrono::Duration::days(1));
    let op = Op::CloseWeek { week: week(key), correction: None };
    let done = workspace.run(&op).unwrap();
    let raised = done.notices.into_iter().filter(|notice| notice.starts_with('x'));
    std::iter::once(done.label).chain(raised).collect::<Vec<_>>().join(" · ")
}

fn escalations(workspace: &Workspace) -> Vec<Item> {
    workspace.store().escalations().unwrap()
}

/// A week with so many reactive minutes of 2,400.
fn lived(workspace: &mut Workspace, key: &str, reactive: i64) -> String {
    logged(workspace, key, [('s', 1_200), ('e', 1_200 - reactive), ('r', reactive), ('u', 0)]);
    close(workspace, key)
}

fn fresh() -> Workspace {
    on(&mut super::super::triage::tests::empty(), day("2026-05-20"))
}

#[test]
fn a_week_is_judged_as_the_golden_cases_have_it() {
    for (bands, wanted) in [
        ([960, 960, 480, 0], "clear: reactive 20.0%, limit 20%"),
        ([959, 960, 481, 0], "breach: reactive 20.04%, limit 20%"),
        ([800, 800, 400, 400], "unsure: reactive 16.7–33.3%, classify 400 min"),
        ([600, 600, 600, 200], "breach: reactive 30.0–40.0%, limit 20%"),
        ([0, 0, 0, 0], "no data: nothing was logged"),
    ] {
        let mut workspace = fresh();
        let [s, e, r, u] = bands;
        logged(&mut workspace, "2026-W19", [('s', s), ('e', e), ('r', r), ('u', u)]);
        assert_eq!(workspace.week(week("2026-W19")).unwrap().words(), wanted);
    }
}

#[test]
fn two_breaches_in_a_row_draft_one_memo_and_a_third_none() {
    let mut workspace = fresh();
    assert_eq!(lived(&mut workspace, "2026-W18", 600), "closed 2026-W18: breach");
    let said = lived(&mut workspace, "2026-W19", 720);
    assert_eq!(
        said,
        "closed 2026-W19: breach · x1 drafted: Reactive work above 20% in W18 and W19"
    );
    lived(&mut workspace, "2026-W20", 720);
    let all = escalations(&workspace);
    assert_eq!(all.len(), 1);
    assert_eq!(all[0].text("weeks"), "2026-W18, 2026-W19");
    let memo = all[0].text("memo");
    assert!(
        memo.contains("Reactive work was 25.0% and 30.0% in W18 and W19 (limit 20%)"),
        "{memo}"
    );
    assert!(!memo.contains("?]"), "{memo}");
    // Closing and drafting are one step.
    while !escalations(&workspace).is_empty() {
        workspace.run(&Op::Undo).unwrap();
    }
    assert!(workspace.week(week("2026-W19")).unwrap().closed.is_none());
    assert!(workspace.week(week("2026-W18")).unwrap().closed.is_some());
}

#[test]
fn leave_between_skips_and_a_clear_week_breaks() {
    let mut workspace = fresh();
    lived(&mut workspace, "2026-W18", 600);
    lines(&mut workspace, &["k Leave on:2026-05-04 est:20h band:o".to_owned()]);
    logged(&mut workspace, "2026-W19", [('s', 300), ('e', 0), ('r', 100), ('u', 0)]);
    assert!(close(&mut workspace, "2026-W19").contains("thin"));
    assert!(lived(&mut workspace, "2026-W20", 600).contains("x1 drafted"));

    let mut workspace = fresh();
    for (key, reactive) in [("2026-W18", 600), ("2026-W19", 300), ("2026-W20", 600)] {
        lived(&mut workspace, key, reactive);
    }
    assert!(escalations(&workspace).is_empty());
}

#[test]
fn an_empty_week_is_no_data_and_leaves_the_row_of_breaches_alone() {
    let mut workspace = fresh();
    lived(&mut workspace, "2026-W18", 600);
    assert_eq!(close(&mut workspace, "2026-W19"), "closed 2026-W19: no data");
    assert!(lived(&mut workspace, "2026-W20", 600).contains("W18 and W20"));
}

#[test]
fn the_end_of_a_year_is_no_gap() {
    let mut workspace = fresh();
    lived(&mut workspace, "2026-W53", 600);
    assert!(lived(&mut workspace, "2027-W01", 600).contains("x1 drafted"));
}

#[test]
fn a_week_that_nobody_closed_counts_after_its_days_of_grace() {
    let mut workspace = fresh();
    for key in ["2026-W18", "2026-W19"] {
        logged(&mut workspace, key, [('s', 1_200), ('e', 600), ('r', 600), ('u', 0)]);
    }
    // W19 ends on 10 May; its grace on the 17th.
    let mut workspace = on(&mut workspace, day("2026-05-17"));
    assert_eq!(workspace.overload().unwrap().words(day("2026-05-17")), "");
    let mut workspace = on(&mut workspace, day("2026-05-18"));
    assert_eq!(
        workspace.overload().unwrap().words(day("2026-05-18")),
        "over the limit in W18 and W19: escalate"
    );
    let done = workspace.run(&Op::DraftEscalation(Burden::Mine)).unwrap();
    assert_eq!(done.label, "drafted x1 “Reactive work above 20% in W18 and W19”");
    let again = workspace.run(&Op::DraftEscalation(Burden::Mine)).unwrap_err();
    assert_eq!(again.what(), "x1 is open already");
}

#[test]
fn it_is_sent_answered_and_never_counts_the_weeks_before_again() {
    let mut workspace = fresh();
    lived(&mut workspace, "2026-W18", 600);
    lived(&mut workspace, "2026-W19", 600);
    let id = escalations(&workspace)[0].id;
    let run = |workspace: &mut Workspace, verb: Verb, answer: Answer| {
        workspace.run(&Op::Verb { items: vec![id], verb, answer })
    };
    let done = run(&mut workspace, Verb::Send, Answer::default()).unwrap();
    assert!(done.text.unwrap().contains("Options:"));
    let line = Some("half a day a week from sales".to_owned());
    let missing =
        run(&mut workspace, Verb::Answer, Answer { line: line.clone(), ..Answer::default() });
    assert_eq!(
        missing.unwrap_err().what(),
        "say what x1 was answered: capacity, scope or accepted"
    );
    let more = vec![("kind", Value::Text("capacity".to_owned()))];
    run(&mut workspace, Verb::Answer, Answer { line, more, ..Answer::default() }).unwrap();
    let item = escalations(&workspace).remove(0);
    assert_eq!((item.state().slug, item.text("answer")), ("answered", "capacity"));
    // Answered on the Monday of W20: W18 and W19 lie before, so W20 is the first of a new row.
    assert_eq!(lived(&mut workspace, "2026-W20", 600), "closed 2026-W20: breach");
    assert!(lived(&mut workspace, "2026-W21", 600).contains("x2 drafted"));
}

#[test]
fn two_clear_weeks_close_it() {
    let mut workspace = fresh();
    for (key, reactive) in [("2026-W18", 600), ("2026-W19", 600), ("2026-W20", 300)] {
        lived(&mut workspace, key, reactive);
    }
    assert_eq!(escalations(&workspace)[0].state().slug, "draft");
    assert_eq!(
        lived(&mut workspace, "2026-W21", 300),
        "closed 2026-W21: clear · x1 closed: W20 and W21 were clear"
    );
    assert_eq!(escalations(&workspace)[0].state().slug, "closed");
}

#[test]
fn figures_of_a_closed_week_change_only_by_a_dated_correction() {
    let mut workspace = fresh();
    lived(&mut workspace, "2026-W18", 300);
    logged(&mut workspace, "2026-W18", [('r', 600), ('s', 0), ('e', 0), ('u', 0)]);
    let seen = workspace.week(week("2026-W18")).unwrap();
    assert_eq!(seen.actual.reactive, 300);
    let again = Op::CloseWeek { week: week("2026-W18"), correction: None };
    assert!(workspace.run(&again).unwrap_err().what().contains("was closed on 2026-05-04"));
    let why = Some("Friday was logged late".to_owned());
    workspace.run(&Op::CloseWeek { week: week("2026-W18"), correction: why }).unwrap();
    let seen = workspace.week(week("2026-W18")).unwrap();
    assert_eq!(seen.actual.reactive, 900);
    let corrected = seen.closed.unwrap().corrected.unwrap();
    assert_eq!(corrected, (day("2026-05-04"), "Friday was logged late".to_owned()));
}

#[test]
fn a_team_pools_its_minutes() {
    let mut workspace = fresh();
    let mut all =
        vec!["u Ana weekly_minutes:20h".to_owned(), "u Ben weekly_minutes:40h".to_owned()];
    for (who, band, minutes) in
        [("ana", 'r', 600), ("ana", 's', 600), ("ben", 'r', 60), ("ben", 's', 2_340)]
    {
        for at in 0..(minutes + 599) / 600 {
            let some = (minutes - 600 * at).min(600);
            let on = week("2026-W19").monday() + chrono::Duration::days(at);
            all.push(format!("t Work on:{on} est:{some}m band:{band} person:{who}"));
        }
    }
    lines(&mut workspace, &all);
    let team = workspace.team_week(week("2026-W19")).unwrap();
    assert_eq!(team.words, "clear: reactive 18.3%, limit 20%");
    assert_eq!(team.available, 3_600);
    let ana = team.members.iter().find(|member| member.name == "Ana").unwrap();
    assert_eq!((ana.verdict.slug(), ana.available), ("breach", 1_200));
}

#[test]
fn the_rule_is_told_when_it_does_not_fire() {
    let mut workspace = fresh();
    let refused = |workspace: &mut Workspace| -> String {
        let error = workspace.run(&Op::DraftEscalation(Burden::Mine)).unwrap_err();
        assert_eq!(error.exit_code(), 4);
        error.what()
    };
    assert_eq!(
        refused(&mut workspace),
        "the rule does not fire: no closed week breached the limit"
    );
    lived(&mut workspace, "2026-W18", 600);
    assert_eq!(
        refused(&mut workspace),
        "the rule does not fire: only W18 breached the limit so far"
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4))]
    /// However weeks go, at most one escalation is open, and undoing all of it leaves none.
    #[test]
    fn at_most_one_is_open_and_undo_takes_it_back(reactive in prop::collection::vec(0_i64..5, 1..5)) {
        let mut workspace = fresh();
        let mut key = week("2026-W10");
        let mut steps = 0;
        for share in reactive {
            lived(&mut workspace, &key.to_string(), share * 150);
            steps += 1;
            let open = escalations(&workspace);
            let open = open.iter().filter(|item| matches!(item.state().slug, "draft" | "sent"));
            prop_assert!(open.count() <= 1);
            key = key.next();
        }
        for _ in 0..steps * 40 {
            if workspace.run(&Op::Undo).is_err() {
                break;
            }
        }
        prop_assert!(escalations(&workspace).is_empty());
        prop_assert_eq!(workspace.store().asked_between(NaiveDate::MIN, NaiveDate::MAX).unwrap(), vec![]);
    }
}

fn corrected(workspace: &mut Workspace, key: &str, why: &str) -> Vec<String> {
    let op = Op::CloseWeek { week: week(key), correction: Some(why.to_owned()) };
    workspace.run(&op).unwrap().notices
}

/// Two weeks in breach, and then so much of the second turns out to be execution that it is clear.
fn overtaken() -> Workspace {
    let mut workspace = fresh();
    lived(&mut workspace, "2026-W18", 600);
    lived(&mut workspace, "2026-W19", 720);
    lines(&mut workspace, &["t Forgotten on:2026-05-08 est:23h band:e".to_owned()]);
    lines(&mut workspace, &["t Forgotten too on:2026-05-09 est:23h band:e".to_owned()]);
    workspace
}

#[test]
fn a_draft_follows_a_correction_and_one_that_was_edited_says_so() {
    let mut workspace = overtaken();
    let said = corrected(&mut workspace, "2026-W19", "Forgotten on Friday");
    assert!(said.iter().any(|one| one.starts_with("x1 → Trash")), "{said:?}");
    assert!(escalations(&workspace).is_empty());
    workspace.run(&Op::Undo).unwrap();

    let memo = escalations(&workspace)[0].clone();
    let field = memo.kind().noun().field("memo");
    let edit = |text: String| {
        let value = crate::domain::change::Input::Value(Value::Text(text));
        let edit = crate::domain::change::Edit::Set(value);
        Op::Edit {
            items: vec![memo.id],
            changes: vec![crate::domain::change::Change { field, edit }],
        }
    };
    workspace.run(&edit(format!("{} Please.", memo.text("memo")))).unwrap();
    let said = corrected(&mut workspace, "2026-W19", "Forgotten on Friday");
    assert!(said.iter().any(|one| one.starts_with("look at x1 before it goes out")), "{said:?}");
    let stale = workspace.stale_memo(&escalations(&workspace)[0]).unwrap().unwrap();
    assert!(stale.starts_with("W19 was corrected"), "{stale}");
    let send = Op::Verb { items: vec![memo.id], verb: Verb::Send, answer: Answer::default() };
    assert_eq!(workspace.run(&send).unwrap_err().exit_code(), 4);
    let share = stale.split(['(', ')']).nth(1).unwrap().to_owned();
    workspace.run(&edit(format!("Reactive work was 25.0% and {share}."))).unwrap();
    workspace.run(&send).unwrap();
}

#[test]
fn a_memo_names_people_who_asked_and_no_titles_in_their_place() {
    let mut workspace = fresh();
    lived(&mut workspace, "2026-W18", 600);
    lived(&mut workspace, "2026-W19", 720);
    let memo = escalations(&workspace)[0].text("memo").to_owned();
    assert!(memo.contains("Who asked is not known; most of it went into “Work r0”"), "{memo}");
    assert!(
        memo.contains("nobody is named on most of it") && !memo.contains("many sides"),
        "{memo}"
    );
    // Nothing was planned, so what it cost is what stood above the limit.
    assert!(memo.contains("cost: 6 h more than the limit leaves"), "{memo}");

    let mut workspace = fresh();
    lines(&mut workspace, &["r Decks from:sam est:20h asked_on:2026-04-28".to_owned()]);
    lived(&mut workspace, "2026-W18", 600);
    lived(&mut workspace, "2026-W19", 720);
    let memo = escalations(&workspace)[0].text("memo").to_owned();
    assert!(memo.contains("Who asked most: Sam 1 request, 20 h"), "{memo}");
    assert!(memo.contains("comes from Sam"), "{memo}");
}

#[test]
fn a_memo_without_options_is_told_so_where_it_stands_and_when_it_goes_out() {
    let mut workspace = fresh();
    lines(&mut workspace, &["x Too much memo:\"It is too much\"".to_owned()]);
    let memo = escalations(&workspace)[0].clone();
    let told = workspace.facts(&memo).unwrap();
    assert!(told[0].text.starts_with("the memo offers no options"), "{told:?}");
    let send = Op::Verb { items: vec![memo.id], verb: Verb::Send, answer: Answer::default() };
    let done = workspace.run(&send).unwrap();
    assert!(done.notices[0].starts_with("the memo offers no options"), "{:?}", done.notices);
    let mut workspace = fresh();
    lived(&mut workspace, "2026-W18", 600);
    lived(&mut workspace, "2026-W19", 720);
    assert_eq!(workspace.facts(&escalations(&workspace)[0]).unwrap(), []);
}

#[test]
fn unsure_weeks_break_nothing_however_many_there_are() {
    let mut workspace = fresh();
    lived(&mut workspace, "2026-W05", 600);
    let mut at = week("2026-W05").next();
    while at < week("2026-W19") {
        logged(&mut workspace, &at.to_string(), [('s', 800), ('e', 800), ('r', 400), ('u', 400)]);
        close(&mut workspace, &at.to_string());
        at = at.next();
    }
    let said = lived(&mut workspace, "2026-W19", 600);
    assert!(said.contains("x1 drafted: Reactive work above 20% in W05 and W19"), "{said}");
}
