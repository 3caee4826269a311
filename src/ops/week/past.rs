//! A week of the history of bands in words, where there is no room for a bar.

use chrono::NaiveDate;

use super::Past;
use crate::domain::week::Verdict;

impl Past {
    /// `  W16  27 %  breach`; nothing is said of a share that is well.
    #[must_use]
    pub fn words(&self, today: NaiveDate) -> String {
        let key = self.week.to_string();
        let share = self.actual.reactive_interval().0.in_parts(100);
        let share = share.map_or_else(|| "-".to_owned(), |share| format!("{share} %"));
        let said = match self.verdict {
            _ if self.week.holds(today) => "so far".to_owned(),
            Verdict::Clear | Verdict::NoData => String::new(),
            Verdict::Thin | Verdict::Breach | Verdict::Unsure => self.verdict.to_string(),
        };
        format!("  {}{share:>8}  {said}", &key[5..]).trim_end().to_owned()
    }
}
