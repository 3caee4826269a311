//! Which list a table is: another column or another name makes no new one, another list with the
//! same columns never takes the place of one that is there; and a plan says what an import will say.

use prewire::domain::change::Change;
use prewire::domain::kind::Kind;
use prewire::ops::Op;
use prewire::ops::import::{Before, ImportRequest};

use crate::{clock, empty, file, import, item, of, plan, settings, totals};

#[test]
fn one_more_column_or_another_name_makes_no_new_list() {
    let folder = tempfile::tempdir().unwrap();
    for (first, second) in [
        ("ID,Title\n1,Deck A\n2,Webinar B\n", "ID,Title,Owner\n1,Deck A,maya\n2,Webinar B,\n"),
        ("Title\nDeck A\nWebinar B\n", "Title,Owner\nDeck A,maya\nWebinar B,\n"),
        ("Title,Owner\nDeck A,maya\nWebinar B,\n", "Title\nWebinar B\nDeck A\n"),
    ] {
        for name in ["list.csv", "list 2026-05-04.csv", "renamed.csv"] {
            let mut workspace = empty();
            import(&mut workspace, &of(&file(&folder, "list.csv", first))).unwrap();
            let done = import(&mut workspace, &of(&file(&folder, name, second))).unwrap();
            assert_eq!(done.tallies[&Kind::Asset].new, 0, "{name}: {second}");
            let again = import(&mut workspace, &of(&file(&folder, name, second))).unwrap();
            assert_eq!(totals(&again), (0, 0, 2), "{name}: {second}");
        }
    }
}

#[test]
fn another_list_with_the_same_columns_stays_another_list() {
    let folder = tempfile::tempdir().unwrap();
    let team = |name: &str| {
        let rows: Vec<String> = (1..6).map(|at| format!("{at},{name} item {at},maya\n")).collect();
        format!("ID,Title,Owner\n{}", rows.concat())
    };
    for name in ["team-b.csv", "list.csv"] {
        let mut workspace = empty();
        import(&mut workspace, &of(&file(&folder, "list.csv", &team("A")))).unwrap();
        let path = file(&folder, name, &team("B"));
        let planned = plan(&mut workspace, &of(&path)).unwrap();
        let done = import(&mut workspace, &of(&path)).unwrap();
        assert_eq!(totals(&done), (5, 0, 0), "{name}");
        assert_eq!(planned.warnings, done.warnings);
        assert_eq!(done.warnings.len(), usize::from(name == "list.csv"), "{:?}", done.warnings);
        assert_eq!(item(&workspace, "a1").title(), "A item 1");
        // Either is known again, whichever comes next.
        assert_eq!(totals(&import(&mut workspace, &of(&path)).unwrap()), (0, 0, 5));
        let first = file(&folder, "list.csv", &team("A"));
        assert_eq!(totals(&import(&mut workspace, &of(&first)).unwrap()), (0, 0, 5));
        let reworded = file(&folder, "list.csv", &team("A").replace("A item 1", "A deck 1"));
        assert_eq!(totals(&import(&mut workspace, &of(&reworded)).unwrap()), (0, 1, 4));
    }
}

#[test]
fn what_is_known_is_known_with_one_more_column_too() {
    let folder = tempfile::tempdir().unwrap();
    let rows = "Too expensive,Acme,enterprise\nNo SSO,Borealis,mid-market\n";
    let first = format!("Quote,Account,Segment\n{rows}");
    let more = "Quote,Account,Segment,Stage\nToo expensive,Acme,enterprise,evaluate\nNo SSO,Borealis,mid-market,evaluate\n";
    for first in [
        first.clone(),
        first.replace("Quote,", "ID,Quote,").replace("Too", "1,Too").replace("No ", "2,No "),
    ] {
        let with_ids = first.starts_with("ID");
        let more = if with_ids {
            more.replace("Quote,", "ID,Quote,").replace("Too", "1,Too").replace("No ", "2,No ")
        } else {
            more.to_owned()
        };
        let mut workspace = empty();
        import(&mut workspace, &of(&file(&folder, "calls.csv", &first))).unwrap();
        let path = file(&folder, "calls.csv", &more);
        let done = import(&mut workspace, &of(&path)).unwrap();
        assert_eq!(totals(&done), (0, 2, 0), "{more}");
        assert_eq!(totals(&import(&mut workspace, &of(&path)).unwrap()), (0, 0, 2), "{more}");
    }
}

#[test]
fn a_plan_says_what_the_import_leaves_out() {
    let folder = tempfile::tempdir().unwrap();
    let text = "ID,Title,Type,Blocked by,Outcome\n1,foo,,2,Nowhere\n2,bar,,1,\n3,baz,,99,\n4,own,,4,\n5,a wish,request,1,\n";
    let mut workspace = empty();
    let request = ImportRequest {
        map: vec!["Outcome=outcome".to_owned()],
        ..of(&file(&folder, "ring.csv", text))
    };
    let planned = plan(&mut workspace, &request).unwrap();
    let done = import(&mut workspace, &request).unwrap();
    assert_eq!(planned.warnings.len(), done.warnings.len());
    let told = planned.warnings.join("\n");
    for part in
        ["“Nowhere” is not here", "would be a circle", "“99” is not here", "is the row itself"]
    {
        assert!(told.contains(part), "{part}: {told}");
    }
    // Once they are there, the plan of a change says the same of them.
    let more = text.replace("3,baz,,99,", "3,baz,,5,");
    let request = ImportRequest { path: file(&folder, "ring.csv", &more), ..request };
    let planned = plan(&mut workspace, &request).unwrap();
    let done = import(&mut workspace, &request).unwrap();
    assert_eq!(planned.warnings, done.warnings);
    assert!(planned.warnings.concat().contains("holds up nothing"), "{:?}", planned.warnings);
}

#[test]
fn a_plan_says_whose_words_a_file_overwrites() {
    let folder = tempfile::tempdir().unwrap();
    let text = "ID,Title,Owner,Due,Status,Estimate\n1,Deck,maya,2026-05-20,todo,90m\n2,Other,raj,2026-05-21,todo,\n";
    let mut workspace = empty();
    import(&mut workspace, &of(&file(&folder, "list.csv", text))).unwrap();
    for (name, words) in [("title", "My own words"), ("due", "2026-05-22")] {
        let id = item(&workspace, "a1").id;
        let calendar = settings().calendar(clock().today());
        let changes = Change::typed(Kind::Asset.noun().field(name), words, &calendar).unwrap();
        workspace.run(&Op::Edit { items: vec![id], changes }).unwrap();
    }
    let changed = "ID,Title,Owner,Due,Status,Estimate\n1,Deck two,jon,2026-05-29,in progress,2h\n2,Other,maya,2026-05-30,todo,\n";
    let request = of(&file(&folder, "list.csv", changed));
    let planned = plan(&mut workspace, &request).unwrap();
    let own = |at: usize| -> Vec<&str> {
        let here = planned.preview[at].rewrites.iter().filter(|one| one.whose == Before::Here);
        here.map(|one| one.name).collect()
    };
    assert_eq!(own(0), ["title", "due"], "{:#?}", planned.preview[0].rewrites);
    assert!(own(1).is_empty(), "{:#?}", planned.preview[1].rewrites);
    let names: Vec<&str> = planned.preview[0].rewrites.iter().map(|one| one.name).collect();
    for name in ["title", "owner", "due", "state", "estimate"] {
        assert!(names.contains(&name), "{name}: {names:?}");
    }
    let done = import(&mut workspace, &request).unwrap();
    assert_eq!(planned.warnings, done.warnings);
    assert_eq!(done.warnings.len(), 2, "{:?}", done.warnings);
    assert!(done.warnings[0].contains("“My own words”"), "{:?}", done.warnings);
}

#[test]
fn a_row_whose_kind_was_chosen_keeps_what_it_says() {
    let folder = tempfile::tempdir().unwrap();
    let text = "ID,Title,Due,Owner\n2,B page,2026-05-15,raj\n3,Decide C?,2026-05-16,maya\n4,Deck,2026-05-17,\n";
    let mut workspace = empty();
    let request = ImportRequest {
        flips: vec![(2, Kind::Decision), (3, Kind::Asset)],
        ..of(&file(&folder, "list.csv", text))
    };
    import(&mut workspace, &request).unwrap();
    let changed = text.replace("05-15", "05-25").replace("Decide C?", "Decide C now?");
    let path = file(&folder, "list.csv", &changed);
    let planned = plan(&mut workspace, &of(&path)).unwrap();
    let done = import(&mut workspace, &of(&path)).unwrap();
    assert_eq!(planned.tallies, done.tallies);
    assert_eq!((done.tallies[&Kind::Decision].changed, done.tallies[&Kind::Asset].changed), (1, 1));
    assert_eq!(item(&workspace, "d1").day("needed_by").unwrap().to_string(), "2026-05-25");
    let turned = item(&workspace, "a1");
    assert_eq!(turned.day("due").unwrap().to_string(), "2026-05-16");
    assert_eq!(turned.title(), "Decide C now?");
    // What is there already is turned by its verb, not by a flip.
    let flipped = ImportRequest { flips: vec![(4, Kind::Request)], ..of(&path) };
    let refused = import(&mut workspace, &flipped).unwrap_err().to_string();
    assert!(refused.contains("a2 already"), "{refused}");
    let all = ImportRequest { as_kind: Some(Kind::Request), ..of(&path) };
    assert_eq!(totals(&import(&mut workspace, &all).unwrap()), (0, 0, 3));
}

#[test]
fn what_was_turned_into_another_kind_is_still_that_row() {
    let folder = tempfile::tempdir().unwrap();
    let text = "ID,Title,Due\n1,Deck,2026-05-15\n2,Page,2026-05-16\n";
    let mut workspace = empty();
    import(&mut workspace, &of(&file(&folder, "list.csv", text))).unwrap();
    let items = vec![item(&workspace, "a1").id];
    workspace.run(&Op::Turn { items, into: Kind::Decision }).unwrap();
    assert_eq!(
        totals(&import(&mut workspace, &of(&file(&folder, "list.csv", text))).unwrap()),
        (0, 0, 2)
    );
    let changed = file(&folder, "list.csv", &text.replace("05-15", "05-20"));
    assert_eq!(totals(&import(&mut workspace, &of(&changed)).unwrap()), (0, 1, 1));
    assert_eq!(item(&workspace, "d1").day("needed_by").unwrap().to_string(), "2026-05-20");
    for _ in 0..3 {
        workspace.run(&Op::Undo).unwrap();
    }
    assert!(workspace.store().all_ids().unwrap().is_empty());
}

#[test]
fn sums_without_a_name_are_no_rows() {
    let folder = tempfile::tempdir().unwrap();
    for last in ["Total: 2,,,", ",,,5", "Total (2),,,5", ",,,\"1,234.50\""] {
        let text = format!("ID,Title,Due,Points\n1,Deck,2026-05-15,2\n2,Page,,3\n{last}\n");
        let done = import(&mut empty(), &of(&file(&folder, "list.csv", &text))).unwrap();
        assert_eq!(totals(&done), (2, 0, 0), "{last}");
    }
}

#[test]
fn what_prewire_printed_is_known_as_its_own_or_refused() {
    let folder = tempfile::tempdir().unwrap();
    let mut workspace = empty();
    import(&mut workspace, &of(&file(&folder, "list.csv", "ID,Title\n1,Deck\n"))).unwrap();
    for (name, text, words) in [
        ("a.csv", "title,ref,due\nDeck,a1,2026-05-20\n", "the column “id” is gone"),
        (
            "e.csv",
            "ref,id,title,state,created_at\nq1,x,Deal desk,kept,y\n",
            "prewire's own CSV of meetings, which come in from a calendar",
        ),
        (
            "own.json",
            "{\"hello\": 1, \"tasks\": []}",
            "the file is JSON with “hello”, “tasks” at its top, and neither a board of Trello",
        ),
        (
            "list.json",
            "[{\"title\": \"Deck\"}]",
            "the file is JSON of a list whose first member has “title”",
        ),
        ("broken.json", "{\"cards\": [", "this JSON cannot be read: the file ends in the middle"),
        (
            "l.json",
            "{\"schema\":1,\"kind\":\"asset\",\"items\":[]}",
            "what --json printed of assets",
        ),
    ] {
        let path = file(&folder, name, text);
        let refused = import(&mut workspace, &of(&path)).unwrap_err().to_string();
        assert!(refused.contains(words), "{refused}");
    }
    let path = folder.path().join("e.csv");
    let as_evidence = ImportRequest { as_kind: Some(Kind::Evidence), ..of(&path) };
    assert!(import(&mut workspace, &as_evidence).is_err());
    let path = folder.path().join("a.csv");
    let as_new = ImportRequest { as_kind: Some(Kind::Asset), ..of(&path) };
    assert_eq!(totals(&import(&mut workspace, &as_new).unwrap()), (1, 0, 0));
}

#[test]
fn a_title_with_a_comma_is_one_title_in_a_list_of_them() {
    let folder = tempfile::tempdir().unwrap();
    let mut workspace = empty();
    let text = "Name,Blocked by\n\"Price, packaging and limits?\",\nWho speaks?,\n\
                Sheet,\"Price, packaging and limits?, Who speaks?\"\nDeck,\"Who speaks?,Nobody\"\n";
    let done = import(&mut workspace, &of(&file(&folder, "list.csv", text))).unwrap();
    let held_by = |workspace: &prewire::ops::Workspace, of: &str| {
        item(workspace, of).links("blocked_by").len()
    };
    assert_eq!((held_by(&workspace, "a1"), held_by(&workspace, "a2")), (2, 1));
    assert_eq!(done.warnings, ["row 5, blocked by: “Nobody” is not here, so it is left out"]);
}
