//! What people type, on days where it matters.

use proptest::prelude::*;

use super::super::echo;
use super::super::fixture::{any_day, day};
use super::*;

fn calendar(today: &str) -> Calendar {
    Calendar { today: day(today), fiscal_start_month: 1, plan_start: Some(day("2026-03-31")) }
}

/// Each text is the date, on that day and with that lean.
#[track_caller]
fn reads(today: &str, lean: Lean, cases: &[(&str, &str)]) {
    for (text, expected) in cases {
        let found = parse(text, &calendar(today), lean);
        assert_eq!(found, Ok(day(expected)), "{text} on {today}, {lean:?}");
    }
}

#[track_caller]
fn refuses(text: &str, sentence: &str) {
    let refusal = parse(text, &calendar("2026-05-06"), Lean::Future).unwrap_err();
    assert_eq!(refusal.to_string(), sentence, "{text}");
}

// 2026-05-06 is a Wednesday.
#[test]
fn looking_ahead_from_a_wednesday() {
    reads(
        "2026-05-06",
        Lean::Future,
        &[
            ("2026-05-04", "2026-05-04"),
            ("  TODAY ", "2026-05-06"),
            ("tomorrow", "2026-05-07"),
            ("yesterday", "2026-05-05"),
            ("fri", "2026-05-08"),
            ("Friday", "2026-05-08"),
            ("wed", "2026-05-13"),
            ("thurs", "2026-05-07"),
            ("mon", "2026-05-11"),
            ("next fri", "2026-05-15"),
            ("next mon", "2026-05-11"),
            ("last fri", "2026-05-01"),
            ("last Monday", "2026-04-27"),
            ("+3d", "2026-05-09"),
            ("+2w", "2026-05-20"),
            ("+1m", "2026-06-06"),
            ("+1q", "2026-08-06"),
            ("+1y", "2027-05-06"),
            ("-3d", "2026-05-03"),
            ("−2 d", "2026-05-04"),
            ("3d", "2026-05-09"),
            ("in 3 days", "2026-05-09"),
            ("in 2 weeks", "2026-05-20"),
            ("3 days ago", "2026-05-03"),
            ("eow", "2026-05-08"),
            ("eom", "2026-05-31"),
            ("eoq", "2026-06-30"),
            ("day1", "2026-03-31"),
            ("day45", "2026-05-14"),
            ("Day 45", "2026-05-14"),
            ("14", "2026-05-14"),
            ("6", "2026-05-06"),
            ("5", "2026-06-05"),
            ("3rd", "2026-06-03"),
            ("14 dec", "2026-12-14"),
            ("dec 14", "2026-12-14"),
            ("6 may", "2026-05-06"),
            ("5 may", "2027-05-05"),
            ("14 December 2026", "2026-12-14"),
            ("May 14, 2026", "2026-05-14"),
            ("14 sept", "2026-09-14"),
            ("29 feb", "2028-02-29"),
            ("fri 27 nov", "2026-11-27"),
        ],
    );
}

#[test]
fn looking_back_from_a_wednesday() {
    reads(
        "2026-05-06",
        Lean::Past,
        &[
            ("fri", "2026-05-01"),
            ("wed", "2026-05-06"),
            ("last fri", "2026-05-01"),
            ("next fri", "2026-05-15"),
            ("3d", "2026-05-03"),
            ("+3d", "2026-05-09"),
            ("eow", "2026-05-01"),
            ("eom", "2026-04-30"),
            ("eoq", "2026-03-31"),
            ("14", "2026-04-14"),
            ("6", "2026-05-06"),
            ("31", "2026-03-31"),
            ("14 dec", "2025-12-14"),
            ("6 may", "2026-05-06"),
            ("29 feb", "2024-02-29"),
        ],
    );
}

#[test]
fn the_working_week_ends_on_friday() {
    let ahead = |today, end| reads(today, Lean::Future, &[("eow", end)]);
    ahead("2026-05-04", "2026-05-08");
    ahead("2026-05-08", "2026-05-08");
    ahead("2026-05-09", "2026-05-15");
    ahead("2026-05-10", "2026-05-15");
    reads("2026-05-08", Lean::Past, &[("eow", "2026-05-08")]);
    reads("2026-05-10", Lean::Past, &[("eow", "2026-05-08")]);
}

#[test]
fn months_and_years_are_clamped_to_days_that_exist() {
    reads(
        "2026-01-31",
        Lean::Future,
        &[("+1m", "2026-02-28"), ("30", "2026-03-30"), ("eom", "2026-01-31")],
    );
    reads("2028-02-29", Lean::Future, &[("+1y", "2029-02-28")]);
    reads("2026-03-31", Lean::Past, &[("1m", "2026-02-28"), ("30", "2026-03-30")]);
    reads("2026-03-29", Lean::Past, &[("30", "2026-01-30"), ("31", "2026-01-31")]);
}

#[test]
fn a_week_crosses_the_new_year() {
    reads(
        "2026-12-31",
        Lean::Future,
        &[
            ("fri", "2027-01-01"),
            ("next fri", "2027-01-08"),
            ("tomorrow", "2027-01-01"),
            ("1", "2027-01-01"),
            ("eoq", "2026-12-31"),
        ],
    );
    reads("2027-01-01", Lean::Future, &[("last thu", "2026-12-24")]);
}

#[test]
fn the_quarter_is_fiscal() {
    let fiscal = Calendar { fiscal_start_month: 2, ..calendar("2026-05-06") };
    assert_eq!(parse("eoq", &fiscal, Lean::Future), Ok(day("2026-07-31")));
    assert_eq!(parse("eoq", &fiscal, Lean::Past), Ok(day("2026-04-30")));
}

#[test]
fn refusals_are_sentences() {
    refuses("31.02.2026", "“31.02.2026” is not a date; try fri, 14 dec or 2026-12-14");
    refuses(" ", "a date is missing; try fri, 14 dec or 2026-12-14");
    refuses("2026-02-30", "there is no 30 February 2026");
    refuses("30 feb", "there is no 30 February");
    refuses("29 feb 2027", "there is no 29 February 2027");
    refuses("1969-12-31", "“1969-12-31” is outside the years 1970 to 2100");
    refuses("2101-01-01", "“2101-01-01” is outside the years 1970 to 2100");
    refuses("+99999999y", "“+99999999y” is outside the years 1970 to 2100");
    refuses("thu 27 nov", "27 November 2026 is a Friday, not a Thursday");
    let planless = Calendar { plan_start: None, ..calendar("2026-05-06") };
    assert_eq!(
        parse("day45", &planless, Lean::Future).unwrap_err().to_string(),
        "day45 counts from the start of a plan, and no plan is running"
    );
}

#[test]
fn what_is_no_date_is_not_guessed() {
    for text in [
        "0",
        "32",
        "fr",
        "day0",
        "day",
        "14/12/2026",
        "12.14",
        "14 dec 26",
        "dec 2026",
        "14 15",
        "fri fri",
        "next",
        "next week",
        "+d",
        "+3",
        "3x",
        "2026-13-01",
        "2026-05",
        "2026-05-04-1",
        "dec",
        "14 dec 2026 x",
        "１４",
        "99999999999999",
        "in",
        "ago",
        "1 4 d",
        "day4 5",
        "--3d",
    ] {
        let found = parse(text, &calendar("2026-05-06"), Lean::Future);
        assert_eq!(found, Err(DayError::NotADate(text.to_owned())), "{text}");
    }
}

fn lean() -> impl Strategy<Value = Lean> {
    prop_oneof![Just(Lean::Future), Just(Lean::Past)]
}

fn on(today: NaiveDate) -> Calendar {
    Calendar { today, fiscal_start_month: 1, plan_start: None }
}

proptest! {
    #[test]
    fn iso_is_the_identity(date in any_day(), today in any_day(), lean in lean()) {
        prop_assert_eq!(parse(&date.to_string(), &on(today), lean), Ok(date));
    }

    #[test]
    fn a_weekday_is_within_a_week(today in any_day(), index in 0..7_u8) {
        let weekday = Weekday::try_from(index).unwrap();
        let name = weekday.to_string();
        if let Ok(ahead) = parse(&name, &on(today), Lean::Future) {
            prop_assert_eq!(ahead.weekday(), weekday);
            prop_assert!((1..=7).contains(&(ahead - today).num_days()));
        }
        if let Ok(behind) = parse(&name, &on(today), Lean::Past) {
            prop_assert_eq!(behind.weekday(), weekday);
            prop_assert!((0..=6).contains(&(today - behind).num_days()));
        }
    }

    #[test]
    fn what_is_echoed_can_be_typed(date in any_day(), today in any_day()) {
        let lean = if date < today { Lean::Past } else { Lean::Future };
        prop_assert_eq!(parse(&echo(date, today), &on(today), lean), Ok(date));
    }

    #[test]
    fn an_incomplete_date_obeys_the_lean(today in any_day(), day in 1..=28_u32, lean in lean()) {
        if let Ok(found) = parse(&day.to_string(), &on(today), lean) {
            prop_assert_eq!(found.day(), day);
            prop_assert!(agrees(found, today, lean));
            prop_assert!((found - today).num_days().abs() <= 31);
        }
    }

    #[test]
    fn no_text_panics(text in any::<String>(), near in "[-+0-9a-z, ]{0,16}", today in any_day()) {
        let _ = parse(&text, &on(today), Lean::Future);
        let _ = parse(&near, &on(today), Lean::Past);
    }
}
