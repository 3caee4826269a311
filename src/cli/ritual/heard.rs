//! The lines of a ritual as they come from standard input, where nobody can say again what was lost: a
//! line may name its part (`moved: …`), and one that is not taken in is told and counted.

use crate::domain::ritual::Asks;
use crate::domain::ritual::run::{Progress, SectionState};
use crate::ops::{Error, Result};

/// What becomes of a line.
pub enum Told {
    /// It answers what is asked.
    Answer(String),
    /// It waits for its part, or only closes one that is over.
    Kept,
    /// Nothing asks for it, in words.
    Unfit(String),
}

/// Where the lines come from.
#[derive(Clone, Copy, PartialEq, Eq)]
enum From {
    Somebody,
    /// Nobody sits there: what is lost is lost.
    File,
    /// The same, and a line may name its part.
    Pipe,
}

/// What was heard so far.
pub struct Heard {
    from: From,
    /// Whether a blank line closes what is over already.
    is_over: bool,
    kept: Vec<(String, String)>,
    lost: usize,
    is_stopped: bool,
    /// The part that was left at the end of the lines, and how often that was tried.
    left: Option<(String, usize)>,
    /// The part whose guesses were taken by a blank line.
    took: Option<String>,
    /// A line for the part after the one that is left because of it.
    next: Option<String>,
}

impl Heard {
    /// Somebody types, sees what came of it, and says it again.
    pub fn from_somebody() -> Self {
        Self {
            from: From::Somebody,
            is_over: false,
            kept: Vec::new(),
            lost: 0,
            is_stopped: false,
            left: None,
            took: None,
            next: None,
        }
    }

    /// Lines that nobody says again.
    pub fn from_a_file() -> Self {
        Self { from: From::File, ..Self::from_somebody() }
    }

    /// The same, where a line may name its part.
    pub fn from_a_pipe() -> Self {
        Self { from: From::Pipe, ..Self::from_somebody() }
    }

    fn is_fed(&self) -> bool {
        self.from != From::Somebody
    }

    fn is_piped(&self) -> bool {
        self.from == From::Pipe
    }

    /// A line that waits for this part.
    pub fn kept_for(&mut self, key: &str) -> Option<String> {
        match self.kept.iter().position(|(known, _)| known == key) {
            Some(at) => Some(self.kept.remove(at).1),
            None => self.next.take(),
        }
    }

    /// At the end of the lines: the word that leaves this part, when a later one has its line. A part
    /// that nothing ends is asked twice.
    pub fn on_to_what_waits(&mut self, now: &Progress, all: &[Progress]) -> Option<String> {
        let waits = |part: &Progress| {
            part.state == SectionState::Open && self.kept.iter().any(|(key, _)| *key == part.key)
        };
        let tried =
            self.left.take().filter(|(key, _)| *key == now.key).map_or(0, |(_, tried)| tried);
        if !all.iter().any(waits) || tried > 1 {
            return None;
        }
        self.left = Some((now.key.clone(), tried + 1));
        let is_first = tried == 0 && now.asks == Asks::Lines;
        Some(if is_first { String::new() } else { "skip".to_owned() })
    }

    /// A blank line took what was guessed; from here on only a band is one of what is left.
    pub fn took_guesses(&mut self, key: &str) {
        self.took = self.is_piped().then(|| key.to_owned());
    }

    /// A line was no answer; somebody who sits there sees it, and says it again. Else it is named.
    pub fn refused(&mut self, line: &str) -> Option<String> {
        self.lost += usize::from(self.is_fed());
        let is_told = self.is_fed() && !line.trim().is_empty();
        is_told.then(|| format!("not taken in: {}", line.trim()))
    }

    /// What a line is, while a part is asked.
    pub fn line(&mut self, line: &str, section: &Progress, all: &[Progress]) -> Told {
        let is_over = std::mem::take(&mut self.is_over);
        if !self.is_piped() {
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
        let took = self.took.take().filter(|key| *key == section.key && !line.trim().is_empty());
        if let Some(key) = took
            && !is_band(line)
            && !is_command(line)
        {
            self.kept.insert(0, (key, "skip".to_owned()));
            self.next = Some(line.to_owned());
            return Told::Kept;
        }
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
        if !self.is_fed() || self.is_stopped {
            return Vec::new();
        }
        let kept = std::mem::take(&mut self.kept).into_iter().map(|(_, line)| line);
        let kept = kept.chain(self.next.take());
        // A word that leaves what is over already says nothing that could be lost.
        let says = |line: &String| !line.trim().is_empty() && !is_command(line);
        let all: Vec<String> = kept.chain(rest).filter(says).collect();
        self.lost += all.len();
        all
    }

    /// How it ended.
    ///
    /// # Errors
    /// When lines were not taken in: how many.
    pub fn end(&self) -> Result<()> {
        match self.lost {
            0 => Ok(()),
            1 => Err(Error::Problems("1 line was not taken in".to_owned())),
            more => Err(Error::Problems(format!("{more} lines were not taken in"))),
        }
    }
}

/// What leaves a part, takes back or ends, in a word.
fn is_command(line: &str) -> bool {
    matches!(line.trim(), "skip" | "u" | "q" | "?")
}

/// `r`, `2 r` or `2 X`: what gives time its band, or says that it was not kept to.
fn is_band(line: &str) -> bool {
    let words: Vec<&str> = line.split_whitespace().collect();
    let is_letter = |word: &str| matches!(word, "s" | "e" | "r" | "o" | "X");
    match words[..] {
        [one] => is_letter(one),
        [number, one] => number.parse::<usize>().is_ok() && is_letter(one),
        _ => false,
    }
}
