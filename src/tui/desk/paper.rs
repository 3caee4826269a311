//! Pages for people elsewhere: made, and copied or written to a file that was not there before.

use std::path::{Path, PathBuf};

use crate::app::effect::{Answer, Out};
use crate::config::variable;
use crate::domain::refusal::Refusal;
use crate::exchange::output::Existing;
use crate::ops::pages::{Form, Paper};
use crate::ops::{Error, Result, Workspace, transfer};

pub(super) fn answer(workspace: &mut Workspace, paper: &Paper, out: &Out) -> Result<Answer> {
    let page = workspace.paper(paper)?;
    match out {
        Out::Copy => {
            let mut text = Vec::new();
            page.write(Form::Markdown, &mut text).map_err(Error::Output)?;
            Ok(Answer::Copied(String::from_utf8_lossy(&text).into_owned()))
        }
        Out::File { path, form } => {
            if path.is_empty() {
                return Err(Refusal::input("the name of a file is missing").into());
            }
            let path = at_home(path);
            let written = transfer::to_file(&path, Existing::Keep, |out| {
                page.write(*form, out).map_err(Into::into)
            });
            written.map_err(|error| match error {
                Error::Refused(refusal) => refusal.hint("name another file").into(),
                other => other,
            })?;
            let path = path.canonicalize().unwrap_or(path);
            Ok(Answer::Written(path.display().to_string()))
        }
    }
}

/// `~/` is the home folder, as people write it.
fn at_home(path: &str) -> PathBuf {
    match (path.strip_prefix("~/"), variable("HOME")) {
        (Some(rest), Some(home)) => Path::new(&home).join(rest),
        _ => PathBuf::from(path),
    }
}
