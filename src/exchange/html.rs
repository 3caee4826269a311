//! One self-contained HTML page: no script, no link to anywhere, nothing loaded. All text is
//! escaped; the tags are a fixed few, which a test holds it to.

use std::io::{self, Write};

use super::page::{Block, Page};
use crate::domain::shown::Shown;

/// What a browser may do with the page: nothing but to draw it.
const POLICY: &str =
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

const STYLE: &str = "\
:root{color-scheme:light dark;--ink:#1c1c1e;--quiet:#55565c;--line:#c9c9ce;--paper:#fff;--band:#f3f3f5}\
@media(prefers-color-scheme:dark){:root{--ink:#ececee;--quiet:#b4b5bb;--line:#4a4b50;--paper:#1a1a1c;--band:#252528}}\
body{margin:0 auto;max-width:46rem;padding:2rem 1.25rem 4rem;background:var(--paper);color:var(--ink);\
font:1rem/1.55 system-ui,sans-serif;overflow-wrap:break-word}\
h1{font-size:1.7rem;line-height:1.25;margin:0}h2{font-size:1.25rem;margin:2.5rem 0 .5rem;\
padding-top:.75rem;border-top:1px solid var(--line)}h3{font-size:1.05rem;margin:1.75rem 0 .25rem}\
header p{margin:.25rem 0 0;color:var(--quiet)}p{margin:.5rem 0}\
dl{display:grid;grid-template-columns:minmax(7rem,max-content) 1fr;gap:.2rem 1rem;margin:.5rem 0}\
dt{color:var(--quiet)}dd{margin:0}ul{margin:.5rem 0;padding-left:1.25rem}\
.wide{overflow-x:auto}table{border-collapse:collapse;width:100%;margin:.5rem 0}\
caption{text-align:left;color:var(--quiet);padding:.25rem 0}\
th,td{text-align:left;vertical-align:top;padding:.3rem .6rem .3rem 0;border-bottom:1px solid var(--line)}\
th{font-weight:600}@media(max-width:34rem){dl{grid-template-columns:1fr}dd{margin:0 0 .4rem}}\
@media print{body{max-width:none;padding:0}h2,h3{break-after:avoid}table,dl{break-inside:avoid}}";

/// Writes a page.
///
/// # Errors
/// When `out` does not take it.
pub fn write(page: &Page, out: &mut dyn Write) -> io::Result<()> {
    let title = escaped(&page.title);
    write!(
        out,
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"{POLICY}\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<header>\n<h1>{title}</h1>\n"
    )?;
    if !page.about.is_empty() {
        writeln!(out, "<p>{}</p>", escaped(&page.about))?;
    }
    writeln!(out, "</header>\n<main>")?;
    let mut open = false;
    for block in &page.blocks {
        if let Block::Heading(2, _) = block {
            if open {
                writeln!(out, "</section>")?;
            }
            writeln!(out, "<section>")?;
            open = true;
        }
        self::block(block, out)?;
    }
    if open {
        writeln!(out, "</section>")?;
    }
    writeln!(out, "</main>\n</body>\n</html>")
}

fn block(block: &Block, out: &mut dyn Write) -> io::Result<()> {
    match block {
        Block::Heading(depth, text) => {
            let depth = (*depth).clamp(2, 3);
            writeln!(out, "<h{depth}>{}</h{depth}>", escaped(text))
        }
        Block::Paragraph(text) => writeln!(out, "<p>{}</p>", escaped(text)),
        Block::Facts(facts) => {
            writeln!(out, "<dl>")?;
            for (label, text) in facts {
                writeln!(out, "<dt>{}</dt><dd>{}</dd>", escaped(label), escaped(text))?;
            }
            writeln!(out, "</dl>")
        }
        Block::List(members) => {
            writeln!(out, "<ul>")?;
            for member in members {
                writeln!(out, "<li>{}</li>", escaped(member))?;
            }
            writeln!(out, "</ul>")
        }
        Block::Table { caption, head, rows } => table(caption, head, rows, out),
    }
}

fn table(
    caption: &str,
    head: &[String],
    rows: &[Vec<String>],
    out: &mut dyn Write,
) -> io::Result<()> {
    let caption = escaped(caption);
    // What scrolls must be reached by the keyboard too.
    writeln!(out, "<div class=\"wide\" role=\"region\" tabindex=\"0\" aria-label=\"{caption}\">")?;
    writeln!(out, "<table>\n<caption>{caption}</caption>\n<thead><tr>")?;
    for name in head {
        write!(out, "<th scope=\"col\">{}</th>", escaped(name))?;
    }
    writeln!(out, "</tr></thead>\n<tbody>")?;
    for row in rows {
        write!(out, "<tr>")?;
        for (at, cell) in row.iter().enumerate() {
            let cell = escaped(cell);
            if at == 0 {
                write!(out, "<th scope=\"row\">{cell}</th>")?;
            } else {
                write!(out, "<td>{cell}</td>")?;
            }
        }
        writeln!(out, "</tr>")?;
    }
    writeln!(out, "</tbody>\n</table>\n</div>")
}

/// Somebody's text without any meaning in HTML; controls are chips, line breaks are spaces.
fn escaped(text: &str) -> String {
    let one_line: String = text
        .chars()
        .map(|letter| if matches!(letter, '\n' | '\r' | '\t') { ' ' } else { letter })
        .collect();
    let shown = Shown::line(&one_line);
    let mut out = String::with_capacity(shown.as_str().len() + 16);
    for letter in shown.as_str().chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            letter => out.push(letter),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The tags and attributes that a page may have.
    const ALLOWED: [&str; 26] = [
        "html", "head", "meta", "title", "style", "body", "header", "main", "section", "h1", "h2",
        "h3", "p", "dl", "dt", "dd", "ul", "li", "div", "table", "caption", "thead", "tbody", "tr",
        "th", "td",
    ];
    const ATTRIBUTES: [&str; 10] = [
        "lang",
        "charset",
        "http-equiv",
        "content",
        "name",
        "scope",
        "class",
        "role",
        "tabindex",
        "aria-label",
    ];

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
    fn nothing_but_the_known_tags_and_attributes_comes_out() {
        let mut out = Vec::new();
        write(&hostile(), &mut out).unwrap();
        let text = String::from_utf8(out).unwrap();
        for piece in text.split('<').skip(1) {
            let tag = piece.split('>').next().unwrap();
            let name = tag.trim_start_matches('/').split([' ', '\n']).next().unwrap();
            assert!(name == "!DOCTYPE" || ALLOWED.contains(&name), "{tag}");
            let mut quoted = false;
            let outside: String = tag
                .chars()
                .filter(|letter| {
                    quoted ^= *letter == '"';
                    !quoted
                })
                .collect();
            for attribute in outside.split(' ').skip(1).filter(|word| word.contains('=')) {
                let attribute = attribute.split('=').next().unwrap();
                assert!(ATTRIBUTES.contains(&attribute), "{attribute} of {tag}");
            }
        }
        assert!(!text.contains('\u{1b}'));
        for loads in ["src=", "href=", "url(", "@import", "<script"] {
            let inside = text.split("<style>").nth(1).unwrap().split("</style>").next().unwrap();
            assert!(!inside.contains(loads), "{loads}");
        }
        assert!(text.contains("&lt;script&gt;") && !text.contains("<script"));
    }
}
