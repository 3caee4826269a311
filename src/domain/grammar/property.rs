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
}

impl Property {
    pub const ALL: [(&'static str, Self); 13] = [
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
    ];
}
