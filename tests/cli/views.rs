//! Saved views by command.

use crate::program::Machine;

#[test]
fn a_view_is_saved_used_and_removed() {
    let machine = Machine::new();
    insta::assert_snapshot!(machine.transcript(
        r#"
        prewire view list
        prewire decision add "Who is the ICP in fintech? due:fri @maya stake:high"
        prewire decision add "Which tier is Atlas? due:mon @raj forum:board"
        prewire view save late decision stake:high --sort needed_by --columns forum,owner --start
        prewire view save Late decision @raj --dry-run
        prewire view list
        prewire decision list --view late
        prewire decision list --view late @raj
        prewire asset list --view late
        prewire decision list --view lat
        prewire view save late decision stake:enormous
        prewire view save late decision --columns colour
        prewire --json view list
        prewire undo
        prewire redo
        prewire history
        prewire view rm LATE
        prewire view rm late
        "#
    ));
}

#[test]
fn views_travel_with_the_workspace() {
    let machine = Machine::new();
    insta::assert_snapshot!(machine.transcript(
        r"
        prewire view save late decision is:overdue
        prewire export json --out out.json
        prewire --db other.db import out.json
        prewire --db other.db view list
        "
    ));
}
