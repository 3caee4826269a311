//! A rule said no. Every refusal is a sentence that the user can act on, with a class
//! that decides the exit code of the command line.

use std::fmt;

use super::item::Ref;

/// What kind of no it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    /// The words of the call are off (exit 2).
    Usage,
    /// No such item, or several (exit 3).
    Missing,
    /// The input breaks a rule (exit 4).
    Input,
    /// Something changed meanwhile (exit 5).
    Conflict,
    /// It was not approved on this machine (exit 17).
    Untrusted,
    /// A source of figures failed (exit 18).
    Source,
}

/// What a file leaves open and one answer settles for good.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unclear {
    /// Which mark stands before the decimals.
    Marks,
    /// Whether day or month comes first.
    Dates,
    /// Whether a bare number of a share is per cent.
    Rates,
}

impl Unclear {
    /// The flag that settles it, with its answers.
    #[must_use]
    pub fn answers(self) -> &'static str {
        match self {
            Self::Marks => "--marks point, or comma",
            Self::Dates => "--dates dmy, or mdy",
            Self::Rates => "--rates fraction, or percent",
        }
    }
}

/// A refusal: what is wrong, and what to do about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    pub class: Class,
    pub what: String,
    pub hint: Option<String>,
    /// Which of several drafts it is about, from 0, where there are several.
    pub at: Option<usize>,
    /// Refs of what could be picked, when the refusal asks “which?”.
    pub choices: Vec<String>,
    /// The field whose value is asked for, when that is all that is missing.
    pub asks: Option<&'static str>,
    /// What may be read two ways, where one answer settles it.
    pub unclear: Option<Unclear>,
}

impl Refusal {
    pub fn usage(what: impl Into<String>) -> Self {
        Self::new(Class::Usage, what)
    }

    pub fn missing(what: impl Into<String>) -> Self {
        Self::new(Class::Missing, what)
    }

    /// Nothing has this ref.
    #[must_use]
    pub fn no_such(reference: Ref) -> Self {
        let list = format!("prewire {} list names what there is", reference.kind.slug());
        Self::missing(format!("there is no {reference}")).hint(list)
    }

    pub fn input(what: impl Into<String>) -> Self {
        Self::new(Class::Input, what)
    }

    pub fn conflict(what: impl Into<String>) -> Self {
        Self::new(Class::Conflict, what)
    }

    pub fn untrusted(what: impl Into<String>) -> Self {
        Self::new(Class::Untrusted, what)
    }

    pub fn source(what: impl Into<String>) -> Self {
        Self::new(Class::Source, what)
    }

    /// The same, told of a source.
    #[must_use]
    pub fn of_source(self) -> Self {
        Self { class: Class::Source, ..self }
    }

    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// Says which of several drafts it is about.
    #[must_use]
    pub fn at(mut self, place: usize) -> Self {
        self.at = Some(place);
        self
    }

    /// Names what could be picked.
    #[must_use]
    pub fn choices(mut self, refs: Vec<String>) -> Self {
        self.choices = refs;
        self
    }

    /// Names the field whose value is missing.
    #[must_use]
    pub fn asking(mut self, field: &'static str) -> Self {
        self.asks = Some(field);
        self
    }

    /// Says what may be read two ways.
    #[must_use]
    pub fn unclear(mut self, unclear: Option<Unclear>) -> Self {
        self.unclear = unclear;
        self
    }

    fn new(class: Class, what: impl Into<String>) -> Self {
        Self {
            class,
            what: what.into(),
            hint: None,
            at: None,
            choices: Vec::new(),
            asks: None,
            unclear: None,
        }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.what)
    }
}

impl std::error::Error for Refusal {}
