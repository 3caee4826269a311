//! Things that people do to a workspace, at random, and a workspace on disk to do them to.

use super::place::{self, Home, clock, draft, settings};
use prewire::domain::change::{Change, Edit, Input};
use prewire::domain::item::ItemId;
use prewire::domain::kind::Kind;
use prewire::domain::part::PartKind;
use prewire::domain::value::Value;
use prewire::domain::verb::{Answer, Verb};
use prewire::ops::{Clock, Op, PartStep, Workspace};
use prewire::store::Access;
use proptest::prelude::*;

/// One thing to do; numbers pick among what is there.
#[derive(Debug, Clone)]
pub enum Act {
    Add {
        kind: usize,
        rich: bool,
    },
    AddMany {
        kind: usize,
        count: usize,
    },
    Edit {
        items: Vec<usize>,
        field: usize,
        value: usize,
        clear: bool,
    },
    Verb {
        item: usize,
        verb: usize,
    },
    Turn {
        items: Vec<usize>,
        kind: usize,
    },
    Trash(Vec<usize>),
    Restore(usize),
    Purge(usize),
    Replace(usize),
    /// Adds, changes or removes an option, a pre-wire or an objection.
    Part {
        item: usize,
        kind: usize,
        step: usize,
        value: usize,
    },
    Set {
        name: usize,
        value: Option<usize>,
    },
    Undo,
    Redo,
    TakeBack(usize),
    External(usize),
}

impl Arbitrary for Act {
    type Parameters = ();
    type Strategy = BoxedStrategy<Self>;

    fn arbitrary_with((): ()) -> Self::Strategy {
        let few = || prop::collection::vec(0..50_usize, 1..4);
        prop_oneof![
            5 => (0..7_usize, any::<bool>()).prop_map(|(kind, rich)| Self::Add { kind, rich }),
            1 => (0..3_usize, 2..5_usize).prop_map(|(kind, count)| Self::AddMany { kind, count }),
            6 => (few(), 0..8_usize, 0..6_usize, prop::bool::weighted(0.2)).prop_map(
                |(items, field, value, clear)| Self::Edit { items, field, value, clear }
            ),
            3 => (0..50_usize, 0..15_usize).prop_map(|(item, verb)| Self::Verb { item, verb }),
            1 => (few(), 0..7_usize).prop_map(|(items, kind)| Self::Turn { items, kind }),
            2 => few().prop_map(Self::Trash),
            1 => (0..50_usize).prop_map(Self::Restore),
            1 => (0..50_usize).prop_map(Self::Purge),
            1 => (0..50_usize).prop_map(Self::Replace),
            1 => (0..3_usize, prop::option::of(0..3_usize))
                .prop_map(|(name, value)| Self::Set { name, value }),
            5 => (0..50_usize, 0..4_usize, 0..4_usize, 0..4_usize)
                .prop_map(|(item, kind, step, value)| Self::Part { item, kind, step, value }),
            2 => Just(Self::Undo),
            2 => Just(Self::Redo),
            1 => (1..20_usize).prop_map(Self::TakeBack),
            1 => (0..5_usize).prop_map(Self::External),
        ]
        .boxed()
    }
}

/// What another program may do to a file.
const EXTERNAL: [&str; 5] = [
    "UPDATE item SET note = 'by hand ' || no",
    "UPDATE decision SET stake = 'high'",
    "DELETE FROM tagging",
    "DELETE FROM edge WHERE kind = 'blocks'",
    "UPDATE setting SET value = 'by hand'; DELETE FROM setting WHERE id = 'a'",
];

/// A workspace on disk to which things are done.
pub struct Run {
    pub workspace: Workspace,
    home: Home,
    minute: i64,
}

impl Run {
    pub fn new() -> Self {
        let home = Home::new();
        let workspace = home.create("plan.db");
        Self { workspace, home, minute: 0 }
    }

    /// As a restart would, a minute later.
    pub fn reopen(&mut self) {
        self.minute += 1;
        let at = clock().local() + chrono::Duration::minutes(self.minute);
        self.workspace = Workspace::open(
            &self.home.path("plan.db"),
            Access::Write,
            self.home.places(),
            Clock::fixed(at),
            settings(),
        )
        .unwrap();
    }

    pub fn dump(&self) -> String {
        self.workspace.store().dump().unwrap()
    }

    /// The cache of sort keys.
    pub fn order(&self) -> String {
        let connection = rusqlite::Connection::open(self.home.path("plan.db")).unwrap();
        let query = "SELECT id || ' ' || kind || ' ' || shelf || ' ' || due || ' ' || first || ' ' || second \
                     || ' ' || third FROM listing ORDER BY id";
        let mut statement = connection.prepare(query).unwrap();
        let rows = statement.query_map([], |row| row.get::<_, String>(0)).unwrap();
        rows.map(Result::unwrap).collect::<Vec<_>>().join("\n")
    }

    pub fn is_sound(&self) {
        let findings = self.workspace.store().check().unwrap();
        assert!(!findings.is_damaged(), "{findings:?}");
        assert_eq!(findings.foreign_changes, 0);
    }

    pub fn order_is_what_a_full_renewal_makes(&mut self) {
        let before = self.order();
        self.external("UPDATE item SET link = 'https://example.com/' || no");
        self.workspace.run(&Op::Set { name: "c".to_owned(), value: Some("d".to_owned()) }).unwrap();
        assert_eq!(before, self.order());
    }

    fn external(&self, query: &str) {
        place::external(&self.home.path("plan.db"), query);
    }

    pub fn add(&mut self, kind: Kind, title: &str) -> ItemId {
        place::add(&mut self.workspace, kind, title).items[0]
    }

    /// Sets a field and answers the number of the step.
    pub fn set(&mut self, id: ItemId, field: &str, text: &str) -> i64 {
        let kind = self.workspace.store().item(id).unwrap().unwrap().kind();
        let input = match field {
            "owner" | "blocks" => Input::Reference(text.to_owned()),
            _ => Input::Value(Value::Text(text.to_owned())),
        };
        let change = Change { field: kind.noun().field(field), edit: Edit::Set(input) };
        let done = self.workspace.run(&Op::Edit { items: vec![id], changes: vec![change] });
        done.unwrap().seq.unwrap()
    }

    pub fn clear(&mut self, id: ItemId, field: &str) -> i64 {
        let kind = self.workspace.store().item(id).unwrap().unwrap().kind();
        let change = Change { field: kind.noun().field(field), edit: Edit::Clear };
        let done = self.workspace.run(&Op::Edit { items: vec![id], changes: vec![change] });
        done.unwrap().seq.unwrap()
    }

    /// Does it. What is refused must leave everything as it was.
    pub fn carry_out(&mut self, act: &Act) {
        if let Act::External(which) = act {
            return self.external(EXTERNAL[*which]);
        }
        let Some(op) = self.op(act) else { return };
        let before = self.dump();
        match self.workspace.run(&op) {
            Ok(done) if done.seq.is_none() => assert_eq!(before, self.dump(), "{op:?}"),
            Ok(_) => {}
            Err(error) => {
                assert!([3, 4, 5].contains(&error.exit_code()), "{op:?}: {}", error.what());
                assert_eq!(before, self.dump(), "{op:?}");
            }
        }
    }

    fn op(&self, act: &Act) -> Option<Op> {
        let all = self.workspace.store().all_ids().unwrap();
        let pick = |at: &usize| (!all.is_empty()).then(|| all[at % all.len()]);
        let some = |at: &[usize]| at.iter().map(pick).collect::<Option<Vec<_>>>();
        let kind = |at: usize| Kind::ALL[at % Kind::ALL.len()];
        Some(match act {
            Act::Add { kind: at, rich } => {
                let mut draft = draft(kind(*at), &format!("Item {}", all.len()));
                if *rich {
                    draft.changes =
                        (0..4).filter_map(|at| self.change(draft.kind, at, at)).collect();
                }
                Op::Add(vec![draft])
            }
            Act::AddMany { kind: at, count } => {
                let title = |more: usize| format!("Item {} {more}", all.len());
                Op::Add((0..*count).map(|more| draft(kind(*at), &title(more))).collect())
            }
            Act::Edit { items, field, value, clear } => {
                self.edit(&some(items)?, *field, *value, *clear)?
            }
            Act::Verb { item, verb } => Op::Verb {
                items: vec![pick(item)?],
                verb: Verb::ALL[verb % Verb::ALL.len()],
                answer: Answer {
                    line: Some("because".to_owned()),
                    day: chrono::NaiveDate::from_ymd_opt(2026, 6, 1),
                    ..Answer::default()
                },
            },
            Act::Turn { items, kind: at } => Op::Turn { items: some(items)?, into: kind(*at) },
            Act::Trash(items) => Op::Trash(some(items)?),
            Act::Restore(item) => Op::Restore(vec![self.thrown(*item)?]),
            Act::Purge(item) => Op::Purge(vec![self.thrown(*item)?]),
            Act::Replace(item) => {
                Op::Replace { drop: pick(item)?, draft: draft(Kind::Outcome, "Instead") }
            }
            Act::Part { item, kind, step, value } => {
                Op::Parts { owner: pick(item)?, steps: vec![part_step(*kind, *step, *value)] }
            }
            Act::Set { name, value } => Op::Set {
                name: ["a", "b", "c"][*name].to_owned(),
                value: value.map(|value| value.to_string()),
            },
            Act::Undo => Op::Undo,
            Act::Redo => Op::Redo,
            Act::TakeBack(step) => Op::TakeBack(i64::try_from(*step).unwrap()),
            Act::External(_) => return None,
        })
    }

    fn thrown(&self, at: usize) -> Option<ItemId> {
        let thrown = self.workspace.store().trashed().unwrap();
        (!thrown.is_empty()).then(|| thrown[at % thrown.len()])
    }

    /// An edit of all picked items that are of the kind of the first.
    fn edit(&self, items: &[ItemId], field: usize, value: usize, clear: bool) -> Option<Op> {
        let items = self.workspace.store().items(items).unwrap();
        let kind = items.first()?.kind();
        let mut change = self.change(kind, field, value)?;
        if clear {
            change.edit = Edit::Clear;
        }
        let ids = items.iter().filter(|item| item.kind() == kind).map(|item| item.id).collect();
        Some(Op::Edit { items: ids, changes: vec![change] })
    }

    fn change(&self, kind: Kind, field: usize, value: usize) -> Option<Change> {
        let name = ["title", "owner", "tags", "priority", "for", "blocks", "note", "weight"][field];
        let field = kind.noun().fields.iter().find(|field| field.name == name)?;
        let text = |text: String| Input::Value(Value::Text(text));
        let input = match name {
            "owner" => Input::Person(["Ana", "Ben", "me"][value % 3].to_owned()),
            "tags" => Input::Value(Value::Tags(vec![["emea", "q3"][value % 2].to_owned()])),
            "priority" => Input::Value(Value::Whole(i64::try_from(value % 4).unwrap() + 1)),
            "weight" => Input::Value(Value::Whole(i64::try_from(value % 3).unwrap() + 1)),
            "for" => Input::Known(self.one_of(&[Kind::Outcome, Kind::Bet], value)?),
            "blocks" => Input::Known(self.one_of(&[Kind::Asset, Kind::Decision], value)?),
            _ => text(format!("{name} {value}")),
        };
        let edit = if value == 5 { Edit::Add(input) } else { Edit::Set(input) };
        Some(Change { field, edit })
    }

    fn one_of(&self, kinds: &[Kind], at: usize) -> Option<ItemId> {
        let ids = self.workspace.store().all_ids().unwrap();
        let items = self.workspace.store().items(&ids).unwrap();
        let fit: Vec<ItemId> =
            items.iter().filter(|item| kinds.contains(&item.kind())).map(|item| item.id).collect();
        (!fit.is_empty()).then(|| fit[at % fit.len()])
    }
}

/// A step on a part of one of four kinds.
fn part_step(kind: usize, step: usize, value: usize) -> PartStep {
    let kind = [PartKind::Option, PartKind::Prewire, PartKind::Objection, PartKind::Blocker][kind];
    let noun = kind.noun();
    let main = noun.field(noun.main);
    let (input, key) = if main.is_person() {
        let name = ["Ana", "Ben", "Cem", "Dia"][value];
        (Input::Person(name.to_owned()), name.to_owned())
    } else {
        let key = if kind == PartKind::Option { ["a", "b", "c", "d"][value] } else { "1" };
        (Input::Value(Value::Text(format!("text {value}"))), key.to_owned())
    };
    let changes = vec![Change { field: main, edit: Edit::Set(input) }];
    match step {
        0 => PartStep::Add { kind, changes },
        1 => PartStep::Put { kind, key, changes },
        2 => PartStep::Edit { kind, key, changes },
        _ => PartStep::Remove { kind, key },
    }
}

/// Sets a field of a kind to a value.
pub fn change(kind: Kind, field: &str, value: Value) -> Change {
    Change { field: kind.noun().field(field), edit: Edit::Set(Input::Value(value)) }
}
