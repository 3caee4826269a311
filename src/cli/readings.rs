//! Figures of metrics on standard input, as lines or as JSON in the shape that `--json` prints.

use serde_json::Value as Json;

use crate::domain::metric::typed;
use crate::domain::refusal::{Class, Refusal};
use crate::ops::metric::{Figure, Metric, Recording};
use crate::ops::{Error, Result};

use super::add::standard_input;
use super::given::{self, Object};

/// What `--json` prints of a reading and nobody types.
const PRINTED: [&str; 6] = ["key", "id", "recorded_on", "source", "title", "unit"];
const SHAPE: &str = "as {\"metric\": \"m4\", \"figure\": \"31.2%\", \"period\": \"2026-W19\"}, or k and n, or value";

/// Readings, each with the number of its line or its object.
pub struct Readings {
    pub all: Vec<Recording>,
    numbers: Vec<usize>,
    each: &'static str,
}

impl Readings {
    /// Of standard input.
    ///
    /// # Errors
    /// The line or the object that tells no figure.
    pub fn from_input() -> Result<Self> {
        let text = standard_input()?;
        let mut read = Self { all: Vec::new(), numbers: Vec::new(), each: "line" };
        if given::is_json(&text) {
            read.each = "object";
            for (at, object) in given::objects(&text)?.iter().enumerate() {
                let one = reading(object).map_err(|refusal| read.numbered(refusal, at + 1))?;
                read.push(one, at + 1);
            }
        } else {
            let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
            for (at, line) in lines {
                let one = typed::Line::read(line)
                    .map_err(|refusal| read.numbered(refusal.at(0), at + 1))?;
                read.push(Recording::of(one), at + 1);
            }
        }
        if read.all.is_empty() {
            return Err(Refusal::input("standard input holds no line").into());
        }
        Ok(read)
    }

    fn push(&mut self, one: Recording, number: usize) {
        self.all.push(one);
        self.numbers.push(number);
    }

    fn numbered(&self, refusal: Refusal, number: usize) -> Refusal {
        let what = format!("{} {number}: {}", self.each, refusal.what);
        let hint = refusal.hint.map_or_else(
            || "nothing was recorded".to_owned(),
            |hint| format!("nothing was recorded; {hint}"),
        );
        Refusal { class: Class::Input, what, hint: Some(hint), ..refusal }
    }

    /// The error with the line or the object that it is about.
    pub fn at(&self, error: Error) -> Error {
        match error {
            Error::Refused(refusal) => match refusal.at.and_then(|at| self.numbers.get(at)) {
                Some(number) => self.numbered(refusal, *number).into(),
                None => refusal.into(),
            },
            other => other,
        }
    }
}

/// One reading: its metric by ref or title, its figure as typed, as k of n, or as the bare value.
fn reading(object: &Object) -> std::result::Result<Recording, Refusal> {
    let wrong = |what: String| Refusal::input(what).hint(SHAPE);
    let text = |name: &str| match object.get(name) {
        None | Some(Json::Null) => Ok(None),
        Some(Json::String(text)) => Ok(Some(text.clone())),
        Some(Json::Number(number)) => Ok(Some(number.to_string())),
        Some(_) => Err(wrong(format!("“{name}” is no text and no number"))),
    };
    let known = ["metric", "ref", "figure", "value", "k", "n", "period", "note"];
    let strange = object.keys().find(|key| !known.iter().chain(&PRINTED).any(|one| one == key));
    if let Some(key) = strange {
        return Err(wrong(format!("a reading has no “{key}”")));
    }
    let metric = text("metric")?.or(text("ref")?);
    let metric = metric.ok_or_else(|| wrong("it names no metric".to_owned()))?;
    let counts = text("k")?.zip(text("n")?);
    let figure = match (text("figure")?, counts, object.get("value").and_then(Json::as_f64)) {
        (Some(typed), _, _) => Figure::Typed(typed),
        (None, Some((k, n)), _) => Figure::Typed(format!("{k}/{n}")),
        (None, None, Some(value)) => Figure::Bare(value),
        (None, None, None) => return Err(wrong("it tells no figure".to_owned())),
    };
    Ok(Recording {
        metric: Metric::Named(metric),
        period: text("period")?,
        figure,
        source: "hand",
        note: text("note")?.unwrap_or_default(),
    })
}
