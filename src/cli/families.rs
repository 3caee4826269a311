//! The verbs that belong to no noun. Each is one file with a `FAMILY`; adding one is a line here.

use clap::{ArgMatches, Command};

use crate::ops::Result;

use super::invocation::Invocation;
use super::{
    alignment, backup, checkin, completions, config, demo, doctor, drafts, due, edit, export,
    history, import, man, maturity, note, report, restore, review, show, source, standup, timer,
    today, trash, trust, undo, view, week,
};

/// One top-level verb: how it is described and what carries it out.
pub struct Family {
    pub name: &'static str,
    pub command: fn() -> Command,
    pub run: fn(&mut Invocation<'_>, &ArgMatches) -> Result<()>,
}

/// All of them, in the order of the help.
pub const ALL: &[Family] = &[
    demo::FAMILY,
    today::FAMILY,
    today::NEXT,
    due::FAMILY,
    week::FAMILY,
    timer::FAMILY,
    note::FAMILY,
    show::FAMILY,
    checkin::FAMILY,
    standup::FAMILY,
    review::FAMILY,
    maturity::FAMILY,
    alignment::FAMILY,
    edit::FAMILY,
    trash::RM,
    undo::FAMILY,
    undo::REDO,
    history::FAMILY,
    trash::FAMILY,
    view::FAMILY,
    import::FAMILY,
    export::FAMILY,
    report::FAMILY,
    backup::FAMILY,
    restore::FAMILY,
    doctor::FAMILY,
    drafts::FAMILY,
    trust::FAMILY,
    source::START,
    config::FAMILY,
    completions::FAMILY,
    completions::WORDS,
    man::FAMILY,
];

#[must_use]
pub fn find(name: &str) -> Option<&'static Family> {
    ALL.iter().find(|family| family.name == name)
}
