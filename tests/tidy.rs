//! The house rules, read from the sources: who may import whom, where SQL, the screen and the keys may
//! be named, and how long and how well opened a file is. A failure says which line breaks which rule.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Most lines of a file.
const LONGEST: usize = 400;

/// A layer and the layers that it may import, beside itself. `tui` and `main` stand on top.
const LAYERS: [(&str, &[&str]); 9] = [
    ("domain", &[]),
    ("exchange", &["domain"]),
    ("store", &["domain"]),
    ("config", &["domain", "store"]),
    ("ops", &["domain", "store", "exchange"]),
    ("app", &["domain", "store", "ops"]),
    ("ui", &["domain", "store", "ops", "app"]),
    ("tui", &["domain", "store", "config", "ops", "app", "ui"]),
    ("cli", &["domain", "store", "exchange", "config", "ops", "tui"]),
];

/// A word that may stand only in these places.
const WORDS: [(&str, &[&str], &str); 11] = [
    ("rusqlite", &["store"], "SQLite is spoken to in store/ alone"),
    ("SELECT ", &["store"], "SQL stands in store/ alone"),
    ("INSERT INTO ", &["store"], "SQL stands in store/ alone"),
    ("DELETE FROM ", &["store"], "SQL stands in store/ alone"),
    ("PRAGMA ", &["store"], "SQL stands in store/ alone"),
    ("ratatui", &["ui", "tui"], "what draws stands in ui/ and tui.rs alone"),
    ("crossterm", &["tui", "app/keys.rs"], "the terminal is spoken to in tui.rs alone"),
    ("KeyCode", &["tui", "app/keys.rs"], "key codes are named in app/keys.rs alone"),
    (".unwrap()", &[], "a value that may be missing is handled, or expected with a reason"),
    ("todo!(", &[], "what is not done is not called"),
    ("dbg!(", &[], "nothing is printed past the output"),
];

/// File names that say nothing, and so attract everything.
const VAGUE: [&str; 12] = [
    "util",
    "utils",
    "helper",
    "helpers",
    "misc",
    "common",
    "manager",
    "handler",
    "types",
    "functions",
    "stuff",
    "shared",
];

/// A source file below `src`.
struct Source {
    /// Path below `src`.
    name: String,
    text: String,
    /// The text without comments and tests, line for line.
    code: Vec<String>,
}

impl Source {
    fn read(path: &Path) -> Self {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
        let name = path.strip_prefix(&root).unwrap_or(path).to_string_lossy().into_owned();
        let text = fs::read_to_string(path).unwrap();
        let code = code_of(&text);
        Self { name, text, code }
    }

    /// `store` of `store/open.rs`, `tui` of `tui.rs`.
    fn layer(&self) -> &str {
        self.name.split(['/', '.']).next().unwrap_or_default()
    }

    fn is_test(&self) -> bool {
        self.name.ends_with("/tests.rs") || self.name.contains("/tests/")
    }

    fn is_in(&self, places: &[&str]) -> bool {
        places.iter().any(|place| self.layer() == *place || self.name == *place)
    }

    /// How many `super::` lead from here to the root of the crate.
    fn depth(&self) -> usize {
        let path = self.name.trim_end_matches(".rs").trim_end_matches("/mod");
        path.split('/').count()
    }
}

/// Everything up to the tests, with comments blanked. A word in a string stays: SQL is one.
fn code_of(text: &str) -> Vec<String> {
    let lines: Vec<&str> = text.lines().collect();
    let end = lines
        .windows(2)
        .position(|pair| {
            let module = pair[1].trim_start();
            let begins = ["mod ", "pub(super) mod ", "pub mod "];
            pair[0].trim() == "#[cfg(test)]" && begins.iter().any(|word| module.starts_with(word))
        })
        .unwrap_or(lines.len());
    lines[..end]
        .iter()
        .map(
            |line| {
                if line.trim_start().starts_with("//") { String::new() } else { (*line).to_owned() }
            },
        )
        .collect()
}

fn below(directory: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut next = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join(directory)];
    while let Some(at) = next.pop() {
        for entry in fs::read_dir(&at).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                next.push(path);
            } else if path.extension().is_some_and(|end| end == "rs") {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

fn sources() -> Vec<Source> {
    let found: Vec<Source> = below("src").iter().map(|path| Source::read(path)).collect();
    assert!(found.len() > 50, "only {} sources were found", found.len());
    found.into_iter().filter(|source| !source.is_test()).collect()
}

fn none(broken: &[String]) {
    assert!(broken.is_empty(), "\n{}\n", broken.join("\n"));
}

/// The layers that a line of a file names.
fn imports<'a>(source: &Source, line: &'a str) -> Vec<&'a str> {
    let mut found = Vec::new();
    let root = "super::".repeat(source.depth());
    for way in ["crate::", "prewire::", root.as_str()] {
        for (at, _) in line.match_indices(way) {
            let rest = &line[at + way.len()..];
            let end = rest.find(|letter: char| !letter.is_alphanumeric() && letter != '_');
            found.push(&rest[..end.unwrap_or(rest.len())]);
        }
    }
    found
}

#[test]
fn imports_point_one_way() {
    let mut broken = Vec::new();
    for source in sources() {
        let Some((layer, allowed)) = LAYERS.iter().find(|(layer, _)| *layer == source.layer())
        else {
            assert!(
                ["main", "lib"].contains(&source.layer()),
                "src/{} is in no layer of tests/tidy.rs",
                source.name
            );
            continue;
        };
        for (number, line) in source.code.iter().enumerate() {
            let place = format!("src/{}:{}", source.name, number + 1);
            if line.contains("crate::{") {
                broken.push(format!("{place}: name each layer in a `use` of its own"));
            }
            for other in imports(&source, line) {
                let known = LAYERS.iter().any(|(name, _)| *name == other);
                if known && other != *layer && !allowed.contains(&other) {
                    let may = allowed.join(", ");
                    broken.push(format!("{place}: {layer} imports {other}; it may import {may}"));
                }
            }
        }
    }
    none(&broken);
}

#[test]
fn words_stand_where_they_belong() {
    let mut broken = Vec::new();
    for source in sources() {
        for (number, line) in source.code.iter().enumerate() {
            for (word, places, why) in WORDS {
                if line.contains(word) && !source.is_in(places) {
                    let word = word.trim();
                    broken.push(format!("src/{}:{}: `{word}`: {why}", source.name, number + 1));
                }
            }
        }
    }
    none(&broken);
}

#[test]
fn every_file_opens_with_what_it_is() {
    let mut broken = Vec::new();
    for path in below("src").iter().chain(&below("tests")) {
        let source = Source::read(path);
        let first = source.text.lines().next().unwrap_or_default();
        let sentence = first.strip_prefix("//! ").unwrap_or_default();
        if sentence.split_whitespace().count() < 2 {
            broken.push(format!("{}: the first line is no `//!` sentence", source.name));
        }
    }
    none(&broken);
}

#[test]
fn no_file_is_long() {
    let mut broken = Vec::new();
    for path in below("src").iter().chain(&below("tests")) {
        let source = Source::read(path);
        let lines = source.text.lines().count();
        if lines > LONGEST {
            broken.push(format!("{}: {lines} lines, at most {LONGEST}", source.name));
        }
    }
    none(&broken);
}

#[test]
fn no_file_has_a_name_that_says_nothing() {
    let broken: Vec<String> = below("src")
        .iter()
        .filter(|path| {
            let stem = path.file_stem().unwrap_or_default().to_string_lossy();
            VAGUE.contains(&stem.as_ref())
        })
        .map(|path| format!("{}: name it after one noun or one verb", path.display()))
        .collect();
    none(&broken);
}

/// The function of ours that a line of `assets/near.ld` names: of `.text._ZN7prewire3app4deep4name17h*`
/// it is `name`. Of a closure, the one that it stands in.
fn named(line: &str) -> Option<&str> {
    let mut rest = line.trim().split_once("_ZN7prewire").map(|(_, rest)| rest)?;
    let mut found = None;
    while !rest.starts_with("17h") {
        let digits = rest.find(|letter: char| !letter.is_ascii_digit())?;
        let (length, after) = rest.split_at(digits);
        let (part, next) = after.split_at_checked(length.parse().ok()?)?;
        if !part.contains('$') {
            found = Some(part);
        }
        rest = next;
    }
    found
}

#[test]
fn what_lies_side_by_side_in_the_program_is_still_there() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/near.ld");
    let near = fs::read_to_string(path).unwrap();
    let text: String = below("src").iter().map(|path| Source::read(path).text).collect();
    let is_of_name = |letter: char| letter.is_alphanumeric() || letter == '_';
    let functions: HashSet<&str> = text
        .split("fn ")
        .filter_map(|rest| rest.split(|letter| !is_of_name(letter)).next())
        .collect();
    let names: Vec<&str> = near.lines().filter_map(named).collect();
    let there = names.iter().filter(|name| functions.contains(*name)).count();
    assert!(names.len() > 1_000, "only {} functions of ours are named", names.len());
    assert!(there * 10 >= names.len() * 9, "{there} of {}: renew it by .ci/near", names.len());
}

#[test]
fn the_rules_see_what_they_are_to_see() {
    let text = "//! A file.\nuse crate::ui::x;\n// use crate::app::y;\nlet q = \"SELECT 1\";\n\
                #[cfg(test)]\nmod tests { use crate::tui; }\n";
    let name = "domain/deep/file.rs".to_owned();
    let source = Source { name, text: text.to_owned(), code: code_of(text) };
    let found: Vec<&str> = source.code.iter().flat_map(|line| imports(&source, line)).collect();
    assert_eq!(found, ["ui"]);
    assert_eq!(source.depth(), 3);
    assert_eq!(imports(&source, "use super::super::super::ops::Op;"), ["ops"]);
    assert!(source.code[3].contains("SELECT "));
    assert!(!source.is_in(&["store"]) && source.is_in(&["domain"]));
}
