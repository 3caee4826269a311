//! What the program says, and how it is meant.

use chrono::NaiveTime;

/// How a message is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    Plain,
    Done,
    Refused,
    Failed,
}

/// Something that was said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    pub text: String,
    pub tone: Tone,
    /// When, on the wall clock.
    pub at: Option<NaiveTime>,
}

impl Message {
    /// As the list of messages shows it: when, how it is meant, and what.
    #[must_use]
    pub fn line(&self) -> String {
        let time = self.at.map(|at| at.format("%H:%M  ").to_string()).unwrap_or_default();
        format!("{time}{}{}", self.tone.sign(), self.text)
    }
}

impl Tone {
    /// What stands before the words, so that they need no colour.
    #[must_use]
    pub fn sign(self) -> &'static str {
        match self {
            Self::Plain | Self::Done => "",
            Self::Refused => "not done: ",
            Self::Failed => "! failed: ",
        }
    }
}
