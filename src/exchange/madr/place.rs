//! The headings of a record, and what is known of each.

use super::told::SECTIONS;

/// Where what has no place of its own is kept.
pub(super) const MORE: &str = "more information";

/// Whether a heading stands at the end of a record, where it tells what it likes.
pub(super) fn is_more(place: &str) -> bool {
    place == MORE || SECTIONS.contains(&place)
}

/// The headings of MADR 2 to 4, and of the form that it comes from.
pub(super) fn is_known(named: &str) -> bool {
    const ALL: [&str; 14] = [
        "context and problem statement",
        "context",
        "decision drivers",
        "considered options",
        "decision outcome",
        "decision",
        "consequences",
        "positive consequences",
        "negative consequences",
        "status",
        "confirmation",
        "validation",
        MORE,
        "links",
    ];
    ALL.contains(&named) || is_within(named)
}

/// A text without blank lines at its ends, and never two of them together.
pub(super) fn paragraphs(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for line in text.trim().lines().map(str::trim) {
        if !line.is_empty() || !out.ends_with("\n\n") {
            out.push_str(line);
            out.push('\n');
        }
    }
    out.trim_end().to_owned()
}

/// Whether an option may have a heading of its own here.
pub(super) fn is_within(place: &str) -> bool {
    place.starts_with("pros and cons")
}
