//! What a page may hold, asserted by a reader of its own that knows nothing of the writer.

use proptest::prelude::*;

use super::*;
use crate::exchange::picture::{Anchor, Ink, Picture, Shape};

/// Elements and attributes of a page; anything else fails.
const ELEMENTS: &[&str] = &[
    "html",
    "head",
    "meta",
    "title",
    "style",
    "body",
    "header",
    "main",
    "nav",
    "section",
    "footer",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "p",
    "div",
    "span",
    "blockquote",
    "pre",
    "code",
    "em",
    "strong",
    "del",
    "a",
    "ul",
    "ol",
    "li",
    "dl",
    "dt",
    "dd",
    "table",
    "caption",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
    "figure",
    "figcaption",
    "br",
    "hr",
    "svg",
    "line",
    "polyline",
    "polygon",
    "circle",
    "rect",
    "text",
];
const ATTRIBUTES: &[&str] = &[
    "lang",
    "charset",
    "http-equiv",
    "content",
    "name",
    "class",
    "id",
    "href",
    "rel",
    "scope",
    "start",
    "aria-label",
    "role",
    "tabindex",
    "viewBox",
    "x",
    "y",
    "x1",
    "y1",
    "x2",
    "y2",
    "cx",
    "cy",
    "r",
    "width",
    "height",
    "points",
    "text-anchor",
];
const ENTITIES: &[&str] = &["amp;", "lt;", "gt;", "quot;", "#39;"];

/// Reads every element of a page and fails on what is not allowed, not closed or not escaped.
fn elements(page: &str) -> Vec<String> {
    let mut rest = page.strip_prefix("<!DOCTYPE html>\n").expect("a doctype");
    let mut open: Vec<String> = Vec::new();
    let mut found = Vec::new();
    while let Some(at) = rest.find('<') {
        check_text(&rest[..at], &open);
        rest = &rest[at + 1..];
        if let Some(after) = rest.strip_prefix('/') {
            let (name, after) = after.split_once('>').expect("an end");
            assert_eq!(open.pop().as_deref(), Some(name), "closed in order");
            rest = after;
            continue;
        }
        let name: String = rest.chars().take_while(char::is_ascii_alphanumeric).collect();
        assert!(ELEMENTS.contains(&name.as_str()), "<{name}> is not allowed");
        rest = check_attributes(&rest[name.len()..]);
        if !matches!(name.as_str(), "meta" | "br" | "hr") {
            open.push(name.clone());
        }
        found.push(name);
    }
    check_text(rest, &open);
    assert!(open.is_empty(), "{open:?} stay open");
    found
}

fn check_text(text: &str, open: &[String]) {
    if open.last().is_some_and(|name| name == "style") {
        return;
    }
    for (at, _) in text.match_indices('&') {
        assert!(ENTITIES.iter().any(|entity| text[at + 1..].starts_with(entity)), "{text}");
    }
    let harmless = |letter: char| !letter.is_control() || letter == '\n';
    assert!(!text.contains('>') && text.chars().all(harmless), "{text:?}");
}

fn check_attributes(mut rest: &str) -> &str {
    while let Some(after) = rest.strip_prefix(' ') {
        let (name, after) = after.split_once("=\"").expect("a value in quotes");
        assert!(ATTRIBUTES.contains(&name), "{name} is not allowed");
        let (value, after) = after.split_once('"').expect("the end of a value");
        assert!(!value.contains('<') && !value.contains('>'), "{value}");
        if name == "href" {
            let lower = value.to_lowercase();
            let known = ["http:", "https:", "mailto:", "#"];
            assert!(known.iter().any(|scheme| lower.starts_with(scheme)), "{value}");
        }
        rest = after;
    }
    rest.strip_prefix('>').expect("the end of a tag")
}

fn page(markdown: &str) -> String {
    let head =
        Head { title: markdown.to_owned(), about: markdown.to_owned(), foot: markdown.to_owned() };
    let mut page = Page::begin(&head);
    page.markdown(markdown, 1);
    page.table(markdown, &["a", markdown], &[vec![markdown.to_owned(), String::new()]]);
    page.open(
        Tag::Section,
        &[Attribute::Label(markdown.to_owned()), Attribute::Id(markdown.to_owned())],
    );
    page.element(Tag::A, &[Attribute::To(markdown.to_owned())], markdown);
    page.close();
    page.picture(&drawn(markdown), markdown);
    page.finish()
}

/// A picture with one of each shape, called this.
fn drawn(words: &str) -> Picture {
    let about = || words.to_owned();
    let (at, ink) = ((1.0, 2.0), Ink::Line);
    let shapes = vec![
        Shape::Line { from: at, to: at, ink, about: about() },
        Shape::Path { through: vec![at, at], ink },
        Shape::Dot { at, radius: 2.0, ink },
        Shape::Bar { at, size: at, ink },
        Shape::Mark { at, ink, about: about() },
        Shape::Text { at, anchor: Anchor::End, words: about(), ink },
    ];
    Picture { title: about(), about: about(), size: (10.0, 20.0), shapes }
}

/// The main part of a page that holds this Markdown.
fn body(markdown: &str) -> String {
    let mut page = Page::begin(&Head { title: "t".to_owned(), ..Head::default() });
    page.markdown(markdown, 1);
    let page = page.finish();
    elements(&page);
    let (_, main) = page.split_once("<main>").unwrap();
    main.split_once("</main>").unwrap().0.to_owned()
}

#[test]
fn a_page_has_a_language_a_policy_and_landmarks() {
    let page = page("Segment memo");
    assert!(page.contains("<html lang=\"en-GB\">"));
    assert!(page.contains("default-src 'none'; style-src 'sha256-"));
    let found = elements(&page);
    for name in ["header", "main", "footer", "h1"] {
        assert_eq!(found.iter().filter(|one| *one == name).count(), 1, "{name}");
    }
    assert_eq!(found.iter().filter(|one| *one == "style").count(), 1);
}

#[test]
fn the_policy_names_the_style_that_is_there() {
    use sha2::{Digest, Sha256};
    let page = page("x");
    let style = page.split_once("<style>").unwrap().1.split_once("</style>").unwrap().0;
    let hash = crate::exchange::html_page::base64(&Sha256::digest(style.as_bytes()));
    assert!(page.contains(&format!("style-src 'sha256-{hash}'")));
}

#[test]
fn headings_leave_no_level_out() {
    let levels = |markdown: &str| -> Vec<String> {
        let page = body(markdown);
        page.match_indices("<h").map(|(at, _)| page[at + 1..at + 3].to_owned()).collect()
    };
    assert_eq!(levels("## a\n\n#### b\n\n## c\n\n# d\n\n### e\n"), ["h2", "h3", "h2", "h2", "h3"]);
}

#[test]
fn markdown_becomes_elements() {
    assert_eq!(
        body("# One\n\nTwo *three* **four** `five` ~~six~~\n\n- a\n- b\n\n3. c\n"),
        "<h2>One</h2>\n<p>Two <em>three</em> <strong>four</strong> <code>five</code> <del>six</del></p>\n\
         <ul><li>a</li>\n<li>b</li>\n</ul>\n<ol start=\"3\"><li>c</li>\n</ol>\n"
    );
    assert_eq!(
        body("| a | b |\n|---|---|\n| 1 | <b> |\n"),
        "<div class=\"wide\" role=\"region\" tabindex=\"0\" aria-label=\"Table\"><table><thead><tr><th scope=\"col\">a</th>\n<th scope=\"col\">b</th>\n</tr>\n</thead>\n\
         <tbody><tr><td>1</td>\n<td>&lt;b&gt;</td>\n</tr>\n</tbody>\n</table>\n</div>\n"
    );
    assert_eq!(
        body("> said\n\n```\n<x>\n```\n\n---\n"),
        "<blockquote><p>said</p>\n</blockquote>\n<pre><code>&lt;x&gt;\n</code></pre>\n<hr>\n"
    );
    assert_eq!(
        body(
            "[a](https://example.com \"t\") [b](javascript:alert(1)) ![c](https://example.com/c.png)"
        ),
        "<p><a href=\"https://example.com\" rel=\"noreferrer noopener\">a</a> b c</p>\n"
    );
}

#[test]
fn markup_in_a_text_is_text() {
    let said =
        body("<script>alert(1)</script>\n\na <img src=x onerror=alert(1)> b\n\n<style>*{}</style>");
    assert!(said.contains("&lt;script&gt;alert(1)&lt;/script&gt;"));
    assert!(said.contains("a &lt;img src=x onerror=alert(1)&gt; b"));
}

#[test]
fn what_is_nested_without_end_ends() {
    let said = body(&"> ".repeat(5_000));
    assert!(said.len() < 10_000);
    assert!(body(&format!("{}deep", "> ".repeat(500))).contains("deep"));
}

proptest! {
    #[test]
    fn no_text_leaves_the_allowed_elements(text in any::<String>()) {
        elements(&page(&text));
    }

    #[test]
    fn no_markup_leaves_the_allowed_elements(parts in prop::collection::vec(prop::sample::select(vec![
        "<script>", "</main>", "\"", "'", "&", "&#106;", "<a href=", "javascript:", "](", "[x]", "![", "<!--", "-->",
        "]]>", "<?x", "\n", "\n\n", "|", "|---|", "\n> ", "\n- ", "1. ", "`", "```", "# ", "*", "**", "~~", "<b>", "\u{202e}",
        "\u{0}", "\u{1b}", "a", " ", "https://e.example/", "<https://e.example>", "<mailto:a@b.c>", "\\",
    ]), 0..40)) {
        elements(&page(&parts.concat()));
    }
}
