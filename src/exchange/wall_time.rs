//! Times of day as spreadsheets and time sheets write them.

use chrono::NaiveTime;

/// Reads `09:30`, `9:30:00 AM`, `9.30 pm`, `14h05`; `None` for anything else.
#[must_use]
pub fn read(text: &str) -> Option<NaiveTime> {
    let lower: String = text.trim().to_lowercase().split_whitespace().collect();
    let (figures, afternoon) = match () {
        () if lower.ends_with("am") || lower.ends_with("a.m.") => (half(&lower), Some(false)),
        () if lower.ends_with("pm") || lower.ends_with("p.m.") => (half(&lower), Some(true)),
        () => (lower.as_str(), None),
    };
    let parts: Vec<&str> = figures.split([':', '.', 'h']).filter(|part| !part.is_empty()).collect();
    let figure = |place: usize| -> Option<u32> {
        let part = parts.get(place)?;
        (part.len() <= 2).then(|| part.parse().ok()).flatten()
    };
    let hour = figure(0)?;
    let minute = if parts.len() > 1 { figure(1)? } else { 0 };
    let second = if parts.len() > 2 { figure(2)? } else { 0 };
    if parts.len() > 3 || (parts.len() == 1 && afternoon.is_none()) {
        return None;
    }
    let hour = match afternoon {
        None => hour,
        Some(_) if hour == 0 || hour > 12 => return None,
        Some(later) => hour % 12 + if later { 12 } else { 0 },
    };
    NaiveTime::from_hms_opt(hour, minute, second)
}

/// Whether a time says which half of the day it is in, as people do who write the month first.
#[must_use]
pub fn names_its_half(text: &str) -> bool {
    let lower = text.trim().to_lowercase().replace('.', "");
    lower.ends_with("am") || lower.ends_with("pm")
}

fn half(text: &str) -> &str {
    text.split(['a', 'p']).next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_of_day_are_read() {
        for (text, expected) in [
            ("09:30", "09:30:00"),
            ("9:30:05 AM", "09:30:05"),
            ("12:15 AM", "00:15:00"),
            ("12:15\u{202f}PM", "12:15:00"),
            ("9 p.m.", "21:00:00"),
            ("14h05", "14:05:00"),
            ("23.59", "23:59:00"),
        ] {
            assert_eq!(read(text).unwrap().to_string(), expected, "{text}");
        }
        for text in ["", "9", "25:00", "13:00 PM", "0:10 AM", "9:3x", "1:2:3:4", "noon", "009:30"] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
