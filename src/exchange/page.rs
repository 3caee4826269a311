//! A page for people, apart from how it is written: headings, facts, lists and tables. Markdown and
//! HTML are made from the same page, so that they say the same.

use std::io::{self, Write};

use super::picture::Picture;
use super::{html, markdown, plain};

/// How a page is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Form {
    #[default]
    Markdown,
    Html,
    /// Words alone, without any marks.
    Text,
}

impl Form {
    pub const NAMES: [&'static str; 3] = ["md", "html", "txt"];

    /// By the end of a file's name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        match name {
            "md" => Some(Self::Markdown),
            "html" => Some(Self::Html),
            "txt" => Some(Self::Text),
            _ => None,
        }
    }
}

/// A picture, and the words that stand for it where there is none.
#[derive(Debug, Clone, PartialEq)]
pub struct Chart {
    pub picture: Picture,
    pub words: String,
    /// What its lines and marks mean, which only the picture needs.
    pub legend: String,
}

/// A page.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Page {
    pub title: String,
    /// What stands under the title, such as the day.
    pub about: String,
    pub blocks: Vec<Block>,
    /// What there is to say of how it was made, which is no part of it.
    pub said: Option<String>,
}

/// One piece of a page. All texts are somebody's.
#[derive(Debug, Clone, PartialEq)]
pub enum Block {
    /// 2 is a section, 3 an item of it.
    Heading(usize, String),
    Paragraph(String),
    /// Labels and what they say.
    Facts(Vec<(String, String)>),
    List(Vec<String>),
    Table {
        caption: String,
        head: Vec<String>,
        rows: Vec<Vec<String>>,
    },
    /// Markdown that a template made; what is somebody's in it is escaped already.
    Prose(String),
    Chart(Box<Chart>),
}

impl Page {
    #[must_use]
    pub fn new(title: impl Into<String>, about: impl Into<String>) -> Self {
        Self { title: title.into(), about: about.into(), blocks: Vec::new(), said: None }
    }

    pub fn section(&mut self, text: impl Into<String>) {
        self.blocks.push(Block::Heading(2, text.into()));
    }

    pub fn part(&mut self, text: impl Into<String>) {
        self.blocks.push(Block::Heading(3, text.into()));
    }

    pub fn say(&mut self, text: impl Into<String>) {
        self.blocks.push(Block::Paragraph(text.into()));
    }

    /// Facts; those that say nothing are left out.
    pub fn facts<L: Into<String>, T: Into<String>>(
        &mut self,
        facts: impl IntoIterator<Item = (L, T)>,
    ) {
        let all = facts.into_iter().map(|(label, text)| (label.into(), text.into()));
        let said: Vec<(String, String)> = all.filter(|(_, text)| !text.is_empty()).collect();
        if !said.is_empty() {
            self.blocks.push(Block::Facts(said));
        }
    }

    pub fn list(&mut self, members: Vec<String>) {
        if !members.is_empty() {
            self.blocks.push(Block::List(members));
        }
    }

    pub fn table(&mut self, caption: impl Into<String>, head: &[&str], rows: Vec<Vec<String>>) {
        if !rows.is_empty() {
            let head = head.iter().map(|name| (*name).to_owned()).collect();
            self.blocks.push(Block::Table { caption: caption.into(), head, rows });
        }
    }

    /// Writes the page.
    ///
    /// # Errors
    /// When `out` does not take it.
    pub fn write(&self, form: Form, out: &mut dyn Write) -> io::Result<()> {
        match form {
            Form::Markdown => self.markdown(out),
            Form::Html => html::write(self, out),
            Form::Text => {
                let mut text = Vec::new();
                self.markdown(&mut text)?;
                plain::write(&String::from_utf8_lossy(&text), out)
            }
        }
    }

    fn markdown(&self, out: &mut dyn Write) -> io::Result<()> {
        markdown::heading(out, 1, &self.title)?;
        if !self.about.is_empty() {
            writeln!(out, "{}\n", markdown::escaped(&self.about))?;
        }
        for block in &self.blocks {
            match block {
                Block::Heading(depth, text) => markdown::heading(out, *depth, text)?,
                Block::Paragraph(text) => writeln!(out, "{}\n", markdown::escaped(text))?,
                Block::Facts(facts) => {
                    for (label, text) in facts {
                        let (label, text) = (markdown::escaped(label), markdown::escaped(text));
                        writeln!(out, "- **{label}**: {text}")?;
                    }
                    writeln!(out)?;
                }
                Block::List(members) => {
                    for member in members {
                        markdown::member(out, 0, member)?;
                    }
                    writeln!(out)?;
                }
                Block::Table { head, rows, .. } => {
                    let head: Vec<&str> = head.iter().map(String::as_str).collect();
                    markdown::table(out, &head)?;
                    for row in rows {
                        markdown::row(out, row)?;
                    }
                    writeln!(out)?;
                }
                Block::Prose(text) => writeln!(out, "{}\n", text.trim())?,
                // What is told in words elsewhere needs none here.
                Block::Chart(chart) if chart.words.is_empty() => {}
                Block::Chart(chart) => writeln!(out, "{}\n", markdown::escaped(&chart.words))?,
            }
        }
        Ok(())
    }
}
