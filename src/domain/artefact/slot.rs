//! The artefact slot of a week: empty, drafted or shipped, in the words of Today.

use chrono::NaiveDate;

use super::super::day;
use super::super::week::Week;
use super::ArtefactKind;

/// An artefact as the slot sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Piece {
    pub kind: ArtefactKind,
    pub drafted_on: NaiveDate,
    pub shipped_on: Option<NaiveDate>,
}

/// How the slot of a week is filled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Slot {
    Shipped {
        kind: ArtefactKind,
        on: NaiveDate,
    },
    /// A draft is there; it does not count.
    Drafted {
        kind: ArtefactKind,
        on: NaiveDate,
    },
    Empty,
}

/// The slot of the week: the first that shipped in it, else the draft touched last before its end.
#[must_use]
pub fn slot(week: Week, pieces: &[Piece]) -> Slot {
    let shipped = pieces
        .iter()
        .filter_map(|piece| piece.shipped_on.map(|on| (on, piece.kind)))
        .filter(|(on, _)| week.holds(*on))
        .min();
    if let Some((on, kind)) = shipped {
        return Slot::Shipped { kind, on };
    }
    let draft = pieces
        .iter()
        .filter(|piece| piece.drafted_on <= week.sunday())
        .filter(|piece| piece.shipped_on.is_none_or(|on| on > week.sunday()))
        .max_by_key(|piece| piece.drafted_on);
    draft.map_or(Slot::Empty, |piece| Slot::Drafted { kind: piece.kind, on: piece.drafted_on })
}

impl Slot {
    #[must_use]
    pub fn words(self, today: NaiveDate) -> String {
        match self {
            Self::Shipped { kind, on } => format!("shipped · {kind}, {}", said(on, today)),
            Self::Drafted { kind, on } => {
                format!("not shipped · {kind}, drafted {}", said(on, today))
            }
            Self::Empty => "not shipped · nothing drafted yet".to_owned(),
        }
    }
}

/// `Mon` within the running week, where a list would say how many days ago.
fn said(on: NaiveDate, today: NaiveDate) -> String {
    if on != today && Week::of(on) == Week::of(today) {
        return on.format("%a").to_string();
    }
    day::short(on, today)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::day::fixture::day;

    #[test]
    fn a_draft_is_named_and_does_not_count() {
        let week = Week::parse("2026-W19").unwrap();
        let today = day("2026-05-06");
        let mut piece = Piece {
            kind: ArtefactKind::NarrativeUpdate,
            drafted_on: day("2026-05-04"),
            shipped_on: None,
        };
        assert_eq!(slot(week, &[]).words(today), "not shipped · nothing drafted yet");
        assert_eq!(
            slot(week, &[piece]).words(today),
            "not shipped · narrative update, drafted Mon"
        );
        piece.shipped_on = Some(today);
        assert_eq!(slot(week, &[piece]).words(today), "shipped · narrative update, today");
        assert_eq!(slot(week.next(), &[piece]), Slot::Empty, "it shipped the week before");
        let before = slot(week.previous(), &[Piece { drafted_on: day("2026-05-01"), ..piece }]);
        assert!(matches!(before, Slot::Drafted { .. }), "on Sunday it was a draft");
    }
}
