//! The figures that are counted on deals, and the deals behind one of them.

use super::super::effect::Effect;
use super::super::menu::{Entry, Menu, Pick, Purpose};
use super::super::model::{Model, Tone};
use super::super::place::Place;
use super::super::popup::Popup;
use super::{act, open};
use crate::ops::deal::DealFigures;
use crate::store::listing::Closed;

/// The figures as a list; the deals behind one open with Enter.
pub fn figures(model: &mut Model, told: &DealFigures) {
    let mut group = "";
    let mut entries = Vec::new();
    for one in &told.figures {
        let heading = (one.group != group).then_some(one.group);
        group = one.group;
        let label = format!("{}  {}", one.name, one.text);
        let entry = Entry::new(label, Pick::Deals(one.filter.clone())).help(one.beside());
        entries.push(Entry { heading, ..entry });
    }
    if entries.is_empty() {
        model.say("no deals yet; :import brings in an export of a CRM", Tone::Refused);
        return;
    }
    let running = if told.running { ", running" } else { "" };
    let title = format!("Deals in {}{running}", told.period);
    open(model, Popup::Menu(Menu::new(Purpose::DealFigures, title, entries)));
}

/// Goes to the deals that a filter finds.
pub fn show(model: &mut Model, filter: &str) -> Vec<Effect> {
    let list = model.list_at(Place::Deals);
    filter.clone_into(&mut list.query.filter);
    list.query.closed = Closed::Shown;
    list.cursor = 0;
    list.top = 0;
    list.resume = None;
    act::go(model, Place::Deals)
}

/// The deals behind the figure of a metric.
pub fn behind(model: &mut Model, filter: Option<&str>) -> Vec<Effect> {
    let Some(filter) = filter else {
        model.say("somebody told this figure; it was not counted on deals", Tone::Refused);
        return Vec::new();
    };
    show(model, filter)
}
