//! Markdown on a page. Each event of the reader becomes one of the elements that there are, or
//! text: raw HTML is text, a link leads only where it may, an image is its description.

use pulldown_cmark::{Event, Options, Parser, Tag as Mark};

use super::page::Page;
use super::tag::{Attribute, Link, Tag};

/// Writes the text, its headings below this level and without a gap between them, as readers of
/// pages go by their levels.
pub(super) fn write(page: &mut Page, text: &str, below: usize) {
    go_on(page, text, below, &mut Vec::new());
}

/// The same behind other text, whose headings it stands under.
pub fn go_on(page: &mut Page, text: &str, below: usize, outline: &mut Vec<usize>) {
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH;
    // How many elements each mark has opened.
    let mut opened: Vec<usize> = Vec::new();
    let mut in_head = Cells::Body;
    for event in Parser::new_ext(text, options) {
        match event {
            Event::Start(mark) => {
                if let Mark::Heading { level, .. } = &mark {
                    let level = *level as usize;
                    outline.retain(|above| *above < level);
                    outline.push(level);
                }
                let elements = elements(&mark, below + outline.len(), in_head);
                match mark {
                    Mark::TableHead => in_head = Cells::Head,
                    Mark::TableRow => in_head = Cells::Body,
                    _ => {}
                }
                opened.push(elements.len());
                for (tag, attributes) in elements {
                    page.open(tag, &attributes);
                }
            }
            Event::End(end) => {
                for _ in 0..opened.pop().unwrap_or(0) {
                    page.close();
                }
                if end == pulldown_cmark::TagEnd::TableHead {
                    // The rows of a table come after its head, without a mark of their own.
                    page.open(Tag::Tbody, &[]);
                    if let Some(table) = opened.last_mut() {
                        *table += 1;
                    }
                    in_head = Cells::Body;
                }
            }
            Event::Code(code) => page.element(Tag::Code, &[], &code),
            Event::SoftBreak => page.line_break(),
            Event::HardBreak => page.open(Tag::Br, &[]),
            Event::Rule => page.open(Tag::Hr, &[]),
            Event::Text(text)
            | Event::Html(text)
            | Event::InlineHtml(text)
            | Event::InlineMath(text)
            | Event::DisplayMath(text)
            | Event::FootnoteReference(text) => said(page, &text),
            Event::TaskListMarker(_) => {}
        }
    }
}

/// Where the cells of a table stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Cells {
    Head,
    Body,
}

/// Text with the line break at its end, which `lines` would drop.
fn said(page: &mut Page, text: &str) {
    page.text(text);
    if text.ends_with('\n') {
        page.line_break();
    }
}

/// The elements that a mark opens, the outermost first.
fn elements(mark: &Mark<'_>, level: usize, cells: Cells) -> Vec<(Tag, Vec<Attribute>)> {
    let one = |tag: Tag| vec![(tag, Vec::new())];
    match mark {
        Mark::Paragraph | Mark::HtmlBlock => one(Tag::P),
        Mark::Heading { .. } => one(Tag::heading(level)),
        Mark::BlockQuote(_) => one(Tag::Blockquote),
        Mark::CodeBlock(_) => [one(Tag::Pre), one(Tag::Code)].concat(),
        Mark::List(None) => one(Tag::Ul),
        Mark::List(Some(1)) => one(Tag::Ol),
        Mark::List(Some(first)) => vec![(Tag::Ol, vec![Attribute::Start(*first)])],
        Mark::Item => one(Tag::Li),
        Mark::Table(_) => {
            [vec![(Tag::Div, vec![Attribute::Wide("Table".to_owned())])], one(Tag::Table)].concat()
        }
        Mark::TableHead => [one(Tag::Thead), one(Tag::Tr)].concat(),
        Mark::TableRow => one(Tag::Tr),
        Mark::TableCell => match cells {
            Cells::Head => vec![(Tag::Th, vec![Attribute::Scope("col")])],
            Cells::Body => one(Tag::Td),
        },
        Mark::Emphasis => one(Tag::Em),
        Mark::Strong => one(Tag::Strong),
        Mark::Strikethrough => one(Tag::Del),
        Mark::Link { dest_url, .. } => Link::allowed(dest_url)
            .map_or_else(Vec::new, |link| vec![(Tag::A, vec![Attribute::Href(link)])]),
        Mark::Image { .. }
        | Mark::FootnoteDefinition(_)
        | Mark::DefinitionList
        | Mark::DefinitionListTitle
        | Mark::DefinitionListDefinition
        | Mark::Superscript
        | Mark::Subscript
        | Mark::MetadataBlock(_) => Vec::new(),
    }
}
