//! The live pane: it comes and goes, and a figure is recorded with one key and a number.

use super::super::action::Action;
use super::super::effect::{Effect, Load};
use super::super::live::{LIVE_BESIDE, Live};
use super::super::model::{Model, Tone};
use super::super::place::Place;
use super::super::popup::Popup;
use super::super::prompt::{Prompt, PromptFor};
use super::{answer, open};
use crate::domain::item::{ItemId, Ref};
use crate::domain::kind::Kind;
use crate::domain::metric::Unit;
use crate::ops::metric::Glance;
use crate::ops::metric::need::Pane;

/// `m`: the pane comes or goes, and Today fills the room that is left.
pub fn turn(model: &mut Model) -> Vec<Effect> {
    model.turn_live();
    let mut effects: Vec<Effect> = model.ask_live().into_iter().collect();
    if model.place == Place::Today {
        effects.extend(answer::reload(model, Place::Today));
    }
    effects
}

/// The glances of the pane.
pub fn take(model: &mut Model, pane: Pane) -> Vec<Effect> {
    (model.glances, model.more_glances) = (pane.glances, pane.more);
    model.expects_glances = false;
    let asked = std::mem::take(&mut model.recording);
    if model.place == Place::Today && model.today_asked != Some(model.day_room()) {
        return answer::reload(model, Place::Today);
    }
    if asked { of_those_known(model) } else { Vec::new() }
}

/// `=`: a line for a figure of the metric under the cursor, else of the first that is due.
pub fn record(model: &mut Model) -> Vec<Effect> {
    if model.glances.is_empty() {
        model.recording = true;
        return vec![Effect::Load(Load::Live { most: usize::from(model.height).max(1) })];
    }
    of_those_known(model)
}

/// The same over the metrics that are known by now, of which there may be none.
fn of_those_known(model: &mut Model) -> Vec<Effect> {
    let Some((metric, label, unit)) = meant(model) else {
        model.say(
            "no metric waits for a figure; + m and a line adds one, + m4 31.2% records one",
            Tone::Refused,
        );
        return Vec::new();
    };
    let mut prompt = Prompt::new(PromptFor::Record { metric, unit }, label, "").offering(model);
    prompt.read(&model.calendar);
    open(model, Popup::Prompt(prompt));
    Vec::new()
}

/// `g =`: asks what feeds the metric of the row, or of the outcome on it; elsewhere all sources.
pub fn ask_sources(model: &Model) -> Vec<Effect> {
    let item = model.subject_item();
    let metric = item.and_then(|item| match item.kind() {
        Kind::Metric => Some(item.id),
        Kind::Outcome => item.link("measured_by"),
        _ => None,
    });
    vec![Effect::AskSources(metric)]
}

/// The metric of the row, or of the outcome on it; else the first that is due; else the first.
fn meant(model: &Model) -> Option<(ItemId, String, Unit)> {
    if let Some(item) = model.subject_item() {
        if item.kind() == Kind::Metric {
            let unit = crate::domain::metric::Terms::of(item).unit;
            return Some((item.id, label(item.title(), item.reference, None), unit));
        }
        let shown = model.glances.iter().find(|one| one.shows == Some(item.reference));
        if let Some(found) = shown.and_then(of_glance) {
            return Some(found);
        }
    }
    let due = model.glances.iter().find(|one| one.due.is_some() && one.account.is_some());
    due.and_then(of_glance).or_else(|| model.glances.iter().find_map(of_glance))
}

fn of_glance(glance: &Glance) -> Option<(ItemId, String, Unit)> {
    let account = glance.account.as_ref()?;
    let words = label(&glance.title, glance.reference, glance.due.as_deref());
    Some((glance.id, words, account.terms.unit))
}

/// `m4 Win rate · 2026-W18`.
fn label(title: &str, reference: Ref, due: Option<&str>) -> String {
    let title: String = title.chars().take(32).collect();
    let due = due.map_or_else(String::new, |due| format!(" · {due}"));
    format!("{reference} {}{due}", title.trim_end())
}

/// Why the pane neither comes nor goes: where it would stand beside, there is nothing in it.
#[must_use]
pub fn refusal(model: &Model) -> Option<String> {
    let empty = model.width >= LIVE_BESIDE && model.glances.is_empty();
    (empty && model.live != Live::Hidden).then(|| {
        let capture = model.keys().way(Action::Capture);
        format!("nothing is measured yet; {capture} then m and a line adds a metric")
    })
}
