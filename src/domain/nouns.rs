//! The descriptions of all kinds, one file each. To add a field: one line in the noun's file and
//! its column in a migration. To add a kind: a file here, a row in `Kind`, a migration.

use std::sync::LazyLock;

use super::field::{Field, FieldKind};
use super::kind::Kind;
use super::noun::Noun;

pub mod artefact;
pub mod asset;
pub mod bet;
pub mod block;
pub mod claim;
pub mod commitment;
pub mod conversation;
pub mod decision;
pub mod entry;
pub mod escalation;
pub mod evidence;
pub mod experiment;
pub mod insight;
pub mod involvement;
pub mod meeting;
pub mod message;
pub mod metric;
pub mod milestone;
pub mod moment;
pub mod objection;
pub mod outcome;
pub mod person;
pub mod plan;
pub mod positioning;
pub mod request;
pub mod ritual;
pub mod segment;

static NOUNS: LazyLock<[Noun; Kind::ALL.len()]> = LazyLock::new(|| {
    [
        decision::noun(),
        asset::noun(),
        request::noun(),
        outcome::noun(),
        bet::noun(),
        person::noun(),
        commitment::noun(),
        block::noun(),
        entry::noun(),
        plan::noun(),
        milestone::noun(),
        artefact::noun(),
        involvement::noun(),
        meeting::noun(),
        metric::noun(),
        escalation::noun(),
        ritual::noun(),
        evidence::noun(),
        insight::noun(),
        claim::noun(),
        segment::noun(),
        objection::noun(),
        conversation::noun(),
        positioning::noun(),
        message::noun(),
        experiment::noun(),
        moment::noun(),
    ]
});

pub(super) fn of(kind: Kind) -> &'static Noun {
    &NOUNS[kind as usize]
}

const PEOPLE: &[Kind] = &[Kind::Person];

/// Functions of a company that ask and are asked.
pub const FUNCTIONS: &[&str] =
    &["product", "sales", "growth", "cs", "leadership", "marketing", "other"];

/// Buying stages.
pub const STAGES: &[&str] = &[
    "unaware",
    "problem",
    "solution",
    "proposal",
    "negotiation",
    "onboarding",
    "renewal",
    "unknown",
];

/// Impact bands of time.
pub const BANDS: &[&str] = &["strategic", "execution", "reactive", "off", "unclassified"];

/// What a stretch of work is: a try, a change to what stands, or its use.
pub const MODES: &[&str] = &["experiment", "iterate", "apply"];

/// A question with two answers.
pub const YES_NO: &[&str] = &["yes", "no"];

/// Where a block or an entry comes from.
pub const SOURCES: &[&str] = &["manual", "timer", "calendar", "toggl", "timewarrior", "fill"];

/// What time can be spent on.
const WORK: &[Kind] = &[Kind::Outcome, Kind::Bet, Kind::Asset, Kind::Decision, Kind::Request];

fn title(label: &'static str, help: &'static str) -> Field {
    Field::new("title", label, FieldKind::Line, help).shared()
}

fn state(first: &'static str) -> Field {
    Field::new("state", "state", FieldKind::State, "Where it stands.").shared().default(first)
}

/// What all work items have: owner, priority, waiting on, tags, link, note.
fn work() -> [Field; 7] {
    let priority = FieldKind::Whole { least: 1, most: 4 };
    let place = FieldKind::Whole { least: 1, most: i64::MAX };
    [
        Field::new("owner", "owner", FieldKind::One(PEOPLE), "Who carries it.").shared(),
        Field::new("priority", "priority", priority, "1 is highest, 4 lowest.")
            .shared()
            .aliases(&["p"]),
        Field::new(
            "waiting_on",
            "waiting on",
            FieldKind::One(PEOPLE),
            "Whose answer it waits for.",
        )
        .shared()
        .aliases(&["waiting"]),
        Field::new("tags", "tags", FieldKind::Tags, "Words to find it by.").aliases(&["tag"]),
        Field::new("link", "link", FieldKind::Url, "Where the work itself lives.").shared(),
        Field::new("rank", "order by hand", place, "Its place where J and K put it.")
            .shared()
            .by_verb(),
        note(),
    ]
}

fn tags() -> Field {
    Field::new("tags", "tags", FieldKind::Tags, "Words to find it by.").aliases(&["tag"])
}

/// In which words a stretch of time is asked for; all else of a block and an entry is the same.
struct Words {
    label: &'static str,
    title: &'static str,
    first: &'static str,
    day: FieldKind,
    band: &'static str,
    who: &'static str,
}

/// The fields of time that is planned or was spent.
fn stretch(words: &Words) -> Vec<Field> {
    let mut fields = vec![
        title(words.label, words.title),
        state(words.first),
        Field::new("on", "on", words.day, "The day; today, unless said."),
        Field::new("at", "at", FieldKind::Clock, "The time of day at which it begins."),
        Field::new("minutes", "minutes", FieldKind::Minutes, "How long it takes.")
            .aliases(&["est", "estimate"]),
        band(words.band),
        mode(),
    ];
    fields.extend(who(words.who));
    fields.extend([tags(), note()]);
    fields
}

fn note() -> Field {
    Field::new("note", "note", FieldKind::Text, "Markdown; E opens your editor.").shared()
}

/// What is kept of anything that is known rather than worked on.
fn kept() -> [Field; 4] {
    [
        Field::new("owner", "owner", FieldKind::One(PEOPLE), "Who answers for it.").shared(),
        tags(),
        Field::new("link", "link", FieldKind::Url, "Where it comes from, or lives.").shared(),
        note(),
    ]
}

fn segment(help: &'static str) -> Field {
    Field::new("segment", "segment", FieldKind::One(&[Kind::Segment]), help).aliases(&["seg"])
}

/// That somebody looked and could not say, which is not the same as not having been asked.
fn segment_unknown() -> Field {
    Field::new(
        "segment_unknown",
        "segment unknown",
        FieldKind::Choice(YES_NO),
        "Whether it was said that nobody knows the segment.",
    )
    .by_verb()
}

fn account(help: &'static str) -> Field {
    Field::new("account", "account", FieldKind::Line, help).aliases(&["acct"])
}

fn band(help: &'static str) -> Field {
    Field::new("band", "band", FieldKind::Choice(BANDS), help).default("unclassified")
}

fn mode() -> Field {
    Field::new("mode", "mode", FieldKind::Choice(MODES), "Experiment, iterate or apply.")
}

/// What time is spent on, by whom, and where that is known from.
fn who(help: &'static str) -> [Field; 3] {
    [
        Field::new("for", "for", FieldKind::One(WORK), "The work or the strategy it goes into.")
            .shared(),
        Field::new("person", "person", FieldKind::One(PEOPLE), help).aliases(&["owner"]),
        Field::new("source", "source", FieldKind::Choice(SOURCES), "Where it is known from.")
            .by_verb(),
    ]
}

/// The field that ties work to strategy.
fn serves(help: &'static str) -> Field {
    Field::new("for", "serves", FieldKind::One(&[Kind::Outcome, Kind::Bet]), help).shared().shared()
}

/// What this holds up.
fn blocks() -> Field {
    Field::new(
        "blocks",
        "holds",
        FieldKind::Many(&[Kind::Decision, Kind::Asset]),
        "What cannot go on before this.",
    )
    .edge_out("blocks")
}

/// What holds this up.
fn blocked_by() -> Field {
    Field::new(
        "blocked_by",
        "blocked by",
        FieldKind::Many(&[Kind::Decision, Kind::Asset]),
        "What must come first.",
    )
    .edge_in("blocks")
    .aliases(&["by"])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::field::Place;

    #[test]
    fn no_two_fields_of_a_noun_answer_to_the_same_word() {
        for kind in Kind::ALL {
            let noun = kind.noun();
            for field in &noun.fields {
                let words = std::iter::once(&field.name).chain(field.aliases);
                for word in words {
                    let answering = noun.fields.iter().filter(|other| other.answers_to(word));
                    assert_eq!(answering.count(), 1, "{} of {}", word, noun.name);
                }
            }
        }
    }

    #[test]
    fn every_kind_has_its_own_letter_name_and_place_in_the_table() {
        for kind in Kind::ALL {
            assert_eq!(kind.noun().kind, kind);
            assert_eq!(Kind::from_letter(kind.letter()), Some(kind));
            assert_eq!(Kind::from_slug(kind.slug()), Some(kind));
        }
    }

    #[test]
    fn columns_and_due_name_real_fields_and_every_field_explains_itself() {
        for kind in Kind::ALL {
            let noun = kind.noun();
            for name in noun.columns.iter().chain(noun.due.iter()) {
                assert!(noun.position(name).is_some(), "{name} of {}", noun.name);
            }
            for field in &noun.fields {
                assert!(field.help.ends_with('.') && field.help.len() > 8, "{}", field.name);
                assert!(field.is_column() || field.place != Place::Shared);
            }
            let first = noun.field("state").default;
            assert!(noun.find_state(first).is_some(), "{first} of {}", noun.name);
        }
    }
}
