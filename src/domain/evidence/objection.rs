//! Objections that come back: the repeated-objection rate and its reduction
//! (`spec/3-model.md §3.4`), and the stages at which nobody has an answer.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::NaiveDate;

use super::super::week::share::Share;
use super::Stage;

/// How many days back another account's mention makes one repeated.
pub const REPEATED_WITHIN_DAYS: i64 = 90;

/// A conversation that was logged, with or without objections.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conversation {
    pub date: NaiveDate,
    pub account: String,
    /// Whether the deal was late: proposal or negotiation, or marked so.
    pub late: bool,
    /// The codes of the objections that were raised.
    pub mentions: Vec<String>,
}

/// The rate, or why there is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Repeated {
    /// Repeated, of the late-stage conversations logged.
    Rate(Share),
    NoConversations,
    /// Only conversations with objections were logged, so nobody can say how often there are none.
    NoneWithout,
}

impl Repeated {
    #[must_use]
    pub fn words(self) -> String {
        match self {
            Self::Rate(share) => share.counted(),
            Self::NoConversations => "no data: no late-stage conversation was logged".to_owned(),
            Self::NoneWithout => {
                "no data: only conversations with objections were logged".to_owned()
            }
        }
    }
}

/// The rate over the late-stage conversations of a period, both days included. A mention is
/// repeated when its code came up on another account in the ninety days before; an account that
/// nobody named is not known to be another.
#[must_use]
pub fn repeated(all: &[Conversation], first: NaiveDate, last: NaiveDate) -> Repeated {
    let heard = heard(all);
    let period = all.iter().filter(|one| one.late && (first..=last).contains(&one.date));
    let (mut logged, mut plain, mut repeats) = (0, 0, 0);
    for one in period {
        logged += 1;
        plain += i64::from(one.mentions.is_empty());
        repeats += i64::from(one.mentions.iter().any(|code| is_repeated(&heard, code, one)));
    }
    if logged == 0 {
        Repeated::NoConversations
    } else if plain == 0 {
        Repeated::NoneWithout
    } else {
        Repeated::Rate(Share::new(repeats, logged))
    }
}

/// 1 − rate/baseline, as a share of the baseline; no data without a baseline above nothing.
#[must_use]
pub fn reduction(rate: Share, baseline: Share) -> Share {
    if rate.whole <= 0 || baseline.whole <= 0 || baseline.part <= 0 {
        return Share::new(0, 0);
    }
    let was = baseline.part * rate.whole;
    Share::new(was - rate.part * baseline.whole, was)
}

/// For each objection, the stages where it came up and no response is written.
#[must_use]
pub fn unanswered<'a>(
    raised: impl IntoIterator<Item = (&'a str, Stage)>,
    answered: &BTreeSet<(&str, Stage)>,
) -> BTreeMap<&'a str, BTreeSet<Stage>> {
    let mut open: BTreeMap<&str, BTreeSet<Stage>> = BTreeMap::new();
    for (code, stage) in raised {
        if !answered.contains(&(code, stage)) {
            open.entry(code).or_default().insert(stage);
        }
    }
    open
}

/// When and where each code was heard, by date.
type Heard<'a> = HashMap<&'a str, Vec<(NaiveDate, &'a str)>>;

fn heard(all: &[Conversation]) -> Heard<'_> {
    let mut heard: Heard<'_> = HashMap::new();
    for one in all {
        for code in &one.mentions {
            heard.entry(code).or_default().push((one.date, &one.account));
        }
    }
    for places in heard.values_mut() {
        places.sort_unstable();
        places.dedup();
    }
    heard
}

fn is_repeated(heard: &Heard<'_>, code: &str, one: &Conversation) -> bool {
    let Some(places) = heard.get(code) else { return false };
    let before = places.partition_point(|(date, _)| *date < one.date);
    places[..before]
        .iter()
        .rev()
        .take_while(|(date, _)| {
            one.date.signed_duration_since(*date).num_days() <= REPEATED_WITHIN_DAYS
        })
        .any(|(_, account)| {
            !account.is_empty() && !one.account.is_empty() && *account != one.account
        })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::day::fixture::day;

    fn talk(date: &str, account: &str, mentions: &[&str]) -> Conversation {
        Conversation {
            date: day(date),
            account: account.to_owned(),
            late: true,
            mentions: mentions.iter().map(|code| (*code).to_owned()).collect(),
        }
    }

    fn april(all: &[Conversation]) -> Repeated {
        repeated(all, day("2026-04-01"), day("2026-04-30"))
    }

    #[test]
    fn repeated_is_on_another_account_within_ninety_days() {
        let plain = talk("2026-04-30", "Z", &[]);
        let rate = |earlier: Conversation| {
            april(&[earlier, talk("2026-04-10", "A", &["rollout"]), plain.clone()])
        };
        let hit = Repeated::Rate(Share::new(1, 2));
        let miss = Repeated::Rate(Share::new(0, 2));
        assert_eq!(rate(talk("2026-01-10", "B", &["rollout"])), hit, "90 days before");
        assert_eq!(rate(talk("2026-01-09", "B", &["rollout"])), miss, "91 days before");
        assert_eq!(rate(talk("2026-03-10", "A", &["rollout"])), miss, "the same account");
        assert_eq!(rate(talk("2026-03-10", "B", &["price"])), miss, "another objection");
        let early = Conversation { late: false, ..talk("2026-03-10", "B", &["rollout"]) };
        assert_eq!(rate(early), hit, "wherever it was said first");
        let same_day =
            april(&[talk("2026-04-10", "A", &["x"]), talk("2026-04-10", "B", &["x"]), plain]);
        assert_eq!(same_day, Repeated::Rate(Share::new(0, 3)), "not before, on the same day");
    }

    #[test]
    fn without_plain_conversations_there_is_no_data() {
        assert_eq!(april(&[]), Repeated::NoConversations);
        let all = [talk("2026-04-01", "A", &["x"]), talk("2026-04-02", "B", &["x"])];
        assert_eq!(april(&all), Repeated::NoneWithout);
        assert!(april(&all).words().starts_with("no data"));
        let early = Conversation { late: false, ..talk("2026-04-03", "C", &[]) };
        assert_eq!(april(&[early]), Repeated::NoConversations);
    }

    #[test]
    fn a_reduction_is_against_the_baseline() {
        let said = |rate, baseline| reduction(rate, baseline).in_tenths();
        assert_eq!(said(Share::new(6, 30), Share::new(12, 30)), "50.0%");
        assert_eq!(said(Share::new(12, 30), Share::new(6, 30)), "−100.0%");
        assert_eq!(said(Share::new(1, 3), Share::new(1, 2)), "33.3%");
        assert_eq!(said(Share::new(1, 3), Share::new(0, 2)), "no data");
        assert_eq!(said(Share::new(0, 0), Share::new(1, 2)), "no data");
    }

    #[test]
    fn a_stage_without_a_response_is_listed() {
        let raised = [
            ("rollout", Stage::Proposal),
            ("rollout", Stage::Solution),
            ("price", Stage::Proposal),
        ];
        let answered = BTreeSet::from([("rollout", Stage::Proposal), ("price", Stage::Proposal)]);
        let open = unanswered(raised, &answered);
        assert_eq!(open, BTreeMap::from([("rollout", BTreeSet::from([Stage::Solution]))]));
    }

    proptest! {
        /// Against every pair looked at.
        #[test]
        fn it_is_what_looking_at_every_pair_gives(talks in prop::collection::vec((0_u64..200, "[AB]", any::<bool>(), prop::collection::vec("[xyz]", 0..3)), 0..30)) {
            let all: Vec<Conversation> = talks
                .into_iter()
                .map(|(days, account, late, mentions)| Conversation {
                    date: day("2026-01-01") + chrono::Days::new(days), account, late, mentions,
                })
                .collect();
            let (first, last) = (day("2026-03-01"), day("2026-05-31"));
            let late: Vec<&Conversation> = all.iter().filter(|one| one.late && one.date >= first && one.date <= last).collect();
            let again = late.iter().filter(|one| one.mentions.iter().any(|code| all.iter().any(|other| {
                let days = (one.date - other.date).num_days();
                other.mentions.contains(code) && other.account != one.account && (1..=90).contains(&days)
            }))).count();
            let wanted = if late.is_empty() {
                Repeated::NoConversations
            } else if late.iter().all(|one| !one.mentions.is_empty()) {
                Repeated::NoneWithout
            } else {
                Repeated::Rate(Share::new(i64::try_from(again).unwrap(), i64::try_from(late.len()).unwrap()))
            };
            prop_assert_eq!(repeated(&all, first, last), wanted);
        }
    }
}
