//! What a card tells where something is closed: where an outcome stands, what a bet was to show, what
//! a decision predicted and what its signal reads now.

use crate::domain::day;
use crate::domain::item::Item;
use crate::domain::kind::Kind;

use super::super::error::Result;
use super::super::workspace::Workspace;

impl Workspace {
    /// Line by line; nothing of an item that closes in another way.
    pub(super) fn looked_back(&self, item: &Item) -> Result<Vec<String>> {
        match (item.kind(), item.state().slug) {
            // Where a metric shows it, the card has said how it stands.
            (Kind::Outcome, _) if item.link("measured_by").is_none() => {
                Ok(vec!["No metric shows it".to_owned()])
            }
            (Kind::Bet, _) => Ok(bet_lines(item)),
            (Kind::Decision, "decided") => self.prediction(item),
            _ => Ok(Vec::new()),
        }
    }

    fn prediction(&self, item: &Item) -> Result<Vec<String>> {
        let mut lines = Vec::new();
        if let Some(on) = item.day("decided_on") {
            let when = day::short(on, self.clock.today());
            lines.push(format!("Decided {when}: {}", item.text("rationale")));
        }
        let sure = item.whole("probability").map(|sure| format!("{sure} % sure"));
        let signal = Some(item.text("signal")).filter(|signal| !signal.is_empty());
        let parts: Vec<String> =
            sure.into_iter().chain(signal.map(|signal| format!("signal: {signal}"))).collect();
        if parts.is_empty() {
            lines.push("Nothing was predicted".to_owned());
        } else {
            lines.push(format!("Predicted: {}", parts.join(", ")));
        }
        let now = self.signal_now(item)?;
        if !now.is_empty() {
            lines.push(format!("Now: {now}"));
        }
        Ok(lines)
    }
}

fn bet_lines(item: &Item) -> Vec<String> {
    let said = |name: &str, label: &str| {
        let text = item.text(name);
        (!text.is_empty()).then(|| format!("{label}: {text}"))
    };
    let mut lines: Vec<String> = [said("hypothesis", "Hypothesis"), said("signal", "Signal")]
        .into_iter()
        .flatten()
        .collect();
    lines.extend(item.whole("confidence").map(|sure| format!("{sure} % sure")));
    lines
}
