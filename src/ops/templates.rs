//! Templates and prompts that ship with the program, as data: the headings of a kind of decision,
//! and texts to be copied, filled from the record. Nothing is sent anywhere.

use crate::domain::change::{Change, Edit, Input};
use crate::domain::decision::Record;
use crate::domain::field::Field;
use crate::domain::kind::Kind;
use crate::domain::nearest::nearest;
use crate::domain::part::{PartKind, letter, of_kind};
use crate::domain::refusal::Refusal;
use crate::domain::value::Value;

use super::op::PartStep;

const TEMPLATES: [(&str, &str); 9] = [
    ("icp-boundary", include_str!("../../assets/templates/icp-boundary.md")),
    ("positioning-trade-off", include_str!("../../assets/templates/positioning-trade-off.md")),
    ("launch-tier", include_str!("../../assets/templates/launch-tier.md")),
    (
        "packaging-message-hierarchy",
        include_str!("../../assets/templates/packaging-message-hierarchy.md"),
    ),
    ("pricing-input", include_str!("../../assets/templates/pricing-input.md")),
    ("segment-focus", include_str!("../../assets/templates/segment-focus.md")),
    ("narrative", include_str!("../../assets/templates/narrative.md")),
    ("prd-market-section", include_str!("../../assets/templates/prd-market-section.md")),
    ("positioning-review", include_str!("../../assets/templates/positioning-review.md")),
];

const PROMPTS: [(&str, &str); 4] = [
    ("competitors", include_str!("../../assets/prompts/competitors.md")),
    ("objections", include_str!("../../assets/prompts/objections.md")),
    ("mismatch", include_str!("../../assets/prompts/mismatch.md")),
    ("pressure-test", include_str!("../../assets/prompts/pressure-test.md")),
];

/// A template: headings, each with what to write under it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Template {
    pub name: &'static str,
    pub title: &'static str,
    pub about: &'static str,
    /// The kind of decision that it is for; none when it fits any.
    pub kind: Option<&'static str>,
    pub sections: Vec<(&'static str, &'static str)>,
}

impl Template {
    #[must_use]
    pub fn all() -> Vec<Self> {
        TEMPLATES.iter().map(|(name, text)| Self::read(name, text)).collect()
    }

    /// The template of this name, or of a beginning that only one has.
    ///
    /// # Errors
    /// A refusal with the names that there are.
    pub fn named(word: &str) -> Result<Self, Refusal> {
        let names = TEMPLATES.iter().map(|(name, _)| *name);
        let name = one_of("template", word, names)?;
        let text = TEMPLATES.iter().find(|(known, _)| *known == name).map_or("", |(_, text)| text);
        Ok(Self::read(name, text))
    }

    fn read(name: &'static str, text: &'static str) -> Self {
        let (head, rest) = text.split_once("\n## ").unwrap_or((text, ""));
        let mut lines = head.lines().filter(|line| !line.is_empty());
        let title = lines.next().unwrap_or(name).trim_start_matches("# ");
        let about = lines.next().unwrap_or_default();
        let kind = lines.next().and_then(|line| line.strip_prefix("kind: "));
        let sections = rest.split("\n## ").filter_map(|section| section.split_once('\n'));
        let sections = sections.map(|(heading, text)| (heading, text.trim())).collect();
        Self { name, title, about, kind, sections }
    }

    /// What attaching it to a decision does.
    #[must_use]
    pub fn steps(&self) -> Vec<PartStep> {
        let noun = PartKind::Section.noun();
        let set = |field: &'static Field, text: &str| Change {
            field,
            edit: Edit::Set(Input::Value(Value::Text(text.to_owned()))),
        };
        let sections = self.sections.iter().map(|(heading, _)| PartStep::Add {
            kind: PartKind::Section,
            changes: vec![
                set(noun.field("heading"), heading),
                set(noun.field("template"), self.name),
            ],
        });
        let mut steps: Vec<PartStep> = sections.collect();
        if let Some(kind) = self.kind {
            steps.push(PartStep::Fields(vec![set(Kind::Decision.noun().field("kind"), kind)]));
        }
        steps
    }
}

/// The names and titles of the prompts.
pub fn prompts() -> impl Iterator<Item = (&'static str, &'static str)> {
    PROMPTS
        .iter()
        .map(|(name, text)| (*name, text.lines().next().unwrap_or("").trim_start_matches("# ")))
}

/// A prompt, filled from a record.
///
/// # Errors
/// A refusal with the names that there are.
pub fn prompt(word: &str, record: &Record) -> Result<String, Refusal> {
    let name = one_of("prompt", word, PROMPTS.iter().map(|(name, _)| *name))?;
    let text = PROMPTS.iter().find(|(known, _)| *known == name).map_or("", |(_, text)| text);
    let body = text.split_once('\n').map_or(text, |(_, body)| body).trim();
    Ok(filled(body, record))
}

/// Puts the words of the record into the places; what is not said is said to be unknown. A word
/// that somebody wrote is never read as a place.
fn filled(body: &str, record: &Record) -> String {
    let mut out = String::with_capacity(body.len() * 2);
    let mut rest = body;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let Some((place, after)) = after.split_once('}') else {
            out.push('{');
            rest = after;
            continue;
        };
        let words = words_of(place, record);
        out.push_str(if words.is_empty() { "not known yet" } else { &words });
        rest = after;
    }
    out.push_str(rest);
    out
}

fn words_of(place: &str, record: &Record) -> String {
    let listed = |lines: Vec<String>| lines.join("\n");
    match place {
        "question" => record.item.title().to_owned(),
        "options" => listed(record.options().map(option).collect()),
        "probability" => {
            record.item.whole("probability").map_or_else(String::new, |sure| format!("{sure} %"))
        }
        "objections" => {
            let all = of_kind(&record.parts, PartKind::Objection);
            listed(all.map(|part| format!("- {} ({})", part.main(), part.text("status"))).collect())
        }
        "framings" => {
            let all = of_kind(&record.parts, PartKind::Framing);
            listed(
                all.map(|part| format!("- {}: {}", part.text("function"), part.text("text")))
                    .collect(),
            )
        }
        name => record.item.text(name).to_owned(),
    }
}

fn option(part: &crate::domain::part::Part) -> String {
    let mut line = format!("- {}: {}", letter(part.position).to_uppercase(), part.main());
    for (name, words) in [("gains", "gains"), ("gives_up", "gives up"), ("risk", "risks")] {
        if !part.text(name).is_empty() {
            line = format!("{line}; {words} {}", part.text(name));
        }
    }
    line
}

fn one_of(
    what: &str,
    word: &str,
    names: impl Iterator<Item = &'static str> + Clone,
) -> Result<&'static str, Refusal> {
    let names: Vec<&'static str> = names.collect();
    crate::domain::field::read_pick(word, &names).ok_or_else(|| {
        let refusal = Refusal::missing(format!("there is no {what} “{word}”"));
        match nearest(word, names.iter().copied()) {
            Some(near) => refusal.hint(format!("did you mean {near}?")),
            None => refusal.hint(format!("there are {}", names.join(", "))),
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::nouns::decision::KINDS;

    #[test]
    fn every_template_has_headings_with_words_and_a_kind_that_there_is() {
        for template in Template::all() {
            assert!(template.sections.len() >= 4, "{}", template.name);
            assert!(
                template.about.ends_with('.') || template.about.ends_with('?'),
                "{}",
                template.name
            );
            assert!(
                template
                    .sections
                    .iter()
                    .all(|(heading, text)| !heading.is_empty() && text.len() > 20)
            );
            assert!(template.kind.is_none_or(|kind| KINDS.contains(&kind)), "{}", template.name);
        }
    }

    #[test]
    fn the_two_four_field_templates_are_exact() {
        let headings = |name: &str| -> Vec<&str> {
            Template::named(name)
                .unwrap()
                .sections
                .into_iter()
                .map(|(heading, _)| heading)
                .collect()
        };
        assert_eq!(
            headings("prd"),
            ["Target segment", "Alternatives", "Buying trigger", "Reason we win"]
        );
        assert_eq!(headings("positioning-review"), ["Audience", "Pain", "Promise", "Proof"]);
        assert!(Template::named("nothing").is_err());
    }

    #[test]
    fn every_place_of_a_prompt_is_one_that_can_be_filled() {
        let noun = Kind::Decision.noun();
        let own = ["question", "options", "probability", "objections", "framings"];
        for (name, text) in PROMPTS {
            for piece in text.split('{').skip(1) {
                let place = piece.split('}').next().unwrap();
                assert!(
                    own.contains(&place) || noun.position(place).is_some(),
                    "{place} of {name}"
                );
            }
        }
    }
}
