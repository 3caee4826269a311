//! The words by which rows, decisions and assets name their kind. Tables are in order of the
//! alphabet, so that a word is found without going through all of them.

type Table = [(&'static str, &'static str)];

const ROWS: [(&str, &str); 12] = [
    ("anfrage", "request"),
    ("asset", "asset"),
    ("decision", "decision"),
    ("decisions", "decision"),
    ("décision", "decision"),
    ("entscheidung", "decision"),
    ("intake", "request"),
    ("reactive", "request"),
    ("request", "request"),
    ("requests", "request"),
    ("요청", "request"),
    ("의사결정", "decision"),
];

const DECISIONS: [(&str, &str); 23] = [
    ("bundle", "packaging"),
    ("bundles", "packaging"),
    ("category", "positioning"),
    ("icp", "icp-boundary"),
    ("ideal customer", "icp-boundary"),
    ("launch tier", "launch-tier"),
    ("message", "narrative"),
    ("messaging", "narrative"),
    ("narrative", "narrative"),
    ("package", "packaging"),
    ("packages", "packaging"),
    ("packaging", "packaging"),
    ("positioning", "positioning"),
    ("price", "pricing"),
    ("prices", "pricing"),
    ("pricing", "pricing"),
    ("scope", "scope"),
    ("segment", "segment-focus"),
    ("segments", "segment-focus"),
    ("story", "narrative"),
    ("tier", "launch-tier"),
    ("vertical", "segment-focus"),
    ("verticals", "segment-focus"),
];

const ASSETS: [(&str, &str); 32] = [
    ("battle card", "battlecard"),
    ("battlecard", "battlecard"),
    ("battlecards", "battlecard"),
    ("case studies", "case-study"),
    ("case study", "case-study"),
    ("competitive narrative", "competitive-narrative"),
    ("customer story", "case-study"),
    ("datasheet", "one-pager"),
    ("deck", "deck"),
    ("decks", "deck"),
    ("demo", "demo"),
    ("demos", "demo"),
    ("e mail", "email"),
    ("email", "email"),
    ("emails", "email"),
    ("enablement", "enablement"),
    ("gtm plan", "launch-plan"),
    ("landing page", "page"),
    ("launch plan", "launch-plan"),
    ("message house", "messaging"),
    ("messaging", "messaging"),
    ("newsletter", "email"),
    ("one pager", "one-pager"),
    ("onepager", "one-pager"),
    ("page", "page"),
    ("pages", "page"),
    ("presentation", "deck"),
    ("präsentation", "deck"),
    ("slides", "deck"),
    ("training", "enablement"),
    ("webpage", "page"),
    ("website", "page"),
];

/// Words after which a title says what the thing is for, not what it is.
const TURNS: [&str; 10] = ["about", "against", "by", "for", "from", "of", "on", "to", "vs", "with"];

/// The sort of decision that plain words name.
pub(super) fn decision(text: &str) -> Option<&'static str> {
    head(&DECISIONS, text)
}

/// The sort of asset that plain words name.
pub(super) fn asset(text: &str) -> Option<&'static str> {
    head(&ASSETS, text)
}

/// Whether plain words name this kind of row.
pub(super) fn says(text: &str, kind: &str) -> bool {
    text.split(' ').any(|word| find(&ROWS, word) == Some(kind))
}

/// Whether plain words name any kind of row, or a sort of asset.
pub(super) fn says_any(text: &str) -> bool {
    text.split(' ').any(|word| find(&ROWS, word).is_some()) || asset(text).is_some()
}

/// The last phrase before the text turns to what it is for: a “case study deck” is a deck, a
/// “deck for the case study” too.
fn head(table: &Table, text: &str) -> Option<&'static str> {
    let mut found = None;
    let mut rest = text;
    while !rest.is_empty() {
        let (word, after) = rest.split_once(' ').unwrap_or((rest, ""));
        if found.is_some() && TURNS.contains(&word) {
            break;
        }
        let second = after.split(' ').next().unwrap_or("");
        let pair = &rest[..rest.len() - after.len() + second.len()];
        match find(table, pair) {
            Some(slug) if !second.is_empty() => {
                found = Some(slug);
                rest = after[second.len()..].trim_start();
            }
            _ => {
                found = find(table, word).or(found);
                rest = after;
            }
        }
    }
    found
}

fn find(table: &Table, phrase: &str) -> Option<&'static str> {
    let place = table.binary_search_by(|(known, _)| (*known).cmp(phrase)).ok()?;
    Some(table[place].1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_in_order() {
        let tables: [&Table; 3] = [&ROWS, &DECISIONS, &ASSETS];
        for table in tables {
            assert!(table.is_sorted_by(|one, next| one.0 < next.0), "{table:?}");
        }
    }

    #[test]
    fn the_head_of_a_title_names_it() {
        for (text, expected) in [
            ("pricing page narrative", Some("page")),
            ("case study deck", Some("deck")),
            ("deck for the case study", Some("deck")),
            ("for the landing page", Some("page")),
            ("one pager", Some("one-pager")),
            ("narrative update", None),
            ("", None),
        ] {
            assert_eq!(asset(text), expected, "{text}");
        }
        assert!(says("service request", "request"));
        assert!(!says("indecision", "decision"));
    }
}
