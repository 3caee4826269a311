//! The one honest sentence beside a metric: what it does and since when, out of how many, and
//! how old that is.

use chrono::{Datelike, NaiveDate};

use super::age::Age;
use super::chart::{Chart, Rule, Side, Signal};
use super::forecast::{Course, FEWEST, Forecast};
use super::period::{Cadence, Period};
use super::reading::{Observation, Reading};
use super::unit::Unit;

/// What the sentence is made of.
#[derive(Clone, Copy, Debug)]
pub struct Told<'a> {
    pub unit: Unit,
    /// Oldest first.
    pub observations: &'a [Observation],
    /// The chart of those observations that have a value.
    pub chart: &'a Chart,
    pub forecast: Option<&'a Forecast>,
    pub cadence: Cadence,
    pub today: NaiveDate,
}

impl Told<'_> {
    /// `Flat within noise since March; 31 of 129 · 3 d old`.
    #[must_use]
    pub fn sentence(&self) -> String {
        match self.sample() {
            Some(sample) => format!("{}; {sample}", self.course()),
            None => self.course(),
        }
    }

    /// `31 of 129 · 3 d old`; `None` without a reading.
    #[must_use]
    pub fn sample(&self) -> Option<String> {
        let newest = self.observations.last()?;
        let aged = self.aged()?;
        Some(match newest.reading {
            Reading::Share { n: 0, .. } => aged,
            Reading::Share { k, n } => format!("{k} of {n} · {aged}"),
            Reading::Number(_) => match self.observations.len() {
                1 => format!("1 reading · {aged}"),
                count => format!("{count} readings · {aged}"),
            },
        })
    }

    /// `3 d old`, `running`, and of nothing that was counted since when; `None` without a reading.
    #[must_use]
    pub fn aged(&self) -> Option<String> {
        let newest = self.observations.last()?;
        if matches!(newest.reading, Reading::Share { n: 0, .. }) {
            let last = self.observations.iter().rev().find(|one| one.value().is_some());
            let last = last.map(|one| format!("nothing {}", self.since(one.period)));
            return Some(last.unwrap_or_else(|| "nothing counted yet".to_owned()));
        }
        let running =
            newest.period.holds(self.today) && newest.period.first() < newest.period.last();
        let age = Age::of(newest.period, self.cadence, self.today);
        Some(if running { "running".to_owned() } else { age.words() })
    }

    /// `Flat within noise since March`.
    #[must_use]
    pub fn course(&self) -> String {
        let periods: Vec<Period> = self
            .observations
            .iter()
            .filter(|one| one.value().is_some())
            .map(|one| one.period)
            .collect();
        let counted = periods.len().saturating_sub(self.chart.from);
        let Some(forecast) = self.forecast else {
            return match counted {
                0 if !periods.is_empty() => format!("Limits begin anew, 0 of {FEWEST}"),
                0 => "No data".to_owned(),
                _ => format!("Too few to tell from noise, {counted} of {FEWEST}"),
            };
        };
        let since =
            |place: usize| periods.get(place).map_or_else(String::new, |one| self.since(*one));
        let slope = self.unit.show_change(forecast.trending_per_week.abs());
        let slope = slope.trim_start_matches('+');
        // A slope too small to be shown is none.
        let is_shown = slope.contains(|digit: char| ('1'..='9').contains(&digit));
        let slope_from = forecast.from.filter(|_| is_shown);
        match (forecast.course, slope_from, self.chart.present()) {
            (Course::Rising, Some(from), _) => format!("Rising {slope} a week {}", since(from)),
            (Course::Falling, Some(from), _) => format!("Falling {slope} a week {}", since(from)),
            (_, _, Some(signal)) => format!("{} {}", seen(signal), since(signal.from)),
            (_, _, None) => {
                let last = self.chart.last_signalled();
                let from = last.map_or(self.chart.from, |last| last + 1);
                // A few points after a signal are no long calm.
                let is_back = last.is_some() && periods.len() - from < FEWEST;
                let words = if is_back { "Back within noise" } else { "Flat within noise" };
                format!("{words} {}", since(from))
            }
        }
    }

    /// `since March`, `since 12 May` of a day of this month, with the year if it is another.
    fn since(&self, period: Period) -> String {
        let first = period.first();
        let this_month = (first.year(), first.month()) == (self.today.year(), self.today.month());
        let look = if this_month { "%-d %B" } else { "%B" };
        let year = if first.year() == self.today.year() { "" } else { " %Y" };
        format!("since {}", first.format(&format!("{look}{year}")))
    }
}

fn seen(signal: Signal) -> &'static str {
    match (signal.rule, signal.side) {
        (Rule::Outside, Side::Above) => "Above its limits",
        (Rule::Outside, Side::Below) => "Below its limits",
        (Rule::NearLimit, Side::Above) => "Mostly near its upper limit",
        (Rule::NearLimit, Side::Below) => "Mostly near its lower limit",
        (Rule::Run, Side::Above) => "Above its centre",
        (Rule::Run, Side::Below) => "Below its centre",
    }
}

#[cfg(test)]
mod tests {
    use super::super::chart::Bounds;
    use super::super::fixture::{day, weeks};
    use super::*;

    fn sentence(rows: &[Observation], today: &str) -> String {
        let values: Vec<f64> = rows.iter().filter_map(Observation::value).collect();
        let chart = Chart::of(&values, 0, Bounds { low: Some(0.0), high: Some(1.0) });
        let forecast = Forecast::of(rows, &chart, None, day(today));
        let told = Told {
            unit: Unit::Share,
            observations: rows,
            chart: &chart,
            forecast: forecast.as_ref(),
            cadence: Cadence::Weekly,
            today: day(today),
        };
        told.sentence()
    }

    #[test]
    fn flat_within_noise() {
        let mut rows = weeks("2026-W11", &[0.21, 0.24, 0.23, 0.26, 0.22, 0.25, 0.24, 0.24, 0.23]);
        rows[8].reading = Reading::share(31, 129).unwrap();
        assert_eq!(rows[8].period.key(1), "2026-W19");
        assert_eq!(
            sentence(&rows, "2026-05-13"),
            "Flat within noise since March; 31 of 129 · 3 d old"
        );
        assert_eq!(
            sentence(&rows, "2026-05-21"),
            "Flat within noise since March; 31 of 129 · stale 11 d"
        );
    }

    #[test]
    fn a_climb_says_how_fast() {
        let climb: Vec<f64> = (0..19).map(|at| 0.1 + 0.01 * f64::from(at)).collect();
        let rows = weeks("2026-W01", &climb);
        let found = sentence(&rows, "2026-05-13");
        assert!(found.starts_with("Rising 1 point a week since"), "{found}");
        assert!(found.ends_with("; 19 readings · 3 d old"), "{found}");
    }

    /// The four series of an outside reader: what is told is the present course, and true.
    #[test]
    fn the_sentence_speaks_of_the_present_course() {
        let calm = [49.0, 51.0, 50.0, 52.0, 49.0, 50.0, 51.0, 48.0, 50.0, 52.0, 51.0, 50.0];
        let after = |more: &[f64]| {
            let values: Vec<f64> = calm.iter().chain(more).map(|value| value / 100.0).collect();
            sentence(&weeks("2026-W01", &values), "2026-05-20")
        };
        let found = after(&[68.0, 66.0, 64.0, 62.0]);
        assert!(found.starts_with("Above its limits since March;"), "{found}");
        let found = after(&[80.0, 50.0, 51.0, 49.0, 50.0, 52.0, 51.0, 50.0]);
        assert!(found.starts_with("Flat within noise since"), "{found}");
        let found = after(&[80.0]);
        assert!(found.starts_with("Above its limits since"), "{found}");
        let found = after(&[80.0, 51.0, 50.0]);
        assert!(found.starts_with("Back within noise since"), "{found}");
        let found = after(&[50.0, 52.0, 54.0, 56.0, 58.0, 60.0, 62.0, 64.0]);
        assert!(found.starts_with("Rising 2 points a week since"), "{found}");
        let found = after(&[50.0, 60.0, 60.0, 61.0, 60.0]);
        assert!(found.starts_with("Above its limits since March;"), "{found}");
    }

    /// A generator of our own, so that each run tells the same.
    fn noise(seed: &mut u64) -> f64 {
        let mut next = || {
            *seed = seed
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            f64::from(u32::try_from(*seed >> 33).unwrap()) / f64::from(1_u32 << 31)
        };
        (0..12).map(|_| next()).sum::<f64>() - 6.0
    }

    #[test]
    fn noise_hardly_ever_rises_or_falls() {
        let (mut seed, mut sloped, mut told) = (7, 0, 0);
        for _ in 0..2000 {
            let values: Vec<f64> = (0..26).map(|_| 0.5 + 0.02 * noise(&mut seed)).collect();
            let found = sentence(&weeks("2025-W40", &values), "2026-05-20");
            told += 1;
            sloped += i32::from(found.starts_with("Rising") || found.starts_with("Falling"));
        }
        assert!(sloped * 100 <= told, "{sloped} of {told}");
    }

    #[test]
    fn too_few_and_none_say_so() {
        let rows = weeks("2026-W17", &[0.2, 0.3, 0.2]);
        assert_eq!(
            sentence(&rows, "2026-05-13"),
            "Too few to tell from noise, 3 of 6; 3 readings · 3 d old"
        );
        assert_eq!(sentence(&[], "2026-05-13"), "No data");
        assert_eq!(
            sentence(&rows, "2026-05-06"),
            "Too few to tell from noise, 3 of 6; 3 readings · running"
        );
    }
}
