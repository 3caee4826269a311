//! Experiments: how long to wait before one is read, and the looks that came too early or on too
//! few.

use chrono::NaiveDate;

use crate::domain::day;
use crate::domain::evidence::experiment::{self, Design, Reading};
use crate::domain::item::Item;
use crate::domain::part::{Part, PartKind, of_kind};
use crate::domain::value::Value;
use crate::store::part::Parts;

use super::super::error::Result;
use super::super::workspace::Workspace;
use super::told::Fact;

impl Workspace {
    /// What a list says of the readings of an experiment.
    pub(super) fn readings_of(&self, item: &Item) -> Result<String> {
        let parts = self.store.parts_of(item)?;
        let count = of_kind(&parts, PartKind::Look).count();
        Ok(match (count, self.early(item, &parts).first()) {
            (0, _) => "none yet".to_owned(),
            (count, None) => count.to_string(),
            (count, Some((_, words))) => format!("{count}, {words}"),
        })
    }

    /// Looks at an experiment that are to be taken with care, the last first.
    fn early(&self, item: &Item, parts: &[Part]) -> Vec<(i64, String)> {
        let design = Design {
            minimum_sample: item.whole("minimum_sample").unwrap_or(0),
            stops_on: item.day("stops_on").unwrap_or(NaiveDate::MIN),
        };
        let looks: Vec<&Part> = of_kind(parts, PartKind::Look).collect();
        let flagged = looks.into_iter().rev().filter_map(|part| {
            let reading = Reading {
                read_on: part.day("read_on").unwrap_or_else(|| self.clock.today()),
                sample: match part.get("sample") {
                    Value::Whole(sample) => *sample,
                    _ => design.minimum_sample,
                },
            };
            let found = experiment::flags(design, reading);
            let words: Vec<&str> = found.iter().map(|flag| flag.words()).collect();
            (!words.is_empty()).then(|| (part.position, words.join(", ")))
        });
        flagged.collect()
    }

    pub(super) fn facts_of_experiment(&self, item: &Item) -> Result<Vec<Fact>> {
        let parts = self.store.parts_of(item)?;
        let mut facts = Vec::new();
        let today = self.clock.today();
        if let (Some(stop), "running") = (item.day("stops_on"), item.state().slug) {
            let words = if stop > today {
                format!("not before {}, in {} d", day::echo(stop, today), (stop - today).num_days())
            } else {
                format!("since {}", day::echo(stop, today))
            };
            facts.push(Fact::new("Read it", words));
        }
        for (at, (position, words)) in self.early(item, &parts).into_iter().enumerate() {
            let label = if at == 0 { "Careful" } else { "" };
            facts.push(Fact::warns(label, format!("reading {position}: {words}")));
        }
        Ok(facts)
    }
}
