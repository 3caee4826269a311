//! What `is:` asks: properties of an item that are derived rather than stored.

/// A property that is derived rather than stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Property {
    Open,
    Closed,
    Overdue,
    Blocked,
    Blocking,
    Waiting,
    Unlinked,
    Stale,
    Deferred,
    Stagnant,
    Unframed,
    Unwired,
    ReviewDue,
    /// Older than most that were decided.
    Old,
    /// Whatever a standup looks at first.
    Exception,
    /// What was to happen unless somebody objected is due.
    DefaultDue,
}

impl Property {
    pub const ALL: [(&'static str, Self); 16] = [
        ("open", Self::Open),
        ("closed", Self::Closed),
        ("overdue", Self::Overdue),
        ("blocked", Self::Blocked),
        ("blocking", Self::Blocking),
        ("waiting", Self::Waiting),
        ("unlinked", Self::Unlinked),
        ("stale", Self::Stale),
        ("deferred", Self::Deferred),
        ("stagnant", Self::Stagnant),
        ("unframed", Self::Unframed),
        ("unwired", Self::Unwired),
        ("review-due", Self::ReviewDue),
        ("old", Self::Old),
        ("exception", Self::Exception),
        ("default-due", Self::DefaultDue),
    ];
}
