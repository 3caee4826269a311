//! Trello's JSON of a board, which every member can export. Cards, lists, labels, members and
//! comments are read; everything else is skipped without being kept.

use std::collections::HashMap;

use serde::{Deserialize, Deserializer};

use super::cells::one_line;
use super::draft::{Archive, Done, Draft};
use super::row::BadCell;
use super::trello;
use crate::exchange::caps;
use crate::exchange::dates::{self, End};
use crate::exchange::input::Input;
use crate::exchange::json;
use crate::exchange::read_error::ReadError;

/// The parts of a board that become items.
#[derive(Debug)]
pub(super) struct Board {
    cards: Vec<Card>,
    lists: HashMap<String, List>,
    members: HashMap<String, Member>,
    comments: HashMap<String, Vec<String>>,
    /// What the board holds beside them that nothing is read from.
    unread: Vec<&'static str>,
}

#[derive(Debug, Deserialize)]
struct Export {
    #[serde(deserialize_with = "items")]
    cards: Vec<Card>,
    #[serde(deserialize_with = "items")]
    lists: Vec<List>,
    #[serde(default, deserialize_with = "items")]
    members: Vec<Member>,
    #[serde(default, deserialize_with = "items")]
    actions: Vec<Action>,
    #[serde(default)]
    checklists: Held,
    #[serde(default, rename = "customFields")]
    custom_fields: Held,
}

/// Whether something stands under a name; what it is is not kept.
#[derive(Debug, Clone, Copy, Default)]
struct Held(bool);

impl<'de> Deserialize<'de> for Held {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let all = Option::<Vec<serde::de::IgnoredAny>>::deserialize(deserializer)?;
        Ok(Self(all.is_some_and(|all| !all.is_empty())))
    }
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Card {
    id: String,
    name: String,
    #[serde(default)]
    desc: Option<String>,
    #[serde(default)]
    due: Option<String>,
    #[serde(default)]
    due_complete: Option<bool>,
    #[serde(default)]
    closed: Option<bool>,
    #[serde(default)]
    date_last_activity: Option<String>,
    #[serde(default)]
    id_list: Option<String>,
    #[serde(default, deserialize_with = "parts")]
    id_members: Vec<String>,
    #[serde(default, deserialize_with = "parts")]
    labels: Vec<Label>,
    #[serde(default)]
    url: Option<String>,
    #[serde(default)]
    short_url: Option<String>,
    #[serde(default)]
    attachments: Held,
}

#[derive(Debug, Deserialize)]
struct List {
    id: String,
    name: String,
    #[serde(default)]
    closed: Option<bool>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Member {
    id: String,
    #[serde(default)]
    full_name: Option<String>,
    #[serde(default)]
    username: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Label {
    #[serde(default)]
    name: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Action {
    #[serde(rename = "type")]
    kind: String,
    #[serde(default)]
    date: Option<String>,
    #[serde(default)]
    data: Option<ActionData>,
    #[serde(default)]
    member_creator: Option<Member>,
}

#[derive(Debug, Deserialize)]
struct ActionData {
    /// Other sorts of action keep other things than text under this name.
    #[serde(default, deserialize_with = "json::text_or_nothing")]
    text: Option<String>,
    #[serde(default)]
    card: Option<CardId>,
}

#[derive(Debug, Deserialize)]
struct CardId {
    #[serde(default)]
    id: Option<String>,
}

fn items<'de, D, T>(deserializer: D) -> Result<Vec<T>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    json::at_most(deserializer, caps::JSON_ITEMS)
}

fn parts<'de, D, T>(deserializer: D) -> Result<Vec<T>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    json::at_most(deserializer, caps::JSON_PARTS)
}

impl Board {
    /// # Errors
    /// When the file is no board, or too large or too deep to be one.
    pub fn read(input: &mut Input) -> Result<Self, ReadError> {
        if let Some(top) = json::without(input, "cards") {
            return Err(ReadError::NoBoard { found: top.words() });
        }
        let export: Export = json::read(input)?;
        let comments = comments(export.actions);
        let attached = export.cards.iter().any(|card| card.attachments.0);
        let unread = [
            ("checklists", export.checklists.0),
            ("custom fields", export.custom_fields.0),
            ("attachments", attached),
        ];
        Ok(Self {
            cards: export.cards,
            lists: export.lists.into_iter().map(|list| (list.id.clone(), list)).collect(),
            members: export.members.into_iter().map(|one| (one.id.clone(), one)).collect(),
            comments,
            unread: unread
                .into_iter()
                .filter(|(_, is_there)| *is_there)
                .map(|(name, _)| name)
                .collect(),
        })
    }

    /// What is not read of it.
    pub fn unread(&self) -> impl Iterator<Item = &'static str> {
        self.unread.iter().copied()
    }

    /// The card at this place, counted from 0.
    ///
    /// # Errors
    /// Every problem of the card.
    pub fn len(&self) -> usize {
        self.cards.len()
    }

    pub fn draft(&self, place: usize) -> Option<Result<Draft, Vec<BadCell>>> {
        let card = self.cards.get(place)?;
        let mut problems = Vec::new();
        let mut day = |name: &str, text: Option<&String>| {
            let text = text?;
            dates::read(text, None, End::Last)
                .map_err(|error| problems.push(BadCell::new(name, text, error.why())))
                .ok()
        };
        let due = day("due", card.due.as_ref());
        let updated = day("dateLastActivity", card.date_last_activity.as_ref());
        if !problems.is_empty() {
            return Some(Err(problems));
        }
        let created = trello::born(&card.id, updated);
        let line = place as u64 + 1;
        Some(Ok(Draft { line, due, created, updated, ..self.undated(card) }))
    }

    /// What a card says without its dates.
    fn undated(&self, card: &Card) -> Draft {
        let list = card.id_list.as_ref().and_then(|id| self.lists.get(id));
        let list_closed = list.is_some_and(|list| list.closed == Some(true));
        let archived = card.closed == Some(true) || list_closed;
        Draft {
            id: Some(card.id.clone()),
            title: one_line(&card.name),
            list: list.map(|list| list.name.clone()),
            labels: label_names(card),
            owners: card.id_members.iter().filter_map(|id| self.member(id)).collect(),
            done: if card.due_complete == Some(true) { Done::Said } else { Done::Unsaid },
            archive: if archived { Archive::Archived } else { Archive::Live },
            link: card.url.clone().or_else(|| card.short_url.clone()),
            note: card.desc.clone().unwrap_or_default(),
            comments: self.comments.get(&card.id).cloned().unwrap_or_default(),
            ..Draft::default()
        }
    }

    fn member(&self, id: &str) -> Option<String> {
        self.members.get(id).and_then(member_name)
    }
}

/// A label without a name is only a colour and says nothing.
fn label_names(card: &Card) -> Vec<String> {
    let names = card.labels.iter().filter_map(|label| label.name.clone());
    names.filter(|name| !name.trim().is_empty()).collect()
}

fn member_name(member: &Member) -> Option<String> {
    let name = member.full_name.clone().filter(|name| !name.trim().is_empty());
    name.or_else(|| member.username.clone())
}

/// The comments of each card, oldest first; the export has the newest first.
fn comments(actions: Vec<Action>) -> HashMap<String, Vec<String>> {
    let mut comments: HashMap<String, Vec<String>> = HashMap::new();
    for action in actions.into_iter().rev().filter(|action| action.kind == "commentCard") {
        let Some(ActionData { text: Some(text), card: Some(card) }) = action.data else {
            continue;
        };
        let date = action.date.as_ref().and_then(|date| dates::read(date, None, End::Last).ok());
        let author = action.member_creator.as_ref().and_then(member_name);
        let before = match (date, author) {
            (Some(date), Some(author)) => format!("{date}, {author}: "),
            (Some(date), None) => format!("{date}: "),
            (None, Some(author)) => format!("{author}: "),
            (None, None) => String::new(),
        };
        if let Some(id) = card.id {
            comments.entry(id).or_default().push(format!("{before}{}", text.trim()));
        }
    }
    comments
}
