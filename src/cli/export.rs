//! `export`: the whole workspace as JSON, a list as CSV, the backlog as Markdown; to standard
//! output, or to a file that appears whole or not at all.

use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use clap::builder::PossibleValuesParser;
use clap::{Arg, ArgAction, ArgMatches, Command, ValueHint};
use serde_json::json;

use crate::domain::kind::Kind;
use crate::domain::nearest::nearest;
use crate::domain::refusal::Refusal;
use crate::exchange::output::Existing;
use crate::ops::transfer::{self, Accounts, Exported, Published};
use crate::ops::{ListQuery, Result, Workspace};
use crate::store::listing::Closed;

use super::families::Family;
use super::invocation::Invocation;
use super::words::{self, Alone};
use super::{madr, misuse, root};

pub const FAMILY: Family = Family { name: "export", command, run };

fn command() -> Command {
    let forms = PossibleValuesParser::new(["json", "csv", "md", "html", "madr", "ics"]);
    Command::new("export")
        .about("Take things out: the workspace as JSON, a list as CSV, the backlog as Markdown")
        .before_help(
            "Examples:\n  prewire export json --out workspace.json\n  \
             prewire export csv decision due:week --out decisions.csv\n  \
             prewire export md --out backlog.md\n  prewire export html --out pack.html\n  \
             prewire export madr d12 --out d12.md\n  prewire export madr state:decided --out decisions/\n  \
             prewire export ics on:week --out ~/calendars/prewire/",
        )
        .arg(Arg::new("form").value_name("json|csv|md|html|madr|ics").required(true).value_parser(forms))
        .arg(root::words("KIND FILTER", "For csv and md: which list, and which of its rows"))
        .arg(
            Arg::new("out")
                .long("out")
                .short('o')
                .value_name("FILE")
                .value_hint(ValueHint::FilePath)
                .help("Where to; - or nothing is standard output"),
        )
        .arg(switch("force", "Replace the file when it is there already"))
        .arg(
            Arg::new("remind")
                .long("remind")
                .value_name("MINUTES")
                .value_parser(clap::value_parser!(u32).range(0..=40_320))
                .help("For ics: an alarm so many minutes before each block"),
        )
        .arg(switch("mask-accounts", "Customers as Account 1, Account 2 …, in every text; not for ics"))
        .arg(switch("closed", "Closed ones too"))
}

fn switch(name: &'static str, help: &'static str) -> Arg {
    Arg::new(name).long(name).action(ArgAction::SetTrue).help(help)
}

/// What is asked for.
enum Form {
    Json,
    Csv(ListQuery),
    Markdown(Option<ListQuery>),
    /// The pack of a meeting about these decisions.
    Html(String),
    /// Blocks, with an alarm so many minutes before.
    Ics(ListQuery, Option<u32>),
}

fn run(call: &mut Invocation<'_>, matches: &ArgMatches) -> Result<()> {
    if root::flag(matches, "form").as_deref() == Some("madr") {
        return madr::export(call, matches);
    }
    let form = form(call, matches)?;
    let accounts = accounts(matches);
    if matches!((&form, accounts), (Form::Ics(..), Accounts::Masked)) {
        return Err(misuse(
            "a calendar is not masked; --mask-accounts is for json, csv, md, html, madr",
        ));
    }
    let mut workspace = call.workspace()?;
    let place = root::flag(matches, "out").filter(|place| place != "-");
    let Some(place) = place.map(PathBuf::from) else {
        let mut out = BufWriter::new(std::io::stdout());
        write(&mut workspace, &form, accounts, &mut out)?;
        return out.flush().map_err(Into::into);
    };
    if let (Form::Ics(query, remind), true) = (&form, place.is_dir() || ends_as_folder(&place)) {
        return publish(call, &mut workspace, query, *remind, &place);
    }
    let existing = if matches.get_flag("force") { Existing::Replace } else { Existing::Keep };
    let done =
        transfer::to_file(&place, existing, |out| write(&mut workspace, &form, accounts, out))?;
    if call.output.is_human() {
        let what = match form {
            Form::Html(_) => String::new(),
            Form::Ics(..) if done.items == 1 => "1 block to ".to_owned(),
            Form::Ics(..) => format!("{} blocks to ", done.items),
            Form::Json | Form::Csv(_) | Form::Markdown(_) if done.items == 1 => {
                "1 item to ".to_owned()
            }
            Form::Json | Form::Csv(_) | Form::Markdown(_) => format!("{} items to ", done.items),
        };
        call.output.say(&format!("wrote {what}{}", place.display()));
        return Ok(());
    }
    call.output.open("export")?;
    let file = place.display().to_string();
    call.output.item(&json!({ "title": file, "file": file, "items": done.items }))?;
    call.output.close()
}

/// Whether the names of accounts are told.
pub(super) fn accounts(matches: &ArgMatches) -> Accounts {
    if matches.get_flag("mask-accounts") { Accounts::Masked } else { Accounts::Named }
}

fn write(
    workspace: &mut Workspace,
    form: &Form,
    accounts: Accounts,
    out: &mut dyn Write,
) -> Result<Exported> {
    match form {
        Form::Json => workspace.export_json_with(accounts, out),
        Form::Csv(query) => workspace.export_csv_with(query, accounts, out),
        Form::Markdown(query) => workspace
            .masks(accounts)?
            .markdown(out, |out| workspace.export_markdown(query.as_ref(), out)),
        Form::Ics(query, remind) => workspace.export_ics(query, *remind, out),
        Form::Html(filter) => {
            let page = workspace.meeting_pack(filter)?;
            let page = workspace.masks(accounts)?.page(page);
            page.write(crate::exchange::page::Form::Html, out)?;
            Ok(Exported { items: page.blocks.len() })
        }
    }
}

fn form(call: &Invocation<'_>, matches: &ArgMatches) -> Result<Form> {
    let words = root::typed(matches, "words");
    let closed = if matches.get_flag("closed") { Closed::Shown } else { Closed::Hidden };
    let query = |kind: Kind, rest: &[String]| -> Result<ListQuery> {
        let filter = words::line(rest, kind, &call.calendar()?, Alone::Value);
        Ok(ListQuery { filter, closed, ..ListQuery::all(kind) })
    };
    let named = words.first().and_then(|word| kind_of(word));
    match root::flag(matches, "form").as_deref() {
        Some("json") if words.is_empty() => Ok(Form::Json),
        Some("json") => Err(misuse("export json takes the whole workspace, no list")),
        Some("html") => Ok(Form::Html(query(Kind::Decision, &words)?.filter)),
        Some("ics") => {
            let rest = if named == Some(Kind::Block) { &words[1..] } else { &words[..] };
            Ok(Form::Ics(query(Kind::Block, rest)?, matches.get_one("remind").copied()))
        }
        Some("csv") if named.is_none() => {
            refuse_bare(words.first())?;
            query(Kind::Decision, &words).map(Form::Csv)
        }
        Some("csv") => query(named.unwrap_or(Kind::Decision), &words[1..]).map(Form::Csv),
        _ => match named {
            Some(kind) => query(kind, &words[1..]).map(Some).map(Form::Markdown),
            None if words.is_empty() => Ok(Form::Markdown(None)),
            None => Err(misuse("name the list before the filter, for example: decision due:week")),
        },
    }
}

fn ends_as_folder(place: &Path) -> bool {
    place.as_os_str().as_encoded_bytes().ends_with(b"/")
}

/// A folder with a file for each block.
fn publish(
    call: &mut Invocation<'_>,
    workspace: &mut Workspace,
    query: &ListQuery,
    remind: Option<u32>,
    folder: &Path,
) -> Result<()> {
    let done = workspace.publish_ics(query, remind, folder)?;
    let folder = folder.display().to_string();
    if call.output.is_human() {
        let Published { written, unchanged, removed } = done;
        call.output.say(&format!(
            "{folder}: {written} written, {unchanged} as they were, {removed} removed"
        ));
        return Ok(());
    }
    call.output.open("export")?;
    call.output.item(&json!({
        "title": folder, "file": folder, "items": done.written + done.unchanged,
        "written": done.written, "unchanged": done.unchanged, "removed": done.removed,
    }))?;
    call.output.close()
}

/// A bare word before the filter is to name a list.
fn refuse_bare(word: Option<&String>) -> Result<()> {
    let is_token =
        |word: &String| word.contains([':', '=', '<', '>', '!', '@', '+', '-', '(', '"']);
    let Some(word) = word.filter(|word| !is_token(word)) else { return Ok(()) };
    let names = Kind::ALL.iter().map(|kind| kind.noun().name);
    let hint = match nearest(&word.to_lowercase(), names) {
        Some(name) => format!("did you mean {name}?"),
        None => "name the list before the filter, for example: decision due:week".to_owned(),
    };
    Err(Refusal::usage(format!("“{word}” is no list")).hint(hint).into())
}

/// `decision` or `decisions`.
fn kind_of(word: &str) -> Option<Kind> {
    let word = word.to_lowercase();
    Kind::ALL.into_iter().find(|kind| kind.slug() == word || kind.noun().plural == word)
}
