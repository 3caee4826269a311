//! Answers that are read: why something stands where it stands, the figures, the history of an item.

use crate::app::effect::{Answer, Told};
use crate::app::place::Place;
use crate::app::popup::Behind;
use crate::app::update::order;
use crate::domain::item::{ItemId, Ref};
use crate::domain::kind::Kind;
use crate::ops::evidence::Report;
use crate::ops::{Result, Workspace};
use crate::store::lookup::Lookup;

use super::gone;

pub(super) fn sheet(workspace: &mut Workspace, told: Told) -> Result<Answer> {
    Ok(match told {
        Told::Why(id) => {
            let item = workspace.store().item(id)?.ok_or_else(gone)?;
            let title = match item.kind() {
                Kind::Claim | Kind::Objection => format!("What is behind {}", item.reference),
                _ => format!("Why {} stands where it stands", item.reference),
            };
            let mut lines = workspace.inspect(id)?;
            if matches!(item.kind(), Kind::Claim | Kind::Objection) {
                lines.extend([String::new(), order::words(item.kind()).to_owned()]);
            }
            Answer::Sheet { title, lines }
        }
        Told::View(place) => view(workspace, place)?,
        Told::Alignment => {
            let mut lines = Vec::new();
            for report in workspace.alignment()? {
                if !lines.is_empty() {
                    lines.push(String::new());
                }
                let own = report.lines().into_iter().filter(|line| !line.is_empty());
                let own: Vec<String> = own.map(|line| format!("  {line}")).collect();
                lines.push(report.title);
                lines.extend(own);
            }
            Answer::Sheet { title: "Alignment".to_owned(), lines }
        }
        Told::Figures => {
            let title = "How the decisions go".to_owned();
            Answer::Sheet { title, lines: workspace.figures_told()? }
        }
    })
}

/// The figures of a view of what is known.
fn view(workspace: &mut Workspace, place: Place) -> Result<Answer> {
    if place.tab() == Place::Outcomes {
        let mut lines: Vec<String> = Vec::new();
        for one in workspace.metric_audit()? {
            lines.extend([one.words(), format!("  {}", one.mend)]);
        }
        if lines.is_empty() {
            lines.push("Nothing: every metric has what it asks for.".to_owned());
        }
        return Ok(Answer::Sheet { title: "What the metrics still ask for".to_owned(), lines });
    }
    if place.tab() == Place::Reviews {
        return Ok(Answer::Rituals(workspace.rituals_standing()?));
    }
    let report = match place {
        Place::Matrix => workspace.matrix_report()?,
        Place::Claims | Place::Insights => workspace.claim_report(&[])?,
        Place::Objections | Place::Conversations | Place::Moments => {
            workspace.objection_report()?
        }
        Place::Segments => workspace.segment_report()?,
        Place::Messages => {
            let mut house = workspace.house_report()?;
            let adoption = workspace.adoption_report()?;
            house.head.extend(adoption.lines());
            house
        }
        Place::Positionings | Place::Experiments => match workspace.positioning()? {
            Some(item) => {
                let mut swap = workspace.swap_report(&item)?;
                let drift = workspace.drift_report(&item)?;
                swap.head.extend(drift.lines());
                swap
            }
            None => Report::new("positioning", "No positioning yet"),
        },
        Place::Impacts => workspace.impact_report()?,
        _ => workspace.cadence_report()?,
    };
    let lines = openable(workspace, &report)?;
    Ok(Answer::Report { title: report.title, lines })
}

/// The lines of a report, each with the item or the rows behind it.
fn openable(workspace: &Workspace, report: &Report) -> Result<Vec<(String, Option<Behind>)>> {
    let rows = |behind: &(Kind, String)| Behind::Rows(Place::of(behind.0), behind.1.clone());
    let mut lines: Vec<(String, Option<Behind>)> = Vec::new();
    for (at, line) in report.head.iter().enumerate() {
        lines.push((line.clone(), report.head_rows.get(&at).map(rows)));
    }
    if !report.head.is_empty() && !report.rows.is_empty() {
        lines.push((String::new(), None));
    }
    for row in &report.rows {
        let named = Ref::parse(&row.reference);
        let item = named.map(|named| workspace.store().by_ref(named)).transpose()?.flatten();
        let item = named.zip(item).map(|(named, id)| Behind::Item(id, named.kind));
        lines.push((row.line(), row.rows.as_ref().map(rows).or(item)));
    }
    Ok(lines)
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

/// What was noted on each day.
pub fn day_notes(workspace: &Workspace) -> Result<Answer> {
    Ok(Answer::Text { title: "Notes of the days", lines: workspace.day_note_lines()? })
}
