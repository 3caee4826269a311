//! Pages for people elsewhere: made, and copied or written to a file that was not there before.

use std::path::Path;

use crate::app::effect::{Answer, Out};
use crate::domain::refusal::Refusal;
use crate::ops::pages::{self, Paper};
use crate::ops::{Result, Workspace};

use super::places::at_home;

pub(super) fn answer(workspace: &mut Workspace, paper: &Paper, out: &Out) -> Result<Answer> {
    let page = workspace.paper(paper)?;
    match out {
        Out::Copy => {
            let text = pages::to_text(&page, pages::Form::Markdown);
            Ok(Answer::Copied { text, said: page.said })
        }
        Out::Read => {
            let text = pages::to_text(&page, pages::Form::Text);
            // The title stands above; what is for its author alone stands last, and apart.
            let mut lines: Vec<String> = text.lines().skip(2).map(str::to_owned).collect();
            lines.extend(page.said.iter().flat_map(|said| [String::new(), format!("! {said}")]));
            Ok(Answer::Sheet { title: page.title, lines })
        }
        Out::File { path, form } => {
            if path.is_empty() {
                return Err(Refusal::input("the name of a file is missing").into());
            }
            let path = at_home(Path::new(path));
            pages::to_new_file(&page, *form, &path)?;
            let path = path.canonicalize().unwrap_or(path);
            Ok(Answer::Written { path: path.display().to_string(), said: page.said })
        }
    }
}
