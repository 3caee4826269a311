//! Runs gone through, stopped, held and finished.

use proptest::prelude::*;

use super::*;
use crate::domain::day::fixture::day;

fn run(kind: RitualKind, conditions: &[Condition]) -> Run {
    let ritual = Ritual::read(kind, kind.shipped()).unwrap();
    Run::begin(&ritual, "2026-W19", conditions, |section| Filling {
        lines: vec![Line::about("d1", format!("{} one", section.key)), Line::about("d2", "two")],
        held: vec![Held { about: "m1".to_owned(), name: "Win rate".to_owned(), answer: None }],
        ..Filling::default()
    })
}

fn explained(meaning: &str, decision: &str) -> HoldAnswer {
    HoldAnswer::Explained {
        meaning: meaning.to_owned(),
        market: "two rivals cut prices".to_owned(),
        decision: decision.to_owned(),
    }
}

#[test]
fn a_week_is_gone_through() {
    let mut run = run(RitualKind::Midweek, &[]);
    for step in [
        Step::Drop(0),
        Step::Add("Pricing page waits for legal ".to_owned()),
        Step::Next,
        Step::Skip,
        Step::Keep(1),
        Step::Finish,
    ] {
        run = run.after(step).unwrap();
    }
    assert_eq!(run.state, RunState::Finished);
    assert_eq!(
        run.kept(),
        [
            ("Asset readiness", vec!["two", "Pricing page waits for legal"]),
            ("Analytics instrumentation", vec!["two"]),
        ]
    );
    let refused = run.after(Step::Next).unwrap_err();
    assert_eq!(refused.what, "the midweek check of 2026-W19 is finished");
}

#[test]
fn an_off_track_metric_holds_until_it_is_explained_or_waived() {
    let run = run(RitualKind::Month, &[]).after(Step::Next).unwrap();
    assert_eq!(run.sections[run.at].key, "outcomes");
    for step in [Step::Next, Step::Skip, Step::Finish] {
        assert_eq!(run.after(step).unwrap_err().what, "Win rate is off track and not explained");
    }
    let half = run.after(Step::LetGo(0, explained(" ", ""))).unwrap_err();
    assert_eq!(half.what, "Win rate still wants what the data means, which decision follows");
    let nobody =
        HoldAnswer::Waived { by: String::new(), on: day("2026-05-06"), reason: "late".to_owned() };
    assert_eq!(
        run.after(Step::LetGo(0, nobody)).unwrap_err().what,
        "Win rate still wants who waives it"
    );
    let told = run.after(Step::LetGo(0, explained("fear of rollout", "d12"))).unwrap();
    assert_eq!(told.holding().count(), 0);
    assert_eq!(told.after(Step::Next).unwrap().at, 2);
    let by = HoldAnswer::Waived {
        by: "Dana".to_owned(),
        on: day("2026-05-06"),
        reason: "source failed".to_owned(),
    };
    assert!(run.after(Step::LetGo(0, by)).unwrap().after(Step::Finish).is_ok());
}

#[test]
fn only_a_section_that_holds_has_holds() {
    let run = run(RitualKind::Friday, &[]);
    assert_eq!(run.holding().count(), 0);
    assert!(run.sections.iter().all(|section| section.key != "memo"));
    let fired = super::tests::run(RitualKind::Friday, &[Condition::EscalationFires]);
    assert_eq!(fired.sections.len(), run.sections.len() + 1);
}

#[test]
fn a_stopped_run_takes_nothing_and_comes_back_whole() {
    let before = run(RitualKind::Monday, &[]).after(Step::Next).unwrap();
    let stopped = before.after(Step::Stop).unwrap();
    assert_eq!(stopped.after(Step::Next).unwrap_err().what, "the Monday review is stopped");
    assert_eq!(before.after(Step::Resume).unwrap_err().what, "the Monday review is running");
    let written = serde_json::to_string(&stopped).unwrap();
    let read: Run = serde_json::from_str(&written).unwrap();
    assert_eq!(read.after(Step::Resume).unwrap(), before);
    assert_eq!(before.progress(), "1 of 7");
}

#[test]
fn what_was_typed_in_a_skipped_section_is_in_the_readout() {
    let mut run = run(RitualKind::Midweek, &[]);
    for step in [Step::Add("typed".to_owned()), Step::Skip, Step::Skip, Step::Finish] {
        run = run.after(step).unwrap();
    }
    assert_eq!(run.kept(), [("Asset readiness", vec!["typed"])]);
}

#[test]
fn what_was_typed_after_going_back_to_a_skipped_section_is_in_the_readout() {
    let mut run = run(RitualKind::Midweek, &[]);
    for step in [Step::Skip, Step::Back, Step::Add("typed".to_owned()), Step::Finish] {
        run = run.after(step).unwrap();
    }
    assert_eq!(run.kept(), [("Asset readiness", vec!["typed"])]);
}

#[test]
fn new_facts_come_in_and_verdicts_stay() {
    let run = run(RitualKind::Midweek, &[]);
    let run = run.after(Step::Drop(0)).unwrap().after(Step::Add("typed".to_owned())).unwrap();
    let fresh = vec![Line::about("d1", "said anew"), Line::about("d9", "new")];
    let again = run.refreshed("assets", fresh.clone());
    let texts: Vec<&str> = again.sections[0].lines.iter().map(|line| line.text.as_str()).collect();
    assert_eq!(texts, ["assets one", "two", "typed", "new"]);
    assert_eq!(again.sections[0].lines[0].verdict, Verdict::Dropped);
    let past = again.after(Step::Next).unwrap();
    assert_eq!(past.refreshed("assets", fresh), past, "what is done stays as it was");
}

fn any_step() -> impl Strategy<Value = Step> {
    prop_oneof![
        (0_usize..5).prop_map(Step::Keep),
        (0_usize..5).prop_map(Step::Drop),
        "[a-z ]{0,6}".prop_map(Step::Add),
        (0_usize..2).prop_map(|place| Step::LetGo(place, explained("why", "d1"))),
        Just(Step::Next),
        Just(Step::Back),
        Just(Step::Skip),
        Just(Step::Stop),
        Just(Step::Resume),
        Just(Step::Finish),
    ]
}

proptest! {
    /// Killed after any step, the run that was kept is the run that goes on.
    #[test]
    fn nothing_typed_is_lost_on_any_way(steps in prop::collection::vec(any_step(), 0..40)) {
        let mut run = run(RitualKind::Month, &[]);
        let mut typed = 0;
        for step in steps {
            let adds = usize::from(matches!(&step, Step::Add(text) if !text.trim().is_empty()));
            if let Ok(next) = run.after(step) {
                typed += adds;
                let written = serde_json::to_string(&next).unwrap();
                run = serde_json::from_str(&written).unwrap();
                prop_assert_eq!(&run, &next);
            }
        }
        let lines = run.sections.iter().flat_map(|section| &section.lines);
        prop_assert_eq!(lines.filter(|line| line.about.is_none()).count(), typed);
        if run.state == RunState::Finished {
            let kept: usize = run.kept().iter().map(|(_, lines)| lines.len()).sum();
            let said = run.sections.iter().flat_map(|section| &section.lines);
            let stays = |line: &&Line| matches!(line.verdict, Verdict::Kept | Verdict::Added);
            prop_assert_eq!(kept, said.filter(stays).count());
            prop_assert_eq!(run.holding().count(), 0);
            prop_assert!(run.sections.iter().all(|section| section.state != SectionState::Open));
        }
    }
}
