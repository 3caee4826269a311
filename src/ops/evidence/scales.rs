//! What claims weigh and how the matrix is filled, kept while the journal tells of nothing that
//! would weigh otherwise: after a step only what it touched is weighed again. Read ahead on a
//! thread of its own when somebody comes to look at evidence.

use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::mpsc::{Receiver, TryRecvError, sync_channel};

use chrono::NaiveDate;

use crate::domain::evidence::balance::{Balance, Limits, Terms, weigh};
use crate::domain::item::{Item, ItemId};
use crate::store;
use crate::store::deal::Deals;
use crate::store::weights::Cells;

use super::super::error::Result;
use super::super::workspace::Workspace;
use super::claims::scope;

/// From so many lines of the journal on all is weighed anew.
const FEW: i64 = 5_000;

/// What is held in memory of it.
#[derive(Debug, Default)]
pub(in crate::ops) struct Scales {
    kept: RefCell<Option<Kept>>,
    ahead: RefCell<Option<Receiver<store::Result<Kept>>>>,
}

#[derive(Debug)]
struct Kept {
    /// The last line of the journal that is in it.
    upto: i64,
    /// What all of it was held against.
    held: (NaiveDate, Limits),
    balances: HashMap<ItemId, Balance>,
    cells: Option<Cells>,
}

impl Scales {
    /// What another thread has weighed, once it has: nobody waits for it, since the few claims that
    /// are shown are weighed sooner than all of them.
    fn arrived(&self) -> Option<Kept> {
        let mut ahead = self.ahead.borrow_mut();
        let weighed = match ahead.as_ref()?.try_recv() {
            Err(TryRecvError::Empty) => return None,
            Err(TryRecvError::Disconnected) => None,
            Ok(weighed) => weighed.ok(),
        };
        *ahead = None;
        weighed
    }
}

impl Workspace {
    /// The balances of these claims.
    ///
    /// # Errors
    /// A storage error.
    pub fn balances(&self, claims: &[&Item]) -> Result<HashMap<ItemId, Balance>> {
        let held = self.renew_scales()?;
        let mut kept = self.scales.kept.borrow_mut();
        let Some(kept) = kept.as_mut() else { return Ok(HashMap::new()) };
        let unknown: Vec<ItemId> =
            claims.iter().map(|one| one.id).filter(|id| !kept.balances.contains_key(id)).collect();
        if !unknown.is_empty() {
            let pieces = self.store.weights_of_claims(&unknown)?;
            for claim in claims.iter().filter(|claim| unknown.contains(&claim.id)) {
                let own = pieces.get(&claim.id).map_or(&[][..], Vec::as_slice);
                let balance = weigh(own, &scope(claim), &terms(claim.day("chosen_on"), held));
                kept.balances.insert(claim.id, balance);
            }
        }
        let found = |claim: &&&Item| Some((claim.id, kept.balances.get(&claim.id)?.clone()));
        Ok(claims.iter().filter_map(|claim| found(&claim)).collect())
    }

    /// The cells of the matrix, and the opinions beside it.
    pub(super) fn cells(&self) -> Result<Cells> {
        self.renew_scales()?;
        let mut kept = self.scales.kept.borrow_mut();
        let known = kept.as_ref().and_then(|kept| kept.cells.clone());
        let cells = known.map_or_else(|| self.store.cells(), Ok)?;
        if let Some(kept) = kept.as_mut() {
            kept.cells = Some(cells.clone());
        }
        Ok(cells)
    }

    /// Begins to weigh all claims on a thread of its own, because somebody looks at evidence;
    /// unless that is done already.
    ///
    /// # Errors
    /// A storage error; whoever asks for a balance will meet it again.
    pub fn weigh_ahead(&self) -> Result<()> {
        if self.scales.kept.borrow().is_some() || self.scales.ahead.borrow().is_some() {
            return Ok(());
        }
        let Some(reading) = self.store.weights_ahead()? else { return Ok(()) };
        let held = (self.clock.today(), self.limits()?);
        let (send, weighed) = sync_channel(1);
        std::thread::spawn(move || {
            let read = reading
                .run(|claim, pieces| weigh(pieces, &claim.scope, &terms(claim.chosen_on, held)));
            // Nobody listens any more when the screen was left for good.
            drop(send.send(read.map(|(upto, balances, cells)| Kept {
                upto,
                held,
                balances,
                cells: Some(cells),
            })));
        });
        *self.scales.ahead.borrow_mut() = Some(weighed);
        Ok(())
    }

    /// Lets go of what does not hold any more; says what claims are held against.
    fn renew_scales(&self) -> Result<(NaiveDate, Limits)> {
        let held = (self.clock.today(), self.limits()?);
        let mut kept = self.scales.kept.borrow_mut();
        if let Some(arrived) = self.scales.arrived() {
            *kept = Some(arrived);
        }
        let last = self.store.last_change()?;
        let is_of_now = |kept: &&mut Kept| kept.held == held && kept.upto <= last;
        if let Some(kept) = kept.as_mut().filter(is_of_now) {
            if kept.upto == last {
                return Ok(held);
            }
            if let Some(touched) = self.store.touched_since(kept.upto, FEW)? {
                touched.claims.iter().for_each(|id| drop(kept.balances.remove(id)));
                if touched.evidence {
                    kept.cells = None;
                }
                kept.upto = last;
                return Ok(held);
            }
        }
        *kept = Some(Kept { upto: last, held, balances: HashMap::new(), cells: None });
        Ok(held)
    }
}

fn terms(chosen_on: Option<NaiveDate>, (today, limits): (NaiveDate, Limits)) -> Terms {
    Terms { chosen_on, today, limits }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::super::op::Op;
    use super::super::super::triage::tests::{empty, lines};
    use super::super::limits::Term;
    use crate::domain::change::{Change, Draft, Edit, Input};
    use crate::domain::item::{ItemId, Ref};
    use crate::domain::kind::Kind;
    use crate::domain::value::Value;
    use crate::store::lookup::Lookup;

    use super::*;

    fn change(kind: Kind, name: &str, value: &str) -> Change {
        let field = kind.noun().field(name);
        let input = match name {
            "supports" | "against" if value.is_empty() => {
                return Change { field, edit: Edit::Clear };
            }
            "supports" | "against" => Input::Several(vec![field.name_of(value)]),
            "chosen_on" => Input::Value(Value::Day(value.parse().unwrap())),
            _ => Input::Value(Value::Text(value.to_owned())),
        };
        Change { field, edit: Edit::Set(input) }
    }

    /// The item, unless it lies in the Trash.
    fn id(workspace: &Workspace, name: &str) -> Vec<ItemId> {
        workspace.store().by_ref(Ref::parse(name).unwrap()).unwrap().into_iter().collect()
    }

    /// Everything that is told of claims and of the matrix.
    fn told(workspace: &mut Workspace) -> (Vec<String>, String) {
        let report = workspace.claim_report(&[]).unwrap();
        let rows = report.rows.iter().map(|row| format!("{} {}", row.reference, row.words));
        (rows.collect(), format!("{:?}", workspace.matrix().unwrap()))
    }

    fn step(workspace: &mut Workspace, which: u8, at: u8) {
        let piece = format!("e{}", 1 + at % 6);
        let claim = format!("c{}", 1 + at % 2);
        let of_piece = |name: &str, value: &str| Op::Edit {
            items: id(workspace, &piece),
            changes: vec![change(Kind::Evidence, name, value)],
        };
        let op = match which {
            0 => of_piece("supports", &claim),
            1 => of_piece("against", &claim),
            2 => of_piece("supports", ""),
            3 => of_piece("state", "retired"),
            4 => of_piece("kind", "opinion"),
            5 => of_piece("account", "Acme"),
            6 => of_piece("stage", "problem"),
            7 => Op::Trash(id(workspace, &piece)),
            8 => Op::Edit {
                items: id(workspace, &claim),
                changes: vec![change(Kind::Claim, "chosen_on", "2026-04-01")],
            },
            9 => Op::SetAll(vec![Term::Accounts.set(&(1 + at % 4).to_string()).unwrap()]),
            10 => Op::Redo,
            _ => Op::Undo,
        };
        // What is refused changes nothing.
        drop(workspace.run(&op));
    }

    #[test]
    fn claims_that_are_shown_wait_for_no_other_thread() {
        let mut workspace = empty();
        let claim = Draft { kind: Kind::Claim, title: "One".to_owned(), changes: Vec::new() };
        workspace.run(&Op::Add(vec![claim])).unwrap();
        lines(&mut workspace, &["e Piece seg:mid stage:proposal acct:A claim:+c1".to_owned()]);
        // Somebody weighs all of them, and is long about it.
        let (send, weighed) = sync_channel(1);
        *workspace.scales.ahead.borrow_mut() = Some(weighed);
        let (rows, cells) = told(&mut workspace);
        assert!(rows[0].contains("1 for, 0 against"), "{rows:?}");
        let held = workspace.renew_scales().unwrap();
        let upto = workspace.store.last_change().unwrap();
        let kept = Kept { upto, held, balances: HashMap::new(), cells: None };
        send.send(Ok(kept)).unwrap();
        assert_eq!(told(&mut workspace), (rows, cells), "what arrives later says the same");
        assert!(workspace.scales.ahead.borrow().is_none());
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]
        #[test]
        fn what_is_kept_is_what_would_be_weighed_anew(steps in prop::collection::vec((0_u8..13, any::<u8>()), 1..24)) {
            let mut workspace = empty();
            let claim = |title: &str| Draft { kind: Kind::Claim, title: title.to_owned(), changes: Vec::new() };
            workspace.run(&Op::Add(["One", "Another"].map(claim).to_vec())).unwrap();
            let pieces = (0..6).map(|at| {
                let (stage, claim) = (["proposal", "problem"][at % 2], 1 + at % 2);
                format!("e Piece {at} seg:mid stage:{stage} kind:call acct:A{at} claim:+c{claim}")
            });
            lines(&mut workspace, &pieces.collect::<Vec<_>>());
            told(&mut workspace);
            for (which, at) in steps {
                step(&mut workspace, which, at);
                let kept = told(&mut workspace);
                workspace.forget_kept();
                prop_assert_eq!(kept, told(&mut workspace), "after {} {}", which, at);
            }
        }
    }
}
