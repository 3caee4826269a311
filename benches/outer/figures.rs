//! Many samples of one figure, and the lines of the report.

use std::time::Duration;

use crate::session::Answer;

/// Samples of a time.
#[derive(Debug, Clone, Default)]
pub struct Times(Vec<Duration>);

impl Times {
    pub fn push(&mut self, time: Duration) {
        self.0.push(time);
    }

    #[must_use]
    pub fn least(&self) -> f64 {
        self.at(0)
    }

    #[must_use]
    pub fn median(&self) -> f64 {
        self.at(50)
    }

    #[must_use]
    pub fn p99(&self) -> f64 {
        self.at(99)
    }

    /// The sample that so many of a hundred do not exceed, in milliseconds; 0 without samples.
    fn at(&self, percent: usize) -> f64 {
        let mut sorted = self.0.clone();
        sorted.sort_unstable();
        let place = (sorted.len() * percent).div_ceil(100).saturating_sub(1);
        sorted.get(place).map_or(0.0, |time| time.as_secs_f64() * 1000.0)
    }
}

/// Samples of what came of keys.
#[derive(Debug, Clone, Default)]
pub struct Answers {
    pub times: Times,
    bytes: Vec<usize>,
}

impl Answers {
    pub fn push(&mut self, answer: Answer) {
        self.times.push(answer.settled);
        self.bytes.push(answer.bytes);
    }

    pub fn extend(&mut self, other: &Self) {
        self.times.0.extend(&other.times.0);
        self.bytes.extend(&other.bytes);
    }

    /// The median of the bytes written.
    #[must_use]
    pub fn bytes(&self) -> usize {
        let mut sorted = self.bytes.clone();
        sorted.sort_unstable();
        sorted.get(sorted.len() / 2).copied().unwrap_or(0)
    }
}

/// One line: what, least, median and p99 in milliseconds, and the median of the bytes.
#[must_use]
pub fn line(what: &str, answers: &Answers) -> String {
    let times = &answers.times;
    format!(
        "  {what:<34} {:>8.2} {:>8.2} {:>8.2} {:>8} B",
        times.least(),
        times.median(),
        times.p99(),
        answers.bytes()
    )
}

/// One line that holds a figure against its budget.
#[must_use]
pub fn verdict(what: &str, measured: f64, budget: f64, unit: &str) -> String {
    let word = if measured <= budget { "kept" } else { "MISSED" };
    format!("  {what:<44} {measured:>9.2} {unit:<4} budget {budget:>8.2}  {word}")
}
