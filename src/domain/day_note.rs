//! The note of a day: what was jotted down in passing with `+ n`, a line each. It belongs to no
//! item, so that jotting something down decides nothing.

use chrono::NaiveDate;

/// What the setting that holds it begins with; the day follows.
const PREFIX: &str = "note.";

/// The setting that holds the note of a day.
#[must_use]
pub fn setting(day: NaiveDate) -> String {
    format!("{PREFIX}{}", day.format("%Y-%m-%d"))
}

/// The day whose note a setting holds.
#[must_use]
pub fn day_of(setting: &str) -> Option<NaiveDate> {
    NaiveDate::parse_from_str(setting.strip_prefix(PREFIX)?, "%Y-%m-%d").ok()
}

/// What a captured line notes of today: `n lunch with Sam`.
#[must_use]
pub fn captured(text: &str) -> Option<&str> {
    let (letter, rest) = text.trim_start().split_once(char::is_whitespace)?;
    (letter.eq_ignore_ascii_case("n") && !rest.trim().is_empty()).then(|| rest.trim())
}

/// The note with lines added at its end.
#[must_use]
pub fn with(kept: Option<&str>, lines: &[String]) -> String {
    let before = kept.into_iter().flat_map(str::lines);
    let all = before.chain(lines.iter().map(String::as_str));
    all.filter(|line| !line.trim().is_empty()).collect::<Vec<_>>().join("\n")
}

/// The note as one line: `lunch with Sam · call legal`.
#[must_use]
pub fn as_line(text: &str) -> String {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join(" · ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_noted_and_others_are_added_to_it() {
        assert_eq!(captured("n lunch with Sam"), Some("lunch with Sam"));
        assert_eq!(captured(" N  call legal "), Some("call legal"));
        assert_eq!(captured("n "), None);
        assert_eq!(captured("no lunch"), None);
        let one = with(None, &["lunch with Sam".to_owned()]);
        let two = with(Some(&one), &["call legal".to_owned(), " ".to_owned()]);
        assert_eq!(two, "lunch with Sam\ncall legal");
        assert_eq!(as_line(&two), "lunch with Sam · call legal");
    }

    #[test]
    fn a_day_and_its_setting_name_each_other() {
        let day = NaiveDate::from_ymd_opt(2026, 5, 6).unwrap();
        assert_eq!(setting(day), "note.2026-05-06");
        assert_eq!(day_of("note.2026-05-06"), Some(day));
        assert_eq!(day_of("week.bands"), None);
        assert_eq!(day_of("note.soon"), None);
    }
}
