//! A decision to unblock: a question, who answers it, by when, and what it holds up.
//! Options, pre-wires and the other things that it consists of are parts (`domain/parts`).

use super::{PEOPLE, blocked_by, blocks, serves, state, title, work};
use crate::domain::field::{Field, FieldKind};
use crate::domain::kind::Kind;
use crate::domain::noun::{Noun, State};
use crate::domain::parts::option::LETTERS;

pub const KINDS: &[&str] = &[
    "icp-boundary",
    "positioning",
    "launch-tier",
    "packaging",
    "pricing",
    "segment-focus",
    "narrative",
    "scope",
    "other",
];
pub const STAKES: &[&str] = &["low", "medium", "high"];
pub const REVERSIBILITY: &[&str] = &["one-way", "two-way"];
pub const WORKED: &[&str] = &["yes", "partly", "no"];

const STATES: &[State] = &[
    State::open("raised").derived(),
    State::open("framed").derived(),
    State::open("prewiring").derived(),
    State::open("ready").derived(),
    State::open("deferred").by_verb().aside(),
    State::closed("decided").by_verb(),
    State::closed("reviewed").by_verb(),
    State::closed("dropped").by_verb().aside(),
    State::closed("superseded").by_verb().aside(),
];

#[must_use]
pub fn noun() -> Noun {
    let mut fields = vec![
        title("question", "The question to be answered, with its question mark."),
        state("raised"),
        Field::new(
            "needed_by",
            "needed by",
            FieldKind::Day,
            "The day by which the answer is needed.",
        )
        .aliases(&["due", "needed"]),
        Field::new("kind", "kind", FieldKind::Choice(KINDS), "What sort of decision it is."),
        Field::new(
            "stake",
            "stake",
            FieldKind::Choice(STAKES),
            "What is at stake: low, medium or high.",
        )
        .default("low"),
        Field::new(
            "reversibility",
            "reversibility",
            FieldKind::Choice(REVERSIBILITY),
            "One-way doors ask for more care than two-way ones.",
        )
        .default("two-way"),
        Field::new("approver", "approver", FieldKind::One(PEOPLE), "The one person who decides."),
        Field::new(
            "contributors",
            "contributors",
            FieldKind::Many(PEOPLE),
            "Who is asked before it is decided.",
        )
        .edge_out("contributes"),
        Field::new("informed", "informed", FieldKind::Many(PEOPLE), "Who hears of it afterwards.")
            .edge_out("informed"),
        Field::new("forum", "forum", FieldKind::Line, "The meeting in which it is decided."),
        Field::new("forum_on", "forum on", FieldKind::Day, "The day of that meeting."),
    ];
    fields.extend(frame());
    fields.extend([
        serves("The bet or outcome that the answer serves."),
        blocks(),
        blocked_by(),
        Field::new("raised_on", "raised on", FieldKind::PastDay, "The day the question came up."),
        Field::new("decided_on", "decided on", FieldKind::PastDay, "The day it was decided.")
            .by_verb(),
        Field::new("deferred_until", "deferred until", FieldKind::Day, "The day it comes back.")
            .by_verb(),
        Field::new(
            "rationale",
            "rationale",
            FieldKind::Line,
            "Why it was decided, deferred or dropped so.",
        )
        .by_verb(),
    ]);
    fields.extend(verdict());
    fields.extend(work());
    let owner = fields.iter_mut().find(|field| field.name == "owner");
    if let Some(owner) = owner {
        *owner = owner.clone().aliases(&["driver"]);
    }
    Noun {
        kind: Kind::Decision,
        letter: "d",
        name: "decision",
        plural: "decisions",
        what: "A question that holds work up until somebody answers it.",
        example: "Who is the ICP in fintech? due:fri @maya stake:high",
        states: STATES,
        fields,
        due: Some("needed_by"),
        columns: &["needed_by", "state", "approver", "blocks", "owner"],
    }
}

/// What somebody needs to know to choose; the options are parts.
fn frame() -> [Field; 12] {
    let line = |name, label, help| Field::new(name, label, FieldKind::Line, help);
    let sure = FieldKind::Whole { least: 0, most: 100 };
    [
        line("happening", "happening", "What is happening: facts, numbers, dates."),
        line(
            "matters",
            "matters",
            "Why it matters: the outcome, money or risk, and what waiting costs.",
        ),
        line("now", "do now", "What to do now: the recommendation, who and by when."),
        line("risk", "risk left", "The risk that remains, and what would show it."),
        Field::new(
            "recommendation",
            "recommends",
            FieldKind::Choice(LETTERS),
            "The option that is recommended: its letter.",
        )
        .by_verb(),
        line("signal", "signal", "What will show that it worked."),
        line("signal_metric", "signal metric", "The metric that the signal is read from.")
            .offering(&[Kind::Metric]),
        Field::new("reads_on", "reads on", FieldKind::Day, "The day the signal is read."),
        Field::new(
            "probability",
            "probability",
            sure,
            "How sure we are that it works, in per cent.",
        ),
        line("default_text", "default", "What happens unless somebody objects."),
        Field::new("default_on", "default on", FieldKind::Day, "The day on which that happens."),
        Field::new(
            "default_option",
            "default option",
            FieldKind::Choice(LETTERS),
            "The option that it takes: its letter; else the one that its words name, or the recommended one.",
        ),
    ]
}

/// What deciding, reviewing and escalating leave behind.
fn verdict() -> [Field; 10] {
    let line = |name, label, help| Field::new(name, label, FieldKind::Line, help).by_verb();
    let past = |name, label, help| Field::new(name, label, FieldKind::PastDay, help).by_verb();
    [
        Field::new("chosen", "chosen", FieldKind::Choice(LETTERS), "The option that was chosen.")
            .by_verb(),
        line("decided_at", "decided at", "The instant of deciding, in UTC."),
        Field::new("review_on", "review on", FieldKind::Day, "The day to look whether it worked."),
        line("happened", "happened", "What happened since."),
        Field::new("worked", "worked", FieldKind::Choice(WORKED), "Whether it worked.").by_verb(),
        line("lesson", "lesson", "What we learnt."),
        past("reviewed_on", "reviewed on", "The day it was reviewed."),
        past("escalated_on", "escalated on", "The day it was escalated."),
        line("escalation", "escalation", "What is asked of whom."),
        Field::new(
            "superseded_by",
            "superseded by",
            FieldKind::One(&[Kind::Decision]),
            "The decision that takes its place.",
        )
        .by_verb(),
    ]
}
