//! The positioning: how soon it changed and why, which claims hold it back, the swap test line by
//! line, what surfaces say of it, and what sales promises beside what customer success keeps.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::NaiveDate;
use serde_json::json;

use crate::domain::evidence::claim::{self, Claim, ClaimState, TestResult, Weight};
use crate::domain::item::{Item, ItemId};
use crate::domain::kind::Kind;
use crate::domain::message::Score;
use crate::domain::message::audit::{self, Surface};
use crate::domain::message::positioning::{Version, VersionFlag, age_at_change, flags};
use crate::domain::message::promise::{Judged, Match, Promise, drifted};
use crate::domain::message::swap::{self, Answer, Outcome};
use crate::domain::part::{Part, PartKind, of_kind};
use crate::domain::refusal::Refusal;
use crate::domain::value::Value;
use crate::domain::week::share::Share;
use crate::store::Write;
use crate::store::bulk::Bulk;
use crate::store::evidence::Evidence;
use crate::store::part::Parts;

use super::super::error::Result;
use super::super::page::ListQuery;
use super::super::workspace::{Settings, Workspace};
use super::report::{Report, Row};
use super::swap::swaps;
use super::told::Fact;

/// The critical claims among these that keep a narrative from being rolled out.
pub(super) fn held_back_by(items: &[Item]) -> Vec<Claim> {
    let claims: Vec<Claim> = items
        .iter()
        .filter(|item| item.deleted_at.is_none())
        .map(|item| Claim {
            name: format!("{} {}", item.reference, item.title()),
            weight: match item.text("critical") {
                "yes" => Weight::Critical,
                _ => Weight::Other,
            },
            state: ClaimState::parse(item.state().slug).unwrap_or(ClaimState::Assumption),
            test: TestResult::parse(item.text("result")).unwrap_or(TestResult::Untested),
        })
        .collect();
    claim::holding_back(&claims).cloned().collect()
}

/// A positioning is rolled out when nothing critical under it is untested, or with a reason; the one
/// before is replaced. Says what is to be said of a change that came soon.
pub(in crate::ops) fn complete(
    write: &Write<'_>,
    before: Option<&Item>,
    item: &mut Item,
    settings: &Settings,
) -> Result<Vec<String>> {
    if item.kind() != Kind::Positioning {
        return Ok(Vec::new());
    }
    sign(write, before, item, settings)?;
    let was = before.map_or("draft", |before| before.state().slug);
    if item.state().slug == "rolled-out" && was != "rolled-out" {
        refuse_untested(write, item)?;
        replace_others(write, item)?;
    }
    let is_new = before.is_none_or(|before| before.get("since") != item.get("since"));
    let reasoned = before.is_some_and(|before| before.get("reason") != item.get("reason"));
    if !is_new && !reasoned {
        return Ok(Vec::new());
    }
    let all = write.some(&write.live_of(Kind::Positioning)?)?;
    let Some(earlier) = earlier(&all, item) else { return Ok(Vec::new()) };
    let own = version(item);
    let soon = flags(Some(&version(earlier)), &own).contains(&VersionFlag::TooSoon);
    Ok(soon
        .then(|| {
            let days = age_at_change(&version(earlier), &own);
            format!(
                "changed {} after {}; a change within 183 days wants a reason that rests on \
                 evidence: prewire positioning edit {} --reason '…' --reason-evidence e1",
                if days == 1 { "1 day".to_owned() } else { format!("{days} days") },
                earlier.reference,
                item.reference
            )
        })
        .into_iter()
        .collect())
}

/// A waiver says who gave it and when (I13), so somebody has to be known.
fn sign(
    write: &Write<'_>,
    before: Option<&Item>,
    item: &mut Item,
    settings: &Settings,
) -> Result<()> {
    let waived = item.text("waived").trim().to_owned();
    if waived.is_empty() || before.is_some_and(|before| before.text("waived") == waived) {
        return Ok(());
    }
    let Some(who) = settings.me.as_deref().filter(|me| !me.is_empty()) else {
        return Err(Refusal::input("a waiver says who gives it, and nobody is known here")
            .hint("set it once: prewire config set me NAME")
            .into());
    };
    let signed = format!("{waived} (by {who} on {})", write.at.date_naive());
    item.set("waived", Value::Text(signed));
    Ok(())
}

fn refuse_untested(write: &Write<'_>, item: &Item) -> Result<()> {
    if !item.text("waived").is_empty() {
        return Ok(());
    }
    let held = held_back_by(&write.some(item.links("claims"))?);
    if held.is_empty() {
        return Ok(());
    }
    let names: Vec<String> =
        held.iter().map(|claim| format!("{} {}", claim.name, claim.test.held())).collect();
    let what =
        format!("{} is held back by what it stands on: {}", item.reference, names.join("; "));
    let is_failed = held.iter().any(|claim| claim.test == TestResult::Failed);
    let first = if is_failed { "change what it says" } else { "test it" };
    Err(Refusal::input(what)
        .hint(format!(
            "{first}, or prewire positioning edit {} state:rolled-out --waived 'why all the same'",
            item.reference
        ))
        .into())
}

fn replace_others(write: &Write<'_>, item: &Item) -> Result<()> {
    for before in write.some(&write.live_of(Kind::Positioning)?)? {
        let is_other = before.id != item.id && before.deleted_at.is_none();
        if is_other && before.state().slug == "rolled-out" {
            let mut after = before.clone();
            after.set("state", Value::Text("replaced".to_owned()));
            write.update(&before, &after)?;
        }
    }
    Ok(())
}

fn since(item: &Item) -> NaiveDate {
    item.day("since").unwrap_or_else(|| item.created_at.date_naive())
}

fn version(item: &Item) -> Version {
    Version {
        since: since(item),
        reason: item.text("reason").to_owned(),
        evidence: item.links("evidence").len(),
        reason_evidence: item.links("reason_evidence").len(),
    }
}

/// The version before this one.
fn earlier<'a>(all: &'a [Item], item: &Item) -> Option<&'a Item> {
    let before = |other: &&Item| {
        other.id != item.id
            && other.deleted_at.is_none()
            && (since(other), other.reference.number) < (since(item), item.reference.number)
    };
    all.iter().filter(before).max_by_key(|other| (since(other), other.reference.number))
}

/// Surfaces that a page names, the worst.
const WORST: usize = 5;

/// What surfaces say, the latest audit of each message counting; a surface is the same in
/// whatever case it is written.
fn surfaces(parts: &[Part], titles: &impl Fn(ItemId) -> String) -> Vec<Surface> {
    type Elements = BTreeMap<String, (Option<NaiveDate>, Score)>;
    let mut found: BTreeMap<String, (String, Elements)> = BTreeMap::new();
    for part in of_kind(parts, PartKind::Audit) {
        let Some(score) = Score::parse(part.text("score")) else { continue };
        let element = part.link("message").map_or_else(|| "the statement".to_owned(), titles);
        let name = part.text("surface").trim();
        let (_, of_surface) =
            found.entry(name.to_lowercase()).or_insert_with(|| (name.to_owned(), Elements::new()));
        let on = part.day("audited_on");
        let is_newer = of_surface.get(&element).is_none_or(|(before, _)| *before <= on);
        if is_newer {
            of_surface.insert(element, (on, score));
        }
    }
    let scores =
        |all: Elements| all.into_iter().map(|(element, (_, score))| (element, score)).collect();
    found.into_values().map(|(name, all)| Surface { name, scores: scores(all) }).collect()
}

fn promises(parts: &[Part]) -> Vec<Promise> {
    of_kind(parts, PartKind::Promise)
        .map(|part| Promise {
            about: part.text("about").to_owned(),
            sales: part.text("sales").to_owned(),
            success: part.text("success").to_owned(),
            judged: Judged::parse(part.text("judged")),
        })
        .collect()
}

/// The surface audits of each positioning.
pub struct Audits(Vec<Vec<Part>>);

impl Audits {
    /// The surface audits of all positionings.
    ///
    /// # Errors
    /// A storage error.
    pub fn read(from: &(impl Evidence + Bulk + Parts)) -> Result<Self> {
        let items = from.some(&from.live_of(Kind::Positioning)?)?;
        Ok(Self(from.parts(&items)?.into_values().collect()))
    }

    /// The names of the surfaces that were audited between two days.
    #[must_use]
    pub fn surfaces(&self, first: NaiveDate, last: NaiveDate) -> BTreeSet<String> {
        let all = self.0.iter().flat_map(|parts| of_kind(parts, PartKind::Audit));
        let held = all
            .filter(|part| part.day("audited_on").is_some_and(|on| (first..=last).contains(&on)));
        let name = |part: &Part| part.main().trim().to_owned();
        let all: BTreeMap<String, String> =
            held.map(|part| (name(part).to_lowercase(), name(part))).collect();
        all.into_values().collect()
    }

    /// Points of those possible, of what was audited between two days.
    #[must_use]
    pub fn between(&self, first: NaiveDate, last: NaiveDate) -> Share {
        let held =
            |part: &&Part| part.day("audited_on").is_some_and(|on| (first..=last).contains(&on));
        self.0.iter().fold(Share::new(0, 0), |sum, parts| {
            let own: Vec<Part> = parts.iter().filter(held).cloned().collect();
            let one = audit::overall(&surfaces(&own, &|id| id.to_string()));
            Share::new(sum.part + one.part, sum.whole + one.whole)
        })
    }
}

impl Workspace {
    /// The positioning in force: the one that is rolled out, else the latest.
    ///
    /// # Errors
    /// A storage error.
    pub fn positioning(&mut self) -> Result<Option<Item>> {
        let ids = self.all_ids(&ListQuery::all(Kind::Positioning))?;
        let items = self.store.items(&ids)?;
        let out = items.iter().find(|item| item.state().slug == "rolled-out");
        Ok(out.or(items.first()).cloned())
    }

    /// What surfaces say of a positioning, the worst first, and where it has drifted.
    ///
    /// # Errors
    /// A storage error.
    pub fn drift_report(&self, item: &Item) -> Result<Report> {
        let all = self.surfaces_of(item)?;
        let mut report = Report::new("message-drift", "Surfaces, the worst first");
        let overall = audit::overall(&all);
        let values = json!({ "points": overall.part, "possible": overall.whole });
        report.also.push(Row::named("", "Consistency", "", values));
        report.head.push(format!("Consistency {}", audit::words(overall)));
        let drifted_all = audit::drift(&all);
        for surface in audit::worst_first(&all) {
            let drift: Vec<String> = drifted_all
                .iter()
                .filter(|one| one.surface == surface.name)
                .map(|one| format!("{} {}", one.element, one.score))
                .collect();
            let share = surface.consistency();
            let mut words = audit::words(share);
            if !drift.is_empty() {
                words = format!("{words} · {}", drift.join(", "));
            }
            let values = json!({ "points": share.part, "possible": share.whole, "drift": drift });
            report.rows.push(Row::named(&surface.name, &surface.name, words, values));
        }
        let promises = promises(&self.store.parts_of(item)?);
        let open = promises.iter().filter(|one| one.standing() == Match::Open);
        for promise in open {
            let words = promise.standing().words();
            report.head.push(format!("Promise {}: {words}", promise.about));
        }
        for promise in drifted(&promises) {
            let words = format!("promise {}", promise.standing().words());
            let values = json!({
                "sales": promise.sales, "success": promise.success,
                "standing": promise.standing().slug(),
            });
            report.rows.push(Row::named("", &promise.about, words, values));
        }
        Ok(report)
    }

    fn surfaces_of(&self, item: &Item) -> Result<Vec<Surface>> {
        use crate::domain::field::Names;
        let (parts, names) = self.parts_and_names(item)?;
        let title = |id: ItemId| {
            let reference = names.reference(id).map(|one| one.to_string()).unwrap_or_default();
            format!("{reference} {}", names.title(id).unwrap_or_default())
        };
        Ok(surfaces(&parts, &title))
    }

    /// Which claims hold a narrative back, where some do.
    pub(super) fn holding_back(&self, item: &Item) -> Result<Vec<Fact>> {
        let held = held_back_by(&self.store.items(item.links("claims"))?);
        let told = held.iter().enumerate().map(|(at, claim)| {
            let words = format!("{} is critical and {}", claim.name, claim.test.held());
            Fact::warns(if at == 0 { "Held back" } else { "" }, words)
        });
        Ok(told.collect())
    }

    /// What is to be said of versions of the positioning.
    fn version_flags(&self, item: &Item) -> Result<Vec<String>> {
        let all = self.store.items(&self.store.live_of(Kind::Positioning)?)?;
        let before = earlier(&all, item);
        let own = version(item);
        let found = flags(before.map(version).as_ref(), &own);
        let words = found.into_iter().map(|flag| match (flag, before) {
            (VersionFlag::TooSoon | VersionFlag::SoonWithReason, Some(before)) => {
                let days = age_at_change(&version(before), &own);
                format!("{}, {days} d after {}", flag.words(), before.reference)
            }
            _ => flag.words().to_owned(),
        });
        Ok(words.collect())
    }

    pub(super) fn facts_of_positioning(&self, item: &Item) -> Result<Vec<Fact>> {
        let mut facts: Vec<Fact> = Vec::new();
        for (at, words) in self.version_flags(item)?.into_iter().enumerate() {
            facts.push(Fact::warns(if at == 0 { "Careful" } else { "" }, words));
        }
        facts.extend(self.holding_back(item)?);
        let parts = self.store.parts_of(item)?;
        let all = swaps(item, &parts);
        let open = all.iter().filter(|one| one.answer.is_none()).count();
        let words = match swap::outcome(&all) {
            Outcome::Open if all.is_empty() => "no rival is named yet".to_owned(),
            Outcome::Open => format!("{open} of {} lines not asked yet", all.len()),
            outcome @ (Outcome::Failed | Outcome::Passed) => outcome.words().to_owned(),
        };
        let fact = match swap::outcome(&all) {
            Outcome::Failed => Fact::warns("Swap test", words),
            Outcome::Open | Outcome::Passed => Fact::new("Swap test", words),
        };
        facts.push(fact);
        for one in all.iter().filter(|one| one.answer == Some(Answer::Survives)) {
            facts.push(Fact::warns("", format!("filler: {}", one.text)));
        }
        let surfaces = self.surfaces_of(item)?;
        for (at, surface) in audit::worst_first(&surfaces).into_iter().take(WORST).enumerate() {
            let label = if at == 0 { "Surfaces" } else { "" };
            let share = audit::words(surface.consistency());
            facts.push(Fact::new(label, format!("{} {share}", surface.name)));
        }
        if surfaces.len() > WORST {
            facts.push(Fact::quiet("", format!("and {} more", surfaces.len() - WORST)));
        }
        let all = promises(&parts);
        let open = all.iter().filter(|one| one.standing() == Match::Open);
        for (at, promise) in drifted(&all).chain(open).enumerate() {
            let label = if at == 0 { "Promises" } else { "" };
            let words = format!("{}: {}", promise.about, promise.standing().words());
            let is_open = promise.standing() == Match::Open;
            facts.push(if is_open { Fact::quiet(label, words) } else { Fact::warns(label, words) });
        }
        Ok(facts)
    }

    /// What a list says beside versions of the positioning and experiments.
    pub(super) fn versions_aside(&self, items: &[Item]) -> Result<HashMap<ItemId, String>> {
        let mut found = HashMap::new();
        for item in items {
            match item.kind() {
                Kind::Positioning => {
                    let parts = self.store.parts_of(item)?;
                    let mut words = self.version_flags(item)?;
                    if swap::outcome(&swaps(item, &parts)) == Outcome::Failed {
                        words.insert(0, "fails the swap test".to_owned());
                    }
                    found.insert(item.id, words.join("; "));
                }
                Kind::Experiment => {
                    found.insert(item.id, self.readings_of(item)?);
                }
                _ => {}
            }
        }
        Ok(found)
    }
}
