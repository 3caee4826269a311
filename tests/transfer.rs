//! What is taken out comes back as it was: the workspace in JSON byte for byte, a list in CSV cell
//! by cell; and nothing in CSV or Markdown does anything but be read.

#![expect(clippy::format_collect, reason = "a short file is made in a line")]
#![expect(clippy::unwrap_used, reason = "a test ends where it cannot go on")]

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use proptest::prelude::*;

use prewire::domain::change::{Change, Draft, Edit, Input};
use prewire::domain::field::{Entry, Field, FieldKind};
use prewire::domain::item::{Item, ItemId, Ref};
use prewire::domain::{kind::Kind, metric::terms::AIMS, value::Value};
use prewire::exchange::chips::chipped;
use prewire::exchange::output::Existing;
use prewire::ops::import::{ImportDone, ImportRequest};
use prewire::ops::{Clock, Error, ListQuery, Op, Settings, Workspace, transfer};
use prewire::store::listing::Closed;

fn workspace(seed: u64) -> Workspace {
    let settings = Settings { me: Some("Maya Okafor".to_owned()), ..Settings::default() };
    let mut made = Workspace::in_memory(Clock::read("2026-05-06").unwrap(), settings).unwrap();
    made.seed_ids(seed);
    made
}

fn json(workspace: &Workspace) -> String {
    let mut out = Vec::new();
    workspace.export_json(&mut out).unwrap();
    String::from_utf8(out).unwrap()
}

fn csv(workspace: &mut Workspace, kind: Kind) -> String {
    let mut out = Vec::new();
    let query = ListQuery { closed: Closed::Shown, ..ListQuery::all(kind) };
    workspace.export_csv(&query, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

fn import(workspace: &mut Workspace, path: &Path) -> Result<ImportDone, Error> {
    let request = ImportRequest { path: path.to_owned(), ..ImportRequest::default() };
    workspace.import(&request, &mut |_, _| ControlFlow::Continue(()))
}

fn file(folder: &tempfile::TempDir, name: &str, text: &str) -> PathBuf {
    let path = folder.path().join(name);
    std::fs::write(&path, text).unwrap();
    path
}

fn items(workspace: &Workspace) -> Vec<Item> {
    workspace.store().items(&workspace.store().all_ids().unwrap()).unwrap()
}

/// Text in which whatever is special to somebody is common.
fn nasty() -> impl Strategy<Value = String> {
    let special = vec![
        '=', '+', '-', '@', '|', '\'', '"', ',', ';', '\t', '\n', '\r', ' ', '＝', '\u{a0}',
        '\u{1b}', '\u{9b}', '\u{202e}', '\u{2028}', '\u{feff}', '\\', '*', '<', '[', '`', '#', 'é',
        '👍',
    ];
    let one = prop_oneof![
        3 => proptest::sample::select(special),
        2 => proptest::char::range('a', 'z'),
        1 => any::<char>().prop_filter("NUL ends a text", |letter| *letter != '\0'),
    ];
    proptest::collection::vec(one, 1..20).prop_map(|all| all.into_iter().collect())
}

/// What one random item is made of.
#[derive(Debug, Clone)]
struct Seed {
    kind: Kind,
    text: String,
    number: u32,
}

fn seeds(most: usize) -> impl Strategy<Value = Vec<Seed>> {
    // A meeting comes in from a calendar alone.
    let kinds: Vec<Kind> = Kind::ALL.into_iter().filter(|kind| *kind != Kind::Meeting).collect();
    let one = (proptest::sample::select(kinds), nasty(), any::<u32>());
    proptest::collection::vec(
        one.prop_map(|(kind, text, number)| Seed { kind, text, number }),
        0..most,
    )
}

fn filled(seeds: &[Seed]) -> Workspace {
    let mut made = workspace(7);
    for (place, seed) in seeds.iter().enumerate() {
        let known = items(&made);
        // A milestone belongs to a plan.
        let has_plan = known.iter().any(|item| item.kind() == Kind::Plan);
        // Meetings come in from calendars.
        if seed.kind == Kind::Meeting || seed.kind == Kind::Milestone && !has_plan {
            continue;
        }
        let noun = seed.kind.noun();
        let fields = noun.fields.iter().enumerate().filter(|(_, field)| {
            // A milestone is due within its plan, which begins today.
            let is_outside = seed.kind == Kind::Milestone && field.name == "due";
            field.entry == Entry::Free && !["title", "state"].contains(&field.name) && !is_outside
        });
        let mut changes: Vec<Change> = fields
            .filter(|(at, field)| {
                let always = ["minutes", "primary_reason"].contains(&field.name);
                (seed.number >> (at % 31)) & 1 == 1 || *at == 7 || always
            })
            .filter_map(|(_, field)| change(field, seed, place, &known))
            .collect();
        if seed.kind == Kind::Evidence {
            // It says where it comes from, or that nobody knows.
            let known = changes.iter().any(|change| change.field.name == "segment");
            let unknown = Input::Reference("unknown".to_owned());
            let said = Change { field: noun.field("segment"), edit: Edit::Set(unknown) };
            changes.extend((!known).then_some(said));
            let stage = Input::Value(Value::Text("renewal".to_owned()));
            changes.push(Change { field: noun.field("stage"), edit: Edit::Set(stage) });
        }
        if seed.kind == Kind::Message {
            // It stands at stages and in a slot that there are.
            let stages = Input::Value(Value::Tags(vec!["proposal".to_owned()]));
            changes.retain(|change| !["stages", "slot"].contains(&change.field.name));
            changes.push(Change { field: noun.field("stages"), edit: Edit::Set(stages) });
        }
        if seed.kind == Kind::Metric {
            // A range has a least or a most and no target; a figure of the company is at the top.
            let range = Input::Value(Value::Text("range".to_owned()));
            let is_range = changes.iter().any(|change| change.edit == Edit::Set(range.clone()));
            let unfit: &[&str] = if is_range { &["target", "high"] } else { &["low", "high"] };
            changes.retain(|change| !unfit.contains(&change.field.name));
            let company = Input::Value(Value::Text("company".to_owned()));
            if changes.iter().any(|change| change.edit == Edit::Set(company.clone())) {
                changes.retain(|change| change.field.name != "parent");
            }
        }
        let title = format!("{} {place}", seed.text.trim());
        let draft = Draft { kind: seed.kind, title: title.trim().to_owned(), changes };
        made.run(&Op::Add(vec![draft])).unwrap();
    }
    let all = items(&made);
    let thrown: Vec<ItemId> = all.iter().skip(1).step_by(5).map(|item| item.id).collect();
    if !thrown.is_empty() {
        made.run(&Op::Trash(thrown)).unwrap();
    }
    if let Some(last) = all.last() {
        made.run(&Op::Trash(vec![last.id])).ok();
        made.run(&Op::Purge(vec![last.id])).unwrap();
        let value = Some("a \u{1b} b".to_owned());
        made.run(&Op::Set { name: "some.thing".to_owned(), value }).unwrap();
    }
    made
}

fn change(field: &'static Field, seed: &Seed, place: usize, known: &[Item]) -> Option<Change> {
    let number = i64::from(seed.number % 4) + 1;
    let fitting: Vec<ItemId> = known
        .iter()
        .filter(|item| field.targets().contains(&item.kind()))
        .map(|item| item.id)
        .collect();
    let value = match field.kind {
        // A name of the catalogue is one of its own.
        FieldKind::Line if field.name == "catalogue" => Value::Text("win-rate".to_owned()),
        FieldKind::Text if field.name == "phases" => Value::Text("1 The first".to_owned()),
        FieldKind::Text if field.name == "exit" => {
            Value::Text("[x] by hand: it is said\noutcomes agreed 2".to_owned())
        }
        FieldKind::Line if field.name == "week" => Value::Text("2026-W19".to_owned()),
        FieldKind::Line | FieldKind::Text => Value::Text(seed.text.clone()),
        FieldKind::Url => Value::Text("https://example.com/a?b=c".to_owned()),
        FieldKind::PastDay => Value::Day("2026-02-28".parse().unwrap()),
        // No plan begins later.
        FieldKind::Day => Value::Day("2026-05-28".parse().unwrap()),
        FieldKind::Clock => Value::Text(format!("0{number}:15")),
        FieldKind::Quarter => Value::Text(format!("{}-Q{number}", 2000 + place)),
        FieldKind::Whole { least, most } => Value::Whole(number.clamp(least, most)),
        FieldKind::Minutes => Value::Whole(number),
        FieldKind::Real if AIMS.contains(&field.name) => {
            Value::Real(f64::from(seed.number % 97 + 2))
        }
        FieldKind::Real => Value::Real(f64::from(seed.number) / 7.0 - 1e8),
        FieldKind::Choice(slugs) => Value::Text(slugs[place % slugs.len()].to_owned()),
        FieldKind::State => return None,
        FieldKind::Tags => {
            let word: String = seed.text.chars().filter(|letter| !letter.is_whitespace()).collect();
            Value::Tags(vec![format!("a{}", word.replace([',', '\''], "")), "b".to_owned()])
        }
        FieldKind::One(_) => Value::Item(*fitting.get(place % fitting.len().max(1))?),
        FieldKind::Many(_) if field.name == "blocked_by" => {
            Value::Items(fitting.into_iter().take(3).collect())
        }
        // Only one of the two directions, so that there is no circle.
        FieldKind::Many(_) if field.name == "blocks" => return None,
        FieldKind::Many(_) => Value::Items(fitting.into_iter().rev().take(3).collect()),
    };
    Some(Change { field, edit: Edit::Set(Input::Value(value)) })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn a_workspace_in_json_comes_back_byte_for_byte(seeds in seeds(24)) {
        let folder = tempfile::tempdir().unwrap();
        let first = json(&filled(&seeds));
        let path = file(&folder, "all.json", &first);
        let mut other = workspace(8);
        import(&mut other, &path).unwrap();
        prop_assert_eq!(&json(&other), &first);
        let again = import(&mut other, &path).unwrap();
        prop_assert_eq!(again.done.seq, None);
        if other.store().head().unwrap().0 > 0 {
            other.run(&Op::Undo).unwrap();
        }
        prop_assert!(items(&other).is_empty());
        prop_assert!(other.store().settings().unwrap().is_empty());
        import(&mut other, &path).unwrap();
        prop_assert_eq!(&json(&other), &first);
    }

    #[test]
    fn a_list_in_csv_comes_back_cell_by_cell(seeds in seeds(16)) {
        let folder = tempfile::tempdir().unwrap();
        let mut made = filled(&seeds);
        for kind in [Kind::Decision, Kind::Asset, Kind::Request] {
            let text = csv(&mut made, kind);
            let path = file(&folder, "list.csv", &text);
            if text.lines().count() < 2 {
                continue;
            }
            // Into the workspace that it came from: nothing to do.
            let done = import(&mut made, &path).unwrap();
            prop_assert_eq!(done.done.seq, None, "{:?}", done);
            // Into an empty one: every cell that is no link elsewhere is the same.
            let mut other = workspace(9);
            import(&mut other, &path).unwrap();
            for item in items(&other).iter().filter(|item| item.kind() == kind) {
                let before = made.store().item(item.id).unwrap().unwrap();
                prop_assert_eq!(item.reference, before.reference);
                prop_assert_eq!(item.created_at, before.created_at);
                for (field, value) in before.entries().filter(|(field, _)| field.targets().is_empty()) {
                    let found = item.get(field.name);
                    let same = match (value, found) {
                        (Value::Text(was), Value::Text(is)) => chipped(was) == is.as_str(),
                        (Value::Tags(was), Value::Tags(is)) => {
                            let mut was: Vec<_> = was.iter().map(|tag| chipped(tag).into_owned()).collect();
                            was.sort();
                            was == *is
                        }
                        _ => value == found,
                    };
                    prop_assert!(same, "{} {}: {:?} is {:?}", item.reference, field.name, value, found);
                }
            }
        }
    }

    #[test]
    fn no_cell_of_a_csv_is_a_formula(seeds in seeds(12)) {
        let mut made = filled(&seeds);
        for kind in Kind::ALL {
            let text = csv(&mut made, kind);
            let numeric: Vec<bool> = {
                let mut reader = csv_reader(&text);
                reader.headers().unwrap().iter().map(|name| {
                    kind.noun().fields.iter().any(|field| field.name == name
                        && matches!(field.kind, FieldKind::Real | FieldKind::Whole { .. } | FieldKind::Minutes))
                }).collect()
            };
            for record in csv_reader(&text).records() {
                for (cell, numeric) in record.unwrap().iter().zip(&numeric) {
                    if *numeric {
                        prop_assert!(cell.is_empty() || cell.parse::<f64>().is_ok(), "{cell:?}");
                        continue;
                    }
                    let first = cell.chars().find(|letter| *letter != ' ');
                    let live = "=+-@\t\r\n\0|＝＋－＠";
                    prop_assert!(first.is_none_or(|first| !live.contains(first)), "{cell:?}");
                    prop_assert!(!cell.contains(|letter: char| letter.is_control()
                        && !"\t\r\n".contains(letter)), "{cell:?}");
                }
            }
        }
    }
}

fn csv_reader(text: &str) -> csv::Reader<&[u8]> {
    csv::Reader::from_reader(text.as_bytes())
}

#[test]
fn the_demo_comes_back_and_its_report_is_calm() {
    let folder = tempfile::tempdir().unwrap();
    let mut demo = workspace(1);
    demo.load_demo().unwrap();
    let first = json(&demo);
    let path = file(&folder, "demo.json", &first);
    let mut other = workspace(2);
    let done = import(&mut other, &path).unwrap();
    assert_eq!(json(&other), first);
    assert!(done.warnings.is_empty(), "{:?}", done.warnings);
    let mut report = Vec::new();
    demo.export_markdown(None, &mut report).unwrap();
    insta::assert_snapshot!("report_of_the_demo", String::from_utf8(report).unwrap());
    let title = "One more?".to_owned();
    let draft = Draft { kind: Kind::Decision, title, changes: Vec::new() };
    let added = other.run(&Op::Add(vec![draft]));
    let added = other.store().item(added.unwrap().items[0]).unwrap().unwrap();
    let known = items(&demo).into_iter().filter(|item| item.kind() == Kind::Decision);
    assert!(known.map(|item| item.reference).all(|reference| reference < added.reference));
}

#[test]
fn into_another_workspace_ids_are_updated_and_taken_refs_give_way() {
    let folder = tempfile::tempdir().unwrap();
    let mut one = workspace(1);
    let draft = |title: &str| Draft { kind: Kind::Asset, title: title.to_owned(), changes: vec![] };
    one.run(&Op::Add(vec![draft("Deck"), draft("Page")])).unwrap();
    let path = file(&folder, "one.json", &json(&one));
    let mut two = workspace(2);
    two.run(&Op::Add(vec![draft("Mine")])).unwrap();
    let done = import(&mut two, &path).unwrap();
    assert_eq!(done.warnings, ["a1 is taken here, so “Deck” is a3"]);
    let titles: Vec<String> =
        items(&two).iter().map(|item| format!("{} {}", item.reference, item.title())).collect();
    assert_eq!(titles, ["a1 Mine", "a2 Page", "a3 Deck"]);
    let page = Ref::parse("a2").unwrap();
    let id = items(&one).iter().find(|item| item.reference == page).unwrap().id;
    let change = Change {
        field: Kind::Asset.noun().field("title"),
        edit: Edit::Set(Input::Value(Value::Text("Landing page".to_owned()))),
    };
    one.run(&Op::Edit { items: vec![id], changes: vec![change] }).unwrap();
    let path = file(&folder, "one.json", &json(&one));
    let done = import(&mut two, &path).unwrap();
    let total = done.total();
    assert_eq!((total.new, total.changed, total.unchanged), (0, 1, 1));
    assert_eq!(two.store().item(id).unwrap().unwrap().title(), "Landing page");
}

#[test]
fn a_bundle_that_is_not_sound_is_refused_with_its_place() {
    let folder = tempfile::tempdir().unwrap();
    let mut one = workspace(1);
    one.load_demo().unwrap();
    let good = json(&one);
    let edit = |from: &str, to: &str| good.replacen(from, to, 1);
    let deep = format!("{}{}", "[".repeat(10_000), "]".repeat(10_000));
    for (text, word) in [
        (edit("\"schema\":1", "\"schema\":2"), "schema 2"),
        (edit("\"format\":2", "\"format\":9"), "format 9"),
        (edit("\"format\":2", "\"format\":2,\"extra\":1"), "extra"),
        (edit("\"priority\":", "\"priorities\":"), "“priority” is missing"),
        (edit("\"author\":", "\"more\":1,\"author\":"), "no field “more”"),
        (edit("\"author\":", "\"title\":\"x\",\"author\":"), "“title” stands here twice"),
        (edit("\"ref\":\"a1\"", "\"ref\":\"a2\""), "a2"),
        (edit("\"weight\":", "\"weight\":1e999,\"x\":"), "number out of range"),
        (edit("\"baseline\":", &format!("\"baseline\":{deep},\"x\":")), "list"),
        (edit("\"settings\":[", "\"settings\":[{\"name\":\"a\"}"), "“value” is missing"),
        (edit("\"due\":\"2026-", "\"due\":\"3026-"), "is not between 1970 and 2100"),
        (good[..good.len() / 2].to_owned(), "the file ends in the middle"),
        (format!("{good}more"), "there is more after its end"),
        (edit("\"author\":", ",\"author\":"), "what stands here is no JSON"),
        (edit("\"title\":\"", "\"title\":\"\\ud800"), "hex escape"),
    ] {
        let path = file(&folder, "bad.json", &text);
        let mut other = workspace(2);
        let error = import(&mut other, &path).unwrap_err();
        assert_eq!(error.exit_code(), 4, "{word}");
        assert!(error.what().contains(word), "{word}: {}", error.what());
        assert!(items(&other).is_empty());
    }
    // A link to what is not in the file.
    let gone: String = good
        .lines()
        .filter(|line| !line.starts_with("{\"ref\":\"u1\""))
        .map(|line| format!("{line}\n"))
        .collect();
    let error = import(&mut workspace(2), &file(&folder, "gone.json", &gone)).unwrap_err();
    assert!(error.what().contains("points at u1, which is not in the file"), "{error}");
}

#[test]
fn a_file_is_kept_unless_told_and_its_refusal_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let one = workspace(1);
    let path = folder.path().join("out.json");
    let write = |existing: Existing| {
        transfer::to_file(&path, existing, |out| one.export_json(out)).map(drop)
    };
    write(Existing::Keep).unwrap();
    let error = write(Existing::Keep).unwrap_err();
    assert_eq!((error.exit_code(), error.hint().as_deref()), (5, Some("--force replaces it")));
    write(Existing::Replace).unwrap();
    assert_eq!(std::fs::read_to_string(&path).unwrap(), json(&one));
}
