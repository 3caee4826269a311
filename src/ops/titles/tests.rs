//! However somebody comes to a search, it finds what it would find at once and plainly.

use chrono::NaiveDate;
use proptest::prelude::*;

use super::{Matches, TitleIndex, ranked};
use crate::domain::change::{Change, Draft, Edit, Input};
use crate::domain::fuzzy::{Reader, Words};
use crate::domain::item::{ItemId, Ref};
use crate::domain::kind::Kind;
use crate::domain::value::Value;
use crate::domain::verb::{Answer, Verb};
use crate::ops::board::BY_HAND;
use crate::ops::by_hand::{Scope, Side};
use crate::ops::triage::tests::empty;
use crate::ops::{ListQuery, Op, Workspace};
use crate::store::filter::Sort;
use crate::store::listing::Closed;
use crate::store::lookup::Lookup;

const TITLES: [&str; 8] = [
    "Price the onboarding story",
    "Choose the Atlas launch",
    "Überblick Zollprozess",
    "Package the fintech segment before the audit season",
    "priceList of d12 parts",
    "Rename the pricing page",
    "Gate the pilot, or not?",
    "Retire gate 7 and a very long tail of words that goes on and on until nobody reads it any more, to the end of the line and further",
];

/// Many decisions, every seventh of which is dropped.
fn workspace() -> Workspace {
    let mut workspace = empty();
    let title = |at: usize| format!("{} no. {at}", TITLES[at * 5 % TITLES.len()]);
    let draft = |title| Draft { kind: Kind::Decision, title, changes: Vec::new() };
    workspace.run(&Op::Add((0..220).map(title).map(draft).collect())).unwrap();
    let number = |number| Ref { kind: Kind::Decision, number };
    let items: Vec<ItemId> = (1..200)
        .step_by(7)
        .filter_map(|at| workspace.store().by_ref(number(at)).unwrap())
        .collect();
    let answer = Answer { line: Some("not now".to_owned()), ..Answer::default() };
    workspace.run(&Op::Verb { items, verb: Verb::Drop, answer }).unwrap();
    workspace
}

/// Every title is read and scored, and all are sorted.
fn plainly(workspace: &mut Workspace, words: &str, with_closed: bool) -> Matches {
    let store = workspace.store();
    let titles = store.titles(Kind::Decision).unwrap();
    let (sought, mut reader) = (Words::read(words), Reader::default());
    let named = Ref::parse(words.trim()).and_then(|named| store.by_ref(named).unwrap());
    let mut found: Vec<(u64, usize)> = (0..titles.len())
        .filter_map(|place| {
            let is_named = named == Some(titles.id(place));
            let score = sought.score(titles.text(place), &mut reader).map(u64::from);
            let score = if is_named { Some(u64::MAX) } else { score };
            Some((u64::MAX - score?, place))
        })
        .filter(|(_, place)| with_closed || !titles.is_closed(*place))
        .collect();
    found.sort_unstable();
    let all = (0..titles.len()).filter(|place| {
        sought.score(titles.text(*place), &mut reader).is_some() || named == Some(titles.id(*place))
    });
    let closed = if with_closed { 0 } else { all.count() - found.len() };
    Matches { ids: found.into_iter().map(|(_, place)| titles.id(place)).collect(), closed }
}

fn check(index: &mut TitleIndex, workspace: &mut Workspace, words: &str, with_closed: bool) {
    let found = index.search(workspace.store(), Kind::Decision, words, with_closed).unwrap();
    assert_eq!(found, plainly(workspace, words, with_closed), "{words:?}");
}

#[test]
fn letter_by_letter_and_back_it_finds_what_it_finds_at_once() {
    let mut workspace = workspace();
    let mut index = TitleIndex::default();
    for typed in
        ["price no", "gate !pil", "d12", "^pri", "'gate no 1", "pü", "zz", "no. 21$", "d1 d"]
    {
        for end in 0..=typed.len() {
            if typed.is_char_boundary(end) {
                check(&mut index, &mut workspace, &typed[..end], end % 2 == 0);
            }
        }
        for end in (0..typed.len()).rev() {
            if typed.is_char_boundary(end) {
                check(&mut index, &mut workspace, &typed[..end], false);
            }
        }
    }
}

#[test]
fn what_is_kept_of_a_search_is_forgotten_when_something_changes() {
    let mut workspace = workspace();
    let mut index = TitleIndex::default();
    check(&mut index, &mut workspace, "price", false);
    check(&mut index, &mut workspace, "price n", false);
    let title = "A new price now".to_owned();
    let draft = Draft { kind: Kind::Decision, title, changes: Vec::new() };
    workspace.run(&Op::Add(vec![draft])).unwrap();
    check(&mut index, &mut workspace, "price ne", false);
    workspace.run(&Op::Undo).unwrap();
    check(&mut index, &mut workspace, "price n", false);
}

/// Something that somebody does to an item.
fn act(workspace: &mut Workspace, what: u8, at: i64) {
    let number = Ref { kind: Kind::Decision, number: at };
    let items: Vec<ItemId> = workspace.store().by_ref(number).unwrap().into_iter().collect();
    let title = format!("Price {what} no. {at} anew");
    let line = Answer { line: Some("so".to_owned()), ..Answer::default() };
    let op = match what {
        0 => Op::Add(vec![Draft { kind: Kind::Decision, title, changes: Vec::new() }]),
        1 => {
            let edit = Edit::Set(Input::Value(Value::Text(title)));
            Op::Edit {
                items,
                changes: vec![Change { field: Kind::Decision.noun().field("title"), edit }],
            }
        }
        2 => Op::Trash(items),
        3 => Op::Restore(items),
        4 => Op::Purge(items),
        5 => Op::Verb { items, verb: Verb::Drop, answer: line },
        6 => Op::Verb { items, verb: Verb::Reopen, answer: line },
        7 => Op::Redo,
        _ => Op::Undo,
    };
    // What cannot be done changes nothing.
    drop(workspace.run(&op));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// Titles that are kept from change to change are those of the file.
    #[test]
    fn titles_are_renewed_by_what_changed(
        acts in prop::collection::vec((0_u8..10, 195_i64..224), 1..14)
    ) {
        let (mut workspace, mut index) = (workspace(), TitleIndex::default());
        check(&mut index, &mut workspace, "pri", true);
        for (what, at) in acts {
            act(&mut workspace, what, at);
            for words in ["", "anew", "d210"] {
                check(&mut index, &mut workspace, words, at % 2 == 0);
            }
        }
    }
}

#[test]
fn kinds_that_are_searched_in_turn_do_not_disturb_each_other() {
    let mut workspace = workspace();
    let draft = Draft { kind: Kind::Asset, title: "Price sheet".to_owned(), changes: Vec::new() };
    workspace.run(&Op::Add(vec![draft])).unwrap();
    let mut index = TitleIndex::default();
    for words in ["p", "pr", "pri", "pr", "prx"] {
        check(&mut index, &mut workspace, words, true);
        let found = index.search(workspace.store(), Kind::Asset, words, true).unwrap();
        assert_eq!(found.ids.len(), usize::from(words != "prx"));
    }
    let listed = workspace.page(&ListQuery::all(Kind::Asset), 0..9).unwrap();
    assert_eq!(listed.total, 1);
}

#[test]
fn whatever_is_typed_and_taken_back() {
    let mut workspace = workspace();
    let mut index = TitleIndex::default();
    let keys: Vec<char> = "priceegat !'d1.o<<<<".chars().collect();
    let (mut seed, mut words) = (5_u32, String::new());
    for _ in 0..400 {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        match keys[(seed >> 8) as usize % keys.len()] {
            '<' => words.truncate(words.len().saturating_sub(1)),
            _ if words.len() > 9 => words.clear(),
            key => words.push(key),
        }
        check(&mut index, &mut workspace, &words, seed.is_multiple_of(3));
    }
}

/// What the file finds, and what is found over titles that are held.
fn both(workspace: &mut Workspace, query: &ListQuery) -> [(Vec<ItemId>, usize); 2] {
    let mut found = |is_held: bool| {
        workspace.titles = TitleIndex::default();
        workspace.found = None;
        if is_held {
            workspace.titles.search(&workspace.store, query.kind, "", true).unwrap();
        }
        let page = workspace.page(query, 0..400);
        let page = page.unwrap_or_else(|error| panic!("{}: {}", query.filter, error.what()));
        (page.rows.iter().map(|row| row.item.id).collect(), page.closed_matches)
    };
    [found(false), found(true)]
}

#[test]
fn terms_over_titles_find_what_the_file_finds() {
    let mut workspace = workspace();
    let due = |at: i64, day: &str| {
        let reference = Ref { kind: Kind::Decision, number: at };
        (reference, NaiveDate::parse_from_str(day, "%Y-%m-%d").unwrap())
    };
    for (reference, day) in [due(3, "2026-04-01"), due(9, "2026-08-01"), due(40, "2026-05-01")] {
        let items = workspace.store().by_ref(reference).unwrap().into_iter().collect();
        let field = Kind::Decision.noun().field("needed_by");
        let edit = Edit::Set(Input::Value(Value::Day(day)));
        workspace.run(&Op::Edit { items, changes: vec![Change { field, edit }] }).unwrap();
    }
    let filters = [
        "state:raised",
        "state:raised pri",
        "pri state:dropped",
        "is:overdue",
        "!is:overdue gate",
        "price or gate",
        "(price or gate) !story",
        "is:closed",
        "state:framed",
        "has:needed_by",
        "!has:needed_by no. 1",
        "needed_by<2026-06-01",
        "state:raised !gate or is:closed 'tail",
        "!zz",
    ];
    let sorts = [Sort::Backlog, BY_HAND, Sort::Reference { descending: true }];
    for (filter, sort) in filters.iter().flat_map(|filter| sorts.map(|sort| (filter, sort))) {
        for closed in [Closed::Hidden, Closed::Shown] {
            let filter = (*filter).to_owned();
            let query = ListQuery { filter, sort, closed, ..ListQuery::all(Kind::Decision) };
            let [file, titles] = both(&mut workspace, &query);
            assert_eq!(file, titles, "{query:?}");
        }
    }
}

/// What stands in the columns of a board, and what is said of its filter.
type Laid = (Vec<(&'static str, usize, Vec<ItemId>)>, usize, Vec<String>);

fn laid(workspace: &mut Workspace, query: &ListQuery) -> Laid {
    let spans = vec![0..400; 20];
    let board = workspace.board(query, &spans, None);
    let board = board.unwrap_or_else(|error| panic!("{}: {}", query.filter, error.what()));
    let lane = |lane: crate::ops::board::Lane| {
        let ids = lane.rows.iter().map(|row| row.item.id).collect();
        (lane.state.slug, lane.total, ids)
    };
    (board.lanes.into_iter().map(lane).collect(), board.closed_matches, board.warnings)
}

/// The board out of the file, and over titles that are held.
fn boards(workspace: &mut Workspace, query: &ListQuery) -> [Laid; 2] {
    let held = std::mem::take(&mut workspace.titles);
    (workspace.laid, workspace.found) = (None, None);
    let file = laid(workspace, query);
    // As they were when somebody searched, whatever changed since.
    workspace.titles = held;
    (workspace.laid, workspace.found) = (None, None);
    [file, laid(workspace, query)]
}

#[test]
fn a_filtered_board_over_titles_is_that_of_the_file_whatever_changes() {
    let mut workspace = workspace();
    let number = |number| Ref { kind: Kind::Decision, number };
    let by_ref = |workspace: &Workspace, at: i64| -> Vec<ItemId> {
        workspace.store().by_ref(number(at)).unwrap().into_iter().collect()
    };
    let drop = |workspace: &mut Workspace, at: i64| {
        let answer = Answer { line: Some("no".to_owned()), ..Answer::default() };
        let items = by_ref(workspace, at);
        workspace.run(&Op::Verb { items, verb: Verb::Drop, answer }).unwrap();
    };
    let reopen = |workspace: &mut Workspace, at: i64| {
        let items = by_ref(workspace, at);
        let answer = Answer { line: Some("again".to_owned()), ..Answer::default() };
        workspace.run(&Op::Verb { items, verb: Verb::Reopen, answer }).unwrap();
    };
    let up = |workspace: &mut Workspace, at: i64| {
        let items = by_ref(workspace, at);
        let beside = by_ref(workspace, 2)[0];
        let (side, scope) = (Side::Before, Scope::State);
        workspace.run(&Op::Place { item: items[0], side, beside, scope }).unwrap();
    };
    let changes: [&dyn Fn(&mut Workspace); 6] = [
        &|_| {},
        &|workspace| drop(workspace, 3),
        &|workspace| reopen(workspace, 8),
        &|workspace| up(workspace, 60),
        &|workspace| up(workspace, 40),
        &|workspace| std::mem::drop(workspace.run(&Op::Undo).unwrap()),
    ];
    let filters = [
        "p",
        "pri",
        "state:dropped",
        "state:raised gate",
        "!price",
        "is:overdue or 'tail",
        "stage:x",
    ];
    workspace.titles.search(&workspace.store, Kind::Decision, "", true).unwrap();
    for change in changes {
        change(&mut workspace);
        for filter in filters {
            for closed in [Closed::Hidden, Closed::Shown] {
                let filter = filter.to_owned();
                let query = ListQuery { filter, closed, ..ListQuery::all(Kind::Decision) };
                let [file, titles] = boards(&mut workspace, &query);
                assert_eq!(file, titles, "{query:?}");
            }
        }
    }
}

#[test]
fn terms_are_asked_anew_when_something_changes() {
    let mut workspace = workspace();
    let filter = "state:dropped or pri is:overdue".to_owned();
    let query = ListQuery { filter, ..ListQuery::all(Kind::Decision) };
    let mut seen = Vec::new();
    let number = |number| Ref { kind: Kind::Decision, number };
    for at in [2, 3, 4] {
        let items = workspace.store().by_ref(number(at)).unwrap().into_iter().collect();
        let answer = Answer { line: Some("no".to_owned()), ..Answer::default() };
        workspace.run(&Op::Verb { items, verb: Verb::Drop, answer }).unwrap();
        workspace.titles.search(&workspace.store, Kind::Decision, "", true).unwrap();
        seen.push(workspace.page(&query, 0..1).unwrap().total);
    }
    workspace.run(&Op::Undo).unwrap();
    workspace.titles.search(&workspace.store, Kind::Decision, "", true).unwrap();
    seen.push(workspace.page(&query, 0..1).unwrap().total);
    assert_eq!([seen[0], seen[0] + 1, seen[0] + 2, seen[0] + 1], seen[..]);
}

#[test]
fn the_place_of_an_item_is_the_same_by_titles_and_by_the_file() {
    let mut workspace = workspace();
    for closed in [Closed::Hidden, Closed::Shown] {
        let query = ListQuery { closed, ..ListQuery::all(Kind::Decision) };
        let ids = workspace.all_ids(&ListQuery { closed: Closed::Shown, ..query.clone() }).unwrap();
        workspace.titles = TitleIndex::default();
        let by_file: Vec<_> = ids.iter().map(|id| workspace.place(&query, *id).unwrap()).collect();
        workspace.titles.search(&workspace.store, Kind::Decision, "", true).unwrap();
        let by_titles: Vec<_> =
            ids.iter().map(|id| workspace.place(&query, *id).unwrap()).collect();
        assert_eq!(by_file, by_titles);
    }
}

proptest! {
    #[test]
    fn they_are_ranked_as_if_they_were_sorted(scores in prop::collection::vec(0_u32..9, 0..60)) {
        let found: Vec<(u32, u32)> = (0..).zip(scores).collect();
        let mut sorted = found.clone();
        sorted.sort_by_key(|(place, score)| (u32::MAX - score, *place));
        let sorted: Vec<u32> = sorted.into_iter().map(|(place, _)| place).collect();
        prop_assert_eq!(ranked(&found), sorted);
    }
}
