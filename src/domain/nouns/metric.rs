//! A metric: a figure of the business, what it means, which way is better and who answers for it.
//! Its readings are parts; where it stands is derived from them and never stored.

use super::{PEOPLE, state, tags, title};
use crate::domain::field::{Field, FieldKind};
use crate::domain::kind::Kind;
use crate::domain::noun::{Noun, State};

pub const TYPES: &[&str] = &["number", "qualitative"];
pub const UNITS: &[&str] =
    &["percent", "money", "points", "days", "hours", "weeks", "count", "score"];
pub const DIRECTIONS: &[&str] = &["up", "down", "range"];
pub const TIMINGS: &[&str] = &["leading", "lagging"];
pub const ACCOUNTABILITIES: &[&str] = &["direct", "shared", "collaboration"];
pub const CADENCES: &[&str] = &["daily", "weekly", "monthly", "quarterly"];
pub const LEVELS: &[&str] = &["team", "company"];

/// What the people who agreed on a metric agreed to; a change of one of these asks them again.
pub const AGREED_ON: &[&str] = &["definition", "reading", "unit", "direction"];

const STATES: &[State] =
    &[State::open("proposed"), State::open("agreed"), State::closed("retired")];
const METRICS: &[Kind] = &[Kind::Metric];

#[must_use]
pub fn noun() -> Noun {
    let mut fields = vec![title("metric", "What is measured, in a few words."), state("proposed")];
    fields.extend(meaning());
    fields.extend(aim());
    fields.extend(scope());
    fields.extend([
        Field::new("owner", "owner", FieldKind::One(PEOPLE), "Who keeps it.").shared(),
        tags(),
        Field::new("link", "link", FieldKind::Url, "Where the figure itself lives.").shared(),
        Field::new("note", "note", FieldKind::Text, "Markdown; E opens your editor.").shared(),
    ]);
    Noun {
        kind: Kind::Metric,
        letter: "m",
        name: "metric",
        plural: "metrics",
        what: "A figure of the business, and how it is read.",
        example: "Win rate, upper mid-market catalogue:win-rate target:30 due:eoq",
        states: STATES,
        fields,
        due: None,
        columns: &["unit", "target", "cadence", "accountability", "owner", "state"],
    }
}

/// What the figure is.
fn meaning() -> [Field; 9] {
    [
        Field::new(
            "catalogue",
            "catalogue",
            FieldKind::Line,
            "The metric of the catalogue that it is, by its short name: win-rate.",
        ),
        Field::new(
            "definition",
            "definition",
            FieldKind::Text,
            "Exactly what is counted; those who agreed are asked again when it changes.",
        ),
        Field::new(
            "reading",
            "reading",
            FieldKind::Choice(TYPES),
            "A number, or five steps with a quote.",
        )
        .default("number"),
        Field::new("unit", "unit", FieldKind::Choice(UNITS), "What it is a number of.")
            .default("percent"),
        Field::new("direction", "direction", FieldKind::Choice(DIRECTIONS), "Which way is better.")
            .default("up"),
        Field::new("timing", "timing", FieldKind::Choice(TIMINGS), "Leading or lagging."),
        Field::new(
            "accountability",
            "accountability",
            FieldKind::Choice(ACCOUNTABILITIES),
            "Direct, shared with its contribution, or a collaboration.",
        ),
        Field::new(
            "contribution",
            "contribution",
            FieldKind::Line,
            "What product marketing answers for in a shared metric.",
        ),
        Field::new(
            "cadence",
            "cadence",
            FieldKind::Choice(CADENCES),
            "How often it is read; figures told at another rhythm count no more.",
        )
        .default("weekly"),
    ]
}

/// Where it should go, unless an outcome says so.
fn aim() -> [Field; 6] {
    [
        Field::new("baseline", "baseline", FieldKind::Real, "Where it stood at the start."),
        Field::new("target", "target", FieldKind::Real, "Where it should stand."),
        Field::new("low", "low", FieldKind::Real, "The least that is good, of a range."),
        Field::new("high", "high", FieldKind::Real, "The most that is good, of a range."),
        Field::new("starts_on", "starts on", FieldKind::PastDay, "The day the way begins.")
            .aliases(&["starts"]),
        Field::new("due", "due", FieldKind::Day, "The day by which it should stand there."),
    ]
}

/// For whom, of what, and who is behind it.
fn scope() -> [Field; 11] {
    [
        Field::new("parent", "parent", FieldKind::One(METRICS), "The metric that it moves."),
        Field::new("level", "level", FieldKind::Choice(LEVELS), "Of the team, or a company KPI.")
            .default("team"),
        Field::new("segment", "segment", FieldKind::Line, "The segment it is read for.")
            .aliases(&["seg"]),
        Field::new("channel", "channel", FieldKind::Line, "The channel it is read for."),
        Field::new("rival", "rival", FieldKind::Line, "The rival, of a competitive metric."),
        Field::new("after_stage", "after stage", FieldKind::Line, "The stage of a progression."),
        Field::new("currency", "currency", FieldKind::Line, "The currency of money: EUR."),
        Field::new(
            "primary_for",
            "primary for",
            FieldKind::One(PEOPLE),
            "The one person whose primary metric it is.",
        )
        .aliases(&["primary"]),
        Field::new(
            "primary_reason",
            "primary reason",
            FieldKind::Line,
            "Why it is a second primary metric.",
        ),
        Field::new(
            "review_on",
            "review on",
            FieldKind::Day,
            "The day on which it is looked at with those who agreed.",
        ),
        Field::new("watch", "watch", FieldKind::Line, "The file or command that feeds it.")
            .by_verb(),
    ]
}
