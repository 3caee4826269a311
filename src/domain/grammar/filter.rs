//! Reads what to show: plain words match fuzzily, terms test fields, `or` and parentheses combine.
//! The result is a tree that the store turns into a query.

mod span;

use chrono::NaiveDate;

pub use super::compare::Compare;
pub use super::property::Property;

use super::dates;
use super::quick_add::no_field;
use super::signed;
use super::terms::spaced;
use super::token::{self, Token};
use crate::domain::day::{self, Calendar, Lean};
use crate::domain::evidence::matrix::UNKNOWN;
use crate::domain::field::{Field, FieldKind, read_pick};
use crate::domain::kind::Kind;
use crate::domain::refusal::Refusal;
use crate::domain::value::Value;

/// What a field is compared with.
#[derive(Debug, Clone, PartialEq)]
pub enum Operand {
    Nothing,
    Value(Value),
    /// From the first to the last day, both included.
    Days(NaiveDate, NaiveDate),
    /// A person or an item, by name or ref, resolved against the workspace.
    Named(String),
    /// Part of a text.
    Part(String),
    /// All of a text, in any case.
    Whole(String),
}

/// One test of one item.
#[derive(Debug, Clone, PartialEq)]
pub enum Test {
    Field { field: &'static Field, compare: Compare, operand: Operand },
    Is(Property),
    Has(&'static Field),
}

/// What to show.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Filter {
    #[default]
    Everything,
    All(Vec<Filter>),
    Any(Vec<Filter>),
    Not(Box<Filter>),
    /// A word to be found in the title, fuzzily; fzf's `'exact`, `!not`, `^start`, `end$`.
    Word(String),
    Test(Test),
}

/// A filter as understood, with what was not.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Reading {
    pub filter: Filter,
    /// Sentences about terms that were taken as plain words.
    pub warnings: Vec<String>,
    /// The first term that is wrong.
    pub wrong: Option<Refusal>,
}

impl Reading {
    /// Whether all of it was understood.
    #[must_use]
    pub fn is_clean(&self) -> bool {
        self.wrong.is_none() && self.warnings.is_empty()
    }
}

impl Filter {
    /// Reads a filter over items of one kind.
    #[must_use]
    pub fn read(text: &str, kind: Kind, calendar: &Calendar) -> Reading {
        let spaced = spaced(text);
        let mut cut = token::cut(&spaced);
        cut.tokens.retain(|token| !token.is_lone_sign());
        let mut reader = Reader {
            tokens: dates::joined(&cut.tokens, kind, calendar),
            at: 0,
            kind,
            calendar,
            warnings: Vec::new(),
            wrong: None,
        };
        let mut parts = vec![reader.any()];
        while reader.at < reader.tokens.len() {
            reader.at += 1;
            reader.warnings.push("a bracket is closed that was not opened".to_owned());
            parts.push(reader.any());
        }
        parts.retain(|part| *part != Self::Everything);
        let filter = collapse(parts, Self::All);
        Reading { filter, warnings: reader.warnings, wrong: reader.wrong }
    }

    /// The words at the top that rank the result, when the filter has any there.
    #[must_use]
    pub fn words(&self) -> Vec<&str> {
        match self {
            Self::Word(word) => vec![word],
            Self::All(parts) => parts
                .iter()
                .filter_map(|part| match part {
                    Self::Word(word) => Some(word.as_str()),
                    _ => None,
                })
                .collect(),
            _ => Vec::new(),
        }
    }

    /// Whether nothing but words at the top is asked, which the title index alone can answer.
    #[must_use]
    pub fn is_words_only(&self) -> bool {
        match self {
            Self::Word(_) => true,
            Self::All(parts) => parts.iter().all(|part| matches!(part, Self::Word(_))),
            _ => false,
        }
    }
}

struct Reader<'a> {
    tokens: Vec<Token>,
    at: usize,
    kind: Kind,
    calendar: &'a Calendar,
    warnings: Vec<String>,
    wrong: Option<Refusal>,
}

impl Reader<'_> {
    fn any(&mut self) -> Filter {
        let mut parts = vec![self.all()];
        while self.next(Token::is_or) {
            self.at += 1;
            let part = self.all();
            if part == Filter::Everything {
                self.warnings.push("nothing stands after “or”".to_owned());
            }
            parts.push(part);
        }
        parts.retain(|part| *part != Filter::Everything);
        collapse(parts, Filter::Any)
    }

    fn all(&mut self) -> Filter {
        let mut parts = Vec::new();
        while self.at < self.tokens.len() && !self.next(Token::is_or) && !self.next_is(")") {
            parts.push(self.one());
        }
        parts.retain(|part| *part != Filter::Everything);
        collapse(parts, Filter::All)
    }

    fn one(&mut self) -> Filter {
        let token = self.tokens[self.at].clone();
        self.at += 1;
        if token.literal {
            return Filter::Word(format!("'{}", token.text));
        }
        if token.text == "(" || token.text == "!(" {
            let inner = self.any();
            if self.next_is(")") {
                self.at += 1;
            } else {
                self.warnings.push("a bracket is not closed; it ends with the line".to_owned());
            }
            if inner == Filter::Everything && self.wrong.is_none() {
                self.warnings.push("nothing stands between the brackets".to_owned());
            }
            let negated = token.text.starts_with('!') && inner != Filter::Everything;
            return if negated { Filter::Not(Box::new(inner)) } else { inner };
        }
        self.term(&token)
    }

    fn term(&mut self, token: &Token) -> Filter {
        // `due!=fri`, as some write it, is `!due:fri`.
        if let Some((key, value)) = token.text.split_once("!=").filter(|_| token.is_unquoted())
            && !value.is_empty()
            && (["is", "has"].contains(&key) || self.kind.noun().answering(key).is_some())
            && let [inner] = token::cut(&format!("{key}:{value}")).tokens.as_slice()
        {
            return Filter::Not(Box::new(self.term(inner)));
        }
        if let Some((key, sign, value)) = token.pair() {
            if let Some(several) = self.several(token, (key, sign, value)) {
                return several;
            }
            return self.pair(key, sign, value).unwrap_or_else(|| Filter::Word(token.text.clone()));
        }
        if let Some(rest) = token.text.strip_prefix(['!', '-']) {
            let inner = token::cut(rest).tokens;
            if let [inner] = inner.as_slice()
                && (inner.pair().is_some() || rest.starts_with(['@', '+', '>']))
            {
                return Filter::Not(Box::new(self.term(inner)));
            }
        }
        self.sigil(&token.text)
    }

    fn sigil(&mut self, text: &str) -> Filter {
        let noun = self.kind.noun();
        let person = text
            .strip_prefix(">@")
            .map(|name| ("waiting_on", name))
            .or_else(|| text.strip_prefix('@').map(|name| ("owner", name)));
        if let Some((name, who)) = person.filter(|(_, who)| !who.is_empty())
            && let Some(field) = noun.answering(name)
        {
            return Filter::Test(Test::Field {
                field,
                compare: Compare::Equal,
                operand: named(who),
            });
        }
        let starts_word = |rest: &&str| rest.starts_with(char::is_alphabetic);
        let tags = noun.answering("tags");
        if let (Some(tag), Some(field)) = (text.strip_prefix('+').filter(starts_word), tags) {
            return has_tag(field, tag);
        }
        if let (Some(tag), Some(field)) = (text.strip_prefix('-').filter(starts_word), tags) {
            return Filter::Not(Box::new(has_tag(field, tag)));
        }
        Filter::Word(text.to_owned())
    }

    fn pair(&mut self, key: &str, sign: &str, value: &str) -> Option<Filter> {
        match key.to_lowercase().as_str() {
            "is" => return Some(self.is(value)),
            "has" => return Some(self.has(value)),
            _ => {}
        }
        if let Some(read) = signed::sought(self.kind, key, value) {
            return Some(match read {
                Ok(links) => collapse(links.iter().map(linked).collect(), Filter::Any),
                Err(refusal) => self.refuse(refusal),
            });
        }
        let Some(field) = self.kind.noun().answering(key) else {
            if !value.starts_with("//") {
                self.warnings.push(no_field(key, self.kind, &["is", "has"]));
            }
            return None;
        };
        if value.trim().is_empty() {
            // Half typed, it narrows nothing yet.
            let none = format!("{key}{sign} has no value; {key}:none finds what has none");
            self.warnings.push(none);
            return Some(Filter::Everything);
        }
        if field.kind == FieldKind::State && ["open", "closed"].contains(&value) {
            return Some(self.is(value));
        }
        let compare = match sign {
            "<" => Compare::Less,
            "<=" => Compare::LessOrEqual,
            ">" => Compare::More,
            ">=" => Compare::MoreOrEqual,
            _ => Compare::Equal,
        };
        let is_text = matches!(field.kind, FieldKind::Line | FieldKind::Text | FieldKind::Url);
        let whole = sign == "=" && is_text && !["", "none"].contains(&value.trim());
        if whole {
            let operand = Operand::Whole(value.trim().to_owned());
            return Some(Filter::Test(Test::Field { field, compare, operand }));
        }
        Some(match self.operand(field, compare, value) {
            Ok(operand) => Filter::Test(Test::Field { field, compare, operand }),
            Err(refusal) => self.refuse(refusal),
        })
    }

    fn operand(
        &self,
        field: &'static Field,
        compare: Compare,
        value: &str,
    ) -> Result<Operand, Refusal> {
        let value = value.trim();
        if value.is_empty() || value.eq_ignore_ascii_case("none") {
            return Ok(Operand::Nothing);
        }
        if field.is_date()
            && compare == Compare::Equal
            && let Some(days) = self.days(value)
        {
            return Ok(days);
        }
        match field.kind {
            // That nobody knows the segment is said with a word.
            FieldKind::One(_) if field.name == "segment" && value.eq_ignore_ascii_case(UNKNOWN) => {
                Ok(Operand::Nothing)
            }
            FieldKind::One(_) | FieldKind::Many(_) => Ok(named(value.trim_start_matches('@'))),
            FieldKind::Line | FieldKind::Text | FieldKind::Url => {
                Ok(Operand::Part(value.to_owned()))
            }
            FieldKind::State => self.state(value),
            FieldKind::PastDay | FieldKind::Day => day::parse(value, self.calendar, lean(field))
                .map(|date| Operand::Value(Value::Day(date)))
                .map_err(|error| Refusal::input(format!("{}: {error}", field.label))),
            _ => match field.read(value, self.calendar)? {
                crate::domain::change::Input::Value(value) => Ok(Operand::Value(value)),
                _ => Ok(Operand::Nothing),
            },
        }
    }

    fn state(&self, value: &str) -> Result<Operand, Refusal> {
        let slugs: Vec<&'static str> = self.kind.noun().state_slugs().collect();
        read_pick(value, &slugs)
            .map(|slug| Operand::Value(Value::Text(slug.to_owned())))
            .ok_or_else(|| {
                let what = format!("state: “{value}” is not one of {}", slugs.join(", "));
                let way = "is:blocked finds what waits for another";
                let refusal = Refusal::input(what);
                if value == "blocked" { refusal.hint(way) } else { refusal }
            })
    }

    fn is(&mut self, value: &str) -> Filter {
        let slugs: Vec<&'static str> = Property::ALL.iter().map(|(slug, _)| *slug).collect();
        if value.trim().is_empty() {
            // Half typed, it narrows nothing yet.
            self.warnings.push(format!("is: takes {}", slugs.join(", ")));
            return Filter::Everything;
        }
        let found = read_pick(value, &slugs)
            .and_then(|slug| Property::ALL.iter().find(|(name, _)| *name == slug));
        if let Some((_, property)) = found {
            return Filter::Test(Test::Is(*property));
        }
        if self.state(value).is_ok() {
            return self.pair("state", ":", value).unwrap_or_default();
        }
        self.refuse(Refusal::input(format!("is: “{value}” is not one of {}", slugs.join(", "))))
    }

    fn has(&mut self, value: &str) -> Filter {
        if let Some(field) = self.kind.noun().answering(value) {
            return Filter::Test(Test::Has(field));
        }
        let one = self.kind.noun().one();
        self.refuse(Refusal::input(format!("has: “{value}” is not a field of {one}")))
    }

    /// The first refusal is told; a term that is wrong narrows nothing.
    fn refuse(&mut self, refusal: Refusal) -> Filter {
        self.wrong.get_or_insert(refusal);
        Filter::Everything
    }

    fn next_is(&self, word: &str) -> bool {
        self.next(|token| !token.literal && token.text == word)
    }

    fn next(&self, is: impl Fn(&Token) -> bool) -> bool {
        self.tokens.get(self.at).is_some_and(is)
    }
}

fn lean(field: &Field) -> Lean {
    if field.kind == FieldKind::PastDay { Lean::Past } else { Lean::Future }
}

fn named(name: &str) -> Operand {
    if name.eq_ignore_ascii_case("none") {
        Operand::Nothing
    } else {
        Operand::Named(name.to_owned())
    }
}

fn linked(signed: &signed::Signed) -> Filter {
    let operand = named(&signed.name);
    Filter::Test(Test::Field { field: signed.field, compare: Compare::Equal, operand })
}

fn has_tag(field: &'static Field, tag: &str) -> Filter {
    let operand = Operand::Value(Value::Tags(vec![tag.to_lowercase()]));
    Filter::Test(Test::Field { field, compare: Compare::Equal, operand })
}

fn collapse(mut parts: Vec<Filter>, combine: fn(Vec<Filter>) -> Filter) -> Filter {
    match parts.len() {
        0 => Filter::Everything,
        1 => parts.remove(0),
        _ => combine(parts),
    }
}
