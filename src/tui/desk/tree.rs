//! The tree of outcomes as the screen asks for it: with these nodes unfolded.

use std::collections::BTreeSet;

use crate::app::effect::Answer;
use crate::app::rows::{Fold, TreeRow};
use crate::domain::item::ItemId;
use crate::domain::kind::Kind;
use crate::ops::{ListQuery, Result, Workspace};
use crate::store::listing::Closed;

use super::MOST;

/// Outcomes, and below the unfolded ones what serves them.
pub fn grown(workspace: &mut Workspace, unfolded: &BTreeSet<ItemId>) -> Result<Answer> {
    let roots =
        workspace.all_ids(&ListQuery { closed: Closed::Shown, ..ListQuery::all(Kind::Outcome) })?;
    let mut order: Vec<(ItemId, u16, Fold)> = Vec::new();
    for root in roots.into_iter().take(MOST) {
        grow(workspace, root, 0, unfolded, &mut order)?;
    }
    let ids: Vec<ItemId> = order.iter().map(|(id, _, _)| *id).collect();
    let (rows, names) = workspace.rows(&ids)?;
    let rows = rows
        .into_iter()
        .zip(order)
        .map(|(row, (_, depth, fold))| TreeRow { row, depth, fold })
        .collect();
    Ok(Answer::Tree { rows, names, read: workspace.readings()?.words() })
}

fn grow(
    workspace: &Workspace,
    id: ItemId,
    depth: u16,
    unfolded: &BTreeSet<ItemId>,
    order: &mut Vec<(ItemId, u16, Fold)>,
) -> Result<()> {
    let has_below = depth < 2 && workspace.store().is_served(id)?;
    let fold = match (has_below, unfolded.contains(&id)) {
        (false, _) => Fold::Leaf,
        (true, true) => Fold::Unfolded,
        (true, false) => Fold::Folded,
    };
    // An item that two branches hold stands once.
    if order.iter().any(|(other, _, _)| *other == id) {
        return Ok(());
    }
    order.push((id, depth, fold));
    if fold == Fold::Unfolded {
        // What is open stands first, however long ago it was added.
        for child in workspace.store().serving(id, 2 * MOST)?.into_iter().take(MOST) {
            grow(workspace, child, depth + 1, unfolded, order)?;
        }
    }
    Ok(())
}
