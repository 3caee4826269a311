//! The lines of a ritual as they come from standard input, where nobody can say again what was lost: a
//! line may name its part (`moved: …`), and one that is not taken in is told and counted.

use crate::domain::ritual::Asks;
use crate::domain::ritual::run::{Progress, SectionState};

/// What becomes of a line.
pub enum Told {
    /// It answers what is asked.
    Answer(String),
    /// It waits for its part, or only closes one that is over.
    Kept,
    /// Nothing asks for it, in words.
    Unfit(String),
}

/// What was heard so far.
pub struct Heard {
    /// Whether nobody sits there: what is lost is lost.
    is_piped: bool,
    /// Whether a blank line closes what is over already.
    is_over: bool,
    kept: Vec<(String, String)>,
    lost: usize,
    is_stopped: bool,
    /// The part that was left at the end of the lines.
    left: Option<String>,
}

impl Heard {
    /// Somebody types, sees what came of it, and says it again.
    pub fn from_somebody() -> Self {
        Self {
            is_piped: false,
            is_over: false,
            kept: Vec::new(),
            lost: 0,
            is_stopped: false,
            left: None,
        }
    }

    pub fn from_a_pipe() -> Self {
        Self { is_piped: true, ..Self::from_somebody() }
    }

    /// A line that waits for this part.
    pub fn kept_for(&mut self, key: &str) -> Option<String> {
        let at = self.kept.iter().position(|(known, _)| known == key)?;
        Some(self.kept.remove(at).1)
    }

    /// At the end of the lines: the word that leaves this part, when a later one has its line. A part
    /// that cannot be left is asked once.
    pub fn on_to_what_waits(&mut self, now: &Progress, all: &[Progress]) -> Option<String> {
        let waits = |part: &Progress| {
            part.state == SectionState::Open && self.kept.iter().any(|(key, _)| *key == part.key)
        };
        if !all.iter().any(waits) || self.left.as_ref() == Some(&now.key) {
            return None;
        }
        self.left = Some(now.key.clone());
        Some(if now.asks == Asks::Lines { String::new() } else { "skip".to_owned() })
    }

    /// What a line is, while a part is asked.
    pub fn line(&mut self, line: &str, section: &Progress, all: &[Progress]) -> Told {
        let is_over = std::mem::take(&mut self.is_over);
        if !self.is_piped {
            return Told::Answer(line.to_owned());
        }
        if line.trim().is_empty() && is_over {
            return Told::Kept;
        }
        let named = line.split_once(':').and_then(|(name, rest)| {
            let name = name.trim().to_lowercase();
            let found = all.iter().find(|one| one.key == name)?;
            Some((found, rest.trim().to_owned()))
        });
        let Some((named, rest)) = named else {
            return self.unnamed(line, section, all);
        };
        if named.key == section.key {
            return Told::Answer(rest);
        }
        if named.state == SectionState::Open {
            self.kept.push((named.key.clone(), rest));
            return Told::Kept;
        }
        self.lost += 1;
        let title = named.title.to_lowercase();
        Told::Unfit(format!("not read, since nothing is asked about {title}: {rest}"))
    }

    /// A band where a line of words is asked for is a slip: nothing waits for one.
    fn unnamed(&mut self, line: &str, section: &Progress, all: &[Progress]) -> Told {
        let is_slip = section.asks == Asks::Lines
            && is_band(line)
            && all.iter().any(|one| one.asks == Asks::Bands);
        if !is_slip {
            return Told::Answer(line.to_owned());
        }
        self.lost += 1;
        self.is_over = true;
        Told::Unfit(format!("not read, since no time waits for its band: {}", line.trim()))
    }

    /// A part ended by this line; the blank one that was to end it only closes it.
    pub fn ended(&mut self, line: &str, ended: bool) {
        self.is_over = ended && !line.trim().is_empty();
    }

    pub fn stop(&mut self) {
        self.is_stopped = true;
    }

    /// The lines that nobody asked for any more.
    pub fn unread(&mut self, rest: impl Iterator<Item = String>) -> Vec<String> {
        if !self.is_piped || self.is_stopped {
            return Vec::new();
        }
        let kept = std::mem::take(&mut self.kept).into_iter().map(|(_, line)| line);
        let all: Vec<String> = kept.chain(rest).filter(|line| !line.trim().is_empty()).collect();
        self.lost += all.len();
        all
    }

    /// How many lines were not taken in.
    pub fn problems(&self) -> usize {
        self.lost
    }
}

/// `r`, or `2 r`: what gives time its band.
fn is_band(line: &str) -> bool {
    let words: Vec<&str> = line.split_whitespace().collect();
    let is_letter = |word: &str| matches!(word, "s" | "e" | "r" | "o");
    match words[..] {
        [one] => is_letter(one),
        [number, one] => number.parse::<usize>().is_ok() && is_letter(one),
        _ => false,
    }
}
