//! The metrics that a workspace begins with, read from `assets/metrics.toml`. They are data:
//! what they mean, how they are judged, who answers for them and where their figures come from.

use std::sync::LazyLock;

use serde::Deserialize;

use super::goal::Direction;
use super::period::Cadence;
use super::unit::Unit;

const TEXT: &str = include_str!("../../../assets/metrics.toml");

static CATALOGUE: LazyLock<Vec<Template>> =
    LazyLock::new(|| read(TEXT).expect("the catalogue that is compiled in is tested"));

/// Whether a figure tells what will come or what has been.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Timing {
    Leading,
    Lagging,
}

impl Timing {
    #[must_use]
    pub fn slug(self) -> &'static str {
        match self {
            Self::Leading => "leading",
            Self::Lagging => "lagging",
        }
    }
}

/// How far product marketing answers for a figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Accountability {
    Direct,
    Shared,
    Collaboration,
}

impl Accountability {
    #[must_use]
    pub fn slug(self) -> &'static str {
        match self {
            Self::Direct => "direct",
            Self::Shared => "shared",
            Self::Collaboration => "collaboration",
        }
    }
}

/// Where the figures come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// A person, a file or a command records them.
    Recorded,
    /// They are counted on what the workspace holds.
    Deals,
    Weeks,
    Decisions,
    Evidence,
    Calls,
    People,
    Launches,
}

impl Origin {
    #[must_use]
    pub fn is_computed(self) -> bool {
        match self {
            Self::Recorded => false,
            Self::Deals
            | Self::Weeks
            | Self::Decisions
            | Self::Evidence
            | Self::Calls
            | Self::People
            | Self::Launches => true,
        }
    }
}

/// The group of the scorecard in which it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    Executive,
    /// The four shared questions.
    RightUsers,
    ValueQuickly,
    UsingIt,
    StayingAndAdvocating,
    Sales,
    Message,
    Practice,
}

impl Group {
    pub const ALL: [Self; 8] = [
        Self::Executive,
        Self::RightUsers,
        Self::ValueQuickly,
        Self::UsingIt,
        Self::StayingAndAdvocating,
        Self::Sales,
        Self::Message,
        Self::Practice,
    ];

    /// The heading of the scorecard.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Executive => "Executive",
            Self::RightUsers => "Do we reach the right users?",
            Self::ValueQuickly => "Do they find value quickly?",
            Self::UsingIt => "Are they using it?",
            Self::StayingAndAdvocating => "Do they stay and advocate?",
            Self::Sales => "Sales",
            Self::Message => "Message",
            Self::Practice => "How we work",
        }
    }
}

/// One metric of the catalogue.
#[derive(Clone, Debug, PartialEq)]
pub struct Template {
    /// Fixed: what metrics of a workspace are recognised by.
    pub slug: String,
    pub name: String,
    pub definition: String,
    pub unit: Unit,
    pub direction: Direction,
    pub timing: Timing,
    pub accountability: Accountability,
    pub cadence: Cadence,
    pub group: Group,
    pub origin: Origin,
    /// In words: `calls that were scored`; empty where somebody records it.
    pub counted_on: String,
    /// The most that is good, where the method sets it.
    pub target: Option<f64>,
    /// The slug of a metric beside which alone it may be shown.
    pub beside: Option<String>,
    /// The scorecard names it where nobody measures it or one of its family.
    pub asked: bool,
}

impl Template {
    /// What it has in common with those that differ in their window alone: `activation`.
    #[must_use]
    pub fn family(&self) -> &str {
        match self.slug.rsplit_once("-d") {
            Some((family, days)) if days.parse::<u32>().is_ok() => family,
            Some(_) | None => &self.slug,
        }
    }
}

/// All of them, in the order of the catalogue.
#[must_use]
pub fn catalogue() -> &'static [Template] {
    &CATALOGUE
}

#[must_use]
pub fn find(slug: &str) -> Option<&'static Template> {
    // Most metrics of one's own come from no catalogue, which then need not be read.
    if slug.is_empty() {
        return None;
    }
    catalogue().iter().find(|template| template.slug == slug)
}

/// The one whose name or slug begins so.
#[must_use]
pub fn beginning(words: &str) -> Option<&'static Template> {
    let words = words.to_lowercase();
    let begins = |one: &&Template| {
        one.name.to_lowercase().starts_with(&words) || one.slug.starts_with(&words)
    };
    catalogue().iter().find(begins)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Page {
    metric: Vec<Row>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    slug: String,
    name: String,
    definition: String,
    unit: String,
    direction: String,
    timing: String,
    accountability: String,
    cadence: String,
    group: String,
    origin: Option<String>,
    #[serde(default)]
    counted_on: String,
    target: Option<f64>,
    beside: Option<String>,
    #[serde(default)]
    asked: bool,
}

fn read(text: &str) -> Result<Vec<Template>, String> {
    let page: Page = toml::from_str(text).map_err(|error| error.to_string())?;
    page.metric.into_iter().map(template).collect()
}

fn template(row: Row) -> Result<Template, String> {
    let unknown = |what: &str, word: &str| format!("{}: “{word}” is no {what}", row.slug);
    Ok(Template {
        unit: Unit::from_slug(&row.unit).ok_or_else(|| unknown("unit", &row.unit))?,
        direction: Direction::from_slug(&row.direction)
            .ok_or_else(|| unknown("direction", &row.direction))?,
        timing: timing(&row.timing).ok_or_else(|| unknown("timing", &row.timing))?,
        accountability: accountability(&row.accountability)
            .ok_or_else(|| unknown("accountability", &row.accountability))?,
        cadence: Cadence::from_slug(&row.cadence)
            .ok_or_else(|| unknown("cadence", &row.cadence))?,
        group: group(&row.group).ok_or_else(|| unknown("group", &row.group))?,
        origin: match row.origin.as_deref() {
            None => Origin::Recorded,
            Some(word) => origin(word).ok_or_else(|| unknown("origin", word))?,
        },
        counted_on: row.counted_on,
        slug: row.slug,
        name: row.name,
        definition: row.definition,
        target: row.target,
        beside: row.beside,
        asked: row.asked,
    })
}

fn timing(word: &str) -> Option<Timing> {
    [Timing::Leading, Timing::Lagging].into_iter().find(|one| one.slug() == word)
}

fn accountability(word: &str) -> Option<Accountability> {
    let all = [Accountability::Direct, Accountability::Shared, Accountability::Collaboration];
    all.into_iter().find(|one| one.slug() == word)
}

fn group(word: &str) -> Option<Group> {
    Some(match word {
        "executive" => Group::Executive,
        "right-users" => Group::RightUsers,
        "value-quickly" => Group::ValueQuickly,
        "using-it" => Group::UsingIt,
        "staying" => Group::StayingAndAdvocating,
        "sales" => Group::Sales,
        "message" => Group::Message,
        "practice" => Group::Practice,
        _ => return None,
    })
}

fn origin(word: &str) -> Option<Origin> {
    Some(match word {
        "deals" => Origin::Deals,
        "weeks" => Origin::Weeks,
        "decisions" => Origin::Decisions,
        "evidence" => Origin::Evidence,
        "calls" => Origin::Calls,
        "people" => Origin::People,
        "launches" => Origin::Launches,
        _ => return None,
    })
}

#[cfg(test)]
mod tests;
