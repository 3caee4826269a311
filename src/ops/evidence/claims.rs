//! What claims weigh: their balances, with the flags.

use std::collections::HashMap;

use serde_json::json;

use crate::domain::evidence::Stage;
use crate::domain::evidence::balance::{Balance, Flag, Scope};
use crate::domain::item::{Item, ItemId};
use crate::domain::kind::Kind;
use crate::domain::week::share::Share;
use crate::store::evidence::{Evidence, Known};

use super::super::error::Result;
use super::super::page::ListQuery;
use super::super::workspace::Workspace;
use super::report::{Report, Row};

impl Workspace {
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

    /// What claims weigh: of those that are named, else of all that are not retired.
    ///
    /// # Errors
    /// A storage error.
    pub fn claim_report(&mut self, named: &[ItemId]) -> Result<Report> {
        let ids = match named {
            [] => self.all_ids(&ListQuery::all(Kind::Claim))?,
            named => named.to_vec(),
        };
        let claims = self.store.items(&ids)?;
        let balances = self.balances(&claims.iter().collect::<Vec<_>>())?;
        let mut report = Report::new("claim-balance", "What the claims weigh");
        let flagged = balances.values().filter(|one| !one.flags.is_empty()).count();
        let share = Share::new(count(flagged), count(claims.len()));
        report.head.push(format!("Flagged: {}", share.counted()));
        for claim in &claims {
            let Some(balance) = balances.get(&claim.id) else { continue };
            let flags: Vec<&str> = balance.flags.iter().map(|flag| flag.slug()).collect();
            let words: Vec<&str> = balance.flags.iter().map(|flag| flag.words()).collect();
            let said = [claim.state().slug.to_owned(), balance.words(), words.join(", ")];
            let said: Vec<String> = said.into_iter().filter(|word| !word.is_empty()).collect();
            let values = json!({
                "state": claim.state().slug,
                "for": balance.for_it,
                "against": balance.against,
                "neither": balance.neutral,
                "opinions": balance.opinions,
                "accounts": balance.accounts,
                "balance": fraction(balance),
                "flags": flags,
            });
            report.rows.push(Row::of(claim, said.join(" · "), values));
        }
        Ok(report)
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

/// How much of it is for the claim, from nothing to one.
fn fraction(balance: &Balance) -> Option<f64> {
    let parts = u32::try_from(balance.share().in_parts(10_000)?).ok()?;
    Some(f64::from(parts) / 10_000.0)
}

/// The counts, and the flags in words.
fn short(balance: &Balance) -> String {
    let counts = format!("+{} −{}", balance.for_it, balance.against);
    let flags: Vec<&str> = balance.flags.iter().map(|flag| Flag::words(*flag)).collect();
    if flags.is_empty() { counts } else { format!("{counts} {}", flags.join(", ")) }
}

fn count(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}
