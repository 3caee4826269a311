//! Trello's CSV, which paid workspaces export. The JSON that everybody can export is read in
//! `trello_json`; both name a card by the same id.

use chrono::{DateTime, NaiveDate};

use super::draft::Draft;
use super::slot::Slot;
use super::source::{Habits, Labels, Layout, Owners};

pub(super) const LAYOUT: Layout = Layout {
    signatures: &[&["cardid", "cardname", "listname"]],
    columns: &[
        ("cardid", Slot::Id),
        ("cardname", Slot::Title),
        ("cardurl", Slot::Link),
        ("carddescription", Slot::Note),
        ("labels", Slot::Tags),
        ("members", Slot::Owner),
        ("duedate", Slot::Due),
        ("lastactivitydate", Slot::Updated),
        ("listname", Slot::List),
        ("archived", Slot::Archived),
        ("duecomplete", Slot::Done),
    ],
    habits: Habits { owners: Owners::CommaSeparated, labels: Labels::Coloured, ..Habits::PLAIN },
    refine,
};

fn refine(draft: &mut Draft) {
    draft.created = draft.id.as_deref().and_then(|id| born(id, draft.updated));
}

/// The day on which a card was made: its id begins with the second, in hexadecimal digits. Trello
/// tells it nowhere else.
pub(super) fn born(id: &str, updated: Option<NaiveDate>) -> Option<NaiveDate> {
    const DIGITS: usize = 24;
    const TRELLO_BEGAN: i64 = 1_293_840_000;
    if id.len() != DIGITS || !id.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    let second = i64::from_str_radix(id.get(..8)?, 16).ok()?;
    let day = DateTime::from_timestamp(second, 0)?.date_naive();
    let is_past = updated.is_none_or(|updated| day <= updated);
    (second >= TRELLO_BEGAN && is_past).then_some(day)
}

/// The names in `Decision (red), Q3 (blue)`. A name may hold commas itself; a label without a
/// name is only a colour and says nothing.
pub(super) fn labels(text: &str) -> Vec<String> {
    let mut labels = Vec::new();
    let mut rest = text;
    while let Some((label, after)) = next_coloured(rest) {
        labels.push(label);
        rest = after;
    }
    labels.extend(super::cells::parts(rest, &[',']));
    labels.retain(|label| !label.is_empty());
    labels
}

/// A name before its colour in brackets, and what comes after the comma.
fn next_coloured(text: &str) -> Option<(String, &str)> {
    for (end, _) in text.match_indices(')') {
        let after = text[end + 1..].trim_start();
        let Some(start) = text[..end].rfind('(') else {
            continue;
        };
        let colour = &text[start + 1..end];
        let is_colour = !colour.is_empty()
            && colour.chars().all(|letter| letter.is_alphabetic() || "_ -".contains(letter));
        if is_colour && (after.is_empty() || after.starts_with(',')) {
            let name = text[..start].trim().to_owned();
            return Some((name, after.trim_start_matches(',').trim_start()));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_card_was_made_when_its_id_says() {
        let day = |text: &str| text.parse::<NaiveDate>().ok();
        assert_eq!(born("66378d8f1c9b2a0d4e5f6a7b", None), day("2024-05-05"));
        assert_eq!(born("66378d8f1c9b2a0d4e5f6a7b", day("2024-05-05")), day("2024-05-05"));
        assert_eq!(born("66378d8f1c9b2a0d4e5f6a7b", day("2024-05-04")), None);
        for id in ["", "card-1", "0000000100000000000000aa", "66378d8f1c9b2a0d4e5f6a7"] {
            assert_eq!(born(id, None), None, "{id}");
        }
    }

    #[test]
    fn colours_are_taken_off_labels() {
        assert_eq!(labels("Decision (red), Q3 (blue)"), ["Decision", "Q3"]);
        assert_eq!(labels("Sales, EMEA (light_blue), Plain"), ["Sales, EMEA", "Plain"]);
        assert_eq!(labels("(green), Beta (v2) (sky_dark)"), ["Beta (v2)"]);
        assert_eq!(labels("One, Two"), ["One", "Two"]);
        assert!(labels("").is_empty());
    }
}
