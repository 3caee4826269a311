//! What is behind the figures of a week: the formulas of `spec/3-model.md §3.4` with what went in.

use crate::domain::day::show_minutes;
use crate::domain::figure::Figure;
use crate::domain::week::fit::Deviation;
use crate::domain::week::share::Share;
use crate::domain::week::stretch::Whence;
use crate::domain::week::verdict::interval;
use crate::domain::week::{Band, Tally};

use super::{Told, WeekView};

impl WeekView {
    /// Every figure of the week with its formula and its inputs.
    #[must_use]
    pub fn figures(&self) -> Vec<Figure> {
        let mut all = vec![self.verdict_figure()];
        all.extend(self.team.clone());
        all.extend([
            self.budget_figure(),
            self.fit_figure(),
            self.linked_figure(),
            self.tied_figure(),
            self.capacity_figure(),
        ]);
        all
    }

    fn entries(&self) -> i64 {
        self.told().entries
    }

    fn verdict_figure(&self) -> Figure {
        let Tally { reactive, unclassified, .. } = self.actual;
        let (low, high) = self.actual.reactive_interval();
        let limits = self.terms.limits;
        let strict = if self.terms.strict {
            "strict: execution without a bet counts as reactive"
        } else {
            "execution without a bet counts as execution; week terms --strict yes changes that"
        };
        Figure::new(
            "Reactive",
            format!("{}, {}", interval(low, high), self.verdict),
            "R ÷ (A + U) to (R + U) ÷ (A + U); thin below half of what is available; breach when \
             the low end is above the limit, clear when the high end is not, else unsure",
        )
        .with("R, reactive", minutes(reactive))
        .with("A, banded", minutes(self.actual.banded()))
        .with("U, unclassified", minutes(unclassified))
        .with("available", minutes(self.available))
        .with("limit", format!("{} %", limits.reactive))
        .with("thin below", format!("{} %", limits.thin))
        .over(self.entries())
        .noting(self.since_words().map_or_else(
            || strict.to_owned(),
            |since| format!("{strict}; {since}, which a correction takes in"),
        ))
    }

    fn budget_figure(&self) -> Figure {
        let logged = self.actual.reactive;
        let (share, limit) = (self.terms.budget, self.terms.limits.reactive);
        let budget = self.available * share / 100;
        let figure = Figure::new(
            "Reactive budget left",
            minutes(self.left),
            "share of requests × available − R logged − what is not logged yet of reactive blocks \
             that hold an item",
        )
        .with("budget", minutes(budget))
        .with("R logged", minutes(logged))
        .with("held by blocks", minutes(budget - logged - self.left));
        if share == limit {
            return figure;
        }
        figure.noting(format!(
            "the intake policy gives requests {share} % of the week; the verdict is judged at {limit} %"
        ))
    }

    fn fit_figure(&self) -> Figure {
        let deviations = self.deviations();
        let words: Vec<String> = deviations.iter().map(Deviation::words).collect();
        let value = if words.is_empty() { "no data".to_owned() } else { words.join(", ") };
        let mut figure = Figure::new(
            "Plan fit",
            value,
            "share of the banded time − target, in points; within 5 fine, within 10 amber, else red",
        );
        for band in Band::WORK {
            let share = self.actual.share(band).in_tenths();
            let target = self.terms.targets.of(band);
            figure = figure.with(band.slug(), format!("{share} of {target} %"));
        }
        figure.over(self.entries())
    }

    fn linked_figure(&self) -> Figure {
        let Told { execution, unlinked, .. } = self.told();
        let linked = Share::new(execution - unlinked, execution);
        Figure::new(
            "Execution linked",
            linked.in_tenths(),
            "minutes of execution on the way to a bet ÷ all minutes of execution",
        )
        .with("with a bet", minutes(execution - unlinked))
        .with("without, hatched", minutes(unlinked))
        .over(self.entries())
    }

    fn tied_figure(&self) -> Figure {
        let tied = self.told().tied;
        // Strictly read, execution moves to reactive; what was worked stays the same.
        let whole = self.actual.banded();
        Figure::new(
            "Work tied to outcomes",
            Share::new(tied, whole).in_tenths(),
            "minutes on items with a path to an active outcome ÷ A",
        )
        .with("tied", minutes(tied))
        .with("A, banded", minutes(whole))
        .over(self.entries())
    }

    fn capacity_figure(&self) -> Figure {
        let capacity = self.capacity();
        let meetings = self.planned.iter().filter(|one| one.whence == Whence::Calendar).count();
        let formula = if self.is_over() {
            "what was lived, of weekly minutes − leave"
        } else {
            "weekly minutes − leave − meetings − planned blocks − what was lived beside them, and no more than is to come of the working hours; what overlaps counts once"
        };
        let mut figure = Figure::new("Capacity", self.room(), formula)
            .with("weekly minutes", minutes(self.terms.weekly))
            .with("leave", minutes(self.leave));
        if self.is_over() {
            figure = figure.with("lived", minutes(self.actual.worked()));
        }
        figure = figure
            .with("meetings, no band", minutes(capacity.meetings))
            .with("planned", minutes(capacity.planned));
        if capacity.beyond > 0 {
            figure = figure.with("lived beside the plan", minutes(capacity.beyond));
        }
        if let Some(ahead) = self.ahead.filter(|ahead| *ahead < capacity.left()) {
            figure = figure
                .with("not planned", minutes(capacity.left()))
                .with("free hours to come", minutes(ahead));
        }
        figure.noting(format!("{meetings} meetings of the calendar in this week"))
    }
}

fn minutes(minutes: i64) -> String {
    if minutes < 0 { format!("−{}", show_minutes(-minutes)) } else { show_minutes(minutes) }
}
