//! `week history`: the weeks up to one, by band and with their verdicts.

use clap::ArgMatches;
use serde_json::json;

use crate::domain::shown::Shown;
use crate::domain::week::Band;
use crate::domain::week::share::percentages;
use crate::ops::Result;

use super::super::invocation::Invocation;
use super::super::output::{Format, Role};
use super::json::minutes;
use super::named;

/// Prints them, the oldest first.
///
/// # Errors
/// A word that is no week; a storage error.
pub fn run(call: &mut Invocation<'_>, matches: &ArgMatches) -> Result<()> {
    let workspace = call.workspace()?;
    let week = named(&workspace, matches)?;
    let count = matches.get_one::<u16>("weeks").copied().unwrap_or(12);
    let today = workspace.clock().today();
    let past = workspace.past_weeks(week, usize::from(count))?;
    call.output.open("week")?;
    call.output.columns(&["ref", "S %", "E %", "R %", "verdict"])?;
    for one in &past {
        let shares = percentages(&Band::WORK.map(|band| one.actual.of(band)));
        match call.output.format() {
            Format::Json | Format::JsonLines => {
                let (low, high) = one.actual.reactive_interval();
                call.output.item(&json!({
                    "ref": one.week.to_string(),
                    "title": one.week.to_string(),
                    "from": one.week.monday().to_string(),
                    "lived": minutes(&one.actual),
                    "percent": shares,
                    "reactive_low_permille": low.in_parts(1_000),
                    "reactive_high_permille": high.in_parts(1_000),
                    "verdict": one.verdict.slug(),
                    "words": one.words(today),
                }))?;
            }
            Format::Human | Format::Csv | Format::Plain => {
                let share = |at: usize| {
                    shares.as_ref().map_or_else(String::new, |shares| shares[at].to_string())
                };
                let fields = [one.week.to_string(), share(0), share(1), share(2)];
                let words = one.words(today).to_owned();
                if call.output.is_human() {
                    call.output.pieces(&[(Role::Plain, Shown::line(&one.line(today)))])?;
                } else {
                    let [key, s, e, r] = fields;
                    call.output.fields(&[key, s, e, r, words])?;
                }
            }
        }
    }
    call.output.close()
}
