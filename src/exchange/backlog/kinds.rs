//! What a row becomes: a decision, a request or an asset, and of which sort. The rule looks at
//! labels, type, list and title, and says which of them it went by; the user can flip it.

use super::draft::Draft;
use super::row::RowKind;
use super::words::{contains_words, plain};

/// The kind of a row and how it was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Verdict {
    pub kind: RowKind,
    pub why: &'static str,
    /// The label that made the kind, which is therefore no tag.
    pub label: Option<usize>,
}

const DECISION_WORDS: [&str; 4] = ["decision", "decisions", "entscheidung", "décision"];
const REQUEST_WORDS: [&str; 6] =
    ["request", "requests", "intake", "reactive", "service request", "anfrage"];

/// The rule of the import. A decision is looked for before a request.
pub(super) fn classify(draft: &Draft) -> Verdict {
    let said = |kind, words: &[&str], whys: [&'static str; 3]| by_words(draft, kind, words, whys);
    let asset_kind = draft.kinds.iter().find_map(|kind| asset_slug(kind));
    said(
        RowKind::Decision,
        &DECISION_WORDS,
        ["its type says decision", "its label says decision", "its list says decision"],
    )
    .or_else(|| by_type(draft, "asset", "its type says asset"))
    .or_else(|| asset_kind.map(|_| verdict(RowKind::Asset, "its type is a sort of asset")))
    .or_else(|| asks(&draft.title).then(|| verdict(RowKind::Decision, "its title asks a question")))
    .or_else(|| {
        said(
            RowKind::Request,
            &REQUEST_WORDS,
            ["its type says request", "its label says request", "its list says request"],
        )
    })
    .unwrap_or_else(|| verdict(RowKind::Asset, "nothing says decision or request"))
}

fn verdict(kind: RowKind, why: &'static str) -> Verdict {
    Verdict { kind, why, label: None }
}

fn by_words(
    draft: &Draft,
    kind: RowKind,
    words: &[&str],
    [type_says, label_says, list_says]: [&'static str; 3],
) -> Option<Verdict> {
    let says = |text: &String| {
        let text = plain(text);
        words.iter().any(|word| contains_words(&text, word))
    };
    if draft.kinds.iter().any(says) {
        return Some(verdict(kind, type_says));
    }
    if let Some(label) = draft.labels.iter().position(says) {
        return Some(Verdict { kind, why: label_says, label: Some(label) });
    }
    draft.list.as_ref().is_some_and(says).then(|| verdict(kind, list_says))
}

fn by_type(draft: &Draft, word: &str, why: &'static str) -> Option<Verdict> {
    let says = draft.kinds.iter().any(|kind| contains_words(&plain(kind), word));
    says.then(|| verdict(RowKind::Asset, why))
}

/// A title that begins as a question does, or ends as one.
fn asks(title: &str) -> bool {
    const BEGINNINGS: [&str; 8] = [
        "decide ",
        "should we ",
        "should i ",
        "whether ",
        "choose ",
        "which ",
        "decision ",
        "pick ",
    ];
    let words = format!("{} ", plain(title));
    title.trim_end().ends_with(['?', '？'])
        || BEGINNINGS.iter().any(|beginning| words.starts_with(beginning))
}

/// The sort of decision that words speak of, a label or type before the title.
pub(super) fn decision_slug(draft: &Draft) -> Option<&'static str> {
    const WORDS: [(&str, &str); 21] = [
        ("icp", "icp-boundary"),
        ("ideal customer", "icp-boundary"),
        ("launch tier", "launch-tier"),
        ("tier", "launch-tier"),
        ("packaging", "packaging"),
        ("package", "packaging"),
        ("packages", "packaging"),
        ("bundle", "packaging"),
        ("pricing", "pricing"),
        ("price", "pricing"),
        ("prices", "pricing"),
        ("positioning", "positioning"),
        ("category", "positioning"),
        ("segment", "segment-focus"),
        ("segments", "segment-focus"),
        ("vertical", "segment-focus"),
        ("narrative", "narrative"),
        ("story", "narrative"),
        ("message", "narrative"),
        ("messaging", "narrative"),
        ("scope", "scope"),
    ];
    guess(draft, &WORDS)
}

/// The sort of asset that words speak of, a label or type before the title.
pub(super) fn asset_slug_of(draft: &Draft) -> Option<&'static str> {
    draft
        .kinds
        .iter()
        .chain(&draft.labels)
        .chain(std::iter::once(&draft.title))
        .find_map(|text| asset_slug(text))
}

fn asset_slug(text: &str) -> Option<&'static str> {
    const WORDS: [(&str, &str); 29] = [
        ("battlecard", "battlecard"),
        ("battlecards", "battlecard"),
        ("battle card", "battlecard"),
        ("one pager", "one-pager"),
        ("onepager", "one-pager"),
        ("datasheet", "one-pager"),
        ("case study", "case-study"),
        ("case studies", "case-study"),
        ("customer story", "case-study"),
        ("launch plan", "launch-plan"),
        ("gtm plan", "launch-plan"),
        ("competitive narrative", "competitive-narrative"),
        ("deck", "deck"),
        ("decks", "deck"),
        ("slides", "deck"),
        ("presentation", "deck"),
        ("landing page", "page"),
        ("page", "page"),
        ("pages", "page"),
        ("website", "page"),
        ("email", "email"),
        ("emails", "email"),
        ("e mail", "email"),
        ("newsletter", "email"),
        ("demo", "demo"),
        ("messaging", "messaging"),
        ("message house", "messaging"),
        ("enablement", "enablement"),
        ("training", "enablement"),
    ];
    let text = plain(text);
    WORDS.iter().find(|(word, _)| contains_words(&text, word)).map(|(_, slug)| *slug)
}

fn guess(draft: &Draft, words: &[(&str, &'static str)]) -> Option<&'static str> {
    let texts = draft.kinds.iter().chain(&draft.labels).chain(std::iter::once(&draft.title));
    texts.map(|text| plain(text)).find_map(|text| {
        words.iter().find(|(word, _)| contains_words(&text, word)).map(|(_, slug)| *slug)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft(title: &str, labels: &[&str], list: Option<&str>) -> Draft {
        Draft {
            title: title.to_owned(),
            labels: labels.iter().map(|label| (*label).to_owned()).collect(),
            list: list.map(str::to_owned),
            ..Draft::default()
        }
    }

    #[test]
    fn labels_lists_and_questions_make_the_kind() {
        for (draft, kind) in [
            (draft("Launch tier for Sync", &["Decision", "Launch"], None), RowKind::Decision),
            (draft("Decide ICP boundary", &[], None), RowKind::Decision),
            (draft("Should we bundle SSO", &[], None), RowKind::Decision),
            (draft("Mid-market, or up?", &[], None), RowKind::Decision),
            (draft("Which rivals", &[], Some("Requests")), RowKind::Decision),
            (draft("Battlecard refresh", &[], Some("Requests")), RowKind::Request),
            (draft("Deck for Acme", &["sales", "reactive"], None), RowKind::Request),
            (draft("Deck for Acme", &["sales"], Some("Doing")), RowKind::Asset),
            (draft("Indecisions of buyers", &["indecision"], None), RowKind::Asset),
        ] {
            assert_eq!(classify(&draft).kind, kind, "{}", draft.title);
        }
    }

    #[test]
    fn the_label_that_made_the_kind_is_named() {
        let verdict = classify(&draft("x", &["q3", "Decision"], None));
        assert_eq!((verdict.label, verdict.why), (Some(1), "its label says decision"));
    }

    #[test]
    fn sorts_are_guessed_from_words_or_left_open() {
        assert_eq!(asset_slug_of(&draft("Pricing page narrative", &[], None)), Some("page"));
        assert_eq!(asset_slug_of(&draft("Narrative update: rollout risk", &[], None)), None);
        assert_eq!(decision_slug(&draft("Decide ICP boundary", &[], None)), Some("icp-boundary"));
        assert_eq!(decision_slug(&draft("Launch tier for Sync", &[], None)), Some("launch-tier"));
        assert_eq!(decision_slug(&draft("Who speaks first?", &[], None)), None);
        assert_eq!(decision_slug(&draft("Who speaks first?", &["Pricing"], None)), Some("pricing"));
    }
}
