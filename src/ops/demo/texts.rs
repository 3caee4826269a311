//! What the artefacts of the demo that were sent out say where nothing that they are about knows it.

use chrono::{Duration, NaiveDate};

use crate::domain::artefact::close_gaps;
use crate::domain::item::{Item, Ref};
use crate::domain::value::Value;

const TEXTS: &str = include_str!("../../../assets/demo-artefacts.txt");

/// Closes the gaps of an artefact that its facts have left open.
pub(super) fn close(item: &mut Item, today: NaiveDate) {
    let said = said_of(item.reference, today);
    if said.is_empty() {
        return;
    }
    let facts: Vec<(&str, &str)> =
        said.iter().map(|(name, words)| (*name, words.as_str())).collect();
    let body = close_gaps(item.text("body"), &facts);
    item.set("body", Value::Text(body));
}

/// The gaps with their words, in the order of the file.
fn said_of(reference: Ref, today: NaiveDate) -> Vec<(&'static str, String)> {
    let lines = TEXTS.lines().filter(|line| !line.starts_with('#'));
    let own = lines.skip_while(|line| Ref::parse(line) != Some(reference)).skip(1);
    let mut said: Vec<(&str, String)> = Vec::new();
    for line in own.take_while(|line| Ref::parse(line).is_none()) {
        let (name, words) = line.split_once(' ').unwrap_or((line, ""));
        let words = dated(words, today);
        match said.last_mut() {
            Some((last, text)) if *last == name => {
                text.push('\n');
                text.push_str(&words);
            }
            _ => said.push((name, words)),
        }
    }
    said
}

/// `{+21d}` as the day that it is.
fn dated(words: &str, today: NaiveDate) -> String {
    let day = |words: &str| {
        let (before, rest) = words.split_once('{')?;
        let (days, after) = rest.split_once("d}")?;
        let day = today + Duration::try_days(days.parse().ok()?)?;
        Some(format!("{before}{}{after}", day.format("%-d %B %Y")))
    };
    day(words).unwrap_or_else(|| words.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::artefact::open_gaps;
    use crate::domain::kind::Kind;
    use crate::ops::demo::ME;
    use crate::ops::{Clock, Settings, Workspace};

    #[test]
    fn nothing_that_was_sent_out_has_an_open_gap() {
        for today in ["2026-05-06", "2024-02-29", "2027-01-02", "2025-12-31"] {
            let (clock, day) = (Clock::read(today).unwrap(), today.parse().unwrap());
            let settings = Settings { me: Some(ME.to_owned()), ..Settings::default() };
            let mut workspace = Workspace::in_memory(clock, settings).unwrap();
            workspace.load_demo().unwrap();
            let mut shipped = 0;
            for id in workspace.store().all_ids().unwrap() {
                let item = workspace.store().item(id).unwrap().unwrap();
                if item.kind() != Kind::Artefact || item.state().slug != "shipped" {
                    continue;
                }
                shipped += 1;
                let body = item.text("body");
                assert_eq!(open_gaps(body), Vec::<String>::new(), "{today}: {body}");
                for (name, words) in said_of(item.reference, day) {
                    assert!(body.contains(&words) && !words.contains('{'), "{today}: {name}");
                }
            }
            assert_eq!(shipped, 4, "{today}");
        }
    }
}
