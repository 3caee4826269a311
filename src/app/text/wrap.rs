//! Where a text breaks into rows: after a space where there is one, else where the room ends; a wide
//! letter is never cut in two.

use unicode_segmentation::UnicodeSegmentation;

use crate::domain::shown::Shown;

/// One row of a text, as bytes from and to; the line break is in none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Row {
    pub start: usize,
    pub end: usize,
}

/// The rows of a text in this many columns; at least one.
#[must_use]
pub fn rows(text: &str, width: usize) -> Vec<Row> {
    let width = width.max(2);
    let mut found = Vec::new();
    let mut start = 0;
    for line in text.split('\n') {
        break_line(line, start, width, &mut found);
        start += line.len() + 1;
    }
    found
}

fn break_line(line: &str, offset: usize, width: usize, found: &mut Vec<Row>) {
    let (mut start, mut taken) = (0, 0);
    // Where the last word began, and how wide the row was before it.
    let mut word: Option<(usize, usize)> = None;
    for (at, cluster) in line.grapheme_indices(true) {
        let wide = self::width(cluster);
        if taken + wide > width && cluster != " " {
            let (to, before) = word.take().unwrap_or((at, taken));
            found.push(Row { start: offset + start, end: offset + to });
            start = to;
            taken -= before;
        }
        taken += wide;
        if cluster == " " {
            word = Some((at + cluster.len(), taken));
        }
    }
    found.push(Row { start: offset + start, end: offset + line.len() });
}

/// Columns that a piece of text takes.
pub(super) fn width(text: &str) -> usize {
    let plain = text.bytes().all(|byte| (0x20..0x7f).contains(&byte));
    if plain { text.len() } else { Shown::line(text).width() }
}
