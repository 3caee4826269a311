//! `standup`: cards one by one, exceptions first, and a verdict a line, from a terminal or from
//! standard input. Cards are words; the minutes are data. `--no-input` prints the order and ends.

use std::io::{BufRead, IsTerminal, stdin};

use clap::builder::PossibleValuesParser;
use clap::{Arg, ArgMatches, Command};
use serde_json::json;

use crate::domain::kind::Kind;
use crate::domain::shown::Shown;
use crate::domain::standup::{Verdict, letters};
use crate::ops::standup::{self, Card, Said};
use crate::ops::{Error, Op, Result, Workspace};

use super::families::Family;
use super::invocation::{Asking, Invocation};
use super::output::Role;
use super::words::{self, Alone};
use super::{failure, report, root};

pub const FAMILY: Family = Family { name: "standup", command, run };

/// Room of refs in the order.
const LABEL: usize = 6;

fn command() -> Command {
    let kinds = PossibleValuesParser::new(["decisions", "assets"]);
    let command = Command::new("standup")
        .about("Go through what is open, exceptions first, a verdict a line; ends with minutes")
        .before_help(
            "Examples:\n  prewire standup\n  prewire standup --no-input              # the order, and nothing else\n  \
             printf 'x b It keeps the date\\nw fri\\n\\n' | prewire standup --out minutes.md",
        )
        .arg(Arg::new("which").value_name("decisions|assets").value_parser(kinds))
        .arg(root::words("FILTER", "Which of them"));
    report::with_form(command)
}

fn run(call: &mut Invocation<'_>, matches: &ArgMatches) -> Result<()> {
    let kind = match root::flag(matches, "which").as_deref() {
        Some("assets") => Kind::Asset,
        _ => Kind::Decision,
    };
    let words = root::typed(matches, "words");
    let filter = words::line(&words, kind, &call.calendar()?, Alone::Value);
    let on_terminal = stdin().is_terminal();
    if call.asking == Asking::Forbidden || call.asking == Asking::Nobody && on_terminal {
        let mut workspace = call.workspace()?;
        let cards = workspace.standup(kind, &filter)?;
        return order(call, &cards);
    }
    let mut workspace = call.to_change()?;
    let cards = workspace.standup(kind, &filter)?;
    for line in workspace.since_last_standup()? {
        call.output.say(&format!("since the last standup: {line}"));
    }
    let (said, rest) = go_through(call, &mut workspace, &cards)?;
    if !said.is_empty() {
        let seen = workspace.standup_seen()?;
        workspace.run(&seen)?;
    }
    let title = format!("Standup, {}", call.clock.today().format("%-d %b %Y"));
    let page = standup::minutes(&title, &said, rest);
    report::print(call, matches, &page)
}

/// The cards in order, and why; nothing is asked.
fn order(call: &mut Invocation<'_>, cards: &[Card]) -> Result<()> {
    let total = cards.len();
    if !call.output.is_human() {
        call.output.open("card")?;
        for (at, card) in cards.iter().enumerate() {
            call.output.item(&json!({
                "ref": card.item.reference.to_string(), "title": card.item.title(),
                "place": at + 1, "exceptions": card.why, "lines": card.lines, "driver": card.driver,
            }))?;
        }
        return call.output.close();
    }
    for (at, card) in cards.iter().enumerate() {
        call.output.pieces(&[
            (Role::Muted, Shown::line(&format!("{}/{total}  ", at + 1))),
            (Role::Header, Shown::line(&card.item.reference.to_string()).pad_right(LABEL)),
            (Role::Plain, Shown::line(&format!("{}  ", card.item.title()))),
            (Role::Late, Shown::line(&card.why.join("; "))),
        ])?;
    }
    Ok(())
}

/// One verdict a card; what is refused leaves the card where it is. At the healthy rest one line
/// acknowledges all of it.
fn go_through(
    call: &mut Invocation<'_>,
    workspace: &mut Workspace,
    cards: &[Card],
) -> Result<(Vec<Said>, usize)> {
    let exceptions: Vec<&Card> = cards.iter().filter(|card| !card.why.is_empty()).collect();
    let rest: Vec<&Card> = cards.iter().filter(|card| card.why.is_empty()).collect();
    let mut said: Vec<Said> = Vec::new();
    let mut lines = stdin().lock().lines();
    loop {
        let card = exceptions.get(said.len()).copied();
        match card {
            Some(card) => show(call, card, said.len() + 1, exceptions.len()),
            None if rest.is_empty() => return Ok((said, 0)),
            None => show_rest(call, &rest),
        }
        let Some(line) = lines.next().transpose().map_err(Error::Output)? else {
            return Ok((said, 0));
        };
        let kind = card.or(rest.first().copied()).map_or(Kind::Decision, |card| card.item.kind());
        let verdict = match (Verdict::read(&line, kind), card) {
            (Ok(Verdict::Stop), _) => return Ok((said, 0)),
            (Ok(verdict), _) => verdict,
            (Err(_), None) => Verdict::Keep,
            (Err(refusal), Some(_)) => {
                call.output.say(&failure::sentence_of_change(&refusal.into()));
                continue;
            }
        };
        match (verdict, card) {
            // What was done before the standup is not its to take back.
            (Verdict::Undo, _) => match said.pop() {
                Some(last) if last.words != "kept" => {
                    let done = workspace.run(&Op::Undo)?;
                    call.output.say(&done.label);
                }
                Some(_) => {}
                None => call.output.say("nothing was said yet"),
            },
            (_, None) => return Ok((said, rest.len())),
            (verdict, Some(card)) => match carry_out(call, workspace, card, &verdict) {
                Ok(words) => said.push(Said {
                    id: card.item.id,
                    title: format!("{} {}", card.item.reference, card.item.title()),
                    driver: card.driver.clone(),
                    words,
                }),
                Err(error) => call.output.say(&failure::sentence_of_change(&error)),
            },
        }
    }
}

fn show_rest(call: &mut Invocation<'_>, rest: &[&Card]) {
    call.output.say("");
    call.output.say(&format!("healthy, {} in all; enter acknowledges", rest.len()));
    for card in rest {
        let state = card.item.state().slug;
        let line = format!("   {} {}  {state}", card.item.reference, card.item.title());
        call.output.say(&line);
    }
}

fn carry_out(
    call: &mut Invocation<'_>,
    workspace: &mut Workspace,
    card: &Card,
    verdict: &Verdict,
) -> Result<String> {
    let calendar = workspace.calendar();
    // What another verdict did to it must not be lost.
    let item = workspace.store().item(card.item.id)?.unwrap_or_else(|| card.item.clone());
    let Some(op) = standup::op(verdict, &item, &calendar)? else {
        return Ok("kept".to_owned());
    };
    let done = workspace.run(&op)?;
    call.output.say(&done.label);
    for notice in &done.notices {
        call.output.say(notice);
    }
    Ok(words_of(&done.label, &item))
}

/// The label of a step without the item that it names.
fn words_of(label: &str, item: &crate::domain::item::Item) -> String {
    if label == "nothing changed" {
        return "kept".to_owned();
    }
    let own = label.starts_with(&format!("{} ", item.reference));
    let rest = label.rsplit_once('”').map_or(label, |(_, rest)| rest);
    let rest = rest.trim_start_matches([' ', ':', '→']).trim();
    if own && !rest.is_empty() { rest.to_owned() } else { label.to_owned() }
}

fn show(call: &mut Invocation<'_>, card: &Card, place: usize, total: usize) {
    let head = format!("{place}/{total}  {} {}", card.item.reference, card.item.title());
    call.output.say("");
    call.output.say(&format!("{head}   {}", card.why.join("; ")));
    for line in &card.lines {
        call.output.say(&format!("   {line}"));
    }
    call.output.say(&format!("   {}", letters(card.item.kind())));
}
