//! What Tab puts in the place of the word before the cursor: field names, choices, days, people,
//! tags, refs. Tab again goes on to the next; the candidates stand above the line meanwhile.

use crate::domain::field::{Field, FieldKind};
use crate::domain::grammar::Property;
use crate::domain::kind::Kind;
use crate::domain::metric::catalogue;
use crate::store::lookup::Named;

use super::model::Model;

/// Most candidates that are gone through.
const MOST: usize = 60;
/// Days that are worth offering by name.
const DAYS: [&str; 8] = ["today", "tomorrow", "fri", "eow", "eom", "eoq", "+1w", "none"];
/// Spans of days that a filter understands beside single days.
const SPANS: [&str; 6] = ["overdue", "week", "soon", "month", "quarter", "none"];

/// Whether the line makes something or looks for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Aim {
    Make,
    Find,
}

/// One word that could stand there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// What is put into the line.
    pub word: String,
    /// What it stands for, when the word itself does not say.
    pub label: String,
}

impl Candidate {
    pub fn new(word: impl Into<String>) -> Self {
        Self { word: word.into(), label: String::new() }
    }
}

/// The candidates that are being gone through.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offers {
    /// The line before the word, and behind it.
    pub before: String,
    pub after: String,
    pub candidates: Vec<Candidate>,
    pub at: usize,
}

impl Offers {
    /// The line with the candidate in its place; a word that is complete is followed by a space.
    #[must_use]
    pub fn line(&self) -> String {
        let word = self.candidates.get(self.at).map_or("", |candidate| candidate.word.as_str());
        let gap = if word.ends_with([':', '/']) || self.after.starts_with(' ') { "" } else { " " };
        format!("{}{word}{gap}{}", self.before, self.after)
    }

    /// On to the next candidate, or back.
    pub fn step(&mut self, by: isize) {
        let count = self.candidates.len().max(1);
        self.at = (self.at + count).saturating_add_signed(by) % count;
    }
}

/// What the workspace must be asked before refs can be offered: the kinds, and the text so far.
#[must_use]
pub fn sought(kind: Kind, word: &str) -> Option<(&'static Field, String)> {
    let (key, begun) = word.split_once(':')?;
    let field = kind.noun().answering(key)?;
    let asks = !field.offered().is_empty() && !field.is_person();
    asks.then(|| (field, begun.rsplit(',').next().unwrap_or_default().to_owned()))
}

/// The refs that were found, each as the whole word.
#[must_use]
pub fn found(word: &str, items: &[Named]) -> Vec<Candidate> {
    let kept = word.rfind([',', ':']).map_or(0, |at| at + 1);
    let candidate = |named: &Named| Candidate {
        word: format!("{}{}", &word[..kept], named.reference),
        label: format!("{} {}", named.reference, named.title),
    };
    items.iter().take(MOST).map(candidate).collect()
}

/// What may stand in the place of a word, from what is known without asking.
#[must_use]
pub fn candidates(model: &Model, kind: Kind, aim: Aim, word: &str) -> Vec<Candidate> {
    let mut all = match word.split_once(':') {
        Some((key, begun)) => values(model, kind, aim, (key, begun)),
        None if word.is_empty() => Vec::new(),
        None => names(model, kind, aim, word),
    };
    all.truncate(MOST);
    all
}

/// What a line can begin with before anything is typed: a metric of the catalogue.
#[must_use]
pub fn at_first(kind: Kind, aim: Aim) -> Vec<Candidate> {
    let offers = kind == Kind::Metric && aim == Aim::Make;
    catalogued().filter(|_| offers).collect()
}

/// Whether `name` is what `begun` begins; a word that is whole is followed by what comes after it.
fn goes_on(name: &str, begun: &str) -> bool {
    name.to_lowercase().starts_with(&begun.to_lowercase())
}

fn names(model: &Model, kind: Kind, aim: Aim, word: &str) -> Vec<Candidate> {
    for sigil in [">@", "@"] {
        if let Some(begun) = word.strip_prefix(sigil) {
            let names = people(model, begun);
            return names
                .into_iter()
                .map(|name| Candidate::new(format!("{sigil}{name}")))
                .collect();
        }
    }
    if let Some(sigil) = word.chars().next().filter(|sigil| "+-".contains(*sigil)) {
        let tags = model.tags.iter().filter(|tag| goes_on(tag, &word[1..]));
        return tags.map(|tag| Candidate::new(format!("{sigil}{tag}"))).collect();
    }
    // The name of a metric in the catalogue makes it.
    let known = catalogued().filter(|_| kind == Kind::Metric && aim == Aim::Make);
    let known = known.filter(|one| goes_on(&one.word, word));
    let fields = kind.noun().fields.iter();
    let own = fields.flat_map(|field| std::iter::once(&field.name).chain(field.aliases)).copied();
    let derived = ["is", "has"].into_iter().filter(|_| aim == Aim::Find);
    let all = own.chain(derived).filter(|name| goes_on(name, word));
    known.chain(all.map(|name| Candidate::new(format!("{name}:")))).collect()
}

/// The metrics of the catalogue by their short names.
fn catalogued() -> impl Iterator<Item = Candidate> {
    catalogue::catalogue()
        .iter()
        .map(|one| Candidate { word: one.slug.clone(), label: one.name.clone() })
}

/// The first names that go on from a beginning, each once.
fn people(model: &Model, begun: &str) -> Vec<String> {
    let first =
        |named: &Named| named.title.split_whitespace().next().unwrap_or_default().to_lowercase();
    let mut names: Vec<String> =
        model.people.iter().map(first).filter(|name| goes_on(name, begun)).collect();
    names.sort();
    names.dedup();
    names
}

fn values(model: &Model, kind: Kind, aim: Aim, (key, begun): (&str, &str)) -> Vec<Candidate> {
    let noun = kind.noun();
    let words: Vec<String> = match noun.answering(key) {
        None if aim == Aim::Find && key == "is" => {
            let properties = Property::ALL.iter().map(|(slug, _)| *slug);
            properties.chain(noun.state_slugs()).map(str::to_owned).collect()
        }
        None if aim == Aim::Find && key == "has" => {
            noun.form_fields().map(|field| field.name.to_owned()).collect()
        }
        None => Vec::new(),
        Some(field) if field.is_person() => people(model, begun),
        Some(field) => match field.kind {
            FieldKind::Choice(slugs) => slugs.iter().map(ToString::to_string).collect(),
            FieldKind::State => {
                let shelves = ["open", "closed"].into_iter().filter(|_| aim == Aim::Find);
                shelves.chain(noun.state_slugs()).map(str::to_owned).collect()
            }
            FieldKind::Day | FieldKind::PastDay => {
                let spans = SPANS.into_iter().filter(|_| aim == Aim::Find);
                let days = DAYS.into_iter().filter(|day| aim == Aim::Make || *day != "none");
                spans.chain(days).map(str::to_owned).collect()
            }
            FieldKind::Tags => model.tags.clone(),
            _ if kind == Kind::Metric && field.name == "catalogue" => {
                catalogued().map(|one| one.word).collect()
            }
            _ => Vec::new(),
        },
    };
    let words = words.into_iter().filter(|word| goes_on(word, begun));
    words.map(|word| Candidate::new(format!("{key}:{word}"))).collect()
}
