//! A plan with its milestones as rows, and the templates that one is started from.

use crate::app::effect::Answer;
use crate::app::plan::PlanScreen;
use crate::domain::item::ItemId;
use crate::ops::plan::start;
use crate::ops::{Result, Workspace};
use crate::store::NameTable;
use crate::store::plan::Plans;

/// A plan with its milestones as rows, and which plans run.
pub(super) fn shown(workspace: &Workspace, id: Option<ItemId>) -> Result<Answer> {
    let found = match workspace.plan_view(id)? {
        Some(view) => Some(view),
        None => workspace.plan_view(None)?,
    };
    let Some(view) = found else {
        return Ok(Answer::Plan { screen: None, rows: Vec::new(), names: NameTable::default() });
    };
    let ids: Vec<ItemId> = view.stones.iter().map(|stone| stone.item.id).collect();
    let (rows, names) = workspace.rows(&ids)?;
    let running = workspace.store().open_plans()?.iter().map(|plan| plan.id).collect();
    Ok(Answer::Plan { screen: Some(Box::new(PlanScreen { view, running })), rows, names })
}

/// The templates that a plan can be started from, the user's own among them.
pub(super) fn templates(workspace: &Workspace) -> Result<Answer> {
    let (choices, faults) = start::choices(workspace.settings().own.as_deref())?;
    Ok(Answer::templates(choices, &faults))
}
