//! What a closed week came to since: its figures stand as they were frozen, and what was logged or
//! changed afterwards is told beside them.

use crate::domain::day::show_minutes;
use crate::domain::week::Band;
use crate::domain::week::stretch;

use super::{Told, WeekView, lived_tally};

impl WeekView {
    /// By which minutes each band differs from what was frozen; empty while nothing does.
    #[must_use]
    pub fn since_closing(&self) -> Vec<(Band, i64)> {
        let Some(closed) = &self.closed else { return Vec::new() };
        let now = lived_tally(&self.lived, self.terms);
        let by = |band: Band| (band, now.of(band) - closed.tally.of(band));
        Band::ALL.into_iter().map(by).filter(|(_, minutes)| *minutes != 0).collect()
    }

    /// `R +1 h 40 since closing`; `None` while nothing changed.
    #[must_use]
    pub fn since_words(&self) -> Option<String> {
        let changed = self.since_closing();
        let one = |(band, minutes): &(Band, i64)| {
            let sign = if *minutes < 0 { '−' } else { '+' };
            format!("{} {sign}{}", band.letter(), show_minutes(minutes.abs()))
        };
        let words: Vec<String> = changed.iter().map(one).collect();
        (!words.is_empty()).then(|| format!("{} since closing", words.join(", ")))
    }

    /// That there is time of others, and how to say which of it is one's own.
    #[must_use]
    pub fn others_words(&self) -> Option<String> {
        self.is_of_others.then(|| {
            "time of people by name is not shown: prewire config set me NAME says who you are"
                .to_owned()
        })
    }

    /// What the figures rest on: of a closed week as it was frozen.
    #[must_use]
    pub fn told(&self) -> Told {
        if let Some(told) = self.closed.as_ref().and_then(|closed| closed.told) {
            return told;
        }
        self.told_now()
    }

    /// What the figures would rest on now.
    pub(super) fn told_now(&self) -> Told {
        let counted = stretch::counted(&self.lived);
        let both = self.lived.iter().zip(counted);
        let tied = both
            .filter(|(one, _)| Band::WORK.contains(&one.band) && one.has_outcome)
            .map(|(_, minutes)| minutes)
            .sum();
        Told {
            entries: i64::try_from(self.lived.len()).unwrap_or(i64::MAX),
            execution: stretch::tally(&self.lived).execution,
            unlinked: stretch::unlinked_execution(&self.lived),
            tied,
        }
    }
}
