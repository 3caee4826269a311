//! What came of a ritual, in lines.

use crate::domain::shown::Shown;

/// What came of a ritual, to be read and copied.
#[derive(Debug, Clone)]
pub struct Minutes {
    pub markdown: String,
    pub lines: Vec<Shown>,
}

impl Minutes {
    #[must_use]
    pub fn new(markdown: &str) -> Self {
        let line = |line: &str| {
            let shown = Shown::line(line);
            if line.is_empty() { Shown::fixed("") } else { shown }
        };
        Self { markdown: markdown.to_owned(), lines: markdown.lines().map(line).collect() }
    }

    /// How many lines they are where one holds so many columns.
    #[must_use]
    pub fn rows(&self, width: usize) -> usize {
        let tall = |line: &Shown| {
            let words = line.as_str().split(' ').map(|word| Shown::line(word).width());
            words.fold((1, 0), |(rows, x), wide| match x {
                0 => (rows + wide.saturating_sub(1) / width.max(1), wide),
                x if x + 1 + wide > width => (rows + 1, wide),
                x => (rows, x + 1 + wide),
            })
        };
        self.lines.iter().map(|line| tall(line).0).sum()
    }
}
