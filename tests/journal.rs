//! The journal: whatever was done, undoing all of it returns the empty workspace, and redoing all of
//! it the final one, across restarts; a conflict is explained and nothing is half undone.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod acts;
mod place;

use acts::{Act, Run};
use place::{Home, add, draft, external};
use prewire::domain::kind::Kind;
use prewire::domain::value::Value;
use prewire::ops::{Op, Workspace};
use proptest::prelude::*;
use proptest::test_runner::Config;

/// Sequences tried, and the longest of them.
const CASES: u32 = 40;
const LONGEST: usize = 16;

proptest! {
    #![proptest_config(Config { cases: CASES, failure_persistence: None, ..Config::default() })]

    #[test]
    fn undo_all_returns_the_empty_dump_and_redo_all_the_final_one(
        script in prop::collection::vec((any::<Act>(), any::<bool>()), 1..LONGEST),
        reopen in prop::collection::vec(any::<bool>(), 8),
    ) {
        let mut run = Run::new();
        for (act, again) in &script {
            run.carry_out(act);
            if *again {
                run.reopen();
            }
        }
        // A last step, so that what another program did at the end is one too.
        run.workspace.run(&Op::Set { name: "last".to_owned(), value: Some("1".to_owned()) }).unwrap();
        let (last, order) = (run.dump(), run.order());
        let mut undone = 0;
        while run.workspace.store().to_undo().unwrap().is_some() {
            run.workspace.run(&Op::Undo).unwrap();
            undone += 1;
            if reopen[undone % reopen.len()] {
                run.reopen();
            }
        }
        prop_assert_eq!(run.dump(), "");
        prop_assert_eq!(run.order(), "");
        for step in 0..undone {
            run.workspace.run(&Op::Redo).unwrap();
            if reopen[step % reopen.len()] {
                run.reopen();
            }
        }
        prop_assert_eq!(run.dump(), last);
        prop_assert_eq!(run.order(), order);
        run.is_sound();
        run.order_is_what_a_full_renewal_makes();
    }
}

#[test]
fn the_demo_is_undone_and_redone_as_one_step() {
    let mut run = Run::new();
    run.workspace.load_demo().unwrap();
    let loaded = run.dump();
    assert!(run.workspace.store().all_ids().unwrap().len() > 90);
    run.reopen();
    run.workspace.run(&Op::Undo).unwrap();
    assert_eq!(run.dump(), "");
    run.reopen();
    run.workspace.run(&Op::Redo).unwrap();
    assert_eq!(run.dump(), loaded);
    run.is_sound();
}

#[test]
fn a_ref_is_never_given_twice() {
    let home = Home::new();
    let mut workspace = home.create("plan.db");
    let refs = |workspace: &Workspace| {
        let ids = workspace.store().all_ids().unwrap();
        let items = workspace.store().items(&ids).unwrap();
        items.iter().map(|item| item.reference.to_string()).collect::<Vec<_>>()
    };
    add(&mut workspace, Kind::Decision, "One");
    workspace.run(&Op::Undo).unwrap();
    drop(workspace);
    let mut workspace = home.open("plan.db");
    add(&mut workspace, Kind::Decision, "Two");
    assert_eq!(refs(&workspace), ["d2"]);
    let id = workspace.store().all_ids().unwrap()[0];
    workspace.run(&Op::Trash(vec![id])).unwrap();
    workspace.run(&Op::Purge(vec![id])).unwrap();
    add(&mut workspace, Kind::Decision, "Three");
    assert_eq!(refs(&workspace), ["d3"]);
    for _ in 0..3 {
        workspace.run(&Op::Undo).unwrap();
    }
    assert_eq!(refs(&workspace), ["d2"]);
}

#[test]
fn a_new_step_ends_redo_and_undo_goes_on_behind_it() {
    let home = Home::new();
    let mut workspace = home.create("plan.db");
    let titles = |workspace: &Workspace| {
        let ids = workspace.store().all_ids().unwrap();
        let items = workspace.store().items(&ids).unwrap();
        items.iter().map(|item| item.title().to_owned()).collect::<Vec<_>>().join(" ")
    };
    for title in ["A", "B", "C"] {
        add(&mut workspace, Kind::Decision, title);
    }
    let mut steps = vec![];
    for op in [Op::Undo, Op::Undo, Op::Redo] {
        steps.push(workspace.run(&op).unwrap().label);
    }
    assert_eq!(titles(&workspace), "A B");
    assert!(steps[2].starts_with("redid: ") && steps[2].ends_with("B”"), "{steps:?}");
    add(&mut workspace, Kind::Decision, "D");
    let error = workspace.run(&Op::Redo).unwrap_err();
    assert_eq!((error.exit_code(), error.what().as_str()), (4, "there is nothing to redo"));
    for wanted in ["A B", "A", ""] {
        workspace.run(&Op::Undo).unwrap();
        assert_eq!(titles(&workspace), wanted);
    }
    let error = workspace.run(&Op::Undo).unwrap_err();
    assert_eq!((error.exit_code(), error.what().as_str()), (4, "there is nothing to undo"));
    for wanted in ["A", "A B", "A B D"] {
        workspace.run(&Op::Redo).unwrap();
        assert_eq!(titles(&workspace), wanted);
    }
    assert!(workspace.run(&Op::Redo).is_err());
}

#[test]
fn a_step_that_a_later_one_built_on_is_not_taken_back() {
    let mut run = Run::new();
    let first = run.add(Kind::Decision, "Who is the ICP?");
    let added = run.workspace.store().head().unwrap().0;
    let once = run.set(first, "title", "Who exactly is the ICP?");
    run.set(first, "title", "Who, exactly, is the ICP?");
    let person = run.add(Kind::Person, "Priya");
    let hired = run.workspace.store().head().unwrap().0;
    run.set(first, "owner", "u1");
    let before = run.dump();
    for (step, word) in [(once, "title"), (added, "owner"), (hired, "owner")] {
        let error = run.workspace.run(&Op::TakeBack(step)).unwrap_err();
        assert_eq!(error.exit_code(), 5, "{}", error.what());
        assert!(error.what().contains(word), "{step}: {}", error.what());
        assert!(error.hint().is_some_and(|hint| hint.contains("nothing was changed")));
        assert_eq!(run.dump(), before);
    }
    assert!(run.workspace.store().item(person).unwrap().is_some());
    let error = run.workspace.run(&Op::TakeBack(99)).unwrap_err();
    assert_eq!(error.exit_code(), 3);
}

#[test]
fn what_would_point_at_nothing_is_a_conflict_and_not_a_failure() {
    let mut run = Run::new();
    let decision = run.add(Kind::Decision, "Who is the ICP?");
    let person = run.add(Kind::Person, "Priya");
    run.set(decision, "owner", "u1");
    let cleared = run.clear(decision, "owner");
    run.workspace.run(&Op::Trash(vec![person])).unwrap();
    run.workspace.run(&Op::Purge(vec![person])).unwrap();
    let before = run.dump();
    let error = run.workspace.run(&Op::TakeBack(cleared)).unwrap_err();
    assert_eq!(error.exit_code(), 5, "{}", error.what());
    assert_eq!(run.dump(), before);
}

#[test]
fn taking_an_undo_back_is_a_redo_and_taking_a_redo_back_an_undo() {
    let mut run = Run::new();
    run.add(Kind::Decision, "Who is the ICP?");
    let there = run.dump();
    run.workspace.run(&Op::Undo).unwrap();
    run.workspace.run(&Op::TakeBack(2)).unwrap();
    assert_eq!(run.dump(), there);
    run.workspace.run(&Op::TakeBack(3)).unwrap();
    assert_eq!(run.dump(), "");
    assert!(run.workspace.store().to_undo().unwrap().is_none());
    run.workspace.run(&Op::Redo).unwrap();
    assert_eq!(run.dump(), there);
    assert_eq!(run.workspace.run(&Op::Undo).unwrap().label, "undid: added d1 “Who is the ICP?”");
    run.is_sound();
}

#[test]
fn taking_back_out_of_order_keeps_the_rules() {
    let mut run = Run::new();
    let (a, b) = (run.add(Kind::Decision, "A"), run.add(Kind::Asset, "B"));
    run.set(a, "blocks", "a1");
    let untied = run.clear(a, "blocks");
    let c = run.add(Kind::Decision, "C");
    run.set(b, "blocks", "d2");
    run.set(c, "blocks", "d1");
    let before = run.dump();
    let error = run.workspace.run(&Op::TakeBack(untied)).unwrap_err();
    assert!(error.what().contains("circle"), "{}", error.what());
    assert_eq!(run.dump(), before);
}

#[test]
fn a_revision_only_grows() {
    let mut run = Run::new();
    let id = run.add(Kind::Decision, "A");
    let rev = |run: &Run| run.workspace.store().item(id).unwrap().map_or(0, |item| item.rev);
    let mut seen = vec![rev(&run)];
    run.set(id, "title", "B");
    seen.push(rev(&run));
    for op in [Op::Undo, Op::Redo, Op::Undo, Op::Undo, Op::Redo, Op::Redo] {
        run.workspace.run(&op).unwrap();
        seen.push(rev(&run));
    }
    let lived: Vec<i64> = seen.iter().copied().filter(|rev| *rev > 0).collect();
    assert!(lived.windows(2).all(|pair| pair[0] < pair[1]), "{seen:?}");
}

#[test]
fn what_another_program_changed_becomes_a_step_and_is_undone_in_its_turn() {
    let home = Home::new();
    let path = home.path("plan.db");
    let mut workspace = home.create("plan.db");
    add(&mut workspace, Kind::Decision, "Who is the ICP?");
    let own = workspace.store().dump().unwrap();
    external(&path, "UPDATE item SET title = 'Theirs', state = 'ready' WHERE kind = 'decision'");
    let theirs = workspace.store().dump().unwrap();
    assert_eq!(workspace.store().check().unwrap().foreign_changes, 2);
    workspace.run(&Op::Undo).unwrap();
    assert_eq!(workspace.store().dump().unwrap(), own);
    workspace.run(&Op::Redo).unwrap();
    assert_eq!(workspace.store().dump().unwrap(), theirs);
    add(&mut workspace, Kind::Asset, "Deck");
    let labels: Vec<String> =
        workspace.store().steps(0, 9).unwrap().into_iter().map(|step| step.label).collect();
    assert_eq!(labels.iter().filter(|label| *label == "changed by another program").count(), 1);
    for _ in 0..3 {
        workspace.run(&Op::Undo).unwrap();
    }
    assert_eq!(workspace.store().dump().unwrap(), "");
    assert!(!workspace.store().check().unwrap().is_damaged());
}

#[test]
fn what_breaks_a_rule_of_the_file_can_be_undone_and_not_redone() {
    let home = Home::new();
    let mut workspace = home.create("plan.db");
    add(&mut workspace, Kind::Decision, "Who is the ICP?");
    let own = workspace.store().dump().unwrap();
    let query = "PRAGMA foreign_keys = OFF; UPDATE item SET state = 'nonsense'";
    external(&home.path("plan.db"), query);
    workspace.run(&Op::Undo).unwrap();
    assert_eq!(workspace.store().dump().unwrap(), own);
    assert_eq!(workspace.run(&Op::Redo).unwrap_err().exit_code(), 5);
    assert_eq!(workspace.store().dump().unwrap(), own);
}

#[test]
fn rows_that_another_program_left_broken_do_not_keep_the_others_from_being_shown() {
    let home = Home::new();
    let path = home.path("plan.db");
    let mut workspace = home.create("plan.db");
    add(&mut workspace, Kind::Decision, "Who is the ICP?");
    let id = "x".repeat(36);
    external(
        &path,
        &format!(
            "PRAGMA foreign_keys = OFF; \
             INSERT INTO item (id, kind, no, title, state, created_at, updated_at, author) \
             VALUES ('{id}', 'decision', 9, 'Odd', 'raised', 'never', 'never', ''); \
             INSERT INTO edge (id, kind, source, target) SELECT '{id}', 'blocks', id, 'gone' FROM item WHERE no = 1; \
             UPDATE item SET owner = 'nobody', \"for\" = 'nothing', updated_at = CAST(x'ff' AS TEXT) WHERE no = 1",
        ),
    );
    add(&mut workspace, Kind::Decision, "What is the tier?");
    let ids = workspace.store().all_ids().unwrap();
    assert_eq!(workspace.store().items(&ids).unwrap().len(), 2);
    assert!(!workspace.store().check().unwrap().dangling.is_empty());
    workspace.run(&Op::Undo).unwrap();
    workspace.run(&Op::Undo).unwrap();
    assert!(!workspace.store().check().unwrap().is_damaged());
}

#[test]
fn one_command_is_one_step_however_many_items_it_has() {
    let mut run = Run::new();
    let drafts = (0..30).map(|at| draft(Kind::Asset, &format!("Deck {at}"))).collect();
    run.workspace.run(&Op::Add(drafts)).unwrap();
    let ids = run.workspace.store().all_ids().unwrap();
    let change = acts::change(Kind::Asset, "tags", Value::Tags(vec!["emea".to_owned()]));
    run.workspace.run(&Op::Edit { items: ids.clone(), changes: vec![change] }).unwrap();
    run.workspace.run(&Op::Trash(ids.clone())).unwrap();
    run.workspace.run(&Op::Purge(ids)).unwrap();
    assert_eq!(run.workspace.store().head().unwrap().0, 4);
    for left in [30, 30, 30, 0] {
        run.workspace.run(&Op::Undo).unwrap();
        assert_eq!(run.workspace.store().all_ids().unwrap().len(), left);
    }
}

#[test]
fn a_change_of_the_journal_itself_is_found() {
    for query in [
        "UPDATE chg SET old = 'x' WHERE n = 5",
        "UPDATE op SET label = 'nothing' WHERE seq = 1",
        "DELETE FROM op WHERE seq = 1",
        "DELETE FROM chg WHERE n = 1",
    ] {
        let home = Home::new();
        let mut workspace = home.create("plan.db");
        for title in ["A", "B", "C"] {
            let id = add(&mut workspace, Kind::Decision, title).items[0];
            workspace.run(&Op::Trash(vec![id])).unwrap();
        }
        drop(workspace);
        external(&home.path("plan.db"), &format!("PRAGMA foreign_keys = OFF; {query}"));
        let workspace = home.open("plan.db");
        assert!(workspace.store().check().unwrap().is_damaged(), "{query}");
    }
}

#[test]
fn a_newest_step_that_is_not_what_was_written_is_found_at_once() {
    for query in [
        "UPDATE op SET label = 'nothing'",
        // The rows of a step that was taken out.
        "INSERT INTO chg (op, kind, tbl, pk) VALUES (77, 'I', 'item', 'x')",
    ] {
        let home = Home::new();
        let mut workspace = home.create("plan.db");
        add(&mut workspace, Kind::Decision, "A");
        drop(workspace);
        external(&home.path("plan.db"), query);
        let error = home.open_as("plan.db", prewire::store::Access::Read).err().unwrap();
        assert_eq!(error.exit_code(), 14, "{query}");
    }
}
