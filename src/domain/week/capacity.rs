//! Whether a week holds what is planned into it, in minutes and in words.

use super::share::NO_DATA;
use crate::domain::day::show_minutes;

/// A week's room and what is in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Capacity {
    /// Agreed minutes less leave.
    pub available: i64,
    /// Meetings of the calendar that are nobody's block.
    pub meetings: i64,
    /// Minutes of the planned blocks.
    pub planned: i64,
}

impl Capacity {
    /// What can still be planned; negative when the week is over capacity.
    #[must_use]
    pub fn left(self) -> i64 {
        self.available - self.meetings - self.planned
    }

    #[must_use]
    pub fn words(self) -> String {
        if self.available <= 0 {
            return if self.planned + self.meetings > 0 {
                format!("{} planned on leave", show_minutes(self.planned + self.meetings))
            } else {
                NO_DATA.to_owned()
            };
        }
        match self.left() {
            0 => "full to the minute".to_owned(),
            left if left > 0 => format!("{} free", show_minutes(left)),
            left => format!("{} over capacity", show_minutes(-left)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn capacity_reads_as_words() {
        let words =
            |available, meetings, planned| Capacity { available, meetings, planned }.words();
        assert_eq!(words(2_400, 600, 1_670), "2 h 10 free");
        assert_eq!(words(2_400, 600, 1_845), "45 m over capacity");
        assert_eq!(words(2_400, 600, 1_800), "full to the minute");
        assert_eq!(words(0, 0, 0), "no data");
        assert_eq!(words(0, 30, 60), "1 h 30 planned on leave");
    }
}
