//! Exit criteria: what has to be so for a milestone to tick by itself, as a small language, and
//! the proof in words. Who asks the file for the facts is not known here.

use std::fmt;

use chrono::NaiveDate;

use super::super::artefact::ArtefactKind;
use super::super::evidence::EvidenceKind;
use super::super::ritual::RitualKind;

/// How many names of a proof are said before “and 3 more”.
const NAMED: usize = 5;

/// Something that the file can count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Fact {
    /// Active outcomes of the quarter with a metric and a target.
    OutcomesAgreed,
    /// Artefacts shipped, of one kind or of any.
    ArtefactsShipped(Option<ArtefactKind>),
    RitualsHeld(RitualKind),
    /// Weeks whose blocks are within five points of 40/40/20.
    WeeksBlocked,
    /// Evidence with segment and stage, of one kind or of any; opinions do not count.
    EvidenceTagged(Option<EvidenceKind>),
}

/// One condition of a milestone.
#[derive(Debug, Clone, PartialEq)]
pub enum Criterion {
    AtLeast {
        fact: Fact,
        least: u32,
    },
    Metric {
        name: String,
        least: f64,
    },
    /// Nothing in the file shows it: a person ticks it.
    ByHand {
        what: String,
    },
}

/// How many, and which.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Counted {
    pub count: u32,
    /// Their refs or periods.
    pub names: Vec<String>,
}

/// What the file answers.
pub trait Facts {
    /// What of this there has been since the day; nothing when the file does not keep such things,
    /// so that a person has to say.
    fn counted(&self, fact: Fact, since: NaiveDate) -> Option<Counted>;

    /// The current figure of the metric of this name.
    fn measured(&self, metric: &str) -> Figure;
}

/// What the file knows of a metric.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Figure {
    /// It keeps no metrics.
    NotKept,
    NoData,
    Is(f64),
}

/// Whether a condition holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    Met,
    Open,
    /// Left to a person.
    ByHand,
}

/// Whether it holds, and what shows that.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proof {
    pub standing: Standing,
    pub words: String,
}

impl Criterion {
    /// Reads a condition.
    ///
    /// # Errors
    /// What is wrong with it, in words.
    pub fn parse(text: &str) -> Result<Self, String> {
        let text = text.trim();
        if let Some(what) = text.strip_prefix("by hand:") {
            let what = what.trim();
            if what.is_empty() {
                return Err("`by hand:` does not say what".to_owned());
            }
            return Ok(Self::ByHand { what: what.to_owned() });
        }
        if let Some(rest) = text.strip_prefix("metric ") {
            return metric(rest.trim());
        }
        let words: Vec<&str> = text.split_whitespace().collect();
        let (words, least) = match words.as_slice() {
            [most @ .., last] if last.bytes().all(|byte| byte.is_ascii_digit()) => {
                (most, last.parse().map_err(|_| format!("“{last}” is too many"))?)
            }
            all => (all, 1),
        };
        if least == 0 {
            return Err("at least 0 always holds".to_owned());
        }
        Ok(Self::AtLeast { fact: fact(words, text)?, least })
    }

    /// Whether it holds, by the facts since the day.
    pub fn proof(&self, facts: &dyn Facts, since: NaiveDate) -> Proof {
        match self {
            Self::AtLeast { fact, least } => {
                let Some(found) = facts.counted(*fact, since) else {
                    let words = format!(
                        "by hand: {least} {}, which nothing here counts yet",
                        fact.of(*least)
                    );
                    return Proof { standing: Standing::ByHand, words };
                };
                let named = named(&found.names);
                let words = format!("{} of {least} {}{named}", found.count, fact.of(*least));
                Proof { standing: standing(found.count >= *least), words }
            }
            Self::Metric { name, least } => match facts.measured(name) {
                Figure::Is(value) => {
                    let words = format!("{name} is {value}, at least {least} is wanted");
                    Proof { standing: standing(value >= *least), words }
                }
                Figure::NotKept => Proof {
                    standing: Standing::ByHand,
                    words: format!("by hand: {name} at least {least}, which is not measured here"),
                },
                Figure::NoData => Proof {
                    standing: Standing::Open,
                    words: format!("{name} has no data, at least {least} is wanted"),
                },
            },
            Self::ByHand { what } => {
                Proof { standing: Standing::ByHand, words: format!("by hand: {what}") }
            }
        }
    }
}

/// Whether a milestone with these proofs ticks: by itself when all hold, by hand when only a
/// person can say; none at all is a person's say too.
#[must_use]
pub fn ticks(proofs: &[Proof]) -> Standing {
    let any = |wanted| proofs.iter().any(|proof| proof.standing == wanted);
    if any(Standing::Open) {
        Standing::Open
    } else if any(Standing::ByHand) || proofs.is_empty() {
        Standing::ByHand
    } else {
        Standing::Met
    }
}

fn standing(met: bool) -> Standing {
    if met { Standing::Met } else { Standing::Open }
}

fn metric(rest: &str) -> Result<Criterion, String> {
    let wrong = || "a metric is `metric \"NAME\" at least 4`".to_owned();
    let (name, rest) =
        rest.strip_prefix('"').and_then(|rest| rest.split_once('"')).ok_or_else(wrong)?;
    let least = rest.trim().strip_prefix("at least").ok_or_else(wrong)?.trim();
    let least: f64 = least.parse().map_err(|_| wrong())?;
    if name.trim().is_empty() || !least.is_finite() {
        return Err(wrong());
    }
    Ok(Criterion::Metric { name: name.to_owned(), least })
}

fn fact(words: &[&str], text: &str) -> Result<Fact, String> {
    let unknown = |what: &str, slug: &str| format!("there is no {what} “{slug}”");
    match words {
        ["outcomes", "agreed"] => Ok(Fact::OutcomesAgreed),
        ["weeks", "blocked"] => Ok(Fact::WeeksBlocked),
        ["artefact", "any", "shipped"] => Ok(Fact::ArtefactsShipped(None)),
        ["artefact", slug, "shipped"] => ArtefactKind::parse(slug)
            .map(|kind| Fact::ArtefactsShipped(Some(kind)))
            .ok_or_else(|| unknown("artefact", slug)),
        ["ritual", slug, "held"] => {
            RitualKind::parse(slug).map(Fact::RitualsHeld).ok_or_else(|| unknown("ritual", slug))
        }
        ["evidence", "any", "tagged"] => Ok(Fact::EvidenceTagged(None)),
        ["evidence", slug, "tagged"] => EvidenceKind::parse(slug)
            .map(|kind| Fact::EvidenceTagged(Some(kind)))
            .ok_or_else(|| unknown("evidence", slug)),
        _ => Err(format!(
            "“{text}” is no condition; try `outcomes agreed 3`, `artefact narrative-update shipped`, \
             `ritual month held`, `weeks blocked 2`, `evidence call tagged 10`, \
             `metric \"NAME\" at least 4` or `by hand: …`"
        )),
    }
}

impl Fact {
    /// What so many of it are called.
    fn of(self, count: u32) -> String {
        let ending = if count == 1 { "" } else { "s" };
        match self {
            Self::OutcomesAgreed => format!("outcome{ending} agreed"),
            Self::ArtefactsShipped(None) => format!("artefact{ending} shipped"),
            Self::ArtefactsShipped(Some(kind)) => {
                if count == 1 {
                    format!("{kind} shipped")
                } else {
                    format!("{} shipped", kind.plural())
                }
            }
            Self::RitualsHeld(kind) => format!("{}{ending} held", kind.words()),
            Self::WeeksBlocked => format!("week{ending} blocked 40/40/20"),
            Self::EvidenceTagged(None) => "pieces of evidence tagged".to_owned(),
            Self::EvidenceTagged(Some(kind)) => format!("{}{ending} tagged", kind.words()),
        }
    }
}

fn named(names: &[String]) -> String {
    if names.is_empty() {
        return String::new();
    }
    let first: Vec<&str> = names.iter().take(NAMED).map(String::as_str).collect();
    match names.len().saturating_sub(NAMED) {
        0 => format!(": {}", first.join(", ")),
        more => format!(": {} and {more} more", first.join(", ")),
    }
}

impl fmt::Display for Criterion {
    /// As it is written in a template.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let of = |kind: Option<&'static str>| kind.unwrap_or("any");
        match self {
            Self::ByHand { what } => return write!(out, "by hand: {what}"),
            Self::Metric { name, least } => {
                return write!(out, "metric \"{name}\" at least {least}");
            }
            Self::AtLeast { fact, least } => {
                match fact {
                    Fact::OutcomesAgreed => out.write_str("outcomes agreed"),
                    Fact::WeeksBlocked => out.write_str("weeks blocked"),
                    Fact::ArtefactsShipped(kind) => {
                        write!(out, "artefact {} shipped", of(kind.map(ArtefactKind::slug)))
                    }
                    Fact::RitualsHeld(kind) => write!(out, "ritual {} held", kind.slug()),
                    Fact::EvidenceTagged(kind) => {
                        write!(out, "evidence {} tagged", of(kind.map(EvidenceKind::slug)))
                    }
                }?;
                if *least > 1 {
                    write!(out, " {least}")?;
                }
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests;
