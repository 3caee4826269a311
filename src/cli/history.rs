//! `history`: the steps of the workspace in words, or every change of one item.

use std::collections::HashMap;

use clap::{Arg, ArgMatches, Command, value_parser};
use serde_json::json;

use crate::domain::day::show_minutes;
use crate::domain::field::{Field, FieldKind, Names};
use crate::domain::item::{Item, ItemId};
use crate::domain::kind::Kind;
use crate::ops::detail::ItemStep;
use crate::ops::words::part_called;
use crate::ops::{Result, Workspace};
use crate::store::history::{FieldChange, OfPart, Step};
use crate::store::lookup::Lookup;
use crate::store::sql::write_instant;

use super::families::Family;
use super::invocation::{Invocation, meant};
use super::output::Format;
use super::root;

/// Steps that are shown without asking for more.
const RECENT: usize = 30;

pub const FAMILY: Family = Family {
    name: "history",
    command: || {
        let item =
            Arg::new("item").value_name("REF").help("Only what changed this item, field by field");
        let limit = Arg::new("limit")
            .long("limit")
            .value_name("N")
            .value_parser(value_parser!(usize))
            .help("At most so many steps; 0 is all");
        Command::new("history")
            .about("The steps so far, newest first")
            .before_help("Examples:\n  prewire history\n  prewire history d12")
            .args([item, limit])
    },
    run,
};

fn run(call: &mut Invocation<'_>, matches: &ArgMatches) -> Result<()> {
    let workspace = call.workspace()?;
    let most = match matches.get_one::<usize>("limit").copied().unwrap_or(RECENT) {
        0 => usize::MAX,
        most => most,
    };
    let named = root::typed(matches, "item");
    if named.is_empty() {
        let told = call.output.is_human();
        let steps = if told {
            workspace.history(most)?.into_iter().map(|entry| entry.step).collect()
        } else {
            workspace.store().steps(0, most)?
        };
        if steps.is_empty() {
            call.output.say("nothing has happened yet");
        }
        open(call)?;
        for step in &steps {
            print(call, step, &[])?;
        }
        return call.output.close();
    }
    let ids = meant(&workspace, &named, &Kind::ALL)?;
    let [id] = ids[..] else {
        return Err(super::misuse("history tells of one item at a time"));
    };
    let steps = workspace.history_of(id, most)?;
    let Some(item) = workspace.store().item(id)? else { return Ok(()) };
    open(call)?;
    for step in &steps {
        let words = changes(&workspace, &item, step)?;
        print(call, &step.step, &words)?;
    }
    call.output.close()
}

fn open(call: &mut Invocation<'_>) -> Result<()> {
    call.output.open("step")?;
    call.output.columns(&["ref", "at", "actor", "title", "undone"])
}

/// One field of a step, in words.
struct Told {
    field: String,
    /// A tag or a tie, of which there may be many.
    tie: bool,
    /// Minutes, which people read as hours.
    timed: bool,
    old: String,
    new: String,
}

fn print(call: &mut Invocation<'_>, step: &Step, changes: &[Told]) -> Result<()> {
    let undone = step.undone_by.is_some();
    let at = call.local(step.at);
    match call.output.format() {
        Format::Human => {
            let mark = if undone { "  (undone)" } else { "" };
            let label = &step.label;
            let when = at.format("%a %-d %b %Y %H:%M");
            let who =
                if step.actor.is_empty() { String::new() } else { format!("  {}", step.actor) };
            call.output.line(&format!("{:>4}  {when}{who}  {label}{mark}", step.seq))?;
            for told in changes {
                call.output.line(&format!("      {}", told.words()))?;
            }
            Ok(())
        }
        Format::Json | Format::JsonLines => {
            let fields: Vec<_> = changes
                .iter()
                .map(|told| json!({ "field": told.field, "old": told.old, "new": told.new }))
                .collect();
            call.output.item(&json!({
                "ref": step.seq.to_string(), "title": step.label, "seq": step.seq,
                "at": write_instant(step.at), "actor": step.actor, "kind": step.kind,
                "changes": step.changes, "undone_by": step.undone_by, "group": step.group,
                "fields": fields,
            }))
        }
        Format::Csv | Format::Plain => {
            let at = write_instant(step.at);
            let seq = step.seq.to_string();
            let undone = if undone { "undone" } else { "" };
            call.output.fields(&[
                seq,
                at,
                step.actor.clone(),
                step.label.clone(),
                undone.to_owned(),
            ])
        }
    }
}

impl Told {
    fn words(&self) -> String {
        let Self { field, tie, timed, old, new } = self;
        let told = |text: &String| match text.parse() {
            Ok(minutes) if *timed => show_minutes(minutes),
            _ => text.clone(),
        };
        let (old, new) = (told(old), told(new));
        match (old.is_empty(), new.is_empty()) {
            (true, _) if *tie => format!("{field}: +{new}"),
            (false, true) if *tie => format!("{field}: -{old}"),
            (true, _) => format!("{field}: {new}"),
            (false, true) => format!("{field}: {old} → none"),
            (false, false) => format!("{field}: {old} → {new}"),
        }
    }
}

fn changes(workspace: &Workspace, item: &Item, step: &ItemStep) -> Result<Vec<Told>> {
    let ids: Vec<ItemId> = step
        .changes
        .iter()
        .flat_map(|change| {
            let key = change.part.as_ref().map(|part| &part.key);
            [change.old.as_ref(), change.new.as_ref(), key]
        })
        .flatten()
        .filter_map(|text| text.parse().ok())
        .collect();
    let names = workspace.store().names_of(&ids)?;
    let mut gone = HashMap::new();
    for id in ids.iter().filter(|id| names.reference(**id).is_none()) {
        gone.insert(*id, workspace.store().title_of_gone(*id)?.unwrap_or_default());
    }
    let called = |text: &Option<String>, field: &Field| match text {
        None => String::new(),
        Some(text) => match text.parse::<ItemId>() {
            Ok(id) => gone.get(&id).cloned().unwrap_or_else(|| field.called(id, &names)),
            Err(_) => text.clone(),
        },
    };
    let noun = item.kind().noun();
    let tell_part = |change: &FieldChange, part: &OfPart| {
        let whole =
            |old: &str, new: &str| (part_called(part, &names), old.to_owned(), new.to_owned());
        let mut timed = false;
        let (field, old, new) = match change.kind.as_str() {
            "I" => whole("", "added"),
            "D" => whole("", "removed"),
            _ => {
                let fields = &part.kind.noun().fields;
                let field = fields.iter().find(|field| field.name == change.column)?;
                timed = field.kind == FieldKind::Minutes;
                let named = format!("{}: {}", part_called(part, &names), field.label);
                (named, called(&change.old, field), called(&change.new, field))
            }
        };
        Some(Told { field, tie: false, timed, old, new })
    };
    let tell = |change: &FieldChange| {
        if let Some(part) = &change.part {
            return tell_part(change, part);
        }
        let field = noun.fields.iter().find(|field| field.name == change.column)?;
        Some(Told {
            field: field.label.to_owned(),
            tie: ["edge", "tagging"].contains(&change.table.as_str()),
            timed: field.kind == FieldKind::Minutes,
            old: called(&change.old, field),
            new: called(&change.new, field),
        })
    };
    Ok(net(&step.changes).iter().filter_map(tell).collect())
}

/// What a step came to: of a field that it wrote more than once, from the first to the last.
fn net(changes: &[FieldChange]) -> Vec<FieldChange> {
    let mut told: Vec<FieldChange> = Vec::with_capacity(changes.len());
    // What an item is stands beside its fields, one of which may have the same name.
    let is_field = |one: &&FieldChange| (&*one.table, &*one.column) != ("item", "kind");
    for change in changes.iter().filter(is_field) {
        let same = |one: &&mut FieldChange| one.part.is_none() && one.column == change.column;
        let is_column = change.part.is_none() && !["edge", "tagging"].contains(&&*change.table);
        match told.iter_mut().find(same).filter(|_| is_column) {
            // The lines of one row do not have to stand in the order in which they were written.
            Some(one) if one.old == change.new => one.old.clone_from(&change.old),
            Some(one) if one.new == change.old => one.new.clone_from(&change.new),
            _ => told.push(change.clone()),
        }
    }
    told
}
