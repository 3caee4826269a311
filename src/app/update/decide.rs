//! Deciding in steps (`spec/4-interface.md §4.2a`): which option, why, and, where somebody who counts
//! has not been spoken to, why all the same.

use crate::domain::decision::standing::{default_option, default_reason, is_default_due};
use crate::domain::item::{Item, ItemId};
use crate::domain::kind::Kind;
use crate::domain::nouns::decision::WORKED;
use crate::domain::part::{PartKind, letter, of_kind};
use crate::domain::value::Value;
use crate::domain::verb::{Answer, Verb};
use crate::ops::{Done, Op, part_line};

use super::super::effect::Effect;
use super::super::menu::{Entry, Menu, Pick, Purpose};
use super::super::model::Model;
use super::super::popup::Popup;
use super::super::prompt::{Prompt, PromptFor, Said};
use super::{open, row};

/// Whether the options of a decision are known here.
#[must_use]
pub fn is_known(model: &Model, item: &Item) -> bool {
    model.detail.as_ref().is_some_and(|detail| detail.row.item.id == item.id)
}

/// The options have come: what was asked goes on.
pub fn arrived(model: &mut Model) -> Vec<Effect> {
    let Some(id) = model.deciding.take() else { return Vec::new() };
    let found = model.detail.as_ref().map(|detail| detail.row.item.clone());
    let Some(item) = found.filter(|item| item.id == id) else { return Vec::new() };
    row::ask(model, Verb::Decide, &item, vec![id])
}

/// The options of a decision to choose from, the recommended one preselected; `None` when it has
/// none, or they are not known here.
#[must_use]
pub fn options(model: &Model, item: &Item) -> Option<Menu> {
    let detail = model.detail.as_ref().filter(|detail| detail.row.item.id == item.id)?;
    let mut entries = Vec::new();
    let mut cursor = 0;
    let taken = default_option(item, &detail.parts).filter(|_| is_default_due(item, model.today()));
    if let Some(own) = taken {
        let open = of_kind(&detail.parts, PartKind::Objection);
        let open = open.filter(|part| part.text("status") == "open").count();
        let entry = Entry::new("the default", Pick::Default(own))
            .side("d")
            .help(format!("{}, as nobody objected", item.text("default_text")));
        let refusal = (open > 0).then(|| format!("{open} open, so it does not happen by itself"));
        entries.push(Entry { refusal, ..entry });
    }
    let before = entries.len();
    for option in of_kind(&detail.parts, PartKind::Option) {
        let own = letter(option.position);
        let line = part_line::of(option, item, &detail.names, model.today());
        let side = (entries.len() + 1 - before).to_string();
        let is_recommended = item.text("recommendation") == own.to_string();
        if is_recommended && entries.first().is_none_or(|first| !is_default(first)) {
            cursor = entries.len();
        }
        let label = if is_recommended { format!("{own}  recommended") } else { own.to_string() };
        let words = line.trim_end_matches("; recommended").replace("; ", " · ");
        entries.push(Entry::new(label, Pick::Option(own)).side(side).help(words));
    }
    if entries.len() == before {
        return None;
    }
    let title = format!("Decide {}", item.reference);
    let mut menu = Menu::new(Purpose::Decide(item.id), title, entries);
    menu.letters = true;
    menu.cursor = cursor;
    Some(menu)
}

/// Whether an entry is the default, and can be taken.
fn is_default(entry: &Entry) -> bool {
    matches!(entry.pick, Pick::Default(_)) && entry.refusal.is_none()
}

/// Takes the default: decided at once, since what was announced is the reason.
pub fn by_default(model: &mut Model, id: ItemId, option: char) -> Vec<Effect> {
    let today = model.today();
    let Some(detail) = model.detail.as_ref().filter(|detail| detail.row.item.id == id) else {
        return Vec::new();
    };
    let line = default_reason(&detail.row.item, today);
    let more = vec![("option", Value::Text(option.to_string()))];
    let said = Said { more: more.clone(), line: None };
    let label = format!("decide {} for {option}, rationale", detail.row.item.reference);
    let purpose = PromptFor::Verb { verb: Verb::Decide, items: vec![id], said };
    // Were somebody who counts not spoken to, this line asks why all the same.
    model.sending = Some(Popup::Prompt(Prompt::new(purpose, label, &line)));
    let answer = Answer { line: Some(line), day: None, more };
    vec![Effect::Run(Op::Verb { items: vec![id], verb: Verb::Decide, answer })]
}

/// Whether a decision is taken and nobody has looked yet whether it worked.
#[must_use]
pub fn is_to_be_reviewed(item: &Item) -> bool {
    item.kind() == Kind::Decision && item.state().slug == "decided"
}

/// What was predicted, and whether it came so.
#[must_use]
pub fn did_it_work(model: &Model, item: &Item) -> Menu {
    let today = model.today();
    let known = model.detail.as_ref().filter(|detail| detail.row.item.id == item.id);
    let now = known.map(|detail| detail.signal.as_str()).filter(|now| !now.is_empty());
    let now = now.map(|now| format!(" · now {now}")).unwrap_or_default();
    let signal = item.text("signal");
    let sure =
        item.whole("probability").map_or_else(String::new, |sure| format!("{sure} % sure: "));
    let predicted = if signal.is_empty() { item.text("rationale") } else { signal };
    let read = item.day("reads_on").map_or_else(String::new, |on| {
        format!(" · to be read {}", crate::domain::day::short(on, today))
    });
    let help = [
        format!("{sure}{predicted}{read}{now}"),
        "In part, or for some.".to_owned(),
        "It did not come so.".to_owned(),
    ];
    let entries = WORKED.iter().zip(["y", "p", "n"]).zip(help);
    let entries = entries
        .map(|((slug, letter), help)| Entry::new(*slug, Pick::Slug(slug)).side(letter).help(help));
    let title = format!("Did {} work?", item.reference);
    let mut menu = Menu::new(Purpose::Review(item.id), title, entries.collect());
    menu.letters = true;
    menu
}

/// Asks what happened, which stands against what was predicted from now on.
pub fn what_happened(model: &mut Model, id: ItemId, worked: &'static str) {
    let said = Said { more: vec![("worked", Value::Text(worked.to_owned()))], line: None };
    let purpose = PromptFor::Verb { verb: Verb::Review, items: vec![id], said };
    let label = format!("worked: {worked}; what happened");
    let prompt = Prompt::new(purpose, label, "").offering(model);
    open(model, Popup::Prompt(prompt));
}

/// Strategic work moved back: asks for the one word that says why. Esc leaves it unsaid.
pub fn why_slipped(model: &mut Model, done: &Done) {
    let ready = matches!(model.popups.last(), None | Some(Popup::Card(_)));
    let (Some(first), true) = (done.slips.first(), ready) else { return };
    let to = crate::domain::day::short(first.to, model.today());
    let what = match done.slips.as_slice() {
        [_] => format!("{} slips to {to}", first.reference),
        several => format!("{} items slip", several.len()),
    };
    let label = format!("{what}; in one word, why");
    open(model, Popup::Prompt(Prompt::new(PromptFor::Why(done.slips.clone()), label, "")));
}

/// Asks why; what the frame says to do now stands there, so that Enter is enough.
pub fn because(model: &mut Model, id: ItemId, option: char) {
    let Some(detail) = model.detail.as_ref().filter(|detail| detail.row.item.id == id) else {
        return;
    };
    let item = &detail.row.item;
    let own = option.to_string();
    let chosen =
        of_kind(&detail.parts, PartKind::Option).find(|part| letter(part.position) == option);
    let text = match item.text("now") {
        now if !now.is_empty() && item.text("recommendation") == own => now.to_owned(),
        // The title of the option is no reason; what it gains is, or that it was recommended.
        _ => {
            let gains = chosen.map_or("", |part| part.text("gains"));
            let is_recommended = item.text("recommendation") == own;
            (if gains.is_empty() && is_recommended { "as recommended" } else { gains }).to_owned()
        }
    };
    let label = format!("decide {} for {own}, rationale", item.reference);
    let said = Said { more: vec![("option", Value::Text(own))], line: None };
    let purpose = PromptFor::Verb { verb: Verb::Decide, items: vec![id], said };
    let mut prompt = Prompt::new(purpose, label, &text).offering(model);
    prompt.selected = !text.is_empty();
    open(model, Popup::Prompt(prompt));
}

/// Nobody is known to sit at the keyboard: asks who sets the rule aside, which is kept with it.
fn who_gives_it(
    model: &mut Model,
    sent: &Prompt,
    verb: Verb,
    (items, said): (&[ItemId], &Said),
) -> bool {
    let reason = Value::Text(sent.line.text().trim().to_owned());
    let mut said = said.clone();
    said.more.push(("override", reason));
    let purpose = PromptFor::Verb { verb, items: items.to_vec(), said };
    let label = if verb == Verb::Decide { "who decides so, without them" } else { "who says so" };
    open(model, Popup::Prompt(Prompt::new(purpose, label, "")));
    true
}

/// After a refusal for want of a pre-wire (I3): asks for the reason that is kept with who gives it.
/// Whether there was something to ask.
pub fn all_the_same(model: &mut Model, sent: &Prompt, refusal: &str) -> bool {
    let PromptFor::Verb { verb, items, said } = &sent.purpose else { return false };
    if said.line.is_some() && refusal.contains("(I13)") {
        return who_gives_it(model, sent, *verb, (items, said));
    }
    let (verb, wants) = match verb {
        Verb::Decide => (Verb::Decide, "(I3)"),
        Verb::Tick => (Verb::Tick, "does not hold yet"),
        Verb::Ship => (Verb::Ship, "is held back by"),
        _ => return false,
    };
    let ready = matches!(model.popups.last(), None | Some(Popup::Card(_) | Popup::Ritual(_)));
    if said.line.is_some() || items.len() != 1 || !refusal.contains(wants) || !ready {
        return false;
    }
    let said = Said { line: Some(sent.line.text().trim().to_owned()), ..said.clone() };
    let purpose = PromptFor::Verb { verb, items: items.clone(), said };
    open(
        model,
        Popup::Prompt(Prompt::new(purpose, format!("{} all the same, because", verb.name()), "")),
    );
    true
}
