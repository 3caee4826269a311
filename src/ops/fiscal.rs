//! The fiscal year of a workspace: the month in which it begins stands in the file, so that all who
//! read it see the same quarters. The configuration is what a workspace begins with.

use super::error::Result;
use super::op::Op;
use super::workspace::Workspace;
use crate::domain::refusal::Refusal;

/// Under which the month is kept, here and in the configuration.
pub const FISCAL: &str = "fiscal_year_start";
/// The month where nothing is said.
const JANUARY: u32 = 1;

impl Workspace {
    /// The month that the workspace itself keeps.
    ///
    /// # Errors
    /// A storage error.
    pub fn own_fiscal(&self) -> Result<Option<u32>> {
        let kept = self.store.setting(FISCAL)?;
        let month = kept.and_then(|text| text.parse().ok());
        Ok(month.filter(|month| (1..=12).contains(month)))
    }

    /// Reads the month again, since something may have changed it. What cannot be read now is read
    /// with the next question.
    pub(super) fn renew_fiscal(&mut self) {
        let Ok(own) = self.own_fiscal() else { return };
        let month = own.unwrap_or(self.configured_fiscal);
        if std::mem::replace(&mut self.settings.fiscal_start_month, month) != month {
            // Quarters that were read are those of the year as it began before.
            self.forget_kept();
        }
    }

    /// A month that is told to a workspace which keeps none takes the place of the configured one,
    /// which is kept first: taking the step back leads there, whatever is configured by then.
    pub(super) fn keep_fiscal(&mut self, op: &Op) -> Result<()> {
        let Op::Set { name, value: Some(month) } = op else { return Ok(()) };
        let before = self.configured_fiscal.to_string();
        if name != FISCAL || *month == before || self.own_fiscal()?.is_some() {
            return Ok(());
        }
        self.run(&set_fiscal(&before)?).map(drop)
    }

    /// A new workspace begins with what is configured.
    pub(super) fn begin_fiscal(&mut self) -> Result<()> {
        if self.settings.fiscal_start_month == JANUARY {
            return Ok(());
        }
        let op = set_fiscal(&self.settings.fiscal_start_month.to_string())?;
        self.run(&op).map(drop)
    }
}

/// The step that keeps a month in the workspace.
///
/// # Errors
/// A refusal when it is none.
pub fn set_fiscal(month: &str) -> Result<Op> {
    let found: Option<u32> = month.trim().parse().ok();
    if found.is_none_or(|month| !(1..=12).contains(&month)) {
        return Err(Refusal::usage(format!("{FISCAL} takes a month from 1 to 12")).into());
    }
    Ok(Op::Set { name: FISCAL.to_owned(), value: Some(month.trim().to_owned()) })
}

#[cfg(test)]
mod tests {
    use super::super::clock::Clock;
    use super::super::metric::Recording;
    use super::super::triage::tests::{empty, lines};
    use super::super::workspace::Settings;
    use super::*;
    use crate::domain::item::Ref;
    use crate::store::lookup::Lookup;
    use crate::store::open::{Access, Places};

    #[test]
    fn quarters_that_were_read_are_read_again_for_another_year() {
        let mut workspace = empty();
        let line = "m Deals unit:count cadence:quarterly direction:up target:100";
        lines(&mut workspace, &[line.to_owned()]);
        let id = workspace.store().by_ref(Ref::parse("m1").unwrap()).unwrap().unwrap();
        let figure = Recording::by_hand(id, "12 period:2026-Q1").unwrap();
        workspace.run(&Op::Record(vec![figure])).unwrap();
        let first = |workspace: &Workspace| {
            let glance = workspace.glances(1).unwrap().remove(0);
            glance.account.unwrap().newest.unwrap().period.first().to_string()
        };
        assert_eq!(first(&workspace), "2026-01-01");
        workspace.run(&set_fiscal("2").unwrap()).unwrap();
        assert_eq!(first(&workspace), "2025-02-01");
        workspace.run(&Op::Undo).unwrap();
        assert_eq!(first(&workspace), "2026-01-01");
        workspace.run(&Op::Undo).unwrap();
        workspace.follow(&Settings { fiscal_start_month: 2, ..Settings::default() });
        assert_eq!(
            first(&workspace),
            "2025-02-01",
            "by the configuration alone nothing is written"
        );
    }

    #[test]
    fn what_another_program_tells_is_adopted() {
        let folder = tempfile::tempdir().unwrap();
        let (path, clock) = (folder.path().join("w.db"), Clock::real());
        let settings = Settings::default;
        let mut mine = Workspace::create(&path, Places::default(), clock, settings()).unwrap();
        let mut other =
            Workspace::open(&path, Access::Write, Places::default(), clock, settings()).unwrap();
        for month in [5, 1] {
            other.run(&set_fiscal(&month.to_string()).unwrap()).unwrap();
            mine.adopt().unwrap();
            assert_eq!(mine.settings().fiscal_start_month, month);
        }
    }

    #[test]
    fn the_file_decides_and_the_configuration_is_what_it_began_with() {
        let settings = |month| Settings { fiscal_start_month: month, ..Settings::default() };
        let clock = Clock::read("2026-05-06").unwrap();
        let mut workspace = Workspace::in_memory(clock, settings(1)).unwrap();
        assert_eq!(workspace.own_fiscal().unwrap(), None);
        workspace.follow(&settings(7));
        assert_eq!(workspace.settings().fiscal_start_month, 7);
        workspace.run(&set_fiscal("4").unwrap()).unwrap();
        assert_eq!(workspace.settings().fiscal_start_month, 4);
        workspace.follow(&settings(2));
        assert_eq!(workspace.settings().fiscal_start_month, 4);
        // What held before it was told holds again, whatever is configured by now.
        workspace.run(&Op::Undo).unwrap();
        assert_eq!(workspace.settings().fiscal_start_month, 7);
        workspace.run(&Op::Redo).unwrap();
        assert_eq!(workspace.settings().fiscal_start_month, 4);
        workspace.run(&Op::Undo).unwrap();
        workspace.run(&Op::Undo).unwrap();
        assert_eq!(workspace.settings().fiscal_start_month, 2);
        assert!(set_fiscal("13").is_err() && set_fiscal("april").is_err());
    }
}
