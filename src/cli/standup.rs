//! `standup`: cards one by one, exceptions first, and a verdict a line, from a terminal or from
//! standard input. Cards are words; the minutes are data. `--no-input` prints the order and ends.

use clap::builder::PossibleValuesParser;
use clap::{Arg, ArgAction, ArgMatches, Command};
use serde_json::json;

use crate::domain::item::Item;
use crate::domain::kind::Kind;
use crate::domain::refusal::Refusal;
use crate::domain::ritual::{Asks, RitualKind};
use crate::domain::shown::Shown;
use crate::domain::standup::{Verdict, letters_of};
use crate::ops::standup;
use crate::ops::{Result, Workspace};

use super::families::Family;
use super::invocation::Invocation;
use super::output::Role;
use super::ritual::{self, At, Meant, Reads, Which};
use super::words::{self, Alone};
use super::{report, root};

pub const FAMILY: Family = Family { name: "standup", command, run };

/// Room of refs in the order.
const LABEL: usize = 6;

fn command() -> Command {
    let kinds = PossibleValuesParser::new(["decisions", "assets"]);
    let assets = Arg::new("assets")
        .long("assets")
        .action(ArgAction::SetTrue)
        .help("Go through the assets instead of the decisions");
    let command = Command::new("standup")
        .about("Go through what is open, exceptions first, a verdict a line; ends with minutes")
        .before_help(
            "Examples:\n  prewire standup\n  prewire standup --assets\n  \
             prewire standup --no-input              # the order, and nothing else\n  \
             printf 'x b It keeps the date\\nw fri\\n\\n' | prewire standup --out minutes.md",
        )
        .after_help(
            "A line answers the card that is told, in its letters; an empty one keeps it. From a pipe a \
             line that is not taken in is named, the others are carried out, and the call ends with 1.",
        )
        .arg(Arg::new("which").value_name("decisions|assets").value_parser(kinds))
        .arg(assets)
        .arg(root::words("FILTER", "Which of them"));
    report::with_form(command)
}

fn run(call: &mut Invocation<'_>, matches: &ArgMatches) -> Result<()> {
    let named = root::flag(matches, "which").as_deref() == Some("assets");
    let kind = if named || matches.get_flag("assets") { Kind::Asset } else { Kind::Decision };
    let words = root::typed(matches, "words");
    let filter = words::line(&words, kind, &call.calendar()?, Alone::Value);
    if ritual::is_silent(call) {
        return order(call, kind, &filter);
    }
    let which = Which { kind: RitualKind::Standup, about: Some(kind), filter: &filter };
    ritual::run(call, matches, which, &Cards)
}

/// The cards in order, and why; nothing is asked.
fn order(call: &mut Invocation<'_>, kind: Kind, filter: &str) -> Result<()> {
    let mut workspace = call.workspace()?;
    let cards = workspace.standup(kind, filter)?;
    let total = cards.len();
    if !call.output.is_human() {
        call.output.open("card")?;
        // One view of the file for all cards, which is locked and looked at once.
        workspace.store().begin_reading()?;
        for (at, card) in cards.iter().enumerate() {
            let lines = workspace.card(card.id, None)?.map(|card| card.lines);
            call.output.item(&json!({
                "ref": card.reference.to_string(), "title": card.title,
                "place": at + 1, "exceptions": card.why, "lines": lines, "driver": card.driver,
            }))?;
        }
        workspace.store().end_reading()?;
        return call.output.close();
    }
    for (at, card) in cards.iter().enumerate() {
        call.output.pieces(&[
            (Role::Muted, Shown::line(&format!("{}/{total}  ", at + 1))),
            (Role::Header, Shown::line(&card.reference.to_string()).pad_right(LABEL)),
            (Role::Plain, Shown::line(&format!("{}  ", card.title))),
            (Role::Late, Shown::line(&card.why.join("; "))),
        ])?;
    }
    Ok(())
}

/// A card of a row, and the verdicts of it.
pub struct Cards;

impl Reads for Cards {
    fn tell(&self, call: &mut Invocation<'_>, workspace: &Workspace, at: &At<'_>) -> Result<()> {
        let (judged, total) = (at.section.judged(), at.section.count());
        let id = at.line.and_then(|line| at.sitting.id_of(line.about.as_deref()));
        let Some(id) = id else { return Ok(()) };
        let Some(card) = workspace.card(id, at.sitting.seen)? else {
            call.output.say("it is not there any more; enter goes on");
            return Ok(());
        };
        let head = format!("{}/{total}  {} {}", judged + 1, card.item.reference, card.item.title());
        let why = card.why.join("; ");
        call.output.say(format!("{head}   {why}").trim_end());
        for line in &card.lines {
            call.output.say(&format!("   {line}"));
        }
        call.output.say(&format!("   {}", letters_of(&card.item)));
        Ok(())
    }

    fn letters(&self, workspace: &Workspace, at: &At<'_>) -> Option<&'static str> {
        let id = at.sitting.id_of(at.line?.about.as_deref())?;
        (at.section.asks == Asks::Verdicts)
            .then(|| workspace.store().item(id).ok().flatten())
            .flatten()
            .map(|item| letters_of(&item))
    }

    fn read(&self, workspace: &Workspace, at: &At<'_>, line: &str) -> Result<Meant> {
        let Some(row) = at.line else { return Ok(Meant::Nothing) };
        let id = at.sitting.id_of(row.about.as_deref());
        let item = id.map(|id| workspace.store().item(id)).transpose()?.flatten();
        if line.trim() == "skip" {
            return Ok(Meant::Step(Box::new(at.sitting.skipping(at.section))));
        }
        let asked = at.sitting.about.unwrap_or(Kind::Decision);
        let kind = item.as_ref().map_or(asked, Item::kind);
        let verdict = Verdict::read(line, kind)?;
        match verdict {
            Verdict::Undo => return Ok(Meant::Undo),
            Verdict::Stop => return Ok(Meant::Stop),
            Verdict::Keep
            | Verdict::Verb { .. }
            | Verdict::Owner(_)
            | Verdict::Prewire { .. }
            | Verdict::State(_)
            | Verdict::Note(_) => {}
        }
        let op = match (&item, &verdict) {
            (Some(item), verdict) => standup::op(verdict, item, &workspace.calendar())?,
            (None, Verdict::Keep) => None,
            (None, _) => return Err(Refusal::missing("it is not there any more").into()),
        };
        Ok(Meant::Step(Box::new(at.sitting.judging(at.section, row, op))))
    }
}
