//! The metrics of the catalogue in the palette: choosing one makes it, with its definition, unit,
//! direction and cadence.

use crate::app::menu::{Entry, Pick};
use crate::app::model::Model;
use crate::domain::change::Draft;
use crate::domain::kind::Kind;
use crate::domain::metric::catalogue;
use crate::ops::Op;

/// What else they go by.
const COMMAND: &str = "metric catalogue";

/// One entry for each; none where nothing may be changed.
pub fn metrics(model: &Model) -> impl Iterator<Item = Entry> {
    let offered = if model.about.read_only { &[] } else { catalogue::catalogue() };
    offered.iter().map(|one| {
        let draft = Draft { kind: Kind::Metric, title: one.slug.clone(), changes: Vec::new() };
        let add = Pick::Run(Box::new(Op::Add(vec![draft])));
        let words = [one.unit.slug(), one.direction.slug(), one.cadence.slug()].join(", ");
        let entry = Entry::new(format!("Measure {}", one.name), add).home("catalogue");
        let entry = entry.help(format!("{}; {words}", one.definition));
        Entry { also: COMMAND, by_words: true, ..entry }
    })
}
