//! What triage came to: the no-log, the trade log, how often yes and no beside the reactive share,
//! and who asks how much.

use std::collections::HashMap;

use chrono::{Datelike, NaiveDate};

use crate::domain::day::{self, show_minutes};
use crate::domain::field::Names;
use crate::domain::item::{Item, ItemId};
use crate::domain::kind::Kind;
use crate::domain::week::{Band, Tally};
use crate::store::NameTable;
use crate::store::bulk::Bulk;
use crate::store::intake::Intake;
use crate::store::part::{PartTable, Parts};
use crate::store::week::Whose;

use super::super::error::Result;
use super::super::workspace::Workspace;

/// The months that the rates show.
const MONTHS: u32 = 6;

/// Somebody who asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asker {
    pub name: String,
    /// Whether it is a person; else those requests are together that nobody is named on.
    pub is_known: bool,
    pub requests: usize,
    /// What was estimated for them.
    pub minutes: i64,
    /// What was logged on it.
    pub logged: i64,
}

impl Asker {
    /// What was estimated for them, or logged where that is more.
    #[must_use]
    pub fn load(&self) -> i64 {
        self.minutes.max(self.logged)
    }

    /// `Sam 3 requests, 5 h`.
    #[must_use]
    pub fn words(&self) -> String {
        let noun = Kind::Request.noun().counted(self.requests);
        let time = show_minutes(self.load());
        format!("{} {} {noun}, {time}", self.name, self.requests)
    }
}

/// A month of requests by how they ended, beside its reactive share.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rate {
    /// `2026-05`.
    pub month: String,
    pub asked: usize,
    pub accepted: usize,
    pub traded: usize,
    pub declined: usize,
    pub deferred: usize,
    pub self_served: usize,
    pub open: usize,
    pub actual: Tally,
}

impl Rate {
    /// Those that were answered.
    #[must_use]
    pub fn answered(&self) -> usize {
        self.asked - self.open
    }
}

/// The log of requests.
pub struct Log {
    pub declined: Vec<Item>,
    pub traded: Vec<Item>,
    pub parts: PartTable,
    pub names: NameTable,
    pub rates: Vec<Rate>,
    pub askers: Vec<Asker>,
}

/// Who asked in these days, the one who asked for most time first.
///
/// # Errors
/// A storage error.
pub fn askers(from: &impl Intake, days: (NaiveDate, NaiveDate)) -> Result<Vec<Asker>> {
    let requests = from.some(&from.asked_between(days.0, days.1)?)?;
    let logged: HashMap<ItemId, i64> = from.logged_on(days)?.into_iter().collect();
    let mut askers: Vec<(Option<ItemId>, Asker)> = Vec::new();
    for request in &requests {
        let who = request.link("from");
        let at = askers.iter().position(|(known, _)| *known == who).unwrap_or_else(|| {
            let is_known = who.is_some();
            let asker = Asker { name: String::new(), is_known, requests: 0, minutes: 0, logged: 0 };
            askers.push((who, asker));
            askers.len() - 1
        });
        let asker = &mut askers[at].1;
        asker.requests += 1;
        asker.minutes += request.whole("estimate").unwrap_or(0);
        asker.logged += logged.get(&request.id).copied().unwrap_or(0);
        let work = request.link("asset").and_then(|asset| logged.get(&asset)).copied();
        asker.logged += work.unwrap_or(0);
    }
    let ids: Vec<ItemId> = askers.iter().filter_map(|(who, _)| *who).collect();
    let people = from.some(&ids)?;
    for (who, asker) in &mut askers {
        let person = people.iter().find(|person| Some(person.id) == *who);
        asker.name = person.map_or_else(|| "nobody".to_owned(), |person| person.title().to_owned());
    }
    let mut askers: Vec<Asker> = askers.into_iter().map(|(_, asker)| asker).collect();
    askers.sort_by(|a, b| (b.load(), &a.name).cmp(&(a.load(), &b.name)));
    Ok(askers)
}

impl Workspace {
    /// The no-log, the trade log, the rates and the load by who asks, of the last months.
    ///
    /// # Errors
    /// A storage error.
    pub fn request_log(&self) -> Result<Log> {
        let today = self.clock.today();
        let askers = askers(&self.store, (month_before(today, MONTHS - 1), today))?;
        Ok(Log { rates: self.request_rates()?, askers, ..self.nos_and_trades()? })
    }

    /// The no-log and the trade log alone.
    ///
    /// # Errors
    /// A storage error.
    pub(in crate::ops) fn nos_and_trades(&self) -> Result<Log> {
        let today = self.clock.today();
        let first = month_before(today, MONTHS - 1);
        let requests = Bulk::some(&self.store, &self.store.refused_or_traded(first, today)?)?;
        let mut declined: Vec<Item> =
            requests.iter().filter(|item| item.state().slug == "declined").cloned().collect();
        declined.sort_by_key(|item| std::cmp::Reverse(item.day("replied_on")));
        let parts = self.store.parts(&requests)?;
        // A trade that was taken stays in the log of trades.
        let has_moved = |item: &Item| {
            let own = parts.get(&item.id).map_or(&[][..], Vec::as_slice);
            super::displacements(own).next().is_some()
        };
        let mut traded: Vec<Item> =
            requests.iter().filter(|item| has_moved(item)).cloned().collect();
        traded.sort_by_key(|item| std::cmp::Reverse(item.day("replied_on")));
        let names = self.store.names_with(&requests, &parts)?;
        Ok(Log { declined, traded, parts, names, rates: Vec::new(), askers: Vec::new() })
    }

    /// How the requests of the last months ended, this month first.
    fn request_rates(&self) -> Result<Vec<Rate>> {
        let mut rates = self.requests_by_month()?;
        let whose = Whose::Mine(self.terms()?.me);
        for (back, rate) in (0..).zip(&mut rates) {
            let month = month_before(self.clock.today(), back);
            let last = month.checked_add_months(chrono::Months::new(1));
            let last = last.and_then(|day| day.pred_opt()).unwrap_or(month);
            let lived = self.store.bare_time_in_order(Kind::Entry, (month, last), whose)?;
            rate.actual = crate::domain::week::stretch::tally(&lived);
        }
        Ok(rates)
    }

    /// The same without the time that was logged.
    ///
    /// # Errors
    /// A storage error.
    pub(in crate::ops) fn requests_by_month(&self) -> Result<Vec<Rate>> {
        let today = self.clock.today();
        let asked = self.store.asked_by_month(month_before(today, MONTHS - 1), today)?;
        Ok((0..MONTHS).map(|back| Rate::of(&asked, month_before(today, back))).collect())
    }
}

impl Rate {
    fn of(asked: &[(String, String, usize)], month: NaiveDate) -> Self {
        let key = month.format("%Y-%m").to_string();
        let count = |is_meant: &dyn Fn(&str) -> bool| -> usize {
            let of_month = asked.iter().filter(|(of, state, _)| *of == key && is_meant(state));
            of_month.map(|(.., count)| count).sum()
        };
        let in_state = |states: &[&str]| count(&|state| states.contains(&state));
        Self {
            asked: count(&|_| true),
            accepted: in_state(&["accepted", "done"]),
            traded: in_state(&["traded"]),
            declined: in_state(&["declined"]),
            deferred: in_state(&["deferred"]),
            self_served: in_state(&["self-served"]),
            open: in_state(&["new"]),
            actual: Tally::default(),
            month: key,
        }
    }
}

/// The first day of the month so many before that of a day.
fn month_before(day: NaiveDate, back: u32) -> NaiveDate {
    let first = day.with_day(1).unwrap_or(day);
    first.checked_sub_months(chrono::Months::new(back)).unwrap_or(first)
}

impl Log {
    /// The name of whoever asks.
    #[must_use]
    pub fn asker(&self, request: &Item) -> &str {
        request.link("from").and_then(|id| self.names.title(id)).unwrap_or("nobody")
    }
}

/// `3 of 8`.
fn of(part: usize, whole: usize) -> String {
    format!("{part} of {whole}")
}

impl Log {
    /// The log in lines under headings, for the command line and the screen.
    #[must_use]
    pub fn sections(&self, today: NaiveDate) -> Vec<(&'static str, Vec<String>)> {
        let mut sections: Vec<(&'static str, Vec<String>)> = vec![
            ("Said no", self.declined.iter().map(|item| self.declined_line(item, today)).collect()),
            ("Traded", self.traded.iter().map(|item| self.traded_line(item, today)).collect()),
        ];
        let rates = self.rates.iter().filter(|rate| rate.asked > 0 || rate.actual.banded() > 0);
        sections.push(("Yes and no by month", rates.map(Rate::line).collect()));
        sections.push(("Who asks", self.askers.iter().map(Asker::line).collect()));
        let ways = [
            "No request was declined. To say no: prewire request triage r1 --no \"Why\"",
            "No request was traded. To trade: prewire request triage r1 --trade a1",
            "No request came in and no time was logged. Begin: prewire request add \"Deck from:sam est:2h\"",
            "Nobody asked for anything. Log who does: prewire request add \"Deck from:sam est:2h\"",
        ];
        for ((_, lines), way) in sections.iter_mut().zip(ways) {
            if lines.is_empty() {
                lines.push(way.to_owned());
            }
        }
        sections
    }

    /// The same as one text.
    #[must_use]
    pub fn lines(&self, today: NaiveDate) -> Vec<String> {
        let mut lines = Vec::new();
        for (head, some) in self.sections(today) {
            lines.push(head.to_owned());
            lines.extend(some.iter().map(|line| format!("  {line}")));
            lines.push(String::new());
        }
        lines
    }

    fn declined_line(&self, item: &Item, today: NaiveDate) -> String {
        let on = item.day("replied_on").map(|day| day::short(day, today)).unwrap_or_default();
        let why = match item.text("reason") {
            "" => item.text("note"),
            reason => reason,
        };
        let line = format!("{}  {} · {} · {on}", item.reference, item.title(), self.asker(item));
        if why.is_empty() { line } else { format!("{line} · {}", why.replace('\n', " ")) }
    }

    fn traded_line(&self, item: &Item, today: NaiveDate) -> String {
        let (who, state) = (self.asker(item), item.state().slug);
        let gave = self.gave(item, today);
        format!("{}  {} · {who} · {state} · {gave}", item.reference, item.title())
    }

    /// What moved for a request: `a11 moved Fri → Tue`.
    #[must_use]
    pub fn gave(&self, item: &Item, today: NaiveDate) -> String {
        let own = self.parts.get(&item.id).map_or(&[][..], Vec::as_slice);
        let gave: Vec<String> = super::displacements(own)
            .map(|part| {
                let called = part.link("item").and_then(|id| self.names.reference(id));
                let called = called.map(|found| found.to_string()).unwrap_or_default();
                let day = |day: Option<NaiveDate>| {
                    day.map_or_else(|| "no day".to_owned(), |day| day::short(day, today))
                };
                let (from, to) = (day(part.day("due_from")), day(part.day("moved_to")));
                format!("{called} {} {from} → {to}", part.text("standing"))
            })
            .collect();
        gave.join(", ")
    }
}

impl Asker {
    /// `Sam         3 requests   5 h asked   1 h logged`.
    #[must_use]
    pub fn line(&self) -> String {
        let noun = Kind::Request.noun().counted(self.requests);
        let (asked, logged) = (show_minutes(self.minutes), show_minutes(self.logged));
        format!(
            "{:<18} {:>3} {noun:<8}  {asked:>7} asked  {logged:>7} logged",
            self.name, self.requests
        )
    }
}

impl Rate {
    /// `2026-05  yes 3 of 8 · no 2 · traded 1 … · reactive 17.2%`.
    #[must_use]
    pub fn line(&self) -> String {
        // Where nothing was answered there is no rate, not one of nothing.
        let mut words = vec![match (self.asked, self.answered()) {
            (0, _) => "nobody asked".to_owned(),
            (_, 0) => "none answered".to_owned(),
            (_, answered) => format!("yes {}", of(self.accepted, answered)),
        }];
        for (count, word) in [
            (self.declined, "no"),
            (self.traded, "traded"),
            (self.deferred, "deferred"),
            (self.self_served, "self-served"),
            (self.open, "open"),
        ] {
            if count > 0 {
                words.push(format!("{word} {count}"));
            }
        }
        if self.answered() > 0 && self.accepted == self.answered() {
            words.push("yes to everything".to_owned());
        }
        words.push(format!("reactive {}", reactive_words(&self.actual)));
        format!("{}  {}", self.month, words.join(" · "))
    }
}

/// The reactive share of a month, in words.
#[must_use]
pub fn reactive_words(actual: &Tally) -> String {
    actual.share(Band::Reactive).in_tenths()
}
