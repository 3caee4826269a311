//! Metrics: what a new one knows from the catalogue, its readings, where it stands, and the rules
//! that hold for it. A figure is never replaced: a correction is told beside what it corrects.

mod aims;
mod asides;
pub mod audit;
mod bare;
pub mod glance;
pub mod import;
mod known;
mod measured;
pub mod narrative;
pub mod need;
pub mod page;
pub mod record;
pub mod refresh;
mod remembered;
pub mod rows;
mod rules;
pub mod run;
pub mod scorecard;
pub mod seen;
pub mod signals;
mod standing;
pub mod trust;
pub mod watch;

pub use bare::Bare;
pub use glance::Glance;
pub use measured::Measures;
pub use page::MetricPage;
pub use record::{Figure, Metric, Recording};
pub use scorecard::Scorecard;
pub use standing::in_short;

pub(super) use aims::aims;
pub(super) use measured::{Unasked, Within};
pub(super) use record::record;
pub(super) use rules::{
    agreed, ask_again, begun, born, dated, from_catalogue, notices, other_terms, point,
    refuse_second_primary, title_of,
};
