//! Triage through the operations: the golden request, each verdict, what it moves, and its undo.

use chrono::{NaiveDate, NaiveTime};

use crate::domain::day::Calendar;
use crate::domain::grammar::{Mode, QuickAdd};
use crate::domain::item::{Item, ItemId, Ref};
use crate::domain::kind::Kind;
use crate::domain::value::Value;
use crate::domain::verb::{Answer, Verb};
use crate::ops::{Clock, Done, Op, Result, Settings, Workspace};
use crate::store::intake::Intake;
use crate::store::lookup::Lookup;
use crate::store::part::Parts;
use crate::store::week::Whose;

use super::policy::INTAKE;

pub fn day(iso: &str) -> NaiveDate {
    iso.parse().unwrap()
}

fn clock(day: NaiveDate) -> Clock {
    Clock::fixed(day.and_time(NaiveTime::from_hms_opt(9, 0, 0).unwrap()))
}

pub fn empty() -> Workspace {
    Workspace::in_memory(clock(day("2026-05-06")), Settings::default()).unwrap()
}

/// The same workspace on another day.
pub fn on(workspace: &mut Workspace, day: NaiveDate) -> Workspace {
    let mut other = empty();
    std::mem::swap(workspace, &mut other);
    other.clock = clock(day);
    other
}

/// Adds items by the lines that people type after `+`.
pub fn lines(workspace: &mut Workspace, all: &[String]) {
    let calendar: Calendar = workspace.calendar();
    let drafts = all.iter().map(|line| {
        let read = QuickAdd::capture(line, Kind::Asset, &calendar, Mode::Add);
        read.draft().unwrap()
    });
    let drafts: Vec<_> = drafts.collect();
    if !drafts.is_empty() {
        workspace.run(&Op::Add(drafts)).unwrap();
    }
}

fn id(workspace: &Workspace, reference: &str) -> ItemId {
    workspace.store().by_ref(Ref::parse(reference).unwrap()).unwrap().unwrap()
}

fn item(workspace: &Workspace, reference: &str) -> Item {
    workspace.store().item(id(workspace, reference)).unwrap().unwrap()
}

fn triaged(workspace: &mut Workspace, verb: Verb, answer: Answer) -> Result<Done> {
    let items = vec![id(workspace, "r2")];
    workspace.run(&Op::Verb { items, verb, answer })
}

fn accepting(displace: &[ItemId]) -> Answer {
    let mut more = vec![("signal", Value::Text("two deals move on".to_owned()))];
    if !displace.is_empty() {
        more.push(("displace", Value::Items(displace.to_vec())));
    }
    Answer { line: Some("Which deals?".to_owned()), day: None, more }
}

/// Reactive 300 logged and 145 planned of 480: 35 are left for an ask of 120.
fn golden() -> Workspace {
    let mut workspace = empty();
    let all = [
        "o Win rate in upper mid-market due:2026-06-30 weight:3",
        "b Battlecards win deals for:o1",
        "a Pricing page narrative est:3h for:b1 due:2026-05-08",
        "a Partner deck est:2h due:2026-05-29",
        "r Deal desk promise est:145m",
    ];
    for line in all {
        lines(&mut workspace, &[line.to_owned()]);
    }
    let all = [
        "k Pricing page for:a1 on:2026-05-07 at:09:00 est:60m band:e",
        "k Partner deck for:a2 on:2026-05-08 at:10:00 est:95m band:e",
        "k Deal desk for:r1 on:2026-05-08 at:14:00 est:145m band:r",
        "k Kept for requests on:2026-05-07 at:15:00 est:90m band:r",
        "t Reactive on:2026-05-04 at:09:00 est:5h band:r",
        "r Battlecard vs Rivo from:sam est:2h due:2026-05-07",
    ];
    lines(&mut workspace, &all.map(str::to_owned));
    workspace
}

#[test]
fn the_golden_request_overflows_by_85_and_proposes_enough() {
    let workspace = golden();
    let triage = workspace.triage(&item(&workspace, "r2")).unwrap();
    assert_eq!((triage.budget, triage.left, triage.overflow), (480, 35, 85));
    assert!(triage.freed() >= 85);
    // The lowest outcome weight first: the unlinked one, and it is enough.
    let refs: Vec<String> =
        triage.displaced.iter().map(|slip| slip.what.reference.to_string()).collect();
    assert_eq!(refs, ["a2"]);
    assert_eq!(triage.displaced[0].to, Some(day("2026-05-11")));
    assert_eq!(triage.suggested, Verb::Trade);
    assert!(triage.reply.contains("if “Partner deck” moves from Fri 8 May to Mon 11 May"));
    assert!(triage.nearest.is_some() && triage.serves.is_none());
}

#[test]
fn beyond_the_budget_what_gives_way_is_named_and_gives_enough() {
    let mut workspace = golden();
    let refused = triaged(&mut workspace, Verb::Accept, accepting(&[])).unwrap_err();
    assert_eq!(refused.exit_code(), 4);
    assert_eq!(refused.what(), "r2 is 1 h 25 over the reactive budget; name what gives way (I7)");
    assert_eq!(refused.hint().unwrap(), "--displace a2 gives enough");
    let small = [id(&workspace, "a1")];
    let refused = triaged(&mut workspace, Verb::Accept, accepting(&small)).unwrap_err();
    assert!(refused.what().ends_with("what you named gives 1 h (I7)"), "{}", refused.what());
    let unasked = triaged(&mut workspace, Verb::Accept, Answer::default()).unwrap_err();
    assert_eq!(
        unasked.what(),
        "to accept r2, say which decision it improves and what signal would prove it"
    );
    assert_eq!(item(&workspace, "r2").state().slug, "new");
}

#[test]
fn accepting_makes_the_work_gives_it_time_and_moves_what_gives_way() {
    let mut workspace = golden();
    let both = [id(&workspace, "a1"), id(&workspace, "a2")];
    let done = triaged(&mut workspace, Verb::Accept, accepting(&both)).unwrap();
    let request = item(&workspace, "r2");
    assert_eq!(
        (request.state().slug, request.day("replied_on")),
        ("accepted", Some(day("2026-05-06")))
    );
    assert_eq!(done.text.as_deref(), Some(request.text("reply")));
    let asset = item(&workspace, "a3");
    assert_eq!(request.link("asset"), Some(asset.id));
    assert_eq!((asset.text("origin"), asset.text("band")), ("requested", "reactive"));
    assert_eq!(asset.day("due"), Some(day("2026-05-07")));
    // a1 would miss its day, a2 would not.
    assert_eq!(item(&workspace, "a1").day("due"), Some(day("2026-05-11")));
    assert_eq!(item(&workspace, "a2").day("due"), Some(day("2026-05-29")));
    let parts = workspace.store().parts_of(&request).unwrap();
    let kept: Vec<_> = super::displacements(&parts)
        .map(|part| (part.link("item").unwrap(), part.text("standing").to_owned()))
        .collect();
    // The lighter one first.
    assert_eq!(kept, [both[1], both[0]].map(|id| (id, "moved".to_owned())));
    let week = workspace.week(triage_week()).unwrap();
    // The kept 90 minutes went to it, and 30 beside; nothing of a1 and a2 is left in the week.
    let own: i64 =
        week.planned.iter().filter(|one| one.serves == Some(asset.id)).map(|one| one.minutes).sum();
    assert_eq!(own, 120);
    assert!(week.planned.iter().all(|one| !both.contains(&one.serves.unwrap_or(asset.id))));
    assert_eq!(week.left, -85);
    let next = workspace.week(triage_week().next()).unwrap();
    let moved: i64 = next.planned.iter().map(|one| one.minutes).sum();
    assert_eq!(moved, 155);
    workspace.run(&Op::Undo).unwrap();
    let week = workspace.week(triage_week()).unwrap();
    assert_eq!((week.left, week.planned.len()), (35, 4));
    assert_eq!(item(&workspace, "r2").state().slug, "new");
    workspace.run(&Op::Redo).unwrap();
    assert_eq!(item(&workspace, "r2").state().slug, "accepted");
    // What it became ships, and the request is done.
    let op = Op::Verb { items: vec![asset.id], verb: Verb::Ship, answer: Answer::default() };
    assert_eq!(workspace.run(&op).unwrap().notices, ["r2 done"]);
}

fn triage_week() -> crate::domain::week::Week {
    crate::domain::week::Week::of(day("2026-05-06"))
}

#[test]
fn a_trade_offers_and_is_taken_with_what_it_offered() {
    let mut workspace = golden();
    triaged(&mut workspace, Verb::Trade, Answer::default()).unwrap();
    let request = item(&workspace, "r2");
    assert_eq!(request.state().slug, "traded");
    assert_eq!(workspace.week(triage_week()).unwrap().planned.len(), 4);
    triaged(&mut workspace, Verb::Accept, accepting(&[])).unwrap();
    let parts = workspace.store().parts_of(&item(&workspace, "r2")).unwrap();
    let standings: Vec<&str> =
        super::displacements(&parts).map(|part| part.text("standing")).collect();
    assert_eq!(standings, ["moved"]);
    let log = workspace.request_log().unwrap();
    assert_eq!(log.traded.len(), 1);
    assert_eq!(log.rates[0].accepted, 1);
}

/// The log as it is counted over every request and all time, read in full.
fn log_in_full(workspace: &Workspace) -> (Vec<ItemId>, Vec<ItemId>, Vec<String>, Vec<i64>) {
    let (store, today) = (workspace.store(), workspace.clock.today());
    let first = day("2025-12-01");
    let all = store.items(&store.asked_between(first, today).unwrap()).unwrap();
    let of = |wanted: &dyn Fn(&Item) -> bool| -> Vec<ItemId> {
        all.iter().filter(|item| wanted(item)).map(|item| item.id).collect()
    };
    let gives = |item: &Item| super::displacements(&store.parts_of(item).unwrap()).next().is_some();
    let lived = store.stretches(Kind::Entry, (first, today), Whose::Everybody).unwrap();
    let months = ["2026-05", "2026-04", "2026-03", "2026-02", "2026-01", "2025-12"].map(|month| {
        let in_month = |on: NaiveDate| on.to_string().starts_with(month);
        let asked = |item: &&Item| item.day("asked_on").is_some_and(in_month);
        let states = |wanted: &[&str]| {
            all.iter().filter(asked).filter(|item| wanted.contains(&item.state().slug)).count()
        };
        let own: Vec<_> = lived.iter().filter(|one| in_month(one.on)).cloned().collect();
        let counts = [&["accepted", "done"][..], &["traded"], &["declined"], &["new"]].map(states);
        let tally = crate::domain::week::stretch::tally(&own);
        format!("{month} {} {counts:?} {tally:?}", all.iter().filter(asked).count())
    });
    let on = |id: ItemId| lived.iter().filter(move |one| one.serves == Some(id));
    let logged = all.iter().map(|request| {
        let work = request.link("asset");
        let own = on(request.id).chain(work.into_iter().flat_map(on));
        own.map(|one| one.minutes).sum()
    });
    let declined = of(&|item| item.state().slug == "declined");
    (declined, of(&gives), months.to_vec(), logged.collect())
}

#[test]
fn what_requests_came_to_is_what_is_counted_over_all_of_them() {
    let mut workspace = golden();
    let times = ["09:00", "09:20", "14:00"]
        .map(|at| format!("t Deal desk promise on:2026-05-05 at:{at} est:35m band:r for:r1"));
    lines(&mut workspace, &times);
    let no =
        Answer { line: Some("o1 comes first until the launch".to_owned()), ..Answer::default() };
    let steps =
        [(Verb::Trade, Answer::default()), (Verb::Accept, accepting(&[])), (Verb::Decline, no)];
    for (verb, answer) in steps {
        drop(triaged(&mut workspace, verb, answer));
        for turn in [None, Some(Op::Undo), Some(Op::Redo)] {
            turn.map(|op| workspace.run(&op).unwrap());
            let log = workspace.request_log().unwrap();
            let ids = |items: &[Item]| items.iter().map(|item| item.id).collect::<Vec<_>>();
            let rates = log.rates.iter().map(|rate| {
                let counts = [rate.accepted, rate.traded, rate.declined, rate.open];
                format!("{} {} {counts:?} {:?}", rate.month, rate.asked, rate.actual)
            });
            let found = (ids(&log.declined), ids(&log.traded), rates.collect::<Vec<_>>());
            let (declined, traded, months, logged) = log_in_full(&workspace);
            assert_eq!(found, (declined, traded, months));
            let asked: i64 = log.askers.iter().map(|asker| asker.logged).sum();
            assert_eq!(asked, logged.iter().sum::<i64>());
        }
    }
}

#[test]
fn what_was_offered_is_taken_on_together_with_what_ranks_before_it() {
    let mut workspace = golden();
    let [first, second] = ["a1", "a2"].map(|reference| id(&workspace, reference));
    // a2 is unlinked and goes before a1, wherever it stood in what was offered.
    let offer = Answer { more: vec![("displace", Value::Items(vec![first]))], ..Answer::default() };
    triaged(&mut workspace, Verb::Trade, offer).unwrap();
    let named = |workspace: &Workspace| -> Vec<ItemId> {
        let parts = workspace.store().parts_of(&item(workspace, "r2")).unwrap();
        super::displacements(&parts).filter_map(|part| part.link("item")).collect()
    };
    assert_eq!(named(&workspace), [first]);
    triaged(&mut workspace, Verb::Accept, accepting(&[first, second])).unwrap();
    assert_eq!(named(&workspace), [second, first]);
    workspace.run(&Op::Undo).unwrap();
    assert_eq!(named(&workspace), [first]);
    workspace.run(&Op::Redo).unwrap();
    assert_eq!(named(&workspace), [second, first]);
}

#[test]
fn a_no_has_an_outcome_or_a_rule_for_its_reason() {
    let mut workspace = golden();
    let no = |line: &str| Answer { line: Some(line.to_owned()), ..Answer::default() };
    assert_eq!(triaged(&mut workspace, Verb::Decline, no(" ")).unwrap_err().exit_code(), 4);
    for nothing in ["because", "no", "as a favour to nobody", "rate limits"] {
        let refused = triaged(&mut workspace, Verb::Decline, no(nothing)).unwrap_err();
        assert!(refused.what().contains("(I8)"), "{nothing}: {}", refused.what());
        assert!(refused.hint().unwrap().contains("it does not serve o1"));
    }
    triaged(&mut workspace, Verb::Decline, no("serves no outcome")).unwrap();
    let reply = item(&workspace, "r2").text("reply").to_owned();
    assert!(reply.contains("does not serve “Win rate"), "{reply}");
    // There is nothing ready, and nobody named a day: neither is promised.
    assert!(!reply.contains("You can use") && !reply.contains("look at it again on"), "{reply}");
    workspace.run(&Op::Undo).unwrap();
    triaged(&mut workspace, Verb::Decline, no("o1 comes first until the launch")).unwrap();
    let reply = item(&workspace, "r2").text("reply").to_owned();
    assert!(reply.contains("on now: “Win rate"), "{reply}");
    assert!(!reply.contains("does not serve"), "{reply}");
    workspace.run(&Op::Undo).unwrap();
    // Who says that it serves the outcome has no reason for a no.
    let refused = triaged(&mut workspace, Verb::Decline, no("it does serve o1")).unwrap_err();
    assert!(refused.what().contains("speaks for"), "{}", refused.what());
    triaged(&mut workspace, Verb::Decline, no("it does not serve o1, and sales has one")).unwrap();
    let reply = item(&workspace, "r2").text("reply").to_owned();
    assert!(reply.contains("and sales has one"), "{reply}");
    workspace.run(&Op::Undo).unwrap();
    // It serves the outcome, so a no needs another reason.
    let field = Kind::Request.noun().field("for");
    let input = crate::domain::change::Input::Known(id(&workspace, "o1"));
    let changes = vec![crate::domain::change::Change {
        field,
        edit: crate::domain::change::Edit::Set(input),
    }];
    let items = vec![id(&workspace, "r2")];
    workspace.run(&Op::Edit { items, changes }).unwrap();
    let refused = triaged(&mut workspace, Verb::Decline, no("too busy")).unwrap_err();
    assert!(refused.what().contains("(I8)"), "{}", refused.what());
    triaged(&mut workspace, Verb::Decline, no("intake policy 1")).unwrap();
}

#[test]
fn an_oversize_request_has_its_rule_cited_and_a_ready_thing_is_pointed_at() {
    let mut workspace = golden();
    let text = "largest: 90m\nreply: 1\nself-serve: battlecard under 3h -> Sales library\n";
    let set = Op::Set { name: INTAKE.to_owned(), value: Some(text.to_owned()) };
    workspace.run(&set).unwrap();
    let triage = workspace.triage(&item(&workspace, "r2")).unwrap();
    let cited: Vec<String> = triage.rules.iter().map(super::Cited::line).collect();
    assert_eq!(
        cited,
        [
            "battlecard under 3 h: Sales library first (intake policy, 3)",
            "nothing over 1 h 30 is taken as one (intake policy, 1)"
        ]
    );
    assert_eq!(triage.suggested, Verb::SelfServe);
    assert_eq!(triage.answer_by, Some(day("2026-05-07")));
    triaged(&mut workspace, Verb::SelfServe, Answer::default()).unwrap();
    assert!(item(&workspace, "r2").text("reply").contains("something ready: Sales library"));
}

#[test]
fn what_is_deferred_comes_back_on_its_day() {
    let mut workspace = golden();
    let until = |iso: &str| Answer { day: Some(day(iso)), ..Answer::default() };
    let past = triaged(&mut workspace, Verb::Defer, until("2026-05-06")).unwrap_err();
    assert_eq!(past.exit_code(), 4);
    triaged(&mut workspace, Verb::Defer, until("2026-05-13")).unwrap();
    let request = item(&workspace, "r2");
    assert_eq!(
        (request.state().slug, request.day("deferred_until")),
        ("deferred", Some(day("2026-05-13")))
    );
    assert!(request.text("reply").contains("come back to it on Wed 13 May"));
    assert_eq!(workspace.store().requests_in(&["deferred"]).unwrap().len(), 1);
    // From that day on it waits for triage again, before those that nobody has seen.
    let waiting = |iso: &str| workspace.store().untriaged(day(iso), 9).unwrap();
    let before = waiting("2026-05-12");
    assert!(!before.0.contains(&request.id));
    let (ids, count) = waiting("2026-05-13");
    assert_eq!((ids[0], count), (request.id, before.1 + 1));
    assert_eq!(workspace.store().untriaged_rank(day("2026-05-13"), request.id).unwrap(), Some(0));
    assert_eq!(workspace.store().untriaged_window(day("2026-05-13"), 1..9).unwrap(), before.0);
}

#[test]
fn a_reply_that_was_edited_is_the_one_that_is_sent() {
    let mut workspace = golden();
    let field = Kind::Request.noun().field("reply");
    let input = crate::domain::change::Input::Value(Value::Text("My own words".to_owned()));
    let changes = vec![crate::domain::change::Change {
        field,
        edit: crate::domain::change::Edit::Set(input),
    }];
    let items = vec![id(&workspace, "r2")];
    workspace.run(&Op::Edit { items, changes }).unwrap();
    let done = triaged(&mut workspace, Verb::Trade, Answer::default()).unwrap();
    assert_eq!(done.text.as_deref(), Some("My own words"));
}
