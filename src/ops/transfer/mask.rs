//! Accounts under another name, where somebody asks for it: the same account is the same number
//! throughout an export, and its name is gone from every text that goes out.

use std::collections::{BTreeSet, HashMap};
use std::io::Write;

use serde_json::Value as Json;

use crate::domain::field::FieldKind;
use crate::domain::item::Item;
use crate::domain::message::swap::put;
use crate::domain::part::Part;
use crate::domain::value::Value;
use crate::exchange::markdown;
use crate::exchange::page::{Block, Page};
use crate::store::Store;

use super::super::error::Result;

/// Letters from which on the first word of an account can be what people call it.
const LEAST_NAME: usize = 4;
/// Words that begin the names of companies and mean something without them: only the whole name is
/// masked then.
#[rustfmt::skip]
const COMMON: [&str; 48] = [
    "advanced", "allied", "american", "associated", "atlantic", "bank", "best", "black", "blue", "british",
    "capital", "central", "city", "clear", "cloud", "core", "data", "digital", "direct", "east", "european",
    "express", "fast", "first", "free", "general", "german", "global", "golden", "great", "green", "grand",
    "home", "international", "modern", "national", "next", "north", "open", "pacific", "premier", "royal",
    "smart", "south", "state", "united", "west", "white",
];

/// Whether accounts are told by their names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Accounts {
    #[default]
    Named,
    Masked,
}

/// The names of the accounts with what stands in their place; none where they are told.
#[derive(Debug, Default)]
pub struct Masks {
    /// Each name as it may stand in a text, with its mask.
    names: Vec<(String, String)>,
    /// The names by that word of each which the fewest share, in lower case.
    by_word: HashMap<String, Vec<usize>>,
}

impl Masks {
    /// What is masked in an export of a workspace.
    ///
    /// # Errors
    /// A storage error.
    pub fn of(store: &Store, accounts: Accounts) -> Result<Self> {
        Ok(match accounts {
            Accounts::Named => Self::default(),
            Accounts::Masked => Self::new(&store.accounts_named()?),
        })
    }

    /// The same account is the same number, in whatever case it is written.
    fn new(accounts: &[String]) -> Self {
        let mut numbers: HashMap<String, usize> = HashMap::new();
        let mut masks = Self::default();
        let mut called: BTreeSet<String> =
            accounts.iter().map(|account| account.to_lowercase()).collect();
        for account in accounts {
            let next = numbers.len() + 1;
            let number = *numbers.entry(account.to_lowercase()).or_insert(next);
            // Markdown tells it with marks in it.
            let mut shapes = BTreeSet::from([account.clone(), markdown::escaped(account)]);
            shapes.extend(short(account).filter(|short| called.insert(short.to_lowercase())));
            let mask = format!("Account {number}");
            for shape in shapes {
                let more = inflected(&shape).filter(|(more, _)| called.insert(more.to_lowercase()));
                masks.names.extend(more.map(|(more, ending)| (more, format!("{mask}{ending}"))));
                masks.names.push((shape, mask.clone()));
            }
        }
        let mut common: HashMap<String, usize> = HashMap::new();
        for word in masks.names.iter().flat_map(|(name, _)| words(name)) {
            *common.entry(word).or_default() += 1;
        }
        for (at, (name, _)) in masks.names.iter().enumerate() {
            let rarest = words(name).min_by_key(|word| common.get(word).copied());
            masks.by_word.entry(rarest.unwrap_or_default()).or_default().push(at);
        }
        masks
    }

    /// The text without the names.
    #[must_use]
    pub fn text(&self, text: &str) -> String {
        if self.names.is_empty() {
            return text.to_owned();
        }
        let lines: Vec<String> = text.split('\n').map(|line| self.line(line)).collect();
        lines.join("\n")
    }

    fn line(&self, line: &str) -> String {
        // A name without a letter has no word.
        let told: BTreeSet<String> = words(line).chain([String::new()]).collect();
        let here: Vec<(&str, &str)> = told
            .iter()
            .filter_map(|word| self.by_word.get(word))
            .flatten()
            .map(|at| (self.names[*at].0.as_str(), self.names[*at].1.as_str()))
            .collect();
        if here.is_empty() { line.to_owned() } else { put(line, &here) }
    }

    /// Masks the texts of an item; a link that names an account is left out, and so is that of
    /// whatever an account said.
    pub fn item(&self, item: &mut Item) {
        if self.names.is_empty() {
            return;
        }
        if !item.text("account").is_empty() {
            item.set("link", Value::Nothing);
        }
        let changed: Vec<(&'static str, Value)> = item
            .entries()
            .filter_map(|(field, value)| Some((field.name, self.value(field.kind, value)?)))
            .collect();
        for (name, value) in changed {
            item.set(name, value);
        }
    }

    /// The same of what an item consists of.
    pub fn part(&self, part: &mut Part) {
        let changed: Vec<(&'static str, Value)> = part
            .entries()
            .filter_map(|(field, value)| Some((field.name, self.value(field.kind, value)?)))
            .collect();
        for (name, value) in changed {
            part.set(name, value);
        }
    }

    /// What stands in place of a value; nothing where it names no account.
    fn value(&self, kind: FieldKind, value: &Value) -> Option<Value> {
        let masked = match value {
            Value::Text(text) if matches!(kind, FieldKind::Line | FieldKind::Text) => {
                Value::Text(self.text(text))
            }
            // An address with another name in it leads nowhere.
            Value::Text(text) if kind == FieldKind::Url && self.text(text) != *text => {
                Value::Nothing
            }
            Value::Tags(tags) => Value::Tags(tags.iter().map(|tag| self.tag(tag)).collect()),
            _ => return None,
        };
        (masked != *value).then_some(masked)
    }

    fn tag(&self, tag: &str) -> String {
        let masked = self.text(tag);
        if masked == tag { masked } else { masked.to_lowercase().replace(' ', "-") }
    }

    /// What a machine reads, without the names.
    pub fn told(&self, told: &mut Json) {
        match told {
            Json::String(text) => *text = self.text(text),
            Json::Array(all) => all.iter_mut().for_each(|one| self.told(one)),
            Json::Object(fields) => fields.values_mut().for_each(|one| self.told(one)),
            Json::Null | Json::Bool(_) | Json::Number(_) => {}
        }
    }

    /// A page without the names.
    #[must_use]
    pub fn page(&self, mut page: Page) -> Page {
        let mask = |text: &mut String| *text = self.text(text);
        mask(&mut page.title);
        mask(&mut page.about);
        for block in &mut page.blocks {
            match block {
                Block::Heading(_, text) | Block::Paragraph(text) | Block::Prose(text) => mask(text),
                Block::Facts(facts) => facts.iter_mut().for_each(|(_, text)| mask(text)),
                Block::List(members) => members.iter_mut().for_each(mask),
                Block::Table { rows, .. } => rows.iter_mut().flatten().for_each(mask),
                Block::Chart(chart) => {
                    [&mut chart.words, &mut chart.picture.title, &mut chart.picture.about]
                        .into_iter()
                        .for_each(mask);
                }
            }
        }
        page
    }

    /// Writes Markdown without the names.
    ///
    /// # Errors
    /// What `body` returns, and `Output` when `out` does not take it.
    pub fn markdown<T>(
        &self,
        out: &mut dyn Write,
        body: impl FnOnce(&mut dyn Write) -> Result<T>,
    ) -> Result<T> {
        if self.names.is_empty() {
            return body(out);
        }
        let mut page = Vec::new();
        let done = body(&mut page)?;
        out.write_all(self.text(&String::from_utf8_lossy(&page)).as_bytes())?;
        Ok(done)
    }
}

/// What people call an account of several words: by the first of them, where that is a name.
fn short(account: &str) -> Option<String> {
    let mut all = account.split_whitespace();
    let (first, second) = (all.next()?, all.next());
    let is_name = first.chars().count() >= LEAST_NAME
        && first.chars().all(char::is_alphanumeric)
        && !COMMON.contains(&first.to_lowercase().as_str());
    (is_name && second.is_some()).then(|| first.to_owned())
}

/// A name as it stands of several, or of what is its: `Kestrels`, in German `Kestrels Angebot`; with
/// the ending. One with an apostrophe is the name itself and what follows it.
fn inflected(name: &str) -> Option<(String, &'static str)> {
    let last = name.chars().next_back().filter(|letter| letter.is_alphabetic())?;
    let ending = if "sxzßSXZ".contains(last) { "es" } else { "s" };
    (name.chars().count() >= LEAST_NAME).then(|| (format!("{name}{ending}"), ending))
}

/// The words of a text, in lower case.
fn words(text: &str) -> impl Iterator<Item = String> {
    let all = text.split(|letter: char| !letter.is_alphanumeric());
    all.filter(|word| !word.is_empty()).map(str::to_lowercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn masks() -> Masks {
        Masks::new(&["Acme", "Kite & Sons", "ACME", "Acme Cloud", "A_B"].map(str::to_owned))
    }

    #[test]
    fn a_name_is_masked_wherever_it_stands_as_a_word() {
        let told = masks().text("acme’s plan, ACME CLOUD\nKite & Sons; Acmeland, kite");
        assert_eq!(told, "Account 1’s plan, Account 3\nAccount 2; Acmeland, Account 2");
    }

    #[test]
    fn what_people_call_it_is_masked_as_well() {
        let names = ["Nordholm Lines", "Open Systems", "Acme", "Acme Cloud", "Nordholm Air"];
        let masks = Masks::new(&names.map(str::to_owned));
        let told = masks.text("Lost at Nordholm; ops@nordholm.example, an open question of Acme");
        assert_eq!(told, "Lost at Account 1; ops@Account 1.example, an open question of Account 3");
        assert_eq!(masks.text("Nordholm Air, Open Systems"), "Account 5, Account 2");
    }

    #[test]
    fn an_inflected_name_is_masked_with_its_ending() {
        let names = ["Kestrel", "Kestrel Air", "Nordholm Lines", "Brix", "Ace"].map(str::to_owned);
        let masks = Masks::new(&names);
        let told =
            masks.text("Kestrels Angebot, Kestrel's, KESTRELS, two Nordholms, the Brixes, aces");
        let wanted =
            "Account 1s Angebot, Account 1's, Account 1s, two Account 3s, the Account 4es, aces";
        assert_eq!(told, wanted);
        // A name of its own goes before what it could be of another.
        let masks = Masks::new(&["Kestrel", "Kestrels"].map(str::to_owned));
        assert_eq!(masks.text("Kestrels and Kestrel"), "Account 2 and Account 1");
    }

    #[test]
    fn a_name_with_marks_in_it_is_masked_too() {
        assert_eq!(masks().text("| Kite \\& Sons | A\\_B |"), "| Account 2 | Account 4 |");
    }

    #[test]
    fn a_mask_is_not_masked_again() {
        let masks = Masks::new(&["Account".to_owned(), "1".to_owned(), "Birch".to_owned()]);
        assert_eq!(masks.text("Birch 1"), "Account 3 Account 2");
    }
}
