//! The templates of plans: a list of them, or one to be looked at before it is started.

use clap::{Arg, ArgMatches, Command};
use serde_json::{Value as Json, json};

use crate::domain::shown::Shown;
use crate::ops::Result;
use crate::ops::plan::{Choice, start};

use super::super::invocation::Invocation;
use super::super::output::Role;
use super::super::root;

/// Says what of the user's own cannot be read, before anything stands in for it.
pub(super) fn say_passed_over(call: &mut Invocation<'_>, choice: &Choice) {
    if let Some(fault) = &choice.passed_over {
        call.output.say(&format!("{fault}"));
        call.output.say("your version is passed over, and the shipped template is used");
    }
}

pub(super) fn command() -> Command {
    Command::new("template")
        .about("List the templates of plans, or show one")
        .before_help("Examples:\n  prewire plan template\n  prewire plan template 90-day")
        .arg(Arg::new("template").value_name("NAME").help("Which template"))
}

pub(super) fn run(call: &mut Invocation<'_>, matches: &ArgMatches) -> Result<()> {
    let own = call.own();
    if let Some(word) = root::flag(matches, "template") {
        let choice = start::named(&word, own.as_deref())?;
        say_passed_over(call, &choice);
        return template(call, &choice);
    }
    let (all, faults) = start::choices(own.as_deref())?;
    for fault in &faults {
        call.output.say(&format!("{fault}; it is left out"));
    }
    for choice in &all {
        say_passed_over(call, choice);
    }
    if !call.output.is_human() {
        call.output.open("template")?;
        for choice in &all {
            call.output.item(&template_json(choice))?;
        }
        return call.output.close();
    }
    for choice in &all {
        let own = if choice.own { " (yours)" } else { "" };
        call.output.pieces(&[
            (Role::Header, Shown::line(&choice.template.slug).pad_right(16)),
            (Role::Plain, Shown::line(&format!("{}{own}", choice.template.about))),
        ])?;
    }
    Ok(())
}

fn template_json(choice: &Choice) -> Json {
    let template = &choice.template;
    let stones: Vec<Json> = template
        .milestones
        .iter()
        .map(|one| {
            let exit: Vec<String> = one.criteria.iter().map(ToString::to_string).collect();
            json!({ "title": one.title, "day": one.due_day, "gate": one.gate,
                    "weight": one.weight, "exit": exit })
        })
        .collect();
    json!({ "ref": template.slug, "title": template.name, "about": template.about,
            "days": template.days, "own": choice.own, "milestones": stones })
}

fn template(call: &mut Invocation<'_>, choice: &Choice) -> Result<()> {
    if !call.output.is_human() {
        call.output.open("template")?;
        call.output.item(&template_json(choice))?;
        return call.output.close();
    }
    for (at, line) in start::preview(&choice.template).iter().enumerate() {
        let role = if at == 0 { Role::Header } else { Role::Plain };
        call.output.pieces(&[(role, Shown::line(line))])?;
    }
    Ok(())
}
