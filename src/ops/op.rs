//! The operations, one labelled transaction each. TUI and CLI build the same `Op`; nothing else
//! changes a workspace, but for an import and the demo, which load many rows in one step.

use chrono::{NaiveDate, NaiveDateTime};

use crate::domain::change::{Change, Draft};
use crate::domain::item::{Item, ItemId};
use crate::domain::kind::Kind;
use crate::domain::part::{Part, PartKind};
use crate::domain::verb::{Answer, Verb};
use crate::domain::week::guess::{BandRule, Cue};
use crate::domain::week::{Band, Week};
use crate::store::{OpKind, Write};

use super::by_hand::{Scope, Side};
use super::error::Result;
use super::escalation::Burden;
use super::metric::Recording;
use super::ritual::RitualStep;
use super::slip::Slip;
use super::timer::Ending;
use super::view::View;
use super::week::lived::Lived;
use super::workspace::Workspace;
use super::{summary, triage};
use std::borrow::Cow;

mod body;

pub(super) use body::{carry_out, kind_of};

/// Something that a user can do to a workspace.
#[derive(Debug, Clone, PartialEq)]
pub enum Op {
    /// Adds items; several are one step.
    Add(Vec<Draft>),
    /// Adds items with the parts that they consist of, as one step.
    Make(Vec<(Draft, Vec<PartStep>)>),
    /// Adds an outcome in the place of one that is dropped, as one step.
    Replace {
        drop: ItemId,
        draft: Draft,
    },
    /// Changes fields of one or many items.
    Edit {
        items: Vec<ItemId>,
        changes: Vec<Change>,
    },
    /// Saves a form: as an edit of one item, but a field that somebody else changed since `base`
    /// was read is a conflict.
    Save {
        base: Box<Item>,
        changes: Vec<Change>,
    },
    /// Carries out a verb on one or many items.
    Verb {
        items: Vec<ItemId>,
        verb: Verb,
        answer: Answer,
    },
    /// Adds, changes and removes parts of one item: options, pre-wires, objections.
    Parts {
        owner: ItemId,
        steps: Vec<PartStep>,
    },
    /// The same from a form: what somebody else changed since the item and its parts were read is
    /// a conflict.
    Compose {
        base: Box<Item>,
        parts: Vec<Part>,
        steps: Vec<PartStep>,
    },
    /// As `Edit`, and keeps in one word what made the item slip, where its day moves back.
    Slip {
        items: Vec<ItemId>,
        changes: Vec<Change>,
        cause: String,
    },
    /// Keeps in one word why these items slipped.
    Because {
        slips: Vec<Slip>,
        cause: String,
    },
    /// Turns items into another kind, keeping what both have.
    Turn {
        items: Vec<ItemId>,
        into: Kind,
    },
    /// Puts an item before or after another in the order by hand.
    Place {
        item: ItemId,
        side: Side,
        beside: ItemId,
        scope: Scope,
    },
    Trash(Vec<ItemId>),
    Restore(Vec<ItemId>),
    /// Takes items out of the Trash; only the history knows them then.
    Purge(Vec<ItemId>),
    Undo,
    /// Takes back every step of the group that the last one belongs to, such as a ritual: all of
    /// it, or nothing.
    UndoGroup,
    /// Takes back every step of a ritual that stands, whatever came after them, or nothing.
    TakeBackGroup(String),
    Redo,
    /// Does a ritual again that was taken back, or nothing of it.
    RedoGroup,
    /// Takes back one step of the history, whatever came after it.
    TakeBack(i64),
    /// Records figures of metrics.
    Record(Vec<Recording>),
    /// Records figures out of a file, and keeps what was said of it.
    RecordFile {
        recordings: Vec<Recording>,
        told: Vec<(String, String)>,
    },
    /// Starts the timer on an item, or on a few words.
    StartTimer {
        item: Option<ItemId>,
        title: String,
        /// Now, unless said.
        started: Option<NaiveDateTime>,
    },
    /// Ends the timer and logs its time.
    StopTimer {
        /// Now, unless said.
        now: Option<NaiveDateTime>,
        ending: Ending,
    },
    /// Freezes the figures of a week, or corrects frozen ones with a reason.
    CloseWeek {
        week: Week,
        correction: Option<String>,
    },
    /// Drafts the memo of an escalation, when the rule has fired.
    DraftEscalation(Burden),
    /// Plans blocks into the free time of a week.
    FillWeek {
        week: Week,
        /// Nothing is planned before this moment; now, unless said.
        from: Option<NaiveDateTime>,
    },
    /// Starts a plan from a template.
    StartPlan(Box<super::plan::Start>),
    /// Moves milestones of a plan to other days, with a reason.
    Rebase {
        moves: Vec<(ItemId, NaiveDate)>,
        reason: String,
    },
    /// Logs the meetings of a week that are over and were not logged.
    FillGaps {
        week: Week,
        /// Up to this moment; now, unless said.
        now: Option<NaiveDateTime>,
    },
    /// Takes guesses about entries and meetings as they are.
    AcceptGuesses(Vec<(ItemId, Band)>),
    /// Writes a rule by which the band of time is guessed.
    SetRule(BandRule),
    /// Takes the rules of a cue and a pattern away.
    ForgetRule(Cue, String),
    /// Watches a calendar under a name; without a path no longer.
    WatchCalendar {
        name: String,
        path: Option<String>,
    },
    /// Says into which folder the plan is published; without a path into none.
    PublishTo(super::publish::To),
    /// Says how time was lived: in which band, or not at all.
    Live(Vec<Lived>),
    /// Says whom a report or a talk reached, by name.
    Reach {
        people: Vec<String>,
        what: String,
    },
    /// Says something in a ritual, with what is done by it.
    Ritual(Box<RitualStep>),
    /// Several operations, one after the other, as one step.
    Several(Vec<Self>),
    /// Adds lines to the note of a day.
    Note {
        day: NaiveDate,
        lines: Vec<String>,
    },
    /// Writes the note of a day anew, over what it was when it was read.
    WriteNote {
        day: NaiveDate,
        was: String,
        text: String,
    },
    /// Writes a setting of the workspace.
    Set {
        name: String,
        value: Option<String>,
    },
    /// Writes several of them in one step.
    SetAll(Vec<(String, Option<String>)>),
    /// Saves a view under its name.
    SaveView(Box<View>),
    /// Removes the view of this name.
    ForgetView(String),
}

/// One step of a change of parts.
#[derive(Debug, Clone, PartialEq)]
pub enum PartStep {
    Add {
        kind: PartKind,
        changes: Vec<Change>,
    },
    /// Changes the part that this names, and adds it when there is none.
    Put {
        kind: PartKind,
        key: String,
        changes: Vec<Change>,
    },
    Edit {
        kind: PartKind,
        key: String,
        changes: Vec<Change>,
    },
    Remove {
        kind: PartKind,
        key: String,
    },
    /// Changes places with the one before or after it.
    Move {
        kind: PartKind,
        key: String,
        way: Way,
    },
    /// Recommends an option: the one of a key, or the one that was added last.
    Recommend(Option<String>),
    /// Changes fields of the item itself.
    Fields(Vec<Change>),
}

/// Which neighbour a part changes places with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    Up,
    Down,
}

/// What an operation did.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Done {
    /// The step in words; what undo would name.
    pub label: String,
    /// `None` when nothing had to change.
    pub seq: Option<i64>,
    /// What was created or changed, in order.
    pub items: Vec<ItemId>,
    /// What else is worth saying: `a4, a7 unblocked`, people that were made.
    pub notices: Vec<String>,
    /// A text to be passed on: the reply to a request, the memo of an escalation.
    pub text: Option<String>,
    /// Strategic work whose day moved back without a word why.
    pub slips: Vec<Slip>,
}

/// What the body of a transaction reports.
pub(super) struct Outcome {
    pub label: String,
    pub items: Vec<ItemId>,
    pub notices: Vec<String>,
}

impl Op {
    /// Whether it takes something back, or does again what was taken back.
    #[must_use]
    pub fn turns_back(&self) -> bool {
        body::kind_of(self) != OpKind::Do
    }
}

impl Workspace {
    /// Carries out an operation: wholly and durably, or not at all.
    ///
    /// # Errors
    /// A refusal with a hint; `Busy`, `ReadOnly` or a storage error. Nothing has changed then.
    pub fn run(&mut self, op: &Op) -> Result<Done> {
        self.hold_line()?;
        match op {
            Op::UndoGroup => return self.undo_group(None),
            Op::RedoGroup => return self.redo_group(),
            Op::TakeBackGroup(group) => return self.undo_group(Some(group)),
            _ => {}
        }
        self.keep_fiscal(op)?;
        let op = &*timed(op, self.clock.local());
        let kind = kind_of(op);
        if let Some(done) = self.undo_together(kind)? {
            return Ok(done);
        }
        self.refuse_end(op)?;
        let before = self.may_slip(op)?;
        let today = self.clock.today();
        let settings = self.settings.clone();
        let copy = self.before_bulk(op)?;
        let done = self.transact(kind, |write| carry_out(write, op, kind, &settings, today));
        if let (Err(_), Some(copy)) = (&done, copy) {
            crate::store::snapshot::discard(&copy);
        }
        let mut done = done?;
        if kind != OpKind::Do || matches!(op, Op::Set { .. } | Op::SetAll(_)) {
            self.renew_fiscal();
        }
        if let (OpKind::Do | OpKind::Redo, Some(_)) = (kind, done.seq) {
            let freed = summary::unblocked(self, done.seq.unwrap_or(0), &done.items)?;
            done.notices.extend(freed);
        }
        if done.seq.is_some() {
            done.text = self.passed_on(op)?;
        } else if matches!(op, Op::Verb { .. }) {
            "nothing changed".clone_into(&mut done.label);
        }
        done.slips = self.slipped(&before, done.seq)?;
        Ok(done)
    }

    /// The text that a verb leaves to be passed on.
    fn passed_on(&self, op: &Op) -> Result<Option<String>> {
        let op = match op {
            Op::Ritual(step) => step.op.as_ref(),
            other => Some(other),
        };
        let Some(Op::Verb { items, verb, .. }) = op else { return Ok(None) };
        let field = match verb {
            Verb::Send => "memo",
            verb if triage::verdict::VERDICTS.contains(verb) => "reply",
            _ => return Ok(None),
        };
        let item = items.first().map(|id| self.store.item(*id)).transpose()?.flatten();
        let text = item.map(|item| item.text(field).to_owned()).unwrap_or_default();
        Ok(Some(text).filter(|text| !text.is_empty()))
    }

    /// Runs a body in one transaction of its own; for what loads many rows at once.
    ///
    /// # Errors
    /// What the body returns, or a storage error.
    pub(super) fn transact(
        &mut self,
        kind: OpKind,
        body: impl FnOnce(&Write<'_>) -> Result<Outcome>,
    ) -> Result<Done> {
        if self.settings.read_only {
            return Err(crate::store::Error::ReadOnly.into());
        }
        let stamp = Self::stamp(self.clock, &self.settings, &self.ids);
        let (outcome, committed) = self.store.write(&stamp, kind, |write| {
            let outcome = body(write)?;
            let label = outcome.label.clone();
            Ok::<_, super::error::Error>((outcome, label))
        })?;
        (self.found, self.laid) = (None, None);
        let mut notices = outcome.notices;
        notices.extend(self.store.take_notices());
        Ok(Done {
            label: outcome.label,
            seq: committed.seq,
            items: outcome.items,
            notices,
            text: None,
            slips: Vec::new(),
        })
    }
}

/// The operation with the moment that it leaves open: the interface has no clock.
pub(super) fn timed(op: &Op, at: NaiveDateTime) -> Cow<'_, Op> {
    let mut op = Cow::Borrowed(op);
    let open = matches!(
        &*op,
        Op::StartTimer { started: None, .. }
            | Op::StopTimer { now: None, .. }
            | Op::FillWeek { from: None, .. }
            | Op::FillGaps { now: None, .. }
    );
    if open
        && let Op::StartTimer { started: moment, .. }
        | Op::StopTimer { now: moment, .. }
        | Op::FillWeek { from: moment, .. }
        | Op::FillGaps { now: moment, .. } = op.to_mut()
    {
        *moment = Some(at);
    }
    op
}

fn midnight(today: NaiveDate) -> NaiveDateTime {
    today.and_time(chrono::NaiveTime::MIN)
}
