//! What is behind the figures of a plan, and what each milestone waits for, in lines.

use crate::domain::day;
use crate::domain::item::Item;
use crate::domain::kind::Kind;
use crate::domain::plan::Standing;

use super::super::error::Result;
use super::super::evidence::Fact;
use super::super::workspace::Workspace;
use super::{PlanView, Stone, points};

impl Workspace {
    /// The figures of the plan of an item, each with its formula and its inputs; `None` for an item
    /// of no plan.
    ///
    /// # Errors
    /// A storage error.
    pub fn inspect_plan(&self, item: &Item) -> Result<Option<Vec<String>>> {
        let plan = match item.kind() {
            Kind::Plan => Some(item.id),
            Kind::Milestone => item.link("plan"),
            _ => None,
        };
        let Some(plan) = plan else { return Ok(None) };
        let Some(view) = self.plan_view(Some(plan))? else { return Ok(None) };
        let own = view.stones.iter().find(|stone| stone.item.id == item.id);
        let mut lines: Vec<String> = own.map(|stone| own_lines(&view, stone)).unwrap_or_default();
        if !lines.is_empty() {
            lines.push(String::new());
        }
        lines.extend(figures(&view));
        lines.extend([String::new(), "Milestones stand by phase, what is done above.".to_owned()]);
        Ok(Some(lines))
    }

    /// What an open milestone waits for, criterion by criterion.
    pub(in crate::ops) fn facts_of_milestone(&self, item: &Item) -> Result<Vec<Fact>> {
        let Some(plan) = item.link("plan").filter(|_| item.state().slug == "open") else {
            return Ok(Vec::new());
        };
        let Some(view) = self.plan_view(Some(plan))? else { return Ok(Vec::new()) };
        let own = view.stones.iter().find(|stone| stone.item.id == item.id);
        let proofs = own.map_or(&[][..], |stone| &stone.proofs);
        let told = proofs.iter().enumerate().map(|(at, proof)| {
            let label = if at == 0 { "Waits for" } else { "" };
            match proof.standing {
                Standing::Met => Fact::quiet(label, format!("{}, met", proof.words)),
                Standing::Open | Standing::ByHand => Fact::new(label, proof.words.clone()),
            }
        });
        Ok(told.collect())
    }
}

fn own_lines(view: &PlanView, stone: &Stone) -> Vec<String> {
    let due = view.plan.date(stone.milestone.due_day);
    let mut lines = vec![format!(
        "{} is due on day {}, {}; weight {}{}.",
        stone.item.reference,
        stone.milestone.due_day,
        day::echo(due, view.today),
        stone.milestone.weight,
        if stone.milestone.gate { ", a gate" } else { "" }
    )];
    if stone.slip > 0 {
        let until = if stone.item.state().slug == "done" { "done" } else { "today" };
        lines.push(format!("Slip {} d = max(0, {until} − due).", stone.slip));
    }
    lines.extend(stone.proofs.iter().map(|proof| format!("  {}", proof.words)));
    lines
}

fn figures(view: &PlanView) -> Vec<String> {
    let (today, plan) = (view.today, &view.plan);
    let figures = plan.figures(today);
    let (done, due) = (figures.progress, figures.expected);
    let mut lines = vec![
        format!("Progress {} = weight done {} of {}", points(done), done.part, done.whole),
        format!(
            "Expected {} = weight due by day {} {} of {}",
            points(due),
            plan.day(today),
            due.part,
            due.whole
        ),
    ];
    let late = figures.slippage();
    lines.push(format!(
        "Slippage = expected − progress = {} of {} by weight",
        late.part, late.whole
    ));
    if let Some(forecast) = plan.forecast(today) {
        lines.push(format!(
            "Forecast: {} + mean slip {} d of the {} due so far = {}",
            day::echo(forecast.planned, today),
            forecast.mean_slip,
            forecast.due,
            day::echo(forecast.expected, today)
        ));
    }
    if !plan.baselines.is_empty() {
        let first = plan.as_first_made().figures(today);
        let late = first.slippage();
        lines.push(format!("Against the first days {} of {} by weight", late.part, late.whole));
    }
    lines
}
