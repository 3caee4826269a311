//! maturity stub here.
