//! message stub here.
