//! The rules of a decision, one by one, and all of them against any path of steps.

use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

use super::standing::Exception;
use super::{Moment, Named, Record, carry_out, frozen};
use crate::domain::item::{Item, ItemId, Ref};
use crate::domain::kind::Kind;
use crate::domain::part::{Part, PartId, PartKind, of_kind};
use crate::domain::refusal::Refusal;
use crate::domain::value::Value;
use crate::domain::verb::{Answer, Verb};

mod paths;

const DANA: ItemId = ItemId(Uuid::from_u128(1));
const RAJ: ItemId = ItemId(Uuid::from_u128(2));
const MAYA: ItemId = ItemId(Uuid::from_u128(3));

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn text(text: &str) -> Value {
    Value::Text(text.to_owned())
}

fn now() -> DateTime<Utc> {
    "2026-05-06T09:00:00Z".parse().unwrap()
}

fn moment() -> Moment {
    Moment { today: day("2026-05-06"), at: now(), actor: "Maya".to_owned() }
}

/// A raised decision of this stake, approved by Dana, driven by Maya; Raj contributes.
fn raised(stake: &str) -> Record {
    let reference = Ref { kind: Kind::Decision, number: 1 };
    let mut item = Item::new(ItemId(Uuid::from_u128(9)), reference, now(), "Maya");
    item.set("title", text("Which tier?"));
    item.set("stake", text(stake));
    item.set("approver", Value::Item(DANA));
    item.set("owner", Value::Item(MAYA));
    item.set("contributors", Value::Items(vec![RAJ]));
    item.set("raised_on", Value::Day(day("2026-05-01")));
    let person =
        |name: &str, influence| Named { name: name.to_owned(), influence, function: String::new() };
    let people = [
        (DANA, person("Dana", Some(2))),
        (RAJ, person("Raj", Some(3))),
        (MAYA, person("Maya", Some(3))),
    ];
    Record { item, parts: Vec::new(), people: people.into(), me: None }
}

fn add(record: &mut Record, kind: PartKind, position: i64) -> &mut Part {
    let id = PartId(Uuid::from_u128(100 + kind as u128 * 10 + u128::from(position.unsigned_abs())));
    record.parts.push(Part::new(id, kind, record.item.id, position));
    record.parts.last_mut().unwrap()
}

fn option(record: &mut Record, position: i64) {
    let part = add(record, PartKind::Option, position);
    part.set("text", text("Tier"));
    part.set("gains", text("speed"));
    part.set("gives_up", text("press"));
}

fn prewire(record: &mut Record, person: ItemId, held: Option<&str>) {
    let position = i64::try_from(record.prewires().count()).unwrap() + 1;
    let part = add(record, PartKind::Prewire, position);
    part.set("person", Value::Item(person));
    part.set("held_on", held.map_or(Value::Nothing, |held| Value::Day(day(held))));
}

pub(super) fn framed(stake: &str) -> Record {
    let mut record = raised(stake);
    for name in ["happening", "matters", "now", "risk", "signal"] {
        record.item.set(name, text("something"));
    }
    option(&mut record, 1);
    option(&mut record, 2);
    record.item.set("recommendation", text("b"));
    record.settle();
    record
}

fn run(verb: Verb, record: &mut Record, answer: &Answer) -> Result<(), Refusal> {
    let mut next = 1_000;
    let mut ids = || {
        next += 1;
        PartId(Uuid::from_u128(next))
    };
    carry_out(verb, record, answer, &moment(), &mut ids)
}

fn because(line: &str) -> Answer {
    Answer { line: Some(line.to_owned()), ..Answer::default() }
}

fn with(line: &str, more: &[(&'static str, &str)]) -> Answer {
    let more = more.iter().map(|(name, value)| (*name, text(value))).collect();
    Answer { more, ..because(line) }
}

#[test]
fn framed_takes_four_fields_two_or_three_options_and_one_recommendation() {
    let record = framed("medium");
    assert_eq!(record.item.state().slug, "framed");
    for name in ["happening", "matters", "now", "risk", "recommendation"] {
        let mut less = record.clone();
        less.item.set(name, Value::Nothing);
        assert_eq!(less.derived(), "raised", "{name}");
    }
    let mut one = record.clone();
    one.parts.retain(|part| part.position != 1);
    assert_eq!(one.derived(), "raised");
    assert_eq!(one.unframed(), ["two or three options, not 1"]);
    let mut half = record.clone();
    half.parts[0].set("gives_up", Value::Nothing);
    assert_eq!(half.unframed(), ["what option a gives up"]);
    let mut three = record;
    option(&mut three, 3);
    assert_eq!(three.derived(), "framed");
}

#[test]
fn prewires_lead_from_framed_to_ready() {
    let mut record = framed("high");
    assert_eq!(record.derived(), "framed");
    prewire(&mut record, DANA, None);
    assert_eq!(record.derived(), "prewiring");
    record.parts.last_mut().unwrap().set("held_on", Value::Day(day("2026-05-04")));
    assert_eq!(record.derived(), "prewiring", "Raj counts too");
    prewire(&mut record, RAJ, Some("2026-05-05"));
    assert_eq!(record.derived(), "ready");
    record.item.set("approver", Value::Nothing);
    assert_eq!(record.derived(), "prewiring", "nobody decides");
}

#[test]
fn oneself_is_not_spoken_to_and_weak_contributors_need_not_be() {
    let mut record = framed("high");
    assert_eq!(record.to_be_wired(), [DANA, RAJ]);
    record.people.get_mut(&RAJ).unwrap().influence = Some(2);
    assert_eq!(record.to_be_wired(), [DANA]);
    record.item.set("approver", Value::Item(MAYA));
    assert!(record.to_be_wired().is_empty());
    assert!(framed("medium").to_be_wired().is_empty());
}

#[test]
fn an_unframed_decision_of_weight_is_not_decided() {
    let mut record = raised("medium");
    let refusal = run(Verb::Decide, &mut record, &because("so")).unwrap_err();
    assert!(refusal.what.contains("(I1)"), "{}", refusal.what);
    assert!(refusal.hint.unwrap().starts_with("prewire decision frame d1 --happening"));
    let mut one_way = raised("low");
    one_way.item.set("reversibility", text("one-way"));
    assert!(run(Verb::Decide, &mut one_way, &because("so")).is_err());
}

#[test]
fn of_little_stake_a_rationale_is_enough_and_the_recommendation_is_one() {
    let mut record = raised("low");
    assert!(run(Verb::Decide, &mut record.clone(), &Answer::default()).is_err());
    record.item.set("now", text("Tier 2 by 21 May"));
    run(Verb::Decide, &mut record, &Answer::default()).unwrap();
    assert_eq!(record.item.state().slug, "decided");
    assert_eq!(record.item.text("rationale"), "Tier 2 by 21 May");
}

#[test]
fn a_default_whose_day_has_come_is_reason_enough_also_without_options() {
    let mut record = raised("low");
    record.item.set("default_text", text("We ship on Friday"));
    record.item.set("default_on", Value::Day(day("2026-05-07")));
    assert!(run(Verb::Decide, &mut record.clone(), &Answer::default()).is_err(), "not due yet");
    record.item.set("default_on", Value::Day(day("2026-05-06")));
    let mut objected = record.clone();
    add(&mut objected, PartKind::Objection, 1).set("status", text("open"));
    assert!(run(Verb::Decide, &mut objected, &Answer::default()).is_err());
    run(Verb::Decide, &mut record, &Answer::default()).unwrap();
    assert_eq!(record.item.text("rationale"), "Nobody objected by 6 May 2026: We ship on Friday");
}

#[test]
fn deciding_takes_the_recommended_option_and_sets_the_review() {
    let mut record = framed("medium");
    run(Verb::Decide, &mut record, &because("cheapest")).unwrap();
    let item = &record.item;
    assert_eq!((item.text("chosen"), item.state().slug), ("b", "decided"));
    assert_eq!(item.day("decided_on"), Some(day("2026-05-06")));
    assert_eq!(item.text("decided_at"), "2026-05-06T09:00:00.000Z");
    assert_eq!(item.day("review_on"), Some(day("2026-06-05")));
    let mut other = framed("medium");
    run(Verb::Decide, &mut other, &with("why", &[("option", "A")])).unwrap();
    assert_eq!(other.item.text("chosen"), "a");
    let refusal = run(Verb::Decide, &mut framed("medium"), &with("why", &[("option", "c")]));
    assert_eq!(refusal.unwrap_err().what, "d1 has no option c");
}

#[test]
fn i2_names_what_is_missing() {
    for (name, words) in [("approver", "no approver (I2)"), ("signal", "no signal (I2)")] {
        let mut record = framed("medium");
        record.item.set(name, Value::Nothing);
        let refusal = run(Verb::Decide, &mut record, &because("so")).unwrap_err();
        assert!(refusal.what.ends_with(words), "{}", refusal.what);
    }
    assert!(run(Verb::Decide, &mut framed("medium"), &Answer::default()).is_err());
}

#[test]
fn golden_high_stake_unwired() {
    let mut record = framed("high");
    record.item.set("forum_on", Value::Day(day("2026-05-06")));
    prewire(&mut record, RAJ, Some("2026-05-05"));
    let refusal = run(Verb::Decide, &mut record.clone(), &because("so")).unwrap_err();
    assert!(refusal.what.contains("Dana has not been spoken to"), "{}", refusal.what);
    assert!(refusal.hint.unwrap().contains("--override"));
    run(Verb::Decide, &mut record, &with("so", &[("override", "Dana is at sea")])).unwrap();
    let kept: Vec<&Part> = of_kind(&record.parts, PartKind::Override).collect();
    assert_eq!(kept.len(), 1);
    assert_eq!(kept[0].text("reason"), "Dana is at sea");
    assert_eq!(kept[0].text("person"), "Maya");
    assert_eq!(kept[0].text("given_at"), "2026-05-06T09:00:00.000Z");
    assert_eq!(kept[0].text("missing"), "Dana");
}

#[test]
fn a_prewire_after_the_forum_is_too_late() {
    let mut record = framed("high");
    record.item.set("forum_on", Value::Day(day("2026-05-04")));
    prewire(&mut record, DANA, Some("2026-05-05"));
    prewire(&mut record, RAJ, Some("2026-05-04"));
    assert_eq!(record.unwired(record.item.day("forum_on")), [DANA]);
    assert!(run(Verb::Decide, &mut record, &because("so")).is_err());
}

#[test]
fn reopening_keeps_the_record_as_a_version_and_the_state_follows_from_it() {
    let mut record = framed("medium");
    run(Verb::Decide, &mut record, &because("cheapest")).unwrap();
    run(Verb::Reopen, &mut record, &because("Rivo cut prices")).unwrap();
    assert_eq!(record.item.state().slug, "framed");
    assert!(record.item.text("rationale").is_empty() && record.item.day("decided_on").is_none());
    let version = of_kind(&record.parts, PartKind::Version).next().unwrap();
    assert_eq!(version.position, 1);
    assert!(version.text("record").contains("rationale: cheapest"));
    assert_eq!(version.text("reason"), "Rivo cut prices");
    run(Verb::Decide, &mut record, &because("again")).unwrap();
    run(Verb::Reopen, &mut record, &because("again")).unwrap();
    assert_eq!(of_kind(&record.parts, PartKind::Version).count(), 2);
}

#[test]
fn a_review_says_what_happened_and_whether_it_worked() {
    let mut record = framed("medium");
    assert!(run(Verb::Review, &mut record, &because("x")).is_err());
    run(Verb::Decide, &mut record, &because("cheapest")).unwrap();
    assert!(run(Verb::Review, &mut record, &because("it held")).is_err(), "no verdict");
    assert!(run(Verb::Review, &mut record, &because("yes")).is_err(), "nothing happened");
    let mut short = record.clone();
    run(Verb::Review, &mut short, &because("Yes, it held")).unwrap();
    assert_eq!((short.item.text("worked"), short.item.text("happened")), ("yes", "it held"));
    let answer = with("it held", &[("worked", "partly"), ("lesson", "ask Lee first")]);
    run(Verb::Review, &mut record, &answer).unwrap();
    assert_eq!(record.item.state().slug, "reviewed");
    assert_eq!(record.item.text("lesson"), "ask Lee first");
}

#[test]
fn what_is_decided_is_frozen() {
    let mut before = framed("medium");
    run(Verb::Decide, &mut before, &because("cheapest")).unwrap();
    let mut after = before.item.clone();
    after.set("priority", Value::Whole(1));
    assert_eq!(frozen::refuse(&before.item, &after), None);
    for name in frozen::FIELDS {
        let mut after = before.item.clone();
        after.set(name, Value::Tags(vec!["other".to_owned()]));
        let refusal = frozen::refuse(&before.item, &after).unwrap();
        assert!(refusal.what.contains("(I4)"), "{}", refusal.what);
    }
    assert!(frozen::refuse_part(&before.item, PartKind::Option).is_some());
    assert!(frozen::refuse_part(&before.item, PartKind::Objection).is_none());
}

#[test]
fn the_forum_tomorrow_with_two_of_four_held_is_an_exception() {
    let mut record = framed("medium");
    record.item.set("forum_on", Value::Day(day("2026-05-07")));
    for (at, held) in [Some("2026-05-05"), None, Some("2026-05-04"), None].into_iter().enumerate() {
        prewire(&mut record, ItemId(Uuid::from_u128(50 + at as u128)), held);
    }
    let found = record.exceptions(day("2026-05-06"), 21);
    assert_eq!(found, [Exception::Unwired { forum_in: 1, held: 2, of: 4 }]);
    assert_eq!(found[0].words(), "forum tomorrow, 2 of 4 pre-wired");
}
