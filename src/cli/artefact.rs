//! What only artefacts have on the command line: writing their text, the page that they become,
//! and the streak.

use std::io::{IsTerminal, Read};
use std::path::Path;

use clap::{Arg, ArgMatches, Command};
use serde_json::json;

use crate::domain::artefact::open_gaps;
use crate::domain::change::{Change, Edit, Input};
use crate::domain::kind::Kind;
use crate::domain::refusal::Refusal;
use crate::domain::value::Value;
use crate::exchange::html_page::{Head, Page};
use crate::exchange::page::Form;
use crate::ops::{Error, Op, Result};

use super::change::{self, Tell};
use super::invocation::{Asking, Invocation, meant};
use super::nouns::Own;
use super::{edit, misuse, report, root};

/// Most that is read as the text of one artefact, in bytes.
const MOST: u64 = 1 << 20;

pub const ALL: &[Own] = &[
    Own { name: "write", command: write_command, run: write },
    Own { name: "page", command: page_command, run: page },
    Own { name: "streak", command: streak_command, run: streak },
];

fn write_command() -> Command {
    root::changing(
        Command::new("write")
            .about("Write the text in your editor, or take it from a file")
            .before_help(
                "Examples:\n  prewire artefact write f1\n  prewire artefact write f1 --from memo.md\n  \
                 prewire artefact write f1 --from - < memo.md",
            )
            .arg(edit::target())
            .arg(
                Arg::new("from")
                    .long("from")
                    .value_name("FILE")
                    .help("Take the text from a file; - is standard input"),
            ),
    )
}

fn write(call: &mut Invocation<'_>, matches: &ArgMatches) -> Result<()> {
    let mut workspace = call.to_change_or_look()?;
    let id = meant(&workspace, &root::typed(matches, "target"), &[Kind::Artefact])?[0];
    let before = workspace.store().item(id)?.ok_or_else(|| Refusal::missing("it is not there"))?;
    let text = match root::flag(matches, "from") {
        Some(file) => read(&file)?,
        None if call.asking == Asking::Possible && std::io::stdout().is_terminal() => {
            let edited = crate::tui::editor::edit(before.text("body"));
            let edited = edited.map_err(Refusal::input)?;
            let Some(text) = edited else {
                call.output.say("the text is as it was");
                return Ok(());
            };
            text
        }
        None => return Err(misuse("there is no terminal for an editor; say --from FILE")),
    };
    let field = Kind::Artefact.noun().field("body");
    let edit = Edit::Set(Input::Value(Value::Text(text)));
    let op = Op::Save { base: Box::new(before), changes: vec![Change { field, edit }] };
    change::carry_out(call, &mut workspace, &op, Tell::Changed)
}

fn read(file: &str) -> Result<String> {
    let wrong = |error: std::io::Error| Error::unreadable(Path::new(file), &error);
    let mut text = String::new();
    if file == "-" {
        std::io::stdin().lock().take(MOST + 1).read_to_string(&mut text).map_err(wrong)?;
    } else {
        let opened = std::fs::File::open(file).map_err(wrong)?;
        opened.take(MOST + 1).read_to_string(&mut text).map_err(wrong)?;
    }
    if text.len() as u64 > MOST {
        return Err(Refusal::input(format!("{file} has more than a megabyte")).into());
    }
    Ok(text.trim_end().to_owned())
}

fn page_command() -> Command {
    report::with_form(
        Command::new("page")
            .about("An artefact as a page that can be sent")
            .before_help(
                "Examples:\n  prewire artefact page f1\n  \
                 prewire artefact page f1 --format html --out update.html",
            )
            .arg(edit::target()),
    )
}

fn page(call: &mut Invocation<'_>, matches: &ArgMatches) -> Result<()> {
    let workspace = call.workspace()?;
    let id = meant(&workspace, &root::typed(matches, "target"), &[Kind::Artefact])?[0];
    let (item, text) = workspace.artefact_text(id)?;
    let gaps = open_gaps(&text);
    if !gaps.is_empty() {
        call.output.say(&format!("still open: {}", gaps.join(", ")));
    }
    let form = root::flag(matches, "format").as_deref().and_then(Form::named).unwrap_or_default();
    report::to(call, matches, |out| match form {
        Form::Html => out.write_all(as_html(&item, &text).as_bytes()).map_err(Into::into),
        Form::Markdown => writeln!(out, "{text}").map_err(Into::into),
        Form::Text => crate::exchange::plain::write(&text, out).map_err(Into::into),
    })
}

/// The heading of the text is that of the page.
fn as_html(item: &crate::domain::item::Item, text: &str) -> String {
    let (title, rest) = match text.strip_prefix("# ") {
        Some(text) => text.split_once('\n').unwrap_or((text, "")),
        None => (item.title(), text),
    };
    let about = match item.day("shipped_on") {
        Some(on) => format!("shipped on {}", on.format("%-d %B %Y")),
        None => "draft".to_owned(),
    };
    let head = Head { title: title.to_owned(), about, foot: String::new() };
    let mut page = Page::begin(&head);
    page.markdown(rest.trim(), 1);
    page.finish()
}

fn streak_command() -> Command {
    Command::new("streak")
        .about("How many weeks in a row shipped an artefact, and what this week holds")
        .before_help("Examples:\n  prewire artefact streak\n  prewire artefact streak --json")
}

fn streak(call: &mut Invocation<'_>, _: &ArgMatches) -> Result<()> {
    let workspace = call.workspace()?;
    let rhythm = workspace.rhythm()?;
    let keys = |weeks: &[crate::domain::week::Week]| -> Vec<String> {
        weeks.iter().map(ToString::to_string).collect()
    };
    if !call.output.is_human() {
        call.output.open("streak")?;
        call.output.item(&json!({
            "ref": "streak", "title": "Artefact streak", "weeks": rhythm.streak,
            "week": rhythm.week.to_string(), "slot": rhythm.slot.words(call.clock.today()),
            "shipped": keys(&rhythm.shipped), "leave": keys(&rhythm.frozen),
        }))?;
        return call.output.close();
    }
    let words = rhythm.words(call.clock.today());
    call.output.line(&format!("{}  {words}", &rhythm.week.to_string()[5..]))
}
