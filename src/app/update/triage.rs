//! Triage by keys: what a verdict on a request still asks, one line or one list at a time, and the
//! escalation that is open.

use crate::domain::item::{Item, ItemId};
use crate::domain::kind::Kind;
use crate::domain::refusal::Refusal;
use crate::domain::value::Value;
use crate::domain::verb::{Answer, Verb};
use crate::ops::escalation::Burden;
use crate::ops::triage::{Slip, Triage};
use crate::ops::{Done, Op};

use super::super::action::Action;
use super::super::effect::{Effect, Load};
use super::super::menu::{Entry, Menu, Pick, Purpose};
use super::super::model::{Model, Tone};
use super::super::place::Place;
use super::super::popup::Popup;
use super::super::prompt::{Prompt, PromptFor, Said};
use super::{answer, open, row};

/// What a line that was answered leads to.
pub enum Answered {
    /// Another line is open.
    Asks,
    Runs(Op),
    Refused(Refusal),
}

/// The figures of a request, when they were read.
fn figures(model: &Model, id: ItemId) -> Option<&Triage> {
    let detail = model.detail.as_ref().filter(|detail| detail.row.item.id == id)?;
    detail.triage.as_deref()
}

/// Asks what a verdict needs; `None` for any other verb.
pub fn ask(model: &mut Model, verb: Verb, item: &Item) -> Option<Vec<Effect>> {
    if verb == Verb::Answer {
        let kinds = crate::domain::nouns::escalation::ANSWERS;
        let entries = kinds.iter().map(|kind| Entry::new(*kind, Pick::Slug(kind))).collect();
        let title = format!("What was {} answered?", item.reference);
        open(model, Popup::Menu(Menu::new(Purpose::Granted(item.id), title, entries)));
        return Some(Vec::new());
    }
    let is_verdict =
        matches!(verb, Verb::Accept | Verb::Trade | Verb::Decline | Verb::SelfServe | Verb::Defer);
    if item.kind() != Kind::Request || !is_verdict {
        return None;
    }
    let Some(triage) = figures(model, item.id).cloned() else {
        // Nobody answers without having seen the figures.
        return Some(vec![Effect::Load(Load::Triage(Some(item.id)))]);
    };
    match verb {
        Verb::Accept if triage.overflow > 0 => {
            Some(displace(model, item, verb, &triage, Vec::new()))
        }
        Verb::Trade => Some(displace(model, item, verb, &triage, Vec::new())),
        Verb::Accept => Some(accept(model, item, Said::default())),
        Verb::Decline => {
            let text =
                match (triage.rules.first(), triage.serves.is_some(), triage.nearest.as_ref()) {
                    (Some(rule), ..) => rule.line(),
                    (None, _, Some(outcome)) => format!("it does not serve {}", outcome.reference),
                    (None, false, None) => "it serves no outcome".to_owned(),
                    // Which comes before it, only its author knows.
                    (None, true, None) => String::new(),
                };
            Some(line(model, verb, item, "no, because", &text))
        }
        Verb::SelfServe => {
            let text = triage.rules.iter().find_map(|rule| rule.place.clone()).unwrap_or_default();
            Some(line(model, verb, item, "what is ready", &text))
        }
        _ => {
            let text = triage.week.next().monday().to_string();
            Some(line(model, verb, item, "until", &text))
        }
    }
}

/// A line with what is likely, which the first letter that is typed takes away.
fn line(model: &mut Model, verb: Verb, item: &Item, asks: &str, text: &str) -> Vec<Effect> {
    let purpose = PromptFor::Verb { verb, items: vec![item.id], said: Said::default() };
    let label = format!("{} {}, {asks}", verb.name(), item.reference);
    let mut prompt = Prompt::new(purpose, label, text).offering(model);
    prompt.selected = !text.is_empty();
    prompt.read(&model.calendar);
    open(model, Popup::Prompt(prompt));
    Vec::new()
}

/// The list of what could give way: first as proposed, then one by one, in the order in which it
/// would; what else there is, by typing.
fn displace(
    model: &mut Model,
    item: &Item,
    verb: Verb,
    triage: &Triage,
    named: Vec<ItemId>,
) -> Vec<Effect> {
    let today = model.today();
    let mut entries = Vec::new();
    if named.is_empty() && !triage.displaced.is_empty() {
        let refs: Vec<String> =
            triage.displaced.iter().map(|slip| slip.what.reference.to_string()).collect();
        let ids = triage.displaced.iter().map(|slip| slip.what.id).collect();
        let minutes = crate::domain::day::show_minutes(triage.freed());
        let label = format!("as proposed: {} · {minutes}", refs.join(", "));
        entries.push(Entry::new(label, Pick::Several(ids)));
    }
    let others = triage.candidates.iter().filter(|slip| !named.contains(&slip.what.id));
    entries.extend(
        others.map(|slip| {
            Entry::new(slip.called(), Pick::Item(slip.what.id)).side(slip.effect(today))
        }),
    );
    let freed: i64 = of(triage, &named).map(|slip| slip.minutes).sum();
    let asks = if triage.overflow > freed {
        let missing = crate::domain::day::show_minutes(triage.overflow - freed);
        format!("{} is {missing} too much; what gives way?", item.reference)
    } else {
        format!("What would give way to {}?", item.reference)
    };
    let purpose = Purpose::Displace { request: item.id, verb, named };
    let mut menu = Menu::new(purpose, asks, entries);
    let effect = row::seek(model, &mut menu);
    open(model, Popup::Menu(menu));
    vec![effect]
}

fn of<'a>(triage: &'a Triage, named: &'a [ItemId]) -> impl Iterator<Item = &'a Slip> {
    triage.candidates.iter().filter(|slip| named.contains(&slip.what.id))
}

/// Something was named: enough, or the rest is asked for.
pub fn named(model: &mut Model, request: ItemId, verb: Verb, named: Vec<ItemId>) -> Vec<Effect> {
    let Some(triage) = figures(model, request).cloned() else { return Vec::new() };
    let Some(item) = model.subject_item().filter(|item| item.id == request).cloned() else {
        return Vec::new();
    };
    let freed: i64 = of(&triage, &named).map(|slip| slip.minutes).sum();
    let is_listed = of(&triage, &named).count() == named.len();
    if verb == Verb::Accept && is_listed && freed < triage.overflow {
        return displace(model, &item, verb, &triage, named);
    }
    let more = vec![("displace", Value::Items(named))];
    if verb == Verb::Trade {
        let answer = Answer { more, ..Answer::default() };
        return vec![Effect::Run(Op::Verb { items: vec![request], verb, answer })];
    }
    accept(model, &item, Said { more, line: None })
}

/// The two questions on accepting, as far as they are open.
fn accept(model: &mut Model, item: &Item, said: Said) -> Vec<Effect> {
    let kept = |name: &str| Some(item.text(name).trim().to_owned()).filter(|text| !text.is_empty());
    let decision = said.line.clone().or_else(|| kept("decision"));
    match (decision, kept("signal")) {
        (None, _) => question(model, item, said, "which decision does it improve?"),
        (Some(decision), None) => {
            let said = Said { line: Some(decision), ..said };
            question(model, item, said, "what signal would prove that it worked?")
        }
        (Some(decision), Some(_)) => {
            let answer = Answer { line: Some(decision), day: None, more: said.more };
            vec![Effect::Run(Op::Verb { items: vec![item.id], verb: Verb::Accept, answer })]
        }
    }
}

fn question(model: &mut Model, item: &Item, said: Said, asks: &str) -> Vec<Effect> {
    let purpose = PromptFor::Verb { verb: Verb::Accept, items: vec![item.id], said };
    let label = format!("accept {}: {asks}", item.reference);
    open(model, Popup::Prompt(Prompt::new(purpose, label, "").offering(model)));
    Vec::new()
}

/// One of the two questions was answered.
pub fn answered(model: &mut Model, items: &[ItemId], said: Said, text: &str) -> Answered {
    let text = text.trim();
    if text.is_empty() {
        return Answered::Refused(Refusal::input("one line is missing"));
    }
    let mut more = said.more;
    let subject = model.subject_item().cloned();
    let signal = subject.as_ref().map(|item| item.text("signal").to_owned()).unwrap_or_default();
    let line = match said.line {
        Some(decision) => {
            more.push(("signal", Value::Text(text.to_owned())));
            decision
        }
        None if signal.is_empty() && items.len() == 1 => {
            if let Some(item) = subject {
                model.popups.pop();
                accept(model, &item, Said { more, line: Some(text.to_owned()) });
                return Answered::Asks;
            }
            text.to_owned()
        }
        None => text.to_owned(),
    };
    let answer = Answer { line: Some(line), day: None, more };
    Answered::Runs(Op::Verb { items: items.to_vec(), verb: Verb::Accept, answer })
}

/// What was granted is chosen; now in words.
pub fn granted(model: &mut Model, id: ItemId, kind: &'static str) {
    let more = vec![("kind", Value::Text(kind.to_owned()))];
    let purpose =
        PromptFor::Verb { verb: Verb::Answer, items: vec![id], said: Said { more, line: None } };
    let label = format!("answered {kind}, in words");
    open(model, Popup::Prompt(Prompt::new(purpose, label, "").offering(model)));
}

/// Whether what was sent was a line that adds.
pub fn is_capture(sent: &Popup) -> bool {
    let Popup::Prompt(prompt) = sent else { return false };
    prompt.pasted.is_empty() && matches!(prompt.purpose, PromptFor::Capture(_) | PromptFor::Add(_))
}

/// A request that came in by a line is triaged at once; then all is as it was.
pub fn after_capture(model: &mut Model, done: &Done) -> Vec<Effect> {
    let is_request = done.label.strip_prefix("added r");
    let is_request =
        is_request.is_some_and(|rest| rest.starts_with(|at: char| at.is_ascii_digit()));
    let [id] = done.items[..] else { return Vec::new() };
    if is_request && model.popups.is_empty() {
        super::walk::triage(model, vec![id]);
    }
    Vec::new()
}

/// The reply as it is shown: the one that is kept, else the one that follows.
pub fn reply(model: &Model, item: &Item) -> String {
    let kept = match item.kind() {
        Kind::Escalation => item.text("memo"),
        _ => item.text("reply"),
    };
    let drafted = || figures(model, item.id).map(|triage| triage.reply.clone());
    if kept.is_empty() { drafted().unwrap_or_default() } else { kept.to_owned() }
}

/// The cards of what waits; the request of this row first.
pub fn begin(model: &Model) -> Vec<Effect> {
    let waits = |item: &&Item| item.kind() == Kind::Request && item.state().slug == "new";
    let first = model.subject_item().filter(waits).map(|item| item.id);
    vec![Effect::Load(Load::Triage(first))]
}

/// The policy to be edited, or what requests came to.
pub fn look(action: Action) -> Vec<Effect> {
    let load = if action == Action::Policy { Load::Policy } else { Load::RequestLog };
    vec![Effect::Load(load)]
}

/// `!`: to the escalation that is open; where none is, its memo is drafted if the rule has fired.
pub fn escalation(model: &mut Model) -> Vec<Effect> {
    let raised = model.meter.as_ref().and_then(|meter| meter.raised);
    let Some(id) = raised else { return vec![Effect::Run(Op::DraftEscalation(Burden::Mine))] };
    if model.about.read_only {
        model.say("this workspace is read-only", Tone::Plain);
    }
    model.stand_at(Place::Escalations);
    model.wanted = Some(id);
    answer::ask_kept(model, Place::Escalations, id)
}
