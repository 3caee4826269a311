//! Reads a quick-add line, and the tokens of an edit: what parsed leaves the title and shows as
//! chips; what is not understood stays in the title with a warning.

use super::dates;
use super::signed;
use super::token::{self, Token};
use crate::domain::change::{Change, Draft, Edit, Input, signed_edits};
use crate::domain::day::{self, Calendar};
use crate::domain::field::{Entry, Field, FieldKind};
use crate::domain::kind::Kind;
use crate::domain::nearest::nearest;
use crate::domain::refusal::Refusal;
use crate::domain::value::Value;

/// Whether the words make a new item or change one that exists.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    Add,
    Edit,
    /// Files and the demo: may also set what otherwise only verbs set.
    Load,
}

/// How a chip is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChipTone {
    Understood,
    Warning,
    Wrong,
}

/// What is shown under the input for one token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chip {
    pub label: String,
    pub tone: ChipTone,
}

/// A line as understood.
#[derive(Debug, Clone, PartialEq)]
pub struct QuickAdd {
    pub kind: Kind,
    pub title: String,
    pub changes: Vec<Change>,
    pub chips: Vec<Chip>,
    /// The first thing that is wrong; such a line is not carried out.
    pub wrong: Option<Refusal>,
    /// Keys that are no fields.
    unknown: Vec<String>,
}

impl QuickAdd {
    /// Reads a line for a known kind.
    #[must_use]
    pub fn read(text: &str, kind: Kind, calendar: &Calendar, mode: Mode) -> Self {
        let cut = token::cut(text);
        let mut read = Self {
            kind,
            title: String::new(),
            changes: Vec::new(),
            chips: Vec::new(),
            wrong: None,
            unknown: Vec::new(),
        };
        let mut words: Vec<&str> = Vec::new();
        let tokens = dates::joined(&cut.tokens, kind, calendar);
        for token in &tokens {
            if !read.take(token, calendar, mode) {
                // A key that is no field stays as it was typed, with its quotes.
                let is_key = token.pair().is_some() && !token.is_unquoted();
                let (from, to) = token.span;
                words.push(text.get(from..to).filter(|_| is_key).unwrap_or(&token.text));
            }
        }
        read.title = words.join(" ");
        if mode == Mode::Edit && !words.is_empty() && words.len() == read.unknown.len() {
            read.refuse_unknown();
        }
        if let Some(note) = cut.note {
            read.set_note(note);
        }
        read
    }

    /// Reads a capture: a leading ref letter picks the kind (`r Deck for Acme`), else `fallback`.
    #[must_use]
    pub fn capture(text: &str, fallback: Kind, calendar: &Calendar, mode: Mode) -> Self {
        let text = text.trim_start();
        let Some((letters, rest)) = text.split_once(char::is_whitespace) else {
            return Self::read(text, fallback, calendar, mode);
        };
        // What is loaded names each item by its own letter.
        let named = match mode {
            Mode::Load => Kind::from_letter(letters).filter(|kind| kind.is_added()),
            Mode::Add | Mode::Edit => Kind::captured(letters),
        };
        let Some(kind) = named else {
            return Self::read(text, fallback, calendar, mode);
        };
        let mut read = Self::read(rest, kind, calendar, mode);
        if mode != Mode::Load && Kind::from_letter(letters) == Some(Kind::Objection) {
            read.mention();
        }
        read
    }

    /// What was said is an objection, unless one is named beside it.
    fn mention(&mut self) {
        let field = self.kind.noun().field("objections");
        let named = self.changes.iter().any(|change| change.field.name == field.name);
        if named || self.title.trim().is_empty() {
            return;
        }
        self.chip(format!("objection {}", self.title));
        let name = Input::Reference(self.title.clone());
        self.set(field, Edit::Add(Input::Several(vec![name])));
    }

    /// The draft to carry out.
    ///
    /// # Errors
    /// The first token that is wrong, or a missing title.
    pub fn draft(self) -> Result<Draft, Refusal> {
        if let Some(wrong) = self.wrong {
            return Err(wrong);
        }
        // A metric of the catalogue has a title there.
        let is_named = self.changes.iter().any(|change| change.field.name == "catalogue");
        if self.title.trim().is_empty() && !is_named {
            let noun = self.kind.noun();
            return Err(Refusal::input(format!("{} needs a title", noun.one()))
                .hint(format!("for example: {}", noun.example)));
        }
        Ok(Draft { kind: self.kind, title: self.title, changes: self.changes })
    }

    /// The changes of an edit; plain words become the new title.
    ///
    /// # Errors
    /// The first token that is wrong.
    pub fn edits(self) -> Result<Vec<Change>, Refusal> {
        if let Some(wrong) = self.wrong {
            return Err(wrong);
        }
        let mut changes = self.changes;
        if !self.title.is_empty() {
            let field = self.kind.noun().field("title");
            changes.push(Change { field, edit: Edit::Set(Input::Value(Value::Text(self.title))) });
        }
        Ok(changes)
    }

    fn take(&mut self, token: &Token, calendar: &Calendar, mode: Mode) -> bool {
        if token.literal {
            return false;
        }
        if let Some((key, ":", value)) = token.pair() {
            let field = self.kind.noun().answering(key).filter(|_| token.is_unquoted());
            if let Some(refusal) = field.and_then(|field| field.refuse_several(value)) {
                self.fail(refusal);
                return true;
            }
            return self.take_pair(key, value, calendar, mode);
        }
        self.take_sigil(&token.text, mode)
    }

    fn take_pair(&mut self, key: &str, value: &str, calendar: &Calendar, mode: Mode) -> bool {
        if value.starts_with("//") {
            return false;
        }
        if let Some(read) = signed::read(self.kind, key, value) {
            match read {
                Ok(links) => self.link(links),
                Err(refusal) => self.fail(refusal),
            }
            return true;
        }
        let Some(field) = self.kind.noun().answering(key) else {
            self.warn(no_field(key, self.kind, &[]));
            self.unknown.push(key.to_owned());
            return false;
        };
        if let Some(refusal) = refuse_by_verb(field, self.kind, mode) {
            self.fail(refusal);
            return true;
        }
        if let Some(edits) = signed_edits(field, value) {
            self.chip(format!("{} {value}", field.label));
            for edit in edits {
                self.set(field, edit);
            }
            return true;
        }
        match field.read(value, calendar) {
            Ok(input) => self.understand(field, input, value, calendar),
            Err(refusal) => self.fail(refusal),
        }
        true
    }

    /// Links with their signs: `claim:+c4`.
    fn link(&mut self, links: Vec<signed::Signed>) {
        for signed in links {
            if self.says_otherwise(&signed) {
                let one = &signed.name;
                let what = format!("claim: {one} is named with two signs");
                let hint = format!("claim:+{one} for, claim:-{one} against, claim:={one} neither");
                self.fail(Refusal::input(what).hint(hint));
                continue;
            }
            self.chip(format!("{} {}", signed.field.label, signed.name));
            let edit = Edit::Add(Input::Several(vec![Input::Reference(signed.name)]));
            self.set(signed.field, edit);
        }
    }

    /// Whether the same claim was given another sign before in the line.
    fn says_otherwise(&self, signed: &signed::Signed) -> bool {
        let names = |edit: &Edit| {
            match edit {
            Edit::Add(Input::Several(all)) => all.iter().any(|one| {
                matches!(one, Input::Reference(name) if name.eq_ignore_ascii_case(&signed.name))
            }),
            Edit::Add(_) | Edit::Set(_) | Edit::Remove(_) | Edit::Clear => false,
        }
        };
        let others = self.changes.iter().filter(|one| one.field.name != signed.field.name);
        others.filter(|one| signed::FIELDS.contains(&one.field.name)).any(|one| names(&one.edit))
    }

    /// In an edit, words that are all mistyped keys are no new title.
    fn refuse_unknown(&mut self) {
        let noun = self.kind.noun();
        let Some(key) = self.unknown.first() else { return };
        let hint = match near(key, self.kind, &[]) {
            Some(near) => format!("did you mean {near}:?"),
            None => "a new title with a colon in it goes as title:\"…\"".to_owned(),
        };
        let refusal = Refusal::input(format!("{key}: is not a field of {}", noun.one()));
        self.wrong.get_or_insert(refusal.hint(hint));
    }

    fn take_sigil(&mut self, text: &str, mode: Mode) -> bool {
        let (name, sign) = match (text.strip_prefix(">@"), text.strip_prefix('@')) {
            (Some(name), _) => ("waiting_on", name),
            (None, Some(name)) => ("owner", name),
            (None, None) => return self.take_tag(text, mode),
        };
        let Some(field) = self.kind.noun().answering(name).filter(|_| !sign.is_empty()) else {
            return false;
        };
        let edit = if sign.eq_ignore_ascii_case("none") {
            Edit::Clear
        } else {
            Edit::Set(Input::Person(sign.to_owned()))
        };
        self.chip(format!("{} {sign}", field.label));
        self.set(field, edit);
        true
    }

    fn take_tag(&mut self, text: &str, mode: Mode) -> bool {
        let starts_word = |rest: &str| rest.starts_with(char::is_alphabetic);
        let (rest, adds) = match (text.strip_prefix('+'), text.strip_prefix('-')) {
            (Some(rest), _) if starts_word(rest) => (rest, true),
            (None, Some(rest)) if mode == Mode::Edit && starts_word(rest) => (rest, false),
            _ => return false,
        };
        let Some(field) = self.kind.noun().answering("tags") else { return false };
        let input = Input::Value(Value::Tags(vec![rest.to_lowercase()]));
        self.chip(format!("{}{}", if adds { '+' } else { '-' }, rest.to_lowercase()));
        let edit = if adds { Edit::Add(input) } else { Edit::Remove(input) };
        self.changes.push(Change { field, edit });
        true
    }

    fn understand(
        &mut self,
        field: &'static Field,
        input: Input,
        typed: &str,
        calendar: &Calendar,
    ) {
        self.chip(chip_words(field, &input, typed, calendar));
        let edit = match (&input, field.kind) {
            (Input::Value(Value::Nothing), _) => Edit::Clear,
            (_, FieldKind::Many(_) | FieldKind::Tags) => Edit::Add(input),
            _ => Edit::Set(input.signed(typed)),
        };
        self.set(field, edit);
    }

    /// A field that takes one value takes the last that was typed, and says so.
    fn set(&mut self, field: &'static Field, edit: Edit) {
        let gathers = matches!(edit, Edit::Add(_) | Edit::Remove(_));
        let before = self.changes.len();
        if !gathers {
            self.changes.retain(|change| change.field.name != field.name);
        }
        if self.changes.len() < before {
            self.warn(format!("{} is there twice; the last counts", field.label));
        }
        self.changes.push(Change { field, edit });
    }

    fn set_note(&mut self, note: String) {
        let Some(field) = self.kind.noun().answering("note") else { return };
        self.chip("note".to_owned());
        self.changes.push(Change { field, edit: Edit::Set(Input::Value(Value::Text(note))) });
    }

    fn chip(&mut self, label: String) {
        self.chips.push(Chip { label, tone: ChipTone::Understood });
    }

    fn warn(&mut self, label: String) {
        self.chips.push(Chip { label, tone: ChipTone::Warning });
    }

    fn fail(&mut self, refusal: Refusal) {
        self.chips.push(Chip { label: refusal.what.clone(), tone: ChipTone::Wrong });
        self.wrong.get_or_insert(refusal);
    }
}

/// What is said of a key that is no field, and which one was probably meant; `others` are keys
/// beside the fields.
#[must_use]
pub fn no_field(key: &str, kind: Kind, others: &[&'static str]) -> String {
    let told = format!("{key}: is not a field of {}", kind.noun().one());
    match near(key, kind, others) {
        Some(near) => format!("{told}; did you mean {near}:?"),
        None => told,
    }
}

fn near(key: &str, kind: Kind, others: &[&'static str]) -> Option<&'static str> {
    let fields = kind.noun().fields.iter();
    let names = fields.flat_map(|field| std::iter::once(&field.name).chain(field.aliases));
    nearest(key, names.chain(others).copied())
}

/// Why this field cannot be typed, when only a verb sets it.
#[must_use]
pub fn refuse_by_verb(field: &Field, kind: Kind, mode: Mode) -> Option<Refusal> {
    if field.entry == Entry::Free || mode == Mode::Load {
        return None;
    }
    let noun = kind.noun();
    let way = crate::domain::verb::way_to_set(kind, field.name);
    let refusal = Refusal::input(format!("{} is not typed in: a verb sets it", field.label));
    Some(match way {
        Some(way) => refusal.hint(format!("prewire {} {way}", noun.name)),
        None if field.name == "rank" => Refusal::input("the order by hand is not typed in")
            .hint("J and K on the screen move it"),
        None => refusal,
    })
}

fn chip_words(field: &Field, input: &Input, typed: &str, calendar: &Calendar) -> String {
    match input {
        Input::Value(Value::Nothing) => format!("no {}", field.label),
        Input::Value(Value::Day(date)) => {
            format!("{} {typed} → {}", field.label, day::echo(*date, calendar.today))
        }
        Input::Value(Value::Whole(minutes)) if field.kind == FieldKind::Minutes => {
            format!("{} {}", field.label, day::show_minutes(*minutes))
        }
        Input::Value(Value::Text(text)) => format!("{} {text}", field.label),
        _ => format!("{} {typed}", field.label),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed_twice_counts_once_and_says_so() {
        let today = chrono::NaiveDate::from_ymd_opt(2026, 5, 6).unwrap();
        let calendar = Calendar { today, fiscal_start_month: 1, plan_start: None };
        let read = |line| QuickAdd::read(line, Kind::Decision, &calendar, Mode::Add);
        let warned = |read: &QuickAdd| {
            let warnings = read.chips.iter().filter(|chip| chip.tone == ChipTone::Warning);
            warnings.map(|chip| chip.label.clone()).collect::<Vec<_>>()
        };
        let twice = read("Who? @maya @raj due:fri due:mon +a +b");
        assert_eq!(
            warned(&twice),
            ["owner is there twice; the last counts", "needed by is there twice; the last counts"]
        );
        let owner = |change: &&Change| change.field.name == "owner";
        let owners: Vec<&Change> = twice.changes.iter().filter(owner).collect();
        assert_eq!(owners.len(), 1, "nobody is made who is not meant");
        assert_eq!(owners[0].edit, Edit::Set(Input::Person("raj".to_owned())));
        assert!(warned(&read("Who? @maya >@raj due:fri +a +b")).is_empty());
    }
}
