//! The pictures of a report: a metric by its ref, the three outcomes on one strip, the weeks by
//! band. What each shows stands in words below it.

use std::collections::BTreeMap;

use crate::domain::item::Ref;
use crate::domain::metric::Observation;
use crate::domain::metric::goal::Aim;
use crate::exchange::chart_svg;
use crate::exchange::page::Chart;
use crate::exchange::picture::{Anchor, Ink, Picture, Shape, Spot};
use crate::store::lookup::Lookup;

use super::super::error::Result;
use super::super::metric::page::MetricPage;
use super::super::workspace::Workspace;
use super::facts::{Facts, Figure, Split};

/// Figures that the words of a chart tell.
const TOLD: usize = 8;

impl Workspace {
    /// The pictures that a template can ask for: a metric by its ref, and the weeks.
    pub(super) fn charts(&mut self, facts: &Facts) -> Result<BTreeMap<String, Chart>> {
        let mut charts = BTreeMap::new();
        let all = facts.outcomes.iter().chain(&facts.off_track).chain(&facts.executive);
        for name in all.map(|figure| figure.metric.as_str()).filter(|name| !name.is_empty()) {
            if !charts.contains_key(name)
                && let Some(chart) = self.chart_of(name)?
            {
                charts.insert(name.to_owned(), chart);
            }
        }
        if let Some(strip) = self.strip(&facts.outcomes)? {
            charts.insert("outcomes".to_owned(), strip);
        }
        if !facts.bands.is_empty() {
            charts.insert("weeks".to_owned(), weeks(&facts.bands));
        }
        Ok(charts)
    }

    /// The page of a metric with at least two figures.
    fn charted(&self, name: &str) -> Result<Option<MetricPage>> {
        let id = Ref::parse(name).map(|found| self.store.by_ref(found)).transpose()?.flatten();
        let item = id.map(|id| self.store.item(id)).transpose()?.flatten();
        let page = item.map(|item| self.metric_page(&item)).transpose()?.flatten();
        Ok(page.filter(|page| page.glance.account.is_some() && page.rows.len() > 1))
    }

    /// The chart of a metric, with what its lines and marks mean.
    fn chart_of(&self, name: &str) -> Result<Option<Chart>> {
        let Some(page) = self.charted(name)? else { return Ok(None) };
        let Some(account) = page.glance.account.as_ref() else { return Ok(None) };
        let unit = account.terms.unit;
        let fiscal = self.settings.fiscal_start_month;
        let last = page.rows.iter().rev().take(TOLD).collect::<Vec<_>>().into_iter().rev();
        let told: Vec<String> = last
            .map(|one| format!("{} {}", one.period.key(fiscal), unit.show_reading(one.reading)))
            .collect();
        let happened = chart_svg::happened(account, &page.rows, &page.events);
        let words = format!("{}: {}. {happened}", page.glance.title, told.join(", "));
        let words = words.trim_end().to_owned();
        let legend = chart_svg::legend(account);
        let picture = chart_svg::picture(&page.glance.title, account, &page.rows, &page.events);
        Ok(Some(Chart { picture, words, legend }))
    }

    /// The outcomes beside each other, a line each: where they came from, where they are, and the
    /// target across.
    fn strip(&self, outcomes: &[Figure]) -> Result<Option<Chart>> {
        const WIDTH: f64 = 720.0;
        const ROW: f64 = 46.0;
        const FROM: f64 = 300.0;
        const TO: f64 = 560.0;
        let (mut shapes, mut told) = (Vec::new(), Vec::new());
        let mut top = 6.0;
        for figure in outcomes.iter().filter(|one| !one.metric.is_empty()) {
            let Some(page) = self.charted(&figure.metric)? else { continue };
            let target = page.glance.account.as_ref().and_then(|account| account.goal);
            let target = target.and_then(|goal| match goal.aim {
                Aim::Up { target, .. } | Aim::Down { target, .. } => Some(target),
                Aim::Range { .. } => None,
            });
            let values: Vec<f64> = page.rows.iter().filter_map(Observation::value).collect();
            let all = values.iter().copied().chain(target);
            let (low, high) = all.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), one| {
                (low.min(one), high.max(one))
            });
            if values.len() < 2 || !low.is_finite() || high <= low {
                continue;
            }
            let up = |value: f64| top + 30.0 - (value - low) / (high - low) * 26.0;
            let last = f64::from(u32::try_from(values.len() - 1).unwrap_or(1));
            let across =
                |at: usize| FROM + f64::from(u32::try_from(at).unwrap_or(0)) / last * (TO - FROM);
            let words = |at, anchor, words: String, ink| Shape::Text { at, anchor, words, ink };
            shapes.push(words((0.0, top + 20.0), Anchor::Start, short(&figure.title), Ink::Strong));
            if let Some(target) = target {
                let (from, to) = ((FROM, up(target)), (TO, up(target)));
                shapes.push(Shape::Line { from, to, ink: Ink::Target, about: "target".to_owned() });
            }
            let through: Vec<Spot> =
                values.iter().enumerate().map(|(at, value)| (across(at), up(*value))).collect();
            let end = through.last().copied().unwrap_or((TO, top));
            shapes.push(Shape::Path { through, ink: Ink::Line });
            shapes.push(Shape::Dot { at: end, radius: 2.5, ink: Ink::Line });
            let reads = format!("{} → {}", figure.figure, figure.target);
            shapes.push(words((TO + 12.0, top + 14.0), Anchor::Start, reads.clone(), Ink::Strong));
            shapes.push(words(
                (TO + 12.0, top + 29.0),
                Anchor::Start,
                figure.status.clone(),
                Ink::Quiet,
            ));
            told.push(format!("{} {reads}, {}", figure.title, figure.status));
            top += ROW;
        }
        if told.is_empty() {
            return Ok(None);
        }
        let picture = Picture {
            title: "The outcomes".to_owned(),
            about: told.join("; "),
            size: (WIDTH, top),
            shapes,
        };
        Ok(Some(Chart { picture, words: String::new(), legend: String::new() }))
    }
}

/// A title that has its place beside a line.
fn short(title: &str) -> String {
    const LETTERS: usize = 46;
    if title.chars().count() <= LETTERS {
        return title.to_owned();
    }
    let cut: String = title.chars().take(LETTERS - 1).collect();
    format!("{}…", cut.trim_end())
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
    Chart {
        picture,
        words: format!("Strategic, execution, reactive in %, by whole weeks: {}", told.join("; ")),
        legend: String::new(),
    }
}
