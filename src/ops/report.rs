//! The reports: what changed in the business first, outputs last. Facts are gathered once; a
//! template, the user's own where there is one, says what stands where.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::domain::report::ReportKind;
use crate::domain::sheet::{Sheet, own_or_shipped};
use crate::exchange::chart_svg;
use crate::exchange::page::{Chart, Page};
use crate::exchange::picture::{Anchor, Ink, Picture, Shape};

use super::error::Result;
use super::workspace::Workspace;
use facts::{Facts, Split};

pub mod facts;
mod figures;
pub mod reached;
mod render;
mod work;

/// Figures that the words of a chart tell.
const TOLD: usize = 8;

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
        let facts = self.report_facts(kind, to)?;
        let own = self.own_report(kind);
        let own = own.as_ref().map(|(file, text)| Sheet::new(file, text));
        let chosen = own_or_shipped(own, kind.shipped(), |sheet| render::text(sheet, &facts))
            .map_err(|fault| crate::domain::refusal::Refusal::input(fault.to_string()))?;
        let charts = self.charts(&facts)?;
        let mut page = render::page(&chosen.used, |name| charts.get(name).cloned());
        page.said =
            chosen.passed_over.map(|fault| format!("{fault}; the shipped template is used"));
        Ok(page)
    }

    /// What a report tells, as values.
    ///
    /// # Errors
    /// A storage error.
    pub fn report_facts(&mut self, kind: ReportKind, to: &[String]) -> Result<Facts> {
        let today = self.clock.today();
        let since = kind.since(today);
        let mut facts = Facts {
            reference: kind.slug().to_owned(),
            title: titled(kind),
            on: dated(today),
            period: kind.period(today),
            author: self.settings.me.clone().unwrap_or_default(),
            to: to.join(", "),
            ..Facts::default()
        };
        self.tell_figures(&mut facts, since)?;
        let readers = if kind == ReportKind::Exec { to } else { &[] };
        self.tell_work(&mut facts, kind, (since, readers))?;
        facts.nothing = facts.changes.all.is_empty()
            && facts.outcomes.is_empty()
            && facts.needed.is_empty()
            && facts.taken.is_empty()
            && facts.trades.is_empty()
            && facts.ahead.is_empty()
            && facts.bands.is_empty()
            && facts.outputs.is_empty()
            && facts.sections.iter().all(|section| !section.said);
        Ok(told_missing(facts))
    }

    /// The user's own template: its file and its text.
    fn own_report(&self, kind: ReportKind) -> Option<(String, String)> {
        let file = self.settings.own.as_ref()?.join("reports").join(format!("{}.md", kind.slug()));
        let text = std::fs::read_to_string(&file).ok()?;
        Some((file.display().to_string(), text))
    }

    /// The pictures that a template can ask for: a metric by its ref, and the weeks.
    fn charts(&mut self, facts: &Facts) -> Result<BTreeMap<String, Chart>> {
        let mut charts = BTreeMap::new();
        let all = facts.outcomes.iter().chain(&facts.off_track).chain(&facts.executive);
        for name in all.map(|figure| figure.metric.as_str()).filter(|name| !name.is_empty()) {
            if !charts.contains_key(name)
                && let Some(chart) = self.chart_of(name)?
            {
                charts.insert(name.to_owned(), chart);
            }
        }
        if !facts.bands.is_empty() {
            charts.insert("weeks".to_owned(), weeks(&facts.bands));
        }
        Ok(charts)
    }

    /// The chart of a metric with at least two figures.
    fn chart_of(&self, name: &str) -> Result<Option<Chart>> {
        use crate::store::lookup::Lookup;
        let reference = crate::domain::item::Ref::parse(name);
        let id = reference.map(|found| self.store.by_ref(found)).transpose()?.flatten();
        let item = id.map(|id| self.store.item(id)).transpose()?.flatten();
        let page = item.map(|item| self.metric_page(&item)).transpose()?.flatten();
        let Some(page) = page else { return Ok(None) };
        let Some(account) = page.glance.account.as_ref().filter(|_| page.rows.len() > 1) else {
            return Ok(None);
        };
        let unit = account.terms.unit;
        let fiscal = self.settings.fiscal_start_month;
        let last = page.rows.iter().rev().take(TOLD).collect::<Vec<_>>().into_iter().rev();
        let told: Vec<String> = last
            .map(|one| format!("{} {}", one.period.key(fiscal), unit.show_reading(one.reading)))
            .collect();
        let words = format!("{}: {}", page.glance.title, told.join(", "));
        let picture = chart_svg::picture(&page.glance.title, account, &page.rows, &page.events);
        Ok(Some(Chart { picture, words }))
    }
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

/// Weeks as bars, each share with its number, so that it reads without colour.
fn weeks(bands: &[Split]) -> Chart {
    const WIDTH: f64 = 720.0;
    const LEFT: f64 = 84.0;
    const RIGHT: f64 = 190.0;
    const ROW: f64 = 26.0;
    let room = WIDTH - LEFT - RIGHT;
    let mut shapes = Vec::new();
    let mut y = 8.0;
    let mut told = Vec::new();
    for week in bands {
        let words = |at, anchor, words: String, ink| Shape::Text { at, anchor, words, ink };
        shapes.push(words((LEFT - 8.0, y + 13.0), Anchor::End, week.week.clone(), Ink::Quiet));
        let mut x = LEFT;
        let shares = [
            (week.strategic, Ink::Strategic),
            (week.execution, Ink::Execution),
            (week.reactive, Ink::Reactive),
        ];
        for (share, ink) in shares {
            let share = f64::from(i32::try_from(share).unwrap_or(0)) / 100.0;
            let width = (share * room - 2.0).max(0.0);
            shapes.push(Shape::Bar { at: (x, y), size: (width, 18.0), ink });
            x += share * room;
        }
        let line = format!(
            "S {} · E {} · R {} · {}",
            week.strategic, week.execution, week.reactive, week.verdict
        );
        shapes.push(words(
            (WIDTH - RIGHT + 10.0, y + 13.0),
            Anchor::Start,
            line.clone(),
            Ink::Strong,
        ));
        told.push(format!("{} {line}", week.week));
        y += ROW;
    }
    let title = "Weeks by band".to_owned();
    let about = "strategic, execution and reactive time in hundredths, against 40/40/20".to_owned();
    let picture = Picture { title, about, size: (WIDTH, y + 4.0), shapes };
    Chart { picture, words: format!("Strategic, execution, reactive, in %: {}", told.join("; ")) }
}
