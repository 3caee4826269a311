//! Disciplined experiments: what is read before its stop date, or on too small a sample, is
//! flagged and never refused.

use chrono::NaiveDate;

use super::super::slugs::slugs;

slugs! {
    /// Why a reading is to be taken with care.
    ReadingFlag {
        BeforeStop => "before-stop", "read before the stop date";
        SmallSample => "small-sample", "sample below the minimum";
    }
}

/// What was agreed before it began.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Design {
    pub minimum_sample: i64,
    pub stops_on: NaiveDate,
}

/// A look at the result.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reading {
    pub read_on: NaiveDate,
    pub sample: i64,
}

/// What is to be said beside a reading.
#[must_use]
pub fn flags(design: Design, reading: Reading) -> Vec<ReadingFlag> {
    let fires = |flag: &ReadingFlag| match flag {
        ReadingFlag::BeforeStop => reading.read_on < design.stops_on,
        ReadingFlag::SmallSample => reading.sample < design.minimum_sample,
    };
    ReadingFlag::ALL.iter().copied().filter(fires).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::day::fixture::day;

    #[test]
    fn a_look_before_the_end_is_flagged() {
        let design = Design { minimum_sample: 400, stops_on: day("2026-05-20") };
        let read = |on: &str, sample| flags(design, Reading { read_on: day(on), sample });
        assert_eq!(read("2026-05-19", 400), [ReadingFlag::BeforeStop]);
        assert_eq!(read("2026-05-20", 399), [ReadingFlag::SmallSample]);
        assert_eq!(read("2026-05-19", 0).len(), 2);
        assert_eq!(read("2026-05-20", 400), []);
    }
}
