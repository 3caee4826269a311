//! What is fixed about each verb: its names, whom it is for, what it asks and what it sets.

use super::{Asks, Verb};
use crate::domain::kind::Kind;

/// Everything that is fixed about a verb.
pub(super) struct About {
    pub name: &'static str,
    /// The same in the past tense, for labels: `decided`.
    pub done: &'static str,
    pub help: &'static str,
    pub kinds: &'static [Kind],
    pub asks: Asks,
    pub sets: &'static [&'static str],
}

impl Verb {
    #[expect(clippy::too_many_lines, reason = "it is a table, one entry a verb")]
    pub(super) fn about(self) -> About {
        use Kind::{
            Artefact, Asset, Bet, Commitment, Decision, Escalation, Milestone, Outcome, Plan,
            Request,
        };
        let about =
            |name, done, help, kinds, asks, sets| About { name, done, help, kinds, asks, sets };
        match self {
            Self::Decide => about(
                "decide",
                "decided",
                "Record the answer and why.",
                &[Decision],
                Asks::Line("rationale"),
                &["decided_on", "rationale", "chosen", "decided_at"],
            ),
            Self::Defer => about(
                "defer",
                "deferred",
                "Put it off to a day.",
                &[Decision, Request],
                Asks::Day("until"),
                &["deferred_until"],
            ),
            Self::Drop => about(
                "drop",
                "dropped",
                "Give it up, with a reason.",
                &[Decision, Plan, Outcome],
                Asks::Line("reason"),
                &["rationale"],
            ),
            Self::Reopen => about(
                "reopen",
                "reopened",
                "Open it again, with a reason.",
                &[Decision, Milestone],
                Asks::Line("reason"),
                &[],
            ),
            Self::Ship => about(
                "ship",
                "shipped",
                "It is out; what it held is free.",
                &[Asset, Artefact],
                Asks::Nothing,
                &["shipped_on"],
            ),
            Self::Challenge => about(
                "challenge",
                "challenged",
                "Ask what it is for, in one line.",
                &[Asset],
                Asks::Line("which outcome should it serve?"),
                &["verdict", "verdict_note"],
            ),
            Self::Reshape => about(
                "reshape",
                "reshaped",
                "Say what would make it serve an outcome, in one line.",
                &[Asset],
                Asks::Line("what should it become?"),
                &["verdict", "verdict_note"],
            ),
            Self::Deprioritise => about(
                "deprioritise",
                "deprioritised",
                "Put it last, in one line why.",
                &[Asset],
                Asks::Line("why last?"),
                &["verdict", "verdict_note"],
            ),
            Self::Retire => about(
                "retire",
                "retired",
                "Take it out of use.",
                &[Asset],
                Asks::Line("reason"),
                &[],
            ),
            Self::Complete => {
                let asks = Asks::Line("lesson");
                about(
                    "complete",
                    "met",
                    "The outcome is met, with its lesson.",
                    &[Outcome],
                    asks,
                    &[],
                )
            }
            Self::Supersede => about(
                "supersede",
                "superseded",
                "Raise the question that takes its place; the old answer stands until then.",
                &[Decision],
                Asks::Line("question"),
                &["superseded_by"],
            ),
            Self::Review => about(
                "review",
                "reviewed",
                "Look whether it worked.",
                &[Decision],
                Asks::Line("happened"),
                &["happened", "worked", "lesson", "reviewed_on"],
            ),
            Self::Escalate => about(
                "escalate",
                "escalated",
                "Say what you need, and from whom.",
                &[Decision],
                Asks::Line("ask"),
                &["escalated_on", "escalation"],
            ),
            Self::Keep => about(
                "keep",
                "kept",
                "The promise is kept.",
                &[Commitment],
                Asks::Nothing,
                &["kept_on"],
            ),
            Self::Tick => about(
                "done",
                "done",
                "It is true; what only a person can say is ticked too.",
                &[Milestone],
                Asks::Nothing,
                &["done_on", "proof"],
            ),
            Self::Miss => about(
                "miss",
                "missed",
                "It will not come true, with a reason.",
                &[Milestone, Outcome],
                Asks::Line("reason"),
                &[],
            ),
            Self::Finish => {
                about("done", "done", "The plan is over.", &[Plan], Asks::Nothing, &["done_on"])
            }
            Self::Activate => about(
                "activate",
                "active",
                "Its days are those of day45; another active plan goes on beside it.",
                &[Plan],
                Asks::Nothing,
                &[],
            ),
            Self::Kill => about(
                "kill",
                "stopped",
                "End the bet, with a reason.",
                &[Bet],
                Asks::Line("reason"),
                &[],
            ),
            Self::Carry => about(
                "carry",
                "carried",
                "Let the bet run on, to a new day.",
                &[Bet],
                Asks::Day("until"),
                &["kill_on"],
            ),
            Self::Wait => about(
                "wait",
                "put off",
                "Put it off to a later day.",
                &[Asset],
                Asks::Day("until"),
                &[],
            ),
            Self::Break => about(
                "break",
                "broken",
                "The promise will not be kept.",
                &[Commitment],
                Asks::Line("reason"),
                &[],
            ),
            Self::Accept => about(
                "accept",
                "accepted",
                "Take it on; what it displaces is named.",
                &[Request],
                Asks::Line("decision"),
                &["asset", "replied_on"],
            ),
            Self::Trade => about(
                "trade",
                "traded",
                "Offer it for something that moves.",
                &[Request],
                Asks::Nothing,
                &["replied_on"],
            ),
            Self::Decline => about(
                "decline",
                "declined",
                "Say no, by an outcome or an intake rule.",
                &[Request],
                Asks::Line("reason"),
                &["reason", "replied_on"],
            ),
            Self::SelfServe => about(
                "self-serve",
                "self-served",
                "Point at what is ready.",
                &[Request],
                Asks::Line("use"),
                &["replied_on"],
            ),
            Self::Fulfil => about(
                "fulfil",
                "done",
                "They have what they asked for.",
                &[Request],
                Asks::Nothing,
                &[],
            ),
            Self::Send => about(
                "send",
                "sent",
                "The memo is out; its text is copied.",
                &[Escalation],
                Asks::Nothing,
                &["sent_on"],
            ),
            Self::Answer => about(
                "answer",
                "answered",
                "Record what was said: capacity, scope, or accepted.",
                &[Escalation],
                Asks::Line("note"),
                &["answer", "answer_note", "closed_on"],
            ),
        }
    }
}
