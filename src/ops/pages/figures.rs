//! The figures of decisions as a page, each with what it is made of.

use crate::domain::decision::figures::{FEWEST, median, p85};
use crate::exchange::page::Page;
use crate::store::decisions::Counted;

use super::super::decisions::Figures;
use super::super::error::Result;
use super::super::workspace::Workspace;
use super::dated;

/// What each figure is made of (`spec/3-model.md §3.4`).
const HOW: [(&str, &str); 10] = [
    ("Age", "today − raised on, of the open ones"),
    (
        "From raised to decided",
        "decided on − raised on, each time one was decided in the last 180 days",
    ),
    ("Old from", "nearest-rank P85 of those days; 21 while fewer than five are known"),
    ("Framed", "those bound by I1 with the whole frame / all decided in the last 180 days"),
    ("From insight to decision", "decided on − the earliest insight linked before it was decided"),
    ("Insight waits for a decision", "today − the earliest insight, of the open ones with one"),
    ("Durable (stood 90 days)", "not taken back within 90 days / decided 90 to 180 days ago"),
    ("Taken back", "reopened or superseded / decided in the last 180 days"),
    (
        "Calibration",
        "mean of (p − what came)² over reviewed ones with a p, reopened since or not; yes 1, partly ½, no 0",
    ),
    ("Promises kept on time", "kept by their day / due, kept or broken by now"),
];

impl Workspace {
    /// The figures of decisions, a line each: the value, and below it how it is counted.
    ///
    /// # Errors
    /// A storage error.
    pub fn figures_told(&self) -> Result<Vec<String>> {
        let read = || self.read_figures().map(Into::into);
        Ok(self.told.or_read(self.stand()?, read)?.to_vec())
    }

    fn read_figures(&self) -> Result<Vec<String>> {
        let figures = self.decision_figures()?;
        let mut facts = vec![
            ("Open", figures.open.to_string()),
            ("Age", days(&figures.ages)),
            ("Exceptions", figures.exceptions.to_string()),
            ("Reviews due", figures.reviews_due.to_string()),
        ];
        facts.extend(decided(&figures));
        facts.push(("Slipped for, this quarter", counted(&figures.causes)));
        facts.push(("Pushed back, this quarter", counted(&figures.pushbacks)));
        let mut lines = Vec::new();
        for (name, value) in facts {
            lines.push(format!("{name}: {value}"));
            let how = HOW.iter().find(|(known, _)| *known == name);
            lines.extend(how.map(|(_, how)| format!("    = {how}")));
        }
        if let Some(inputs) = reviewed(&figures) {
            lines.push(String::new());
            lines.push(inputs);
        }
        Ok(lines)
    }

    /// How the decisions go.
    ///
    /// # Errors
    /// A storage error.
    pub fn decision_report(&mut self) -> Result<Page> {
        let figures = self.decision_figures()?;
        let mut page = Page::new("Decisions", dated(Some(self.clock.today())));
        if figures.open == 0 && figures.latencies.is_empty() && figures.reviewed.is_empty() {
            page.say(
                "No decision is on record, so there is nothing to count. Raise the first: \
                 prewire decision add \"Which tier? due:fri approver:dana\"",
            );
            page.section("How each is counted");
            page.facts(HOW.map(|(name, how)| (name, how.to_owned())));
            return Ok(page);
        }
        page.section("Open");
        let states: Vec<String> =
            self.open_by_state()?.iter().map(|(slug, count)| format!("{slug} {count}")).collect();
        page.facts([
            ("Open", figures.open.to_string()),
            ("By state", states.join(" · ")),
            ("Age", days(&figures.ages)),
            ("Exceptions", figures.exceptions.to_string()),
            ("Reviews due", figures.reviews_due.to_string()),
        ]);
        page.section("Decided in the last 180 days");
        page.facts(decided(&figures));
        page.section("How each is counted");
        page.facts(HOW.map(|(name, how)| (name, how.to_owned())));
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
    let without = match figures.without_insight {
        0 if figures.insight.is_empty() => "no data".to_owned(),
        count => count.to_string(),
    };
    vec![
        ("From raised to decided", days(&figures.latencies)),
        ("Old from", usual),
        ("Framed", figures.framed.words()),
        ("High stake, pre-wired", figures.prewired.words()),
        ("From insight to decision", insight),
        ("Without insight", without),
        ("Insight waits for a decision", days(&figures.open_insight)),
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

/// What calibration is made of: each probability with what came of it.
fn reviewed(figures: &Figures) -> Option<String> {
    let told: Vec<String> = figures
        .reviewed
        .iter()
        .map(|(sure, came)| format!("{sure} % → {}", came_words(*came)))
        .collect();
    (!told.is_empty()).then(|| format!("Calibrated on: {}", told.join(", ")))
}

fn came_words(came: f64) -> &'static str {
    if came > 0.75 {
        "yes"
    } else if came < 0.25 {
        "no"
    } else {
        "partly"
    }
}
