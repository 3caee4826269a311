//! The words that trackers use for how far work is and how much it presses.

use super::row::RowKind;

/// Bytes of the longest name of a status, a list or a section.
const LONGEST: usize = 200;

/// How far a row is, whatever it becomes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stage {
    Idea,
    Planned,
    Doing,
    Review,
    Done,
    InUse,
    Dropped,
}

impl Stage {
    /// The state of an item of this kind.
    pub fn state(self, kind: RowKind) -> &'static str {
        match kind {
            RowKind::Asset => match self {
                Self::Idea => "idea",
                Self::Planned => "planned",
                Self::Doing => "doing",
                Self::Review => "review",
                Self::Done => "shipped",
                Self::InUse => "in-use",
                Self::Dropped => "retired",
            },
            RowKind::Decision => match self {
                Self::Done | Self::InUse => "decided",
                Self::Dropped => "dropped",
                Self::Idea | Self::Planned | Self::Doing | Self::Review => "raised",
            },
            RowKind::Request => match self {
                Self::Done | Self::InUse => "done",
                Self::Dropped => "declined",
                Self::Idea | Self::Planned | Self::Doing | Self::Review => "new",
            },
        }
    }
}

#[rustfmt::skip]
const EXACT: [(Stage, &[&str]); 7] = [
    (Stage::Idea, &[
        "backlog", "idea", "ideas", "icebox", "someday", "later", "triage", "inbox", "new",
        "no status", "draft idea", "raised", "unassigned", "아이디어", "백로그", "バックログ",
    ]),
    (Stage::Planned, &[
        "todo", "to do", "planned", "next", "up next", "ready", "open", "not started", "unstarted",
        "this week", "this sprint", "scheduled", "selected for development", "ready to start",
        "next up", "accepted", "reopened", "시작 전", "할 일", "未着手", "nicht begonnen", "offen",
        "zu erledigen", "à faire", "pas commencé", "por hacer", "sin empezar", "não iniciada",
        "da fare", "te doen",
    ]),
    (Stage::Doing, &[
        "doing", "in progress", "started", "wip", "work in progress", "working on it", "active",
        "ongoing", "in development", "blocked", "on hold", "waiting", "stuck", "진행 중", "進行中",
        "in arbeit", "in bearbeitung", "en cours", "en curso", "em andamento", "in corso",
    ]),
    (Stage::Review, &[
        "in review", "review", "reviewing", "ready for review", "feedback", "qa", "testing",
        "in testing", "approval", "waiting for approval", "pending approval", "검토 중", "レビュー中",
        "in prüfung", "à relire",
    ]),
    (Stage::Done, &[
        "done", "complete", "completed", "closed", "shipped", "released", "resolved", "published",
        "delivered", "finished", "live", "launched", "decided", "answered", "완료", "完了", "erledigt",
        "fertig", "abgeschlossen", "terminé", "fait", "listo", "completado", "hecho", "concluído",
        "fatto", "klaar",
    ]),
    (Stage::InUse, &["in use", "adopted", "evergreen"]),
    (Stage::Dropped, &[
        "cancelled", "canceled", "archived", "archive", "won't do", "wont do", "won't fix",
        "wont fix", "duplicate", "declined", "rejected", "abandoned", "dropped", "obsolete",
        "retired", "superseded", "취소됨", "abgebrochen", "annulé", "cancelado",
    ]),
];

/// Words that also count inside a longer name, such as `Sprint 12 – in progress`.
#[rustfmt::skip]
const WITHIN: [(Stage, &str); 14] = [
    (Stage::Planned, "not started"), (Stage::Planned, "not done"), (Stage::Planned, "to do"),
    (Stage::Review, "in review"), (Stage::Review, "ready for review"),
    (Stage::Doing, "in progress"), (Stage::Doing, "doing"), (Stage::Idea, "backlog"),
    (Stage::Idea, "icebox"), (Stage::Planned, "todo"), (Stage::Done, "done"),
    (Stage::Done, "shipped"), (Stage::Dropped, "cancelled"), (Stage::Dropped, "archived"),
];

/// The stage that a status, a list or a section names.
pub(super) fn stage(text: &str) -> Option<Stage> {
    if text.len() > LONGEST {
        return None;
    }
    let words = plain(text);
    let exact = EXACT.iter().find(|(_, known)| known.contains(&words.as_str()));
    exact.map(|(stage, _)| *stage).or_else(|| {
        let within = WITHIN.iter().find(|(_, known)| contains_words(&words, known));
        within.map(|(stage, _)| *stage)
    })
}

/// From `1`, the most pressing, to `4`. Nothing for a word that means none.
pub(super) fn priority(text: &str) -> Result<Option<&'static str>, &'static str> {
    let words = plain(text);
    match words.as_str() {
        "" | "none" | "no priority" | "not set" | "0" | "unset" => Ok(None),
        "1" | "p0" | "p1" | "highest" | "urgent" | "critical" | "blocker" | "must have"
        | "must" | "최우선" | "dringend" => Ok(Some("1")),
        "2" | "p2" | "high" | "major" | "important" | "should have" | "should" | "높음" | "高"
        | "hoch" | "haute" | "élevée" | "alta" => Ok(Some("2")),
        "3" | "p3" | "medium" | "normal" | "moderate" | "med" | "could have" | "could" | "중간"
        | "보통" | "中" | "mittel" | "moyenne" | "media" | "média" => Ok(Some("3")),
        "4" | "p4" | "low" | "lowest" | "minor" | "trivial" | "won't have" | "낮음" | "低"
        | "niedrig" | "basse" | "baja" | "baixa" => Ok(Some("4")),
        _ => Err("is not a priority; 1 to 4, urgent, high, medium and low are"),
    }
}

/// Whether a cell says yes. Anything but the usual words for no is a yes.
pub(super) fn is_yes(text: &str) -> bool {
    !matches!(plain(text).as_str(), "" | "false" | "no" | "0" | "n" | "off" | "nein" | "non")
}

/// Lower-case words: letters, figures and apostrophes; the rest only parts them.
pub(super) fn plain(text: &str) -> String {
    let mut words = String::with_capacity(text.len());
    for letter in text.chars() {
        if letter.is_ascii_alphanumeric() {
            words.push(letter.to_ascii_lowercase());
        } else if letter.is_alphanumeric() {
            words.extend(letter.to_lowercase());
        } else if letter == '\'' || letter == '’' {
            words.push('\'');
        } else if !words.is_empty() && !words.ends_with(' ') {
            words.push(' ');
        }
    }
    words.truncate(words.trim_end().len());
    words
}

/// Whether the words stand in the text one after the other. Both are plain.
fn contains_words(text: &str, words: &str) -> bool {
    text.match_indices(words).any(|(start, found)| {
        let before = text[..start].chars().next_back();
        let after = text[start + found.len()..].chars().next();
        [before, after].into_iter().flatten().all(|edge| edge == ' ')
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn statuses_of_trackers_become_stages() {
        for (text, expected) in [
            ("Backlog", Some(Stage::Idea)),
            ("To-do", Some(Stage::Planned)),
            ("Todo", Some(Stage::Planned)),
            ("In Progress", Some(Stage::Doing)),
            ("🚧 Doing (maya)", Some(Stage::Doing)),
            ("In Review", Some(Stage::Review)),
            ("✅ Done", Some(Stage::Done)),
            ("Done – May", Some(Stage::Done)),
            ("Not done", Some(Stage::Planned)),
            ("Won’t do", Some(Stage::Dropped)),
            ("Canceled", Some(Stage::Dropped)),
            ("진행 중", Some(Stage::Doing)),
            ("Launch planning", None),
            ("Abandoned carts", None),
            ("", None),
        ] {
            assert_eq!(stage(text), expected, "{text}");
        }
    }

    #[test]
    fn priorities_run_from_one_to_four() {
        for (text, expected) in [
            ("Highest", Some("1")),
            ("Urgent", Some("1")),
            ("High", Some("2")),
            ("Medium", Some("3")),
            ("Normal", Some("3")),
            ("Lowest", Some("4")),
            ("No priority", None),
            ("P2", Some("2")),
        ] {
            assert_eq!(priority(text), Ok(expected), "{text}");
        }
        assert!(priority("7").is_err());
        assert!(priority("soonish").is_err());
    }
}
