//! The figures of decisions as a page, each with what it is made of.

use crate::domain::decision::figures::{FEWEST, median, p85};
use crate::exchange::page::Page;
use crate::store::decisions::Counted;

use super::super::decisions::Figures;
use super::super::error::Result;
use super::super::workspace::Workspace;
use super::dated;

impl Workspace {
    /// How the decisions go.
    ///
    /// # Errors
    /// A storage error.
    pub fn decision_report(&mut self) -> Result<Page> {
        let figures = self.decision_figures()?;
        let mut page = Page::new("Decisions", dated(Some(self.clock.today())));
        page.section("Open");
        let states: Vec<String> =
            figures.by_state.iter().map(|(slug, count)| format!("{slug} {count}")).collect();
        page.facts([
            ("Open", figures.open.to_string()),
            ("By state", states.join(" · ")),
            ("Age", days(&figures.ages)),
            ("Exceptions", figures.exceptions.to_string()),
            ("Reviews due", figures.reviews_due.to_string()),
        ]);
        page.section("Decided in the last 180 days");
        page.facts(decided(&figures));
        page.section("This quarter");
        page.facts([
            ("Slipped for", counted(&figures.causes)),
            ("Pushed back", counted(&figures.pushbacks)),
        ]);
        Ok(page)
    }
}

fn decided(figures: &Figures) -> Vec<(&'static str, String)> {
    let calibration = figures.calibration.map_or_else(
        || "no data".to_owned(),
        |(score, n)| format!("Brier {score:.2} over {n} reviewed (0 is best, 0.25 a coin)"),
    );
    let usual = if figures.latencies.len() < FEWEST {
        format!("{} days, until five are known", figures.usual_age)
    } else {
        format!("{} days", figures.usual_age)
    };
    let insight = days(&figures.insight);
    vec![
        ("From raised to decided", days(&figures.latencies)),
        ("Old from", usual),
        ("Framed", figures.framed.words()),
        ("High stake, pre-wired", figures.prewired.words()),
        ("From insight to decision", insight),
        ("Without insight", figures.without_insight.to_string()),
        ("Durable (stood 90 days)", figures.durability.words()),
        ("Taken back", figures.reopened.words()),
        ("Calibration", calibration),
        ("Promises kept on time", figures.follow_through.words()),
    ]
}

/// `median 9 d, P85 14 d, n 12`; below five the values themselves.
fn days(all: &[i64]) -> String {
    let mut sorted = all.to_vec();
    sorted.sort_unstable();
    match (median(all), p85(all)) {
        (Some(middle), Some(high)) if all.len() >= FEWEST => {
            format!("median {middle} d, P85 {high} d, n {}", all.len())
        }
        (Some(_), _) => {
            let list: Vec<String> = sorted.iter().map(ToString::to_string).collect();
            format!("{} d", list.join(", "))
        }
        (None, _) => "no data".to_owned(),
    }
}

fn counted(all: &[Counted]) -> String {
    if all.is_empty() {
        return "no data".to_owned();
    }
    all.iter()
        .map(|counted| format!("{} {}", counted.word, counted.count))
        .collect::<Vec<_>>()
        .join(" · ")
}
