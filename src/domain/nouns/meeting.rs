//! A meeting: an event of a calendar, once or by a rule. What it was for is a band; when it
//! happens is the calendar's business and comes in again with the next import.

use super::{WORK, band, note, state, tags, title};
use crate::domain::field::{Field, FieldKind};
use crate::domain::kind::Kind;
use crate::domain::noun::{Noun, State};

const STATES: &[State] = &[State::open("expected"), State::closed("dropped").aside()];

/// What an event takes of the week: only a meeting takes time.
pub const COUNTS: &[&str] = &["meeting", "free", "away", "all-day", "declined", "cancelled"];

#[must_use]
pub fn noun() -> Noun {
    let by_calendar = |name, label, kind, help| Field::new(name, label, kind, help).by_verb();
    let fields = vec![
        title("meeting", "What the calendar calls it."),
        state("expected"),
        by_calendar("on", "on", FieldKind::Day, "The day on which it happens first."),
        by_calendar("until", "until", FieldKind::Day, "The last day; none when it never ends."),
        by_calendar("at", "at", FieldKind::Clock, "The time of day, in its own zone."),
        by_calendar("minutes", "minutes", FieldKind::Minutes, "How long it takes."),
        band("What it is for; guessed by rules until you say."),
        by_calendar("counts", "counts as", FieldKind::Choice(COUNTS), "What it takes of a week."),
        Field::new("for", "for", FieldKind::One(WORK), "The work or the strategy it goes into.")
            .shared(),
        by_calendar("calendar", "calendar", FieldKind::Line, "The calendar that it came from."),
        by_calendar("organiser", "organiser", FieldKind::Line, "Who called it."),
        by_calendar("people", "people", FieldKind::Text, "Addresses of who attends."),
        by_calendar("rule", "repeats", FieldKind::Line, "By which rule it repeats."),
        by_calendar("zone", "zone", FieldKind::Line, "The zone in which it was planned."),
        by_calendar("ical", "calendar text", FieldKind::Text, "Its lines, as calendars read them.")
            .inner(),
        tags(),
        note(),
    ];
    Noun {
        kind: Kind::Meeting,
        letter: "q",
        name: "meeting",
        plural: "meetings",
        what: "An event of a calendar that was imported: it takes time out of the week.",
        example: "Deal desk band:r",
        states: STATES,
        fields,
        due: None,
        columns: &["on", "at", "minutes", "band", "counts", "calendar", "rule"],
    }
}
