//! The message house: which slots are empty for whom, which messages were never tested, what each
//! stands on, and how far reps say them, by stage.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::{Days, NaiveDate};
use serde_json::json;

use crate::domain::evidence::Stage;
use crate::domain::item::{Item, ItemId};
use crate::domain::kind::Kind;
use crate::domain::message::adoption::{Adoption, MOST_POINTS, ScoredCall, by_stage};
use crate::domain::message::house::{Gap, Node, SKELETON, Slot, gaps, skeleton};
use crate::domain::noun::Shelf;
use crate::domain::part::{Part, PartKind, of_kind};
use crate::domain::refusal::Refusal;
use crate::domain::sheet::{Sheet, own_or_shipped};
use crate::domain::week::share::Share;
use crate::store::bulk::Bulk;
use crate::store::conversation::Talks;
use crate::store::evidence::Evidence;
use crate::store::part::Parts;

use super::super::error::Result;
use super::super::page::ListQuery;
use super::super::workspace::{Settings, Workspace};
use super::report::{Report, Row};
use super::told::Fact;

/// Days of calls that adoption is told of.
const ADOPTED_WITHIN_DAYS: u64 = 90;
/// The skeleton of the user's own, beside the templates.
const OWN_SKELETON: &str = "message-house.toml";

/// A message with what the house looks at.
struct Told {
    item: Item,
    node: Node,
    expected: BTreeSet<Stage>,
}

impl Workspace {
    /// The house: its gaps, then every message with its tests and what it stands on.
    ///
    /// # Errors
    /// A storage error; a skeleton of the user's own that cannot be read, where the one that ships
    /// cannot either.
    pub fn house_report(&mut self) -> Result<Report> {
        let mut report = Report::new("message-house", "The message house");
        let (slots, fault) = in_force(&self.settings)?;
        report.head.extend(fault);
        let told = self.house()?;
        let nodes: Vec<Node> = told.iter().map(|one| one.node.clone()).collect();
        for gap in gaps(&slots, &nodes) {
            report.head.push(gap.words());
            let values = json!({ "gap": gap.slug(), "of": gap.of() });
            report.also.push(Row::named("", &gap.words(), "", values));
        }
        let assumed: u32 = nodes.iter().map(|node| node.assumptions).sum();
        report.head.push(format!("Stands on {assumed} assumption{}", ending(assumed)));
        for one in &told {
            let words = node_words(&one.node, &slots);
            let values = json!({
                "slot": one.node.slot, "audience": one.node.audience,
                "use_case": one.node.use_case, "tests": one.node.tests,
                "assumptions": one.node.assumptions, "proof": one.node.proof,
            });
            report.rows.push(Row::of(&one.item, words, values));
        }
        Ok(report)
    }

    /// How far the messages are said in calls, by stage.
    ///
    /// # Errors
    /// A storage error.
    pub fn adoption_report(&mut self) -> Result<Report> {
        let today = self.clock.today();
        let first = today.checked_sub_days(Days::new(ADOPTED_WITHIN_DAYS)).unwrap_or(today);
        let mut report = Report::new("narrative-adoption", "Narrative adoption by stage, 90 days");
        let adopted = self.adoption(first, today)?;
        if adopted.is_empty() {
            report.head.push("no message says at which stage it is expected".to_owned());
        }
        for (stage, adoption) in adopted {
            let values = json!({
                "stage": stage.slug(), "points": adoption.share.part, "possible": adoption.share.whole,
                "calls": adoption.calls, "reps": adoption.reps,
            });
            report.rows.push(Row::named(stage.slug(), stage.words(), adoption.words(), values));
        }
        Ok(report)
    }

    /// The adoption at each stage for which messages are expected, over scored calls of a period.
    ///
    /// # Errors
    /// A storage error.
    pub fn adoption(&self, first: NaiveDate, last: NaiveDate) -> Result<BTreeMap<Stage, Adoption>> {
        let (expected, calls) = scored_between(&self.store, first, last)?;
        let calls: Vec<ScoredCall> = calls.into_iter().map(|(_, call)| call).collect();
        Ok(by_stage(&expected, &calls))
    }

    fn house(&mut self) -> Result<Vec<Told>> {
        let ids = self.all_ids(&ListQuery::all(Kind::Message))?;
        let items = self.store.items(&ids)?;
        self.nodes(items)
    }

    fn nodes(&self, items: Vec<Item>) -> Result<Vec<Told>> {
        let mut parts = self.store.parts(&items)?;
        let claims: Vec<ItemId> =
            items.iter().flat_map(|item| item.links("claims").to_vec()).collect();
        let states: HashMap<ItemId, &'static str> = self
            .store
            .items(&claims)?
            .into_iter()
            .filter(|claim| claim.deleted_at.is_none())
            .map(|claim| (claim.id, claim.state().slug))
            .collect();
        Ok(items
            .into_iter()
            .map(|item| {
                let own = parts.remove(&item.id).unwrap_or_default();
                let assumed = |id: &&ItemId| states.get(id) == Some(&"assumption");
                let node = node(&item, &own, item.links("claims").iter().filter(assumed).count());
                Told { expected: stages(item.text("stages")), node, item }
            })
            .collect())
    }

    pub(super) fn facts_of_message(&self, item: &Item) -> Result<Vec<Fact>> {
        let mut told = self.nodes(vec![item.clone()])?;
        let Some(told) = told.pop() else { return Ok(Vec::new()) };
        let mut facts = lacks(&told.node)
            .into_iter()
            .enumerate()
            .map(|(at, words)| Fact::warns(if at == 0 { "To mend" } else { "" }, words))
            .collect::<Vec<_>>();
        let today = self.clock.today();
        let first = today.checked_sub_days(Days::new(ADOPTED_WITHIN_DAYS)).unwrap_or(today);
        let (mut points, mut calls) = (0, 0);
        for talk in self.store.talks(first, today)? {
            if !told.expected.contains(&talk.stage) || talk.scores.is_empty() {
                continue;
            }
            calls += 1;
            let said = talk.scores.iter().rev().find(|(id, _)| *id == item.id);
            points += said.map_or(0, |(_, score)| score.points());
        }
        if !told.expected.is_empty() {
            let share = Share::new(points, calls * MOST_POINTS);
            let said = share.in_points(usize::try_from(calls).unwrap_or(0));
            let noun = if calls == 1 { "scored call" } else { "scored calls" };
            let words = format!("{said} · {calls} {noun} in 90 days");
            facts.push(Fact::new("Said", words));
        }
        facts.extend(self.holding_back(item)?);
        Ok(facts)
    }

    /// What a list says beside a message.
    pub(super) fn messages_aside(&self, items: &[Item]) -> Result<HashMap<ItemId, String>> {
        let messages: Vec<Item> =
            items.iter().filter(|item| item.kind() == Kind::Message).cloned().collect();
        let told = self.nodes(messages)?;
        Ok(told.into_iter().map(|one| (one.item.id, lacks(&one.node).join("; "))).collect())
    }
}

/// The skeleton in force, and what is wrong with the user's own.
fn in_force(settings: &Settings) -> Result<(Vec<Slot>, Option<String>)> {
    let own = settings.own.as_ref().map(|own| own.join("templates").join(OWN_SKELETON));
    let text = own.and_then(|path| std::fs::read_to_string(path).ok());
    let sheet = text.as_deref().map(|text| Sheet::new("templates/message-house.toml", text));
    let chosen = own_or_shipped(sheet, SKELETON, skeleton)
        .map_err(|fault| Refusal::input(fault.to_string()))?;
    let fault = chosen.passed_over.map(|fault| format!("{fault}; the one that ships is used"));
    Ok((chosen.used, fault))
}

/// A message stands in a slot of the house, and is expected at stages that there are.
pub(super) fn complete(before: Option<&Item>, item: &Item, settings: &Settings) -> Result<()> {
    if item.kind() != Kind::Message {
        return Ok(());
    }
    let is_new = |name: &str| {
        !item.text(name).is_empty() && before.is_none_or(|old| old.text(name) != item.text(name))
    };
    if is_new("slot") {
        let (slots, _) = in_force(settings)?;
        let slot = item.text("slot");
        if !slots.iter().any(|one| one.key == slot) {
            let known: Vec<&str> = slots.iter().map(|one| one.key.as_str()).collect();
            let what = format!("slot: “{slot}” is not one of {}", known.join(", "));
            return Err(Refusal::input(what).asking("slot").into());
        }
    }
    if is_new("stages")
        && let Some(word) = words_of(item.text("stages")).find(|word| stage(word).is_none())
    {
        let known: Vec<&str> = Stage::ALL.iter().map(|stage| stage.slug()).collect();
        let what = format!("expected at: “{word}” is not one of {}", known.join(", "));
        return Err(Refusal::input(what).asking("stages").into());
    }
    Ok(())
}

/// The messages that are expected at each stage.
pub(in crate::ops) type Expected = BTreeMap<Stage, BTreeSet<String>>;

/// What is expected at each stage, and the scored calls between two days.
pub(in crate::ops) fn scored_between(
    from: &(impl Evidence + Bulk + Talks),
    first: NaiveDate,
    last: NaiveDate,
) -> Result<(Expected, Vec<(NaiveDate, ScoredCall)>)> {
    let mut expected = Expected::new();
    for message in from.some(&from.live_of(Kind::Message)?)? {
        // What is retired is not in force.
        if message.state().shelf == Shelf::Closed {
            continue;
        }
        for stage in stages(message.text("stages")) {
            expected.entry(stage).or_default().insert(message.id.to_string());
        }
    }
    let talks = from.talks(first, last)?;
    let calls = talks.into_iter().filter(|talk| !talk.scores.is_empty()).map(|talk| {
        let scores = talk.scores.into_iter();
        let call = ScoredCall {
            stage: talk.stage,
            rep: talk.rep.map_or_else(String::new, |rep| rep.to_string()),
            scores: scores.map(|(id, score)| (id.to_string(), score)).collect(),
        };
        (talk.on, call)
    });
    Ok((expected, calls.collect()))
}

/// Points and what was possible, over all stages.
pub(in crate::ops) fn pooled(all: &BTreeMap<Stage, Adoption>) -> Share {
    all.values().fold(Share::new(0, 0), |sum, one| {
        Share::new(sum.part + one.share.part, sum.whole + one.share.whole)
    })
}

/// The stages of a list with commas.
fn stages(text: &str) -> BTreeSet<Stage> {
    words_of(text).filter_map(stage).collect()
}

fn words_of(text: &str) -> impl Iterator<Item = &str> {
    text.split([',', ';', ' ']).map(str::trim).filter(|word| !word.is_empty())
}

fn stage(word: &str) -> Option<Stage> {
    Stage::parse(&word.to_lowercase())
}

fn node(item: &Item, parts: &[Part], assumptions: usize) -> Node {
    let tests = of_kind(parts, PartKind::Trial).count();
    Node {
        name: item.reference.to_string(),
        audience: item.text("audience").to_owned(),
        use_case: item.text("use_case").to_owned(),
        slot: item.text("slot").to_owned(),
        text: item.title().to_owned(),
        proof: item.text("proof").to_owned(),
        tests: u32::try_from(tests).unwrap_or(u32::MAX),
        assumptions: u32::try_from(assumptions).unwrap_or(u32::MAX),
    }
}

/// What one message lacks.
fn lacks(node: &Node) -> Vec<String> {
    let own = [Gap::Proof { node: String::new() }, Gap::Test { node: String::new() }];
    let mut words = Vec::new();
    for gap in own {
        match gap {
            Gap::Proof { .. } if node.proof.trim().is_empty() => words.push("no proof".to_owned()),
            Gap::Test { .. } if node.tests == 0 => words.push("never tested".to_owned()),
            Gap::Proof { .. } | Gap::Test { .. } | Gap::Slot { .. } | Gap::Text { .. } => {}
        }
    }
    if node.assumptions > 0 {
        let count = node.assumptions;
        words.push(format!("on {count} assumption{}", ending(count)));
    }
    words
}

fn node_words(node: &Node, slots: &[Slot]) -> String {
    let slot = slots.iter().find(|slot| slot.key == node.slot);
    let slot = slot.map_or(node.slot.clone(), |slot| slot.name.clone());
    let whose = [slot, node.audience.clone(), node.use_case.clone()];
    let mut words: Vec<String> = whose.into_iter().filter(|word| !word.is_empty()).collect();
    let tests = match node.tests {
        0 => "never tested".to_owned(),
        1 => "1 test".to_owned(),
        count => format!("{count} tests"),
    };
    words.push(tests);
    if node.assumptions > 0 {
        words.push(format!("on {} assumption{}", node.assumptions, ending(node.assumptions)));
    }
    words.join(" · ")
}

fn ending(count: u32) -> &'static str {
    if count == 1 { "" } else { "s" }
}
