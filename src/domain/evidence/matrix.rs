//! Evidence by segment and buying stage, empty cells included: they say where nobody has looked.

use std::collections::HashMap;

use super::{Piece, Stage};

/// What stands for a segment that is not known.
pub const UNKNOWN: &str = "unknown";

/// One segment and its count at each stage, in the order of [`Stage::ALL`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    pub segment: String,
    pub cells: Vec<usize>,
}

/// The whole table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Matrix {
    /// The segments as given, then others that evidence names by name, then the unknown one.
    pub rows: Vec<Row>,
}

impl Matrix {
    /// Counts the evidence; opinions are not in it. Every segment given has a row.
    #[must_use]
    pub fn of<'a>(segments: &[&str], pieces: impl IntoIterator<Item = &'a Piece>) -> Self {
        let mut counts: HashMap<Option<&str>, Vec<usize>> = HashMap::new();
        for piece in pieces.into_iter().filter(|piece| piece.counts()) {
            let cells =
                counts.entry(piece.segment.as_deref()).or_insert_with(|| vec![0; Stage::ALL.len()]);
            cells[piece.stage as usize] += 1;
        }
        let mut others: Vec<&str> =
            counts.keys().flatten().copied().filter(|name| !segments.contains(name)).collect();
        others.sort_unstable();
        let known = segments.iter().copied().chain(others).map(Some);
        let rows = known
            .chain([None])
            .map(|segment| Row {
                segment: segment.unwrap_or(UNKNOWN).to_owned(),
                cells: counts.remove(&segment).unwrap_or_else(|| vec![0; Stage::ALL.len()]),
            })
            .collect();
        Self { rows }
    }

    #[must_use]
    pub fn total(&self) -> usize {
        self.rows.iter().flat_map(|row| &row.cells).sum()
    }

    /// The cells of known segments and stages that hold nothing.
    pub fn empty(&self) -> impl Iterator<Item = (&str, Stage)> {
        let known = self.rows.len().saturating_sub(1);
        self.rows[..known].iter().flat_map(|row| {
            let stages = Stage::ALL.iter().copied().filter(|stage| *stage != Stage::Unknown);
            stages
                .filter(|stage| row.cells[*stage as usize] == 0)
                .map(|stage| (row.segment.as_str(), stage))
        })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::{EvidenceKind, Polarity};
    use super::*;
    use crate::domain::day::fixture::day;

    fn piece(segment: Option<&str>, stage: Stage, kind: EvidenceKind) -> Piece {
        Piece {
            kind,
            polarity: Polarity::For,
            account: None,
            segment: segment.map(str::to_owned),
            stage,
            observed_on: day("2026-05-01"),
            captured_on: day("2026-05-01"),
        }
    }

    #[test]
    fn empty_cells_are_there() {
        let all = [
            piece(Some("mid"), Stage::Proposal, EvidenceKind::Call),
            piece(Some("mid"), Stage::Proposal, EvidenceKind::Deal),
            piece(Some("old name"), Stage::Unknown, EvidenceKind::Call),
            piece(None, Stage::Renewal, EvidenceKind::Call),
            piece(Some("mid"), Stage::Proposal, EvidenceKind::Opinion),
        ];
        let matrix = Matrix::of(&["mid", "small"], &all);
        let names: Vec<&str> = matrix.rows.iter().map(|row| row.segment.as_str()).collect();
        assert_eq!(names, ["mid", "small", "old name", "unknown"]);
        assert_eq!(matrix.rows[0].cells, [0, 0, 0, 2, 0, 0, 0, 0]);
        assert_eq!(matrix.rows[3].cells, [0, 0, 0, 0, 0, 0, 1, 0]);
        assert_eq!(matrix.empty().count(), 6 + 7 + 7);
        assert_eq!(matrix.empty().next(), Some(("mid", Stage::Unaware)));
    }

    proptest! {
        #[test]
        fn every_piece_is_in_one_cell(places in prop::collection::vec((prop::option::of("[abc]"), 0_usize..8), 0..60)) {
            let all: Vec<Piece> = places
                .iter()
                .map(|(segment, stage)| piece(segment.as_deref(), Stage::ALL[*stage], EvidenceKind::Call))
                .collect();
            let matrix = Matrix::of(&["a", "b"], &all);
            prop_assert_eq!(matrix.total(), all.len());
            prop_assert!(matrix.rows.iter().all(|row| row.cells.len() == Stage::ALL.len()));
        }
    }
}
