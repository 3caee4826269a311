//! Jira's wiki markup, lightly turned into Markdown: headings, bold, lists, links and code.
//! What it does not know stays as it is.

/// The text in Markdown. Text without markup comes back unchanged.
pub(super) fn to_markdown(text: &str) -> String {
    let mut fence = Fence::Outside;
    let lines: Vec<String> = text.lines().map(|line| turn(line, &mut fence)).collect();
    lines.join("\n")
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Fence {
    Outside,
    Inside,
}

fn turn(line: &str, fence: &mut Fence) -> String {
    if let Some(language) = fence_of(line) {
        let opens = *fence == Fence::Outside;
        *fence = if opens { Fence::Inside } else { Fence::Outside };
        return if opens { format!("```{language}") } else { "```".to_owned() };
    }
    if *fence == Fence::Inside {
        return line.to_owned();
    }
    let (start, rest) = block(line);
    format!("{start}{}", inline(rest))
}

/// The language of a line that is nothing but `{code}`, `{code:java}` or `{noformat}`.
fn fence_of(line: &str) -> Option<&str> {
    let inside = line.trim().strip_prefix('{')?.strip_suffix('}')?;
    match inside.split_once(':') {
        None if inside == "code" || inside == "noformat" => Some(""),
        Some(("code", language)) if language.chars().all(char::is_alphanumeric) => Some(language),
        Some(_) | None => None,
    }
}

/// The Markdown of the beginning of a line, and the rest of it.
fn block(line: &str) -> (String, &str) {
    let text = line.trim_start();
    if let Some((mark, rest)) = text.split_once(' ') {
        let level = mark.strip_prefix('h').and_then(|mark| mark.strip_suffix('.'));
        if let Some(level @ 1..=6) = level.and_then(|level| level.parse::<usize>().ok()) {
            return (format!("{} ", "#".repeat(level)), rest);
        }
        if mark == "bq." {
            return ("> ".to_owned(), rest);
        }
        let depth = mark.len().saturating_sub(1);
        if !mark.is_empty() && mark.len() <= 6 {
            if mark.bytes().all(|byte| byte == b'*') {
                return (format!("{}- ", "  ".repeat(depth)), rest);
            }
            if mark.bytes().all(|byte| byte == b'#') {
                return (format!("{}1. ", "   ".repeat(depth)), rest);
            }
        }
    }
    (String::new(), line)
}

/// Bold, monospace and links inside a line.
fn inline(line: &str) -> String {
    let mut text = String::with_capacity(line.len());
    let mut rest = line;
    let mut before = ' ';
    while let Some(letter) = rest.chars().next() {
        let found = match letter {
            '*' if !before.is_alphanumeric() => bold(rest),
            '{' => monospace(rest),
            '[' => link(rest),
            _ => None,
        };
        let length = if let Some((markdown, length)) = found {
            text.push_str(&markdown);
            length
        } else {
            text.push(letter);
            letter.len_utf8()
        };
        before = rest[..length].chars().next_back().unwrap_or(' ');
        rest = &rest[length..];
    }
    text
}

/// `*bold*` at the beginning of the text: its Markdown and its length.
fn bold(text: &str) -> Option<(String, usize)> {
    let inside = &text[1..];
    let end = inside.find('*')?;
    let after = inside[end + 1..].chars().next();
    let words = &inside[..end];
    let tight = !words.is_empty() && words.trim() == words;
    let closed = after.is_none_or(|next| !next.is_alphanumeric() && next != '*');
    (tight && closed).then(|| (format!("**{words}**"), end + 2))
}

/// `{{text}}` at the beginning of the text.
fn monospace(text: &str) -> Option<(String, usize)> {
    let inside = text.strip_prefix("{{")?;
    let end = inside.find("}}")?;
    (end > 0 && !inside[..end].contains('`')).then(|| (format!("`{}`", &inside[..end]), end + 4))
}

/// `[text|address]` or `[address]` at the beginning of the text.
fn link(text: &str) -> Option<(String, usize)> {
    let end = text.find(']')?;
    let inside = &text[1..end];
    let (words, address) = inside.split_once('|').unwrap_or(("", inside));
    if !super::draft::is_address(address) {
        return None;
    }
    let markdown =
        if words.is_empty() { format!("<{address}>") } else { format!("[{words}]({address})") };
    Some((markdown, end + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_becomes_markdown() {
        for (wiki, markdown) in [
            ("h2. Goal\n*Fast* proof", "## Goal\n**Fast** proof"),
            ("* one\n** two *b*\n# three", "- one\n  - two **b**\n1. three"),
            ("{code:sql}\nselect *x* from t\n{code}", "```sql\nselect *x* from t\n```"),
            (
                "see {{npm i}} and [docs|https://a.example/x]",
                "see `npm i` and [docs](https://a.example/x)",
            ),
            ("[https://a.example]", "<https://a.example>"),
            ("bq. said so", "> said so"),
        ] {
            assert_eq!(to_markdown(wiki), markdown);
        }
    }

    #[test]
    fn plain_text_stays_as_it_is() {
        for text in ["2 * 3 * 4", "a*b*c", "h7. no", "[not a link]", "{panel}", "* ", "**", "ü*ö*"]
        {
            assert_eq!(to_markdown(text), if text == "* " { "- " } else { text });
        }
    }
}
