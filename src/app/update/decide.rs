//! Deciding in steps (`spec/4-interface.md §4.2a`): which option, why, and, where somebody who counts
//! has not been spoken to, why all the same.

use crate::domain::item::{Item, ItemId};
use crate::domain::part::{PartKind, letter, of_kind};
use crate::domain::value::Value;
use crate::domain::verb::Verb;
use crate::ops::part_line;

use super::super::menu::{Entry, Menu, Pick, Purpose};
use super::super::model::Model;
use super::super::popup::Popup;
use super::super::prompt::{Prompt, PromptFor, Said};
use super::open;

/// The options of a decision to choose from, the recommended one preselected; `None` when it has
/// none, or they are not known here.
#[must_use]
pub fn options(model: &Model, item: &Item) -> Option<Menu> {
    let detail = model.detail.as_ref().filter(|detail| detail.row.item.id == item.id)?;
    let mut entries = Vec::new();
    let mut cursor = 0;
    for option in of_kind(&detail.parts, PartKind::Option) {
        let own = letter(option.position);
        let line = part_line::of(option, item, &detail.names, model.today());
        let side = (entries.len() + 1).to_string();
        let is_recommended = item.text("recommendation") == own.to_string();
        if is_recommended {
            cursor = entries.len();
        }
        let label = if is_recommended { format!("{own}  recommended") } else { own.to_string() };
        let words = line.trim_end_matches("; recommended").replace("; ", " · ");
        entries.push(Entry::new(label, Pick::Option(own)).side(side).help(words));
    }
    if entries.is_empty() {
        return None;
    }
    let title = format!("Decide {}", item.reference);
    let mut menu = Menu::new(Purpose::Decide(item.id), title, entries);
    menu.letters = true;
    menu.cursor = cursor;
    Some(menu)
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
        _ => chosen.map(|part| part.main().to_owned()).unwrap_or_default(),
    };
    let label = format!("decide {} for {own}, rationale", item.reference);
    let said = Said { more: vec![("option", Value::Text(own))], line: None };
    let purpose = PromptFor::Verb { verb: Verb::Decide, items: vec![id], said };
    let mut prompt = Prompt::new(purpose, label, &text).offering(model);
    prompt.selected = !text.is_empty();
    open(model, Popup::Prompt(prompt));
}

/// After a refusal for want of a pre-wire (I3): asks for the reason that is kept with who gives it.
/// Whether there was something to ask.
pub fn all_the_same(model: &mut Model, sent: &Prompt, refusal: &str) -> bool {
    let PromptFor::Verb { verb: Verb::Decide, items, said } = &sent.purpose else { return false };
    let ready = matches!(model.popups.last(), None | Some(Popup::Card(_) | Popup::Ritual(_)));
    if said.line.is_some() || items.len() != 1 || !refusal.contains("(I3)") || !ready {
        return false;
    }
    let said = Said { line: Some(sent.line.text().trim().to_owned()), ..said.clone() };
    let purpose = PromptFor::Verb { verb: Verb::Decide, items: items.clone(), said };
    open(model, Popup::Prompt(Prompt::new(purpose, "decide all the same, because", "")));
    true
}
