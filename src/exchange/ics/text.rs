//! Text values: what is escaped in them, lists of them, and the markup that some programs write
//! into a note.

/// The text without its escapes.
#[must_use]
pub fn plain(value: &str) -> String {
    if !value.contains('\\') {
        return value.to_owned();
    }
    let mut out = String::with_capacity(value.len());
    let mut letters = value.chars();
    while let Some(letter) = letters.next() {
        if letter != '\\' {
            out.push(letter);
            continue;
        }
        match letters.next() {
            Some('n' | 'N') => out.push('\n'),
            Some(escaped @ ('\\' | ';' | ',' | ':' | '"')) => out.push(escaped),
            Some(other) => out.extend(['\\', other]),
            None => out.push('\\'),
        }
    }
    out
}

/// The parts between commas that are not escaped, without their escapes, blank ones left out.
#[must_use]
pub fn list(value: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut escaped = false;
    for letter in value.chars() {
        match letter {
            ',' if !escaped => parts.push(String::new()),
            _ => parts.last_mut().into_iter().for_each(|part| part.push(letter)),
        }
        escaped = letter == '\\' && !escaped;
    }
    let parts = parts.iter().map(|part| plain(part).trim().to_owned());
    parts.filter(|part| !part.is_empty()).collect()
}

/// A note without markup: tags go, breaks stay lines, the usual entities are their letters.
#[must_use]
pub fn without_markup(note: &str) -> String {
    let looks = note.contains("</") || note.contains("<br") || note.contains("<p>");
    if !looks {
        return note.trim().to_owned();
    }
    let mut out = String::with_capacity(note.len());
    let mut rest = note;
    while let Some(open) = rest.find('<') {
        let (before, from) = rest.split_at(open);
        out.push_str(before);
        let Some(close) = from.find('>') else {
            rest = from;
            break;
        };
        if let Some(after) = unread(from) {
            rest = after;
            continue;
        }
        let tag = from[1..close].trim_start_matches('/').to_ascii_lowercase();
        if ["br", "p", "div", "li", "tr"].iter().any(|line| {
            tag.strip_prefix(line)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '/']))
        }) {
            out.push('\n');
        }
        rest = &from[close + 1..];
    }
    out.push_str(rest);
    for (entity, letter) in [
        ("&nbsp;", " "),
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&amp;", "&"),
    ] {
        out = out.replace(entity, letter);
    }
    let lines = out.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.collect::<Vec<_>>().join("\n")
}

/// Where the text goes on behind what no reader of the note would see: a comment, a script, a style.
/// What never ends hides the rest.
fn unread(from: &str) -> Option<&str> {
    let is = |at: usize, text: &str| {
        from.get(at..at + text.len()).is_some_and(|found| found.eq_ignore_ascii_case(text))
    };
    let ends = [("<!--", "-->"), ("<script", "</script>"), ("<style", "</style>")];
    let (_, end) = ends.into_iter().find(|(start, _)| is(0, start))?;
    let at = from.match_indices(&end[..1]).map(|(at, _)| at).find(|at| is(*at, end));
    Some(at.and_then(|at| from.get(at + end.len()..)).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_are_undone_once() {
        assert_eq!(plain(r"Deal desk\, Aurora\; a\\nb\nc\x\"), "Deal desk, Aurora; a\\nb\nc\\x\\");
        assert_eq!(list(r"a\,b, c\\,d,,"), ["a,b", "c\\", "d"]);
    }

    #[test]
    fn a_note_loses_its_markup() {
        let note =
            "<html><b>Agenda</b><br/>one &amp; two<p>three</p><a href=\"https://x\">four</a>";
        assert_eq!(without_markup(note), "Agenda\none & two\nthree\nfour");
        let hidden = "<!-- from <b>rtf</b> --><STYLE>p {}</style><p>It&#39;s</p><script>a(1 > 0)</script> on";
        assert_eq!(without_markup(hidden), "It's\non");
        assert_eq!(without_markup("a</b><script>never"), "a");
        assert_eq!(without_markup(" 1 < 2 "), "1 < 2");
        assert_eq!(without_markup("a</b"), "a</b");
    }
}
