//! The rule that raises overload: so many weeks in breach, one memo, and when it is over.
//! Pure over the list of closed weeks; who closed them and what was sent stands elsewhere.

use chrono::NaiveDate;

use super::Week;
use super::verdict::Verdict;

/// The numbers of the rule \[D\].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rule {
    /// Weeks in breach that fire it.
    pub weeks: usize,
    /// Most weeks in a row without a judgement; one more resets.
    pub skipped: i64,
    /// Clear weeks that end an escalation.
    pub clear: usize,
}

impl Default for Rule {
    fn default() -> Self {
        Self { weeks: 2, skipped: 2, clear: 2 }
    }
}

/// A week that is closed, or counts as closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Judged {
    pub week: Week,
    pub verdict: Verdict,
}

/// What is known of the escalations of a person or a team.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Past {
    #[default]
    Never,
    /// The last one was closed on this day; weeks that ended before it never count again.
    Closed(NaiveDate),
    /// One is open, and this was the last week of its breaches.
    Open(Week),
}

/// What the rule says now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    /// So many breaches in a row so far, the oldest first; not yet enough.
    Counting(Vec<Week>),
    /// Raise it now, for these weeks.
    Fires(Vec<Week>),
    /// One is open, with so many clear weeks in a row since.
    Open { clear: usize },
    /// The open one is over: these weeks were clear.
    Over(Vec<Week>),
}

/// Applies the rule to the closed weeks, in any order; a week that is missing between two
/// others is one without data.
#[must_use]
pub fn standing(weeks: &[Judged], past: Past, rule: Rule) -> Standing {
    let mut weeks = weeks.to_vec();
    weeks.sort_unstable();
    weeks.dedup_by_key(|judged| judged.week);
    match past {
        Past::Never => counting(&weeks, rule),
        Past::Closed(on) => {
            weeks.retain(|judged| judged.week.sunday() >= on);
            counting(&weeks, rule)
        }
        Past::Open(since) => {
            weeks.retain(|judged| judged.week > since);
            // Over is over: what came after the clear weeks is judged anew.
            let clear = |upto: usize| run(&weeks[..upto], Verdict::Clear, i64::MAX);
            let over = (1..=weeks.len()).map(clear).find(|clear| clear.len() >= rule.clear);
            over.map_or_else(|| Standing::Open { clear: clear(weeks.len()).len() }, Standing::Over)
        }
    }
}

/// Whether older weeks than these can change nothing any more: among them is one that ends any row
/// before it, or the one from which on is counted. Of none there is nothing to add.
#[must_use]
pub fn settles(weeks: &[Judged], past: Past, rule: Rule) -> bool {
    let mut weeks = weeks.to_vec();
    weeks.sort_unstable();
    let Some(first) = weeks.first().map(|judged| judged.week) else { return true };
    let is_broken = || {
        let older = Judged { week: first.previous(), verdict: Verdict::Breach };
        let all: Vec<Judged> = std::iter::once(older).chain(weeks.iter().copied()).collect();
        !run(&all, Verdict::Breach, rule.skipped).contains(&older.week)
    };
    match past {
        Past::Never => is_broken(),
        Past::Closed(on) => first.sunday() < on || is_broken(),
        Past::Open(since) => first <= since,
    }
}

fn counting(weeks: &[Judged], rule: Rule) -> Standing {
    let breaches = run(weeks, Verdict::Breach, rule.skipped);
    if breaches.len() >= rule.weeks {
        Standing::Fires(breaches)
    } else {
        Standing::Counting(breaches)
    }
}

/// The weeks of this verdict that stand in a row at the end. Unsure weeks neither add nor break;
/// weeks without a judgement are skipped, until more than `most_skipped` stand in a row.
fn run(weeks: &[Judged], wanted: Verdict, most_skipped: i64) -> Vec<Week> {
    let mut found = Vec::new();
    let mut skipped = 0_i64;
    let mut before: Option<Week> = None;
    for judged in weeks {
        skipped += before.map_or(0, |before| before.weeks_to(judged.week) - 1);
        before = Some(judged.week);
        if skipped > most_skipped {
            found.clear();
        }
        match judged.verdict {
            Verdict::NoData | Verdict::Thin => skipped += 1,
            Verdict::Unsure => skipped = 0,
            Verdict::Breach | Verdict::Clear => {
                skipped = 0;
                if judged.verdict == wanted {
                    found.push(judged.week);
                } else {
                    found.clear();
                }
            }
        }
        if skipped > most_skipped {
            found.clear();
        }
    }
    found
}

/// What a recorded answer to an escalation was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    Capacity,
    Scope,
    /// The risk is accepted.
    Accepted,
}

impl Answer {
    pub const ALL: [Self; 3] = [Self::Capacity, Self::Scope, Self::Accepted];

    #[must_use]
    pub fn slug(self) -> &'static str {
        match self {
            Self::Capacity => "capacity",
            Self::Scope => "scope",
            Self::Accepted => "accepted",
        }
    }

    #[must_use]
    pub fn parse(slug: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|answer| answer.slug() == slug)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn weeks(text: &str) -> Vec<Judged> {
        text.split_whitespace()
            .map(|word| {
                let (week, verdict) = word.split_once(':').unwrap();
                let week = if week.len() == 3 { format!("2026-{week}") } else { week.to_owned() };
                Judged {
                    week: Week::parse(&week).unwrap(),
                    verdict: Verdict::parse(verdict).unwrap(),
                }
            })
            .collect()
    }

    fn after(text: &str, past: Past) -> String {
        let join =
            |weeks: &[Week]| weeks.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ");
        match standing(&weeks(text), past, Rule::default()) {
            Standing::Counting(weeks) => format!("{} so far", weeks.len()),
            Standing::Fires(weeks) => format!("fires {}", join(&weeks)),
            Standing::Open { clear } => format!("open, {clear} clear"),
            Standing::Over(weeks) => format!("over {}", join(&weeks)),
        }
    }

    #[test]
    fn two_in_a_row_fire_once() {
        assert_eq!(after("W18:breach", Past::Never), "1 so far");
        assert_eq!(after("W18:breach W19:breach", Past::Never), "fires 2026-W18 2026-W19");
        let open = Past::Open(Week::parse("2026-W19").unwrap());
        assert_eq!(after("W18:breach W19:breach W20:breach", open), "open, 0 clear");
    }

    #[test]
    fn leave_and_empty_weeks_between_break_nothing() {
        for between in ["W19:thin", "W19:no-data", ""] {
            let list = format!("W18:breach {between} W20:breach");
            assert_eq!(after(&list, Past::Never), "fires 2026-W18 2026-W20", "{between}");
        }
        assert_eq!(after("W18:breach W19:unsure", Past::Never), "1 so far");
        assert_eq!(
            after("W18:breach W19:unsure W20:breach", Past::Never),
            "fires 2026-W18 2026-W20"
        );
    }

    #[test]
    fn a_clear_week_between_breaks_the_row() {
        assert_eq!(after("W18:breach W19:clear W20:breach", Past::Never), "1 so far");
        assert_eq!(after("W18:breach W19:breach W20:clear", Past::Never), "0 so far");
    }

    #[test]
    fn more_than_two_skipped_weeks_reset() {
        assert_eq!(
            after("W18:breach W19:thin W20:no-data W21:breach", Past::Never),
            "fires 2026-W18 2026-W21"
        );
        assert_eq!(
            after("W18:breach W19:thin W20:thin W21:thin W22:breach", Past::Never),
            "1 so far"
        );
        assert_eq!(after("W18:breach W22:breach", Past::Never), "1 so far");
        assert_eq!(after("W18:breach W21:breach", Past::Never), "fires 2026-W18 2026-W21");
        assert_eq!(after("W18:breach W19:thin W22:breach", Past::Never), "1 so far");
        assert_eq!(
            after("W18:breach W19:breach W20:thin W21:thin W22:thin", Past::Never),
            "0 so far"
        );
    }

    #[test]
    fn older_weeks_matter_until_one_ends_the_row() {
        let rule = Rule::default();
        let settled = |text: &str, past| settles(&weeks(text), past, rule);
        assert!(settled("", Past::Never));
        assert!(!settled("W19:unsure W20:breach", Past::Never));
        assert!(!settled("W19:thin W20:no-data W21:breach", Past::Never));
        assert!(settled("W19:unsure W20:clear W21:unsure", Past::Never));
        assert!(settled("W19:thin W20:thin W21:thin W22:breach", Past::Never));
        assert!(settled("W19:unsure W20:breach", Past::Closed("2026-05-20".parse().unwrap())));
        let open = Past::Open(Week::parse("2026-W18").unwrap());
        assert!(!settled("W20:unsure W21:clear", open));
        assert!(settled("W18:breach W21:clear", open));
        assert!(!settled("W20:breach W21:clear", open));
    }

    #[test]
    fn the_end_of_a_year_is_no_gap() {
        assert_eq!(
            after("2026-W53:breach 2027-W01:breach", Past::Never),
            "fires 2026-W53 2027-W01"
        );
    }

    #[test]
    fn two_clear_weeks_end_it() {
        let open = Past::Open(Week::parse("2026-W19").unwrap());
        assert_eq!(after("W19:breach W20:clear", open), "open, 1 clear");
        assert_eq!(
            after("W19:breach W20:clear W21:thin W22:clear", open),
            "over 2026-W20 2026-W22"
        );
        assert_eq!(after("W20:clear W21:breach W22:clear", open), "open, 1 clear");
        assert_eq!(after("W18:clear W19:clear W20:clear", open), "open, 1 clear");
        // Nobody closed W21 in time: that it was clear ends it, whatever came after.
        assert_eq!(
            after("W20:clear W21:clear W22:breach W23:breach", open),
            "over 2026-W20 2026-W21"
        );
    }

    #[test]
    fn weeks_before_the_closing_never_count_again() {
        let closed = |iso: &str| Past::Closed(iso.parse().unwrap());
        // 2026-05-10 is the Sunday of W19.
        assert_eq!(after("W18:breach W19:breach W20:breach", closed("2026-05-11")), "1 so far");
        assert_eq!(
            after("W18:breach W19:breach W20:breach", closed("2026-05-10")),
            "fires 2026-W19 2026-W20"
        );
        assert_eq!(after("W18:breach W19:breach", closed("2026-06-01")), "0 so far");
    }

    proptest! {
        #[test]
        fn thin_weeks_change_nothing_and_order_is_no_matter(
            verdicts in prop::collection::vec(0_usize..5, 1..30), shift in 0_usize..30,
        ) {
            let mut week = Week::parse("2026-W40").unwrap();
            let mut list = Vec::new();
            for verdict in &verdicts {
                list.push(Judged { week, verdict: Verdict::ALL[*verdict] });
                week = week.next();
            }
            let straight = standing(&list, Past::Never, Rule::default());
            let middle = shift % list.len();
            list.rotate_left(middle);
            prop_assert_eq!(&standing(&list, Past::Never, Rule::default()), &straight);
            // What fires ends in breaches only: no clear week is newer than the oldest of them.
            if let Standing::Fires(weeks) = straight {
                let clear = list.iter().any(|judged| judged.verdict == Verdict::Clear && judged.week > weeks[0]);
                prop_assert!(!clear);
                prop_assert!(weeks.len() >= 2);
            }
        }
    }
}
