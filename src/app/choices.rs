//! The menus: help and palette from the action table, values of a field, states, sort orders and
//! the verbs of a row. One component shows them all.

use crate::domain::evidence::matrix::UNKNOWN;
use crate::domain::field::{Field, FieldKind};
use crate::domain::item::Item;
use crate::domain::kind::Kind;
use crate::domain::noun::StateEntry;
use crate::domain::verb::{self};
use crate::store::filter::Sort;
use crate::store::lookup::Named;

use super::action::{ACTIONS, About, Group};
use super::draft::Unsaved;
use super::here;
use super::menu::{Entry, Menu, Pick, Purpose};
use super::model::Model;
use super::place::Place;
use super::update::refusal;

mod catalogue;
mod found;
mod reviews;
mod verbs;

pub use found::row_verbs;
pub use reviews::reviews;
pub use verbs::{
    free_parts, parts, prompts, templates, verbs, verbs_of, verbs_of_card, verbs_of_week,
};

/// What this place is for first, then what else can be done here, then the rest; typing filters by
/// name or key, Enter runs.
#[must_use]
pub fn help(model: &Model) -> Menu {
    let groups = [Group::Row, Group::Change, Group::List, Group::Go, Group::Workspace];
    let mut all: Vec<(Group, Entry)> = Vec::new();
    for group in groups {
        let of_group = ACTIONS.iter().filter(|about| about.group == group);
        all.extend(of_group.map(|about| (group, action_entry(model, about))));
        if group == Group::Row {
            all.extend(row_verbs(model).into_iter().map(|entry| (group, entry)));
        }
    }
    let (can, cannot): (Vec<_>, Vec<_>) =
        all.into_iter().partition(|(_, entry)| entry.refusal.is_none());
    let is_own = |(_, entry): &(Group, Entry)| match entry.pick {
        Pick::Action(action) => here::is_own(action, model.place),
        _ => false,
    };
    let (own, can): (Vec<_>, Vec<_>) = can.into_iter().partition(is_own);
    let mut entries = headed(own, |_| model.place.title());
    entries.extend(headed(can, Group::title));
    entries.extend(headed(cannot, |_| "Not here"));
    Menu::new(Purpose::Help, format!("Keys of {}", model.place.title()), entries)
}

/// The entries, each heading above the first of those that share it.
fn headed(entries: Vec<(Group, Entry)>, heading: impl Fn(Group) -> &'static str) -> Vec<Entry> {
    let mut last = None;
    let head = |(group, entry): (Group, Entry)| {
        let own = heading(group);
        let is_new = last.replace(own) != Some(own);
        Entry { heading: is_new.then_some(own), ..entry }
    };
    entries.into_iter().map(head).collect()
}

/// Every action, screens among them, and every verb of a row; items join as something is typed. Whatever else can be gone
/// to or made by its name, a saved view or a metric of the catalogue, is one more source here.
#[must_use]
pub fn palette(model: &Model) -> Menu {
    let actions = ACTIONS.iter().map(|about| action_entry(model, about));
    let mut entries: Vec<Entry> = actions.chain(row_verbs(model)).collect();
    entries.sort_by_key(|entry| entry.refusal.is_some());
    entries.extend(super::views::entries(model, None).into_iter().map(|entry| entry.side("view")));
    entries.extend(catalogue::metrics(model));
    Menu::new(Purpose::Palette, "Commands, items, screens, views", entries)
}

fn action_entry(model: &Model, about: &About) -> Entry {
    let (name, help) = here::told(about, model.place);
    Entry {
        refusal: refusal(model, about.action),
        also: about.action.command(),
        synonyms: about.action.synonyms(),
        ..Entry::new(capital(name), Pick::Action(about.action))
            .side(model.keys().all(about.action).join("  "))
            .home(about.action.home().map_or(about.group.short(), Place::title))
            .help(help)
    }
}

/// A name as it begins a line.
fn capital(name: &str) -> String {
    let first = name.get(..1).map(str::to_uppercase);
    first.map_or_else(String::new, |first| first + &name[1..])
}

/// The values that a field can take; people and items come from the workspace as you type.
#[must_use]
pub fn values(
    field: &'static Field,
    items: Vec<crate::domain::item::ItemId>,
    subject: Option<Item>,
) -> Menu {
    let current = subject.as_ref().map(|item| item.text(field.name).to_owned()).unwrap_or_default();
    let title = title_words(&format!("{} of", field.label), items.len(), subject.as_ref());
    let mut entries = Vec::new();
    match field.kind {
        FieldKind::Choice(slugs) => {
            entries.push(Entry::new("none", Pick::Nothing));
            entries.extend(
                slugs
                    .iter()
                    .map(|slug| Entry::new(*slug, Pick::Slug(slug)).ticked(current == *slug)),
            );
        }
        FieldKind::State => entries.extend(states(subject.as_ref(), &current)),
        _ => {
            entries.push(Entry::new("none", Pick::Nothing));
            if field.is_person() || field.makes_by_name() {
                entries.push(Entry::new("", Pick::New));
            }
        }
    }
    let mut menu = Menu::new(Purpose::Choose { field, items }, title, entries);
    menu.subject = subject.map(Box::new);
    if let Some(at) = menu.shown.iter().position(|at| menu.entries[*at].ticked) {
        menu.cursor = at;
    }
    menu
}

fn states(subject: Option<&Item>, current: &str) -> Vec<Entry> {
    let Some(item) = subject else { return Vec::new() };
    let kind = item.kind();
    let mut entries = Vec::new();
    for state in kind.noun().states {
        let ticked = current == state.slug;
        let verb = verb::of(kind).find(|verb| verb.done() == state.slug);
        let entry = match (state.entry, verb) {
            (StateEntry::Chosen, _) => Entry::new(state.slug, Pick::Slug(state.slug)),
            (StateEntry::ByVerb, Some(verb)) => Entry {
                refusal: verb.refusal(item).map(|refusal| refusal.what),
                ..Entry::new(state.slug, Pick::Verb(verb)).help(verb.help())
            },
            (StateEntry::Derived, _) if !ticked => continue,
            (StateEntry::Derived, _) => {
                Entry::new(state.slug, Pick::Keep).help("Follows from the record.")
            }
            (StateEntry::ByVerb, None) => continue,
        };
        entries.push(entry.ticked(ticked));
    }
    entries
}

/// Items and people found for a picker or the palette.
#[must_use]
pub fn candidates(menu: &Menu, found: &[Named]) -> Vec<Entry> {
    let ticked = |named: &Named| match (&menu.purpose, &menu.subject) {
        (Purpose::Choose { field, .. }, Some(item)) => {
            item.get(field.name).ids().contains(&named.id)
        }
        _ => false,
    };
    let own = menu.subject.as_ref().map(|item| item.id);
    let known = &menu.entries[..menu.fixed.min(menu.entries.len())];
    let is_known = |id| known.iter().any(|entry| entry.pick == Pick::Item(id));
    // What gives way already does not give way twice.
    let is_named =
        |id| matches!(&menu.purpose, Purpose::Displace { named, .. } if named.contains(&id));
    found
        .iter()
        .filter(|named| Some(named.id) != own && !is_known(named.id) && !is_named(named.id))
        .map(|named| {
            Entry::new(named.title.clone(), Pick::Item(named.id))
                .side(named.reference.to_string())
                .home(named.reference.kind.noun().name)
                .ticked(ticked(named))
        })
        .collect()
}

/// The kinds that a picker looks through.
#[must_use]
pub fn sought(purpose: &Purpose) -> Vec<Kind> {
    match purpose {
        Purpose::Palette => Kind::ALL.to_vec(),
        Purpose::Choose { field, .. } => field.targets().to_vec(),
        Purpose::Displace { .. } => vec![Kind::Asset, Kind::Decision],
        _ => Vec::new(),
    }
}

/// The orders of a list; choosing the one in force reverses it.
#[must_use]
pub fn sorts(kind: Kind, now: Sort) -> Menu {
    let noun = kind.noun();
    let mut entries = vec![
        Entry::new("what matters first", Pick::Sort(Sort::Backlog))
            .help("Late, then stake or priority, then what it holds.")
            .ticked(now == Sort::Backlog),
    ];
    let mut push =
        |label: &'static str, ascending: Sort, descending: Sort, first_descending: bool| {
            let (usual, other) =
                if first_descending { (descending, ascending) } else { (ascending, descending) };
            let pick = if now == usual { other } else { usual };
            let ticked = now == usual || now == other;
            let side = match now {
                _ if now == ascending => "ascending",
                _ if now == descending => "descending",
                _ => "",
            };
            entries.push(Entry::new(label, Pick::Sort(pick)).ticked(ticked).side(side));
        };
    push(
        "last change",
        Sort::Updated { descending: false },
        Sort::Updated { descending: true },
        true,
    );
    push("ref", Sort::Reference { descending: false }, Sort::Reference { descending: true }, false);
    for field in &noun.fields {
        if matches!(field.kind, FieldKind::Text | FieldKind::Url) {
            continue;
        }
        let by = |descending: bool| Sort::Field { name: field.name, descending };
        push(field.label, by(false), by(true), false);
    }
    Menu::new(Purpose::Sort, "Sort by", entries)
}

/// The kinds that an item can be turned into.
#[must_use]
pub fn kinds(items: Vec<crate::domain::item::ItemId>, item: &Item) -> Menu {
    let entries = [Kind::Decision, Kind::Asset, Kind::Request]
        .into_iter()
        .filter(|kind| *kind != item.kind())
        .map(|kind| Entry::new(kind.noun().name, Pick::Kind(kind)).help(kind.noun().what))
        .collect();
    let title = title_words("Turn", items.len(), Some(item)) + " into";
    Menu::new(Purpose::Turn(items), title, entries)
}

/// Which outcome gives way to a new one.
#[must_use]
pub fn drop_which(draft: Box<crate::domain::change::Draft>, outcomes: &[Named]) -> Menu {
    let mut entries = vec![Entry::new("none: leave the new one out", Pick::Keep)];
    entries.extend(outcomes.iter().map(|named| {
        Entry::new(format!("drop “{}”", named.title), Pick::Item(named.id))
            .side(named.reference.to_string())
    }));
    let title = "Three outcomes are active this quarter; drop which?";
    Menu::new(Purpose::Outcome { draft }, title, entries)
}

/// What a new item lacks: what is known, that nobody knows, or something new as it is typed.
#[must_use]
pub fn tag_which(
    draft: Box<crate::domain::change::Draft>,
    field: &'static Field,
    known: &[Named],
) -> Menu {
    let mut entries: Vec<Entry> = if let FieldKind::Choice(slugs) = field.kind {
        slugs.iter().map(|slug| Entry::new(*slug, Pick::Slug(slug))).collect()
    } else {
        let item = |named: &Named| {
            Entry::new(named.title.clone(), Pick::Item(named.id)).side(named.reference.to_string())
        };
        known.iter().map(item).chain([Entry::new(UNKNOWN, Pick::Slug(UNKNOWN))]).collect()
    };
    if field.makes_by_name() {
        entries.push(Entry::new("", Pick::New));
    }
    entries.push(Entry::new("later: the line is kept as a draft", Pick::Keep));
    let title = format!("{} of “{}”?", field.label, draft.title);
    Menu::new(Purpose::Tag { draft, field }, title, entries)
}

/// What was typed and not saved, the newest first.
#[must_use]
pub fn drafts(unsaved: &[Unsaved]) -> Menu {
    let entries = unsaved.iter().enumerate().rev();
    let entries = entries.map(|(at, unsaved)| Entry::new(unsaved.words(), Pick::Draft(at)));
    Menu::new(Purpose::Drafts, "Typed and not saved", entries.collect())
}

/// A question before something is lost; the safe answer is preselected.
#[must_use]
pub fn confirm(question: &str, keep: &str, risk: (&str, super::popup::Risk)) -> Menu {
    let entries = vec![Entry::new(keep, Pick::Keep), Entry::new(risk.0, Pick::Risk(risk.1))];
    Menu::new(Purpose::Confirm, question, entries)
}

fn title_words(before: &str, count: usize, item: Option<&Item>) -> String {
    match (count, item) {
        (0 | 1, Some(item)) => format!("{before} {}", item.reference),
        (count, _) => format!("{before} {count} marked"),
    }
}
