//! A month to choose a day from, above whatever line or field asked for one. What is typed instead
//! goes on in that line.

use chrono::{Datelike, Days, Months, NaiveDate};

use super::keys::{Code, Key};
use crate::domain::day::YEARS;

/// A month with a day chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Grid {
    pub day: NaiveDate,
    pub today: NaiveDate,
}

/// What a key did to the month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pressed {
    Nothing,
    Take(NaiveDate),
    Close,
    /// The key belongs to the line below.
    Typed,
}

impl Grid {
    #[must_use]
    pub fn new(day: NaiveDate, today: NaiveDate) -> Self {
        Self { day, today }
    }

    /// Takes a key.
    pub fn press(&mut self, key: Key) -> Pressed {
        match key.code {
            Code::Enter => return Pressed::Take(self.day),
            Code::Esc => return Pressed::Close,
            Code::Char('h') | Code::Left => self.step(-1),
            Code::Char('l') | Code::Right => self.step(1),
            Code::Char('k') | Code::Up => self.step(-7),
            Code::Char('j') | Code::Down => self.step(7),
            Code::Char('{') | Code::PageUp => self.turn(-1),
            Code::Char('}') | Code::PageDown => self.turn(1),
            Code::Char('.') | Code::Home => self.day = self.today,
            _ => return Pressed::Typed,
        }
        Pressed::Nothing
    }

    fn step(&mut self, days: i64) {
        let by = Days::new(days.unsigned_abs());
        let to =
            if days < 0 { self.day.checked_sub_days(by) } else { self.day.checked_add_days(by) };
        self.go(to);
    }

    fn turn(&mut self, months: i32) {
        let by = Months::new(months.unsigned_abs());
        let to = if months < 0 {
            self.day.checked_sub_months(by)
        } else {
            self.day.checked_add_months(by)
        };
        self.go(to);
    }

    fn go(&mut self, to: Option<NaiveDate>) {
        if let Some(to) = to.filter(|to| YEARS.contains(&to.year())) {
            self.day = to;
        }
    }

    /// The weeks of the month, each from Monday to Sunday, days of its neighbours with them.
    #[must_use]
    pub fn weeks(&self) -> Vec<[NaiveDate; 7]> {
        let first = self.day.with_day(1).unwrap_or(self.day);
        let before = u64::from(first.weekday().num_days_from_monday());
        let mut monday = first.checked_sub_days(Days::new(before)).unwrap_or(first);
        let mut weeks = Vec::new();
        while weeks.is_empty() || (monday.month() == first.month() && weeks.len() < 6) {
            weeks.push(std::array::from_fn(|at| {
                monday.checked_add_days(Days::new(at as u64)).unwrap_or(monday)
            }));
            let Some(next) = monday.checked_add_days(Days::new(7)) else { break };
            monday = next;
        }
        weeks
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(iso: &str) -> NaiveDate {
        iso.parse().unwrap()
    }

    fn after(from: &str, keys: &str) -> String {
        let mut grid = Grid::new(day(from), day("2026-05-06"));
        for key in keys.split(' ') {
            assert_eq!(grid.press(Key::read(key).unwrap()), Pressed::Nothing, "{key}");
        }
        grid.day.to_string()
    }

    #[test]
    fn keys_move_by_day_week_and_month_and_stay_in_the_calendar() {
        assert_eq!(after("2026-05-06", "l l j"), "2026-05-15");
        assert_eq!(after("2026-05-06", "h k"), "2026-04-28");
        assert_eq!(after("2026-01-31", "}"), "2026-02-28");
        assert_eq!(after("2026-01-31", "{ {"), "2025-11-30");
        assert_eq!(after("1970-01-01", "h k {"), "1970-01-01");
        assert_eq!(after("2100-12-31", "l j }"), "2100-12-31");
        assert_eq!(after("2026-12-24", "."), "2026-05-06");
    }

    #[test]
    fn the_weeks_hold_the_whole_month_from_monday() {
        for (any, first, last, count) in [
            ("2026-05-06", "2026-04-27", "2026-05-31", 5),
            ("2026-02-10", "2026-01-26", "2026-03-01", 5),
            ("2027-02-10", "2027-02-01", "2027-02-28", 4),
            ("2026-08-01", "2026-07-27", "2026-09-06", 6),
        ] {
            let weeks = Grid::new(day(any), day(any)).weeks();
            assert_eq!(weeks.len(), count, "{any}");
            assert_eq!((weeks[0][0], weeks[count - 1][6]), (day(first), day(last)), "{any}");
        }
    }

    #[test]
    fn what_is_no_motion_goes_on_in_the_line() {
        let mut grid = Grid::new(day("2026-05-06"), day("2026-05-06"));
        assert_eq!(grid.press(Key::char('f')), Pressed::Typed);
        assert_eq!(grid.press(Key::plain(Code::Enter)), Pressed::Take(day("2026-05-06")));
    }
}
