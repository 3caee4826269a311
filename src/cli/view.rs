//! `view`: saves what a list shows under a name, lists the names, removes one. `list --view` and
//! the screen show it.

use clap::builder::PossibleValuesParser;
use clap::{Arg, ArgAction, ArgMatches, Command};
use serde_json::{Value as Json, json};

use crate::domain::kind::Kind;
use crate::ops::{ListQuery, Op, Result, View};
use crate::store::listing::Closed;

use super::families::Family;
use super::invocation::{Invocation, is_absent};
use super::output::Format;
use super::words::{self, Alone};
use super::{fields, list, misuse, root};

/// How rows can be laid out.
const LAYOUTS: [&str; 2] = ["table", "board"];

pub const FAMILY: Family = Family { name: "view", command, run };

fn command() -> Command {
    let name = || Arg::new("name").value_name("NAME").required(true).help("The name of the view");
    let kinds = Kind::ALL.map(|kind| kind.noun().name);
    let kind = Arg::new("kind")
        .value_name("KIND")
        .required(true)
        .value_parser(PossibleValuesParser::new(kinds))
        .help("What it lists");
    let columns = Arg::new("columns")
        .long("columns")
        .value_name("FIELDS")
        .help("The columns after ref and title, between commas, instead of those of the kind");
    let layout = Arg::new("layout")
        .long("layout")
        .value_name("LAYOUT")
        .value_parser(PossibleValuesParser::new(LAYOUTS))
        .help("As a table, or as a board with a column for each state");
    let start = Arg::new("start")
        .long("start")
        .action(ArgAction::SetTrue)
        .help("Open the workspace with it");
    let save = Command::new("save")
        .about("Save a view, in the place of one of the same name")
        .before_help(
            "Examples:\n  prewire view save late decision due:overdue @me --sort needed_by --start\n  \
             prewire decision list --view late",
        )
        .args([name(), kind])
        .arg(root::words("FILTER", "What it shows, in the words of a filter"))
        .args(list::order())
        .args([columns, layout, start]);
    Command::new("view")
        .about("Saved views: a filter, an order and a layout under a name")
        .subcommand_required(true)
        .arg_required_else_help(true)
        .subcommand(root::changing(save))
        .subcommand(Command::new("list").about("List the saved views"))
        .subcommand(root::changing(Command::new("rm").about("Remove a view").arg(name())))
}

fn run(call: &mut Invocation<'_>, matches: &ArgMatches) -> Result<()> {
    match matches.subcommand() {
        Some(("save", rest)) => save(call, rest),
        Some(("rm", rest)) => remove(call, rest),
        _ => show_all(call),
    }
}

fn save(call: &mut Invocation<'_>, matches: &ArgMatches) -> Result<()> {
    let slug = root::flag(matches, "kind").unwrap_or_default();
    let kind = Kind::from_slug(&slug).ok_or_else(|| misuse(format!("“{slug}” is no kind")))?;
    let filter = root::typed(matches, "words");
    let query = ListQuery {
        filter: words::line(&filter, kind, &call.calendar()?, Alone::Value),
        sort: list::sort_of(kind, matches)?,
        closed: if matches.get_flag("closed") { Closed::Shown } else { Closed::Hidden },
        ..ListQuery::all(kind)
    };
    let columns = root::flag(matches, "columns").map(|names| {
        let named = |name: &str| Ok(fields::named(kind, name.trim())?.name);
        names.split(',').filter(|name| !name.trim().is_empty()).map(named).collect::<Result<_>>()
    });
    let view = View {
        columns: columns.transpose()?,
        layout: root::flag(matches, "layout").filter(|name| name != "table").unwrap_or_default(),
        starts: matches.get_flag("start"),
        ..View::new(&root::flag(matches, "name").unwrap_or_default(), query)
    };
    change(call, &Op::SaveView(Box::new(view.clone())))?;
    tell(call, &[view])
}

fn remove(call: &mut Invocation<'_>, matches: &ArgMatches) -> Result<()> {
    change(call, &Op::ForgetView(root::flag(matches, "name").unwrap_or_default()))?;
    tell(call, &[])
}

fn change(call: &mut Invocation<'_>, op: &Op) -> Result<()> {
    let opened = call.to_change_or_look();
    let mut workspace = match op {
        Op::SaveView(_) if is_absent(&opened) && call.dry_run => call.nowhere()?,
        Op::SaveView(_) if is_absent(&opened) => call.create()?,
        _ => opened?,
    };
    if call.dry_run {
        let label = workspace.rehearse(op)?.done.label;
        call.output.say(&label);
        call.output.say("dry run: nothing was changed");
    } else {
        let done = workspace.run(op)?;
        let undo = if done.seq.is_some() { " · undo: prewire undo" } else { "" };
        call.output.say(&format!("{}{undo}", done.label));
    }
    Ok(())
}

/// The views for a machine; a person has read the label.
fn tell(call: &mut Invocation<'_>, views: &[View]) -> Result<()> {
    if call.output.is_human() { Ok(()) } else { print(call, views) }
}

fn show_all(call: &mut Invocation<'_>) -> Result<()> {
    let views = call.workspace()?.views()?;
    if views.is_empty() && call.output.is_human() {
        call.output.say("no view is saved; prewire view save NAME KIND FILTER…");
        return Ok(());
    }
    print(call, &views)
}

fn print(call: &mut Invocation<'_>, views: &[View]) -> Result<()> {
    call.output.open("view")?;
    call.output.columns(&["name", "shows"])?;
    for view in views {
        match call.output.format() {
            Format::Json | Format::JsonLines => call.output.item(&as_json(view))?,
            _ => call.output.fields(&[view.name.clone(), view.words()])?,
        }
    }
    call.output.close()
}

fn as_json(view: &View) -> Json {
    json!({
        "ref": view.name,
        "title": view.words(),
        "kind": view.query.kind.slug(),
        "filter": view.query.filter,
        "sort": view.query.sort.written(),
        "closed": view.query.closed == Closed::Shown,
        "layout": if view.layout.is_empty() { "table" } else { &view.layout },
        "columns": view.columns,
        "starts": view.starts,
    })
}
