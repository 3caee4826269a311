//! The verbs of a noun beside editing it: those of `domain::verb`, and `move`, `link`, `turn`,
//! which set a state, what an item serves, and its kind.

use clap::{Arg, ArgMatches, Command};

use crate::domain::change::{Change, Edit};
use crate::domain::day::{self, Calendar, Lean};
use crate::domain::kind::Kind;
use crate::domain::nearest::nearest;
use crate::domain::noun::StateEntry;
use crate::domain::refusal::Refusal;
use crate::domain::verb::{self, Answer, Asks, Verb};
use crate::ops::{Op, Result, Workspace};

use super::change::{self, Tell};
use super::invocation::{Invocation, meant};
use super::{edit, extras, given, misuse, root, show};

/// The verbs of a kind.
#[must_use]
pub fn commands(kind: Kind) -> Vec<Command> {
    let verbs = verb::of(kind).map(|verb| described(verb, kind).args(extras::flags(verb)));
    let mut all: Vec<Command> = verbs.collect();
    let noun = kind.noun();
    let value = |name: &'static str, help: String| {
        Arg::new("value").value_name(name).required(true).help(help)
    };
    let chosen: Vec<&str> = chosen_states(kind);
    if chosen.len() > 1 && same_as_edit(kind).is_none() {
        let states = value("STATE", format!("One of {}", chosen.join(", ")));
        let about = format!("Move {} to another state", noun.one());
        all.push(Command::new("move").about(about).arg(edit::target()).arg(states));
    }
    if noun.position("for").is_some() {
        let about = format!("Say what {} serves", noun.one());
        let to = value("REF", "The outcome or bet; none unties it".to_owned());
        all.push(Command::new("link").about(about).arg(edit::target()).arg(to));
    }
    if is_work(kind) {
        let kinds: Vec<&str> = others(kind).map(Kind::slug).collect();
        let about = format!("Turn {} into another kind", noun.one());
        let into = value("KIND", format!("One of {}", kinds.join(", ")));
        all.push(Command::new("turn").about(about).arg(edit::target()).arg(into));
    }
    let mut all: Vec<Command> = all.into_iter().map(root::changing).collect();
    all.extend(same_as_edit(kind).map(|(name, about)| edit::called(name, about, kind)));
    all
}

/// What changing time is called: the same as edit, under the word that people look for.
fn same_as_edit(kind: Kind) -> Option<(&'static str, &'static str)> {
    const CALLED: [(Kind, &str, &str); 2] = [
        (Kind::Block, "move", "Move a block to another day or time, or make it longer"),
        (Kind::Entry, "classify", "Say in which band time was spent"),
    ];
    CALLED.iter().find(|(of, ..)| *of == kind).map(|(_, name, about)| (*name, *about))
}

fn described(verb: Verb, kind: Kind) -> Command {
    let (name, letter) = (kind.slug(), kind.letter());
    let command = Command::new(verb.name()).about(verb.help().trim_end_matches('.').to_owned());
    let example =
        |rest: &str| format!("Examples:\n  prewire {name} {} {letter}1{rest}", verb.name());
    let asks = verb.asks_of(kind);
    match asks {
        Asks::Nothing => command.before_help(example("")).arg(show::refs()),
        Asks::Line(label) => {
            let flag = asks.flag();
            let answer = Arg::new("line").long(flag).value_name("TEXT").help(label);
            let answer = if flag == "note" { answer } else { answer.alias("note") };
            let answer = if flag == "lesson" { answer.alias("reason") } else { answer };
            let words =
                root::words("WORDS", "The same, as words; - reads JSON from standard input");
            command.before_help(example(&format!("{} --{flag} '…'", asked_besides(verb)))).args([
                edit::target(),
                words,
                answer,
            ])
        }
        Asks::Day(label) => {
            let day = Arg::new("day").long(label).value_name("DAY").help("The day");
            let line = Arg::new("line").long("reason").alias("note").value_name("TEXT").help("Why");
            let words = root::words("WORDS", "The day, as words; - reads JSON from standard input");
            command.before_help(example(&format!(" --{label} 'next fri'"))).args([
                edit::target(),
                words,
                day,
                line,
            ])
        }
    }
}

/// What an example says besides the line that a verb asks for.
fn asked_besides(verb: Verb) -> &'static str {
    if verb == Verb::Review {
        return " --worked yes";
    }
    if verb == Verb::Answer { " scope" } else { "" }
}

fn chosen_states(kind: Kind) -> Vec<&'static str> {
    let states = kind.noun().states.iter();
    states.filter(|state| state.entry == StateEntry::Chosen).map(|state| state.slug).collect()
}

fn is_work(kind: Kind) -> bool {
    matches!(kind, Kind::Decision | Kind::Asset | Kind::Request)
}

fn others(kind: Kind) -> impl Iterator<Item = Kind> {
    Kind::ALL.into_iter().filter(move |other| is_work(*other) && *other != kind)
}

/// Carries out a verb of a kind.
///
/// # Errors
/// What the verb refuses.
pub fn run(call: &mut Invocation<'_>, kind: Kind, name: &str, matches: &ArgMatches) -> Result<()> {
    if same_as_edit(kind).is_some_and(|(word, _)| word == name) {
        return edit::run_called(call, kind, matches);
    }
    let mut workspace = call.to_change_or_look()?;
    let mut named = root::typed(matches, "target");
    named.extend(root::typed(matches, "refs"));
    let items = meant(&workspace, &named, &[kind])?;
    let calendar = workspace.calendar();
    let value = root::flag(matches, "value").unwrap_or_default();
    let op = match name {
        "move" => edited(items, kind, "state", &value, &calendar)?,
        "link" => edited(items, kind, "for", &value, &calendar)?,
        "turn" => Op::Turn { items, into: kind_named(kind, &value)? },
        _ => {
            let verb = verb::of(kind).find(|verb| verb.name() == name);
            let verb = verb.ok_or_else(|| misuse(format!("there is no verb {name}")))?;
            let answer = answer(call, &workspace, verb, matches, &calendar)?;
            Op::Verb { items, verb, answer }
        }
    };
    change::carry_out(call, &mut workspace, &op, Tell::Changed)
}

fn edited(
    items: Vec<crate::domain::item::ItemId>,
    kind: Kind,
    field: &str,
    typed: &str,
    calendar: &Calendar,
) -> Result<Op> {
    let field = kind.noun().field(field);
    let input = field.read(typed, calendar)?;
    let nothing =
        input == crate::domain::change::Input::Value(crate::domain::value::Value::Nothing);
    let edit = if nothing { Edit::Clear } else { Edit::Set(input) };
    Ok(Op::Edit { items, changes: vec![Change { field, edit }] })
}

fn kind_named(kind: Kind, typed: &str) -> Result<Kind> {
    let found = Kind::from_slug(&typed.to_lowercase()).filter(|into| is_work(*into));
    found.ok_or_else(|| {
        let names: Vec<&str> = others(kind).map(Kind::slug).collect();
        let refusal = Refusal::input(format!("“{typed}” is not one of {}", names.join(", ")));
        match nearest(typed, names.into_iter()) {
            Some(near) => refusal.hint(format!("nothing was changed. Did you mean {near}?")).into(),
            None => refusal.into(),
        }
    })
}

/// What the verb asks, from flags or words; asked for where a person can be asked.
fn answer(
    call: &mut Invocation<'_>,
    workspace: &Workspace,
    verb: Verb,
    matches: &ArgMatches,
    calendar: &Calendar,
) -> Result<Answer> {
    let mut words = root::typed(matches, "words");
    let more = extras::said(workspace, verb, (matches, &mut words), calendar)?;
    let words = words.join(" ");
    if words == "-" {
        let mut answer = given::answer(&given::one()?, verb, calendar)?;
        answer.more.extend(more);
        return Ok(answer);
    }
    let words = Some(words).filter(|words| !words.trim().is_empty());
    let line = root::flag(matches, "line");
    match verb.asks() {
        Asks::Nothing => Ok(Answer { more, ..Answer::default() }),
        Asks::Line(label) => {
            let line = match (words, line) {
                (Some(words), Some(line)) => Some(format!("{words}: {line}")),
                (words, line) => line.or(words),
            };
            let line = if more.iter().any(|(name, _)| *name == "by") {
                line
            } else {
                line.or_else(|| call.ask(label))
            };
            Ok(Answer { line, day: None, more })
        }
        Asks::Day(label) => {
            let typed = root::flag(matches, "day").or(words).or_else(|| call.ask(label));
            let read = |text: String| {
                day::parse(&text, calendar, Lean::Future)
                    .map_err(|error| Refusal::input(format!("{label}: {error}")))
            };
            Ok(Answer { line, day: typed.map(read).transpose()?, more })
        }
    }
}
