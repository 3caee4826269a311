//! A standup that is read as far as it is looked at is the one that is read whole: before anything is
//! said, while it is gone through, after undo, on another day.

use std::ops::Range;

use proptest::prelude::*;

use super::Wanted;
use crate::domain::change::{Change, Draft};
use crate::domain::item::{ItemId, Ref};
use crate::domain::kind::Kind;
use crate::domain::ritual::run::{Line, Progress};
use crate::domain::ritual::{Mark, RitualKind, Run, Said};
use crate::domain::verb::{Answer, Verb};
use crate::ops::decisions::tests::{decisions, step};
use crate::ops::ritual::Sitting;
use crate::ops::{Op, Workspace};
use crate::store::lookup::Lookup;

/// Enough of them that not all are read.
const ASSETS: u8 = 12;

fn sit(workspace: &mut Workspace, about: Kind, filter: &str) -> Sitting {
    workspace.sit(RitualKind::Standup, Some(about), filter).unwrap()
}

/// The lines at these places, brought where they are not at hand.
fn lines(workspace: &mut Workspace, section: &Progress, span: Range<usize>) -> Vec<Line> {
    let mut section = section.clone();
    if section.long.is_some() {
        let brought = workspace.bring(&section.key, &Wanted::Span(span.clone())).unwrap();
        section.bring(brought.from, brought.lines);
    }
    span.filter_map(|at| section.line(at).cloned()).collect()
}

/// Everything that a run tells: each line, whether it is open, and how far it is.
fn told(workspace: &mut Workspace, run: &Run) -> Vec<String> {
    let mut told = vec![format!("{} {} {:?}", run.at, run.how_far(), run.judged())];
    for section in &run.sections {
        let all = section.count();
        let open: Vec<bool> = (0..all).map(|at| section.is_open(at)).collect();
        told.push(format!("{} {} {:?} {open:?}", section.key, section.state, section.notes));
        told.extend(lines(workspace, section, 0..all).iter().map(|line| format!("{line:?}")));
        // The same in pieces.
        let middle = all / 2;
        let pieces = [0..middle, middle..all];
        let pieces = pieces.map(|span| lines(workspace, section, span)).concat();
        told.extend(pieces.iter().map(|line| format!("{line:?}")));
    }
    told
}

/// Says something of the row at a place, or of the whole section, in both.
fn say(workspace: &mut Workspace, both: &mut [Sitting; 2], (which, at): (u8, u8)) {
    let Some(section) = both[1].run.open_section().cloned() else { return };
    let open: Vec<usize> = (0..section.count()).filter(|at| section.is_open(*at)).collect();
    let Some(at) = open.get(usize::from(at) % open.len().max(1)).copied() else { return };
    let brought = workspace.bring(&section.key, &Wanted::Span(at..at + 2)).unwrap();
    if both[0].run.open_section().is_some_and(|one| one.long.is_some()) {
        both[0].take(brought);
    }
    let [far, near] = [&both[1], &both[0]].map(|sitting| {
        let section = sitting.run.open_section().unwrap();
        let line = section.line(at).unwrap();
        let id = sitting.id_of(line.about.as_deref());
        let line_of = |words: &str| Answer { line: Some(words.to_owned()), ..Answer::default() };
        let verb = |verb| {
            let items = id.into_iter().collect();
            Some(Op::Verb { items, verb, answer: line_of("It is so") })
        };
        match which % 8 {
            0..=2 => sitting.judging(section, line, None),
            3 | 4 if sitting.about == Some(Kind::Asset) => {
                sitting.judging(section, line, verb(Verb::Ship))
            }
            3 | 4 => sitting.judging(section, line, verb(Verb::Decide)),
            5 => sitting.judging(section, line, verb(Verb::Drop)),
            6 => sitting.acknowledging(section),
            _ => sitting.saying(vec![Said::ends(section, Mark::Skipped, "")], None),
        }
    });
    assert_eq!(near, far);
    if workspace.run(&Op::Ritual(Box::new(near))).is_ok() {
        for sitting in both.iter_mut() {
            sitting.hear(&far);
        }
    }
}

/// Goes through a standup for a while, and compares at each step.
fn walk(workspace: &mut Workspace, about: Kind, said: &[(u8, u8)]) {
    let mut both = ["", "is:open"].map(|filter| sit(workspace, about, filter));
    // The one that is read as far as it is looked at is sat down to last.
    both[0] = sit(workspace, about, "");
    for one in said {
        let [long, whole] = both.each_ref().map(|sitting| told(workspace, &sitting.run));
        assert_eq!(long, whole);
        say(workspace, &mut both, *one);
    }
    let [long, whole] = both.each_ref().map(|sitting| told(workspace, &sitting.run));
    assert_eq!(long, whole);
    let places = |sitting: &Sitting| {
        let section = sitting.run.open_section()?;
        Some((section.open_from(0), section.count()))
    };
    assert_eq!(places(&both[0]), places(&both[1]));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn a_standup_that_is_read_as_it_is_looked_at_is_the_whole_one(
        steps in prop::collection::vec((0_u8..18, any::<u8>(), any::<i8>()), 1..30),
        said in prop::collection::vec(prop::collection::vec(any::<(u8, u8)>(), 0..6), 1..4),
        undone in any::<bool>(),
    ) {
        let mut workspace = decisions();
        for one in &steps {
            step(&mut workspace, *one);
        }
        for some in &said {
            walk(&mut workspace, Kind::Decision, some);
            if undone {
                drop(workspace.run(&Op::Undo));
            }
            step(&mut workspace, steps[0]);
        }
    }
}

/// An outcome, a bet on it, decisions that hold things up, and assets.
fn assets() -> Workspace {
    let mut workspace = decisions();
    let draft = |kind, title: String| Draft { kind, title, changes: Vec::new() };
    let above = [draft(Kind::Outcome, "Win rate".into()), draft(Kind::Bet, "Proof".into())];
    workspace.run(&Op::Add(above.to_vec())).unwrap();
    let all = (0..ASSETS).map(|at| draft(Kind::Asset, format!("Battlecard {at}")));
    workspace.run(&Op::Add(all.collect())).unwrap();
    workspace
}

/// One of many things that happen to an asset or to what it hangs on; what is refused changes nothing.
fn happens(workspace: &mut Workspace, (which, at, far): (u8, u8, i8)) {
    let named = |workspace: &Workspace, name: String| -> Vec<ItemId> {
        let found = workspace.store().by_ref(Ref::parse(&name).unwrap()).unwrap();
        found.into_iter().collect()
    };
    let items = named(workspace, format!("a{}", 1 + at % ASSETS));
    let set = |workspace: &Workspace, items: &[ItemId], kind: Kind, name: &str, text: &str| {
        let calendar = workspace.calendar();
        let changes = Change::typed(kind.noun().field(name), text, &calendar).unwrap();
        Op::Edit { items: items.to_vec(), changes }
    };
    let due = workspace.clock.today() + chrono::Duration::days(i64::from(far));
    let asset = |name, text: &str| set(workspace, &items, Kind::Asset, name, text);
    let verb = |items, verb| {
        let line = Some("It is so".to_owned());
        Op::Verb { items, verb, answer: Answer { line, ..Answer::default() } }
    };
    let op = match which % 14 {
        0 | 1 => asset("due", &due.to_string()),
        2 => asset("due", ""),
        3 => asset("for", "o1"),
        4 => asset("for", "b1"),
        5 => asset("for", ""),
        6 | 7 => asset("blocked_by", &format!("d{}", 1 + far.unsigned_abs() % 12)),
        8 => verb(named(workspace, format!("d{}", 1 + at % 12)), Verb::Decide),
        9 => set(workspace, &named(workspace, "b1".into()), Kind::Bet, "for", "o1"),
        10 => Op::Trash(named(workspace, ["o1", "b1"][usize::from(at % 2)].into())),
        11 => asset("priority", &(1 + far.unsigned_abs() % 4).to_string()),
        12 => verb(items.clone(), Verb::Ship),
        _ => Op::Undo,
    };
    drop(workspace.run(&op));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]
    #[test]
    fn so_is_a_standup_of_assets_also_where_it_was_lined_up_before(
        steps in prop::collection::vec((any::<u8>(), any::<u8>(), any::<i8>()), 1..24),
        said in prop::collection::vec(prop::collection::vec(any::<(u8, u8)>(), 0..5), 1..4),
        before in 0_u8..12,
    ) {
        let mut workspace = assets();
        for one in &steps {
            happens(&mut workspace, *one);
        }
        for some in &said {
            // Some were lined up before something changed.
            for _ in 0..before {
                workspace.line_up_rows_ahead().unwrap();
            }
            walk(&mut workspace, Kind::Asset, some);
            happens(&mut workspace, steps[0]);
        }
    }
}

#[test]
fn a_row_is_found_wherever_it_stands() {
    let mut workspace = decisions();
    let sitting = sit(&mut workspace, Kind::Decision, "");
    let section = sitting.run.open_section().unwrap().clone();
    let long = section.long.clone().unwrap();
    assert_eq!((long.all, section.lines.len()), (12, 4));
    for at in 0..12 {
        let brought = workspace.bring(&section.key, &Wanted::Span(at..at + 1)).unwrap();
        let id = *brought.ids.values().next().unwrap();
        let found = workspace.bring(&section.key, &Wanted::First(vec![id])).unwrap();
        assert_eq!(found.at, Some(at));
        let mut section = section.clone();
        section.bring(found.from, found.lines);
        assert_eq!(section.line(at), Some(&brought.lines[0]));
    }
}
