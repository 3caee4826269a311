//! `add`: one item from words and flags, or many from standard input, as one step.

use std::io::Read;

use clap::{Arg, ArgMatches, Command};

use crate::domain::change::{Change, Draft, Edit, Input};
use crate::domain::day::Calendar;
use crate::domain::grammar::quick_add::ChipTone;
use crate::domain::grammar::{Mode, QuickAdd};
use crate::domain::kind::Kind;
use crate::domain::refusal::{Class, Refusal};
use crate::domain::value::Value;
use crate::ops::{Error, Op, Result};

use super::change::{self, Tell};
use super::invocation::{Invocation, is_absent, meant};
use super::tags;
use super::words::{self, Alone};
use super::{fields, given, root};

/// Most that is read from standard input, in bytes.
const MOST: u64 = 64 << 20;

/// `prewire decision add`.
#[must_use]
pub fn command(kind: Kind) -> Command {
    let noun = kind.noun();
    let examples = format!(
        "Examples:\n  prewire {name} add '{example}'\n  prewire {name} add - < lines.txt\n  prewire {name} add - < items.json",
        name = noun.name,
        example = noun.example
    );
    let command = Command::new("add")
        .about(format!("Add {}", noun.one()))
        .before_help(examples)
        .arg(root::words(
            "WORDS",
            "The title and its tokens; - reads standard input, one a line, or JSON",
        ))
        .arg(note());
    let command = root::changing(fields::flags(command, kind));
    if kind == Kind::Outcome {
        let drop = Arg::new("drop")
            .long("drop")
            .value_name("OUTCOME")
            .help("Drop this active outcome and put the new one in its place");
        return command.arg(drop);
    }
    command
}

/// What follows `--`.
pub(super) fn note() -> Arg {
    Arg::new("rest").value_name("NOTE").num_args(0..).last(true).help("What follows is the note")
}

/// A line as it was understood, with the number that it had on standard input.
struct Line {
    number: Option<usize>,
    read: QuickAdd,
}

impl Line {
    fn place(&self) -> Option<String> {
        self.number.map(|number| format!("line {number}"))
    }
}

/// What is to be added.
enum Asked {
    Lines(Vec<Line>),
    /// JSON, in the shape that `--json` prints.
    Objects(Vec<given::Object>),
}

/// Carries out `add`.
///
/// # Errors
/// The first line that is wrong; nothing is added then.
pub fn run(call: &mut Invocation<'_>, kind: Kind, matches: &ArgMatches) -> Result<()> {
    let asked = asked(call, kind, matches)?;
    let opened = if call.dry_run { call.workspace() } else { call.to_change() };
    let absent = is_absent(&opened);
    let mut workspace = if absent { call.nowhere()? } else { opened? };
    let calendar = workspace.calendar();
    let flags = fields::changes(matches, kind, &calendar)?;
    say_days(call, &flags, &calendar);
    let tell = if matches!(asked, Asked::Objects(_)) { Tell::Made } else { Tell::Added };
    let (places, op) = match asked {
        Asked::Lines(lines) => {
            let places: Vec<Option<String>> = lines.iter().map(Line::place).collect();
            let mut drafts = Vec::new();
            for line in lines {
                let place = line.place();
                match &place {
                    None => say_chips(call, &line.read),
                    Some(place) => say_warnings(call, &line.read, &format!("{place}: ")),
                }
                let draft = draft(line.read, &flags);
                drafts.push(draft.map_err(|refusal| placed(refusal, place.as_deref()))?);
            }
            (places, op(&workspace, matches, drafts)?)
        }
        Asked::Objects(objects) => {
            let places: Vec<Option<String>> = object_places(&objects);
            let whole = |(object, place): (&given::Object, &Option<String>)| {
                let given = given::whole(object, kind, &calendar);
                let (mut draft, steps) =
                    given.map_err(|error| in_place(error, place.as_deref()))?;
                draft.changes.extend(flags.iter().cloned());
                Ok((draft, steps))
            };
            let all = objects.iter().zip(&places).map(whole).collect::<Result<_>>()?;
            (places, Op::Make(all))
        }
    };
    let op = tags::asked(call, &mut workspace, op)?;
    if absent {
        // What would be refused is refused before there is a file.
        workspace.rehearse(&op).map_err(|error| at_place(error, &places))?;
        if !call.dry_run {
            workspace = call.create()?;
        }
    }
    change::carry_out(call, &mut workspace, &op, tell).map_err(|error| at_place(error, &places))
}

fn op(
    workspace: &crate::ops::Workspace,
    matches: &ArgMatches,
    mut drafts: Vec<Draft>,
) -> Result<Op> {
    let Some(dropped) = root::flag(matches, "drop") else { return Ok(Op::Add(drafts)) };
    if drafts.len() != 1 {
        return Err(super::misuse("--drop goes with one new outcome"));
    }
    let drop = meant(workspace, &[dropped], &[Kind::Outcome])?[0];
    Ok(Op::Replace { drop, draft: drafts.swap_remove(0) })
}

fn asked(call: &Invocation<'_>, kind: Kind, matches: &ArgMatches) -> Result<Asked> {
    let typed = root::typed(matches, "words");
    let note = root::typed(matches, "rest").join(" ");
    let calendar = call.calendar()?;
    let read = |text: &str, number| Line {
        number,
        read: QuickAdd::read(text, kind, &calendar, Mode::Add),
    };
    if typed.first().is_some_and(|first| first == "-") && typed.len() > 1 {
        let more = typed[1..].join(" ");
        let refusal =
            Refusal::usage(format!("“{more}” stands beside -, which reads standard input"));
        return Err(refusal.hint("say it in each line, or as a flag: --due fri").into());
    }
    if typed != ["-"] {
        let line = words::line(&typed, kind, &calendar, Alone::Line);
        let line = if note.is_empty() { line } else { format!("{line} -- {note}") };
        return Ok(Asked::Lines(vec![read(&line, None)]));
    }
    let text = standard_input()?;
    if given::is_json(&text) {
        return Ok(Asked::Objects(given::objects(&text)?));
    }
    let lines: Vec<Line> = text
        .lines()
        .enumerate()
        .filter(|(_, line)| !line.trim().is_empty())
        .map(|(at, line)| read(line, Some(at + 1)))
        .collect();
    if lines.is_empty() {
        return Err(Refusal::input("standard input holds no line").into());
    }
    Ok(Asked::Lines(lines))
}

pub(super) fn standard_input() -> Result<String> {
    let mut text = String::new();
    let read = std::io::stdin().lock().take(MOST + 1).read_to_string(&mut text);
    read.map_err(|error| {
        let what = match error.kind() {
            std::io::ErrorKind::InvalidData => "standard input is not UTF-8 text".to_owned(),
            _ => format!("standard input could not be read: {error}"),
        };
        Refusal::input(what).hint("nothing was changed; save it as UTF-8, and try again")
    })?;
    if text.len() as u64 > MOST {
        let what = format!("standard input has more than {} MB", MOST >> 20);
        return Err(Refusal::input(what).hint("nothing was changed").into());
    }
    if let Some(at) = text.lines().position(|line| line.contains('\0')) {
        let what = format!("line {} of standard input holds a NUL character", at + 1);
        return Err(Refusal::input(what).hint("nothing was changed; it must be text").into());
    }
    Ok(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text))
}

fn draft(mut read: QuickAdd, flags: &[Change]) -> std::result::Result<Draft, Refusal> {
    let titled = |change: &&Change| change.field.name == "title";
    if let Some(Change { edit: Edit::Set(Input::Value(Value::Text(title))), field }) =
        flags.iter().find(titled)
    {
        if !read.title.is_empty() {
            return Err(Refusal::usage(format!(
                "the {} is there twice: as words and as --title",
                field.label
            )));
        }
        read.title.clone_from(title);
    }
    fields::refuse_twice(&read.changes, flags)?;
    read.changes.extend(flags.iter().filter(|change| !titled(change)).cloned());
    read.draft()
}

/// What was not understood.
fn say_warnings(call: &mut Invocation<'_>, read: &QuickAdd, place: &str) {
    for chip in read.chips.iter().filter(|chip| chip.tone == ChipTone::Warning) {
        call.output.say(&format!("{place}{}", chip.label));
    }
}

/// The days among the flags, as they were understood.
pub(super) fn say_days(call: &mut Invocation<'_>, flags: &[Change], calendar: &Calendar) {
    let days = fields::days(flags, calendar);
    if call.output.is_human() && !days.is_empty() {
        call.output.say(&days.join(" · "));
    }
}

/// What was understood, with the dates resolved, and what was not.
pub(super) fn say_chips(call: &mut Invocation<'_>, read: &QuickAdd) {
    say_warnings(call, read, "");
    if read.wrong.is_none() && call.output.is_human() {
        let understood: Vec<&str> = read
            .chips
            .iter()
            .filter(|chip| chip.tone == ChipTone::Understood && chip.label.contains('→'))
            .map(|chip| chip.label.as_str())
            .collect();
        if !understood.is_empty() {
            call.output.say(&understood.join(" · "));
        }
    }
}

/// Of several objects, which one: `item 3 “Which tier?”`.
fn object_places(objects: &[given::Object]) -> Vec<Option<String>> {
    let place = |(at, object): (usize, &given::Object)| {
        let title = object.get("title").and_then(serde_json::Value::as_str);
        let title = title.map_or_else(String::new, |title| format!(" “{title}”"));
        (objects.len() > 1).then(|| format!("item {}{title}", at + 1))
    };
    objects.iter().enumerate().map(place).collect()
}

fn placed(refusal: Refusal, place: Option<&str>) -> Refusal {
    let Some(place) = place else { return refusal };
    let what = format!("{place}: {}", refusal.what);
    let hint = refusal.hint.map_or_else(
        || "nothing was added".to_owned(),
        |hint| format!("nothing was added; {hint}"),
    );
    // A ref that nothing bears ends as it does without standard input.
    let class = if refusal.class == Class::Missing { Class::Missing } else { Class::Input };
    Refusal { class, what, hint: Some(hint), ..refusal }
}

fn in_place(error: Error, place: Option<&str>) -> Error {
    match error {
        Error::Refused(refusal) => placed(refusal, place).into(),
        other => other,
    }
}

fn at_place(error: Error, places: &[Option<String>]) -> Error {
    let at = match &error {
        Error::Refused(refusal) => refusal.at,
        _ => None,
    };
    match at.and_then(|at| places.get(at)) {
        Some(place) => in_place(error, place.as_deref()),
        None => error,
    }
}
