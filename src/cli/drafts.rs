//! `drafts`: what was typed in the screen and not saved, from any session. The screen offers it
//! again by itself; here it is read, taken elsewhere, or thrown away.

use clap::{Arg, ArgMatches, Command};
use serde_json::{Value as Json, json};

use crate::domain::refusal::Refusal;
use crate::ops::Result;
use crate::store::error::DoingFile;
use crate::tui::drafts::{Kept, Shelf};

use super::families::Family;
use super::invocation::Invocation;
use super::output::Format;
use super::root;

pub const FAMILY: Family = Family { name: "drafts", command, run };

fn command() -> Command {
    let number = || {
        Arg::new("number")
            .value_name("NUMBER")
            .required(true)
            .value_parser(clap::value_parser!(u32))
            .help("The number in the list")
    };
    Command::new("drafts")
        .about("What was typed and not saved: list it, show it, throw it away")
        .before_help("Examples:\n  prewire drafts\n  prewire drafts show 1\n  prewire drafts rm 1")
        .subcommand(Command::new("list").about("List what was typed and not saved"))
        .subcommand(Command::new("show").about("Show one in full").arg(number()))
        .subcommand(root::changing(
            Command::new("rm").about("Throw one away, for good").arg(number()),
        ))
}

fn run(call: &mut Invocation<'_>, matches: &ArgMatches) -> Result<()> {
    let workspace = call.workspace()?;
    let state = call.places().state;
    let shelf = state.map(|state| Shelf::of(&state, workspace.store().uuid()));
    let kept = shelf.as_ref().map(Shelf::list).unwrap_or_default();
    let Some((name, rest)) = matches.subcommand().filter(|(name, _)| *name != "list") else {
        return list(call, &kept);
    };
    let number = rest.get_one::<u32>("number").copied().unwrap_or_default();
    let Some(found) = kept.iter().find(|kept| kept.number == number) else {
        return Err(Refusal::missing(format!("there is no draft {number}"))
            .hint("prewire drafts lists them")
            .into());
    };
    match (name, shelf) {
        ("rm", Some(shelf)) => remove(call, &shelf, found),
        _ => show(call, found),
    }
}

fn list(call: &mut Invocation<'_>, kept: &[Kept]) -> Result<()> {
    match call.output.format() {
        Format::Human => {
            if kept.is_empty() {
                call.output.say("everything typed is saved");
            }
            for kept in kept {
                let at = call.local(kept.at).format("%-d %b %H:%M");
                let words = kept.unsaved.words();
                call.output.line(&format!("{}  {words}  ({at})", kept.number))?;
            }
            Ok(())
        }
        Format::Json | Format::JsonLines => {
            call.output.open("draft")?;
            for kept in kept {
                call.output.item(&as_json(kept))?;
            }
            call.output.close()
        }
        Format::Csv | Format::Plain => {
            call.output.columns(&["ref", "title", "texts"])?;
            kept.iter().try_for_each(|kept| {
                let texts = kept.unsaved.texts.iter().map(|(_, text)| text.replace('\n', " "));
                let texts = texts.collect::<Vec<_>>().join(" · ");
                let number = kept.number.to_string();
                call.output.fields(&[number, kept.unsaved.what.clone(), texts])
            })
        }
    }
}

fn as_json(kept: &Kept) -> Json {
    let texts: serde_json::Map<String, Json> =
        kept.unsaved.texts.iter().map(|(name, text)| (name.clone(), json!(text))).collect();
    json!({
        "ref": kept.number.to_string(),
        "title": kept.unsaved.what,
        "typed_at": crate::store::sql::write_instant(kept.at),
        "texts": texts,
    })
}

fn show(call: &mut Invocation<'_>, kept: &Kept) -> Result<()> {
    if !call.output.is_human() {
        return list(call, std::slice::from_ref(kept));
    }
    call.output.say(&kept.unsaved.what);
    let many = kept.unsaved.texts.len() > 1;
    for (name, text) in &kept.unsaved.texts {
        if many {
            call.output.line(&format!("{name}:"))?;
        }
        for line in text.lines() {
            call.output.line(line)?;
        }
    }
    Ok(())
}

fn remove(call: &mut Invocation<'_>, shelf: &Shelf, kept: &Kept) -> Result<()> {
    let words = kept.unsaved.words();
    if call.dry_run {
        call.output.say(&format!("would throw away draft {}: {words}", kept.number));
        return Ok(());
    }
    shelf.remove(kept.number).doing("removing the draft", shelf.directory())?;
    call.output.say(&format!("threw away draft {}: {words}", kept.number));
    Ok(())
}
