//! `list`: a backlog in its own order, filtered by the words of the grammar.

use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};

use crate::domain::item::ItemId;
use crate::domain::kind::Kind;
use crate::domain::refusal::Refusal;
use crate::ops::{ListQuery, Page, Result, View, Workspace};
use crate::store::filter::Sort;
use crate::store::listing::Closed;

use super::invocation::Invocation;
use super::output::Format;
use super::words::{self, Alone};
use super::{csv, fields, root, table};

/// Rows that a person gets without asking for more.
const SCREENFUL: usize = 50;
/// Items read at a time for a machine.
const BATCH: usize = 500;

/// `prewire decision list`.
#[must_use]
pub fn command(kind: Kind) -> Command {
    let noun = kind.noun();
    let due =
        if noun.due.is_some() { "due:week @maya".to_owned() } else { super::edit::example(kind) };
    let number = |name: &'static str, help: &'static str| {
        Arg::new(name).long(name).value_name("N").value_parser(value_parser!(usize)).help(help)
    };
    Command::new("list")
        .about(format!("List {}", noun.plural))
        .before_help(format!(
            "Examples:\n  prewire {name} list {due}\n  prewire {name} list --closed --json",
            name = noun.name
        ))
        .arg(root::words(
            "FILTER",
            "What to show: words of the title, or tokens such as is:blocked",
        ))
        .arg(
            Arg::new("view")
                .long("view")
                .value_name("NAME")
                .help("As a saved view shows it; what is typed beside it narrows it"),
        )
        .args(order())
        .arg(number("limit", "At most so many; 0 is all (a table for people stops at 50)"))
        .arg(number("offset", "Leave out so many at the start"))
}

/// The flags that say in which order, and whether with closed ones.
#[must_use]
pub fn order() -> [Arg; 3] {
    let sort = Arg::new("sort")
        .long("sort")
        .value_name("FIELD")
        .help("By a field, by ref or by updated, instead of the order of the backlog");
    let reverse = switch("reverse", "Turn the order round");
    [sort, reverse, switch("closed", "Show closed ones too")]
}

fn switch(name: &'static str, help: &'static str) -> Arg {
    Arg::new(name).long(name).action(ArgAction::SetTrue).help(help)
}

/// Carries out `list`.
///
/// # Errors
/// `Absent` without a workspace; a refusal of the filter.
pub fn run(call: &mut Invocation<'_>, kind: Kind, matches: &ArgMatches) -> Result<()> {
    let mut workspace = call.workspace()?;
    let view = view(&workspace, kind, matches)?;
    let columns = view.columns.clone().unwrap_or_else(|| kind.noun().columns.to_vec());
    let query = query(call, view.query, matches)?;
    let reverse = matches.get_flag("reverse");
    let told = workspace.page(&query, 0..0)?;
    for warning in &told.warnings {
        // A word that is no term stays a word; what is half said narrows nothing.
        let (what, advice) = warning.split_once("; ").unwrap_or((warning, ""));
        if what.contains(": is not a field of") {
            let advice = if advice.is_empty() { String::new() } else { format!("; {advice}") };
            call.output.say(&format!("{what}, so it is looked for in the title{advice}"));
        } else {
            call.output.say(warning);
        }
    }
    let human = call.output.is_human();
    let limit = matches.get_one::<usize>("limit").copied();
    let most = limit.unwrap_or(if human { SCREENFUL } else { 0 });
    let start = matches.get_one::<usize>("offset").copied().unwrap_or(0).min(told.total);
    let all = told.total - start;
    let end = start + if most == 0 { all } else { most.min(all) };
    let turned = reverse && query.sort == Sort::Backlog;
    let span = if turned { told.total - end..told.total - start } else { start..end };
    let mut ids = workspace.ids_at(&query, span)?;
    if turned {
        ids.reverse();
    }
    if !human {
        return for_machines(call, &workspace, kind, &ids);
    }
    if kind == Kind::Escalation {
        for (words, load) in workspace.fires()? {
            call.output.say(&format!("{words}: {}", load.drafts()));
        }
    }
    if told.total == 0 {
        call.output.say(&nothing(&query, &told));
        return Ok(());
    }
    for_people(call, &workspace, (kind, &columns), &ids)?;
    if end < told.total {
        call.output.say(&format!("… {} more, --limit 0 shows all", told.total - end));
    }
    if kind == Kind::Metric && query.filter.is_empty() {
        call.output.say("what else can be measured: prewire metric catalogue");
    }
    Ok(())
}

/// Lists what a filter finds, closed ones too.
///
/// # Errors
/// A refusal of the filter, or a storage error.
pub fn found(
    call: &mut Invocation<'_>,
    workspace: &mut Workspace,
    kind: Kind,
    filter: &str,
) -> Result<()> {
    let filter = filter.to_owned();
    let query = ListQuery { filter, closed: Closed::Shown, ..ListQuery::all(kind) };
    let ids = workspace.all_ids(&query)?;
    if call.output.is_human() {
        for_people(call, workspace, (kind, kind.noun().columns), &ids)
    } else {
        for_machines(call, workspace, kind, &ids)
    }
}

/// The saved view that is named, else the backlog as it is.
fn view(workspace: &Workspace, kind: Kind, matches: &ArgMatches) -> Result<View> {
    let Some(name) = root::flag(matches, "view") else {
        return Ok(View::new("", ListQuery::all(kind)));
    };
    let view = workspace.view(&name)?;
    if view.query.kind == kind {
        return Ok(view);
    }
    let other = view.query.kind.noun();
    Err(Refusal::usage(format!("“{}” is a view of {}", view.name, other.plural))
        .hint(format!("prewire {} list --view \"{}\"", other.name, view.name))
        .into())
}

/// What to list: what the view shows, narrowed and ordered by what was typed.
fn query(call: &Invocation<'_>, mut query: ListQuery, matches: &ArgMatches) -> Result<ListQuery> {
    let kind = query.kind;
    let typed = root::typed(matches, "words");
    let typed = words::line(&typed, kind, &call.calendar()?, Alone::Value);
    query.filter = match (query.filter.is_empty(), typed.is_empty()) {
        (false, false) => format!("({}) ({typed})", query.filter),
        (true, _) => typed,
        (false, true) => query.filter,
    };
    if root::flag(matches, "sort").is_some() {
        query.sort = sort_of(kind, matches)?;
    }
    if matches.get_flag("closed") {
        query.closed = Closed::Shown;
    }
    Ok(query)
}

/// The order that the flags ask for.
///
/// # Errors
/// A refusal with the fields that there are.
pub fn sort_of(kind: Kind, matches: &ArgMatches) -> Result<Sort> {
    let reverse = matches.get_flag("reverse");
    Ok(match root::flag(matches, "sort").as_deref() {
        None | Some("backlog") => Sort::Backlog,
        Some("updated" | "updated_at") => Sort::Updated { descending: !reverse },
        Some("ref") => Sort::Reference { descending: reverse },
        Some(word) => Sort::Field { name: fields::named(kind, word)?.name, descending: reverse },
    })
}

fn for_people(
    call: &mut Invocation<'_>,
    workspace: &Workspace,
    shape: (Kind, &[&'static str]),
    ids: &[ItemId],
) -> Result<()> {
    let (rows, names) = workspace.rows(ids)?;
    table::print(call.output, shape, &rows, &names, call.clock.today())
}

/// Why there is nothing to see, and what to do about it.
fn nothing(query: &ListQuery, told: &Page) -> String {
    let noun = query.kind.noun();
    if told.open == 0 && told.closed_matches == 0 {
        no_open(noun)
    } else if told.open == 0 {
        let count = told.closed_matches;
        format!("no open {}; {count} closed, --closed shows them", noun.plural)
    } else if told.closed_matches > 0 {
        format!(
            "none of the {} open {} match; {} closed ones do, --closed shows them",
            told.open, noun.plural, told.closed_matches
        )
    } else if query.closed == Closed::Shown {
        format!("no {} match, open or closed", noun.plural)
    } else {
        format!("none of the {} open {} match", told.open, noun.plural)
    }
}

fn for_machines(
    call: &mut Invocation<'_>,
    workspace: &Workspace,
    kind: Kind,
    ids: &[ItemId],
) -> Result<()> {
    let format = call.output.format();
    call.output.open(kind.slug())?;
    if format == Format::Csv {
        call.output.record(&csv::header(kind))?;
    }
    for batch in ids.chunks(BATCH) {
        let items = workspace.store().items(batch)?;
        let guesses = workspace.guesses_of(&items)?;
        let blocked = workspace.blocked(&items)?;
        let told = workspace.told_of(items)?;
        let names = &told.names;
        for item in &told.items {
            match format {
                Format::Csv => call.output.record(&csv::row(item, names))?,
                Format::Plain => {
                    let is_blocked = blocked.contains(&item.id);
                    call.output.fields(&table::plain(item, is_blocked, names))?;
                }
                Format::Human | Format::Json | Format::JsonLines => {
                    let mut json = told.json(item);
                    if kind == Kind::Entry {
                        json["guess"] = guesses.get(&item.id).map(|band| band.slug()).into();
                    }
                    if kind.noun().answering("blocked_by").is_some() {
                        json["blocked"] = blocked.contains(&item.id).into();
                    }
                    call.output.item(&json)?;
                }
            }
        }
    }
    call.output.close()
}

/// Nothing is open: how to begin. Meetings come in from calendars, and a run is begun by its ritual.
fn no_open(noun: &crate::domain::noun::Noun) -> String {
    let way = if noun.kind == Kind::Meeting {
        "they come from a calendar: prewire import calendar.ics".to_owned()
    } else if noun.kind.is_added() {
        format!("add one: prewire {} add '{}'", noun.name, noun.example)
    } else {
        format!("those that are over: prewire {} list --closed", noun.name)
    };
    format!("no open {}; {way}", noun.plural)
}
