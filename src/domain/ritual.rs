//! The beats of the rhythm: what each ritual consists of, as data that users may change, and the
//! run of one as a value. What fills a section is named here and answered elsewhere.

pub mod alignment;
pub mod area;
mod held;
pub mod impact;
pub mod long;
pub mod prefill;
pub mod run;
pub mod said;

use std::collections::BTreeSet;

use chrono::{Datelike, NaiveDate, Weekday};
use serde::{Deserialize, Serialize};
use toml::Spanned;

use super::day;
use super::kind::Kind;
use super::sheet::{Fault, Sheet};
use super::slugs::slugs;

pub use prefill::Prefill;
pub use run::{Run, Step};
pub use said::{Mark, Said};

/// Days for which a run that was left goes on, whatever its period.
const LATE_DAYS: i64 = 3;
/// Days of a month on which what begins with it is offered.
const FIRST_DAYS: u32 = 3;

slugs! {
    /// Which beat.
    RitualKind {
        Checkin => "checkin", "check-in";
        Monday => "monday", "Monday review";
        Midweek => "midweek", "midweek check";
        Friday => "friday", "Friday readout";
        Month => "month", "monthly review";
        Quarter => "quarter", "quarter start";
        Standup => "standup", "standup";
        Maturity => "maturity", "self-assessment";
    }
}

slugs! {
    /// What a section asks of a person.
    Asks {
        Lines => "lines", "lines to keep, drop or add";
        Verdicts => "verdicts", "a verdict for each row";
        Bands => "bands", "a band for each row";
        Choice => "choice", "a choice";
        Figures => "figures", "a figure for each row";
        Levels => "levels", "0 to 4 for each row";
        Blocks => "blocks", "blocks in the week";
        Confirmation => "confirmation", "a yes";
    }
}

slugs! {
    /// What keeps a section from being left: each must be explained or waived.
    Hold {
        OffTrackMetrics => "off-track-metrics", "metrics that are off track";
    }
}

slugs! {
    /// When a section is there at all.
    Condition {
        EscalationFires => "escalation-fires", "the escalation rule fires";
    }
}

/// One section, in the order in which it is gone through.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Section {
    pub key: String,
    pub title: String,
    pub prompt: String,
    pub asks: Asks,
    pub prefill: Vec<Prefill>,
    pub holds: Option<Hold>,
    pub only_when: Option<Condition>,
    pub pick: Option<Pick>,
    /// What a typed line of it adds, by its name.
    pub makes: Option<String>,
    /// Whether the line to type is open at once, whatever is on record.
    #[serde(default)]
    pub typed: bool,
}

/// How many lines are chosen, and what is said of one that is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pick {
    pub most: usize,
    pub says: String,
}

/// What a ritual consists of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ritual {
    pub kind: RitualKind,
    /// How long it is meant to take.
    pub minutes: u32,
    /// What there is to send when it is over.
    pub ends_in: String,
    pub sections: Vec<Section>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    kind: Spanned<RitualKind>,
    minutes: u32,
    ends_in: String,
    section: Vec<Spanned<Section>>,
}

impl RitualKind {
    /// The reviews, which are all gone through in the same way.
    pub const REVIEWS: [Self; 5] =
        [Self::Monday, Self::Midweek, Self::Friday, Self::Month, Self::Quarter];

    /// Whether it is shown to others, a section a screen.
    #[must_use]
    pub fn is_presented(self) -> bool {
        self == Self::Month
    }

    /// Whether this is a day on which it is offered.
    #[must_use]
    pub fn is_on(self, today: NaiveDate, fiscal_start_month: u32) -> bool {
        let weekday = today.weekday();
        match self {
            Self::Checkin => true,
            Self::Monday => weekday == Weekday::Mon,
            Self::Midweek => weekday == Weekday::Wed,
            Self::Friday => weekday == Weekday::Fri,
            Self::Month => today.day() <= FIRST_DAYS,
            Self::Quarter => {
                let (first, _) = day::quarter_bounds(today, fiscal_start_month);
                today.signed_duration_since(first).num_days() < i64::from(FIRST_DAYS)
            }
            Self::Standup | Self::Maturity => false,
        }
    }

    /// The contents as they ship.
    #[must_use]
    pub fn shipped(self) -> Sheet<'static> {
        match self {
            Self::Checkin => Sheet::new(
                "rituals/checkin.toml",
                include_str!("../../assets/rituals/checkin.toml"),
            ),
            Self::Monday => {
                Sheet::new("rituals/monday.toml", include_str!("../../assets/rituals/monday.toml"))
            }
            Self::Midweek => Sheet::new(
                "rituals/midweek.toml",
                include_str!("../../assets/rituals/midweek.toml"),
            ),
            Self::Friday => {
                Sheet::new("rituals/friday.toml", include_str!("../../assets/rituals/friday.toml"))
            }
            Self::Month => {
                Sheet::new("rituals/month.toml", include_str!("../../assets/rituals/month.toml"))
            }
            Self::Quarter => Sheet::new(
                "rituals/quarter.toml",
                include_str!("../../assets/rituals/quarter.toml"),
            ),
            Self::Standup => Sheet::new(
                "rituals/standup.toml",
                include_str!("../../assets/rituals/standup.toml"),
            ),
            Self::Maturity => Sheet::new(
                "rituals/maturity.toml",
                include_str!("../../assets/rituals/maturity.toml"),
            ),
        }
    }

    /// Whether a run that began on that day is still taken up on this one: as long as its period
    /// runs, and over a weekend.
    #[must_use]
    pub fn goes_on(self, began: NaiveDate, today: NaiveDate, fiscal_start_month: u32) -> bool {
        let days = today.signed_duration_since(began).num_days();
        let same = |on| self.period(on, fiscal_start_month);
        days >= 0 && (days <= LATE_DAYS || same(began) == same(today))
    }

    /// The key of the period that a run on this day is for: a day, a week, a month or a quarter.
    #[must_use]
    pub fn period(self, on: NaiveDate, fiscal_start_month: u32) -> String {
        match self {
            Self::Checkin | Self::Standup | Self::Maturity => on.to_string(),
            Self::Monday | Self::Midweek | Self::Friday => day::week_key(on),
            Self::Month => on.format("%Y-%m").to_string(),
            Self::Quarter => day::quarter_key(on, fiscal_start_month),
        }
    }
}

impl Section {
    fn fault(&self) -> Option<String> {
        let made = self.makes.as_deref().filter(|name| Kind::from_slug(name).is_none());
        match (self.asks, &self.pick, made) {
            (_, _, Some(made)) => Some(format!("“{made}” is nothing that can be added")),
            (Asks::Choice, None, None) => {
                Some(format!("“{}” asks for a choice, and says not of how many", self.key))
            }
            (_, Some(_) | None, None) => None,
        }
    }
}

impl Ritual {
    /// Reads the contents of a ritual of this kind.
    ///
    /// # Errors
    /// The first thing that is wrong with them, with its line.
    pub fn read(kind: RitualKind, sheet: Sheet<'_>) -> Result<Self, Fault> {
        let written: Written = sheet.read()?;
        if *written.kind.get_ref() != kind {
            let what = format!("this is the place of the {kind}");
            return Err(sheet.fault(written.kind.span(), what));
        }
        if written.section.is_empty() {
            return Err(sheet.fault(0..0, "a ritual has at least one section"));
        }
        let mut seen = BTreeSet::new();
        for section in &written.section {
            if let Some(fault) = section.get_ref().fault() {
                return Err(sheet.fault(section.span(), fault));
            }
            let key = &section.get_ref().key;
            if !seen.insert(key.clone()) {
                return Err(sheet.fault(section.span(), format!("“{key}” stands twice")));
            }
        }
        let Written { minutes, ends_in, section, .. } = written;
        let sections = section.into_iter().map(Spanned::into_inner).collect();
        Ok(Self { kind, minutes, ends_in, sections })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::day::fixture::day;

    fn titles(kind: RitualKind) -> Vec<String> {
        let ritual = Ritual::read(kind, kind.shipped()).unwrap_or_else(|fault| panic!("{fault}"));
        ritual.sections.into_iter().map(|section| section.title).collect()
    }

    #[test]
    fn every_ritual_ships_whole() {
        for kind in RitualKind::ALL {
            let ritual = Ritual::read(*kind, kind.shipped()).unwrap();
            assert!(ritual.minutes > 0 && !ritual.ends_in.is_empty());
            for section in &ritual.sections {
                assert!(section.prompt.ends_with(['.', '?']), "{}: {}", kind, section.prompt);
            }
        }
    }

    #[test]
    fn the_three_of_the_week_have_their_exact_sections() {
        let monday = ["Segment shifts", "Competitive changes", "Launch blockers"];
        assert_eq!(titles(RitualKind::Monday)[1..4], monday);
        let midweek = ["Asset readiness", "Product readiness", "Analytics instrumentation"];
        assert_eq!(titles(RitualKind::Midweek), midweek);
        let friday =
            ["User behaviour", "Message resonance", "Sales feedback", "Roadmap implications"];
        assert_eq!(titles(RitualKind::Friday)[..4], friday);
    }

    #[test]
    fn the_month_has_eight_and_opens_on_what_changed() {
        let titles = titles(RitualKind::Month);
        assert_eq!(titles.len(), 8);
        assert_eq!(titles[0], "What changed in the business");
        assert_eq!(titles[7], "Decisions asked of this room");
        let month = Ritual::read(RitualKind::Month, RitualKind::Month.shipped()).unwrap();
        let holding: Vec<&str> = month
            .sections
            .iter()
            .filter(|section| section.holds.is_some())
            .map(|section| section.key.as_str())
            .collect();
        assert_eq!(holding, ["outcomes"]);
    }

    #[test]
    fn the_memo_is_there_only_when_the_rule_fires() {
        let friday = Ritual::read(RitualKind::Friday, RitualKind::Friday.shipped()).unwrap();
        let memo = friday.sections.iter().find(|section| section.key == "memo").unwrap();
        assert_eq!(memo.only_when, Some(Condition::EscalationFires));
    }

    #[test]
    fn every_source_fills_a_section() {
        let used: BTreeSet<Prefill> = RitualKind::ALL
            .iter()
            .flat_map(|kind| Ritual::read(*kind, kind.shipped()).unwrap().sections)
            .flat_map(|section| section.prefill)
            .collect();
        assert_eq!(used.len(), Prefill::ALL.len());
    }

    #[test]
    fn a_broken_ritual_names_its_line() {
        let text = RitualKind::Midweek.shipped().text;
        let fault = |text: &str| {
            Ritual::read(RitualKind::Midweek, Sheet::new("rituals/mine.toml", text)).unwrap_err()
        };
        let unknown = fault(&text.replace("asset-readiness", "mood"));
        assert_eq!(unknown.line, 11);
        assert!(unknown.what.starts_with("“mood” is none of unclassified-time"), "{unknown}");
        let twice = fault(&text.replace("key = \"product\"", "key = \"assets\""));
        assert_eq!((twice.line, twice.what.as_str()), (13, "“assets” stands twice"));
        let other = fault(&text.replace("\"midweek\"", "\"friday\""));
        assert_eq!(
            other.to_string(),
            "rituals/mine.toml, line 2: this is the place of the midweek check"
        );
    }

    #[test]
    fn a_run_is_for_a_day_a_week_a_month_or_a_quarter() {
        let on = day("2027-01-01");
        let of = |kind: RitualKind| kind.period(on, 1);
        assert_eq!(of(RitualKind::Checkin), "2027-01-01");
        assert_eq!(of(RitualKind::Friday), "2026-W53");
        assert_eq!(of(RitualKind::Month), "2027-01");
        assert_eq!(of(RitualKind::Quarter), "2027-Q1");
        assert_eq!(RitualKind::Quarter.period(on, 7), "2027-Q3");
    }
}
