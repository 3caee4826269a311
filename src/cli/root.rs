//! The tree of commands, built from the descriptions of the nouns and the list of families.

use clap::builder::{PossibleValuesParser, styling};
use clap::{Arg, ArgAction, ArgMatches, Command, ValueHint};

use crate::domain::kind::Kind;

use super::{families, nouns};

/// How every help page is laid out: what it is, examples, then the rest.
pub const PAGE: &str =
    "{about-with-newline}\n{before-help}{usage-heading} {usage}\n\n{all-args}{after-help}";

/// The whole command line.
#[must_use]
pub fn command() -> Command {
    let mut root = alone();
    for kind in Kind::ALL {
        root = root.subcommand(nouns::command(kind).help_template(PAGE));
    }
    for family in families::ALL {
        root = root.subcommand((family.command)().help_template(PAGE));
    }
    root
}

/// The program without its commands: what opens the screen does not wait for them to be built.
#[must_use]
pub fn alone() -> Command {
    Command::new("prewire")
        .version(env!("CARGO_PKG_VERSION"))
        .long_version(concat_version())
        .about("The planning workspace of strategic product marketers, in the terminal.")
        .before_help(
            "Examples:\n  prewire                     open the workspace; without a terminal, print today\n  \
             prewire demo                look at a realistic quarter\n  \
             prewire decision add \"Who is the ICP in fintech? due:fri @maya stake:high\"\n  \
             prewire asset list is:blocked --json",
        )
        .help_template(PAGE)
        .styles(styles())
        .subcommand_value_name("COMMAND")
        .arg_required_else_help(false)
        .args(globals())
        .args(start())
}

/// How the screen opens; nothing but the screen asks for these.
fn start() -> [Arg; 2] {
    let view = Arg::new("view").long("view").value_name("NAME").help("Open with a saved view");
    let fresh = Arg::new("fresh")
        .long("fresh")
        .action(ArgAction::SetTrue)
        .help("Open as if for the first time: no place, filter or order of the last session");
    [view, fresh]
}

fn styles() -> styling::Styles {
    styling::Styles::styled()
        .header(styling::Style::new().bold())
        .usage(styling::Style::new().bold())
        .literal(styling::Style::new())
        .placeholder(styling::Style::new())
}

fn globals() -> Vec<Arg> {
    let form = |name: &'static str, help: &'static str| {
        Arg::new(name).long(name).action(ArgAction::SetTrue).help(help).global(true)
    };
    let mut all = vec![
        Arg::new("db")
            .long("db")
            .value_name("FILE")
            .value_hint(ValueHint::FilePath)
            .global(true)
            .help("The workspace; else PREWIRE_DB, then the configuration, then the usual place"),
        form("json", "Print one JSON envelope"),
        form("jsonl", "Print one JSON item a line"),
        form("csv", "Print CSV with a header"),
        form("plain", "Print fields between tabs, without a header"),
        form("a11y", "Tell the screen in lines, for a screen reader"),
        form("no-input", "Never ask anything"),
        Arg::new("color")
            .long("color")
            .value_name("WHEN")
            .value_parser(PossibleValuesParser::new(["auto", "always", "never"]))
            .global(true)
            .help("Colour the output"),
        form("readonly", "Change nothing, whatever the command"),
        Arg::new("today")
            .long("today")
            .value_name("DATE[THH:MM]")
            .global(true)
            .help("Take this as the present moment (09:00 when no time is given)"),
    ];
    for arg in &mut all {
        let id = arg.get_id().clone();
        *arg = arg.clone().overrides_with(id).help_heading("Everywhere");
    }
    all
}

/// The matches of the innermost command, which know the flags that are accepted anywhere.
#[must_use]
pub fn leaf(matches: &ArgMatches) -> &ArgMatches {
    match matches.subcommand() {
        Some((_, inner)) => leaf(inner),
        None => matches,
    }
}

/// Adds `--dry-run` to a command that changes something.
#[must_use]
pub fn changing(command: Command) -> Command {
    command.arg(
        Arg::new("dry-run")
            .long("dry-run")
            .action(ArgAction::SetTrue)
            .help("Show what would happen and change nothing"),
    )
}

/// Whether the command would change something.
#[must_use]
pub fn is_changing(matches: &ArgMatches) -> bool {
    matches.try_contains_id("dry-run").is_ok()
}

/// Whether the call only asks what would happen.
#[must_use]
pub fn is_dry(matches: &ArgMatches) -> bool {
    matches.try_get_one::<bool>("dry-run").ok().flatten().copied().unwrap_or(false)
}

/// Words that are taken as they come.
#[must_use]
pub fn words(name: &'static str, help: &'static str) -> Arg {
    Arg::new("words").value_name(name).num_args(0..).help(help)
}

/// The values of an argument of many words, as typed.
#[must_use]
pub fn typed(matches: &ArgMatches, name: &str) -> Vec<String> {
    let values = matches.try_get_many::<String>(name).ok().flatten();
    values.into_iter().flatten().map(|word| super::words::unshield(word).to_owned()).collect()
}

/// The value of a flag, as typed.
#[must_use]
pub fn flag(matches: &ArgMatches, name: &str) -> Option<String> {
    let value = matches.try_get_one::<String>(name).ok().flatten();
    value.map(|word| super::words::unshield(word).to_owned())
}

/// The version, and of when the time zones are that are compiled in.
fn concat_version() -> &'static str {
    static VERSION: std::sync::LazyLock<String> = std::sync::LazyLock::new(|| {
        let zones = crate::domain::zone::Zone::edition();
        format!("{}\ntime zones of the tz database {zones}", env!("CARGO_PKG_VERSION"))
    });
    &VERSION
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_whole_tree_is_sound_and_every_noun_and_family_is_in_it() {
        let mut root = command();
        root.build();
        root.clone().debug_assert();
        let names = Kind::ALL.into_iter().map(Kind::slug);
        for name in names.chain(families::ALL.iter().map(|family| family.name)) {
            assert!(root.find_subcommand(name).is_some(), "{name}");
        }
    }

    #[test]
    fn every_verb_of_a_kind_and_every_free_field_is_on_the_command_line() {
        let mut root = command();
        root.build();
        for kind in Kind::ALL {
            let noun = root.find_subcommand(kind.slug()).unwrap();
            for verb in crate::domain::verb::of(kind) {
                assert!(noun.find_subcommand(verb.name()).is_some(), "{}", verb.name());
            }
            let verbs: &[&str] = match kind {
                // What comes in from elsewhere, and what rituals make.
                Kind::Meeting => &["edit"],
                Kind::Ritual => &[],
                _ => &["add", "edit"],
            };
            for verb in verbs {
                let verb = noun.find_subcommand(verb).unwrap();
                let has = |flag: &str| verb.get_arguments().any(|arg| arg.get_long() == Some(flag));
                for field in kind.noun().form_fields() {
                    assert!(has(&field.flag()), "--{} of {}", field.flag(), kind.slug());
                }
            }
        }
    }
}
