//! Reports over many items: lines for people, which a screen shows too, and the same as values for
//! scripts. Each row names what it is about, so that it can be opened.

use std::collections::BTreeMap;

use serde_json::{Map, Value as Json, json};

use crate::domain::item::Item;
use crate::domain::kind::Kind;

/// A report.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Report {
    /// The kind that the envelope of JSON names.
    pub kind: &'static str,
    pub title: String,
    /// What is said before the rows.
    pub head: Vec<String>,
    /// The rows that lines of the head were counted on, by their place.
    pub head_rows: BTreeMap<usize, (Kind, String)>,
    pub rows: Vec<Row>,
    /// The head as values: rows that only scripts read, behind the others.
    pub also: Vec<Row>,
}

/// One row of a report.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// The item that it is about, or a name where it is about none.
    pub reference: String,
    pub title: String,
    /// What is said of it.
    pub words: String,
    /// The same as values.
    pub values: Map<String, Json>,
    /// The rows that were counted, where it is about several: their kind and the filter that finds
    /// them.
    pub rows: Option<(Kind, String)>,
}

impl Row {
    #[must_use]
    pub fn of(item: &Item, words: impl Into<String>, values: Json) -> Self {
        Self::named(&item.reference.to_string(), item.title(), words, values)
    }

    #[must_use]
    pub fn named(reference: &str, title: &str, words: impl Into<String>, values: Json) -> Self {
        let values = match values {
            Json::Object(map) => map,
            other => Map::from_iter([("value".to_owned(), other)]),
        };
        Self {
            reference: reference.to_owned(),
            title: title.to_owned(),
            words: words.into(),
            values,
            rows: None,
        }
    }

    /// Counted on the rows that a filter finds.
    #[must_use]
    pub fn over(self, kind: Kind, filter: String) -> Self {
        Self { rows: Some((kind, filter)), ..self }
    }

    /// The row as a script reads it.
    #[must_use]
    pub fn json(&self) -> Json {
        let mut all = Map::new();
        // What is no row goes by its title.
        let named = if self.reference.is_empty() { &self.title } else { &self.reference };
        all.insert("ref".to_owned(), json!(named));
        all.insert("title".to_owned(), json!(self.title));
        all.extend(self.values.clone());
        Json::Object(all)
    }

    /// The row as a person reads it.
    #[must_use]
    pub fn line(&self) -> String {
        let name = match (self.reference.as_str(), self.title.as_str()) {
            ("", title) => title.to_owned(),
            (reference, title) if reference == title => title.to_owned(),
            (reference, title) => format!("{reference}  {title}"),
        };
        if self.words.is_empty() { name } else { format!("{name} · {}", self.words) }
    }
}

impl Report {
    #[must_use]
    pub fn new(kind: &'static str, title: impl Into<String>) -> Self {
        Self { kind, title: title.into(), ..Self::default() }
    }

    /// Everything, a line each.
    #[must_use]
    pub fn lines(&self) -> Vec<String> {
        let mut lines = self.head.clone();
        if !self.head.is_empty() && !self.rows.is_empty() {
            lines.push(String::new());
        }
        lines.extend(self.rows.iter().map(Row::line));
        lines
    }
}
