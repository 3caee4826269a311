//! From typed text to a value of the field's type, or a sentence that says why not.

use super::{Field, FieldKind, LINE_MAX, TEXT_MAX, TITLE_MAX};
use crate::domain::change::Input;
use crate::domain::day::{self, Calendar, Lean};
use crate::domain::refusal::Refusal;
use crate::domain::value::Value;

/// Words that empty a field.
const NONE_WORDS: [&str; 2] = ["none", "-"];

impl Field {
    /// Reads what somebody typed. Names of people and items stay names; `none` empties a field.
    ///
    /// # Errors
    /// A refusal that names the field, the text and what would do.
    pub fn read(&self, text: &str, calendar: &Calendar) -> Result<Input, Refusal> {
        let text = text.trim();
        let clearable = !matches!(self.kind, FieldKind::Line | FieldKind::Text | FieldKind::State);
        if text.is_empty() || (clearable && NONE_WORDS.contains(&text.to_lowercase().as_str())) {
            return Ok(Input::Value(Value::Nothing));
        }
        match self.kind {
            FieldKind::One(_) => Ok(self.name_of(text)),
            FieldKind::Many(_) => {
                let names = text.split(',').map(str::trim).filter(|name| !name.is_empty());
                Ok(Input::Several(names.map(|name| self.name_of(name)).collect()))
            }
            _ => self.read_plain(text, calendar).map(Input::Value),
        }
    }

    /// The name of an item as typed: a person by name, anything else by ref.
    #[must_use]
    pub fn name_of(&self, text: &str) -> Input {
        if self.is_person() {
            Input::Person(text.trim_start_matches('@').to_owned())
        } else {
            Input::Reference(text.to_owned())
        }
    }

    /// Why a typed value does not do where one person is meant: it names several.
    #[must_use]
    pub fn refuse_several(&self, text: &str) -> Option<Refusal> {
        let several =
            matches!(self.kind, FieldKind::One(_)) && text.trim_matches(',').contains(',');
        several.then(|| {
            Refusal::input(format!("{}: “{text}” are several, and this takes one", self.label))
        })
    }

    fn read_plain(&self, text: &str, calendar: &Calendar) -> Result<Value, Refusal> {
        match self.kind {
            FieldKind::Line => self.read_line(text),
            FieldKind::Text => self.within(text, TEXT_MAX).map(Value::Text),
            FieldKind::Url => read_url(text),
            FieldKind::Day => self.read_day(text, calendar, Lean::Future),
            FieldKind::PastDay => self.read_day(text, calendar, Lean::Past),
            FieldKind::Quarter => read_quarter(text, calendar),
            FieldKind::Clock => day::clock(text).map(Value::Text).ok_or_else(|| {
                Refusal::input(format!(
                    "{}: “{text}” is not a time of day; try 09:30, 9 or 2:15pm",
                    self.label
                ))
            }),
            FieldKind::Minutes => day::minutes(text)
                .map(Value::Whole)
                .map_err(|error| Refusal::input(format!("{}: {error}", self.label))),
            FieldKind::Whole { least, most } => self.read_whole(text, least, most),
            FieldKind::Real => self.read_real(text),
            FieldKind::Choice(slugs) => self.read_choice(text, slugs),
            FieldKind::State => Ok(Value::Text(text.to_lowercase())),
            FieldKind::Tags => Ok(Value::Tags(read_tags(text))),
            FieldKind::One(_) | FieldKind::Many(_) => Ok(Value::Nothing),
        }
    }

    fn read_line(&self, text: &str) -> Result<Value, Refusal> {
        let most = if self.name == "title" { TITLE_MAX } else { LINE_MAX };
        let one_line: String = text
            .chars()
            .map(|letter| if letter == '\n' || letter == '\r' { ' ' } else { letter })
            .collect();
        self.within(&one_line, most).map(Value::Text)
    }

    fn within(&self, text: &str, most: usize) -> Result<String, Refusal> {
        let length = text.chars().count();
        if length > most {
            let what = format!("{} has {length} characters, at most {most} fit", self.label);
            return Err(Refusal::input(what).hint("put the rest into the note"));
        }
        Ok(text.to_owned())
    }

    fn read_day(&self, text: &str, calendar: &Calendar, lean: Lean) -> Result<Value, Refusal> {
        day::parse(text, calendar, lean)
            .map(Value::Day)
            .map_err(|error| Refusal::input(format!("{}: {error}", self.label)))
    }

    fn read_whole(&self, text: &str, least: i64, most: i64) -> Result<Value, Refusal> {
        let digits = text.trim_end_matches('%').trim();
        match digits.parse::<i64>() {
            Ok(number) if (least..=most).contains(&number) => Ok(Value::Whole(number)),
            _ => Err(Refusal::input(format!(
                "{}: “{text}” is not a whole number from {least} to {most}",
                self.label
            ))),
        }
    }

    fn read_real(&self, text: &str) -> Result<Value, Refusal> {
        let digits = text.trim_end_matches('%').trim().replace(',', ".");
        match digits.parse::<f64>() {
            Ok(number) if number.is_finite() => Ok(Value::Real(number)),
            Ok(_) if digits.bytes().any(|byte| byte.is_ascii_digit()) => {
                Err(Refusal::input(format!("{}: “{text}” is too large", self.label)))
            }
            _ => Err(Refusal::input(format!("{}: “{text}” is not a number", self.label))),
        }
    }

    fn read_choice(&self, text: &str, slugs: &'static [&'static str]) -> Result<Value, Refusal> {
        pick(text, slugs).map(|slug| Value::Text(slug.to_owned())).ok_or_else(|| {
            Refusal::input(format!("{}: “{text}” is not one of {}", self.label, slugs.join(", ")))
        })
    }
}

/// The slug that the text means: the slug itself, or the only one that begins so.
#[must_use]
pub fn pick(text: &str, slugs: &[&'static str]) -> Option<&'static str> {
    let wanted = text.trim().to_lowercase().replace([' ', '_'], "-");
    if let Some(exact) = slugs.iter().find(|slug| slug.to_lowercase() == wanted) {
        return Some(exact);
    }
    let mut begins = slugs.iter().filter(|slug| slug.to_lowercase().starts_with(&wanted));
    match (begins.next(), begins.next()) {
        (Some(only), None) if !wanted.is_empty() => Some(only),
        _ => None,
    }
}

fn read_url(text: &str) -> Result<Value, Refusal> {
    let lower = text.to_lowercase();
    let allowed = ["http://", "https://", "mailto:"];
    if allowed.iter().any(|scheme| lower.starts_with(scheme)) && !text.contains(char::is_whitespace)
    {
        return Ok(Value::Text(text.to_owned()));
    }
    Err(Refusal::input(format!("link: “{text}” is not a web address"))
        .hint("a link begins with https://, http:// or mailto:"))
}

fn read_quarter(text: &str, calendar: &Calendar) -> Result<Value, Refusal> {
    let this = day::quarter_key(calendar.today, calendar.fiscal_start_month);
    if text.eq_ignore_ascii_case("this") {
        return Ok(Value::Text(this));
    }
    let upper = text.to_uppercase().replace(' ', "-");
    let key = match upper.strip_prefix('Q') {
        Some(number) => format!("{}-Q{number}", &this[..4]),
        None => upper,
    };
    let shape = key.len() == 7
        && key.bytes().take(4).all(|byte| byte.is_ascii_digit())
        && &key[4..6] == "-Q"
        && (b'1'..=b'4').contains(&key.as_bytes()[6]);
    if shape {
        return Ok(Value::Text(key));
    }
    Err(Refusal::input(format!("quarter: “{text}” is not a quarter; try {this} or this")))
}

/// Tags from a comma- or space-separated list; `+` and `#` in front are dropped.
#[must_use]
pub fn read_tags(text: &str) -> Vec<String> {
    let mut tags: Vec<String> = text
        .split([',', ' '])
        .map(|tag| tag.trim().trim_start_matches(['+', '#']).to_lowercase())
        .filter(|tag| !tag.is_empty())
        .collect();
    tags.sort();
    tags.dedup();
    tags
}
