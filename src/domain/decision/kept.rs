//! What stood before a decision was reopened, as a version keeps it: the whole record in words, a line
//! a field, and what the figures of decisions read back from it. Nothing else is ever read back.

use super::Record;
use super::figures::worked;
use crate::domain::day::show_minutes;
use crate::domain::item::Item;
use crate::domain::part::{Part, PartKind, letter, of_kind};
use crate::domain::value::Value;

/// What a further line of the same text begins with, so that no text reads as a field.
const FURTHER: &str = "\n  ";

/// What the figures ask of an answer that was taken back.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Bet {
    /// How sure they were, in per cent.
    pub probability: Option<i64>,
    /// What came of it, when somebody looked: 1 worked, 0 did not.
    pub came: Option<f64>,
}

/// The whole record in words, one line each.
#[must_use]
pub fn told(record: &Record) -> String {
    let item = &record.item;
    let mut lines = vec![further(item.title()), format!("state: {}", item.state().slug)];
    let fields = |names: &[&str]| -> Vec<String> {
        names.iter().filter_map(|name| labelled(item, name)).collect()
    };
    lines.extend(fields(&["kind", "stake", "reversibility", "forum"]));
    lines.extend(fields(&["happening", "matters", "now", "risk", "signal", "probability"]));
    lines.extend(record.options().map(option));
    lines.extend(record.prewires().map(|prewire| spoken(record, prewire)));
    lines.extend(fields(&["default_text", "recommendation", "chosen", "rationale"]));
    lines.extend(of_kind(&record.parts, PartKind::Override).map(set_aside));
    lines.extend(fields(&["happened", "worked", "lesson"]));
    if let Some(approver) = item.link("approver") {
        lines.push(format!("approver: {}", further(record.called(approver))));
    }
    let days = ["raised_on", "needed_by", "forum_on", "reads_on", "decided_on", "review_on"];
    for name in days.into_iter().chain(["reviewed_on"]) {
        if let Some(day) = item.day(name) {
            lines.push(format!("{}: {day}", label(item, name)));
        }
    }
    lines.join("\n")
}

/// Reads back what the figures ask for; what an older version did not keep is missing.
#[must_use]
pub fn bet(record: &str) -> Bet {
    // The first line is the question, whatever it says.
    let mut found = Bet::default();
    for line in record.lines().skip(1) {
        let Some((label, value)) = line.split_once(": ") else { continue };
        match label {
            "probability" => found.probability = value.parse().ok(),
            "worked" => found.came = worked(value),
            _ => {}
        }
    }
    found
}

fn further(text: &str) -> String {
    text.trim().lines().collect::<Vec<_>>().join(FURTHER)
}

fn label(item: &Item, name: &str) -> &'static str {
    item.kind().noun().field(name).label
}

fn labelled(item: &Item, name: &str) -> Option<String> {
    let text = match item.whole(name) {
        Some(number) => number.to_string(),
        None => further(item.text(name)),
    };
    (!text.is_empty()).then(|| format!("{}: {text}", label(item, name)))
}

/// `option a: Tier 1; gains reach; gives up press; cost 20 h`.
fn option(option: &Part) -> String {
    let mut line = format!("option {}: {}", letter(option.position), further(option.main()));
    for (name, words) in
        [("gains", "gains"), ("gives_up", "gives up"), ("spend", "money"), ("risk", "risks")]
    {
        if !option.text(name).is_empty() {
            line = format!("{line}; {words} {}", further(option.text(name)));
        }
    }
    match option.get("cost") {
        Value::Whole(minutes) => format!("{line}; cost {}", show_minutes(*minutes)),
        _ => line,
    }
}

/// `pre-wire: Raj, for, held 2026-05-04`.
fn spoken(record: &Record, prewire: &Part) -> String {
    let who = prewire.link("person").map_or("somebody", |id| record.called(id));
    let held = prewire.day("held_on").map_or_else(String::new, |day| format!(", held {day}"));
    let stance = match prewire.text("stance") {
        "" => "unknown",
        stance => stance,
    };
    format!("pre-wire: {}, {stance}{held}", further(who))
}

/// `override: no time, by Maya`.
fn set_aside(part: &Part) -> String {
    format!("override: {}, by {}", further(part.text("reason")), further(part.text("person")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::decision::tests::framed;

    fn kept(worked: &str) -> String {
        let mut record = framed("medium");
        let text = |text: &str| Value::Text(text.to_owned());
        record.item.set("title", text("worked: yes"));
        record.item.set("happening", text("Two rivals moved\nworked: yes\nprobability: 99"));
        record.item.set("probability", Value::Whole(70));
        record.item.set("worked", text(worked));
        let option = record.parts.iter_mut().find(|part| part.kind == PartKind::Option).unwrap();
        option.set("cost", Value::Whole(90));
        option.set("spend", text("12k EUR"));
        told(&record)
    }

    #[test]
    fn the_whole_record_is_kept_with_its_bet() {
        let record = kept("no");
        for line in ["probability: 70", "; money 12k EUR; cost 1 h 30", "worked: no"] {
            assert!(record.contains(line), "{line}\n{record}");
        }
        assert_eq!(bet(&record), Bet { probability: Some(70), came: Some(0.0) });
    }

    #[test]
    fn no_text_of_a_user_reads_as_a_field() {
        assert_eq!(bet(&kept("")), Bet { probability: Some(70), came: None });
        assert_eq!(bet("worked: yes"), Bet::default());
    }
}
