//! What is worth telling of a file: the first of it by name, the rest as a number.

use super::NAMED;

/// Warnings: the first are kept, the others counted.
#[derive(Debug, Default)]
pub(super) struct Warnings {
    named: Vec<String>,
    more: usize,
}

impl Warnings {
    pub fn push(&mut self, warning: String) {
        if self.named.len() < NAMED {
            self.named.push(warning);
        } else {
            self.more += 1;
        }
    }

    pub fn finish(mut self) -> Vec<String> {
        if self.more > 0 {
            self.named.push(format!("and {} more like these", self.more));
        }
        self.named
    }
}
