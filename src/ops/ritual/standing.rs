//! Where each ritual stands: due, left, held last, or never.

use crate::domain::day;
use crate::domain::kind::Kind;
use crate::domain::ritual::RitualKind;

use super::super::error::Result;
use super::super::workspace::Workspace;

/// Every ritual that is begun by hand, in the order of the week.
const ALL: [RitualKind; 8] = [
    RitualKind::Checkin,
    RitualKind::Standup,
    RitualKind::Monday,
    RitualKind::Midweek,
    RitualKind::Friday,
    RitualKind::Month,
    RitualKind::Quarter,
    RitualKind::Maturity,
];

impl Workspace {
    /// Each ritual with how it stands, in words.
    ///
    /// # Errors
    /// A storage error.
    pub fn rituals_standing(&self) -> Result<Vec<(RitualKind, String)>> {
        let today = self.clock.today();
        let offers = self.offers()?;
        let mut standing = Vec::new();
        for kind in ALL {
            let about = (kind == RitualKind::Standup).then_some(Kind::Decision);
            let held = self.last_run(kind, about)?.and_then(|run| run.day("finished_on"));
            // The start of a quarter asks its questions too.
            let held = if kind == RitualKind::Maturity {
                self.assessments()?.iter().map(|one| one.on).max()
            } else {
                held
            };
            let last = match held {
                Some(on) => format!("held {}", day::ago(on, today)),
                None => "never held".to_owned(),
            };
            let is_left = self.going_run(kind, about)?.is_some();
            let is_due = offers.iter().any(|(offered, _)| *offered == kind);
            standing.push((
                kind,
                match (is_left, is_due) {
                    (true, _) => "left, goes on".to_owned(),
                    (false, true) => format!("due, {last}"),
                    (false, false) => last,
                },
            ));
        }
        Ok(standing)
    }
}
