//! What the start of a quarter is filled with about metrics: the primary one of each marketer and who
//! agreed to it, those that they carry, and those that suit the stage and the side.

use crate::domain::change::Change;
use crate::domain::grammar::Mode;
use crate::domain::grammar::quick_add::QuickAdd;
use crate::domain::item::{Item, ItemId};
use crate::domain::kind::Kind;
use crate::domain::part::{PartKind, of_kind};
use crate::domain::ritual::Mark;
use crate::domain::ritual::alignment::{Alignment, CompanyStage, MetricSet, suggested};
use crate::domain::ritual::run::Line;
use crate::store::lookup::Lookup;
use crate::store::metric::Metrics;
use crate::store::part::Parts;

use super::super::super::alignment::{self, Marketer};
use super::super::super::error::Result;
use super::super::super::op::{Op, PartStep};
use super::super::super::page::ListQuery;
use super::super::Filler;
use super::super::answers::choice::NOT_SAID;

/// Most metrics of a set that are offered to one person.
const OFFERED: usize = 3;

impl Filler<'_> {
    /// The primary metric of each marketer, and whom it waits for.
    pub(super) fn primaries(&mut self) -> Result<Vec<Line>> {
        let mut lines = Vec::new();
        let marketers = self.workspace.marketers()?;
        if marketers.is_empty() {
            self.notes.push("Nobody does product marketing yet: role:pmm says who.".to_owned());
        }
        for marketer in marketers {
            let name = marketer.person.title();
            let metrics = self.workspace.store.items(&marketer.primary)?;
            if metrics.is_empty() {
                self.notes.push(format!("{name} has no primary metric."));
                lines.extend(self.own_metrics(&marketer.person)?);
            }
            for metric in metrics {
                let parts = self.workspace.store.parts_of(&metric)?;
                let asked: Vec<_> = of_kind(&parts, PartKind::Agreement).collect();
                let agreed = asked.iter().filter(|part| part.day("agreed_on").is_some()).count();
                let words = match asked.len() {
                    0 => "nobody was asked".to_owned(),
                    all => format!("agreed {agreed} of {all}"),
                };
                let mut line = self.about(&metric, words);
                line.why = format!("the metric of {name}");
                lines.push(line);
                for part in &asked {
                    // Who agreed here keeps the place of the line.
                    let is_open = part.day("agreed_on").is_none();
                    let line = self.agreeing(&metric, part.link("person"))?;
                    lines.extend(line.filter(|line| is_open || self.is_said(line)));
                }
            }
        }
        Ok(lines)
    }

    /// Choosing one makes a metric that somebody carries their primary one.
    fn own_metrics(&mut self, person: &Item) -> Result<Vec<Line>> {
        let mut lines = Vec::new();
        let carried = self.workspace.store.carried_by(person.id)?;
        if carried.is_empty() {
            return Ok(lines);
        }
        let mut ids = self.workspace.all_ids(&ListQuery::all(Kind::Metric))?;
        ids.retain(|id| carried.contains(id));
        ids.truncate(OFFERED);
        for metric in &self.workspace.store.items(&ids)? {
            let mut line = self.about(metric, format!("for {}", person.title()));
            "they carry it".clone_into(&mut line.why);
            let field = Kind::Metric.noun().field("primary_for");
            let changes = Change::typed(field, person.title(), &self.workspace.calendar())?;
            self.deed(&line, Op::Edit { items: vec![metric.id], changes });
            lines.push(line);
        }
        Ok(lines)
    }

    /// Whether a line was chosen here before.
    fn is_said(&self, line: &Line) -> bool {
        let mut here = self.said.iter().filter(|said| said.section == self.section);
        here.any(|said| said.mark == Mark::Answered && said.text == line.text)
    }

    /// Choosing it says that somebody agrees to a metric.
    fn agreeing(&mut self, metric: &Item, person: Option<ItemId>) -> Result<Option<Line>> {
        let people = self.workspace.store.items(person.as_slice())?;
        let Some(person) = people.first() else { return Ok(None) };
        let text = format!("{} agrees to {}", person.title(), metric.reference);
        let line = Line { text, aside: "not agreed yet".to_owned(), ..Line::default() };
        let field = PartKind::Agreement.noun().field("agreed_on");
        let changes = Change::typed(field, "today", &self.workspace.calendar())?;
        let key = person.title().to_owned();
        let step = PartStep::Put { kind: PartKind::Agreement, key, changes };
        self.deed(&line, Op::Parts { owner: metric.id, steps: vec![step] });
        Ok(Some(line))
    }

    /// Metrics that suit the stage of the company and the side of each marketer.
    pub(super) fn sets(&mut self) -> Result<Vec<Line>> {
        let (sets, fault) = self.workspace.metric_sets()?;
        self.notes.extend(fault);
        let Some(stage) = self.workspace.company_stage()? else {
            self.notes.push("Which metrics suit hangs on how far the company has come.".to_owned());
            return Ok(self.stages());
        };
        let mut lines = self.stages();
        lines.retain_mut(|line| {
            line.aside.clear();
            self.is_said(line)
        });
        for marketer in self.workspace.marketers()? {
            let mut sides = self.sides(&marketer)?;
            let Some(side) = marketer.side else {
                lines.extend(sides);
                continue;
            };
            sides.retain_mut(|line| {
                line.aside.clear();
                self.is_said(line)
            });
            lines.extend(sides);
            if let Some(set) = suggested(&sets, stage, side) {
                lines.extend(self.offered(&marketer, set)?);
            }
        }
        Ok(lines)
    }

    /// Choosing one says how far the company has come.
    fn stages(&mut self) -> Vec<Line> {
        let mut lines = Vec::new();
        for stage in CompanyStage::ALL {
            let text = match stage {
                CompanyStage::Early => "An early company",
                CompanyStage::Growth => "A growing company",
                CompanyStage::Mature => "A mature company",
            };
            let text = text.to_owned();
            let line = Line { text, aside: NOT_SAID.to_owned(), ..Line::default() };
            let (name, value) = (alignment::STAGE.to_owned(), Some(stage.slug().to_owned()));
            self.deed(&line, Op::Set { name, value });
            lines.push(line);
        }
        lines
    }

    /// Choosing one says on which side somebody stands.
    fn sides(&mut self, marketer: &Marketer) -> Result<Vec<Line>> {
        let mut lines = Vec::new();
        let name = marketer.person.title();
        let field = Kind::Person.noun().field("alignment");
        for side in Alignment::ALL {
            let text = match side {
                Alignment::Product | Alignment::Sales => format!("{name} stands nearer to {side}"),
                Alignment::Balanced => format!("{name} stands between product and sales"),
            };
            let line = Line { text, aside: NOT_SAID.to_owned(), ..Line::default() };
            let changes = Change::typed(field, side.slug(), &self.workspace.calendar())?;
            self.deed(&line, Op::Edit { items: vec![marketer.person.id], changes });
            lines.push(line);
        }
        Ok(lines)
    }

    /// Choosing one makes it the primary metric in the place of the one before.
    fn offered(&mut self, marketer: &Marketer, set: &MetricSet) -> Result<Vec<Line>> {
        let mut lines = Vec::new();
        let name = marketer.person.title();
        let calendar = self.workspace.calendar();
        let had = self.workspace.store.items(&marketer.primary)?;
        let had: Vec<String> = had.iter().map(|metric| metric.reference.to_string()).collect();
        for title in set.metrics.iter().take(OFFERED) {
            let known = self.workspace.store.by_title(Kind::Metric, title)?;
            let known = known.first().map(|one| one.id);
            if known.is_some_and(|id| marketer.primary.contains(&id)) {
                continue;
            }
            let mut line = Line {
                text: format!("{name}: {title}"),
                aside: if had.is_empty() {
                    "suggested".to_owned()
                } else {
                    format!("in the place of {}", had.join(", "))
                },
                why: set.why.clone(),
                ..Line::default()
            };
            let primary = Kind::Metric.noun().field("primary_for");
            let mut ops = Vec::new();
            if !marketer.primary.is_empty() {
                let changes = Change::typed(primary, "none", &calendar)?;
                ops.push(Op::Edit { items: marketer.primary.clone(), changes });
            }
            if let Some(id) = known {
                line.about = self.workspace.store.item(id)?.map(|one| one.reference.to_string());
                let changes = Change::typed(primary, name, &calendar)?;
                ops.push(Op::Edit { items: vec![id], changes });
            } else {
                let slug = catalogue_slug(title);
                let words = format!("{} catalogue:{slug} primary:{}", quoted(title), quoted(name));
                let read = QuickAdd::read(&words, Kind::Metric, &calendar, Mode::Add);
                ops.push(Op::Add(vec![read.draft()?]));
            }
            self.deed(&line, Op::Several(ops));
            lines.push(line);
        }
        Ok(lines)
    }
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

/// The short name of a metric of the catalogue.
fn catalogue_slug(name: &str) -> String {
    let all = crate::domain::metric::catalogue::catalogue();
    let found = all.iter().find(|one| one.name == name);
    found.map(|one| one.slug.clone()).unwrap_or_default()
}
