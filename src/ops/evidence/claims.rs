//! What claims weigh: their balances with the flags, kept until the journal moves, since a list of
//! claims asks for all of them again with every key.

use std::collections::HashMap;

use crate::domain::evidence::balance::{Balance, Flag, Scope, weigh};
use crate::domain::evidence::{Piece, Stage};
use crate::domain::item::{Item, ItemId};
use crate::domain::kind::Kind;
use crate::store::evidence::{Evidence, Known};

use super::super::error::Result;
use super::super::workspace::Workspace;

impl Workspace {
    /// The balances of these claims.
    ///
    /// # Errors
    /// A storage error.
    pub fn balances(&self, claims: &[&Item]) -> Result<HashMap<ItemId, Balance>> {
        let ids: Vec<ItemId> = claims.iter().map(|claim| claim.id).collect();
        let mut pieces = self.store.pieces_of_claims(&ids)?;
        let today = self.clock.today();
        Ok(claims
            .iter()
            .map(|claim| {
                let known = pieces.remove(&claim.id).unwrap_or_default();
                let all: Vec<Piece> = known.into_iter().map(|one| one.piece).collect();
                (claim.id, weigh(&all, &scope(claim), claim.day("chosen_on"), today))
            })
            .collect())
    }

    /// What a list says beside a claim: `+6 −0 one-sided`.
    ///
    /// # Errors
    /// A storage error.
    pub(in crate::ops) fn claims_aside(&self, items: &[Item]) -> Result<HashMap<ItemId, String>> {
        let claims: Vec<&Item> = items.iter().filter(|item| item.kind() == Kind::Claim).collect();
        if claims.is_empty() {
            return Ok(HashMap::new());
        }
        let balances = self.balances(&claims)?;
        Ok(balances.into_iter().map(|(id, balance)| (id, short(&balance))).collect())
    }

    /// The pieces of a claim, what speaks against it first.
    pub(super) fn known_of(&self, claim: ItemId) -> Result<Vec<Known>> {
        let mut found = self.store.pieces_of_claims(&[claim])?.remove(&claim).unwrap_or_default();
        found.sort_by_key(|known| match known.piece.polarity {
            crate::domain::evidence::Polarity::Against => 0,
            crate::domain::evidence::Polarity::For => 1,
            crate::domain::evidence::Polarity::Neutral => 2,
        });
        Ok(found)
    }
}

/// What a claim says it holds for.
pub(super) fn scope(claim: &Item) -> Scope {
    Scope {
        segment: claim.link("segment").map(|id| id.to_string()),
        stage: Stage::parse(claim.text("stage")).filter(|stage| *stage != Stage::Unknown),
    }
}

/// The counts, and the flags in words.
fn short(balance: &Balance) -> String {
    let counts = format!("+{} −{}", balance.for_it, balance.against);
    let flags: Vec<&str> = balance.flags.iter().map(|flag| Flag::words(*flag)).collect();
    if flags.is_empty() { counts } else { format!("{counts} {}", flags.join(", ")) }
}
