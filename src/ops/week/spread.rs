//! How the time of a month and of a quarter was worked, for which horizon, and whose idea it was:
//! shown, never judged.

use std::collections::HashSet;

use chrono::{Datelike, Days, Months, NaiveDate};

use crate::domain::day::{quarter_bounds, show_minutes};
use crate::domain::figure::Figure;
use crate::domain::item::ItemId;
use crate::domain::kind::Kind;
use crate::domain::nouns::MODES;
use crate::domain::nouns::asset::ORIGINS;
use crate::domain::week::Week;
use crate::domain::week::fit::Split;
use crate::domain::week::stretch::{self, Stretch};
use crate::store::week::Whose;

use super::super::error::Result;
use super::super::workspace::Workspace;

/// What the modes of work are generally meant to be, in per cent.
pub const MODE_TARGETS: [i64; 3] = [10, 20, 70];
/// The horizons of outcomes.
pub const HORIZONS: [&str; 3] = ["H1", "H2", "H3"];

/// Time by mode and by horizon.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spread {
    /// `May`, `Q2`.
    pub name: String,
    pub modes: Split,
    pub horizons: Split,
    /// By whose idea the work was; what has no origin, or no item, is untagged.
    pub origins: Split,
    /// How many items had time, by origin; the last are those without one.
    pub items: [usize; 4],
}

impl Spread {
    /// What is behind the bars of the month or the quarter.
    #[must_use]
    pub fn figures(&self) -> Vec<Figure> {
        let modes = figure(
            format!("Modes, {}", self.name),
            &self.modes,
            MODES,
            "minutes by mode ÷ minutes that have one; 10 % experiment, 20 % iterate and 70 % apply is \
             usual, and nothing is judged by it",
        );
        let horizons = figure(
            format!("Horizons, {}", self.name),
            &self.horizons,
            &HORIZONS,
            "minutes by the horizon of the outcome that they lead to ÷ minutes that lead to one",
        );
        vec![modes, horizons, self.origin_figure()]
    }

    /// Whose idea the work was, in shares that sum to all of it.
    fn origin_figure(&self) -> Figure {
        let mut figure = Figure::new(
            format!("Origin, {}", self.name),
            self.origin_words().unwrap_or_else(|| crate::domain::week::share::NO_DATA.to_owned()),
            "minutes by whose idea the work was ÷ all minutes worked; requests are requested",
        );
        let minutes = self.origins.minutes.iter().chain([&self.origins.untagged]);
        for ((name, minutes), items) in ORIGIN_NAMES.into_iter().zip(minutes).zip(self.items) {
            let items = if items == 1 { "1 item".to_owned() } else { format!("{items} items") };
            figure = figure.with(name, format!("{} on {items}", show_minutes(*minutes)));
        }
        figure.over(i64::try_from(self.items.iter().sum::<usize>()).unwrap_or(i64::MAX))
    }

    /// `self-initiated 50 %, requested 30 %, recurring 10 %, not said 10 %`.
    #[must_use]
    pub fn origin_words(&self) -> Option<String> {
        let mut all = self.origins.minutes.clone();
        all.push(self.origins.untagged);
        let shares = crate::domain::week::share::percentages(&all)?;
        let known = ORIGIN_NAMES.iter().zip(shares).zip(all).filter(|(_, minutes)| *minutes > 0);
        let words = known.map(|((name, share), _)| format!("{name} {share} %"));
        Some(words.collect::<Vec<_>>().join(", "))
    }
}

/// Whose idea work can be, and what nobody said it of.
const ORIGIN_NAMES: [&str; 4] = ["self-initiated", "requested", "recurring", "not said"];

fn figure(name: String, split: &Split, tags: &[&str], formula: &'static str) -> Figure {
    let shares = split.percentages();
    let value = shares.as_ref().map_or_else(
        || crate::domain::week::share::NO_DATA.to_owned(),
        |shares| {
            let words = tags.iter().zip(shares).map(|(tag, share)| format!("{tag} {share} %"));
            words.collect::<Vec<_>>().join(", ")
        },
    );
    let mut figure = Figure::new(name, value, formula);
    for (tag, minutes) in tags.iter().zip(&split.minutes) {
        figure = figure.with(*tag, show_minutes(*minutes));
    }
    figure.with("untagged", show_minutes(split.untagged))
}

impl Workspace {
    /// How the time between two days was worked, both included.
    ///
    /// # Errors
    /// A storage error.
    pub fn spread_between(&self, name: &str, days: (NaiveDate, NaiveDate)) -> Result<Spread> {
        let whose = Whose::Mine(self.terms()?.me);
        let lived = self.store.stretches(Kind::Entry, days, whose)?;
        Ok(spread(name.to_owned(), &lived, days))
    }

    /// The month and the quarter in which most of a week lies.
    ///
    /// # Errors
    /// A storage error.
    pub fn spreads(&self, week: Week) -> Result<[Spread; 2]> {
        let thursday = week.monday().checked_add_days(Days::new(3)).unwrap_or(week.monday());
        let month = month_of(thursday);
        let quarter = quarter_bounds(thursday, self.settings.fiscal_start_month);
        let stand = self.stand()?;
        if let Some(spreads) = self.followed.spreads(stand, [month, quarter]) {
            return Ok(spreads);
        }
        let whose = Whose::Mine(self.terms()?.me);
        let days = (month.0.min(quarter.0), month.1.max(quarter.1));
        let lived = self.store.stretches(Kind::Entry, days, whose)?;
        let name = crate::domain::day::quarter_key(thursday, self.settings.fiscal_start_month);
        let quarter_name = name.rsplit('-').next().unwrap_or(&name).to_owned();
        let spreads = [
            spread(thursday.format("%b").to_string(), &lived, month),
            spread(quarter_name, &lived, quarter),
        ];
        self.followed.keep_spreads(stand, [month, quarter], &spreads);
        Ok(spreads)
    }
}

fn month_of(day: NaiveDate) -> (NaiveDate, NaiveDate) {
    let first = day.with_day(1).unwrap_or(day);
    let next = first.checked_add_months(Months::new(1)).unwrap_or(first);
    (first, next.pred_opt().unwrap_or(next))
}

fn spread(name: String, lived: &[Stretch], (from, to): (NaiveDate, NaiveDate)) -> Spread {
    let of: Vec<Stretch> =
        lived.iter().filter(|one| (from..=to).contains(&one.on)).cloned().collect();
    let worked: Vec<(&Stretch, i64)> = of
        .iter()
        .zip(stretch::counted(&of))
        .filter(|(one, _)| one.band != crate::domain::week::Band::Off)
        .collect();
    let by = |tags: &[&str], tag: fn(&Stretch) -> Option<&str>| {
        Split::by(tags, worked.iter().map(|(one, minutes)| (tag(one), *minutes)))
    };
    Spread {
        name,
        modes: by(MODES, |one| one.mode.as_deref()),
        horizons: by(&HORIZONS, |one| one.horizon.as_deref()),
        origins: by(ORIGINS, |one| one.origin.as_deref()),
        items: items_by_origin(&worked),
    }
}

/// How many items of each origin had time; the last are those of which nobody said it.
fn items_by_origin(worked: &[(&Stretch, i64)]) -> [usize; 4] {
    let mut items = [0; 4];
    let mut known: HashSet<ItemId> = HashSet::new();
    for (one, _) in worked {
        if !one.serves.is_some_and(|item| known.insert(item)) {
            continue;
        }
        let place = ORIGINS.iter().position(|origin| one.origin.as_deref() == Some(*origin));
        items[place.unwrap_or(ORIGINS.len())] += 1;
    }
    items
}
