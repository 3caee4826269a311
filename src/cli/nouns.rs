//! The command of a noun, made from its description: what every noun has, and its own verbs.

use clap::{ArgMatches, Command};

use crate::domain::kind::Kind;
use crate::ops::Result;

use super::invocation::Invocation;
use super::root::PAGE;
use super::{
    act, add, decision, edit, escalation, list, metric, misuse, part, request, show, trash,
};

/// The command of a kind; its verbs are made only when they are asked for.
#[must_use]
pub fn command(kind: Kind) -> Command {
    let noun = kind.noun();
    Command::new(noun.name)
        .visible_alias(noun.plural)
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
    all.extend(decision::commands(kind));
    all.extend(metric::commands(kind));
    all.extend(request::commands(kind));
    all.extend(escalation::commands(kind));
    all.extend(part::commands(kind));
    all.extend(act::commands(kind));
    all.push(trash::throw(kind));
    command.subcommands(all.into_iter().map(|verb| verb.help_template(PAGE)))
}

/// Carries out `decision add …`.
///
/// # Errors
/// What the verb refuses.
pub fn run(call: &mut Invocation<'_>, name: &str, matches: &ArgMatches) -> Result<()> {
    let Some(kind) = Kind::from_slug(name) else {
        return Err(misuse(format!("there is no command “{name}”")));
    };
    match matches.subcommand() {
        Some(("add", rest)) => add::run(call, kind, rest),
        Some(("list", rest)) => list::run(call, kind, rest),
        Some(("show", rest)) => show::run(call, rest, &[kind]),
        Some(("edit", rest)) => edit::run(call, kind, rest),
        Some(("rm", rest)) => trash::run_throw(call, rest, &[kind]),
        Some((verb, rest)) => {
            let own = decision::run(call, kind, verb, rest);
            if let Some(done) = own
                .or_else(|| request::run(call, kind, verb, rest))
                .or_else(|| escalation::run(call, kind, verb, rest))
            {
                return done;
            }
            if let Some(done) = metric::run(call, kind, verb, rest) {
                return done;
            }
            match part::named(kind, verb) {
                Some(part) => part::run(call, kind, part, rest),
                None => act::run(call, kind, verb, rest),
            }
        }
        None => Err(misuse(format!("{name} takes a verb, such as list"))),
    }
}
