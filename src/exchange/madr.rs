//! A decision as a Markdown Architectural Decision Record: written so that other tools read it, and
//! read back from what people write by hand. Only text goes in and out; nothing in it is obeyed.

use std::io::{self, Write};

use super::markdown::escaped;
use chrono::NaiveDate;
use head::{body, head, set_head, shown, unlinked};
use place::{MORE, is_known, is_more, is_within, paragraphs};
pub use told::{MadrTold, SECTIONS};

/// Longest file that is read, in bytes.
pub const LONGEST: usize = 1_000_000;

/// Most names of the head that are kept beside those of MADR.
const MOST_EXTRA: usize = 50;

/// One record.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Madr {
    pub title: String,
    /// `proposed`, `accepted`, `rejected`, `superseded by …`.
    pub status: String,
    pub date: Option<NaiveDate>,
    /// What stands there for a date and is none.
    pub no_date: String,
    pub deciders: Vec<String>,
    pub consulted: Vec<String>,
    pub informed: Vec<String>,
    /// Of those whose opinion was asked, who contributes and was spoken to beside.
    pub contributors: Vec<String>,
    pub context: String,
    pub drivers: Vec<String>,
    pub options: Vec<MadrOption>,
    /// The title of the option that was chosen.
    pub chosen: String,
    pub because: String,
    pub consequences: Vec<String>,
    pub confirmation: String,
    pub more: String,
    /// The title of the option that is recommended, while nothing is chosen, and what to do.
    pub recommended: String,
    /// What stands below that under headings of its own.
    pub told: Vec<MadrTold>,
    /// What other tools do not ask for, by the names of the fields: stake, needed-by.
    pub extra: Vec<(String, String)>,
}

/// One considered option.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct MadrOption {
    pub title: String,
    pub good: Vec<String>,
    pub bad: Vec<String>,
    /// What speaks neither for it nor against it.
    pub neutral: Vec<String>,
}

impl MadrOption {
    /// Its arguments, each with the word that they begin with.
    fn arguments(&self) -> impl Iterator<Item = (&'static str, &String)> {
        let all = [("Good", &self.good), ("Neutral", &self.neutral), ("Bad", &self.bad)];
        all.into_iter().flat_map(|(word, all)| all.iter().map(move |one| (word, one)))
    }
}

/// Writes a record.
///
/// # Errors
/// When `out` does not take it.
pub fn write(record: &Madr, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "---")?;
    writeln!(out, "status: {}", quoted(&record.status))?;
    if let Some(date) = record.date {
        writeln!(out, "date: {date}")?;
    }
    for (name, people) in [
        ("decision-makers", &record.deciders),
        ("consulted", &record.consulted),
        ("informed", &record.informed),
        ("contributors", &record.contributors),
    ] {
        if !people.is_empty() {
            let people: Vec<String> = people.iter().map(|name| quoted(name)).collect();
            writeln!(out, "{name}: [{}]", people.join(", "))?;
        }
    }
    for (name, value) in &record.extra {
        writeln!(out, "{name}: {}", quoted(value))?;
    }
    writeln!(out, "---\n\n# {}\n", escaped(&record.title))?;
    // A record without its context is one all the same, and is known by this heading.
    writeln!(out, "## Context and Problem Statement\n")?;
    if !record.context.is_empty() {
        lines(out, &record.context)?;
    }
    list(out, 2, "Decision Drivers", &record.drivers)?;
    let titles: Vec<String> = record.options.iter().map(|option| option.title.clone()).collect();
    list(out, 2, "Considered Options", &titles)?;
    let is_settled = !record.chosen.is_empty() || !record.because.is_empty();
    if is_settled {
        writeln!(out, "## Decision Outcome\n")?;
        let because = escaped(&record.because);
        if record.chosen.is_empty() {
            writeln!(out, "{because}\n")?;
        } else {
            writeln!(out, "Chosen option: \"{}\", because {because}\n", escaped(&record.chosen))?;
        }
    }
    let recommended = escaped(&record.recommended);
    if !recommended.is_empty() && record.recommended != record.chosen {
        if !is_settled {
            writeln!(out, "## Decision Outcome\n")?;
        }
        writeln!(out, "Recommended option: \"{recommended}\"\n")?;
    }
    list(out, 3, "Consequences", &record.consequences)?;
    if !record.confirmation.is_empty() {
        writeln!(out, "### Confirmation\n\n{}\n", escaped(&record.confirmation))?;
    }
    let weighed = || record.options.iter().filter(|one| one.arguments().next().is_some());
    if weighed().next().is_some() {
        writeln!(out, "## Pros and Cons of the Options\n")?;
    }
    for option in weighed() {
        writeln!(out, "### {}\n", escaped(&option.title))?;
        for (word, argument) in option.arguments() {
            writeln!(out, "* {word}, because {}", escaped(argument))?;
        }
        writeln!(out)?;
    }
    if record.more.is_empty() && record.told.is_empty() {
        return Ok(());
    }
    writeln!(out, "## More Information\n")?;
    if !record.more.is_empty() {
        lines(out, &record.more)?;
    }
    told::write(&record.told, out)
}

fn lines(out: &mut dyn Write, text: &str) -> io::Result<()> {
    for line in text.lines() {
        writeln!(out, "{}", escaped(line))?;
    }
    writeln!(out)
}

fn list(out: &mut dyn Write, depth: usize, name: &str, members: &[String]) -> io::Result<()> {
    if members.is_empty() {
        return Ok(());
    }
    writeln!(out, "{} {name}\n", "#".repeat(depth))?;
    for member in members {
        writeln!(out, "* {}", escaped(member))?;
    }
    writeln!(out)
}

/// A text of the head between quotes.
fn quoted(text: &str) -> String {
    let line: String =
        text.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).collect();
    format!("\"{}\"", line.replace('\\', "\\\\").replace('"', "\\\""))
}

/// Whether a text looks like such a record: a title, and one of its sections.
#[must_use]
pub fn is_madr(text: &str) -> bool {
    let text = body(text);
    let has = |name: &str| {
        text.lines()
            .any(|line| heading(line).is_some_and(|(_, words)| words.eq_ignore_ascii_case(name)))
    };
    title_of(text).is_some()
        && (has("Context and Problem Statement")
            || has("Decision Outcome")
            || has("Considered Options")
            || (has("Status") && has("Decision")))
}

/// Reads a record, in the forms of MADR 2 to 4.
#[must_use]
pub fn read(text: &str) -> Option<Madr> {
    let text = text.trim_start_matches('\u{feff}');
    let mut record = Madr::default();
    let body = shown(head(text, &mut record));
    record.title = title_of(&body)?;
    let mut place = String::new();
    let mut option: Option<usize> = None;
    for line in body.lines() {
        if let Some((depth, words)) = heading(line) {
            let named = words.to_lowercase();
            let is_own = named == "consequences" || named == "confirmation";
            if depth > 2 && is_within(&place) && !is_own {
                option = Some(option_named(&mut record, &words));
                continue;
            }
            option = None;
            // Above the first section stand the status and the people.
            place = match depth {
                1 => String::new(),
                3 if is_more(&place) && SECTIONS.contains(&named.as_str()) => named,
                _ if is_known(&named) => named,
                // What nothing here asks for is kept beside the rest, under its name.
                _ => {
                    for part in ["\n\n", &words, "\n\n"] {
                        record.more.push_str(part);
                    }
                    MORE.to_owned()
                }
            };
            continue;
        }
        let is_told = SECTIONS.contains(&place.as_str()) && !line.trim().is_empty();
        if !is_told || !told::take(&mut record, &place, line) {
            take(&mut record, &place, option, line.trim());
        }
    }
    record.more = paragraphs(&record.more);
    settle(&mut record);
    Some(record)
}

/// An option is called by the beginning of its title, as people do: `MADR` is `MADR, the records`.
fn settle(record: &mut Madr) {
    let called = |named: &str| {
        let is = |option: &&MadrOption| begins(&option.title, named);
        let exact = record.options.iter().any(|option| option.title == named);
        let mut begun = record.options.iter().filter(is);
        match (begun.next(), begun.next()) {
            (Some(one), None) if !exact && !named.is_empty() => Some(one.title.clone()),
            _ => None,
        }
    };
    let (chosen, recommended) = (called(&record.chosen), called(&record.recommended));
    record.chosen = chosen.unwrap_or_else(|| std::mem::take(&mut record.chosen));
    record.recommended = recommended.unwrap_or_else(|| std::mem::take(&mut record.recommended));
}

/// Whether a title begins with these whole words.
fn begins(title: &str, words: &str) -> bool {
    let rest = title.to_lowercase().strip_prefix(&words.to_lowercase()).map(str::to_owned);
    rest.is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
}

fn option_named(record: &mut Madr, title: &str) -> usize {
    let at = record.options.iter().position(|option| option.title == title);
    let begun = || record.options.iter().position(|option| begins(&option.title, title));
    at.or_else(begun).unwrap_or_else(|| {
        record.options.push(MadrOption { title: title.to_owned(), ..MadrOption::default() });
        record.options.len() - 1
    })
}

fn take(record: &mut Madr, place: &str, option: Option<usize>, line: &str) {
    let member = line.strip_prefix("* ").or_else(|| line.strip_prefix("- "));
    if is_more(place) || place == "links" {
        record.more.push_str(&plain(line));
        record.more.push('\n');
    }
    if line.is_empty() {
        return;
    }
    match place {
        "context and problem statement" | "context" => join(&mut record.context, line),
        "decision drivers" => record.drivers.extend(member.map(plain)),
        "considered options" => {
            if let Some(title) = member {
                option_named(record, &plain(&unlinked(title)));
            }
        }
        "decision outcome" | "decision" => outcome(record, line, member),
        "consequences" | "positive consequences" | "negative consequences" => {
            record.consequences.push(plain(member.unwrap_or(line)));
        }
        "status" if record.status.is_empty() => record.status = plain(member.unwrap_or(line)),
        "confirmation" | "validation" => join(&mut record.confirmation, line),
        "" => status_line(record, member.unwrap_or(line)),
        place if is_within(place) => {
            if let (Some(at), Some(member)) = (option, member) {
                argument(&mut record.options[at], &plain(member));
            }
        }
        _ => {}
    }
}

/// `* Status: accepted` above the first section, as MADR 2 has it.
fn status_line(record: &mut Madr, line: &str) {
    let Some((name, value)) = line.split_once(':') else { return };
    set_head(record, &name.to_lowercase(), value.trim());
}

fn outcome(record: &mut Madr, line: &str, member: Option<&str>) {
    let line = plain(&unlinked(line));
    if let Some(after) = line.strip_prefix("Recommended option:").map(str::trim) {
        after.trim_matches(['"', '“', '”']).clone_into(&mut record.recommended);
        return;
    }
    let after = line.strip_prefix("Chosen option:").map(str::trim);
    let Some(after) = after else {
        match member {
            Some(member) if !record.because.is_empty() => {
                join(&mut record.because, &format!("; {}", plain(member)));
            }
            Some(member) => join(&mut record.because, member),
            None => join(&mut record.because, &line),
        }
        return;
    };
    let (chosen, because) = match after.strip_prefix(['"', '“']) {
        Some(rest) => rest.split_once(['"', '”']).unwrap_or((rest, "")),
        None => after.split_once(", because").unwrap_or((after, "")),
    };
    chosen.trim().clone_into(&mut record.chosen);
    let because = because.trim_start_matches([',', ' ']).trim_start_matches("because").trim();
    join(&mut record.because, because);
}

fn argument(option: &mut MadrOption, line: &str) {
    let lower = line.to_lowercase();
    let words = line.split_once("because").map_or(line, |(_, words)| words).trim();
    if lower.starts_with("good") {
        option.good.push(words.to_owned());
    } else if lower.starts_with("bad") {
        option.bad.push(words.to_owned());
    } else if lower.starts_with("neutral") {
        option.neutral.push(words.to_owned());
    }
}

fn join(text: &mut String, line: &str) {
    let line = plain(line);
    if line.is_empty() {
        return;
    }
    if !text.is_empty() && !line.starts_with(';') {
        text.push(' ');
    }
    text.push_str(&line);
}

fn title_of(text: &str) -> Option<String> {
    let found = text.lines().find_map(|line| heading(line).filter(|(depth, _)| *depth == 1))?;
    Some(found.1).filter(|title| !title.is_empty())
}

fn heading(line: &str) -> Option<(usize, String)> {
    let depth = line.bytes().take_while(|byte| *byte == b'#').count();
    let words = line.get(depth..)?.strip_prefix(' ')?;
    (1..=6).contains(&depth).then(|| (depth, plain(&unlinked(words.trim()))))
}

/// The text without the escapes of Markdown.
fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut letters = text.trim().chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '\\' if letters.peek().is_some_and(char::is_ascii_punctuation) => {
                out.extend(letters.next());
            }
            letter => out.push(letter),
        }
    }
    out
}

mod head;
mod place;
mod told;

#[cfg(test)]
mod tests;
