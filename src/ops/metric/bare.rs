//! Why a metric has no figure, and the next step to one. What has a figure says nothing here.

use crate::domain::item::{Item, Ref};
use crate::domain::metric::{Cadence, Terms, catalogue};

use super::watch::Watch;

/// What is missing where there is no figure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Bare {
    /// It is counted, and what it is counted on is not there.
    Uncounted(String),
    /// What feeds it has told none.
    Unfed(&'static str),
    /// So many were told, all of them at another rhythm than it is read at now.
    OtherRhythm(usize, Cadence),
    /// Nobody has told one.
    Untold,
}

impl Bare {
    /// What is missing of a metric without a figure, of which so many were told at another rhythm.
    #[must_use]
    pub fn of(metric: &Item, others: usize) -> Self {
        let template = catalogue::find(metric.text("catalogue"));
        let counted_on = template.map_or("", |one| one.counted_on.as_str());
        match Watch::of(metric) {
            _ if others > 0 => Self::OtherRhythm(others, Terms::of(metric).cadence),
            _ if !counted_on.is_empty() => Self::Uncounted(counted_on.to_owned()),
            Some(Watch::File(_)) => Self::Unfed("file"),
            Some(Watch::Command(_)) => Self::Unfed("command"),
            None => Self::Untold,
        }
    }

    /// `nobody has told a figure yet`.
    #[must_use]
    pub fn why(&self) -> String {
        match self {
            Self::Uncounted(on) => format!("counted on {on}, of which there is none"),
            Self::Unfed(source) => format!("its {source} has told no figure yet"),
            Self::OtherRhythm(1, cadence) => {
                format!("the one figure told is of another rhythm, it is {} now", cadence.slug())
            }
            Self::OtherRhythm(count, cadence) => {
                format!("{count} figures told are of another rhythm, it is {} now", cadence.slug())
            }
            Self::Untold => "nobody has told a figure yet".to_owned(),
        }
    }

    /// Why, and the key that comes next: the one that records a figure, or that asks what feeds it.
    #[must_use]
    pub fn by_key(&self, (record, ask): (&str, &str)) -> String {
        match self {
            Self::Uncounted(_) => self.why(),
            Self::Unfed(_) => format!("{}; {ask} asks it", self.why()),
            Self::OtherRhythm(..) | Self::Untold => format!("{}; {record} records one", self.why()),
        }
    }

    /// The command that comes next; what is counted comes by itself.
    #[must_use]
    pub fn next(&self, metric: Ref) -> Option<String> {
        match self {
            Self::Uncounted(_) => None,
            Self::Unfed(_) => Some(format!("prewire metric refresh {metric}")),
            Self::OtherRhythm(..) | Self::Untold => {
                Some(format!("prewire metric record {metric} FIGURE"))
            }
        }
    }

    /// Why, and the command that comes next.
    #[must_use]
    pub fn words(&self, metric: Ref) -> String {
        match self.next(metric) {
            Some(next) => format!("{}: {next}", self.why()),
            None => self.why(),
        }
    }
}
