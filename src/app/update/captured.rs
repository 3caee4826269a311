//! What captured lines tell that makes no item of its own kind: figures of metrics, notes on today.

use super::super::prompt::Prompt;
use crate::domain::day_note;
use crate::domain::metric::typed;
use crate::ops::metric::Recording;

/// The figures that captured lines tell; `None` when one of them tells something else.
pub fn figures(prompt: &Prompt) -> Option<Vec<Recording>> {
    let lines = std::iter::once(prompt.line.text()).chain(prompt.pasted.iter().map(String::as_str));
    let lines = lines.filter(|line| !line.trim().is_empty());
    let figures: Option<Vec<Recording>> =
        lines.map(|line| typed::Line::captured(line).map(Recording::of)).collect();
    figures.filter(|figures| !figures.is_empty())
}

/// What is noted on today; lines that were pasted below the first are noted too, with a letter or
/// without. `None` when the first tells something else.
pub fn noted(prompt: &Prompt) -> Option<Vec<String>> {
    let first = day_note::captured(prompt.line.text())?;
    let rest = prompt.pasted.iter().map(|line| day_note::captured(line).unwrap_or(line));
    Some(std::iter::once(first).chain(rest).map(str::to_owned).collect())
}
