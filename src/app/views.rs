//! Saved views on the screen: the list takes the shape of one, one is made of the list. Which there
//! are comes from the workspace.

use crate::domain::kind::Kind;
use crate::ops::{ListQuery, View};

use super::layout::Layout;
use super::list::List;
use super::menu::{Entry, Menu, Pick, Purpose};
use super::model::Model;
use super::place::Place;

/// Open decisions that cannot wait.
pub const EXCEPTIONS: &str = "is:exception";

/// The views that every workspace has, behind the saved ones: a name and a filter of decisions.
const BUILT_IN: [(&str, &str); 4] = [
    ("Exceptions", EXCEPTIONS),
    ("Not pre-wired", "is:unwired"),
    ("Reviews due", "is:review-due"),
    ("Not framed", "is:unframed"),
];

/// The views that every workspace has, but for those whose name somebody took.
#[must_use]
pub fn built_in(model: &Model) -> Vec<View> {
    let all = BUILT_IN.into_iter().map(|(name, filter)| {
        let query = ListQuery { filter: filter.to_owned(), ..ListQuery::all(Kind::Decision) };
        View::new(name, query)
    });
    all.filter(|view| !model.views.iter().any(|own| own.is_called(&view.name))).collect()
}

/// The place whose list shows a view; `None` for kinds that are shown otherwise.
#[must_use]
pub fn place_of(view: &View) -> Option<Place> {
    let place = Place::of(view.query.kind);
    (place.kind() == Some(view.query.kind)).then_some(place)
}

/// Gives a list the shape of a view.
pub fn shape(list: &mut List, view: &View) {
    let requests = list.query.requests;
    list.query = ListQuery { requests, ..view.query.clone() };
    list.layout = Layout::named(&view.layout);
    list.seen = None;
    list.columns.clone_from(&view.columns);
    list.cursor = 0;
    list.top = 0;
    list.marks.clear();
}

/// Goes to the list of a view and gives it its shape; `None` when no list shows it.
pub fn open(model: &mut Model, view: &View) -> Option<Place> {
    let place = place_of(view)?;
    shape(model.list_at(place), view);
    model.list_at(place).resume = None;
    model.stand_at(place);
    Some(place)
}

/// The list as a view of this name.
#[must_use]
pub fn of_list(list: &List, name: &str) -> View {
    let requests = ListQuery::all(list.query.kind).requests;
    let layout = if list.layout == Layout::Table { "" } else { list.layout.name() };
    View {
        layout: layout.to_owned(),
        columns: list.columns.clone(),
        ..View::new(name, ListQuery { requests, ..list.query.clone() })
    }
}

/// The view that the list of the place shows just now.
#[must_use]
pub fn shown(model: &Model) -> Option<&View> {
    model.place.kind()?;
    let now = of_list(model.list(), "");
    // A list as everybody has it at first goes by no name.
    if now == View::new("", ListQuery::all(now.query.kind)) {
        return None;
    }
    model.views.iter().find(|view| {
        let same = View { name: String::new(), starts: false, ..(*view).clone() };
        same == now
    })
}

/// The saved views, to be chosen from for a purpose.
#[must_use]
pub fn menu(model: &Model, purpose: Purpose, title: &str) -> Menu {
    let now = shown(model).map(|view| view.name.clone());
    let mut all = entries(model, now.as_deref());
    if purpose != Purpose::Views {
        let own = |entry: &Entry| model.views.iter().any(|view| view.name == entry.label);
        all.retain(own);
    }
    Menu::new(purpose, title, all)
}

/// An entry for each view.
#[must_use]
pub fn entries(model: &Model, now: Option<&str>) -> Vec<Entry> {
    let entry = |view: &View| Entry {
        refusal: place_of(view).is_none().then(|| {
            format!(
                "{} are shown as a tree; prewire list shows this view",
                view.query.kind.noun().plural
            )
        }),
        ..Entry::new(view.name.clone(), Pick::View(view.name.clone()))
            .help(view.words())
            .ticked(now == Some(view.name.as_str()))
    };
    let built_in = built_in(model);
    model.views.iter().chain(&built_in).map(entry).collect()
}
