//! A decision under any path of steps: no way leads around I1 to I4.

use proptest::prelude::*;

use super::*;

/// One thing that somebody does to a decision.
#[derive(Debug, Clone)]
enum Step {
    Field(&'static str),
    Unfield(&'static str),
    Option(i64),
    Unoption(i64),
    Prewire(ItemId, bool),
    Verb(Verb, Answer),
}

fn step() -> impl Strategy<Value = Step> {
    let fields = || {
        prop::sample::select(vec![
            "happening",
            "matters",
            "now",
            "risk",
            "signal",
            "recommendation",
            "approver",
        ])
    };
    let answers = prop::sample::select(vec![
        because("so"),
        Answer::default(),
        with("so", &[("override", "no time")]),
        with("so", &[("option", "a")]),
        with("so", &[("worked", "yes")]),
    ]);
    let verbs = prop::sample::select(vec![Verb::Decide, Verb::Reopen, Verb::Review, Verb::Drop]);
    prop_oneof![
        8 => fields().prop_map(Step::Field),
        1 => fields().prop_map(Step::Unfield),
        4 => (1_i64..=3).prop_map(Step::Option),
        1 => (1_i64..=3).prop_map(Step::Unoption),
        2 => (prop::sample::select(vec![DANA, RAJ, MAYA]), any::<bool>())
            .prop_map(|(who, held)| Step::Prewire(who, held)),
        4 => (verbs, answers).prop_map(|(verb, answer)| Step::Verb(verb, answer)),
    ]
}

/// Carries a step out as the operations do: what is frozen is refused, the state follows.
fn take(record: &mut Record, step: &Step) {
    let before = record.clone();
    let part_frozen = |kind| frozen::refuse_part(&before.item, kind).is_some();
    match step {
        Step::Field("approver") => record.item.set("approver", Value::Item(DANA)),
        Step::Field("recommendation") => record.item.set("recommendation", text("a")),
        Step::Field(name) => record.item.set(name, text("said")),
        Step::Unfield(name) => record.item.set(name, Value::Nothing),
        Step::Option(position) if !part_frozen(PartKind::Option) => {
            if !record.options().any(|option| option.position == *position) {
                option(record, *position);
            }
        }
        Step::Unoption(position) if !part_frozen(PartKind::Option) => {
            record.parts.retain(|part| part.kind != PartKind::Option || part.position != *position);
        }
        Step::Prewire(who, held) if !part_frozen(PartKind::Prewire) => {
            prewire(record, *who, held.then_some("2026-05-05"));
        }
        Step::Option(_) | Step::Unoption(_) | Step::Prewire(..) => {}
        Step::Verb(verb, answer) => {
            if run(*verb, record, answer).is_err() {
                assert_eq!(*record, before, "a refused verb leaves all as it was");
            }
            return;
        }
    }
    if frozen::refuse(&before.item, &record.item).is_some() {
        *record = before;
        return;
    }
    record.settle();
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    /// No path reaches decided without I1 to I3 or an override that is kept; what is decided says
    /// the same until it is reopened.
    #[test]
    fn no_path_leads_around_the_rules(
        stake in prop::sample::select(vec!["low", "medium", "high"]),
        steps in prop::collection::vec(step(), 1..60),
    ) {
        let mut record = raised(stake);
        for step in &steps {
            let before = record.clone();
            take(&mut record, step);
            let is_decided = |record: &Record| record.item.day("decided_on").is_some();
            if is_decided(&record) && !is_decided(&before) {
                prop_assert!(!record.item.text("rationale").is_empty());
                if record.binds() {
                    prop_assert!(record.unframed().is_empty());
                    prop_assert!(record.item.link("approver").is_some());
                    prop_assert!(record.option(record.item.text("chosen")).is_some());
                    prop_assert!(!record.item.text("signal").is_empty());
                    prop_assert!(record.item.day("review_on").is_some());
                }
                let overrides = |record: &Record| {
                    of_kind(&record.parts, PartKind::Override)
                        .filter(|part| !part.text("reason").is_empty() && !part.text("person").is_empty())
                        .count()
                };
                prop_assert!(
                    record.unwired(Some(day("2026-05-06"))).is_empty()
                        || overrides(&record) > overrides(&before)
                );
            }
            if is_decided(&record) && is_decided(&before) {
                for name in frozen::FIELDS {
                    prop_assert_eq!(record.item.get(name), before.item.get(name));
                }
                let frozen_parts = |record: &Record| -> Vec<Part> {
                    let all = record.parts.iter().filter(|part| frozen::holds(part));
                    all.cloned().collect()
                };
                prop_assert_eq!(frozen_parts(&record), frozen_parts(&before));
            }
        }
    }
}
