//! prewire's own lists as CSV: whatever can be added comes in again as it was, in whatever order; the
//! same list twice changes nothing; what cannot be is named by its row.

use prewire::domain::kind::Kind;

use crate::program::Machine;

/// Every list of the demo with what is closed, under the name of its kind.
fn lists(machine: &Machine) -> Vec<(Kind, String)> {
    machine.ok(&["demo", "--keep", "demo.db"]);
    machine.ok(&["--db", "demo.db", "moment", "add", "IT is asked --stage proposal"]);
    let added = Kind::ALL.into_iter().filter(|kind| kind.is_added());
    added.map(|kind| (kind, csv(machine, "demo.db", kind))).collect()
}

fn csv(machine: &Machine, db: &str, kind: Kind) -> String {
    machine.ok(&["--db", db, "export", "csv", kind.slug(), "--closed"])
}

/// The rows without the instant of the last change, since what was linked later was changed later;
/// links in no order, and no state that follows from what stands in no table.
fn lasting(table: &str) -> Vec<Vec<String>> {
    let cell = |cell: &str| {
        let mut links: Vec<&str> = cell.split(", ").collect();
        links.sort_unstable();
        match links.join(", ").as_str() {
            "framed" | "prewiring" | "ready" => "raised".to_owned(),
            other => other.to_owned(),
        }
    };
    let rows = table.split("\r\n").filter_map(|line| line.rsplit_once(','));
    let mut rows: Vec<Vec<String>> =
        rows.map(|(row, _)| row.split("\",\"").map(cell).collect()).collect();
    rows.sort();
    rows
}

#[test]
fn every_list_comes_in_again_as_it_was() {
    let machine = Machine::new();
    let mut lists = lists(&machine);
    // People are made where they are named, so they come first.
    lists.sort_by_key(|(kind, _)| *kind != Kind::Person);
    for order in ["as they come", "backwards"] {
        let db = &format!("{order}.db");
        // What leads to a list that comes later is tied when the list comes again.
        for _ in 0..3 {
            for (kind, table) in &lists {
                let name = format!("{}.csv", kind.slug());
                std::fs::write(machine.path(&name), table).unwrap();
                let done = machine.run(&["--db", db, "import", &name]);
                // A milestone belongs to a plan, which may be yet to come.
                assert!(done.code == 0 || *kind == Kind::Milestone, "{order}: {}", done.err);
            }
        }
        for (kind, table) in &lists {
            let (now, then) = (lasting(&csv(&machine, db, *kind)), lasting(table));
            assert_eq!(now.len(), then.len(), "{order}: {kind:?}");
            for (now, then) in now.iter().zip(&then) {
                assert_eq!(now, then, "{order}: {kind:?}");
            }
            let again = machine.run(&["--db", db, "import", &format!("{}.csv", kind.slug())]);
            assert!(!again.err.contains("undo:"), "{order}, {kind:?} once more: {}", again.out);
        }
        assert_eq!(machine.run(&["--db", db, "doctor"]).code, 0);
        lists[1..].reverse();
    }
}

#[test]
fn a_list_into_its_own_workspace_changes_only_what_was_edited() {
    let machine = Machine::new();
    for (kind, table) in lists(&machine) {
        std::fs::write(machine.path("own.csv"), &table).unwrap();
        let done = machine.run(&["--db", "demo.db", "import", "own.csv"]);
        assert_eq!(done.code, 0, "{kind:?}: {}", done.err);
        assert!(!done.err.contains("undo:"), "{kind:?}: {} {}", done.out, done.err);
    }
    let table = csv(&machine, "demo.db", Kind::Claim);
    let edited = table.replace("Nobody reads the comparison page", "Few read it");
    std::fs::write(machine.path("own.csv"), edited).unwrap();
    let told = machine.ok(&["--db", "demo.db", "import", "own.csv"]);
    assert!(told.contains("claims: +0 new, ~1 changed, =4 unchanged"), "{told}");
}

#[test]
fn a_list_of_several_kinds_keeps_what_it_does_not_tell() {
    let machine = Machine::new();
    machine.ok(&["asset", "add", "Deck kind:deck due:fri @Maya"]);
    machine.ok(&["decision", "add", "Which tier? kind:pricing due:thu"]);
    machine.ok(&["evidence", "add", "So seg:unknown stage:proposal kind:deal"]);
    let mixed = machine.ok(&["show", "a1", "d1", "e1", "--csv"]);
    std::fs::write(machine.path("mixed.csv"), &mixed).unwrap();
    assert!(machine.ok(&["import", "mixed.csv"]).contains("1 unchanged"));
    let later = mixed.replace("2026-05-07", "2026-05-11").replace("Deck", "Deck of tiers");
    std::fs::write(machine.path("mixed.csv"), later).unwrap();
    machine.ok(&["import", "mixed.csv"]);
    let fields = |name: &str| machine.items(&["show", name]).remove(0);
    assert_eq!(
        (&fields("a1")["kind"], &fields("a1")["title"]),
        (&"deck".into(), &"Deck of tiers".into())
    );
    assert_eq!(
        (&fields("d1")["kind"], &fields("d1")["needed_by"]),
        (&"pricing".into(), &"2026-05-11".into())
    );
    assert_eq!(fields("e1")["kind"], "deal");
}

#[test]
fn rows_that_cannot_be_are_named_and_nothing_is_done() {
    let machine = Machine::new();
    let head = "ref,id,title,state,";
    for (columns, row, why) in [
        (
            "observed_on,created_at",
            "e1,,Heard,tagged,2026-05-07,",
            "observed on: 2026-05-07 has not come yet",
        ),
        (
            "on,minutes,created_at",
            "t1,,Deal desk,logged,2026-05-05,,",
            "how long it took is not said",
        ),
        (
            "on,at,minutes,created_at",
            "k1,,Late,planned,2026-05-05,23:00,120,",
            "it goes on after its day",
        ),
        (
            "plan,created_at",
            "s1,,Agreed,open,p1,",
            "a milestone belongs to a plan, and p1 is not here",
        ),
        ("kind,created_at", "e1,,Heard,tagged,gossip,", "“gossip” is not one of quote"),
        ("created_at", "zz9,,Heard,tagged,", "is no ref such as d12 or e3"),
    ] {
        std::fs::write(machine.path("bad.csv"), format!("{head}{columns}\n{row}\n")).unwrap();
        let refused = machine.run(&["import", "bad.csv"]);
        assert_eq!(refused.code, 4, "{row}: {}", refused.err);
        assert!(refused.err.contains(why), "{row}: {}", refused.err);
        assert!(refused.err.contains("Nothing was changed"), "{}", refused.err);
    }
    machine.ok(&["person", "add", "Maya Okafor"]);
    machine.ok(&["objection", "add", "Too dear code:price"]);
    let rows = "ref,id,title,state,code,created_at\nj9,,Costs more,open,price,\n";
    std::fs::write(machine.path("bad.csv"), rows).unwrap();
    let refused = machine.run(&["import", "bad.csv"]);
    assert!(refused.err.contains("row 2: j1 “Too dear” has its code already"), "{}", refused.err);
}

#[test]
fn people_who_are_here_under_their_name_are_the_same_people() {
    let machine = Machine::new();
    machine.ok(&[
        "--db",
        "there.db",
        "person",
        "add",
        "Raj Mehta",
        "--role",
        "PM",
        "--influence",
        "3",
    ]);
    let people = machine.ok(&["--db", "there.db", "export", "csv", "person"]);
    std::fs::write(machine.path("people.csv"), people).unwrap();
    machine.ok(&["decision", "add", "Which tier? @\"Raj Mehta\""]);
    machine.ok(&["import", "people.csv"]);
    let people = machine.items(&["person", "list"]);
    assert_eq!(people.len(), 1, "{people:?}");
    assert_eq!(people[0]["influence"], 3);
    assert!(!machine.run(&["import", "people.csv"]).err.contains("undo:"));
}

#[test]
fn a_claim_stands_as_its_evidence_here_says_and_four_outcomes_are_too_many() {
    let machine = Machine::new();
    machine.ok(&["--db", "there.db", "claim", "add", "Rollout loses deals"]);
    machine.ok(&["--db", "there.db", "evidence", "add", "So seg:unknown stage:proposal claim:+c1"]);
    for kind in ["claim", "evidence"] {
        let table = machine.ok(&["--db", "there.db", "export", "csv", kind]);
        std::fs::write(machine.path("own.csv"), table).unwrap();
        machine.ok(&["import", "own.csv"]);
        let wanted = if kind == "claim" { "assumption" } else { "supported" };
        assert_eq!(machine.items(&["claim", "list"])[0]["state"], wanted);
    }
    for at in 1..=2 {
        machine.ok(&["outcome", "add", &format!("Here {at}")]);
        machine.ok(&["--db", "there.db", "outcome", "add", &format!("There {at}")]);
    }
    let table = machine.ok(&["--db", "there.db", "export", "csv", "outcome"]);
    std::fs::write(machine.path("own.csv"), table).unwrap();
    let planned = machine.run(&["import", "own.csv", "--dry-run"]);
    let refused = machine.run(&["import", "own.csv"]);
    assert_eq!((planned.code, refused.code), (4, 4), "{}", refused.err);
    assert!(
        refused.err.contains("3 outcomes are active in 2026-Q2 already; drop one first"),
        "{}",
        refused.err
    );
    assert_eq!(machine.items(&["outcome", "list"]).len(), 2);
    machine.ok(&["import", "own.csv", "--skip-bad"]);
    assert_eq!(machine.items(&["outcome", "list"]).len(), 3);
}
