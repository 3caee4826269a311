//! What is behind the figures of a claim and of an objection: the formula, its inputs, how many there
//! were, and the limits that a flag is held against.

use crate::domain::evidence::Piece;
use crate::domain::evidence::balance::{Balance, Limits, Terms, weigh};
use crate::domain::evidence::objection::REPEATED_WITHIN_DAYS;
use crate::domain::item::Item;
use crate::domain::kind::Kind;

use super::super::error::Result;
use super::super::workspace::Workspace;
use super::claims;

impl Workspace {
    /// The lines behind a claim or an objection; nothing for an item of another kind.
    pub(in crate::ops) fn inspect_evidence(&self, item: &Item) -> Result<Option<Vec<String>>> {
        Ok(match item.kind() {
            Kind::Claim => Some(self.behind_claim(item)?),
            Kind::Objection => Some(self.behind_objection(item)?),
            _ => None,
        })
    }

    fn behind_claim(&self, item: &Item) -> Result<Vec<String>> {
        let known = self.known_of(item.id)?;
        let pieces: Vec<Piece> = known.into_iter().map(|one| one.piece).collect();
        let (today, limits) = (self.clock.today(), self.limits()?);
        let terms = Terms { chosen_on: item.day("chosen_on"), today, limits };
        let balance = weigh(&pieces, &claims::scope(item), &terms);
        let mut lines = vec![
            format!("Balance {} = for ÷ (for + against)", balance.share().counted()),
            format!("  for {}, against {}", balance.for_it, balance.against),
            format!("  beside: neither {}, opinions {}", balance.neutral, balance.opinions),
            format!("  accounts {}", balance.accounts),
            format!("  n = {}", pieces.len()),
            String::new(),
        ];
        lines.extend(careful(&balance, &limits));
        lines.push(String::new());
        lines.push(held_against(&limits));
        Ok(lines)
    }

    fn behind_objection(&self, item: &Item) -> Result<Vec<String>> {
        let today = self.clock.today();
        let mut lines: Vec<String> =
            self.came_up(item)?.into_iter().map(|fact| fact.text).collect();
        let first = crate::domain::report::month_looked_at(today);
        let rate = self.repeated_objections(first, today)?;
        lines.push(String::new());
        lines.push(format!("Of all objections since {}: {}", first.format("%-d %B"), rate.words()));
        lines.push(format!(
            "  = late conversations with an objection that another account raised in the \
             {REPEATED_WITHIN_DAYS} days before ÷ late conversations logged"
        ));
        lines.push("  no data until one without objections is logged too".to_owned());
        Ok(lines)
    }
}

fn careful(balance: &Balance, limits: &Limits) -> Vec<String> {
    if balance.flags.is_empty() {
        return vec!["No flag".to_owned()];
    }
    balance.flags.iter().map(|flag| format!("! {}: {}", flag.words(), flag.why(limits))).collect()
}

/// Every limit in force, and how it is changed.
fn held_against(limits: &Limits) -> String {
    format!(
        "Held against: {} accounts, {} pieces on one side, {} % of one account, {} % after the \
         choice, {} days of age. prewire evidence terms changes them",
        limits.thin_below_accounts,
        limits.one_sided_from,
        limits.one_voice_above,
        limits.after_the_fact_above,
        limits.old_above_days
    )
}
