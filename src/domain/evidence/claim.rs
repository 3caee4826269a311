//! Where a claim stands by its evidence and its test, and which claims hold a narrative back.

use super::super::slugs::slugs;
use super::super::week::share::Share;
use super::balance::Balance;

/// With less than this share for it a claim is contested, in per cent \[D\].
pub const SUPPORTED_FROM: i64 = 70;

slugs! {
    /// What is known about a claim.
    ClaimState {
        Assumption => "assumption", "assumption";
        Supported => "supported", "supported";
        Contested => "contested", "contested";
        /// Set aside by a person, whatever its evidence.
        Retired => "retired", "retired";
    }
}

slugs! {
    /// How its test came out.
    TestResult {
        Untested => "untested", "untested";
        Passed => "passed", "passed";
        Failed => "failed", "failed";
    }
}

impl TestResult {
    /// How a critical claim that holds a narrative back stands.
    #[must_use]
    pub fn held(self) -> &'static str {
        match self {
            Self::Untested => "was not tested",
            Self::Failed => "failed its test",
            Self::Passed => "is contested",
        }
    }
}

slugs! {
    /// Whether a narrative falls with it.
    Weight {
        Critical => "critical", "critical";
        Other => "other", "not critical";
    }
}

/// The state that the evidence and the test make: an assumption without evidence, whatever the
/// number of opinions; contested when its test failed or too much stands against it.
#[must_use]
pub fn state(balance: &Balance, test: TestResult) -> ClaimState {
    let weighed = Share::new(count(balance.for_it), count(balance.for_it + balance.against));
    let enough = weighed.part * 100 >= weighed.whole * SUPPORTED_FROM;
    if test == TestResult::Failed {
        ClaimState::Contested
    } else if weighed.whole == 0 {
        ClaimState::Assumption
    } else if enough {
        ClaimState::Supported
    } else {
        ClaimState::Contested
    }
}

/// A claim that a narrative rests on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    pub name: String,
    pub weight: Weight,
    pub state: ClaimState,
    pub test: TestResult,
}

/// The claims that keep a narrative from being rolled out: critical assumptions whose test has
/// not been passed.
pub fn holding_back(claims: &[Claim]) -> impl Iterator<Item = &Claim> {
    claims.iter().filter(|claim| {
        claim.weight == Weight::Critical
            && match claim.state {
                ClaimState::Assumption | ClaimState::Contested => claim.test != TestResult::Passed,
                ClaimState::Supported | ClaimState::Retired => false,
            }
    })
}

fn count(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use {ClaimState as S, TestResult as T, Weight as W};

    fn balance(for_it: usize, against: usize, opinions: usize) -> Balance {
        Balance { for_it, against, neutral: 0, opinions, accounts: 3, flags: Vec::new() }
    }

    #[test]
    fn opinions_leave_an_assumption_an_assumption() {
        let untested = |balance| state(&balance, TestResult::Untested);
        assert_eq!(untested(balance(0, 0, 3)), ClaimState::Assumption);
        assert_eq!(untested(balance(1, 0, 0)), ClaimState::Supported);
        assert_eq!(untested(balance(7, 3, 9)), ClaimState::Supported);
        assert_eq!(untested(balance(2, 1, 0)), ClaimState::Contested);
        assert_eq!(untested(balance(0, 1, 0)), ClaimState::Contested);
        assert_eq!(state(&balance(9, 0, 0), TestResult::Failed), ClaimState::Contested);
    }

    #[test]
    fn a_critical_untested_assumption_holds_the_narrative() {
        let claim =
            |name: &str, weight, state, test| Claim { name: name.to_owned(), weight, state, test };
        let claims = [
            claim("c1", W::Critical, S::Assumption, T::Untested),
            claim("c2", W::Critical, S::Assumption, T::Passed),
            claim("c3", W::Other, S::Assumption, T::Untested),
            claim("c4", W::Critical, S::Supported, T::Untested),
            claim("c5", W::Critical, S::Contested, T::Failed),
            claim("c6", W::Critical, S::Retired, T::Failed),
        ];
        let names: Vec<&str> = holding_back(&claims).map(|claim| claim.name.as_str()).collect();
        assert_eq!(names, ["c1", "c5"]);
    }
}
