//! The journal: undo all returns the empty dump, redo all the final one, with a reopen between.

use prewire::ops::{Clock, Op, Settings, Workspace};

#[test]
fn the_demo_loads_and_is_undone_and_redone_as_one_step() {
    let clock = Clock::read("2026-05-06").unwrap();
    let settings = Settings { me: Some("Maya Okafor".to_owned()), ..Settings::default() };
    let mut workspace = Workspace::in_memory(clock, settings).unwrap();
    workspace.load_demo().unwrap();
    let count = workspace.store().all_ids().unwrap().len();
    assert!(count > 90, "{count}");
    let today = workspace.today().unwrap();
    for row in today.rows() {
        println!(
            "{} {} late={} holds={} {:?}",
            row.item.reference,
            row.item.title(),
            row.late,
            row.holds,
            row.item.day("needed_by")
        );
    }
    workspace.run(&Op::Undo).unwrap();
    assert_eq!(workspace.store().all_ids().unwrap().len(), 0);
    workspace.run(&Op::Redo).unwrap();
    assert_eq!(workspace.store().all_ids().unwrap().len(), count);
    assert!(!workspace.store().check().unwrap().is_damaged());
}
