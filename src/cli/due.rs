//! `due`: what is late or due, of every kind, a line each; for cron and status bars it ends with 1
//! when there is something.

use chrono::{Days, NaiveDate};
use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};
use serde_json::json;

use crate::domain::day;
use crate::domain::item::Item;
use crate::domain::shown::Shown;
use crate::ops::{Error, Result, item_json};
use crate::store::lookup::Lookup;

use super::families::Family;
use super::invocation::Invocation;
use super::output::{Format, Role};
use super::{csv, root, table};

/// Room of the refs and of the days.
const REF: usize = 6;
const DAY: usize = 10;

pub const FAMILY: Family = Family {
    name: "due",
    command: || {
        Command::new("due")
            .about("What is late or due today, of every kind")
            .before_help(
                "Examples:\n  prewire due\n  prewire due --within 7\n  \
                 prewire due --exit-code --format '{ref} {title}' || notify",
            )
            .args([
                Arg::new("within")
                    .long("within")
                    .value_name("DAYS")
                    .value_parser(value_parser!(u64).range(0..=3660))
                    .help("Also what is due in so many days"),
                Arg::new("format")
                    .long("format")
                    .value_name("TEXT")
                    .help("A line each, with {ref}, {title}, {why}, {due}, {state}"),
                Arg::new("exit-code")
                    .long("exit-code")
                    .action(ArgAction::SetTrue)
                    .help("End with 1 when anything is due"),
            ])
    },
    run,
};

fn run(call: &mut Invocation<'_>, matches: &ArgMatches) -> Result<()> {
    let workspace = call.workspace()?;
    let today = call.clock.today();
    let within = matches.get_one::<u64>("within").copied().unwrap_or(0);
    let by = today.checked_add_days(Days::new(within)).unwrap_or(today);
    let items = workspace.due_by(by)?;
    let names = workspace.store().names_for(&items)?;
    if let Some(format) = root::flag(matches, "format") {
        for item in &items {
            let line = filled(&format, item, "", today);
            call.output.line(&line)?;
        }
    } else {
        match call.output.format() {
            Format::Human => for_people(call, &items, today)?,
            Format::Json | Format::JsonLines => {
                call.output.open("due")?;
                for item in &items {
                    let mut json = item_json::item(item, &names);
                    let day = due_of(item);
                    json["due"] = json!(day.map(|day| day.to_string()));
                    json["late"] = json!(day.is_some_and(|day| day < today));
                    call.output.item(&json)?;
                }
                call.output.close()?;
            }
            Format::Csv => csv::print(call.output, &items, &names)?,
            Format::Plain => {
                items
                    .iter()
                    .try_for_each(|item| call.output.fields(&table::plain(item, &names)))?;
            }
        }
    }
    if matches.get_flag("exit-code") && !items.is_empty() {
        call.output.finish()?;
        let many = if items.len() == 1 { "thing is" } else { "things are" };
        return Err(Error::Problems(format!("{} {many} due", items.len())));
    }
    Ok(())
}

fn for_people(call: &mut Invocation<'_>, items: &[Item], today: NaiveDate) -> Result<()> {
    if items.is_empty() {
        call.output.say("nothing is due");
    }
    for item in items {
        let day = due_of(item);
        let late = day.is_some_and(|day| day < today);
        let words = day.map_or_else(String::new, |day| day::short(day, today));
        call.output.pieces(&[
            (Role::Plain, Shown::line(&item.reference.to_string()).pad_right(REF)),
            (if late { Role::Late } else { Role::Muted }, Shown::line(&words).pad_right(DAY)),
            (Role::Plain, Shown::line(item.title())),
        ])?;
    }
    Ok(())
}

fn due_of(item: &Item) -> Option<NaiveDate> {
    crate::domain::listing::last_day(item)
}

/// A line of one's own, with what the item says in the places that are named; nothing that somebody
/// wrote is read as a place again.
#[must_use]
pub fn filled(format: &str, item: &Item, why: &str, today: NaiveDate) -> String {
    let due = due_of(item).map_or_else(String::new, |due| day::short(due, today));
    let mut out = String::with_capacity(format.len() * 2);
    let mut rest = format;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let place = after.split_once('}');
        let value = place.and_then(|(name, _)| match name {
            "ref" => Some(item.reference.to_string()),
            "title" => Some(item.title().to_owned()),
            "why" => Some(why.to_owned()),
            "due" => Some(due.clone()),
            "state" => Some(item.state().slug.to_owned()),
            _ => None,
        });
        rest = if let (Some(value), Some((_, after))) = (value, place) {
            out.push_str(&value);
            after
        } else {
            out.push('{');
            after
        };
    }
    out.push_str(rest);
    out
}
