//! The verbs of a row and of the week, with the letters by which they are learnt.

use super::super::action::Action;
use super::super::menu::{Entry, Menu, Pick, Purpose};
use super::super::model::Model;
use super::super::place::Place;
use super::super::update::refusal;
use super::title_words;
use crate::domain::decision::frozen;
use crate::domain::field::Entry as FieldEntry;
use crate::domain::item::Item;
use crate::domain::kind::Kind;
use crate::domain::part::PartKind;
use crate::domain::verb::{self, Verb};
use crate::ops::templates::{self, Template};

/// The letters of the verbs, learnt once (`spec/4-interface.md §4.2a`), and what else people call
/// them, for who looks for one by its name.
const LETTERS: [(Verb, &str, &str); 29] = [
    (Verb::Decide, "x", "answer, resolve, settle, choose"),
    (Verb::Ship, "x", "release, launch, deliver"),
    (Verb::Complete, "x", "achieve, met, finish"),
    (Verb::Defer, "w", "postpone, snooze, delay, put off, wait"),
    (Verb::Drop, "X", "cancel, abandon, give up"),
    (Verb::Retire, "X", "archive, withdraw, sunset, drop"),
    (Verb::Challenge, "c", "question, object"),
    (Verb::Reshape, "r", "rework, rethink"),
    (Verb::Deprioritise, "D", "deprioritize, demote, lower"),
    (Verb::Reopen, "R", "undecide, open again"),
    (Verb::Escalate, "!", "raise, push up"),
    (Verb::Review, "v", "look back, did it work"),
    (Verb::Supersede, "S", "replace, overrule, revise"),
    (Verb::Keep, "x", "kept, honour"),
    (Verb::Break, "X", "broken, drop"),
    (Verb::Accept, "a", "approve, yes, take on"),
    (Verb::Trade, "t", "swap, displace, exchange"),
    (Verb::Decline, "n", "reject, refuse, no"),
    (Verb::SelfServe, "f", "self service, point at"),
    (Verb::Fulfil, "x", "fulfill, deliver"),
    (Verb::Send, "!", "hand over, submit"),
    (Verb::Answer, "a", "respond, granted"),
    (Verb::Tick, "x", ""),
    (Verb::Miss, "X", "fail, missed"),
    (Verb::Finish, "x", ""),
    (Verb::Activate, "A", "start, switch on"),
    (Verb::Kill, "X", "stop, end, drop, cancel"),
    (Verb::Carry, "w", "extend, prolong, continue"),
    (Verb::Wait, "w", "postpone, snooze, delay, put off, defer"),
];

/// What is done to a whole week.
const OF_WEEK: [(Action, &str); 5] = [
    (Action::FillWeek, "f"),
    (Action::FillGaps, "g"),
    (Action::AcceptGuesses, "a"),
    (Action::Publish, "p"),
    (Action::CloseWeek, "c"),
];

/// What is added to a row in one line.
pub(super) const PARTS: [(PartKind, &str); 1] = [(PartKind::Option, "O")];

/// What can be done to a row; letters run at once.
#[must_use]
pub fn verbs(model: &Model, item: &Item, items: Vec<crate::domain::item::ItemId>) -> Menu {
    let mut entries = verbs_of(model, item);
    if items.len() > 1 {
        entries = shared(model, item, entries);
    }
    // What can be done is seen without scrolling.
    entries.sort_by_key(|entry| entry.refusal.is_some());
    let title = title_words("Verbs of", items.len(), Some(item));
    let mut menu = Menu::new(Purpose::Verbs(items), title, entries);
    menu.letters = true;
    menu
}

/// What can be done to all that is marked: what every kind among them has, refused where each of
/// them refuses it.
fn shared(model: &Model, item: &Item, mut entries: Vec<Entry>) -> Vec<Entry> {
    let all: Vec<&Item> = model.marked().collect();
    let have = |kind: Kind, pick: &Pick| match pick {
        Pick::Verb(verb) => verb::of(kind).any(|other| other == *verb),
        Pick::Action(action) => is_of(kind, *action) && model.acts_on_marks(*action),
        Pick::Part(_) => false,
        _ => true,
    };
    entries.retain(|entry| {
        have(item.kind(), &entry.pick) && all.iter().all(|one| have(one.kind(), &entry.pick))
    });
    for entry in &mut entries {
        let Pick::Verb(verb) = entry.pick else { continue };
        if all.iter().any(|one| verb.refusal(one).is_none()) {
            entry.refusal = None;
        }
    }
    entries
}

/// The verbs of a row with their letters, for the menu and for a card.
#[must_use]
pub fn verbs_of(model: &Model, item: &Item) -> Vec<Entry> {
    let kind = item.kind();
    let mut entries = vec![Entry::new("keep", Pick::Keep).side("enter").help("Leave it as it is.")];
    for verb in verb::of(kind) {
        let (letter, synonyms) = called(verb);
        // What is given up and what did not come true are two things of an outcome.
        let letter = if (verb, kind) == (Verb::Miss, Kind::Outcome) { "m" } else { letter };
        entries.push(Entry {
            refusal: verb.refusal(item).map(|refusal| refusal.what),
            synonyms,
            ..Entry::new(verb.name(), Pick::Verb(verb)).side(letter).help(verb.help())
        });
    }
    for (part, letter) in PARTS {
        let noun = part.noun();
        if noun.owners.contains(&kind) {
            let refusal = frozen::refuse_part(item, part).map(|refusal| refusal.what);
            let entry = Entry::new(noun.label, Pick::Part(part)).side(letter).help(noun.what);
            entries.push(Entry { refusal, ..entry });
        }
    }
    if matches!(kind, Kind::Request | Kind::Escalation) {
        let name = if kind == Kind::Request { "reply" } else { "memo" };
        let edit = Action::Change(super::super::action::Field::Reply);
        let copy = Action::Copy(super::super::action::What::Reply);
        for (action, letter, verb) in [(edit, "e", "edit"), (copy, "y", "copy")] {
            let about = action.about();
            let entry = Entry::new(format!("{verb} {name}"), Pick::Action(action));
            entries.push(Entry {
                refusal: refusal(model, action),
                ..entry.side(letter).help(about.help)
            });
        }
    }
    let is_time = matches!(kind, Kind::Block | Kind::Entry | Kind::Meeting);
    let of_week = OF_WEEK.into_iter().filter(|_| model.place == Place::Week && is_time);
    let of_decision = [(Action::Frame, "f"), (Action::Prewire, "p"), (Action::Template, "M")];
    let of_decision = of_decision.into_iter().filter(|_| kind == Kind::Decision);
    let of_parts = (Action::AddPart, "A");
    let of_parts = free_parts(kind).next().map(|_| of_parts);
    let more = [
        (Action::Change(super::super::action::Field::Owner), "o"),
        (Action::State, "s"),
        (Action::BlockedBy, "b"),
        (Action::Turn, "T"),
        (Action::Change(super::super::action::Field::Note), "N"),
    ];
    let more = more.into_iter().filter(|(action, _)| is_of(kind, *action));
    let all = of_week.chain(of_decision).chain(of_parts).chain(more);
    entries.extend(all.map(|(action, letter)| lettered(model, action, letter)));
    entries
}

/// The letter of a verb, and what else it is called.
pub(super) fn called(verb: Verb) -> (&'static str, &'static str) {
    let found = LETTERS.iter().find(|(other, _, _)| *other == verb);
    found.map_or(("", ""), |(_, letter, synonyms)| (letter, synonyms))
}

/// Whether a kind of item can ever have this done to it; what is refused for the moment stands there,
/// with why.
fn is_of(kind: Kind, action: Action) -> bool {
    let noun = kind.noun();
    match action {
        Action::BlockedBy => noun.position("blocked_by").is_some(),
        Action::Change(field) => noun.answering(field.word()).is_some(),
        Action::Turn => matches!(kind, Kind::Decision | Kind::Asset | Kind::Request),
        _ => true,
    }
}

/// The letters that a card of a standup shows, few enough for a room that looks on; the others
/// work all the same, and the menu tells them.
const ON_CARD: [&str; 13] = ["enter", "x", "m", "v", "p", "f", "c", "r", "o", "w", "X", "!", "N"];

/// The verbs that a card of a standup shows.
#[must_use]
pub fn verbs_of_card(model: &Model, item: &Item) -> Vec<Entry> {
    let mut verbs = verbs_of(model, item);
    verbs.retain(|verb| verb.refusal.is_none() && ON_CARD.contains(&verb.side.as_str()));
    verbs.sort_by_key(|verb| ON_CARD.iter().position(|letter| *letter == verb.side));
    verbs
}

/// The kinds of part that people add to a kind of item.
pub fn free_parts(kind: Kind) -> impl Iterator<Item = PartKind> {
    super::super::part_list::order(kind).filter(|part| part.noun().entry == FieldEntry::Free)
}

/// What can be added to what an item consists of.
#[must_use]
pub fn parts(item: &Item, first: Option<PartKind>) -> Menu {
    let kinds: Vec<PartKind> = free_parts(item.kind()).collect();
    let entries = kinds.iter().map(|part| {
        let refusal = frozen::refuse_part(item, *part).map(|refusal| refusal.what);
        let entry = Entry::new(part.noun().label, Pick::Part(*part)).help(part.noun().what);
        Entry { refusal, ..entry }
    });
    let title = format!("Add to {}", item.reference);
    let mut menu = Menu::new(Purpose::Parts(item.id), title, entries.collect());
    menu.cursor = kinds.iter().position(|kind| Some(*kind) == first).unwrap_or(0);
    menu
}

/// The templates that can be attached to an item; what is wrong with one is said with its line.
#[must_use]
pub fn templates(item: crate::domain::item::ItemId, all: &[Template]) -> Menu {
    let entries = all.iter().map(|template| {
        let fault = template.passed_over.as_ref().map(ToString::to_string);
        let help = fault.clone().unwrap_or_else(|| template.about.clone());
        let refusal = fault.filter(|_| template.sections.is_empty());
        let entry = Entry::new(template.title.clone(), Pick::Steps(template.steps())).help(help);
        Entry { refusal, ..entry }
    });
    Menu::new(Purpose::Templates(item), "Attach the headings of", entries.collect())
}

/// The prompts that can be filled from a decision.
#[must_use]
pub fn prompts(item: &Item) -> Menu {
    let entries = templates::prompts().map(|(name, title)| Entry::new(title, Pick::Slug(name)));
    let title = format!("Copy a prompt, filled from {}", item.reference);
    Menu::new(Purpose::Prompts(item.id), title, entries.collect())
}

fn lettered(model: &Model, action: Action, letter: &str) -> Entry {
    let about = action.about();
    Entry {
        refusal: refusal(model, action),
        ..Entry::new(about.name, Pick::Action(action)).side(letter).help(about.help)
    }
}

/// What can be done to a week in which nothing stands yet.
#[must_use]
pub fn verbs_of_week(model: &Model) -> Menu {
    let entries =
        OF_WEEK.into_iter().map(|(action, letter)| lettered(model, action, letter)).collect();
    Menu::new(Purpose::Verbs(Vec::new()), "Verbs of the week", entries).by_letters()
}
