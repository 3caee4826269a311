//! The head of a record between `---`, in as much of YAML as such heads have, and the body without
//! what only its author sees.

use chrono::{Datelike, NaiveDate};

use super::{MOST_EXTRA, Madr};
use crate::domain::day::YEARS;

/// The text between the head and its body, apart.
fn parted(text: &str) -> (&str, &str) {
    let rest = text.strip_prefix("---\n").or_else(|| text.strip_prefix("---\r\n"));
    rest.and_then(|rest| rest.split_once("\n---")).unwrap_or(("", text))
}

/// The body below a head.
pub(super) fn body(text: &str) -> &str {
    parted(text.trim_start_matches('\u{feff}')).1
}

/// Takes the values of the head, and returns the body below it. A comment is nobody's value; a list
/// may stand in lines of its own.
pub(super) fn head<'a>(text: &'a str, record: &mut Madr) -> &'a str {
    let (head, body) = parted(text);
    let mut all: Vec<(String, String)> = Vec::new();
    for line in head.lines().filter(|line| !line.trim_start().starts_with('#')) {
        let member = line.trim().strip_prefix("- ").or_else(|| line.trim().strip_prefix("* "));
        match (member, line.split_once(':'), all.last_mut()) {
            (Some(member), _, Some((_, value))) => {
                if !value.is_empty() {
                    value.push_str(", ");
                }
                value.push_str(member.trim());
            }
            (None, Some((name, value)), _) => {
                all.push((name.trim().to_lowercase(), value.trim().to_owned()));
            }
            (Some(_) | None, _, _) => {}
        }
    }
    for (name, value) in &all {
        set_head(record, name, value);
    }
    body
}

pub(super) fn set_head(record: &mut Madr, name: &str, value: &str) {
    match name {
        "status" => record.status = unquoted(value),
        "date" => {
            let known = |day: &NaiveDate| YEARS.contains(&day.year());
            let said = unquoted(value);
            record.date = said.parse().ok().filter(known);
            record.no_date = if record.date.is_none() { said } else { String::new() };
        }
        "decision-makers" | "deciders" => record.deciders = people(value),
        "consulted" => record.consulted = people(value),
        "informed" => record.informed = people(value),
        "contributors" => record.contributors = people(value),
        name => {
            let value = unquoted(value);
            if !value.is_empty() && record.extra.len() < MOST_EXTRA {
                record.extra.push((name.to_owned(), value));
            }
        }
    }
}

/// Names between commas; one between quotes may hold a comma.
fn people(value: &str) -> Vec<String> {
    let inner = value.trim().trim_start_matches('[').trim_end_matches(']');
    let (mut names, mut name, mut quote) = (Vec::new(), String::new(), None);
    for letter in inner.chars() {
        match (letter, quote) {
            ('"' | '\'', None) if name.trim().is_empty() => {
                quote = Some(letter);
                name.push(letter);
            }
            (letter, Some(open)) if letter == open => {
                quote = None;
                name.push(letter);
            }
            (',', None) => names.push(std::mem::take(&mut name)),
            (letter, _) => name.push(letter),
        }
    }
    names.push(name);
    let names = names.iter().map(|name| unquoted(name));
    names.filter(|name| !name.is_empty() && !name.starts_with('{')).collect()
}

fn unquoted(value: &str) -> String {
    value
        .trim()
        .trim_matches(['"', '\''])
        .replace("\\\"", "\"")
        .replace("\\\\", "\\")
        .trim()
        .to_owned()
}

/// A body as it is read: without comments, and links as their words.
pub(super) fn shown(body: &str) -> String {
    let mut out = String::with_capacity(body.len());
    let mut rest = body;
    while let Some((before, after)) = rest.split_once("<!--") {
        out.push_str(before);
        rest = after.split_once("-->").map_or("", |(_, after)| after);
    }
    out.push_str(rest);
    out
}

/// `[MADR](https://…) 4.0` as `MADR 4.0`; an escaped bracket is a bracket.
pub(super) fn unlinked(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('[') {
        let link = after
            .split_once("](")
            .filter(|(words, _)| !before.ends_with('\\') && !words.contains(['[', ']']))
            .and_then(|(words, target)| Some((words, target.split_once(')')?.1)));
        out.push_str(before);
        if let Some((words, after)) = link {
            out.push_str(words);
            rest = after;
        } else {
            out.push('[');
            rest = after;
        }
    }
    out.push_str(rest);
    out
}
