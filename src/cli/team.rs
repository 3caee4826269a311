//! The week of the team: minutes pooled, and each of it beside.

use serde_json::json;

use crate::domain::day::show_minutes;
use crate::domain::shown::Shown;
use crate::domain::week::verdict::interval;
use crate::domain::week::{Band, Tally, Week};
use crate::ops::escalation::Burden;
use crate::ops::{Result, Workspace};

use super::invocation::Invocation;
use super::output::Role;

/// Shows the pooled week.
///
/// # Errors
/// When it cannot be read or written.
pub fn show(call: &mut Invocation<'_>, workspace: &Workspace, week: Week) -> Result<()> {
    let team = workspace.team_week(week)?;
    let reactive = |tally: &Tally| {
        let (low, high) = tally.reactive_interval();
        interval(low, high)
    };
    if call.output.is_human() {
        let head = format!("{} · team of {}", &week.to_string()[5..], team.members.len());
        call.output.pieces(&[(Role::Header, Shown::line(&head))])?;
        call.output.line(&team.words)?;
        for member in &team.members {
            let line = format!(
                "{:<18} reactive {:>7} of {:>7}  {}  {}",
                member.name,
                show_minutes(member.actual.reactive),
                show_minutes(member.actual.worked()),
                reactive(&member.actual),
                member.verdict
            );
            call.output.pieces(&[(Role::Plain, Shown::line(&line))])?;
        }
        let overload = workspace.team_overload()?;
        let words = overload.words(workspace.calendar().today);
        if !words.is_empty() {
            let drafts = if overload.open.is_none() { Burden::Team.drafts() } else { "" };
            let line = [words.as_str(), drafts].join(" · ");
            let line = line.trim_end_matches(" · ");
            call.output.pieces(&[(Role::Late, Shown::line(line))])?;
        }
        return Ok(());
    }
    let minutes = |tally: &Tally| -> serde_json::Value {
        Band::ALL.into_iter().map(|band| (band.slug().to_owned(), json!(tally.of(band)))).collect()
    };
    let members = team.members.iter().map(|member| {
        json!({
            "title": member.name, "lived": minutes(&member.actual), "available": member.available,
            "reactive": reactive(&member.actual), "verdict": member.verdict.slug(),
        })
    });
    let whole = json!({
        "ref": week.to_string(), "title": "Team", "lived": minutes(&team.actual),
        "available": team.available, "reactive": reactive(&team.actual),
        "verdict": team.verdict.slug(), "words": team.words,
        "members": members.collect::<Vec<_>>(),
    });
    call.output.open("week")?;
    call.output.item(&whole)?;
    call.output.close()
}
