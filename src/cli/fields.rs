//! The fields of a noun as flags: `--needed-by fri`, made from the description, and read back as
//! the changes that the tokens of the grammar make too.

use clap::{Arg, ArgAction, ArgMatches, Command};

use crate::domain::change::{Change, Edit, Input};
use crate::domain::day::{self, Calendar};
use crate::domain::field::{Entry, Field, FieldKind};
use crate::domain::grammar::Mode;
use crate::domain::grammar::quick_add::refuse_by_verb;
use crate::domain::kind::Kind;
use crate::domain::refusal::Refusal;
use crate::domain::value::Value;

use super::root;

/// Adds a flag for every field of a noun.
#[must_use]
pub fn flags(command: Command, kind: Kind) -> Command {
    command.args(kind.noun().fields.iter().map(flag))
}

/// The name under which the parser keeps a field's flag.
pub fn id(field: &Field) -> String {
    format!("field.{}", field.name)
}

/// The flag of a field.
pub fn flag(field: &Field) -> Arg {
    let aliases = field.aliases.iter().filter(|alias| alias.len() > 1);
    let several = matches!(field.kind, FieldKind::Many(_) | FieldKind::Tags);
    Arg::new(id(field))
        .long(field.flag())
        .visible_aliases(aliases.map(|alias| (*alias).to_owned()))
        .value_name(value_name(field))
        .help(help(field))
        .action(if several { ArgAction::Append } else { ArgAction::Set })
        .hide(field.entry != Entry::Free)
        .help_heading("Fields")
}

fn help(field: &Field) -> String {
    let help = field.help.trim_end_matches('.');
    match field.kind {
        FieldKind::Choice(slugs) if !names_all(help, slugs) => {
            format!("{help}: {}", slugs.join(", "))
        }
        FieldKind::Many(_) | FieldKind::Tags => {
            format!("{help}; +x adds, -x removes, none clears")
        }
        _ => help.to_owned(),
    }
}

/// Whether a help text names every choice already.
fn names_all(help: &str, slugs: &[&str]) -> bool {
    let help = help.to_lowercase();
    slugs.iter().all(|slug| help.contains(&slug.to_lowercase()))
}

fn value_name(field: &Field) -> &'static str {
    match field.kind {
        FieldKind::Line | FieldKind::Text => "TEXT",
        FieldKind::Url => "URL",
        FieldKind::Day | FieldKind::PastDay => "DAY",
        FieldKind::Quarter => "QUARTER",
        FieldKind::Clock => "HH:MM",
        FieldKind::Minutes => "TIME",
        FieldKind::Whole { .. } | FieldKind::Real => "NUMBER",
        FieldKind::Choice(_) => "WORD",
        FieldKind::State => "STATE",
        FieldKind::One(_) if field.is_person() => "NAME",
        FieldKind::One(_) => "REF",
        FieldKind::Many(_) if field.is_person() => "NAMES",
        FieldKind::Many(_) => "REFS",
        FieldKind::Tags => "TAGS",
    }
}

/// The changes that the flags of a call ask for.
///
/// # Errors
/// A refusal for a value that does not do, or a field that only a verb sets.
pub fn changes(
    matches: &ArgMatches,
    kind: Kind,
    calendar: &Calendar,
) -> Result<Vec<Change>, Refusal> {
    for field in &kind.noun().fields {
        let is_said = !root::typed(matches, &id(field)).is_empty();
        if let Some(refusal) = refuse_by_verb(field, kind, Mode::Edit).filter(|_| is_said) {
            return Err(refusal);
        }
    }
    of(matches, &kind.noun().fields, calendar)
}

/// Refuses a field that is said both as a token and as a flag.
///
/// # Errors
/// Names the first such field.
pub fn refuse_twice(tokens: &[Change], flags: &[Change]) -> Result<(), Refusal> {
    let is_list = |field: &Field| matches!(field.kind, FieldKind::Many(_) | FieldKind::Tags);
    let twice = flags.iter().find(|flag| {
        !is_list(flag.field) && tokens.iter().any(|token| token.field.name == flag.field.name)
    });
    match twice {
        None => Ok(()),
        Some(Change { field, .. }) => Err(Refusal::usage(format!(
            "{} is there twice: as a token and as --{}",
            field.label,
            field.flag()
        ))),
    }
}

/// What the days among the flags mean, for people: `due Fri 8 May`.
#[must_use]
pub fn days(flags: &[Change], calendar: &Calendar) -> Vec<String> {
    let told = |change: &Change| match &change.edit {
        Edit::Set(Input::Value(Value::Day(on))) => {
            Some(format!("{} → {}", change.field.label, day::echo(*on, calendar.today)))
        }
        _ => None,
    };
    flags.iter().filter_map(told).collect()
}

/// The changes that the flags of a call ask for, among these fields.
///
/// # Errors
/// A refusal for a value that does not do.
pub fn of(
    matches: &ArgMatches,
    fields: impl IntoIterator<Item = &'static Field>,
    calendar: &Calendar,
) -> Result<Vec<Change>, Refusal> {
    let mut changes = Vec::new();
    for field in fields {
        for typed in root::typed(matches, &id(field)) {
            changes.extend(Change::typed(field, &typed, calendar)?);
        }
    }
    Ok(changes)
}

/// The field that a word of `--sort` means.
///
/// # Errors
/// A refusal with the candidates.
pub fn named(kind: Kind, word: &str) -> Result<&'static Field, Refusal> {
    let noun = kind.noun();
    noun.answering(word).ok_or_else(|| {
        let names: Vec<&str> = noun.fields.iter().map(|field| field.name).collect();
        let near = crate::domain::nearest::nearest(word, names.iter().copied());
        let refusal = Refusal::input(format!(
            "“{word}” is not a field of {}; there are {}",
            noun.one(),
            names.join(", ")
        ));
        match near {
            Some(near) => refusal.hint(format!("did you mean {near}?")),
            None => refusal,
        }
    })
}
