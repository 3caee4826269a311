//! The order of each backlog, in words.

use crate::domain::kind::Kind;
use crate::ops::decisions::DECISION_ORDER;

/// Why a row stands where it stands, for everything of a kind.
#[must_use]
pub fn words(kind: Kind) -> &'static str {
    match kind {
        Kind::Decision => DECISION_ORDER,
        Kind::Asset => {
            "Assets stand in this order: late ones first; then by priority; then by the weight of the \
             outcome they serve; then by due day."
        }
        Kind::Request => {
            "Requests stand in this order: new ones first, the one asked first at the top."
        }
        Kind::Outcome => "Outcomes stand in this order: by weight, then by due day.",
        Kind::Bet => "Bets stand in this order: running ones first, then by the day they end.",
        Kind::Person => "People stand in the order of their names.",
        Kind::Commitment => "Commitments stand in the order of their days.",
        Kind::Plan => "Plans stand in this order: the active one first, then by their start.",
        Kind::Milestone => "Milestones stand in the order of their days.",
        Kind::Artefact => {
            "Artefacts stand in this order: drafts by their week, then what shipped, the latest first."
        }
        Kind::Involvement => "Involvements stand in the order of the days on which others commit.",
        Kind::Meeting => "Meetings stand in the order of their first days and times.",
        Kind::Escalation => {
            "Escalations stand in the order of the days by which they need an answer."
        }
        Kind::Block => "Blocks stand in the order of their days and times.",
        Kind::Ritual => "Runs of rituals stand in the order of their days, the latest first.",
        Kind::Entry => "Entries stand in the order of their days, the latest first.",
        Kind::Evidence => {
            "Evidence stands in this order: what is not tagged yet, then the latest first."
        }
        Kind::Insight => "Insights stand in the order of their days, the latest first.",
        Kind::Claim => {
            "Claims stand in this order: critical ones first; contested, then assumed, then supported."
        }
        Kind::Segment => {
            "Segments stand in this order: late reviews, then priority segments, then by name."
        }
        Kind::Objection => "Objections stand in the order of their codes and words.",
        Kind::Conversation => "Conversations stand in the order of their days, the latest first.",
        Kind::Positioning => "Versions of the positioning stand with the latest first.",
        Kind::Message => "Messages stand by audience, use case and slot.",
        Kind::Experiment => "Experiments stand in the order of their stop dates.",
        Kind::Moment => "Moments stand in the order of the buying stages.",
        Kind::Deal => "Deals stand in this order: by the day on which they end, the latest first.",
        Kind::Impact => "Impacts stand in the order of their days, the latest first.",
        Kind::Metric => {
            "Metrics stand in this order: those of the company first, then by their names."
        }
    }
}
