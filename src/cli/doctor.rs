//! `doctor`: what keeps the workspace safe, looked at piece by piece. It changes nothing.

use clap::Command;
use serde_json::json;

use crate::ops::doctor::{Report, Verdict, doctor};
use crate::ops::{Error, Result};
use crate::store;

use super::families::Family;
use super::invocation::Invocation;
use super::output::Format;

pub const FAMILY: Family = Family {
    name: "doctor",
    command: || {
        Command::new("doctor")
            .about("Look whether the workspace is sound and safe; changes nothing")
            .before_help("Examples:\n  prewire doctor\n  prewire doctor --json --db copy.db")
    },
    run: |call, _| run(call),
};

fn run(call: &mut Invocation<'_>) -> Result<()> {
    let (path, _) = call.place()?;
    let report = doctor(&path, &call.places(), call.clock);
    print(call, &report)?;
    if !path.exists() {
        // A link that leads nowhere is refused, as by every other command.
        store::header::resolve(&path)?;
        return Err(store::Error::Absent(path).into());
    }
    let count = report.checks.iter().filter(|check| check.verdict >= Verdict::Problem).count();
    let words = || {
        let worst = report.checks.iter().find(|check| check.verdict == Verdict::Damaged);
        let words = worst.map_or_else(String::new, |check| check.words.clone());
        // It names the file already, and so does the sentence at the end.
        let why = words.split_once(" is damaged (").and_then(|(_, why)| why.strip_suffix(')'));
        let why = why.map(str::to_owned).unwrap_or(words);
        // All of it was printed.
        match why.split_once("; ") {
            Some((first, _)) => format!("{first}, and more"),
            None => why,
        }
    };
    match report.verdict() {
        Verdict::Ok | Verdict::Note => Ok(()),
        Verdict::Problem => Err(Error::Problems(format!(
            "doctor found {count} {}",
            if count == 1 { "problem" } else { "problems" }
        ))),
        Verdict::Damaged => Err(store::Error::Damaged { path: report.path, why: words() }.into()),
    }
}

fn print(call: &mut Invocation<'_>, report: &Report) -> Result<()> {
    match call.output.format() {
        Format::Human => report.text().lines().try_for_each(|line| call.output.line(line)),
        Format::Json | Format::JsonLines => {
            call.output.open("check")?;
            for check in &report.checks {
                call.output.item(&json!({
                    "ref": check.name,
                    "title": check.words,
                    "name": check.name,
                    "verdict": check.verdict.word(),
                    "words": check.words,
                    "hint": check.hint,
                }))?;
            }
            call.output.close()
        }
        Format::Csv | Format::Plain => {
            call.output.columns(&["verdict", "ref", "title", "hint"])?;
            report.checks.iter().try_for_each(|check| {
                let hint = check.hint.clone().unwrap_or_default();
                let verdict = check.verdict.word().to_owned();
                call.output.fields(&[verdict, check.name.to_owned(), check.words.clone(), hint])
            })
        }
    }
}
