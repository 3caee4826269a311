//! The deals behind a figure, as a filter of their list.

use crate::domain::metric::Period;
use crate::domain::metric::computed::Formula;

use super::ledger::Asked;

/// The deals that ended in a period.
#[must_use]
pub fn closed(period: Period) -> String {
    format!("closed_on>={} closed_on<={}", period.first(), period.last())
}

/// A value of the filter grammar, quoted where it needs to be.
#[must_use]
pub fn quoted(text: &str) -> String {
    let plain = |letter: char| letter.is_alphanumeric() || "-_./&".contains(letter);
    if !text.is_empty() && text.chars().all(plain) {
        return text.to_owned();
    }
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

/// The filter of the deals behind a figure.
#[must_use]
pub fn behind(asked: &Asked, period: Period) -> String {
    let created = format!("created_on>={} created_on<={}", period.first(), period.last());
    let closed = closed(period);
    let mut filter = match asked.formula {
        Formula::WinRate => format!("(state:won or state:lost) {closed}"),
        Formula::CloseRate => created,
        Formula::Displacement => {
            let rival = asked.rival.as_deref();
            let rival = rival.map_or("has:competitor".to_owned(), |rival| {
                format!("competitor:{}", quoted(rival))
            });
            format!("(state:won or state:lost) {closed} {rival}")
        }
        Formula::SalesCycle => format!("state:won {closed} has:created_on"),
        Formula::AveragePrice => format!("state:won {closed} has:amount"),
        Formula::RevenueContribution => format!("state:won {closed} has:contribution has:amount"),
        Formula::PipelineContribution => {
            format!("(state:won or state:open) {created} has:contribution has:amount")
        }
        Formula::NewLogoRevenue => format!("state:won {closed} business:new has:amount"),
        Formula::ExpansionRevenue => format!("state:won {closed} business:expansion has:amount"),
        Formula::StageProgression => format!("stages:{}", quoted(&asked.stage)),
    };
    let segments: Vec<String> =
        asked.segments.iter().map(|one| format!("segment={}", quoted(one))).collect();
    match segments.as_slice() {
        [] => {}
        [one] => filter = format!("{filter} {one}"),
        several => filter = format!("{filter} ({})", several.join(" or ")),
    }
    filter
}
