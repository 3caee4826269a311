//! `due`: what is late or due, of every kind, a line each; for cron and status bars it ends with 1
//! when there is something.

use chrono::{Days, NaiveDate};
use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};
use serde_json::json;

use crate::domain::day;
use crate::domain::item::Item;
use crate::domain::refusal::Refusal;
use crate::domain::shown::Shown;
use crate::ops::plan::due::Due;
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
    let format = root::flag(matches, "format");
    if let Some(format) = &format {
        check_places(format)?;
    }
    let due = workspace.due_by(by)?;
    let items: Vec<Item> = due.iter().map(|one| one.item.clone()).collect();
    let names = workspace.store().names_for(&items)?;
    if let Some(format) = format {
        for one in &due {
            let day = Some(one.day);
            let line = filled(&format, &one.item, (&one.why, day), today);
            call.output.line(&line)?;
        }
    } else {
        match call.output.format() {
            Format::Human => for_people(call, &due, today)?,
            Format::Json | Format::JsonLines => {
                call.output.open("due")?;
                for one in &due {
                    let mut json = item_json::item(&one.item, &names);
                    json["due"] = json!(one.day.to_string());
                    json["late"] = json!(one.day < today);
                    json["why"] = json!(one.why);
                    call.output.item(&json)?;
                }
                call.output.close()?;
            }
            Format::Csv => csv::print(call.output, &items, &names)?,
            Format::Plain => {
                let blocked = workspace.blocked(&items)?;
                for item in &items {
                    let is_blocked = blocked.contains(&item.id);
                    call.output.fields(&table::plain(item, is_blocked, &names))?;
                }
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

fn for_people(call: &mut Invocation<'_>, due: &[Due], today: NaiveDate) -> Result<()> {
    if due.is_empty() {
        call.output.say("nothing is due");
    }
    let words: Vec<String> = due.iter().map(|one| day::short(one.day, today)).collect();
    let width = words.iter().map(|words| words.chars().count() + 2).max().unwrap_or(0).max(DAY);
    for (Due { item, day, why }, words) in due.iter().zip(words) {
        let late = *day < today;
        // What a day does not say of itself: that it is a review, or a figure.
        let is_own = item.kind().noun().due.and_then(|name| item.day(name)) == Some(*day);
        let why = if is_own { String::new() } else { format!("  {why}") };
        call.output.pieces(&[
            (Role::Plain, Shown::line(&item.reference.to_string()).pad_right(REF)),
            (if late { Role::Late } else { Role::Muted }, Shown::line(&words).pad_right(width)),
            (Role::Plain, Shown::line(item.title())),
            (Role::Muted, Shown::line(&why)),
        ])?;
    }
    Ok(())
}

/// The places of a line of one's own.
const PLACES: [&str; 5] = ["ref", "title", "why", "due", "state"];

/// Braces around a word that is no place are a slip; anything else between braces is text.
///
/// # Errors
/// A refusal that names the places that there are.
pub fn check_places(format: &str) -> Result<()> {
    for part in format.split('{').skip(1) {
        let Some((name, _)) = part.split_once('}') else { continue };
        let is_word = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_lowercase());
        if is_word && !PLACES.contains(&name) {
            let all = PLACES.map(|place| format!("{{{place}}}")).join(", ");
            let refusal = Refusal::usage(format!("a line has no {{{name}}}"));
            return Err(refusal.hint(format!("it has {all}")).into());
        }
    }
    Ok(())
}

/// A line of one's own, with what the item says in the places that are named; nothing that somebody
/// wrote is read as a place again.
#[must_use]
pub fn filled(
    format: &str,
    item: &Item,
    (why, day): (&str, Option<NaiveDate>),
    today: NaiveDate,
) -> String {
    let due = day.or_else(|| crate::domain::listing::last_day(item));
    let due = due.map_or_else(String::new, |due| day::short(due, today));
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
