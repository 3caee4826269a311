//! A page as it is written: elements that are opened and closed in order, one head, one main part.

use super::prose;
use super::tag::{Attribute, Tag};
use super::{STYLE, escaped, policy};

/// Elements inside each other beyond this are left out, their text stays.
const DEEPEST: usize = 64;

/// What stands above and below the main part.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Head {
    pub title: String,
    /// A line under the title: for whom, of which day.
    pub about: String,
    /// A line at the foot.
    pub foot: String,
}

/// A page that is being written.
#[derive(Debug)]
pub struct Page {
    out: String,
    /// What is open, and whether it was written.
    open: Vec<Option<Tag>>,
    foot: String,
}

impl Page {
    /// Begins a page; what follows is its main part.
    #[must_use]
    pub fn begin(head: &Head) -> Self {
        let mut out = String::with_capacity(STYLE.len() + 4_096);
        let (title, policy) = (escaped(&one_line(&head.title)), policy());
        out.push_str("<!DOCTYPE html>\n<html lang=\"en-GB\">\n<head>\n<meta charset=\"utf-8\">\n");
        out.push_str("<meta http-equiv=\"Content-Security-Policy\" content=\"");
        out.push_str(&policy);
        out.push_str(
            "\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n",
        );
        out.push_str("<meta name=\"referrer\" content=\"no-referrer\">\n");
        out.push_str("<meta name=\"color-scheme\" content=\"light dark\">\n<title>");
        out.push_str(&title);
        out.push_str("</title>\n<style>");
        out.push_str(STYLE);
        out.push_str("</style>\n</head>\n<body>\n");
        let mut page = Self { out, open: Vec::new(), foot: head.foot.clone() };
        page.open(Tag::Header, &[]);
        page.element(Tag::H1, &[], &head.title);
        if !head.about.trim().is_empty() {
            page.element(Tag::P, &[Attribute::Class("quiet")], &head.about);
        }
        page.close();
        page.open(Tag::Main, &[]);
        page
    }

    /// Opens an element.
    pub fn open(&mut self, tag: Tag, attributes: &[Attribute]) {
        if tag.is_void() {
            self.start(tag, attributes);
            return;
        }
        let written = self.open.len() < DEEPEST;
        if written {
            self.start(tag, attributes);
        }
        self.open.push(written.then_some(tag));
    }

    /// Closes what was opened last.
    pub fn close(&mut self) {
        if let Some(Some(tag)) = self.open.pop() {
            self.out.push_str("</");
            self.out.push_str(tag.name());
            self.out.push('>');
            if ends_a_line(tag) {
                self.out.push('\n');
            }
        }
    }

    /// Somebody's text, where the page stands.
    pub fn text(&mut self, text: &str) {
        self.out.push_str(&escaped(text));
    }

    /// A line break in the source, which shows where text stands as it was typed.
    pub(super) fn line_break(&mut self) {
        self.out.push('\n');
    }

    /// An element with nothing in it but text.
    pub fn element(&mut self, tag: Tag, attributes: &[Attribute], text: &str) {
        self.open(tag, attributes);
        if !tag.is_void() {
            self.text(text);
            self.close();
        }
    }

    /// A table with a caption and a head; the first cell of a row names the row.
    pub fn table(&mut self, caption: &str, columns: &[&str], rows: &[Vec<String>]) {
        let label = if caption.is_empty() { "Table" } else { caption };
        self.open(Tag::Div, &[Attribute::Wide(label.to_owned())]);
        self.open(Tag::Table, &[]);
        if !caption.is_empty() {
            self.element(Tag::Caption, &[], caption);
        }
        self.open(Tag::Thead, &[]);
        self.open(Tag::Tr, &[]);
        for column in columns {
            self.element(Tag::Th, &[Attribute::Scope("col")], column);
        }
        self.close();
        self.close();
        self.open(Tag::Tbody, &[]);
        for row in rows {
            self.open(Tag::Tr, &[]);
            for (place, cell) in row.iter().enumerate() {
                if place == 0 {
                    self.element(Tag::Th, &[Attribute::Scope("row")], cell);
                } else {
                    self.element(Tag::Td, &[], cell);
                }
            }
            self.close();
        }
        for _ in 0..3 {
            self.close();
        }
    }

    /// Markdown of ours or of the user, its headings below this level.
    pub fn markdown(&mut self, text: &str, below: usize) {
        prose::write(self, text, below);
    }

    /// The page, with everything closed.
    #[must_use]
    pub fn finish(mut self) -> String {
        while !self.open.is_empty() {
            self.close();
        }
        if !self.foot.trim().is_empty() {
            let foot = std::mem::take(&mut self.foot);
            self.element(Tag::Footer, &[], &foot);
        }
        self.out.push_str("</body>\n</html>\n");
        self.out
    }

    fn start(&mut self, tag: Tag, attributes: &[Attribute]) {
        self.out.push('<');
        self.out.push_str(tag.name());
        for attribute in attributes {
            attribute.write(&mut self.out);
        }
        self.out.push('>');
        if matches!(tag, Tag::Br | Tag::Hr) {
            self.out.push('\n');
        }
    }
}

/// Whether the source of the page goes on in a new line after its end.
fn ends_a_line(tag: Tag) -> bool {
    !matches!(tag, Tag::Span | Tag::Code | Tag::Em | Tag::Strong | Tag::Del | Tag::A)
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<&str>>().join(" ")
}

#[cfg(test)]
mod tests;
