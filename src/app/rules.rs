//! The rules by which a band is guessed, as menus: all of them, and what one says.

use crate::domain::week::Band;
use crate::domain::week::guess::BandRule;
use crate::ops::Op;
use crate::ops::week::rules::KeptRule;

use super::menu::{Entry, Menu, Pick, Purpose};

/// All rules, the own ones first.
#[must_use]
pub fn all(rules: &[KeptRule]) -> Menu {
    let heading =
        |at: usize| match (at.checked_sub(1).map(|before| rules[before].own), rules[at].own) {
            (None, true) => Some("Your own"),
            (None | Some(true), false) => Some("Shipped"),
            (Some(_), _) => None,
        };
    let entry = |(at, kept): (usize, &KeptRule)| Entry {
        heading: heading(at),
        ..Entry::new(
            format!("{} “{}”", kept.rule.cue.slug(), kept.rule.pattern),
            Pick::Rule(kept.rule.clone()),
        )
        .side(kept.rule.band.slug())
    };
    let entries = rules.iter().enumerate().map(entry).collect();
    Menu::new(Purpose::Rules, "Rules by which a band is guessed", entries)
}

/// What a rule says, to be changed or taken away.
#[must_use]
pub fn one(rule: &BandRule) -> Menu {
    let bands = Band::ALL.into_iter().filter(|band| *band != Band::Unclassified);
    let mut entries: Vec<Entry> = bands
        .map(|band| {
            let changed = BandRule { band, ..rule.clone() };
            Entry::new(band.slug(), Pick::Run(Box::new(Op::SetRule(changed))))
                .ticked(band == rule.band)
        })
        .collect();
    let forgets = Op::ForgetRule(rule.cue, rule.pattern.clone());
    entries.push(
        Entry::new("no rule", Pick::Run(Box::new(forgets)))
            .help("Takes it away; undo brings it back."),
    );
    let title = format!("{} “{}” is guessed", rule.cue.slug(), rule.pattern);
    Menu::new(Purpose::Rules, title, entries)
}
