//! What a section of a ritual can be filled with; what answers each is known elsewhere.

use super::super::slugs::slugs;

slugs! {
    /// What a section is filled with before anybody types.
    Prefill {
        UnclassifiedTime => "unclassified-time", "time without a band";
        DecisionMoves => "decision-moves", "decisions that moved";
        MetricsDue => "metrics-due", "metrics due";
        MetricsStale => "metrics-stale", "metrics that are stale";
        OutcomeStatus => "outcome-status", "outcomes with their status";
        SegmentShifts => "segment-shifts", "changes in segments";
        EvidenceGap => "evidence-gap", "calls and interviews short of the target";
        CompetitiveChanges => "competitive-changes", "evidence about rivals";
        LaunchBlockers => "launch-blockers", "what blocks a launch";
        DecisionsDue => "decisions-due", "decisions due";
        PrewiresMissing => "prewires-missing", "pre-wires that are missing";
        FreeTime => "free-time", "free time in the week";
        ArtefactSlot => "artefact-slot", "the artefact of the week";
        AssetReadiness => "asset-readiness", "assets due and not on their way";
        ProductReadiness => "product-readiness", "promises that the product does not keep yet";
        Instrumentation => "instrumentation", "outcomes without a figure (launch readings are not kept here yet)";
        Observations => "observations", "observations of the week";
        CallScores => "call-scores", "scored calls";
        MessageTests => "message-tests", "messages tested";
        ObjectionMentions => "objection-mentions", "objections raised";
        RequestsNew => "requests-new", "requests that came in";
        RoadmapEvidence => "roadmap-evidence", "evidence about the product";
        DecisionsTaken => "decisions-taken", "decisions taken";
        WeekVerdict => "week-verdict", "the verdict of the week";
        Escalation => "escalation", "the memo";
        Impacts => "impacts", "changes evidenced";
        BridgeMetrics => "bridge-metrics", "the bridge figures";
        SignalReadings => "signal-readings", "signals and their reading";
        DecisionsReopened => "decisions-reopened", "decisions reopened";
        ImpactQuestions => "impact-questions", "the three questions";
        ExternalFactors => "external-factors", "external factors";
        BandsOfMonth => "bands-of-month", "the month by band";
        NoLog => "no-log", "requests declined and traded";
        DecisionsAsked => "decisions-asked", "decisions needed from this room";
        OutcomesEnding => "outcomes-ending", "outcomes of the quarter that ends";
        DecisionsToReview => "decisions-to-review", "decisions whose review is due";
        BetsRunning => "bets-running", "bets that run";
        OutcomeCandidates => "outcome-candidates", "outcomes to choose from";
        PrimaryMetrics => "primary-metrics", "primary metrics and who agreed";
        StakeholderPulse => "stakeholder-pulse", "those who matter and what they say";
        MetricSets => "metric-sets", "metrics that suit the alignment";
        MaturityQuestions => "maturity-questions", "the twelve questions";
        PlanTemplates => "plan-templates", "plan templates";
        MaturitySuggestion => "maturity-suggestion", "what the weakest part suggests";
        DecisionExceptions => "decision-exceptions", "decisions that need a word";
        DecisionsHealthy => "decisions-healthy", "decisions on their way";
    }
}

impl Prefill {
    /// What is typed so that it has something to tell next time; empty where nothing is.
    #[must_use]
    pub fn way(self) -> &'static str {
        match self {
            Self::MetricsDue
            | Self::MetricsStale
            | Self::Observations
            | Self::OutcomeStatus
            | Self::Instrumentation
            | Self::ExternalFactors => "prewire metric add \"Win rate catalogue:win-rate\"",
            Self::SegmentShifts => {
                "prewire segment add \"Fintech, 200 to 1,000 staff who:treasury workflow:filing\""
            }
            Self::EvidenceGap | Self::RoadmapEvidence => {
                "prewire evidence add \"What they said seg:mid stage:proposal acct:Acme\""
            }
            Self::CompetitiveChanges => {
                "prewire evidence add \"What a rival did kind:competitor seg:mid stage:proposal\""
            }
            Self::LaunchBlockers | Self::AssetReadiness => {
                "prewire asset add \"Battlecard due:fri\""
            }
            Self::DecisionsDue
            | Self::DecisionMoves
            | Self::DecisionsAsked
            | Self::DecisionExceptions
            | Self::DecisionsHealthy
            | Self::DecisionsTaken
            | Self::DecisionsToReview => {
                "prewire decision add \"Which tier? due:fri approver:dana\""
            }
            Self::ProductReadiness => "prewire positioning add \"How we say what we promise\"",
            Self::MessageTests => "prewire message add \"The line that we want repeated\"",
            Self::CallScores | Self::ObjectionMentions => {
                "prewire conversation add \"Call with Acme stage:proposal acct:Acme\""
            }
            Self::RequestsNew | Self::NoLog => "prewire request add \"Deck from:sam est:2h\"",
            Self::Impacts | Self::ImpactQuestions => {
                "prewire impact add \"What changed kind:revenue\""
            }
            Self::BridgeMetrics | Self::SignalReadings => "prewire metric catalogue",
            Self::BandsOfMonth | Self::UnclassifiedTime | Self::FreeTime | Self::WeekVerdict => {
                "prewire entry add \"Deal desk on:today est:40m band:r\""
            }
            Self::OutcomesEnding | Self::OutcomeCandidates => {
                "prewire outcome add \"Improve win rate due:eoq\""
            }
            Self::BetsRunning => "prewire bet add \"What we bet on\"",
            Self::StakeholderPulse => "prewire person add \"Raj influence:3\"",
            Self::PrimaryMetrics => {
                "prewire metric add \"Win rate catalogue:win-rate primary:maya\""
            }
            Self::ArtefactSlot => "prewire artefact add \"What it says kind:decision-memo\"",
            Self::PrewiresMissing
            | Self::Escalation
            | Self::DecisionsReopened
            | Self::MetricSets
            | Self::MaturityQuestions
            | Self::PlanTemplates
            | Self::MaturitySuggestion => "",
        }
    }
}
