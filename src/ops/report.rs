//! The reports: what changed in the business first, outputs last. Facts are gathered once; a
//! template, the user's own where there is one, says what stands where.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::domain::kind::Kind;
use crate::domain::report::ReportKind;
use crate::domain::sheet::{Sheet, own_or_shipped};
use crate::exchange::page::Page;
use crate::store::plan::Plans;

use super::error::Result;
use super::resolve::is_called;
use super::workspace::Workspace;
use facts::Facts;

mod ahead;
mod charts;
pub mod facts;
mod figures;
mod past;
pub mod reached;
mod render;
mod work;

pub(in crate::ops) use work::options;

/// Whether a report looks at a time that is over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::ops) enum Past {
    No,
    Yes,
}

impl Workspace {
    /// A report as a page.
    ///
    /// # Errors
    /// A storage error.
    pub fn report(&mut self, kind: ReportKind) -> Result<Page> {
        self.report_to(kind, &[])
    }

    /// The same for people who read it, by name: what is needed from them and from nobody else.
    ///
    /// # Errors
    /// A storage error.
    pub fn report_to(&mut self, kind: ReportKind, to: &[String]) -> Result<Page> {
        self.report_then(kind, to, Past::No)
    }

    fn report_then(&mut self, kind: ReportKind, to: &[String], past: Past) -> Result<Page> {
        let facts = self.facts_then(kind, to, past)?;
        let own = self.own_report(kind);
        let own = own.as_ref().map(|(file, text)| Sheet::new(file, text));
        let chosen = own_or_shipped(own, kind.shipped(), |sheet| render::text(sheet, &facts))
            .map_err(|fault| crate::domain::refusal::Refusal::input(fault.to_string()))?;
        let charts = self.charts(&facts)?;
        let mut page = render::page(&chosen.used, |name| charts.get(name).cloned());
        let passed_over =
            chosen.passed_over.map(|fault| format!("{fault}; the shipped template is used"));
        let said: Vec<String> = passed_over.into_iter().chain(left_out(kind, &facts)).collect();
        page.said = (!said.is_empty()).then(|| said.join("; "));
        Ok(page)
    }

    /// What a report tells, as values.
    ///
    /// # Errors
    /// A storage error.
    pub fn report_facts(&mut self, kind: ReportKind, to: &[String]) -> Result<Facts> {
        self.facts_then(kind, to, Past::No)
    }

    fn facts_then(&mut self, kind: ReportKind, to: &[String], past: Past) -> Result<Facts> {
        let today = self.clock.today();
        let since = kind.since(today);
        let called = self.called(to)?;
        let mut facts = Facts {
            reference: kind.slug().to_owned(),
            title: titled(kind),
            on: dated(today),
            period: kind.period(today),
            since: since.to_string(),
            until: today.to_string(),
            author: self.settings.me.clone().unwrap_or_default(),
            to: called.join(", "),
            ..Facts::default()
        };
        self.tell_figures(&mut facts, (since, past))?;
        let readers = if kind == ReportKind::Exec { to } else { &[] };
        self.tell_work(&mut facts, kind, (since, past, readers))?;
        facts.nothing = facts.changes.all.is_empty()
            && facts.outcomes.is_empty()
            && facts.needed.is_empty()
            && facts.taken.is_empty()
            && facts.trades.is_empty()
            && facts.ahead.is_empty()
            && facts.bands.is_empty()
            && facts.outputs.is_empty()
            && facts.sections.iter().all(|section| !section.said);
        let mut facts = told_missing(facts);
        if past == Past::Yes {
            past::say_missing(&mut facts);
        }
        Ok(facts)
    }

    /// People by their names as the workspace has them; what is typed of those whom it does not know.
    fn called(&self, typed: &[String]) -> Result<Vec<String>> {
        let people = self.store.items(&self.store.all_of(Kind::Person)?)?;
        let name = |typed: &String| {
            let found = people.iter().find(|person| is_called(person.title(), typed));
            found.map_or_else(|| typed.clone(), |person| person.title().to_owned())
        };
        Ok(typed.iter().map(name).collect())
    }

    /// The user's own template: its file and its text.
    fn own_report(&self, kind: ReportKind) -> Option<(String, String)> {
        let file = self.settings.own.as_ref()?.join("reports").join(format!("{}.md", kind.slug()));
        let text = std::fs::read_to_string(&file).ok()?;
        Some((file.display().to_string(), text))
    }
}

/// What a sheet for those who lead leaves out, which is for its author to know before it goes out.
fn left_out(kind: ReportKind, facts: &Facts) -> Vec<String> {
    if kind != ReportKind::Exec {
        return Vec::new();
    }
    let figures = facts.outcomes.iter().filter(|one| one.off_track && one.recommends.is_empty());
    let figures = figures.map(|one| {
        format!(
            "{} is off track and nothing is recommended: prewire metric narrative {} add --recommends messaging|onboarding|segment|scope",
            one.title, one.metric
        )
    });
    let decisions = facts.needed.iter().filter(|one| one.option.is_empty()).map(|one| {
        format!(
            "{} goes out without a recommendation: prewire decision frame {}",
            one.reference, one.reference
        )
    });
    figures.chain(decisions).collect()
}

/// `Executive one-pager`.
fn titled(kind: ReportKind) -> String {
    let words = kind.words();
    words.get(..1).map_or_else(String::new, |first| first.to_uppercase() + &words[1..])
}

/// A day as it is written far from the workspace.
fn dated(day: NaiveDate) -> String {
    day.format("%-d %B %Y").to_string()
}

/// The facts with what each empty part wants.
fn told_missing(facts: Facts) -> Facts {
    Facts { missing: missing(&facts), ..facts }
}

/// What each empty part wants, by its name.
fn missing(facts: &Facts) -> BTreeMap<&'static str, String> {
    let mut missing = BTreeMap::new();
    // A part that is there has no words, so that a template may ask for them.
    let mut ask = |is_empty: bool, part: &'static str, what: &str| {
        missing.insert(part, if is_empty { what.to_owned() } else { String::new() });
    };
    // Work without a change is told as that; where there is neither, nothing is counted.
    let none =
        if facts.nothing { "No change in the business is on record" } else { &facts.changes.words };
    let changes = format!("{none}. Log one: prewire impact add \"What changed kind:revenue\"");
    ask(facts.changes.all.is_empty(), "changes", &changes);
    ask(
        facts.outcomes.is_empty(),
        "outcomes",
        "No outcome is set. Add up to three: prewire outcome add \"Improve win rate due:eoq\"",
    );
    ask(
        facts.needed.is_empty(),
        "needed",
        "No open decision waits for somebody else. Raise one: prewire decision add \"Which tier? due:fri approver:dana\"",
    );
    ask(facts.taken.is_empty(), "taken", "No decision was taken in this time.");
    ask(
        facts.trades.is_empty(),
        "trades",
        "No trade-off is on record. Triage a request with --trade, or say what an option gives up.",
    );
    ask(facts.ahead.is_empty(), "ahead", "Nothing has a day in the next 30 days.");
    ask(
        facts.bands.is_empty(),
        "bands",
        "No time was logged. Log it: prewire entry add \"Deal desk on:today est:40m band:r\"",
    );
    ask(facts.outputs.is_empty(), "outputs", "Nothing shipped in this time.");
    missing
}
