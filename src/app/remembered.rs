//! What is kept from one session to the next: the place, for the rest of the day, what each list
//! shows and where its cursor stood, the lines typed before. A convenience: whatever of it no longer fits is left out.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::domain::item::ItemId;
use crate::domain::kind::Kind;
use crate::store::filter::Sort;
use crate::store::listing::Closed;

use super::layout::Layout;
use super::list::List;
use super::model::Model;
use super::place::Place;

/// Lines of before that are kept of each prompt.
const LINES: usize = 50;
/// Nodes of the tree that are kept unfolded.
const NODES: usize = 200;
/// The prompts whose lines are kept.
const PROMPTS: [&str; 2] = ["filter", "add"];

/// One session, as the next one finds it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Remembered {
    pub place: String,
    /// The day it was left; a new one begins with Today.
    pub day: String,
    pub lists: BTreeMap<String, Shape>,
    pub unfolded: Vec<String>,
    pub lines: BTreeMap<String, Vec<String>>,
}

/// What a list showed.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Shape {
    pub filter: String,
    pub sort: String,
    pub closed: bool,
    /// The item under the cursor.
    pub on: String,
    pub layout: String,
    pub columns: Option<Vec<String>>,
}

impl Remembered {
    /// The session as it stands.
    #[must_use]
    pub fn of(model: &Model) -> Self {
        let lists = model.lists.iter().filter(|(_, list)| list.loaded);
        let lines = PROMPTS.into_iter().filter_map(|prompt| {
            let lines = model.memory.get(prompt)?;
            let kept = lines[lines.len().saturating_sub(LINES)..].to_vec();
            Some((prompt.to_owned(), kept))
        });
        Self {
            place: model.place.title().to_owned(),
            day: model.today().to_string(),
            lists: lists.map(|(place, list)| (place.title().to_owned(), shape(list))).collect(),
            unfolded: model.unfolded.iter().take(NODES).map(ToString::to_string).collect(),
            lines: lines.collect(),
        }
    }

    /// Puts a fresh model where the session was left.
    pub fn restore(&self, model: &mut Model) {
        let is_today = self.day == model.today().to_string();
        for place in Place::ALL {
            if place.title() == self.place && is_today {
                model.place = place;
            }
            if let Some(shape) = self.lists.get(place.title()) {
                shape.restore(model.list_at(place), place.kind());
            }
        }
        model.unfolded = self.unfolded.iter().filter_map(|id| id.parse().ok()).collect();
        model.tree_seen = self.lists.contains_key(Place::Outcomes.title());
        for prompt in PROMPTS {
            if let Some(lines) = self.lines.get(prompt) {
                model.memory.insert(prompt, lines.clone());
            }
        }
    }
}

fn shape(list: &List) -> Shape {
    Shape {
        filter: list.query.filter.clone(),
        sort: list.query.sort.written(),
        closed: list.query.closed == Closed::Shown,
        on: list.selected().map(|id| id.to_string()).unwrap_or_default(),
        layout: list.layout.name().to_owned(),
        columns: list.columns.as_ref().map(|all| all.iter().map(ToString::to_string).collect()),
    }
}

impl Shape {
    fn restore(&self, list: &mut List, kind: Option<Kind>) {
        list.resume = self.on.parse::<ItemId>().ok();
        let Some(kind) = kind else { return };
        list.query.filter.clone_from(&self.filter);
        list.query.sort = Sort::read(&self.sort, kind).unwrap_or_default();
        list.layout = Layout::named(&self.layout);
        let named = |name: &String| kind.noun().answering(name).map(|field| field.name);
        list.columns = self.columns.as_ref().map(|all| all.iter().filter_map(named).collect());
        list.query.closed = if self.closed { Closed::Shown } else { Closed::Hidden };
    }
}
