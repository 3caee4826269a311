//! What stands for and against a claim, and why that may be too little: the flags against
//! cherry-picking of `spec/3-model.md §3.4`. All thresholds are \[D\].

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use chrono::NaiveDate;

use super::super::slugs::slugs;
use super::super::week::share::Share;
use super::median::middle;
use super::{Piece, Polarity, Stage};

/// Fewer accounts than this are thin.
pub const THIN_BELOW_ACCOUNTS: usize = 3;
/// From so many pieces on, nothing against is one-sided.
pub const ONE_SIDED_FROM: usize = 5;
/// More than this share from one account is one voice, in per cent.
pub const ONE_VOICE_ABOVE: i64 = 40;
/// More than this share captured after the choice is after the fact, in per cent.
pub const AFTER_THE_FACT_ABOVE: i64 = 50;
/// A median age above this is old, in days.
pub const OLD_ABOVE_DAYS: i64 = 180;
/// One piece alone is thin; that it is of one voice, cell and kind says nothing more.
const PATTERN_FROM: usize = 2;

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

/// Weighs the pieces of a claim that was chosen on a day, or not yet. The order does not matter.
#[must_use]
pub fn weigh(
    pieces: &[Piece],
    scope: &Scope,
    chosen_on: Option<NaiveDate>,
    today: NaiveDate,
) -> Balance {
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
    let look = Look { balance: &balance, weighed: &weighed, loudest, scope, chosen_on, today };
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
    chosen_on: Option<NaiveDate>,
    today: NaiveDate,
}

impl Look<'_> {
    fn fires(&self, flag: Flag) -> bool {
        let all = self.weighed.len();
        match flag {
            Flag::OpinionOnly => all == 0 && self.balance.opinions > 0,
            Flag::Thin => {
                let said = all > 0 || self.balance.opinions == 0;
                said && self.balance.accounts < THIN_BELOW_ACCOUNTS
            }
            Flag::OneSided => all >= ONE_SIDED_FROM && self.balance.against == 0,
            Flag::OneVoice => {
                let loudest = Share::new(count(self.loudest), count(all));
                all >= PATTERN_FROM && loudest.exceeds(ONE_VOICE_ABOVE)
            }
            Flag::OneCell => all >= PATTERN_FROM && in_one_cell(self.weighed, self.scope),
            Flag::OneKind => {
                let kinds: BTreeSet<_> = self.weighed.iter().map(|piece| piece.kind).collect();
                all >= PATTERN_FROM && kinds.len() == 1
            }
            Flag::AfterTheFact => self.chosen_on.is_some_and(|chosen| {
                let after = self.weighed.iter().filter(|piece| piece.captured_on > chosen).count();
                Share::new(count(after), count(all)).exceeds(AFTER_THE_FACT_ABOVE)
            }),
            Flag::Old => {
                let age =
                    |piece: &&Piece| self.today.signed_duration_since(piece.observed_on).num_days();
                let median = middle(self.weighed.iter().map(age).collect());
                median.is_some_and(|age| age.exceeds(OLD_ABOVE_DAYS))
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
