//! Answers that are read: why something stands where it stands, the figures, the history of an item.

use crate::app::effect::{Answer, Told};
use crate::domain::item::ItemId;
use crate::ops::{Result, Workspace};
use crate::store::lookup::Lookup;

use super::gone;

pub(super) fn sheet(workspace: &mut Workspace, told: Told) -> Result<Answer> {
    Ok(match told {
        Told::Why(id) => {
            let item = workspace.store().item(id)?.ok_or_else(gone)?;
            let title = format!("Why {} stands where it stands", item.reference);
            Answer::Sheet { title, lines: workspace.inspect(id)? }
        }
        Told::Figures => {
            let title = "How the decisions go".to_owned();
            Answer::Sheet { title, lines: workspace.figures_told()? }
        }
    })
}

pub(super) fn item_history(workspace: &Workspace, id: ItemId) -> Result<Answer> {
    let item = workspace.store().item(id)?.ok_or_else(gone)?;
    let steps = workspace.history_of(id, 200)?;
    let names = workspace.store().names_of(&crate::ops::words::mentioned(&steps))?;
    Ok(Answer::ItemHistory {
        title: format!("History of {} {}", item.reference, item.title()),
        steps,
        names,
    })
}
