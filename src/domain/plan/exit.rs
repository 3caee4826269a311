//! The exit criteria of a milestone as they are written: one a line, what a person ticked marked
//! with `[x]`. A line that is no condition is refused when it is written, and says so when read.

use std::fmt::Write as _;

use super::criterion::{Criterion, Facts, Proof, Standing};

const TICKED: &str = "[x] ";
const OPEN: &str = "[ ] ";

/// One line.
#[derive(Debug, Clone, PartialEq)]
pub struct Exit {
    pub criterion: Criterion,
    /// Whether a person said that it holds.
    pub ticked: bool,
}

/// Reads the lines.
///
/// # Errors
/// The first line that is no condition, with its number.
pub fn read(text: &str) -> Result<Vec<Exit>, String> {
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    lines
        .map(|(at, line)| {
            let line = line.trim();
            let ticked = line.strip_prefix(TICKED);
            let rest = ticked.or_else(|| line.strip_prefix(OPEN)).unwrap_or(line);
            let criterion =
                Criterion::parse(rest).map_err(|what| format!("line {}: {what}", at + 1))?;
            Ok(Exit { criterion, ticked: ticked.is_some() })
        })
        .collect()
}

/// The lines as they are kept.
#[must_use]
pub fn written(exits: &[Exit]) -> String {
    let mut text = String::new();
    for exit in exits {
        let mark = if exit.ticked { TICKED } else { "" };
        let _ = writeln!(text, "{mark}{}", exit.criterion);
    }
    text.trim_end().to_owned()
}

impl Exit {
    /// Whether it holds, by the facts or because a person ticked it.
    #[must_use]
    pub fn proof(&self, facts: &dyn Facts) -> Proof {
        let proof = self.criterion.proof(facts);
        if self.ticked && proof.standing == Standing::ByHand {
            let words = proof.words.replacen("by hand: ", "ticked by hand: ", 1);
            return Proof { standing: Standing::Met, words };
        }
        proof
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_come_back_as_they_were_and_a_stranger_is_named() {
        let text = "outcomes agreed 3\n[x] by hand: the tiers are published";
        let exits = read(text).unwrap();
        assert!(exits[1].ticked && !exits[0].ticked);
        assert_eq!(written(&exits), text);
        assert!(!read("[ ] outcomes agreed 3\n\n").unwrap()[0].ticked);
        assert!(read("outcomes agreed 3\nhope").unwrap_err().starts_with("line 2: “hope” is no"));
        assert!(read("").unwrap().is_empty());
    }
}
