//! How a figure that holds a review was let go, in the words that are kept of it.

use super::run::HoldAnswer;

impl HoldAnswer {
    /// `explained: … / … / …` and `waived by Maya on 2026-05-06: …`, as they are kept.
    #[must_use]
    pub fn words(&self) -> String {
        match self {
            Self::Explained { meaning, market, decision } => {
                // What parts the three stands in none of them.
                let plain = |text: &str| text.trim().replace(" / ", "/");
                format!("explained: {} / {} / {}", plain(meaning), plain(market), plain(decision))
            }
            Self::Waived { by, on, reason } => format!("waived by {by} on {on}: {reason}"),
        }
    }

    /// The same read again.
    #[must_use]
    pub fn read(words: &str) -> Option<Self> {
        if let Some(rest) = words.strip_prefix("explained: ") {
            // What is recommended stands with the decision.
            let mut three = rest.splitn(3, " / ").map(|one| one.trim().to_owned());
            return Some(Self::Explained {
                meaning: three.next()?,
                market: three.next()?,
                decision: three.next()?,
            });
        }
        let (who, reason) = words.strip_prefix("waived by ")?.split_once(": ")?;
        let (by, on) = who.rsplit_once(" on ")?;
        let (by, reason) = (by.to_owned(), reason.to_owned());
        Some(Self::Waived { by, on: on.parse().ok()?, reason })
    }

    /// What of it is not filled in.
    #[must_use]
    pub fn missing(&self) -> Vec<&'static str> {
        let parts: [(&str, &str); 3] = match self {
            Self::Explained { meaning, market, decision } => [
                ("what the data means", meaning),
                ("what changes in the market", market),
                ("which decision follows", decision),
            ],
            Self::Waived { by, reason, .. } => {
                [("who waives it", by), ("a reason", reason), ("", "-")]
            }
        };
        parts.iter().filter(|(_, text)| text.trim().is_empty()).map(|(name, _)| *name).collect()
    }
}
