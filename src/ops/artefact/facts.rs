//! What a text can be filled from, by the names of the gaps: the decision or the outcome that an
//! artefact is about, the bet that it serves, and what is known of the market (`market.rs`).

use chrono::NaiveDate;

use crate::domain::field::Names;
use crate::domain::item::Item;
use crate::domain::kind::Kind;
use crate::domain::part::{PartKind, letter, of_kind};
use crate::domain::value::Value;
use crate::store::Write;
use crate::store::lookup::Lookup;
use crate::store::part::Parts;

use super::super::error::Result;
use super::super::workspace::Settings;
use super::market;

/// A gap and what it is filled with.
pub(super) type Known = Vec<(&'static str, String)>;

/// What is known, by the names of the gaps; what comes first goes before.
pub(super) fn facts(
    write: &Write<'_>,
    item: &Item,
    settings: &Settings,
    today: NaiveDate,
) -> Result<Known> {
    let author = settings.me.clone().unwrap_or_default();
    let names = write.names_for(std::slice::from_ref(item))?;
    let owner = item.link("owner").and_then(|id| names.title(id)).unwrap_or_default();
    let mut known = vec![
        ("title", item.title().to_owned()),
        ("author", author),
        ("author", owner.to_owned()),
        ("date", today.format("%-d %B %Y").to_string()),
        ("expected_impact", item.text("expected_impact").to_owned()),
        ("who_says_it", item.text("audiences").to_owned()),
    ];
    market::facts(write, item, &mut known)?;
    let tied = [item.link("about"), item.link("for")];
    let tied: Vec<_> = tied.into_iter().flatten().collect();
    for other in &tied {
        for other in write.items(&[*other])? {
            about(write, &other, &mut known)?;
        }
    }
    known.retain(|(_, words)| !words.trim().is_empty());
    Ok(known)
}

fn about(write: &Write<'_>, other: &Item, known: &mut Vec<(&'static str, String)>) -> Result<()> {
    let names = write.names_for(std::slice::from_ref(other))?;
    let date = |name: &str| {
        other.day(name).map_or_else(String::new, |day| day.format("%-d %B %Y").to_string())
    };
    let person =
        |name: &str| other.link(name).and_then(|id| names.title(id)).unwrap_or("").to_owned();
    let text = |name: &str| other.text(name).to_owned();
    match other.kind() {
        Kind::Decision => {
            let parts = write.parts_of(other)?;
            let options: Vec<_> = of_kind(&parts, PartKind::Option).collect();
            let short: Vec<String> = options
                .iter()
                .map(|option| format!("{} {}", letter(option.position), option.main()))
                .collect();
            let rows = options.iter().map(|option| {
                format!(
                    "| {} | {} | {} | {} |",
                    letter(option.position).to_uppercase(),
                    option.main(),
                    option.text("gains"),
                    option.text("gives_up")
                )
            });
            let head = "| Option | What we do | Gains | Gives up |\n|---|---|---|---|";
            let table: Vec<String> = std::iter::once(head.to_owned()).chain(rows).collect();
            let open = of_kind(&parts, PartKind::Objection)
                .filter(|part| part.text("status") == "open")
                .map(|part| format!("- {}", part.main()));
            let open: Vec<String> = open.collect();
            let recommended = text("recommendation");
            let recommended = options
                .iter()
                .find(|option| letter(option.position).to_string() == recommended)
                .map_or_else(|| text("now"), |option| option.main().to_owned());
            let sure = other.whole("probability").map(|sure| format!("{sure} %"));
            known.extend([
                ("question", other.title().to_owned()),
                ("decision", other.title().to_owned()),
                ("approver", person("approver")),
                ("owner", person("owner")),
                ("needed_by", date("needed_by")),
                ("happening", text("happening")),
                ("matters", text("matters")),
                ("now", text("now")),
                ("risk", text("risk")),
                ("signal", text("signal")),
                ("reads_on", date("reads_on")),
                ("confidence", sure.unwrap_or_default()),
                ("options_short", short.join("; ")),
                ("options", short.join("; ")),
                (
                    "options_table",
                    if options.is_empty() { String::new() } else { table.join("\n") },
                ),
                ("recommendation", recommended),
                ("objections_open", open.join("\n")),
            ]);
        }
        Kind::Asset | Kind::Milestone => known.extend([
            ("launch", other.title().to_owned()),
            ("launch_date", date("due")),
            ("owner", person("owner")),
        ]),
        Kind::Outcome => known.push(("worth", goal(other))),
        Kind::Bet => {
            known.extend([("reason", text("hypothesis")), ("scoring", text("signal"))]);
        }
        Kind::Request => known.push(("quotes", format!("> {}", other.title()))),
        _ => {}
    }
    Ok(())
}

/// `Win rate 24 → 30 %`.
fn goal(outcome: &Item) -> String {
    let real = |name: &str| match outcome.get(name) {
        Value::Real(figure) => crate::domain::field::show_real(*figure),
        _ => "?".to_owned(),
    };
    let figures = format!("{} → {} {}", real("baseline"), real("target"), outcome.text("unit"));
    format!("{}: {}", outcome.title(), figures.trim())
}
