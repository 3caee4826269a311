//! `completions`: a script for the shell. Commands and flags are in the script; refs, people, tags
//! and field names it asks for through the hidden `__complete`.

use clap::builder::PossibleValuesParser;
use clap::{Arg, ArgMatches, Command};

use crate::domain::field::FieldKind;
use crate::domain::kind::Kind;
use crate::domain::metric::catalogue;
use crate::domain::shown::Shown;
use crate::ops::{ListQuery, Result, Workspace};
use crate::store::lookup::Lookup;

use super::families::Family;
use super::invocation::Invocation;
use super::root;

/// Refs that are offered of one kind.
const MOST: usize = 200;

const SHELLS: [&str; 3] = ["bash", "zsh", "fish"];

pub const FAMILY: Family = Family {
    name: "completions",
    command: || {
        let shell = Arg::new("shell")
            .value_name("SHELL")
            .required(true)
            .value_parser(PossibleValuesParser::new(SHELLS))
            .help("The shell that the script is for");
        Command::new("completions")
            .about("Print a script that completes commands, refs, people and tags")
            .before_help("Examples:\n  prewire completions bash > ~/.local/share/bash-completion/completions/prewire")
            .arg(shell)
    },
    run,
};

/// The words that would go on: asked by the scripts.
pub const WORDS: Family = Family {
    name: "__complete",
    command: || {
        Command::new("__complete").hide(true).arg(Arg::new("typed").num_args(0..).last(true))
    },
    run: words,
};

fn run(call: &mut Invocation<'_>, matches: &ArgMatches) -> Result<()> {
    use clap_complete::{Shell, generate};
    let (shell, more) = match root::flag(matches, "shell").as_deref() {
        Some("zsh") => (Shell::Zsh, include_str!("completions/more.zsh")),
        Some("fish") => (Shell::Fish, include_str!("completions/more.fish")),
        _ => (Shell::Bash, include_str!("completions/more.bash")),
    };
    let mut script = Vec::new();
    generate(shell, &mut root::command(), "prewire", &mut script);
    call.output.own_text(&String::from_utf8_lossy(&script))?;
    call.output.own_text(more)
}

fn words(call: &mut Invocation<'_>, matches: &ArgMatches) -> Result<()> {
    let typed: Vec<String> = root::typed(matches, "typed");
    let last = typed.last().map_or("", String::as_str);
    let kind = typed.iter().find_map(|word| {
        Kind::ALL
            .into_iter()
            .find(|kind| [kind.noun().name, kind.noun().plural].contains(&word.as_str()))
    });
    // No workspace, or one that cannot be read, completes nothing.
    let mut workspace = call.workspace().ok();
    for word in candidates(workspace.as_mut(), kind, last) {
        if word.to_lowercase().starts_with(&last.to_lowercase()) {
            call.output.line(&word)?;
        }
    }
    Ok(())
}

fn candidates(workspace: Option<&mut Workspace>, kind: Option<Kind>, last: &str) -> Vec<String> {
    if let (Some((key, _)), Some(kind)) = (last.split_once(':'), kind) {
        return values(workspace, kind, key);
    }
    let Some(workspace) = workspace else { return Vec::new() };
    if last.starts_with('@') || last.starts_with(">@") {
        let sign = last.split('@').next().unwrap_or("");
        return people(workspace).into_iter().map(|name| format!("{sign}@{name}")).collect();
    }
    if let Some(sign) = last.chars().next().filter(|sign| "+-".contains(*sign)) {
        let tags = workspace.store().tags().unwrap_or_default();
        return tags.into_iter().map(|tag| format!("{sign}{tag}")).collect();
    }
    let kinds = kind.map_or_else(|| Kind::ALL.to_vec(), |kind| vec![kind]);
    let mut all: Vec<String> = kinds.into_iter().flat_map(|kind| refs(workspace, kind)).collect();
    if kind == Some(Kind::Metric) {
        all.extend(slugs());
    }
    let fields = kind.into_iter().flat_map(|kind| kind.noun().form_fields());
    all.extend(fields.map(|field| format!("{}:", field.name)));
    all
}

/// What may follow `stake:`.
fn values(workspace: Option<&mut Workspace>, kind: Kind, key: &str) -> Vec<String> {
    let Some(field) = kind.noun().answering(key) else { return Vec::new() };
    let values: Vec<String> = match field.kind {
        FieldKind::Choice(slugs) => slugs.iter().map(ToString::to_string).collect(),
        FieldKind::State => kind.noun().state_slugs().map(str::to_owned).collect(),
        FieldKind::Day | FieldKind::PastDay => {
            ["today", "tomorrow", "fri", "eow", "eom", "eoq", "none"].map(str::to_owned).to_vec()
        }
        _ if kind == Kind::Metric && field.name == "catalogue" => slugs().collect(),
        _ if field.is_person() => workspace.map(people).unwrap_or_default(),
        FieldKind::One(kinds) | FieldKind::Many(kinds) => workspace
            .map_or_else(Vec::new, |workspace| {
                kinds.iter().flat_map(|kind| refs(workspace, *kind)).collect()
            }),
        _ => Vec::new(),
    };
    values.into_iter().map(|value| format!("{key}:{value}")).collect()
}

fn refs(workspace: &mut Workspace, kind: Kind) -> Vec<String> {
    let page = workspace.page(&ListQuery::all(kind), 0..MOST).unwrap_or_default();
    page.rows.iter().map(|row| row.item.reference.to_string()).collect()
}

/// The short names of the catalogue, each of which makes its metric.
fn slugs() -> impl Iterator<Item = String> {
    catalogue::catalogue().iter().map(|one| one.slug.clone())
}

/// The first words of people's names, which is what one types.
fn people(workspace: &mut Workspace) -> Vec<String> {
    let page = workspace.page(&ListQuery::all(Kind::Person), 0..MOST).unwrap_or_default();
    let first =
        |title: &str| title.split_whitespace().next().map(|word| String::from(Shown::line(word)));
    let mut names: Vec<String> =
        page.rows.iter().filter_map(|row| first(row.item.title())).collect();
    names.sort();
    names.dedup();
    names
}
