//! The parts of an item on the command line, made from their descriptions:
//! `decision option d1 add '…' --gains '…'`, `decision prewire d1 @raj --held today`.

use clap::{Arg, ArgAction, ArgMatches, Command};
use serde_json::Value as Json;

use crate::domain::change::Change;
use crate::domain::day::Calendar;
use crate::domain::field::{Entry, Field, FieldKind};
use crate::domain::grammar::{part_words, token};
use crate::domain::kind::Kind;
use crate::domain::part::{PartKey, PartKind, PartNoun};
use crate::domain::refusal::Refusal;
use crate::domain::shown::Shown;
use crate::ops::{Op, PartStep, Result, Workspace, item_json, part_line};
use crate::store::part::Parts;

use super::change::{self, Tell};
use super::invocation::{Invocation, meant};
use super::output::Role;
use super::{edit, fields, frame, given, root};

/// The flag that recommends an option.
pub const RECOMMEND: &str = "recommend";
/// The flag that adds an objection to a pre-wire.
const OBJECTION: &str = "objection";
/// What can be said of a part that is named by one of its fields.
const EXAMPLES: &[(PartKind, &str)] = &[
    (PartKind::Prewire, "@raj --held today --stance for"),
    (PartKind::Agreement, "@raj --on today"),
    (PartKind::Framing, "sales 'What it does to deals'"),
    (PartKind::Response, "proposal 'Two weeks, with your team named in the plan'"),
    (PartKind::Score, "msg1 2 --scorer maya"),
    (PartKind::Pulse, "2026-Q2 4 'Asks us in before the roadmap'"),
    (PartKind::Basis, "e3 --polarity against"),
    (PartKind::Narrative, "2026-W19 'Flat since March'"),
];
/// Room of the keys in a list.
const KEY: usize = 14;

/// The commands of all parts that a kind may have.
pub fn commands(kind: Kind) -> impl Iterator<Item = Command> {
    PartKind::of(kind).map(move |part| command(kind, part))
}

fn command(kind: Kind, part: PartKind) -> Command {
    let noun = part.noun();
    let (owner, letter) = (kind.slug(), kind.letter());
    let examples = match (noun.entry, noun.key) {
        (Entry::ByVerb | Entry::Inner, _) => format!("  prewire {owner} {} {letter}1", noun.name),
        (Entry::Free, PartKey::Field(_)) => {
            let example =
                EXAMPLES.iter().find(|(of, _)| *of == part).map_or("…", |(_, said)| said);
            format!(
                "  prewire {owner} {name} {letter}1 {example}\n  prewire {owner} {name} {letter}1 list",
                name = noun.name
            )
        }
        (Entry::Free, PartKey::Letter { .. } | PartKey::Number) => {
            let last = if matches!(noun.key, PartKey::Number) { '1' } else { 'b' };
            let main = noun.fields.iter().find(|field| field.name == noun.main);
            let words = match main.map(|field| field.kind) {
                Some(FieldKind::Whole { least, most }) => most.min(least + 6).to_string(),
                _ => "'…'".to_owned(),
            };
            format!(
                "  prewire {owner} {name} {letter}1 add {words}\n  prewire {owner} {name} {letter}1 edit {last} {words}\n  prewire {owner} {name} {letter}1 rm {last}",
                name = noun.name
            )
        }
    };
    let words = match noun.entry {
        Entry::ByVerb | Entry::Inner => root::words("list", "List them"),
        Entry::Free => root::words(
            "VERB WORDS",
            "add, edit, rm or list, the name of one, and its words; add - reads JSON",
        ),
    };
    let mut command = Command::new(noun.name)
        .about(noun.what.trim_end_matches('.').to_owned())
        .before_help(format!("Examples:\n{examples}"))
        .arg(edit::target())
        .arg(words);
    if noun.entry == Entry::Free {
        command = command.args(noun.typed().map(fields::flag));
    }
    if part == PartKind::Option {
        command = command.arg(
            Arg::new(RECOMMEND).long(RECOMMEND).action(ArgAction::SetTrue).help("Recommend it"),
        );
    }
    if part == PartKind::Prewire {
        command = command.arg(
            Arg::new(OBJECTION)
                .long(OBJECTION)
                .value_name("TEXT")
                .help("What they hold against it"),
        );
    }
    root::changing(command)
}

/// The part that a verb of a kind is about.
#[must_use]
pub fn named(kind: Kind, verb: &str) -> Option<PartKind> {
    PartKind::of(kind).find(|part| part.slug() == verb)
}

/// What is to be done with a part.
enum Wanted {
    List,
    Steps(Vec<PartStep>),
}

/// Carries out `decision option d1 …`.
///
/// # Errors
/// What the operation refuses.
pub fn run(
    call: &mut Invocation<'_>,
    kind: Kind,
    part: PartKind,
    matches: &ArgMatches,
) -> Result<()> {
    let words = root::typed(matches, "words");
    let target = root::typed(matches, "target");
    let calendar = call.calendar()?;
    match wanted((kind, part), &words, matches, &calendar)? {
        Wanted::List => {
            let workspace = call.workspace()?;
            let owner = meant(&workspace, &target, &[kind])?[0];
            list(call, &workspace, owner, part)
        }
        Wanted::Steps(steps) => {
            let mut workspace = call.to_change_or_look()?;
            let owner = meant(&workspace, &target, &[kind])?[0];
            if let (PartKind::Prewire, Some(PartStep::Put { key, .. }), true) =
                (part, steps.first(), call.output.is_human())
            {
                // What is owed to them is known before they are spoken to.
                let told = workspace.standing_of(key)?;
                for line in told.iter().filter(|_| told.len() > 1) {
                    call.output.say(line);
                }
            }
            change::carry_out(call, &mut workspace, &Op::Parts { owner, steps }, Tell::Changed)
        }
    }
}

fn wanted(
    (kind, part): (Kind, PartKind),
    words: &[String],
    matches: &ArgMatches,
    calendar: &Calendar,
) -> Result<Wanted> {
    let noun = part.noun();
    if noun.entry != Entry::Free {
        if words.iter().all(|word| word == "list") {
            return Ok(Wanted::List);
        }
        let what = format!("{} is not typed in: a verb does it", noun.one());
        let hint = match part {
            PartKind::Observation => "prewire metric record m4 31.2%",
            _ => "without a word after the ref they are listed",
        };
        return Err(Refusal::usage(what).hint(hint).into());
    }
    let mut changes = fields::of(matches, noun.typed(), calendar)?;
    let mut after = Vec::new();
    if part == PartKind::Option && matches.get_flag(RECOMMEND) {
        after.push(PartStep::Recommend(None));
    }
    if words.last().is_some_and(|word| word == "-") {
        let mut steps = Vec::new();
        for object in given::several()? {
            steps.extend(given::of_part(&Json::Object(object), part, calendar)?);
        }
        return Ok(Wanted::Steps(steps));
    }
    let mut objected = root::flag(matches, OBJECTION);
    let mut plain = Vec::new();
    for word in words {
        let said = part_words::said(&requoted(word, part), part, calendar)?;
        changes.extend(said.changes);
        objected = said.objection.or(objected);
        if said.recommended && after.is_empty() {
            after.push(PartStep::Recommend(None));
        }
        if !said.words.is_empty() || word.is_empty() {
            plain.push(said.words);
        }
    }
    let (plain, scored) = scored(noun, plain, calendar)?;
    changes.extend(scored);
    let plain = keyed_by_flag(noun, plain, matches);
    let words = plain.as_slice();
    let rest = |from: usize| words[from.min(words.len())..].join(" ");
    let main = text_field(noun);
    let mut say = |text: String| -> Result<()> {
        if !text.is_empty() {
            changes.extend(Change::typed(main, &text, calendar)?);
        }
        Ok(())
    };
    let keyed = matches!(noun.key, PartKey::Field(_));
    let verb = words.first().map(String::as_str);
    let step = match verb {
        Some("list") => return Ok(Wanted::List),
        Some("rm" | "remove") => PartStep::Remove { kind: part, key: key_of(noun, words, 1)? },
        Some("edit") => {
            let key = key_of(noun, words, 1)?;
            say(rest(2))?;
            PartStep::Edit { kind: part, key, changes }
        }
        Some("add") if keyed => {
            let key = key_of(noun, words, 1)?;
            say(rest(2))?;
            PartStep::Put { kind: part, key, changes }
        }
        Some("add") => {
            say(rest(1))?;
            PartStep::Add { kind: part, changes }
        }
        Some(_) if keyed => {
            let key = key_of(noun, words, 0)?;
            say(rest(1))?;
            PartStep::Put { kind: part, key, changes }
        }
        Some(word) => {
            let what = format!("“{word}” is not add, edit, rm or list");
            return Err(Refusal::usage(what).hint(adding((kind, part), matches, word)).into());
        }
        None if changes.is_empty() && after.is_empty() => return Ok(Wanted::List),
        None if keyed => return Err(Refusal::usage(format!("say which {}", noun.name)).into()),
        None => {
            let what = format!("add, edit or rm is not said of {}", noun.one());
            return Err(Refusal::usage(what).hint(adding((kind, part), matches, "…")).into());
        }
    };
    let mut steps = vec![step];
    steps.extend(after);
    if let (PartKind::Prewire, Some(text)) = (part, objected) {
        steps.push(objection(&steps[0], &text, calendar)?);
    }
    Ok(Wanted::Steps(steps))
}

/// `prewire metric rebase m3 add 'A new form'`.
fn adding((kind, part): (Kind, PartKind), matches: &ArgMatches, words: &str) -> String {
    let whose = root::typed(matches, "target").join(",");
    format!("prewire {} {} {whose} add '{words}'", kind.slug(), part.slug())
}

/// A word whose value has spaces gets back the quotes that the shell took.
fn requoted(word: &str, part: PartKind) -> String {
    let several = token::cut(word).tokens.iter().filter_map(token::Token::pair).nth(1).is_some();
    let pair = word.split_once(':').filter(|(key, value)| {
        part_words::takes(part, key)
            && value.contains(char::is_whitespace)
            && !several
            && !value.contains('"')
    });
    match pair {
        Some((key, value)) => format!("{key}:{}", token::quote(value)),
        None => word.to_owned(),
    }
}

/// The objection of the person who is spoken to.
fn objection(prewire: &PartStep, text: &str, calendar: &Calendar) -> Result<PartStep> {
    let noun = PartKind::Objection.noun();
    let typed = |name: &str, text: &str| Change::typed(noun.field(name), text, calendar);
    let mut changes = typed("text", text)?;
    if let PartStep::Put { key, .. } | PartStep::Edit { key, .. } = prewire {
        changes.extend(typed("person", key)?);
    }
    Ok(PartStep::Add { kind: PartKind::Objection, changes })
}

/// A bare number behind the name of what is scored is its score.
fn scored(
    noun: &'static PartNoun,
    mut words: Vec<String>,
    calendar: &Calendar,
) -> Result<(Vec<String>, Vec<Change>)> {
    let field = if noun.kind == PartKind::Score { "score" } else { "level" };
    if !matches!(noun.kind, PartKind::Score | PartKind::Pulse) {
        return Ok((words, Vec::new()));
    }
    let name = usize::from(matches!(words.first().map(String::as_str), Some("add" | "edit")));
    let is_number = |word: &String| word.parse::<i64>().is_ok();
    if !words.get(name + 1).is_some_and(is_number) {
        return Ok((words, Vec::new()));
    }
    let said = words.remove(name + 1);
    Ok((words, Change::typed(noun.field(field), &said, calendar)?))
}

/// What names the part, where it is said by its flag alone.
fn keyed_by_flag(noun: &PartNoun, mut words: Vec<String>, matches: &ArgMatches) -> Vec<String> {
    let PartKey::Field(name) = noun.key else { return words };
    let said = matches.get_one::<String>(&fields::id(noun.field(name))).cloned();
    match (said, words.first().map(String::as_str)) {
        (Some(key), Some("add")) if words.len() == 1 => words.push(key),
        (Some(key), None) => words.push(key),
        (Some(_) | None, _) => {}
    }
    words
}

/// The field that plain words mean: the main one, or what is said where that is its name.
fn text_field(noun: &'static PartNoun) -> &'static Field {
    let is_name = noun.key == PartKey::Field(noun.main);
    let mut said = ["notes", "text", "note"].into_iter().filter(|_| is_name);
    let found = said.find_map(|name| noun.position(name));
    found.map_or_else(|| noun.field(noun.main), |at| &noun.fields[at])
}

fn key_of(noun: &PartNoun, words: &[String], at: usize) -> Result<String> {
    words.get(at).cloned().ok_or_else(|| Refusal::usage(format!("say which {}", noun.name)).into())
}

fn list(
    call: &mut Invocation<'_>,
    workspace: &Workspace,
    owner: crate::domain::item::ItemId,
    part: PartKind,
) -> Result<()> {
    let items = workspace.store().items(&[owner])?;
    let parts = workspace.store().parts(&items)?;
    let names = workspace.store().names_with(&items, &parts)?;
    let all = parts.get(&owner).map_or(&[][..], Vec::as_slice);
    let noun = part.noun();
    if !call.output.is_human() {
        call.output.open(noun.name)?;
        for part in crate::domain::part::of_kind(all, part) {
            let mut json = item_json::part(part, &names);
            if let Json::Object(object) = &mut json {
                let of = items[0].reference.to_string();
                object.insert("ref".to_owned(), Json::String(format!("{of}.{}", part.key(&names))));
                object.insert("title".to_owned(), Json::String(frame::words_of(part, &names)));
            }
            call.output.item(&json)?;
        }
        return call.output.close();
    }
    let mut count = 0;
    for part in crate::domain::part::of_kind(all, part) {
        count += 1;
        let key = Shown::line(&part.key(&names)).pad_right(KEY);
        let line = part_line::of(part, &items[0], &names, call.clock.today());
        call.output.pieces(&[(Role::Header, key), (Role::Plain, Shown::line(&line))])?;
    }
    if count == 0 {
        call.output.say(&format!("{} has no {}", items[0].reference, noun.several()));
    }
    Ok(())
}
