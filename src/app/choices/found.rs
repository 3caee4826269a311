//! What can be done to a row as help and the palette find it: the verbs of the menu of verbs, each by
//! its name, with its way by key, and those that other rows have, with why this one has not.

use super::super::action::{ACTIONS, Action, Group};
use super::super::menu::{Entry, Pick};
use super::super::model::Model;
use super::super::update::refusal;
use super::verbs::{PARTS, called};
use super::{capital, verbs};
use crate::domain::item::Item;
use crate::domain::kind::Kind;
use crate::domain::verb::Verb;

/// The verbs and parts of a row: those of the row under the cursor or of all marked, then those that
/// only others have. What stands in the table of actions by the same name is found there.
#[must_use]
pub fn row_verbs(model: &Model) -> Vec<Entry> {
    let item = model.acted(Action::Verbs);
    let blocked = refusal(model, Action::Verbs);
    let is_verb = |entry: &Entry| matches!(entry.pick, Pick::Verb(_) | Pick::Part(_));
    let menu = item.map(|item| verbs(model, item, model.targets()).entries);
    let mut entries = menu.unwrap_or_default();
    entries.retain(is_verb);
    entries.extend(foreign(item, &entries));
    let is_action = |entry: &Entry| ACTIONS.iter().any(|about| about.name == entry.label);
    entries.retain(|entry| !is_action(entry));
    let kind = item.map(Item::kind);
    let keyed = entries.into_iter().map(|entry| Entry {
        side: way(model, kind, &entry),
        label: capital(&entry.label),
        refusal: blocked.clone().or(entry.refusal),
        home: Group::Row.short(),
        ..entry
    });
    keyed.collect()
}

/// What other rows have, each name once, with why this one has it not.
fn foreign(item: Option<&Item>, own: &[Entry]) -> Vec<Entry> {
    let mut entries: Vec<Entry> = Vec::new();
    let why = |name: &str, refusal: Option<String>| {
        Some(match item {
            Some(_) => refusal.unwrap_or_else(|| format!("not all that is marked has “{name}”")),
            None => "select a row first".to_owned(),
        })
    };
    let is_new =
        |entries: &[Entry], name: &str| !own.iter().chain(entries).any(|entry| entry.label == name);
    for verb in Verb::ALL {
        let ((letter, synonyms), name) = (called(verb), verb.name());
        if is_new(&entries, name) {
            let refusal = item.and_then(|item| verb.refusal(item)).map(|refusal| refusal.what);
            let entry = Entry::new(name, Pick::Verb(verb)).side(letter).help(verb.help());
            entries.push(Entry { refusal: why(name, refusal), synonyms, ..entry });
        }
    }
    for (part, letter) in PARTS {
        let noun = part.noun();
        if is_new(&entries, noun.label) {
            let owners: Vec<String> = noun.owners.iter().map(|kind| kind.noun().one()).collect();
            let not = item.map(|item| {
                let (label, owners, one) = (noun.label, owners.join(" or "), item.kind().noun());
                format!("{label} is for {owners}, not for {}", one.one())
            });
            let entry = Entry::new(noun.label, Pick::Part(part)).side(letter).help(noun.what);
            entries.push(Entry { refusal: why(noun.label, not), ..entry });
        }
    }
    entries
}

/// The keys that lead to it: of its own where it is what ends the row, else by the menu of verbs.
fn way(model: &Model, kind: Option<Kind>, entry: &Entry) -> String {
    let keys = model.keys();
    let ends =
        matches!(entry.pick, Pick::Verb(verb) if kind.and_then(Verb::finishing) == Some(verb));
    let direct = keys.shown(Action::Finish).filter(|_| ends);
    let by_menu = keys.shown(Action::Verbs).map(|menu| format!("{menu} {}", entry.side));
    direct.into_iter().chain(by_menu).collect::<Vec<_>>().join("  ")
}
