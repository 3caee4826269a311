//! `backup`: a verified snapshot, at a path or where snapshots are kept; and the one of the day,
//! which is made after the answer is shown.

use clap::{Arg, Command, ValueHint};
use serde_json::json;

use super::families::Family;
use super::invocation::{Invocation, is_absent};
use super::root;

pub const FAMILY: Family = Family {
    name: "backup",
    command: || {
        let file = Arg::new("file")
            .value_name("FILE")
            .value_hint(ValueHint::FilePath)
            .help("Where to put it; else beside the other snapshots");
        Command::new("backup")
            .about("Make a verified snapshot of the workspace")
            .before_help("Examples:\n  prewire backup\n  prewire backup ~/usb/plan.db")
            .arg(file)
    },
    run: |call, matches| {
        let workspace = call.as_it_is()?;
        let file = root::flag(matches, "file").map(std::path::PathBuf::from);
        // A stick that is not there must not become a folder beside what it should keep safe.
        file.as_deref().map(super::folder::refuse_lost).transpose()?;
        let made = workspace.backup(file.as_deref())?;
        if call.output.is_human() {
            return call.output.line(&made.display().to_string());
        }
        call.output.open("snapshot")?;
        let name = made.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let path = made.display().to_string();
        let title = format!("snapshot of {}", workspace.store().path().display());
        call.output.item(&json!({ "ref": name, "title": title, "path": path }))?;
        call.output.close()
    },
};

/// Makes the snapshot of the day, when there is none yet. That it cannot be made is said, and
/// takes nothing away from what was done.
pub fn daily(call: &mut Invocation<'_>) {
    let workspace = call.as_it_is();
    if is_absent(&workspace) {
        return;
    }
    let made = workspace.and_then(|workspace| workspace.daily_snapshot());
    let made = made.and_then(|due| due.map(|due| due.run(|| {})).transpose().map_err(Into::into));
    if let Err(error) = made {
        let what = error.what();
        call.output.say(&format!("the change is saved, but not today's snapshot: {what}"));
    }
}
