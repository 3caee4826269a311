//! From the name of a zone in a file to a zone of the tz database that is compiled in. The rules
//! that a file brings along are never executed, only compared; a name that is in no table, and has
//! no rules that a zone shares, is asked for.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use crate::domain::zone::Zone;

use crate::exchange::event::ZoneQuestion;

use super::clock::Clock;

const WINDOWS: &str = include_str!("../../../assets/zones/windows.txt");

static BY_WINDOWS_NAME: LazyLock<BTreeMap<String, Zone>> = LazyLock::new(|| {
    let lines = WINDOWS.lines().filter(|line| !line.starts_with('#'));
    let rows = lines.filter_map(|line| line.split_once(" = "));
    rows.filter_map(|(name, zone)| Some((name.to_lowercase(), zone.parse().ok()?))).collect()
});

/// The zone that Windows and Outlook call so.
#[must_use]
pub fn windows_zone(name: &str) -> Option<Zone> {
    BY_WINDOWS_NAME.get(&name.trim().to_lowercase()).copied()
}

/// The zones that Windows knows, in the order of their names.
pub(super) fn windows_zones() -> impl Iterator<Item = Zone> {
    BY_WINDOWS_NAME.values().copied()
}

/// Finds zones by the names of one file, and collects what has to be asked.
pub struct Zones<'a> {
    answers: &'a BTreeMap<String, Zone>,
    parsed: &'a Told,
    /// The zone of the person, which goes first where several would do.
    home: Zone,
    questions: Vec<ZoneQuestion>,
    /// Those that were known by their rules alone.
    by_rules: BTreeMap<String, Zone>,
}

/// What a file says of its zones, by their names.
#[derive(Debug, Default)]
pub struct Told {
    /// A name of the tz database.
    pub places: BTreeMap<String, String>,
    pub clocks: BTreeMap<String, Clock>,
}

impl<'a> Zones<'a> {
    pub fn new(answers: &'a BTreeMap<String, Zone>, parsed: &'a Told, home: Zone) -> Self {
        Self { answers, parsed, home, questions: Vec::new(), by_rules: BTreeMap::new() }
    }

    /// The zone of this name. Of an unknown one a question is kept and UTC stands in; nothing
    /// read with a question open may be used.
    pub fn find(&mut self, name: &str, line: u64) -> Zone {
        let name = name.trim().trim_matches('"').trim();
        if let Some(zone) = self.known(name).or_else(|| self.by_rules.get(name).copied()) {
            return zone;
        }
        let clock = self.parsed.clocks.get(name);
        if let Some(zone) = clock.and_then(|clock| clock.zone(self.home, windows_zones())) {
            self.by_rules.insert(name.to_owned(), zone);
            return zone;
        }
        if self.questions.iter().all(|question| question.name != name) {
            self.questions.push(ZoneQuestion { name: name.to_owned(), line });
        }
        Zone::UTC
    }

    fn known(&self, name: &str) -> Option<Zone> {
        let answered = self.answers.get(name).copied();
        let place = || self.parsed.places.get(name).and_then(|place| by_name(place));
        answered.or_else(|| by_name(name)).or_else(place)
    }

    pub fn questions(&self) -> &[ZoneQuestion] {
        &self.questions
    }

    /// The zones that were known by their rules in the file alone, and what stands for them.
    pub fn by_rules(&self) -> impl Iterator<Item = (&str, Zone)> {
        self.by_rules.iter().map(|(name, zone)| (name.as_str(), *zone))
    }

    pub fn into_questions(self) -> Vec<ZoneQuestion> {
        self.questions
    }
}

/// A name of the tz database, of Windows, or one with either in it.
fn by_name(name: &str) -> Option<Zone> {
    let lower = name.trim().to_lowercase();
    let plain = |name: &str| Zone::named(name).or_else(|| BY_WINDOWS_NAME.get(name).copied());
    let odd = || by_suffix(&lower).or_else(|| by_display(&lower)).or_else(|| by_offset(&lower));
    plain(&lower).or_else(odd).or_else(|| {
        // `GMT Standard Time 1`: Outlook numbers what it saw twice.
        let bare = lower.trim_end_matches(|letter: char| letter.is_ascii_digit());
        (bare.len() < lower.len() && bare.ends_with(' ')).then(|| plain(bare.trim_end())).flatten()
    })
}

/// `(UTC+01:00) Amsterdam, Berlin, Bern`: as Outlook shows it, by the first of its places that is a
/// zone of its own, or by what the time of a region is called.
fn by_display(lower: &str) -> Option<Zone> {
    const AREAS: [&str; 8] =
        ["europe", "america", "asia", "africa", "australia", "pacific", "atlantic", "indian"];
    const CALLED: [(&str, &str); 9] = [
        ("eastern time", "america/new_york"),
        ("central time", "america/chicago"),
        ("mountain time", "america/denver"),
        ("pacific time", "america/los_angeles"),
        ("atlantic time", "america/halifax"),
        ("coordinated universal time", "utc"),
        ("beijing", "asia/shanghai"),
        ("mumbai", "asia/kolkata"),
        ("new delhi", "asia/kolkata"),
    ];
    let (offset, places) = lower.strip_prefix('(')?.split_once(')')?;
    if !offset.starts_with("utc") && !offset.starts_with("gmt") {
        return None;
    }
    let places = places.trim();
    let called = CALLED.iter().find(|(words, _)| places.starts_with(words));
    let named = called.and_then(|(_, zone)| Zone::named(zone));
    named.or_else(|| {
        places.split([',', '/']).find_map(|place| {
            let place = place.trim().replace(' ', "_");
            AREAS.iter().find_map(|area| Zone::named(&format!("{area}/{place}")))
        })
    })
}

/// `UTC+11`: so many whole hours ahead, which the tz database counts the other way round.
fn by_offset(lower: &str) -> Option<Zone> {
    let offset = lower.strip_prefix("utc")?.trim();
    let (sign, hours) = match offset.strip_prefix('+') {
        Some(hours) => ('-', hours),
        None => ('+', offset.strip_prefix('-')?),
    };
    let hours: u8 = hours.strip_suffix(":00").unwrap_or(hours).parse().ok()?;
    Zone::named(&format!("Etc/GMT{sign}{hours}"))
}

/// The zone whose name an unknown one ends in, to be offered: `custom_America/New_York`.
#[must_use]
pub fn nearest_zone(name: &str) -> Option<Zone> {
    let mut ends = name.char_indices().map(|(at, _)| &name[at..]);
    ends.find_map(|end| Zone::named(end).filter(|_| end.contains('/')))
}

/// `/example.org/20050126_1/Europe/Berlin`: a vendor's path before the name.
fn by_suffix(lower: &str) -> Option<Zone> {
    let mut rest = lower.strip_prefix('/')?;
    while let Some((_, after)) = rest.split_once('/') {
        if let Some(zone) = Zone::named(rest) {
            return Some(zone);
        }
        rest = after;
    }
    Zone::named(rest)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::zone::zone;

    #[test]
    fn every_windows_name_has_a_zone() {
        let rows = WINDOWS.lines().filter(|line| line.contains(" = ")).count();
        assert_eq!((BY_WINDOWS_NAME.len(), rows), (139, 139));
        assert_eq!(windows_zone("w. europe standard time"), Some(zone("Europe/Berlin")));
        for (name, wanted) in [
            ("(UTC+01:00) Amsterdam, Berlin, Bern, Rome", "Europe/Amsterdam"),
            ("(UTC-05:00) Eastern Time (US & Canada)", "America/New_York"),
            ("(GMT-03:00) Buenos Aires, Georgetown", "America/Buenos_Aires"),
            ("(UTC+05:30) Chennai, Kolkata, Mumbai, New Delhi", "Asia/Kolkata"),
        ] {
            assert_eq!(by_name(name), Some(zone(wanted)), "{name}");
        }
        assert_eq!(by_name("(UTC+01:00) Nowhere"), None);
    }

    #[test]
    fn names_as_programs_write_them() {
        for (name, zone) in [
            ("Europe/Berlin", zone("Europe/Berlin")),
            ("europe/berlin", zone("Europe/Berlin")),
            (
                "/example.org/20050126_1/America/Argentina/Ushuaia",
                zone("America/Argentina/Ushuaia"),
            ),
            ("/Europe/Paris", zone("Europe/Paris")),
            ("Pacific Standard Time", zone("America/Los_Angeles")),
            ("GMT Standard Time 1", zone("Europe/London")),
            ("UTC", Zone::UTC),
            ("UTC-11", zone("Etc/GMT+11")),
            ("UTC+11", zone("Etc/GMT-11")),
            ("UTC-03:00", zone("Etc/GMT+3")),
        ] {
            assert_eq!(by_name(name), Some(zone), "{name}");
        }
        for name in [
            "Customized Time Zone",
            "",
            "/",
            "Berlin",
            "Etc/GMT+99",
            "Standard Time 1",
            "UTC+99",
            "UTC+5:30",
        ] {
            assert_eq!(by_name(name), None, "{name}");
        }
        assert_eq!(nearest_zone("custom_America/New_York"), Some(zone("America/New_York")));
        assert_eq!(nearest_zone("Customized Time Zone"), None);
    }

    #[test]
    fn what_is_unknown_is_asked_once_and_remembered() {
        let (mut answers, mut told) = (BTreeMap::new(), Told::default());
        let mut zones = Zones::new(&answers, &told, Zone::UTC);
        zones.find("Customized Time Zone", 4);
        zones.find("Customized Time Zone", 9);
        let questions = zones.into_questions();
        assert_eq!(questions.len(), 1);
        assert_eq!(questions[0].words(), "which zone is “Customized Time Zone”?");
        answers.insert("Customized Time Zone".to_owned(), zone("Asia/Tokyo"));
        told.places.insert("Mine".to_owned(), "Europe/Oslo".to_owned());
        let mut zones = Zones::new(&answers, &told, Zone::UTC);
        assert_eq!(zones.find("Customized Time Zone", 4), zone("Asia/Tokyo"));
        assert_eq!(zones.find("\"Mine\"", 5), zone("Europe/Oslo"));
        assert!(zones.into_questions().is_empty());
    }
}
