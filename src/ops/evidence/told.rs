//! What is to be said of an item beside its fields: what a claim weighs and why that may be too
//! little, what a decision rests on, what a segment lacks. The detail, `show` and the lines for
//! screen readers say the same.

use std::cell::RefCell;
use std::collections::HashMap;

use crate::domain::evidence::balance::{Balance, Limits, Scope, Terms, weigh};
use crate::domain::evidence::{Piece, Polarity};
use crate::domain::item::{Item, ItemId};
use crate::domain::kind::Kind;
use crate::domain::part::{PartKind, of_kind};

use super::super::error::Result;
use super::super::page::Stand;
use super::super::workspace::Workspace;
use super::{claims, decision, held, positioning, untagged};
use crate::domain::day;
use crate::store::evidence::{Evidence, Known};
use crate::store::part::Parts;

/// Pieces that are named one by one.
const NAMED: usize = 12;

/// The options that pieces of a decision can speak of.
const OPTIONS: [(&str, &str); 3] = [("a", "Option A"), ("b", "Option B"), ("c", "Option C")];

/// What lists said beside their items, which holds while the workspace stands as it did.
#[derive(Debug, Default)]
pub(in crate::ops) struct Asides(RefCell<Option<(Stand, HashMap<ItemId, String>)>>);

impl Asides {
    fn knows(&self, stand: Stand, id: ItemId) -> bool {
        self.0.borrow().as_ref().is_some_and(|(of, told)| *of == stand && told.contains_key(&id))
    }

    fn keep(&self, stand: Stand, told: impl Iterator<Item = (ItemId, String)>) {
        let mut kept = self.0.borrow_mut();
        match kept.as_mut() {
            Some((of, known)) if *of == stand => known.extend(told),
            _ => *kept = Some((stand, told.collect())),
        }
    }

    fn of(&self, items: &[&Item]) -> HashMap<ItemId, String> {
        let kept = self.0.borrow();
        let Some((_, told)) = kept.as_ref() else { return HashMap::new() };
        items.iter().filter_map(|item| Some((item.id, told.get(&item.id)?.clone()))).collect()
    }
}

/// How a fact is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    Plain,
    Quiet,
    Warns,
}

/// One thing to be said, with its label; a blank label goes on with the one before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact {
    pub label: &'static str,
    pub text: String,
    pub tone: Tone,
}

impl Fact {
    /// As one line.
    #[must_use]
    pub fn told(&self) -> String {
        match self.label.to_lowercase().as_str() {
            "" => self.text.clone(),
            label => format!("{label}: {}", self.text),
        }
    }

    pub(in crate::ops) fn new(label: &'static str, text: impl Into<String>) -> Self {
        Self { label, text: text.into(), tone: Tone::Plain }
    }

    pub(in crate::ops) fn quiet(label: &'static str, text: impl Into<String>) -> Self {
        Self { label, text: text.into(), tone: Tone::Quiet }
    }

    pub(super) fn warns(label: &'static str, text: impl Into<String>) -> Self {
        Self { label, text: text.into(), tone: Tone::Warns }
    }
}

impl Workspace {
    /// What is to be said of an item beside its fields.
    ///
    /// # Errors
    /// A storage error.
    pub fn facts(&self, item: &Item) -> Result<Vec<Fact>> {
        match item.kind() {
            Kind::Evidence => self.facts_of_evidence(item),
            Kind::Insight => self.facts_of_insight(item),
            Kind::Claim => self.facts_of_claim(item),
            Kind::Decision => {
                let mut facts = self.facts_of_decision(item)?;
                facts.extend(self.pushed_back(item)?);
                Ok(facts)
            }
            Kind::Segment => self.facts_of_segment(item),
            Kind::Objection => self.facts_of_objection(item),
            Kind::Conversation => self.facts_of_conversation(item),
            Kind::Message => self.facts_of_message(item),
            Kind::Positioning => self.facts_of_positioning(item),
            Kind::Experiment => self.facts_of_experiment(item),
            Kind::Asset => self.facts_of_asset(item),
            Kind::Artefact => self.facts_of_artefact(item),
            Kind::Person => self.facts_of_person(item),
            Kind::Entry => self.facts_of_entry(item),
            Kind::Milestone => self.facts_of_milestone(item),
            Kind::Escalation => {
                let bare = super::super::escalation::stale::bare(item);
                Ok(bare.into_iter().map(|words| Fact::warns("Options", words)).collect())
            }
            _ => Ok(Vec::new()),
        }
    }

    /// What a list says beside each of these items.
    ///
    /// # Errors
    /// A storage error.
    pub(in crate::ops) fn accounts(&self, items: &[Item]) -> Result<HashMap<ItemId, String>> {
        let asked: Vec<&Item> =
            items.iter().filter(|item| item.kind().weighed().is_some()).collect();
        if asked.is_empty() {
            return Ok(HashMap::new());
        }
        let stand = self.stand()?;
        let unread: Vec<Item> = asked
            .iter()
            .filter(|item| !self.asides.knows(stand, item.id))
            .map(|item| (*item).clone())
            .collect();
        if !unread.is_empty() {
            let mut all = self.claims_aside(&unread)?;
            all.extend(self.objections_aside(&unread)?);
            all.extend(self.segments_aside(&unread)?);
            all.extend(self.messages_aside(&unread)?);
            all.extend(self.versions_aside(&unread)?);
            all.extend(self.standings(&unread)?);
            all.extend(self.guesses_aside(&unread)?);
            all.extend(self.touches_aside(&unread)?);
            let told = |item: &Item| (item.id, all.get(&item.id).cloned().unwrap_or_default());
            self.asides.keep(stand, unread.iter().map(told));
        }
        Ok(self.asides.of(&asked))
    }

    fn facts_of_evidence(&self, item: &Item) -> Result<Vec<Fact>> {
        let mut facts = Vec::new();
        let missing = untagged(item);
        if !missing.is_empty() && item.state().slug != "retired" {
            let words =
                format!("{} not said yet, not even that it is unknown", missing.join(" and "));
            facts.push(Fact::warns("Untagged", words));
        }
        if item.text("segment_unknown") == "yes" {
            facts.push(Fact::quiet("Segment", "unknown"));
        }
        if item.text("kind") == "opinion" {
            facts.push(Fact::quiet("Opinion", "it counts nothing for or against a claim"));
        }
        facts.extend(self.rested_on(item)?);
        Ok(facts)
    }

    fn facts_of_insight(&self, item: &Item) -> Result<Vec<Fact>> {
        let mut facts = Vec::new();
        if item.links("evidence").is_empty() {
            facts.push(Fact::warns("Shown by", "no evidence yet"));
        }
        facts.extend(self.rested_on(item)?);
        Ok(facts)
    }

    /// The decisions that rest on an item, so that product and market decide from the same.
    fn rested_on(&self, item: &Item) -> Result<Vec<Fact>> {
        let decisions = self.mentions(&self.store.decisions_resting_on(item.id)?)?;
        let told = decisions.iter().enumerate().map(|(at, one)| {
            let label = if at == 0 { "Decides" } else { "" };
            Fact::new(label, format!("{} {} ({})", one.reference, one.title, one.state))
        });
        Ok(told.collect())
    }

    fn facts_of_claim(&self, item: &Item) -> Result<Vec<Fact>> {
        let known = self.known_of(item.id)?;
        let pieces: Vec<Piece> = known.iter().map(|one| one.piece.clone()).collect();
        let today = self.clock.today();
        let limits = self.limits()?;
        let terms = Terms { chosen_on: item.day("chosen_on"), today, limits };
        let balance = weigh(&pieces, &claims::scope(item), &terms);
        let mut facts = vec![Fact::new("Balance", said(&balance))];
        facts.extend(flags(&balance, &limits));
        if item.text("critical") == "yes" && item.text("result") != "passed" {
            let state = item.state().slug;
            if ["assumption", "contested"].contains(&state) {
                let words = "critical and not tested: it holds back every narrative on it";
                facts.push(Fact::warns("Held back", words));
            }
        }
        facts.extend(self.named(&known)?);
        let mut on_it = self.store.pointing_at(item.id, "stands", NAMED)?;
        on_it.extend(self.store.decisions_resting_on(item.id)?);
        for (at, one) in self.mentions(&on_it)?.iter().enumerate() {
            let label = if at == 0 { "Rests on it" } else { "" };
            facts
                .push(Fact::new(label, format!("{} {} ({})", one.reference, one.title, one.state)));
        }
        Ok(facts)
    }

    /// Who says what will not land says what would.
    fn pushed_back(&self, item: &Item) -> Result<Vec<Fact>> {
        let parts = self.store.parts(std::slice::from_ref(item))?;
        let all = parts.get(&item.id).map_or(&[][..], Vec::as_slice);
        let bare = of_kind(all, PartKind::Pushback).filter(|part| part.text("instead").is_empty());
        let told = bare.map(|part| {
            let words = format!("“{}” names no option that would", part.main());
            Fact::warns("Pushback", words)
        });
        Ok(told.collect())
    }

    fn facts_of_decision(&self, item: &Item) -> Result<Vec<Fact>> {
        let (decision, links) = self.decision_with_links(item)?;
        if decision.links.is_empty() {
            let was_decided = decision.decided.is_some();
            return Ok(if was_decided {
                vec![Fact::quiet("Insight", "decided without insight")]
            } else {
                Vec::new()
            });
        }
        let mut facts = Vec::new();
        let today = self.clock.today();
        let first = decision.first_insight();
        facts.push(match (first, decision.days()) {
            (Some(first), Some(days)) => Fact::new(
                "Insight",
                format!("first known {}, {days} d before it was decided", day::echo(first, today)),
            ),
            (Some(first), None) => {
                let days = (today - first).num_days();
                Fact::new(
                    "Insight",
                    format!("first known {}, {days} d ago", day::echo(first, today)),
                )
            }
            (None, _) => Fact::warns("Insight", "decided without insight: all of it came later"),
        });
        let late = (0..links.len()).filter(|at| !decision::counts(&decision, *at)).count();
        if late > 0 && first.is_some() {
            let words = format!("{late} of {} linked or captured after deciding", links.len());
            facts.push(Fact::quiet("", format!("{words}: not counted")));
        }
        let known = self.store.pieces_of_decisions(&[item.id])?.remove(&item.id);
        if let Some(known) = known {
            let limits = self.limits()?;
            let terms = Terms { chosen_on: item.day("decided_on"), today, limits };
            let weighed = |of: &dyn Fn(&&Known) -> bool| {
                let own = known.iter().filter(of);
                let pieces: Vec<Piece> = own.map(|one| one.piece.clone()).collect();
                (!pieces.is_empty()).then(|| weigh(&pieces, &Scope::default(), &terms))
            };
            let all = weighed(&|_| true);
            if let Some(balance) = &all {
                facts.push(Fact::new("Evidence", said(balance)));
                facts.extend(flags(balance, &limits));
            }
            for (key, label) in OPTIONS {
                let Some(balance) = weighed(&|one| one.option.as_deref() == Some(key)) else {
                    continue;
                };
                facts.push(in_one_line(label, &balance));
            }
        }
        Ok(facts)
    }

    /// What keeps a narrative update from shipping.
    fn facts_of_artefact(&self, item: &Item) -> Result<Vec<Fact>> {
        if !held::is_narrative(item) || item.state().slug == "shipped" {
            return Ok(Vec::new());
        }
        let held = positioning::held_back_by(&held::claims_under(&self.store, item)?);
        let told = held.iter().enumerate().map(|(at, claim)| {
            let words = format!("{} is critical and not tested", claim.name);
            Fact::warns(if at == 0 { "Held back" } else { "" }, words)
        });
        Ok(told.collect())
    }

    fn facts_of_asset(&self, item: &Item) -> Result<Vec<Fact>> {
        let fixed = self.mentions(&self.store.fixed_by(item.id)?)?;
        let named = self.objection_of(item)?;
        let named = named.filter(|one| fixed.iter().all(|other| other.reference != one.reference));
        if let (Some(objection), true) = (&named, fixed.is_empty()) {
            let mut facts = vec![Fact::new(
                "Answers",
                format!("{} {}", objection.reference, objection.title()),
            )];
            facts.extend(self.came_up(objection)?);
            return Ok(facts);
        }
        if fixed.is_empty() {
            let asked = super::asset_question(item).map(|words| Fact::quiet("Moment", words));
            return Ok(asked.into_iter().collect());
        }
        let told = fixed.iter().enumerate().map(|(at, one)| {
            let label = if at == 0 { "Fixes" } else { "" };
            Fact::new(label, format!("{} {}", one.reference, one.title))
        });
        Ok(told.collect())
    }

    /// The pieces, one a line, with the side that each is on.
    fn named(&self, known: &[Known]) -> Result<Vec<Fact>> {
        let shown: Vec<ItemId> = known.iter().take(NAMED).map(|one| one.id).collect();
        let items: HashMap<ItemId, Item> =
            self.store.items(&shown)?.into_iter().map(|item| (item.id, item)).collect();
        let mut facts = Vec::new();
        let mut before = None;
        for one in known.iter().take(NAMED) {
            let Some(item) = items.get(&one.id) else { continue };
            let label = match one.piece.polarity {
                Polarity::Against => "Against",
                Polarity::For => "For",
                Polarity::Neutral => "Neither",
            };
            let first = before != Some(one.piece.polarity);
            before = Some(one.piece.polarity);
            facts.push(Fact::new(if first { label } else { "" }, self.in_a_line(item)));
        }
        if known.len() > NAMED {
            facts.push(Fact::quiet("", format!("and {} more", known.len() - NAMED)));
        }
        Ok(facts)
    }

    /// `e3 IT fears rollout · Acme, proposal, 4 May`.
    fn in_a_line(&self, item: &Item) -> String {
        let day = item.day("observed_on").map(|on| day::ago(on, self.clock.today()));
        let stage = Some(item.text("stage")).filter(|stage| !["", "unknown"].contains(stage));
        let account = Some(item.text("account")).filter(|account| !account.is_empty());
        let opinion = (item.text("kind") == "opinion").then_some("opinion");
        let side = [opinion, account, stage].into_iter().flatten().map(str::to_owned);
        let side: Vec<String> = side.chain(day).collect();
        format!("{} {} · {}", item.reference, item.title(), side.join(", "))
    }
}

/// `6 for, 0 against · 4 accounts · no data`: F/(F+C) beside the counts.
fn said(balance: &Balance) -> String {
    let neutral = match balance.neutral {
        0 => String::new(),
        count => format!(" · {count} neither"),
    };
    format!("{}{neutral} · balance {}", balance.words(), balance.share().counted())
}

/// The same of an option, with the names of its flags.
fn in_one_line(label: &'static str, balance: &Balance) -> Fact {
    let flags: Vec<&str> = balance.flags.iter().map(|flag| flag.words()).collect();
    let words = [balance.words(), flags.join(", ")];
    let words: Vec<String> = words.into_iter().filter(|word| !word.is_empty()).collect();
    Fact::new(label, words.join(" · "))
}

/// Each flag with the limit that made it.
fn flags(balance: &Balance, limits: &Limits) -> Vec<Fact> {
    let told = balance.flags.iter().enumerate().map(|(at, flag)| {
        let label = if at == 0 { "Careful" } else { "" };
        Fact::warns(label, format!("{}: {}", flag.words(), flag.why(limits)))
    });
    told.collect()
}
