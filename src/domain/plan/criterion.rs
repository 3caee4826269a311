//! Exit criteria, a small language: what must be so for a milestone to tick, and the proof in words.

use std::fmt;

use super::super::artefact::ArtefactKind;
use super::super::evidence::EvidenceKind;
use super::super::metric::{Reading, Terms};
use super::super::ritual::RitualKind;

/// How many names of a proof are said before “and 3 more”.
const NAMED: usize = 5;
/// What an outcome needs to be counted, which its name alone does not say.
const AGREED: &str = "; each wants a target and a metric that is agreed";
/// What two figures may differ by and be one, which come from divisions.
const SLACK: f64 = 1e-9;

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
    DecisionsDecided,
    PrewiresHeld,
    /// Changes of the business that were logged.
    ImpactsLogged,
    /// Conversations in which somebody listened for messages.
    CallsScored,
    ClaimsTested,
    /// Surfaces laid beside the message house.
    SurfacesAudited,
    /// Slots of the message house that hold a message.
    MessagesWritten,
    /// Of product, sales and growth, those that agreed to every metric of the scorecard.
    ScorecardAgreed,
    IntakePublished,
}

/// What is counted as a whole: as it is written in a template, and what one and several are called.
const WHOLE: [(Fact, &str, &str, &str); 11] = [
    (Fact::OutcomesAgreed, "outcomes agreed", "outcome agreed", "outcomes agreed"),
    (Fact::WeeksBlocked, "weeks blocked", "week blocked 40/40/20", "weeks blocked 40/40/20"),
    (Fact::DecisionsDecided, "decisions decided", "decision decided", "decisions decided"),
    (Fact::PrewiresHeld, "pre-wires held", "pre-wire held", "pre-wires held"),
    (Fact::ImpactsLogged, "impacts logged", "impact logged", "impacts logged"),
    (Fact::CallsScored, "calls scored", "call scored", "calls scored"),
    (Fact::ClaimsTested, "claims tested", "claim tested", "claims tested"),
    (Fact::SurfacesAudited, "surfaces audited", "surface audited", "surfaces audited"),
    (
        Fact::MessagesWritten,
        "messages written",
        "slot of the message house written",
        "slots of the message house written",
    ),
    (
        Fact::ScorecardAgreed,
        "scorecard agreed",
        "function agreed to the whole scorecard",
        "functions agreed to the whole scorecard",
    ),
    (
        Fact::IntakePublished,
        "intake published",
        "intake policy published",
        "intake policies published",
    ),
];

/// On which side of its level a figure is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    AtLeast,
    AtMost,
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
        side: Side,
        /// As people type it into a field: 30 of per cent.
        level: f64,
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
    /// What of this there has been since the plan began.
    fn counted(&self, fact: Fact) -> Counted;

    /// The current figure of the metric of this name.
    fn measured(&self, metric: &str) -> Figure;
}

/// What the file knows of a metric.
#[derive(Debug, Clone, PartialEq)]
pub enum Figure {
    /// No metric is called so.
    NotKept,
    NoData,
    Is(Measured),
}

/// The figure by which a metric is judged.
#[derive(Debug, Clone, PartialEq)]
pub struct Measured {
    /// What the metric is called.
    pub name: String,
    pub reading: Reading,
    pub terms: Terms,
    /// The period that it is of: `2026-W19`.
    pub period: String,
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

    /// Whether it holds, by the facts.
    pub fn proof(&self, facts: &dyn Facts) -> Proof {
        match self {
            Self::AtLeast { fact, least } => {
                let found = facts.counted(*fact);
                let (count, named, of) = (found.count, named(&found.names), fact.of(*least));
                let is_bare = count < *least && *fact == Fact::OutcomesAgreed;
                let wants = if is_bare { AGREED } else { "" };
                let words = format!("{count} of {least} {of}{named}{wants}");
                Proof { standing: standing(count >= *least), words }
            }
            Self::Metric { name, side, level } => measured(name, *side, *level, facts),
            Self::ByHand { what } => {
                Proof { standing: Standing::ByHand, words: format!("by hand: {what}") }
            }
        }
    }

    /// The metric that it asks for.
    #[must_use]
    pub fn metric(&self) -> Option<&str> {
        match self {
            Self::Metric { name, .. } => Some(name),
            Self::AtLeast { .. } | Self::ByHand { .. } => None,
        }
    }
}

fn measured(name: &str, side: Side, level: f64, facts: &dyn Facts) -> Proof {
    let is_there = match facts.measured(name) {
        Figure::Is(is) => is,
        Figure::NotKept => {
            let words = format!("no metric is called {name}; {} {level} is wanted", side.words());
            return Proof { standing: Standing::Open, words };
        }
        Figure::NoData => {
            let words = format!("{name} has no data; {} {level} is wanted", side.words());
            return Proof { standing: Standing::Open, words };
        }
    };
    let wanted = is_there.terms.figure(level);
    let holds = match (is_there.reading.value(), side) {
        (Some(value), Side::AtLeast) => value >= wanted - SLACK,
        (Some(value), Side::AtMost) => value <= wanted + SLACK,
        (None, _) => false,
    };
    let unit = is_there.terms.unit;
    let words = format!(
        "{} was {} in {}, {} {} is wanted",
        is_there.name,
        unit.show_reading(is_there.reading),
        is_there.period,
        side.words(),
        unit.show(wanted)
    );
    Proof { standing: standing(holds), words }
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
    let wrong = || "a metric is `metric \"NAME\" at least 4`, or `at most 20 %`".to_owned();
    let (name, rest) =
        rest.strip_prefix('"').and_then(|rest| rest.split_once('"')).ok_or_else(wrong)?;
    let rest = rest.trim();
    let of = |side: Side| Some((side, rest.strip_prefix(side.words())?));
    let (side, typed) = of(Side::AtLeast).or_else(|| of(Side::AtMost)).ok_or_else(wrong)?;
    let typed = typed.trim().trim_end_matches('%').trim_end();
    let level: f64 = typed.parse().map_err(|_| wrong())?;
    if name.trim().is_empty() || !level.is_finite() {
        return Err(wrong());
    }
    Ok(Criterion::Metric { name: name.to_owned(), side, level })
}

impl Side {
    fn words(self) -> &'static str {
        match self {
            Self::AtLeast => "at least",
            Self::AtMost => "at most",
        }
    }
}

fn fact(words: &[&str], text: &str) -> Result<Fact, String> {
    let unknown = |what: &str, slug: &str| format!("there is no {what} “{slug}”");
    let typed = words.join(" ");
    if let Some((fact, ..)) = WHOLE.iter().find(|(_, written, ..)| *written == typed) {
        return Ok(*fact);
    }
    match words {
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
             `metric \"NAME\" at least 4`, `by hand: …` or one of {}",
            WHOLE[2..].iter().map(|one| format!("`{}`", one.1)).collect::<Vec<_>>().join(", ")
        )),
    }
}

impl Fact {
    /// What so many of it are called.
    fn of(self, count: u32) -> String {
        let ending = if count == 1 { "" } else { "s" };
        match self {
            Self::ArtefactsShipped(None) => format!("artefact{ending} shipped"),
            Self::ArtefactsShipped(Some(kind)) => {
                if count == 1 {
                    format!("{kind} shipped")
                } else {
                    format!("{} shipped", kind.plural())
                }
            }
            Self::RitualsHeld(kind) => format!("{}{ending} held", kind.words()),
            Self::EvidenceTagged(None) => "pieces of evidence tagged".to_owned(),
            Self::EvidenceTagged(Some(kind)) => format!("{}{ending} tagged", kind.words()),
            Self::OutcomesAgreed
            | Self::WeeksBlocked
            | Self::DecisionsDecided
            | Self::PrewiresHeld
            | Self::ImpactsLogged
            | Self::CallsScored
            | Self::ClaimsTested
            | Self::SurfacesAudited
            | Self::MessagesWritten
            | Self::ScorecardAgreed
            | Self::IntakePublished => {
                let known = WHOLE.iter().find(|(fact, ..)| *fact == self);
                let (one, many) = known.map_or(("", ""), |(_, _, one, many)| (*one, *many));
                if count == 1 { one.to_owned() } else { many.to_owned() }
            }
        }
    }

    /// As it is written in a template.
    fn written(self) -> String {
        let of = |kind: Option<&'static str>| kind.unwrap_or("any");
        match self {
            Self::ArtefactsShipped(kind) => {
                format!("artefact {} shipped", of(kind.map(ArtefactKind::slug)))
            }
            Self::RitualsHeld(kind) => format!("ritual {} held", kind.slug()),
            Self::EvidenceTagged(kind) => {
                format!("evidence {} tagged", of(kind.map(EvidenceKind::slug)))
            }
            Self::OutcomesAgreed
            | Self::WeeksBlocked
            | Self::DecisionsDecided
            | Self::PrewiresHeld
            | Self::ImpactsLogged
            | Self::CallsScored
            | Self::ClaimsTested
            | Self::SurfacesAudited
            | Self::MessagesWritten
            | Self::ScorecardAgreed
            | Self::IntakePublished => {
                let known = WHOLE.iter().find(|(fact, ..)| *fact == self);
                known.map_or("", |(_, written, ..)| *written).to_owned()
            }
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
        match self {
            Self::ByHand { what } => write!(out, "by hand: {what}"),
            Self::Metric { name, side, level } => {
                write!(out, "metric \"{name}\" {} {level}", side.words())
            }
            Self::AtLeast { fact, least: 1 } => out.write_str(&fact.written()),
            Self::AtLeast { fact, least } => write!(out, "{} {least}", fact.written()),
        }
    }
}

#[cfg(test)]
mod tests;
