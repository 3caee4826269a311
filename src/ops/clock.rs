//! The clock comes in from outside: the real one, or a fixed moment for scripts and tests.

use chrono::{DateTime, Local, NaiveDate, NaiveDateTime, NaiveTime, TimeZone, Utc};

use crate::domain::refusal::Refusal;

/// What day and instant it is.
#[derive(Debug, Clone, Copy, Default)]
pub struct Clock {
    fixed: Option<NaiveDateTime>,
}

impl Clock {
    /// The machine's clock and zone.
    #[must_use]
    pub fn real() -> Self {
        Self { fixed: None }
    }

    /// Always this local moment.
    #[must_use]
    pub fn fixed(at: NaiveDateTime) -> Self {
        Self { fixed: Some(at) }
    }

    /// Reads `2026-05-06` (09:00) or `2026-05-06T14:10`.
    ///
    /// # Errors
    /// When the text is neither.
    pub fn read(text: &str) -> Result<Self, Refusal> {
        let day = |text: &str| NaiveDate::parse_from_str(text, "%Y-%m-%d").ok();
        let nine = NaiveTime::from_hms_opt(9, 0, 0).unwrap_or_default();
        let at = match text.split_once('T') {
            None => day(text).map(|day| day.and_time(nine)),
            Some((date, time)) => day(date)
                .zip(NaiveTime::parse_from_str(time, "%H:%M").ok())
                .map(|(day, time)| day.and_time(time)),
        };
        at.map(Self::fixed).ok_or_else(|| {
            Refusal::usage(format!(
                "“{text}” is not a day; --today takes 2026-05-06 or 2026-05-06T14:10"
            ))
        })
    }

    #[must_use]
    pub fn today(&self) -> NaiveDate {
        self.local().date()
    }

    /// The local wall clock.
    #[must_use]
    pub fn local(&self) -> NaiveDateTime {
        self.fixed.unwrap_or_else(|| Local::now().naive_local())
    }

    /// The instant. A fixed moment is read as UTC, so that fixed data is the same in every zone.
    #[must_use]
    pub fn now(&self) -> DateTime<Utc> {
        self.fixed.map_or_else(Utc::now, |at| Utc.from_utc_datetime(&at))
    }

    /// The zone of the machine: what `TZ` names, else what the system is set to, else UTC.
    #[must_use]
    pub fn machine_zone() -> crate::domain::zone::Zone {
        let named = std::env::var("TZ").ok();
        let named = named.as_deref().map(|name| name.trim_start_matches(':'));
        let of_name = |name: &str| name.parse::<crate::domain::zone::Zone>().ok();
        named
            .and_then(of_name)
            .or_else(|| iana_time_zone::get_timezone().ok().as_deref().and_then(of_name))
            .unwrap_or(crate::domain::zone::Zone::UTC)
    }

    #[must_use]
    pub fn is_fixed(&self) -> bool {
        self.fixed.is_some()
    }
}
