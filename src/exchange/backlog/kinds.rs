//! What a row becomes: a decision, a request or an asset, and of which sort. The rule looks at
//! labels, type, list and title, and says which of them it went by; the user can flip it.

use super::draft::Draft;
use super::phrases;
use super::row::RowKind;
use super::words::plain;

/// Labels that are listened to; further ones are only tags.
const LABELS: usize = 10;
/// Characters of a text that are listened to.
const CHARACTERS: usize = 500;

/// The kind of a row and how it was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Verdict {
    pub kind: RowKind,
    pub why: &'static str,
    /// The label that made the kind, which is therefore no tag.
    pub label: Option<usize>,
}

/// The plain words of a draft, made once.
#[derive(Debug)]
pub(super) struct Heard {
    types: Vec<String>,
    labels: Vec<String>,
    list: Option<String>,
    title: String,
    question: bool,
}

impl Heard {
    pub fn of(draft: &Draft) -> Self {
        Self {
            types: draft.kinds.iter().take(LABELS).map(|kind| words_of(kind)).collect(),
            labels: draft.labels.iter().take(LABELS).map(|label| words_of(label)).collect(),
            list: draft.list.as_deref().map(words_of),
            title: words_of(&draft.title),
            question: has_question_mark(&draft.title),
        }
    }

    /// The rule of the import. A decision is looked for before a request.
    pub fn verdict(&self) -> Verdict {
        self.by_words(
            RowKind::Decision,
            ["its type says decision", "its label says decision", "its list says decision"],
        )
        .or_else(|| self.by_type())
        .or_else(|| self.asks().then(|| verdict(RowKind::Decision, "its title asks a question")))
        .or_else(|| {
            self.by_words(
                RowKind::Request,
                ["its type says request", "its label says request", "its list says request"],
            )
        })
        .unwrap_or_else(|| verdict(RowKind::Asset, "nothing says decision or request"))
    }

    /// The sort of decision that words speak of, type and label before the title.
    pub fn decision(&self) -> Option<&'static str> {
        self.texts().find_map(|text| phrases::decision(text))
    }

    /// The sort of asset that words speak of, type and label before the title.
    pub fn asset(&self) -> Option<&'static str> {
        self.texts().find_map(|text| phrases::asset(text))
    }

    fn texts(&self) -> impl Iterator<Item = &String> {
        self.types.iter().chain(&self.labels).chain(std::iter::once(&self.title))
    }

    fn by_words(
        &self,
        kind: RowKind,
        [type_says, label_says, list_says]: [&'static str; 3],
    ) -> Option<Verdict> {
        let says = |text: &String| phrases::says(text, kind.slug());
        if self.types.iter().any(says) {
            return Some(verdict(kind, type_says));
        }
        if let Some(label) = self.labels.iter().position(says) {
            return Some(Verdict { kind, why: label_says, label: Some(label) });
        }
        self.list.as_ref().is_some_and(says).then(|| verdict(kind, list_says))
    }

    fn by_type(&self) -> Option<Verdict> {
        let mut types = self.types.iter();
        if types.any(|text| phrases::says(text, RowKind::Asset.slug())) {
            return Some(verdict(RowKind::Asset, "its type says asset"));
        }
        let sort = self.types.iter().find_map(|text| phrases::asset(text));
        sort.map(|_| verdict(RowKind::Asset, "its type is a sort of asset"))
    }

    /// A title that holds a question, or begins as one does.
    fn asks(&self) -> bool {
        const ANYWHERE: [&str; 3] = ["decide", "should we", "should i"];
        const BEGINNINGS: [&str; 5] = ["whether", "choose", "which", "decision", "pick"];
        let title = format!(" {} ", self.title);
        let holds = |words: &&str| title.contains(&format!(" {words} "));
        let begins = |words: &&str| title.starts_with(&format!(" {words} "));
        self.question || ANYWHERE.iter().any(holds) || BEGINNINGS.iter().any(begins)
    }
}

fn verdict(kind: RowKind, why: &'static str) -> Verdict {
    Verdict { kind, why, label: None }
}

/// Whether a question mark ends a word or a sentence; one inside an address does not.
fn has_question_mark(title: &str) -> bool {
    let mut marks = title.char_indices().filter(|(_, sign)| matches!(sign, '?' | '？'));
    marks.any(|(at, mark)| {
        let after = title[at + mark.len_utf8()..].chars().next();
        mark == '？' || after.is_none_or(|after| !after.is_alphanumeric() && after != '=')
    })
}

/// Whether the name of a list or type made the kind, or could have.
pub(super) fn names_a_kind(text: &str) -> bool {
    phrases::says_any(&words_of(text))
}

/// Types that trackers give to every row and that say nothing.
pub(super) fn is_any_type(text: &str) -> bool {
    const TYPES: [&str; 9] =
        ["task", "sub task", "subtask", "story", "issue", "bug", "epic", "to do", "card"];
    TYPES.contains(&words_of(text).as_str())
}

/// The plain words at the beginning of a text.
fn words_of(text: &str) -> String {
    let end = text.char_indices().nth(CHARACTERS).map_or(text.len(), |(place, _)| place);
    plain(&text[..end])
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
            (draft("We need to decide the pricing floor", &[], None), RowKind::Decision),
            (draft("Pricing: decide floor", &[], None), RowKind::Decision),
            (draft("Q3 pricing – should we discount annual plans", &[], None), RowKind::Decision),
            (draft("Bundle SSO? (Raj to confirm)", &[], None), RowKind::Decision),
            (draft("What is our ICP?!", &[], None), RowKind::Decision),
            (draft("Deck from https://example.org/a?b=1", &[], None), RowKind::Asset),
            (draft("Decided pricing, on one page", &[], None), RowKind::Asset),
            (draft("Which rivals", &[], Some("Requests")), RowKind::Decision),
            (draft("Battlecard refresh", &[], Some("Requests")), RowKind::Request),
            (draft("Deck for Acme", &["sales", "reactive"], None), RowKind::Request),
            (draft("Deck for Acme", &["sales"], Some("Doing")), RowKind::Asset),
            (draft("Indecisions of buyers", &["indecision"], None), RowKind::Asset),
        ] {
            assert_eq!(Heard::of(&draft).verdict().kind, kind, "{}", draft.title);
        }
    }

    #[test]
    fn the_label_that_made_the_kind_is_named() {
        let verdict = Heard::of(&draft("x", &["q3", "Decision"], None)).verdict();
        assert_eq!((verdict.label, verdict.why), (Some(1), "its label says decision"));
    }

    #[test]
    fn sorts_are_guessed_from_words_or_left_open() {
        let heard = |title: &str, labels: &[&str]| Heard::of(&draft(title, labels, None));
        assert_eq!(heard("Narrative update: rollout risk", &[]).asset(), None);
        assert_eq!(heard("Decide ICP boundary", &[]).decision(), Some("icp-boundary"));
        assert_eq!(heard("Launch tier for Sync", &[]).decision(), Some("launch-tier"));
        assert_eq!(heard("Who speaks first?", &[]).decision(), None);
        assert_eq!(heard("Who speaks first?", &["Pricing"]).decision(), Some("pricing"));
    }
}
