//! `show`: everything about an item, in words or as JSON.

use clap::{Arg, ArgMatches, Command};

use crate::domain::day;
use crate::domain::decision::stance_map;
use crate::domain::field::{Entry, Field, FieldKind, Names};
use crate::domain::item::{Item, ItemId};
use crate::domain::kind::Kind;
use crate::domain::part::{PartKind, of_kind};
use crate::domain::shown::Shown;
use crate::domain::value::Value;
use crate::ops::detail::{Detail, Mention};
use crate::ops::metric::in_short;
use crate::ops::metric::watch::Watch;
use crate::ops::{Result, Workspace, part_line};

use super::change::print_items;
use super::families::Family;
use super::invocation::{Invocation, meant};
use super::output::{Output, Role};
use super::root;

/// Room of the labels.
const LABEL: usize = 16;

pub const FAMILY: Family = Family {
    name: "show",
    command: || {
        Command::new("show")
            .about("Show items of any kind")
            .before_help("Examples:\n  prewire show d12\n  prewire show d12 a3 --json")
            .arg(refs())
    },
    run: |call, matches| run(call, matches, &Kind::ALL),
};

/// `prewire decision show`.
#[must_use]
pub fn command(kind: Kind) -> Command {
    let (name, letter) = (kind.slug(), kind.letter());
    Command::new("show")
        .about(format!("Show {} in full", kind.noun().plural))
        .before_help(format!("Examples:\n  prewire {name} show {letter}1"))
        .arg(refs())
}

/// One or more items.
pub(super) fn refs() -> Arg {
    Arg::new("refs")
        .value_name("REF")
        .num_args(1..)
        .required(true)
        .help("A ref such as d12, or the beginning of a title that only one item has")
}

/// Carries out `show`.
///
/// # Errors
/// A refusal for a word that names nothing.
pub fn run(call: &mut Invocation<'_>, matches: &ArgMatches, kinds: &[Kind]) -> Result<()> {
    let workspace = call.workspace()?;
    let ids = meant(&workspace, &root::typed(matches, "refs"), kinds)?;
    if !call.output.is_human() {
        let told = workspace.told_in_full(&ids)?;
        return print_items(call, &told);
    }
    for (at, id) in ids.iter().enumerate() {
        if at > 0 {
            call.output.line("")?;
        }
        print(call, &workspace, *id)?;
    }
    Ok(())
}

fn print(call: &mut Invocation<'_>, workspace: &Workspace, id: ItemId) -> Result<()> {
    let Some(detail) = workspace.detail(id)? else { return Ok(()) };
    let item = &detail.row.item;
    let today = call.clock.today();
    let late = if detail.row.late { "! " } else { "" };
    call.output.pieces(&[
        (Role::Header, Shown::line(&format!("{}  ", item.reference))),
        (Role::Late, Shown::line(late)),
        (Role::Header, Shown::line(item.title())),
    ])?;
    if item.deleted_at.is_some() {
        call.output.line(&format!("in the Trash; prewire trash restore {}", item.reference))?;
    }
    if !detail.why.is_empty() {
        labelled(call.output, "why", &detail.why)?;
    }
    for fact in &detail.facts {
        labelled(call.output, &fact.label.to_lowercase(), &fact.text)?;
    }
    if !detail.signal.is_empty() {
        labelled(call.output, "reads now", &detail.signal)?;
    }
    if item.kind() == Kind::Metric {
        stands(call, workspace, item)?;
    }
    for (field, value) in item.entries() {
        if !value.is_nothing() && !is_told_elsewhere(field) && field.entry != Entry::Inner {
            labelled(call.output, field.label, &words(field, value, &detail, today))?;
        }
    }
    parts(call, &detail)?;
    for (at, (function, who)) in stance_map::lines(&detail.seats).iter().enumerate() {
        let label = if at == 0 { "stances" } else { "" };
        labelled(call.output, label, &format!("{function:<12}{who}"))?;
    }
    let legend = stance_map::legend(&detail.seats);
    if !legend.is_empty() {
        labelled(call.output, "", &format!("influence 3 to 1   {legend}"))?;
    }
    for (at, line) in detail.known.iter().enumerate() {
        labelled(call.output, if at == 0 { "known" } else { "" }, line)?;
    }
    mentions(call, "in its place", &detail.chain)?;
    mentions(call, "holds", &detail.holds)?;
    mentions(call, "blocked by", &detail.held_by)?;
    mentions(call, "served by", &detail.served_by)?;
    if let Some(words) = detail.rest_of_served() {
        labelled(call.output, "", &words)?;
    }
    texts(call.output, &detail)
}

/// Where a metric stands, and what is wrong with its source.
fn stands(call: &mut Invocation<'_>, workspace: &Workspace, item: &Item) -> Result<()> {
    let Some(page) = workspace.metric_page(item)? else { return Ok(()) };
    let Some(account) = &page.glance.account else { return Ok(()) };
    labelled(call.output, "reads now", &in_short(account))?;
    let bare = page.glance.bare.as_ref().map(|bare| bare.words(item.reference));
    let why = [bare, page.glance.quote.as_ref().map(|one| format!("“{one}”"))];
    let words = std::iter::once(account.sentence()).chain(why.into_iter().flatten());
    labelled(call.output, "", &words.collect::<Vec<_>>().join("; "))?;
    if let Some(source) = page.glance.source() {
        labelled(call.output, "source", &source)?;
    }
    Ok(())
}

/// What it consists of, one line a part, each kind under its name.
fn parts(call: &mut Invocation<'_>, detail: &Detail) -> Result<()> {
    let today = call.clock.today();
    let item = &detail.row.item;
    for kind in PartKind::of(item.kind()) {
        for (at, part) in of_kind(&detail.parts, kind).enumerate() {
            let label = if at == 0 { kind.noun().several() } else { String::new() };
            let line = part_line::of(part, item, &detail.names, today);
            let key = part.key(&detail.names);
            labelled(call.output, &label, &format!("{key}  {line}"))?;
        }
    }
    Ok(())
}

fn is_told_elsewhere(field: &Field) -> bool {
    ["title", "blocks", "blocked_by", "decided_at", "segment_unknown"].contains(&field.name)
        || field.kind == FieldKind::Text
}

fn words(field: &Field, value: &Value, detail: &Detail, today: chrono::NaiveDate) -> String {
    if let Some(source) = Watch::told(field, value) {
        return source;
    }
    match value {
        Value::Day(date) => day::echo(*date, today),
        Value::Item(id) if !field.is_person() => {
            let title = detail.names.title(*id).unwrap_or("");
            format!("{} {title}", field.called(*id, &detail.names))
        }
        value => {
            let waits = field.kind == FieldKind::State && !detail.row.blockers.is_empty();
            let blocked = if waits { ", blocked" } else { "" };
            format!("{}{blocked}", field.show(value, &detail.names, today))
        }
    }
}

fn labelled(output: &mut Output, label: &str, text: &str) -> Result<()> {
    output.pieces(&[(Role::Muted, beside(label)), (Role::Plain, Shown::line(text))])
}

/// A label in its room, and a blank after one that fills it.
fn beside(label: &str) -> Shown {
    let room = LABEL.max(label.chars().count() + 1);
    Shown::line(label).pad_right(room)
}

fn mentions(call: &mut Invocation<'_>, label: &str, all: &[Mention]) -> Result<()> {
    let today = call.clock.today();
    for (at, mention) in all.iter().enumerate() {
        let due = mention.due.filter(|_| !mention.closed);
        let due = due.map_or_else(String::new, |due| format!(", {}", day::short(due, today)));
        let text = format!("{} {} ({}{due})", mention.reference, mention.title, mention.state);
        labelled(call.output, if at == 0 { label } else { "" }, &text)?;
    }
    Ok(())
}

/// The texts of many lines, each under its label.
fn texts(output: &mut Output, detail: &Detail) -> Result<()> {
    for (field, value) in detail.row.item.entries() {
        let (FieldKind::Text, Value::Text(text)) = (field.kind, value) else { continue };
        if text.is_empty() || field.entry == Entry::Inner {
            continue;
        }
        let lines = Shown::lines(text);
        for (at, line) in lines.iter().enumerate() {
            let label = if at == 0 { field.label } else { "" };
            output.pieces(&[(Role::Muted, beside(label)), (Role::Plain, line.clone())])?;
        }
    }
    Ok(())
}
