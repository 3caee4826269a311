//! A report about a week or a month that is over: what is on record of it, seen from its last day.
//! What was open then and is over by now is not brought back.

use chrono::NaiveDate;

use crate::domain::item::Item;
use crate::domain::report::{ReportKind, month_looked_at};
use crate::domain::ritual::RitualKind;
use crate::exchange::page::Page;
use crate::store::ritual::Runs;

use super::super::clock::Clock;
use super::super::error::Result;
use super::super::workspace::Workspace;
use super::Past;
use super::facts::Facts;

/// What there is to know before such a report goes out.
const NOTE: &str = "of what was open then, only what is open still is told";

/// Of a time that is over nothing can be added any more.
pub(super) fn say_missing(facts: &mut Facts) {
    let changes = if facts.nothing {
        "No change of that time is on record.".to_owned()
    } else {
        format!("{}.", facts.changes.words)
    };
    for (part, words) in [
        ("changes", changes.as_str()),
        ("outcomes", "No outcome of that quarter is on record."),
        ("needed", "No decision of that time is open still."),
        ("trades", "No trade-off of that time is on record."),
        ("bands", "No time was logged."),
    ] {
        if facts.missing.get(part).is_some_and(|missing| !missing.is_empty()) {
            facts.missing.insert(part, words.to_owned());
        }
    }
}

impl Workspace {
    /// A report that ends on a day which is over; without one, up to now.
    ///
    /// # Errors
    /// A storage error.
    pub fn report_on(
        &mut self,
        kind: ReportKind,
        to: &[String],
        last: Option<NaiveDate>,
    ) -> Result<Page> {
        let Some(last) = last else { return self.report_to(kind, to) };
        let mut page = self.seen_from(last, |then| then.report_then(kind, to, Past::Yes))?;
        let said = page.said.take().map(|said| format!("{said}; {NOTE}"));
        page.said = Some(said.unwrap_or_else(|| NOTE.to_owned()));
        Ok(page)
    }

    /// The same as values.
    ///
    /// # Errors
    /// A storage error.
    pub fn facts_on(
        &mut self,
        kind: ReportKind,
        to: &[String],
        last: Option<NaiveDate>,
    ) -> Result<Facts> {
        let Some(last) = last else { return self.report_facts(kind, to) };
        self.seen_from(last, |then| then.facts_then(kind, to, Past::Yes))
    }

    /// Asks as if it were the evening of a day; what is kept of the day before and after is not mixed.
    fn seen_from<T>(
        &mut self,
        last: NaiveDate,
        ask: impl FnOnce(&mut Self) -> Result<T>,
    ) -> Result<T> {
        let evening = last.and_hms_opt(23, 59, 0).unwrap_or_default();
        let now = std::mem::replace(&mut self.clock, Clock::fixed(evening));
        self.looks_back_to = Some((last, now.today()));
        self.forget_kept();
        let asked = ask(self);
        (self.clock, self.looks_back_to) = (now, None);
        self.forget_kept();
        asked
    }

    /// The run that was about the time looked at: of a month, also in the first days after it.
    pub(super) fn held_about(&self, kind: RitualKind) -> Result<Option<Item>> {
        let today = self.clock.today();
        let period = kind.period(today, self.settings.fiscal_start_month);
        let is_about = |run: &Item| match (kind, run.day("began_on")) {
            (RitualKind::Month, Some(began)) => month_looked_at(began) == month_looked_at(today),
            _ => run.text("period") == period,
        };
        let runs = self.store.items(&self.store.runs(kind.slug(), None)?)?;
        Ok(runs.into_iter().find(|run| run.state().slug == "finished" && is_about(run)))
    }
}
