//! Starting a plan from a template: those that ship, and the user's own beside the configuration. A
//! template of one's own that cannot be read is named with its line before anything stands in for it.

use std::path::Path;

use chrono::NaiveDate;

use crate::domain::item::{Item, ItemId};
use crate::domain::kind::Kind;
use crate::domain::nearest::nearest;
use crate::domain::plan::template::{SHIPPED, Template};
use crate::domain::plan::{exit, stored};
use crate::domain::refusal::Refusal;
use crate::domain::sheet::{Fault, Sheet};
use crate::domain::value::Value;
use crate::store::Write;
use crate::store::lookup::Lookup;

use super::super::error::Result;
use super::super::op::Outcome;
use super::super::workspace::Settings;
use super::{New, complete, picked};

/// What there is to start from.
#[derive(Debug, Clone, PartialEq)]
pub struct Choice {
    pub template: Template,
    /// Whether it is the user's own.
    pub own: bool,
    /// What was wrong with the user's own version, when the shipped one stands in for it.
    pub passed_over: Option<Fault>,
}

/// A plan to be started.
#[derive(Debug, Clone, PartialEq)]
pub struct Start {
    pub template: Template,
    pub on: NaiveDate,
    /// What it is called; as the template, unless said.
    pub title: Option<String>,
}

/// All templates: the shipped ones, each with the user's own in its place, then the others of the
/// user. The second list names what of the user's cannot be read and has nothing to stand in for it.
///
/// # Errors
/// Never for what ships; a test holds that.
pub fn choices(own: Option<&Path>) -> Result<(Vec<Choice>, Vec<Fault>)> {
    let mut mine = sheets(own);
    let mut all = Vec::new();
    for sheet in SHIPPED {
        let shipped = read(sheet)?;
        let name = sheet.file.rsplit('/').next().unwrap_or(sheet.file);
        let at = mine.iter().position(|(file, _)| file.ends_with(name));
        let own = at.map(|at| mine.swap_remove(at));
        all.push(match own.map(|(file, text)| text.and_then(|text| of(&file, &text))) {
            Some(Ok(template)) => Choice { template, own: true, passed_over: None },
            Some(Err(fault)) => Choice { template: shipped, own: false, passed_over: Some(fault) },
            None => Choice { template: shipped, own: false, passed_over: None },
        });
    }
    let mut faults = Vec::new();
    mine.sort_by(|one, other| one.0.cmp(&other.0));
    for (file, text) in mine {
        match text.and_then(|text| of(&file, &text)) {
            Ok(template) => all.push(Choice { template, own: true, passed_over: None }),
            Err(fault) => faults.push(fault),
        }
    }
    Ok((all, faults))
}

/// The template that a word means.
///
/// # Errors
/// A refusal with the names that there are, or with what is wrong with the user's own.
pub fn named(word: &str, own: Option<&Path>) -> Result<Choice> {
    let (all, faults) = choices(own)?;
    let slugs: Vec<&str> = all.iter().map(|choice| choice.template.slug.as_str()).collect();
    if let Some(slug) = picked(word, &slugs) {
        let found = all.iter().find(|choice| choice.template.slug == slug);
        if let Some(found) = found {
            return Ok(found.clone());
        }
    }
    if let Some(fault) = faults.iter().find(|fault| fault.file.contains(word)) {
        return Err(Refusal::usage(fault.to_string())
            .hint("mend it, or start from another template")
            .into());
    }
    let refusal = Refusal::missing(format!("there is no template “{word}”"));
    Err(match nearest(word, slugs.iter().copied()) {
        Some(near) => refusal.hint(format!("did you mean {near}?")),
        None => refusal.hint(format!("there are {}", slugs.join(", "))),
    }
    .into())
}

/// A template in lines, to be looked at before it is chosen: its phases with what is due when.
#[must_use]
pub fn preview(template: &Template) -> Vec<String> {
    let mut lines =
        vec![format!("{} · {} days", template.name, template.days), template.about.clone()];
    let mut before = 0;
    for phase in &template.phases {
        lines.push(String::new());
        lines.push(format!("{} (days {} to {})", phase.name, before + 1, phase.last_day));
        let own = template
            .milestones
            .iter()
            .filter(|one| one.due_day > before && one.due_day <= phase.last_day);
        for one in own {
            let gate = if one.gate { " · gate" } else { "" };
            lines.push(format!("  day {:<3} {}{gate}", one.due_day, one.title));
        }
        before = phase.last_day;
    }
    lines
}

fn read(sheet: Sheet<'_>) -> Result<Template> {
    Template::read(sheet).map_err(|fault| Refusal::usage(fault.to_string()).into())
}

fn of(file: &str, text: &str) -> std::result::Result<Template, Fault> {
    Template::read(Sheet::new(file, text))
}

type Found = (String, std::result::Result<String, Fault>);

/// The user's own files, by their names.
fn sheets(own: Option<&Path>) -> Vec<Found> {
    let Some(entries) = own.and_then(|own| std::fs::read_dir(own.join("plans")).ok()) else {
        return Vec::new();
    };
    let mut found: Vec<Found> = Vec::new();
    for path in entries.filter_map(|entry| Some(entry.ok()?.path())) {
        if path.extension().is_none_or(|ending| ending != "toml") {
            continue;
        }
        let file = path.display().to_string();
        let text = std::fs::read_to_string(&path).map_err(|error| Fault {
            file: file.clone(),
            line: 1,
            what: error.to_string(),
        });
        found.push((file, text));
    }
    found
}

pub(in super::super) fn carry_out(
    write: &Write<'_>,
    start: &Start,
    settings: &Settings,
    today: NaiveDate,
) -> Result<Outcome> {
    let made = start.template.start(start.on);
    let mut plan =
        Item::new(ItemId(write.new_id()), write.next_ref(Kind::Plan)?, write.at, &write.actor);
    let title = start.title.clone().filter(|title| !title.trim().is_empty());
    plan.set("title", Value::Text(title.unwrap_or_else(|| made.name.clone())));
    plan.set("start", Value::Day(start.on));
    plan.set("days", Value::Whole(made.days.into()));
    plan.set("phases", Value::Text(stored::written_phases(&made.phases)));
    plan.set("template", Value::Text(start.template.slug.clone()));
    let me = settings.me.as_deref().map(|me| write.by_title(Kind::Person, me)).transpose()?;
    let me = me.and_then(|found| found.into_iter().next());
    let owner = me.map_or(Value::Nothing, |me| Value::Item(me.id));
    plan.set("owner", owner.clone());
    complete(write, &mut plan, (today, New::Made))?;
    write.insert(&plan)?;
    let mut items = vec![plan.id];
    for one in &made.milestones {
        let reference = write.next_ref(Kind::Milestone)?;
        let mut stone = Item::new(ItemId(write.new_id()), reference, write.at, &write.actor);
        let exits: Vec<exit::Exit> = one
            .criteria
            .iter()
            .map(|criterion| exit::Exit { criterion: criterion.clone(), ticked: false })
            .collect();
        stone.set("title", Value::Text(one.title.clone()));
        stone.set("plan", Value::Item(plan.id));
        stone.set("due", Value::Day(made.date(one.due_day)));
        stone.set("weight", Value::Whole(one.weight.into()));
        stone.set("gate", Value::Text(if one.gate { "yes" } else { "no" }.to_owned()));
        stone.set("exit", Value::Text(exit::written(&exits)));
        stone.set("owner", owner.clone());
        write.insert(&stone)?;
        items.push(stone.id);
    }
    let label = format!("started {} “{}”", plan.reference, plan.title());
    let mut notices = Vec::new();
    if plan.state().slug == "running" {
        notices.push(format!(
            "another plan is active; {0} takes over when that one is over, or now: \
             prewire plan activate {0}",
            plan.reference
        ));
    }
    if made.standpoint(today) != made.standpoint(start.on) {
        notices.push(made.standpoint(today).to_string());
    }
    Ok(Outcome { label, items, notices })
}

/// The plan of the demo: `plan 90-day 36`, then `done KEY DAY PROOF` and `moved KEY DAY WHY`.
///
/// # Errors
/// A refusal that names the line that does not hold, or a storage error.
pub(in super::super) fn from_text(
    write: &Write<'_>,
    text: &str,
    settings: &Settings,
    today: NaiveDate,
) -> Result<Vec<ItemId>> {
    let mut ids: Vec<ItemId> = Vec::new();
    let mut template: Option<Start> = None;
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        let wrong = || Refusal::input(format!("“{line}” of the plan of the demo"));
        let mut words = line.splitn(4, ' ');
        let (verb, name) = (words.next().unwrap_or(""), words.next().unwrap_or(""));
        let number: u32 = words.next().and_then(|day| day.parse().ok()).ok_or_else(wrong)?;
        if verb == "plan" {
            let on = today - chrono::Duration::days(number.into());
            let start = Start { template: named(name, None)?.template, on, title: None };
            ids = carry_out(write, &start, settings, today)?.items;
            template = Some(start);
            continue;
        }
        let Some(start) = &template else { return Err(wrong().into()) };
        let keys = &start.template.milestones;
        let at = keys.iter().position(|one| one.key == name).ok_or_else(wrong)?;
        let before = write.items(&ids[at + 1..at + 2])?.pop().ok_or_else(wrong)?;
        let on = start.template.start(start.on).date(number);
        let mut after = before.clone();
        if verb == "moved" {
            after.set("due", Value::Day(on));
            write.update(&before, &after)?;
            let noted = today - chrono::Duration::days(3);
            super::rebase::moved(write, &before, &after, words.next().unwrap_or(""), noted)?;
            continue;
        }
        let exits = exit::read(before.text("exit")).unwrap_or_default();
        let ticked: Vec<exit::Exit> =
            exits.into_iter().map(|exit| exit::Exit { ticked: true, ..exit }).collect();
        after.set("exit", Value::Text(exit::written(&ticked)));
        let proof = words.next().ok_or_else(wrong)?.replace("; ", "\n");
        after.set("proof", Value::Text(proof));
        after.set("done_on", Value::Day(on));
        after.set("state", Value::Text("done".to_owned()));
        write.update(&before, &after)?;
    }
    Ok(ids)
}
