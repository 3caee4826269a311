//! Values that stand for several: a list, what lies between two, a span of days by its name.

use chrono::{Days, NaiveDate};

use super::{Filter, Operand, Reader, collapse};
use crate::domain::day::{self, Lean};
use crate::domain::field::FieldKind;
use crate::domain::grammar::token::Token;

impl Reader<'_> {
    /// `state:raised,ready` and `p:1..2`: one of several values, or those between two.
    pub(super) fn several(
        &mut self,
        token: &Token,
        (key, sign, value): (&str, &str, &str),
    ) -> Option<Filter> {
        let field = self.kind.noun().answering(key)?;
        let is_text = matches!(field.kind, FieldKind::Line | FieldKind::Text | FieldKind::Url);
        if is_text || !token.is_unquoted() || !matches!(sign, ":" | "=") {
            return None;
        }
        if let Some((from, to)) = value.split_once("..") {
            let ends = [(">=", from), ("<=", to)].into_iter().filter(|(_, end)| !end.is_empty());
            let ends = ends.filter_map(|(sign, end)| self.pair(key, sign, end)).collect();
            return Some(collapse(ends, Filter::All));
        }
        if value.contains(',') {
            let parts = value.split(',').map(str::trim).filter(|part| !part.is_empty());
            let parts = parts.filter_map(|part| self.pair(key, sign, part)).collect();
            return Some(collapse(parts, Filter::Any));
        }
        None
    }

    /// `due:overdue`, `due:week`, `due:today` as a span of days.
    pub(super) fn days(&self, value: &str) -> Option<Operand> {
        let today = self.calendar.today;
        let (from, to) = match value.to_lowercase().as_str() {
            "overdue" | "late" => (NaiveDate::MIN, today.pred_opt()?),
            "week" => day::week_bounds(today),
            "month" => {
                let first = today.format("%Y-%m-01").to_string().parse().ok()?;
                (first, day::parse("eom", self.calendar, Lean::Future).ok()?)
            }
            "quarter" => day::quarter_bounds(today, self.calendar.fiscal_start_month),
            "soon" => (today, today.checked_add_days(Days::new(7))?),
            _ => return None,
        };
        Some(Operand::Days(from, to))
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Compare, Filter, Reading, Test};
    use crate::domain::day::Calendar;
    use crate::domain::day::fixture::day;
    use crate::domain::kind::Kind;

    fn read(text: &str) -> Reading {
        let calendar =
            Calendar { today: day("2026-05-06"), fiscal_start_month: 1, plan_start: None };
        Filter::read(text, Kind::Decision, &calendar)
    }

    #[test]
    fn a_list_is_any_of_its_values_and_a_range_lies_between_its_ends() {
        for (short, long) in [
            ("state:raised,ready", "(state:raised or state:ready)"),
            ("owner:maya,raj", "(@maya or @raj)"),
            ("p:1..2", "p>=1 p<=2"),
            ("p:2..", "p>=2"),
            ("due:2026-05-04..fri", "due>=2026-05-04 due<=fri"),
            ("needed<fri", "due<fri"),
        ] {
            let (short, long) = (read(short), read(long));
            assert!(short.is_clean() && short.filter == long.filter, "{short:?} {long:?}");
        }
    }

    #[test]
    fn what_is_half_typed_narrows_nothing_and_says_so() {
        for text in ["approver:", "due<", "()", "(p:1))"] {
            let read = read(text);
            assert!(!read.warnings.is_empty(), "{text}: {read:?}");
        }
        assert_eq!(read("approver:").filter, Filter::Everything);
        let Filter::Test(Test::Field { compare, .. }) = read("p:1").filter else { panic!() };
        assert_eq!(compare, Compare::Equal);
    }
}
