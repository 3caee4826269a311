//! Paths as people type them on the screen: `~/` is the home folder, and any other begins where the
//! session does. The command line has its shell for that.

use std::borrow::Cow;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use crate::app::effect::Answer;
use crate::config::variable;
use crate::ops::import::ImportRequest;
use crate::ops::publish::To;
use crate::ops::{Op, Result, Workspace};

/// The place that a typed path means.
pub(super) fn at_home(typed: &Path) -> PathBuf {
    match (typed.strip_prefix("~"), variable("HOME")) {
        (Ok(rest), Some(home)) => Path::new(&home).join(rest),
        _ => typed.to_owned(),
    }
}

/// The same from the root on, for what outlives the session.
fn lasting(typed: &str) -> String {
    let place = at_home(Path::new(typed));
    let place = std::fs::canonicalize(&place).or_else(|_| std::path::absolute(&place));
    place.map_or_else(|_| typed.to_owned(), |place| place.display().to_string())
}

/// An operation with the places that its paths mean.
pub(super) fn meant(op: &Op) -> Cow<'_, Op> {
    match op {
        Op::WatchCalendar { name, path: Some(path) } => {
            Cow::Owned(Op::WatchCalendar { name: name.clone(), path: Some(lasting(path)) })
        }
        Op::PublishTo(To { folder: Some(folder), remind }) => {
            Cow::Owned(Op::PublishTo(To { folder: Some(lasting(folder)), remind: *remind }))
        }
        _ => Cow::Borrowed(op),
    }
}

/// What the import of a file would do, wherever its path means.
pub(super) fn import_plan(workspace: &mut Workspace, request: &ImportRequest) -> Result<Answer> {
    let path = at_home(&request.path);
    let request = Box::new(ImportRequest { path, ..request.clone() });
    let mut on = |_, _| ControlFlow::Continue(());
    let plan = Box::new(workspace.plan_import(&request, &mut on)?);
    Ok(Answer::ImportPlan { request, plan })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tilde_is_the_home_folder_and_what_lasts_begins_at_the_root() {
        let home = PathBuf::from(variable("HOME").unwrap());
        assert_eq!(at_home(Path::new("~/calendars/work")), home.join("calendars/work"));
        assert_eq!(at_home(Path::new("~")), home);
        for same in ["~raj/work", "work", "/a/~/b"] {
            assert_eq!(at_home(Path::new(same)), Path::new(same));
        }
        let to = |folder: &str| To { folder: Some(folder.to_owned()), remind: None };
        let Op::PublishTo(to) = meant(&Op::PublishTo(to("~/nowhere yet"))).into_owned() else {
            unreachable!()
        };
        assert_eq!(to.folder, Some(home.join("nowhere yet").display().to_string()));
        let op = Op::WatchCalendar { name: "Work".to_owned(), path: Some("work.ics".to_owned()) };
        let Op::WatchCalendar { path: Some(path), .. } = meant(&op).into_owned() else {
            unreachable!()
        };
        assert!(Path::new(&path).is_absolute(), "{path}");
    }
}
