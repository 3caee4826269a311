//! stub for compile.
use super::slugs::slugs;
slugs! {
    /// The beats of the rhythm.
    RitualKind {
        Checkin => "checkin", "check-in";
        Monday => "monday", "Monday review";
        Midweek => "midweek", "midweek check";
        Friday => "friday", "Friday readout";
        Month => "month", "monthly review";
        Quarter => "quarter", "quarter start";
        Standup => "standup", "standup";
    }
}
