//! Reads a date the way a planner types it. Every form is one function that
//! answers, declines or refuses; it never asks a clock what day it is.

mod typed;

use chrono::{Datelike, Days, Months, NaiveDate, Weekday};

use super::period::{last_of_month, quarter_bounds, week_bounds};
use super::{Calendar, DayError, Lean, YEARS, weekday_name};
use typed::{Written, compact_of, number, weekday_of, words_of};

const MONTHS_A_QUARTER: u32 = 3;
const MONTHS_A_YEAR: u32 = 12;

/// A 31st comes after at most one month without, a 30th too.
const MONTHS_TO_LOOK: u32 = 3;

/// 29 February can be eight years away, around 2100.
const YEARS_TO_LOOK: i32 = 8;

/// What was typed, and against which calendar.
struct Asked<'a> {
    words: Vec<String>,
    /// The words without the spaces: `3d` and `3 d` are one form.
    compact: String,
    calendar: &'a Calendar,
    lean: Lean,
}

/// `None`: not this form. `Some(Err(…))`: this form, and wrong.
type Answer = Option<Result<NaiveDate, DayError>>;

const FORMS: &[fn(&Asked<'_>) -> Answer] =
    &[iso, named, weekday, weekday_of_a_week, plan_day, offset, day_of_month, written];

/// Reads a date between 1970 and 2100.
///
/// - `2026-05-04`, `today`, `tomorrow`, `yesterday`, whichever the lean.
/// - `fri`, `friday`: the next one, never today; leaning to the past, the latest
///   one, today included. `next fri` and `last fri` are the Fridays of the next
///   and the previous ISO week, whatever the lean.
/// - `+3d` `-2w` `+1m` `+1q` `+1y`, `in 2 weeks`, `3 days ago`; without a sign,
///   `3d` goes the way of the lean. A month is clamped: 31 January `+1m` is
///   28 February.
/// - `eow`, `eom`, `eoq`: the end of the working week, of the month and of the
///   fiscal quarter, today included. The working week ends on Friday, so on a
///   Saturday `eow` is the Friday to come; leaning to the past, each is the
///   latest end.
/// - `day45`: that day of the running plan, whose first day is `day1`.
/// - `14`, `14th`: the next 14th, today included; the latest, leaning to the past.
/// - `14 dec`, `dec 14`, `14 December 2026`, `May 14, 2026`, and all of these
///   after their weekday, which must be right. Without a year as with `14`.
///
/// # Errors
///
/// A sentence for the person who typed it; nothing is guessed.
pub fn parse(text: &str, calendar: &Calendar, lean: Lean) -> Result<NaiveDate, DayError> {
    let words = words_of(text);
    if words.is_empty() {
        return Err(DayError::Empty);
    }
    let asked = Asked { compact: compact_of(&words), words, calendar, lean };
    let not_a_date = || Err(DayError::NotADate(text.trim().to_owned()));
    let answer = FORMS.iter().find_map(|form| form(&asked));
    let date = answer.unwrap_or_else(not_a_date)?;
    if YEARS.contains(&date.year()) {
        Ok(date)
    } else {
        Err(DayError::OutOfRange(text.trim().to_owned()))
    }
}

fn iso(asked: &Asked<'_>) -> Answer {
    let [word] = asked.words.as_slice() else {
        return None;
    };
    Written::from_iso(word).map(|written| written.in_its_year())
}

fn named(asked: &Asked<'_>) -> Answer {
    let [word] = asked.words.as_slice() else {
        return None;
    };
    let today = asked.calendar.today;
    let date = match word.as_str() {
        "today" => Some(today),
        "tomorrow" => today.succ_opt(),
        "yesterday" => today.pred_opt(),
        "eow" => end_of_working_week(today, asked.lean),
        "eom" => period_end(today, asked.lean, |date| {
            (date.with_day(1).unwrap_or(date), last_of_month(date))
        }),
        "eoq" => period_end(today, asked.lean, |date| {
            quarter_bounds(date, asked.calendar.fiscal_start_month)
        }),
        _ => return None,
    };
    Some(or_out_of_range(date, asked))
}

fn end_of_working_week(today: NaiveDate, lean: Lean) -> Option<NaiveDate> {
    if today.weekday() == Weekday::Fri {
        return Some(today);
    }
    nearest_weekday(today, Weekday::Fri, lean)
}

/// The last day of this period, or of the one before if the lean forbids a day
/// to come.
fn period_end(
    today: NaiveDate,
    lean: Lean,
    bounds: impl Fn(NaiveDate) -> (NaiveDate, NaiveDate),
) -> Option<NaiveDate> {
    let (first, last) = bounds(today);
    match lean {
        Lean::Past if last > today => first.pred_opt(),
        Lean::Past | Lean::Future => Some(last),
    }
}

fn weekday(asked: &Asked<'_>) -> Answer {
    let [word] = asked.words.as_slice() else {
        return None;
    };
    let weekday = weekday_of(word)?;
    let date = nearest_weekday(asked.calendar.today, weekday, asked.lean);
    Some(or_out_of_range(date, asked))
}

fn nearest_weekday(today: NaiveDate, weekday: Weekday, lean: Lean) -> Option<NaiveDate> {
    match lean {
        Lean::Future => {
            let ahead = weekday.days_since(today.weekday());
            let never_today = if ahead == 0 { 7 } else { ahead };
            today.checked_add_days(Days::new(never_today.into()))
        }
        Lean::Past => {
            let behind = today.weekday().days_since(weekday);
            today.checked_sub_days(Days::new(behind.into()))
        }
    }
}

fn weekday_of_a_week(asked: &Asked<'_>) -> Answer {
    let [which, word] = asked.words.as_slice() else {
        return None;
    };
    let weekday = weekday_of(word)?;
    let (monday, _) = week_bounds(asked.calendar.today);
    let monday = match which.as_str() {
        "next" => monday.checked_add_days(Days::new(7)),
        "last" => monday.checked_sub_days(Days::new(7)),
        _ => return None,
    };
    let days = Days::new(weekday.num_days_from_monday().into());
    let date = monday.and_then(|monday| monday.checked_add_days(days));
    Some(or_out_of_range(date, asked))
}

fn plan_day(asked: &Asked<'_>) -> Answer {
    let day = number(asked.compact.strip_prefix("day")?)?;
    let before = day.checked_sub(1)?;
    let Some(start) = asked.calendar.plan_start else {
        return Some(Err(DayError::NoPlan(day)));
    };
    let date = start.checked_add_days(Days::new(before.into()));
    Some(or_out_of_range(date, asked))
}

fn offset(asked: &Asked<'_>) -> Answer {
    let text = asked.compact.as_str();
    let (way, size) = if let Some(size) = text.strip_prefix('+').or(text.strip_prefix("in")) {
        (Lean::Future, size)
    } else if let Some(size) = text.strip_prefix('-').or(text.strip_suffix("ago")) {
        (Lean::Past, size)
    } else {
        (asked.lean, text)
    };
    let unit_at = size.find(|c: char| !c.is_ascii_digit())?;
    let (count, unit) = size.split_at(unit_at);
    let count = number(count)?;
    let today = asked.calendar.today;
    let date = match unit {
        "d" | "day" | "days" => days_away(today, u64::from(count), way),
        "w" | "wk" | "week" | "weeks" => days_away(today, u64::from(count) * 7, way),
        "m" | "month" | "months" => months_away(today, Some(count), way),
        "q" | "quarter" | "quarters" => {
            months_away(today, count.checked_mul(MONTHS_A_QUARTER), way)
        }
        "y" | "year" | "years" => months_away(today, count.checked_mul(MONTHS_A_YEAR), way),
        _ => return None,
    };
    Some(or_out_of_range(date, asked))
}

fn days_away(today: NaiveDate, days: u64, way: Lean) -> Option<NaiveDate> {
    match way {
        Lean::Future => today.checked_add_days(Days::new(days)),
        Lean::Past => today.checked_sub_days(Days::new(days)),
    }
}

fn months_away(today: NaiveDate, months: Option<u32>, way: Lean) -> Option<NaiveDate> {
    let months = Months::new(months?);
    match way {
        Lean::Future => today.checked_add_months(months),
        Lean::Past => today.checked_sub_months(months),
    }
}

fn day_of_month(asked: &Asked<'_>) -> Answer {
    let [word] = asked.words.as_slice() else {
        return None;
    };
    let day = typed::day_of(word)?;
    let today = asked.calendar.today;
    let first = today.with_day(1)?;
    let near = |months| months_away(first, Some(months), asked.lean)?.with_day(day);
    let date = (0..=MONTHS_TO_LOOK).filter_map(near).find(|&date| agrees(date, today, asked.lean));
    Some(or_out_of_range(date, asked))
}

fn written(asked: &Asked<'_>) -> Answer {
    let written = Written::from_words(&asked.words)?;
    let date = match written.year {
        Some(_) => written.in_its_year(),
        None => nearest_year(&written, asked),
    };
    Some(date.and_then(|date| right_weekday(date, written.weekday)))
}

fn nearest_year(written: &Written, asked: &Asked<'_>) -> Result<NaiveDate, DayError> {
    let today = asked.calendar.today;
    (0..=YEARS_TO_LOOK)
        .map(|away| match asked.lean {
            Lean::Future => today.year() + away,
            Lean::Past => today.year() - away,
        })
        .filter_map(|year| written.in_year(year))
        .find(|&date| agrees(date, today, asked.lean))
        .ok_or_else(|| written.no_such_day())
}

/// Whether an incomplete date may be completed to this one.
fn agrees(date: NaiveDate, today: NaiveDate, lean: Lean) -> bool {
    match lean {
        Lean::Future => date >= today,
        Lean::Past => date <= today,
    }
}

fn right_weekday(date: NaiveDate, said: Option<Weekday>) -> Result<NaiveDate, DayError> {
    match said {
        Some(said) if said != date.weekday() => Err(DayError::OtherWeekday {
            date: date.format("%-d %B %Y").to_string(),
            is: weekday_name(date.weekday()),
            said: weekday_name(said),
        }),
        Some(_) | None => Ok(date),
    }
}

fn or_out_of_range(date: Option<NaiveDate>, asked: &Asked<'_>) -> Result<NaiveDate, DayError> {
    date.ok_or_else(|| DayError::OutOfRange(asked.words.join(" ")))
}

#[cfg(test)]
mod tests;
