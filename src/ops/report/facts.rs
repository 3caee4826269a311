//! What a report tells, as values: the same for every template, for scripts and for ears. A part of
//! which nothing is on record is empty, and a sentence says what is missing and how it is filled.

use std::collections::BTreeMap;

use serde::Serialize;

/// Everything that a template can name.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Facts {
    #[serde(rename = "ref")]
    pub reference: String,
    pub title: String,
    /// `6 May 2026`.
    pub on: String,
    /// `2026-W19`, `May 2026`.
    pub period: String,
    /// Its first and its last day: `2026-05-04`.
    pub since: String,
    pub until: String,
    pub author: String,
    /// Who reads it; empty where nobody is named.
    pub to: String,
    pub changes: Changes,
    pub questions: Vec<Asked>,
    pub outcomes: Vec<Figure>,
    /// The figures that leaders look at.
    pub executive: Vec<Figure>,
    /// Figures that are off track and show no outcome of the list.
    pub off_track: Vec<Figure>,
    pub signals: Vec<Signal>,
    pub needed: Vec<Decision>,
    pub taken: Vec<Decision>,
    pub trades: Vec<Trade>,
    /// What is due in the next thirty days.
    pub ahead: Vec<Ahead>,
    /// How much more is due in them than is told.
    pub ahead_more: usize,
    pub bands: Vec<Split>,
    /// The days of the period in one line, whatever weeks they lie in.
    pub split: String,
    /// Whose idea the work of the period was, in shares that sum to all of it; empty without time.
    pub origins: String,
    /// What was said in the ritual of the period, or is offered in it, section by section.
    pub sections: Vec<Section>,
    /// What shipped; by name, never by number.
    pub outputs: Vec<Output>,
    /// What is missing, by part; no words for a part that is there.
    pub missing: BTreeMap<&'static str, String>,
    /// Whether nothing at all is on record.
    pub nothing: bool,
}

/// What changed in the business.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Changes {
    /// `3 changes evidenced`.
    pub words: String,
    pub all: Vec<Changed>,
    /// By kind and currency.
    pub sums: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Changed {
    #[serde(rename = "ref")]
    pub reference: String,
    pub title: String,
    pub kind: String,
    /// `125,000 EUR`, `24 % → 27 %`; empty where nobody said it.
    pub size: String,
    /// The amount as a number, in this currency.
    pub amount: Option<f64>,
    pub currency: String,
    /// What product marketing did for it.
    pub contribution: String,
    /// The decision, asset or artefact behind it.
    pub because: String,
    pub on: String,
}

/// A question of the month with what answers it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Asked {
    pub question: String,
    pub answers: Vec<String>,
}

/// A metric, or an outcome by its metric.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Figure {
    #[serde(rename = "ref")]
    pub reference: String,
    pub title: String,
    /// The metric that it is read from; empty where there is none.
    pub metric: String,
    pub figure: String,
    pub target: String,
    pub status: String,
    pub off_track: bool,
    /// The one honest sentence.
    pub sentence: String,
    pub meaning: String,
    pub market: String,
    pub decision: String,
    /// One of the four; empty where it is on track. Where nobody said it, that.
    pub recommendation: String,
    /// The same, and empty where nobody said it.
    pub recommends: String,
    /// What happened outside that may have moved it.
    pub factor: String,
    /// Who waived it when and why, in the review of the period.
    pub waived: String,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Signal {
    pub reading: String,
    pub decision: String,
    pub inputs: Vec<String>,
}

#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Decision {
    #[serde(rename = "ref")]
    pub reference: String,
    pub title: String,
    pub state: String,
    pub approver: String,
    /// The day it is needed, or was taken.
    pub on: String,
    pub late: bool,
    /// What is recommended, or was chosen.
    pub option: String,
    pub gives_up: String,
    /// Why it matters, or why it was decided so.
    pub why: String,
    /// What it holds up.
    pub holds: String,
    /// The same by ref alone: `a1, a2 and d9`.
    pub held: String,
    pub options: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Trade {
    #[serde(rename = "ref")]
    pub reference: String,
    pub title: String,
    /// What was taken, and what was given up for it.
    pub gave: String,
    pub on: String,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Ahead {
    pub on: String,
    #[serde(rename = "ref")]
    pub reference: String,
    pub title: String,
    pub what: String,
}

/// A week by band.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Split {
    pub week: String,
    pub strategic: i64,
    pub execution: i64,
    pub reactive: i64,
    pub verdict: String,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Section {
    pub key: String,
    pub title: String,
    pub lines: Vec<String>,
    /// Where there is none: what is not on record, and what is typed to have it next time.
    pub missing: String,
    /// Those of them that somebody typed.
    pub added: Vec<String>,
    /// Whether somebody has said so; otherwise it is what is on record.
    pub said: bool,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Output {
    #[serde(rename = "ref")]
    pub reference: String,
    pub title: String,
    pub on: String,
    /// Who was reached.
    pub reached: String,
}
