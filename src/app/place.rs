//! The places of the program: the tabs, and the lists that are reached from the palette. A tab
//! keeps its number for life, so that a screen that comes later moves nobody's fingers.

use crate::domain::kind::Kind;

/// Somewhere to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Place {
    Today,
    Decisions,
    Assets,
    Week,
    Plan,
    Outcomes,
    Evidence,
    Matrix,
    Requests,
    Bets,
    People,
    Commitments,
    Blocks,
    Entries,
    Plans,
    Milestones,
    Artefacts,
    Involvements,
    Meetings,
    Metrics,
    Scorecard,
    Deals,
    Impacts,
    Escalations,
    Reviews,
    Claims,
    Insights,
    Objections,
    Conversations,
    Segments,
    Messages,
    Positionings,
    Experiments,
    Moments,
    Trash,
    History,
}

impl Place {
    /// Whether a pane for the row may stand beside its list.
    #[must_use]
    pub fn has_pane(self) -> bool {
        !matches!(
            self,
            Self::Today | Self::Week | Self::Plan | Self::History | Self::Matrix | Self::Scorecard
        )
    }

    pub const ALL: [Self; 36] = [
        Self::Today,
        Self::Decisions,
        Self::Assets,
        Self::Week,
        Self::Plan,
        Self::Outcomes,
        Self::Evidence,
        Self::Matrix,
        Self::Requests,
        Self::Bets,
        Self::People,
        Self::Commitments,
        Self::Blocks,
        Self::Entries,
        Self::Plans,
        Self::Milestones,
        Self::Artefacts,
        Self::Involvements,
        Self::Meetings,
        Self::Metrics,
        Self::Scorecard,
        Self::Deals,
        Self::Impacts,
        Self::Escalations,
        Self::Reviews,
        Self::Claims,
        Self::Insights,
        Self::Objections,
        Self::Conversations,
        Self::Segments,
        Self::Messages,
        Self::Positionings,
        Self::Experiments,
        Self::Moments,
        Self::Trash,
        Self::History,
    ];

    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Today => "Today",
            Self::Decisions => "Decisions",
            Self::Assets => "Assets",
            Self::Week => "Week",
            Self::Plan => "Plan",
            Self::Outcomes => "Outcomes",
            Self::Requests => "Requests",
            Self::Bets => "Bets",
            Self::People => "People",
            Self::Commitments => "Commitments",
            Self::Blocks => "Blocks",
            Self::Entries => "Entries",
            Self::Plans => "Plans",
            Self::Milestones => "Milestones",
            Self::Artefacts => "Artefacts",
            Self::Involvements => "Involvements",
            Self::Meetings => "Meetings",
            Self::Metrics => "Metrics",
            Self::Scorecard => "Scorecard",
            Self::Deals => "Deals",
            Self::Impacts => "Impacts",
            Self::Escalations => "Escalations",
            Self::Reviews => "Reviews",
            Self::Evidence => "Evidence",
            Self::Matrix => "Matrix",
            Self::Claims => "Claims",
            Self::Insights => "Insights",
            Self::Objections => "Objections",
            Self::Conversations => "Conversations",
            Self::Segments => "Segments",
            Self::Messages => "Messages",
            Self::Positionings => "Positioning",
            Self::Experiments => "Experiments",
            Self::Moments => "Moments",
            Self::Trash => "Trash",
            Self::History => "History",
        }
    }

    /// The title where there is little room.
    #[must_use]
    pub fn short(self) -> &'static str {
        match self {
            Self::Decisions => "Dec",
            Self::Outcomes => "Out",
            Self::Evidence => "Evid",
            Self::Reviews => "Rev",
            other => other.title(),
        }
    }

    /// The number of its tab; `None` for places without one.
    #[must_use]
    pub fn number(self) -> Option<char> {
        match self {
            Self::Today => Some('1'),
            Self::Decisions => Some('2'),
            Self::Assets => Some('3'),
            Self::Week => Some('4'),
            Self::Plan => Some('5'),
            Self::Outcomes => Some('6'),
            Self::Evidence => Some('7'),
            Self::Reviews => Some('9'),
            Self::Matrix
            | Self::Requests
            | Self::Bets
            | Self::People
            | Self::Commitments
            | Self::Blocks
            | Self::Entries
            | Self::Plans
            | Self::Milestones
            | Self::Artefacts
            | Self::Involvements
            | Self::Meetings
            | Self::Metrics
            | Self::Scorecard
            | Self::Deals
            | Self::Impacts
            | Self::Escalations
            | Self::Claims
            | Self::Insights
            | Self::Objections
            | Self::Conversations
            | Self::Segments
            | Self::Messages
            | Self::Positionings
            | Self::Experiments
            | Self::Moments
            | Self::Trash
            | Self::History => None,
        }
    }

    pub fn tabs() -> impl Iterator<Item = Self> {
        Self::ALL.into_iter().filter(|place| place.number().is_some())
    }

    /// The kind that its list shows; `None` where rows are of many kinds or of none.
    #[must_use]
    pub fn kind(self) -> Option<Kind> {
        match self {
            Self::Decisions => Some(Kind::Decision),
            Self::Assets => Some(Kind::Asset),
            Self::Requests => Some(Kind::Request),
            Self::Bets => Some(Kind::Bet),
            Self::People => Some(Kind::Person),
            Self::Commitments => Some(Kind::Commitment),
            Self::Blocks => Some(Kind::Block),
            Self::Entries => Some(Kind::Entry),
            Self::Plans => Some(Kind::Plan),
            Self::Milestones => Some(Kind::Milestone),
            Self::Artefacts => Some(Kind::Artefact),
            Self::Involvements => Some(Kind::Involvement),
            Self::Meetings => Some(Kind::Meeting),
            Self::Metrics => Some(Kind::Metric),
            Self::Deals => Some(Kind::Deal),
            Self::Impacts => Some(Kind::Impact),
            Self::Escalations => Some(Kind::Escalation),
            Self::Evidence => Some(Kind::Evidence),
            Self::Claims => Some(Kind::Claim),
            Self::Insights => Some(Kind::Insight),
            Self::Objections => Some(Kind::Objection),
            Self::Conversations => Some(Kind::Conversation),
            Self::Segments => Some(Kind::Segment),
            Self::Messages => Some(Kind::Message),
            Self::Positionings => Some(Kind::Positioning),
            Self::Experiments => Some(Kind::Experiment),
            Self::Moments => Some(Kind::Moment),
            Self::Reviews => Some(Kind::Ritual),
            Self::Today
            | Self::Week
            | Self::Plan
            | Self::Matrix
            | Self::Scorecard
            | Self::Outcomes
            | Self::Trash
            | Self::History => None,
        }
    }

    /// The place whose list holds items of a kind.
    #[must_use]
    pub fn of(kind: Kind) -> Self {
        match kind {
            Kind::Decision => Self::Decisions,
            Kind::Asset => Self::Assets,
            Kind::Request => Self::Requests,
            Kind::Outcome => Self::Outcomes,
            Kind::Bet => Self::Bets,
            Kind::Person => Self::People,
            Kind::Commitment => Self::Commitments,
            Kind::Block => Self::Blocks,
            Kind::Entry => Self::Entries,
            Kind::Plan => Self::Plans,
            Kind::Milestone => Self::Milestones,
            Kind::Artefact => Self::Artefacts,
            Kind::Involvement => Self::Involvements,
            Kind::Meeting => Self::Meetings,
            Kind::Metric => Self::Metrics,
            Kind::Deal => Self::Deals,
            Kind::Impact => Self::Impacts,
            Kind::Escalation => Self::Escalations,
            Kind::Ritual => Self::Reviews,
            Kind::Evidence => Self::Evidence,
            Kind::Claim => Self::Claims,
            Kind::Insight => Self::Insights,
            Kind::Objection => Self::Objections,
            Kind::Conversation => Self::Conversations,
            Kind::Segment => Self::Segments,
            Kind::Message => Self::Messages,
            Kind::Positioning => Self::Positionings,
            Kind::Experiment => Self::Experiments,
            Kind::Moment => Self::Moments,
        }
    }

    /// The views of the Evidence screen, in the order of its second line.
    pub const OF_EVIDENCE: [Self; 11] = [
        Self::Evidence,
        Self::Matrix,
        Self::Claims,
        Self::Insights,
        Self::Objections,
        Self::Conversations,
        Self::Segments,
        Self::Messages,
        Self::Positionings,
        Self::Experiments,
        Self::Moments,
    ];

    /// The views of the Outcomes screen.
    pub const OF_OUTCOMES: [Self; 6] =
        [Self::Outcomes, Self::Scorecard, Self::Metrics, Self::Deals, Self::Impacts, Self::Bets];

    /// The views of the Reviews screen.
    pub const OF_REVIEWS: [Self; 3] = [Self::Reviews, Self::Artefacts, Self::Escalations];

    /// The views of the screen that it belongs to; none where there is one only.
    #[must_use]
    pub fn views(self) -> &'static [Self] {
        [&Self::OF_EVIDENCE[..], &Self::OF_OUTCOMES[..], &Self::OF_REVIEWS[..]]
            .into_iter()
            .find(|views| views.contains(&self))
            .unwrap_or_default()
    }

    /// The tab that it belongs to: itself, or the screen of which it is a view.
    #[must_use]
    pub fn tab(self) -> Self {
        self.views().first().copied().unwrap_or(self)
    }

    /// The view after or before this one, of a screen that has several.
    #[must_use]
    pub fn turned(self, by: isize) -> Option<Self> {
        let all = self.views();
        let at = all.iter().position(|view| *view == self)?;
        Some(all[(at + all.len()).saturating_add_signed(by) % all.len()])
    }

    /// The kind that `a` adds here.
    #[must_use]
    pub fn adds(self) -> Kind {
        match self {
            Self::Outcomes => Kind::Outcome,
            Self::Week => Kind::Block,
            Self::Plan => Kind::Milestone,
            Self::Matrix => Kind::Evidence,
            Self::Scorecard => Kind::Metric,
            Self::Today | Self::Reviews | Self::Trash | Self::History => Kind::Decision,
            other => other.kind().unwrap_or(Kind::Decision),
        }
    }
}
