//! A page for people as HTML, over the one writer of pages: sections, facts, lists and tables.

use std::io::{self, Write};

use super::html_page::{Head, Page as Written, Tag, prose};
use super::page::{Block, Page};

/// Writes a page.
///
/// # Errors
/// When `out` does not take it.
pub fn write(page: &Page, out: &mut dyn Write) -> io::Result<()> {
    let (title, about) = (page.title.clone(), page.about.clone());
    let mut written = Written::begin(&Head { title, about, foot: String::new() });
    let mut is_open = false;
    // The levels of the headings of prose, which goes on behind a picture.
    let mut outline = Vec::new();
    for block in &page.blocks {
        if let Block::Heading(2, _) = block {
            if is_open {
                written.close();
            }
            written.open(Tag::Section, &[]);
            is_open = true;
        }
        self::block(block, &mut outline, &mut written);
    }
    out.write_all(written.finish().as_bytes())
}

fn block(block: &Block, outline: &mut Vec<usize>, page: &mut Written) {
    match block {
        Block::Heading(depth, text) => {
            page.element(Tag::heading((*depth).clamp(2, 3)), &[], &one_line(text));
        }
        Block::Paragraph(text) => page.element(Tag::P, &[], &one_line(text)),
        Block::Facts(facts) => {
            page.open(Tag::Dl, &[]);
            for (label, text) in facts {
                page.element(Tag::Dt, &[], &one_line(label));
                page.element(Tag::Dd, &[], &one_line(text));
            }
            page.close();
        }
        Block::List(members) => {
            page.open(Tag::Ul, &[]);
            for member in members {
                page.element(Tag::Li, &[], &one_line(member));
            }
            page.close();
        }
        Block::Table { caption, head, rows } => {
            let head: Vec<&str> = head.iter().map(String::as_str).collect();
            page.table(caption, &head, rows);
        }
        Block::Prose(text) => prose::go_on(page, text, 1, outline),
        Block::Chart(chart) => {
            let told = format!("{} {}", chart.words, chart.legend);
            page.picture(&chart.picture, &one_line(told.trim()));
        }
    }
}

/// Line breaks are spaces, as in the same page in Markdown.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hostile() -> Page {
        let bad = "<script>alert(1)</script>\" onload='x' &lt; <img src=http://x> \u{1b}[2J";
        let mut page = Page::new(bad, bad);
        page.section(bad);
        page.part(bad);
        page.say(bad);
        page.facts([(bad, bad)]);
        page.list(vec![bad.to_owned()]);
        page.table(bad, &[bad, bad], vec![vec![bad.to_owned(), bad.to_owned()]]);
        page
    }

    #[test]
    fn nothing_but_the_elements_of_a_page_comes_out_and_each_is_closed() {
        let mut out = Vec::new();
        write(&hostile(), &mut out).unwrap();
        let text = String::from_utf8(out).unwrap();
        let body = text.split("<body>").nth(1).unwrap();
        let mut open = vec!["body"];
        for piece in body.split('<').skip(1) {
            let tag = piece.split('>').next().unwrap();
            let name = tag.trim_start_matches('/').split(' ').next().unwrap();
            if tag.starts_with('/') {
                if name != "html" {
                    assert_eq!(open.pop(), Some(name));
                }
                continue;
            }
            assert!(Tag::ALL.iter().any(|known| known.name() == name), "{tag}");
            open.push(name);
        }
        assert!(open.is_empty(), "{open:?}");
        assert!(!text.contains('\u{1b}'));
        assert!(text.contains("&lt;script&gt;") && !text.contains("<script"));
        for loads in ["src=\"", "href=\"", "url(", "@import", "onload='"] {
            assert!(!text.contains(loads), "{loads}");
        }
    }
}
