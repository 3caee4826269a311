//! What an operation would do: carried out in a transaction that is dropped, so that not one byte
//! of the file changes. Dry runs and previews ask this.

use super::error::Result;
use super::op::{Done, Op, carry_out, kind_of, timed};
use super::told::{self, Told};
use super::workspace::Workspace;

/// What an operation would do, with the items as they would stand.
#[derive(Debug, Clone)]
pub struct Rehearsal {
    pub done: Done,
    pub told: Told,
}

impl Workspace {
    /// Carries an operation out and drops it.
    ///
    /// # Errors
    /// As `run`: what the rehearsal refuses, the operation would refuse.
    pub fn rehearse(&mut self, op: &Op) -> Result<Rehearsal> {
        if let Some(label) = self.group_meant(op)? {
            let done = Done { label, ..Done::default() };
            return Ok(Rehearsal { done, told: Told::default() });
        }
        let op = &*timed(op, self.clock.local());
        let kind = kind_of(op);
        let today = self.clock.today();
        let settings = self.settings.clone();
        let stamp = Self::stamp(self.clock, &self.settings, &self.ids);
        self.store.rehearse(&stamp, kind, |write| {
            let outcome = carry_out(write, op, kind, &settings, today)?;
            let told = told::within(write, &outcome.items)?;
            let done = Done {
                label: outcome.label,
                seq: None,
                items: outcome.items,
                notices: outcome.notices,
                text: None,
                slips: Vec::new(),
            };
            Ok(Rehearsal { done, told })
        })
    }
}
