//! Which of the new ties would close a ring. What is there already holds no ring and stays; of
//! the new ones only those go that lead back against the order of the rest. Linear in the number
//! of ties, whatever the file holds.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap};

use crate::domain::item::ItemId;

type Edge = (ItemId, ItemId);

/// For each new tie whether it may stay.
pub(super) fn that_may_stay(existing: &[Edge], new: &[Edge]) -> Vec<bool> {
    let graph = Graph::over(existing, new);
    let ringed = graph.ringed();
    if ringed.iter().all(|inside| !inside) {
        return vec![true; new.len()];
    }
    let ranks = graph.ranks(&ringed, existing.len());
    let ends = graph.edges[existing.len()..].iter();
    ends.map(|(from, to)| !(ringed[*from] && ringed[*to]) || ranks[*from] < ranks[*to]).collect()
}

/// Nodes by number, in the order in which the new ties name them.
struct Graph {
    nodes: usize,
    /// The existing ones first.
    edges: Vec<(usize, usize)>,
}

impl Graph {
    fn over(existing: &[Edge], new: &[Edge]) -> Self {
        let mut numbers: HashMap<ItemId, usize> = HashMap::new();
        let mut number = |id: ItemId| {
            let next = numbers.len();
            *numbers.entry(id).or_insert(next)
        };
        let new: Vec<_> = new.iter().map(|(from, to)| (number(*from), number(*to))).collect();
        let mut edges: Vec<_> =
            existing.iter().map(|(from, to)| (number(*from), number(*to))).collect();
        edges.extend(new);
        Self { nodes: numbers.len(), edges }
    }

    /// The nodes on rings, and between rings: what is left when all ends are taken off.
    fn ringed(&self) -> Vec<bool> {
        let forwards = self.peeled(&vec![true; self.nodes], |edge| edge);
        self.peeled(&forwards, |(from, to)| (to, from))
    }

    /// Takes off, again and again, what nothing leads to.
    fn peeled(&self, inside: &[bool], turn: fn((usize, usize)) -> (usize, usize)) -> Vec<bool> {
        let mut left = inside.to_vec();
        let out = self.leaving(turn);
        let mut arriving = vec![0_usize; self.nodes];
        for edge in &self.edges {
            let (from, to) = turn(*edge);
            arriving[to] += usize::from(inside[from] && inside[to]);
        }
        let mut ends: Vec<usize> =
            (0..self.nodes).filter(|node| left[*node] && arriving[*node] == 0).collect();
        while let Some(node) = ends.pop() {
            left[node] = false;
            for to in out[node].iter().filter(|to| inside[**to]) {
                arriving[*to] -= 1;
                if arriving[*to] == 0 {
                    ends.push(*to);
                }
            }
        }
        left
    }

    fn leaving(&self, turn: fn((usize, usize)) -> (usize, usize)) -> Vec<Vec<usize>> {
        let mut out = vec![Vec::new(); self.nodes];
        for edge in &self.edges {
            let (from, to) = turn(*edge);
            out[from].push(to);
        }
        out
    }

    /// An order in which the existing ties all lead forwards; the file's order otherwise.
    fn ranks(&self, ringed: &[bool], existing: usize) -> Vec<usize> {
        let old = Self { nodes: self.nodes, edges: self.edges[..existing].to_vec() };
        let out = old.leaving(|edge| edge);
        let mut arriving = vec![0_usize; self.nodes];
        for (from, to) in &old.edges {
            arriving[*to] += usize::from(ringed[*from] && ringed[*to]);
        }
        let mut ready: BinaryHeap<Reverse<usize>> = (0..self.nodes)
            .filter(|node| ringed[*node] && arriving[*node] == 0)
            .map(Reverse)
            .collect();
        let mut ranks = vec![usize::MAX; self.nodes];
        let mut next = 0;
        while let Some(Reverse(node)) = ready.pop() {
            ranks[node] = next;
            next += 1;
            for to in out[node].iter().filter(|to| ringed[**to]) {
                arriving[*to] -= 1;
                if arriving[*to] == 0 {
                    ready.push(Reverse(*to));
                }
            }
        }
        ranks
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::*;

    fn edges(pairs: &[(u128, u128)]) -> Vec<Edge> {
        let id = |number: u128| ItemId(Uuid::from_u128(number));
        pairs.iter().map(|(from, to)| (id(*from), id(*to))).collect()
    }

    #[test]
    fn only_the_tie_that_closes_the_ring_goes() {
        let ring = edges(&[(1, 2), (2, 3), (3, 1), (3, 4)]);
        assert_eq!(that_may_stay(&[], &ring), [true, true, false, true]);
        let old = edges(&[(1, 2)]);
        assert_eq!(that_may_stay(&old, &edges(&[(2, 1), (2, 3)])), [false, true]);
        assert_eq!(that_may_stay(&old, &edges(&[(1, 3), (3, 2)])), [true, true]);
    }

    #[test]
    fn a_ring_of_a_hundred_thousand_is_no_work() {
        let many = 100_000;
        let pairs: Vec<_> = (0..many).map(|at| (at, (at + 1) % many)).collect();
        let stay = that_may_stay(&[], &edges(&pairs));
        assert_eq!(stay.iter().filter(|stays| !**stays).count(), 1);
    }

    proptest! {
        #[test]
        fn what_stays_holds_no_ring(
            old in proptest::collection::vec((0_u128..12, 0_u128..12), 0..12),
            new in proptest::collection::vec((0_u128..12, 0_u128..12), 0..30),
        ) {
            // An existing tie leads from a smaller to a greater number, so there is no ring yet.
            let old: Vec<_> = old.into_iter().filter(|(from, to)| from < to).collect();
            let (old, new) = (edges(&old), edges(&new));
            let stay = that_may_stay(&old, &new);
            let kept = new.iter().zip(&stay).filter(|(_, stays)| **stays).map(|(edge, _)| *edge);
            let all: Vec<Edge> = old.iter().copied().chain(kept).collect();
            prop_assert!(Graph::over(&all, &[]).ringed().iter().all(|inside| !inside));
        }
    }
}
