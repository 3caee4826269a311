//! What the ledger of impacts comes to: by kind and currency, never one sum over two of them.

use clap::{ArgMatches, Command};
use serde_json::json;

use crate::ops::Result;

use super::invocation::Invocation;
use super::nouns::Own;

pub const ALL: &[Own] = &[Own { name: "sum", command, run }];

fn command() -> Command {
    Command::new("sum")
        .about("What the impacts come to, by kind and currency")
        .before_help("Examples:\n  prewire impact sum\n  prewire impact sum --json")
}

fn run(call: &mut Invocation<'_>, _: &ArgMatches) -> Result<()> {
    let workspace = call.workspace()?;
    let sums = workspace.impact_sums()?;
    if !call.output.is_human() {
        call.output.open("impact_sum")?;
        for one in &sums {
            let currency = one.amount.map(|money| money.currency.to_string());
            call.output.item(&json!({
                "ref": one.kind, "title": one.words(), "kind": one.kind, "count": one.count,
                "amount": one.amount.map(crate::domain::metric::deals::Money::major),
                "currency": currency.filter(|code| code != "XXX"),
            }))?;
        }
        return call.output.close();
    }
    if sums.is_empty() {
        call.output.say("0 changes evidenced; prewire impact add 'What changed kind:revenue'");
    }
    sums.iter().try_for_each(|one| call.output.line(&one.words()))
}
