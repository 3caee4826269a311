//! A rule in words, as people say it; one that says more than these words can stays as it is.

use chrono::NaiveDate;

/// `weekly on Mon, Wed`, `every 2 weeks on Tue, until 30 Jun 2026`, `monthly on the last Fri`.
#[must_use]
pub fn words(rule: &str) -> String {
    spoken(rule).unwrap_or_else(|| rule.trim().to_owned())
}

fn spoken(rule: &str) -> Option<String> {
    let (mut unit, mut every, mut on, mut end) = ("", 1_u32, String::new(), String::new());
    for part in rule.trim().split(';').filter(|part| !part.is_empty()) {
        let (name, value) = part.split_once('=')?;
        match name.to_ascii_uppercase().as_str() {
            "FREQ" => {
                unit = match value.to_ascii_uppercase().as_str() {
                    "DAILY" => "day",
                    "WEEKLY" => "week",
                    "MONTHLY" => "month",
                    "YEARLY" => "year",
                    _ => return None,
                }
            }
            "INTERVAL" => every = value.parse().ok()?,
            "WKST" => {}
            "BYDAY" => {
                let days: Option<Vec<String>> = value.split(',').map(weekday).collect();
                on = format!(" on {}", days?.join(", "));
            }
            "BYMONTHDAY" => on = format!(" on day {}", value.replace(',', ", ")),
            "COUNT" => end = format!(", {value} times"),
            "UNTIL" => {
                let day = NaiveDate::parse_from_str(value.get(..8)?, "%Y%m%d").ok()?;
                end = format!(", until {}", day.format("%-d %b %Y"));
            }
            _ => return None,
        }
    }
    let often = match (unit, every) {
        ("", _) => return None,
        ("day", 1) => "daily".to_owned(),
        (unit, 1) => format!("{unit}ly"),
        (unit, every) => format!("every {every} {unit}s"),
    };
    Some(format!("{often}{on}{end}"))
}

/// `Mon`, `the 2nd Tue`, `the last Fri`.
fn weekday(word: &str) -> Option<String> {
    let word = word.trim().to_ascii_uppercase();
    let (place, day) = word.split_at(word.len().checked_sub(2)?);
    let names = [
        ("MO", "Mon"),
        ("TU", "Tue"),
        ("WE", "Wed"),
        ("TH", "Thu"),
        ("FR", "Fri"),
        ("SA", "Sat"),
        ("SU", "Sun"),
    ];
    let (_, name) = names.iter().find(|(short, _)| *short == day)?;
    Some(match place.trim_start_matches('+') {
        "" => (*name).to_owned(),
        "1" => format!("the 1st {name}"),
        "2" => format!("the 2nd {name}"),
        "3" => format!("the 3rd {name}"),
        "-1" => format!("the last {name}"),
        place => format!("the {}th {name}", place.parse::<u8>().ok()?),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_are_said_as_people_say_them() {
        for (rule, said) in [
            ("FREQ=DAILY", "daily"),
            ("FREQ=WEEKLY;BYDAY=MO,WE,FR", "weekly on Mon, Wed, Fri"),
            ("FREQ=WEEKLY;INTERVAL=2;BYDAY=TU;WKST=MO", "every 2 weeks on Tue"),
            ("FREQ=MONTHLY;BYDAY=-1FR", "monthly on the last Fri"),
            ("FREQ=MONTHLY;BYDAY=2MO;COUNT=10", "monthly on the 2nd Mon, 10 times"),
            ("FREQ=MONTHLY;BYMONTHDAY=15", "monthly on day 15"),
            ("FREQ=YEARLY", "yearly"),
            ("FREQ=WEEKLY;UNTIL=20260630T120000Z;BYDAY=TU", "weekly on Tue, until 30 Jun 2026"),
            ("FREQ=MONTHLY;BYSETPOS=3;BYDAY=MO,TU", "FREQ=MONTHLY;BYSETPOS=3;BYDAY=MO,TU"),
            ("nonsense", "nonsense"),
        ] {
            assert_eq!(words(rule), said);
        }
    }
}
