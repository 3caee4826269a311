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
        Instrumentation => "instrumentation", "launch readings without a source";
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
        MetricSets => "metric-sets", "metrics that suit the alignment";
        MaturityQuestions => "maturity-questions", "the twelve questions";
        PlanTemplates => "plan-templates", "plan templates";
        MaturitySuggestion => "maturity-suggestion", "what the weakest part suggests";
        DecisionExceptions => "decision-exceptions", "decisions that need a word";
        DecisionsHealthy => "decisions-healthy", "decisions on their way";
    }
}
