//! A part of an item in one line: `Raj held:today stance:for`, `Tier 2 gains:speed cost:60h`. Plain
//! words are what the part is named by, or what it says; the others are its fields.

use super::token::cut;
use crate::domain::change::Change;
use crate::domain::day::Calendar;
use crate::domain::nearest::nearest;
use crate::domain::part::{PartKey, PartKind, PartNoun};
use crate::domain::refusal::Refusal;

/// What somebody who is spoken to holds against it, which is a part of its own.
const OBJECTION: &str = "objection";
/// Makes an option the one that is recommended.
const RECOMMENDED: &str = "recommended";

/// What a line says of a part.
#[derive(Debug, Clone, PartialEq)]
pub struct PartWords {
    /// What names it within its item, where that is a field of it.
    pub key: Option<String>,
    pub changes: Vec<Change>,
    /// The objection of the one who is spoken to.
    pub objection: Option<String>,
}

/// Some words of a part: what is plain, and what its fields take.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Said {
    pub words: String,
    pub changes: Vec<Change>,
    pub objection: Option<String>,
    /// `recommended:yes`, of an option.
    pub recommended: bool,
}

/// Takes words apart.
///
/// # Errors
/// A value that its field does not take; a key that was probably mistyped.
pub fn said(text: &str, part: PartKind, calendar: &Calendar) -> Result<Said, Refusal> {
    let noun = part.noun();
    let mut words = Vec::new();
    let mut found = Said::default();
    let cut = cut(text);
    for token in &cut.tokens {
        let pair = token.pair().filter(|(_, sign, _)| *sign == ":");
        let field = pair.and_then(|(key, _, value)| {
            Some((noun.typed().find(|field| field.answers_to(key))?, value))
        });
        match (field, pair) {
            (Some((field, value)), _) => {
                found.changes.extend(Change::typed(field, value, calendar)?);
            }
            (None, Some((OBJECTION, _, value))) if part == PartKind::Prewire => {
                found.objection = Some(value.to_owned()).filter(|value| !value.is_empty());
            }
            (None, Some((RECOMMENDED, _, "yes"))) if part == PartKind::Option => {
                found.recommended = true;
            }
            (None, Some((key, _, value))) if !value.is_empty() && meant(key, noun).is_some() => {
                let meant = meant(key, noun).unwrap_or_default();
                let what = format!("{key}: is not a field of {}", noun.one());
                return Err(Refusal::input(what).hint(format!("did you mean {meant}:?")));
            }
            (None, _) => words.push(token.text.as_str()),
        }
    }
    found.words = words.join(" ");
    Ok(found)
}

/// Whether a key belongs to a part.
#[must_use]
pub fn takes(part: PartKind, key: &str) -> bool {
    part.noun().typed().any(|field| field.answers_to(key))
        || part == PartKind::Prewire && key == OBJECTION
}

/// Reads a line.
///
/// # Errors
/// As `said`; a line that names nobody, or says nothing.
pub fn read(text: &str, part: PartKind, calendar: &Calendar) -> Result<PartWords, Refusal> {
    let noun = part.noun();
    let Said { words, changes, objection, .. } = said(text, part, calendar)?;
    let mut found = PartWords { key: None, changes, objection };
    if words.is_empty() {
        let wanted = noun.field(noun.main).label;
        return Err(Refusal::input(format!("{} takes a {wanted}", noun.one())));
    }
    match noun.key {
        PartKey::Field(_) => found.key = Some(words.trim_start_matches('@').to_owned()),
        PartKey::Letter { .. } | PartKey::Number => {
            found.changes.extend(Change::typed(noun.field(noun.main), &words, calendar)?);
        }
    }
    Ok(found)
}

/// The field that a mistyped key was meant for.
fn meant(key: &str, noun: &PartNoun) -> Option<&'static str> {
    let names = noun.typed().map(|field| field.aliases.first().copied().unwrap_or(field.name));
    let begun = |name: &&str| key.len() > 2 && name.starts_with(key);
    names.clone().find(begun).or_else(|| nearest(key, names))
}

/// The fields that can be said, as they are typed: `held:`, `stance:`.
#[must_use]
pub fn fields(part: PartKind) -> Vec<String> {
    let noun = part.noun();
    let by_words = match noun.key {
        PartKey::Field(name) => name,
        PartKey::Letter { .. } | PartKey::Number => noun.main,
    };
    let others = noun.typed().filter(|field| field.name != by_words);
    let mut all: Vec<String> = others
        .map(|field| format!("{}:", field.aliases.first().copied().unwrap_or(field.name)))
        .collect();
    if part == PartKind::Prewire {
        all.push(format!("{OBJECTION}:"));
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mistyped_key_is_asked_about_and_other_colons_are_words() {
        let today = chrono::NaiveDate::from_ymd_opt(2026, 5, 6).unwrap();
        let calendar = Calendar { today, fiscal_start_month: 1, plan_start: None };
        let read = |text: &str| read(text, PartKind::Prewire, &calendar);
        let refused = read("Raj stanse:for").unwrap_err();
        assert_eq!(refused.what, "stanse: is not a field of a pre-wire");
        assert_eq!(refused.hint.as_deref(), Some("did you mean stance:?"));
        let named = read("Raj https://example.com/a").unwrap();
        assert_eq!(named.key.as_deref(), Some("Raj https://example.com/a"));
    }
}
