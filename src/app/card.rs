//! A card: the menu of verbs kept open over one row after the other, until each has its verdict.
//! Which verbs there are is the row's business; here is only where the walk stands.

use crate::domain::item::ItemId;

/// What was said of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    Kept,
    /// A verb was carried out.
    Answered,
}

/// A walk through rows, one card each.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Card {
    /// What the walk is called.
    pub title: String,
    queue: Vec<ItemId>,
    verdicts: Vec<Option<Verdict>>,
    at: usize,
    /// A verb was begun: when it is carried out, the next card comes.
    pub begun: bool,
}

/// Whether there is another card.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Then {
    Next,
    End,
}

impl Card {
    /// A walk through these rows; `None` when there are none.
    #[must_use]
    pub fn new(title: impl Into<String>, queue: Vec<ItemId>) -> Option<Self> {
        let verdicts = vec![None; queue.len()];
        let card = Self { title: title.into(), queue, verdicts, at: 0, begun: false };
        (!card.queue.is_empty()).then_some(card)
    }

    /// The row of this card.
    #[must_use]
    pub fn item(&self) -> ItemId {
        self.queue[self.at]
    }

    /// Where the walk stands, from one, and how long it is.
    #[must_use]
    pub fn place(&self) -> (usize, usize) {
        (self.at + 1, self.queue.len())
    }

    #[must_use]
    pub fn verdict(&self) -> Option<Verdict> {
        self.verdicts[self.at]
    }

    /// To another card without a verdict; stays within the walk.
    pub fn step(&mut self, by: isize) {
        self.at = self.at.saturating_add_signed(by).min(self.queue.len() - 1);
        self.begun = false;
    }

    /// Gives this row its verdict, and goes on.
    pub fn judge(&mut self, verdict: Verdict) -> Then {
        self.verdicts[self.at] = Some(verdict);
        self.begun = false;
        if self.at + 1 == self.queue.len() {
            return Then::End;
        }
        self.at += 1;
        Then::Next
    }

    /// A verdict was taken back: its row is shown again, without one.
    pub fn taken_back(&mut self, items: &[ItemId]) {
        if let Some(at) = self.queue.iter().position(|id| items.contains(id)) {
            self.at = at;
            self.verdicts[at] = None;
        }
        self.begun = false;
    }

    /// How many rows have which verdict: `2 answered · 3 kept · 1 passed over`.
    #[must_use]
    pub fn tally(&self) -> String {
        let count = |wanted: Option<Verdict>| {
            self.verdicts.iter().filter(|verdict| **verdict == wanted).count()
        };
        let parts = [
            (count(Some(Verdict::Answered)), "answered"),
            (count(Some(Verdict::Kept)), "kept"),
            (count(None), "open"),
        ];
        let words: Vec<String> = parts
            .iter()
            .filter(|(count, _)| *count > 0)
            .map(|(count, word)| format!("{count} {word}"))
            .collect();
        words.join(" · ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_walk_ends_behind_its_last_row_and_a_verdict_taken_back_returns() {
        let ids: Vec<ItemId> = (0..3).map(|_| ItemId(uuid::Uuid::now_v7())).collect();
        let mut card = Card::new("Walk", ids.clone()).unwrap();
        assert_eq!(card.judge(Verdict::Kept), Then::Next);
        assert_eq!(card.judge(Verdict::Answered), Then::Next);
        assert_eq!((card.item(), card.place()), (ids[2], (3, 3)));
        card.taken_back(&[ids[1]]);
        assert_eq!((card.item(), card.verdict()), (ids[1], None));
        assert_eq!(card.tally(), "1 kept · 2 open");
        card.step(5);
        assert_eq!(card.judge(Verdict::Answered), Then::End);
        assert_eq!(Card::new("Walk", Vec::new()), None);
    }
}
