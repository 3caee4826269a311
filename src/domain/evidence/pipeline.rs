//! From the stages of a pipeline, which every CRM names in its own way, to the buying stages, so
//! that deals and evidence can stand beside each other. What no word tells is unknown \[D\].

use super::Stage;

/// Parts of names, the more telling first.
const WORDS: [(&str, Stage); 30] = [
    ("renew", Stage::Renewal),
    ("expan", Stage::Renewal),
    ("upsell", Stage::Renewal),
    ("onboard", Stage::Onboarding),
    ("implement", Stage::Onboarding),
    ("negot", Stage::Negotiation),
    ("contract", Stage::Negotiation),
    ("legal", Stage::Negotiation),
    ("procure", Stage::Negotiation),
    ("redline", Stage::Negotiation),
    ("commit", Stage::Negotiation),
    ("verbal", Stage::Negotiation),
    ("proposal", Stage::Proposal),
    ("propos", Stage::Proposal),
    ("quote", Stage::Proposal),
    ("pricing", Stage::Proposal),
    ("decision", Stage::Proposal),
    ("demo", Stage::Solution),
    ("solution", Stage::Solution),
    ("evaluat", Stage::Solution),
    ("trial", Stage::Solution),
    ("pilot", Stage::Solution),
    ("poc", Stage::Solution),
    ("proof", Stage::Solution),
    ("discover", Stage::Problem),
    ("qualif", Stage::Problem),
    ("needs", Stage::Problem),
    ("meeting", Stage::Problem),
    ("lead", Stage::Unaware),
    ("prospect", Stage::Unaware),
];

/// The buying stage that a stage of a pipeline is.
#[must_use]
pub fn buying_stage(label: &str) -> Stage {
    let label = label.trim().to_lowercase();
    if let Some(stage) = Stage::parse(&label) {
        return stage;
    }
    let found = WORDS.iter().find(|(word, _)| label.contains(word));
    found.map_or(Stage::Unknown, |(_, stage)| *stage)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stages_of_usual_pipelines_are_known_and_others_are_not_guessed() {
        for (label, stage) in [
            ("Proposal/Price Quote", Stage::Proposal),
            ("negotiation", Stage::Negotiation),
            ("Contract sent", Stage::Negotiation),
            ("Demo", Stage::Solution),
            ("Presentation scheduled", Stage::Unknown),
            ("Qualified to buy", Stage::Problem),
            ("Renewal demo", Stage::Renewal),
            ("  PROBLEM ", Stage::Problem),
            ("Prospecting", Stage::Unaware),
            ("", Stage::Unknown),
        ] {
            assert_eq!(buying_stage(label), stage, "{label}");
        }
    }
}
