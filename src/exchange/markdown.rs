//! Markdown that says what somebody wrote and never obeys it: every mark of the language is
//! escaped, a cell of a table is one line, and controls are chips.

use std::io::{self, Write};

use crate::domain::shown::Shown;

/// Somebody's text on one line, without any meaning in Markdown or HTML.
#[must_use]
pub fn escaped(text: &str) -> String {
    let line = Shown::line(&one_line(text));
    let mut out = String::with_capacity(line.as_str().len() + 8);
    for (place, letter) in line.as_str().chars().enumerate() {
        let block = place == 0 && matches!(letter, '#' | '+' | '-' | '=' | ':');
        let mark = matches!(
            letter,
            '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '\\' | '~' | '&' | '!' | '$'
        );
        let ends = |at: usize| line.as_str().chars().nth(at).is_none_or(char::is_whitespace);
        let number = matches!(letter, '.' | ')')
            && place > 0
            && ends(place + 1)
            && line.as_str().bytes().take(place).all(|byte| byte.is_ascii_digit());
        if block || mark || number {
            out.push('\\');
        }
        out.push(letter);
    }
    out
}

/// Line breaks and tabs as spaces, white ends dropped.
fn one_line(text: &str) -> String {
    let words: Vec<&str> = text.split(['\n', '\r', '\t']).map(str::trim).collect();
    let words: Vec<&str> = words.into_iter().filter(|word| !word.is_empty()).collect();
    words.join(" ")
}

/// A heading of this depth; the words are somebody's.
///
/// # Errors
/// When `out` does not take it.
pub fn heading(out: &mut dyn Write, depth: usize, text: &str) -> io::Result<()> {
    write!(out, "{} {}\n\n", "#".repeat(depth), escaped(text))
}

/// The head of a table.
///
/// # Errors
/// When `out` does not take it.
pub fn table(out: &mut dyn Write, columns: &[&str]) -> io::Result<()> {
    row(out, &columns.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>())?;
    writeln!(out, "|{}", "---|".repeat(columns.len()))
}

/// One row; the cells are somebody's text.
///
/// # Errors
/// When `out` does not take it.
pub fn row(out: &mut dyn Write, cells: &[String]) -> io::Result<()> {
    let cells: Vec<String> = cells.iter().map(|cell| escaped(cell)).collect();
    writeln!(out, "| {} |", cells.join(" | "))
}

/// One member of a list at this depth, from 0; the words are somebody's.
///
/// # Errors
/// When `out` does not take it.
pub fn member(out: &mut dyn Write, depth: usize, text: &str) -> io::Result<()> {
    writeln!(out, "{}- {}", "  ".repeat(depth), escaped(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_escaped_and_words_are_not() {
        assert_eq!(escaped("a*b_c`d`[e](f)<g>|h\\"), r"a\*b\_c\`d\`\[e\](f)\<g\>\|h\\");
        assert_eq!(escaped("# no heading"), r"\# no heading");
        assert_eq!(escaped("- no item"), r"\- no item");
        assert_eq!(escaped("1. no list"), r"1\. no list");
        assert_eq!(escaped("12) no list"), r"12\) no list");
        assert_eq!(escaped("25.8 % of 128"), "25.8 % of 128");
        assert_eq!(escaped("Win rate, 3.5 - up?"), "Win rate, 3.5 - up?");
        assert_eq!(escaped("&lt;script&gt;"), r"\&lt;script\&gt;");
    }

    #[test]
    fn a_cell_is_one_line_and_holds_no_control() {
        assert_eq!(escaped("one\r\n# two\tthree\x1b[2J"), r"one # two three␛\[2J");
        let mut out = Vec::new();
        row(&mut out, &["a|b".to_owned(), "c\nd".to_owned()]).unwrap();
        assert_eq!(String::from_utf8(out).unwrap(), "| a\\|b | c d |\n");
    }
}
