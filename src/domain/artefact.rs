//! The one short piece of thinking that ships each week: five kinds, each with a template, and
//! what must stand in it before it ships. Involvement and touches are its effect on others.

pub mod involvement;
pub mod slot;
pub mod streak;
pub mod touch;

use super::refusal::Refusal;
use super::sheet::{Fault, Sheet};
use super::slugs::slugs;
use super::week::letter::{self, Filled};

slugs! {
    /// What kind of thinking it is.
    ArtefactKind {
        SegmentHypothesis => "segment-hypothesis", "segment hypothesis";
        MessagingGap => "messaging-gap", "messaging gap memo";
        LaunchRisk => "launch-risk", "launch risk brief";
        NarrativeUpdate => "narrative-update", "narrative update";
        DecisionMemo => "decision-memo", "decision memo";
    }
}

impl ArtefactKind {
    #[must_use]
    pub fn plural(self) -> String {
        match self {
            Self::SegmentHypothesis => "segment hypotheses".to_owned(),
            Self::MessagingGap | Self::LaunchRisk | Self::NarrativeUpdate | Self::DecisionMemo => {
                format!("{}s", self.words())
            }
        }
    }

    /// The template as it ships.
    #[must_use]
    pub fn shipped(self) -> Sheet<'static> {
        match self {
            Self::SegmentHypothesis => Sheet::new(
                "artefacts/segment-hypothesis.md",
                include_str!("../../assets/artefacts/segment-hypothesis.md"),
            ),
            Self::MessagingGap => Sheet::new(
                "artefacts/messaging-gap.md",
                include_str!("../../assets/artefacts/messaging-gap.md"),
            ),
            Self::LaunchRisk => Sheet::new(
                "artefacts/launch-risk.md",
                include_str!("../../assets/artefacts/launch-risk.md"),
            ),
            Self::NarrativeUpdate => Sheet::new(
                "artefacts/narrative-update.md",
                include_str!("../../assets/artefacts/narrative-update.md"),
            ),
            Self::DecisionMemo => Sheet::new(
                "artefacts/decision-memo.md",
                include_str!("../../assets/artefacts/decision-memo.md"),
            ),
        }
    }

    /// The slots that facts can fill: those of the shipped template, and what every artefact has.
    #[must_use]
    pub fn slots(self) -> Vec<&'static str> {
        let mut slots = letter::gaps(self.shipped().text);
        let every = ["title", "author", "date", "expected_impact"];
        slots.extend(every.into_iter().filter(|slot| !slots.contains(slot)).collect::<Vec<_>>());
        slots
    }

    /// Whether a template of the user's own asks only for slots that can be filled.
    ///
    /// # Errors
    /// The first slot that nothing fills, with its line; a template without any text.
    pub fn check(self, own: Sheet<'_>) -> Result<&str, Fault> {
        if own.text.trim().is_empty() {
            return Err(own.fault(0..0, "the template is empty"));
        }
        let known = self.slots();
        let stranger = letter::gaps(own.text).into_iter().find(|slot| !known.contains(slot));
        match stranger {
            None => Ok(own.text),
            Some(slot) => {
                let at = own.text.find(&format!("{{{slot}}}")).unwrap_or(0);
                let what = format!("nothing fills {{{slot}}}; there is {}", known.join(", "));
                Err(own.fault(at..at, what))
            }
        }
    }

    /// A draft: the template with what is known, and the names of what is missing.
    #[must_use]
    pub fn draft(self, template: &str, facts: &[(&str, &str)]) -> Filled {
        letter::fill(template, facts)
    }
}

/// What still stands open in a draft: the gaps that nobody closed, each once, in their order.
#[must_use]
pub fn open_gaps(body: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for (at, _) in body.match_indices('[') {
        let rest = &body[at + 1..];
        let Some(name) = rest.split_once("?]").map(|(name, _)| name) else { break };
        let spoken = |byte: u8| byte.is_ascii_lowercase() || byte == b' ';
        if !name.is_empty() && name.bytes().all(spoken) && !found.iter().any(|one| one == name) {
            found.push(name.to_owned());
        }
    }
    found
}

/// The text with every open gap closed that is known now; what somebody wrote stays.
#[must_use]
pub fn close_gaps(body: &str, facts: &[(&str, &str)]) -> String {
    let mut text = body.to_owned();
    for gap in open_gaps(body) {
        let name = gap.replace(' ', "_");
        let known = facts.iter().find(|(fact, _)| *fact == name).map(|(_, value)| value.trim());
        if let Some(value) = known.filter(|value| !value.is_empty()) {
            text = text.replace(&format!("[{gap}?]"), value);
        }
    }
    text
}

/// Why an artefact cannot ship; nothing when it can. Open gaps are advice, not a refusal.
#[must_use]
pub fn ship_refusal(kind: ArtefactKind, body: &str, expected_impact: &str) -> Option<Refusal> {
    if body.trim().is_empty() {
        return Some(Refusal::input(format!("the {kind} has no text yet")));
    }
    match kind {
        ArtefactKind::NarrativeUpdate if expected_impact.trim().is_empty() => Some(
            Refusal::input("a narrative update ships with its expected impact")
                .hint("one plain sentence: which metric, in which segment, by how much, by when"),
        ),
        ArtefactKind::SegmentHypothesis
        | ArtefactKind::MessagingGap
        | ArtefactKind::LaunchRisk
        | ArtefactKind::NarrativeUpdate
        | ArtefactKind::DecisionMemo => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_template_has_the_parts_of_its_kind() {
        for (kind, wanted) in [
            (
                ArtefactKind::SegmentHypothesis,
                [
                    "Who exactly",
                    "Why now",
                    "choose today",
                    "For:",
                    "Against:",
                    "Size and worth",
                    "prove us wrong",
                    "decision asked",
                ]
                .as_slice(),
            ),
            (
                ArtefactKind::MessagingGap,
                &[
                    "heard",
                    "say today",
                    "feature, risk, value or proof",
                    "costs",
                    "propose",
                    "Test",
                ],
            ),
            (
                ArtefactKind::LaunchRisk,
                &[
                    "tier",
                    "Three risks",
                    "Early sign",
                    "believe what",
                    "Checks that fail",
                    "Options",
                    "Recommendation",
                ],
            ),
            (
                ArtefactKind::NarrativeUpdate,
                &[
                    "From this line",
                    "To this line",
                    "Why",
                    "Expected impact",
                    "Who says it",
                    "scored",
                ],
            ),
            (
                ArtefactKind::DecisionMemo,
                &["five lines", "Options", "Recommendation", "Objections still open", "needed by"],
            ),
        ] {
            let text = kind.shipped().text;
            for part in wanted {
                assert!(text.contains(part), "{kind}: {part}");
            }
            assert!(text.lines().count() < 50, "{kind} is one page");
            assert!(kind.check(kind.shipped()).is_ok());
        }
    }

    #[test]
    fn a_draft_holds_the_facts_and_names_the_rest() {
        let kind = ArtefactKind::NarrativeUpdate;
        let facts = [
            ("title", "Rollout"),
            ("old_line", "Fast to start"),
            ("new_line", "{x} live in a week"),
        ];
        let draft = kind.draft(kind.shipped().text, &facts);
        assert!(draft.text.contains("# Narrative update: Rollout"));
        assert!(draft.text.contains("> {x} live in a week"));
        assert!(draft.text.contains("**Expected impact:** [expected impact?]"));
        assert_eq!(draft.missing.len(), kind.slots().len() - 3);
        assert_eq!(open_gaps(&draft.text), draft.missing);
    }

    #[test]
    fn open_gaps_are_told_from_other_brackets() {
        assert_eq!(open_gaps("[why?] [a](b) [WHY?] [] [?] [size?] [size?]"), ["why", "size"]);
        assert!(open_gaps("[never closed").is_empty());
    }

    #[test]
    fn what_becomes_known_closes_its_gap_and_nothing_else() {
        let facts = [("expected_impact", "Win rate up 3 points"), ("who", " ")];
        assert_eq!(
            close_gaps("[expected impact?] for [who?], [sic]", &facts),
            "Win rate up 3 points for [who?], [sic]"
        );
    }

    #[test]
    fn an_own_template_may_ask_only_for_what_can_be_filled() {
        let own =
            Sheet::new("artefacts/decision-memo.md", "# {question}\n\nFor {approver}.\n\n{mood}\n");
        let fault = ArtefactKind::DecisionMemo.check(own).unwrap_err();
        assert!(
            fault
                .to_string()
                .starts_with("artefacts/decision-memo.md, line 5: nothing fills {mood}")
        );
        let empty = Sheet::new("artefacts/decision-memo.md", " \n");
        assert_eq!(
            ArtefactKind::DecisionMemo.check(empty).unwrap_err().what,
            "the template is empty"
        );
    }

    #[test]
    fn a_narrative_update_without_its_impact_stays_here() {
        let refused = |kind, impact| ship_refusal(kind, "text", impact).map(|refusal| refusal.what);
        assert!(refused(ArtefactKind::NarrativeUpdate, " ").unwrap().contains("expected impact"));
        assert_eq!(refused(ArtefactKind::NarrativeUpdate, "Win rate up 3 points by June"), None);
        assert_eq!(refused(ArtefactKind::LaunchRisk, ""), None);
        assert!(ship_refusal(ArtefactKind::LaunchRisk, "\n", "").is_some());
    }
}
