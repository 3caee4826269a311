//! Readings of several metrics together, as rules in `assets/signals.toml`: what it means when
//! many come and few sign up, and which decision that asks for. Only inputs that are fresh, and
//! large enough or signalled, can make a rule fire.

use std::sync::LazyLock;

use serde::Deserialize;

use super::super::ritual::impact::Recommendation;
use super::age::Freshness;
use super::chart::{Chart, Rule as Signalled, Side};
use super::goal::{Direction, Status};
use super::unit::SMALL;

const TEXT: &str = include_str!("../../../assets/signals.toml");

static RULES: LazyLock<Rules> =
    LazyLock::new(|| toml::from_str(TEXT).expect("the rules that are compiled in are tested"));

/// Where a metric stands, as far as a rule asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    High,
    Low,
    Neither,
}

impl Level {
    /// Against its target: by its status. A figure that is better than asked is high whichever
    /// way is better.
    #[must_use]
    pub fn by_status(status: Status) -> Self {
        match status {
            Status::Achieved | Status::OnTrack | Status::InRange => Self::High,
            Status::Behind | Status::AtRisk | Status::OutOfRange => Self::Low,
            Status::TooEarly | Status::NoData => Self::Neither,
        }
    }

    /// Without a target: against the limits of what was usual.
    #[must_use]
    pub fn by_limits(value: f64, chart: &Chart, direction: Direction) -> Self {
        let Some(limits) = chart.limits else {
            return Self::Neither;
        };
        let down = direction == Direction::Down;
        match (value > limits.high, value < limits.low, down) {
            (true, _, false) | (_, true, true) => Self::High,
            (_, true, false) | (true, _, true) => Self::Low,
            (false, false, _) => Self::Neither,
        }
    }
}

/// One metric as an input to the rules.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sense<'a> {
    /// The slug of the catalogue.
    pub metric: &'a str,
    /// The segment it was read for; `None` for all together.
    pub segment: Option<&'a str>,
    pub level: Level,
    pub freshness: Freshness,
    pub sample: Option<u32>,
    pub signal: Option<(Signalled, Side)>,
}

impl Sense<'_> {
    /// Whether a rule may build on it.
    #[must_use]
    pub fn is_firm(&self) -> bool {
        self.doubt().is_none()
    }

    /// Why no rule may build on it.
    #[must_use]
    pub fn doubt(&self) -> Option<String> {
        let small = |n: u32| format!("counted on {n} only");
        match (self.freshness, self.sample) {
            (Freshness::Stale, _) => Some("stale".to_owned()),
            (Freshness::Dead, _) => Some("dead".to_owned()),
            (Freshness::Fresh, _) if self.signal.is_some() => None,
            (Freshness::Fresh, Some(n)) => (n < SMALL).then(|| small(n)),
            (Freshness::Fresh, None) => Some("no sample and no signal".to_owned()),
        }
    }
}

/// Whether a launch lies in the days in which adoption is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Season {
    AfterLaunch,
    Ordinary,
}

/// A rule that fired.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fired {
    pub slug: &'static str,
    pub reading: &'static str,
    /// The kind of decision that it offers.
    pub decision: &'static str,
    pub question: &'static str,
    /// Which of the four recommendations it supports.
    pub recommends: Recommendation,
    /// Slugs of the metrics it was read from.
    pub metrics: Vec<String>,
    /// The one segment, where the rule is about one.
    pub segment: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Rules {
    roles: std::collections::BTreeMap<String, Vec<String>>,
    rule: Vec<Row>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    slug: String,
    #[serde(default)]
    high: Vec<String>,
    #[serde(default)]
    low: Vec<String>,
    one_segment: Option<String>,
    #[serde(default)]
    after_launch: bool,
    reading: String,
    decision: String,
    recommends: Recommendation,
    question: String,
}

/// The rules that these inputs make fire, in the order of the file.
#[must_use]
pub fn fired(senses: &[Sense<'_>], season: Season) -> Vec<Fired> {
    let firm: Vec<&Sense<'_>> = senses.iter().filter(|sense| sense.is_firm()).collect();
    RULES.rule.iter().filter_map(|rule| rule.fire(&firm, season)).collect()
}

/// The rules that would fire if every input were firm, and do not because one is not.
#[must_use]
pub fn waiting(senses: &[Sense<'_>], season: Season) -> Vec<Fired> {
    let all: Vec<&Sense<'_>> = senses.iter().collect();
    let firm = fired(senses, season);
    let fires = |slug: &str| firm.iter().any(|one| one.slug == slug);
    let rules = RULES.rule.iter().filter(|rule| !fires(&rule.slug));
    rules.filter_map(|rule| rule.fire(&all, season)).collect()
}

impl Row {
    fn fire(&'static self, firm: &[&Sense<'_>], season: Season) -> Option<Fired> {
        if self.after_launch && season == Season::Ordinary {
            return None;
        }
        let mut metrics = Vec::new();
        let wanted = self.high.iter().map(|role| (role, Level::High));
        for (role, level) in wanted.chain(self.low.iter().map(|role| (role, Level::Low))) {
            let overall = |sense: &&&Sense<'_>| sense.segment.is_none() && sense.level == level;
            let found = firm.iter().filter(|sense| plays(sense, role)).find(overall)?;
            metrics.push(found.metric.to_owned());
        }
        let mut segment = None;
        if let Some(role) = &self.one_segment {
            let (metric, name) = only_high(firm, role)?;
            metrics.push(metric);
            segment = Some(name);
        }
        Some(Fired {
            slug: &self.slug,
            reading: &self.reading,
            decision: &self.decision,
            question: &self.question,
            recommends: self.recommends,
            metrics,
            segment,
        })
    }
}

fn plays(sense: &Sense<'_>, role: &str) -> bool {
    let metrics = RULES.roles.get(role).map_or(&[][..], Vec::as_slice);
    metrics.iter().any(|metric| metric == sense.metric)
}

/// The one segment that is high while every other one is low; at least one other is there.
fn only_high(firm: &[&Sense<'_>], role: &str) -> Option<(String, String)> {
    let of_role = || firm.iter().filter(|sense| plays(sense, role) && sense.segment.is_some());
    let mut high = of_role().filter(|sense| sense.level == Level::High);
    let (one, None) = (high.next()?, high.next()) else {
        return None;
    };
    let others = || of_role().filter(|sense| sense.segment != one.segment);
    let all_low = others().next().is_some() && others().all(|sense| sense.level == Level::Low);
    all_low.then(|| (one.metric.to_owned(), one.segment.unwrap_or("").to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sense(metric: &'static str, level: Level) -> Sense<'static> {
        Sense {
            metric,
            segment: None,
            level,
            freshness: Freshness::Fresh,
            sample: Some(20),
            signal: None,
        }
    }

    fn slugs(senses: &[Sense<'_>], season: Season) -> Vec<&'static str> {
        fired(senses, season).into_iter().map(|one| one.slug).collect()
    }

    /// Every rule of two metrics, at every pair of levels: it fires at one pair and no other.
    #[test]
    fn truth_table_of_the_rules_of_two() {
        let rules = [
            ("traffic", "conversion-rate", "traffic-without-conversion"),
            ("conversion-rate", "activation-d10", "conversion-without-activation"),
            ("activation-d10", "retention-rate", "activation-without-retention"),
            ("lead-conversion", "retention-rate", "acquisition-without-retention"),
            ("engagement-d10", "conversion-rate", "engagement-without-conversion"),
        ];
        for (first, second, slug) in rules {
            for high in [Level::High, Level::Low, Level::Neither] {
                for low in [Level::High, Level::Low, Level::Neither] {
                    let found = slugs(&[sense(first, high), sense(second, low)], Season::Ordinary);
                    let due = high == Level::High && low == Level::Low;
                    assert_eq!(found.contains(&slug), due, "{slug}: {high:?}, {low:?}, {found:?}");
                    assert!(due || found.is_empty(), "{slug}: {high:?}, {low:?}, {found:?}");
                }
            }
        }
    }

    #[test]
    fn retention_in_one_segment_only() {
        let of =
            |segment, level| Sense { segment: Some(segment), ..sense("retention-rate", level) };
        let found = |senses: &[Sense<'_>]| fired(senses, Season::Ordinary);
        let one = found(&[of("fintech", Level::High), of("retail", Level::Low)]);
        assert_eq!(one.len(), 1);
        assert_eq!(one[0].segment.as_deref(), Some("fintech"));
        assert_eq!(one[0].decision, "icp-boundary");
        for levels in [
            &[Level::High][..],
            &[Level::High, Level::High],
            &[Level::Low, Level::Low],
            &[Level::High, Level::Neither],
            &[Level::High, Level::High, Level::Low],
        ] {
            let names = ["fintech", "retail", "health"];
            let senses: Vec<Sense<'_>> =
                levels.iter().zip(names).map(|(level, name)| of(name, *level)).collect();
            assert_eq!(found(&senses), [], "{levels:?}");
        }
    }

    #[test]
    fn weak_adoption_counts_only_after_a_launch() {
        let weak = [sense("adoption-d10", Level::Low)];
        assert_eq!(slugs(&weak, Season::AfterLaunch), ["weak-adoption-after-launch"]);
        assert!(slugs(&weak, Season::Ordinary).is_empty());
        assert!(slugs(&[sense("adoption-d10", Level::High)], Season::AfterLaunch).is_empty());
    }

    #[test]
    fn stale_or_small_inputs_fire_nothing() {
        let high = sense("conversion-rate", Level::High);
        let low = sense("activation-d10", Level::Low);
        let fires = |low: Sense<'static>| !slugs(&[high, low], Season::Ordinary).is_empty();
        assert!(fires(low));
        assert!(!fires(Sense { freshness: Freshness::Stale, ..low }));
        assert!(!fires(Sense { freshness: Freshness::Dead, ..low }));
        assert!(!fires(Sense { sample: Some(19), ..low }));
        assert!(!fires(Sense { sample: None, ..low }));
        let signal = Some((Signalled::Run, Side::Below));
        assert!(fires(Sense { sample: None, signal, ..low }));
        assert!(!fires(Sense { freshness: Freshness::Stale, sample: None, signal, ..low }));
        assert!(!fires(Sense { segment: Some("retail"), ..low }));
    }

    #[test]
    fn what_would_fire_waits_and_says_why() {
        let high = sense("conversion-rate", Level::High);
        let low = sense("activation-d10", Level::Low);
        let waits = |low: Sense<'static>| -> Vec<&'static str> {
            waiting(&[high, low], Season::Ordinary).into_iter().map(|one| one.slug).collect()
        };
        assert_eq!(waits(low), [""; 0]);
        let stale = Sense { freshness: Freshness::Stale, ..low };
        assert_eq!(waits(stale), ["conversion-without-activation"]);
        assert_eq!(stale.doubt().as_deref(), Some("stale"));
        let small = Sense { sample: Some(19), ..low };
        assert_eq!(waits(small), ["conversion-without-activation"]);
        assert_eq!(small.doubt().as_deref(), Some("counted on 19 only"));
        assert_eq!(waits(Sense { level: Level::Neither, ..small }), [""; 0]);
        assert_eq!(low.doubt(), None);
    }

    #[test]
    fn levels_come_from_the_status_else_from_the_limits() {
        assert_eq!(Level::by_status(Status::Achieved), Level::High);
        assert_eq!(Level::by_status(Status::Behind), Level::Low);
        assert_eq!(Level::by_status(Status::TooEarly), Level::Neither);
        let points = [21.0, 19.0, 23.0, 22.0, 20.0, 18.0, 24.0, 21.0];
        let chart = Chart::of(&points, 0, super::super::Bounds::default());
        let level = |value, direction| Level::by_limits(value, &chart, direction);
        assert_eq!(level(28.7, Direction::Up), Level::High);
        assert_eq!(level(13.3, Direction::Up), Level::Low);
        assert_eq!(level(25.0, Direction::Up), Level::Neither);
        assert_eq!(level(28.7, Direction::Down), Level::Low);
        assert_eq!(level(13.3, Direction::Down), Level::High);
        assert_eq!(Level::by_limits(99.0, &Chart::default(), Direction::Up), Level::Neither);
    }

    #[test]
    fn rules_name_roles_and_kinds_of_decision_that_exist() {
        const KINDS: [&str; 9] = [
            "icp-boundary",
            "positioning",
            "launch-tier",
            "packaging",
            "pricing",
            "segment-focus",
            "narrative",
            "scope",
            "other",
        ];
        assert_eq!(RULES.rule.len(), 7);
        for rule in &RULES.rule {
            let roles = rule.high.iter().chain(&rule.low).chain(&rule.one_segment);
            assert!(roles.into_iter().all(|role| RULES.roles.contains_key(role)), "{}", rule.slug);
            assert!(KINDS.contains(&rule.decision.as_str()), "{}", rule.slug);
            assert!(rule.question.ends_with('?'), "{}", rule.slug);
        }
        let known = |slug: &String| super::super::catalogue::find(slug).is_some();
        assert!(RULES.roles.values().flatten().all(known));
    }
}
