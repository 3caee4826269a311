//! What is counted along indexes is what is counted over every decision, read in full.

use std::collections::HashSet;

use chrono::{Days, NaiveDate};
use proptest::prelude::*;

use crate::domain::change::{Change, Draft, Edit, Input};
use crate::domain::decision::figures;
use crate::domain::item::{Item, ItemId, Ref};
use crate::domain::kind::Kind;
use crate::domain::value::Value;
use crate::domain::verb::{Answer, Verb};
use crate::ops::standup::Side;
use crate::ops::triage::tests::{day, empty, on};
use crate::ops::{ListQuery, Op, Workspace};
use crate::store::answered::Answers;
use crate::store::listing::Closed;
use crate::store::lookup::Lookup;

use super::{ages, reviewed, verdicts};

/// The decisions that are looked at.
const DECISIONS: u8 = 12;

pub(in crate::ops) fn decisions() -> Workspace {
    let mut workspace = empty();
    let draft = |kind, title: String| Draft { kind, title, changes: Vec::new() };
    let people = ["Maya", "Raj"].map(|name| draft(Kind::Person, name.to_owned()));
    workspace.run(&Op::Add(people.to_vec())).unwrap();
    let all = (0..DECISIONS).map(|at| draft(Kind::Decision, format!("Which one of {at}?")));
    workspace.run(&Op::Add(all.collect())).unwrap();
    workspace
}

fn id(workspace: &Workspace, at: u8) -> Vec<ItemId> {
    let reference = Ref { kind: Kind::Decision, number: 1 + i64::from(at % DECISIONS) };
    workspace.store().by_ref(reference).unwrap().into_iter().collect()
}

fn set(name: &str, value: Value) -> Vec<Change> {
    let edit = match value {
        Value::Nothing => Edit::Clear,
        value => Edit::Set(Input::Value(value)),
    };
    vec![Change { field: Kind::Decision.noun().field(name), edit }]
}

fn line(words: &str) -> Answer {
    Answer { line: Some(words.to_owned()), ..Answer::default() }
}

/// One of many things that happen to a decision; what is refused changes nothing.
pub(in crate::ops) fn step(workspace: &mut Workspace, (which, at, far): (u8, u8, i8)) {
    let items = id(workspace, at);
    let today = workspace.clock.today();
    let on = today + chrono::Duration::days(i64::from(far));
    let past = today - chrono::Duration::days(i64::from(far.unsigned_abs()));
    let text = |words: &str| Value::Text(words.to_owned());
    let edit = |changes| Op::Edit { items: items.clone(), changes };
    let verb = |verb, answer| Op::Verb { items: items.clone(), verb, answer };
    let op = match which {
        0 => edit(set("needed_by", Value::Day(on))),
        1 => edit(set("raised_on", Value::Day(past))),
        2 => edit(
            [set("default_text", text("It ships")), set("default_on", Value::Day(on))].concat(),
        ),
        3 => edit(set("forum_on", Value::Day(today + Days::new(u64::from(at % 5))))),
        4 => {
            edit(set("stake", text(["low", "medium", "high"][usize::from(far.unsigned_abs() % 3)])))
        }
        5 => edit(set("probability", Value::Whole(i64::from(far.unsigned_abs() % 100)))),
        6 => {
            let frame = ["happening", "matters", "now", "risk"].map(|name| set(name, text("So")));
            edit(frame.concat())
        }
        7 => verb(Verb::Defer, Answer { day: Some(on), ..Answer::default() }),
        8..=10 => verb(Verb::Decide, line("It is so")),
        11 => verb(Verb::Reopen, line("It is not so")),
        12 => {
            let more = vec![("worked", text("yes"))];
            verb(Verb::Review, Answer { more, ..line("It went well") })
        }
        13 => verb(Verb::Supersede, line("Which other?")),
        14 => verb(Verb::Drop, line("No")),
        15 => Op::Trash(items),
        16 => {
            let later = today + Days::new(u64::from(far.unsigned_abs() / 4));
            *workspace = self::on(workspace, later);
            return;
        }
        _ => Op::Undo,
    };
    drop(workspace.run(&op));
}

/// Every figure as it is counted over what is read in full.
fn slowly(workspace: &mut Workspace) -> Vec<String> {
    let today = workspace.clock.today();
    let start = workspace.window_start();
    let open = workspace.exceptions_first("").unwrap();
    let answered = workspace.store.answered(NaiveDate::MIN).unwrap();
    let taken_back = workspace.store.reopenings().unwrap();
    let all = verdicts(&[], &answered, &taken_back);
    let insight = workspace.insight_to_decision(&answered, (start, today)).unwrap();
    let mut raised: Vec<NaiveDate> = open.iter().map(|(one, _)| one.signs.raised_on).collect();
    raised.sort_unstable();
    let raised: Vec<(NaiveDate, usize)> = raised.into_iter().map(|day| (day, 1)).collect();
    vec![
        format!("{:?}", (open.len(), ages(&raised, today))),
        format!("{}", open.iter().filter(|(_, why)| !why.is_empty()).count()),
        format!("{:?}", workspace.framed_and_prewired(&[], &answered).unwrap()),
        format!("{:?}", (figures::durability(&all, today), figures::reopened(&all, today))),
        format!("{:?}", reviewed(&answered, &taken_back)),
        format!("{:?}", (insight.days, insight.without, insight.open)),
    ]
}

fn quickly(workspace: &mut Workspace) -> Vec<String> {
    let all = workspace.decision_figures().unwrap();
    vec![
        format!("{:?}", (all.open, all.ages)),
        format!("{}", all.exceptions),
        format!("{:?}", (all.framed, all.prewired)),
        format!("{:?}", (all.durability, all.reopened)),
        format!("{:?}", all.reviewed),
        format!("{:?}", (all.insight, all.without_insight, all.open_insight)),
    ]
}

/// How long each took, over all items.
fn latencies(workspace: &Workspace) -> Vec<i64> {
    let start = workspace.window_start();
    let ids: Vec<ItemId> = (0..2 * DECISIONS)
        .filter_map(|at| {
            let reference = Ref { kind: Kind::Decision, number: 1 + i64::from(at) };
            workspace.store().by_ref(reference).unwrap()
        })
        .collect();
    let mut days = Vec::new();
    for record in workspace.records(&ids).unwrap() {
        let item = &record.item;
        let Some(raised) = item.day("raised_on").filter(|_| item.deleted_at.is_none()) else {
            continue;
        };
        let before = record.parts.iter().filter_map(|part| part.day("decided_on"));
        let decided = item.day("decided_on").into_iter().chain(before);
        days.extend(decided.filter(|on| *on >= start).map(|on| (on - raised).num_days()));
    }
    days.sort_unstable();
    days
}

/// The open ones in the order of the backlog: those that press, those that are due within a week,
/// and the first few.
fn listed(workspace: &mut Workspace) {
    let today = workspace.clock.today();
    let briefs = workspace.store.briefs(today).unwrap();
    let told = workspace.exceptions_first("").unwrap();
    let presses = |id: ItemId| told.iter().any(|(one, why)| one.id == id && !why.is_empty());
    let ids = |wanted: &dyn Fn(ItemId) -> bool| -> Vec<ItemId> {
        briefs.iter().map(|one| one.id).filter(|id| wanted(*id)).collect()
    };
    let filtered = |workspace: &mut Workspace, filter: &str| {
        let query = ListQuery { filter: filter.to_owned(), ..ListQuery::all(Kind::Decision) };
        workspace.all_ids(&query).unwrap()
    };
    assert_eq!(filtered(workspace, "is:exception"), ids(&presses));
    assert_eq!(filtered(workspace, "is:exception which"), ids(&presses));
    assert_eq!(filtered(workspace, "!is:exception"), ids(&|id| !presses(id)));
    assert_eq!(filtered(workspace, "is:open"), ids(&|_| true));
    let until = today + Days::new(7);
    let due = briefs.iter().filter(|one| one.signs.last_day.is_some_and(|day| day <= until));
    let due: Vec<ItemId> = due.take(3).map(|one| one.id).collect();
    assert_eq!(workspace.store.decisions_due_by(today, until, 3).unwrap(), due);
    let put_off = workspace.first_briefs(2, |one| one.signs.is_deferred).unwrap();
    let all: Vec<_> = briefs.iter().filter(|one| one.signs.is_deferred).take(2).cloned().collect();
    assert_eq!(put_off, all);
}

/// The rows of a standup: how many press and how many are well, the first of each, and all of them.
fn in_line(workspace: &mut Workspace) {
    let told = workspace.standup(Kind::Decision, "").unwrap();
    let (line, lined) = (workspace.whole_line().unwrap(), workspace.line_up().unwrap());
    for side in [Side::Exceptions, Side::Healthy] {
        let rows = || told.iter().filter(|one| one.why.is_empty() == (side == Side::Healthy));
        let all: Vec<ItemId> = rows().map(|one| one.id).collect();
        assert_eq!(line.of(side), all);
        assert_eq!(lined.count(side), all.len());
        assert_eq!(
            workspace.queued(&all, lined.usual).unwrap(),
            rows().cloned().collect::<Vec<_>>()
        );
        for without in [0, 2] {
            let without: HashSet<ItemId> = all.iter().skip(1).take(without).copied().collect();
            let left: Vec<ItemId> =
                all.iter().filter(|id| !without.contains(id)).copied().collect();
            for most in [0, 1, 4, 100] {
                let first = workspace.first_in_line(side, most, &without).unwrap();
                assert_eq!(first, left[..most.min(left.len())]);
            }
        }
    }
    let latencies = workspace.latencies().unwrap();
    assert_eq!(workspace.usual_age().unwrap(), figures::usual_age(&latencies));
}

/// All decisions, in full.
fn in_full(workspace: &mut Workspace) -> Vec<Item> {
    let query = ListQuery { closed: Closed::Shown, ..ListQuery::all(Kind::Decision) };
    let ids = workspace.all_ids(&query).unwrap();
    workspace.store.items(&ids).unwrap()
}

/// The last that were taken are those of all in the order of their days, as they were raised.
fn taken(workspace: &mut Workspace) {
    let today = workspace.clock.today();
    let mut all = in_full(workspace);
    let answers = ["decided", "reviewed", "superseded"];
    all.retain(|item| answers.contains(&item.state().slug));
    for (from, to) in [(NaiveDate::MIN, NaiveDate::MAX), (today - Days::new(40), today)] {
        let is_meant =
            |item: &&Item| item.day("decided_on").is_some_and(|on| (from..=to).contains(&on));
        let mut meant: Vec<_> = all.iter().filter(is_meant).collect();
        meant.sort_unstable_by_key(|item| (item.day("decided_on"), item.day("raised_on"), item.id));
        let ids: Vec<ItemId> = meant.iter().map(|item| item.id).collect();
        for most in [0, 1, 3, 100] {
            let last = ids[ids.len().saturating_sub(most)..].to_vec();
            let found = workspace.store.last_taken((day_or(from), day_or(to)), most).unwrap();
            assert_eq!(found, (last, ids.len() > most));
        }
    }
}

/// A day that can be written with four digits.
fn day_or(day: NaiveDate) -> NaiveDate {
    day.clamp(self::day("1970-01-01"), self::day("2100-12-31"))
}

/// What is counted in each state is what stands there.
fn in_states(workspace: &mut Workspace) {
    let mut counts: Vec<(&str, usize)> = Vec::new();
    for item in in_full(workspace) {
        let slug = item.state().slug;
        match counts.iter_mut().find(|(known, _)| *known == slug) {
            Some((_, count)) => *count += 1,
            None => counts.push((slug, 1)),
        }
    }
    counts.sort_unstable();
    let found = workspace.store.lane_counts(Kind::Decision).unwrap();
    for (state, count) in &found {
        let lane = |span| workspace.store.lane(Kind::Decision, state, span, *count).unwrap();
        let whole = lane(0..*count);
        assert_eq!(whole.len(), *count);
        for start in 0..*count {
            for end in [start, start + 1, start + 3, usize::MAX] {
                assert_eq!(lane(start..end), whole[start..end.min(*count)]);
            }
        }
    }
    let mut found: Vec<_> = found.into_iter().map(|(state, count)| (state.slug, count)).collect();
    found.sort_unstable();
    assert_eq!(found, counts);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn what_is_counted_along_indexes_is_what_is_counted_in_full(
        steps in prop::collection::vec((0_u8..18, any::<u8>(), any::<i8>()), 1..40)
    ) {
        let mut workspace = decisions();
        for one in &steps {
            step(&mut workspace, *one);
        }
        prop_assert_eq!(quickly(&mut workspace), slowly(&mut workspace));
        let mut days = workspace.latencies().unwrap().to_vec();
        days.sort_unstable();
        prop_assert_eq!(days, latencies(&workspace));
        listed(&mut workspace);
        in_line(&mut workspace);
        taken(&mut workspace);
        in_states(&mut workspace);
    }

    #[test]
    fn what_was_asked_ahead_is_what_would_be_asked_now(
        steps in prop::collection::vec((0_u8..18, any::<u8>(), any::<i8>()), 1..24)
    ) {
        let mut workspace = decisions();
        for (at, one) in steps.iter().enumerate() {
            // A key may come after any piece.
            for _ in 0..at % 5 {
                workspace.ask_ahead().unwrap();
            }
            step(&mut workspace, *one);
            if at % 2 == 0 {
                while workspace.ask_ahead().unwrap() {}
            }
            let kept = told(&mut workspace);
            workspace.forget_kept();
            prop_assert_eq!(kept, told(&mut workspace));
        }
    }
}

/// What screens say of all decisions.
fn told(workspace: &mut Workspace) -> (Vec<String>, Vec<ItemId>, Vec<i64>, String) {
    let query = ListQuery { filter: "is:exception".to_owned(), ..ListQuery::all(Kind::Decision) };
    let pressing = workspace.all_ids(&query).unwrap();
    let lined = workspace.line_up().unwrap();
    let rest = format!(
        "{:?}",
        (
            (lined.exceptions, lined.healthy, lined.usual),
            workspace.framed_shares().unwrap(),
            workspace.tags_in_use().unwrap(),
        )
    );
    let latencies = workspace.latencies().unwrap().to_vec();
    (workspace.figures_told().unwrap(), pressing, latencies, rest)
}

#[test]
fn the_steps_of_the_property_reach_every_figure() {
    let mut workspace = decisions();
    let all = [
        (6, 0, 0),
        (5, 0, 70),
        (8, 0, 0),
        (12, 0, 0),
        (8, 1, 0),
        (13, 1, 0),
        (8, 2, 0),
        (11, 2, 0),
    ];
    for one in all {
        step(&mut workspace, one);
    }
    let told = workspace.decision_figures().unwrap();
    assert_eq!((told.reviewed.len(), told.reopened.of, told.reopened.all), (1, 1, 3), "{told:?}");
    let later = [(1, 3, 90), (2, 4, -3), (0, 5, -1), (3, 5, 1), (4, 5, 2)];
    for one in later {
        step(&mut workspace, one);
    }
    let told = workspace.decision_figures().unwrap();
    assert_eq!((told.open, told.exceptions), (11, 3), "{told:?}");
    workspace = on(&mut workspace, day("2026-06-01"));
    assert_eq!(workspace.decision_figures().unwrap().exceptions, 11);
}
