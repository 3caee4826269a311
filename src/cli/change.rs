//! Carries an operation out, or shows what it would do, and tells about it: items on standard
//! output, words on standard error.

use crate::domain::day::show_minutes;
use crate::domain::item::Item;
use crate::domain::week::Band;
use crate::ops::{Done, Op, Result, Told, Workspace};

use super::invocation::Invocation;
use super::output::{Format, Role};
use super::table;
use crate::domain::shown::Shown;

/// How much is told to a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tell {
    /// The new items on standard output.
    Added,
    /// The same, where all that was touched is new.
    Made,
    /// The new blocks or entries with their times, and the label of the step.
    Timed,
    /// The label of the step, and how to take it back.
    Changed,
    /// The label of the step alone, for undo and redo.
    Named,
}

/// Carries the operation out, or rehearses it under `--dry-run`.
///
/// # Errors
/// What the operation refuses.
pub fn carry_out(
    call: &mut Invocation<'_>,
    workspace: &mut Workspace,
    op: &Op,
    tell: Tell,
) -> Result<()> {
    if call.dry_run {
        let rehearsal = workspace.rehearse(op)?;
        report(call, &rehearsal.done, &rehearsal.told, tell)?;
        call.output.say("dry run: nothing was changed");
        return Ok(());
    }
    let done = workspace.run(op)?;
    let told = workspace.told(&done.items)?;
    report(call, &done, &told, tell)?;
    publish(call, workspace, op);
    Ok(())
}

/// The plan follows into its calendar folder, where somebody said one; a folder that cannot be
/// written is told, and the change stands.
fn publish(call: &mut Invocation<'_>, workspace: &mut Workspace, op: &Op) {
    match workspace.publish_plan() {
        Ok(None) => {}
        Ok(Some(sent)) => {
            if matches!(op, Op::PublishTo(_)) {
                call.output.say(&sent.words());
            }
        }
        Err(error) => {
            call.output.say(&format!("the plan is not in its calendar folder: {}", error.what()));
        }
    }
}

fn report(call: &mut Invocation<'_>, done: &Done, told: &Told, tell: Tell) -> Result<()> {
    let human = call.output.is_human();
    let is_new = matches!(tell, Tell::Added | Tell::Made | Tell::Timed);
    // What was added is told by its rows.
    let says_all = is_new && tell != Tell::Timed;
    if !human {
        print_items(call, told)?;
    } else if is_new {
        // What was changed on the way (an outcome that gave way) is in the notices.
        for item in told.items.iter().filter(|item| tell == Tell::Made || item.rev == 1) {
            let reference = Shown::line(&item.reference.to_string());
            let words = if tell == Tell::Timed { timed(item) } else { item.title().to_owned() };
            let title = Shown::line(&format!("  {words}"));
            call.output.pieces(&[(Role::Plain, reference), (Role::Plain, title)])?;
        }
    }
    if human && !call.dry_run {
        let label = if says_all { "" } else { done.label.as_str() };
        let undoable = done.seq.is_some() && tell != Tell::Named;
        let undo = if undoable { "undo: prewire undo" } else { "" };
        let parts: Vec<&str> = [label, undo].into_iter().filter(|part| !part.is_empty()).collect();
        call.output.say(&parts.join(" · "));
    } else if human && !says_all {
        let label = &done.label;
        let undone = label.strip_prefix("undid: ").map(|words| format!("would undo: {words}"));
        let redone = label.strip_prefix("redid: ").map(|words| format!("would do again: {words}"));
        call.output.say(&undone.or(redone).unwrap_or_else(|| label.clone()));
    }
    // What is asked of several is asked once.
    for (at, notice) in done.notices.iter().enumerate() {
        if !done.notices[..at].contains(notice) {
            let count = done.notices.iter().filter(|other| *other == notice).count();
            let of = if count > 1 { format!(" (asked of {count})") } else { String::new() };
            call.output.say(&format!("{notice}{of}"));
        }
    }
    // The reply, the memo: what a pipe may take along.
    for line in done.text.iter().filter(|_| human).flat_map(|text| text.lines()) {
        call.output.line(line)?;
    }
    for slip in &done.slips {
        call.output.say(&format!(
            "{} slipped from {} to {}; in one word, why? prewire {} blocker {} add WORD \
             --moved-from {} --moved-to {}, or edit it with --cause WORD",
            slip.reference,
            slip.from,
            slip.to,
            slip.reference.kind.slug(),
            slip.reference,
            slip.from,
            slip.to
        ));
    }
    Ok(())
}

/// `Wed 25 Nov 10:15  S     2 h  Deck`.
fn timed(item: &Item) -> String {
    let band = Band::parse(item.text("band")).unwrap_or(Band::Unclassified);
    let on = item.day("on").map(|on| on.format("%a %-d %b").to_string()).unwrap_or_default();
    let minutes = show_minutes(item.whole("minutes").unwrap_or(0));
    format!("{on} {:>5}  {}  {minutes:>6}  {}", item.text("at"), band.letter(), item.title())
}

/// Items in the form that was asked for; of a person's table, `list` takes care.
///
/// # Errors
/// When standard output cannot be written.
pub fn print_items(call: &mut Invocation<'_>, told: &Told) -> Result<()> {
    match call.output.format() {
        Format::Json | Format::JsonLines => call.output.open(kind_of(&told.items))?,
        Format::Human | Format::Csv | Format::Plain => {}
    }
    print_opened(call, told)
}

/// As `print_items`, in an envelope that is open already.
///
/// # Errors
/// When standard output cannot be written.
pub fn print_opened(call: &mut Invocation<'_>, told: &Told) -> Result<()> {
    let Told { items, names, .. } = told;
    match call.output.format() {
        Format::Human => Ok(()),
        Format::Json | Format::JsonLines => {
            for item in items {
                call.output.item(&told.json(item))?;
            }
            call.output.close()
        }
        Format::Csv => super::csv::print(call.output, items, names),
        Format::Plain => {
            items.iter().try_for_each(|item| call.output.fields(&table::plain(item, false, names)))
        }
    }
}

/// The kind that the envelope names: `item` where there are several.
#[must_use]
pub fn kind_of(items: &[Item]) -> &'static str {
    let first = items.first().map(Item::kind);
    match first {
        Some(kind) if items.iter().all(|item| item.kind() == kind) => kind.slug(),
        _ => "item",
    }
}
