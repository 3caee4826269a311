//! What stands for and against a claim, and why that may be too little: the flags against
//! cherry-picking of `spec/3-model.md §3.4`, with their limits.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use chrono::NaiveDate;

use super::super::slugs::slugs;
use super::super::week::share::Share;
use super::median::middle;
use super::{Piece, Polarity, Stage};

/// What a balance is held against; each is a setting of the workspace with this default \[D\].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Fewer accounts than this are thin.
    pub thin_below_accounts: usize,
    /// From so many pieces on, nothing against is one-sided.
    pub one_sided_from: usize,
    /// More than this share from one account is one voice, in per cent.
    pub one_voice_above: i64,
    /// More than this share captured after the choice is after the fact, in per cent.
    pub after_the_fact_above: i64,
    /// A median age above this is old, in days.
    pub old_above_days: i64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            thin_below_accounts: 3,
            one_sided_from: 5,
            one_voice_above: 40,
            after_the_fact_above: 50,
            old_above_days: 180,
        }
    }
}

slugs! {
    /// Why a balance is to be read with care.
    Flag {
        Thin => "thin", "thin";
        OneSided => "one-sided", "one-sided";
        OneVoice => "one-voice", "one voice";
        OneCell => "one-cell", "one cell";
        OneKind => "one-kind", "one kind";
        AfterTheFact => "after-the-fact", "after the fact";
        Old => "old", "old";
        OpinionOnly => "opinion-only", "opinion only";
    }
}

impl Flag {
    /// What it means, with the limit that made it.
    #[must_use]
    pub fn why(self, limits: &Limits) -> String {
        match self {
            Self::Thin => format!("fewer than {} accounts", limits.thin_below_accounts),
            Self::OneSided => format!(
                "{} or more pieces and none against; look for what speaks against it",
                limits.one_sided_from
            ),
            Self::OneVoice => format!("more than {} % from one account", limits.one_voice_above),
            Self::OneCell => {
                "all in one segment and stage, and said of more or of another".to_owned()
            }
            Self::OneKind => "a single kind of evidence".to_owned(),
            Self::AfterTheFact => format!(
                "more than {} was captured after it was chosen",
                match limits.after_the_fact_above {
                    50 => "half".to_owned(),
                    share => format!("{share} %"),
                }
            ),
            Self::Old => format!("half of it is older than {} days", limits.old_above_days),
            Self::OpinionOnly => "opinions count nothing".to_owned(),
        }
    }
}

/// What a claim says it holds for; nothing is everywhere.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Scope {
    pub segment: Option<String>,
    pub stage: Option<Stage>,
}

/// The evidence of a claim, weighed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Balance {
    pub for_it: usize,
    pub against: usize,
    pub neutral: usize,
    /// Kept apart: they count nothing.
    pub opinions: usize,
    /// Different accounts among those for and against.
    pub accounts: usize,
    pub flags: Vec<Flag>,
}

impl Balance {
    /// F/(F+C); no data without either.
    #[must_use]
    pub fn share(&self) -> Share {
        Share::new(count(self.for_it), count(self.for_it + self.against))
    }

    /// `6 for, 0 against · 4 accounts · 3 opinions`.
    #[must_use]
    pub fn words(&self) -> String {
        let many = |number: usize, name: &str| {
            format!("{number} {name}{}", if number == 1 { "" } else { "s" })
        };
        let mut words = format!("{} for, {} against", self.for_it, self.against);
        if self.for_it + self.against > 0 {
            let _ = write!(words, " · {}", many(self.accounts, "account"));
        }
        if self.opinions > 0 {
            let _ = write!(words, " · {}", many(self.opinions, "opinion"));
        }
        words
    }
}

/// What pieces are weighed by: when the claim was chosen, or not yet, and the limits in force.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Terms {
    pub chosen_on: Option<NaiveDate>,
    pub today: NaiveDate,
    pub limits: Limits,
}

/// Weighs the pieces of a claim. The order does not matter.
#[must_use]
pub fn weigh(pieces: &[Piece], scope: &Scope, terms: &Terms) -> Balance {
    let of =
        |wanted| pieces.iter().filter(|piece| piece.counts() && piece.polarity == wanted).count();
    let weighed: Vec<&Piece> = pieces
        .iter()
        .filter(|piece| piece.counts() && piece.polarity != Polarity::Neutral)
        .collect();
    let mut voices: BTreeMap<&str, usize> = BTreeMap::new();
    for account in weighed.iter().filter_map(|piece| piece.account.as_deref()) {
        *voices.entry(account).or_default() += 1;
    }
    let mut balance = Balance {
        for_it: of(Polarity::For),
        against: of(Polarity::Against),
        neutral: of(Polarity::Neutral),
        opinions: pieces.iter().filter(|piece| !piece.counts()).count(),
        accounts: voices.len(),
        flags: Vec::new(),
    };
    let loudest = voices.values().copied().max().unwrap_or(0);
    let look = Look { balance: &balance, weighed: &weighed, loudest, scope, terms };
    let flags = Flag::ALL.iter().copied().filter(|flag| look.fires(*flag)).collect();
    balance.flags = flags;
    balance
}

/// What the flags look at.
struct Look<'a> {
    balance: &'a Balance,
    /// For or against, without opinions.
    weighed: &'a [&'a Piece],
    /// The pieces of the account that has most.
    loudest: usize,
    scope: &'a Scope,
    terms: &'a Terms,
}

impl Look<'_> {
    fn fires(&self, flag: Flag) -> bool {
        let all = self.weighed.len();
        let limits = &self.terms.limits;
        match flag {
            Flag::OpinionOnly => all == 0 && self.balance.opinions > 0,
            Flag::Thin => {
                let said = all > 0 || self.balance.opinions == 0;
                said && self.balance.accounts < limits.thin_below_accounts
            }
            Flag::OneSided => all >= limits.one_sided_from && self.balance.against == 0,
            Flag::OneVoice => {
                let loudest = Share::new(count(self.loudest), count(all));
                loudest.exceeds(limits.one_voice_above)
            }
            Flag::OneCell => in_one_cell(self.weighed, self.scope),
            Flag::OneKind => {
                let kinds: BTreeSet<_> = self.weighed.iter().map(|piece| piece.kind).collect();
                kinds.len() == 1
            }
            Flag::AfterTheFact => self.terms.chosen_on.is_some_and(|chosen| {
                let after = self.weighed.iter().filter(|piece| piece.captured_on > chosen).count();
                Share::new(count(after), count(all)).exceeds(limits.after_the_fact_above)
            }),
            Flag::Old => {
                let age = |piece: &&Piece| {
                    self.terms.today.signed_duration_since(piece.observed_on).num_days()
                };
                let median = middle(self.weighed.iter().map(age).collect());
                median.is_some_and(|age| age.exceeds(limits.old_above_days))
            }
        }
    }
}

/// All of it in one segment and stage, where the claim says more than that.
fn in_one_cell(weighed: &[&Piece], scope: &Scope) -> bool {
    let Some((segment, stage)) = weighed.first().and_then(|piece| piece.cell()) else {
        return false;
    };
    let claimed = scope.segment.as_deref() == Some(segment) && scope.stage == Some(stage);
    !claimed && weighed.iter().all(|piece| piece.cell() == Some((segment, stage)))
}

fn count(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests;
