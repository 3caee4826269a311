//! The time of day: how a person types it, and how it is kept, `09:30`.

/// Reads `09:30`, `9.30`, `0930`, `9`, `2pm`, `2:15 pm` and `14h05` into `09:30`; `None` for what
/// is no time of day.
#[must_use]
pub fn clock(text: &str) -> Option<String> {
    let said: String = text.trim().to_lowercase().split_whitespace().collect();
    let (figures, later) = match (said.strip_suffix("am"), said.strip_suffix("pm")) {
        (Some(figures), _) => (figures, Some(0)),
        (None, Some(figures)) => (figures, Some(12)),
        (None, None) => (said.as_str(), None),
    };
    let (hour, minute) = match figures.split_once([':', '.', 'h']) {
        Some((hour, minute)) if minute.len() == 2 => (hour, minute),
        Some((hour, "")) if figures.ends_with('h') => (hour, "0"),
        Some(_) => return None,
        None if figures.len() == 4 && figures.is_ascii() => figures.split_at(2),
        None => (figures, "0"),
    };
    let figure = |text: &str| -> Option<i64> {
        let short = (1..=2).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
        short.then(|| text.parse().ok()).flatten()
    };
    let (hour, minute) = (figure(hour)?, figure(minute)?);
    let hour = match later {
        None => hour,
        Some(_) if !(1..=12).contains(&hour) => return None,
        Some(later) => hour % 12 + later,
    };
    (hour < 24 && minute < 60).then(|| show_clock(hour * 60 + minute))
}

/// Minutes since midnight of a time of day as it is kept; `None` for anything else.
#[must_use]
pub fn clock_minutes(kept: &str) -> Option<i64> {
    let (hour, minute) = kept.split_once(':')?;
    let minutes = hour.parse::<i64>().ok()? * 60 + minute.parse::<i64>().ok()?;
    (0..24 * 60).contains(&minutes).then_some(minutes)
}

/// `09:30` for 570 minutes since midnight; 24 hours later it is the same time of day.
#[must_use]
pub fn show_clock(minutes: i64) -> String {
    let minutes = minutes.rem_euclid(24 * 60);
    format!("{:02}:{:02}", minutes / 60, minutes % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_type_and_what_is_none() {
        for (text, kept) in [
            ("09:30", "09:30"),
            ("9.30", "09:30"),
            ("0930", "09:30"),
            ("9", "09:00"),
            ("14h05", "14:05"),
            ("14h", "14:00"),
            ("2pm", "14:00"),
            ("2:15 PM", "14:15"),
            ("12am", "00:00"),
            ("12 pm", "12:00"),
            ("0:00", "00:00"),
        ] {
            assert_eq!(clock(text).as_deref(), Some(kept), "{text}");
        }
        for text in
            ["", "24:00", "9:5", "9:60", "13pm", "0am", "noon", "930", "-1", "９:30", "9:30:00"]
        {
            assert_eq!(clock(text), None, "{text}");
        }
    }

    #[test]
    fn what_is_kept_is_read_again() {
        for minutes in 0..24 * 60 {
            let kept = show_clock(minutes);
            assert_eq!(clock(&kept).as_deref(), Some(kept.as_str()));
            assert_eq!(clock_minutes(&kept), Some(minutes));
        }
        assert_eq!(clock_minutes("soon"), None);
    }
}
