//! The command of a noun, made from its description: what every noun has, and its own verbs.

use clap::{ArgMatches, Command};

use crate::domain::kind::Kind;
use crate::ops::Result;

use super::invocation::Invocation;
use super::root::PAGE;
use super::{
    act, add, artefact, decision, edit, escalation, evidence, involvement, list, metric, misuse,
    part, plan, request, show, trash,
};

/// The command of a kind; its verbs are made only when they are asked for.
#[must_use]
pub fn command(kind: Kind) -> Command {
    let noun = kind.noun();
    let command = Command::new(noun.name);
    let is_same = noun.name == noun.plural;
    let command = if is_same { command } else { command.visible_alias(noun.plural) };
    command
        .about(format!(
            "{}: {}",
            turned(noun.plural, char::to_uppercase),
            turned(noun.what, char::to_lowercase)
        ))
        .subcommand_required(true)
        .arg_required_else_help(true)
        .subcommand_value_name("VERB")
        .defer(verbs)
}

/// The text with its first letter in the other case.
fn turned<I: Iterator<Item = char>>(text: &str, case: fn(char) -> I) -> String {
    let mut letters = text.chars();
    letters.next().into_iter().flat_map(case).chain(letters).collect()
}

fn verbs(command: Command) -> Command {
    let Some(kind) = Kind::from_slug(command.get_name()) else { return command };
    let mut all =
        vec![add::command(kind), list::command(kind), show::command(kind), edit::command(kind)];
    // A run is begun by its ritual and told by what was said in it; meetings come from calendars.
    all.retain(|verb| kind.is_added() || verb.get_name() != "add");
    all.retain(|verb| kind != Kind::Ritual || verb.get_name() != "edit");
    all.extend(part::commands(kind));
    all.extend(act::commands(kind));
    all.push(trash::throw(kind));
    // What a kind does in its own way stands in the place of what every kind does.
    let own: Vec<Command> = own(kind).map(|own| (own.command)()).collect();
    all.retain(|verb| own.iter().all(|other| other.get_name() != verb.get_name()));
    all.extend(own);
    command.subcommands(all.into_iter().map(|verb| verb.help_template(PAGE)))
}

/// A verb that only one kind has, or has in its own way.
pub struct Own {
    pub name: &'static str,
    pub command: fn() -> Command,
    pub run: fn(&mut Invocation<'_>, &ArgMatches) -> Result<()>,
}

fn own(kind: Kind) -> impl Iterator<Item = &'static Own> {
    let all: &[Own] = match kind {
        Kind::Decision => decision::ALL,
        Kind::Plan => plan::ALL,
        Kind::Artefact => artefact::ALL,
        Kind::Involvement => involvement::ALL,
        Kind::Request => request::ALL,
        Kind::Escalation => escalation::ALL,
        Kind::Metric => metric::ALL,
        Kind::Claim => evidence::CLAIM,
        Kind::Evidence => evidence::EVIDENCE,
        Kind::Objection => evidence::OBJECTION,
        Kind::Segment => evidence::SEGMENT,
        Kind::Message => evidence::MESSAGE,
        Kind::Moment => evidence::MOMENT,
        Kind::Positioning => evidence::POSITIONING,
        Kind::Asset
        | Kind::Outcome
        | Kind::Bet
        | Kind::Person
        | Kind::Commitment
        | Kind::Block
        | Kind::Entry
        | Kind::Milestone
        | Kind::Meeting
        | Kind::Ritual
        | Kind::Insight
        | Kind::Conversation
        | Kind::Experiment => &[],
    };
    all.iter()
}

/// Carries out `decision add …`.
///
/// # Errors
/// What the verb refuses.
pub fn run(call: &mut Invocation<'_>, name: &str, matches: &ArgMatches) -> Result<()> {
    let Some(kind) = Kind::from_slug(name) else {
        return Err(misuse(format!("there is no command “{name}”")));
    };
    if let Some((verb, rest)) = matches.subcommand()
        && let Some(found) = own(kind).find(|own| own.name == verb)
    {
        return (found.run)(call, rest);
    }
    match matches.subcommand() {
        Some(("add", rest)) => add::run(call, kind, rest),
        Some(("list", rest)) => list::run(call, kind, rest),
        Some(("show", rest)) => show::run(call, rest, &[kind]),
        Some(("edit", rest)) => edit::run(call, kind, rest),
        Some(("rm", rest)) => trash::run_throw(call, rest, &[kind]),
        Some((verb, rest)) => match part::named(kind, verb) {
            Some(part) => part::run(call, kind, part, rest),
            None => act::run(call, kind, verb, rest),
        },
        None => Err(misuse(format!("{name} takes a verb, such as list"))),
    }
}
