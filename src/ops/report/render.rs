//! From facts and a template to the blocks of a page. What is somebody's is escaped wherever it
//! stands, so a template makes Markdown and never markup; a name that there is not is a mistake
//! with its line.

use minijinja::syntax::SyntaxConfig;
use minijinja::value::Serde;
use minijinja::{Environment, ErrorKind, UndefinedBehavior, Value};

use crate::domain::sheet::{Fault, Sheet};
use crate::exchange::markdown;
use crate::exchange::page::{Block, Chart, Page};

use super::facts::Facts;

/// How a template asks for a picture, on a line of its own.
const CHART: (&str, &str) = ("[chart ", "]");

/// The text that a template makes of the facts.
///
/// # Errors
/// The first mistake in it, with its line.
pub(super) fn text(sheet: Sheet<'_>, facts: &Facts) -> Result<String, Fault> {
    let mut env = Environment::empty();
    if let Ok(syntax) = SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build() {
        env.set_syntax(syntax);
    }
    env.set_undefined_behavior(UndefinedBehavior::Strict);
    env.set_formatter(|out, _, value| {
        if value.is_undefined() {
            return Err(minijinja::Error::new(ErrorKind::UndefinedError, "there is no such fact"));
        }
        let text = value.to_string();
        let text = if value.is_safe() { text } else { markdown::escaped(&text) };
        out.write_str(&text).map_err(Into::into)
    });
    env.add_function("chart", |of: String| {
        Value::from_safe_string(format!("{}{}{}", CHART.0, markdown::escaped(&of), CHART.1))
    });
    let made = env.render_str(sheet.text, Value::from(Serde(facts)));
    made.map_err(|error| Fault {
        file: sheet.file.to_owned(),
        line: error.line().unwrap_or(1),
        what: said(&error),
    })
}

/// The words of a mistake, without the name that the template has inside.
fn said(error: &minijinja::Error) -> String {
    let what = match error.kind() {
        ErrorKind::UndefinedError => "there is no such fact".to_owned(),
        ErrorKind::UnknownFunction | ErrorKind::UnknownFilter | ErrorKind::UnknownTest => {
            "there is nothing of this name".to_owned()
        }
        _ => "it cannot be read".to_owned(),
    };
    match error.detail() {
        Some(detail) if detail != what => format!("{what}: {detail}"),
        _ => what,
    }
}

/// The page that a text becomes: its first line is the title, a line right below says of what day
/// it is, and a line that asks for a picture is that picture, where there is one.
pub(super) fn page(text: &str, chart: impl Fn(&str) -> Option<Chart>) -> Page {
    let mut lines = text.trim_start().lines().peekable();
    let title = lines.next_if(|line| line.starts_with("# "));
    let title = title.map_or_else(String::new, |line| plain(&line[2..]));
    let about = lines.next_if(|line| !title.is_empty() && !line.trim().is_empty());
    let mut page = Page::new(title, about.map(plain).unwrap_or_default());
    let mut prose = String::new();
    let flush = |prose: &mut String, page: &mut Page| {
        if !prose.trim().is_empty() {
            page.blocks.push(Block::Prose(tidy(prose)));
        }
        prose.clear();
    };
    for line in lines {
        let asked = line.trim().strip_prefix(CHART.0).and_then(|rest| rest.strip_suffix(CHART.1));
        match asked {
            None => {
                prose.push_str(line);
                prose.push('\n');
            }
            Some(of) => {
                if let Some(chart) = chart(of) {
                    flush(&mut prose, &mut page);
                    page.blocks.push(Block::Chart(Box::new(chart)));
                }
            }
        }
    }
    flush(&mut prose, &mut page);
    page
}

/// Without the marks that keep letters from being marks: a title is words.
fn plain(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    let mut letters = line.trim().chars().peekable();
    while let Some(letter) = letters.next() {
        let escapes = letter == '\\' && letters.peek().is_some_and(char::is_ascii_punctuation);
        if !escapes {
            out.push(letter);
        } else if let Some(kept) = letters.next() {
            out.push(kept);
        }
    }
    out
}

/// At most one empty line after another, as the blocks of a template leave more.
fn tidy(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut was_empty = true;
    for line in text.lines() {
        let is_empty = line.trim().is_empty();
        if !(is_empty && was_empty) {
            out.push_str(line.trim_end());
            out.push('\n');
        }
        was_empty = is_empty;
    }
    out.trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::report::ReportKind;
    use crate::exchange::page::Form;

    fn hostile() -> Facts {
        Facts {
            title: "# One <b>\n[chart m1]".to_owned(),
            period: "[chart m1]".to_owned(),
            ..Facts::default()
        }
    }

    fn made(text: &str, facts: &Facts) -> Result<String, Fault> {
        super::text(Sheet::new("reports/mine.md", text), facts)
    }

    #[test]
    fn what_is_somebodys_is_text_and_asks_for_no_picture() {
        let text = made("# {{ title }}\nIn {{ period }}\n\n{{ title }}\n", &hostile()).unwrap();
        let page = page(&text, |_| panic!("nobody asked for a picture"));
        assert_eq!(page.title, "# One <b> [chart m1]");
        assert_eq!(page.about, "In [chart m1]");
        let mut html = Vec::new();
        page.write(Form::Html, &mut html).unwrap();
        let html = String::from_utf8(html).unwrap();
        assert!(html.contains("<h1># One &lt;b&gt; [chart m1]</h1>"), "{html}");
        assert!(!html.contains("<b>"));
    }

    #[test]
    fn markup_in_a_template_is_text() {
        let text = made("# T\n\n<script>x</script>\n", &Facts::default()).unwrap();
        let mut html = Vec::new();
        page(&text, |_| None).write(Form::Html, &mut html).unwrap();
        assert!(String::from_utf8(html).unwrap().contains("&lt;script&gt;"));
    }

    #[test]
    fn a_mistake_is_named_with_its_line() {
        let fault = |text: &str| made(text, &Facts::default()).unwrap_err().to_string();
        assert_eq!(fault("# T\n\n{{ titel }}"), "reports/mine.md, line 3: there is no such fact");
        assert!(fault("# T\n{% for one in changes %}\n").starts_with("reports/mine.md, line 2"));
        assert!(
            fault("# T\n\n{% if %}x{% endif %}").starts_with("reports/mine.md, line 3: it cannot")
        );
        assert!(fault("{{ title | shout }}").contains("line 1: there is nothing of this name"));
    }

    #[test]
    fn every_shipped_template_can_be_filled_from_nothing() {
        for kind in ReportKind::ALL {
            let facts = super::super::told_missing(Facts { nothing: true, ..Facts::default() });
            super::text(kind.shipped(), &facts).unwrap_or_else(|fault| panic!("{fault}"));
        }
    }
}
