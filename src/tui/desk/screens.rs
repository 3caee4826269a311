//! What the screens that are no plain list are made of: the tree, a week, a plan, a history.

use std::collections::BTreeSet;

use super::{MOST, gone};
use crate::app::effect::Answer;
use crate::app::plan::PlanScreen;
use crate::app::rows::{Fold, TreeRow};
use crate::app::week::{WeekAsked, WeekScreen};
use crate::domain::item::ItemId;
use crate::domain::kind::Kind;
use crate::domain::week::Week;
use crate::ops::{ListQuery, Result, Workspace};
use crate::store::NameTable;
use crate::store::listing::Closed;
use crate::store::lookup::Lookup;
use crate::store::plan::Plans;

/// Outcomes, and below the unfolded ones what serves them.
pub(super) fn tree(workspace: &mut Workspace, unfolded: &BTreeSet<ItemId>) -> Result<Answer> {
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
    Ok(Answer::Tree { rows, names })
}

fn grow(
    workspace: &Workspace,
    id: ItemId,
    depth: u16,
    unfolded: &BTreeSet<ItemId>,
    order: &mut Vec<(ItemId, u16, Fold)>,
) -> Result<()> {
    let below = if depth < 2 { workspace.store().serving(id)? } else { Vec::new() };
    let fold = match (below.is_empty(), unfolded.contains(&id)) {
        (true, _) => Fold::Leaf,
        (false, true) => Fold::Unfolded,
        (false, false) => Fold::Folded,
    };
    // An item that two branches hold stands once.
    if order.iter().any(|(other, _, _)| *other == id) {
        return Ok(());
    }
    order.push((id, depth, fold));
    if fold == Fold::Unfolded {
        for child in below {
            grow(workspace, child, depth + 1, unfolded, order)?;
        }
    }
    Ok(())
}

/// A week with its rows, and twelve weeks of history.
pub(super) fn week(workspace: &Workspace, asked: WeekAsked) -> Result<Answer> {
    let week = asked.week.unwrap_or_else(|| Week::of(workspace.clock().today()));
    let view = workspace.week(week)?;
    let past = workspace.past_weeks(week, 12)?;
    let screen = Box::new(WeekScreen { view, past, kind: asked.kind });
    let ids: Vec<ItemId> = screen.shown().iter().map(|one| one.id).collect();
    let (rows, names) = workspace.rows(&ids)?;
    Ok(Answer::Week { screen, rows, names })
}

/// A plan with its milestones as rows, and which plans run.
pub(super) fn plan(workspace: &Workspace, id: Option<ItemId>) -> Result<Answer> {
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
