//! What a record tells under headings of its own below “More Information”: who was spoken to, what was
//! objected, what came of it. Each is a list whose members have their further words below them.

use std::io::{self, Write};

use super::super::markdown::escaped;
use super::{Madr, plain};

/// The headings, in the order in which they are written.
pub const SECTIONS: [&str; 12] = [
    "review",
    "framings",
    "pre-wires",
    "objections",
    "pushbacks",
    "sections",
    "blockers",
    "overrides",
    "people",
    "ties",
    "evidence",
    "versions",
];

/// What a further line of a text is told under, and one that stands further in.
const AND: &str = "and";
const BELOW: &str = "and below";
/// How much further in.
const DEEPER: &str = "  ";

/// One thing that is told.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct MadrTold {
    /// One of `SECTIONS`.
    pub section: String,
    /// What it is called: a name, a function, a text.
    pub head: String,
    /// What else is said of it, each with its label.
    pub rest: Vec<(String, String)>,
}

/// Writes all that is told, by section.
pub(super) fn write(all: &[MadrTold], out: &mut dyn Write) -> io::Result<()> {
    for section in SECTIONS {
        let own: Vec<&MadrTold> = all.iter().filter(|told| told.section == section).collect();
        if own.is_empty() {
            continue;
        }
        let (first, rest) = section.split_at(1);
        writeln!(out, "### {}{rest}\n", first.to_uppercase())?;
        for told in own {
            writeln!(out, "* {}", escaped(told.head.lines().next().unwrap_or_default()))?;
            further(&told.head, out)?;
            for (label, words) in &told.rest {
                let first = words.lines().next().unwrap_or_default();
                writeln!(out, "  * {}: {}", escaped(label), escaped(first))?;
                further(words, out)?;
            }
        }
        writeln!(out)?;
    }
    Ok(())
}

/// The lines of a text behind its first, each as a member, since a list has no other place for them.
fn further(text: &str, out: &mut dyn Write) -> io::Result<()> {
    for line in text.lines().skip(1) {
        match line.strip_prefix(DEEPER) {
            Some(line) => writeln!(out, "  * {BELOW}: {}", escaped(line))?,
            None => writeln!(out, "  * {AND}: {}", escaped(line))?,
        }
    }
    Ok(())
}

/// Takes a line below one of these headings; whether it was one of theirs.
pub(super) fn take(record: &mut Madr, section: &str, line: &str) -> bool {
    let words = line.trim();
    let member = words.strip_prefix("* ").or_else(|| words.strip_prefix("- "));
    let is_below = line.starts_with([' ', '\t']);
    let last = record.told.last_mut().filter(|told| told.section == section);
    match (member, is_below, last) {
        (Some(member), true, Some(last)) => {
            let member = plain(member);
            let (label, words) = member.split_once(':').unwrap_or((&member, ""));
            let words = words.trim_start();
            match label {
                AND => add(last, "\n", words),
                BELOW => add(last, &format!("\n{DEEPER}"), words),
                label if member.contains(": ") => {
                    last.rest.push((label.to_owned(), words.to_owned()));
                }
                _ => join(&mut last.head, &member),
            }
        }
        (Some(member), _, _) => record.told.push(MadrTold {
            section: section.to_owned(),
            head: plain(member),
            rest: Vec::new(),
        }),
        (None, _, Some(last)) => {
            let text = last.rest.last_mut().map_or(&mut last.head, |(_, words)| words);
            join(text, words);
        }
        (None, _, None) => return false,
    }
    true
}

/// Adds a further line to what was told last.
fn add(told: &mut MadrTold, gap: &str, words: &str) {
    let text = told.rest.last_mut().map_or(&mut told.head, |(_, words)| words);
    text.push_str(gap);
    text.push_str(words);
}

fn join(text: &mut String, words: &str) {
    text.push(' ');
    text.push_str(&plain(words));
}
