//! Templates and prompts that ship with the program, as data: the headings of a kind of decision,
//! and texts to be copied, filled from the record. Nothing is sent anywhere.

use std::path::Path;

use crate::domain::change::{Change, Edit, Input};
use crate::domain::decision::Record;
use crate::domain::field::Field;
use crate::domain::kind::Kind;
use crate::domain::nearest::nearest;
use crate::domain::nouns::decision::KINDS;
use crate::domain::part::{PartKind, letter, of_kind};
use crate::domain::refusal::Refusal;
use crate::domain::sheet::{Fault, Sheet, own_or_shipped};
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

/// A user's own template: its name, the file that it was read from, and its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Own {
    pub name: String,
    pub file: String,
    pub text: String,
}

/// A template: headings, each with what to write under it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Template {
    pub name: String,
    pub title: String,
    pub about: String,
    /// The kind of decision that it is for; none when it fits any.
    pub kind: Option<&'static str>,
    pub sections: Vec<(String, String)>,
    /// Why the user's own version of it is not used.
    pub passed_over: Option<Fault>,
}

impl Template {
    /// The shipped templates, each in the user's own version where there is one that can be read;
    /// then those that are the user's alone.
    #[must_use]
    pub fn all(own: &[Own]) -> Vec<Self> {
        let shipped = TEMPLATES.iter().map(|(name, text)| {
            let own = own.iter().find(|own| own.name == *name);
            let file = format!("{name}.md");
            let shipped = Sheet::new(&file, text);
            let own = own.map(|own| Sheet::new(&own.file, &own.text));
            Self::chosen(name, own, shipped)
        });
        let alone = own.iter().filter(|own| TEMPLATES.iter().all(|(name, _)| own.name != *name));
        let alone = alone.map(|own| {
            let sheet = Sheet::new(&own.file, &own.text);
            Self::read(&own.name, sheet).unwrap_or_else(|fault| Self::unread(&own.name, fault))
        });
        shipped.chain(alone).collect()
    }

    fn chosen(name: &str, own: Option<Sheet<'_>>, shipped: Sheet<'_>) -> Self {
        match own_or_shipped(own, shipped, |sheet| Self::read(name, sheet)) {
            Ok(chosen) => Self { passed_over: chosen.passed_over, ..chosen.used },
            Err(fault) => Self::unread(name, fault),
        }
    }

    /// One of which nothing can be used.
    fn unread(name: &str, fault: Fault) -> Self {
        Self {
            name: name.to_owned(),
            title: name.to_owned(),
            about: "it cannot be read".to_owned(),
            kind: None,
            sections: Vec::new(),
            passed_over: Some(fault),
        }
    }

    /// The template of this name, or of a beginning that only one has.
    ///
    /// # Errors
    /// A refusal with the names that there are, or with file and line of one that is the user's
    /// alone and cannot be read.
    pub fn named(word: &str, own: &[Own]) -> Result<Self, Refusal> {
        let mut all = Self::all(own);
        let names: Vec<&str> = all.iter().map(|template| template.name.as_str()).collect();
        let name = one_of("template", word, &names)?.to_owned();
        let at = all.iter().position(|template| template.name == name).unwrap_or(0);
        let found = all.swap_remove(at);
        match (&found.passed_over, found.sections.is_empty()) {
            (Some(fault), true) => Err(Refusal::input(fault.to_string())),
            _ => Ok(found),
        }
    }

    /// `# Title`, a line about it, perhaps `kind: …`, then `## Heading` with its text, each once.
    fn read(name: &str, sheet: Sheet<'_>) -> Result<Self, Fault> {
        let mut lines = Numbered::of(sheet.text);
        let fault = |at: usize, what: &str| sheet.fault(at..at, what);
        let (at, first) = lines.filled().unwrap_or((0, ""));
        let title = first
            .strip_prefix("# ")
            .ok_or_else(|| fault(at, "it begins with `# ` and its title"))?;
        let (mut about, mut kind, mut sections) = (String::new(), None, Vec::new());
        while let Some((at, line)) = lines.filled() {
            if let Some(heading) = line.strip_prefix("## ") {
                if sections.iter().any(|(known, _)| known == heading) {
                    return Err(fault(at, "this heading stands there already"));
                }
                sections.push((heading.trim().to_owned(), String::new()));
            } else if let Some((_, text)) = sections.last_mut() {
                if !text.is_empty() {
                    text.push('\n');
                }
                text.push_str(line);
            } else if let Some(slug) = line.strip_prefix("kind: ") {
                let known = KINDS.iter().find(|known| **known == slug.trim());
                let known = known.ok_or_else(|| fault(at, "there is no such kind of decision"))?;
                kind = Some(*known);
            } else if about.is_empty() {
                line.clone_into(&mut about);
            } else {
                return Err(fault(at, "before the first `## ` come one line and perhaps `kind: `"));
            }
        }
        if sections.is_empty() {
            return Err(fault(sheet.text.len(), "it has no `## ` heading"));
        }
        let (name, title) = (name.to_owned(), title.trim().to_owned());
        Ok(Self { name, title, about, kind, sections, passed_over: None })
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
                set(noun.field("template"), &self.name),
            ],
        });
        let mut steps: Vec<PartStep> = sections.collect();
        if let Some(kind) = self.kind {
            steps.push(PartStep::Fields(vec![set(Kind::Decision.noun().field("kind"), kind)]));
        }
        steps
    }
}

/// The user's own templates: the Markdown files in `templates` beside the configuration, by name.
#[must_use]
pub fn own(folder: Option<&Path>) -> Vec<Own> {
    let Some(folder) = folder.map(|folder| folder.join("templates")) else { return Vec::new() };
    let Ok(entries) = std::fs::read_dir(&folder) else { return Vec::new() };
    let mut found: Vec<Own> = entries
        .flatten()
        .filter_map(|entry| {
            let path = entry.path();
            let is_text = path.extension().is_some_and(|end| end == "md");
            let name = path.file_stem()?.to_str().filter(|_| is_text)?.to_owned();
            let text = std::fs::read_to_string(&path).ok()?;
            Some(Own { name, file: path.display().to_string(), text })
        })
        .collect();
    found.sort_by(|one, other| one.name.cmp(&other.name));
    found
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
    let names: Vec<&str> = PROMPTS.iter().map(|(name, _)| *name).collect();
    let name = one_of("prompt", word, &names)?;
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

/// The lines of a text with the place at which each begins.
struct Numbered<'a> {
    rest: &'a str,
    at: usize,
}

impl<'a> Numbered<'a> {
    fn of(rest: &'a str) -> Self {
        Self { rest, at: 0 }
    }

    /// The next line that says something.
    fn filled(&mut self) -> Option<(usize, &'a str)> {
        while !self.rest.is_empty() {
            let end = self.rest.find('\n').map_or(self.rest.len(), |end| end + 1);
            let (line, rest) = self.rest.split_at(end);
            let at = self.at;
            (self.rest, self.at) = (rest, at + end);
            if !line.trim().is_empty() {
                return Some((at, line.trim()));
            }
        }
        None
    }
}

fn one_of<'a>(what: &str, word: &str, names: &[&'a str]) -> Result<&'a str, Refusal> {
    let begins: Vec<&&str> = names.iter().filter(|name| name.starts_with(word)).collect();
    match (names.iter().find(|name| **name == word), begins.as_slice()) {
        (Some(exact), _) => return Ok(exact),
        (None, [only]) if !word.is_empty() => return Ok(only),
        _ => {}
    }
    let refusal = Refusal::missing(format!("there is no {what} “{word}”"));
    Err(match nearest(word, names.iter().copied()) {
        Some(near) => refusal.hint(format!("did you mean {near}?")),
        None => refusal.hint(format!("there are {}", names.join(", "))),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_template_has_headings_with_words_and_a_kind_that_there_is() {
        for template in Template::all(&[]) {
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
        let headings = |name: &str| -> Vec<String> {
            Template::named(name, &[])
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
        assert!(Template::named("nothing", &[]).is_err());
    }

    #[test]
    fn a_users_own_version_is_used_and_a_wrong_one_named_with_its_line() {
        let own = |name: &str, text: &str| Own {
            name: name.to_owned(),
            file: format!("templates/{name}.md"),
            text: text.to_owned(),
        };
        let ours = own("launch-tier", "# Our tier\nHow we tier.\n\n## Reach\nWho hears of it.\n");
        let found = Template::named("launch", std::slice::from_ref(&ours)).unwrap();
        assert_eq!((found.title.as_str(), found.sections.len()), ("Our tier", 1));
        let broken = own("launch-tier", "# Our tier\nHow we tier.\nkind: nothing\n## Reach\n");
        let found = Template::named("launch", &[broken]).unwrap();
        assert_ne!(found.title, "Our tier");
        let fault = found.passed_over.unwrap().to_string();
        assert!(fault.starts_with("templates/launch-tier.md, line 3:"), "{fault}");
        let alone = own("board", "No title");
        let refusal = Template::named("board", &[alone]).unwrap_err();
        assert!(refusal.what.starts_with("templates/board.md, line 1:"), "{}", refusal.what);
        let twice = own("board", "# B\nAbout.\n## A\nx\n## A\ny");
        assert!(Template::named("board", &[twice]).unwrap_err().what.contains("line 5"));
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
