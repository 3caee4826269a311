//! What a record tells under headings of its own below “More Information”: who was spoken to, what was
//! objected, what came of it. Each is a list whose members have their further words below them.

use std::io::{self, Write};

use super::super::markdown::escaped;
use super::{Madr, plain};

/// The headings, in the order in which they are written.
pub const SECTIONS: [&str; 8] = [
    "review",
    "framings",
    "pre-wires",
    "objections",
    "pushbacks",
    "sections",
    "blockers",
    "overrides",
];

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
            writeln!(out, "* {}", escaped(&told.head))?;
            for (label, words) in &told.rest {
                writeln!(out, "  * {}: {}", escaped(label), escaped(words))?;
            }
        }
        writeln!(out)?;
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
        (Some(member), true, Some(last)) => match plain(member).split_once(": ") {
            Some((label, words)) => last.rest.push((label.to_owned(), words.to_owned())),
            None => join(&mut last.head, member),
        },
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

fn join(text: &mut String, words: &str) {
    text.push(' ');
    text.push_str(&plain(words));
}
