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
    if inside == "code" || inside == "noformat" {
        return Some("");
    }
    let language = inside.strip_prefix("code:")?;
    language.chars().all(char::is_alphanumeric).then_some(language)
}

/// The Markdown of the beginning of a line, and the rest of it.
fn block(line: &str) -> (String, &str) {
    let found = line.trim_start().split_once(' ').and_then(|(mark, rest)| {
        let start = heading(mark).or_else(|| bullet(mark))?;
        Some((start, rest))
    });
    found.unwrap_or((String::new(), line))
}

/// `h2.` and `bq.`.
fn heading(mark: &str) -> Option<String> {
    if mark == "bq." {
        return Some("> ".to_owned());
    }
    let level: usize = mark.strip_prefix('h')?.strip_suffix('.')?.parse().ok()?;
    (1..=6).contains(&level).then(|| format!("{} ", "#".repeat(level)))
}

/// `*`, `**`, `#` and so on, as deep as six.
fn bullet(mark: &str) -> Option<String> {
    const DEEPEST: usize = 6;
    let depth = mark.len().checked_sub(1)?;
    if depth >= DEEPEST {
        None
    } else if mark.bytes().all(|byte| byte == b'*') {
        Some(format!("{}- ", "  ".repeat(depth)))
    } else if mark.bytes().all(|byte| byte == b'#') {
        Some(format!("{}1. ", "   ".repeat(depth)))
    } else {
        None
    }
}

/// Bold, monospace and links inside a line.
fn inline(line: &str) -> String {
    let mut text = String::with_capacity(line.len());
    let mut closing =
        Closing { star: Next::new('*'), brace: Next::new('}'), bracket: Next::new(']') };
    let mut at = 0;
    let mut before = ' ';
    while let Some(letter) = line[at..].chars().next() {
        let found = match letter {
            '*' if !before.is_alphanumeric() => bold(line, at, &mut closing.star),
            '{' => monospace(line, at, &mut closing.brace),
            '[' => link(line, at, &mut closing.bracket),
            _ => None,
        };
        let end = if let Some((markdown, end)) = found {
            text.push_str(&markdown);
            end
        } else {
            text.push(letter);
            at + letter.len_utf8()
        };
        before = line[at..end].chars().next_back().unwrap_or(' ');
        at = end;
    }
    text
}

/// Where the marks of a line close.
struct Closing {
    star: Next,
    brace: Next,
    bracket: Next,
}

/// The next place of a mark. It remembers the last answer, so that a line of nothing but
/// opened marks is still read in one go.
struct Next {
    mark: char,
    known: Option<usize>,
}

impl Next {
    fn new(mark: char) -> Self {
        Self { mark, known: None }
    }

    /// The first place from `from` on; places are asked for in rising order.
    fn find(&mut self, line: &str, from: usize) -> Option<usize> {
        if self.known.is_none_or(|known| known < from) {
            let found = line[from..].find(self.mark).map(|place| place + from);
            self.known = Some(found.unwrap_or(usize::MAX));
        }
        self.known.filter(|known| *known != usize::MAX)
    }
}

/// `*bold*` that begins at `at`: its Markdown and where it ends.
fn bold(line: &str, at: usize, star: &mut Next) -> Option<(String, usize)> {
    let start = at + 1;
    let end = star.find(line, start)?;
    let after = line[end + 1..].chars().next();
    let words = &line[start..end];
    let tight = !words.is_empty() && words.trim() == words;
    let closed = after.is_none_or(|next| !next.is_alphanumeric() && next != '*');
    (tight && closed).then(|| (format!("**{words}**"), end + 1))
}

/// `{{text}}` that begins at `at`.
fn monospace(line: &str, at: usize, brace: &mut Next) -> Option<(String, usize)> {
    let start = at + 2;
    if !line[at..].starts_with("{{") {
        return None;
    }
    let end = brace.find(line, start)?;
    let words = &line[start..end];
    let plain = !words.is_empty() && !words.contains(['`', '{']);
    (line[end..].starts_with("}}") && plain).then(|| (format!("`{words}`"), end + 2))
}

/// `[text|address]` or `[address]` that begins at `at`.
fn link(line: &str, at: usize, bracket: &mut Next) -> Option<(String, usize)> {
    let end = bracket.find(line, at + 1)?;
    let inside = &line[at + 1..end];
    if inside.contains('[') {
        return None;
    }
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
    fn a_line_of_opened_marks_takes_no_time() {
        for mark in ["[", "{{", "**", "[{{*", "[a|", " *a"] {
            let text = mark.repeat(200_000);
            assert!(to_markdown(&text).len() >= text.len());
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
