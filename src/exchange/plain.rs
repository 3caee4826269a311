//! A page as plain words, for ears and for mail: no marks of any language, a line a thought.

use std::io::{self, Write};

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use crate::domain::shown::Shown;

/// Writes Markdown of ours without its marks.
///
/// # Errors
/// When `out` does not take it.
pub fn write(markdown: &str, out: &mut dyn Write) -> io::Result<()> {
    let mut line = String::new();
    let (mut depth, mut cells) = (0_usize, 0_usize);
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH;
    for event in Parser::new_ext(markdown, options) {
        match event {
            Event::Start(Tag::List(_)) => {
                depth += 1;
                flush(&mut line, out)?;
            }
            Event::End(TagEnd::List(_)) => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    writeln!(out)?;
                }
            }
            Event::Start(Tag::Item) => {
                line.push_str(&"  ".repeat(depth.saturating_sub(1)));
                line.push_str("- ");
            }
            Event::Start(Tag::TableHead | Tag::TableRow) => cells = 0,
            Event::Start(Tag::TableCell) => {
                if cells > 0 {
                    line.push_str(" · ");
                }
                cells += 1;
            }
            Event::End(TagEnd::Heading(_) | TagEnd::Paragraph | TagEnd::Table) => {
                flush(&mut line, out)?;
                writeln!(out)?;
            }
            Event::End(TagEnd::Item | TagEnd::TableHead | TagEnd::TableRow) => {
                flush(&mut line, out)?;
            }
            Event::Text(text) | Event::Code(text) | Event::Html(text) | Event::InlineHtml(text) => {
                line.push_str(&text);
            }
            Event::SoftBreak | Event::HardBreak => line.push(' '),
            Event::Rule => flush(&mut line, out)?,
            _ => {}
        }
    }
    flush(&mut line, out)
}

fn flush(line: &mut String, out: &mut dyn Write) -> io::Result<()> {
    if !line.trim().is_empty() {
        writeln!(out, "{}", Shown::line(line.trim_end()).as_str())?;
    }
    line.clear();
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(markdown: &str) -> String {
        let mut out = Vec::new();
        write(markdown, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn words_stay_and_marks_go() {
        let told = plain(
            "# Title\n\nOne **two** \\*three\\*.\n\n- a\n  - b\n- c\n\n| h | i |\n|---|---|\n| 1 | 2 |\n",
        );
        assert_eq!(told, "Title\n\nOne two *three*.\n\n- a\n  - b\n- c\n\nh · i\n1 · 2\n\n");
    }

    #[test]
    fn controls_are_chips() {
        assert_eq!(plain("a\u{1b}[2Jb"), "a␛[2Jb\n\n");
    }
}
