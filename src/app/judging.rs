//! The swap test as a form: line by line with the name of each rival in it, yes or no to each.

use chrono::NaiveDate;

use crate::domain::item::ItemId;
use crate::domain::message::swap::{self, Outcome};
use crate::ops::evidence::swap::{SwapLine, said};

/// What a person is asked of each line.
pub const QUESTION: &str = "Does it still work with their name? Then it says nothing of you.";

/// The lines of a positioning with what was said of each, and where the cursor stands.
#[derive(Debug, Clone)]
pub struct Judging {
    pub item: ItemId,
    pub lines: Vec<SwapLine>,
    pub at: usize,
}

impl Judging {
    /// Begins at the first line that nobody answered.
    #[must_use]
    pub fn new(item: ItemId, lines: Vec<SwapLine>) -> Self {
        let at = lines.iter().position(|line| line.answer.is_none()).unwrap_or(0);
        Self { item, lines, at }
    }

    /// The same lines with what was said meanwhile; the cursor stays.
    pub fn renew(&mut self, lines: Vec<SwapLine>) {
        self.lines = lines;
        self.go(self.at);
    }

    pub fn go(&mut self, at: usize) {
        self.at = at.min(self.lines.len().saturating_sub(1));
    }

    pub fn step(&mut self, by: isize) {
        self.go(self.at.saturating_add_signed(by));
    }

    #[must_use]
    pub fn line(&self) -> Option<&SwapLine> {
        self.lines.get(self.at)
    }

    /// To the next line that is open, or to the next one.
    pub fn go_on(&mut self) {
        let later = (self.at + 1..self.lines.len()).find(|at| self.lines[*at].answer.is_none());
        self.go(later.unwrap_or(self.at + 1));
    }

    #[must_use]
    pub fn outcome(&self) -> Outcome {
        swap::stands(self.lines.iter().map(|line| line.answer))
    }

    /// `fails the swap test · 3 of 8 answered`.
    #[must_use]
    pub fn standing(&self) -> String {
        let answered = self.lines.iter().filter(|line| line.answer.is_some()).count();
        format!("{} · {answered} of {} answered", self.outcome().words(), self.lines.len())
    }

    /// In lines, for who listens.
    #[must_use]
    pub fn told(&self, today: NaiveDate) -> Vec<String> {
        let mut lines = vec![format!("Swap test, {}", self.standing()), QUESTION.to_owned()];
        lines.extend(self.lines.iter().enumerate().map(|(at, line)| {
            let here = if at == self.at { "here: " } else { "" };
            let said = said(line.answer, line.on, today);
            format!("{here}{}. {}: {}, {said}", at + 1, line.rival, line.text)
        }));
        lines.push(
            "y still works, n is ours alone, 3 y answers the third, esc goes back".to_owned(),
        );
        lines
    }
}
