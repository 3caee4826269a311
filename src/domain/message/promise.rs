//! What sales promises beside what customer success keeps: each promise that only one of them
//! makes, or that both make differently, is drift.

use super::super::slugs::slugs;

slugs! {
    /// How a promise stands between the two.
    Match {
        Same => "same", "the same";
        Different => "different", "told differently";
        SalesAlone => "sales-alone", "promised by sales alone";
        SuccessAlone => "success-alone", "kept by customer success alone";
        Open => "open", "not compared yet";
    }
}

slugs! {
    /// Whether two wordings are the same promise: a person says so.
    Judged {
        Same => "same", "the same";
        Different => "different", "different";
    }
}

/// One promise in the words of both; blank where one does not make it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Promise {
    pub about: String,
    pub sales: String,
    pub success: String,
    pub judged: Option<Judged>,
}

impl Promise {
    #[must_use]
    pub fn standing(&self) -> Match {
        match (self.sales.trim().is_empty(), self.success.trim().is_empty()) {
            (true, true) => Match::Open,
            (false, true) => Match::SalesAlone,
            (true, false) => Match::SuccessAlone,
            (false, false) => match self.judged {
                Some(Judged::Same) => Match::Same,
                Some(Judged::Different) => Match::Different,
                None => Match::Open,
            },
        }
    }
}

/// The promises that have drifted, in their order.
pub fn drifted(all: &[Promise]) -> impl Iterator<Item = &Promise> {
    all.iter().filter(|one| match one.standing() {
        Match::Different | Match::SalesAlone | Match::SuccessAlone => true,
        Match::Same | Match::Open => false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_one_promises_and_the_other_does_not_is_drift() {
        let promise = |about: &str, sales: &str, success: &str, judged| Promise {
            about: about.to_owned(),
            sales: sales.to_owned(),
            success: success.to_owned(),
            judged,
        };
        let all = [
            promise("live", "in two weeks", "in two weeks", Some(Judged::Same)),
            promise("value", "in a month", "in a quarter", Some(Judged::Different)),
            promise("support", "a named person", " ", Some(Judged::Same)),
            promise("training", "", "two sessions", None),
            promise("price", "fixed", "fixed for a year", None),
            promise("roadmap", "", "", None),
        ];
        let names: Vec<&str> = drifted(&all).map(|one| one.about.as_str()).collect();
        assert_eq!(names, ["value", "support", "training"]);
        assert_eq!(all[4].standing(), Match::Open, "nobody has compared them");
    }
}
