//! Which fields of a kind are columns of its table: a menu that stays open while they are chosen.
//! The order of choosing is the order of the columns.

use super::super::menu::{Entry, Menu, Pick, Purpose};
use super::super::model::Model;
use super::super::popup::Popup;
use super::open;
use crate::domain::field::{Field, FieldKind};

/// Opens the menu.
pub fn choose(model: &mut Model) -> Vec<super::super::effect::Effect> {
    let menu = menu(model);
    open(model, Popup::Menu(menu));
    Vec::new()
}

/// A field becomes a column, or is one no longer; the menu stands again where it stood.
pub fn picked(model: &mut Model, before: &Menu, pick: &Pick) {
    let list = model.list_mut();
    match pick {
        Pick::Nothing => list.columns = None,
        Pick::Column(name) => {
            let mut columns = list.shown_columns().to_vec();
            match columns.iter().position(|column| column == name) {
                Some(at) => {
                    columns.remove(at);
                }
                None => columns.push(name),
            }
            let usual = list.query.kind.noun().columns;
            list.columns = (columns != usual).then_some(columns);
        }
        _ => return,
    }
    let mut menu = menu(model);
    menu.line = before.line.clone();
    menu.filter();
    menu.cursor = before.cursor.min(menu.shown.len().saturating_sub(1));
    open(model, Popup::Menu(menu));
}

fn menu(model: &Model) -> Menu {
    let list = model.list();
    let noun = list.query.kind.noun();
    let shown = list.shown_columns();
    let mut entries = vec![Entry::new("as usual", Pick::Nothing).ticked(list.columns.is_none())];
    for field in noun.fields.iter().filter(|field| can_be(field)) {
        let place = shown.iter().position(|name| *name == field.name);
        let side = place.map(|at| (at + 1).to_string()).unwrap_or_default();
        entries.push(
            Entry::new(field.label, Pick::Column(field.name))
                .help(field.help)
                .side(side)
                .ticked(place.is_some()),
        );
    }
    Menu::new(
        Purpose::Columns,
        format!("Columns of {}, as many as fit", model.place.title()),
        entries,
    )
}

/// Long texts, the title and what says nothing to the eye are no columns.
fn can_be(field: &Field) -> bool {
    !matches!(field.kind, FieldKind::Text) && !matches!(field.name, "title" | "rank")
}
