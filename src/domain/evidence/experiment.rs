//! Disciplined experiments: what is read before its stop date, or on too small a sample, is
//! flagged and never refused.

use chrono::NaiveDate;

use super::super::slugs::slugs;

slugs! {
    /// Why a reading is to be taken with care.
    ReadingFlag {
        BeforeStop => "before-stop", "read before the stop date";
        SmallSample => "small-sample", "sample below the minimum";
        UntoldSample => "untold-sample", "n not said";
    }
}

/// What was agreed before it began.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Design {
    pub minimum_sample: Option<i64>,
    pub stops_on: Option<NaiveDate>,
}

/// A look at the result.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reading {
    pub read_on: NaiveDate,
    pub sample: Option<i64>,
}

/// What is to be said beside a reading.
#[must_use]
pub fn flags(design: Design, reading: Reading) -> Vec<ReadingFlag> {
    let fires = |flag: &ReadingFlag| match flag {
        ReadingFlag::BeforeStop => design.stops_on.is_some_and(|stop| reading.read_on < stop),
        ReadingFlag::SmallSample => {
            reading.sample.zip(design.minimum_sample).is_some_and(|(n, least)| n < least)
        }
        ReadingFlag::UntoldSample => design.minimum_sample.is_some() && reading.sample.is_none(),
    };
    ReadingFlag::ALL.iter().copied().filter(fires).collect()
}

/// What was not agreed before it began.
#[must_use]
pub fn open_terms(design: Design, metric: Option<()>) -> Vec<&'static str> {
    let terms = [
        ("metric", metric.is_none()),
        ("least sample", design.minimum_sample.is_none()),
        ("stop date", design.stops_on.is_none()),
    ];
    terms.into_iter().filter(|(_, open)| *open).map(|(name, _)| name).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::day::fixture::day;

    #[test]
    fn a_look_before_the_end_is_flagged() {
        let design = Design { minimum_sample: Some(400), stops_on: Some(day("2026-05-20")) };
        let read = |on: &str, sample| flags(design, Reading { read_on: day(on), sample });
        assert_eq!(read("2026-05-19", Some(400)), [ReadingFlag::BeforeStop]);
        assert_eq!(read("2026-05-20", Some(399)), [ReadingFlag::SmallSample]);
        assert_eq!(read("2026-05-19", Some(0)).len(), 2);
        assert_eq!(read("2026-05-20", None), [ReadingFlag::UntoldSample]);
        assert_eq!(read("2026-05-20", Some(400)), []);
        let open = Design { minimum_sample: None, stops_on: None };
        assert_eq!(flags(open, Reading { read_on: day("2026-05-01"), sample: None }), []);
        assert_eq!(open_terms(open, None), ["metric", "least sample", "stop date"]);
        assert_eq!(open_terms(design, Some(())), [""; 0]);
    }
}
