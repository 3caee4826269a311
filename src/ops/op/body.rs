//! What an operation is called in the journal, and what carries it out.

use super::super::by_hand::{self};
use super::super::error::Result;
use super::super::evidence::limits::Term;
use super::super::ritual::{self};
use super::super::timer::{self, Timer};
use super::super::view::{self};
use super::super::workspace::Settings;
use super::super::{
    alignment, calendars, day_notes, edit, escalation, fiscal, metric, parts, plan, publish,
    remove, report, slip, triage, turn, week,
};
use super::{Op, Outcome, midnight};
use crate::store::{OpKind, Write};
use chrono::NaiveDate;

/// Which op an undo or a redo takes back is found inside the transaction.
pub(in crate::ops) fn kind_of(op: &Op) -> OpKind {
    match op {
        Op::Undo | Op::UndoGroup | Op::TakeBackGroup(_) => OpKind::Undo,
        Op::Redo | Op::RedoGroup => OpKind::Redo,
        Op::TakeBack(seq) => OpKind::TakeBack(*seq),
        Op::Add(_)
        | Op::Make(_)
        | Op::Replace { .. }
        | Op::Edit { .. }
        | Op::Save { .. }
        | Op::Verb { .. }
        | Op::Parts { .. }
        | Op::Compose { .. }
        | Op::Slip { .. }
        | Op::Because { .. }
        | Op::Turn { .. }
        | Op::Place { .. }
        | Op::Trash(_)
        | Op::Restore(_)
        | Op::Purge(_)
        | Op::Record(_)
        | Op::RecordFile { .. }
        | Op::StartTimer { .. }
        | Op::StopTimer { .. }
        | Op::CloseWeek { .. }
        | Op::DraftEscalation(_)
        | Op::FillWeek { .. }
        | Op::StartPlan(_)
        | Op::Rebase { .. }
        | Op::FillGaps { .. }
        | Op::AcceptGuesses(_)
        | Op::SetRule(_)
        | Op::Live(_)
        | Op::Ritual(_)
        | Op::Reach { .. }
        | Op::ForgetRule(..)
        | Op::WatchCalendar { .. }
        | Op::PublishTo(_)
        | Op::Several(_)
        | Op::Note { .. }
        | Op::WriteNote { .. }
        | Op::Set { .. }
        | Op::SetAll(_)
        | Op::SaveView(_)
        | Op::ForgetView(_) => OpKind::Do,
    }
}

/// An operation and what follows from it, inside its transaction.
pub(in crate::ops) fn carry_out(
    write: &Write<'_>,
    op: &Op,
    kind: OpKind,
    settings: &Settings,
    today: NaiveDate,
) -> Result<Outcome> {
    let mut outcome = body(write, op, kind, settings, today)?;
    if kind == OpKind::Do {
        plan::tick::settle(write, settings, today, &mut outcome)?;
    }
    Ok(outcome)
}

fn body(
    write: &Write<'_>,
    op: &Op,
    kind: OpKind,
    settings: &Settings,
    today: NaiveDate,
) -> Result<Outcome> {
    match op {
        Op::Add(drafts) => edit::add(write, drafts, settings, today),
        Op::Make(all) => parts::make(write, all, settings, today),
        Op::Replace { drop, draft } => edit::replace(write, *drop, draft, settings, today),
        Op::Edit { items, changes } => edit::change(write, items, changes, settings, today),
        Op::Save { base, changes } => edit::save(write, base, changes, settings, today),
        Op::Verb { items, verb, answer } => {
            edit::verb(write, items, *verb, answer, settings, today)
        }
        Op::Parts { owner, steps } => parts::carry_out(write, *owner, steps, settings, today),
        Op::Compose { base, parts, steps } => {
            let sight = parts::Sight { item: base, parts };
            parts::carry_out_over(write, &sight, steps, settings, today)
        }
        Op::Slip { items, changes, cause } => {
            slip::carry_out(write, items, changes, cause, settings, today)
        }
        Op::Because { slips, cause } => slip::because(write, slips, cause, today),
        Op::Turn { items, into } => turn::turn(write, items, *into, today),
        Op::Place { item, side, beside, scope } => {
            by_hand::place(write, *item, *side, *beside, *scope)
        }
        Op::Trash(items) => remove::trash(write, items),
        Op::Restore(items) => remove::restore(write, items),
        Op::Purge(items) => remove::purge(write, items),
        Op::Record(recordings) => metric::record(write, recordings, settings, today),
        Op::RecordFile { recordings, told } => {
            for (setting, value) in told {
                write.set_setting(setting, Some(value))?;
            }
            let mut done = metric::record(write, recordings, settings, today)?;
            if done.label == "nothing changed" && !told.is_empty() {
                "kept how the file is read".clone_into(&mut done.label);
            }
            Ok(done)
        }
        Op::Undo
        | Op::UndoGroup
        | Op::TakeBackGroup(_)
        | Op::Redo
        | Op::RedoGroup
        | Op::TakeBack(_) => remove::take_back(write, kind, settings),
        Op::StartTimer { item, title, started } => {
            let started = started.unwrap_or_else(|| midnight(today));
            let since = timer::told(started, write.at, settings.zone);
            let timer = Timer { item: *item, title: title.clone(), started, since };
            timer::start(write, &timer, settings)
        }
        Op::StopTimer { now, ending } => {
            let now = now.unwrap_or_else(|| midnight(today));
            timer::stop(write, now, *ending, settings)
        }
        Op::CloseWeek { week, correction } => {
            week::close::close(write, *week, correction.as_deref(), settings, today)
        }
        Op::DraftEscalation(load) => escalation::draft(write, settings, *load, today),
        Op::FillWeek { week, from } => {
            let from = from.unwrap_or_else(|| midnight(today));
            week::fill::write_blocks(write, *week, settings, from)
        }
        Op::StartPlan(start) => plan::start::carry_out(write, start, settings, today),
        Op::Rebase { moves, reason } => {
            plan::rebase::carry_out(write, moves, reason, settings, today)
        }
        Op::FillGaps { week, now } => {
            let now = now.unwrap_or_else(|| midnight(today));
            week::gaps::write_entries(write, *week, settings, now)
        }
        Op::AcceptGuesses(guesses) => week::gaps::accept(write, guesses),
        Op::Live(rows) => week::lived::carry_out(write, rows, settings, today),
        Op::Reach { people, what } => {
            report::reached::carry_out(write, people, what, settings, today)
        }
        Op::Ritual(step) => ritual::step::carry_out(write, step, settings, today),
        Op::SetRule(rule) => week::rules::set(write, rule),
        Op::ForgetRule(cue, pattern) => week::rules::forget(write, *cue, pattern),
        Op::WatchCalendar { name, path } => {
            calendars::watch(write, name, path.as_deref(), settings)
        }
        Op::PublishTo(to) => publish::to(write, to, settings),
        Op::Several(ops) => {
            let mut all = Outcome { label: String::new(), items: Vec::new(), notices: Vec::new() };
            for op in ops {
                let one = body(write, op, kind, settings, today)?;
                all.label = one.label;
                all.items.extend(one.items);
                all.notices.extend(one.notices);
            }
            Ok(all)
        }
        Op::Note { day, lines } => day_notes::add(write, *day, lines, today),
        Op::WriteNote { day, was, text } => day_notes::rewrite(write, *day, (was, text), today),
        Op::Set { name, value } => set(write, name, value.as_deref()),
        Op::SetAll(all) => set_all(write, all),
        Op::SaveView(saved) => view::save(write, saved, &settings.calendar(today)),
        Op::ForgetView(name) => view::forget(write, name),
    }
}

/// What a setting is called by people.
const CALLED: [(&str, &str); 7] = [
    (fiscal::FISCAL, "first month of the fiscal year"),
    (alignment::STAGE, "stage of the company"),
    (week::BANDS, "targets of the week"),
    (week::HOURS, "hours of the day"),
    (week::STRICT, "strict bands"),
    (escalation::WEEKS, "weeks before an escalation"),
    (triage::policy::INTAKE, "intake policy"),
];

/// Writes a setting, told by its value where that is one line.
fn set_all(write: &Write<'_>, all: &[(String, Option<String>)]) -> Result<Outcome> {
    let set = |(name, value): &(String, Option<String>)| set(write, name, value.as_deref());
    let labels = all.iter().map(|one| Ok(set(one)?.label)).collect::<Result<Vec<_>>>()?;
    Ok(Outcome { label: labels.join("; "), items: Vec::new(), notices: Vec::new() })
}

fn set(write: &Write<'_>, name: &str, value: Option<&str>) -> Result<Outcome> {
    write.set_setting(name, value)?;
    let called = CALLED.iter().find(|(setting, _)| *setting == name).map(|(_, words)| *words);
    let term = || Term::ALL.into_iter().find(|term| term.setting() == name).map(Term::called);
    let name = called.or_else(term).unwrap_or(name);
    let label = match value {
        None => format!("{name} → default"),
        Some(value) if value.contains('\n') => format!("{name} written anew"),
        Some(value) => format!("{name} → {value}"),
    };
    Ok(Outcome { label, items: Vec::new(), notices: Vec::new() })
}
